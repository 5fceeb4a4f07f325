//! `export`: one flat row per run, or the cleaned track of a file as GPX.

use anyhow::{Result, bail};

use super::args::ExportArgs;
use super::gather::{Progress, Wanted};
use super::{Exit, gather, output, report, settings};
use lightfoot::report::assemble::People;

/// Writes the rows or the track.
///
/// # Errors
/// When nothing could be read, or the output cannot be written.
pub fn run(args: &ExportArgs) -> Result<Exit> {
    let first = args.paths.first().map(AsRef::as_ref);
    let (settings, profile) = settings::resolve(&args.stated, Some(&args.work), first)?;
    if args.gpx {
        let [file] = args.paths.as_slice() else { bail!("--gpx takes one file at a time") };
        bail!("no track from {}", file.display());
    }
    let wanted = Wanted { paths: &args.paths, people: People::Anybody, progress: Progress::Drawn };
    let made = gather::report(&wanted, &settings, profile)?;
    output::write_file(&args.output, &report::write(args.format.writer(), &made)?)?;
    gather::say_aside(&made);
    Ok(gather::exit(&made, &args.work))
}
