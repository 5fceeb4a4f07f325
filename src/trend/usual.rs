//! What is usual for this runner: the middle half of the other runs.

use super::History;
use crate::stats;

/// Other runs that "usual" needs at least. **chosen**: below it a middle half is two or three runs.
pub const ENOUGH_RUNS: usize = 5;

/// The middle half of the other runs of the same device epoch.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Usual {
    /// First quartile.
    pub low: f64,
    /// Third quartile.
    pub high: f64,
    /// Runs it rests on.
    pub runs: usize,
}

impl History {
    /// What is usual for a metric in the other runs of this run's device epoch; `None` with fewer
    /// than [`ENOUGH_RUNS`] of them.
    pub fn usual(&self, run: usize, metric: &str) -> Option<Usual> {
        self.middle_half(run, |other| Some(self.reading(other, metric)?.shown()))
    }

    /// The same for a vendor's own quantity, by its key.
    pub fn usual_of_vendor(&self, run: usize, key: &str) -> Option<Usual> {
        self.middle_half(run, |other| {
            Some(self.runs.get(other)?.vendor.iter().find(|v| v.key == key)?.value)
        })
    }

    fn middle_half(&self, run: usize, value: impl Fn(usize) -> Option<f64>) -> Option<Usual> {
        let epoch = self.epoch_of.get(run)?;
        let others = (0..self.runs.len())
            .filter(|other| *other != run && self.epoch_of.get(*other) == Some(epoch));
        let values: Vec<f64> = others.filter_map(value).collect();
        if values.len() < ENOUGH_RUNS {
            return None;
        }
        let low = stats::quantile(&values, 0.25)?;
        let high = stats::quantile(&values, 0.75)?;
        Some(Usual { low, high, runs: values.len() })
    }
}
