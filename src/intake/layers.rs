//! Uncompressing within bounds: what a layer gives is held against what was taken from the store,
//! so that a bomb stops while it is small, and no declared size is believed.

use std::cell::Cell;
use std::io::{self, BufRead, BufReader, Chain, Cursor, ErrorKind, Read};
use std::rc::Rc;

use flate2::Crc;
use flate2::bufread::MultiGzDecoder;

use super::load::Problem;
use crate::activity::{Issue, IssueKind, Severity};
use crate::read::{Limits, sniff};

/// Bytes of a content that are looked at to judge what it is: the root element of an XML file
/// may stand behind a licence. **chosen**.
pub(super) const PEEK_BYTES: u64 = 64 << 10;
/// Bytes handed from one layer to the next at a time. **chosen**: fits the second-level cache.
const STEP_BYTES: usize = 32 << 10;
/// Times that a content may be gzipped over: an export that is `.gz` already and then is
/// compressed by whoever sends it. **chosen**.
const MOST_LAYERS: usize = 2;

/// Bytes that a layer may take without giving one. **chosen**: a block of compressed data is far
/// shorter.
const MOST_FRUITLESS: u64 = 1 << 20;

/// A source of bytes of any make.
pub(super) type Source<'a> = Box<dyn BufRead + 'a>;

/// Bytes taken from the store so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Meter(Rc<Cell<u64>>);

impl Meter {
    /// A meter that has counted some bytes already.
    pub(super) fn at(bytes: u64) -> Self {
        Self(Rc::new(Cell::new(bytes)))
    }

    pub(super) fn bytes(&self) -> u64 {
        self.0.get()
    }

    fn add(&self, bytes: usize) {
        self.0.set(self.0.get().saturating_add(bytes as u64));
    }
}

/// Counts what is taken from a store.
#[derive(Debug)]
pub(super) struct Counted<R> {
    inner: R,
    meter: Meter,
}

impl<R> Counted<R> {
    pub(super) fn new(inner: R, meter: &Meter) -> Self {
        Self { inner, meter: meter.clone() }
    }

    pub(super) fn into_inner(self) -> R {
        self.inner
    }
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(into)?;
        self.meter.add(n);
        Ok(n)
    }
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.meter.add(amount);
        self.inner.consume(amount);
    }
}

/// Why a layer was stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Stopped {
    #[error("more bytes than the limit")]
    Size,
    #[error("grows too much")]
    Ratio,
}

impl Stopped {
    /// The bound behind an error, if it was one.
    pub(super) fn of(error: &io::Error) -> Option<Self> {
        error.get_ref()?.downcast_ref::<Self>().copied()
    }

    pub(super) fn problem(self, limits: &Limits) -> Problem {
        match self {
            Self::Size => Problem::TooLarge { limit: limits.input_bytes },
            Self::Ratio => Problem::Bomb { ratio: limits.expansion },
        }
    }
}

/// Stops a layer that takes and takes and gives nothing: empty gzip members, one after another.
#[derive(Debug)]
struct Fruitful<R> {
    inner: R,
    since: Meter,
}

impl<R: BufRead> Read for Fruitful<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let n = self.fill_buf()?.read(into)?;
        self.consume(n);
        Ok(n)
    }
}

impl<R: BufRead> BufRead for Fruitful<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.since.bytes() > MOST_FRUITLESS {
            return Err(io::Error::other(Stopped::Ratio));
        }
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.since.add(amount);
        self.inner.consume(amount);
    }
}

/// Stops a layer that gives too much, at all or for what was taken.
#[derive(Debug)]
pub(super) struct Bounded<R> {
    inner: R,
    meter: Meter,
    /// Bytes that the layer took since it last gave one.
    since: Meter,
    given: u64,
    most: u64,
    ratio: u64,
}

impl<R> Bounded<R> {
    /// `most` bytes at all, and the limits' expansion.
    pub(super) fn new(inner: R, meter: &Meter, most: usize, limits: &Limits) -> Self {
        let (most, ratio) = (most as u64, limits.expansion as u64);
        Self { inner, meter: meter.clone(), since: Meter::default(), given: 0, most, ratio }
    }
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(into)?;
        self.since.0.set(0);
        self.given = self.given.saturating_add(n as u64);
        let allowed = self.meter.bytes().saturating_mul(self.ratio);
        if self.given > allowed.max(Limits::FREE_BYTES as u64) {
            return Err(io::Error::other(Stopped::Ratio));
        }
        if self.given > self.most {
            return Err(io::Error::other(Stopped::Size));
        }
        Ok(n)
    }
}

/// Holds what a member gives against the archive's own checksum.
#[derive(Debug)]
pub(super) struct Checked<R> {
    inner: R,
    crc: Crc,
    expected: u32,
    length: u64,
}

impl<R> Checked<R> {
    /// The checksum and the length as the archive states them.
    pub(super) fn new(inner: R, expected: u32, length: u64) -> Self {
        Self { inner, crc: Crc::new(), expected, length }
    }
}

impl<R: Read> Read for Checked<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(into)?;
        self.crc.update(into.get(..n).unwrap_or_default());
        if n > 0 || into.is_empty() || self.crc.sum() == self.expected {
            return Ok(n);
        }
        // The length only tells how it is wrong, never how much to allocate.
        Err(match u64::from(self.crc.amount()) < self.length {
            true => ErrorKind::UnexpectedEof.into(),
            false => io::Error::new(ErrorKind::InvalidData, "its checksum does not match"),
        })
    }
}

/// A source that failed stays failed.
#[derive(Debug)]
pub(super) struct Failed(Option<io::Error>);

impl Read for Failed {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

/// The beginning of a source; what follows it; and the failure that it ran into, if any.
pub(super) fn peek(source: &mut dyn BufRead) -> (Vec<u8>, Option<io::Error>) {
    let mut head = Vec::new();
    let failed = source.take(PEEK_BYTES).read_to_end(&mut head).err();
    (head, failed)
}

fn put_back<'a>(
    head: Vec<u8>,
    failed: Option<io::Error>,
    rest: Source<'a>,
) -> Chain<Cursor<Vec<u8>>, Source<'a>> {
    let rest = match failed {
        Some(error) => Box::new(BufReader::with_capacity(1, Failed(Some(error)))),
        None => rest,
    };
    Cursor::new(head).chain(rest)
}

/// What a source holds under its layers of gzip.
pub(super) enum Inside<'a> {
    /// A file of a known format.
    Recording(Vec<u8>, Vec<Issue>),
    /// A zip, to be walked in the order of its bytes.
    Archive(Source<'a>),
    /// Something else, of which only the beginning was read.
    Other(Vec<u8>),
}

pub(super) fn buffered<'a>(reader: impl Read + 'a) -> Source<'a> {
    Box::new(BufReader::with_capacity(STEP_BYTES, reader))
}

/// Looks through at most two layers of gzip, whatever any name says: the first bytes decide.
///
/// # Errors
/// When a bound is hit or the compression is damaged before the content shows what it is. What
/// breaks off later is kept up to there, with an issue.
pub(super) fn inside<'a>(
    mut source: Source<'a>,
    meter: &Meter,
    limits: &Limits,
) -> Result<Inside<'a>, Problem> {
    let mut layers = 0;
    loop {
        let (mut bytes, mut failed) = peek(&mut *source);
        if let Some(stopped) = failed.as_ref().and_then(Stopped::of) {
            return Err(stopped.problem(limits));
        }
        if is_gzip(&bytes) && layers < MOST_LAYERS {
            let since = Meter::default();
            let inner = put_back(bytes, failed, source);
            let layer = MultiGzDecoder::new(Fruitful { inner, since: since.clone() });
            // A zip in it is bounded by what all its members may be.
            let most = limits.input_bytes.max(limits.archive_bytes);
            source = buffered(Bounded { since, ..Bounded::new(layer, meter, most, limits) });
            layers += 1;
            continue;
        }
        if is_zip(&bytes) {
            return Ok(Inside::Archive(Box::new(put_back(bytes, failed, source))));
        }
        if sniff(&bytes).is_none() {
            return match failed {
                Some(error) => Err(Problem::Compression(error.to_string())),
                None => Ok(Inside::Other(bytes)),
            };
        }
        if failed.is_none() {
            let most = limits.input_bytes;
            let rest = (most as u64).saturating_add(1).saturating_sub(bytes.len() as u64);
            failed = source.take(rest).read_to_end(&mut bytes).err();
            if bytes.len() > most {
                return Err(Problem::TooLarge { limit: most });
            }
        }
        if let Some(stopped) = failed.as_ref().and_then(Stopped::of) {
            return Err(stopped.problem(limits));
        }
        return Ok(Inside::Recording(bytes, failed.iter().map(damage).collect()));
    }
}

pub(super) fn is_gzip(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0x1f, 0x8b])
}

/// A local header, an empty directory, or the mark of a zip that was meant for several disks.
pub(super) fn is_zip(bytes: &[u8]) -> bool {
    [b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"].iter().any(|mark| bytes.starts_with(*mark))
}

/// What a failure in the middle of a content means for it.
pub(super) fn damage(error: &io::Error) -> Issue {
    let (kind, message) = if error.kind() == ErrorKind::UnexpectedEof {
        (IssueKind::Truncated, "the compressed file breaks off; what came before was kept".into())
    } else {
        let message = format!("the compressed file is damaged ({error}); what was read was kept");
        (IssueKind::Checksum, message)
    };
    Issue::new(kind, Severity::Doubt, message).remedy("export the activity again")
}
