//! Stretches in which cadence or speed cannot be what the runner did. They are marked, not
//! deleted.

use crate::activity::{FORM_CAP_S, Issue, IssueKind, Severity, Span};
use crate::units::Quantity;

use super::moving::{median, values_above};
use super::{Context, Draft, NotPrepared};

/// Speed from which a runner must have a cadence (`real-data` part 2, section 6).
const MOVING_M_S: f64 = 2.0;
/// Seconds of zero at that speed (same source).
const SILENT_S: f64 = 30.0;
/// Seconds without a value at that speed. **chosen**: twice those of zero, as a sensor that is found
/// a little late is none that dropped out.
const ABSENT_S: f64 = 60.0;
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
const ABSENT: &str = "cadence is not recorded while running";
const HALVED: &str = "cadence far below the run's median while running";
const STUCK: &str = "cadence and speed do not change at all";
const TOO_FAST: &str = "cadence above 240 steps per minute";

/// What is said, and its kind, in the order in which it is said.
const KINDS: [(&str, IssueKind); 5] = [
    (SILENT, IssueKind::Dropout),
    (ABSENT, IssueKind::CadenceAbsent),
    (HALVED, IssueKind::CadenceHalved),
    (STUCK, IssueKind::CadenceStuck),
    (TOO_FAST, IssueKind::CadenceTooFast),
];

/// Marks dropouts, half values, stuck values and impossible values.
pub(super) fn apply(draft: &mut Draft, _context: &Context<'_>) -> Result<Vec<Issue>, NotPrepared> {
    let Some(rate) = &draft.channels.step_rate else {
        return Ok(Vec::new());
    };
    let rates = rate.iter().map(|r| r.map_or(f64::NAN, Quantity::value));
    let usual = median(&values_above(draft, rates, MOVING_M_S)).map(|m| m.value);
    let low = usual.map_or(0.0, |m| HALF_SHARE * m);
    let [mut silent, mut absent, mut halved, mut stuck, mut fast] =
        [SILENT, ABSENT, HALVED, STUCK, TOO_FAST].map(Stretches::new);
    let mut before: (Option<f64>, Option<f64>) = (None, None);
    let speed = draft.channels.speed.as_ref();
    for (i, f) in rate.iter().enumerate() {
        let (f, v) = (f.map(Quantity::value), speed.and_then(|c| c.get(i)).map(Quantity::value));
        let moving = v.is_some_and(|v| v >= MOVING_M_S);
        absent.tick(i, moving && f.is_none(), || draft.weight_s(i));
        if let Some(f) = f {
            let unchanged = f > 0.0 && v.is_some_and(|v| v > 0.0) && before == (Some(f), v);
            let seconds = || draft.weight_s(i);
            silent.tick(i, moving && f == 0.0, seconds);
            halved.tick(i, moving && f > 0.0 && f < low, seconds);
            stuck.tick(i, unchanged, seconds);
            fast.tick(i, f > TOO_FAST_SPM, seconds);
        }
        before = (f, v);
    }
    let long = |(span, s): &(Span, f64)| *s >= STUCK_S && span.end - span.start >= STUCK_RECORDS;
    let mut found: Vec<(Span, f64)> = Vec::new();
    found.extend(silent.found.into_iter().filter(|(_, s)| *s >= SILENT_S));
    // A record every few seconds says only when it was first and last seen: it may have begun
    // right after the record before.
    let may_have_lasted = |(span, seconds): &(Span, f64)| {
        let before = span.start.checked_sub(1).map_or(0.0, |i| draft.weight_s(i));
        seconds + before.min(FORM_CAP_S)
    };
    found.extend(halved.found.into_iter().filter(|h| may_have_lasted(h) >= HALF_S));
    found.extend(stuck.found.into_iter().filter(long));
    let fast = fast.found;
    let warn = fast.iter().map(|(_, s)| s).sum::<f64>() >= TOO_FAST_S;
    let absent: Vec<_> = absent.found.into_iter().filter(|(_, s)| *s >= ABSENT_S).collect();
    let mut issues = Vec::new();
    for (reason, kind) in KINDS {
        let all = found.iter().chain(&fast).chain(&absent);
        let of = || all.clone().filter(|(span, _)| span.reason == reason);
        let (count, seconds) = (of().count(), of().map(|(_, s)| s).sum::<f64>());
        if count > 0 && (reason != TOO_FAST || warn) {
            // Where there is no value there is none to mark.
            let marked = if reason == ABSENT { "" } else { ", marked as doubtful" };
            let text = format!("{reason}: {seconds:.0} s in {count} stretches{marked}");
            issues.push(Issue::new(kind, Severity::Doubt, text).count(count));
        }
    }
    for (span, _) in found.into_iter().chain(fast) {
        draft.doubt(span);
    }
    Ok(issues)
}

/// Unbroken stretches of ticks that share a doubt, with the seconds they speak for.
struct Stretches {
    reason: &'static str,
    found: Vec<(Span, f64)>,
}

impl Stretches {
    fn new(reason: &'static str) -> Self {
        Self { reason, found: Vec::new() }
    }

    /// The next tick, in order; a tick for which the doubt does not hold may be left out.
    fn tick(&mut self, i: usize, holds: bool, seconds: impl FnOnce() -> f64) {
        if !holds {
            return;
        }
        match self.found.last_mut() {
            Some((span, total)) if span.end == i => {
                span.end = i + 1;
                *total += seconds();
            }
            _ => self.found.push((Span { start: i, end: i + 1, reason: self.reason }, seconds())),
        }
    }
}
