//! Writers format a finished report; they compute nothing.

pub mod assemble;
pub mod attempt;
pub mod before;
pub mod card;
pub mod card_in_full;
pub mod compare;
pub mod corridor;
pub mod csv;
pub mod figures;
pub mod gpx;
pub mod handout;
pub mod html;
pub mod json;
pub mod load;
pub mod notes;
pub mod own_norm;
pub mod plain;
pub mod rows;
pub mod run_pages;
pub mod share;
pub mod terminal;

use std::collections::BTreeMap;
use std::io::{self, Write};

use crate::activity::Issue;
use crate::before::Before;
use crate::findings::{Finding, Headline};
use crate::prepare::LearntUnits;
use crate::settings::Settings;
use crate::trend::History;

/// Everything the writers read.
#[derive(Clone, Debug)]
pub struct Report {
    /// The runs and what they add up to.
    pub history: History,
    /// What deserves attention.
    pub findings: Vec<Finding>,
    /// The opening.
    pub headline: Headline,
    /// The weeks before the day that the user named; `None` without one, or without a run before it.
    pub before: Option<Before>,
    /// Every input and what became of it.
    pub inputs: Vec<Input>,
    /// The runner's own files of notes, and what became of all notes.
    pub notes: notes::NotesRead,
    /// What a walk through folders passed over without opening it, by kind.
    pub passed_over: BTreeMap<String, usize>,
    /// What the user stated.
    pub settings: Settings,
    /// Runs before the days shown.
    pub earlier: usize,
    /// Where the profile was read from.
    pub profile_path: Option<String>,
    /// What the files taught about cadence units: who opens a file again reads it the same way.
    pub learnt: LearntUnits,
}

/// One input file and what became of it. Every file given is in the list exactly once.
#[derive(Clone, Debug)]
pub struct Input {
    /// Label: path as given.
    pub file: String,
    /// Bytes as stored.
    pub bytes: usize,
    /// First hexadecimal digits of the content's BLAKE3 hash.
    pub hash: String,
    /// Format name, where known.
    pub format: Option<&'static str>,
    /// What became of each part.
    pub fates: Vec<Fate>,
}

/// What became of an input or of one part of it.
#[derive(Clone, Debug, PartialEq)]
pub enum Fate {
    /// Analysed: index into the history's runs.
    Run {
        /// Index of the run.
        run: usize,
    },
    /// A run before the days shown: it counts as the past of later ones.
    Earlier,
    /// Another sport, with its seconds.
    OtherSport {
        /// Name of the sport.
        sport: String,
        /// When it began, Unix milliseconds, where known.
        start_ms: Option<i64>,
        /// Duration.
        duration_s: f64,
    },
    /// A file that is no activity.
    NotAnActivity {
        /// What it is.
        what: String,
    },
    /// The same run as another, which is kept.
    Duplicate {
        /// Label of the one kept.
        of: String,
    },
    /// Should have been an activity and gave nothing.
    Skipped {
        /// What, where, what to do.
        reason: String,
        /// What was found on the way.
        issues: Vec<Issue>,
    },
}

/// Why a finished report could not be written out: a fault of ours or of what is written to, never
/// of an input.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// JSON.
    #[error("the report could not be written as JSON: {0}")]
    Json(#[source] serde_json::Error),
    /// Comma-separated values.
    #[error("the rows could not be written as comma-separated values: {0}")]
    Csv(#[source] ::csv::Error),
    /// What is written to takes no more.
    #[error("the report could not be written: {0}")]
    Output(#[from] io::Error),
}

impl From<serde_json::Error> for WriteError {
    fn from(error: serde_json::Error) -> Self {
        if error.is_io() { Self::Output(error.into()) } else { Self::Json(error) }
    }
}

impl From<::csv::Error> for WriteError {
    fn from(error: ::csv::Error) -> Self {
        if !error.is_io_error() {
            return Self::Csv(error);
        }
        match error.into_kind() {
            ::csv::ErrorKind::Io(error) => Self::Output(error),
            other => Self::Output(io::Error::other(format!("{other:?}"))),
        }
    }
}

/// A way to write a report out.
#[derive(Clone, Copy, Debug)]
pub struct Writer {
    /// Name: what `--format` takes and what messages call it.
    pub name: &'static str,
    /// Usual file extension.
    pub extension: &'static str,
    /// One line for help.
    pub gives: &'static str,
    /// The writing: the same text for the same report, in pieces, so that the text of thousands of
    /// runs is never held whole.
    pub write: fn(&Report, &mut dyn Write) -> Result<(), WriteError>,
}

impl Writer {
    /// All of it as one text.
    ///
    /// # Errors
    /// As the writing itself.
    pub fn text(&self, report: &Report) -> Result<String, WriteError> {
        let mut bytes = Vec::new();
        (self.write)(report, &mut bytes)?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }
}

/// All writers.
pub const WRITERS: &[Writer] = &[
    Writer {
        name: "summary",
        extension: "txt",
        gives: "the opening and what was set aside, for a terminal of 80 columns",
        write: |report, out| Ok(out.write_all(terminal::summary(report).as_bytes())?),
    },
    Writer {
        name: "html",
        extension: "html",
        gives: "one self-contained page",
        write: |report, out| Ok(html::write(report, &BTreeMap::new(), out)?),
    },
    Writer {
        name: "handout",
        extension: "html",
        gives: "twelve weeks on one printed side, without interpretation",
        write: |report, out| Ok(out.write_all(html::handout::render(report).as_bytes())?),
    },
    Writer {
        name: "document",
        extension: "json",
        gives: "everything as one JSON object",
        write: json::write,
    },
    Writer {
        name: "csv",
        extension: "csv",
        gives: "one row per run, comma-separated",
        write: rows::write_csv,
    },
    Writer {
        name: "raw-csv",
        extension: "csv",
        gives: "the same with text letter for letter, formulas and all",
        write: rows::write_raw_csv,
    },
    Writer {
        name: "json",
        extension: "json",
        gives: "one flat object per run in a JSON array",
        write: rows::write_json,
    },
    Writer {
        name: "ndjson",
        extension: "ndjson",
        gives: "one flat JSON object per run and line",
        write: rows::write_ndjson,
    },
];

/// A writer by its name.
pub fn writer(name: &str) -> Option<&'static Writer> {
    WRITERS.iter().find(|w| w.name == name)
}
