//! Contact time, oscillation, ratio and duty factor run by run, broken at device changes.

use super::run_values::{Subject, Value, panel};
use super::{
    Chart, ChartEntry, FEWEST_DRAWN, KeyItem, Layer, Layout, Panel, Section, Swatch, Table, Tone,
};
use crate::quantities::{day, decimals};
use crate::segment::Dynamics;
use crate::settings::Settings;
use crate::trend::History;

/// The chart.
pub const CHART: ChartEntry =
    ChartEntry { id: "running_dynamics", section: Section::Stride, describe };

/// Metric, title, unit, decimals, the factor from the metric's unit to the shown one, and the
/// least span of the axis (**chosen**: what runs of one runner usually span).
const SHOWN: [(&str, &str, &str, usize, f64, f64); 4] = [
    ("ground_contact_time", "Ground contact time", "ms", 0, 1.0, 20.0),
    ("vertical_oscillation", "Vertical oscillation", "mm", 0, 1.0, 10.0),
    ("vertical_ratio", "Vertical ratio", "%", 1, 1.0, 2.0),
    ("duty_factor", "Duty factor", "%", 1, 100.0, 4.0),
];

fn describe(history: &History, _: &Settings) -> Result<Chart, String> {
    let mut panels = Vec::new();
    let mut columns = vec!["Date".to_owned(), "Source".to_owned()];
    let mut shown: Vec<(&str, usize, f64)> = Vec::new();
    let estimated = estimated(history);
    let word = |id: &str| match (estimated, id) {
        (Some(words), _) => words.to_owned(),
        (None, "duty_factor") => "share of the stride on one foot".to_owned(),
        (None, _) => String::new(),
    };
    let (mut runs, mut guessed) = (0, 0);
    for (id, title, unit, places, factor, least_span) in SHOWN {
        let values = values(history, id, factor);
        runs = runs.max(values.len());
        guessed = guessed.max(values.iter().filter(|v| v.estimated).count());
        let series = history.series_of(id).filter(|_| (factor - 1.0).abs() < f64::EPSILON);
        let subject = Subject { title, unit, places, least_span, subtitle: word(id), series };
        if let Some(panel) = panel(history, &values, &subject) {
            panels.push(panel);
            columns.push(format!("{title}, {unit}"));
            shown.push((id, places, factor));
        }
    }
    if panels.is_empty() {
        return Err("No running dynamics in these files. A chest strap, a pod or a newer watch \
                    records contact time and oscillation, and the original FIT carries them."
            .to_owned());
    }
    if runs < FEWEST_DRAWN {
        // The table of a run has the values; two dots are no picture.
        return Err("Running dynamics over time need three runs.".to_owned());
    }
    let takeaway = takeaway(history, runs, guessed);
    let mut key = vec![KeyItem::new(Swatch::Dot, Tone::Context, "one run, measured")];
    if guessed == runs {
        key.clear();
    }
    if guessed > 0 {
        let text = "one run, estimated by the watch from speed and cadence";
        key.push(KeyItem::new(Swatch::Ring, Tone::Context, text));
    }
    let lines = |p: &Panel| p.layers.iter().any(|l| matches!(l, Layer::Line { .. }));
    if panels.iter().any(lines) {
        key.push(KeyItem::new(Swatch::Line, Tone::You, "line within one device, with its range"));
    }
    Ok(Chart {
        id: CHART.id,
        title: "Running dynamics",
        takeaway,
        key,
        panels,
        layout: Layout::Multiples,
        details: details(history, runs),
        table: table(history, columns, &shown),
        metrics: &["ground_contact_time", "vertical_oscillation", "vertical_ratio", "duty_factor"],
    })
}

/// Which devices the values come from, and how many of them are no measurement.
fn takeaway(history: &History, runs: usize, guessed: usize) -> String {
    let devices = history.epochs.iter().filter(|e| e.dynamics != Dynamics::None).count();
    let on = if devices > 1 { format!("{devices} devices") } else { "one device".to_owned() };
    if guessed == runs {
        return format!("{runs} runs on {on}, all estimated by the watch from speed and cadence.");
    }
    let first = if devices > 1 {
        format!("{runs} runs on {on}; a step at a dashed line is the device, not you.")
    } else {
        format!("{runs} runs on {on}. Shorter contact is neither good nor bad by itself.")
    };
    match guessed {
        0 => first,
        1 => format!("{first} The hollow dot is the watch's estimate, not a measurement."),
        n => format!("{first} The {n} hollow dots are the watch's estimate, not a measurement."),
    }
}

fn values(history: &History, id: &str, factor: f64) -> Vec<Value> {
    let each = history.runs.iter().enumerate();
    each.filter_map(|(run, a)| {
        let epoch = history.epoch_of.get(run).and_then(|e| history.epochs.get(*e));
        let estimated = epoch.is_some_and(|e| e.dynamics == Dynamics::Estimated);
        Some(Value { run, value: factor * a.value(id)?, estimated })
    })
    .collect()
}

/// What to say when the watch computes these numbers from speed and cadence.
fn estimated(history: &History) -> Option<&'static str> {
    let kinds = || history.epochs.iter().map(|e| e.dynamics).filter(|d| *d != Dynamics::None);
    if kinds().count() == 0 || kinds().any(|d| d == Dynamics::Measured) {
        None
    } else if kinds().all(|d| d == Dynamics::Estimated) {
        Some("estimated by the watch")
    } else {
        Some("perhaps estimated by the watch")
    }
}

fn details(history: &History, runs: usize) -> Vec<String> {
    let mut lines = vec![format!("n = {runs} runs; each value is a time-weighted mean of a run.")];
    for epoch in history.epochs.iter().filter(|e| e.dynamics != Dynamics::None) {
        let word = match epoch.dynamics {
            Dynamics::Measured => "measured",
            Dynamics::Estimated => {
                "estimated by the watch from speed and cadence: evidence of nothing beyond them"
            }
            Dynamics::NotKnown => "too little running to tell measured from estimated",
            Dynamics::None => "none",
        };
        lines.push(format!("{}, {} runs: {word}.", epoch.label, epoch.runs.len()));
    }
    lines.push("Values move with pace; compare runs of the same pace.".to_owned());
    lines
}

/// Where a run's values come from, in a word.
fn source(history: &History, run: usize) -> &'static str {
    let epoch = history.epoch_of.get(run).and_then(|e| history.epochs.get(*e));
    match epoch.map_or(Dynamics::NotKnown, |e| e.dynamics) {
        Dynamics::Measured => "measured",
        Dynamics::Estimated => "estimated",
        Dynamics::NotKnown | Dynamics::None => "not known",
    }
}

fn table(history: &History, columns: Vec<String>, shown: &[(&str, usize, f64)]) -> Table {
    let each = history.runs.iter().zip(&history.days).enumerate();
    let rows = each.filter_map(|(index, (run, date))| {
        let any = shown.iter().any(|(id, ..)| run.value(id).is_some());
        let cells = shown.iter().map(|(id, places, factor)| {
            let value = run.reading(id);
            value.map_or_else(|| "–".to_owned(), |r| decimals(factor * r.value, *places))
        });
        let source = source(history, index);
        any.then(|| [day(*date), source.to_owned()].into_iter().chain(cells).collect())
    });
    let rows = rows.collect();
    Table { columns, rows }
}
