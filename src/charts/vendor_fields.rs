//! Quantities that only one vendor has, run by run, each under its vendor's name.

use super::bins::{self, Grouping};
use super::run_values::{Subject, Value, panel};
use super::{Chart, ChartEntry, FEWEST_DRAWN, Layout, Panel, Section, Table};
use crate::metrics::vendor::{VendorReading, keys};
use crate::quantities::{day, decimals};
use crate::settings::Settings;
use crate::trend::History;

/// The chart.
pub const CHART: ChartEntry =
    ChartEntry { id: "vendor_fields", section: Section::Stride, describe };

/// Decimals of values. **chosen**: enough for stiffness, which is about ten.
const PLACES: usize = 1;
/// Least span of an axis as a share of the largest value: noise must not fill a panel. **chosen**.
const LEAST_SPAN_SHARE: f64 = 0.1;

fn describe(history: &History, _: &Settings) -> Result<Chart, String> {
    let shown: Vec<(&VendorReading, Vec<Value>)> =
        keys().filter_map(|key| field(history, key)).collect();
    let longest = shown.iter().map(|s| s.1.as_slice()).max_by_key(|values| values.len());
    let grouping = Grouping::of_values(history, longest.unwrap_or_default());
    let panels: Vec<Panel> = shown
        .iter()
        .filter_map(|(field, values)| of_field(history, field, values, grouping))
        .collect();
    if panels.is_empty() {
        // Nobody without such a pod would miss it.
        return Err(String::new());
    }
    let vendors = vendors(&shown);
    Ok(Chart {
        id: CHART.id,
        title: "In the vendors' own words",
        takeaway: format!(
            "{} of {vendors}, each beside your own other runs and nothing else.",
            match shown.len() {
                1 => "One number".to_owned(),
                n => format!("{n} numbers"),
            }
        ),
        key: Vec::new(),
        panels,
        layout: Layout::Multiples,
        details: vec![
            "How a vendor makes these numbers is not published: compare them within one device \
             only, never with another vendor's."
                .to_owned(),
            "Each value is a time-weighted mean over settled running; zeros of a sleeping pod are \
             left out."
                .to_owned(),
        ]
        .into_iter()
        .chain(grouping.detail(history.runs.len()))
        .collect(),
        table: match grouping {
            Grouping::Run => table(history, &shown),
            _ => table_of_groups(history, grouping, &shown),
        },
        metrics: &[],
    })
}

/// A field with its values by run; `None` below [`FEWEST_DRAWN`] runs.
fn field<'a>(history: &'a History, key: &str) -> Option<(&'a VendorReading, Vec<Value>)> {
    let each = || {
        let runs = history.runs.iter().enumerate();
        runs.filter_map(|(run, a)| Some((run, a.vendor.iter().find(|v| v.key == key)?)))
    };
    let values: Vec<Value> =
        each().map(|(run, v)| Value { run, value: v.value, estimated: false }).collect();
    (values.len() >= FEWEST_DRAWN).then(|| each().next().map(|(_, v)| (v, values))).flatten()
}

fn of_field(
    history: &History,
    field: &VendorReading,
    values: &[Value],
    grouping: Grouping,
) -> Option<Panel> {
    let largest = values.iter().map(|v| v.value.abs()).fold(0.0, f64::max);
    let title = format!("{} {}", field.vendor, field.field);
    let subject = Subject {
        title: &title,
        unit: field.unit,
        places: PLACES,
        least_span: LEAST_SPAN_SHARE * largest.max(1.0),
        subtitle: format!("{} of {} runs", values.len(), history.runs.len()),
        series: None,
        grouping,
    };
    panel(history, values, &subject)
}

fn vendors(shown: &[(&VendorReading, Vec<Value>)]) -> String {
    let mut names: Vec<&str> = shown.iter().map(|s| s.0.vendor).collect();
    names.dedup();
    names.join(" and ")
}

fn head(field: &VendorReading) -> String {
    format!("{} {}, {}", field.vendor, field.field, field.unit)
}

fn table_of_groups(
    history: &History,
    grouping: Grouping,
    shown: &[(&VendorReading, Vec<Value>)],
) -> Table {
    let say = |v: f64| decimals(v, PLACES);
    let columns: Vec<bins::Column<'_>> = shown
        .iter()
        .map(|(field, values)| bins::Column { head: head(field), values, say: &say })
        .collect();
    bins::table(history, grouping, &columns)
}

fn table(history: &History, shown: &[(&VendorReading, Vec<Value>)]) -> Table {
    let mut columns = vec!["Date".to_owned()];
    columns.extend(shown.iter().map(|(field, _)| head(field)));
    let rows = history.days.iter().enumerate().filter_map(|(run, date)| {
        let of = |values: &[Value]| values.iter().find(|v| v.run == run).map(|v| v.value);
        let known: Vec<Option<f64>> = shown.iter().map(|(_, values)| of(values)).collect();
        let cell = |v: Option<f64>| v.map_or_else(|| "–".to_owned(), |v| decimals(v, PLACES));
        known.iter().any(Option::is_some).then(|| {
            std::iter::once(day(*date)).chain(known.into_iter().map(cell)).collect::<Vec<_>>()
        })
    });
    let rows = rows.collect();
    Table { columns, rows }
}
