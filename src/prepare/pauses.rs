//! Timer stops from events, and from breaks between segments where the format has no events.

use crate::activity::{Clock, Issue, IssueKind, Severity};

use super::{Context, Draft, NotPrepared};

/// A break between segments is a stop only if its gap is this many times the usual interval:
/// some exporters start a new segment at every lap without stopping. **chosen**.
const BREAK_GAP_FACTOR: f64 = 2.0;

/// Builds the clock with its stops.
pub(super) fn apply(draft: &mut Draft, context: &Context<'_>) -> Result<Vec<Issue>, NotPrepared> {
    let last_s = draft.seconds.last().copied().map_or(0.0, |t| t);
    let second = |ms: i64| (ms.saturating_sub(draft.start_ms)) as f64 / 1000.0;
    let mut stops: Vec<(f64, f64)> = context
        .recording
        .stops
        .iter()
        .map(|stop| {
            (second(stop.start_ms).max(0.0), stop.end_ms.map_or(last_s, second).min(last_s))
        })
        .filter(|(begin, end)| end > begin)
        .collect();
    let from_breaks = breaks(draft);
    let count = from_breaks.len();
    let mut issues = Vec::new();
    if stops.is_empty() && count > 0 {
        let total: f64 = from_breaks.iter().map(|(a, b)| b - a).sum();
        let text = format!("{count} breaks between segments ({total:.0} s) are taken as pauses");
        issues.push(Issue::new(IssueKind::Clock, Severity::Note, text).count(count));
    }
    stops.extend(from_breaks);
    match Clock::new(draft.seconds.clone(), joined(stops)) {
        Ok(clock) => draft.clock = Some(clock),
        Err(error) => {
            let reason = format!("the times cannot be ordered: {error}");
            return Err(NotPrepared::Empty { reason, issues: draft.issues.clone() });
        }
    }
    Ok(issues)
}

/// Gaps at segment breaks; the record before the break keeps its usual interval.
fn breaks(draft: &Draft) -> Vec<(f64, f64)> {
    let mut gaps: Vec<f64> =
        draft.seconds.windows(2).filter_map(|w| Some(w.get(1)? - w.first()?)).collect();
    let middle = gaps.len() / 2;
    if gaps.is_empty() {
        return Vec::new();
    }
    let usual = *gaps.select_nth_unstable_by(middle, f64::total_cmp).1;
    let around =
        |b: &usize| Some((*draft.seconds.get(b.checked_sub(1)?)?, *draft.seconds.get(*b)?));
    draft
        .breaks
        .iter()
        .filter_map(around)
        .filter(|(a, b)| b - a > BREAK_GAP_FACTOR * usual)
        .map(|(a, b)| (a + usual, b))
        .collect()
}

/// Overlapping stops become one, so that no second is taken off twice.
fn joined(mut stops: Vec<(f64, f64)>) -> Vec<(f64, f64)> {
    stops.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut out: Vec<(f64, f64)> = Vec::with_capacity(stops.len());
    for (begin, end) in stops {
        match out.last_mut() {
            Some(last) if begin <= last.1 => last.1 = last.1.max(end),
            _ => out.push((begin, end)),
        }
    }
    out
}
