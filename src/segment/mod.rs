//! One cut of a run that all metrics share: running and form masks, 30 s pieces, grade, bends,
//! turn-backs, laps of a track, and whether the watch computed its dynamics.
//!
//! Every cut is one file and one or two passes over the ticks; nothing here judges or words
//! anything. Paths and slopes are measured on a grid of the run's own distance ([`grid`]).

mod altitude_jumps;
pub mod ascent;
mod bend_sums;
pub mod bends;
mod cadence_seconds;
pub mod dynamics;
pub mod grade;
pub mod grid;
mod kept_pieces;
pub mod level_places;
mod out_and_back;
mod pieces;
pub mod plausible;
pub mod running;
mod slants;
mod steady;
mod track;

use serde::Serialize;

use crate::activity::{Activity, AltitudeSource, Channel, Span};
use crate::settings::Rules;
use crate::units::{Curvature, Grade, StepsPerMinute};

pub use bend_sums::{BEND_PER_M, BendSide, Bends};
pub use cadence_seconds::{CADENCE_BIN_SPM, CadenceSeconds, SPEED_BIN_M_S};
pub use kept_pieces::{Gait, Pace, Pieces};
pub use running::RunningBy;
pub use slants::Slants;

/// The shared cuts of one run.
#[derive(Clone, Debug)]
pub struct Segments {
    /// Running at each tick: (>= 140 spm and v >= 1.3) or (130-140 spm and v >= 1.9), <= 240 spm.
    /// Without cadence in the file: v >= 1.7 (see `running_by`).
    pub running: Vec<bool>,
    /// On the move at each tick: running, or a speed of [`running::MOVING_SPEED_M_S`] and more.
    pub moving: Vec<bool>,
    /// What the running mask was told by.
    pub running_by: RunningBy,
    /// Running that counts for form: bouts of 20 s and more (gaps to 5 s merged), without the
    /// first 10 s of each. All false where the file has no cadence.
    pub form: Vec<bool>,
    /// Seconds each tick counts for in form metrics: `Clock::form_weight_s` where `form`, else 0.
    pub form_weights_s: Vec<f64>,
    /// Their sum.
    form_s: f64,
    /// Metres each tick covers up to the next one; 0 where the distance is not known.
    pub metres: Vec<f64>,
    /// Segments of 30 s of continuous form running, in order.
    pub pieces: Vec<Piece>,
    /// Seconds of form running by speed and step rate, for distributions.
    pub cadence_seconds: CadenceSeconds,
    /// Slope of the path, only where the altitude source allows it.
    pub grade: Option<Channel<Grade>>,
    /// Ascent and descent, only where the altitude source allows it.
    pub climb: Option<ascent::Climb>,
    /// Curvature of the path seen from above, only with usable positions.
    pub curvature: Option<Channel<Curvature>>,
    /// Ticks at which the runner turned back onto the same road.
    pub turn_backs: Vec<usize>,
    /// Level places with their slope, to see whether slopes repeat from run to run.
    pub level_places: Vec<level_places::LevelPlace>,
    /// Laps of a track, where the shape says so.
    pub track: Option<TrackSession>,
    /// What could have been on slanted ground.
    pub slants: Slants,
    /// Whether dynamics are measured or computed by the watch.
    pub dynamics: Dynamics,
}

impl Segments {
    /// Seconds of running that counts for form.
    pub fn form_seconds(&self) -> f64 {
        self.form_s
    }
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
    /// Mean step rate, corrected for whole-stride devices (see [`running_step_rate`]).
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

/// What a device that stores whole strides cuts off on average: it truncates, so a stored 180 stands
/// for 180 to 182. Source: `real-data` part 2, section 0 rule 10.
pub const TRUNCATION_SPM: f64 = 1.0;

/// Step rate of a running tick for readings, bands and pieces: the recorded one, plus
/// [`TRUNCATION_SPM`] where the device stores whole strides. Never compared with the device's own
/// mean, which is truncated too.
#[inline]
pub fn running_step_rate(activity: &Activity, i: usize) -> Option<StepsPerMinute> {
    let recorded = activity.channels.step_rate.as_ref()?.get(i)?;
    let correction = if activity.meta.whole_stride_cadence { TRUNCATION_SPM } else { 0.0 };
    Some(StepsPerMinute(recorded.0 + correction))
}

/// Altitude of an outdoor run in metres, without impossible jumps; `None` unless a barometer
/// measured it.
pub fn barometric_altitude(activity: &Activity) -> Option<Vec<Option<f64>>> {
    let altitude = activity.channels.altitude.as_ref()?;
    let measured = activity.meta.altitude_source == AltitudeSource::Barometric;
    (measured && !activity.meta.indoor)
        .then(|| altitude_jumps::without_jumps(activity.clock.times_s(), altitude))
}

/// Metres from each tick with a distance to the next such tick.
fn metres(activity: &Activity) -> Vec<f64> {
    let mut metres = vec![0.0; activity.clock.len()];
    let Some(distance) = &activity.channels.distance else { return metres };
    let mut before: Option<(usize, f64)> = None;
    for (i, d) in distance.iter().enumerate() {
        let Some(d) = d else { continue };
        if let Some((j, from)) = before
            && let Some(slot) = metres.get_mut(j)
        {
            *slot = (d.0 - from).max(0.0);
        }
        before = Some((i, d.0));
    }
    metres
}

/// Cuts a run once.
pub fn segment(activity: &Activity, rules: &Rules) -> Segments {
    let masks = running::masks(activity, rules);
    let grid = grid::Grid::over(activity);
    let altitude_m = barometric_altitude(activity);
    let grade = grid.as_ref().zip(altitude_m.as_deref());
    let grade = grade.and_then(|(grid, altitude)| grade::grade(activity, grid, altitude));
    let path = grid.as_ref().and_then(|g| bends::Path::over(activity, g));
    let steady = steady::steady(activity);
    let pieces = pieces::pieces(activity, &masks, &steady, grade.as_ref());
    let dynamics = dynamics::judge(activity, &pieces);
    let (curvature, turn_backs, track) = match (&grid, &path) {
        (Some(grid), Some(path)) => (
            Some(path.curvature_channel(activity, grid)),
            out_and_back::turn_backs(activity, grid, path),
            track::track(activity, grid, path),
        ),
        _ => (None, Vec::new(), None),
    };
    let level_places = level_places::level_places(activity, grade.as_ref());
    let cadence_seconds = CadenceSeconds::over(activity, &masks.weights_s);
    let metres = metres(activity);
    let cuts = bend_sums::Cuts { moving: &masks.moving, metres: &metres, track: track.as_ref() };
    let slants = Slants::over(activity, curvature.as_ref(), &turn_backs, &cuts);
    Segments {
        running: masks.running,
        moving: masks.moving,
        running_by: masks.by,
        form: masks.form,
        form_s: masks.weights_s.iter().sum(),
        form_weights_s: masks.weights_s,
        metres,
        pieces,
        cadence_seconds,
        grade,
        climb: altitude_m.and_then(|z| ascent::climb(&activity.clock, z.into_iter())),
        curvature,
        turn_backs,
        level_places,
        track,
        slants,
        dynamics,
    }
}
