//! Left share of ground contact, run by run, against the runner's own usual.

use super::bins::{self, Grouping};
use super::cadence_trend::device_breaks;
use super::run_values::{Subject, Value, panel};
use super::{Chart, ChartEntry, FEWEST_DRAWN, KeyItem, Layout, Section, Swatch, Table, Tone};
use crate::quantities::{day, day_month, decimals};
use crate::settings::Settings;
use crate::trend::History;

/// The chart.
pub const CHART: ChartEntry =
    ChartEntry { id: "contact_balance", section: Section::Stride, describe };

/// Least span of the axis, points. **chosen**: what runs of one runner usually span.
const LEAST_SPAN: f64 = 2.0;

fn describe(history: &History, _: &Settings) -> Result<Chart, String> {
    let each = history.runs.iter().enumerate();
    let values: Vec<Value> = each
        .filter_map(|(run, a)| {
            let value = a.readings.part("contact_balance", "median_percent")?;
            Some(Value { run, value, estimated: false })
        })
        .collect();
    if values.len() < FEWEST_DRAWN {
        // Few sensors measure it; nobody without one would miss the picture.
        return Err(String::new());
    }
    let grouping = Grouping::of_values(history, &values);
    let subject = Subject {
        title: "Left share of ground contact",
        unit: "% on the left foot",
        places: 1,
        least_span: LEAST_SPAN,
        subtitle: format!("{} of {} runs", values.len(), history.runs.len()),
        series: None,
        grouping,
    };
    let panel = panel(history, &values, &subject).ok_or_else(String::new)?;
    Ok(Chart {
        id: CHART.id,
        title: "Left and right",
        takeaway: takeaway(history, &values),
        key: key(history, grouping),
        panels: vec![panel],
        layout: Layout::Full,
        details: vec![
            grouping.detail(values.len()).unwrap_or_else(|| {
                "Each dot is the median of a run; the table has its middle half.".to_owned()
            }),
            "49.4 to 50.6 % is usual in healthy runners. In 836 runners asymmetry was not \
             associated with injury; only your own change says anything, and only with one sensor."
                .to_owned(),
        ],
        table: match grouping {
            Grouping::Run => table(history, &values),
            _ => table_of_groups(history, grouping, &values),
        },
        metrics: &["contact_balance", "balance_change"],
    })
}

/// What a dot and a broken line are.
fn key(history: &History, grouping: Grouping) -> Vec<KeyItem> {
    let one = match grouping {
        Grouping::Run => "one run: above 50 longer on the left foot, below on the right".to_owned(),
        other => format!(
            "runs of a {}: above 50 longer on the left foot, below on the right",
            other.word()
        ),
    };
    let mut key = vec![KeyItem::new(Swatch::Dot, Tone::Context, one)];
    if !device_breaks(history).is_empty() {
        key.push(KeyItem::new(Swatch::Dash, Tone::Muted, "another watch or sensor from here on"));
    }
    key
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

fn table_of_groups(history: &History, grouping: Grouping, values: &[Value]) -> Table {
    let say = |v: f64| decimals(v, 1);
    let column = bins::Column { head: "Left, %".to_owned(), values, say: &say };
    bins::table(history, grouping, &[column])
}

fn table(history: &History, values: &[Value]) -> Table {
    let columns = ["Date", "Left, %", "Middle half, %", "Against your 12 weeks, points"];
    let rows = values.iter().filter_map(|v| {
        let reading = history.runs.get(v.run)?.reading("contact_balance")?;
        let change = history.reading(v.run, "balance_change");
        let quartiles = reading
            .get("first_quartile_percent")
            .zip(reading.get("third_quartile_percent"))
            .map(|(low, high)| format!("{} to {}", decimals(low, 1), decimals(high, 1)));
        let dash = || "–".to_owned();
        Some(vec![
            day(*history.days.get(v.run)?),
            decimals(v.value, 1),
            quartiles.unwrap_or_else(dash),
            change.map_or_else(dash, |c| decimals(c.value, 1)),
        ])
    });
    let rows = rows.collect();
    Table { columns: columns.map(str::to_owned).to_vec(), rows }
}
