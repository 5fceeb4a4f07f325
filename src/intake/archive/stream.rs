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
use super::header::{DESCRIPTOR, Header, MEMBER, crc_behind, header, next_mark};
use super::{DEFLATED, STORED, inner_label, method_name};
use crate::activity::Issue;
use crate::read::{Limits, sniff};

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
        let problem = if header.is_encrypted() {
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
            let before = self.members;
            let mut inner = io::Cursor::new(bytes).chain(inside);
            let whole = self.walk(&mut inner, &nest);
            // What is behind the inner directory belongs to the inner archive.
            let _ = io::copy(&mut inner, &mut io::sink());
            if matches!(whole, Ok(true)) && self.members == before {
                (self.take)(Item::Passed(label.to_owned()));
            }
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

/// A member that is not packed and whose size stands behind it: it ends where a descriptor gives
/// the very number of bytes that came before.
fn until_descriptor(source: &mut dyn BufRead, limits: &Limits) -> Result<Body, Problem> {
    let mut bytes = Vec::new();
    loop {
        let buffer = match source.fill_buf() {
            Ok([]) => break,
            Ok(buffer) => buffer,
            Err(_) => break,
        };
        let mut used = 0;
        let mut found = None;
        for byte in buffer {
            used += 1;
            bytes.push(*byte);
            found = DESCRIPTORS.iter().find_map(|width| described(&bytes, *width));
            if found.is_some() {
                break;
            }
        }
        source.consume(used);
        if bytes.len() > limits.input_bytes.saturating_add(LONGEST_DESCRIPTOR) {
            return Err(Problem::TooLarge { limit: limits.input_bytes });
        }
        if let Some((length, crc)) = found {
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

/// Bytes of each of the two sizes in a descriptor, plain and of zip64 (APPNOTE 4.3.9).
const DESCRIPTORS: [usize; 2] = [4, 8];
/// Mark, checksum and two wide sizes.
const LONGEST_DESCRIPTOR: usize = 24;

/// Length and checksum of what stands before a descriptor at the end, where it tells the truth.
fn described(bytes: &[u8], width: usize) -> Option<(usize, u32)> {
    let length = bytes.len().checked_sub(DESCRIPTOR.len() + 4 + 2 * width)?;
    let rest = bytes.get(length..)?.strip_prefix(DESCRIPTOR)?;
    let (crc, sizes) = rest.split_at_checked(4)?;
    let stated = (length as u64).to_le_bytes();
    let same = |size: &[u8]| stated.get(..width) == Some(size);
    let (stored, unpacked) = sizes.split_at_checked(width)?;
    (same(stored) && same(unpacked)).then_some((length, u32::from_le_bytes(crc.try_into().ok()?)))
}
