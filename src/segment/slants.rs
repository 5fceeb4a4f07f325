//! What of a run could have been on slanted ground: its ways off the track, parted at turn-backs,
//! and its bends. Kept with the run, because the side that the runner states may come later.

use super::bend_sums::{Bends, Cuts};
use crate::activity::{Activity, Channel};
use crate::units::Curvature;

/// Sums of one run over ground that may slant.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Slants {
    /// Metres on the move off the track: before the first turn-back and after every second one, and
    /// the others. `None` without a distance.
    pub ways_m: Option<[f64; 2]>,
    /// Seconds of that.
    pub seconds: f64,
    /// Share of ticks with a distance.
    pub known: f64,
    /// Turn-backs onto the same road; `None` where positions do not show them.
    pub turn_backs: Option<usize>,
    /// Bends; `None` without curvature.
    pub bends: Option<Bends>,
    /// Whether the shape is laps of a track, so that its bends are bends of a track.
    pub on_a_track: bool,
}

impl Slants {
    /// Adds up a run from its cuts.
    pub(super) fn over(
        activity: &Activity,
        curvature: Option<&Channel<Curvature>>,
        turn_backs: &[usize],
        cuts: &Cuts<'_>,
    ) -> Self {
        let mut slants = Self {
            turn_backs: curvature.map(|_| turn_backs.len()),
            bends: curvature.map(|curvature| Bends::over(activity, curvature, cuts)),
            on_a_track: cuts.track.is_some(),
            ..Self::default()
        };
        let Some(distance) = &activity.channels.distance else { return slants };
        slants.known = distance.present() as f64 / distance.len().max(1) as f64;
        let mut ways = [0.0; 2];
        let mut turns = turn_backs.iter().peekable();
        let mut way = 0_usize;
        for (i, (moves, metres)) in cuts.moving.iter().zip(cuts.metres).enumerate() {
            while turns.next_if(|t| **t <= i).is_some() {
                way = 1 - way;
            }
            if !moves || cuts.on_track(i) {
                continue;
            }
            if let Some(sum) = ways.get_mut(way) {
                *sum += metres;
            }
            slants.seconds += activity.clock.total_weight_s(i);
        }
        slants.ways_m = Some(ways);
        slants
    }

    /// Metres that could have been on a slanted edge at all; `None` without a distance.
    pub fn ceiling_m(&self) -> Option<f64> {
        self.ways_m.map(|ways| ways.iter().sum())
    }
}
