//! Left and right against the runner's own last twelve weeks.

use super::{Compute, Doc, Evidence, Metric, Outcome, Reading, Unavailable, unit};
use crate::activity::Origin;
use crate::stats;
use crate::trend::Past;

/// The metric.
pub const METRIC: Metric = Metric {
    id: "balance_change",
    title: "Balance against your 12 weeks",
    unit: unit::PERCENT,
    evidence: Evidence::C,
    sources: &["malisoux2024", "mtibaa2023", "own_archives"],
    doc: Doc {
        measures: "How far the left share of ground contact lies from your own usual share.",
        formula: "d = b - median(b_j), points; b = median left share of the run, %, j over your \
                  runs with the same sensor in the 84 days before. Changed when |d| > 2 SD(b_j) \
                  in at least 3 of the last 5 runs, SD taken as 0.2 points at least.",
        needs: "Contact-time balance in this run and in at least eight runs of the 84 days before.",
        unavailable: "The file has no balance, or there are fewer than eight runs to compare with.",
        limits: "Changed means different from your own past and nothing else: asymmetry was not \
                 associated with injury in 836 runners. A strap worn differently, a slanted road \
                 or wind moves it too. It says nothing of leg length, strength or side of an \
                 injury.",
    },
    trended: false,
    compute: Compute::Past(compute),
};

/// Days that are the runner's own past. Source: `science` 2.14 (12 weeks).
const PAST_DAYS: i32 = 84;
/// Seconds of a day.
const SECONDS_A_DAY: i64 = 86_400;
/// Runs that a usual share needs. **chosen**: as for the runner's own drift (`real-data` part 2,
/// section 4).
const FEWEST_RUNS: usize = 8;
/// Standard deviations between runs that a run must lie away. Source: `science` 2.14.
const FAR_SD: f64 = 2.0;
/// Least standard deviation between runs, points: some sensors hardly respond, and their silence
/// must not make a change of every stir. **chosen** from `real-data` part 1, section 4 (0.08 to 0.8
/// inside runs).
const LEAST_SD: f64 = 0.2;
/// Runs looked at, this one included, and how many of them must lie away. Source: `science` 2.14.
const LOOKED_AT: usize = 5;
/// See [`LOOKED_AT`].
const MUST_BE_FAR: usize = 3;

/// A run's share against those before it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shift {
    /// Median of the runs before.
    pub usual: f64,
    /// Standard deviation between them.
    pub sd: f64,
    /// The run's share less the usual one, points.
    pub change: f64,
}

impl Shift {
    /// A share against earlier ones; `None` with fewer than eight.
    pub fn of(share: f64, before: &[f64]) -> Option<Self> {
        if before.len() < FEWEST_RUNS {
            return None;
        }
        let n = before.len() as f64;
        let mean = before.iter().sum::<f64>() / n;
        let squares: f64 = before.iter().map(|b| (b - mean).powi(2)).sum();
        let usual = stats::median(before)?;
        Some(Self { usual, sd: (squares / (n - 1.0)).sqrt(), change: share - usual })
    }

    /// Whether the run lies away from the usual.
    pub fn is_far(&self) -> bool {
        self.change.abs() > FAR_SD * self.sd.max(LEAST_SD)
    }
}

/// Median left share of a run, where it has one.
fn share(past: &Past<'_>, index: usize) -> Option<f64> {
    past.runs.get(index)?.readings.part("contact_balance", "median_percent")
}

/// The first run that may count as a run's past. Runs are in order of their start, and local days
/// differ from that by less than three.
fn reach(past: &Past<'_>, index: usize) -> usize {
    let start = |i: usize| past.runs.get(i).map(|run| run.meta.start.as_second());
    let Some(now) = start(index) else { return index };
    let begin = now - (i64::from(PAST_DAYS) + 3) * SECONDS_A_DAY;
    (0..index).rev().take_while(|i| start(*i) >= Some(begin)).last().map_or(index, |i| i)
}

/// The shift of one run against its own past.
fn shift(past: &Past<'_>, index: usize) -> Option<Shift> {
    let (day, epoch) = (*past.days.get(index)?, *past.epoch_of.get(index)?);
    let own = share(past, index)?;
    let before: Vec<f64> = (reach(past, index)..index)
        .filter(|i| past.epoch_of.get(*i) == Some(&epoch))
        .filter(|i| past.days.get(*i).is_some_and(|d| (day - *d).get_days() <= PAST_DAYS))
        .filter_map(|i| share(past, i))
        .collect();
    Shift::of(own, &before)
}

fn compute(past: &Past<'_>) -> Outcome {
    if share(past, past.index).is_none() {
        return Unavailable::because(
            "no_contact_balance",
            "The run has no left-right balance to set against others.",
        );
    }
    let Some(now) = shift(past, past.index) else {
        return Unavailable::because(
            "no_reference",
            "It takes eight runs with this sensor in the 12 weeks before.",
        );
    };
    let epoch = past.epoch_of.get(past.index);
    let looked: Vec<Shift> = (0..=past.index)
        .rev()
        .filter(|i| past.epoch_of.get(*i) == epoch)
        .filter_map(|i| shift(past, i))
        .take(LOOKED_AT)
        .collect();
    // Only runs on the same side of usual as this one stand for one change.
    let far = looked.iter().filter(|s| s.is_far() && s.change * now.change > 0.0);
    let far = far.count();
    let changed = looked.len() == LOOKED_AT && far >= MUST_BE_FAR;
    Reading {
        value: now.change,
        interval: None,
        n: looked.len() as f64,
        n_unit: "runs",
        coverage: 1.0,
        origin: Origin::Derived { method: "median left share of your earlier runs".to_owned() },
        parts: Vec::new(),
        caveats: Vec::new(),
    }
    .part("usual_percent", Some(now.usual))
    .part("spread_between_runs_percent", Some(now.sd))
    .part("far_of_last_five", Some(far as f64))
    .part("changed", Some(f64::from(u8::from(changed))))
    .into()
}
