//! What is known of a runner's step rate at any of their own speeds.

use serde::Serialize;

/// The cadence law of one runner on one device: step rate as a function of speed and grade, with
/// the slopes taken from inside runs only.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CadenceModel {
    /// Index into [`super::History::epochs`].
    pub epoch: usize,
    /// Reference speed: the runner's own median steady speed.
    pub reference_speed_m_s: f64,
    /// Step rate at the reference speed on the level, mean over runs.
    pub reference_step_rate_spm: f64,
    /// Steps per minute per m/s.
    pub speed_slope: f64,
    /// 95 % interval of the speed slope, where there are 10 runs or more.
    pub speed_slope_interval: Option<(f64, f64)>,
    /// Standard deviation of the speed slope.
    pub speed_slope_sd: f64,
    /// Steps per minute per m/s squared, where it earns its place.
    pub speed_curvature: Option<f64>,
    /// Per unit of grade uphill; `None` without grade.
    pub uphill_slope: Option<f64>,
    /// Per unit of grade downhill (as a positive drop); `None` without grade.
    pub downhill_slope: Option<f64>,
    /// 5 % and 95 % of observed segment speeds: no statement outside.
    pub speed_span_m_s: (f64, f64),
    /// Segments it rests on.
    pub segments: usize,
    /// Runs it rests on.
    pub runs: usize,
    /// The first so many of them, which the slopes come from: once these are known they stay for a
    /// year.
    pub settled_runs: usize,
    /// Whether the prior pulled the slope (few segments).
    pub shrunk: bool,
    /// 95 % interval of `reference_step_rate_spm` under likeness of neighbouring runs; `None` with
    /// few runs or where they resemble the run before too much.
    pub reference_interval: Option<(f64, f64)>,
    /// How many neighbouring segments of 30 s are worth one independent one.
    pub segments_per_independent: f64,
    /// Run-to-run noise (standard deviation about a running median of 41 runs) of plain cadence
    /// and of cadence at the reference speed: whether adjusting is worth it for this runner.
    pub local_sd_spm: Option<(f64, f64)>,
}

impl CadenceModel {
    /// Step rate on the level at a speed; `None` outside the observed span.
    pub fn level(&self, speed_m_s: f64) -> Option<f64> {
        let (low, high) = self.speed_span_m_s;
        let dv = speed_m_s - self.reference_speed_m_s;
        (low..=high).contains(&speed_m_s).then(|| {
            self.reference_step_rate_spm
                + self.speed_slope * dv
                + self.speed_curvature.unwrap_or_default() * dv * dv
        })
    }
}
