//! A page for each run, made in a second pass over the inputs: a file is opened, distilled, written
//! and let go, so that memory stays flat however long the history is.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};

use super::html::run_page::{Around, render};
use super::{Fate, Report};
use crate::intake::{Loaded, Walked, open_each};
use crate::metrics::Run;
use crate::prepare::prepare;
use crate::read;
use crate::run::{HiddenEnds, RunDetail};
use crate::segment::segment;
use crate::stopwatch::Stopwatch;

/// Digits of the content hash in a page's name. **chosen**: 32 bits beside the day; where two runs
/// of a day share them, all digits are taken.
const NAME_DIGITS: usize = 8;

/// Names of the pages of some runs, by the run's index: the day and the beginning of the file's
/// content hash, so that a name stays the same as long as the file does and holds no text of the
/// file. The same names for the same report, all different.
pub fn names(report: &Report, wanted: impl IntoIterator<Item = usize>) -> BTreeMap<usize, String> {
    let wanted: BTreeSet<usize> = wanted.into_iter().collect();
    let mut hashes: BTreeMap<usize, &str> = BTreeMap::new();
    for input in &report.inputs {
        for fate in &input.fates {
            if let Fate::Run { run } = fate {
                hashes.insert(*run, &input.hash);
            }
        }
    }
    let history = &report.history;
    let name = |run: usize, digits: usize| {
        let day = history.days.get(run)?;
        let hash: String = hashes.get(&run)?.chars().take(digits).collect();
        let part = match history.runs.get(run)?.meta.part {
            0 => String::new(),
            part => format!("-{}", part + 1),
        };
        Some(format!("{day}-{hash}{part}.html"))
    };
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    for short in (0..history.runs.len()).filter_map(|run| name(run, NAME_DIGITS)) {
        *taken.entry(short).or_default() += 1;
    }
    let each = wanted.into_iter().filter_map(|run| {
        let short = name(run, NAME_DIGITS)?;
        let alone = taken.get(&short) == Some(&1);
        Some((run, if alone { short } else { name(run, usize::MAX)? }))
    });
    each.collect()
}

/// What became of the pages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Runs whose page was handed on.
    pub runs: BTreeSet<usize>,
    /// Runs without one: their file could not be opened again, or has changed meanwhile.
    pub missing: BTreeSet<usize>,
}

/// Opens the inputs again and hands each named run's page to `sink`, name first. `sink` is called
/// from several threads and in no order; the pages themselves are the same each time. `back` is
/// where the runs are listed, as a link from a page's own place.
///
/// # Errors
/// The first error of the sink; after it no more pages are made.
pub fn run_pages<E: Send>(
    walked: &Walked,
    report: &Report,
    names: &BTreeMap<usize, String>,
    back: Option<&str>,
    sink: impl Fn(&str, &str) -> Result<(), E> + Sync,
) -> Result<Written, E> {
    let failed = AtomicBool::new(false);
    let walked = only_with_runs(walked, report, names);
    let watch = Stopwatch::stopped();
    let limits = &report.settings.limits;
    let opened = open_each(&walked, limits, &watch, |input| {
        let mut written = BTreeSet::new();
        let Ok(loaded) = input else { return Ok(written) };
        if failed.load(Ordering::Relaxed) {
            return Ok(written);
        }
        let pages = catch_unwind(AssertUnwindSafe(|| pages_of(&loaded, report, names, back)));
        for (run, name, page) in pages.unwrap_or_default() {
            if let Err(error) = sink(name, &page) {
                failed.store(true, Ordering::Relaxed);
                return Err(error);
            }
            written.insert(run);
        }
        Ok(written)
    });
    let mut all = Written::default();
    for written in opened.inputs {
        all.runs.extend(written?);
    }
    all.missing = names.keys().copied().filter(|run| !all.runs.contains(run)).collect();
    Ok(all)
}

/// What a walk found, without the files that hold no wanted run. An archive that gives its members
/// only while it is read stands under a label of its own and is kept.
fn only_with_runs(walked: &Walked, report: &Report, names: &BTreeMap<usize, String>) -> Walked {
    let known: BTreeSet<&str> = report.inputs.iter().map(|i| i.file.as_str()).collect();
    let runs = names.keys().filter_map(|run| report.history.runs.get(*run));
    let wanted: BTreeSet<&str> = runs.map(|run| run.meta.file.as_str()).collect();
    let keep = |label: &str| wanted.contains(label) || !known.contains(label);
    let found = walked.found.iter().filter(|found| keep(&found.label)).cloned().collect();
    Walked { found, ..Walked::default() }
}

/// The wanted pages of one file, with their names.
fn pages_of<'a>(
    loaded: &Loaded,
    report: &Report,
    names: &'a BTreeMap<usize, String>,
    back: Option<&str>,
) -> Vec<(usize, &'a str, String)> {
    let settings = &report.settings;
    let input = report.inputs.iter().find(|i| i.file == loaded.label && i.hash == loaded.hash);
    let runs: Vec<usize> = input
        .iter()
        .flat_map(|input| &input.fates)
        .filter_map(|fate| match fate {
            Fate::Run { run } if names.contains_key(run) => Some(*run),
            _ => None,
        })
        .collect();
    if runs.is_empty() {
        return Vec::new();
    }
    let Ok(output) = read::read(&loaded.bytes, &settings.limits) else { return Vec::new() };
    let page = |run: usize| {
        let part = report.history.runs.get(run)?.meta.part;
        let recording = output.recordings.iter().find(|r| r.part == part)?;
        let activity = prepare(recording, settings, &report.learnt).ok()?;
        let segments = segment(&activity, &settings.rules);
        let hidden = HiddenEnds::of(&loaded.bytes, part);
        let detail =
            RunDetail::of(&Run { activity: &activity, segments: &segments, settings }, &hidden);
        let name = names.get(&run)?;
        let around = Around {
            back,
            before: names.range(..run).next_back().map(|(_, name)| name.as_str()),
            after: names.range(run + 1..).next().map(|(_, name)| name.as_str()),
        };
        Some((run, name.as_str(), render(report, run, &detail, around)))
    };
    runs.into_iter().filter_map(page).collect()
}
