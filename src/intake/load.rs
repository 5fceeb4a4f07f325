//! What one opened input is, and why one could not be opened.

use super::open::open_each;
use super::walk::{Found, Walked};
use crate::activity::Issue;
use crate::read::Limits;

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

impl Loaded {
    /// An opened input with the hash of its content.
    pub(super) fn new(label: String, bytes: Vec<u8>, stored: u64, issues: Vec<Issue>) -> Self {
        let stored_bytes = usize::try_from(stored).unwrap_or(usize::MAX);
        Self { hash: content_hash(&bytes), label, bytes, stored_bytes, issues }
    }
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
    #[error(
        "holds more than {limit} bytes; if the file is your own, raise that with \
         --limit input-bytes=N"
    )]
    TooLarge {
        /// The limit.
        limit: usize,
    },
    /// A few bytes that become very many.
    #[error(
        "grows more than {ratio} times when uncompressed, which no recording does; export it \
         again, or raise that with --limit expansion=N if the file is your own"
    )]
    Bomb {
        /// The limit.
        ratio: usize,
    },
    /// Not a byte could be uncompressed.
    #[error("is compressed and damaged ({0}); export it again")]
    Compression(String),
    /// Content of no known format behind a name that promised one.
    #[error("{0}")]
    Unknown(String),
    /// A member behind a password.
    #[error("is encrypted; unpack the archive with its password and give the folder")]
    Encrypted,
    /// A member packed in a way that exports do not use.
    #[error("is packed with {0}, which is not read here; unpack the archive and give the folder")]
    Method(String),
    /// A member that shares bytes of the archive with another.
    #[error("shares its bytes with another member of the archive, as in no true export; left out")]
    Overlap,
    /// An archive in too many others.
    #[error(
        "lies in more than {limit} archives within each other; unpack the outer one, or raise \
         that with --limit nesting=N"
    )]
    Nested {
        /// The limit.
        limit: usize,
    },
    /// An archive with too many members.
    #[error(
        "holds more than {limit} files, and the rest was left out; if the archive is your own, \
         raise that with --limit members=N"
    )]
    Members {
        /// The limit.
        limit: usize,
    },
    /// An archive whose members are too large together.
    #[error(
        "holds more than {limit} bytes uncompressed, and the rest was left out; if the archive \
         is your own, raise that with --limit archive-bytes=N"
    )]
    ArchiveBytes {
        /// The limit.
        limit: usize,
    },
    /// An archive that breaks off or whose table of contents is damaged.
    #[error(
        "is a damaged archive: its list of files is missing or wrong, so the files in it were \
         searched for ({read} found), and some may be lost; download it again"
    )]
    CutArchive {
        /// Members that were found all the same.
        read: usize,
    },
    /// One part of an archive that was split.
    #[error(
        "is one part of a split archive ({read} whole files were found in it): put the parts \
         together, for example with 7-Zip, or with `zip -s 0 FILE.zip --out whole.zip`, and give \
         the whole"
    )]
    Split {
        /// Members that were found in this part all the same.
        read: usize,
    },
    /// An archive with several recordings where one file is asked for.
    #[error("holds {inputs} files; name one of them, for example {first}")]
    Several {
        /// How many.
        inputs: usize,
        /// Label of the first.
        first: String,
    },
    /// A table of a service's export that cannot be understood.
    #[error("cannot be read as a table ({0}); titles and shoes from it are missing")]
    Table(String),
    /// A path into an archive that leads nowhere.
    #[error("is not in the archive; `lightfoot report` on the archive lists what is")]
    NoMember,
    /// An archive without a recording where one file is asked for.
    #[error("holds no FIT, GPX or TCX file")]
    Nothing,
}

/// Content identity: the first digits of the BLAKE3 hash of uncompressed bytes.
pub fn content_hash(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().chars().take(HASH_DIGITS).collect()
}

/// Opens one file and uncompresses it, whatever its name says: the first bytes decide.
///
/// # Errors
/// When it cannot be read, is too large, holds several files, or its compression is damaged from
/// the start. Compressed data that breaks off later is kept up to there, with an issue.
pub fn load(found: &Found, limits: &Limits) -> Result<Loaded, IntakeError> {
    let walked = Walked { found: vec![found.clone()], ..Walked::default() };
    let mut inputs =
        open_each(&walked, limits, &crate::stopwatch::Stopwatch::stopped(), |input| input).inputs;
    let refused = |problem| Err(IntakeError { label: found.label.clone(), problem });
    match inputs.pop() {
        Some(one) if inputs.is_empty() => one,
        Some(_) => {
            let first = inputs.first().map(|input| match input {
                Ok(loaded) => loaded.label.clone(),
                Err(error) => error.label.clone(),
            });
            let first = first.unwrap_or_default();
            refused(Problem::Several { inputs: inputs.len() + 1, first })
        }
        None => refused(Problem::Nothing),
    }
}
