//! Values while the runner moves, weighted by time.

use super::Draft;
use crate::stats::weighted_lower_quantile;

/// A time-weighted median and the seconds it rests on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Median {
    /// The median.
    pub value: f64,
    /// Seconds of values.
    pub seconds: f64,
}

/// Weighted median of (value, seconds); `None` without any weight.
pub(super) fn median(mut pairs: Vec<(f64, f64)>) -> Option<Median> {
    quantile_of(&mut pairs, 0.5)
}

/// Weighted quantile of (value, seconds): the first value at which the share of time reaches `p`.
pub(super) fn quantile_of(pairs: &mut Vec<(f64, f64)>, p: f64) -> Option<Median> {
    pairs.retain(|(v, w)| v.is_finite() && *w > 0.0);
    let seconds: f64 = pairs.iter().map(|(_, w)| w).sum();
    weighted_lower_quantile(pairs, p).map(|value| Median { value, seconds })
}

/// Values greater than zero at ticks of at least `speed_m_s`, with the seconds each speaks for.
pub(super) fn values_above(draft: &Draft, values: &[f64], speed_m_s: f64) -> Vec<(f64, f64)> {
    let fast = |i: usize| draft.speed_m_s(i).is_some_and(|v| v >= speed_m_s);
    values
        .iter()
        .enumerate()
        .filter(|(i, v)| **v > 0.0 && fast(*i))
        .map(|(i, v)| (*v, draft.weight_s(i)))
        .collect()
}

/// Speeds of at least `low_m_s` with the seconds each speaks for.
pub(super) fn speeds_above(draft: &Draft, low_m_s: f64) -> Vec<(f64, f64)> {
    (0..draft.len())
        .filter_map(|i| draft.speed_m_s(i).map(|v| (v, draft.weight_s(i))))
        .filter(|(v, _)| *v >= low_m_s)
        .collect()
}
