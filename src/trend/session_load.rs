//! Session load: perceived exertion times minutes, as far back as every run states its exertion.

use serde::Serialize;

use super::load::Day;
use super::load_ratios::{self, ACUTE_DAYS};

/// Session load, beside the same ratios of plain minutes: shown to those who ask for ratios and
/// note their exertion.
///
/// Source: Foster 1998 (load of a session: perceived exertion times its minutes; monotony and
/// strain of a week).
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct SessionLoad {
    /// Runs of the last seven days.
    pub week_runs: u32,
    /// How many of them state their exertion.
    pub week_runs_stated: u32,
    /// Exertion times minutes of these.
    pub week_load: f64,
    /// Days back to which every run states its exertion: what the rest looks at.
    pub days: usize,
    /// Weighted average of 7 days over that of 28; `None` below 28 such days.
    pub ewma_ratio: Option<f64>,
    /// The last seven days over the mean of the three weeks before; `None` below 28 such days.
    pub uncoupled_ratio: Option<f64>,
    /// Mean over standard deviation of the last seven days; `None` below seven such days, or where
    /// all are equal.
    pub monotony: Option<f64>,
    /// Monotony times the load of the week.
    pub strain: Option<f64>,
}

impl SessionLoad {
    /// From days in order, the last being today; `None` where no run of the last seven states its
    /// exertion. A run that states none is no rest: nothing is looked at beyond it.
    pub(super) fn of(days: &[Day]) -> Option<Self> {
        let week = days.get(days.len().saturating_sub(ACUTE_DAYS)..)?;
        let week_runs = week.iter().map(|d| d.runs).sum();
        let week_runs_stated = week.iter().map(|d| d.runs_with_exertion).sum();
        if week_runs_stated == 0 {
            return None;
        }
        let whole = days.iter().rev().take_while(|d| d.runs == d.runs_with_exertion).count();
        let known = days.get(days.len() - whole..)?;
        let loads: Vec<f64> = known.iter().map(|d| d.session_load).collect();
        let ratios = load_ratios::ratios(&loads);
        Some(Self {
            week_runs,
            week_runs_stated,
            week_load: week.iter().map(|d| d.session_load).sum(),
            days: whole,
            ewma_ratio: ratios.and_then(|r| r.ewma_ratio),
            uncoupled_ratio: ratios.and_then(|r| r.uncoupled_ratio),
            monotony: ratios.and_then(|r| r.monotony),
            strain: ratios.and_then(|r| r.strain),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Day, SessionLoad};

    fn day(exertion: Option<f64>, minutes: f64) -> Day {
        Day {
            runs: 1,
            duration_s: 60.0 * minutes,
            runs_with_exertion: u32::from(exertion.is_some()),
            session_load: exertion.map_or(0.0, |e| e * minutes),
        }
    }

    #[test]
    fn a_week_is_exertion_times_minutes() {
        // 5 x 60, rest, 7.5 x 60, 4 x 50, rest, 6 x 100, rest: Foster's own arithmetic of
        // 300, 0, 450, 200, 0, 600, 0.
        let rest = Day::default();
        let week = [
            day(Some(5.0), 60.0),
            rest,
            day(Some(7.5), 60.0),
            day(Some(4.0), 50.0),
            rest,
            day(Some(6.0), 100.0),
            rest,
        ];
        let found = SessionLoad::of(&week).unwrap();
        assert!((found.week_load - 1_550.0).abs() < 1e-9);
        assert!((found.monotony.unwrap() - 0.917_738).abs() < 1e-6);
        assert!((found.strain.unwrap() - 1_422.494).abs() < 1e-3);
        assert_eq!((found.ewma_ratio, found.uncoupled_ratio, found.days), (None, None, 7));
    }

    #[test]
    fn a_run_without_exertion_is_no_rest() {
        let mut days = vec![day(Some(5.0), 60.0); 40];
        assert_eq!(SessionLoad::of(&days).unwrap().uncoupled_ratio, Some(1.0));
        days[30] = day(None, 60.0);
        let found = SessionLoad::of(&days).unwrap();
        assert_eq!((found.days, found.uncoupled_ratio), (9, None));
        days[38] = day(None, 60.0);
        let found = SessionLoad::of(&days).unwrap();
        assert_eq!((found.week_runs, found.week_runs_stated, found.monotony), (7, 6, None));
        assert_eq!(SessionLoad::of(&vec![day(None, 60.0); 40]), None);
        assert_eq!(SessionLoad::of(&[]), None);
    }
}
