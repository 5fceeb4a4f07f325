//! Stretches in which cadence or speed cannot be what the runner did. They are marked, not
//! deleted.

use crate::activity::{Issue, IssueKind, Severity, Span};
use crate::units::Quantity;

use super::moving::{median, values_above};
use super::{Context, Draft, NotPrepared};

/// Speed from which a runner must have a cadence (`real-data` part 2, section 6).
const MOVING_M_S: f64 = 2.0;
/// Seconds of zero at that speed (same source).
const SILENT_S: f64 = 30.0;
/// Share of the run's median below which a value suggests that one leg in two was lost, and the
/// seconds it must last (same source: shorter stretches are walking and lag after stops).
const HALF_SHARE: f64 = 0.6;
const HALF_S: f64 = 60.0;
/// Seconds and records over which neither cadence nor speed changes (same source).
const STUCK_S: f64 = 60.0;
const STUCK_RECORDS: usize = 10;
/// Steps per minute beyond which a value is not a runner's, and the seconds from which it is
/// worth a warning (same source).
const TOO_FAST_SPM: f64 = 240.0;
const TOO_FAST_S: f64 = 30.0;

const SILENT: &str = "cadence reads zero while running";
const HALVED: &str = "cadence far below the run's median while running";
const STUCK: &str = "cadence and speed do not change at all";
const TOO_FAST: &str = "cadence above 240 steps per minute";

/// Marks dropouts, half values, stuck values and impossible values.
pub(super) fn apply(draft: &mut Draft, _context: &Context<'_>) -> Result<Vec<Issue>, NotPrepared> {
    let Some(rate) = &draft.channels.step_rate else {
        return Ok(Vec::new());
    };
    let rates: Vec<f64> = rate.iter().map(|r| r.map_or(f64::NAN, Quantity::value)).collect();
    let speeds: Vec<f64> =
        (0..draft.len()).map(|i| draft.speed_m_s(i).map_or(f64::NAN, |v| v)).collect();
    let usual = median(values_above(draft, &rates, MOVING_M_S)).map(|m| m.value);
    let at = |values: &[f64], i: usize| values.get(i).copied().filter(|v| v.is_finite());
    let moving = |i: usize| at(&speeds, i).is_some_and(|v| v >= MOVING_M_S);
    let silent = |i: usize| moving(i) && at(&rates, i) == Some(0.0);
    let halved = |i: usize| {
        let low = |f: f64| usual.is_some_and(|m| f > 0.0 && f < HALF_SHARE * m);
        moving(i) && at(&rates, i).is_some_and(low)
    };
    let too_fast = |i: usize| at(&rates, i).is_some_and(|f| f > TOO_FAST_SPM);
    let same = |i: usize| {
        let before = i.checked_sub(1);
        let unchanged = |values: &[f64]| {
            let now = at(values, i).filter(|v| *v > 0.0);
            now.is_some() && before.and_then(|b| at(values, b)) == now
        };
        unchanged(&rates) && unchanged(&speeds)
    };
    let mut found: Vec<(Span, f64)> = Vec::new();
    found.extend(stretches(draft, silent, SILENT).into_iter().filter(|(_, s)| *s >= SILENT_S));
    found.extend(stretches(draft, halved, HALVED).into_iter().filter(|(_, s)| *s >= HALF_S));
    let long = |(span, s): &(Span, f64)| *s >= STUCK_S && span.end - span.start >= STUCK_RECORDS;
    found.extend(stretches(draft, same, STUCK).into_iter().filter(long));
    let fast = stretches(draft, too_fast, TOO_FAST);
    let warn = fast.iter().map(|(_, s)| s).sum::<f64>() >= TOO_FAST_S;
    let mut issues = Vec::new();
    for reason in [SILENT, HALVED, STUCK, TOO_FAST] {
        let of = || found.iter().chain(&fast).filter(|(span, _)| span.reason == reason);
        let (count, seconds) = (of().count(), of().map(|(_, s)| s).sum::<f64>());
        if count > 0 && (reason != TOO_FAST || warn) {
            let text = format!("{reason}: {seconds:.0} s in {count} stretches, marked as doubtful");
            issues.push(Issue::new(IssueKind::Dropout, Severity::Doubt, text).count(count));
        }
    }
    for (span, _) in found.into_iter().chain(fast) {
        draft.doubt(span);
    }
    Ok(issues)
}

/// Unbroken stretches of ticks for which `holds`, with the seconds they speak for.
fn stretches(
    draft: &Draft,
    holds: impl Fn(usize) -> bool,
    reason: &'static str,
) -> Vec<(Span, f64)> {
    let mut out: Vec<(Span, f64)> = Vec::new();
    for i in (0..draft.len()).filter(|i| holds(*i)) {
        let seconds = draft.weight_s(i);
        match out.last_mut() {
            Some((span, total)) if span.end == i => {
                span.end = i + 1;
                *total += seconds;
            }
            _ => out.push((Span { start: i, end: i + 1, reason }, seconds)),
        }
    }
    out
}
