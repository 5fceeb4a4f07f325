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

#[cfg(test)]
mod tests {
    use super::{weighted_mean, weighted_quantile};

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
