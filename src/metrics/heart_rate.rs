//! Heart rate while running.

use super::running_mean::running_mean;
use super::{Compute, Doc, Evidence, Metric, Outcome, Reading, Run, Unavailable, unit};
use crate::activity::IssueKind;
use crate::segment::plausible;
use crate::units::Quantity;

/// Heart rate.
pub const METRIC: Metric = Metric {
    id: "heart_rate",
    title: "Heart rate, running",
    unit: unit::BPM,
    evidence: Evidence::A,
    sources: &["own_archives"],
    doc: Doc {
        measures: "Your mean heart rate while running.",
        formula: "Time-weighted mean over running ticks, beats a minute.",
        needs: "Heart rate in the records.",
        unavailable: "There is none, or on under 70 % of 5 minutes of running.",
        limits: "Wrist sensors can follow the step rate instead of the heart. Heat, caffeine and \
                 the length of the run raise it at the same effort.",
    },
    trended: true,
    compute: Compute::Run(compute),
};

fn compute(run: &Run<'_>) -> Outcome {
    measure(run).into()
}

fn measure(run: &Run<'_>) -> Result<Reading, Unavailable> {
    let channel = run
        .activity
        .channels
        .heart_rate
        .as_ref()
        .ok_or_else(|| Unavailable::new("no_heart_rate", "The file has no heart rate."))?;
    let range = &plausible::HEART_RATE_BPM;
    let values = channel.iter().map(|b| plausible::within(b.map(Quantity::value), range));
    let mean = running_mean(run, values, "heart rate")?;
    let locked = run.activity.issues.iter().any(|i| i.kind == IssueKind::HeartRateLock);
    Ok(Reading::minutes(mean.mean, mean.minutes, mean.coverage, channel.origin().clone())
        .caveat_if(
            locked.then_some(
                "For a stretch the sensor followed the step rate: heart rate unreliable.",
            ),
        ))
}
