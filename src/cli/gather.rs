//! From paths to a report: walk, open, work over the cores, and say how far it is.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use lightfoot::Settings;
use lightfoot::report::assemble::{Opened, assemble, identity};
use lightfoot::report::plain::clean;
use lightfoot::report::{Fate, Report, terminal};

use super::args::Work;
use super::{Exit, output};

/// Opens one file that the user named.
///
/// # Errors
/// When it cannot be opened.
pub fn open_one(path: &Path, settings: &Settings) -> Result<Opened> {
    let bytes = std::fs::read(path).with_context(|| format!("cannot open {}", path.display()))?;
    let _ = settings;
    Ok(Opened {
        file: path.display().to_string(),
        stored_bytes: bytes.len(),
        hash: identity(&bytes),
        content: Ok(bytes),
    })
}

/// Walks, opens and analyses everything under some paths.
///
/// # Errors
/// When a path does not exist, nothing is found, or the runs cannot be one person's.
pub fn report(
    paths: &[PathBuf],
    settings: &Settings,
    profile: Option<String>,
    talk: bool,
) -> Result<Report> {
    let mut files: Vec<PathBuf> = Vec::new();
    for path in paths {
        if path.is_dir() {
            for entry in std::fs::read_dir(path)? {
                files.push(entry?.path());
            }
        } else {
            files.push(path.clone());
        }
    }
    files.sort();
    if files.is_empty() {
        bail!("no files in what was given");
    }
    let bar = progress(files.len(), talk);
    let open = |index: usize| match files.get(index) {
        Some(path) => open_one(path, settings).unwrap_or_else(|e| unopened(path, &e)),
        None => unopened(Path::new("?"), &anyhow!("no such input")),
    };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(settings.jobs.unwrap_or_default());
    let pool = pool.build().context("cannot start worker threads")?;
    let made = pool.install(|| assemble(files.len(), open, || bar.inc(1), settings, profile));
    bar.finish_and_clear();
    made.map_err(Into::into)
}

fn unopened(path: &Path, error: &anyhow::Error) -> Opened {
    let reason = format!("cannot be opened: {}", error.root_cause());
    Opened {
        file: path.display().to_string(),
        stored_bytes: 0,
        hash: String::new(),
        content: Err(Fate::Skipped { reason, issues: Vec::new() }),
    }
}

/// Files from which a bar is worth its lines. **chosen**: a hundred take about a second.
const LONG_WORK: usize = 50;

fn progress(files: usize, talk: bool) -> ProgressBar {
    let shown = talk && files >= LONG_WORK && output::is_watched();
    let target = if shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
    let bar = ProgressBar::with_draw_target(Some(files as u64), target);
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} files, {per_sec}, {eta} left");
    match style {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

/// What became of a file that gave nothing, as an error.
pub fn aside(fate: &Fate) -> anyhow::Error {
    match fate {
        Fate::Skipped { reason, .. } => anyhow!("{}", clean(reason)),
        Fate::NotAnActivity { what } => anyhow!("this is no activity: {}", clean(what)),
        Fate::OtherSport { sport, .. } => anyhow!("this is no run: {}", clean(sport)),
        Fate::Duplicate { of } => anyhow!("this is the same run as {}", clean(of)),
        Fate::Run { .. } => anyhow!("this is a run"),
    }
}

/// Whether any input that should have been an activity gave nothing.
fn some_skipped(report: &Report) -> bool {
    report.inputs.iter().flat_map(|i| &i.fates).any(|f| matches!(f, Fate::Skipped { .. }))
}

/// Says on standard error what was set aside.
pub fn say_aside(report: &Report) {
    for line in terminal::set_aside(report) {
        output::say(terminal::bullet(&line).trim_end());
    }
}

/// The exit code that the inputs' fates ask for.
pub fn exit(report: &Report, work: &Work) -> Exit {
    match (some_skipped(report), work.strict) {
        (false, _) => Exit::Done,
        (true, false) => Exit::SomeSkipped,
        (true, true) => Exit::Failed,
    }
}
