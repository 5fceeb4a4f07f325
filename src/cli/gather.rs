//! From paths to a report: walk, open, work over the cores, and say how far it is.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use lightfoot::Settings;
use lightfoot::intake::{Found, Loaded, Place, Walked, around, load, walk};
use lightfoot::report::assemble::{Given, People, assemble_timed};
use lightfoot::report::plain::{clean, of_kind};
use lightfoot::report::{Fate, Report, terminal};
use lightfoot::stopwatch::{Stage, Stopwatch};

use super::args::Work;
use super::{Exit, output};

/// Refuses a folder where one file is asked for, with the command that takes folders.
///
/// # Errors
/// When the path is a folder.
pub fn one_file(path: &Path) -> Result<()> {
    if path.is_dir() {
        let name = path.display();
        bail!("{name} is a folder and this takes one file; `lightfoot report {name}` takes it all");
    }
    Ok(())
}

/// Members of an archive that are all opened to find the one activity among them. **chosen**.
const FEW_MEMBERS: usize = 20;

/// The one file behind a path: a file, or the one in an archive.
///
/// # Errors
/// When there is none, or there are several.
pub fn find_one(path: &Path, settings: &Settings) -> Result<Found> {
    one_file(path)?;
    let Walked { mut found, problems, .. } = walk(&[path.to_owned()], &settings.limits);
    // An archive may hold pictures beside its one activity.
    if (2..=FEW_MEMBERS).contains(&found.len()) {
        found.retain(|one| load(one, &settings.limits).is_ok());
    }
    match (found.as_slice(), problems.into_iter().next()) {
        ([one], _) => Ok(one.clone()),
        ([first, ..], _) => bail!(
            "{} holds {} files; name one of them, for example {}",
            path.display(),
            found.len(),
            clean(&first.label)
        ),
        ([], Some(problem)) => Err(problem.into()),
        ([], None) => bail!("{} holds no FIT, GPX or TCX file", path.display()),
    }
}

/// Opens the one file that the user named.
///
/// # Errors
/// When it cannot be opened, or there are several.
pub fn open_one(path: &Path, settings: &Settings) -> Result<Loaded> {
    let mut found = find_one(path, settings)?;
    // Messages name what was typed.
    if matches!(found.place, Place::File(_)) {
        found.label = path.display().to_string();
    }
    load(&found, &settings.limits).map_err(Into::into)
}

/// Whether long work shows how far it is, where somebody watches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// A bar on standard error.
    Drawn,
    /// Nothing.
    Silent,
}

/// What to analyse and how.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// Files and folders.
    pub paths: &'a [PathBuf],
    /// Whose runs they may be.
    pub people: People,
    /// Whether to say how far it is.
    pub progress: Progress,
}

/// Walks, opens and analyses everything under some paths.
///
/// # Errors
/// When a path does not exist, nothing is found, or the runs cannot be one person's.
pub fn report(wanted: &Wanted<'_>, settings: &Settings, profile: Option<String>) -> Result<Report> {
    report_timed(wanted, settings, profile, &Stopwatch::stopped())
}

/// As [`report`], and says where the time went.
///
/// # Errors
/// As [`report`].
pub fn report_timed(
    wanted: &Wanted<'_>,
    settings: &Settings,
    profile: Option<String>,
    watch: &Stopwatch<'_>,
) -> Result<Report> {
    let Wanted { paths, people, progress } = *wanted;
    for path in paths {
        if around(path).is_none() {
            std::fs::symlink_metadata(path)
                .with_context(|| format!("cannot open {}", path.display()))?;
        }
    }
    let walked = watch.time(Stage::Walk, || walk(paths, &settings.limits));
    if walked.found.is_empty() && walked.problems.is_empty() {
        bail!("no FIT, GPX or TCX files in what was given{}", passed_over(&walked));
    }
    let files = walked.found.len();
    let progress = if files >= LONG_WORK { progress } else { Progress::Silent };
    let (bar, pool) = (bar(files, progress, "files"), pool(settings)?);
    let done = || bar.inc(1);
    let given = Given { walked: &walked, settings, profile, people };
    let made = pool.install(|| assemble_timed(given, done, watch));
    bar.finish_and_clear();
    made.map_err(Into::into)
}

/// Walks the same paths again and hands what is there to `work`, on the same number of threads.
///
/// # Errors
/// When worker threads cannot be started.
pub fn again<T: Send>(
    wanted: &Wanted<'_>,
    settings: &Settings,
    work: impl FnOnce(&Walked) -> T + Send,
) -> Result<T> {
    let walked = walk(wanted.paths, &settings.limits);
    Ok(pool(settings)?.install(|| work(&walked)))
}

/// Worker threads, as many as asked for.
///
/// # Errors
/// When the system gives none.
pub fn pool(settings: &Settings) -> Result<rayon::ThreadPool> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(settings.jobs.unwrap_or_default());
    pool.build().context("cannot start worker threads")
}

/// What a walk passed over, for the message that it found nothing.
fn passed_over(walked: &Walked) -> String {
    let kinds: Vec<String> = walked.passed_over.iter().map(|(kind, n)| of_kind(kind, *n)).collect();
    if kinds.is_empty() { String::new() } else { format!(" ({})", kinds.join(", ")) }
}

/// Files from which a bar is worth its lines. **chosen**: a hundred take about a second.
const LONG_WORK: usize = 50;

/// A bar for so many things, drawn where somebody watches.
pub fn bar(all: usize, progress: Progress, what: &str) -> ProgressBar {
    let shown = progress == Progress::Drawn && output::is_watched();
    let target = if shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
    let bar = ProgressBar::with_draw_target(Some(all as u64), target);
    let style = format!("{{bar:30}} {{pos}}/{{len}} {what}, {{per_sec}}, {{eta}} left");
    match ProgressStyle::with_template(&style) {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

/// What became of a file that gave nothing, as an error.
pub fn aside(fate: &Fate) -> anyhow::Error {
    match fate {
        Fate::Skipped { reason, .. } => anyhow!("{}", clean(reason)),
        Fate::NotAnActivity { what } => anyhow!("this is no activity: {}", clean(what)),
        Fate::OtherSport { sport, .. } => {
            anyhow!("this is no run: {}", clean(sport).replace('_', " "))
        }
        Fate::Duplicate { of } => anyhow!("this is the same run as {}", clean(of)),
        Fate::Run { .. } | Fate::Earlier => anyhow!("this is a run"),
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
