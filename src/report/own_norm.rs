//! One run's readings beside what is usual for its runner: the middle half of their other runs on
//! the same device.

use super::Report;
use super::plain::{figure, range};
use crate::metrics::{METRICS, Metric, Outcome};
use crate::quantities::Quantities;

/// Where a reading lies against the middle half of the other runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Below three quarters of them.
    Below,
    /// In the middle half.
    Within,
    /// Above three quarters of them.
    Above,
}

impl Standing {
    /// For a reader.
    pub fn words(self) -> &'static str {
        match self {
            Self::Below => "below usual",
            Self::Within => "usual",
            Self::Above => "above usual",
        }
    }

    /// A mark of one character.
    pub fn mark(self) -> char {
        match self {
            Self::Below => '▼',
            Self::Within => '=',
            Self::Above => '▲',
        }
    }
}

/// One reading in a reader's words.
#[derive(Clone, Debug)]
pub struct Row {
    /// What.
    pub metric: &'static Metric,
    /// The figure with its unit; says where the watch's own total is shown.
    pub value: String,
    /// Its 95 % interval, where it has one.
    pub interval: Option<String>,
    /// The middle half of the other runs, where there are enough.
    pub usual: Option<String>,
    /// Where the reading lies against that, as far as the shown figures tell.
    pub standing: Option<Standing>,
}

/// Every metric that has a number for a run, in report order.
pub fn rows(report: &Report, index: usize) -> Vec<Row> {
    let history = &report.history;
    let say = Quantities::new(report.settings.display);
    let each = METRICS.iter().filter_map(|metric| {
        let Some(Outcome::Reading(reading)) = history.outcome(index, metric.id) else {
            return None;
        };
        let said = |value: f64| figure(value, metric.unit, say);
        let whose = if reading.stated_total().is_some() { " by the watch" } else { "" };
        let usual = history.usual(index, metric.id);
        let standing = usual.map(|usual| {
            let own = said(reading.shown());
            // What reads the same is the same.
            if reading.shown() < usual.low && own != said(usual.low) {
                Standing::Below
            } else if reading.shown() > usual.high && own != said(usual.high) {
                Standing::Above
            } else {
                Standing::Within
            }
        });
        Some(Row {
            metric,
            value: format!("{}{whose}", said(reading.shown())),
            interval: reading.interval.map(|(low, high)| range(low, high, metric.unit, say)),
            usual: usual.map(|u| range(u.low, u.high, metric.unit, say)),
            standing,
        })
    });
    each.collect()
}

/// Metrics without a number for a run, by reason, in report order.
pub fn not_known(report: &Report, index: usize) -> Vec<(String, Vec<&'static str>)> {
    let mut missing: Vec<(String, Vec<&'static str>)> = Vec::new();
    for metric in METRICS {
        if let Some(Outcome::Unavailable(why)) = report.history.outcome(index, metric.id) {
            match missing.iter_mut().find(|(reason, _)| *reason == why.reason) {
                Some((_, titles)) => titles.push(metric.title),
                None => missing.push((why.reason, vec![metric.title])),
            }
        }
    }
    missing
}
