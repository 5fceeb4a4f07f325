//! Lines over time with their ribbons, and cadence brought to the page's one pace.

use super::{Dashes, Layer, Tone, day_number};
use crate::findings::lately;
use crate::quantities::whole;
use crate::trend::{History, Series};

/// Cadence of each run at the page's usual pace, by the law of the watch it was recorded with.
pub(super) fn usual_pace(history: &History) -> impl Fn(usize) -> Option<f64> + '_ {
    let moves = history.to_own_pace();
    move |run| {
        let value = history.reading(run, "adjusted_cadence")?.value;
        Some(value + moves.get(*history.epoch_of.get(run)?).copied().flatten()?)
    }
}

/// The lines of [`trend_layers`], all at the page's usual pace: each watch has a usual pace of its
/// own. A line whose law does not reach there stays out of a picture with one pace.
pub(super) fn at_own_pace(history: &History, series: &Series) -> Vec<(Layer, Layer)> {
    let mut series = series.clone();
    let moves = history.to_own_pace();
    series.trends.retain_mut(|trend| match moves.get(trend.epoch).copied().flatten() {
        Some(moved) => {
            trend.line = trend.line.map(|(first, last)| (first + moved, last + moved));
            true
        }
        None => false,
    });
    let mut layers = trend_layers(&series);
    // Beyond the end of an earlier watch's line stand the dots of the next watch: a number there
    // would lie on them, and the sentence above has it.
    let current = series.trends.iter().any(|t| t.line.is_some() && lately::is_current(history, t));
    if !current {
        for (_, line) in &mut layers {
            if let Layer::Line { label, .. } = line {
                *label = None;
            }
        }
    }
    layers
}

/// Ribbon and line of each epoch that has a trend: the ribbon is the interval of the slope about
/// the middle of the span.
pub fn trend_layers(series: &Series) -> Vec<(Layer, Layer)> {
    let last_epoch = series.trends.iter().filter(|t| t.line.is_some()).map(|t| t.epoch).max();
    series
        .trends
        .iter()
        .filter_map(|trend| {
            let (first, last) = trend.line?;
            let (x0, x1) = (day_number(trend.span.0), day_number(trend.span.1));
            let (middle_x, middle) = ((x0 + x1) / 2.0, (first + last) / 2.0);
            let (low, high) = trend.interval_per_30d.or(trend.slope_per_30d.map(|s| (s, s)))?;
            let edge = |x: f64, slope: f64| middle + slope * (x - middle_x) / 30.0;
            let at = |x: f64| {
                let (a, b) = (edge(x, low), edge(x, high));
                (x, a.min(b), a.max(b))
            };
            let label = (Some(trend.epoch) == last_epoch).then(|| whole(last));
            Some((
                Layer::Ribbon {
                    points: vec![at(x0), at(middle_x), at(x1)],
                    tone: Tone::You,
                    strength: 0.18,
                    label: None,
                },
                Layer::Line {
                    points: vec![(x0, first), (x1, last)],
                    tone: Tone::You,
                    width: 24,
                    dashed: Dashes::Solid,
                    label,
                },
            ))
        })
        .collect()
}
