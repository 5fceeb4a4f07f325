//! Long stretches without a file: a break from running, or files that are missing? The recordings
//! cannot tell, so the runner is asked once a stretch.

use jiff::civil::Date;
use serde::Serialize;

use super::days::{between, later};
use crate::settings::{DaySpan, Runner, Settings};

/// A stretch of more than ten days without a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Gap {
    /// Last day with a run.
    pub before: Date,
    /// Next day with a run.
    pub after: Date,
    /// What the runner says about it.
    pub answer: GapAnswer,
    /// Activities of other sports in between: with some, an export is more likely complete.
    pub other_sports: usize,
}

/// What the runner says about a gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum GapAnswer {
    /// Nothing yet: it is asked about.
    Open,
    /// There was no running.
    NoRunning,
    /// Runs are missing from the files.
    FilesMissing,
}

impl Gap {
    /// First and last day without a run.
    pub fn silent(&self) -> DaySpan {
        DaySpan { first: later(self.before, 1), last: later(self.after, -1) }
    }
}

/// Whether so long without a run asks whether files are missing.
pub(super) fn is_gap(before: Date, after: Date, gap_days: f64) -> bool {
    f64::from(between(before, after)) > gap_days
}

/// Gaps between neighbouring days (in order), with the runner's answers.
pub(super) fn gaps(days: &[Date], settings: &Settings) -> Vec<Gap> {
    let (runner, gap_days) = (&settings.runner, settings.rules.gap_days);
    days.iter()
        .zip(days.iter().skip(1))
        .filter(|(a, b)| is_gap(**a, **b, gap_days))
        .map(|(before, after)| Gap {
            before: *before,
            after: *after,
            answer: answer(*before, *after, runner, gap_days),
            other_sports: 0,
        })
        .collect()
}

/// A gap is answered when what the runner's word leaves open of it is no gap any more. A word about
/// missing files goes before one about no running: a part that is missing is enough to spoil a
/// comparison.
fn answer(before: Date, after: Date, runner: &Runner, gap_days: f64) -> GapAnswer {
    let silent = DaySpan { first: later(before, 1), last: later(after, -1) };
    if runner.missing_files.iter().any(|m| m.meets(silent)) {
        return GapAnswer::FilesMissing;
    }
    let mut stated: Vec<DaySpan> =
        runner.no_running.iter().copied().filter(|s| s.meets(silent)).collect();
    stated.sort_by_key(|s| s.first);
    let mut known = before;
    for span in stated {
        if is_gap(known, span.first, gap_days) {
            return GapAnswer::Open;
        }
        known = known.max(span.last);
    }
    if is_gap(known, after, gap_days) { GapAnswer::Open } else { GapAnswer::NoRunning }
}

/// Whether the runner says that runs are missing from the files in the days before a day.
pub fn files_missing(runner: &Runner, day: Date, days_before: i32) -> bool {
    let window = DaySpan { first: later(day, -i64::from(days_before)), last: later(day, -1) };
    runner.missing_files.iter().any(|m| m.meets(window))
}

#[cfg(test)]
mod tests {
    use super::{GapAnswer, files_missing, gaps};
    use crate::settings::{DaySpan, Runner, Settings};
    use jiff::civil::{Date, date};

    fn span(first: Date, last: Date) -> DaySpan {
        DaySpan::new(first, last).unwrap()
    }

    fn answer(runner: &Runner) -> GapAnswer {
        let days = [date(2026, 1, 1), date(2026, 1, 11), date(2026, 1, 31)];
        let settings = Settings { runner: runner.clone(), ..Settings::default() };
        let gaps = gaps(&days, &settings);
        assert_eq!(gaps.len(), 1, "ten days are no gap, twenty are one");
        assert_eq!((gaps[0].before, gaps[0].after), (days[1], days[2]));
        assert_eq!(gaps[0].silent(), span(date(2026, 1, 12), date(2026, 1, 30)));
        gaps[0].answer
    }

    #[test]
    fn an_answer_must_leave_no_gap_open() {
        let mut runner = Runner::default();
        assert_eq!(answer(&runner), GapAnswer::Open);
        runner.no_running = vec![span(date(2026, 1, 12), date(2026, 1, 30))];
        assert_eq!(answer(&runner), GapAnswer::NoRunning);
        // Eleven days from the 20th to the 31st stay open.
        runner.no_running = vec![span(date(2026, 1, 12), date(2026, 1, 20))];
        assert_eq!(answer(&runner), GapAnswer::Open);
        runner.no_running = vec![span(date(2026, 1, 12), date(2026, 1, 21))];
        assert_eq!(answer(&runner), GapAnswer::NoRunning);
        runner.no_running = vec![span(date(2026, 1, 22), date(2026, 1, 30))];
        assert_eq!(answer(&runner), GapAnswer::Open);
        runner.missing_files = vec![span(date(2026, 1, 15), date(2026, 1, 16))];
        assert_eq!(answer(&runner), GapAnswer::FilesMissing);
        runner.missing_files = vec![span(date(2026, 1, 31), date(2026, 2, 16))];
        assert_eq!(answer(&runner), GapAnswer::Open);
    }

    #[test]
    fn missing_files_spoil_the_days_that_look_back_on_them() {
        let missing_files = vec![span(date(2026, 1, 5), date(2026, 1, 10))];
        let runner = Runner { missing_files, ..Runner::default() };
        assert!(!files_missing(&runner, date(2026, 1, 5), 30));
        assert!(files_missing(&runner, date(2026, 1, 6), 30));
        assert!(files_missing(&runner, date(2026, 2, 9), 30));
        assert!(!files_missing(&runner, date(2026, 2, 10), 30));
    }
}
