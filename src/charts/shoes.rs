//! Shoes as bars of distance under the band that is commonly advised.

use super::{
    Axis, Bar, Chart, ChartEntry, Layer, Layout, NoteSide, Panel, Scale, Section, Table, Tick, Tone,
};
use crate::quantities::{Quantities, counted, day, day_month, share, shorten, tenths};
use crate::settings::Settings;
use crate::trend::{History, LIFE_BAND_M, Shoe};

/// The chart.
pub const CHART: ChartEntry = ChartEntry { id: "shoes", section: Section::Load, describe };

/// Shoes shown at most, those used last. **chosen**: more are in the exported tables.
const MOST_ROWS: usize = 8;
/// Letters of a name beside the axis. **chosen**: a third of a phone.
const MOST_LETTERS: usize = 16;
/// Height of a row in CSS pixels.
const ROW_PX: u32 = 30;

fn describe(history: &History, settings: &Settings) -> Result<Chart, String> {
    let said = Quantities::new(settings.display);
    let mut shoes: Vec<&Shoe> = history.shoes.shoes.iter().collect();
    if shoes.is_empty() {
        return Err("No shoe is named here; `lightfoot explain notes` shows how.".to_owned());
    }
    shoes.sort_by_key(|s| s.last_use);
    let shown = shoes.split_off(shoes.len().saturating_sub(MOST_ROWS));
    let longest = shown.iter().map(|s| s.distance_m).fold(0.0, f64::max);
    let rows = shown.len() as f64;
    let ticks = shown
        .iter()
        .enumerate()
        .map(|(k, shoe)| Tick { at: k as f64 + 0.5, label: shorten(&shoe.name, MOST_LETTERS) });
    let takeaway = takeaway(history, &shown, said);
    let mut layers = vec![Layer::Boxes {
        boxes: shown.iter().enumerate().map(|(k, shoe)| bar(k, shoe, history, said)).collect(),
    }];
    layers.extend(shown.iter().enumerate().map(|(k, shoe)| Layer::Note {
        at: (said.long(shoe.distance_m), k as f64 + 0.5),
        text: said.total_distance(shoe.distance_m),
        tone: Tone::Ink,
        side: NoteSide::Right,
    }));
    // The band is drawn once a shoe comes near it: before that it would only shrink the bars.
    if longest > LIFE_BAND_M.0 / 2.0 {
        layers.insert(
            0,
            Layer::Column {
                low: said.long(LIFE_BAND_M.0),
                high: said.long(LIFE_BAND_M.1),
                label: "common advice".to_owned(),
            },
        );
    }
    let reach = if longest > LIFE_BAND_M.0 / 2.0 { longest.max(LIFE_BAND_M.1) } else { longest };
    Ok(Chart {
        id: CHART.id,
        title: "Shoes",
        key: Vec::new(),
        panels: vec![Panel {
            title: None,
            subtitle: None,
            description: format!("One bar a shoe. {takeaway}"),
            x: Axis::numbers(said.long_unit(), 0.0, 1.25 * said.long(reach), 4),
            y: Axis {
                label: String::new(),
                low: 0.0,
                high: rows,
                ticks: ticks.collect(),
                narrow_every: 1,
                grid: false,
                scale: Scale::Quantity,
            },
            height_px: (96 + ROW_PX * shown.len() as u32, 96 + ROW_PX * shown.len() as u32),
            layers,
        }],
        takeaway,
        layout: Layout::Half,
        details: details(history, said),
        table: table(history, said),
        metrics: &["shoe_distance"],
    })
}

fn bar(row: usize, shoe: &Shoe, history: &History, said: Quantities) -> Bar {
    let newest = history.shoes.newest.and_then(|n| history.shoes.shoes.get(n.shoe));
    let foot = row as f64;
    Bar {
        x: (0.0, said.long(shoe.distance_m)),
        y: (foot + 0.2, foot + 0.8),
        tone: if newest == Some(shoe) { Tone::You } else { Tone::Context },
        strength: 1.0,
        hollow: false,
        title: format!(
            "{}: {} in {} since {}",
            shoe.name,
            said.distance(shoe.distance_m),
            counted(shoe.runs, "run", "runs"),
            day(shoe.first_use)
        ),
    }
}

fn takeaway(history: &History, shown: &[&Shoe], said: Quantities) -> String {
    let newest = history.shoes.newest.and_then(|n| Some((n, history.shoes.shoes.get(n.shoe)?)));
    match (newest, shown) {
        (Some((newest, shoe)), _) => format!(
            "The newest, {}, since {}, took {} of the last four weeks.",
            shoe.name,
            day_month(shoe.first_use),
            share(newest.share)
        ),
        (None, [only]) => format!("{}: {}.", only.name, said.distance(only.distance_m)),
        (None, _) => "None of these shoes was run in lately.".to_owned(),
    }
}

fn details(history: &History, said: Quantities) -> Vec<String> {
    let mut details = vec![
        format!(
            "{} to {} is common advice for a change of shoes; no trial has tested a threshold.",
            said.total_distance(LIFE_BAND_M.0),
            said.total_distance(LIFE_BAND_M.1)
        ),
        "A new shoe is a change and is shown as one. What was run in a shoe before these files is \
         not known."
            .to_owned(),
    ];
    if history.shoes.unnamed_m > 0.0 {
        details.push(format!("{} name no shoe.", said.distance(history.shoes.unnamed_m)));
    }
    details
}

fn table(history: &History, said: Quantities) -> Table {
    let rows = history.shoes.shoes.iter().map(|shoe| {
        vec![
            shoe.name.clone(),
            tenths(said.long(shoe.distance_m)),
            shoe.runs.to_string(),
            day(shoe.first_use),
            day(shoe.last_use),
            shoe.recent_share.map_or_else(|| "–".to_owned(), share),
        ]
    });
    Table {
        columns: vec![
            "Shoe".to_owned(),
            said.long_unit().to_owned(),
            "Runs".to_owned(),
            "First run".to_owned(),
            "Last run".to_owned(),
            "Last four weeks".to_owned(),
        ],
        rows: rows.collect(),
    }
}
