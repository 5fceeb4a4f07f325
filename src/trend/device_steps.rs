//! What a new watch or sensor did to contact time and oscillation, at the same speed.
//!
//! Source: `real-data` part 2, section 3: at a change of device contact time jumped by 11 ms and
//! oscillation by 7 mm in a runner who had not changed, while steps in cadence cannot be told from
//! ordinary wandering. So comparisons are cut there, and the step is told as the device's.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Epoch;
use crate::Analysis;
use crate::segment::{Dynamics, Piece};
use crate::stats::{Random, normal_quantile, quantile, student_quantile};

/// Runs taken on each side. Source: `real-data` part 2, section 3.
const RUNS_EACH_SIDE: usize = 40;
/// Fewest runs on each side. **chosen**.
const FEWEST_RUNS: usize = 3;
/// Width of a speed bin, m/s. Same source.
const SPEED_BIN_M_S: f64 = 0.25;
/// Steepest grade compared. Source: `science` 2.9.
const LEVEL: f64 = 0.02;
/// Resamples of the interval, runs drawn. **chosen**: enough for two whole digits.
const RESAMPLES: usize = 500;
/// Seed, fixed. **chosen**.
const SEED: u64 = 3;

/// The step at one change of device.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DeviceStep {
    /// Epoch before.
    pub from_epoch: usize,
    /// Epoch after.
    pub to_epoch: usize,
    /// First run of the new epoch.
    pub first_run: usize,
    /// Steps that could be compared at the same speed.
    pub steps: Vec<Step>,
}

/// Step of one quantity at matched speed.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Step {
    /// Metric identifier.
    pub metric: &'static str,
    /// After less before, in the metric's unit.
    pub change: f64,
    /// 95 % interval, runs resampled.
    pub interval: (f64, f64),
    /// Smallest step that is called one: 5 ms, 4 mm, 0.4 points. Same source.
    pub threshold: f64,
}

/// The quantities compared: metric, threshold, value of a segment.
type Quantity = (&'static str, f64, fn(&Piece) -> Option<f64>);
const QUANTITIES: [Quantity; 3] = [
    ("ground_contact_time", 5.0, |p| p.ground_contact_time_ms),
    ("vertical_oscillation", 4.0, |p| p.vertical_oscillation_mm),
    ("vertical_ratio", 0.4, |p| p.vertical_ratio_percent),
];

/// Sum and count of a quantity by speed bin, for one run.
type Bins = BTreeMap<i32, (f64, f64)>;

/// Steps at every first use of a device after another.
pub(super) fn device_steps(
    runs: &[Analysis],
    epochs: &[Epoch],
    epoch_of: &[usize],
) -> Vec<DeviceStep> {
    epochs
        .iter()
        .enumerate()
        .filter_map(|(to, epoch)| {
            let first_run = *epoch.runs.first()?;
            // Exports without dynamics in between are no device to compare with.
            let knows = |e: &&usize| epochs.get(**e).is_some_and(|e| e.dynamics != Dynamics::None);
            let from = *epoch_of.get(..first_run)?.iter().rev().find(knows)?;
            let before = epochs.get(from)?.runs.iter().rev().filter(|r| **r < first_run);
            let before: Vec<&Analysis> =
                before.take(RUNS_EACH_SIDE).filter_map(|r| runs.get(*r)).collect();
            let after: Vec<&Analysis> =
                epoch.runs.iter().take(RUNS_EACH_SIDE).filter_map(|r| runs.get(*r)).collect();
            let steps = QUANTITIES.iter().filter_map(|q| step(q, &before, &after)).collect();
            Some(DeviceStep { from_epoch: from, to_epoch: to, first_run, steps })
        })
        .collect()
}

fn step(quantity: &Quantity, before: &[&Analysis], after: &[&Analysis]) -> Option<Step> {
    let (metric, threshold, value) = *quantity;
    let bins = |runs: &[&Analysis]| -> Vec<Bins> {
        runs.iter().map(|r| bins_of(r, value)).filter(|b| !b.is_empty()).collect()
    };
    let (before, after) = (bins(before), bins(after));
    if before.len() < FEWEST_RUNS || after.len() < FEWEST_RUNS {
        return None;
    }
    let change = matched(before.iter(), after.iter())?;
    let mut random = Random::new(SEED);
    let mut draw =
        |of: &[Bins]| -> Vec<usize> { (0..of.len()).map(|_| random.below(of.len())).collect() };
    let draws: Vec<f64> = (0..RESAMPLES)
        .filter_map(|_| {
            let (a, b) = (draw(&before), draw(&after));
            matched(a.iter().filter_map(|i| before.get(*i)), b.iter().filter_map(|i| after.get(*i)))
        })
        .collect();
    // Few runs scatter less among themselves than the runs they stand for: Student's quantile over
    // the normal one is the usual widening.
    let fewest = before.len().min(after.len()) as f64;
    let widen = student_quantile(0.975, fewest - 1.0)? / normal_quantile(0.975)?;
    let end = |p: f64| Some(widen.mul_add(quantile(&draws, p)? - change, change));
    let interval = (end(0.025)?, end(0.975)?);
    Some(Step { metric, change, interval, threshold })
}

fn bins_of(run: &Analysis, value: fn(&Piece) -> Option<f64>) -> Bins {
    let mut bins = Bins::new();
    for piece in run.pieces.iter().filter(|p| p.grade.is_none_or(|g| g.abs() <= LEVEL)) {
        let Some(value) = value(&piece) else { continue };
        let (sum, count) = bins.entry((piece.speed_m_s / SPEED_BIN_M_S) as i32).or_default();
        *sum += value;
        *count += 1.0;
    }
    bins
}

/// Mean difference over speed bins, each weighted by the smaller of its two counts.
fn matched<'a>(
    before: impl Iterator<Item = &'a Bins>,
    after: impl Iterator<Item = &'a Bins>,
) -> Option<f64> {
    fn pool<'a>(runs: impl Iterator<Item = &'a Bins>) -> Bins {
        let mut all = Bins::new();
        for (bin, (sum, count)) in runs.flatten() {
            let slot = all.entry(*bin).or_default();
            slot.0 += sum;
            slot.1 += count;
        }
        all
    }
    let (before, after) = (pool(before), pool(after));
    crate::stats::weighted_mean(before.iter().filter_map(|(bin, (sum, count))| {
        let (sum_after, count_after) = after.get(bin)?;
        Some((sum_after / count_after - sum / count, count.min(*count_after)))
    }))
}
