//! One flat row per run: what it is, every metric with its parts, and the device's own summary
//! beside it. Comma-separated values, a JSON array and newline-delimited JSON are three spellings
//! of the same rows.

use std::borrow::Cow;
use std::io::Write;

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::{Report, WriteError, csv, figures};
use crate::activity::{Sport, SummaryKey};
use crate::journal::{Noted, Stated};
use crate::metrics::vendor;
use crate::metrics::{METRICS, Metric, Outcome};

/// The device's own figures and the columns they go to.
pub const DEVICE_COLUMNS: &[(SummaryKey, &str)] = &[
    (SummaryKey::StepRateSpm, "device_step_rate_spm"),
    (SummaryKey::MaxStepRateSpm, "device_max_step_rate_spm"),
    (SummaryKey::Steps, "device_steps"),
    (SummaryKey::DistanceM, "device_distance_m"),
    (SummaryKey::TimerS, "device_timer_s"),
    (SummaryKey::ElapsedS, "device_elapsed_s"),
    (SummaryKey::AscentM, "device_ascent_m"),
    (SummaryKey::DescentM, "device_descent_m"),
    (SummaryKey::SpeedMS, "device_speed_m_s"),
    (SummaryKey::HeartRateBpm, "device_heart_rate_bpm"),
    (SummaryKey::PowerW, "device_power_w"),
    (SummaryKey::StepLengthM, "device_step_length_m"),
    (SummaryKey::GroundContactTimeMs, "device_ground_contact_time_ms"),
    (SummaryKey::ContactBalanceLeftPercent, "device_contact_balance_left_percent"),
    (SummaryKey::VerticalOscillationMm, "device_vertical_oscillation_mm"),
    (SummaryKey::VerticalRatioPercent, "device_vertical_ratio_percent"),
];

/// What a run is, as columns with what they hold.
pub const HEAD_COLUMNS: [(&str, &str); 8] = [
    ("file", "label of the file, as given"),
    ("part", "which activity of the file, from 1"),
    ("format", "FIT, GPX or TCX"),
    ("device", "watch or app"),
    ("sport", "as recorded, or as judged where the file is silent"),
    ("sub_sport", "as recorded"),
    ("start_utc", "start, UTC"),
    ("day", "the runner's own day"),
];

/// What was noted about a run, as columns with what they hold.
pub const NOTED_COLUMNS: [(&str, &str); 11] = [
    ("shoe", "as noted"),
    ("surface", "as noted"),
    ("road_side", "as stated"),
    ("road_kind", "as stated"),
    ("crossfall_percent", "as the runner measured it"),
    ("exertion", "0 to 10, as noted"),
    ("pain_during", "0 to 10, as noted"),
    ("pain_next_morning", "0 to 10, as noted"),
    ("pain_where", "as noted"),
    ("pain_side", "as noted"),
    ("note", "the text as noted"),
];

/// What ends a row, as columns with what they hold.
pub const TAIL_COLUMNS: [(&str, &str); 2] = [
    ("unavailable", "metrics without a reading, each with the code of its reason"),
    ("schema_version", "version of this shape"),
];

/// A cell of a row.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Text, untrusted unless it is ours.
    Text(String),
    /// A finite number.
    Number(f64),
    /// A count.
    Whole(usize),
    /// Nothing there.
    Empty,
}

impl Cell {
    fn number(value: Option<f64>) -> Self {
        value.filter(|v| v.is_finite()).map_or(Self::Empty, Self::Number)
    }

    fn text(value: Option<&str>) -> Self {
        value.map_or(Self::Empty, |t| Self::Text(t.to_owned()))
    }
}

impl Serialize for Cell {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => serializer.serialize_str(text),
            Self::Number(value) => serializer.serialize_f64(*value),
            Self::Whole(value) => serializer.serialize_u64(*value as u64),
            Self::Empty => serializer.serialize_none(),
        }
    }
}

/// The columns of a report's rows, and what fills them.
struct Layout {
    metrics: Vec<(&'static Metric, Vec<Cow<'static, str>>)>,
    vendor: Vec<&'static str>,
    columns: Vec<Cow<'static, str>>,
}

/// A report's runs as rows in order of their start, made one at a time: the cells of thousands of
/// runs would outweigh their text.
fn rows(report: &Report, layout: &Layout) -> impl Iterator<Item = Vec<Cell>> {
    (0..report.history.runs.len()).map(move |run| row(report, run, layout))
}

fn layout(report: &Report) -> Layout {
    let metrics: Vec<(&Metric, Vec<Cow<'static, str>>)> =
        METRICS.iter().map(|m| (m, part_keys(report, m))).collect();
    let mut columns: Vec<Cow<'static, str>> =
        HEAD_COLUMNS.map(|(name, _)| Cow::Borrowed(name)).to_vec();
    for (metric, parts) in &metrics {
        columns.push(Cow::Owned(format!("{}{}", metric.id, metric.unit.suffix)));
        columns.extend(parts.iter().map(|key| part_column(metric, key)));
    }
    columns.extend(DEVICE_COLUMNS.iter().map(|(_, name)| Cow::Borrowed(*name)));
    let vendor: Vec<&'static str> = vendor::keys()
        .filter(|key| report.history.runs.iter().any(|r| r.vendor.iter().any(|v| v.key == *key)))
        .collect();
    columns.extend(vendor.iter().map(|key| Cow::Owned(format!("vendor_{key}"))));
    let last = NOTED_COLUMNS.into_iter().chain(TAIL_COLUMNS);
    columns.extend(last.map(|(name, _)| Cow::Borrowed(name)));
    Layout { metrics, vendor, columns }
}

/// Keys of a metric's parts over all runs, in order of first appearance.
fn part_keys(report: &Report, metric: &Metric) -> Vec<Cow<'static, str>> {
    let mut keys: Vec<Cow<'static, str>> = Vec::new();
    let own = report.history.runs.iter().map(|run| &run.readings);
    for key in own.chain(&report.history.past).flat_map(|r| r.part_keys(metric.id)) {
        if !keys.contains(key) {
            keys.push(key.clone());
        }
    }
    keys
}

/// Column of a part: its key, with the metric's name before it unless it carries it already.
fn part_column(metric: &Metric, key: &str) -> Cow<'static, str> {
    if key.starts_with(metric.id) {
        Cow::Owned(key.to_owned())
    } else {
        Cow::Owned(format!("{}_{key}", metric.id))
    }
}

fn row(report: &Report, index: usize, layout: &Layout) -> Vec<Cell> {
    let history = &report.history;
    let Some(run) = history.runs.get(index) else { return Vec::new() };
    let meta = &run.meta;
    let sport = match &meta.sport {
        Sport::Running => "running",
        Sport::Other(name) => name,
        Sport::Unknown => "unknown",
    };
    let sub_sport = serde_json::to_value(&meta.sub_sport).ok();
    let sub_sport =
        sub_sport.as_ref().and_then(|v| v.as_str().or_else(|| v.get("other")?.as_str()));
    let mut cells = vec![
        Cell::Text(meta.file.clone()),
        Cell::Whole(meta.part + 1),
        Cell::Text(meta.format.to_owned()),
        Cell::Text(meta.device.label()),
        Cell::Text(sport.to_owned()),
        Cell::text(sub_sport),
        Cell::Text(meta.start.to_string()),
        history.days.get(index).map_or(Cell::Empty, |d| Cell::Text(d.to_string())),
    ];
    let mut unavailable: Vec<String> = Vec::new();
    let outcomes = history.outcomes(index);
    for (metric, parts) in &layout.metrics {
        let outcome = outcomes.iter().find(|(id, _)| *id == metric.id).map(|(_, o)| o);
        if let Some(Outcome::Unavailable(why)) = outcome {
            unavailable.push(format!("{}:{}", metric.id, why.code));
        }
        let reading = outcome.and_then(Outcome::reading);
        cells.push(Cell::number(reading.map(|r| r.value)));
        cells.extend(parts.iter().map(|key| Cell::number(reading.and_then(|r| r.get(key)))));
    }
    cells.extend(DEVICE_COLUMNS.iter().map(|(key, _)| Cell::number(run.summary.get(*key))));
    cells.extend(
        layout
            .vendor
            .iter()
            .map(|key| Cell::number(run.vendor.iter().find(|v| v.key == *key).map(|v| v.value))),
    );
    cells.extend(noted(&run.noted));
    let unavailable = unavailable.join("; ");
    cells.push(Cell::text(Some(unavailable.as_str()).filter(|t| !t.is_empty())));
    cells.push(Cell::Whole(super::json::SCHEMA_VERSION as usize));
    cells
}

/// Cells of [`NOTED_COLUMNS`].
fn noted(noted: &Noted) -> [Cell; NOTED_COLUMNS.len()] {
    let text = |s: &Option<Stated<String>>| Cell::text(s.as_ref().map(|s| s.value.as_str()));
    let number = |s: &Option<Stated<f64>>| Cell::number(s.as_ref().map(|s| s.value));
    let word =
        |value: Option<serde_json::Value>| Cell::text(value.as_ref().and_then(|v| v.as_str()));
    [
        text(&noted.shoe),
        text(&noted.surface),
        word(noted.road_side.as_ref().and_then(|s| serde_json::to_value(s.value).ok())),
        word(noted.road_kind.as_ref().and_then(|s| serde_json::to_value(s.value).ok())),
        number(&noted.crossfall_percent),
        number(&noted.exertion),
        number(&noted.pain_during),
        number(&noted.pain_next_morning),
        text(&noted.pain_where),
        text(&noted.pain_side),
        text(&noted.text),
    ]
}

/// A row as a JSON object.
struct Object<'a> {
    columns: &'a [Cow<'static, str>],
    cells: Vec<Cell>,
}

impl Serialize for Object<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.columns.len()))?;
        for (column, cell) in self.columns.iter().zip(&self.cells) {
            map.serialize_entry(column, cell)?;
        }
        map.end()
    }
}

/// All rows as JSON objects.
struct Objects<'a> {
    report: &'a Report,
    layout: &'a Layout,
}

impl Objects<'_> {
    fn iter(&self) -> impl Iterator<Item = Object<'_>> {
        let columns = &self.layout.columns;
        rows(self.report, self.layout).map(move |cells| Object { columns, cells })
    }
}

impl Serialize for Objects<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

/// The rows as comma-separated values with a heading.
///
/// # Errors
/// When a row does not have the heading's length, which would be a fault of ours, or the rows
/// cannot be written.
pub fn write_csv(report: &Report, out: &mut dyn Write) -> Result<(), WriteError> {
    let layout = layout(report);
    csv::write(&layout.columns, rows(report, &layout), csv::Text::Guarded, out)
}

/// The same with text letter for letter.
///
/// # Errors
/// As for [`write_csv`].
pub fn write_raw_csv(report: &Report, out: &mut dyn Write) -> Result<(), WriteError> {
    let layout = layout(report);
    csv::write(&layout.columns, rows(report, &layout), csv::Text::Raw, out)
}

/// The rows as a JSON array of flat objects.
///
/// # Errors
/// When a row cannot be serialised, which would be a fault of ours, or not be written.
pub fn write_json(report: &Report, out: &mut dyn Write) -> Result<(), WriteError> {
    let layout = layout(report);
    figures::write_pretty_json(&Objects { report, layout: &layout }, out)?;
    Ok(out.write_all(b"\n")?)
}

/// The rows as one flat JSON object a line.
///
/// # Errors
/// As for [`write_json`].
pub fn write_ndjson(report: &Report, out: &mut dyn Write) -> Result<(), WriteError> {
    let layout = layout(report);
    for object in (Objects { report, layout: &layout }).iter() {
        figures::write_line_json(&object, out)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}
