//! What the last days held, and which part of the load grew: how often, how fast, how long.

use jiff::civil::Date;
use serde::Serialize;

use super::days::{between, later};
use super::load_ratios::{self, Ratios};
use super::progression::rest_days;
use super::{History, SessionLoad, facts};
use crate::settings::{LoadRatios, Settings};

/// Days that "now" means when the parts of load are set against those before: four weeks.
/// **chosen**: shorter spans hold too few runs to average.
const NOW_DAYS: i32 = 28;
/// Days before that which they are set against. **chosen**: twice as long, for a steadier base.
const BEFORE_DAYS: i32 = 56;
/// Fewest runs in either for their means. **chosen**: one a week.
const FEWEST_RUNS: usize = 4;
/// A part that differs by less than this share is not called changed. **chosen**: less than most
/// weeks differ from one another.
const CHANGED: f64 = 0.1;
/// Days that ratios look back on; older ones weigh less than a thousandth of a per mille.
/// **chosen**.
const RATIO_DAYS: i32 = 400;

/// The load as it stands today.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Load {
    /// The day that counts as today.
    pub today: Date,
    /// Runs of the last seven days, today included.
    pub week_runs: usize,
    /// Their distance.
    pub week_distance_m: f64,
    /// Their time.
    pub week_duration_s: f64,
    /// Seconds of other sports in these days; `None` where the inputs hold no other sport at all.
    pub week_other_sports_s: Option<f64>,
    /// Days of the last seven without running; `None` in the first week.
    pub rest_days: Option<usize>,
    /// How many of these were free of other sports too; `None` where the inputs hold none.
    pub free_days: Option<usize>,
    /// Longest streak of days with running in the last 28.
    pub longest_streak_days: usize,
    /// Days since the last run.
    pub days_since_run: i32,
    /// How often, how fast, how long: the last four weeks against the eight before.
    pub parts: Option<Parts>,
    /// Ratios of acute to chronic load, where asked for.
    pub ratios: Option<Ratios>,
    /// The same for exertion times minutes, where asked for and where exertion is noted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session_load: Option<SessionLoad>,
}

/// The three parts of load, now and before.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Parts {
    /// Runs a week.
    pub frequency: Part,
    /// Share of steady running at the runner's own fast; `None` where speed is not known.
    pub intensity: Option<Part>,
    /// Mean seconds of a run.
    pub time: Part,
    /// The part that changed most, where one changed by a tenth or more.
    pub most_changed: Option<PartName>,
}

/// One part now and before.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Part {
    /// Last four weeks.
    pub now: f64,
    /// The eight weeks before them.
    pub before: f64,
}

/// Names of the parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PartName {
    /// How often.
    Frequency,
    /// How fast.
    Intensity,
    /// How long.
    Time,
}

impl PartName {
    /// In a runner's words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Frequency => "how often you run",
            Self::Intensity => "how much of it is fast",
            Self::Time => "how long your runs are",
        }
    }
}

impl Part {
    /// Size of the change, whichever way: the logarithm of the ratio.
    fn size(self) -> f64 {
        if self.now > 0.0 && self.before > 0.0 { (self.now / self.before).ln().abs() } else { 0.0 }
    }
}

/// The load today; `None` without a run or without a day.
pub(super) fn load(history: &History, settings: &Settings) -> Option<Load> {
    let today = history.today?;
    let last = history.days.iter().copied().filter(|d| *d <= today).max()?;
    let begin = history.days.iter().copied().min()?;
    let daily = daily(history, today, NOW_DAYS);
    let week_from = later(today, -6);
    let week: Vec<usize> = history.runs_between(week_from, today).collect();
    let (rest, streak) = rest_days(&daily.iter().map(|d| f64::from(d.runs)).collect::<Vec<_>>());
    let others = history.other_sports_between(week_from, today);
    let known = !history.other_sports.is_empty();
    let free = (0..7)
        .map(|k| later(week_from, k))
        .filter(|day| others.iter().all(|o| o.day != *day))
        .filter(|day| week.iter().all(|r| history.days.get(*r) != Some(day)))
        .count();
    let whole_week = between(begin, today) >= 6;
    let of = |value: fn(&crate::Analysis) -> Option<f64>| -> f64 {
        week.iter().filter_map(|r| history.runs.get(*r)).filter_map(value).sum()
    };
    let asked_for = match settings.load_ratios {
        LoadRatios::Hidden => Vec::new(),
        LoadRatios::Shown => self::daily(history, today, between(begin, today).min(RATIO_DAYS) + 1),
    };
    let minutes: Vec<f64> = asked_for.iter().map(|d| d.duration_s / 60.0).collect();
    Some(Load {
        today,
        week_runs: week.len(),
        week_distance_m: of(facts::distance_m),
        week_duration_s: of(facts::duration_s),
        week_other_sports_s: known.then(|| others.iter().map(|o| o.duration_s).sum()),
        rest_days: whole_week.then_some(rest),
        free_days: (whole_week && known).then_some(free),
        longest_streak_days: streak,
        days_since_run: between(last, today),
        parts: parts(history, today),
        ratios: load_ratios::ratios(&minutes),
        session_load: SessionLoad::of(&asked_for),
    })
}

/// What one day held.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Day {
    pub(super) runs: u32,
    pub(super) duration_s: f64,
    /// Runs that state their exertion and know their time.
    pub(super) runs_with_exertion: u32,
    /// Exertion times minutes of these.
    pub(super) session_load: f64,
}

/// The last days in order, today the last.
fn daily(history: &History, today: Date, days: i32) -> Vec<Day> {
    let first = later(today, -i64::from(days - 1));
    let mut daily = vec![Day::default(); usize::try_from(days).unwrap_or_default()];
    for run in history.runs_between(first, today) {
        let index = history.days.get(run).and_then(|d| usize::try_from(between(first, *d)).ok());
        let Some(day) = index.and_then(|i| daily.get_mut(i)) else { continue };
        day.runs += 1;
        let Some(run) = history.runs.get(run) else { continue };
        let Some(seconds) = facts::duration_s(run) else { continue };
        day.duration_s += seconds;
        if let Some(exertion) = &run.noted.exertion {
            day.runs_with_exertion += 1;
            day.session_load += exertion.value * seconds / 60.0;
        }
    }
    daily
}

/// How often, how fast and how long in the last four weeks against the eight before; `None` with
/// fewer than four runs in either.
fn parts(history: &History, today: Date) -> Option<Parts> {
    let turn = later(today, -i64::from(NOW_DAYS));
    let begin = later(turn, -i64::from(BEFORE_DAYS));
    let now: Vec<usize> = history.runs_between(later(turn, 1), today).collect();
    let before: Vec<usize> = history.runs_between(later(begin, 1), turn).collect();
    let whole = history.days.iter().min().is_some_and(|d| *d <= later(begin, 7));
    if now.len() < FEWEST_RUNS || before.len() < FEWEST_RUNS || !whole {
        return None;
    }
    let per_week = |n: usize, days: i32| 7.0 * n as f64 / f64::from(days);
    let both = |value: fn(&History, &[usize]) -> Option<f64>| {
        Some(Part { now: value(history, &now)?, before: value(history, &before)? })
    };
    let mut parts = Parts {
        frequency: Part {
            now: per_week(now.len(), NOW_DAYS),
            before: per_week(before.len(), BEFORE_DAYS),
        },
        intensity: both(fast_share),
        time: both(mean_duration_s)?,
        most_changed: None,
    };
    parts.most_changed = [
        (PartName::Frequency, parts.frequency.size()),
        (PartName::Intensity, parts.intensity.map_or(0.0, Part::size)),
        (PartName::Time, parts.time.size()),
    ]
    .into_iter()
    .filter(|(_, size)| *size >= CHANGED.ln_1p())
    .max_by(|a, b| a.1.total_cmp(&b.1))
    .map(|(name, _)| name);
    Some(parts)
}

fn mean_duration_s(history: &History, runs: &[usize]) -> Option<f64> {
    let known: Vec<f64> =
        runs.iter().filter_map(|r| history.runs.get(*r)).filter_map(facts::duration_s).collect();
    (!known.is_empty()).then(|| known.iter().sum::<f64>() / known.len() as f64)
}

/// Share of steady running outdoors at the runner's own fast.
fn fast_share(history: &History, runs: &[usize]) -> Option<f64> {
    let fast = history.fast_from_m_s?;
    let of = runs.iter().filter_map(|r| history.runs.get(*r));
    let (fast_s, all_s) = of.fold((0.0, 0.0), |sum, run| {
        let (fast_s, all_s) = facts::fast_seconds(run, fast);
        (sum.0 + fast_s, sum.1 + all_s)
    });
    (all_s > 0.0).then(|| fast_s / all_s)
}
