//! One cut of a run that all metrics share: running and form masks, 30 s segments, grade, bends,
//! turn-backs, and whether the watch computed its dynamics.

use serde::Serialize;

use crate::activity::{Activity, Channel, Span};
use crate::units::{Curvature, Grade};

/// The shared cuts of one run.
#[derive(Clone, Debug)]
pub struct Segments {
    /// Running at each tick: (>= 140 spm and v >= 1.3) or (130-140 spm and v >= 1.9), <= 240 spm.
    pub running: Vec<bool>,
    /// Running that counts for form: bouts of 20 s and more (gaps to 5 s merged), without the
    /// first 10 s of each.
    pub form: Vec<bool>,
    /// Segments of 30 s of continuous form running, in order.
    pub pieces: Vec<Piece>,
    /// Slope of the path, only where the altitude source allows it.
    pub grade: Option<Channel<Grade>>,
    /// Curvature of the path seen from above, only with usable positions.
    pub curvature: Option<Channel<Curvature>>,
    /// Ticks at which the runner turned back onto the same road.
    pub turn_backs: Vec<usize>,
    /// Laps of a track, where the shape says so.
    pub track: Option<TrackSession>,
    /// Whether dynamics are measured or computed by the watch.
    pub dynamics: Dynamics,
}

/// One 30 s segment of continuous form running: the unit of every regression.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Piece {
    /// Start, seconds since the run's start.
    pub start_s: f64,
    /// Duration in seconds.
    pub duration_s: f64,
    /// Mean speed.
    pub speed_m_s: f64,
    /// Mean step rate.
    pub step_rate_spm: f64,
    /// Mean grade; `None` where grade is not known.
    pub grade: Option<f64>,
    /// Whether at least half of it is steady: |v(t+10) - v(t-10)| <= 0.3 m/s.
    pub steady: bool,
    /// Mean ground contact time.
    pub ground_contact_time_ms: Option<f64>,
    /// Mean vertical oscillation.
    pub vertical_oscillation_mm: Option<f64>,
    /// Mean vertical ratio.
    pub vertical_ratio_percent: Option<f64>,
    /// Mean contact balance, left share.
    pub contact_balance_left_percent: Option<f64>,
    /// Mean heart rate.
    pub heart_rate_bpm: Option<f64>,
}

/// Laps of an athletics track, recognised by shape.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TrackSession {
    /// Ticks on the track.
    pub spans: Vec<Span>,
    /// Net laps, positive anticlockwise.
    pub net_laps: f64,
    /// Metres per lap.
    pub lap_length_m: f64,
    /// Whether the watch drew an ideal oval (repeated laps agree within 0.15 m).
    pub drawn_by_watch: bool,
}

/// Whether running dynamics are a sensor's word or a formula of speed and cadence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Dynamics {
    /// No contact time or oscillation in the file.
    #[default]
    None,
    /// Measured: R2 against speed and cadence below 0.97.
    Measured,
    /// A function of speed and cadence: shown, evidence of nothing.
    Estimated,
    /// Too few segments to tell.
    NotKnown,
}

/// Cuts a run once.
pub fn segment(activity: &Activity) -> Segments {
    let n = activity.clock.len();
    Segments {
        running: vec![false; n],
        form: vec![false; n],
        pieces: Vec::new(),
        grade: None,
        curvature: None,
        turn_backs: Vec::new(),
        track: None,
        dynamics: Dynamics::None,
    }
}
