//! Two runs, two periods, or before and after a date, at matched speed on the level: what differs,
//! how sure that is, what was not supposed to differ, and what else changed at the same time.

mod co_changes;
mod controls;
mod groups;
mod matched;
mod pair;

use jiff::civil::Date;
use serde::Serialize;

use crate::settings::DaySpan;
use crate::trend::{History, Sureness, facts};

/// What is to be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// Two runs, by their indices.
    Runs(usize, usize),
    /// Two periods.
    Periods(DaySpan, DaySpan),
    /// Before a date and from it on.
    At(Date),
}

/// The answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// What was compared.
    pub kind: Kind,
    /// The date, where one was named.
    pub date: Option<Date>,
    /// First and second side.
    pub sides: [Side; 2],
    /// What the comparison is about, cadence first.
    pub measures: Vec<Measure>,
    /// What a change of form alone would not move, and what would explain one away if it moved.
    pub controls: Vec<Control>,
    /// What else changed between the sides.
    pub changed_too: Vec<String>,
}

/// What was compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Two single runs.
    Runs,
    /// Two periods.
    Periods,
    /// Before and after a date.
    BeforeAfter,
}

/// One side of a comparison.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Side {
    /// Its runs, as indices into the history.
    pub runs: Vec<usize>,
    /// First and last day; `None` without a run.
    pub days: Option<(Date, Date)>,
    /// Distance of all its runs.
    pub distance_m: f64,
}

/// One quantity at matched speed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Measure {
    /// Metric identifier.
    pub id: &'static str,
    /// Name for a reader.
    pub title: &'static str,
    /// Unit for a reader.
    pub unit: &'static str,
    /// What differs; `None` where nothing can be said, and then `unavailable` says why.
    pub difference: Option<Difference>,
    /// Why there is no difference to state.
    pub unavailable: Option<String>,
}

/// A difference with what is needed to judge it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Difference {
    /// Level of the first side.
    pub first: f64,
    /// Level of the second side.
    pub second: f64,
    /// Second less first.
    pub change: f64,
    /// 95 % interval; `None` where runs resemble the run before too much for one.
    pub interval: Option<(f64, f64)>,
    /// 95 % interval inside two single runs, which leaves out how runs differ by themselves.
    pub inside_interval: Option<(f64, f64)>,
    /// The difference that so many runs would have shown (5 %, power 80 %).
    pub detectable_change: Option<f64>,
    /// How far runs, or groups of runs, usually differ by themselves.
    pub usual_wander: Option<f64>,
    /// The smallest difference worth a word.
    pub worthwhile: Option<f64>,
    /// How many on each side.
    pub n: (usize, usize),
    /// What `n` counts: `runs`, or `min` at shared speeds.
    pub n_unit: &'static str,
    /// What the interval and the wandering say.
    pub sureness: Sureness,
}

/// Something that a change of form does not move.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Control {
    /// Identifier.
    pub id: &'static str,
    /// Name for a reader.
    pub title: &'static str,
    /// What its numbers are.
    pub unit: ControlUnit,
    /// Mean of the first side.
    pub first: f64,
    /// Mean of the second side.
    pub second: f64,
    /// 95 % interval of the difference, with eight runs or more on each side.
    pub interval: Option<(f64, f64)>,
    /// Whether it moved: the interval excludes nothing at all.
    pub moved: Option<bool>,
}

/// What the numbers of a control are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ControlUnit {
    /// Metres per second.
    MS,
    /// Share, 0 to 1.
    Share,
    /// Seconds.
    S,
    /// Beats per minute.
    Bpm,
}

/// Compares; sides without runs give a comparison without numbers.
pub fn compare(history: &History, question: Question) -> Comparison {
    match question {
        Question::Runs(first, second) => pair::pair(history, first, second),
        Question::Periods(first, second) => groups::periods(history, first, second),
        Question::At(date) => groups::at(history, date),
    }
}

fn side(history: &History, mut runs: Vec<usize>) -> Side {
    runs.sort_unstable();
    let days = || runs.iter().filter_map(|r| history.days.get(*r)).copied();
    Side {
        days: days().min().zip(days().max()),
        distance_m: runs
            .iter()
            .filter_map(|r| history.runs.get(*r))
            .filter_map(facts::distance_m)
            .sum(),
        runs,
    }
}
