//! Notes on pain as small marks on the time axis of every chart that has one, as written. No line,
//! no number and no takeaway is made from them.

use jiff::civil::Date;

use super::{Chart, ChartEntry, KeyItem, Layer, Swatch, Tone};
use crate::journal::PainNote;
use crate::quantities::{day, day_month, figure_of_ten};
use crate::settings::Settings;
use crate::trend::History;

/// Days of marks that the key names one by one. **chosen**: one short line.
const MOST_NAMED: usize = 2;

/// Along which axis time runs in a panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Along {
    /// From left to right.
    X,
    /// From top to bottom.
    Y,
}

/// One mark on a time axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// Place on the time axis.
    pub at: f64,
    /// The figure as noted: pain during the run, in brackets that of the next morning.
    pub label: String,
    /// Whether the note says that nothing hurt.
    pub hollow: bool,
    /// The day, for a reader.
    pub day: String,
    /// The note as written. Untrusted text.
    pub said: String,
}

impl Mark {
    fn of(note: &PainNote, at: f64) -> Self {
        let label = match (note.during, note.next_morning) {
            (Some(during), _) => figure_of_ten(during),
            (None, Some(morning)) => format!("({})", figure_of_ten(morning)),
            (None, None) => String::new(),
        };
        let text = note.text.as_ref().map(|t| format!(": {t}")).unwrap_or_default();
        Self {
            at,
            label,
            hollow: note.says_none(),
            day: day(note.day),
            said: format!("{}{text}", note.as_written()),
        }
    }
}

impl ChartEntry {
    /// The chart with the runner's notes on pain along its time axis, or the line that stands in
    /// its place.
    ///
    /// # Errors
    /// As for `describe`: the line says what would fill the chart.
    pub fn chart(&self, history: &History, settings: &Settings) -> Result<Chart, String> {
        let mut chart = (self.describe)(history, settings)?;
        if !history.pain.is_empty() {
            mark(&mut chart, &history.pain);
        }
        Ok(chart)
    }
}

fn mark(chart: &mut Chart, pain: &[PainNote]) {
    let mut days: Vec<Date> = Vec::new();
    for panel in &mut chart.panels {
        for (axis, along) in [(&panel.x, Along::X), (&panel.y, Along::Y)] {
            let placed =
                pain.iter().filter_map(|note| Some((note.day, axis.place(note.day)?, note)));
            let placed: Vec<_> = placed.collect();
            if placed.is_empty() {
                continue;
            }
            days.extend(placed.iter().map(|p| p.0));
            let marks = placed.into_iter().map(|(_, at, note)| Mark::of(note, at)).collect();
            panel.layers.push(Layer::Marks { marks, along });
        }
    }
    days.sort_unstable();
    days.dedup();
    if days.is_empty() {
        return;
    }
    let text = if days.len() <= MOST_NAMED {
        let named: Vec<String> = days.iter().map(|d| day_month(*d)).collect();
        format!("pain noted: {}", named.join(", "))
    } else {
        format!("pain noted on {} days", days.len())
    };
    chart.key.push(KeyItem::new(Swatch::Mark, Tone::Ink, text));
}

impl Chart {
    /// The marks of all panels, each once.
    pub fn marks(&self) -> Vec<&Mark> {
        let mut all: Vec<&Mark> = Vec::new();
        for layer in self.panels.iter().flat_map(|p| &p.layers) {
            let Layer::Marks { marks, .. } = layer else { continue };
            for mark in marks {
                if !all.iter().any(|m| m.day == mark.day && m.said == mark.said) {
                    all.push(mark);
                }
            }
        }
        all
    }
}
