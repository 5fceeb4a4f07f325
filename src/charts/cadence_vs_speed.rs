//! Step rate against speed: the runner's own segments, their curve, and where five to ten percent
//! more would lie at each of their own paces.

use std::collections::BTreeMap;

use super::cadence_trend::BAND_SPM;
use super::{
    Axis, Bar, Chart, ChartEntry, Dashes, Dot, KeyItem, Layer, Layout, NoteSide, Panel, Section,
    Swatch, Table, Tone,
};
use crate::quantities::{Quantities, decimals, signed, whole};
use crate::segment::Gait;
use crate::settings::{Rules, Settings};
use crate::trend::corridor::{Advice, AtSpeed, Corridor, OwnSpeed, Target, edges};
use crate::trend::{CadenceModel, History, OwnCadence};

/// The chart.
pub const CHART: ChartEntry =
    ChartEntry { id: "cadence_vs_speed", section: Section::Cadence, describe };

/// Width of a cell of the background in m/s and in spm. **chosen**: readable at phone width.
const CELL: (f64, f64) = (0.1, 2.0);
/// Points of a drawn curve. **chosen**: no corner shows.
const CURVE_POINTS: usize = 24;
/// How far below its upper edge the band's name stands, in spm.
const BAND_LABEL_DROP_SPM: f64 = 1.7;
/// Cells with a smaller part of the fullest cell's time are left out. **chosen**: noise.
const FAINTEST: f64 = 0.02;

fn describe(history: &History, settings: &Settings) -> Result<Chart, String> {
    let Some((model, you)) = history.model_in_use().zip(history.own_cadence()) else {
        return Err(
            "Cadence against pace needs a few runs at different paces, with cadence.".to_owned()
        );
    };
    let said = Quantities::new(settings.display);
    let label = history.epochs.get(model.epoch).map_or("", |e| e.label.as_str());
    let cells = cells(history, model);
    let moved = you.step_rate_spm - model.reference_step_rate_spm;
    let curve = sampled(model, moved);
    let Some(end) = curve.last().copied() else {
        return Err("Cadence against pace needs runs at more than one pace.".to_owned());
    };
    let rules = &settings.rules;
    let own = history.corridor(rules);
    let takeaway = takeaway(you, own.as_ref(), said, rules);
    let edges = edges(rules);
    let corridor: Vec<(f64, f64, f64)> =
        curve.iter().map(|(v, f)| (*v, edges.0 * f, edges.1 * f)).collect();
    let middle = corridor
        .get(corridor.len() / 2)
        .map_or((end.0, end.1), |(v, low, high)| (*v, f64::midpoint(*low, *high)));
    let low = cells.iter().map(|c| c.y.0).fold(BAND_SPM.0 - 8.0, f64::min);
    let high = cells.iter().map(|c| c.y.1).fold(edges.1 * end.1, f64::max);
    let left = cells.iter().map(|c| c.x.0).fold(model.speed_span_m_s.0, f64::min);
    let right = cells.iter().map(|c| c.x.1).fold(model.speed_span_m_s.1, f64::max);
    Ok(Chart {
        id: CHART.id,
        title: "Cadence against pace",
        key: vec![
            KeyItem::new(Swatch::Box, Tone::Context, "your running, as run"),
            KeyItem::new(Swatch::Line, Tone::You, "you on the level, lately"),
        ],
        panels: vec![Panel {
            title: None,
            subtitle: None,
            description: format!("Step rate against pace on {label}. {takeaway}"),
            x: Axis::paces(said, left, right),
            y: Axis::numbers("steps a minute", low, high, 6),
            height_px: (330, 330),
            layers: vec![
                Layer::Band { low: BAND_SPM.0, high: BAND_SPM.1, label: String::new() },
                Layer::Boxes { boxes: cells },
                Layer::Ribbon {
                    points: corridor,
                    tone: Tone::WarmSoft,
                    strength: 0.42,
                    label: None,
                },
                Layer::Line {
                    points: curve,
                    tone: Tone::You,
                    width: 26,
                    dashed: Dashes::Solid,
                    label: None,
                },
                marks(own.as_ref(), said),
                Layer::Note {
                    at: middle,
                    text: format!("{} more", percents(rules)),
                    tone: Tone::Ink,
                    side: NoteSide::Middle,
                },
                Layer::Note {
                    at: (right, BAND_SPM.1 - BAND_LABEL_DROP_SPM),
                    text: "170–180".to_owned(),
                    tone: Tone::Muted,
                    side: NoteSide::Left,
                },
            ],
        }],
        takeaway,
        layout: Layout::Half,
        details: details(model, label, own.as_ref(), said),
        table: table((model, moved), own.as_ref(), said, rules),
        metrics: &["adjusted_cadence", "cadence_bands"],
    })
}

/// The runner's own step rate at the usual pace, and what 5 to 10 % more would be, or why not.
fn takeaway(you: OwnCadence, own: Option<&Corridor>, said: Quantities, rules: &Rules) -> String {
    let target = Target::of(you.step_rate_spm, rules);
    let usual = own.and_then(|c| c.speeds.iter().find(|s| s.speed == OwnSpeed::Usual));
    let pace = said.pace(you.speed_m_s);
    let you =
        format!("At your usual pace ({pace}) you take {} steps a minute", whole(you.step_rate_spm));
    match usual.map_or(Advice::Option, |u| u.advice) {
        Advice::Option => format!(
            "{you}; {} more would be {} to {}.",
            percents(rules),
            whole(target.low_spm),
            whole(target.high_spm)
        ),
        Advice::HighEnough | Advice::OwnHighest => format!("{you}; more are no aim."),
    }
}

/// `5 to 10 %`, by the chosen rules.
fn percents(rules: &Rules) -> String {
    format!("{} to {} %", whole(rules.corridor_low_percent), whole(rules.corridor_high_percent))
}

/// A dot at each of the runner's own speeds.
fn marks(own: Option<&Corridor>, said: Quantities) -> Layer {
    let dot = |at: &AtSpeed| Dot {
        x: at.speed_m_s,
        y: at.target.step_rate_spm,
        tone: Tone::You,
        hollow: false,
        title: format!(
            "{}, {}: {} steps a minute",
            at.speed.word(),
            said.pace(at.speed_m_s),
            whole(at.target.step_rate_spm)
        ),
    };
    let dots = own.map(|c| c.speeds.iter().map(dot).collect()).unwrap_or_default();
    Layer::Dots { dots, radius: 45 }
}

/// The model's curve over the speeds that were observed, the reference speed among them, moved by
/// so many steps a minute to where the runner stands lately.
fn sampled(model: &CadenceModel, moved: f64) -> Vec<(f64, f64)> {
    let (low, high) = model.speed_span_m_s;
    let step = (high - low) / CURVE_POINTS as f64;
    let mut speeds: Vec<f64> = (0..=CURVE_POINTS).map(|k| low + step * k as f64).collect();
    speeds.push(model.reference_speed_m_s);
    speeds.sort_by(f64::total_cmp);
    speeds.into_iter().filter_map(|v| Some((v, model.level(v.clamp(low, high))? + moved))).collect()
}

/// Time of the epoch's segments by speed and step rate, as cells.
fn cells(history: &History, model: &CadenceModel) -> Vec<Bar> {
    let runs = history.epochs.get(model.epoch).map(|e| e.runs.as_slice()).unwrap_or_default();
    let mut seconds: BTreeMap<(i64, i64), f64> = BTreeMap::new();
    let (low, high) = model.speed_span_m_s;
    let reach = low - 0.3..=high + 0.3;
    let wanted = |p: &Gait| reach.contains(&p.pace.speed_m_s);
    for piece in runs
        .iter()
        .filter_map(|r| history.runs.get(*r))
        .flat_map(|r| r.pieces.gaits())
        .filter(wanted)
    {
        let cell = (
            (piece.pace.speed_m_s / CELL.0).floor() as i64,
            (piece.step_rate_spm / CELL.1).floor() as i64,
        );
        *seconds.entry(cell).or_default() += piece.pace.duration_s;
    }
    let fullest = seconds.values().copied().fold(0.0, f64::max);
    seconds
        .into_iter()
        .filter(|(_, s)| *s > FAINTEST * fullest)
        .map(|((i, j), s)| Bar {
            x: (i as f64 * CELL.0, (i + 1) as f64 * CELL.0),
            y: (j as f64 * CELL.1, (j + 1) as f64 * CELL.1),
            tone: Tone::Context,
            strength: 0.12 + 0.6 * (s / fullest).sqrt(),
            hollow: false,
            title: String::new(),
        })
        .collect()
}

fn details(
    model: &CadenceModel,
    label: &str,
    own: Option<&Corridor>,
    said: Quantities,
) -> Vec<String> {
    let (low, high) = model.speed_span_m_s;
    let mut lines = vec![format!(
        "n = {} half-minute segments of {} runs on {label}, {} to {}.",
        model.segments,
        model.runs,
        said.pace(low),
        said.pace(high)
    )];
    lines.push(
        "The line is the law of those runs, moved to where your last four weeks lie at your usual \
         pace."
            .to_owned(),
    );
    let slope = decimals(model.speed_slope, 1);
    lines.push(match model.speed_slope_interval {
        Some((a, b)) => format!(
            "{slope} spm for each m/s (95 % interval {} to {}).",
            decimals(a, 1),
            decimals(b, 1)
        ),
        None => format!("{slope} spm for each m/s; too few runs for an interval."),
    });
    if model.shrunk {
        lines.push(
            "Few segments so far: the slope leans on what is usual among runners.".to_owned(),
        );
    }
    lines.extend(own.map(Corridor::words).unwrap_or_default().into_iter().map(str::to_owned));
    lines
}

/// The corridor at the runner's own speeds and at each round pace, and what the band would take.
fn table(
    (model, moved): (&CadenceModel, f64),
    own: Option<&Corridor>,
    said: Quantities,
    rules: &Rules,
) -> Table {
    let (low, high) = model.speed_span_m_s;
    let own = own.map(|c| c.speeds.as_slice()).unwrap_or_default();
    let mut speeds: Vec<(f64, String)> =
        Axis::paces(said, low, high).ticks.iter().map(|t| (t.at, said.pace(t.at))).collect();
    speeds.extend(
        own.iter()
            .map(|s| (s.speed_m_s, format!("{} ({})", said.pace(s.speed_m_s), s.speed.word()))),
    );
    speeds.sort_by(|a, b| a.0.total_cmp(&b.0));
    let rows = speeds.into_iter().filter_map(|(v, pace)| {
        let you = Target::of(model.level(v)? + moved, rules);
        let to_band = if you.step_rate_spm < BAND_SPM.0 {
            signed(BAND_SPM.0 - you.step_rate_spm)
        } else if you.step_rate_spm > BAND_SPM.1 {
            "above it".to_owned()
        } else {
            "in it".to_owned()
        };
        let more = own.iter().find(|s| s.speed_m_s == v).map_or(Advice::Option, |s| s.advice);
        let spm = |value: f64| match more {
            Advice::Option if you.step_rate_spm < BAND_SPM.1 => whole(value),
            _ => "no aim".to_owned(),
        };
        Some(vec![pace, whole(you.step_rate_spm), spm(you.low_spm), spm(you.high_spm), to_band])
    });
    let edge = |percent: f64| format!("{} % more", whole(percent));
    let (low, high) = (edge(rules.corridor_low_percent), edge(rules.corridor_high_percent));
    let columns = ["Pace".to_owned(), "You".to_owned(), low, high, "To reach 170".to_owned()];
    Table { columns: columns.to_vec(), rows: rows.collect() }
}
