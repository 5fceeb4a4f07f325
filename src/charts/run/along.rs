//! One run along its time: pace, steps a minute against the band and against the runner's own
//! usual, hills, running dynamics, heart rate, power; whatever was recorded, on one axis.

use super::MINUTE_S;
use super::lanes::{HILL, Norm, Told, digits, expected, panels, tone_of};
use crate::charts::{Chart, KeyItem, Layout, Swatch, Table, Tone};
use crate::quantities::{Quantities, clock, signed, whole};
use crate::run::marked::Mark;
use crate::run::{Lane, Quantity, RunDetail};
use crate::segment::Dynamics;
use crate::settings::Settings;
use crate::trend::ENOUGH_RUNS;

/// Minutes of a row of the table. **chosen**: what a reader would ask for.
const ROW_MINUTES: [f64; 6] = [1.0, 2.0, 5.0, 10.0, 30.0, 60.0];
/// Rows of the table at most. **chosen**: an hour by the minute.
const MOST_ROWS: usize = 75;

/// A row of the table.
struct Row {
    from_s: f64,
    to_s: f64,
    /// A mean for each lane.
    means: Vec<Option<f64>>,
    /// What is usual: the step rate less the difference to the norm wherever the norm speaks.
    expected: Option<f64>,
}

/// The chart of a run along its time; `None` without anything along it.
pub fn along(detail: &RunDetail, norm: Option<Norm<'_>>, settings: &Settings) -> Option<Chart> {
    let said = Quantities::new(settings.display);
    // A law that rests on this run and few others is this run again.
    let norm = norm.filter(|norm| norm.model.runs > ENOUGH_RUNS);
    let expected = expected(detail, norm);
    let sd = norm.and_then(|norm| norm.model.local_sd_spm).map(|(_, adjusted)| adjusted);
    let rows = rows(detail, &expected);
    let all = whole_run(detail, &expected);
    let told: Vec<Told> = rows
        .iter()
        .map(|row| Told { from_s: row.from_s, to_s: row.to_s, words: told(detail, row, said) })
        .collect();
    let panels = panels(detail, &expected, sd, &told, said);
    if panels.is_empty() {
        return None;
    }
    Some(Chart {
        id: "along",
        title: "Along the run",
        takeaway: takeaway(detail, &all, said),
        key: key(detail, &all, sd),
        panels,
        layout: Layout::Full,
        details: details(detail, norm),
        table: table(detail, &rows, &all, said),
        metrics: &[],
    })
}

fn mean(values: &[Option<f64>], from: usize, to: usize) -> Option<f64> {
    let known: Vec<f64> = values.get(from..to)?.iter().flatten().copied().collect();
    (!known.is_empty()).then(|| known.iter().sum::<f64>() / known.len() as f64)
}

fn row(detail: &RunDetail, expected: &[Option<f64>], from: usize, to: usize) -> Row {
    let to = to.min(detail.timeline.spans());
    let rate = detail.lane(Quantity::StepRate).and_then(|lane| mean(&lane.values, from, to));
    let more = difference(detail, expected, from, to);
    Row {
        from_s: detail.timeline.span(from).0,
        to_s: detail.timeline.span(to.saturating_sub(1)).1,
        means: detail.lanes.iter().map(|lane| mean(&lane.values, from, to)).collect(),
        expected: rate.zip(more).map(|(rate, more)| rate - more),
    }
}

/// Means over whole minutes, as many as a table bears.
fn rows(detail: &RunDetail, expected: &[Option<f64>]) -> Vec<Row> {
    let line = &detail.timeline;
    let minutes = line.total_s / MINUTE_S;
    let step = ROW_MINUTES.iter().find(|m| minutes / **m <= MOST_ROWS as f64);
    let step_s = step.map_or(line.total_s / MOST_ROWS as f64, |m| m * MINUTE_S);
    let spans = ((step_s / line.span_s).round() as usize).max(1);
    (0..line.spans()).step_by(spans).map(|from| row(detail, expected, from, from + spans)).collect()
}

/// The whole run as one row.
fn whole_run(detail: &RunDetail, expected: &[Option<f64>]) -> Row {
    row(detail, expected, 0, detail.timeline.spans())
}

fn lane_mean(detail: &RunDetail, row: &Row, quantity: Quantity) -> Option<f64> {
    let at = detail.lanes.iter().position(|lane| lane.quantity == quantity)?;
    row.means.get(at).copied().flatten()
}

/// Steps a minute more or fewer than the norm gives, over the spans that have both.
fn difference(detail: &RunDetail, expected: &[Option<f64>], from: usize, to: usize) -> Option<f64> {
    let own = detail.lane(Quantity::StepRate)?.values.get(from..to)?;
    let pairs = own.iter().zip(expected.get(from..to)?);
    let more: Vec<Option<f64>> = pairs.map(|(own, usual)| Some((*own)? - (*usual)?)).collect();
    mean(&more, 0, more.len())
}

fn takeaway(detail: &RunDetail, all: &Row, said: Quantities) -> String {
    let rate = lane_mean(detail, all, Quantity::StepRate);
    let pace = lane_mean(detail, all, Quantity::Speed).and_then(|v| said.known_pace(v));
    match (rate, all.expected, pace) {
        (Some(rate), Some(usual), _) => {
            let (rate, usual) = (rate.round(), usual.round());
            let beside = match rate - usual {
                d if d > 0.0 => format!("{} more than your usual", whole(d)),
                d if d < 0.0 => format!("{} fewer than your usual", whole(-d)),
                _ => "as many as your usual".to_owned(),
            };
            format!("{} steps a minute on average, {beside} at these paces.", whole(rate))
        }
        (Some(rate), None, _) => format!("{} steps a minute on average.", whole(rate)),
        (None, _, Some(pace)) => format!("{pace} on average; cadence is not known."),
        (None, _, None) => "Neither cadence nor pace is known along this run.".to_owned(),
    }
}

fn key(detail: &RunDetail, all: &Row, sd: Option<f64>) -> Vec<KeyItem> {
    let mut key = Vec::new();
    if all.expected.is_some() {
        key.push(KeyItem::new(Swatch::Line, Tone::You, "this run"));
        let usual = match sd {
            Some(_) => "your usual at the same pace, and how far days differ",
            None => "your usual at the same pace",
        };
        key.push(KeyItem::new(Swatch::Line, Tone::Context, usual));
    }
    let hilly = |lane: &Lane| lane.known().any(|g| g.abs() >= HILL);
    if detail.lane(Quantity::Grade).is_some_and(hilly) {
        key.push(KeyItem::new(Swatch::Box, Tone::Warm, "up, 3 % and more"));
        key.push(KeyItem::new(Swatch::Box, Tone::Cool, "down, 3 % and more"));
    }
    if !detail.timeline.pauses.is_empty() {
        key.push(KeyItem::new(Swatch::Dash, Tone::Muted, "a pause"));
    }
    let marked =
        |doubt: bool| detail.marked.iter().any(|m| matches!(m.mark, Mark::Doubt(_)) == doubt);
    if marked(false) {
        key.push(KeyItem::new(Swatch::Box, tone_of(Mark::Walking), "not running"));
    }
    if marked(true) {
        key.push(KeyItem::new(Swatch::Box, tone_of(Mark::Doubt("")), "shaded: doubtful"));
    }
    key
}

fn details(detail: &RunDetail, norm: Option<Norm<'_>>) -> Vec<String> {
    let mut lines = vec![format!(
        "Means over {} s each; a line breaks where the recording says too little.",
        whole(detail.timeline.span_s)
    )];
    if let Some(norm) = norm {
        lines.push(format!(
            "Your usual: steps a minute by pace and slope, from {} runs with this watch, this one \
             among them; none outside the paces and slopes that they cover.",
            norm.model.runs
        ));
    }
    if detail.lane(Quantity::GroundContactTime).is_some() {
        lines.extend(match detail.dynamics {
            Dynamics::Estimated => Some(
                "Contact time and oscillation: computed by the watch from pace and cadence, not \
                 measured."
                    .to_owned(),
            ),
            _ => None,
        });
    }
    if detail.indoor {
        lines.push("Indoors the pace is the watch's estimate.".to_owned());
    }
    for marked in &detail.marked {
        lines.push(format!(
            "{} to {}: {}.",
            clock(marked.from_s),
            clock(marked.to_s),
            marked.mark.words()
        ));
    }
    lines
}

/// A row in one line: `12:00: 5:41 min/km, 168 steps a minute, 2.1 % slope`.
fn told(detail: &RunDetail, row: &Row, said: Quantities) -> String {
    let values = detail.lanes.iter().zip(&row.means).filter_map(|(lane, mean)| {
        let digits = digits(lane.quantity, (*mean)?, said);
        Some(format!("{digits} {}", unit(lane, said)))
    });
    format!("{}: {}", clock(row.from_s), values.collect::<Vec<_>>().join(", "))
}

fn unit(lane: &Lane, said: Quantities) -> String {
    match lane.quantity {
        Quantity::Speed => said.pace_unit().to_owned(),
        Quantity::StepRate => "steps a minute".to_owned(),
        Quantity::Height => format!("{} high", said.height_unit()),
        Quantity::Grade => "% slope".to_owned(),
        Quantity::GroundContactTime => "ms contact".to_owned(),
        Quantity::VerticalOscillation => "cm oscillation".to_owned(),
        Quantity::ContactBalance => "% left".to_owned(),
        Quantity::HeartRate => "bpm".to_owned(),
        Quantity::Power => "W".to_owned(),
    }
}

fn heading(lane: &Lane, said: Quantities) -> String {
    match lane.quantity {
        Quantity::Speed => format!("Pace, {}", said.pace_unit()),
        Quantity::StepRate => "Steps a minute".to_owned(),
        Quantity::Height => format!("Height, {}", said.height_unit()),
        Quantity::Grade => "Slope, %".to_owned(),
        Quantity::GroundContactTime => "Contact, ms".to_owned(),
        Quantity::VerticalOscillation => "Oscillation, cm".to_owned(),
        Quantity::ContactBalance => "Left, %".to_owned(),
        Quantity::HeartRate => "Heart rate, bpm".to_owned(),
        Quantity::Power => "Power, W".to_owned(),
    }
}

fn table(detail: &RunDetail, rows: &[Row], all: &Row, said: Quantities) -> Table {
    let compared = all.expected.is_some();
    let mut columns = vec!["From".to_owned()];
    for lane in &detail.lanes {
        columns.push(heading(lane, said));
        if compared && lane.quantity == Quantity::StepRate {
            columns.push("Your usual".to_owned());
            columns.push("More or fewer".to_owned());
        }
    }
    let dash = || "–".to_owned();
    let cells = |first: String, row: &Row| {
        let mut cells = vec![first];
        for (lane, mean) in detail.lanes.iter().zip(&row.means) {
            cells.push(mean.map_or_else(dash, |v| digits(lane.quantity, v, said)));
            if compared && lane.quantity == Quantity::StepRate {
                let both = mean.zip(row.expected).map(|(a, b)| a.round() - b.round());
                cells.push(row.expected.map_or_else(dash, whole));
                cells.push(both.map_or_else(dash, signed));
            }
        }
        cells
    };
    let mut lines: Vec<Vec<String>> =
        rows.iter().map(|row| cells(clock(row.from_s), row)).collect();
    lines.push(cells("Whole run".to_owned(), all));
    Table { columns, rows: lines }
}
