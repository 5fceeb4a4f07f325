//! Contact time, oscillation, ratio and duty factor run by run, broken at device changes.

use super::bins::{self, Grouping};
use super::overstride_proxies;
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
    let mut shown: Vec<Shown> = Vec::new();
    let estimated = estimated(history);
    let word = |id: &str| match (estimated, id) {
        (Some(words), _) => words.to_owned(),
        (None, "duty_factor") => "share of the stride on one foot".to_owned(),
        (None, _) => String::new(),
    };
    let all = SHOWN.map(|(id, .., factor, _)| values(history, id, factor));
    let longest = all.iter().max_by_key(|values| values.len());
    let grouping = longest.map_or(Grouping::Run, |values| Grouping::of_values(history, values));
    let runs = longest.map_or(0, Vec::len);
    let guess = |values: &Vec<Value>| values.iter().filter(|v| v.estimated).count();
    let guessed = all.iter().map(guess).max().unwrap_or_default();
    for ((id, title, unit, places, factor, least_span), values) in SHOWN.into_iter().zip(all) {
        let series = history.series_of(id).filter(|_| (factor - 1.0).abs() < f64::EPSILON);
        let subtitle = word(id);
        let subject = Subject { title, unit, places, least_span, subtitle, series, grouping };
        if let Some(panel) = panel(history, &values, &subject) {
            if !(id == "vertical_ratio" && overstride_proxies::draws_ratio(history)) {
                panels.push(panel);
            }
            shown.push(Shown { id, head: format!("{title}, {unit}"), places, factor, values });
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
    Ok(Chart {
        id: CHART.id,
        title: "Running dynamics",
        takeaway: takeaway(history, grouping, runs, guessed),
        key: key(&panels, grouping, runs, guessed),
        panels,
        layout: Layout::Multiples,
        details: details(history, runs).into_iter().chain(grouping.detail(runs)).collect(),
        table: table(history, grouping, &shown),
        metrics: &["ground_contact_time", "vertical_oscillation", "vertical_ratio", "duty_factor"],
    })
}

/// What is shown of one metric.
struct Shown {
    id: &'static str,
    head: String,
    places: usize,
    factor: f64,
    values: Vec<Value>,
}

fn key(panels: &[Panel], grouping: Grouping, runs: usize, guessed: usize) -> Vec<KeyItem> {
    let one = match grouping {
        Grouping::Run => "one run".to_owned(),
        other => format!("runs of a {}", other.word()),
    };
    let mut key = Vec::new();
    if guessed < runs {
        key.push(KeyItem::new(Swatch::Dot, Tone::Context, format!("{one}, measured")));
    }
    if guessed > 0 {
        let text = format!("{one}, estimated by the watch from speed and cadence");
        key.push(KeyItem::new(Swatch::Ring, Tone::Context, text));
    }
    let lines = |p: &Panel| p.layers.iter().any(|l| matches!(l, Layer::Line { .. }));
    if panels.iter().any(lines) {
        key.push(KeyItem::new(Swatch::Line, Tone::You, "line within one device, with its range"));
    }
    key
}

/// Which devices the values come from, and how many of them are no measurement.
fn takeaway(history: &History, grouping: Grouping, runs: usize, guessed: usize) -> String {
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
        _ if grouping != Grouping::Run => {
            format!("{first} Hollow dots are the watch's estimate, not a measurement.")
        }
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
    if overstride_proxies::draws_ratio(history) {
        lines.push(
            "Vertical ratio is drawn once, above, at one pace; the table has it as run.".to_owned(),
        );
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

fn table(history: &History, grouping: Grouping, shown: &[Shown]) -> Table {
    if grouping != Grouping::Run {
        let say: Vec<_> = shown.iter().map(|s| move |v: f64| decimals(v, s.places)).collect();
        let columns: Vec<bins::Column<'_>> = shown
            .iter()
            .zip(&say)
            .map(|(s, say)| bins::Column { head: s.head.clone(), values: &s.values, say })
            .collect();
        return bins::table(history, grouping, &columns);
    }
    let mut columns = vec!["Date".to_owned(), "Source".to_owned()];
    columns.extend(shown.iter().map(|s| s.head.clone()));
    let each = history.runs.iter().zip(&history.days).enumerate();
    let rows = each.filter_map(|(index, (run, date))| {
        let values: Vec<Option<f64>> = shown.iter().map(|s| run.value(s.id)).collect();
        let cells = values.iter().zip(shown).map(|(value, s)| {
            value.map_or_else(|| "–".to_owned(), |v| decimals(s.factor * v, s.places))
        });
        let source = source(history, index);
        let any = values.iter().any(Option::is_some);
        any.then(|| [day(*date), source.to_owned()].into_iter().chain(cells).collect())
    });
    let rows = rows.collect();
    Table { columns, rows }
}
