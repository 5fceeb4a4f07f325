//! Steps of a run.

use super::step_rate_source::{corrected_origin, whole_stride_caveat};
use super::{Compute, Doc, Evidence, Metric, Outcome, Reading, Run, unit};
use crate::segment::running_step_rate;

/// Steps.
pub const METRIC: Metric = Metric {
    id: "steps",
    title: "Steps",
    unit: unit::COUNT,
    evidence: Evidence::A,
    sources: &["own_archives"],
    doc: Doc {
        measures: "How many steps you took, both feet counted, walking included.",
        formula: "N = sum(f_i w_i) / 60; w = seconds to the next record, at most 60, less timer \
                  stops.",
        needs: "Cadence in the records.",
        unavailable: "There is no cadence.",
        limits: "Some watches write cadence 0 while hiking though they count the steps: where \
                 more than 5 % of the time reads 0, the true number is higher.",
    },
    trended: false,
    compute: Compute::Run(compute),
};

/// Share of time with a cadence of zero above which steps are only a lower bound. Source:
/// `real-data` part 2, section 7.
const ZERO_SHARE: f64 = 0.05;

fn compute(run: &Run<'_>) -> Outcome {
    let missing = || Outcome::Unavailable(super::form_mean::no_cadence(run));
    let Some(rate) = &run.activity.channels.step_rate else { return missing() };
    let (mut all, mut running, mut seconds, mut zero_s, mut total_s) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for (i, (spm, runs)) in rate.iter().zip(&run.segments.running).enumerate() {
        let weight = run.activity.clock.total_weight_s(i);
        total_s += weight;
        let Some(spm) = spm else { continue };
        seconds += weight;
        if spm.0 == 0.0 {
            zero_s += weight;
        }
        let steps = if *runs { running_step_rate(run.activity, i).unwrap_or(spm).0 } else { spm.0 };
        all += steps * weight / 60.0;
        running += if *runs { steps * weight / 60.0 } else { 0.0 };
    }
    if seconds <= 0.0 {
        return missing();
    }
    let bound = (zero_s > ZERO_SHARE * seconds).then(|| {
        format!(
            "Cadence reads 0 for {:.0} % of the time: this is a lower bound.",
            100.0 * zero_s / seconds
        )
    });
    Reading::minutes(all, seconds / 60.0, seconds / total_s, corrected_origin(run.activity))
        .part("running_steps", Some(running))
        .caveat_if(bound)
        .caveat_if(whole_stride_caveat(run.activity))
        .into()
}
