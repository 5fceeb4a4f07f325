//! Opens one file: plain or gzip, within bounds.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::Path;

use flate2::read::MultiGzDecoder;

use super::Found;
use crate::activity::{Issue, IssueKind, Severity};
use crate::read::{Limits, sniff};

/// Most bytes that one compressed byte may become. Real activity files reach 20. **chosen**.
const MOST_RATIO: usize = 200;
/// Bytes before the ratio counts: short files of blanks compress well. **chosen**.
const RATIO_FREE_BYTES: usize = 1 << 20;
/// Hexadecimal digits of a content hash: 64 bits tell a lifetime of files apart. **chosen**.
const HASH_DIGITS: usize = 16;

/// A file in memory, uncompressed.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// Label of the file.
    pub label: String,
    /// Its content, uncompressed.
    pub bytes: Vec<u8>,
    /// Bytes as stored.
    pub stored_bytes: usize,
    /// Identity of the uncompressed content: a file and its compressed twin share it.
    pub hash: String,
    /// What was odd about the compression.
    pub issues: Vec<Issue>,
}

/// Why a file gives no bytes, with the file's label.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{label}: {problem}")]
pub struct IntakeError {
    /// Label of the file.
    pub label: String,
    /// What is the matter and what to do; for places that show the label already.
    pub problem: Problem,
}

/// What is the matter with a file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// The system does not let us read it.
    #[error("cannot be read ({0}); check that it exists and that you may read it")]
    Unreadable(String),
    /// A device, a pipe or the like.
    #[error("is not a regular file; give files or folders")]
    NotAFile,
    /// Larger than the limit, plain or uncompressed.
    #[error("holds more than {limit} bytes; raise the limit if the file is your own")]
    TooLarge {
        /// The limit.
        limit: usize,
    },
    /// A few bytes that become very many.
    #[error(
        "grows more than {MOST_RATIO} times when uncompressed, which no recording does; \
         export it again"
    )]
    Bomb,
    /// Not a byte could be uncompressed.
    #[error("is compressed and damaged ({0}); export it again")]
    Compression(String),
    /// A zip archive.
    #[error("archives: unpack first")]
    Archive,
}

/// Content identity: the first digits of the BLAKE3 hash of uncompressed bytes.
pub fn content_hash(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().chars().take(HASH_DIGITS).collect()
}

/// Opens a file and uncompresses it, whatever its name says: the first bytes decide.
///
/// # Errors
/// When it cannot be read, is too large, is an archive, or its compression is damaged from the
/// start. Compressed data that breaks off later is kept up to there, with an issue.
pub fn load(found: &Found, limits: &Limits) -> Result<Loaded, IntakeError> {
    let label = found.label.clone();
    let opened = stored(&found.path, limits).and_then(|bytes| {
        let stored_bytes = bytes.len();
        let (bytes, issues) = uncompressed(bytes, limits)?;
        Ok(Loaded { label: label.clone(), hash: content_hash(&bytes), bytes, stored_bytes, issues })
    });
    opened.map_err(|problem| IntakeError { label, problem })
}

fn stored(path: &Path, limits: &Limits) -> Result<Vec<u8>, Problem> {
    let unreadable = |error: std::io::Error| Problem::Unreadable(error.to_string());
    let kind = std::fs::metadata(path).map_err(unreadable)?;
    // Opening a pipe would wait for its writer.
    if !kind.is_file() {
        return Err(Problem::NotAFile);
    }
    let limit = limits.input_bytes;
    let most = u64::try_from(limit).unwrap_or(u64::MAX);
    if kind.len() > most {
        return Err(Problem::TooLarge { limit });
    }
    let mut bytes = Vec::with_capacity(usize::try_from(kind.len()).unwrap_or_default());
    // A file may grow while it is read.
    let file = File::open(path).map_err(unreadable)?;
    file.take(most.saturating_add(1)).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() > limit {
        return Err(Problem::TooLarge { limit });
    }
    Ok(bytes)
}

pub(super) fn is_gzip(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0x1f, 0x8b])
}

fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// Times that a file may be compressed over: an export that is `.gz` already and then is
/// compressed by whoever sends it. **chosen**.
const MOST_LAYERS: usize = 2;

/// Bytes as they are, or what a gzip stream of one or more members holds.
fn uncompressed(mut bytes: Vec<u8>, limits: &Limits) -> Result<(Vec<u8>, Vec<Issue>), Problem> {
    let by_ratio = bytes.len().saturating_mul(MOST_RATIO).max(RATIO_FREE_BYTES);
    let mut issues = Vec::new();
    for _ in 0..MOST_LAYERS {
        if !is_gzip(&bytes) {
            break;
        }
        let (inside, issue) = one_layer(&bytes, by_ratio, limits)?;
        bytes = inside;
        issues.extend(issue);
    }
    if is_zip(&bytes) {
        return Err(Problem::Archive);
    }
    Ok((bytes, issues))
}

/// What a gzip stream holds; the ratio counts from the file as stored.
fn one_layer(
    bytes: &[u8],
    by_ratio: usize,
    limits: &Limits,
) -> Result<(Vec<u8>, Option<Issue>), Problem> {
    let most = by_ratio.min(limits.input_bytes);
    let mut inside = Vec::new();
    let bound = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    let outcome = MultiGzDecoder::new(bytes).take(bound).read_to_end(&mut inside);
    if inside.len() > most {
        return Err(if most == by_ratio {
            Problem::Bomb
        } else {
            Problem::TooLarge { limit: limits.input_bytes }
        });
    }
    let known = is_zip(&inside) || is_gzip(&inside) || sniff(&inside).is_some();
    match outcome {
        Ok(_) => Ok((inside, None)),
        Err(error) if !known => Err(Problem::Compression(error.to_string())),
        Err(error) => {
            let issue = damage(&error);
            Ok((inside, Some(issue)))
        }
    }
}

fn damage(error: &std::io::Error) -> Issue {
    let (kind, message) = if error.kind() == ErrorKind::UnexpectedEof {
        (IssueKind::Truncated, "the compressed file breaks off; what came before was kept".into())
    } else {
        let message = format!("the compressed file is damaged ({error}); what was read was kept");
        (IssueKind::Checksum, message)
    };
    Issue::new(kind, Severity::Doubt, message).remedy("export the activity again")
}
