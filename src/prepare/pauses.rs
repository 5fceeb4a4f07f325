//! Timer stops from events, and from breaks between segments where the format has no events.

use crate::activity::{Clock, Issue, IssueKind, Severity, great_circle_m, joined, meets};
use crate::read::{Field, RawColumn};

use super::{Context, Draft, NotPrepared};

/// A break between segments is a stop only if its gap is this many times the usual interval:
/// some exporters start a new segment at every lap without stopping. **chosen**.
const BREAK_GAP_FACTOR: f64 = 2.0;

/// In formats without timer events, a gap longer than this in which the runner hardly moved is a
/// pause. **chosen**: smart recording writes at least every 10 s or so while the timer runs.
const SILENT_GAP_S: f64 = 20.0;
/// Slower than this over such a gap is standing. **chosen**: a third of a slow walk.
const STANDING_M_S: f64 = 0.5;

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
        let text = if count == 1 {
            format!("One break between segments ({total:.0} s) is taken as a pause")
        } else {
            format!("{count} breaks between segments ({total:.0} s) are taken as pauses")
        };
        issues.push(Issue::new(IssueKind::Clock, Severity::Note, text).count(count));
    }
    stops.extend(from_breaks);
    if context.recording.format != "FIT" {
        let gaps = standing_gaps(draft);
        stops = joined(stops);
        let open = |gap: &(f64, f64)| !meets(&stops, gap.0, gap.1);
        let gaps: Vec<(f64, f64)> = gaps.into_iter().filter(open).collect();
        if !gaps.is_empty() {
            let total: f64 = gaps.iter().map(|(a, b)| b - a).sum();
            let text = format!(
                "{} gaps without records and without movement ({total:.0} s) are taken as pauses: \
                 the format has no timer events",
                gaps.len()
            );
            let issue = Issue::new(IssueKind::Clock, Severity::Note, text);
            issues.push(issue.count(gaps.len()));
        }
        stops.extend(gaps);
    }
    match Clock::new(draft.seconds.clone(), stops) {
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
    if draft.breaks.is_empty() {
        return Vec::new();
    }
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

/// Long gaps in which neither distance nor position moved; the record before keeps one second.
fn standing_gaps(draft: &Draft) -> Vec<(f64, f64)> {
    let column = |field| draft.candidates(field).first().and_then(|i| draft.columns.get(*i));
    let distance = column(Field::Distance);
    let (lat, lon) = (column(Field::Latitude), column(Field::Longitude));
    let value = |c: Option<&RawColumn>, i: usize| c.and_then(|c| c.values.get(i));
    let moved_m = |i: usize, j: usize| {
        let covered = value(distance, j).zip(value(distance, i)).map(|(b, a)| b - a);
        covered.or_else(|| {
            let at = |k: usize| value(lat, k).zip(value(lon, k));
            Some(great_circle_m(at(i)?, at(j)?))
        })
    };
    let pairs = draft.seconds.iter().zip(draft.seconds.iter().skip(1)).enumerate();
    pairs
        .filter(|(_, (a, b))| *b - *a > SILENT_GAP_S)
        .filter(|(i, (a, b))| {
            moved_m(*i, i + 1).is_some_and(|m| m.abs() < STANDING_M_S * (*b - *a))
        })
        .map(|(_, (a, b))| (a + 1.0, *b))
        .collect()
}
