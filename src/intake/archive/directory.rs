//! A zip on a disk, or one stored whole inside another: its directory, and each member by its
//! place, so that members can be read side by side.

use std::fs::File;
use std::io::{self, ErrorKind, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use flate2::bufread::DeflateDecoder;
use rawzip::{FileReader, RECOMMENDED_BUFFER_SIZE, ReaderAt, ZipLocator};

use super::super::layers::{Bounded, Checked, Counted, Meter, Source, buffered};
use super::super::load::Problem;
use super::{DEFLATED, STORED, is_part, method_name};
use crate::read::Limits;

/// Bytes of a local header before the name (APPNOTE 4.3.7), and where it gives the lengths of
/// the name and of the extra field.
const LOCAL_BYTES: usize = 30;
const LOCAL_LENGTHS: usize = 26;

/// Where an archive lies: a file, or a piece of one.
#[derive(Debug, PartialEq, Eq)]
struct Whereabouts {
    path: PathBuf,
    start: u64,
    length: u64,
}

/// A member of an archive and where its bytes are. Archives are opened for each member anew:
/// there may be more of them than a process may hold open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    archive: Arc<Whereabouts>,
    header_at: u64,
    stored: u64,
    length: u64,
    crc: u32,
    method: u16,
    /// Archives around it.
    pub(in crate::intake) depth: usize,
}

/// A member as a directory lists it.
pub(in crate::intake) struct Listed {
    /// Its name as it stands there.
    pub(in crate::intake) name: Vec<u8>,
    /// Where it is, or why it is not read.
    pub(in crate::intake) member: Result<Member, Problem>,
}

/// A piece of a file that can be read from any place.
struct Piece<'a> {
    file: FileReader,
    within: &'a Whereabouts,
}

impl ReaderAt for Piece<'_> {
    fn read_at(&self, into: &mut [u8], offset: u64) -> io::Result<usize> {
        let left = self.within.length.saturating_sub(offset);
        let most = usize::try_from(left).unwrap_or(usize::MAX).min(into.len());
        let Some(into) = into.get_mut(..most).filter(|into| !into.is_empty()) else {
            return Ok(0);
        };
        self.file.read_at(into, self.within.start.saturating_add(offset))
    }
}

/// The members of the archive at a path, in the order of their bytes, folders left out; `None`
/// when its directory is missing or damaged. The second is what was left out at the end.
pub(in crate::intake) fn list(
    path: &Path,
    limits: &Limits,
) -> io::Result<Option<(Vec<Listed>, Option<Problem>)>> {
    // Places in the directory of a part count from other parts.
    if is_part(path) {
        return Ok(None);
    }
    let length = std::fs::metadata(path)?.len();
    directory(Whereabouts { path: path.to_owned(), start: 0, length }, 1, limits)
}

fn directory(
    place: Whereabouts,
    depth: usize,
    limits: &Limits,
) -> io::Result<Option<(Vec<Listed>, Option<Problem>)>> {
    let mut buffer = vec![0; RECOMMENDED_BUFFER_SIZE];
    let place = Arc::new(place);
    let piece = Piece { file: File::open(&place.path)?.into(), within: &place };
    let Ok(zip) = ZipLocator::new().locate_in_reader(piece, &mut buffer, place.length) else {
        return Ok(None);
    };
    let (mut listed, mut rest, mut declared) = (Vec::new(), None, 0_u64);
    let mut entries = zip.entries(&mut buffer);
    loop {
        let entry = match entries.next_entry() {
            Ok(Some(entry)) => entry,
            Ok(None) => break,
            // Half a directory is none: what it does not list would be lost.
            Err(_) => return Ok(None),
        };
        if entry.is_dir() {
            continue;
        }
        let name = entry.file_path().as_bytes().to_owned();
        let member = Member {
            archive: Arc::clone(&place),
            header_at: entry.local_header_offset(),
            stored: entry.compressed_size_hint(),
            length: entry.uncompressed_size_hint(),
            crc: entry.crc32(),
            method: entry.compression_method().as_u16(),
            depth,
        };
        if listed.len() >= limits.members {
            rest = Some(Problem::Members { limit: limits.members });
            break;
        }
        // What a member truly holds is bounded when it is read; here the sum is kept honest.
        declared = declared.saturating_add(member.length.min(limits.input_bytes as u64));
        if declared > limits.archive_bytes as u64 {
            rest = Some(Problem::ArchiveBytes { limit: limits.archive_bytes });
            break;
        }
        let problem = if entry.mode().is_symlink() {
            Some(Problem::NotAFile)
        } else if entry.flags().is_encrypted() {
            Some(Problem::Encrypted)
        } else if !matches!(member.method, STORED | DEFLATED) {
            Some(Problem::Method(method_name(member.method)))
        } else {
            None
        };
        listed.push(Listed { name, member: problem.map_or(Ok(member), Err) });
    }
    leave_out_overlaps(&mut listed);
    Ok(Some((listed, rest)))
}

/// Puts members in the order of their bytes and refuses those that begin inside another: thus
/// each stored byte is uncompressed once, whatever the directory claims.
fn leave_out_overlaps(listed: &mut [Listed]) {
    listed.sort_by_key(|one| one.member.as_ref().map_or(u64::MAX, |member| member.header_at));
    let mut free_from = 0;
    for one in listed {
        let Ok(member) = &one.member else { continue };
        if member.header_at < free_from {
            one.member = Err(Problem::Overlap);
            continue;
        }
        let header = (LOCAL_BYTES + one.name.len()) as u64;
        free_from = member.header_at.saturating_add(header).saturating_add(member.stored.max(1));
    }
}

impl Member {
    /// The file on the disk.
    pub(in crate::intake) fn path(&self) -> &Path {
        &self.archive.path
    }

    /// Bytes as stored.
    pub(in crate::intake) fn stored(&self) -> u64 {
        self.stored
    }

    /// What it holds, unpacked and checked.
    ///
    /// # Errors
    /// When the archive cannot be opened or has no such member where its directory says.
    pub(in crate::intake) fn source(
        &self,
        meter: &Meter,
        limits: &Limits,
    ) -> io::Result<Source<'static>> {
        let (file, _) = self.opened()?;
        let stored = Counted::new(file.take(self.stored), meter);
        // A zip in it is bounded by what all its members may be.
        let most = limits.input_bytes.max(limits.archive_bytes);
        let (crc, length) = (self.crc, self.length);
        Ok(if self.method == DEFLATED {
            let unpacked = DeflateDecoder::new(buffered(stored));
            buffered(Checked::new(Bounded::new(unpacked, meter, most, limits), crc, length))
        } else {
            buffered(Checked::new(stored, crc, length))
        })
    }

    /// The archive's file at the member's first byte, and where that is.
    fn opened(&self) -> io::Result<(File, u64)> {
        let mut file = File::open(&self.archive.path)?;
        let missing =
            || io::Error::new(ErrorKind::InvalidData, "its place in the archive is wrong");
        let room = self.archive.length.checked_sub(self.header_at).ok_or_else(missing)?;
        file.seek(SeekFrom::Start(self.archive.start.saturating_add(self.header_at)))?;
        let mut header = [0; LOCAL_BYTES];
        file.read_exact(&mut header)?;
        let (mark, lengths) = header.split_at(LOCAL_LENGTHS);
        let &[name_low, name_high, extra_low, extra_high] = lengths else { return Err(missing()) };
        let name = u16::from_le_bytes([name_low, name_high]);
        let extra = u16::from_le_bytes([extra_low, extra_high]);
        let before = LOCAL_BYTES as u64 + u64::from(name) + u64::from(extra);
        if !mark.starts_with(b"PK\x03\x04") || before > room {
            return Err(missing());
        }
        let at = file.seek(SeekFrom::Current(i64::from(name) + i64::from(extra)))?;
        Ok((file, at))
    }

    /// The members of an archive that lies here as it is, without being packed again; `None`
    /// when this is none, or has no sound directory.
    pub(in crate::intake) fn list(
        &self,
        limits: &Limits,
    ) -> io::Result<Option<(Vec<Listed>, Option<Problem>)>> {
        if self.method != STORED {
            return Ok(None);
        }
        let (mut file, start) = self.opened()?;
        let mut mark = [0; 4];
        if file.read_exact(&mut mark).is_err() || !super::super::layers::is_zip(&mark) {
            return Ok(None);
        }
        let Whereabouts { path, start: outer, length } = &*self.archive;
        let end = start.saturating_add(self.stored).min(outer.saturating_add(*length));
        let length = end.saturating_sub(start);
        directory(Whereabouts { path: path.clone(), start, length }, self.depth + 1, limits)
    }
}
