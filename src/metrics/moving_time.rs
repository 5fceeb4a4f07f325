//! Time on the move.

use super::{Compute, Doc, Evidence, Metric, Outcome, Reading, Run, Unavailable, unit};
use crate::activity::Origin;
use crate::segment::RunningBy;

/// Moving time.
pub const METRIC: Metric = Metric {
    id: "moving_time",
    title: "Moving time",
    unit: unit::S,
    evidence: Evidence::B,
    sources: &["own_archives"],
    doc: Doc {
        measures: "How long you were on the move, walking included.",
        formula: "Sum of w over ticks that run or have v >= 0.5 m/s, s; w = seconds to the next \
                  record, at most 60, less timer stops.",
        needs: "Speed or cadence.",
        unavailable: "The file has neither.",
        limits: "Watches differ in what they call standing; theirs may differ by some seconds a \
                 stop.",
    },
    trended: false,
    compute: Compute::Run(compute),
};

fn compute(run: &Run<'_>) -> Outcome {
    if run.segments.running_by == RunningBy::Nothing {
        return Unavailable::because("no_speed", "The file has neither speed nor cadence.");
    }
    let clock = &run.activity.clock;
    let ticks = run.segments.moving.iter().enumerate();
    let holds = ticks.filter(|(_, m)| **m).map(|(i, _)| clock.total_weight_s(i));
    // An empty sum of floats is minus zero.
    let seconds: f64 = holds.fold(0.0, |a, b| a + b);
    let origin = Origin::Derived { method: "time at 0.5 m/s and more, or running".to_owned() };
    Reading::minutes(seconds, seconds / 60.0, 1.0, origin).into()
}
