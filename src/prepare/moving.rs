//! Values while the runner moves, weighted by time.

use super::Draft;
use crate::stats::weighted_lower_quantile;
use crate::units::Quantity;

/// A time-weighted median and the seconds it rests on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Median {
    /// The median.
    pub value: f64,
    /// Seconds of values.
    pub seconds: f64,
}

/// Finite values, each with the seconds above zero that it speaks for.
pub(super) type Timed = Vec<(f64, f64)>;

/// Weighted median of values by their seconds; `None` without any.
pub(super) fn median(timed: &Timed) -> Option<Median> {
    quantile_of(timed, 0.5)
}

/// Weighted quantile: the first value at which the share of time reaches `p`.
pub(super) fn quantile_of(timed: &Timed, p: f64) -> Option<Median> {
    let seconds: f64 = timed.iter().map(|(_, w)| w).sum();
    weighted_lower_quantile(timed, p).map(|value| Median { value, seconds })
}

/// Values greater than zero at ticks of at least `speed_m_s`.
pub(super) fn values_above(
    draft: &Draft,
    values: impl IntoIterator<Item = f64>,
    speed_m_s: f64,
) -> Timed {
    let mut timed = Timed::with_capacity(draft.len());
    timed.extend(ticks(draft).zip(values).filter_map(|((speed, seconds), value)| {
        let kept = speed >= speed_m_s && seconds > 0.0 && value > 0.0 && value.is_finite();
        kept.then_some((value, seconds))
    }));
    timed
}

/// Share of the seconds on the move in which a value is at most `most`; `None` without any.
pub(super) fn share_up_to(
    draft: &Draft,
    values: impl IntoIterator<Item = f64>,
    speed_m_s: f64,
    most: f64,
) -> Option<f64> {
    let (mut below, mut all) = (0.0, 0.0);
    for ((speed, seconds), value) in ticks(draft).zip(values) {
        if speed >= speed_m_s && seconds > 0.0 && value > 0.0 && value.is_finite() {
            all += seconds;
            below += if value <= most { seconds } else { 0.0 };
        }
    }
    (all > 0.0).then(|| below / all)
}

/// Share of the seconds at `low_m_s` and more in which the speed is at most `most`.
pub(super) fn speed_share_up_to(draft: &Draft, low_m_s: f64, most: f64) -> Option<f64> {
    let speeds = ticks(draft).map(|(speed, _)| speed);
    share_up_to(draft, speeds, low_m_s, most)
}

/// Speeds of at least `low_m_s`.
pub(super) fn speeds_above(draft: &Draft, low_m_s: f64) -> Timed {
    let mut timed = Timed::with_capacity(draft.len());
    timed.extend(ticks(draft).filter(|(speed, seconds)| *speed >= low_m_s && *seconds > 0.0));
    timed
}

/// Speed of each tick and the seconds it speaks for; a speed that is not known is below any.
/// Nothing before speed and pauses are known.
fn ticks(draft: &Draft) -> impl Iterator<Item = (f64, f64)> + '_ {
    let known = draft.channels.speed.as_ref().zip(draft.clock.as_ref());
    known.into_iter().flat_map(|(speed, clock)| {
        let speeds = speed.iter().map(|v| v.map_or(f64::NEG_INFINITY, Quantity::value));
        speeds.zip(clock.total_weights_s())
    })
}
