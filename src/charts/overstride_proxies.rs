//! Three things that go with landing far ahead of oneself, side by side at matched speed and never
//! added up.

use super::run_values::{Subject, Value, panel};
use super::{Chart, ChartEntry, FEWEST_DRAWN, Layout, Panel, Section, Table};
use crate::metrics::Outcome;
use crate::quantities::{Quantities, day, decimals, share};
use crate::settings::Settings;
use crate::trend::History;

/// The chart.
pub const CHART: ChartEntry =
    ChartEntry { id: "overstride_proxies", section: Section::Stride, describe };

/// One of the three.
struct Proxy {
    key: &'static str,
    title: &'static str,
    unit: String,
    places: usize,
    factor: f64,
    cannot: &'static str,
}

fn proxies(said: Quantities) -> [Proxy; 3] {
    [
        Proxy {
            key: "matched_step_rate_spm",
            title: "Step rate",
            unit: "steps a minute".to_owned(),
            places: 0,
            factor: 1.0,
            cannot: "counts landings, not where they are",
        },
        Proxy {
            key: "matched_step_length_m",
            title: "Step length",
            unit: said.height_unit().to_owned(),
            places: 2,
            factor: said.step_length_value(1.0),
            cannot: "at one speed it is step rate again",
        },
        Proxy {
            key: "matched_vertical_ratio_percent",
            title: "Vertical ratio",
            unit: "%".to_owned(),
            places: 1,
            factor: 1.0,
            cannot: "shows bounce; differs by sensor",
        },
    ]
}

fn describe(history: &History, settings: &Settings) -> Result<Chart, String> {
    let said = Quantities::new(settings.display);
    let all = proxies(said);
    let values: Vec<Vec<Value>> = all.iter().map(|p| values(history, p)).collect();
    let panels: Vec<Panel> = all
        .iter()
        .zip(&values)
        .filter_map(|(proxy, values)| {
            let subject = Subject {
                title: proxy.title,
                unit: &proxy.unit,
                places: proxy.places,
                subtitle: format!(
                    "{} of {} runs; {}",
                    values.len(),
                    history.runs.len(),
                    proxy.cannot
                ),
                series: None,
            };
            panel(history, values, &subject)
        })
        .collect();
    let last = all.iter().zip(&values).filter_map(|(p, v)| Some((p, v.last()?)));
    let last: Vec<String> = last
        .map(|(p, v)| {
            format!("{} {} {}", p.title.to_lowercase(), decimals(v.value, p.places), p.unit)
        })
        .collect();
    if panels.is_empty() {
        return Err(
            "Step length at matched speed needs cadence, speed and five minutes of steady \
                    level running in a run."
                .to_owned(),
        );
    }
    if values.iter().all(|v| v.len() < FEWEST_DRAWN) {
        let last = last.join(", ");
        return Err(format!("In the last run: {last}. A picture over time needs three runs."));
    }
    Ok(Chart {
        id: CHART.id,
        title: "What goes with overstriding",
        takeaway: format!("In the last run: {}.", last.join(", ")),
        key: Vec::new(),
        panels,
        layout: Layout::Multiples,
        details: details(history),
        table: table(history, &all, said),
        metrics: &["overstride_proxies", "step_length"],
    })
}

fn values(history: &History, proxy: &Proxy) -> Vec<Value> {
    let each = history.runs.iter().enumerate();
    each.filter_map(|(run, analysis)| {
        let reading = analysis.outcome("overstride_proxies").and_then(Outcome::reading)?;
        Some(Value { run, value: proxy.factor * reading.get(proxy.key)? })
    })
    .collect()
}

fn details(history: &History) -> Vec<String> {
    let each = || {
        history
            .runs
            .iter()
            .filter_map(|r| r.outcome("overstride_proxies").and_then(Outcome::reading))
    };
    let (minutes, weighted) = each().fold((0.0, 0.0), |(m, c), r| (m + r.n, c + r.n * r.coverage));
    let mut lines = vec![
        "Each dot is a run at its own usual speed on the level; the table has that pace."
            .to_owned(),
        "Where a foot lands is not visible to a watch. A video from the side, at 120 pictures a \
         second, shows it."
            .to_owned(),
    ];
    if minutes > 0.0 {
        lines.push(format!(
            "n = {} minutes; {} of the settled running was steady, level and at that speed.",
            decimals(minutes, 0),
            share(weighted / minutes)
        ));
    }
    lines
}

fn table(history: &History, all: &[Proxy], said: Quantities) -> Table {
    let mut columns = vec!["Date".to_owned(), "At pace".to_owned()];
    columns.extend(all.iter().map(|p| format!("{}, {}", p.title, p.unit)));
    let dash = || "–".to_owned();
    let rows = history.runs.iter().zip(&history.days).filter_map(|(run, date)| {
        let reading = run.outcome("overstride_proxies").and_then(Outcome::reading)?;
        let mut row =
            vec![day(*date), reading.get("matched_speed_m_s").map_or_else(dash, |v| said.pace(v))];
        row.extend(
            all.iter().map(|p| {
                reading.get(p.key).map_or_else(dash, |v| decimals(p.factor * v, p.places))
            }),
        );
        Some(row)
    });
    let rows = rows.collect();
    Table { columns, rows }
}
