//! Ranges inside which a recorded value can be one of a running person; outside it is not used.

use std::ops::RangeInclusive;

/// Ground contact time, ms. Source: `science` 2.7.
pub const GROUND_CONTACT_TIME_MS: RangeInclusive<f64> = 140.0..=450.0;
/// Vertical oscillation, mm. Source: `science` 2.8.
pub const VERTICAL_OSCILLATION_MM: RangeInclusive<f64> = 30.0..=150.0;
/// Vertical ratio, percent: 30 mm over 2.2 m to 150 mm over 0.6 m. **chosen** from the ranges of
/// its two parts.
pub const VERTICAL_RATIO_PERCENT: RangeInclusive<f64> = 1.0..=25.0;
/// Left share of contact time, percent. **chosen**: beyond it one foot is not on the ground.
pub const CONTACT_BALANCE_PERCENT: RangeInclusive<f64> = 40.0..=60.0;
/// Step length, m. Source: `science` 2.5.
pub const STEP_LENGTH_M: RangeInclusive<f64> = 0.4..=2.2;
/// Heart rate, bpm. **chosen**: below and above, a sensor speaks and not a heart.
pub const HEART_RATE_BPM: RangeInclusive<f64> = 30.0..=240.0;
/// Power, W. **chosen**: zero is a stop or a silence, above 1,500 W no runner holds a record.
pub const POWER_W: RangeInclusive<f64> = 1.0..=1500.0;

/// A value inside its range.
#[inline]
pub fn within(value: Option<f64>, range: &RangeInclusive<f64>) -> Option<f64> {
    value.filter(|v| range.contains(v))
}
