//! `before`: the four weeks before a day that the runner names.

use anyhow::{Result, bail};
use lightfoot::report::assemble::People;
use lightfoot::report::before;

use super::args::BeforeArgs;
use super::gather::{Progress, Wanted};
use super::{Exit, gather, output, settings};

/// Prints the weeks before the day.
///
/// # Errors
/// When nothing could be analysed, or no run lies before the day.
pub fn run(args: &BeforeArgs) -> Result<Exit> {
    let first = args.paths.first().map(AsRef::as_ref);
    let (mut settings, profile) = settings::resolve(&args.stated, Some(&args.work), first)?;
    settings.onset = Some(args.day);
    let wanted = Wanted { paths: &args.paths, people: People::One, progress: Progress::Drawn };
    let report = gather::report(&wanted, &settings, profile)?;
    if report.before.is_none() {
        gather::say_aside(&report);
        bail!("no run in what was given lies before {}", args.day);
    }
    if args.json {
        output::print_data(&before::write_json(&report)?)?;
    } else {
        output::print(&before::write_terminal(&report))?;
    }
    Ok(gather::exit(&report, &args.work))
}
