//! Two stretches of one runner's series against each other: before and after a named date, or any
//! two periods.
//!
//! For `adjusted_cadence` each value is the run's step rate at the runner's own reference speed on
//! the level, so the difference is one at matched speed and grade.

use jiff::civil::Date;
use serde::Serialize;

use super::series::{Placed, placed, worthwhile};
use super::wander::usual_wander;
use super::{History, Series, Sureness};
use crate::metrics::METRICS;
use crate::stats::{FEWEST_EACH_SIDE, mean_difference};

/// Runs taken on each side of a date: the nearest ones, so that season and training of years do
/// not enter. Source: `real-data` part 2, section 3.
pub const RUNS_EACH_SIDE: usize = 40;

/// The difference of a metric between two stretches of runs with one device.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BeforeAfter {
    /// Metric identifier.
    pub metric: &'static str,
    /// Epoch that both sides lie in.
    pub epoch: usize,
    /// Runs on each side, indices into [`History::runs`].
    pub runs: (Vec<usize>, Vec<usize>),
    /// Mean of each side.
    pub means: (f64, f64),
    /// After less before, in the metric's unit.
    pub change: f64,
    /// 95 % interval under AR(1) likeness; `None` where runs resemble the run before too much.
    pub interval: Option<(f64, f64)>,
    /// Standard deviation from run to run inside the sides.
    pub run_sd: f64,
    /// Lag-1 correlation of neighbouring runs inside the sides.
    pub autocorrelation: f64,
    /// The difference that so many runs would have shown (5 %, power 80 %).
    pub detectable_change: Option<f64>,
    /// How far adjacent groups of runs usually differ, from the runs before; `None` while unknown.
    pub usual_wander: Option<f64>,
    /// The smallest change worth a word; `None` where none is chosen.
    pub worthwhile: Option<f64>,
    /// What the interval and the wandering say.
    pub sureness: Sureness,
}

/// Why there is no difference to state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoComparison {
    /// There is no such metric, or it has no series.
    NoSeries,
    /// With no device are there enough runs on both sides; the counts of the best one. Runs of ten
    /// minutes and more count.
    TooFewRuns {
        /// Runs before.
        before: usize,
        /// Runs after.
        after: usize,
        /// Runs that each side needs.
        needed: usize,
    },
    /// Enough runs on each side, but recorded with different devices.
    DeviceChanged,
    /// All values are the same.
    NoSpread,
}

impl History {
    /// A metric in the runs before a date against those from it on: the nearest
    /// [`RUNS_EACH_SIDE`] of each side, all with one device.
    ///
    /// # Errors
    /// Where there is nothing to compare; see [`NoComparison`].
    pub fn before_after(&self, metric: &str, date: Date) -> Result<BeforeAfter, NoComparison> {
        let cut = |all: &[Placed]| {
            let at = all.partition_point(|p| p.day < date);
            let (before, after) = all.split_at(at);
            let before = before.get(before.len().saturating_sub(RUNS_EACH_SIDE)..);
            (
                before.unwrap_or_default().to_vec(),
                after.iter().take(RUNS_EACH_SIDE).copied().collect(),
            )
        };
        self.two_sides(metric, cut)
    }

    /// A metric in the runs of one period against those of another, both ends included.
    ///
    /// # Errors
    /// As [`History::before_after`].
    pub fn between_periods(
        &self,
        metric: &str,
        before: (Date, Date),
        after: (Date, Date),
    ) -> Result<BeforeAfter, NoComparison> {
        let within = |all: &[Placed], (first, last): (Date, Date)| -> Vec<Placed> {
            all.iter().filter(|p| p.day >= first && p.day <= last).copied().collect()
        };
        self.two_sides(metric, |all| (within(all, before), within(all, after)))
    }

    fn two_sides(
        &self,
        metric: &str,
        cut: impl Fn(&[Placed]) -> (Vec<Placed>, Vec<Placed>),
    ) -> Result<BeforeAfter, NoComparison> {
        let known = METRICS.iter().find(|m| m.id == metric).ok_or(NoComparison::NoSeries)?;
        let series = self.series_of(metric).ok_or(NoComparison::NoSeries)?;
        let sides: Vec<_> = self.by_epoch(series).iter().map(|all| cut(all)).collect();
        let fewest = |(before, after): &(Vec<Placed>, Vec<Placed>)| before.len().min(after.len());
        let best = sides.iter().enumerate().max_by_key(|(epoch, s)| (fewest(s), *epoch));
        let (epoch, (before, after)) = best.ok_or(NoComparison::NoSeries)?;
        if before.len().min(after.len()) < FEWEST_EACH_SIDE {
            let most = |side: fn(&(Vec<Placed>, Vec<Placed>)) -> usize| {
                sides.iter().map(side).max().unwrap_or_default()
            };
            let (b, a) = (most(|s| s.0.len()), most(|s| s.1.len()));
            return Err(if b.min(a) >= FEWEST_EACH_SIDE {
                NoComparison::DeviceChanged
            } else {
                NoComparison::TooFewRuns { before: b, after: a, needed: FEWEST_EACH_SIDE }
            });
        }
        let values = |side: &[Placed]| side.iter().map(|p| p.value).collect::<Vec<f64>>();
        let found = mean_difference(&values(before), &values(after));
        let found = found.ok_or(NoComparison::NoSpread)?;
        let begin = after.first().map(|p| p.day).unwrap_or_default();
        let earlier: Vec<f64> = self
            .by_epoch(series)
            .get(epoch)
            .map(|all| all.iter().filter(|p| p.day < begin).map(|p| p.value).collect())
            .unwrap_or_default();
        let mean =
            |side: &[Placed]| side.iter().map(|p| p.value).sum::<f64>() / side.len().max(1) as f64;
        let runs = |side: &[Placed]| side.iter().map(|p| p.run).collect();
        let (usual_wander, worthwhile) = (usual_wander(&earlier), worthwhile(known, &self.rules));
        let bars = [worthwhile, found.detectable, usual_wander];
        Ok(BeforeAfter {
            metric: known.id,
            epoch,
            runs: (runs(before), runs(after)),
            means: (mean(before), mean(after)),
            change: found.change,
            interval: found.interval,
            run_sd: found.sd,
            autocorrelation: found.autocorrelation,
            detectable_change: found.detectable,
            usual_wander,
            worthwhile,
            sureness: Sureness::of(found.change, found.interval, &bars),
        })
    }

    /// The points of a series that count in trends, by epoch.
    fn by_epoch(&self, series: &Series) -> Vec<Vec<Placed>> {
        (0..self.epochs.len()).map(|epoch| placed(self, &series.points, epoch)).collect()
    }
}
