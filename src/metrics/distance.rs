//! Distance of a run.

use super::{Compute, Doc, Evidence, Metric, Outcome, Reading, Run, Unavailable, unit};

/// Distance.
pub const METRIC: Metric = Metric {
    id: "distance",
    title: "Distance",
    unit: unit::M,
    evidence: Evidence::A,
    sources: &["own_archives"],
    doc: Doc {
        measures: "How far you went, walking included.",
        formula: "D = d(last record) - d(start), m; d is the watch's own running total.",
        needs: "Distance in the records; for GPX, positions.",
        unavailable: "The file has neither distances nor positions.",
        limits: "Satellite distance is off by 3 to 6 %, more among trees and houses. Speed is \
                 never summed up: on smart recording that loses up to 7 %.",
    },
    trended: false,
    compute: Compute::Run(compute),
};

fn compute(run: &Run<'_>) -> Outcome {
    measure(run).into()
}

fn measure(run: &Run<'_>) -> Result<Reading, Unavailable> {
    let missing = || Unavailable::new("no_distance", "The file has no distances or positions.");
    let distance = run.activity.channels.distance.as_ref().ok_or_else(missing)?;
    let last = (0..distance.len()).rev().find_map(|i| distance.get(i)).ok_or_else(missing)?;
    let timer_s = run.activity.clock.timer().0;
    let known = distance.present() as f64 / distance.len().max(1) as f64;
    let indoors =
        run.activity.meta.indoor.then_some(
            "Indoors the watch counts steps: this distance is as good as its calibration.",
        );
    let origin = distance.origin().clone();
    Ok(Reading::minutes(last.0, timer_s / 60.0, known, origin).caveat_if(indoors))
}
