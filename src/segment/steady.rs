//! Where speed holds still.

use crate::activity::Activity;

/// Distance in time to both sides. Source: `science` 2.0.
const SIDE_S: f64 = 10.0;
/// Largest change of speed over the two sides. Source: `science` 2.0, first reading of
/// `real-data` part 2, section 1.
const LARGEST_CHANGE_M_S: f64 = 0.3;

/// Ticks at which |v(t+10) - v(t-10)| <= 0.3 m/s, each speed being the one in force at its time.
pub(super) fn steady(activity: &Activity) -> Vec<bool> {
    let times = activity.clock.times_s();
    let Some(speed) = &activity.channels.speed else {
        return vec![false; times.len()];
    };
    let last = times.len().saturating_sub(1);
    let (mut before, mut after) = (0_usize, 0_usize);
    times
        .iter()
        .map(|t| {
            while before < last && times.get(before + 1).is_some_and(|u| *u <= t - SIDE_S) {
                before += 1;
            }
            while after < last && times.get(after + 1).is_some_and(|u| *u <= t + SIDE_S) {
                after += 1;
            }
            match (speed.get(before), speed.get(after)) {
                (Some(a), Some(b)) => (b.0 - a.0).abs() <= LARGEST_CHANGE_M_S,
                _ => false,
            }
        })
        .collect()
}
