//! Timer time of a run.

use super::{Compute, Doc, Evidence, Metric, Outcome, Reading, Run, Unavailable, unit};
use crate::activity::Origin;

/// Timer time.
pub const METRIC: Metric = Metric {
    id: "timer",
    title: "Timer time",
    unit: unit::S,
    evidence: Evidence::A,
    sources: &["own_archives"],
    doc: Doc {
        measures: "How long the watch's timer ran, pauses taken out.",
        formula: "T = t(last) - t(first) - sum of timer stops, s.",
        needs: "Times on the records.",
        unavailable: "There are fewer than two records.",
        limits: "GPX states no timer stops: a long gap between points counts as a pause only \
                 where the file says so.",
    },
    trended: false,
    compute: Compute::Run(compute),
};

fn compute(run: &Run<'_>) -> Outcome {
    let clock = &run.activity.clock;
    if clock.len() < 2 {
        return Unavailable::because("too_short", "Fewer than two records have a time.");
    }
    let timer_s = clock.timer().0;
    let origin = Origin::Derived { method: "record times less timer stops".to_owned() };
    Reading::minutes(timer_s, timer_s / 60.0, 1.0, origin)
        .part("elapsed_s", Some(clock.elapsed().0))
        .part("stops_s", Some((clock.elapsed().0 - timer_s).max(0.0)))
        .into()
}
