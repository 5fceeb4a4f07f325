//! First pass: walk the messages of one part, compile definitions, note where each wanted message
//! lies. Nothing is decoded but the time of compressed headers.

use std::collections::BTreeMap;

use super::Kept;
use super::damage::{Damage, Gaps};
use super::definition::{Definition, Message};
use super::resync;
use crate::activity::Issue;
use crate::read::{Limits, ReadError};

mod cycle;
pub(super) mod header;
mod rolling_clock;
mod slot;

use cycle::Cycle;
use rolling_clock::RollingClock;
pub(super) use rolling_clock::timestamp_at;
pub(super) use slot::Slots;
use slot::{Slot, UNDEFINED, Want, slot_of};

/// Global number of `record`.
pub(super) const RECORD: u16 = 20;
/// Different definitions of one part: chosen, real files have up to about a hundred (repetitions
/// count once).
const MAX_DEFINITIONS: usize = 4096;
/// Records that any file may have, and bytes that each further one takes: chosen, 83 hours at one a
/// second and less than any watch writes. A record of one byte would cost a hundred in memory.
const FREE_RECORDS: usize = 300_000;
const BYTES_PER_RECORD: usize = 8;
/// How often one part may be resumed behind damage: chosen, so that noise cannot cost a search
/// per byte.
const MAX_RESYNCS: usize = 32;

/// Consecutive records under one definition.
#[derive(Clone, Copy, Debug)]
pub(super) struct Run {
    pub(super) definition: usize,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// A wanted message other than `record`.
#[derive(Clone, Copy, Debug)]
struct Noted {
    definition: usize,
    at: usize,
    time: Option<u32>,
}

/// What the walk found. Offsets are bytes within `bytes`.
#[derive(Debug)]
pub(super) struct Walked<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) definitions: Vec<Definition>,
    /// Messages seen under each definition.
    pub(super) counts: Vec<usize>,
    /// Offset of each record's body.
    pub(super) records: Vec<u32>,
    /// The same records, grouped by definition where they follow each other.
    pub(super) runs: Vec<Run>,
    /// FIT times of records with a compressed header: record index and time.
    pub(super) compressed: Vec<(usize, u32)>,
    /// By kind: some files hold thousands of one, and each kind is asked for several times.
    noted: [Vec<Noted>; Kept::KINDS],
    pub(super) issues: Vec<Issue>,
    /// Whether the walk ended before the part did.
    pub(super) stopped_early: bool,
}

impl<'a> Walked<'a> {
    /// The wanted messages of one kind, in file order.
    pub(super) fn messages(&self, kind: Kept) -> impl Iterator<Item = Message<'_>> {
        self.noted.get(kind as usize).into_iter().flatten().filter_map(|n| {
            let definition = self.definitions.get(n.definition)?;
            let body = self.bytes.get(n.at..n.at + definition.size as usize)?;
            Some(Message { definition, body, at: n.at, compressed_time: n.time })
        })
    }
}

struct Walker<'a> {
    found: Walked<'a>,
    slots: Slots,
    /// Definitions by their bytes: watches repeat them, and equal ones share their columns.
    known: BTreeMap<(&'a [u8], bool), usize>,
    clock: RollingClock,
    /// What came since the last record.
    cycle: Cycle,
    max_records: usize,
    /// Wanted messages other than records so far.
    noted: usize,
}

/// Walks the messages of one part.
///
/// # Errors
/// When a limit of `limits` or of the format is passed; damage is an issue, not an error.
pub(super) fn walk<'a>(
    bytes: &'a [u8],
    base: usize,
    limits: &Limits,
) -> Result<Walked<'a>, ReadError> {
    if u32::try_from(bytes.len()).is_err() {
        return Err(ReadError::Limit { format: "FIT", what: "bytes", limit: u32::MAX as usize });
    }
    let found = Walked {
        bytes,
        definitions: Vec::new(),
        counts: Vec::new(),
        records: Vec::new(),
        runs: Vec::new(),
        compressed: Vec::new(),
        noted: Default::default(),
        issues: Vec::new(),
        stopped_early: false,
    };
    let mut walker = Walker {
        found,
        slots: [UNDEFINED; 16],
        known: BTreeMap::new(),
        clock: RollingClock::default(),
        cycle: Cycle::default(),
        max_records: limits.records.min(FREE_RECORDS + bytes.len() / BYTES_PER_RECORD),
        noted: 0,
    };
    let mut at = 0;
    let mut gaps = Gaps::default();
    while let Some(damage) = walker.messages(&mut at)? {
        let recent = walker.recent_times();
        let resumed = match damage {
            Damage::Undefined(_) if gaps.count < MAX_RESYNCS => {
                resync::plausible_from(bytes, at + 1, &walker.slots, &recent)
            }
            _ => None,
        };
        let Some(resumed) = resumed else {
            walker.found.issues.push(damage.issue(base + at));
            walker.found.stopped_early = true;
            break;
        };
        gaps.add(base + at, resumed - at);
        walker.drop_displaced_record();
        at = resumed;
    }
    walker.found.issues.extend(gaps.issue());
    Ok(walker.found)
}

impl<'a> Walker<'a> {
    /// Walks from `at` until the end (`None`) or until damage, with `at` on the damaged message.
    fn messages(&mut self, at: &mut usize) -> Result<Option<Damage>, ReadError> {
        let bytes = self.found.bytes;
        self.cycle.forget();
        while let Some(&head) = bytes.get(*at) {
            if self.cycle.begins_with(head) {
                self.more_cycles(at);
                self.cycle.forget();
                continue;
            }
            let body = *at + 1;
            let compressed = head & header::COMPRESSED != 0;
            let local = if compressed {
                head >> header::COMPRESSED_LOCAL_SHIFT & 3
            } else if head & header::DEFINITION != 0 {
                self.cycle.forget();
                match self.definition(body, head)? {
                    Some(next) => *at = next,
                    None => return Ok(Some(Damage::Cut)),
                }
                continue;
            } else {
                head & header::LOCAL
            };
            let Some(slot) = self.slots.get(usize::from(local)) else { break };
            if !slot.is_defined() {
                return Ok(Some(Damage::Undefined(local)));
            }
            let next = body + slot.size;
            if next > bytes.len() {
                return Ok(Some(Damage::Cut));
            }
            // `matches!`, here and below: one comparison, which `==` of these is not.
            if matches!(slot.want, Want::Counted) && !compressed {
                // Many watches write two of these beside each record.
                if let Some(stamp) = slot.stamp {
                    self.clock.plain = Some((body + stamp, slot.big_endian));
                }
                if let Some(count) = self.found.counts.get_mut(slot.definition) {
                    *count += 1;
                }
                self.cycle.add(head, slot);
                *at = next;
                continue;
            }
            let slot = *slot;
            self.cycle.forget();
            let mut time = None;
            if compressed {
                time = self.clock.tick(bytes, head & header::SECONDS);
            } else if let Some(stamp) = slot.stamp {
                self.clock.plain = Some((body + stamp, slot.big_endian));
            }
            self.note(slot, body, time)?;
            *at = next;
            if matches!(slot.want, Want::Record) && !compressed {
                self.cycle.begin(head, &slot);
            }
        }
        Ok(None)
    }

    /// The records that follow with the same messages between them as the last two: most of a
    /// file, so they are taken in without asking anew what they are.
    fn more_cycles(&mut self, at: &mut usize) {
        let (bytes, found) = (self.found.bytes, &mut self.found);
        let room = self.max_records.saturating_sub(found.records.len());
        let length = self.cycle.length().max(1);
        found.records.reserve(room.min(bytes.len().saturating_sub(*at) / length));
        let before = found.records.len();
        while found.records.len() - before < room
            && let Some(next) = self.cycle.end(bytes, *at)
        {
            found.records.push((*at + 1) as u32);
            *at = next;
        }
        let cycles = found.records.len() - before;
        if cycles == 0 {
            return;
        }
        if let Some(run) = found.runs.last_mut() {
            run.end += cycles;
        }
        for definition in self.cycle.counted() {
            if let Some(count) = found.counts.get_mut(definition) {
                *count += cycles;
            }
        }
        self.clock.plain = self.cycle.last_stamp(*at).or(self.clock.plain);
    }

    #[inline]
    fn note(&mut self, slot: Slot, body: usize, time: Option<u32>) -> Result<(), ReadError> {
        match slot.want {
            Want::Record => {
                let row = self.found.records.len();
                if row >= self.max_records {
                    return Err(ReadError::Limit {
                        format: "FIT",
                        what: "records",
                        limit: self.max_records,
                    });
                }
                self.found.records.push(body as u32);
                if let Some(time) = time {
                    self.found.compressed.push((row, time));
                }
                match self.found.runs.last_mut() {
                    Some(run) if run.definition == slot.definition => run.end = row + 1,
                    _ => self.found.runs.push(Run {
                        definition: slot.definition,
                        start: row,
                        end: row + 1,
                    }),
                }
            }
            Want::Kept(kind) => {
                if self.noted >= self.max_records {
                    return Err(ReadError::Limit {
                        format: "FIT",
                        what: "messages beside the records",
                        limit: self.max_records,
                    });
                }
                self.noted += 1;
                let definition = slot.definition;
                if let Some(noted) = self.found.noted.get_mut(kind as usize) {
                    noted.push(Noted { definition, at: body, time });
                }
                if kind == Kept::FieldDescription {
                    // A description may rename a developer field: what is defined from here on
                    // is another definition, even with the same bytes.
                    self.known.retain(|(_, developer), _| !developer);
                }
            }
            Want::Counted | Want::Undefined => {
                if let Some(count) = self.found.counts.get_mut(slot.definition) {
                    *count += 1;
                }
            }
        }
        Ok(())
    }

    /// Takes up a definition message; gives the offset behind it, `None` when it is cut off.
    fn definition(&mut self, at: usize, head: u8) -> Result<Option<usize>, ReadError> {
        let developer = head & header::DEVELOPER != 0;
        let bytes = self.found.bytes;
        let body = bytes.get(at..).unwrap_or_default();
        let Some(body) =
            Definition::body_length(body, developer).and_then(|length| body.get(..length))
        else {
            return Ok(None);
        };
        let local = usize::from(head & header::LOCAL);
        if !developer && self.says_the_same(local, body) {
            return Ok(Some(at + body.len()));
        }
        let index = match self.known.get(&(body, developer)) {
            Some(index) => *index,
            None => {
                let Some(compiled) = Definition::compile(body, developer, at) else {
                    return Ok(None);
                };
                let index = self.found.definitions.len();
                if index >= MAX_DEFINITIONS {
                    return Err(ReadError::Limit {
                        format: "FIT",
                        what: "definitions",
                        limit: MAX_DEFINITIONS,
                    });
                }
                self.found.definitions.push(compiled);
                self.found.counts.push(0);
                self.known.insert((body, developer), index);
                index
            }
        };
        let slot = self.found.definitions.get(index).map(|d| slot_of(d, index));
        if let (Some(place), Some(slot)) = (self.slots.get_mut(local), slot) {
            *place = slot;
        }
        Ok(Some(at + body.len()))
    }

    /// Whether a definition without developer fields repeats what already holds for its local
    /// type: some writers put one before every message.
    fn says_the_same(&self, local: usize, body: &[u8]) -> bool {
        let slot = self.slots.get(local).filter(|slot| slot.is_defined());
        let held = slot.and_then(|slot| self.found.definitions.get(slot.definition));
        held.is_some_and(|held| {
            held.developer_fields.is_empty()
                && self.found.bytes.get(held.defined_at..held.defined_at + body.len()) == Some(body)
        })
    }

    /// FIT times of the last few records; several, because damage may have hit the last one.
    fn recent_times(&self) -> Vec<u32> {
        const RECENT: usize = 4;
        let rows = self.found.records.len();
        (rows.saturating_sub(RECENT)..rows).filter_map(|row| self.time_of(row)).collect()
    }

    /// FIT time of a record.
    fn time_of(&self, row: usize) -> Option<u32> {
        let found = &self.found;
        if let Ok(at) = found.compressed.binary_search_by_key(&row, |(row, _)| *row) {
            return found.compressed.get(at).map(|(_, time)| *time);
        }
        let run = found.runs.iter().rev().find(|run| (run.start..run.end).contains(&row))?;
        let definition = found.definitions.get(run.definition)?;
        let stamp = slot_of(definition, run.definition).stamp?;
        let body = *found.records.get(row)? as usize;
        timestamp_at(found.bytes, body + stamp, definition.big_endian)
    }

    /// Bytes lost inside a record show only behind it: its own time then is far from the others',
    /// and its values are displaced as well.
    fn drop_displaced_record(&mut self) {
        let Some(last) = self.found.records.len().checked_sub(1) else { return };
        let before: Vec<u32> =
            last.checked_sub(1).and_then(|row| self.time_of(row)).into_iter().collect();
        if self.time_of(last).is_none_or(|time| resync::is_near(time, &before)) {
            return;
        }
        self.found.records.truncate(last);
        self.found.compressed.retain(|(row, _)| *row < last);
        if let Some(run) = self.found.runs.last_mut() {
            run.end = last;
        }
        self.found.runs.retain(|run| run.end > run.start);
    }
}
