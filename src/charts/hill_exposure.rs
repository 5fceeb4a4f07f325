//! Hills by week: distance on slopes up and down by steepness, and the descent by itself.

use super::weeks::{self, last_weeks};
use super::{
    Axis, Bar, Chart, ChartEntry, KeyItem, Layer, Layout, Panel, Section, Swatch, Table, Tone,
};
use crate::findings::MostDescent;
use crate::metrics::hill_exposure::{BANDS, Band, HILL};
use crate::quantities::{Quantities, day_month, tenths, whole};
use crate::settings::Settings;
use crate::trend::{History, Week};

/// The chart.
pub const CHART: ChartEntry =
    ChartEntry { id: "hill_exposure", section: Section::Ground, describe };

/// Steepness of a slope without its direction, gentlest first; edges as in the metric's bands.
const STEEPNESS: [&str; 3] = ["3–6 %", "6–10 %", "over 10 %"];
/// Grades from which the second and the third tone begin: edges of the metric's bands.
const STEEPER_FROM: [f64; 2] = [0.06, 0.10];
/// Distance on slopes below which there is no picture of it. **chosen**: bars under a pixel.
const LEAST_SLOPES_M: f64 = 200.0;
const UP: [Tone; 3] = [Tone::WarmSoft, Tone::Warm, Tone::WarmDeep];
const DOWN: [Tone; 3] = [Tone::CoolSoft, Tone::Cool, Tone::CoolDeep];

fn describe(history: &History, settings: &Settings) -> Result<Chart, String> {
    let weeks = last_weeks(history);
    let known = |w: &Week| w.descent_m.is_some() || !w.grade_bands_m.is_empty();
    let (Some(x), true) = (weeks::axis(weeks), weeks.iter().any(known)) else {
        return Err("Hills need a barometer: altitude from satellites wanders more than most \
                    hills rise. If your watch has one, say so in the profile."
            .to_owned());
    };
    let said = Quantities::new(settings.display);
    let mut takeaway = takeaway(weeks, said);
    let slopes_m = slopes_m(weeks);
    if slopes_m.is_some_and(|m| m < LEAST_SLOPES_M) {
        takeaway.push_str(" Hardly any of it was steeper than 3 %.");
    }
    if weeks.len() < 2 {
        return Err(format!("{takeaway} A picture by week needs two weeks."));
    }
    let mut panels = Vec::new();
    if slopes_m.is_some_and(|m| m >= LEAST_SLOPES_M) {
        panels.push(slopes(weeks, x.clone(), said));
    }
    panels.push(descent(weeks, x, said, &takeaway));
    Ok(Chart {
        id: CHART.id,
        title: "Hills by week",
        key: if panels.len() > 1 { key() } else { Vec::new() }
            .into_iter()
            .chain(weeks::unfinished(weeks, Tone::Cool))
            .collect(),
        takeaway,
        panels,
        layout: Layout::Full,
        details: vec![
            repeats(),
            "Slopes between 3 % up and 3 % down count as level and are not drawn.".to_owned(),
            "Weeks show only the distance whose slope is known; see the table.".to_owned(),
            "Going down raises impact peaks in the laboratory (54 % at 9 degrees) and the energy \
             that the knee absorbs; metres of descent are a count and no load."
                .to_owned(),
        ],
        table: table(weeks, said),
        metrics: &["hill_exposure", "descent"],
    })
}

/// How well slopes repeat at one place, by steepness.
fn repeats() -> String {
    let of = |wanted: fn(&Band) -> bool| {
        let errors = BANDS.iter().filter(|b| wanted(b)).map(|b| b.error_points);
        errors.fold(0.0, f64::max)
    };
    format!(
        "A slope is known to \u{b1}{:.1} points on the level, \u{b1}{:.1} at 3 to 10 % and \
         \u{b1}{:.1} above; only stretches of 50 m and more count.",
        of(|b| b.low < 0.0 && b.high > 0.0),
        of(|b| b.low.abs().max(b.high.abs()) <= 0.10),
        of(|_| true)
    )
}

fn key() -> Vec<KeyItem> {
    let ramp = |tones: [Tone; 3], text: &str| KeyItem {
        swatch: Swatch::Box,
        tones: tones.to_vec(),
        text: format!("{text}, {}", STEEPNESS.join(", ")),
    };
    vec![ramp(UP, "up"), ramp(DOWN, "down")]
}

/// Metres up and down by steepness from the bands of a week; `None` where slopes are not known.
fn by_steepness(week: &Week) -> Option<([f64; 3], [f64; 3])> {
    if week.grade_bands_m.is_empty() {
        return None;
    }
    let (mut up, mut down) = ([0.0; 3], [0.0; 3]);
    for (band, metres) in BANDS.iter().zip(&week.grade_bands_m) {
        let (side, gentlest) = if band.low >= HILL {
            (&mut up, band.low)
        } else if band.high <= -HILL {
            (&mut down, -band.high)
        } else {
            continue;
        };
        let place = STEEPER_FROM.iter().filter(|edge| gentlest >= **edge).count();
        if let Some(sum) = side.get_mut(place) {
            *sum += metres;
        }
    }
    Some((up, down))
}

/// Distance on slopes in all these weeks; `None` where no slope is known.
fn slopes_m(weeks: &[Week]) -> Option<f64> {
    let known: Vec<f64> = weeks
        .iter()
        .filter_map(by_steepness)
        .map(|(up, down)| up.into_iter().chain(down).sum())
        .collect();
    (!known.is_empty()).then(|| known.iter().sum())
}

fn slopes(weeks: &[Week], x: Axis, said: Quantities) -> Panel {
    let mut boxes: Vec<Bar> = Vec::new();
    let (mut highest, mut lowest) = (0.0_f64, 0.0_f64);
    for week in weeks {
        let Some((up, down)) = by_steepness(week) else { continue };
        let monday = day_month(week.monday);
        let mut at = 0.0;
        for ((metres, tone), words) in up.into_iter().zip(UP).zip(STEEPNESS) {
            let next = at + said.long(metres);
            let title = format!("Week of {monday}: {} up at {words}", said.distance(metres));
            boxes.push(weeks::bar(week, (at, next), tone, title));
            at = next;
        }
        highest = highest.max(at);
        at = 0.0;
        for ((metres, tone), words) in down.into_iter().zip(DOWN).zip(STEEPNESS) {
            let next = at - said.long(metres);
            let title = format!("Week of {monday}: {} down at {words}", said.distance(metres));
            boxes.push(weeks::bar(week, (next, at), tone, title));
            at = next;
        }
        lowest = lowest.min(at);
    }
    boxes.retain(|b| b.y.1 > b.y.0);
    let mut y = Axis::numbers(
        format!("{}, up above, down below", said.long_unit()),
        lowest,
        highest.max(0.1),
        6,
    );
    for tick in &mut y.ticks {
        tick.label = tick.label.trim_start_matches('\u{2212}').to_owned();
    }
    Panel {
        title: Some("Distance on slopes".to_owned()),
        subtitle: None,
        description: "Stacked bars for each week: distance uphill above the line, downhill below, \
                      by steepness."
            .to_owned(),
        x,
        y,
        height_px: (270, 250),
        layers: vec![Layer::Boxes { boxes }],
    }
}

fn descent(weeks: &[Week], x: Axis, said: Quantities, takeaway: &str) -> Panel {
    let value = |m: f64| said.height_value(m);
    let boxes = weeks.iter().filter_map(|week| {
        let metres = week.descent_m.filter(|m| *m > 0.0)?;
        let title = format!("Week of {}: {} down", day_month(week.monday), said.height(metres));
        Some(weeks::bar(week, (0.0, value(metres)), Tone::Cool, title))
    });
    let most = weeks.iter().filter_map(|w| w.descent_m).fold(1.0, f64::max);
    Panel {
        title: Some("Descent".to_owned()),
        subtitle: None,
        description: format!("Descent of each week. {takeaway}"),
        x,
        y: Axis::numbers(format!("{} down", said.height_unit()), 0.0, value(most), 3),
        height_px: (170, 160),
        layers: vec![Layer::Boxes { boxes: boxes.collect() }],
    }
}

/// How often the most before a week goes into it where that is new. **chosen**: as for a single run
/// that is far longer than those before it.
const WORTH_A_WORD: f64 = 1.3;

fn takeaway(weeks: &[Week], said: Quantities) -> String {
    let with = || weeks.iter().filter_map(|w| Some((w, w.descent_m?)));
    let most = MostDescent::of(weeks);
    let last = with().rfind(|(w, _)| w.complete);
    // What was new about it: the most that any week before it had.
    let new = |it: MostDescent| it.before_m.filter(|m| it.descent_m >= WORTH_A_WORD * m);
    let against = most.and_then(new).map_or_else(String::new, |m| {
        format!(", after {} at most in any week before it", said.height(m))
    });
    match (most, last) {
        (Some(most), Some((last, recent))) if most.monday != last.monday => format!(
            "Most descent: {} in the week of {}{against}. The last full week had {}.",
            said.height(most.descent_m),
            day_month(most.monday),
            said.height(recent)
        ),
        (Some(most), _) => {
            format!(
                "Most descent: {} in the week of {}{against}.",
                said.height(most.descent_m),
                day_month(most.monday)
            )
        }
        _ => "Slopes are known, but not the whole descent of a week.".to_owned(),
    }
}

fn table(weeks: &[Week], said: Quantities) -> Table {
    let unit = said.long_unit();
    let height = |m: Option<f64>| m.map_or_else(|| "–".to_owned(), |m| whole(said.height_value(m)));
    let rows = weeks.iter().map(|week| {
        let mut row = vec![
            day_month(week.monday),
            height(week.ascent_m),
            height(week.descent_m),
            tenths(said.long(week.graded_m)),
        ];
        match by_steepness(week) {
            Some((up, down)) => {
                row.extend(up.into_iter().chain(down).map(|m| tenths(said.long(m))));
            }
            None => row.extend(vec!["–".to_owned(); 6]),
        }
        row
    });
    let mut columns = vec![
        "Week of".to_owned(),
        format!("Ascent, {}", said.height_unit()),
        format!("Descent, {}", said.height_unit()),
        format!("Slope known, {unit}"),
    ];
    columns.extend(STEEPNESS.iter().map(|s| format!("Up {s}, {unit}")));
    columns.extend(STEEPNESS.iter().map(|s| format!("Down {s}, {unit}")));
    Table { columns, rows: rows.collect() }
}
