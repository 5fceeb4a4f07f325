//! Hours of other sports beside the hours of running, week by week, on one scale.

use std::collections::BTreeMap;

use jiff::ToSpan;

use super::weeks::{self, last_weeks};
use super::{Axis, Chart, ChartEntry, FEWEST_DRAWN, Layer, Layout, Panel, Section, Table, Tone};
use crate::quantities::{counted, day_month, shorten, tenths};
use crate::settings::Settings;
use crate::trend::{History, OtherDay, Week};

/// The chart.
pub const CHART: ChartEntry = ChartEntry { id: "other_sports", section: Section::Load, describe };

/// Seconds of an hour.
const HOUR_S: f64 = 3600.0;
/// Sports named one by one in a cell; the rest is one. **chosen**: what stays readable.
const MOST_NAMED: usize = 4;
/// Longest name of a sport, in characters. **chosen**
const LONGEST_NAME: usize = 24;

/// One week: hours of running, hours of other sports and which they were.
struct Beside<'a> {
    week: &'a Week,
    running_h: f64,
    others_h: f64,
    by_sport: Vec<(String, f64)>,
}

fn describe(history: &History, _: &Settings) -> Result<Chart, String> {
    let weeks = last_weeks(history);
    let beside: Vec<Beside<'_>> = weeks.iter().filter_map(|w| of_week(history, w)).collect();
    let any = beside.iter().any(|b| b.others_h > 0.0);
    let (Some(x), true) = (weeks::axis(weeks), any) else {
        // Whoever's files hold no other sport misses nothing.
        return Err(String::new());
    };
    let takeaway = takeaway(&beside);
    if beside.len() < FEWEST_DRAWN {
        return Err(format!("{takeaway} A picture of other sports needs three weeks."));
    }
    let most = beside.iter().map(|b| b.running_h.max(b.others_h)).fold(0.0, f64::max);
    let activities: usize = beside.iter().map(|b| in_week(history, b.week).len()).sum();
    let panels = vec![
        panel(("Running", Tone::You), &beside, |b| b.running_h, (x.clone(), most)),
        panel(("Other sports", Tone::Context), &beside, |b| b.others_h, (x, most)),
    ];
    Ok(Chart {
        id: CHART.id,
        title: "Other sports beside your running",
        key: Vec::new(),
        panels,
        takeaway,
        layout: Layout::Full,
        details: vec![
            format!(
                "{} of other sports in these files, by the time that each file states; both \
                 pictures have one scale. The week that is paler still goes on.",
                counted(activities, "activity", "activities")
            ),
            "What was done without a watch, or is kept elsewhere, is not here. Hours do not say \
             how hard they were, and an hour of one sport is not an hour of another."
                .to_owned(),
        ],
        table: table(&beside),
        metrics: &["timer"],
    })
}

/// Other activities of a week.
fn in_week<'a>(history: &'a History, week: &Week) -> &'a [OtherDay] {
    let sunday = week.monday.saturating_add(6.days());
    history.other_sports_between(week.monday, sunday)
}

/// A week's hours; `None` where the files hold no other sport at all.
fn of_week<'a>(history: &History, week: &'a Week) -> Option<Beside<'a>> {
    let mut sums: BTreeMap<&str, f64> = BTreeMap::new();
    for other in in_week(history, week) {
        *sums.entry(other.sport.as_str()).or_default() += other.duration_s / HOUR_S;
    }
    let mut by_sport: Vec<(String, f64)> =
        sums.into_iter().map(|(sport, hours)| (shorten(sport, LONGEST_NAME), hours)).collect();
    by_sport.sort_by(|a, b| b.1.total_cmp(&a.1));
    Some(Beside {
        week,
        running_h: week.duration_s / HOUR_S,
        others_h: week.other_sports_s? / HOUR_S,
        by_sport,
    })
}

/// "cycling 1.5 h, swimming 0.8 h"; empty where there was none.
fn named(beside: &Beside<'_>) -> String {
    let (shown, rest) = beside.by_sport.split_at(beside.by_sport.len().min(MOST_NAMED));
    let mut parts: Vec<String> =
        shown.iter().map(|(sport, hours)| format!("{sport} {} h", tenths(*hours))).collect();
    if !rest.is_empty() {
        let hours: f64 = rest.iter().map(|r| r.1).sum();
        parts.push(format!("{} more {} h", rest.len(), tenths(hours)));
    }
    parts.join(", ")
}

fn panel(
    (name, tone): (&str, Tone),
    beside: &[Beside<'_>],
    hours: fn(&Beside<'_>) -> f64,
    (x, most): (Axis, f64),
) -> Panel {
    let others = tone == Tone::Context;
    let boxes = beside.iter().filter(|b| hours(b) > 0.0).map(|b| {
        let monday = day_month(b.week.monday);
        let title = match others {
            true => format!("Week of {monday}: {}", named(b)),
            false => format!("Week of {monday}: running {} h", tenths(hours(b))),
        };
        weeks::bar(b.week, (0.0, hours(b)), tone, title)
    });
    let own = beside.iter().map(hours).fold(0.0, f64::max);
    Panel {
        title: Some(name.to_owned()),
        subtitle: None,
        description: format!("{name}, hours of each week; the most were {}.", tenths(own)),
        x,
        y: Axis::numbers("h", 0.0, most, 3),
        height_px: (150, 140),
        layers: vec![Layer::Boxes { boxes: boxes.collect() }],
    }
}

fn takeaway(beside: &[Beside<'_>]) -> String {
    let full = beside.iter().rev().find(|b| b.week.complete);
    let Some((words, last)) = full
        .map(|b| ("In the last full week", b))
        .or_else(|| beside.last().map(|b| ("In the week that is not over", b)))
    else {
        return String::new();
    };
    let running = tenths(last.running_h);
    if last.others_h > 0.0 {
        let others = tenths(last.others_h);
        return format!("{words}: {running} h of running and {others} h of other sports.");
    }
    let latest = beside.iter().rev().find(|b| b.others_h > 0.0);
    let latest = latest.map(|b| {
        let (hours, monday) = (tenths(b.others_h), day_month(b.week.monday));
        format!("; the latest was {hours} h in the week of {monday}")
    });
    let latest = latest.unwrap_or_default();
    format!("{words}: {running} h of running and no other sport{latest}.")
}

fn table(beside: &[Beside<'_>]) -> Table {
    let rows = beside.iter().map(|b| {
        let which = if b.by_sport.is_empty() { "–".to_owned() } else { named(b) };
        vec![day_month(b.week.monday), tenths(b.running_h), tenths(b.others_h), which]
    });
    let columns = ["Week of", "Running, h", "Other sports, h", "Which"];
    Table { columns: columns.map(str::to_owned).to_vec(), rows: rows.collect() }
}
