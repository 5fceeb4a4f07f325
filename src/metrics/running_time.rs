//! Time spent running rather than walking or standing.

use super::{Compute, Doc, Evidence, Metric, Outcome, Reading, Run, Unavailable, unit};
use crate::activity::Origin;
use crate::segment::RunningBy;

/// Running time.
pub const METRIC: Metric = Metric {
    id: "running_time",
    title: "Running time",
    unit: unit::S,
    evidence: Evidence::B,
    sources: &["own_archives"],
    doc: Doc {
        measures: "How long you ran, walking and standing taken out.",
        formula: "Sum of w over running ticks, s: (f >= 140 spm and v >= 1.3 m/s) or (f >= 130 \
                  and v >= 1.9), f <= 240. Without cadence: v >= 1.7 m/s.",
        needs: "Cadence; else speed.",
        unavailable: "The file has neither cadence nor speed.",
        limits: "Brisk walking reaches 125 to 135 spm and very slow jogging falls below 140: at \
                 the border some of one is counted as the other.",
    },
    trended: false,
    compute: Compute::Run(compute),
};

fn compute(run: &Run<'_>) -> Outcome {
    let by = run.segments.running_by;
    if by == RunningBy::Nothing {
        return Unavailable::because("no_speed", "The file has neither speed nor cadence.");
    }
    let clock = &run.activity.clock;
    let ticks = run.segments.running.iter().enumerate();
    let holds = ticks.filter(|(_, r)| **r).map(|(i, _)| clock.total_weight_s(i));
    // An empty sum of floats is minus zero.
    let seconds: f64 = holds.fold(0.0, |a, b| a + b);
    let form_s = run.segments.form_seconds();
    let timer_s = clock.timer().0;
    let (method, caveat) = if by == RunningBy::StepRate {
        ("step rate and speed", None)
    } else {
        ("speed alone", Some("Told by speed alone: the file has no cadence."))
    };
    let origin = Origin::Derived { method: method.to_owned() };
    Reading::minutes(seconds, seconds / 60.0, 1.0, origin)
        .part("settled_running_s", Some(form_s))
        .part("running_share", (timer_s > 0.0).then(|| seconds / timer_s))
        .caveat_if(caveat)
        .into()
}
