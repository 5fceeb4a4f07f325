//! Step rate late in a run against early in the same run at the same pace, run by run.

use super::bins::{self, Grouping, middle_halves, put_together};
use super::run_values::Value;
use super::{
    Axis, Chart, ChartEntry, Dashes, Dot, FEWEST_DRAWN, KeyItem, Layer, Layout, Panel, Section,
    Swatch, Table, Tone, day_number, radius,
};
use crate::Analysis;
use crate::quantities::{day, day_month, decimals, signed, whole};
use crate::settings::Settings;
use crate::trend::History;
use crate::trend::own_drift::{OwnDrift, RUNS_FOR_SPREAD, unusual};

/// The chart.
pub const CHART: ChartEntry = ChartEntry { id: "late_drift", section: Section::Late, describe };

/// What is ordinary in one run either way, spm: the axis never shows less, so that small drifts look
/// small. Source: `real-data` part 2, section 4 (1.5 to 2.4).
const ORDINARY_SPM: f64 = 2.0;
/// A mean drift below this rounds to no step at all, spm.
const HALF_A_STEP: f64 = 0.5;

/// Drifts of the eligible runs.
fn eligible(history: &History) -> Vec<Value> {
    let each = history.runs.iter().enumerate();
    let drift = |(run, a): (usize, &Analysis)| {
        Some(Value { run, value: a.value("form_drift")?, estimated: false })
    };
    each.filter_map(drift).collect()
}

fn drifts(values: &[Value]) -> Vec<f64> {
    values.iter().map(|v| v.value).collect()
}

fn describe(history: &History, _: &Settings) -> Result<Chart, String> {
    let values = eligible(history);
    if values.len() < FEWEST_DRAWN {
        return Err("Three runs with cadence are needed, each with half an hour or more of even \
                    running."
            .to_owned());
    }
    let (Some(first), Some(last)) = (history.days.first(), history.days.last()) else {
        return Err(String::new());
    };
    let own = OwnDrift::of(&drifts(&values));
    let grouping = Grouping::of_values(history, &values);
    let takeaway = takeaway(own);
    let x = Axis::days(*first, *last);
    let ends = (x.low, x.high);
    let (low, high) = own
        .spread()
        .map_or((-ORDINARY_SPM, ORDINARY_SPM), |s| (s.0.min(-ORDINARY_SPM), s.1.max(ORDINARY_SPM)));
    let low = values.iter().map(|v| v.value).fold(low, f64::min);
    let high = values.iter().map(|v| v.value).fold(high, f64::max);
    let mut y = Axis::numbers("steps a minute more or fewer than early on", low, high, 5);
    for tick in y.ticks.iter_mut().filter(|t| t.at > 0.0) {
        tick.label.insert(0, '+');
    }
    Ok(Chart {
        id: CHART.id,
        title: "Cadence late against early",
        key: key(own, grouping),
        panels: vec![Panel {
            title: None,
            subtitle: grouping.says(),
            description: format!(
                "One dot a {}, {} runs, change of step rate against date. {takeaway}",
                grouping.word(),
                own.n
            ),
            x,
            y,
            height_px: (240, 230),
            layers: layers(history, &values, (own, grouping), ends),
        }],
        takeaway,
        layout: Layout::Full,
        details: details(history, &values, own)
            .into_iter()
            .chain(grouping.detail(values.len()))
            .collect(),
        table: match grouping {
            Grouping::Run => table(history, &values),
            _ => table_of_groups(history, grouping, &values),
        },
        metrics: &["form_drift"],
    })
}

fn layers(
    history: &History,
    values: &[Value],
    (own, grouping): (OwnDrift, Grouping),
    ends: (f64, f64),
) -> Vec<Layer> {
    let mut layers = Vec::new();
    if let Some((low, high)) = own.spread() {
        layers.push(Layer::Band { low, high, label: String::new() });
    }
    let flat = |at: f64, tone, width, dashed| Layer::Line {
        points: vec![(ends.0, at), (ends.1, at)],
        tone,
        width,
        dashed,
        label: None,
    };
    layers.push(flat(0.0, Tone::Muted, 10, Dashes::Dashed));
    if own.n >= RUNS_FOR_SPREAD {
        layers.push(flat(own.mean, Tone::You, 20, Dashes::Solid));
    }
    if grouping != Grouping::Run {
        let bins = put_together(history, values, grouping);
        layers.extend(middle_halves(&bins, grouping));
        let dots = bins.iter().map(|bin| Dot {
            x: bin.x,
            y: bin.quartiles.1,
            tone: Tone::Context,
            hollow: false,
            title: bin.said(grouping, signed),
        });
        layers.push(Layer::Dots { dots: dots.collect(), radius: radius(bins.len(), 38) });
        return layers;
    }
    let unusual = unusual(&drifts(values));
    let odd = |at: usize| unusual.binary_search(&at).is_ok();
    let dots = values.iter().enumerate().filter_map(|(at, v)| {
        let date = history.days.get(v.run)?;
        Some(Dot {
            x: day_number(*date),
            y: v.value,
            tone: if odd(at) { Tone::You } else { Tone::Context },
            hollow: odd(at),
            title: format!("{}: {} late in the run", day_month(*date), said(v.value)),
        })
    });
    layers.push(Layer::Dots { dots: dots.collect(), radius: radius(values.len(), 38) });
    layers
}

/// `2 steps a minute fewer`.
fn said(drift: f64) -> String {
    if drift.abs() < HALF_A_STEP {
        return "as many steps a minute".to_owned();
    }
    let more = if drift < 0.0 { "fewer" } else { "more" };
    let steps = whole(drift.abs());
    let unit = if steps == "1" { "step" } else { "steps" };
    format!("{steps} {unit} a minute {more}")
}

fn takeaway(own: OwnDrift) -> String {
    let Some((low, high)) = own.spread() else {
        return format!("{} runs are long and even enough; one run alone says little.", own.n);
    };
    let clear = own.mean_range().is_some_and(|(low, high)| low > 0.0 || high < 0.0);
    let mean = if own.mean.abs() < HALF_A_STEP {
        "At the same pace you take as many steps a minute late in a run as early.".to_owned()
    } else {
        let sure = if clear { "" } else { ", within what chance can do" };
        format!("At the same pace you take {} late in a run on average{sure}.", said(own.mean))
    };
    let (low, high) = (signed(low), signed(high));
    format!("{mean} Single runs usually lie between {low} and {high}.")
}

fn key(own: OwnDrift, grouping: Grouping) -> Vec<KeyItem> {
    let one = format!("one {}", grouping.word());
    let mut key = vec![KeyItem::new(Swatch::Dot, Tone::Context, one)];
    if own.n >= RUNS_FOR_SPREAD {
        if grouping == Grouping::Run {
            key.push(KeyItem::new(Swatch::Ring, Tone::You, "unlike the runs before it"));
        }
        key.push(KeyItem::new(Swatch::Line, Tone::You, "your mean"));
        key.push(KeyItem::new(Swatch::Box, Tone::Band, "your usual spread, about 19 of 20 runs"));
    }
    key
}

fn details(history: &History, values: &[Value], own: OwnDrift) -> Vec<String> {
    let mut lines = vec![format!(
        "n = {} of {} runs: those with four minutes at the same speed both early and late.",
        own.n,
        history.runs.len()
    )];
    match (own.mean_range(), own.spread()) {
        (Some((low, high)), _) => lines.push(format!(
            "Mean {} spm (95 % interval {} to {}); standard deviation {} spm.",
            decimals(own.mean, 1),
            decimals(low, 1),
            decimals(high, 1),
            decimals(own.sd, 1)
        )),
        (None, Some(_)) => lines.push(format!(
            "Mean {} spm, standard deviation {} spm; ten runs give the mean a range.",
            decimals(own.mean, 1),
            decimals(own.sd, 1)
        )),
        (None, None) => lines.push("A spread of your own needs eight such runs.".to_owned()),
    }
    let unlike: Vec<String> = unusual(&drifts(values))
        .into_iter()
        .filter_map(|at| history.days.get(values.get(at)?.run))
        .map(|date| day_month(*date))
        .collect();
    if let (Some(_), Some(latest)) = (own.spread(), unlike.last()) {
        lines.push(format!(
            "Unlike the 20 such runs before them (more than two standard deviations off their \
             median): {} runs, the latest on {latest}; about one in 15 is by chance alone.",
            unlike.len()
        ));
    }
    lines.push(
        "Most people have a drift of their own. A single run counts only outside the band, and \
         heat, wind, hills and a fast finish go with it."
            .to_owned(),
    );
    lines
}

fn table_of_groups(history: &History, grouping: Grouping, values: &[Value]) -> Table {
    let say = |v: f64| decimals(v, 1);
    let column = bins::Column { head: "Late less early, spm".to_owned(), values, say: &say };
    bins::table(history, grouping, &[column])
}

fn table(history: &History, values: &[Value]) -> Table {
    let columns = ["Date", "Late less early, spm", "Minutes at the same speed"];
    let rows = values.iter().filter_map(|v| {
        let reading = history.runs.get(v.run)?.reading("form_drift")?;
        Some(vec![
            history.days.get(v.run).map(|d| day(*d)).unwrap_or_default(),
            decimals(reading.value, 1),
            decimals(reading.n, 0),
        ])
    });
    Table { columns: columns.map(str::to_owned).to_vec(), rows: rows.collect() }
}
