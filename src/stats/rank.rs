//! Rank trend test of Mann and Kendall.

use super::distribution::two_sided_p;
use super::sen::{detrended, lag1, theil_sen};

/// Result of the Mann-Kendall test.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MannKendall {
    /// Concordant less discordant pairs.
    pub s: f64,
    /// Variance of S with ties.
    pub variance: f64,
    /// Score with continuity correction.
    pub z: f64,
    /// Two-sided p of `z`.
    pub p: f64,
    /// Lag-1 autocorrelation of the detrended values.
    pub lag1: f64,
    /// Factor on the variance of S for positive autocorrelation, 1 without.
    pub inflation: f64,
    /// Two-sided p with the inflated variance.
    pub p_corrected: f64,
}

/// Variance of S for `values` with ties: (n(n-1)(2n+5) - sum of t(t-1)(2t+5)) / 18.
///
/// Source: Kendall 1975, Rank Correlation Methods, as used by Mann-Kendall and Sen.
pub fn kendall_variance(values: &[f64]) -> f64 {
    let mut sorted: Vec<f64> = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let term = |n: usize| (n * n.saturating_sub(1) * (2 * n + 5)) as f64;
    let ties: f64 = sorted.chunk_by(|a, b| a == b).map(|tied| term(tied.len())).sum();
    (term(values.len()) - ties) / 18.0
}

/// Mann-Kendall test of `y` in order of `x`, with ties, continuity and (for positive
/// autocorrelation only) the AR(1) inflation of the variance of S.
///
/// `None` with fewer than three values or without any spread.
///
/// Source: Mann 1945, Kendall 1975; inflation after Bayley and Hammersley 1946.
pub fn mann_kendall(x: &[f64], y: &[f64]) -> Option<MannKendall> {
    let n = y.len();
    let variance = kendall_variance(y);
    if n < 3 || n != x.len() || variance <= 0.0 {
        return None;
    }
    let mut s = 0.0;
    for (i, (xi, yi)) in x.iter().zip(y).enumerate() {
        for (xj, yj) in x.iter().zip(y).skip(i + 1) {
            s += sign(xj - xi) * sign(yj - yi);
        }
    }
    let score = |variance: f64| (s - sign(s)) / variance.sqrt();
    let slope = theil_sen(x, y)?;
    let r = lag1(&detrended(x, y, slope))?;
    let inflation = if r > 0.0 { bayley_hammersley(n as f64, r) } else { 1.0 };
    let z = score(variance);
    let p_corrected = two_sided_p(score(variance * inflation));
    Some(MannKendall { s, variance, z, p: two_sided_p(z), lag1: r, inflation, p_corrected })
}

/// Variance inflation of a sum over an AR(1) series of `n` values with lag-1 correlation `r`.
pub(super) fn bayley_hammersley(n: f64, r: f64) -> f64 {
    1.0 + 2.0 * (r.powf(n + 1.0) - n * r * r + (n - 1.0) * r) / (n * (r - 1.0).powi(2))
}

/// -1, 0 or 1; unlike `signum` it knows zero.
fn sign(v: f64) -> f64 {
    if v == 0.0 { 0.0 } else { v.signum() }
}
