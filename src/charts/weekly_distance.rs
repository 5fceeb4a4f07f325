//! Every run under the moving ceiling of the longest run of the 30 days before it, and the weeks
//! below.

use super::weeks::{self, last_weeks};
use super::{
    Axis, Chart, ChartEntry, Dashes, Dot, FEWEST_DRAWN, KeyItem, Layer, Layout, NoteSide, Panel,
    Section, Swatch, Table, Tone, day_number, radius,
};
use crate::metrics::Reading;
use crate::quantities::{Quantities, day, day_month, share, tenths};
use crate::settings::Settings;
use crate::trend::{History, Week};

/// The chart.
pub const CHART: ChartEntry =
    ChartEntry { id: "weekly_distance", section: Section::Load, describe };

/// Excess over the ceiling from which a run is marked. Source: `science` 2.21 (moderate spike).
const MARKED_OVER: f64 = 1.30;

/// One run with what it stands against.
struct Run {
    index: usize,
    metres: f64,
    ceiling_m: Option<f64>,
    ratio: Option<f64>,
    marked: bool,
}

fn describe(history: &History, settings: &Settings) -> Result<Chart, String> {
    let weeks = last_weeks(history);
    let (Some(axis), Some(first)) = (weeks::axis(weeks), weeks::first_day(weeks)) else {
        return Err("No runs yet.".to_owned());
    };
    let said = Quantities::new(settings.display);
    let runs: Vec<Run> = history
        .days
        .iter()
        .enumerate()
        .filter(|(_, d)| **d >= first)
        .filter_map(|(i, _)| against_ceiling(history, i))
        .collect();
    if runs.is_empty() {
        return Err("These files state no distance.".to_owned());
    }
    let takeaway = takeaway(history, &runs, said);
    if runs.len() < FEWEST_DRAWN {
        return Err(format!("{takeaway} A picture of the load needs three runs."));
    }
    Ok(Chart {
        id: CHART.id,
        title: "Single runs and whole weeks",
        key: key(&runs).into_iter().chain(weeks::unfinished(weeks, Tone::Context)).collect(),
        panels: vec![
            run_panel(history, &runs, axis.clone(), said, &takeaway),
            week_panel(weeks, axis, said),
        ],
        takeaway,
        layout: Layout::Full,
        details: vec![
            format!(
                "{} runs. The ceiling is the longest single run of the 30 days before; it needs \
                 four runs there. A paler week is not over yet.",
                runs.len()
            ),
            "Marked: over 30 % longer than that, by at least 2 km, and not after a break. In one \
             large cohort longer jumps went with more injuries; week-to-week change did not."
                .to_owned(),
        ],
        table: table(history, &runs, said),
        metrics: &["single_run_spike", "distance"],
    })
}

fn against_ceiling(history: &History, index: usize) -> Option<Run> {
    let metres = history.runs.get(index)?.value("distance")?;
    let reading = history.reading(index, "single_run_spike");
    let reading = reading.as_ref();
    let flag = |r: &Reading, key: &str| r.get(key).is_some_and(|v| v > 0.5);
    Some(Run {
        index,
        metres,
        ceiling_m: reading.and_then(|r| r.get("longest_before_m")),
        ratio: reading.map(|r| r.value),
        marked: reading.is_some_and(|r| {
            r.value > MARKED_OVER && flag(r, "large_enough") && !flag(r, "after_break")
        }),
    })
}

fn place(history: &History, run: &Run) -> f64 {
    history.days.get(run.index).map_or(0.0, |d| day_number(*d))
}

fn run_panel(history: &History, runs: &[Run], x: Axis, said: Quantities, takeaway: &str) -> Panel {
    let stems = runs.iter().map(|run| Dot {
        x: place(history, run),
        y: said.long(run.metres),
        tone: if run.marked { Tone::Warm } else { Tone::You },
        hollow: run.marked,
        title: sentence(history, run, said),
    });
    let mut ceiling: Vec<(f64, f64)> = Vec::new();
    for run in runs {
        let Some(metres) = run.ceiling_m else { continue };
        let at = place(history, run);
        if let Some((_, before)) = ceiling.last().copied() {
            ceiling.push((at, before));
        }
        ceiling.push((at, said.long(metres)));
    }
    let marked: Vec<&Run> = runs.iter().filter(|r| r.marked).collect();
    let notes = marked.iter().rev().take(4).map(|run| Layer::Note {
        at: (place(history, run), said.long(run.metres)),
        text: run.ratio.map(|r| format!("+{}", share(r - 1.0))).unwrap_or_default(),
        tone: Tone::Warm,
        side: NoteSide::Above,
    });
    let longest = runs.iter().map(|r| r.metres).fold(0.0, f64::max);
    let mut layers = vec![Layer::Line {
        points: ceiling,
        tone: Tone::Muted,
        width: 14,
        dashed: Dashes::Dashed,
        label: None,
    }];
    layers.push(Layer::Stems { stems: stems.collect(), radius: radius(runs.len(), 36) });
    layers.extend(notes);
    Panel {
        title: Some("Each run".to_owned()),
        subtitle: None,
        description: format!("Distance of each run against date. {takeaway}"),
        x,
        y: Axis::numbers(said.long_unit(), 0.0, 1.08 * said.long(longest), 5),
        height_px: (250, 230),
        layers,
    }
}

fn week_panel(weeks: &[Week], x: Axis, said: Quantities) -> Panel {
    let boxes = weeks.iter().filter(|w| w.distance_m > 0.0).map(|week| {
        let title = format!(
            "Week of {}: {}, {} runs",
            day_month(week.monday),
            said.distance(week.distance_m),
            week.frequency()
        );
        weeks::bar(week, (0.0, said.long(week.distance_m)), Tone::Context, title)
    });
    let most = weeks.iter().map(|w| w.distance_m).fold(0.0, f64::max);
    Panel {
        title: Some("Each week".to_owned()),
        subtitle: None,
        description: format!("Distance of each week; the most was {}.", said.distance(most)),
        x,
        y: Axis::numbers(said.long_unit(), 0.0, said.long(most), 3),
        height_px: (170, 160),
        layers: vec![Layer::Boxes { boxes: boxes.collect() }],
    }
}

fn key(runs: &[Run]) -> Vec<KeyItem> {
    let mut key = vec![KeyItem::new(Swatch::Dot, Tone::You, "one run")];
    if runs.iter().any(|r| r.ceiling_m.is_some()) {
        key.push(KeyItem::new(Swatch::Dash, Tone::Muted, "longest of the 30 days before"));
    }
    if runs.iter().any(|r| r.marked) {
        key.push(KeyItem::new(Swatch::Ring, Tone::Warm, "more than 30 % over it"));
    }
    key
}

fn sentence(history: &History, run: &Run, said: Quantities) -> String {
    let date = history.days.get(run.index).map(|d| day_month(*d)).unwrap_or_default();
    let against = match run.ceiling_m {
        Some(m) => format!("; longest of the 30 days before {}", said.distance(m)),
        None => String::new(),
    };
    format!("{date}: {}{against}", said.distance(run.metres))
}

fn takeaway(history: &History, runs: &[Run], said: Quantities) -> String {
    let date = |run: &Run| history.days.get(run.index).map(|d| day_month(*d)).unwrap_or_default();
    let marked: Vec<&Run> = runs.iter().filter(|r| r.marked).collect();
    let longest = runs.iter().max_by(|a, b| a.metres.total_cmp(&b.metres));
    match (marked.last(), longest) {
        (Some(run), _) => format!(
            "{} on {} went over the longest of the 30 days before, {}.",
            said.distance(run.metres),
            date(run),
            run.ceiling_m.map(|m| said.distance(m)).unwrap_or_default()
        ),
        (None, Some(run)) if runs.len() < FEWEST_DRAWN => {
            format!("The longest run was {} on {}.", said.distance(run.metres), date(run))
        }
        (None, Some(run)) => format!(
            "The longest run was {} on {}; none went far over the longest of its 30 days before.",
            said.distance(run.metres),
            date(run)
        ),
        (None, None) => String::new(),
    }
}

fn table(history: &History, runs: &[Run], said: Quantities) -> Table {
    let unit = said.long_unit();
    let dash = || "–".to_owned();
    let rows = runs.iter().map(|run| {
        vec![
            history.days.get(run.index).map(|d| day(*d)).unwrap_or_default(),
            tenths(said.long(run.metres)),
            run.ceiling_m.map_or_else(dash, |m| tenths(said.long(m))),
            run.ratio.map_or_else(dash, |r| format!("{r:.2}")),
        ]
    });
    Table {
        columns: vec![
            "Date".to_owned(),
            format!("Distance, {unit}"),
            format!("Longest of 30 days before, {unit}"),
            "Ratio".to_owned(),
        ],
        rows: rows.collect(),
    }
}
