//! What the history reads from one run's readings. The identifiers and keys of other rooms that
//! this room depends on stand here and nowhere else.

use super::{CamberWeek, Epoch};
use crate::Analysis;
use crate::activity::{AltitudeSource, SummaryKey};
use crate::metrics::{Metric, Outcome};
use crate::segment::Dynamics;

/// Distance of a run: measured here, else as the device states it.
pub fn distance_m(run: &Analysis) -> Option<f64> {
    run.value("distance").or_else(|| run.summary.get(SummaryKey::DistanceM))
}

/// Time of a run with the timer on: measured here, else as the device states it.
pub fn duration_s(run: &Analysis) -> Option<f64> {
    run.value("timer").or_else(|| run.summary.get(SummaryKey::TimerS))
}

/// Descent of a run; only a barometer's word counts.
pub fn descent_m(run: &Analysis) -> Option<f64> {
    (run.meta.altitude_source == AltitudeSource::Barometric).then(|| run.value("descent")).flatten()
}

/// Ascent of a run; only a barometer's word counts.
pub fn ascent_m(run: &Analysis) -> Option<f64> {
    (run.meta.altitude_source == AltitudeSource::Barometric).then(|| run.value("ascent")).flatten()
}

/// Distance by grade band, barometer only; empty where it is not known. The parts of the metric
/// that are metres of a band end in `_band_m`, in the order of the bands.
pub fn grade_bands_m(run: &Analysis) -> Vec<f64> {
    if run.meta.altitude_source != AltitudeSource::Barometric {
        return Vec::new();
    }
    let Some(reading) = run.outcome("hill_exposure").and_then(Outcome::reading) else {
        return Vec::new();
    };
    reading.parts.iter().filter(|p| p.key.ends_with("_band_m")).filter_map(|p| p.value).collect()
}

/// Left and right of one run.
pub fn camber(run: &Analysis) -> CamberWeek {
    let Some(reading) = run.outcome("camber_exposure").and_then(Outcome::reading) else {
        return CamberWeek::default();
    };
    CamberWeek {
        left_low_m: reading.get("left_low_m"),
        right_low_m: reading.get("right_low_m"),
        ceiling_m: reading.get("ceiling_m").map_or(0.0, |m| m),
        track_anticlockwise_s: reading.get("track_anticlockwise_s").map_or(0.0, |s| s),
        track_clockwise_s: reading.get("track_clockwise_s").map_or(0.0, |s| s),
    }
}

/// Metrics that a watch without a sensor for them may compute from speed and cadence. Source:
/// `real-data` part 2, section 2b.
const DYNAMICS_METRICS: &[&str] =
    &["ground_contact_time", "duty_factor", "vertical_oscillation", "vertical_ratio"];

/// Whether a metric's values in an epoch are evidence of anything: running dynamics that the
/// watch computes from speed and cadence are not, and neither are those that could not be judged.
pub fn is_evidence(metric: &Metric, epoch: &Epoch) -> bool {
    !DYNAMICS_METRICS.contains(&metric.id) || epoch.dynamics == Dynamics::Measured
}
