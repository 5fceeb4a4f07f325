//! The envelope of a FIT file: headers, declared lengths, checksums, chained parts.

use crc_fast::CrcAlgorithm;

use crate::activity::{Issue, IssueKind, Severity};

/// Shortest header: size, protocol, profile, data size and `.FIT`.
const SHORT_HEADER: usize = 12;
/// Bytes of the checksum behind the data.
const CRC_BYTES: usize = 2;
/// What every header carries at byte 8.
const MAGIC: &[u8] = b".FIT";
/// Where it stands.
const MAGIC_AT: usize = 8;

/// Whether a FIT header begins here.
pub(super) fn begins(bytes: &[u8]) -> bool {
    bytes.get(MAGIC_AT..SHORT_HEADER) == Some(MAGIC)
        && bytes.first().is_some_and(|size| usize::from(*size) >= SHORT_HEADER)
}

/// One FIT file inside the input: most inputs have one, chained ones several.
#[derive(Debug)]
pub(super) struct Envelope {
    /// Byte offset of the first message in the input.
    pub(super) start: usize,
    /// Byte offset behind the last message.
    pub(super) end: usize,
    /// Byte offset at which the next part begins, if there is one.
    pub(super) next: Option<usize>,
    /// Whether bytes are missing that the header promises.
    pub(super) cut: bool,
    /// What is odd about the envelope.
    pub(super) issues: Vec<Issue>,
}

/// CRC-16/ARC as FIT uses it: over bytes that end in their own checksum it gives 0.
fn crc(bytes: &[u8]) -> u16 {
    (crc_fast::checksum(CrcAlgorithm::Crc16Arc, bytes) & 0xffff) as u16
}

fn doubt(kind: IssueKind, message: String) -> Issue {
    Issue::new(kind, Severity::Doubt, message)
}

/// Opens the part that begins at `at`; `None` when the bytes end inside its header.
pub(super) fn open(input: &[u8], at: usize) -> Option<Envelope> {
    let part = input.get(at..)?;
    let header_size = usize::from(*part.first()?);
    let declared: [u8; 4] = *part.get(4..)?.first_chunk()?;
    let declared = u32::from_le_bytes(declared) as usize;
    if part.len() < header_size {
        return None;
    }
    let mut issues = Vec::new();
    header_checksum(part, header_size, &mut issues);
    let promised = header_size.saturating_add(declared);
    let whole = promised.saturating_add(CRC_BYTES);
    let (end, behind, cut) = match part.get(..whole) {
        Some(bytes) if declared > 0 && crc(bytes) == 0 => (promised, whole, false),
        Some(_) if declared > 0 => mismatch(part, at, promised, &mut issues),
        _ => short(part, at, header_size, declared, &mut issues),
    };
    let next = following(part, behind).map(|n| at + n);
    let loose = next.map_or(part.len(), |n| n - at).saturating_sub(behind);
    if loose > 0 {
        issues.push(
            Issue::new(
                IssueKind::Header,
                Severity::Note,
                format!("{loose} bytes behind the end of the recording were passed over"),
            )
            .count(loose),
        );
    }
    Some(Envelope { start: at + header_size, end: at + end, next, cut, issues })
}

/// A 14-byte header has its own checksum, where 0 means that the writer computed none.
fn header_checksum(part: &[u8], header_size: usize, issues: &mut Vec<Issue>) {
    let Some(own) = part.get(..SHORT_HEADER + CRC_BYTES).filter(|_| header_size > SHORT_HEADER)
    else {
        return;
    };
    let computed = own.get(SHORT_HEADER..) != Some(&[0, 0]);
    if computed && crc(own) != 0 {
        issues.push(Issue::new(
            IssueKind::Checksum,
            Severity::Note,
            "the checksum of the header does not match; the header was read nevertheless",
        ));
    }
}

/// The declared bytes are there and their checksum is wrong: damage, or a length that was never
/// brought up to date. The checksum of everything tells which.
fn mismatch(
    part: &[u8],
    at: usize,
    promised: usize,
    issues: &mut Vec<Issue>,
) -> (usize, usize, bool) {
    let behind = promised + CRC_BYTES;
    if behind < part.len() && !part.get(behind..).is_some_and(begins) && crc(part) == 0 {
        issues.push(doubt(
            IssueKind::Header,
            format!(
                "the header declares {promised} bytes, the recording has {}; all were read",
                part.len() - CRC_BYTES
            ),
        ));
        return (part.len() - CRC_BYTES, part.len(), false);
    }
    issues.push(doubt(
        IssueKind::Checksum,
        format!(
            "the checksum at byte {} does not match; the file was read as it is",
            at + promised
        ),
    ));
    (promised, behind, false)
}

/// Fewer bytes than declared, or no declared length at all: the recording was interrupted or cut,
/// unless the checksum of what is there is right.
fn short(
    part: &[u8],
    at: usize,
    header_size: usize,
    declared: usize,
    issues: &mut Vec<Issue>,
) -> (usize, usize, bool) {
    // A part without a length may still be followed by another one.
    let until = if declared == 0 { following(part, header_size) } else { None };
    let until = until.unwrap_or(part.len());
    let present = part.get(..until).unwrap_or(part);
    if present.len() >= header_size + CRC_BYTES && crc(present) == 0 {
        if declared > 0 || present.len() > header_size + CRC_BYTES {
            issues.push(doubt(
                IssueKind::Header,
                format!(
                    "the header declares {declared} bytes of messages, there are {}; all were read",
                    present.len() - header_size - CRC_BYTES
                ),
            ));
        }
        return (present.len() - CRC_BYTES, present.len(), false);
    }
    if declared == 0 {
        issues.push(doubt(
            IssueKind::Header,
            "the header declares no length (an interrupted recording); read to the end".to_owned(),
        ));
        return (present.len(), present.len(), false);
    }
    let missing = (header_size + declared).saturating_sub(part.len());
    issues.push(doubt(
        IssueKind::Truncated,
        if missing > 0 {
            format!(
                "the file ends at byte {}, {missing} bytes too early; what came before is kept",
                at + part.len()
            )
        } else {
            format!("the file ends at byte {}, before its checksum", at + part.len())
        },
    ));
    (part.len().min(header_size + declared), part.len(), missing > 0)
}

/// Where the next header begins at or behind `from`.
fn following(part: &[u8], from: usize) -> Option<usize> {
    let rest = part.get(from..)?;
    if begins(rest) {
        return Some(from);
    }
    rest.windows(SHORT_HEADER).position(begins).map(|n| from + n)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checksum_is_crc_16_arc() {
        // The check value that catalogues of CRC parameters give for "123456789".
        assert_eq!(crc(b"123456789"), 0xbb3d);
    }
}
