//! Ground contact time.

use super::dynamics_label::labelled;
use super::form_mean::form_mean;
use super::{Compute, Doc, Evidence, Metric, Outcome, Reading, Run, Unavailable, unit};
use crate::segment::plausible;

/// Ground contact time.
pub const METRIC: Metric = Metric {
    id: "ground_contact_time",
    title: "Ground contact time",
    unit: unit::MS,
    evidence: Evidence::B,
    sources: &["adams2016", "malisoux2022", "own_archives"],
    doc: Doc {
        measures: "How long each foot stays on the ground.",
        formula: "Time-weighted mean of the recorded contact time over settled running, ms.",
        needs: "Contact time from a strap, pod or watch.",
        unavailable: "The file has no contact time, or on under 70 % of 5 minutes of running.",
        limits: "It has no good or bad direction: in 848 runners shorter contact went with more \
                 injuries, not fewer. Devices differ by up to 19 %, so compare only within one. \
                 Many watches compute it from speed and step rate.",
    },
    trended: true,
    compute: Compute::Run(compute),
};

fn compute(run: &Run<'_>) -> Outcome {
    measure(run).into()
}

fn measure(run: &Run<'_>) -> Result<Reading, Unavailable> {
    let channel = run.activity.channels.ground_contact_time.as_ref().ok_or_else(|| {
        Unavailable::new(
            "no_ground_contact_time",
            "The file has no ground contact time; a chest strap or pod that measures it would.",
        )
    })?;
    let range = &plausible::GROUND_CONTACT_TIME_MS;
    let values = channel.iter().map(|t| plausible::within(t.map(|t| t.0), range));
    let mean = form_mean(run, values, "ground contact time")?;
    let origin = channel.origin().clone();
    Ok(labelled(run, Reading::minutes(mean.mean, mean.minutes, mean.coverage, origin)))
}
