//! `show`: one run as a card in the terminal, alone or against the runner's own others.

use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow};
use lightfoot::Settings;
use lightfoot::intake::walk;
use lightfoot::journal::PainNote;
use lightfoot::report::assemble::People;
use lightfoot::report::card::Beside;
use lightfoot::report::{Fate, Report, card, card_in_full, terminal};

use super::args::ShowArgs;
use super::gather::{Progress, Wanted};
use super::{Exit, gather, output, settings};

/// Prints the card of every run in the file.
///
/// # Errors
/// When the file holds no run.
pub fn run(args: &ShowArgs) -> Result<Exit> {
    let beside = args.history.first().unwrap_or(&args.file);
    let (settings, profile) = settings::resolve(&args.stated, Some(&args.work), Some(beside))?;
    let mut paths = vec![args.file.clone()];
    paths.extend(args.history.iter().cloned());
    let wanted = Wanted { paths: &paths, people: People::One, progress: Progress::Drawn };
    let report = gather::report(&wanted, &settings, profile)?;
    let runs = runs_in(&report, &args.file, &paths, &settings)?;
    let beside_it = if args.history.is_empty() { Beside::Nothing } else { Beside::OtherRuns };
    for (i, run) in runs.iter().enumerate() {
        if i > 0 {
            output::print("\n")?;
        }
        let write = if args.all { card_in_full::write } else { card::write };
        output::print(&write(&report, *run, beside_it))?;
    }
    let hurts = |note: &&PainNote| note.run.is_some_and(|r| runs.contains(&r)) && !note.says_none();
    if report.history.pain.iter().any(|note| hurts(&note)) {
        output::print("\n")?;
        output::print(&terminal::red_flags())?;
    }
    Ok(Exit::Done)
}

/// The runs of a report that came from one of the paths that it was made of.
///
/// # Errors
/// When the path is not one file, or gave no run.
pub fn runs_in(
    report: &Report,
    path: &Path,
    paths: &[PathBuf],
    settings: &Settings,
) -> Result<Vec<usize>> {
    let file = gather::find_one(path, settings)?;
    // The same walk gives the file the same label.
    let found = walk(paths, &settings.limits).found;
    let label = found.into_iter().find(|f| f.place == file.place).map_or(file.label, |f| f.label);
    runs_of(report, &label)
}

/// The runs that came from a file; where it is a duplicate, the run that was kept for it.
fn runs_of(report: &Report, file: &str) -> Result<Vec<usize>> {
    let input = report
        .inputs
        .iter()
        .find(|i| i.file == file)
        .ok_or_else(|| anyhow!("{file} is not among what was read"))?;
    let kept = |label: &str| {
        let mut runs = report.history.runs.iter();
        runs.position(|r| lightfoot::report::json::run_id(r) == label)
    };
    let runs: Vec<usize> = input
        .fates
        .iter()
        .filter_map(|fate| match fate {
            Fate::Run { run } => Some(*run),
            Fate::Duplicate { of } => kept(of),
            _ => None,
        })
        .collect();
    match (runs.is_empty(), input.fates.first()) {
        (true, Some(fate)) => Err(gather::aside(fate)),
        (true, None) => Err(anyhow!("{file} gave nothing")),
        (false, _) => Ok(runs),
    }
}
