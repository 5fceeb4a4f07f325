//! Step length.

use super::form_mean::{FormMean, FormMeans, form_mean, form_means};
use super::step_rate_source::whole_stride_caveat;
use super::{Compute, Doc, Evidence, Metric, Outcome, Reading, Run, Unavailable, unit};
use crate::activity::Origin;
use crate::segment::{plausible, running_step_rate};
use crate::units::{MetersPerSecond, StepsPerMinute, step_length};

/// Step length.
pub const METRIC: Metric = Metric {
    id: "step_length",
    title: "Step length",
    unit: unit::M,
    evidence: Evidence::B,
    sources: &["heiderscheit2011", "own_archives"],
    doc: Doc {
        measures: "How long one step is on average, left to right or right to left.",
        formula: "SL = 60 sum(v_i w_i) / sum(f_i w_i), m, over settled running: metres over \
                  steps. Beside it SL over body height and over leg length, where the profile \
                  states them.",
        needs: "Cadence and speed.",
        unavailable: "One of the two is missing, or there are under 5 minutes of settled running.",
        limits: "At a given speed it is step rate seen from the other side, no second piece of \
                 evidence. Satellite speed errors of 3 to 6 % pass straight through.",
    },
    trended: true,
    compute: Compute::Run(compute),
};

/// Difference between ours and the recorded step length that is worth a word. Source: `science`
/// 2.5; on smart recording it means nothing (`real-data` part 2, section 6).
const DISAGREE_SHARE: f64 = 0.05;

/// Steps in a kilometre at a speed and step rate: 1000 f / (60 v).
pub fn steps_per_km(speed: MetersPerSecond, rate: StepsPerMinute) -> Option<f64> {
    (speed.0 > 0.0).then(|| 1000.0 * rate.0 / (60.0 * speed.0))
}

fn compute(run: &Run<'_>) -> Outcome {
    measure(run).into()
}

fn measure(run: &Run<'_>) -> Result<Reading, Unavailable> {
    let c = &run.activity.channels;
    let Some(speed) = &c.speed else {
        return Err(Unavailable::new("no_speed", "The file has no speed or distance."));
    };
    let n = run.activity.clock.len();
    let both = |i: usize| Some([speed.get(i)?.0, running_step_rate(run.activity, i)?.0]);
    let FormMeans { means: [v, f], minutes, coverage } =
        form_means(run, (0..n).map(both), "speed and cadence")?;
    let (speed, rate) = (MetersPerSecond(v), StepsPerMinute(f));
    let length = step_length(speed, rate)
        .ok_or_else(|| Unavailable::new("no_cadence", "Cadence is zero throughout."))?;
    let recorded = recorded(run);
    let runner = &run.settings.runner;
    let dense = || run.activity.clock.is_dense();
    let disagree = recorded.filter(|r| (r.mean / length.0 - 1.0).abs() > DISAGREE_SHARE && dense());
    let origin = Origin::Derived { method: "speed over step rate".to_owned() };
    Ok(Reading::minutes(length.0, minutes, coverage, origin)
        .part("steps_per_km", steps_per_km(speed, rate))
        .part("recorded_step_length_m", recorded.map(|r| r.mean))
        .part("per_height_ratio", runner.height_m.map(|height| length.0 / height))
        .part("per_leg_length_ratio", runner.leg_length_m.map(|leg| length.0 / leg))
        .caveat_if(disagree.map(|r| {
            format!(
                "The watch's own step length is {:.2} m, over 5 % off: speed or a foot pod's \
                 calibration is doubtful.",
                r.mean
            )
        }))
        .caveat_if(whole_stride_caveat(run.activity)))
}

/// Mean of the device's own step length over form running.
fn recorded(run: &Run<'_>) -> Option<FormMean> {
    let channel = run.activity.channels.step_length.as_ref()?;
    let values =
        channel.iter().map(|l| plausible::within(l.map(|l| l.0), &plausible::STEP_LENGTH_M));
    form_mean(run, values, "step length").ok()
}
