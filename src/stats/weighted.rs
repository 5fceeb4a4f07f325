//! Means and quantiles over weighted values; the weights are the seconds or metres that a value
//! speaks for.

/// Weighted mean of (value, weight) pairs; `None` where the weights sum to nothing.
pub fn weighted_mean(pairs: impl IntoIterator<Item = (f64, f64)>) -> Option<f64> {
    let (sum, weight) =
        pairs.into_iter().filter(|(v, w)| v.is_finite() && *w > 0.0).fold((0.0, 0.0), |acc, p| {
            let (sum, weight): (f64, f64) = acc;
            (p.0.mul_add(p.1, sum), weight + p.1)
        });
    (weight > 0.0).then(|| sum / weight)
}

/// Weighted quantile of (value, weight) pairs: values sit at the middle of their weight and are
/// joined by straight lines (Hazen's rule, which for equal weights gives the usual median).
/// `None` where the weights sum to nothing or `p` lies outside 0..=1.
pub fn weighted_quantile(pairs: impl IntoIterator<Item = (f64, f64)>, p: f64) -> Option<f64> {
    let mut kept: Vec<(f64, f64)> =
        pairs.into_iter().filter(|(v, w)| v.is_finite() && *w > 0.0).collect();
    if !(0.0..=1.0).contains(&p) {
        return None;
    }
    kept.sort_by(|a, b| a.0.total_cmp(&b.0));
    let target = p * kept.iter().map(|k| k.1).sum::<f64>();
    along(&kept, 0.0, target)
}

/// The value at a weight, linear between the middles of sorted values; so much weight lies before
/// the first.
fn along(sorted: &[(f64, f64)], mut passed: f64, target: f64) -> Option<f64> {
    let mut before: Option<(f64, f64)> = None;
    for (value, weight) in sorted {
        let here = passed + weight / 2.0;
        if target <= here {
            return Some(match before {
                None => *value,
                Some((v0, at)) => v0 + (value - v0) * (target - at) / (here - at),
            });
        }
        before = Some((*value, here));
        passed += weight;
    }
    before.map(|(value, _)| value)
}

/// Values up to here are simply sorted. **chosen**: about where counting into bins becomes cheaper.
const SORTED: usize = 512;
/// Bins that more values are counted into. **chosen**: a bin of a million values is sorted fast.
const BINS: usize = 1024;
/// Bins of a single quantile over the records of a run. **chosen**: some tens of values a bin.
const RUN_BINS: usize = 128;

/// Values up to here are held: two megabytes. **chosen**: the segments of some thousand runs.
const HELD: usize = 1 << 17;

/// Several quantiles as by [`weighted_quantile`], of values that are gone through twice more where
/// they are too many to be held at once; `None` where one of them has none.
pub fn weighted_quantiles<I: Iterator<Item = (f64, f64)>, const N: usize>(
    values: impl Fn() -> I,
    p: [f64; N],
) -> Option<[f64; N]> {
    let kept = || values().filter(|(v, w)| v.is_finite() && *w > 0.0);
    let held: Vec<(f64, f64)> = kept().take(HELD).collect();
    if held.len() <= SORTED {
        let mut few = held;
        few.sort_by(|a, b| a.0.total_cmp(&b.0));
        let weight: f64 = few.iter().map(|k| k.1).sum();
        return collected(p.map(|p| along(&few, 0.0, p * weight)));
    }
    let range = held.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), (value, _)| {
        (low.min(*value), high.max(*value))
    });
    if held.len() < HELD {
        return quantiles_of(|| held.iter().copied(), range, p);
    }
    drop(held);
    quantiles_of(kept, range, p)
}

/// Quantiles of values above no weight. Those outside of the range, which the first of many may not
/// know, go into the bins at its ends.
fn quantiles_of<I: Iterator<Item = (f64, f64)>, const N: usize>(
    kept: impl Fn() -> I,
    (low, high): (f64, f64),
    p: [f64; N],
) -> Option<[f64; N]> {
    let bin = |value: f64| bin_of::<BINS>(value, low, high);
    let mut weights = [0.0; BINS];
    for (value, weight) in kept() {
        if let Some(slot) = weights.get_mut(bin(value)) {
            *slot += weight;
        }
    }
    let near = p.map(|p| Near::of(&weights, p));
    let mut found: [Vec<(f64, f64)>; N] = std::array::from_fn(|_| Vec::new());
    for (value, weight) in kept() {
        let bin = bin(value);
        for (near, found) in near.iter().zip(&mut found) {
            if near.bins.contains(&bin) {
                found.push((value, weight));
            }
        }
    }
    let mut targets = near.iter();
    collected(found.map(|mut found| {
        found.sort_by(|a, b| a.0.total_cmp(&b.0));
        targets.next().and_then(|near| along(&found, near.passed, near.target))
    }))
}

/// The bin of a value between the lowest and the highest, which may be the same.
#[inline]
fn bin_of<const COUNT: usize>(value: f64, low: f64, high: f64) -> usize {
    (((value - low) / (high - low) * COUNT as f64) as usize).min(COUNT - 1)
}

fn collected<const N: usize>(values: [Option<f64>; N]) -> Option<[f64; N]> {
    values.iter().all(Option::is_some).then(|| values.map(Option::unwrap_or_default))
}

/// The bin in which the weight from below reaches a target; where rounding leaves it short of one,
/// the last with anything in it.
fn own_bin(weights: &[f64], target: f64) -> usize {
    let (mut passed, mut own) = (0.0, 0);
    for (bin, weight) in weights.iter().enumerate().filter(|(_, weight)| **weight > 0.0) {
        own = bin;
        passed += weight;
        if passed >= target {
            break;
        }
    }
    own
}

/// The bins that decide one quantile: its own, and the nearest with anything in them on both sides.
struct Near {
    bins: std::ops::RangeInclusive<usize>,
    /// Weight below these bins.
    passed: f64,
    target: f64,
}

impl Near {
    fn of(weights: &[f64; BINS], p: f64) -> Self {
        let target = p * weights.iter().sum::<f64>();
        let own = own_bin(weights, target);
        let used = |bin: &usize| weights.get(*bin).is_some_and(|w| *w > 0.0);
        let first = (0..own).rev().find(used).unwrap_or(own);
        let last = (own + 1..BINS).find(used).unwrap_or(own);
        let passed = weights.iter().take(first).sum();
        Self { bins: first..=last, passed, target }
    }
}

/// Weighted lower quantile of (value, weight) pairs: the smallest value that the share `p` of the
/// weight does not exceed. Many values are counted into bins first and the one that decides is
/// narrowed down by selection, so that the thousands of records of a run are not sorted. Values are
/// finite and weights above zero; `None` without any.
pub fn weighted_lower_quantile(pairs: &[(f64, f64)], p: f64) -> Option<f64> {
    let mut left = p * pairs.iter().map(|pair| pair.1).sum::<f64>();
    let (low, high) = pairs
        .iter()
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), (v, _)| (l.min(*v), h.max(*v)));
    let mut deciding: Vec<(f64, f64)> = if pairs.len() <= SORTED || low == high {
        pairs.to_vec()
    } else {
        let bin = |value: f64| bin_of::<RUN_BINS>(value, low, high);
        let mut weights = [0.0; RUN_BINS];
        for (value, weight) in pairs {
            if let Some(slot) = weights.get_mut(bin(*value)) {
                *slot += weight;
            }
        }
        let own = own_bin(&weights, left);
        left -= weights.iter().take(own).sum::<f64>();
        pairs.iter().filter(|(value, _)| bin(*value) == own).copied().collect()
    };
    let mut rest = deciding.as_mut_slice();
    while rest.len() > 1 {
        let middle = rest.len() / 2;
        let (low, at, high) = rest.select_nth_unstable_by(middle, |a, b| a.0.total_cmp(&b.0));
        let low_weight: f64 = low.iter().map(|pair| pair.1).sum();
        if low_weight >= left {
            rest = low;
        } else if low_weight + at.1 >= left || high.is_empty() {
            return Some(at.0);
        } else {
            left -= low_weight + at.1;
            rest = high;
        }
    }
    rest.first().map(|pair| pair.0)
}

#[cfg(test)]
mod tests {
    use super::{weighted_lower_quantile, weighted_mean, weighted_quantile, weighted_quantiles};

    #[test]
    fn going_through_finds_what_holding_finds() {
        let mut random = crate::stats::Random::new(12);
        let p = [0.0, 0.05, 0.5, 0.501, 0.95, 1.0];
        for spread in [0.01, 1.0, 40.0] {
            let mut values: Vec<(f64, f64)> = (0..9000)
                .map(|_| (3.0 + spread * random.normal(), 15.0 + random.below(16) as f64))
                .collect();
            // One far away leaves most bins empty; one has no weight.
            values.extend([(900.0, 30.0), (-900.0, 0.0), (f64::NAN, 30.0)]);
            let found = weighted_quantiles(|| values.iter().copied(), p).unwrap();
            for (p, found) in p.into_iter().zip(found) {
                let held = weighted_quantile(values.iter().copied(), p).unwrap();
                assert!((found - held).abs() <= 1e-12 * held.abs(), "{p}: {found} and {held}");
            }
        }
        // More than are held, and the later ones beyond all that the first have shown.
        let later = |n: usize| if n < super::HELD { 0.0 } else { 7.0 };
        let many: Vec<(f64, f64)> =
            (0..super::HELD + 30_000).map(|n| (3.0 + later(n) + random.normal(), 30.0)).collect();
        let found = weighted_quantiles(|| many.iter().copied(), p).unwrap();
        for (p, found) in p.into_iter().zip(found) {
            let held = weighted_quantile(many.iter().copied(), p).unwrap();
            assert!((found - held).abs() <= 1e-12 * held.abs(), "{p}: {found} and {held}");
        }
        let same = || std::iter::repeat_n((3.0, 30.0), 5000);
        assert_eq!(weighted_quantiles(same, [0.5]), Some([3.0]));
        assert_eq!(weighted_quantiles(std::iter::empty, [0.5]), None);
    }

    #[test]
    fn selection_finds_what_sorting_finds() {
        let mut random = crate::stats::Random::new(11);
        for n in (1..60_usize).chain(super::SORTED - 2..super::SORTED + 40) {
            let kinds = if n % 2 == 0 { 9 } else { 3000 };
            let pairs: Vec<(f64, f64)> = (0..n)
                .map(|_| (random.below(kinds) as f64, 1.0 + random.below(5) as f64))
                .collect();
            let mut sorted = pairs.clone();
            sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
            let total: f64 = sorted.iter().map(|p| p.1).sum();
            for p in [0.0, 0.05, 0.25, 0.5, 0.95, 1.0] {
                let mut passed = 0.0;
                let expected = sorted.iter().find(|pair| {
                    passed += pair.1;
                    passed >= p * total
                });
                let found = weighted_lower_quantile(&pairs, p);
                assert_eq!(found, expected.map(|pair| pair.0), "{p} of {sorted:?}");
            }
        }
        assert_eq!(weighted_lower_quantile(&[], 0.5), None);
    }

    #[test]
    fn a_long_sample_counts_for_its_length() {
        assert_eq!(weighted_mean([(160.0, 30.0), (180.0, 10.0)]), Some(165.0));
        assert_eq!(weighted_mean([(160.0, 0.0)]), None);
        assert_eq!(weighted_mean(std::iter::empty()), None);
    }

    #[test]
    fn equal_weights_give_the_usual_median() {
        let median = |v: &[f64]| weighted_quantile(v.iter().map(|x| (*x, 2.0)), 0.5);
        assert_eq!(median(&[3.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median(&[4.0, 1.0, 2.0, 3.0]), Some(2.5));
        assert_eq!(median(&[]), None);
    }

    #[test]
    fn a_heavy_value_pulls_the_quantile() {
        let pairs = [(2.0, 1.0), (3.0, 98.0), (9.0, 1.0)];
        let q = weighted_quantile(pairs, 0.9).unwrap();
        assert!((3.0..8.0).contains(&q));
        assert_eq!(weighted_quantile(pairs, 0.0), Some(2.0));
        assert_eq!(weighted_quantile(pairs, 1.0), Some(9.0));
    }
}
