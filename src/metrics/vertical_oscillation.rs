//! Vertical oscillation.

use super::dynamics_label::labelled;
use super::form_mean::form_mean;
use super::{Compute, Doc, Evidence, Metric, Outcome, Reading, Run, Unavailable, unit};
use crate::segment::plausible;

/// Vertical oscillation.
pub const METRIC: Metric = Metric {
    id: "vertical_oscillation",
    title: "Vertical oscillation",
    unit: unit::MM,
    evidence: Evidence::B,
    sources: &["adams2016", "heiderscheit2011", "own_archives"],
    doc: Doc {
        measures: "How far the trunk goes up and down in one step.",
        formula: "Time-weighted mean of the recorded oscillation over settled running, mm.",
        needs: "Oscillation from a strap, pod or watch.",
        unavailable: "The file has no oscillation, or on under 70 % of 5 minutes of running.",
        limits: "Chest, waist and wrist give different numbers for one runner. It falls when step \
                 rate rises. Many watches compute it from speed and step rate.",
    },
    trended: true,
    compute: Compute::Run(compute),
};

fn compute(run: &Run<'_>) -> Outcome {
    measure(run).into()
}

fn measure(run: &Run<'_>) -> Result<Reading, Unavailable> {
    let channel = run.activity.channels.vertical_oscillation.as_ref().ok_or_else(|| {
        Unavailable::new(
            "no_vertical_oscillation",
            "The file has no vertical oscillation; a chest strap or pod that measures it would.",
        )
    })?;
    let range = &plausible::VERTICAL_OSCILLATION_MM;
    let values = channel.iter().map(|o| plausible::within(o.map(|o| o.0), range));
    let mean = form_mean(run, values, "vertical oscillation")?;
    let origin = channel.origin().clone();
    Ok(labelled(run, Reading::minutes(mean.mean, mean.minutes, mean.coverage, origin)))
}
