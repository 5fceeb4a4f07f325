//! A zip in the order of its bytes, by the headers in front of its members: for archives that are
//! packed inside others, and for those whose directory is lost.

use std::io::{self, BufRead, ErrorKind, Read};

use flate2::Crc;
use flate2::bufread::DeflateDecoder;

use super::super::layers::{
    Bounded, Counted, Meter, Source, Stopped, buffered, damage, is_gzip, is_zip, peek,
};
use super::super::load::{IntakeError, Problem};
use super::super::tables::is_table;
use super::super::walk::{claims, hidden};
use super::{DEFLATED, STORED, inner_label, method_name};
use crate::activity::Issue;
use crate::read::{Limits, sniff};

/// Marks of a member and of the directory behind the last one (APPNOTE 4.3.7, 4.3.11, 4.3.12,
/// 4.3.16), as the number that their four bytes make.
const MEMBER: u32 = u32::from_le_bytes(*b"PK\x03\x04");
const DIRECTORY: [u32; 3] = [
    u32::from_le_bytes(*b"PK\x01\x02"),
    u32::from_le_bytes(*b"PK\x05\x06"),
    u32::from_le_bytes(*b"PK\x06\x08"),
];
/// Mark of the sizes behind a member that did not know them in front.
const DESCRIPTOR: &[u8] = b"PK\x07\x08";
/// Flags of a header (APPNOTE 4.4.4).
const ENCRYPTED: u16 = 1;
const SIZES_BEHIND: u16 = 1 << 3;
/// Bytes of a local header behind its mark, without name and extra field.
const HEADER_BYTES: usize = 26;
/// Number of the extra field with sizes beyond 32 bits (APPNOTE 4.5.3).
const WIDE_SIZES: u16 = 1;

/// A member's bytes, still gzipped where it is a `.gz`.
pub(in crate::intake) struct Packed {
    pub(in crate::intake) label: String,
    pub(in crate::intake) bytes: Vec<u8>,
    /// Bytes as stored in the archive.
    pub(in crate::intake) stored: u64,
    pub(in crate::intake) issues: Vec<Issue>,
}

/// What a walk along an archive meets.
pub(in crate::intake) enum Item {
    /// What may be a recording.
    Member(Packed),
    /// A table of a service's export.
    Table(Packed),
    /// What is none, by its label.
    Passed(String),
    /// What should have been one and cannot be read.
    Refused(IntakeError),
}

/// An archive within others.
#[derive(Clone, Debug)]
pub(in crate::intake) struct Nest {
    /// Its label.
    pub(in crate::intake) label: String,
    /// How many archives there are, itself included.
    pub(in crate::intake) depth: usize,
}

/// A walk along one archive and those inside it.
pub(in crate::intake) struct Stream<'a> {
    limits: &'a Limits,
    take: &'a mut dyn FnMut(Item),
    /// Members met so far, those of inner archives included.
    pub(in crate::intake) members: usize,
    /// Bytes of those that were read.
    bytes: u64,
}

struct Header {
    flags: u16,
    method: u16,
    crc: u32,
    stored: u64,
    name: Vec<u8>,
}

impl Header {
    fn sizes_behind(&self) -> bool {
        self.flags & SIZES_BEHIND != 0
    }

    fn is_folder(&self) -> bool {
        self.name.last().is_some_and(|last| matches!(last, b'/' | b'\\'))
    }
}

/// How a body ended.
struct Body {
    bytes: Vec<u8>,
    failed: Option<io::Error>,
    stored: u64,
}

impl<'a> Stream<'a> {
    /// A walk that hands what it meets to `take`.
    pub(in crate::intake) fn new(limits: &'a Limits, take: &'a mut dyn FnMut(Item)) -> Self {
        Self { limits, take, members: 0, bytes: 0 }
    }

    /// Walks to the directory; false when the archive breaks off before it.
    ///
    /// # Errors
    /// When the source fails or a bound of the archive as a whole is hit.
    pub(in crate::intake) fn walk(
        &mut self,
        source: &mut dyn BufRead,
        nest: &Nest,
    ) -> io::Result<bool> {
        let mut mark = next_mark(source, &mut Vec::new())?;
        while mark == Some(MEMBER) {
            let Some(header) = header(source)? else { return Ok(false) };
            if header.is_folder() && header.stored == 0 && !header.sizes_behind() {
                mark = next_mark(source, &mut Vec::new())?;
                continue;
            }
            self.members += 1;
            let label = inner_label(&nest.label, &header.name);
            if let Some(problem) = self.spent() {
                (self.take)(Item::Refused(IntakeError { label: nest.label.clone(), problem }));
                return Ok(true);
            }
            mark = self.member(source, nest, &header, label)?;
        }
        Ok(mark.is_some())
    }

    /// The bound of an archive as a whole that is used up, if one is.
    fn spent(&self) -> Option<Problem> {
        let Limits { members, archive_bytes, .. } = *self.limits;
        if self.members > members {
            return Some(Problem::Members { limit: members });
        }
        (self.bytes >= archive_bytes as u64)
            .then_some(Problem::ArchiveBytes { limit: archive_bytes })
    }

    /// Reads or passes one member and finds the next mark.
    fn member(
        &mut self,
        source: &mut dyn BufRead,
        nest: &Nest,
        header: &Header,
        label: String,
    ) -> io::Result<Option<u32>> {
        let packed = nest.label.len() + 1;
        let name = label.get(packed..).unwrap_or_default();
        let problem = if header.flags & ENCRYPTED != 0 {
            Some(Problem::Encrypted)
        } else if !matches!(header.method, STORED | DEFLATED) {
            Some(Problem::Method(method_name(header.method)))
        } else {
            None
        };
        if hidden(name) || problem.is_some() {
            match problem.filter(|_| !hidden(name) && (claims(name) || is_table(name))) {
                Some(problem) => (self.take)(Item::Refused(IntakeError { label, problem })),
                None => (self.take)(Item::Passed(label)),
            }
            return self.skip(source, header, 0);
        }
        let meter = Meter::default();
        let mut counted = Counted::new(source, &meter);
        let judged = self.body(&mut counted, &meter, header, &label, nest.depth);
        let behind = &mut Vec::new();
        let whole = matches!(&judged, Ok(Some(body)) if body.failed.is_none());
        let mark = if header.sizes_behind() {
            next_mark(counted.into_inner(), behind)?
        } else {
            self.skip(counted.into_inner(), header, meter.bytes())?
        };
        match judged {
            Ok(Some(mut body)) => {
                let crc = if header.sizes_behind() { crc_behind(behind) } else { Some(header.crc) };
                if whole && crc.is_some_and(|crc| crc != sum(&body.bytes)) {
                    let problem = "its checksum does not match";
                    body.failed = Some(io::Error::new(ErrorKind::InvalidData, problem));
                }
                self.give(label, body);
            }
            Ok(None) => {}
            Err(problem) => (self.take)(Item::Refused(IntakeError { label, problem })),
        }
        Ok(mark)
    }

    fn give(&mut self, label: String, body: Body) {
        let Body { bytes, failed, stored } = body;
        self.bytes = self.bytes.saturating_add(bytes.len() as u64);
        if bytes.is_empty()
            && let Some(error) = failed
        {
            let problem = Problem::Compression(error.to_string());
            return (self.take)(Item::Refused(IntakeError { label, problem }));
        }
        let issues = failed.iter().map(damage).collect();
        let table = is_table(&label);
        let packed = Packed { label, bytes, stored, issues };
        (self.take)(if table { Item::Table(packed) } else { Item::Member(packed) });
    }

    /// The content of a member that may be a recording; `None` of one that is not, or that was an
    /// archive and has been walked.
    fn body(
        &mut self,
        source: &mut dyn BufRead,
        meter: &Meter,
        header: &Header,
        label: &str,
        depth: usize,
    ) -> Result<Option<Body>, Problem> {
        let limits = self.limits;
        if header.method == STORED && header.sizes_behind() {
            return until_descriptor(source, limits).map(Some);
        }
        // A size in front of a member is a fence for what follows, never a size to allocate.
        let fence = if header.sizes_behind() { u64::MAX } else { header.stored };
        let stored = source.take(fence);
        let mut inside: Source<'_> = if header.method == STORED {
            Box::new(stored)
        } else {
            let unpacked = DeflateDecoder::new(stored);
            buffered(Bounded::new(unpacked, meter, limits.archive_bytes, limits))
        };
        let (mut bytes, mut failed) = peek(&mut *inside);
        let stop = |failed: &Option<io::Error>| failed.as_ref().and_then(Stopped::of);
        if let Some(stopped) = stop(&failed) {
            return Err(stopped.problem(limits));
        }
        if is_zip(&bytes) {
            if depth >= limits.nesting {
                return Err(Problem::Nested { limit: limits.nesting });
            }
            let nest = Nest { label: label.to_owned(), depth: depth + 1 };
            let mut inner = io::Cursor::new(bytes).chain(inside);
            let whole = self.walk(&mut inner, &nest);
            // What is behind the inner directory belongs to the inner archive.
            let _ = io::copy(&mut inner, &mut io::sink());
            return match whole {
                Ok(true) => Ok(None),
                Err(error) if Stopped::of(&error).is_some() => {
                    Err(Stopped::of(&error).unwrap_or(Stopped::Ratio).problem(limits))
                }
                Ok(false) | Err(_) => Err(Problem::CutArchive { read: self.members }),
            };
        }
        let known = sniff(&bytes).is_some() || is_gzip(&bytes);
        if !known && !claims(label) && !is_table(label) {
            (self.take)(Item::Passed(label.to_owned()));
            if header.sizes_behind() {
                let _ = io::copy(&mut inside, &mut io::sink());
            }
            return Ok(None);
        }
        if failed.is_none() {
            let most = limits.input_bytes as u64 + 1;
            let rest = most.saturating_sub(bytes.len() as u64);
            failed = inside.by_ref().take(rest).read_to_end(&mut bytes).err();
        }
        if let Some(stopped) = stop(&failed) {
            return Err(stopped.problem(limits));
        }
        if bytes.len() > limits.input_bytes {
            return Err(Problem::TooLarge { limit: limits.input_bytes });
        }
        Ok(Some(Body { bytes, failed, stored: meter.bytes() }))
    }

    /// Goes behind a member of which `read` bytes were taken, to the next mark.
    fn skip(
        &self,
        source: &mut dyn BufRead,
        header: &Header,
        read: u64,
    ) -> io::Result<Option<u32>> {
        if !header.sizes_behind() {
            let rest = header.stored.saturating_sub(read);
            io::copy(&mut source.take(rest), &mut io::sink())?;
        }
        next_mark(source, &mut Vec::new())
    }
}

fn sum(bytes: &[u8]) -> u32 {
    let mut crc = Crc::new();
    crc.update(bytes);
    crc.sum()
}

/// Finds the next mark of a member or of the directory and consumes it; what lies before it goes
/// to `behind` as far as a descriptor may be long. `None` at the end of the source.
fn next_mark(source: &mut dyn BufRead, behind: &mut Vec<u8>) -> io::Result<Option<u32>> {
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
fn crc_behind(behind: &[u8]) -> Option<u32> {
    let descriptor = behind.len().checked_sub(4).and_then(|n| behind.get(..n))?;
    let fields = match descriptor.len() {
        16 | 24 if descriptor.starts_with(DESCRIPTOR) => descriptor.get(4..8)?,
        12 | 20 => descriptor.get(..4)?,
        _ => return None,
    };
    fields.try_into().ok().map(u32::from_le_bytes)
}

/// Reads a header behind its mark; `None` where the source ends in it.
fn header(source: &mut dyn BufRead) -> io::Result<Option<Header>> {
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

/// A member that is not packed and whose size stands behind it: it ends where a descriptor gives
/// the very number of bytes that came before.
fn until_descriptor(source: &mut dyn BufRead, limits: &Limits) -> Result<Body, Problem> {
    /// Mark, checksum and two sizes.
    const NARROW: usize = 16;
    let mut bytes = Vec::new();
    loop {
        let buffer = match source.fill_buf() {
            Ok([]) => break,
            Ok(buffer) => buffer,
            Err(_) => break,
        };
        let mut used = 0;
        let mut found = false;
        for byte in buffer {
            used += 1;
            bytes.push(*byte);
            let Some(length) = bytes.len().checked_sub(NARROW) else { continue };
            let tail = bytes.get(length..).unwrap_or_default();
            let states = |at: usize| {
                tail.get(at..at + 4).is_some_and(|size| size == (length as u32).to_le_bytes())
            };
            if tail.starts_with(DESCRIPTOR) && states(8) && states(12) {
                found = true;
                break;
            }
        }
        source.consume(used);
        if bytes.len() > limits.input_bytes.saturating_add(NARROW) {
            return Err(Problem::TooLarge { limit: limits.input_bytes });
        }
        if found {
            let length = bytes.len() - NARROW;
            let crc = bytes.get(length + 4..length + 8).and_then(|b| b.try_into().ok());
            let crc = crc.map_or(0, u32::from_le_bytes);
            bytes.truncate(length);
            let wrong = crc != sum(&bytes);
            let failed = wrong
                .then(|| io::Error::new(ErrorKind::InvalidData, "its checksum does not match"));
            return Ok(Body { stored: length as u64, bytes, failed });
        }
    }
    let failed = Some(ErrorKind::UnexpectedEof.into());
    Ok(Body { stored: bytes.len() as u64, bytes, failed })
}
