//! Tables in the bulk exports of services: what they say about runs, as notes.

use std::path::{Path, PathBuf};

use super::load::{IntakeError, Problem};
use super::{garmin, strava};
use crate::journal::{self, Note, NotesFile};
use crate::read::Limits;

/// A table of an export, in memory.
#[derive(Clone, Debug)]
pub(super) struct Table {
    /// Its label.
    pub(super) label: String,
    /// Its bytes.
    pub(super) bytes: Vec<u8>,
}

impl Table {
    /// The folder of the table, with its last slash.
    pub(super) fn folder(&self) -> &str {
        let end = self.label.rfind('/').map_or(0, |at| at + 1);
        self.label.get(..end).unwrap_or_default()
    }
}

/// What tables gave.
#[derive(Debug, Default)]
pub(super) struct Tables {
    pub(super) notes: Vec<Note>,
    /// The runner's own files; their notes stand in `notes`.
    pub(super) notes_files: Vec<NotesFile>,
    pub(super) problems: Vec<IntakeError>,
}

impl Tables {
    pub(super) fn refuse(&mut self, table: &Table, why: impl ToString) {
        let problem = Problem::Table(why.to_string());
        self.problems.push(IntakeError { label: table.label.clone(), problem });
    }
}

/// Whether a name is that of a table which says something about runs.
pub(super) fn is_table(label: &str) -> bool {
    let name = label.rsplit('/').next().unwrap_or_default();
    strava::is_activities(name)
        || garmin::is_summary(name)
        || garmin::is_gear(name)
        || is_notes(Path::new(name))
}

/// Whether a path is that of the runner's own notes.
pub(super) fn is_notes(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.eq_ignore_ascii_case(journal::FILE_NAME))
}

/// Files of notes in the folder of a file.
pub(super) fn notes_beside(file: &Path) -> Vec<PathBuf> {
    let folder = match file.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|e| e.path());
    let mut beside: Vec<PathBuf> = entries.filter(|p| is_notes(p) && p.is_file()).collect();
    beside.sort();
    beside
}

/// Reads all tables of all exports.
pub(super) fn notes(tables: Vec<Table>, limits: &Limits) -> Tables {
    let mut read = Tables::default();
    let (mut summaries, mut gear) = (Vec::new(), Vec::new());
    for table in &tables {
        let name = table.label.rsplit('/').next().unwrap_or_default();
        if is_notes(Path::new(name)) {
            let mut file = journal::read(&table.bytes, &table.label);
            read.notes.append(&mut file.notes);
            read.notes_files.push(file);
        } else if strava::is_activities(name) {
            strava::read(table, limits, &mut read);
        } else if garmin::is_summary(name) {
            summaries.push(table);
        } else {
            gear.push(table);
        }
    }
    garmin::read(&summaries, &gear, &mut read);
    read
}
