//! Vertical ratio.

use super::dynamics_label::labelled;
use super::form_mean::form_mean;
use super::{Compute, Doc, Evidence, Metric, Outcome, Reading, Run, Unavailable, unit};
use crate::activity::Origin;
use crate::segment::{plausible, running_step_rate};
use crate::units::{Meters, Millimeters, Quantity, step_length};

/// Vertical ratio.
pub const METRIC: Metric = Metric {
    id: "vertical_ratio",
    title: "Vertical ratio",
    unit: unit::PERCENT,
    evidence: Evidence::B,
    sources: &["heiderscheit2011", "own_archives"],
    doc: Doc {
        measures: "How much of each step goes up and down rather than forward.",
        formula: "VR = 100 VO / SL, %: the recorded ratio, else from recorded oscillation (mm) \
                  and step length 60 v / f. Time-weighted mean over settled running.",
        needs: "Vertical ratio, or oscillation with speed and cadence.",
        unavailable: "The file has neither, or on under 70 % of 5 minutes of running.",
        limits: "Chest, waist and wrist differ. It holds step length, so it moves with speed and \
                 step rate. Many watches compute it from those two alone.",
    },
    trended: true,
    compute: Compute::Run(compute),
};

/// Ratio of oscillation to step length, in percent.
pub fn ratio_percent(oscillation: Millimeters, step: Meters) -> Option<f64> {
    (step.0 > 0.0).then(|| 100.0 * (oscillation.0 / 1000.0) / step.0)
}

fn compute(run: &Run<'_>) -> Outcome {
    measure(run).into()
}

fn measure(run: &Run<'_>) -> Result<Reading, Unavailable> {
    let c = &run.activity.channels;
    let range = &plausible::VERTICAL_RATIO_PERCENT;
    if let Some(channel) = &c.vertical_ratio {
        let values = channel.iter().map(|r| plausible::within(r.map(Quantity::value), range));
        let mean = form_mean(run, values, "vertical ratio")?;
        let origin = channel.origin().clone();
        return Ok(labelled(run, Reading::minutes(mean.mean, mean.minutes, mean.coverage, origin)));
    }
    let (Some(oscillation), Some(speed)) = (&c.vertical_oscillation, &c.speed) else {
        return Err(Unavailable::new(
            "no_vertical_ratio",
            "The file has no vertical ratio and no vertical oscillation to compute it from.",
        ));
    };
    let of_tick = |i: usize| {
        let step = step_length(speed.get(i)?, running_step_rate(run.activity, i)?)?;
        let vo = plausible::within(
            oscillation.get(i).map(Quantity::value),
            &plausible::VERTICAL_OSCILLATION_MM,
        )?;
        plausible::within(ratio_percent(Millimeters(vo), step), range)
    };
    let mean = form_mean(run, (0..run.activity.clock.len()).map(of_tick), "vertical oscillation")?;
    let origin = Origin::Derived { method: "oscillation over step length".to_owned() };
    Ok(labelled(run, Reading::minutes(mean.mean, mean.minutes, mean.coverage, origin)))
}
