//! A run as stretches of known slope, tick by tick.

use super::Run;
use crate::segment::running_step_rate;
use crate::units::Quantity;

/// Slope that is a hill. Source: `real-data` part 1, rule 13.
pub const HILL: f64 = 0.03;

/// A stretch of one slope.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stretch {
    /// Rise over run.
    pub grade: f64,
    /// Metres.
    pub metres: f64,
    /// Seconds.
    pub seconds: f64,
    /// Step rate, where known.
    pub step_rate_spm: Option<f64>,
}

/// What one tick on the move says.
pub(super) enum Slope {
    /// Its slope is not known.
    Unknown {
        /// Its metres.
        metres: f64,
    },
    /// Its slope.
    Known(Stretch),
}

/// Calls `each` for every tick on the move, in order.
pub(super) fn for_each_slope(run: &Run<'_>, mut each: impl FnMut(Slope)) {
    let grades = run.segments.grade.as_ref();
    let moving = run.segments.moving.iter().zip(&run.segments.metres).enumerate();
    for (i, (_, metres)) in moving.filter(|(_, (moves, _))| **moves) {
        match grades.and_then(|c| c.get(i)).map(Quantity::value) {
            None => each(Slope::Unknown { metres: *metres }),
            Some(grade) => each(Slope::Known(Stretch {
                grade,
                metres: *metres,
                seconds: run.activity.clock.total_weight_s(i),
                step_rate_spm: running_step_rate(run.activity, i).map(Quantity::value),
            })),
        }
    }
}
