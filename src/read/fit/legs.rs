//! From parts to recordings: one per session, records by the session's time.

use std::ops::Range;

use super::FORMAT;
use super::heart_rate;
use super::part::Part;
use super::session::Session;
use crate::activity::{DeviceSummary, Issue, IssueKind, Severity, Sport, SubSport};
use crate::read::{CadenceConvention, Column, Field, RawColumn, Recording, TimerStop};

/// How far outside of a session's time a record still belongs to it: chosen, records and session
/// are stamped in whole seconds and each of them may be rounded.
const SESSION_SLACK_MS: i64 = 2000;

/// Lends the beats of parts that hold nothing else (a strap hands them over as a chained part) and
/// of the part itself to recordings without heart rate.
pub(super) fn lend_heart_rate(parts: &mut [Part]) {
    let has_its_own = |part: &Part| part.columns.iter().any(|c| c.field == Field::HeartRate);
    if parts.iter().all(has_its_own) {
        return;
    }
    let mut beats = parts.iter().map(|part| part.beats.as_slice()).collect::<Vec<_>>().concat();
    if beats.is_empty() {
        return;
    }
    heart_rate::in_order(&mut beats);
    for part in parts {
        if has_its_own(part) {
            continue;
        }
        if let Some(column) = heart_rate::column(&part.times_ms, &beats) {
            part.issues.push(
                Issue::new(
                    IssueKind::SourceChoice,
                    Severity::Note,
                    "records carry no heart rate; the strap's own beats were set beside them",
                )
                .count(column.values.present()),
            );
            part.columns.push(column);
        }
    }
}

/// Adds the recordings of a part.
pub(super) fn recordings(mut part: Part, output: &mut Vec<Recording>) {
    let sessions = std::mem::take(&mut part.sessions);
    match <[Session; 1]>::try_from(sessions) {
        Ok([session]) => {
            let times = std::mem::take(&mut part.times_ms);
            let columns = std::mem::take(&mut part.columns);
            output.push(recording(&part, Some(session), times, columns, output.len()));
        }
        Err(sessions) if sessions.is_empty() => {
            let times = std::mem::take(&mut part.times_ms);
            let columns = std::mem::take(&mut part.columns);
            output.push(recording(&part, None, times, columns, output.len()));
        }
        Err(sessions) => multisport(part, sessions, output),
    }
}

fn recording(
    part: &Part,
    session: Option<Session>,
    times_ms: Vec<Option<i64>>,
    columns: Vec<RawColumn>,
    index: usize,
) -> Recording {
    let session = session.unwrap_or_else(|| Session {
        sport: None,
        sub_sport: None,
        start_ms: None,
        earliest_ms: None,
        end_ms: None,
        summary: DeviceSummary::default(),
        summary_cadence: CadenceConvention::Unstated,
    });
    let mut issues = part.issues.clone();
    let mut summary = session.summary;
    issues.extend(summary.leave_out_impossible());
    Recording {
        sport: session.sport.or_else(|| part.sport.clone()).unwrap_or(Sport::Unknown),
        sub_sport: session
            .sub_sport
            .or_else(|| part.sub_sport.clone())
            .unwrap_or(SubSport::Generic),
        device: part.device.clone(),
        sensors: part.sensors.clone(),
        times_ms,
        columns,
        stated_start_ms: session.start_ms,
        utc_offset_s: part.utc_offset_s,
        stops: part.stops.clone(),
        laps_ms: part.laps_ms.clone(),
        summary,
        summary_cadence: session.summary_cadence,
        runner: part.runner.clone(),
        passed_over: part.passed_over.clone(),
        issues,
        ..Recording::empty(FORMAT.name, index)
    }
}

/// Which session each record belongs to: the last one that has started, if it has not ended.
fn owners(times_ms: &[Option<i64>], sessions: &[Session]) -> Vec<Option<usize>> {
    let mut last = None;
    // Times from here to there belong to the last owner: neighbours are asked for once.
    let (mut from, mut to) = (i64::MAX, i64::MIN);
    times_ms
        .iter()
        .map(|time| {
            // A record without a time goes with its neighbours in the file.
            let Some(time) = *time else { return last };
            if !(from..to).contains(&time) {
                last = owner(time, sessions);
                (from, to) = last.map_or((i64::MAX, i64::MIN), |owner| reach(owner, sessions));
            }
            last
        })
        .collect()
}

/// Times that surely belong to a session: from its start to its end or the next one's start.
fn reach(owner: usize, sessions: &[Session]) -> (i64, i64) {
    let start = |at: usize| sessions.get(at).and_then(|s| s.start_ms).unwrap_or(i64::MAX);
    let end = sessions.get(owner).and_then(|s| s.end_ms).unwrap_or(i64::MAX);
    (start(owner), end.min(start(owner + 1)))
}

fn owner(time: i64, sessions: &[Session]) -> Option<usize> {
    let started = sessions.partition_point(|s| s.start_ms.is_some_and(|t| t <= time));
    let Some(at) = started.checked_sub(1) else {
        let earliest = sessions.first()?.earliest_ms?;
        return (time.saturating_add(SESSION_SLACK_MS) >= earliest).then_some(0);
    };
    let end = sessions.get(at)?.end_ms;
    end.is_none_or(|end| time <= end.saturating_add(SESSION_SLACK_MS)).then_some(at)
}

fn multisport(mut part: Part, sessions: Vec<Session>, output: &mut Vec<Recording>) {
    let owners = owners(&part.times_ms, &sessions);
    // Of a file that is cut the last legs have no session yet: their records are one more leg.
    let owned = owners.iter().rposition(Option::is_some).map_or(0, |last| last + 1);
    let rest = if part.cut { owned..owners.len() } else { 0..0 };
    let homeless = owners.iter().filter(|o| o.is_none()).count() - rest.len();
    let windows: Vec<(Option<i64>, Option<i64>)> =
        sessions.iter().map(|s| (s.start_ms, s.end_ms)).collect();
    let mut rows_of: Vec<Vec<Rows>> = vec![Vec::new(); sessions.len()];
    let mut row = 0;
    for same in owners.chunk_by(|a, b| a == b) {
        let rows = row..row + same.len();
        row = rows.end;
        let owner = same.first().copied().flatten();
        if let Some(leg) = owner.and_then(|owner| rows_of.get_mut(owner)) {
            leg.push(rows);
        }
    }
    // Each leg gets its own laps and stops, not a copy of all.
    let (laps, stops) = (std::mem::take(&mut part.laps_ms), std::mem::take(&mut part.stops));
    for (at, (session, rows)) in sessions.into_iter().zip(rows_of).enumerate() {
        let (times, columns) = rows_of_leg(&part, &rows);
        let mut leg = recording(&part, Some(session), times, columns, output.len());
        let (start, end) = match windows.get(at).copied() {
            Some((Some(start), Some(end))) => (start, end),
            _ => (i64::MIN, i64::MAX),
        };
        leg.laps_ms =
            laps.iter().filter(|(from, _)| (start..end).contains(from)).copied().collect();
        leg.stops = stops.iter().filter(|stop| touches(**stop, start, end)).copied().collect();
        if homeless > 0 {
            leg.issues.push(
                Issue::new(
                    IssueKind::Clock,
                    Severity::Note,
                    "records outside of every session's time were left out",
                )
                .count(homeless),
            );
        }
        output.push(leg);
    }
    if !rest.is_empty() {
        let (times, columns) = rows_of_leg(&part, &[rest]);
        output.push(recording(&part, None, times, columns, output.len()));
    }
}

/// Rows that follow each other; a leg is nearly always one such stretch.
type Rows = Range<usize>;

/// Times and columns of some rows.
fn rows_of_leg(part: &Part, rows: &[Rows]) -> (Vec<Option<i64>>, Vec<RawColumn>) {
    let times = taken(&part.times_ms, rows);
    let columns = part.columns.iter().filter_map(|column| leg_column(column, rows)).collect();
    (times, columns)
}

/// The values of some rows.
fn taken<T: Copy>(values: &[T], rows: &[Rows]) -> Vec<T> {
    let mut taken = Vec::with_capacity(rows.iter().map(ExactSizeIterator::len).sum());
    for rows in rows {
        taken.extend_from_slice(values.get(rows.clone()).unwrap_or_default());
    }
    taken
}

/// Whether a stop lies in a leg for more than its edge.
fn touches(stop: TimerStop, start: i64, end: i64) -> bool {
    stop.start_ms < end && stop.end_ms.is_none_or(|e| e > start)
}

/// The rows of a leg, and distance from the leg's own start.
fn leg_column(column: &RawColumn, rows: &[Rows]) -> Option<RawColumn> {
    let all = &column.values;
    if !rows.iter().any(|rows| all.of_rows(rows.clone()).any()) {
        return None;
    }
    let before = (column.field == Field::Distance).then(|| distance_before(column, rows)).flatten();
    let values = match (rows, before) {
        ([rows], None) => all.of_rows(rows.clone()),
        (_, before) => {
            let mut values = taken(&all.shared(), rows);
            values.iter_mut().for_each(|value| *value -= before.unwrap_or_default());
            Column::from_raw(values)
        }
    };
    Some(RawColumn {
        field: column.field,
        name: column.name.clone(),
        unit: column.unit.clone(),
        source: column.source.clone(),
        convention: column.convention,
        whole_numbers: column.whole_numbers,
        values,
    })
}

/// Distance on the counter when the leg began: the last value before its first record, unless the
/// counter was set back.
fn distance_before(column: &RawColumn, rows: &[Rows]) -> Option<f64> {
    let first = rows.first()?.start;
    let start = rows.iter().cloned().flatten().find_map(|row| column.values.get(row))?;
    let before = (0..first).rev().find_map(|row| column.values.get(row))?;
    (before <= start).then_some(before)
}
