//! Normal and Student distributions, and the interval of a share.

use statrs::distribution::{ContinuousCDF, Normal, StudentsT};

/// Quantile of the standard normal; `None` for `p` outside 0..1.
pub fn normal_quantile(p: f64) -> Option<f64> {
    (p > 0.0 && p < 1.0).then(|| Normal::standard().inverse_cdf(p))
}

/// Quantile of Student's t with `freedom` degrees; `None` for `p` outside 0..1 or without
/// degrees of freedom.
pub fn student_quantile(p: f64, freedom: f64) -> Option<f64> {
    if !(p > 0.0 && p < 1.0) {
        return None;
    }
    StudentsT::new(0.0, 1.0, freedom).ok().map(|t| t.inverse_cdf(p))
}

/// Two-sided p of a standard normal score.
pub fn two_sided_p(z: f64) -> f64 {
    2.0 * Normal::standard().sf(z.abs())
}

/// Wilson's 95 % interval of a share of `k` out of `n`; `None` where `n` is 0 or `k` > `n`.
///
/// Source: Wilson 1927, JASA 22:209.
pub fn wilson(k: u64, n: u64) -> Option<(f64, f64)> {
    if n == 0 || k > n {
        return None;
    }
    let z = normal_quantile(0.975)?;
    let (k, n) = (k as f64, n as f64);
    let (share, z2) = (k / n, z * z);
    let centre = (share + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let half = z / (1.0 + z2 / n) * (share * (1.0 - share) / n + z2 / (4.0 * n * n)).sqrt();
    Some((centre - half, centre + half))
}

#[cfg(test)]
mod tests {
    use super::{normal_quantile, student_quantile, two_sided_p, wilson};

    #[test]
    fn quantiles_are_the_printed_ones() {
        assert!((normal_quantile(0.975).unwrap() - 1.959_963_985).abs() < 1e-8);
        // Table value t(0.975, 6) = 2.4469.
        assert!((student_quantile(0.975, 6.0).unwrap() - 2.446_911_85).abs() < 1e-6);
        assert!((two_sided_p(1.959_963_985) - 0.05).abs() < 1e-8);
        assert_eq!(normal_quantile(1.0), None);
        assert_eq!(student_quantile(0.5, 0.0), None);
    }

    #[test]
    fn a_share_needs_counts() {
        assert_eq!(wilson(1, 0), None);
        assert_eq!(wilson(3, 2), None);
        let (low, high) = wilson(0, 10).unwrap();
        assert!(low.abs() < 1e-12 && high < 0.31);
    }
}
