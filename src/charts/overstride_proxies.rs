//! Three things that go with landing far ahead of oneself, side by side at matched speed and never
//! added up.

use super::bins::{self, Grouping};
use super::run_values::{Subject, Value, panel};
use super::{Chart, ChartEntry, FEWEST_DRAWN, Layout, Panel, Section, Table};
use crate::metrics::{Reading, Readings};
use crate::quantities::{Quantities, day, day_month, decimals, share};
use crate::segment::Dynamics;
use crate::settings::Settings;
use crate::trend::History;

/// The chart.
pub const CHART: ChartEntry =
    ChartEntry { id: "overstride_proxies", section: Section::Stride, describe };

/// The part of the reading that is drawn as vertical ratio.
const RATIO: &str = "matched_vertical_ratio_percent";

/// One of the three.
struct Proxy {
    key: &'static str,
    title: &'static str,
    unit: String,
    places: usize,
    factor: f64,
    /// Least span of its axis, in its unit. **chosen**: what runs of one runner usually span.
    least_span: f64,
    /// Whether it counts only where a sensor measured it.
    sensed: bool,
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
            least_span: 10.0,
            sensed: false,
            cannot: "counts landings, not where they are",
        },
        Proxy {
            key: "matched_step_length_m",
            title: "Step length",
            unit: said.height_unit().to_owned(),
            places: 2,
            factor: said.step_length_value(1.0),
            least_span: said.step_length_value(0.1),
            sensed: false,
            cannot: "at one speed it is step rate again",
        },
        Proxy {
            key: RATIO,
            title: "Vertical ratio",
            unit: "%".to_owned(),
            places: 1,
            factor: 1.0,
            least_span: 2.0,
            sensed: true,
            cannot: "a sensor's word only; shows bounce",
        },
    ]
}

fn describe(history: &History, settings: &Settings) -> Result<Chart, String> {
    let said = Quantities::new(settings.display);
    let all = proxies(said);
    let values: Vec<Vec<Value>> = all.iter().map(|p| values(history, p)).collect();
    let longest = values.iter().max_by_key(|values| values.len());
    let grouping = longest.map_or(Grouping::Run, |values| Grouping::of_values(history, values));
    let panels: Vec<Panel> = all
        .iter()
        .zip(&values)
        .filter_map(|(proxy, values)| {
            let subject = Subject {
                title: proxy.title,
                unit: &proxy.unit,
                places: proxy.places,
                least_span: proxy.least_span,
                subtitle: format!(
                    "{} of {} runs; {}",
                    values.len(),
                    history.runs.len(),
                    proxy.cannot
                ),
                series: None,
                grouping,
            };
            panel(history, values, &subject)
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
        let last = lately(history, &all, &values);
        return Err(format!("{last} A picture over time needs three runs."));
    }
    Ok(Chart {
        id: CHART.id,
        title: "What goes with overstriding",
        takeaway: lately(history, &all, &values),
        key: Vec::new(),
        panels,
        layout: Layout::Multiples,
        details: details(history).into_iter().chain(grouping.detail(history.runs.len())).collect(),
        table: match grouping {
            Grouping::Run => table(history, &all, said),
            _ => table_of_groups(history, grouping, &all, &values),
        },
        metrics: &["overstride_proxies", "step_length"],
    })
}

/// Whether this chart draws the vertical ratio, so that no other has to.
pub(super) fn draws_ratio(history: &History) -> bool {
    let measured = (0..history.runs.len()).filter(|run| sensed(history, *run));
    let of = |run: usize| reading(history, run)?.get(RATIO);
    measured.filter_map(of).take(FEWEST_DRAWN).count() == FEWEST_DRAWN
}

/// Whether the watch of a run measures its dynamics, by the word of all runs on that watch.
fn sensed(history: &History, run: usize) -> bool {
    let epoch = history.epoch_of.get(run).and_then(|e| history.epochs.get(*e));
    epoch.is_none_or(|e| e.dynamics != Dynamics::Estimated)
}

/// The latest value of each, under the date of the run that it comes from.
fn lately(history: &History, all: &[Proxy], values: &[Vec<Value>]) -> String {
    let mut groups: Vec<(usize, Vec<String>)> = Vec::new();
    let last = all.iter().zip(values).filter_map(|(proxy, values)| Some((proxy, values.last()?)));
    for (proxy, last) in last {
        let title = proxy.title.to_lowercase();
        let words = format!("{title} {} {}", decimals(last.value, proxy.places), proxy.unit);
        match groups.iter_mut().find(|(run, _)| *run == last.run) {
            Some((_, group)) => group.push(words),
            None => groups.push((last.run, vec![words])),
        }
    }
    let mut text = String::new();
    for (k, (run, group)) in groups.iter().enumerate() {
        let date = history.days.get(*run).map(|d| day_month(*d)).unwrap_or_default();
        let (lead, near) = match k {
            0 => ("In the one run of", ", near your usual pace"),
            _ => (" Last known on", ""),
        };
        text.push_str(&format!("{lead} {date}{near}: {}.", group.join(", ")));
    }
    text
}

fn values(history: &History, proxy: &Proxy) -> Vec<Value> {
    (0..history.runs.len())
        // What the watch computes from speed and cadence would be step rate a second time.
        .filter(|run| !proxy.sensed || sensed(history, *run))
        .filter_map(|run| {
            let of = |readings: &Readings| readings.part("overstride_proxies", proxy.key);
            let own = history.runs.get(run).and_then(|a| of(&a.readings));
            let part = own.or_else(|| of(history.past.get(run)?))?;
            Some(Value { run, value: proxy.factor * part, estimated: false })
        })
        .collect()
}

fn reading(history: &History, run: usize) -> Option<Reading> {
    history.reading(run, "overstride_proxies")
}

fn details(history: &History) -> Vec<String> {
    let each = || (0..history.runs.len()).filter_map(|run| reading(history, run));
    let (minutes, weighted) = each().fold((0.0, 0.0), |(m, c), r| (m + r.n, c + r.n * r.coverage));
    let mut lines = vec![
        "Each dot is the part of one run on the level and within 0.25 m/s of the usual speed of the \
         watch worn most. Single runs lie about your four-week mean."
            .to_owned(),
        "Where a foot lands is not visible to a watch. A video from the side, at 120 pictures a \
         second, shows it."
            .to_owned(),
    ];
    if minutes > 0.0 {
        lines.push(format!(
            "n = {} minutes; {} of the running in these runs was steady, level and at that speed.",
            decimals(minutes, 0),
            share(weighted / minutes)
        ));
    }
    lines
}

fn table_of_groups(
    history: &History,
    grouping: Grouping,
    all: &[Proxy],
    values: &[Vec<Value>],
) -> Table {
    let say: Vec<_> = all.iter().map(|p| move |v: f64| decimals(v, p.places)).collect();
    let columns: Vec<bins::Column<'_>> = all
        .iter()
        .zip(values)
        .zip(&say)
        .map(|((proxy, values), say)| bins::Column {
            head: format!("{}, {}", proxy.title, proxy.unit),
            values,
            say,
        })
        .collect();
    bins::table(history, grouping, &columns)
}

fn table(history: &History, all: &[Proxy], said: Quantities) -> Table {
    let mut columns = vec!["Date".to_owned(), "At pace".to_owned()];
    columns.extend(all.iter().map(|p| format!("{}, {}", p.title, p.unit)));
    let dash = || "–".to_owned();
    let rows = history.days.iter().enumerate().filter_map(|(run, date)| {
        let reading = reading(history, run)?;
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
