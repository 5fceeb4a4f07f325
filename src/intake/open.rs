//! Opens everything that a walk found, side by side and in bounded memory, and puts the results
//! back in order: the same for any number of threads.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use rayon::prelude::*;

use super::archive::{Item, Nest, Packed, Stream, is_part};
use super::layers::{Counted, Inside, Meter, Source, Stopped, buffered, inside, is_gzip, is_zip};
use super::load::{IntakeError, Loaded, Problem};
use super::tables::{self, Table};
use super::walk::{Found, Place, Walked, claims, kind_of};
use crate::activity::Issue;
use crate::journal::{Note, NotesFile, Scope};
use crate::read::{self, Limits};
use crate::stopwatch::{Stage, Stopwatch};

/// Bytes of members that wait to be worked on: what a walk along an archive may run ahead.
/// **chosen**: about a hundred recordings, enough for many threads.
const BATCH_BYTES: usize = 16 << 20;
/// Members that wait to be worked on. **chosen**.
const BATCH_MEMBERS: usize = 256;

/// What opening gave.
#[derive(Debug)]
pub struct Opened<T> {
    /// What the work made of each input, in the order of the walk; members that only reading
    /// could find stand where their archive stood.
    pub inputs: Vec<T>,
    /// What was passed over, by kind, that of the walk included.
    pub passed_over: BTreeMap<String, usize>,
    /// What the runner or a service noted, from the walk and from tables inside archives.
    pub notes: Vec<Note>,
    /// The runner's own files of notes, with what could not be read in them; their notes stand in
    /// `notes`.
    pub notes_files: Vec<NotesFile>,
}

/// Opens each input and hands it to `work`, which is called from several threads.
pub fn open_each<T: Send>(
    walked: &Walked,
    limits: &Limits,
    watch: &Stopwatch<'_>,
    work: impl Fn(Result<Loaded, IntakeError>) -> T + Sync,
) -> Opened<T> {
    let opener = Opener { limits, work: &work };
    let open = |one: &Found| watch.time(Stage::Open, || opener.open(one));
    let given: Vec<Given<T>> = walked.found.par_iter().map(open).collect();
    let mut passed_over = walked.passed_over.clone();
    let (mut inputs, mut found_tables) = (Vec::with_capacity(given.len()), Vec::new());
    for one in given {
        inputs.extend(one.inputs);
        found_tables.extend(one.tables);
        for (kind, n) in one.passed_over {
            *passed_over.entry(kind).or_default() += n;
        }
    }
    for table in &walked.tables {
        match opener.table(table) {
            Ok(table) => found_tables.push(table),
            Err(error) => inputs.push(work(Err(error))),
        }
    }
    inputs.extend(walked.problems.iter().map(|problem| work(Err(problem.clone()))));
    let mut notes = walked.notes.clone();
    let read = tables::notes(found_tables, limits);
    notes.extend(read.notes);
    inputs.extend(read.problems.into_iter().map(|problem| work(Err(problem))));
    let mut notes_files = read.notes_files;
    for file in &mut notes_files {
        if walked.beside.contains(&file.label) {
            file.about = Scope::WholeFolder;
        }
    }
    Opened { inputs, passed_over, notes, notes_files }
}

/// What one place gave.
struct Given<T> {
    inputs: Vec<T>,
    passed_over: BTreeMap<String, usize>,
    tables: Vec<Table>,
}

impl<T> Default for Given<T> {
    fn default() -> Self {
        Self { inputs: Vec::new(), passed_over: BTreeMap::new(), tables: Vec::new() }
    }
}

impl<T> Given<T> {
    fn one(input: T) -> Self {
        Self { inputs: vec![input], ..Self::default() }
    }

    fn pass(&mut self, label: &str) {
        *self.passed_over.entry(kind_of(Path::new(label))).or_default() += 1;
    }

    fn add(&mut self, other: Self) {
        self.inputs.extend(other.inputs);
        self.tables.extend(other.tables);
        for (kind, n) in other.passed_over {
            *self.passed_over.entry(kind).or_default() += n;
        }
    }
}

/// A content on its way through the layers around it.
struct Wrapped<'a> {
    label: String,
    stored: u64,
    issues: Vec<Issue>,
    source: Source<'a>,
    meter: Meter,
    /// Archives around it.
    depth: usize,
    /// Whether an archive met here was listed in vain before.
    directory: Directory,
}

/// What is known of the directory of an archive that is walked by its bytes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Directory {
    /// It lies behind the members and was not looked for.
    Unseen,
    /// It is missing or damaged.
    Lost,
    /// It speaks of other parts of a split archive, or lies in one of them.
    InParts,
}

struct Opener<'a, W> {
    limits: &'a Limits,
    work: &'a W,
}

impl<T: Send, W: Fn(Result<Loaded, IntakeError>) -> T + Sync> Opener<'_, W> {
    fn open(&self, found: &Found) -> Given<T> {
        match self.wrapped(found) {
            Ok(Start::Plain(loaded)) => Given::one((self.work)(Ok(loaded))),
            Ok(Start::Wrapped(wrapped)) => self.unwrap(wrapped),
            Err(problem) => self.refuse(found.label.clone(), problem),
        }
    }

    fn refuse(&self, label: String, problem: Problem) -> Given<T> {
        Given::one((self.work)(Err(IntakeError { label, problem })))
    }

    fn wrapped(&self, found: &Found) -> Result<Start, Problem> {
        let unreadable = |error: io::Error| Problem::Unreadable(error.to_string());
        let label = found.label.clone();
        let meter = Meter::default();
        match &found.place {
            Place::File(path) => on_disk(path, label, self.limits),
            Place::Member(member) => Ok(Start::Wrapped(Wrapped {
                label,
                stored: member.stored(),
                issues: Vec::new(),
                source: member.source(&meter, self.limits).map_err(unreadable)?,
                meter,
                depth: member.depth,
                directory: Directory::Unseen,
            })),
        }
    }

    /// Looks through the layers and hands on what is inside.
    fn unwrap(&self, wrapped: Wrapped<'_>) -> Given<T> {
        let Wrapped { label, stored, mut issues, source, meter, depth, directory } = wrapped;
        match inside(source, &meter, self.limits) {
            Ok(Inside::Recording(bytes, damage)) => {
                issues.extend(damage);
                Given::one((self.work)(Ok(Loaded::new(label, bytes, stored, issues))))
            }
            Ok(Inside::Archive(source)) => {
                self.stream(source, Nest { label, depth: depth + 1 }, directory)
            }
            Ok(Inside::Other(head)) if depth == 0 || claims(&label) => {
                let what = read::read(&head, self.limits).err().map(|error| error.to_string());
                self.refuse(label, Problem::Unknown(what.unwrap_or_default()))
            }
            Ok(Inside::Other(_)) => {
                let mut given = Given::default();
                given.pass(&label);
                given
            }
            Err(problem) => self.refuse(label, problem),
        }
    }

    /// Walks along an archive: members are worked on in batches, so that no more than a batch of
    /// them is in memory.
    fn stream(&self, mut source: Source<'_>, nest: Nest, directory: Directory) -> Given<T> {
        let limits = self.limits;
        if nest.depth > limits.nesting {
            return self.refuse(nest.label, Problem::Nested { limit: limits.nesting });
        }
        let mut given = Given::default();
        let (mut batch, mut waiting) = (Vec::new(), 0);
        let mut take = |item: Item| {
            match item {
                Item::Passed(label) => return given.pass(&label),
                Item::Table(packed) => {
                    let table = Table { label: packed.label, bytes: packed.bytes };
                    return given.tables.push(table);
                }
                Item::Member(packed) => {
                    waiting += packed.bytes.len();
                    batch.push((nest.depth, Ok(packed)));
                }
                Item::Refused(error) => batch.push((nest.depth, Err(error))),
            }
            if waiting >= BATCH_BYTES || batch.len() >= BATCH_MEMBERS {
                waiting = 0;
                self.work_on(std::mem::take(&mut batch), &mut given);
            }
        };
        let mut stream = Stream::new(limits, &mut take);
        let whole = stream.walk(&mut *source, &nest);
        let read = stream.members;
        self.work_on(batch, &mut given);
        let problem = match whole {
            Ok(true) if directory == Directory::Unseen => {
                if read == 0 {
                    given.pass(&nest.label);
                }
                return given;
            }
            _ if directory == Directory::InParts => Problem::Split { read },
            Ok(_) => Problem::CutArchive { read },
            Err(error) => match Stopped::of(&error) {
                Some(Stopped::Size) => Problem::ArchiveBytes { limit: limits.archive_bytes },
                Some(stopped) => stopped.problem(limits),
                None => Problem::CutArchive { read },
            },
        };
        given.add(self.refuse(nest.label, problem));
        given
    }

    fn work_on(&self, batch: Vec<(usize, Result<Packed, IntakeError>)>, into: &mut Given<T>) {
        let given: Vec<Given<T>> = batch
            .into_par_iter()
            .map(|(depth, packed)| match packed {
                Ok(packed) => self.packed(packed, depth),
                Err(error) => Given::one((self.work)(Err(error))),
            })
            .collect();
        given.into_iter().for_each(|one| into.add(one));
    }

    /// A member that a walk along its archive put into memory.
    fn packed(&self, packed: Packed, depth: usize) -> Given<T> {
        let Packed { label, bytes, stored, issues } = packed;
        if !is_gzip(&bytes) && read::sniff(&bytes).is_some() {
            return Given::one((self.work)(Ok(Loaded::new(label, bytes, stored, issues))));
        }
        let (source, meter) = (Box::new(io::Cursor::new(bytes)), Meter::at(stored));
        let directory = Directory::Unseen;
        self.unwrap(Wrapped { label, stored, issues, source, meter, depth, directory })
    }

    fn table(&self, found: &Found) -> Result<Table, IntakeError> {
        Ok(Table { label: found.label.clone(), bytes: whole(found, self.limits)? })
    }
}

/// The bytes of a file or a member that is no recording, whole or up to a damage.
///
/// # Errors
/// When there are none, or more than an input may have.
pub fn whole(found: &Found, limits: &Limits) -> Result<Vec<u8>, IntakeError> {
    let refuse = |problem| IntakeError { label: found.label.clone(), problem };
    let unreadable = |error: io::Error| match Stopped::of(&error) {
        Some(stopped) => stopped.problem(limits),
        None => Problem::Unreadable(error.to_string()),
    };
    let meter = Meter::default();
    let source = match &found.place {
        Place::File(path) => File::open(path).map(buffered),
        Place::Member(member) => member.source(&meter, limits),
    };
    let most = limits.input_bytes;
    let mut bytes = Vec::new();
    let read = source.and_then(|s| s.take(most as u64 + 1).read_to_end(&mut bytes));
    // What came before a damage is a table, too.
    if let Err(error) = read
        && bytes.is_empty()
    {
        return Err(refuse(unreadable(error)));
    }
    if bytes.len() > most {
        return Err(refuse(Problem::TooLarge { limit: most }));
    }
    Ok(bytes)
}

/// How a found place begins.
enum Start {
    /// A file that is not compressed.
    Plain(Loaded),
    /// What has to be looked into.
    Wrapped(Wrapped<'static>),
}

/// A file of the system: plain ones are read at once.
fn on_disk(path: &Path, label: String, limits: &Limits) -> Result<Start, Problem> {
    let unreadable = |error: io::Error| Problem::Unreadable(error.to_string());
    let kind = std::fs::metadata(path).map_err(unreadable)?;
    // Opening a pipe would wait for its writer.
    if !kind.is_file() {
        return Err(Problem::NotAFile);
    }
    let (limit, stored) = (limits.input_bytes, kind.len());
    let too_large = Problem::TooLarge { limit };
    let mut file = File::open(path).map_err(unreadable)?;
    let mut mark = [0; 4];
    let n = file.read(&mut mark).map_err(unreadable)?;
    let mark = mark.get(..n).unwrap_or_default().to_vec();
    if is_zip(&mark) || is_gzip(&mark) {
        if is_gzip(&mark) && stored > limit as u64 {
            return Err(too_large);
        }
        let meter = Meter::default();
        // The walk lists archives that have a directory.
        let directory = match is_zip(&mark) {
            true if is_part(path) => Directory::InParts,
            true => Directory::Lost,
            false => Directory::Unseen,
        };
        let source = buffered(Counted::new(io::Cursor::new(mark).chain(file), &meter));
        let (issues, depth) = (Vec::new(), 0);
        return Ok(Start::Wrapped(Wrapped {
            label,
            stored,
            issues,
            source,
            meter,
            depth,
            directory,
        }));
    }
    if read::sniff(&mark).is_none() && is_part(path) {
        return Err(Problem::Split { read: 0 });
    }
    if stored > limit as u64 {
        return Err(too_large);
    }
    let mut bytes = Vec::with_capacity(usize::try_from(stored).unwrap_or_default() + 1);
    bytes.extend_from_slice(&mark);
    // A file may grow while it is read.
    let rest = (limit as u64 + 1).saturating_sub(n as u64);
    file.take(rest).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() > limit {
        return Err(too_large);
    }
    Ok(Start::Plain(Loaded::new(label, bytes, stored, Vec::new())))
}
