//! Load against the last 30 days: the kernels, and the line that the next run stands against.

use jiff::civil::Date;

use super::days::between;
use super::gaps::is_gap;
use super::{Ceiling, facts};
use crate::Analysis;
use crate::settings::Rules;

/// Days that a single run is compared with, today excluded. Source: Frandsen 2025.
pub const WINDOW_DAYS: i32 = 30;
/// Longer than the longest by this factor begins a small spike. Source: Frandsen 2025.
pub const SMALL_SPIKE: f64 = 1.1;
/// Begins a moderate spike. Source: Frandsen 2025.
pub const MODERATE_SPIKE: f64 = 1.3;
/// Begins a large spike. Source: Frandsen 2025.
pub const LARGE_SPIKE: f64 = 2.0;

/// The classes of the study.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SpikeClass {
    /// At most 10 % longer than the longest.
    None,
    /// Over 10 %, to 30 %.
    Small,
    /// Over 30 %, to 100 %.
    Moderate,
    /// Over 100 %.
    Large,
}

impl SpikeClass {
    /// The class of a ratio.
    pub fn of(ratio: f64) -> Self {
        match ratio {
            r if r > LARGE_SPIKE => Self::Large,
            r if r > MODERATE_SPIKE => Self::Moderate,
            r if r > SMALL_SPIKE => Self::Small,
            _ => Self::None,
        }
    }
}

/// Ratio of a session to the largest of the sessions before; `None` without any.
///
/// Source: Frandsen 2025.
pub fn spike_ratio(session: f64, previous: impl IntoIterator<Item = f64>) -> Option<f64> {
    let largest = previous.into_iter().max_by(f64::total_cmp)?;
    (largest > 0.0).then(|| session / largest)
}

/// Change in percent of a sum against the one before; `None` where the one before is zero.
pub fn change_percent(this: f64, previous: f64) -> Option<f64> {
    (previous > 0.0).then(|| 100.0 * (this - previous) / previous)
}

/// This week over the mean of the weeks before (uncoupled); `None` without any habit: then the
/// exposure is new, and a ratio would say nothing.
pub fn novelty_ratio(this_week: f64, previous_weeks: &[f64]) -> Option<f64> {
    let habit = previous_weeks.iter().sum::<f64>() / previous_weeks.len() as f64;
    (habit > 0.0).then(|| this_week / habit)
}

/// Days without running among the last seven, and the longest streak of running days, from daily
/// distances in order.
pub fn rest_days(daily: &[f64]) -> (usize, usize) {
    let rest = daily.iter().rev().take(7).filter(|d| **d <= 0.0).count();
    let streak =
        daily.chunk_by(|a, b| (*a > 0.0) == (*b > 0.0)).filter(|c| c.iter().all(|d| *d > 0.0));
    (rest, streak.map(<[f64]>::len).max().unwrap_or(0))
}

/// Runs of the 30 days before a day, the day itself excluded, nearest first.
pub fn window(days: &[Date], index: usize) -> impl Iterator<Item = usize> + '_ {
    let day = days.get(index).copied();
    (0..index)
        .rev()
        .filter_map(move |i| Some((i, between(*days.get(i)?, day?))))
        .take_while(|(_, ago)| *ago <= WINDOW_DAYS)
        .filter(|(_, ago)| *ago >= 1)
        .map(|(i, _)| i)
}

/// Whether so many runs in the window are a reference. Source of the default: `real-data` part 2,
/// section 5.
pub fn is_reference(runs: usize, rules: &Rules) -> bool {
    runs as f64 >= rules.spike_reference_runs
}

/// Whether a gap (of more than ten days, unless the runner chose otherwise) lies in the 30 days before a run (or reaches into them).
pub fn after_break(days: &[Date], index: usize, gap_days: f64) -> bool {
    let Some(day) = days.get(index) else { return false };
    days.iter()
        .zip(days.iter().skip(1))
        .take(index)
        .rev()
        .take_while(|(_, later)| between(**later, *day) <= WINDOW_DAYS)
        .any(|(earlier, later)| is_gap(*earlier, *later, gap_days))
}

/// The ceiling for the next run: the last 30 days up to and with today.
pub fn ceiling(
    runs: &[Analysis],
    days: &[Date],
    today: Option<Date>,
    rules: &Rules,
) -> Option<Ceiling> {
    let today = today?;
    let recent = || {
        runs.iter().zip(days).enumerate().rev().filter(|(_, (_, day))| {
            let ago = between(**day, today);
            (0..WINDOW_DAYS).contains(&ago)
        })
    };
    let (longest_on, longest_m) = recent()
        .filter_map(|(_, (run, day))| Some((*day, facts::distance_m(run)?)))
        .max_by(|a, b| a.1.total_cmp(&b.1))?;
    let count = recent().count();
    let last = recent().next().map(|(i, _)| i)?;
    let descents: Vec<f64> = recent().filter_map(|(_, (run, _))| facts::descent_m(run)).collect();
    let largest_descent_m = descents.iter().copied().max_by(f64::total_cmp);
    Some(Ceiling {
        longest_m,
        longest_on,
        runs: count,
        distance_m: is_reference(count, rules).then_some(SMALL_SPIKE * longest_m),
        largest_descent_m,
        descent_m: largest_descent_m
            .filter(|d| is_reference(descents.len(), rules) && *d >= rules.descent_least_excess_m)
            .map(|d| SMALL_SPIKE * d),
        after_break: after_break(days, last, rules.gap_days)
            || days.get(last).is_some_and(|d| is_gap(*d, today, rules.gap_days)),
    })
}

#[cfg(test)]
mod tests {
    use super::{after_break, window};
    use jiff::civil::date;

    #[test]
    fn the_window_excludes_today_and_day_31() {
        let days = [
            date(2026, 2, 28),
            date(2026, 3, 1),
            date(2026, 3, 30),
            date(2026, 3, 31),
            date(2026, 3, 31),
        ];
        assert_eq!(window(&days, 4).collect::<Vec<_>>(), vec![2, 1]);
        assert_eq!(window(&days, 0).count(), 0);
        assert_eq!(window(&days, 99).count(), 0);
    }

    #[test]
    fn a_break_counts_while_its_end_is_within_30_days() {
        let days = [date(2026, 1, 1), date(2026, 1, 20), date(2026, 1, 25), date(2026, 2, 24)];
        assert!(after_break(&days, 1, 10.0));
        assert!(after_break(&days, 2, 10.0));
        assert!(after_break(&days, 3, 10.0), "the gap before 24 February is itself over ten days");
        let steady: Vec<_> = (1..=28).step_by(3).map(|d| date(2026, 2, d)).collect();
        assert!(!after_break(&steady, steady.len() - 1, 10.0));
    }
}
