//! `export`: one flat row per run, or the cleaned track of a file as GPX.

use std::time::Instant;

use anyhow::{Result, bail};
use lightfoot::Settings;
use lightfoot::metrics::Run;
use lightfoot::prepare::{LearntUnits, prepare};
use lightfoot::quantities::Quantities;
use lightfoot::read;
use lightfoot::report::gpx::{Ends, NoTrack, track};
use lightfoot::run::hidden_ends::{LEAST_M, MOST_M};
use lightfoot::run::{HiddenEnds, RunDetail};
use lightfoot::segment::segment;

use super::args::{ExportArgs, TableFormat};
use super::gather::{Progress, Wanted};
use super::timings::Timings;
use super::{Exit, gather, output, report, settings, timings};
use lightfoot::report::assemble::People;
use lightfoot::stopwatch::Stage;

/// Writes the rows or the track.
///
/// # Errors
/// When nothing could be read, or the output cannot be written.
pub fn run(args: &ExportArgs) -> Result<Exit> {
    let first = args.paths.first().map(AsRef::as_ref);
    let (settings, profile) = settings::resolve(&args.stated, Some(&args.work), first)?;
    if args.gpx {
        return cleaned_track(args, &settings);
    }
    let writer = match (args.format, args.raw_csv) {
        (TableFormat::Csv, true) => "raw-csv",
        (_, true) => bail!("--raw-csv goes with --format csv; JSON holds text as it is"),
        (format, false) => format.writer(),
    };
    let asked = Timings::from(args.timings);
    let started = Instant::now();
    let now = || started.elapsed();
    let watch = timings::stopwatch(asked, &now);
    let (people, progress) = (People::Anybody, Progress::Drawn);
    let wanted = Wanted { paths: &args.paths, people, progress };
    let made = gather::report_timed(&wanted, &settings, profile, &watch)?;
    let rows = lightfoot::report::writer(writer);
    watch.time(Stage::Page, || {
        output::write_file(&args.output, |out| report::write(rows, &made, out))
    })?;
    gather::say_aside(&made);
    timings::say(asked, &watch, &now, &made.inputs);
    Ok(gather::exit(&made, &args.work))
}

/// Writes the cleaned track of the one run in a file, with waypoints at what was found on it.
fn cleaned_track(args: &ExportArgs, settings: &Settings) -> Result<Exit> {
    let [file] = args.paths.as_slice() else { bail!("--gpx takes one file at a time") };
    let loaded = gather::open_one(file, settings)?;
    let output = read::read(&loaded.bytes, &settings.limits)?;
    let mut runs = Vec::new();
    let mut refused = None;
    for recording in &output.recordings {
        match prepare(recording, settings, &LearntUnits::default()) {
            Ok(activity) => runs.push(activity),
            Err(why) => refused = Some(why),
        }
    }
    let run = match (runs.as_slice(), refused, args.part) {
        ([], Some(why), _) => return Err(why.into()),
        ([], None, _) => bail!("{} holds no activity", file.display()),
        ([run], _, None) => run,
        (runs, _, Some(part)) => match runs.iter().find(|r| r.meta.part + 1 == usize::from(part)) {
            Some(run) => run,
            None => bail!("{} has no run as its activity {part}", file.display()),
        },
        (runs, _, None) => {
            let parts: Vec<String> = runs.iter().map(|r| (r.meta.part + 1).to_string()).collect();
            bail!(
                "{} holds several runs; choose one with --part: {}",
                file.display(),
                parts.join(", ")
            )
        }
    };
    let hidden = HiddenEnds::of(&loaded.bytes, run.meta.part);
    let ends = if args.keep_ends { Ends::Kept } else { Ends::Trimmed(hidden) };
    let segments = segment(run, &settings.rules);
    let detail = RunDetail::of(&Run { activity: run, segments: &segments, settings }, &hidden);
    let say = Quantities::new(settings.display);
    let track = track(run, &detail.places, ends, say).map_err(|why| match why {
        NoTrack::AllHidden => anyhow::anyhow!(
            "the whole run stays around its start or end, and {LEAST_M} to {MOST_M} m around them \
             are hidden; --keep-ends writes it"
        ),
        other => other.into(),
    })?;
    output::write_file(&args.output, |out| Ok(out.write_all(&track)?))?;
    Ok(Exit::Done)
}
