//! Left and right by week, as far as it can be honestly known: what the runner states, and the
//! ceiling of what could have been slanted at all.

use super::weeks::last_weeks;
use super::{
    Axis, Bar, Chart, ChartEntry, KeyItem, Layer, Layout, Panel, Scale, Section, Swatch, Table,
    Tick, Tone,
};
use crate::journal::{NoteSource, Stated};
use crate::metrics::camber_exposure::{CROSSFALL_HIGH_PERCENT, CROSSFALL_LOW_PERCENT};
use crate::quantities::{Quantities, counted, day_month, decimals, tenths};
use crate::settings::{RoadSide, Settings, Side};
use crate::trend::{History, Week, facts};

/// The chart.
pub const CHART: ChartEntry =
    ChartEntry { id: "camber_ledger", section: Section::Ground, describe };

/// Weeks shown at most, one row each. **chosen**: half a year fits a screen.
const MOST_ROWS: usize = 26;
/// Height of a row in CSS pixels.
const ROW_PX: u32 = 19;

fn describe(history: &History, settings: &Settings) -> Result<Chart, String> {
    let said = Quantities::new(settings.display);
    let weeks = last_weeks(history);
    let weeks = weeks.get(weeks.len().saturating_sub(MOST_ROWS)..).unwrap_or_default();
    let ceiling: f64 = weeks.iter().map(|w| w.camber.ceiling_m).sum();
    if ceiling <= 0.0 {
        return Err("Nothing in these files could have been on a slanted edge.".to_owned());
    }
    let stated = weeks.iter().any(|w| left(w).is_some() || right(w).is_some());
    if !stated {
        return Err(format!(
            "Up to {} of this could have been on a slanted edge. Positions cannot tell which \
             side you run on: add --road-side.",
            said.total_distance(ceiling)
        ));
    }
    let takeaway = takeaway(weeks, said);
    let widest = |w: &Week| {
        let left = or_none(left(w)) + w.camber.bends_left_low_m;
        let right = or_none(right(w)) + w.camber.bends_right_low_m;
        w.camber.ceiling_m.max(left).max(right)
    };
    let reach = weeks.iter().map(widest).fold(0.0, f64::max);
    let ticks = weeks
        .iter()
        .enumerate()
        .map(|(k, week)| Tick { at: row(weeks.len(), k) + 0.5, label: day_month(week.monday) });
    let every = if weeks.len() > 18 { 2 } else { 1 };
    Ok(Chart {
        id: CHART.id,
        title: "Which leg was low",
        key: key(weeks),
        panels: vec![Panel {
            title: None,
            subtitle: None,
            description: format!("Mirrored bars for each week. {takeaway}"),
            x: Axis::mirrored(
                format!("← left leg low · {} · right leg low →", said.long_unit()),
                said.long(reach),
                6,
            ),
            y: Axis {
                label: "week of".to_owned(),
                low: 0.0,
                high: weeks.len() as f64,
                ticks: ticks.step_by(every).collect(),
                narrow_every: 1,
                grid: false,
                scale: weeks.first().map_or(Scale::Quantity, |first| Scale::WeekRows {
                    first: first.monday,
                    rows: weeks.len() as i32,
                }),
            },
            height_px: height(weeks.len()),
            layers: vec![Layer::Boxes { boxes: boxes(weeks, said) }],
        }],
        takeaway,
        layout: Layout::Half,
        details: vec![
            format!(
                "Up to {} could have been on a slanted edge: outdoors and off the track.",
                said.distance(ceiling)
            ),
            format!(
                "Sides come from your own word only{}. Positions cannot show them: the watch sits on \
                 {}, and its bias is wider than a lane.",
                by_note(history, weeks),
                wrist(settings.runner.wrist)
            ),
            "Bends are those of a track, where the outer foot is the low one; positions show them. \
             They are no part of what could have been a slanted edge."
                .to_owned(),
            crossfall(history, weeks, settings.runner.crossfall_percent, said),
        ],
        table: table(weeks, said),
        metrics: &["camber_exposure"],
    })
}

/// On how many runs the side was noted for the run itself.
fn by_note(history: &History, weeks: &[Week]) -> String {
    let runs = weeks.iter().flat_map(|w| &w.runs).filter_map(|i| history.runs.get(*i));
    let noted = |s: &Stated<RoadSide>| s.source != NoteSource::Profile;
    let n = runs.filter(|r| r.noted.road_side.as_ref().is_some_and(noted)).count();
    match n {
        0 => String::new(),
        n => format!(", on {} noted for the run itself", counted(n, "run", "runs")),
    }
}

/// Where the watch sits, as far as the runner says.
fn wrist(side: Option<Side>) -> &'static str {
    match side {
        Some(Side::Left) => "your left wrist",
        Some(Side::Right) => "your right wrist",
        None => "one wrist",
    }
}

/// How much an edge falls: measured by the runner, for each run that has a measure, else what roads
/// usually do.
fn crossfall(
    history: &History,
    weeks: &[Week],
    usual_percent: Option<f64>,
    said: Quantities,
) -> String {
    let runs = weeks.iter().flat_map(|w| &w.runs).filter_map(|i| history.runs.get(*i));
    let (mut measured_m, mut assumed_m) = (0.0, 0.0);
    let (mut low, mut high) = (f64::MAX, f64::MIN);
    for run in runs {
        let camber = facts::camber(run);
        let stated = or_none(camber.left_low_m) + or_none(camber.right_low_m);
        match &run.noted.crossfall_percent {
            Some(percent) if stated > 0.0 => {
                measured_m += stated;
                (low, high) = (low.min(percent.value), high.max(percent.value));
            }
            _ => assumed_m += stated,
        }
    }
    let range = |low: f64, high: f64| match decimals(high - low, 1).as_str() {
        "0.0" => decimals(low, 1),
        _ => format!("{} to {}", decimals(low, 1), decimals(high, 1)),
    };
    let assumed = format!(
        "assumed to fall as roads usually do, {} to {} %",
        decimals(CROSSFALL_LOW_PERCENT, 1),
        decimals(CROSSFALL_HIGH_PERCENT, 0)
    );
    match (measured_m > 0.0, assumed_m > 0.0, usual_percent) {
        (true, true, _) => format!(
            "On {} the edge falls {} % to the side, measured by you; the other edges are {assumed}; \
             no study has tied that to injury.",
            said.distance(measured_m),
            range(low, high)
        ),
        (true, false, _) => format!(
            "The edge falls {} % to the side, measured by you; no study has tied that to injury.",
            range(low, high)
        ),
        (false, false, Some(measured)) => format!(
            "The edge falls {} % to the side, measured by you; no study has tied that to injury.",
            decimals(measured, 1)
        ),
        (false, _, _) => format!("Edges are {assumed}; no study has tied that to injury."),
    }
}

/// Both legs in one sentence, bends of a track in a second where there are any.
fn takeaway(weeks: &[Week], said: Quantities) -> String {
    let how_far = |m: f64| if m > 0.0 { said.distance(m) } else { "none of it".to_owned() };
    let mut text = format!(
        "By the side you state: right leg low for {}, left leg low for {}.",
        how_far(weeks.iter().filter_map(right).sum()),
        how_far(weeks.iter().filter_map(left).sum())
    );
    let (left_m, right_m) = bends(weeks);
    match (left_m > 0.0, right_m > 0.0) {
        (true, true) => text.push_str(&format!(
            " Bends of a track add {} right and {} left.",
            said.distance(right_m),
            said.distance(left_m)
        )),
        (true, false) => {
            text.push_str(&format!(" Bends of a track add {} left.", said.distance(left_m)));
        }
        (false, true) => {
            text.push_str(&format!(" Bends of a track add {} right.", said.distance(right_m)));
        }
        (false, false) => {}
    }
    text
}

/// Metres in bends of a track over some weeks: left leg low, right leg low.
fn bends(weeks: &[Week]) -> (f64, f64) {
    let sum = |of: fn(&Week) -> f64| weeks.iter().map(of).sum();
    (sum(|w| w.camber.bends_left_low_m), sum(|w| w.camber.bends_right_low_m))
}

/// The key: what is drawn, and no more.
fn key(weeks: &[Week]) -> Vec<KeyItem> {
    let (left_m, right_m) = bends(weeks);
    let stated = |of: fn(&Week) -> Option<f64>| weeks.iter().map(|w| or_none(of(w))).sum::<f64>();
    let solid = [
        (stated(left), Tone::Cool, "left leg low, as stated"),
        (stated(right), Tone::Warm, "right leg low, as stated"),
        (left_m, Tone::CoolSoft, "left leg low, bends of a track"),
        (right_m, Tone::WarmSoft, "right leg low, bends of a track"),
    ];
    let drawn = solid.into_iter().filter(|(metres, ..)| *metres > 0.0);
    let mut key: Vec<KeyItem> =
        drawn.map(|(_, tone, text)| KeyItem::new(Swatch::Box, tone, text)).collect();
    key.push(KeyItem::new(
        Swatch::Outline,
        Tone::Muted,
        "outline: all that could have been slanted, with either leg low",
    ));
    key
}

/// Length of a bar that may not be there.
fn or_none(metres: Option<f64>) -> f64 {
    metres.map_or(0.0, |m| m)
}

fn left(week: &Week) -> Option<f64> {
    week.camber.left_low_m
}

fn right(week: &Week) -> Option<f64> {
    week.camber.right_low_m
}

fn height(rows: usize) -> (u32, u32) {
    let px = 84 + ROW_PX * rows.clamp(3, MOST_ROWS) as u32;
    (px, px)
}

/// Lower edge of a week's row: the first week stands on top.
fn row(rows: usize, k: usize) -> f64 {
    (rows - 1 - k) as f64
}

fn boxes(weeks: &[Week], said: Quantities) -> Vec<Bar> {
    let mut boxes = Vec::new();
    for (k, week) in weeks.iter().enumerate() {
        let foot = row(weeks.len(), k);
        let mut add = |x: (f64, f64), tone, hollow, title| {
            let y = (foot + 0.16, foot + 0.84);
            boxes.push(Bar { x, y, tone, strength: 1.0, hollow, title });
        };
        let monday = day_month(week.monday);
        let ceiling = said.long(week.camber.ceiling_m);
        if ceiling > 0.0 {
            add((-ceiling, ceiling), Tone::Muted, true, String::new());
        }
        let parts = [
            (-1.0, "left", left(week), week.camber.bends_left_low_m, [Tone::Cool, Tone::CoolSoft]),
            (
                1.0,
                "right",
                right(week),
                week.camber.bends_right_low_m,
                [Tone::Warm, Tone::WarmSoft],
            ),
        ];
        for (sign, leg, stated, bends, [tone, soft]) in parts {
            let stated = or_none(stated);
            let (foot, head) = (sign * said.long(stated), sign * said.long(stated + bends));
            if stated > 0.0 {
                let title = format!("Week of {monday}: {leg} leg low {}", said.distance(stated));
                add((foot.min(0.0), foot.max(0.0)), tone, false, title);
            }
            if bends > 0.0 {
                let title = format!(
                    "Week of {monday}: {leg} leg low in bends of a track {}",
                    said.distance(bends)
                );
                add((foot.min(head), foot.max(head)), soft, false, title);
            }
        }
    }
    boxes
}

fn table(weeks: &[Week], said: Quantities) -> Table {
    let unit = said.long_unit();
    let or_dash = |m: Option<f64>| m.map_or_else(|| "–".to_owned(), |m| tenths(said.long(m)));
    let rows = weeks.iter().map(|week| {
        vec![
            day_month(week.monday),
            or_dash(left(week)),
            or_dash(right(week)),
            tenths(said.long(week.camber.bends_left_low_m)),
            tenths(said.long(week.camber.bends_right_low_m)),
            tenths(said.long(week.camber.ceiling_m)),
        ]
    });
    let total = |of: fn(&Week) -> f64| tenths(said.long(weeks.iter().map(of).sum()));
    let sums = vec![
        "All weeks".to_owned(),
        total(|w| or_none(left(w))),
        total(|w| or_none(right(w))),
        total(|w| w.camber.bends_left_low_m),
        total(|w| w.camber.bends_right_low_m),
        total(|w| w.camber.ceiling_m),
    ];
    Table {
        columns: vec![
            "Week of".to_owned(),
            format!("Left leg low, {unit}"),
            format!("Right leg low, {unit}"),
            format!("Left, bends, {unit}"),
            format!("Right, bends, {unit}"),
            format!("At most slanted, {unit}"),
        ],
        rows: rows.chain(std::iter::once(sums)).collect(),
    }
}
