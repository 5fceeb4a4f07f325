//! Bends of a run, added up once for curves and for slanted ground.

use super::TrackSession;
use crate::activity::{Activity, Channel};
use crate::units::{Curvature, Quantity, STANDARD_GRAVITY_M_S2};

/// What of the cuts sums over the ground need.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cuts<'a> {
    /// On the move at each tick.
    pub moving: &'a [bool],
    /// Metres that each tick covers.
    pub metres: &'a [f64],
    /// Laps of a track.
    pub track: Option<&'a TrackSession>,
}

impl Cuts<'_> {
    /// Whether a tick lies on the track.
    pub fn on_track(&self, i: usize) -> bool {
        self.track.is_some_and(|t| t.spans.iter().any(|s| (s.start..s.end).contains(&i)))
    }
}

/// Curvature from which a track's tick lies in a bend, 1/m: half of an outer lane's (R = 45 m).
/// **chosen**.
pub const BEND_PER_M: f64 = 1.0 / 90.0;
/// Bends of a run, left (anticlockwise) and right.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Bends {
    /// Net turning of the whole run in radians, anticlockwise positive.
    pub net_turn: f64,
    /// Metres with a known curvature.
    pub known_m: f64,
    /// Metres in all.
    pub total_m: f64,
    /// Sum of seconds times signed v2 kappa / g over the run.
    net_slope_s: f64,
    /// Seconds with speed and curvature.
    pub seconds: f64,
    /// On the track: anticlockwise.
    pub left: BendSide,
    /// On the track: clockwise.
    pub right: BendSide,
}

/// Bends to one side on a track.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct BendSide {
    /// Seconds in bends.
    pub seconds: f64,
    /// Metres in bends.
    pub metres: f64,
    /// Turning, radians, not negative.
    pub turn: f64,
    /// Seconds times equivalent slope.
    slope_s: f64,
}

impl BendSide {
    /// Mean equivalent slope over its bends, percent.
    pub fn percent(&self) -> Option<f64> {
        (self.seconds > 0.0).then(|| 100.0 * self.slope_s / self.seconds)
    }
}

impl Bends {
    /// Adds up a run from its cuts.
    pub(super) fn over(
        activity: &Activity,
        curvature: &Channel<Curvature>,
        cuts: &Cuts<'_>,
    ) -> Self {
        let mut sum = Self::default();
        for (i, (moves, metres)) in cuts.moving.iter().zip(cuts.metres).enumerate() {
            if !moves {
                continue;
            }
            sum.total_m += metres;
            let Some(kappa) = curvature.get(i).map(Quantity::value) else { continue };
            sum.known_m += metres;
            sum.net_turn += kappa * metres;
            let seconds = activity.clock.total_weight_s(i);
            if seconds <= 0.0 {
                continue;
            }
            let speed = metres / seconds;
            let slope = speed * speed * kappa / STANDARD_GRAVITY_M_S2;
            sum.net_slope_s += slope * seconds;
            sum.seconds += seconds;
            if cuts.on_track(i) && kappa.abs() >= BEND_PER_M {
                let side = if kappa > 0.0 { &mut sum.left } else { &mut sum.right };
                side.seconds += seconds;
                side.metres += metres;
                side.turn += (kappa * metres).abs();
                side.slope_s += slope.abs() * seconds;
            }
        }
        sum
    }

    /// Net equivalent slope over the whole run, percent, anticlockwise positive.
    pub fn net_percent(&self) -> Option<f64> {
        (self.seconds > 0.0).then(|| 100.0 * self.net_slope_s / self.seconds)
    }
}
