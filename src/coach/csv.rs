//! One row an athlete, comma-separated: for a spreadsheet of the squad.

use std::borrow::Cow;

use super::notices::{Group, Notice};
use super::order::{Row, Squad, Standing};
use crate::report::WriteError;
use crate::report::csv::{self, Text};
use crate::report::rows::Cell;

/// Columns, in order.
const COLUMNS: [&str; 27] = [
    "place",
    "athlete",
    "folder",
    "standing",
    "page",
    "files",
    "runs",
    "runs_told",
    "last_run_day",
    "last_run_distance_m",
    "step",
    "reason",
    "reason_kind",
    "reason_day",
    "reason_distance_m",
    "reason_sureness",
    "spiked",
    "drifted",
    "no_run_lately",
    "data",
    "new_watch",
    "cadence_change_spm",
    "cadence_change_low_spm",
    "cadence_change_high_spm",
    "cadence_change_sureness",
    "pain_noted",
    "problem",
];

/// The squad as comma-separated values with a heading; text that a spreadsheet would run as a
/// formula is quoted. Athletes with nothing new since the day asked for have no row.
///
/// # Errors
/// When a row does not have the heading's length, which would be a fault of ours.
pub fn write(squad: &Squad) -> Result<String, WriteError> {
    let places = (1..).map(Some);
    let rows = squad.rows.iter().zip(places);
    let rows = rows.map(|(row, place)| cells(row, place, squad));
    let mut bytes = Vec::new();
    csv::write(&COLUMNS.map(Cow::Borrowed), rows, Text::Guarded, &mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn text(value: Option<impl ToString>) -> Cell {
    value.map_or(Cell::Empty, |value| Cell::Text(value.to_string()))
}

fn number(value: Option<f64>) -> Cell {
    value.filter(|v| v.is_finite()).map_or(Cell::Empty, Cell::Number)
}

/// A word as it is spelt in JSON.
fn spelt(value: impl serde::Serialize) -> Option<String> {
    serde_json::to_value(value).ok()?.as_str().map(str::to_owned)
}

fn cells(row: &Row, place: Option<usize>, squad: &Squad) -> Vec<Cell> {
    let (athlete, said) = (&row.athlete, squad.asked.said);
    let notice = row.reason();
    let session = row.session();
    let in_group = |group: Group| {
        let of_group = row.notices.iter().filter(|notice| notice.group == group);
        let all: Vec<String> = of_group.map(|notice| notice.sentence(said)).collect();
        text(Some(all.join(" ")).filter(|t| !t.is_empty()))
    };
    let cadence = row.notices.iter().find(|n| n.kind == "cadence");
    let size = cadence.and_then(|n| n.size);
    let interval = size.and_then(|s| s.interval);
    let sure = |n: Option<&Notice>| text(n.and_then(|n| n.sureness).and_then(spelt));
    let pain: Vec<String> =
        row.pain.iter().map(|p| format!("{}: {}", p.day, p.as_written())).collect();
    vec![
        place.filter(|_| row.standing == Standing::Look).map_or(Cell::Empty, Cell::Whole),
        text(Some(&athlete.who.name)),
        text(Some(&athlete.who.folder)),
        text(spelt(row.standing)),
        text(athlete.who.page.as_ref()),
        Cell::Whole(athlete.files),
        Cell::Whole(athlete.days.len()),
        Cell::Whole(row.new_runs),
        text(athlete.last.as_ref().map(|s| s.day)),
        number(athlete.last.as_ref().and_then(|s| s.distance_m)),
        notice.map_or(Cell::Empty, |n| Cell::Whole(n.group.step())),
        text(notice.map(|n| n.sentence(said))),
        text(notice.map(|n| n.kind)),
        text(session.map(|s| s.day)),
        number(session.and_then(|s| s.distance_m)),
        sure(notice),
        in_group(Group::Spiked),
        in_group(Group::Drifted),
        in_group(Group::Silent),
        in_group(Group::Data),
        in_group(Group::Watch),
        number(size.map(|s| s.value)),
        number(interval.map(|i| i.0)),
        number(interval.map(|i| i.1)),
        sure(cadence),
        text(Some(pain.join("; ")).filter(|t| !t.is_empty())),
        text(athlete.problem.as_ref()),
    ]
}
