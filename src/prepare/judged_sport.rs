//! Running or other, where the file is silent: judged by stride and speed, and said so.

use crate::activity::{Issue, IssueKind, Severity, Sport};

use super::moving::{median, quantile_of, speeds_above, values_above};
use super::stated_sport::duration_s;
use super::{Context, Draft, NotPrepared};

/// Below this nobody is counted as moving. **chosen**: standing jitter of a receiver.
const MOVING_M_S: f64 = 0.8;
/// Median moving speed of running (`intake` section 1; lower end: 9:15 min/km).
const RUNNING_M_S: (f64, f64) = (1.8, 6.0);
/// Without cadence a ride betrays itself by its fast tail: five percent of the time beyond this.
/// **chosen**: a runner's fast laps stay below.
const FAST_TAIL_M_S: f64 = 7.5;
/// Share of time at which the fast tail begins.
const TAIL: f64 = 0.95;
/// Seconds of movement below which nothing is judged. **chosen**.
const ENOUGH_S: f64 = 60.0;
/// Metres per stored count: one stride of a runner (1.6..2.5 in `intake`, widened to slow and
/// fast running), one step of a runner, one turn of a bicycle's pedals (3.3..8).
const STRIDE_M: (f64, f64) = (1.2, 3.2);
const STEP_M: (f64, f64) = (0.6, 1.6);
const PEDAL_TURN_M: f64 = 3.3;
/// Stored counts per minute of one leg and of both, as in the unit rule.
const STRIDES: (f64, f64) = (60.0, 118.0);
const STEPS: (f64, f64) = (130.0, 236.0);

enum Verdict {
    Running(String),
    Other(&'static str, String),
    Open(String),
}

/// Judges recordings whose sport is unknown.
pub(super) fn apply(draft: &mut Draft, context: &Context<'_>) -> Result<Vec<Issue>, NotPrepared> {
    if draft.sport != Sport::Unknown {
        return Ok(Vec::new());
    }
    let duration_s = duration_s(context.recording);
    match verdict(draft) {
        Verdict::Running(why) => {
            draft.sport = Sport::Running;
            let text = format!("the file states no sport; judged to be running: {why}");
            Ok(vec![
                Issue::new(IssueKind::Sport, Severity::Note, text)
                    .remedy("if it was none, set its type in the service and export it again"),
            ])
        }
        Verdict::Other(name, why) => {
            let sport = Sport::Other(format!("{name} (not stated; {why})"));
            Err(NotPrepared::OtherSport { sport, duration_s })
        }
        Verdict::Open(why) => {
            let sport = match &context.recording.sport {
                Sport::Other(name) => Sport::Other(name.clone()),
                _ => Sport::Other(format!(
                    "not stated and not to be told ({why}); if it was a run, set its type to \
                     running and export it again"
                )),
            };
            Err(NotPrepared::OtherSport { sport, duration_s })
        }
    }
}

fn within(value: f64, range: (f64, f64)) -> bool {
    (range.0..=range.1).contains(&value)
}

fn verdict(draft: &Draft) -> Verdict {
    let mut speeds = speeds_above(draft, MOVING_M_S);
    let Some(speed) = median(speeds.clone()).filter(|m| m.seconds >= ENOUGH_S) else {
        return Verdict::Open("less than a minute of movement".to_owned());
    };
    let tail = quantile_of(&mut speeds, TAIL).map_or(speed.value, |q| q.value);
    let v = speed.value;
    let cadence = draft
        .cadence
        .as_ref()
        .and_then(|c| median(values_above(draft, &c.values, MOVING_M_S)))
        .filter(|m| m.seconds >= ENOUGH_S);
    if let Some(count) = cadence {
        let per_count_m = 60.0 * v / count.value;
        let why = format!("{per_count_m:.1} m per count of cadence at {v:.1} m/s");
        if per_count_m >= PEDAL_TURN_M {
            return Verdict::Other("cycling", why);
        }
        let strides = within(count.value, STRIDES) && within(per_count_m, STRIDE_M);
        let steps = within(count.value, STEPS) && within(per_count_m, STEP_M);
        if (strides || steps) && within(v, RUNNING_M_S) && tail <= FAST_TAIL_M_S {
            return Verdict::Running(why);
        }
    }
    let why = format!("median moving speed {v:.1} m/s, one twentieth above {tail:.1} m/s");
    if v < RUNNING_M_S.0 {
        Verdict::Other("walking", why)
    } else if v > RUNNING_M_S.1 || tail > FAST_TAIL_M_S {
        Verdict::Other("cycling or a vehicle", why)
    } else if cadence.is_some() {
        Verdict::Open(why)
    } else {
        Verdict::Running(why)
    }
}
