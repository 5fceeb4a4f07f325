//! From opened inputs to a finished report: read, learn, analyse, set aside, add up. A pure
//! function of bytes and settings; files are worked on side by side and put back in order.

use std::panic::{AssertUnwindSafe, catch_unwind};

use rayon::prelude::*;

use super::{Fate, Input, Report};
use crate::activity::Issue;
use crate::prepare::{self, LearntUnits, NotPrepared};
use crate::read::{self, CadenceConvention, Field, Recording};
use crate::settings::{CadenceUnit, Settings};
use crate::trend::History;
use crate::{Analysis, analyze, findings};

/// How many hexadecimal digits of a content hash are kept: enough to tell files apart. **chosen**
const HASH_DIGITS: usize = 16;

/// One input as it was opened.
#[derive(Clone, Debug)]
pub struct Opened {
    /// Path as given.
    pub file: String,
    /// Bytes as stored.
    pub stored_bytes: usize,
    /// Content identity: first digits of the BLAKE3 hash of the stored bytes.
    pub hash: String,
    /// The bytes to read, uncompressed, or what became of the file before reading.
    pub content: Result<Vec<u8>, Fate>,
}

/// Content identity of an input: the first digits of its BLAKE3 hash.
pub fn identity(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().chars().take(HASH_DIGITS).collect()
}

/// Why no report was made although files could be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Two people, by what the files say.
    #[error("{0}")]
    SeveralPeople(String),
}

/// A creator and what one count of its cadence is.
type Vote = (String, CadenceUnit);

/// One part of a file on its way.
enum Part {
    /// Analysed, with what it taught about its creator's cadence.
    Analysed(Box<Analysis>, Option<Vote>),
    /// Its cadence unit may be learnt from its creator's other files.
    Waiting(Box<Recording>),
    Aside(Fate),
}

/// A file on its way.
struct Taken {
    input: Input,
    parts: Vec<Part>,
}

/// Reads, analyses and adds up all inputs. `open` is asked once for each index below `count`,
/// from several threads; `done` is called once a file.
///
/// # Errors
/// When the runs cannot be one person's.
pub fn assemble(
    count: usize,
    open: impl Fn(usize) -> Opened + Sync,
    done: impl Fn() + Sync,
    settings: &Settings,
    profile_path: Option<String>,
) -> Result<Report, Refused> {
    let mut files: Vec<Taken> = (0..count)
        .into_par_iter()
        .map(|index| {
            let taken = take(open(index), settings);
            done();
            taken
        })
        .collect();
    finish_waiting(&mut files, settings);
    let (mut inputs, runs) = gather(files);
    let runs = number_runs(runs, &mut inputs);
    let history = History::build(runs, settings);
    let headline = findings::Headline { sentence: String::new(), lines: Vec::new() };
    let findings = findings::judge(&history, settings);
    Ok(Report { history, findings, headline, inputs, settings: settings.clone(), profile_path })
}

/// Reads one file and analyses what needs no other file.
fn take(opened: Opened, settings: &Settings) -> Taken {
    let Opened { file, stored_bytes, hash, content } = opened;
    let mut input = Input { file, bytes: stored_bytes, hash, format: None, fates: Vec::new() };
    let parts = match content {
        Err(fate) => vec![Part::Aside(fate)],
        Ok(bytes) => {
            input.format = read::sniff(&bytes).map(|f| f.name);
            let label = input.file.clone();
            guarded(|| parts_of(&bytes, &label, settings))
        }
    };
    Taken { input, parts }
}

/// Runs the work on one file; a panic in it is that file's fate and nobody else's.
fn guarded(work: impl FnOnce() -> Vec<Part>) -> Vec<Part> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
        vec![Part::Aside(skipped(
            "lightfoot itself failed on this file, which is a fault of ours; please report it \
             with the file's hash",
            Vec::new(),
        ))]
    })
}

fn skipped(reason: impl Into<String>, issues: Vec<Issue>) -> Fate {
    Fate::Skipped { reason: reason.into(), issues }
}

fn parts_of(bytes: &[u8], file: &str, settings: &Settings) -> Vec<Part> {
    let output = match read::read(bytes, &settings.limits) {
        Ok(output) => output,
        Err(error) => return vec![Part::Aside(skipped(error.to_string(), Vec::new()))],
    };
    if output.recordings.is_empty() {
        let fate = match output.not_an_activity {
            Some(it) => Fate::NotAnActivity { what: it.what },
            None => skipped("no records with a time in it", output.issues),
        };
        return vec![Part::Aside(fate)];
    }
    let parts = output.recordings.into_iter();
    parts
        .map(|recording| {
            let vote = prepare::vote(&recording);
            if vote.is_none() && asks_others(&recording, settings) {
                Part::Waiting(Box::new(recording))
            } else {
                analysed(&recording, file, settings, &LearntUnits::default(), vote)
            }
        })
        .collect()
}

/// Whether a recording that cannot decide its cadence unit alone has one to decide.
fn asks_others(recording: &Recording, settings: &Settings) -> bool {
    settings.cadence_unit.is_none()
        && recording
            .columns_of(Field::Cadence)
            .any(|c| c.convention == CadenceConvention::Unstated && c.values.present() > 0)
}

fn analysed(
    recording: &Recording,
    file: &str,
    settings: &Settings,
    units: &LearntUnits,
    vote: Option<Vote>,
) -> Part {
    match analyze(recording, settings, units) {
        Ok(mut analysis) => {
            file.clone_into(&mut analysis.meta.file);
            Part::Analysed(Box::new(analysis), vote)
        }
        Err(why) => Part::Aside(fate_of(why)),
    }
}

fn fate_of(why: NotPrepared) -> Fate {
    match why {
        NotPrepared::OtherSport { sport, duration_s } => {
            Fate::OtherSport { sport: sport_name(sport), duration_s }
        }
        NotPrepared::Empty { reason, issues } => skipped(reason, issues),
    }
}

fn sport_name(sport: crate::activity::Sport) -> String {
    match sport {
        crate::activity::Sport::Running => "running".to_owned(),
        crate::activity::Sport::Other(name) => name,
        crate::activity::Sport::Unknown => "unknown sport".to_owned(),
    }
}

/// Second pass: learn each creator's cadence unit from all files, then analyse those that waited.
fn finish_waiting(files: &mut [Taken], settings: &Settings) {
    let votes = files.iter().flat_map(|f| &f.parts).filter_map(|p| match p {
        Part::Analysed(_, vote) => vote.clone(),
        _ => None,
    });
    let learnt = LearntUnits::tally(votes);
    files.par_iter_mut().for_each(|taken| {
        let file = taken.input.file.clone();
        for part in &mut taken.parts {
            if let Part::Waiting(recording) = part {
                let mut finished =
                    guarded(|| vec![analysed(recording, &file, settings, &learnt, None)]);
                if let Some(finished) = finished.pop() {
                    *part = finished;
                }
            }
        }
    });
}

/// An analysed run with its place among the inputs.
struct Placed {
    input: usize,
    fate: usize,
    analysis: Analysis,
}

/// Splits files into their fates and the runs found in them, in the order of their start.
fn gather(files: Vec<Taken>) -> (Vec<Input>, Vec<Placed>) {
    let mut inputs = Vec::with_capacity(files.len());
    let mut runs = Vec::new();
    for (index, Taken { mut input, parts }) in files.into_iter().enumerate() {
        for part in parts {
            match part {
                Part::Aside(fate) => input.fates.push(fate),
                // Nothing waits any more; if it did, it would be named and not lost.
                Part::Waiting(_) => input.fates.push(skipped("was not analysed", Vec::new())),
                Part::Analysed(analysis, _) => {
                    let fate = input.fates.len();
                    input.fates.push(Fate::Run { run: usize::MAX });
                    runs.push(Placed { input: index, fate, analysis: *analysis });
                }
            }
        }
        inputs.push(input);
    }
    runs.sort_by(|a, b| {
        let key = |p: &Placed| (p.analysis.meta.start, p.analysis.meta.part);
        key(a).cmp(&key(b)).then_with(|| a.analysis.meta.file.cmp(&b.analysis.meta.file))
    });
    (inputs, runs)
}

/// Gives each kept run its final index.
fn number_runs(runs: Vec<Placed>, inputs: &mut [Input]) -> Vec<Analysis> {
    let numbered = runs.into_iter().enumerate();
    numbered
        .map(|(run, placed)| {
            set_fate(inputs, &placed, Fate::Run { run });
            placed.analysis
        })
        .collect()
}

fn set_fate(inputs: &mut [Input], placed: &Placed, fate: Fate) {
    let slot = inputs.get_mut(placed.input).and_then(|i| i.fates.get_mut(placed.fate));
    if let Some(slot) = slot {
        *slot = fate;
    }
}
