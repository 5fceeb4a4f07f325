//! Step rate of running.

use super::form_mean::form_mean;
use super::step_rate_source::{corrected_origin, whole_stride_caveat};
use super::{Compute, Doc, Evidence, Metric, Outcome, Reading, Run, Unavailable, unit};
use crate::segment::running_step_rate;

/// Step rate.
pub const METRIC: Metric = Metric {
    id: "step_rate",
    title: "Step rate (cadence), running",
    unit: unit::SPM,
    evidence: Evidence::A,
    sources: &["heiderscheit2011", "lieberman2015", "burns2019", "own_archives"],
    doc: Doc {
        measures: "How many steps you took a minute while running, both feet counted.",
        formula: "f = sum(f_i w_i) / sum(w_i), spm, over settled running; w = seconds to the next \
                  record, intervals over 10 s left out. Watches that store whole strides cut off \
                  1 spm on average, which is added.",
        needs: "Cadence in the records.",
        unavailable: "There is no cadence, or under 5 minutes of settled running, or cadence on \
                      under 70 % of it.",
        limits: "It rises with speed: runs at different speeds do not compare without the \
                 adjusted value. Wrist sensors are within 2 to 7 spm of a sensor on the shoe.",
    },
    trended: true,
    compute: Compute::Run(compute),
};

fn compute(run: &Run<'_>) -> Outcome {
    measure(run).into()
}

fn measure(run: &Run<'_>) -> Result<Reading, Unavailable> {
    let ticks = 0..run.activity.clock.len();
    let values = ticks.map(|i| running_step_rate(run.activity, i).map(|f| f.0));
    let mean = form_mean(run, values, "cadence")?;
    let origin = corrected_origin(run.activity);
    Ok(Reading::minutes(mean.mean, mean.minutes, mean.coverage, origin)
        .caveat_if(whole_stride_caveat(run.activity)))
}
