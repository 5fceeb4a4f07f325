//! Running speed.

use super::{Compute, Doc, Evidence, Metric, Outcome, Reading, Run, Unavailable, unit};
use crate::activity::{Origin, TOTAL_CAP_S};
use crate::segment::RunningBy;

/// Speed.
pub const METRIC: Metric = Metric {
    id: "speed",
    title: "Running speed",
    unit: unit::M_S,
    evidence: Evidence::B,
    sources: &["own_archives"],
    doc: Doc {
        measures: "How fast you ran, walking and standing taken out.",
        formula: "v = sum of metres over running ticks / sum of their seconds, m/s.",
        needs: "Distance or positions, and cadence or speed.",
        unavailable: "There is no distance, or no minute of running.",
        limits: "As good as the distance: 3 to 6 % by satellite, uncalibrated indoors.",
    },
    trended: true,
    compute: Compute::Run(compute),
};

/// Least running for a mean speed, s. **chosen**.
const LEAST_S: f64 = 60.0;

fn compute(run: &Run<'_>) -> Outcome {
    let Some(distance) = &run.activity.channels.distance else {
        return Unavailable::because("no_distance", "The file has no distances or positions.");
    };
    let clock = &run.activity.clock;
    let (mut metres, mut seconds) = (0.0, 0.0);
    let (mut moving_m, mut moving_s) = (0.0, 0.0);
    let masks = run.segments.running.iter().zip(&run.segments.moving);
    for (i, ((runs, moves), m)) in masks.zip(&run.segments.metres).enumerate() {
        let weight = clock.total_weight_s(i);
        // Longer gaps cover metres that their capped seconds do not.
        if weight >= TOTAL_CAP_S || !moves {
            continue;
        }
        moving_m += m;
        moving_s += weight;
        if *runs {
            metres += m;
            seconds += weight;
        }
    }
    if seconds < LEAST_S || metres <= 0.0 {
        return Unavailable::because("too_short", "Less than a minute of running with distance.");
    }
    let origin = Origin::Derived { method: "running distance over running time".to_owned() };
    let known = distance.present() as f64 / distance.len().max(1) as f64;
    let by_speed = (run.segments.running_by == RunningBy::Speed)
        .then_some("Running was told by speed alone, so slow running is left out.");
    Reading::minutes(metres / seconds, seconds / 60.0, known, origin)
        .part("pace_s_per_km", Some(1000.0 * seconds / metres))
        .part("running_distance_m", Some(metres))
        .part("moving_speed_m_s", (moving_s > 0.0).then(|| moving_m / moving_s))
        .caveat_if(by_speed)
        .into()
}
