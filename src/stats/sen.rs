//! Sen's slope and its rank interval, honest under autocorrelation.

use super::likeness::{ABOUT_LINE, Likeness, quantile_of_few};
use super::rank::kendall_variance;
use super::robust::{median, quantile_in_place};

/// Sen's slope of a series.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sen {
    /// Median of the pairwise slopes, per unit of x.
    pub slope: f64,
    /// Median of y - slope x.
    pub intercept: f64,
    /// Lag-1 correlation of the residuals, unclamped and bias-corrected: (n r1 + 1) / (n - 4).
    pub autocorrelation: Option<f64>,
    /// 95 % interval; `None` where the residuals hang together too much for one.
    pub interval: Option<SenInterval>,
}

/// Interval of a slope.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SenInterval {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Quantile of Student's t that the ends lie at, in standard errors of S.
    pub quantile: f64,
}

/// Slopes of all pairs with different x.
fn pairwise(x: &[f64], y: &[f64]) -> Vec<f64> {
    let n = x.len().min(y.len());
    let mut slopes = Vec::with_capacity(n * n.saturating_sub(1) / 2);
    for (i, (xi, yi)) in x.iter().zip(y).enumerate() {
        for (xj, yj) in x.iter().zip(y).skip(i + 1) {
            if xj != xi {
                slopes.push((yj - yi) / (xj - xi));
            }
        }
    }
    slopes
}

/// Theil-Sen slope; `None` without two different x.
///
/// Source: Sen 1968, JASA 63:1379.
pub fn theil_sen(x: &[f64], y: &[f64]) -> Option<f64> {
    quantile_in_place(&mut pairwise(x, y), 0.5)
}

/// y less the line of this slope through the median.
pub(super) fn detrended(x: &[f64], y: &[f64], slope: f64) -> Vec<f64> {
    let flat: Vec<f64> = x.iter().zip(y).map(|(x, y)| y - slope * x).collect();
    let level = median(&flat);
    flat.into_iter().map(|v| level.map_or(v, |l| v - l)).collect()
}

/// Lag-1 autocorrelation about the mean; `None` without spread or with fewer than three values.
pub fn lag1(values: &[f64]) -> Option<f64> {
    if values.len() < 3 {
        return None;
    }
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    let spread: f64 = values.iter().map(|v| (v - mean).powi(2)).sum();
    let joint: f64 =
        values.iter().zip(values.iter().skip(1)).map(|(a, b)| (a - mean) * (b - mean)).sum();
    (spread > 0.0).then(|| joint / spread)
}

/// Sen's slope with the rank interval whose variance of S is multiplied by (1 + r) / (1 - r) and
/// whose quantile is Student's with n (1 - r) / (1 + r) - 2 degrees of freedom, at least one.
///
/// r = clamp((n r1 + 2) / (n - 4), 0, 0.9) from the residuals about the line, which hide twice as
/// much of it as residuals about a mean. No interval where the stated (n r1 + 1) / (n - 4) is 0.9 or
/// more, or over 0.4 with fewer than 20 values, or with fewer than five. Values must be in order of
/// x. `None` without two different x.
///
/// Source: interval Sen 1968; inflation and refusals `real-data` part 2, section 3. With a normal
/// quantile and + 1 its false alarms were 5.5 % (n = 12 to 40, autocorrelation 0.2) and 9.4 %
/// (n = 12, 0.5); so they are at most 4.6 % and 4.5 % (30,000 series each).
pub fn sen(x: &[f64], y: &[f64]) -> Option<Sen> {
    let n = y.len();
    let mut slopes = pairwise(x, y);
    let slope = quantile_in_place(&mut slopes, 0.5)?;
    let flat: Vec<f64> = x.iter().zip(y).map(|(x, y)| y - slope * x).collect();
    let intercept = median(&flat)?;
    // A series without any residual spread has no autocorrelation and an interval of its own.
    let r1 = lag1(&flat);
    let likeness = Likeness::new(r1.unwrap_or_default(), n as f64, n, ABOUT_LINE);
    let autocorrelation = r1.filter(|_| n > 4).map(|_| likeness.stated);
    let interval = if likeness.refused { None } else { rank_interval(&mut slopes, y, likeness.r) };
    Some(Sen { slope, intercept, autocorrelation, interval })
}

/// Values of a line: level and slope.
const TERMS: f64 = 2.0;

/// Order statistics of the pairwise slopes at (N -/+ t sd(S)) / 2.
fn rank_interval(slopes: &mut [f64], y: &[f64], r: f64) -> Option<SenInterval> {
    let inflation = (1.0 + r) / (1.0 - r);
    let quantile = quantile_of_few(y.len() as f64 / inflation, TERMS)?;
    let reach = quantile * (kendall_variance(y) * inflation).sqrt();
    let count = slopes.len() as f64;
    let last = slopes.len().checked_sub(1)?;
    let low = (((count - reach) / 2.0).round() - 1.0).max(0.0) as usize;
    let high = (((count + reach) / 2.0).round() as usize).min(last);
    let low = *slopes.select_nth_unstable_by(low, f64::total_cmp).1;
    let high = *slopes.select_nth_unstable_by(high, f64::total_cmp).1;
    Some(SenInterval { low, high, quantile })
}

#[cfg(test)]
mod tests {
    use super::{lag1, sen, theil_sen};
    use crate::stats::Random;

    #[test]
    fn a_line_is_found_through_outliers() {
        let x: Vec<f64> = (0..30).map(f64::from).collect();
        let mut y: Vec<f64> = x.iter().map(|x| 160.0 + 0.25 * x).collect();
        y[3] = 400.0;
        y[17] = -90.0;
        assert!((theil_sen(&x, &y).unwrap() - 0.25).abs() < 1e-9);
    }

    #[test]
    fn the_interval_without_correlation_has_the_published_order_statistics() {
        // Worked by hand: var S = (10 x 9 x 25 - 2 ties of 2 x 18) / 18 = 123, t(0.975, 8) =
        // 2.306004, reach 25.57: the 10th and the 36th of the 45 slopes in order. With a normal
        // quantile they would be scipy.stats.theilslopes' 12th and 34th, [1/3, 9/14].
        let x = [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0];
        let y = [1.0, 1.5, 1.0, 2.5, 3.0, 2.5, 4.5, 3.5, 5.0, 5.5];
        let found = sen(&x, &y).unwrap();
        let interval = found.interval.unwrap();
        assert!((found.slope - 0.5).abs() < 1e-9, "{found:?}");
        assert!(found.autocorrelation.unwrap() < 0.0);
        assert!((interval.quantile - 2.306_004).abs() < 1e-6, "{interval:?}");
        assert!((interval.low - 0.3).abs() < 1e-9, "{interval:?}");
        assert!((interval.high - 2.0 / 3.0).abs() < 1e-9, "{interval:?}");
    }

    #[test]
    fn short_series_that_resemble_themselves_seldom_show_a_slope_that_is_not_there() {
        // 4,000 series each: what may be exceeded is two standard errors over the limit of the
        // whole table. A normal quantile with (n r1 + 1) / (n - 4) had 9.4 % at 12 and 0.5.
        for (n, rho, most) in [(12, 0.2, 0.05), (20, 0.2, 0.05), (12, 0.5, 0.065), (20, 0.5, 0.065)]
        {
            let x: Vec<f64> = (0..n).map(f64::from).collect();
            let alarms = (0..4_000_u64).filter(|seed| {
                let mut random = Random::new(90_000 + seed);
                let mut carried = random.normal();
                let y: Vec<f64> = (0..n)
                    .map(|_| {
                        carried = rho * carried + (1.0 - rho * rho).sqrt() * random.normal();
                        carried
                    })
                    .collect();
                sen(&x, &y).unwrap().interval.is_some_and(|i| i.low > 0.0 || i.high < 0.0)
            });
            let share = alarms.count() as f64 / 4_000.0;
            assert!(share <= most, "{n} values, {rho}: {share}");
        }
    }

    #[test]
    fn strongly_correlated_short_series_have_no_interval() {
        let x: Vec<f64> = (0..16).map(f64::from).collect();
        let y: Vec<f64> = x.iter().map(|x| (x / 3.0).sin() * 4.0).collect();
        let found = sen(&x, &y).unwrap();
        assert!(found.autocorrelation.unwrap() > 0.4);
        assert_eq!(found.interval, None);
    }

    #[test]
    fn one_day_has_no_slope() {
        assert_eq!(sen(&[3.0, 3.0, 3.0], &[1.0, 2.0, 3.0]), None);
        assert_eq!(sen(&[], &[]), None);
        assert_eq!(lag1(&[1.0, 1.0, 1.0]), None);
    }

    #[test]
    fn correlation_widens_the_interval() {
        let mut random = Random::new(5);
        let x: Vec<f64> = (0..60).map(f64::from).collect();
        let white: Vec<f64> = x.iter().map(|_| random.normal()).collect();
        let mut carried = 0.0;
        let red: Vec<f64> = white
            .iter()
            .map(|w| {
                carried = 0.6 * carried + 0.8 * w;
                carried
            })
            .collect();
        let width = |y: &[f64]| sen(&x, y).unwrap().interval.map(|i| i.high - i.low).unwrap();
        assert!(width(&red) > 1.3 * width(&white));
    }
}
