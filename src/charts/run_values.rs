//! Small multiples of one value a run: dots, breaks at device changes, and Sen's line of each
//! epoch.

use super::cadence_trend::{device_breaks, trend_layers};
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
    /// A word under the title.
    pub subtitle: String,
    /// Series that has the trend lines, in the same unit as the values.
    pub series: Option<&'a Series>,
}

/// Describes a panel; `None` without values.
pub fn panel(history: &History, values: &[Value], subject: &Subject<'_>) -> Option<Panel> {
    let (first, last) = (history.days.first()?, history.days.last()?);
    let all = values.iter().map(|v| v.value);
    let (low, high) = all.fold((f64::MAX, f64::MIN), |(a, b), v| (a.min(v), b.max(v)));
    if values.is_empty() {
        return None;
    }
    let said = |v: f64| format!("{} {}", decimals(v, subject.places), subject.unit);
    let dots = values.iter().filter_map(|v| {
        let day = history.days.get(v.run)?;
        Some(Dot {
            x: day_number(*day),
            y: v.value,
            tone: Tone::Context,
            hollow: false,
            title: format!("{}: {}", day_month(*day), said(v.value)),
        })
    });
    let lines = subject.series.map(trend_layers).unwrap_or_default();
    let mut layers: Vec<Layer> = lines.iter().map(|(ribbon, _)| ribbon.clone()).collect();
    layers.push(Layer::Dots { dots: dots.collect(), radius: radius(values.len(), 30) });
    layers.extend(lines.into_iter().map(|(_, line)| without_label(line)));
    layers.extend(device_breaks(history).into_iter().map(|b| match b {
        Layer::Break { x, .. } => Layer::Break { x, label: String::new() },
        other => other,
    }));
    let mut x = Axis::days(*first, *last);
    x.narrow_every = x.ticks.len().div_ceil(3).max(1);
    Some(Panel {
        title: Some(subject.title.to_owned()),
        subtitle: (!subject.subtitle.is_empty()).then(|| subject.subtitle.clone()),
        description: format!(
            "{}, one dot a run, {} runs between {} and {}.",
            subject.title,
            values.len(),
            said(low),
            said(high)
        ),
        x,
        y: Axis::numbers(subject.unit, low, high, 4),
        height_px: (170, 170),
        layers,
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
