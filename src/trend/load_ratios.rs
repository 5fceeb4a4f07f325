//! Ratios of acute to chronic load, monotony and strain: shown only to those who ask.
//!
//! In 5,205 runners the ratio of acute to chronic load went with injury in the opposite direction
//! of the one that it is sold for; its two parts share days; and random chronic loads reproduce
//! the associations reported for it. So nothing here is judged.

use serde::Serialize;

/// Days of the acute average. Source: `science` 2.21.
pub const ACUTE_DAYS: usize = 7;
/// Days of the chronic average. Same source.
pub const CHRONIC_DAYS: usize = 28;

/// What is wrong with these numbers, printed wherever they are.
pub const CRITIQUE: &str = "Acute over chronic load is shown because you asked. In 5,205 runners \
    higher ratios went with fewer injuries, not more; in other sports random chronic loads gave \
    the same associations as real ones. There is no range to stay in. Monotony and strain come \
    from a study of illness in 25 athletes.";

/// Keys of the sources of [`CRITIQUE`].
pub const SOURCES: &[&str] = &["frandsen2025", "lolli2019", "impellizzeri2020", "foster1998"];

/// The ratios on one day, from daily minutes of running.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Ratios {
    /// Exponentially weighted minutes a day, seven days.
    pub acute_ewma_min: f64,
    /// The same over 28 days.
    pub chronic_ewma_min: f64,
    /// The one over the other; `None` in the first 28 days.
    pub ewma_ratio: Option<f64>,
    /// Minutes of the last seven days over the mean of the three weeks before them; `None` in the
    /// first 28 days or without running in those weeks.
    pub uncoupled_ratio: Option<f64>,
    /// Minutes of the last seven days.
    pub week_min: f64,
    /// Mean over standard deviation of the last seven days; `None` where all are equal.
    pub monotony: Option<f64>,
    /// Monotony times the minutes of the week.
    pub strain: Option<f64>,
}

/// Exponentially weighted moving average of daily loads in order, the first day its own average.
///
/// Source: Williams et al. 2017: E = lambda L + (1 - lambda) E before, lambda = 2 / (N + 1).
pub fn ewma(daily: &[f64], days: usize) -> Option<f64> {
    let lambda = 2.0 / (days as f64 + 1.0);
    daily.iter().copied().reduce(|before, load| lambda * load + (1.0 - lambda) * before)
}

/// Monotony of a week and its strain; `None` where every day was the same.
///
/// Source: Foster 1998: mean over standard deviation of the daily loads, days of rest included;
/// strain is the week's load times monotony.
pub fn monotony_and_strain(week: &[f64]) -> Option<(f64, f64)> {
    let n = week.len() as f64;
    let sum: f64 = week.iter().sum();
    let mean = sum / n;
    let variance = week.iter().map(|l| (l - mean).powi(2)).sum::<f64>() / (n - 1.0);
    let monotony = (variance > 0.0).then(|| mean / variance.sqrt())?;
    monotony.is_finite().then_some((monotony, sum * monotony))
}

/// All ratios on the last of some days; `None` in the first week.
pub fn ratios(daily_min: &[f64]) -> Option<Ratios> {
    let tail = |days: usize| daily_min.get(daily_min.len().checked_sub(days)?..);
    let week = tail(ACUTE_DAYS)?;
    let week_min: f64 = week.iter().sum();
    let (acute, chronic) = (ewma(daily_min, ACUTE_DAYS)?, ewma(daily_min, CHRONIC_DAYS)?);
    let month = tail(CHRONIC_DAYS);
    let before: Option<Vec<f64>> =
        month.map(|m| m.chunks(ACUTE_DAYS).take(3).map(|w| w.iter().sum()).collect());
    let foster = monotony_and_strain(week);
    Some(Ratios {
        acute_ewma_min: acute,
        chronic_ewma_min: chronic,
        ewma_ratio: month.filter(|_| chronic > 0.0).map(|_| acute / chronic),
        uncoupled_ratio: before.and_then(|b| super::progression::novelty_ratio(week_min, &b)),
        week_min,
        monotony: foster.map(|f| f.0),
        strain: foster.map(|f| f.1),
    })
}

#[cfg(test)]
mod tests {
    use super::{ewma, monotony_and_strain, ratios};
    use crate::trend::progression::novelty_ratio;

    fn near(found: f64, expected: f64) {
        assert!((found - expected).abs() <= 1e-9 + 1e-4 * expected.abs(), "{found} {expected}");
    }

    #[test]
    fn averages_forget_the_past_step_by_step() {
        let days = [5.0, 0.0, 8.0, 0.0, 5.0, 0.0, 12.0];
        near(ewma(&days, 7).unwrap(), 5.225_830_078_125);
        near(ewma(&days, 28).unwrap(), 4.797_650_586_736_157);
        near(ewma(&[6.0; 7], 28).unwrap(), 6.0);
        assert_eq!(ewma(&[], 7), None);
    }

    #[test]
    fn a_week_is_set_against_the_three_before_it() {
        near(novelty_ratio(30.0, &[20.0, 22.0, 24.0]).unwrap(), 1.363_636_363_636_363_5);
        near(novelty_ratio(15.0, &[30.0; 3]).unwrap(), 0.5);
        // Four weeks of 20, 22, 24 and 30 minutes, each on its first day.
        let daily: Vec<f64> = [20.0, 22.0, 24.0, 30.0]
            .iter()
            .flat_map(|w| [*w, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0])
            .collect();
        near(ratios(&daily).unwrap().uncoupled_ratio.unwrap(), 1.363_636_363_636_363_5);
    }

    #[test]
    fn sameness_of_days_is_mean_over_spread() {
        let (monotony, strain) =
            monotony_and_strain(&[300.0, 0.0, 450.0, 200.0, 0.0, 600.0, 0.0]).unwrap();
        near(monotony, 0.917_738_331_946_872_3);
        near(strain, 1_422.494_414_517_652);
        assert_eq!(monotony_and_strain(&[100.0; 7]), None);
    }

    #[test]
    fn the_first_28_days_have_no_ratio() {
        assert_eq!(ratios(&[30.0; 6]), None);
        let early = ratios(&[30.0; 27]).unwrap();
        assert_eq!((early.ewma_ratio, early.uncoupled_ratio), (None, None));
        let full = ratios(&[30.0; 28]).unwrap();
        assert_eq!((full.ewma_ratio, full.uncoupled_ratio), (Some(1.0), Some(1.0)));
        let pause = ratios(&[&[0.0; 28][..], &[30.0; 7]].concat()).unwrap();
        assert_eq!(pause.uncoupled_ratio, None, "no habit, no ratio");
    }
}
