//! What was run on, week by week, as far as anybody says.

use super::weeks::{self, last_weeks};
use super::{
    Axis, Bar, Chart, ChartEntry, KeyItem, Layer, Layout, Panel, Section, Swatch, Table, Tone,
};
use crate::quantities::{Quantities, day_month, decimals, share, tenths};
use crate::settings::Settings;
use crate::trend::{Covered, History, Surface, Week};

/// The chart.
pub const CHART: ChartEntry = ChartEntry { id: "surfaces", section: Section::Load, describe };

/// Surfaces drawn apart; the rest is one. **chosen**: of more tones some are alike on grey paper.
const MOST_TONES: usize = 3;
/// Tones by distance: the most common is context. Each differs from every other in lightness, in
/// both themes, and not in hue alone.
const TONES: [Tone; MOST_TONES] = [Tone::Context, Tone::Cool, Tone::Speed(3)];
/// Tone of all other surfaces.
const OTHERS: Tone = Tone::Ink;

fn describe(history: &History, settings: &Settings) -> Result<Chart, String> {
    let said = Quantities::new(settings.display);
    let weeks = last_weeks(history);
    let covered = &history.surfaces.covered;
    let noted =
        history.runs.iter().any(|r| r.noted.surface.is_some() || r.noted.unpaved_m.is_some());
    let (Some(x), true) = (weeks::axis(weeks), noted && !covered.is_empty()) else {
        // Whoever notes no surface misses nothing.
        return Err(String::new());
    };
    let shown: Vec<&Surface> = covered.iter().map(|c| &c.surface).take(MOST_TONES).collect();
    let takeaway = takeaway(covered, said);
    let most = weeks.iter().map(|w| w.distance_m).fold(0.0, f64::max);
    Ok(Chart {
        id: CHART.id,
        title: "What you ran on",
        key: key(covered, &shown)
            .into_iter()
            .chain(weeks::unfinished(weeks, Tone::Context))
            .collect(),
        panels: vec![Panel {
            title: None,
            subtitle: None,
            description: format!("Distance by week and surface. {takeaway}"),
            x,
            y: Axis::numbers(said.long_unit(), 0.0, said.long(most), 4),
            height_px: (260, 260),
            layers: vec![Layer::Boxes { boxes: boxes(history, weeks, &shown, said) }],
        }],
        takeaway,
        layout: Layout::Half,
        details: vec![
            format!(
                "Words only: notes, the kind of running that a file states, and the off-road \
                 distance of a service. {} is on a surface that nobody names.",
                said.distance(history.surfaces.unknown_m)
            ),
            "No position tells how hard the ground is.".to_owned(),
        ],
        table: table(covered, said),
        metrics: &["unpaved_share"],
    })
}

fn metres(history: &History, week: &Week, surface: &Surface) -> f64 {
    let of_week = history.surfaces.weeks.get(&week.monday);
    of_week.and_then(|w| w.get(surface)).copied().unwrap_or_default()
}

fn boxes(history: &History, weeks: &[Week], shown: &[&Surface], said: Quantities) -> Vec<Bar> {
    let mut boxes = Vec::new();
    for week in weeks {
        let mut foot = 0.0;
        let mut add = |metres: f64, tone: Option<Tone>, name: &str| {
            if metres <= 0.0 {
                return;
            }
            let y = (said.long(foot), said.long(foot + metres));
            let monday = day_month(week.monday);
            let title = format!("Week of {monday}: {name} {}", said.distance(metres));
            let mut bar = weeks::bar(week, y, tone.unwrap_or(Tone::Muted), title);
            bar.hollow = tone.is_none();
            boxes.push(bar);
            foot += metres;
        };
        let mut known = 0.0;
        for (surface, tone) in shown.iter().zip(TONES) {
            let metres = metres(history, week, surface);
            known += metres;
            add(metres, Some(tone), surface.name());
        }
        let others: f64 =
            history.surfaces.weeks.get(&week.monday).map_or(0.0, |w| w.values().sum()) - known;
        add(others, Some(OTHERS), "other surfaces");
        // What is left by rounding is no surface.
        let unknown = week.distance_m - known - others;
        add(if unknown > 1.0 { unknown } else { 0.0 }, None, "not known");
    }
    boxes
}

fn key(covered: &[Covered], shown: &[&Surface]) -> Vec<KeyItem> {
    let mut key: Vec<KeyItem> = shown
        .iter()
        .zip(TONES)
        .map(|(surface, tone)| KeyItem::new(Swatch::Box, tone, surface.name()))
        .collect();
    if covered.len() > shown.len() {
        key.push(KeyItem::new(Swatch::Box, OTHERS, "other surfaces"));
    }
    key.push(KeyItem::new(Swatch::Outline, Tone::Muted, "not known"));
    key
}

fn takeaway(covered: &[Covered], said: Quantities) -> String {
    let changed = covered.iter().filter_map(|c| Some((c, c.week_share?, c.before_share?)));
    let largest = changed.max_by(|a, b| (a.1 - a.2).abs().total_cmp(&(b.1 - b.2).abs()));
    match (largest, covered.first()) {
        (Some((it, week, before)), _) => format!(
            "{} is {} of the last seven days, and was {} of the four weeks before.",
            capital(it.surface.name()),
            share(week),
            share(before)
        ),
        (None, Some(first)) => {
            format!("Mostly {}: {}.", first.surface.name(), said.distance(first.distance_m))
        }
        (None, None) => String::new(),
    }
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

fn table(covered: &[Covered], said: Quantities) -> Table {
    let or_dash = |v: Option<f64>| v.map_or_else(|| "–".to_owned(), share);
    let rows = covered.iter().map(|c| {
        let change = c.change().map(|v| 100.0 * v);
        vec![
            c.surface.name().to_owned(),
            tenths(said.long(c.distance_m)),
            or_dash(c.week_share),
            or_dash(c.before_share),
            change.map_or_else(|| "–".to_owned(), |v| decimals(v, 0)),
        ]
    });
    Table {
        columns: vec![
            "Surface".to_owned(),
            said.long_unit().to_owned(),
            "Last 7 days".to_owned(),
            "28 days before".to_owned(),
            "Change, points".to_owned(),
        ],
        rows: rows.collect(),
    }
}
