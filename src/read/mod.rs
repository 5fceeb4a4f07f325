//! Readers translate and judge nothing: bytes in, faithful [`Recording`]s out.
//!
//! A format is one file with a [`Format`] and one line in [`FORMATS`]. Content decides which
//! reader speaks, a file name is only a hint.

pub mod devices;
pub mod fit;
pub mod gpx;
mod limits;
mod recording;
pub mod tcx;
mod xml;

pub use limits::{LIMITS, NamedLimit};
pub use recording::{
    CadenceConvention, Column, ColumnSource, Field, NotAnActivity, RawColumn, ReadOutput,
    Recording, SensorIdentity, TimerStop,
};
pub use xml::table_text;

/// What a reader may spend on one input. Every reader takes them; every one can be changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one input after decompression.
    pub input_bytes: usize,
    /// Records (FIT) or points (XML) of one file.
    pub records: usize,
    /// Chained FIT parts of one file.
    pub chained_parts: usize,
    /// Depth of XML elements.
    pub xml_depth: usize,
    /// Bytes of one XML tag.
    pub xml_tag_bytes: usize,
    /// Attributes of one XML tag.
    pub xml_attributes: usize,
    /// Bytes of one XML text.
    pub xml_text_bytes: usize,
    /// Kinds of markup around XML points that are remembered, so that only the values of points
    /// like them are read; 0 walks every tag. What is read is the same.
    pub xml_point_shapes: usize,
    /// Bytes that one compressed byte may become, from [`Limits::FREE_BYTES`] on.
    pub expansion: usize,
    /// Members of one archive.
    pub members: usize,
    /// Bytes of all members of one archive together, uncompressed.
    pub archive_bytes: usize,
    /// Archives within each other; what is compressed by itself (`.gz`) does not count.
    pub nesting: usize,
}

impl Limits {
    /// Bytes of an output that come before its ratio counts: short files of blanks compress
    /// well. **chosen**.
    pub const FREE_BYTES: usize = 1 << 20;
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            input_bytes: 256 << 20,
            records: 2_000_000,
            chained_parts: 64,
            xml_depth: 64,
            xml_tag_bytes: 64 << 10,
            xml_attributes: 64,
            xml_text_bytes: 64 << 10,
            xml_point_shapes: 8,
            expansion: 200,
            members: 200_000,
            archive_bytes: usize::try_from(64_u64 << 30).unwrap_or(usize::MAX),
            nesting: 2,
        }
    }
}

/// Why an input yields no recording at all. Anything less is an issue of a recording.
#[derive(Clone, Debug, thiserror::Error, PartialEq)]
pub enum ReadError {
    /// No reader knows the content.
    #[error(
        "not a FIT, GPX or TCX file ({found}); export the activity again in one of these formats"
    )]
    UnknownFormat {
        /// What the content begins with, in words a user can check.
        found: String,
    },
    /// The content is of a known format but cannot be read.
    #[error("{format}: {problem} at {place}; {hint}")]
    Malformed {
        /// Format name.
        format: &'static str,
        /// What is wrong.
        problem: String,
        /// Byte offset or line, in words.
        place: String,
        /// What the user can do.
        hint: &'static str,
    },
    /// A bound was hit: not malformed, but more than we agree to read.
    #[error("{format}: more than the limit of {limit} {what}; {}", limits::what_to_do(what))]
    Limit {
        /// Format name.
        format: &'static str,
        /// What was counted.
        what: &'static str,
        /// The bound.
        limit: usize,
    },
}

/// A file format: how to recognise it and how to read it.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// Name as shown and as stored in JSON.
    pub name: &'static str,
    /// Usual file extensions: a hint for messages, never a decision.
    pub extensions: &'static [&'static str],
    /// Whether these bytes look like this format.
    pub sniff: fn(&[u8]) -> bool,
    /// Reads a whole file held in memory.
    pub read: fn(&[u8], &Limits) -> Result<ReadOutput, ReadError>,
}

/// All formats, in the order in which content is tried.
pub const FORMATS: &[Format] = &[fit::FORMAT, tcx::FORMAT, gpx::FORMAT];

/// The format whose content this is.
pub fn sniff(bytes: &[u8]) -> Option<&'static Format> {
    FORMATS.iter().find(|format| (format.sniff)(bytes))
}

/// Reads one uncompressed file, whatever its name says.
///
/// # Errors
/// When no format recognises the bytes or the recognised one cannot be read at all.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<ReadOutput, ReadError> {
    if bytes.len() > limits.input_bytes {
        return Err(ReadError::Limit { format: "file", what: "bytes", limit: limits.input_bytes });
    }
    match sniff(bytes) {
        Some(format) => (format.read)(bytes, limits),
        None => Err(ReadError::UnknownFormat { found: beginning(bytes) }),
    }
}

/// The first bytes in words that a user can check.
fn beginning(bytes: &[u8]) -> String {
    let head: Vec<u8> = bytes.iter().copied().take(12).collect();
    if head.is_empty() {
        return "it is empty".to_owned();
    }
    let printable = head.iter().all(|b| (0x20..0x7f).contains(b) || b.is_ascii_whitespace());
    if printable {
        format!("it begins with {:?}", String::from_utf8_lossy(&head))
    } else {
        let hex: Vec<String> = head.iter().map(|b| format!("{b:02x}")).collect();
        format!("it begins with the bytes {}", hex.join(" "))
    }
}
