//! Mean step rate as the watch itself would state it.

use super::{Compute, Doc, Evidence, Metric, Outcome, Reading, Run, Unavailable, unit};
use crate::activity::Origin;
use crate::prepare::vendor_summary::{Definition, step_rate_as_device};

/// Step rate by the vendor's definition.
pub const METRIC: Metric = Metric {
    id: "step_rate_as_device",
    title: "Step rate as the watch counts it",
    unit: unit::SPM,
    evidence: Evidence::A,
    sources: &["own_archives"],
    doc: Doc {
        measures: "The average step rate by your watch's own rule, to be held against its own \
                   number.",
        formula: "Time-weighted mean of the recorded step rate, spm; Garmin and COROS count all \
                  records, zeros included, Suunto and Huawei those above zero. For other vendors \
                  the closer of the two.",
        needs: "Cadence in the records.",
        unavailable: "There is no cadence.",
        limits: "It mixes walking and standing with running; use the running value for anything \
                 but this comparison.",
    },
    trended: false,
    compute: Compute::Run(compute),
};

fn compute(run: &Run<'_>) -> Outcome {
    let Some(rate) = &run.activity.channels.step_rate else {
        return Outcome::Unavailable(super::form_mean::no_cadence(run));
    };
    let Some((value, definition)) = step_rate_as_device(run.activity) else {
        return Unavailable::because("no_cadence", "No record carries a cadence.");
    };
    let minutes = run.activity.clock.timer().0 / 60.0;
    let coverage = rate.present() as f64 / rate.len().max(1) as f64;
    let origin = Origin::Derived { method: format!("mean of {}", definition.word()) };
    Reading::minutes(value, minutes, coverage, origin)
        .caveat_if(
            (definition == Definition::Unknown)
                .then_some("Definition unknown: this vendor's rule is not in the table."),
        )
        .into()
}
