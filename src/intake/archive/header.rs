//! The headers in front of members, and the marks between them.

use std::io::{self, BufRead, ErrorKind};

/// Marks of a member and of the directory behind the last one (APPNOTE 4.3.7, 4.3.11, 4.3.12,
/// 4.3.16), as the number that their four bytes make.
pub(super) const MEMBER: u32 = u32::from_le_bytes(*b"PK\x03\x04");
const DIRECTORY: [u32; 3] = [
    u32::from_le_bytes(*b"PK\x01\x02"),
    u32::from_le_bytes(*b"PK\x05\x06"),
    u32::from_le_bytes(*b"PK\x06\x08"),
];
/// Mark of the record at the very end.
pub(super) const END: &[u8] = b"PK\x05\x06";
/// Mark of the sizes behind a member that did not know them in front.
pub(super) const DESCRIPTOR: &[u8] = b"PK\x07\x08";
/// Flags of a header (APPNOTE 4.4.4).
const ENCRYPTED: u16 = 1;
const SIZES_BEHIND: u16 = 1 << 3;
/// Bytes of a local header behind its mark, without name and extra field.
const HEADER_BYTES: usize = 26;
/// Number of the extra field with sizes beyond 32 bits (APPNOTE 4.5.3).
const WIDE_SIZES: u16 = 1;

/// What a local header says.
pub(super) struct Header {
    flags: u16,
    pub(super) method: u16,
    pub(super) crc: u32,
    pub(super) stored: u64,
    pub(super) name: Vec<u8>,
}

impl Header {
    pub(super) fn is_encrypted(&self) -> bool {
        self.flags & ENCRYPTED != 0
    }

    pub(super) fn sizes_behind(&self) -> bool {
        self.flags & SIZES_BEHIND != 0
    }

    pub(super) fn is_folder(&self) -> bool {
        self.name.last().is_some_and(|last| matches!(last, b'/' | b'\\'))
    }
}

/// Finds the next mark of a member or of the directory and consumes it; what lies before it goes
/// to `behind` as far as a descriptor may be long. `None` at the end of the source.
pub(super) fn next_mark(source: &mut dyn BufRead, behind: &mut Vec<u8>) -> io::Result<Option<u32>> {
    /// A descriptor with wide sizes, and the mark behind it.
    const LONGEST: usize = 24 + 4;
    let (mut window, mut seen) = (0_u32, 0_usize);
    loop {
        let buffer = source.fill_buf()?;
        if buffer.is_empty() {
            return Ok(None);
        }
        let mut used = 0;
        let mut found = None;
        for byte in buffer {
            used += 1;
            seen += 1;
            if behind.len() < LONGEST {
                behind.push(*byte);
            }
            window = window >> 8 | u32::from(*byte) << 24;
            if seen >= 4 && (window == MEMBER || DIRECTORY.contains(&window)) {
                found = Some(window);
                break;
            }
        }
        source.consume(used);
        if found.is_some() {
            return Ok(found);
        }
    }
}

/// The checksum in a descriptor that was met with the mark behind it.
pub(super) fn crc_behind(behind: &[u8]) -> Option<u32> {
    let descriptor = behind.len().checked_sub(4).and_then(|n| behind.get(..n))?;
    let fields = match descriptor.len() {
        16 | 24 if descriptor.starts_with(DESCRIPTOR) => descriptor.get(4..8)?,
        12 | 20 => descriptor.get(..4)?,
        _ => return None,
    };
    fields.try_into().ok().map(u32::from_le_bytes)
}

/// Reads a header behind its mark; `None` where the source ends in it.
pub(super) fn header(source: &mut dyn BufRead) -> io::Result<Option<Header>> {
    let mut fixed = [0; HEADER_BYTES];
    if !filled(source, &mut fixed)? {
        return Ok(None);
    }
    let short = |at: usize| {
        let bytes = fixed.get(at..at + 2).and_then(|b| b.try_into().ok());
        bytes.map_or(0, u16::from_le_bytes)
    };
    let long = |at: usize| u32::from(short(at)) | u32::from(short(at + 2)) << 16;
    let mut name = vec![0; usize::from(short(22))];
    let mut extra = vec![0; usize::from(short(24))];
    if !filled(source, &mut name)? || !filled(source, &mut extra)? {
        return Ok(None);
    }
    let stored = match long(14) {
        u32::MAX => wide_stored(&extra).unwrap_or(u64::from(u32::MAX)),
        stored => u64::from(stored),
    };
    Ok(Some(Header { flags: short(2), method: short(4), crc: long(10), stored, name }))
}

/// The stored size in an extra field with wide sizes: the second of the two.
fn wide_stored(mut extra: &[u8]) -> Option<u64> {
    loop {
        let (head, rest) = extra.split_at_checked(4)?;
        let &[id_low, id_high, low, high] = head else { return None };
        let (field, rest) = rest.split_at_checked(usize::from(u16::from_le_bytes([low, high])))?;
        if u16::from_le_bytes([id_low, id_high]) == WIDE_SIZES {
            return field.get(8..16)?.try_into().ok().map(u64::from_le_bytes);
        }
        extra = rest;
    }
}

/// Fills a buffer; false where the source ends before.
fn filled(source: &mut dyn BufRead, into: &mut [u8]) -> io::Result<bool> {
    match source.read_exact(into) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => Ok(false),
        Err(error) => Err(error),
    }
}
