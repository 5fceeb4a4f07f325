//! What was noted meets the runs, and what became of each note.

use std::collections::BTreeMap;

use serde::Serialize;

use super::plain::counted;
use super::{Fate, Input};
use crate::Analysis;
use crate::activity::{Issue, IssueKind, Severity};
use crate::journal::{self, Joined, Note, NotesFile, PainNote, RunKey, Scope};
use crate::settings::Settings;
use crate::trend::local_start;

/// What became of notes.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct NotesRead {
    /// The runner's own files with the number of their rows.
    pub files: Vec<NotesRows>,
    /// Notes that speak of a run or a day here, of the runner's own and of services.
    pub used: usize,
    /// What could not be read, belongs to no run, or could mean two.
    pub issues: Vec<Issue>,
}

/// A file of notes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NotesRows {
    /// Its label.
    pub file: String,
    /// Rows that say anything.
    pub rows: usize,
}

/// Gives each run what was noted about it, whichever of its files the note speaks of.
pub fn join(
    (notes, files): (&[Note], &[NotesFile]),
    runs: &mut [Analysis],
    inputs: &[Input],
    settings: &Settings,
) -> (NotesRead, Vec<PainNote>) {
    let mut read = NotesRead {
        files: files.iter().map(|f| NotesRows { file: f.label.clone(), rows: f.rows }).collect(),
        used: 0,
        issues: files.iter().flat_map(|f| f.issues.clone()).collect(),
    };
    if notes.is_empty() {
        return (read, Vec::new());
    }
    let joined = {
        let keys = keys(runs, inputs, settings);
        journal::join(notes, &keys)
    };
    let Joined { runs: noted, mut pain, used, issues, unmet } = joined;
    for (run, noted) in runs.iter_mut().zip(noted) {
        if run.meta.title.is_none() {
            run.meta.title = noted.title.as_ref().map(|t| t.value.clone());
        }
        run.note(noted, settings);
    }
    read.used = used;
    read.issues.extend(issues);
    let others: Vec<&NotesFile> = files.iter().filter(|f| f.about == Scope::WholeFolder).collect();
    let about_others = |place: &str| others.iter().any(|f| f.holds(place));
    let (elsewhere, unmet): (Vec<_>, Vec<_>) =
        unmet.into_iter().partition(|(place, _)| about_others(place));
    read.issues.extend(unmet.into_iter().map(|(_, issue)| issue));
    if !elsewhere.is_empty() {
        let n = counted(elsewhere.len(), "line of your notes is", "lines of your notes are");
        let message = format!("{n} about runs that were not given");
        let issue = Issue::new(IssueKind::Note, Severity::Note, message);
        read.issues.push(issue.count(elsewhere.len()));
    }
    pain.retain(|p| p.run.is_some() || !about_others(&p.place));
    (read, pain)
}

/// What each run is known by: its own file and those that hold the same run.
fn keys<'a>(runs: &'a [Analysis], inputs: &'a [Input], settings: &Settings) -> Vec<RunKey<'a>> {
    let mut copies: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for input in inputs {
        for fate in &input.fates {
            if let Fate::Duplicate { of } = fate {
                copies.entry(of).or_default().push(&input.file);
            }
        }
    }
    let key = |run: &'a Analysis| {
        let mut labels = vec![run.meta.file.as_str()];
        labels.extend(copies.get(super::json::run_id(run).as_str()).into_iter().flatten());
        let start_ms = run.meta.start.as_millisecond();
        RunKey { labels, start_ms, local: local_start(&run.meta, settings) }
    };
    runs.iter().map(key).collect()
}
