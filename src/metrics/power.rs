//! Power while running.

use super::running_mean::running_mean;
use super::{Compute, Doc, Evidence, Metric, Outcome, Reading, Run, Unavailable, unit};
use crate::segment::plausible;
use crate::units::Quantity;

/// Power.
pub const METRIC: Metric = Metric {
    id: "power",
    title: "Power, running",
    unit: unit::W,
    evidence: Evidence::C,
    sources: &["imbach2020"],
    doc: Doc {
        measures: "The power that your watch or pod states while you run.",
        formula: "Time-weighted mean over running ticks, W.",
        needs: "Power in the records.",
        unavailable: "There is none, or on under 70 % of 5 minutes of running.",
        limits: "No watch measures running power: each vendor computes it by its own model from \
                 speed, slope and mass. Compare only within one device.",
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
        .power
        .as_ref()
        .ok_or_else(|| Unavailable::new("no_power", "The file has no power."))?;
    let range = &plausible::POWER_W;
    let values = channel.iter().map(|p| plausible::within(p.map(Quantity::value), range));
    let mean = running_mean(run, values, "power")?;
    let per_kg = run.settings.runner.mass_kg.filter(|m| *m > 0.0).map(|m| mean.mean / m);
    Ok(Reading::minutes(mean.mean, mean.minutes, mean.coverage, channel.origin().clone())
        .part("power_w_per_kg", per_kg))
}
