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
    let mut before: Option<(f64, f64)> = None;
    let mut passed = 0.0;
    for (value, weight) in &kept {
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

/// Weighted lower quantile of (value, weight) pairs: the smallest value that the share `p` of the
/// weight does not exceed. Reorders the pairs and narrows down by selection, so that the thousands
/// of records of a run are not sorted. Values are finite and weights above zero; `None` without
/// any.
pub fn weighted_lower_quantile(pairs: &mut [(f64, f64)], p: f64) -> Option<f64> {
    let mut left = p * pairs.iter().map(|pair| pair.1).sum::<f64>();
    let mut rest = pairs;
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
    use super::{weighted_lower_quantile, weighted_mean, weighted_quantile};

    #[test]
    fn selection_finds_what_sorting_finds() {
        let mut random = crate::stats::Random::new(11);
        for n in 1..60_usize {
            let pairs: Vec<(f64, f64)> =
                (0..n).map(|_| (random.below(9) as f64, 1.0 + random.below(5) as f64)).collect();
            let mut sorted = pairs.clone();
            sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
            let total: f64 = sorted.iter().map(|p| p.1).sum();
            for p in [0.0, 0.05, 0.25, 0.5, 0.95, 1.0] {
                let mut passed = 0.0;
                let expected = sorted.iter().find(|pair| {
                    passed += pair.1;
                    passed >= p * total
                });
                let found = weighted_lower_quantile(&mut pairs.clone(), p);
                assert_eq!(found, expected.map(|pair| pair.0), "{p} of {sorted:?}");
            }
        }
        assert_eq!(weighted_lower_quantile(&mut [], 0.5), None);
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
