//! What the history reads from one run's readings. The identifiers and keys of other rooms that
//! this room depends on stand here and nowhere else.

use super::{CamberWeek, Epoch};
use crate::Analysis;
use crate::activity::{AltitudeSource, SummaryKey};
use crate::metrics::hill_exposure::BANDS;
use crate::metrics::{Metric, Reading};
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

/// Seconds of steady running outdoors at or above a speed, and in all; both nothing indoors, where
/// speed is calibrated after saving.
pub fn fast_seconds(run: &Analysis, from_m_s: f64) -> (f64, f64) {
    if run.meta.indoor {
        return (0.0, 0.0);
    }
    run.pieces.paces().filter(|p| p.steady).fold((0.0, 0.0), |(fast_s, all_s), piece| {
        let fast = if piece.speed_m_s >= from_m_s { piece.duration_s } else { 0.0 };
        (fast_s + fast, all_s + piece.duration_s)
    })
}

/// Ascent of a run; only a barometer's word counts.
pub fn ascent_m(run: &Analysis) -> Option<f64> {
    (run.meta.altitude_source == AltitudeSource::Barometric).then(|| run.value("ascent")).flatten()
}

/// Distance by grade band in the order of [`BANDS`], barometer only; empty where it is not known.
pub fn grade_bands_m(run: &Analysis) -> Vec<f64> {
    if run.meta.altitude_source != AltitudeSource::Barometric {
        return Vec::new();
    }
    let reading = run.reading("hill_exposure");
    let metres = |reading: &Reading| {
        BANDS.iter().map(|band| reading.get(&format!("{}_m", band.key))).collect::<Option<_>>()
    };
    reading.as_ref().and_then(metres).unwrap_or_default()
}

/// Left and right of one run: sides and ceiling from the runner's word and the distance, bends
/// only where the shape is a track.
pub fn camber(run: &Analysis) -> CamberWeek {
    let part = |metric: &str, key: &str| run.part(metric, key);
    let mut camber = CamberWeek {
        left_low_m: part("camber_exposure", "left_low_m"),
        right_low_m: part("camber_exposure", "right_low_m"),
        ..CamberWeek::default()
    };
    if let Some(ceiling) = part("camber_exposure", "ceiling_m") {
        camber.ceiling_m = ceiling;
    }
    if let Some(metres) = part("camber_exposure", "bends_left_low_m") {
        camber.bends_left_low_m = metres;
    }
    if let Some(metres) = part("camber_exposure", "bends_right_low_m") {
        camber.bends_right_low_m = metres;
    }
    if let Some(seconds) = part("curve_exposure", "anticlockwise_bends_s") {
        camber.track_anticlockwise_s = seconds;
    }
    if let Some(seconds) = part("curve_exposure", "clockwise_bends_s") {
        camber.track_clockwise_s = seconds;
    }
    camber
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
