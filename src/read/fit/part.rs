//! One chained part, decoded: everything of it that does not depend on its sessions.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::container::Envelope;
use super::heart_rate::{self, Beat};
use super::identity::{self, FileId};
use super::session::{self, Session};
use super::walk::{self, Walked};
use super::{base_type, columns, developer, profile};
use crate::activity::{DeviceIdentity, Issue, IssueKind, RunnerHint, Severity, Sport, SubSport};
use crate::read::{Limits, RawColumn, ReadError, SensorIdentity, TimerStop};

/// A decoded part.
pub(super) struct Part {
    pub(super) file: FileId,
    pub(super) device: DeviceIdentity,
    pub(super) sensors: Vec<SensorIdentity>,
    pub(super) runner: RunnerHint,
    pub(super) utc_offset_s: Option<i32>,
    pub(super) sessions: Vec<Session>,
    /// Sport of records that no session claims.
    pub(super) sport: Option<Sport>,
    pub(super) sub_sport: Option<SubSport>,
    pub(super) laps_ms: Vec<(i64, i64)>,
    pub(super) stops: Vec<TimerStop>,
    pub(super) beats: Vec<Beat>,
    pub(super) times_ms: Vec<Option<i64>>,
    pub(super) columns: Vec<RawColumn>,
    pub(super) passed_over: BTreeMap<Cow<'static, str>, usize>,
    pub(super) issues: Vec<Issue>,
    /// Whether messages were lost at its end.
    pub(super) cut: bool,
}

impl Part {
    /// Whether this part holds something that was done.
    pub(super) fn is_activity(&self) -> bool {
        let holds = !self.times_ms.is_empty() || !self.sessions.is_empty();
        holds && self.file.may_be_recorded()
    }

    /// Whether damage, and not what it was written for, may be why there is nothing in it: its
    /// checksum is wrong and what remains does not call itself anything but an activity.
    pub(super) fn is_garbled(&self) -> bool {
        let damaged = |i: &Issue| matches!(i.kind, IssueKind::Checksum | IssueKind::Truncated);
        let could_be = self.file.says_activity() || self.file.kind_is_unstated();
        !self.is_activity() && could_be && self.issues.iter().any(damaged)
    }

    /// What it is when it is no activity.
    pub(super) fn kind(&self) -> String {
        if !self.beats.is_empty() {
            return "heart rate of a strap".to_owned();
        }
        if self.file.says_activity() {
            return "activity without records".to_owned();
        }
        self.file.kind()
    }
}

/// Decodes one part.
///
/// # Errors
/// When a limit is passed.
pub(super) fn read(input: &[u8], envelope: Envelope, limits: &Limits) -> Result<Part, ReadError> {
    let bytes = input.get(envelope.start..envelope.end).unwrap_or_default();
    let walked = walk::walk(bytes, envelope.start, limits)?;
    let mut issues = envelope.issues;
    add_walk_issues(&walked, envelope.cut, &mut issues);
    contradictions(&walked, &mut issues);
    let file = identity::file_id(&walked);
    let (sport, sub_sport) = session::sport_elsewhere(&walked);
    let mut columns = columns::natives(&walked);
    columns.extend(developer::columns(&walked, &mut issues));
    let sessions = session::sessions(&walked, &mut issues);
    Ok(Part {
        device: identity::device(&walked, &file),
        sensors: identity::sensors(&walked),
        runner: identity::runner(&walked),
        utc_offset_s: identity::utc_offset_s(&walked),
        sessions,
        sport,
        sub_sport,
        laps_ms: session::laps(&walked),
        stops: session::timer_stops(&walked),
        beats: heart_rate::beats(&walked),
        times_ms: columns::times(&walked),
        columns,
        passed_over: passed_over(&walked),
        cut: envelope.cut || walked.stopped_early,
        issues,
        file,
    })
}

/// A file that is cut says so once, with the offset of the message it cut through.
fn add_walk_issues(walked: &Walked<'_>, cut: bool, issues: &mut Vec<Issue>) {
    let through = walked.issues.iter().any(|i| i.kind == IssueKind::Truncated);
    if cut && through {
        issues.retain(|i| i.kind != IssueKind::Truncated);
    }
    issues.extend(walked.issues.iter().cloned());
}

/// Messages that the reader passes over, by profile name.
fn passed_over(walked: &Walked<'_>) -> BTreeMap<Cow<'static, str>, usize> {
    let mut counts = BTreeMap::new();
    for (definition, count) in walked.definitions.iter().zip(&walked.counts) {
        if *count > 0 {
            *counts.entry(definition.message).or_insert(0) += count;
        }
    }
    counts.into_iter().map(|(number, count)| (profile::message(number), count)).collect()
}

/// Fields whose size contradicts their base type: read by what fits, and said.
fn contradictions(walked: &Walked<'_>, issues: &mut Vec<Issue>) {
    let mut seen: Vec<(u16, u8)> = Vec::new();
    for definition in &walked.definitions {
        let record = definition.message == walk::RECORD;
        if !record && super::kept(definition.message).is_none() {
            continue;
        }
        for field in &definition.fields {
            let reading = base_type::resolve(field.base_type, usize::from(field.size));
            let key = (definition.message, field.number);
            let matters = !record || columns::is_wanted(field.number);
            if !reading.contradiction || !matters || seen.contains(&key) {
                continue;
            }
            seen.push(key);
            let what = if reading.raw.is_some() { "read by its size" } else { "not read" };
            issues.push(Issue::new(
                IssueKind::Malformed,
                Severity::Note,
                format!(
                    "field {} of {} has {} bytes, which contradicts its type {:#04x}: {what}",
                    field.number,
                    profile::message(definition.message),
                    field.size,
                    field.base_type
                ),
            ));
        }
    }
}
