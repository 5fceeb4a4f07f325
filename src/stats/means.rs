//! Means of stretches of a series whose neighbours resemble each other: one, or two against each
//! other.

use super::distribution::normal_quantile;
use super::likeness::{ABOUT_MEAN, FEW, Likeness, MODERATE_R, quantile_of_few};
use super::rank::bayley_hammersley;

/// Fewest values on each side: below it the likeness of neighbours is a guess. **chosen**.
pub const FEWEST_EACH_SIDE: usize = 8;
/// Power at which a difference counts as detectable. Source: `real-data` part 2, section 2.
const POWER: f64 = 0.8;

/// The second mean less the first.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MeanDifference {
    /// Second mean less first mean, in the unit of the values.
    pub change: f64,
    /// 95 % interval; `None` where neighbours resemble each other too much for one.
    pub interval: Option<(f64, f64)>,
    /// Standard deviation about the own mean of each side, corrected for likeness.
    pub sd: f64,
    /// Lag-1 correlation inside the sides, corrected for the bias of short series, unclamped.
    pub autocorrelation: f64,
    /// The difference that a test of 5 % finds with a power of 80 %; `None` without an interval.
    pub detectable: Option<f64>,
}

/// Difference of two means under lag-1 autocorrelation; the values of each side are in order of
/// time. `None` with fewer than [`FEWEST_EACH_SIDE`] on a side or without any spread.
///
/// The variance of each mean is sigma^2 / n times Bayley and Hammersley's factor for an AR(1)
/// series; sigma^2 is freed of what the likeness hides from the sum of squares; r is (m r1 + 1.5) /
/// (m - 4) with m the harmonic mean of the two sizes; the quantile is Student's with the number of
/// independent values that both sides are worth, less two. Refused like Sen's interval: stated r at
/// 0.9 or over, or over 0.4 with fewer than 20 values on a side.
///
/// Source: Bayley and Hammersley 1946. Its false alarms are rows of the simulation.
pub fn mean_difference(before: &[f64], after: &[f64]) -> Option<MeanDifference> {
    let fewest = before.len().min(after.len());
    if fewest < FEWEST_EACH_SIDE {
        return None;
    }
    let (first, second) = (Side::of(before), Side::of(after));
    let squares = first.squares + second.squares;
    if squares.is_nan() || squares <= 0.0 {
        return None;
    }
    let size = 2.0 / (first.n.recip() + second.n.recip());
    let r1 = (first.products + second.products) / squares;
    let likeness = Likeness::new(r1, size, fewest, ABOUT_MEAN);
    let (f1, f2) = (inflation(first.n, likeness.r), inflation(second.n, likeness.r));
    let variance = squares / (first.n - f1 + second.n - f2).max(1.0);
    let error = (variance * (f1 / first.n + f2 / second.n)).sqrt();
    let change = second.mean - first.mean;
    let quantile = quantile_of_few(first.n / f1 + second.n / f2, 2.0);
    let reach = quantile.filter(|_| !likeness.refused);
    Some(MeanDifference {
        change,
        interval: reach.map(|t| (change - t * error, change + t * error)),
        sd: variance.sqrt(),
        autocorrelation: likeness.stated,
        detectable: reach.zip(normal_quantile(POWER)).map(|(t, power)| (t + power) * error),
    })
}

/// 95 % interval of the mean under lag-1 autocorrelation, by the rules of [`mean_difference`]; the
/// values are in order of time. `None` where those refuse.
pub fn mean_interval(values: &[f64]) -> Option<(f64, f64)> {
    if values.len() < FEWEST_EACH_SIDE {
        return None;
    }
    let side = Side::of(values);
    let likeness = side.likeness().filter(|l| !l.refused)?;
    let factor = inflation(side.n, likeness.r);
    let variance = side.squares / (side.n - factor).max(1.0);
    let half = quantile_of_few(side.n / factor, 1.0)? * (variance * factor / side.n).sqrt();
    Some((side.mean - half, side.mean + half))
}

/// Fewest values after a day with which a change of a size would be found, given the values before
/// it: spread and likeness are taken from those. `None` where those refuse an interval, or where
/// `most` would not do.
pub fn values_to_find(change: f64, before: &[f64], most: usize) -> Option<usize> {
    let side = (before.len() >= FEWEST_EACH_SIDE).then(|| Side::of(before))?;
    let likeness = side.likeness().filter(|l| !l.refused)?;
    let factor = inflation(side.n, likeness.r);
    let variance = side.squares / (side.n - factor).max(1.0);
    let power = normal_quantile(POWER)?;
    let fewest = if likeness.stated > MODERATE_R { FEW } else { FEWEST_EACH_SIDE };
    (fewest..=most).find(|after| {
        let n = *after as f64;
        let later = inflation(n, likeness.r);
        let error = (variance * (factor / side.n + later / n)).sqrt();
        quantile_of_few(side.n / factor + n / later, 2.0)
            .is_some_and(|t| (t + power) * error <= change.abs())
    })
}

/// Inflation of the variance of a mean; 1 without positive likeness.
fn inflation(n: f64, r: f64) -> f64 {
    if r > 0.0 { bayley_hammersley(n, r) } else { 1.0 }
}

/// Sums of one side about its own mean.
struct Side {
    n: f64,
    mean: f64,
    squares: f64,
    products: f64,
}

impl Side {
    fn of(values: &[f64]) -> Self {
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n;
        Self {
            n,
            mean,
            squares: values.iter().map(|v| (v - mean).powi(2)).sum(),
            products: values
                .iter()
                .zip(values.iter().skip(1))
                .map(|(a, b)| (a - mean) * (b - mean))
                .sum(),
        }
    }

    /// How much neighbours resemble each other; `None` without spread.
    fn likeness(&self) -> Option<Likeness> {
        (self.squares > 0.0).then(|| {
            Likeness::new(self.products / self.squares, self.n, self.n as usize, ABOUT_MEAN)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{mean_difference, values_to_find};
    use crate::stats::Random;

    #[test]
    fn values_that_alternate_have_student_s_interval() {
        // Negative likeness never narrows. Eight values each, SD about the means 1: pooled
        // variance 16 / 14, t(0.975, 16 - 2) = 2.144787, error sqrt(16 / 14 x 2 / 8).
        let before = [1.0, -1.0, 1.0, -1.0, 1.0, -1.0, 1.0, -1.0];
        let after = before.map(|v| v + 5.0);
        let found = mean_difference(&before, &after).unwrap();
        let half = 2.144_787 * (16.0_f64 / 14.0 * 0.25).sqrt();
        let (low, high) = found.interval.unwrap();
        assert!((found.change - 5.0).abs() < 1e-12 && found.autocorrelation < 0.0);
        assert!((low - (5.0 - half)).abs() < 1e-5 && (high - (5.0 + half)).abs() < 1e-5);
    }

    #[test]
    fn likeness_of_neighbours_widens_the_interval() {
        let series = |rho: f64, seed| {
            let mut random = Random::new(seed);
            let mut carried = random.normal();
            (0..60)
                .map(|_| {
                    carried = rho * carried + (1.0 - rho * rho).sqrt() * random.normal();
                    carried
                })
                .collect::<Vec<f64>>()
        };
        let width = |rho| {
            let widths = (0..40).filter_map(|seed| {
                let y = series(rho, seed);
                mean_difference(&y[..30], &y[30..])?.interval.map(|(low, high)| high - low)
            });
            widths.sum::<f64>() / 40.0
        };
        assert!(width(0.5) > 1.35 * width(0.0), "{} {}", width(0.5), width(0.0));
    }

    #[test]
    fn as_many_values_are_asked_for_as_make_the_change_detectable() {
        let mut random = Random::new(5);
        let before: Vec<f64> = (0..40).map(|_| 170.0 + 2.0 * random.normal()).collect();
        let detectable = |after: usize| {
            // The same spread and likeness after the day as before it.
            let again: Vec<f64> = before.iter().cycle().take(after).copied().collect();
            mean_difference(&before, &again).unwrap().detectable.unwrap()
        };
        for change in [1.5, 2.0, 3.0] {
            let n = values_to_find(change, &before, 200).unwrap();
            let ratio = detectable(n) / change;
            assert!((0.8..=1.2).contains(&ratio), "{n} values for {change}: {ratio}");
        }
        let n = |change| values_to_find(change, &before, 200);
        assert!(n(3.0) < n(2.0) && n(2.0) < n(1.5));
        assert_eq!(n(20.0), Some(super::FEWEST_EACH_SIDE));
        assert_eq!(n(0.01), None);
        assert_eq!(values_to_find(3.0, &before[..5], 200), None);
        assert_eq!(values_to_find(3.0, &[170.0; 40], 200), None);
    }

    #[test]
    fn few_values_or_none_that_differ_have_no_difference() {
        assert_eq!(mean_difference(&[1.0; 7], &[1.0, 2.0].repeat(9)), None);
        assert_eq!(mean_difference(&[1.0; 9], &[2.0; 9]), None);
        let slow: Vec<f64> = (0..9).map(f64::from).collect();
        assert_eq!(mean_difference(&slow, &slow).unwrap().interval, None);
    }
}
