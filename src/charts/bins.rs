//! Runs put together by week, month or year, where a picture would hold more dots than a reader
//! can tell apart. A dot then is the median of its runs; every single run stays in the exported
//! tables.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use jiff::{Span, ToSpan};

use super::run_values::Value;
use super::{Layer, Table, Tone, day_number};
use crate::quantities::{counted, day, month};
use crate::stats::quantile;
use crate::trend::History;

/// Most dots of one picture. **chosen**: two pixels each on a wide screen; a run a day for a year
/// is still drawn run by run, a run every other day for two.
pub const MOST_DOTS: usize = 420;

/// What one dot stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grouping {
    /// One run.
    Run,
    /// The runs of an ISO week.
    Week,
    /// The runs of a calendar month.
    Month,
    /// The runs of a calendar year.
    Year,
}

impl Grouping {
    /// The finest that leaves at most [`MOST_DOTS`] dots of runs on these days.
    pub fn of(days: impl Iterator<Item = Date> + Clone) -> Self {
        if days.clone().count() <= MOST_DOTS {
            return Self::Run;
        }
        let few = |grouping: &Self| {
            days.clone().map(|day| grouping.begin(day)).collect::<BTreeSet<_>>().len() <= MOST_DOTS
        };
        [Self::Week, Self::Month].into_iter().find(few).unwrap_or(Self::Year)
    }

    /// The finest for these values of a history.
    pub fn of_values(history: &History, values: &[Value]) -> Self {
        Self::of(values.iter().filter_map(|v| history.days.get(v.run)).copied())
    }

    /// First day of the group that a day belongs to; the day itself at the edge of the calendar.
    fn begin(self, day: Date) -> Date {
        match self {
            Self::Run => day,
            Self::Week => {
                let back = i64::from(day.weekday().to_monday_zero_offset());
                day.checked_sub(Span::new().days(back)).unwrap_or(day)
            }
            Self::Month => day.first_of_month(),
            Self::Year => day.first_of_year(),
        }
    }

    /// First day of the group after the one that begins on a day.
    fn next(self, begin: Date) -> Date {
        begin.saturating_add(match self {
            Self::Run => 1.day(),
            Self::Week => 1.week(),
            Self::Month => 1.month(),
            Self::Year => 1.year(),
        })
    }

    /// What a dot stands for, in a word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Run => "run",
            Self::Week => "week",
            Self::Month => "month",
            Self::Year => "year",
        }
    }

    /// What a dot is, where it is more than one run.
    pub fn says(self) -> Option<String> {
        (self != Self::Run).then(|| format!("one dot a {}, the median of its runs", self.word()))
    }

    /// The same as a sentence for the fold; `None` where each run has its own dot.
    pub fn detail(self, runs: usize) -> Option<String> {
        (self != Self::Run).then(|| {
            format!(
                "{runs} runs are more than a picture can show one by one: each dot is the median \
                 of the runs of a {0}, the band their middle half, and the table has the same. \
                 `lightfoot export` writes every run.",
                self.word()
            )
        })
    }

    /// Name of the group that begins on a day.
    fn title(self, begin: Date) -> String {
        match self {
            Self::Run => day(begin),
            Self::Week => format!("Week of {}", day(begin)),
            Self::Month => format!("{} {}", month(begin), begin.year()),
            Self::Year => begin.year().to_string(),
        }
    }
}

/// Runs of one device that stand for one dot.
#[derive(Clone, Debug, PartialEq)]
pub struct Bin {
    /// First day of the group.
    begin: Date,
    /// Place on a time axis: the mean of its runs.
    pub x: f64,
    /// Lower quartile, median, upper quartile.
    pub quartiles: (f64, f64, f64),
    /// Runs.
    pub runs: usize,
    /// Whether the watch only computes the value from speed and cadence.
    pub estimated: bool,
    epoch: usize,
}

impl Bin {
    /// What is shown when pointed at: the group, its runs, and the median with its middle half.
    pub fn said(&self, grouping: Grouping, say: impl Fn(f64) -> String) -> String {
        let (low, middle, high) = self.quartiles;
        format!(
            "{}, {}: {}, middle half {} to {}",
            grouping.title(self.begin),
            counted(self.runs, "run", "runs"),
            say(middle),
            say(low),
            say(high)
        )
    }
}

/// Puts values together, those of one device with each other.
pub fn put_together(history: &History, values: &[Value], grouping: Grouping) -> Vec<Bin> {
    let mut groups: BTreeMap<(Date, usize), Vec<&Value>> = BTreeMap::new();
    for value in values {
        let place = history.days.get(value.run).zip(history.epoch_of.get(value.run));
        let Some((day, epoch)) = place else { continue };
        groups.entry((grouping.begin(*day), *epoch)).or_default().push(value);
    }
    let bin = |((begin, epoch), of): ((Date, usize), Vec<&Value>)| {
        let all: Vec<f64> = of.iter().map(|v| v.value).collect();
        let days = of.iter().filter_map(|v| history.days.get(v.run));
        Some(Bin {
            begin,
            x: days.map(|d| day_number(*d)).sum::<f64>() / of.len() as f64,
            quartiles: (quantile(&all, 0.25)?, quantile(&all, 0.5)?, quantile(&all, 0.75)?),
            runs: of.len(),
            estimated: of.iter().all(|v| v.estimated),
            epoch,
        })
    };
    groups.into_iter().filter_map(bin).collect()
}

/// Bands of the middle half of the runs, broken where a group is empty or the device changes.
pub fn middle_halves(bins: &[Bin], grouping: Grouping) -> Vec<Layer> {
    let follows = |a: &Bin, b: &Bin| a.epoch == b.epoch && grouping.next(a.begin) == b.begin;
    bins.chunk_by(follows)
        .filter(|chunk| chunk.len() > 1)
        .map(|chunk| Layer::Ribbon {
            points: chunk.iter().map(|b| (b.x, b.quartiles.0, b.quartiles.2)).collect(),
            tone: Tone::Context,
            strength: 0.22,
            label: None,
        })
        .collect()
}

/// A column of a table of groups.
pub struct Column<'a> {
    /// Head with unit.
    pub head: String,
    /// Values of single runs.
    pub values: &'a [Value],
    /// How a value is spelt.
    pub say: &'a dyn Fn(f64) -> String,
}

/// The medians of groups as a table: group, runs, one column each.
pub fn table(history: &History, grouping: Grouping, columns: &[Column<'_>]) -> Table {
    let mut rows: BTreeMap<Date, (usize, Vec<Option<f64>>)> = BTreeMap::new();
    for (at, column) in columns.iter().enumerate() {
        let mut groups: BTreeMap<Date, Vec<f64>> = BTreeMap::new();
        for value in column.values {
            let Some(day) = history.days.get(value.run) else { continue };
            groups.entry(grouping.begin(*day)).or_default().push(value.value);
        }
        for (begin, all) in groups {
            let (runs, cells) = rows.entry(begin).or_insert((0, vec![None; columns.len()]));
            *runs = (*runs).max(all.len());
            if let Some(cell) = cells.get_mut(at) {
                *cell = quantile(&all, 0.5);
            }
        }
    }
    let mut heads = vec![format!("Median of a {}", grouping.word()), "Runs".to_owned()];
    heads.extend(columns.iter().map(|c| c.head.clone()));
    let rows = rows.into_iter().map(|(begin, (runs, cells))| {
        let cells = cells.into_iter().zip(columns);
        let spelt = cells.map(|(cell, c)| cell.map_or_else(|| "–".to_owned(), |v| (c.say)(v)));
        [grouping.title(begin), runs.to_string()].into_iter().chain(spelt).collect()
    });
    Table { columns: heads, rows: rows.collect() }
}

#[cfg(test)]
mod tests {
    use super::{Grouping, MOST_DOTS};
    use jiff::ToSpan;
    use jiff::civil::{Date, date};

    fn every(days: i64, runs: i64) -> Grouping {
        let first = date(1990, 1, 1);
        let all: Vec<Date> = (0..runs).map(|k| first.saturating_add((k * days).days())).collect();
        Grouping::of(all.iter().copied())
    }

    #[test]
    fn a_year_of_days_is_drawn_run_by_run_and_thirty_years_by_month() {
        assert_eq!(every(1, 366), Grouping::Run);
        assert_eq!(every(2, MOST_DOTS as i64 + 1), Grouping::Week);
        assert_eq!(every(1, 2_900), Grouping::Week);
        assert_eq!(every(1, 10_000), Grouping::Month);
        assert_eq!(every(30, 421), Grouping::Month);
        assert_eq!(every(20, 1_000), Grouping::Year);
        assert_eq!(Grouping::of(std::iter::empty()), Grouping::Run);
    }

    #[test]
    fn groups_begin_and_follow_as_on_a_calendar() {
        let day = date(2026, 1, 1);
        assert_eq!(Grouping::Week.begin(day), date(2025, 12, 29));
        assert_eq!(Grouping::Week.next(date(2025, 12, 29)), date(2026, 1, 5));
        assert_eq!(Grouping::Month.next(date(2025, 12, 1)), day);
        assert_eq!(Grouping::Month.title(day), "Jan 2026");
        assert_eq!(Grouping::Year.begin(date(2026, 7, 9)), day);
    }
}
