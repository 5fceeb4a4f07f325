//! Left share of ground contact, run by run, against the runner's own usual.

use super::run_values::{Subject, Value, panel};
use super::{Chart, ChartEntry, FEWEST_DRAWN, Layout, Section, Table};
use crate::metrics::Reading;
use crate::quantities::{day, day_month, decimals};
use crate::settings::Settings;
use crate::trend::History;

/// The chart.
pub const CHART: ChartEntry =
    ChartEntry { id: "contact_balance", section: Section::Stride, describe };

/// Least span of the axis, points. **chosen**: what runs of one runner usually span.
const LEAST_SPAN: f64 = 2.0;

fn describe(history: &History, _: &Settings) -> Result<Chart, String> {
    let readings: Vec<(usize, Reading)> = history
        .runs
        .iter()
        .enumerate()
        .filter_map(|(i, run)| Some((i, run.reading("contact_balance")?)))
        .collect();
    let values: Vec<Value> = readings
        .iter()
        .filter_map(|(run, r)| {
            Some(Value { run: *run, value: r.get("median_percent")?, estimated: false })
        })
        .collect();
    if values.len() < FEWEST_DRAWN {
        // Few sensors measure it; nobody without one would miss the picture.
        return Err(String::new());
    }
    let subject = Subject {
        title: "Left share of ground contact",
        unit: "%",
        places: 1,
        least_span: LEAST_SPAN,
        subtitle: format!("{} of {} runs", values.len(), history.runs.len()),
        series: None,
    };
    let panel = panel(history, &values, &subject).ok_or_else(String::new)?;
    Ok(Chart {
        id: CHART.id,
        title: "Left and right",
        takeaway: takeaway(history, &values),
        key: Vec::new(),
        panels: vec![panel],
        layout: Layout::Full,
        details: vec![
            "Each dot is the median of a run; the table has its middle half.".to_owned(),
            "49.4 to 50.6 % is usual in healthy runners. In 836 runners asymmetry was not \
             associated with injury; only your own change says anything, and only with one sensor."
                .to_owned(),
        ],
        table: table(history, &readings),
        metrics: &["contact_balance", "balance_change"],
    })
}

fn takeaway(history: &History, values: &[Value]) -> String {
    let last = values.last().and_then(|v| Some((history.days.get(v.run)?, v.value)));
    match last {
        Some((date, value)) => {
            format!("On {}: {} % on the left foot.", day_month(*date), decimals(value, 1))
        }
        None => String::new(),
    }
}

fn table(history: &History, readings: &[(usize, Reading)]) -> Table {
    let columns = ["Date", "Left, %", "Middle half, %", "Against your 12 weeks, points"];
    let rows = readings.iter().filter_map(|(run, reading)| {
        let change = history.reading(*run, "balance_change");
        let quartiles = reading
            .get("first_quartile_percent")
            .zip(reading.get("third_quartile_percent"))
            .map(|(low, high)| format!("{} to {}", decimals(low, 1), decimals(high, 1)));
        let dash = || "–".to_owned();
        Some(vec![
            day(*history.days.get(*run)?),
            decimals(reading.get("median_percent")?, 1),
            quartiles.unwrap_or_else(dash),
            change.map_or_else(dash, |c| decimals(c.value, 1)),
        ])
    });
    let rows = rows.collect();
    Table { columns: columns.map(str::to_owned).to_vec(), rows }
}
