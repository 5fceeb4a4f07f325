//! FIT, decoded into columns by our own reader, in two passes: [`walk`](self) notes where each
//! wanted message lies under which definition, then each column is gathered in one tight loop per
//! definition and field. Nothing is allocated per record.

mod base_type;
mod columns;
mod container;
mod damage;
mod definition;
mod developer;
mod gather;
mod heart_rate;
mod identity;
mod legs;
mod part;
pub(super) mod profile;
mod resync;
mod session;
mod walk;

use super::{Format, Limits, NotAnActivity, ReadError, ReadOutput};
use part::Part;

/// The format's entry in the table.
pub const FORMAT: Format = Format { name: "FIT", extensions: &["fit"], sniff, read };

/// A FIT header carries `.FIT` at byte 8.
fn sniff(bytes: &[u8]) -> bool {
    container::begins(bytes)
}

/// The messages that are read; all others are counted. Not `record`, which has columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kept {
    FileId,
    DeviceSettings,
    UserProfile,
    Sport,
    Session,
    Lap,
    Event,
    DeviceInfo,
    Activity,
    Hr,
    FieldDescription,
    DeveloperDataId,
}

impl Kept {
    /// How many kinds there are.
    const KINDS: usize = Self::DeveloperDataId as usize + 1;
}

/// Which read message a global number is (FIT profile, `mesg_num`).
fn kept(message: u16) -> Option<Kept> {
    Some(match message {
        0 => Kept::FileId,
        2 => Kept::DeviceSettings,
        3 => Kept::UserProfile,
        12 => Kept::Sport,
        18 => Kept::Session,
        19 => Kept::Lap,
        21 => Kept::Event,
        23 => Kept::DeviceInfo,
        34 => Kept::Activity,
        132 => Kept::Hr,
        206 => Kept::FieldDescription,
        207 => Kept::DeveloperDataId,
        _ => return None,
    })
}

/// Reads a file: every chained part with its own state.
fn read(bytes: &[u8], limits: &Limits) -> Result<ReadOutput, ReadError> {
    let mut parts: Vec<Part> = Vec::new();
    let mut next = Some(0);
    while let Some(at) = next {
        if parts.len() >= limits.chained_parts {
            return Err(ReadError::Limit {
                format: FORMAT.name,
                what: "chained parts",
                limit: limits.chained_parts,
            });
        }
        let Some(envelope) = container::open(bytes, at) else {
            if parts.is_empty() {
                return Err(cut_short(bytes.len()));
            }
            break;
        };
        next = envelope.next;
        parts.push(part::read(bytes, envelope, limits)?);
    }
    assemble(parts, bytes.len())
}

fn cut_short(length: usize) -> ReadError {
    ReadError::Malformed {
        format: FORMAT.name,
        problem: "the file ends before its first record".to_owned(),
        place: format!("byte {length}"),
        hint: "copy it from the watch or download it again",
    }
}

fn garbled_throughout(length: usize) -> ReadError {
    ReadError::Malformed {
        format: FORMAT.name,
        problem: "no record can be made out and the checksum is wrong".to_owned(),
        place: format!("byte {length}"),
        hint: "copy it from the watch or download it again",
    }
}

/// Puts the parts together: their recordings, or the reason why there is none.
fn assemble(mut parts: Vec<Part>, length: usize) -> Result<ReadOutput, ReadError> {
    legs::lend_heart_rate(&mut parts);
    let mut output = ReadOutput::default();
    let mut kinds: Vec<String> = Vec::new();
    let (mut cut, mut garbled) = (false, false);
    for part in parts {
        output.issues.extend(part.issues.iter().cloned());
        cut |= part.cut && part.file.says_activity();
        cut |= part.cut && !part.file.present;
        garbled |= part.is_garbled();
        if part.is_activity() {
            legs::recordings(part, &mut output.recordings);
        } else if !kinds.contains(&part.kind()) {
            kinds.push(part.kind());
        }
    }
    if output.recordings.is_empty() {
        if cut {
            return Err(cut_short(length));
        }
        if garbled {
            return Err(garbled_throughout(length));
        }
        output.not_an_activity = Some(NotAnActivity { what: kinds.join(", ") });
    }
    Ok(output)
}
