//! `compare`: two runs, two periods, or before and after a date, at matched speed.

use anyhow::{Result, bail};
use lightfoot::compare::{Question, compare};
use lightfoot::report::Report;
use lightfoot::report::assemble::People;
use lightfoot::report::compare as writer;

use super::args::CompareArgs;
use super::gather::{Progress, Wanted};
use super::{Exit, gather, output, settings, show};

/// Prints the comparison.
///
/// # Errors
/// When it is not said what to compare, or a side holds no run.
pub fn run(args: &CompareArgs) -> Result<Exit> {
    let beside = args.history.first().or(args.paths.first()).map(AsRef::as_ref);
    let (settings, profile) = settings::resolve(&args.stated, Some(&args.work), beside)?;
    let pair = args.at.is_none() && args.from.is_none();
    if pair && (args.paths.len() != 2 || args.paths.iter().any(|p| p.is_dir())) {
        bail!(
            "say what to compare: two files, or --at DAY, or --from FIRST..LAST --to FIRST..LAST; \
             `lightfoot compare --help` shows each"
        );
    }
    let mut paths = args.paths.clone();
    paths.extend(args.history.iter().cloned());
    let wanted = Wanted { paths: &paths, people: People::One, progress: Progress::Drawn };
    let report = gather::report(&wanted, &settings, profile)?;
    let question = match (args.at, args.from, args.to) {
        (Some(date), _, _) => Question::At(date),
        (None, Some(from), Some(to)) => Question::Periods(from, to),
        _ => {
            let mut runs = Vec::with_capacity(2);
            for path in &args.paths {
                runs.extend(show::runs_in(&report, path, &paths, &settings)?.first().copied());
            }
            match runs.as_slice() {
                [first, second] if first != second => Question::Runs(*first, *second),
                _ => bail!("both files hold the same run"),
            }
        }
    };
    let comparison = compare(&report.history, question);
    for side in &comparison.sides {
        if side.runs.is_empty() {
            bail!("{}", nothing_there(&report));
        }
    }
    if args.json {
        output::print_data(&writer::write_json(&report, &comparison)?)?;
    } else {
        output::print(&writer::write_terminal(&report, &comparison))?;
    }
    Ok(gather::exit(&report, &args.work))
}

/// What to say where one side is empty: the days that there are.
fn nothing_there(report: &Report) -> String {
    match (report.history.days.first(), report.history.days.last()) {
        (Some(first), Some(last)) => {
            format!("one side holds no run; these files hold runs from {first} to {last}")
        }
        _ => "no runs in what was given".to_owned(),
    }
}
