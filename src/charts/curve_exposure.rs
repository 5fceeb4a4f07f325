//! Bends of a track by direction and week: anticlockwise lowers the right, outer foot.

use super::weeks::{self, last_weeks};
use super::{Axis, Chart, ChartEntry, KeyItem, Layer, Layout, Panel, Section, Swatch, Table, Tone};
use crate::quantities::{day_month, decimals, whole};
use crate::settings::Settings;
use crate::trend::{History, Week};

/// The chart.
pub const CHART: ChartEntry =
    ChartEntry { id: "curve_exposure", section: Section::Ground, describe };

fn describe(history: &History, _: &Settings) -> Result<Chart, String> {
    let weeks = last_weeks(history);
    let any = |w: &Week| w.camber.track_anticlockwise_s + w.camber.track_clockwise_s > 0.0;
    let (Some(x), true) = (weeks::axis(weeks), weeks.iter().any(any)) else {
        // Whoever never runs on a track misses nothing.
        return Err(String::new());
    };
    let minutes = |of: fn(&Week) -> f64| weeks.iter().map(of).sum::<f64>() / 60.0;
    let anticlockwise = minutes(|w| w.camber.track_anticlockwise_s);
    let clockwise = minutes(|w| w.camber.track_clockwise_s);
    let minutes = |m: f64| match m {
        m if m <= 0.0 => "none".to_owned(),
        m => format!("{} minutes", whole(m)),
    };
    let takeaway = format!(
        "In the bends of a track: {} anticlockwise, {} clockwise.",
        minutes(anticlockwise),
        minutes(clockwise)
    );
    let most = weeks.iter().map(|w| w.camber.track_anticlockwise_s).fold(0.0, f64::max) / 60.0;
    let least = weeks.iter().map(|w| w.camber.track_clockwise_s).fold(0.0, f64::max) / 60.0;
    let unit =
        if least > 0.0 { "minutes, anticlockwise above, clockwise below" } else { "minutes" };
    let mut y = Axis::numbers(unit, -least, most.max(1.0), 5);
    for tick in &mut y.ticks {
        tick.label = tick.label.trim_start_matches('\u{2212}').to_owned();
    }
    Ok(Chart {
        id: CHART.id,
        title: "Bends of the track",
        key: [
            (most, Tone::Warm, "anticlockwise, right foot low"),
            (least, Tone::Cool, "clockwise, left foot low"),
        ]
        .into_iter()
        .filter(|(minutes, ..)| *minutes > 0.0)
        .map(|(_, tone, text)| KeyItem::new(Swatch::Box, tone, text))
        .collect(),
        panels: vec![Panel {
            title: None,
            subtitle: None,
            description: format!("Minutes in bends by week and direction. {takeaway}"),
            x,
            y,
            height_px: (300, 300),
            layers: vec![Layer::Boxes { boxes: boxes(weeks) }],
        }],
        takeaway,
        layout: Layout::Half,
        details: vec![
            "Leaning into a bend acts like a cross-slope: at 4 m/s on a 400 m track about 4.4 %."
                .to_owned(),
            "Only laps that have the shape of a track count.".to_owned(),
        ],
        table: table(weeks),
        metrics: &["curve_exposure"],
    })
}

fn boxes(weeks: &[Week]) -> Vec<super::Bar> {
    let mut boxes = Vec::new();
    for week in weeks {
        let monday = day_month(week.monday);
        let (right, left) =
            (week.camber.track_anticlockwise_s / 60.0, week.camber.track_clockwise_s / 60.0);
        if right > 0.0 {
            let title = format!("Week of {monday}: {} minutes anticlockwise", decimals(right, 0));
            boxes.push(weeks::bar(week, (0.0, right), Tone::Warm, title));
        }
        if left > 0.0 {
            let title = format!("Week of {monday}: {} minutes clockwise", decimals(left, 0));
            boxes.push(weeks::bar(week, (-left, 0.0), Tone::Cool, title));
        }
    }
    boxes
}

fn table(weeks: &[Week]) -> Table {
    let rows = weeks.iter().map(|week| {
        vec![
            day_month(week.monday),
            decimals(week.camber.track_anticlockwise_s / 60.0, 1),
            decimals(week.camber.track_clockwise_s / 60.0, 1),
        ]
    });
    let columns = ["Week of", "Anticlockwise, min", "Clockwise, min"];
    let total = |of: fn(&Week) -> f64| decimals(weeks.iter().map(of).sum::<f64>() / 60.0, 1);
    let sums = vec![
        "All weeks".to_owned(),
        total(|w| w.camber.track_anticlockwise_s),
        total(|w| w.camber.track_clockwise_s),
    ];
    let rows = rows.chain(std::iter::once(sums)).collect();
    Table { columns: columns.map(str::to_owned).to_vec(), rows }
}
