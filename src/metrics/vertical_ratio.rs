//! Vertical ratio.

use super::dynamics_label::labelled;
use super::form_mean::{FormMean, form_mean};
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
        let computed = computed_mean(run).ok().filter(|_| run.activity.clock.is_dense());
        let apart = computed.filter(|c| (c.mean - mean.mean).abs() > AGREES_POINTS);
        let reading = Reading::minutes(mean.mean, mean.minutes, mean.coverage, origin)
            .part("computed_vertical_ratio_percent", computed.map(|c| c.mean))
            .caveat_if(apart.map(|c| {
                format!(
                    "Oscillation over step length gives {:.1} %: the recorded ratio, the \
                     oscillation or the speed is doubtful.",
                    c.mean
                )
            }));
        return Ok(labelled(run, reading));
    }
    if c.vertical_oscillation.is_none() || c.speed.is_none() {
        return Err(Unavailable::new(
            "no_vertical_ratio",
            "The file has no vertical ratio and no vertical oscillation to compute it from.",
        ));
    }
    let mean = computed_mean(run)?;
    let origin = Origin::Derived { method: "oscillation over step length".to_owned() };
    Ok(labelled(run, Reading::minutes(mean.mean, mean.minutes, mean.coverage, origin)))
}

/// Points by which the recorded ratio may differ from oscillation over step length, on the mean of
/// a run. Source: `real-data` part 2, section 6; smart recording is left out there.
const AGREES_POINTS: f64 = 0.3;

/// Oscillation over step length, tick by tick.
fn computed_mean(run: &Run<'_>) -> Result<FormMean, Unavailable> {
    let c = &run.activity.channels;
    let range = &plausible::VERTICAL_RATIO_PERCENT;
    let of_tick = |i: usize| {
        let (speed, oscillation) = (c.speed.as_ref()?, c.vertical_oscillation.as_ref()?);
        let step = step_length(speed.get(i)?, running_step_rate(run.activity, i)?)?;
        let vo = plausible::within(
            oscillation.get(i).map(Quantity::value),
            &plausible::VERTICAL_OSCILLATION_MM,
        )?;
        plausible::within(ratio_percent(Millimeters(vo), step), range)
    };
    form_mean(run, (0..run.activity.clock.len()).map(of_tick), "vertical oscillation")
}
