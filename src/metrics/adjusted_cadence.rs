//! Step rate at the runner's own reference speed on the level.

use super::{Compute, Doc, Evidence, Metric, Outcome, Reading, Unavailable, unit};
use crate::activity::Origin;
use crate::trend::Past;

/// Fewest steady segments of 30 s for a value: five minutes. Below [`SEGMENTS_TO_TREND`] it is
/// shown but does not count in a trend. Source: `real-data` part 2, section 2.
const FEWEST_SEGMENTS: usize = 10;
/// See [`FEWEST_SEGMENTS`]: ten minutes.
const SEGMENTS_TO_TREND: usize = 20;

/// The metric.
pub const METRIC: Metric = Metric {
    id: "adjusted_cadence",
    title: "Cadence at your usual pace",
    unit: unit::SPM,
    evidence: Evidence::B,
    sources: &["burns2019", "vernillo2017", "efron1979"],
    doc: Doc {
        measures: "The steps a minute that this run would have shown at your own usual speed on \
                   level ground.",
        formula: "mean over steady 30 s segments of f - b1 (v - vref) - b2 max(g, 0) - b3 max(-g, \
                  0) - b4 (v - vref)^2, in spm; v and vref in m/s, g as rise over run; b1 to b4 \
                  from inside your own runs with this watch, each run with its own level",
        needs: "speed and cadence of at least five minutes of steady running outdoors",
        unavailable: "the run is indoors, has too little steady running, or was run too far from \
                      your usual speed",
        limits: "A change of shoes, heat or terrain moves it too; it says nothing about speeds \
                 outside your own; two watches differ by up to 3 spm.",
    },
    trended: true,
    compute: Compute::Past(compute),
};

fn compute(past: &Past<'_>) -> Outcome {
    let Some(run) = past.runs.get(past.index) else {
        return Unavailable::because("no_run", "There is no such run.");
    };
    if run.meta.indoor {
        return Unavailable::because(
            "indoor",
            "Speed indoors is calibrated after the run, so cadence is not set against it.",
        );
    }
    let epoch = past.epoch_of.get(past.index);
    let model = past.models.iter().find(|m| Some(&m.epoch) == epoch);
    let Some((model, at)) = model.and_then(|m| Some((m, m.of_run(run)?))) else {
        return Unavailable::because(
            "too_little_steady_running",
            "Less than five minutes of steady running with speed and cadence.",
        );
    };
    if at.segments < FEWEST_SEGMENTS {
        return Unavailable::because(
            "too_little_steady_running",
            format!("Only {} of the 10 steady half minutes that it takes.", at.segments),
        );
    }
    if !at.supported {
        return Unavailable::because(
            "far_from_reference_speed",
            "The run was too far from your usual speed to say what it would have been there.",
        );
    }
    let pieces = run.pieces.len().max(at.segments);
    let reading = Reading {
        value: at.step_rate_spm,
        interval: Some(at.interval),
        n: at.segments as f64,
        n_unit: "segments",
        coverage: at.segments as f64 / pieces as f64,
        origin: Origin::Derived { method: "your own cadence law, fitted inside runs".to_owned() },
        parts: Vec::new(),
        caveats: Vec::new(),
    };
    let mut reading = reading
        .part("reference_speed_m_s", Some(model.reference_speed_m_s))
        .part("mean_speed_m_s", Some(at.mean_speed_m_s))
        .part("speed_slope_spm_per_m_s", Some(model.speed_slope));
    if at.segments < SEGMENTS_TO_TREND {
        reading.caveats.push("Under ten minutes of steady running: not used in trends.".to_owned());
    }
    reading.into()
}
