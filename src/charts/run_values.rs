//! Small multiples of one value a run: dots, breaks at device changes, and Sen's line of each
//! epoch. Very many runs are put together, and the latest keeps a dot of its own.

use super::bins::{Grouping, middle_halves, put_together};
use super::cadence_trend::device_breaks;
use super::trend_lines::trend_layers;
use super::{Axis, Dot, Layer, Panel, Tone, day_number, radius};
use crate::quantities::{day_month, decimals};
use crate::trend::{History, Series};

/// One value of one run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Value {
    /// Index of the run.
    pub run: usize,
    /// The value in display units.
    pub value: f64,
    /// Whether the watch only computes it from speed and cadence.
    pub estimated: bool,
}

/// What a panel of small multiples shows.
#[derive(Clone, Debug)]
pub struct Subject<'a> {
    /// Title of the panel.
    pub title: &'a str,
    /// Unit beside the axis.
    pub unit: &'a str,
    /// Decimals of values and ticks.
    pub places: usize,
    /// Least span of the axis, in the unit: noise must not fill a panel.
    pub least_span: f64,
    /// A word under the title.
    pub subtitle: String,
    /// Series that has the trend lines, in the same unit as the values.
    pub series: Option<&'a Series>,
    /// What one dot stands for.
    pub grouping: Grouping,
}

/// Describes a panel; `None` without values.
pub fn panel(history: &History, values: &[Value], subject: &Subject<'_>) -> Option<Panel> {
    let (first, last) = (history.days.first()?, history.days.last()?);
    let all = values.iter().map(|v| v.value);
    let (low, high) = all.fold((f64::MAX, f64::MIN), |(a, b), v| (a.min(v), b.max(v)));
    if values.is_empty() {
        return None;
    }
    let room = (0.5 * (subject.least_span - (high - low))).max(0.0);
    let said = |v: f64| format!("{} {}", decimals(v, subject.places), subject.unit);
    let lines = subject.series.map(trend_layers).unwrap_or_default();
    let mut layers: Vec<Layer> = estimated_since(history, values).into_iter().collect();
    layers.extend(lines.iter().map(|(ribbon, _)| ribbon.clone()));
    layers.extend(dots(history, values, subject, &said));
    layers.extend(lines.into_iter().map(|(_, line)| without_label(line)));
    layers.extend(device_breaks(history).into_iter().map(|b| match b {
        Layer::Break { x, .. } => Layer::Break { x, label: String::new() },
        other => other,
    }));
    let mut x = Axis::days(*first, *last);
    x.narrow_every = x.ticks.len().div_ceil(3).max(1);
    Some(Panel {
        title: Some(subject.title.to_owned()),
        subtitle: subtitle(subject),
        description: format!(
            "{}, one dot a {}, {} runs between {} and {}.",
            subject.title,
            subject.grouping.word(),
            values.len(),
            said(low),
            said(high)
        ),
        x,
        y: Axis::numbers(subject.unit, low - room, high + room, 4),
        height_px: (170, 170),
        layers,
    })
}

/// The word under the title, with what a dot is where that is not one run.
fn subtitle(subject: &Subject<'_>) -> Option<String> {
    let words = Some(subject.subtitle.clone()).filter(|words| !words.is_empty());
    match (words, subject.grouping.says()) {
        (Some(words), Some(says)) => Some(format!("{words}; {says}")),
        (words, says) => words.or(says),
    }
}

/// A dot a run, or a dot a group of runs with their middle half and the latest run.
fn dots(
    history: &History,
    values: &[Value],
    subject: &Subject<'_>,
    said: &dyn Fn(f64) -> String,
) -> Vec<Layer> {
    let of_run = |v: &Value, tone: Tone| {
        let day = history.days.get(v.run)?;
        let estimated = if v.estimated { ", estimated by the watch" } else { "" };
        let title = format!("{}: {}{estimated}", day_month(*day), said(v.value));
        Some(Dot { x: day_number(*day), y: v.value, tone, hollow: v.estimated, title })
    };
    if subject.grouping == Grouping::Run {
        let dots = values.iter().filter_map(|v| of_run(v, Tone::Context)).collect();
        return vec![Layer::Dots { dots, radius: radius(values.len(), 30) }];
    }
    let bins = put_together(history, values, subject.grouping);
    let mut layers = middle_halves(&bins, subject.grouping);
    let dots = bins.iter().map(|bin| Dot {
        x: bin.x,
        y: bin.quartiles.1,
        tone: Tone::Context,
        hollow: bin.estimated,
        title: bin.said(subject.grouping, said),
    });
    layers.push(Layer::Dots { dots: dots.collect(), radius: radius(bins.len(), 30) });
    let latest = values.last().and_then(|v| of_run(v, Tone::You));
    layers.push(Layer::Dots { dots: latest.into_iter().collect(), radius: 30 });
    layers
}

/// The stretch at the end in which the watch only estimates, where values before it are measured.
fn estimated_since(history: &History, values: &[Value]) -> Option<Layer> {
    let last_measured = values.iter().rposition(|v| !v.estimated)?;
    let (before, after) = (values.get(last_measured)?, values.get(last_measured + 1)?);
    let (before, after) = (history.days.get(before.run)?, history.days.get(after.run)?);
    // The line of the device change stands in the middle of the same two days.
    let breaks = device_breaks(history).into_iter().filter_map(|b| match b {
        Layer::Break { x, .. } => Some(x),
        _ => None,
    });
    let (low, high) = (day_number(*before), day_number(*after));
    let at_break = breaks.into_iter().find(|x| (low..=high).contains(x));
    let end = Axis::days(*history.days.first()?, *history.days.last()?).high;
    Some(Layer::Column {
        low: at_break.unwrap_or((low + high) / 2.0),
        high: end,
        label: "estimated by the watch".to_owned(),
    })
}

fn without_label(layer: Layer) -> Layer {
    match layer {
        Layer::Line { points, tone, width, dashed, .. } => {
            Layer::Line { points, tone, width, dashed, label: None }
        }
        other => other,
    }
}
