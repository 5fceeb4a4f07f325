//! `report`: everything into one page, and a short summary of it.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result, anyhow, bail};
use lightfoot::Settings;
use lightfoot::intake::TwoPeople;
use lightfoot::report::assemble::People;
use lightfoot::report::run_pages::Written;
use lightfoot::report::{Report, Writer, html, plain, terminal, writer};
use lightfoot::settings::{AskedToTry, LoadRatios, Sharing, Shown};
use lightfoot::stopwatch::Stage;

use super::args::ReportArgs;
use super::gather::{Progress, Wanted};
use super::run_pages::Links;
use super::timings::Timings;
use super::{Exit, gather, output, settings, stale, timings};

/// What is no use for several people, and what is.
const SEVERAL_PEOPLE: &str = "a report is about one runner; `lightfoot export` writes a row for \
                              each run, whoever ran it";

/// Why a copy to share has no pages of runs.
const NO_RUNS_TO_SHARE: &str = "--share makes one page without pages of runs (--runs): minute by \
                                minute, heights, bends and pace can be matched to a map even \
                                where no route is drawn. Leave out one of the two.";

/// Analyses the paths and writes the page, or the JSON.
///
/// # Errors
/// When nothing could be analysed, or the page cannot be written.
pub fn run(args: &ReportArgs) -> Result<Exit> {
    if args.share && args.runs.is_some() {
        bail!(NO_RUNS_TO_SHARE);
    }
    let (settings, profile) = resolved(args)?;
    let progress = if args.quiet { Progress::Silent } else { Progress::Drawn };
    let asked = Timings::from(args.timings);
    let started = Instant::now();
    let now = || started.elapsed();
    let watch = timings::stopwatch(asked, &now);
    let wanted = Wanted { paths: &args.paths, people: People::One, progress };
    let report = gather::report_timed(&wanted, &settings, profile, &watch).map_err(|error| {
        if error.is::<TwoPeople>() {
            anyhow!(SEVERAL_PEOPLE).context(error.to_string())
        } else {
            error
        }
    })?;
    let exit = gather::exit(&report, &args.work);
    if args.json {
        let document = writer("document");
        watch.time(Stage::Page, || output::write_data(|out| write(document, &report, out)))?;
        timings::say(asked, &watch, &now, &report.inputs);
        return Ok(exit);
    }
    if report.history.runs.is_empty() {
        output::say(&terminal::set_aside(&report).join("\n"));
        bail!(
            "no runs in {}, so there is no page to write",
            if report.earlier > 0 { "the days to show" } else { "what was given" }
        );
    }
    let (name, usual) = if args.handout {
        ("handout", "lightfoot-handout.html")
    } else {
        ("html", "lightfoot-report.html")
    };
    let (page, target) = (writer(name), args.output.as_deref().unwrap_or(Path::new(usual)));
    let links = args.runs.as_deref().map(|folder| Links::between(&report, target, folder));
    let links = links.transpose()?;
    watch.time(Stage::Page, || {
        output::write_file(target, |out| match &links {
            Some(links) => Ok(html::write(&report, &links.to_runs, out)?),
            None => write(page, &report, out),
        })
    })?;
    let second = |links: &Links| watch.time(Stage::RunPages, || links.write(&wanted, &report));
    let written = links.as_ref().map(second).transpose()?;
    let stale = links.map_or(0, |links| links.remove_stale());
    // These signs are never silenced.
    if args.quiet && report.history.hurt() {
        output::say(terminal::red_flags().trim_end());
    }
    let to_stdout = target.as_os_str() == "-";
    if !args.quiet && !to_stdout {
        output::print(&terminal::summary(&report))?;
        output::print(&format!("\n{}\n", plain::clean(&target.display().to_string())))?;
    }
    if let (Some(written), Some(folder)) = (written, &args.runs) {
        let told = !args.quiet && !to_stdout;
        say_written(&written, told.then_some(folder))?;
        if !args.quiet {
            stale::say(stale, folder);
        }
    }
    timings::say(asked, &watch, &now, &report.inputs);
    Ok(exit)
}

/// What this invocation asks for, on top of what is stated everywhere.
fn resolved(args: &ReportArgs) -> Result<(Settings, Option<String>)> {
    let first = args.paths.first().map(AsRef::as_ref);
    let (mut settings, profile) = settings::resolve(&args.stated, Some(&args.work), first)?;
    settings.onset = args.onset;
    if args.attempt.is_some() {
        settings.attempt = AskedToTry::Cadence;
    }
    settings.shown = match (args.since, args.weeks) {
        (Some(day), _) => Shown::Since(day),
        (None, Some(weeks)) => Shown::Weeks(weeks),
        (None, None) => Shown::All,
    };
    if args.show_acwr {
        settings.load_ratios = LoadRatios::Shown;
    }
    if args.share {
        settings.sharing = Sharing::Shared;
    }
    Ok((settings, profile))
}

/// Says how many pages of runs there are in a folder, where somebody listens, and always how many
/// runs have none.
fn say_written(written: &Written, folder: Option<&PathBuf>) -> Result<()> {
    if let Some(folder) = folder {
        let pages = plain::counted(written.runs.len(), "page", "pages");
        let folder = plain::clean(&folder.display().to_string());
        output::print(&format!("{pages} of runs in {folder}\n"))?;
    }
    if !written.missing.is_empty() {
        let missing = plain::counted(written.missing.len(), "run has", "runs have");
        output::say(&format!("{missing} no page: the file changed while it was read"));
    }
    Ok(())
}

/// Writes a report with a writer of the table.
///
/// # Errors
/// When there is no such writer or it fails, both faults of ours, or the output takes no more.
pub fn write(writer: Option<&Writer>, report: &Report, out: &mut dyn Write) -> Result<()> {
    let writer = writer.context("there is no such writer; a fault of ours")?;
    Ok((writer.write)(report, out)?)
}
