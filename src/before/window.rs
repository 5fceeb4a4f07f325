//! What a window of days held.

use jiff::civil::Date;
use serde::Serialize;

use super::{STEP_DAYS, WINDOW_DAYS};
use crate::settings::{DaySpan, Settings};
use crate::stats::weighted_mean;
use crate::trend::{History, covered, facts};

/// Share of the outdoor distance that must know its descent for a sum of descent. **chosen**: a sum
/// that leaves out more would be read as less descent.
const KNOWN_DESCENT: f64 = 0.8;
/// Share of the distance that must know its surface. **chosen**: half.
const KNOWN_SURFACE: f64 = 0.5;
/// Fewest runs of one device for a mean cadence. **chosen**.
const RUNS_FOR_CADENCE: usize = 3;

/// A day some days before another, stopping at the edge of the calendar.
pub(super) fn days_before(day: Date, days: i32) -> Date {
    day.saturating_sub(jiff::Span::new().days(days))
}

/// What was run on days from a first to a last.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Window {
    /// First day.
    pub first: Date,
    /// Last day.
    pub last: Date,
    /// Runs.
    pub runs: usize,
    /// Days without a run.
    pub rest_days: usize,
    /// Distance of all runs.
    pub distance_m: f64,
    /// Largest ratio of a run to the longest of the 30 days before it.
    pub spike_ratio: Option<f64>,
    /// Descent; `None` where too little of the distance knows it.
    pub descent_m: Option<f64>,
    /// Seconds of steady running outdoors at the runner's own fast; `None` where speed is not known.
    pub fast_s: Option<f64>,
    /// Metres by which one leg was on the low side more than the other, by the side the runner
    /// states; `None` without a statement.
    pub one_sided_m: Option<f64>,
    /// Share of the distance off the paved road; `None` where too little of it is known.
    pub unpaved_share: Option<f64>,
    /// Share of the distance in shoes first used in the window; `None` where no shoe is noted.
    pub new_shoe_share: Option<f64>,
    /// Seconds of other sports; `None` where the inputs hold none at all.
    pub other_sports_s: Option<f64>,
    /// Device epoch of most runs.
    pub epoch: Option<usize>,
    /// Mean cadence at the runner's own speed for each epoch with enough runs.
    pub cadence: Vec<(usize, f64)>,
}

impl Window {
    /// What the days from a first to a last held.
    pub fn of(history: &History, first: Date, last: Date) -> Self {
        let runs: Vec<usize> = history.runs_between(first, last).collect();
        let analyses = || runs.iter().filter_map(|r| history.runs.get(*r));
        let mut days: Vec<Date> =
            runs.iter().filter_map(|r| history.days.get(*r)).copied().collect();
        days.sort_unstable();
        days.dedup();
        let length = usize::try_from((last - first).get_days() + 1).unwrap_or_default();
        let spike = |run: &usize| Some(history.reading(*run, "single_run_spike")?.value);
        let others = history.other_sports_between(first, last);
        Self {
            first,
            last,
            runs: runs.len(),
            rest_days: length.saturating_sub(days.len()),
            distance_m: analyses().filter_map(facts::distance_m).sum(),
            spike_ratio: runs.iter().filter_map(spike).max_by(f64::total_cmp),
            descent_m: descent_m(history, &runs),
            fast_s: history
                .fast_from_m_s
                .map(|fast| analyses().map(|run| facts::fast_seconds(run, fast).0).sum()),
            one_sided_m: one_sided_m(history, &runs),
            unpaved_share: unpaved_share(history, &runs),
            new_shoe_share: new_shoe_share(history, &runs, first),
            other_sports_s: (!history.other_sports.is_empty())
                .then(|| others.iter().map(|o| o.duration_s).sum()),
            epoch: most_used(history, &runs),
            cadence: cadence(history, &runs),
        }
    }
}

/// Descent of the runs outdoors, where enough of them know it.
fn descent_m(history: &History, runs: &[usize]) -> Option<f64> {
    let (mut descent, mut known_m, mut outdoors_m) = (0.0, 0.0, 0.0);
    for run in runs.iter().filter_map(|r| history.runs.get(*r)).filter(|r| !r.meta.indoor) {
        let Some(distance) = facts::distance_m(run) else { continue };
        outdoors_m += distance;
        if let Some(metres) = facts::descent_m(run) {
            known_m += distance;
            descent += metres;
        }
    }
    (outdoors_m > 0.0 && known_m >= KNOWN_DESCENT * outdoors_m).then_some(descent)
}

fn one_sided_m(history: &History, runs: &[usize]) -> Option<f64> {
    let sides = runs.iter().filter_map(|r| history.runs.get(*r)).map(facts::camber);
    let stated: Vec<f64> = sides.filter_map(|c| Some(c.left_low_m? - c.right_low_m?)).collect();
    (!stated.is_empty()).then(|| stated.iter().sum::<f64>().abs())
}

/// Share off the paved road of the distance whose surface is known; `None` where that is less than
/// half of all.
fn unpaved_share(history: &History, runs: &[usize]) -> Option<f64> {
    let (mut unpaved_m, mut known_m, mut all_m) = (0.0, 0.0, 0.0);
    for run in runs.iter().filter_map(|r| history.runs.get(*r)) {
        all_m += facts::distance_m(run).unwrap_or_default();
        for (surface, metres) in covered(run) {
            let Some(unpaved) = surface.is_unpaved() else { continue };
            known_m += metres;
            unpaved_m += if unpaved { metres } else { 0.0 };
        }
    }
    (known_m > 0.0 && known_m >= KNOWN_SURFACE * all_m).then(|| unpaved_m / known_m)
}

/// Share of the distance with a shoe that was run in shoes first used from a day on. A shoe that
/// the notes begin with may be older than they are, and is not new.
fn new_shoe_share(history: &History, runs: &[usize], first: Date) -> Option<f64> {
    let (mut new_m, mut named_m) = (0.0, 0.0);
    for run in runs {
        let Some((shoe, _)) = history.shoes.so_far(*run) else { continue };
        let Some(metres) = history.runs.get(*run).and_then(facts::distance_m) else { continue };
        named_m += metres;
        if shoe.first_use >= first && !shoe.from_the_beginning {
            new_m += metres;
        }
    }
    (named_m > 0.0).then(|| new_m / named_m)
}

/// The epoch of most runs; of equals the later one.
fn most_used(history: &History, runs: &[usize]) -> Option<usize> {
    let of = |run: &usize| history.epoch_of.get(*run).copied();
    let count = |epoch: usize| runs.iter().filter(|r| of(r) == Some(epoch)).count();
    runs.iter().filter_map(of).max_by_key(|epoch| (count(*epoch), *epoch))
}

/// Cadence at the runner's own speed, one mean an epoch: two devices differ by more than a habit
/// changes.
fn cadence(history: &History, runs: &[usize]) -> Vec<(usize, f64)> {
    let mut epochs: Vec<usize> =
        runs.iter().filter_map(|r| history.epoch_of.get(*r)).copied().collect();
    epochs.sort_unstable();
    epochs.dedup();
    let mean = |epoch: usize| {
        let readings: Vec<(f64, f64)> = runs
            .iter()
            .filter(|r| history.epoch_of.get(**r) == Some(&epoch))
            .filter_map(|r| history.reading(*r, "adjusted_cadence"))
            .map(|reading| (reading.value, reading.n))
            .collect();
        (readings.len() >= RUNS_FOR_CADENCE).then(|| weighted_mean(readings)).flatten()
    };
    epochs.into_iter().filter_map(|e| Some((e, mean(e)?))).collect()
}

/// All earlier windows that end before a window begins, newest first: those with a run, and without
/// files that the runner says are missing.
pub(super) fn earlier(
    history: &History,
    begin: Date,
    first: Date,
    settings: &Settings,
) -> Vec<Window> {
    let mut windows = Vec::new();
    let mut last = days_before(first, 1);
    loop {
        let start = days_before(last, WINDOW_DAYS - 1);
        if start < begin {
            return windows;
        }
        let span = DaySpan { first: start, last };
        if !settings.runner.missing_files.iter().any(|m| m.meets(span)) {
            let window = Window::of(history, start, last);
            if window.runs > 0 {
                windows.push(window);
            }
        }
        let next = days_before(last, STEP_DAYS);
        if next >= last {
            return windows;
        }
        last = next;
    }
}
