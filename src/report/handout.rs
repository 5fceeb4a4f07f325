//! Twelve weeks on one printed side, for a physiotherapist or a coach: what was run, and nothing
//! about what it means.

use jiff::ToSpan;
use jiff::civil::Date;

use super::Report;
use super::plain::{clean, counted};
use crate::findings::say;
use crate::quantities::{Quantities, day_month, shorten, span, tenths, whole};
use crate::settings::{RoadKind, RoadSide};
use crate::trend::{GapAnswer, Point, Week};

/// Weeks on the side. Source: the issue that asked for it; a season's block of training.
const WEEKS: usize = 12;
/// Pain notes listed; the rest are counted. **chosen**: the side is one.
const NOTES: usize = 10;
/// Characters of one pain note. **chosen**: one line of print.
const NOTE_WIDTH: usize = 96;
/// Shoes listed. **chosen**
const SHOES: usize = 5;
/// Gaps listed. **chosen**
const GAPS: usize = 4;

/// Weeks as a table and lists of what stands beside them.
#[derive(Clone, Debug, PartialEq)]
pub struct Handout {
    /// First and last day.
    pub span: (Date, Date),
    /// Heads of the columns with their units.
    pub columns: Vec<String>,
    /// One row a week, oldest first; a dash where nothing is known.
    pub rows: Vec<Vec<String>>,
    /// Facts beside the table: a name and what is known.
    pub facts: Vec<(&'static str, Vec<String>)>,
}

/// The last twelve weeks; `None` without a run.
pub fn handout(report: &Report) -> Option<Handout> {
    let weeks = &report.history.weeks;
    let last = weeks.get(weeks.len().saturating_sub(WEEKS)..).unwrap_or_default();
    let (from, to) = (last.first()?.monday, last.last()?.monday.checked_add(6.days()).ok()?);
    let today = report.history.today.unwrap_or(to);
    let say = Quantities::new(report.settings.display);
    Some(Handout {
        span: (from, to.min(today)),
        columns: columns(report, say),
        rows: last.iter().map(|week| row(report, week, say)).collect(),
        facts: vec![
            ("Shoes", shoes(report, say)),
            ("Side of the road, as stated", side(report, last, say)),
            ("Pain, as noted", pain(report, from)),
            ("More than ten days without a run", gaps(report, from)),
            ("Recorded or exported by", watches(report, from)),
        ],
    })
}

fn columns(report: &Report, say: Quantities) -> Vec<String> {
    let (long, high) = (say.long_unit(), say.height_unit());
    let pace = report.history.model_in_use();
    let pace = pace.and_then(|model| say.known_pace(model.reference_speed_m_s));
    let at = pace.map_or_else(
        || "Steps a minute at own pace".to_owned(),
        |pace| format!("Steps a minute at {pace}"),
    );
    vec![
        "Week of".to_owned(),
        "Runs".to_owned(),
        long.to_owned(),
        format!("Longest, {long}"),
        format!("Descent, {high}"),
        at,
    ]
}

fn row(report: &Report, week: &Week, say: Quantities) -> Vec<String> {
    let dash = || "–".to_owned();
    let ran = !week.runs.is_empty();
    vec![
        day_month(week.monday),
        week.frequency().to_string(),
        tenths(say.long(week.distance_m)),
        if ran { tenths(say.long(week.longest_m)) } else { dash() },
        week.descent_m.filter(|_| ran).map_or_else(dash, |m| whole(say.height_value(m))),
        own_cadence(report, week).map_or_else(dash, whole),
    ]
}

/// Mean of the week's runs at the reference pace of the device in use; what another device
/// recorded is brought there by that device's own law, where it reaches so far.
fn own_cadence(report: &Report, week: &Week) -> Option<f64> {
    let history = &report.history;
    let speed = history.model_in_use()?.reference_speed_m_s;
    let there = |point: Point| {
        let model = history.models.iter().find(|m| m.epoch == point.epoch)?;
        Some(point.value + model.level(speed)? - model.reference_step_rate_spm)
    };
    let points = &history.series_of("adjusted_cadence")?.points;
    let of_week = points.iter().filter(|p| week.runs.contains(&p.run));
    let values: Vec<f64> = of_week.filter_map(there).collect();
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

fn shoes(report: &Report, say: Quantities) -> Vec<String> {
    let mut shoes: Vec<_> = report.history.shoes.shoes.iter().collect();
    shoes.sort_by_key(|shoe| std::cmp::Reverse(shoe.last_use));
    let line = |shoe: &&crate::trend::Shoe| {
        format!(
            "{}: {} in these files, {} to {}",
            clean(&shorten(&shoe.name, NOTE_WIDTH / 2)),
            say.total_distance(shoe.distance_m),
            say::day(shoe.first_use),
            say::day(shoe.last_use)
        )
    };
    shoes.iter().take(SHOES).map(line).collect()
}

fn side(report: &Report, weeks: &[Week], say: Quantities) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(side) = report.settings.runner.road_side {
        let kind = match report.settings.runner.road_kind {
            RoadKind::Road => "of the road",
            RoadKind::Pavement => "of the pavement",
            RoadKind::Path => "of the path",
        };
        lines.push(match side {
            RoadSide::Left => format!("Usually the left edge {kind}"),
            RoadSide::Right => format!("Usually the right edge {kind}"),
            RoadSide::FacingTraffic => "Usually facing traffic".to_owned(),
            RoadSide::WithTraffic => "Usually with traffic".to_owned(),
            RoadSide::SameKerb => "Usually the same kerb out and back".to_owned(),
            RoadSide::Mixed => "Mixed".to_owned(),
        });
    }
    let sum = |side: fn(&Week) -> Option<f64>| -> f64 { weeks.iter().filter_map(side).sum() };
    let (left, right) = (sum(|w| w.camber.left_low_m), sum(|w| w.camber.right_low_m));
    if left + right > 0.0 {
        lines.push(format!(
            "Left leg low for {}, right leg low for {}",
            say.total_distance(left),
            say.total_distance(right)
        ));
    }
    lines
}

fn pain(report: &Report, from: Date) -> Vec<String> {
    let notes: Vec<_> = report.history.pain.iter().filter(|note| note.day >= from).collect();
    let line = |note: &&&crate::journal::PainNote| {
        let said = clean(&shorten(&note.as_written(), NOTE_WIDTH));
        format!("{}: {said}", day_month(note.day))
    };
    let mut lines: Vec<String> = notes.iter().rev().take(NOTES).map(|n| line(&n)).collect();
    lines.reverse();
    if notes.len() > NOTES {
        let earlier = counted(notes.len() - NOTES, "earlier note", "earlier notes");
        lines.insert(0, format!("{earlier} in these weeks"));
    }
    lines
}

fn gaps(report: &Report, from: Date) -> Vec<String> {
    let gaps = report.history.gaps.iter().filter(|gap| gap.after > from);
    let line = |gap: &crate::trend::Gap| {
        let silent = gap.silent();
        let answer = match gap.answer {
            GapAnswer::Open => "not known whether files are missing",
            GapAnswer::NoRunning => "no running, as stated",
            GapAnswer::FilesMissing => "files are missing, as stated",
        };
        format!("{}: {answer}", span(silent.first, silent.last))
    };
    gaps.take(GAPS).map(line).collect()
}

fn watches(report: &Report, from: Date) -> Vec<String> {
    let history = &report.history;
    let first = history.days.partition_point(|day| *day < from);
    let used = history.epochs.iter().filter_map(|epoch| {
        let run = epoch.runs.iter().find(|run| **run >= first)?;
        let day = history.days.get(*run)?;
        Some(format!("{} from {}", clean(&epoch.label), say::day(*day)))
    });
    used.collect()
}
