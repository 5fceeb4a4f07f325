//! `coach`: a folder of athletes into one page that says who needs attention, and a page each.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result, anyhow, bail};
use jiff::tz::TimeZone;
use lightfoot::Settings;
use lightfoot::coach::{self, Asked, Athlete, Slugs, Squad, Who};
use lightfoot::intake::{Walked, is_leftover, told, walk, whole};
use lightfoot::quantities::Quantities;
use lightfoot::report::Report;
use lightfoot::report::assemble::{Given, People, assemble_timed};
use lightfoot::report::plain::{clean, shorten};
use lightfoot::stopwatch::{Stage, Stopwatch};

use super::args::CoachArgs;
use super::gather::Progress;
use super::pages::{Pages, Said};
use super::timings::{Timings, Worked};
use super::{Exit, gather, output, profile, settings, timings};

/// Characters of a name. **chosen**: longer ones are no names.
const LONGEST_NAME: usize = 60;

/// Reads every athlete's folder and writes the list.
///
/// # Errors
/// When the folder holds no athlete, or a page cannot be written.
pub fn run(args: &CoachArgs) -> Result<Exit> {
    if !args.folder.is_dir() {
        bail!(
            "{} is no folder; coach takes a folder with one folder or zip for each athlete",
            args.folder.display()
        );
    }
    let squad = settings::shared(&args.stated, &args.folder)?;
    let mut own = squad.settings.clone();
    settings::state(&mut own, &args.stated, Some(&args.work));
    let pages = Pages::wanted(args)?;
    let Listed { athletes, set_aside } = list(args, pages.as_ref())?;
    if athletes.is_empty() {
        bail!(
            "{} holds no folder and no zip; coach takes one of them for each athlete, and \
             `lightfoot report` the files of one runner",
            args.folder.display()
        );
    }
    let progress = if args.quiet { Progress::Silent } else { Progress::Drawn };
    let (pool, bar) = (gather::pool(&own)?, gather::bar(athletes.len(), progress, "athletes"));
    let said = Quantities::new(own.display);
    let (asked, started) = (Timings::from(args.timings), Instant::now());
    let now = || started.elapsed();
    let watch = timings::stopwatch(asked, &now);
    let of = Common { shared: &squad.settings, args, pages: pages.as_ref(), said, watch: &watch };
    let mut worked = Worked::default();
    let mut rows = Vec::with_capacity(athletes.len());
    // One after the other, so that no more than one athlete's runs are in memory; their files are
    // worked on side by side.
    for place in &athletes {
        rows.push(pool.install(|| athlete(place, &of, &mut worked))?);
        bar.inc(1);
    }
    bar.finish_and_clear();
    if let Some(pages) = &pages {
        pages.remove_stale(&rows, if args.quiet { Said::Nothing } else { Said::Aloud });
    }
    let some_lost = rows.iter().any(Athlete::is_incomplete);
    let squad = Squad::new(
        rows,
        Asked {
            name: told_name(&args.folder),
            today: own.now.map(|now| day_of(now, own.time_zone.as_ref())),
            since: args.since,
            said,
            set_aside,
            not_shared: squad.not_shared,
        },
    );
    write(&squad, args)?;
    timings::say_of(asked, &watch, &now, worked);
    Ok(match (some_lost, args.work.strict) {
        (false, _) => Exit::Done,
        (true, false) => Exit::SomeSkipped,
        (true, true) => Exit::Failed,
    })
}

fn day_of(now: jiff::Timestamp, zone: Option<&TimeZone>) -> jiff::civil::Date {
    now.to_zoned(zone.cloned().unwrap_or(TimeZone::UTC)).date()
}

/// Name of the squad: the last name of its folder, also where it was given as `.`.
fn told_name(folder: &Path) -> String {
    let whole = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    whole.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn write(squad: &Squad, args: &CoachArgs) -> Result<()> {
    if args.json {
        return output::print_data(&coach::write_json(squad)?);
    }
    if args.csv {
        return output::print_data(&coach::write_csv(squad)?);
    }
    output::write_text(&args.output, &coach::render(squad))?;
    if args.quiet {
        // These signs are never silenced.
        if squad.hurt() {
            output::say(coach::red_flags(squad).trim_end());
        }
        return Ok(());
    }
    if args.output.as_os_str() == "-" {
        return Ok(());
    }
    output::print(&coach::write_table(squad))?;
    output::print(&format!("\n{}\n", clean(&args.output.display().to_string())))
}

/// A folder or archive of one athlete.
struct Place {
    path: PathBuf,
    /// Its name as it lies there.
    folder: String,
    /// The same without the ending of an archive.
    name: String,
    /// Name for links and files.
    id: String,
}

/// What lies in the squad's folder.
struct Listed {
    athletes: Vec<Place>,
    set_aside: Vec<String>,
}

/// Sorts the squad's folder into athletes and what belongs to nobody.
fn list(args: &CoachArgs, pages: Option<&Pages>) -> Result<Listed> {
    let folder = &args.folder;
    let entries = std::fs::read_dir(folder)
        .and_then(Iterator::collect::<std::io::Result<Vec<_>>>)
        .with_context(|| format!("cannot read {}", folder.display()))?;
    let mut names: Vec<_> = entries.into_iter().map(|e| (e.file_name(), e.file_type())).collect();
    names.sort_by(|a, b| a.0.cmp(&b.0));
    let ours = |path: &Path| pages.is_some_and(|p| p.is(path)) || same(path, &args.output);
    let mut listed = Listed { athletes: Vec::new(), set_aside: Vec::new() };
    let mut slugs = Slugs::default();
    for (name, kind) in names {
        let (path, told) = (folder.join(&name), name.to_string_lossy().into_owned());
        if is_leftover(&told) || told == profile::FILE_NAME || ours(&path) {
            continue;
        }
        let stem = match kind {
            Ok(kind) if kind.is_dir() => Some(told.clone()),
            Ok(kind) if kind.is_file() => without_zip(&told),
            _ => None,
        };
        match stem {
            Some(name) => {
                let id = slugs.take(&name);
                listed.athletes.push(Place { path, folder: told, name, id });
            }
            None => listed.set_aside.push(told),
        }
    }
    Ok(listed)
}

/// Name of an archive without its ending.
fn without_zip(name: &str) -> Option<String> {
    let (stem, ending) = name.rsplit_once('.')?;
    ending.eq_ignore_ascii_case("zip").then(|| stem.to_owned())
}

fn same(a: &Path, b: &Path) -> bool {
    matches!((a.canonicalize(), b.canonicalize()), (Ok(a), Ok(b)) if a == b)
}

/// What every athlete is worked on with.
struct Common<'a> {
    /// What the squad's profile states.
    shared: &'a Settings,
    args: &'a CoachArgs,
    pages: Option<&'a Pages>,
    said: Quantities,
    watch: &'a Stopwatch<'a>,
}

/// One athlete's row, their page written; what fails in their folder is told in the row.
fn athlete(place: &Place, of: &Common<'_>, worked: &mut Worked) -> Result<Athlete> {
    let Common { shared, args, pages, said, watch } = *of;
    let who = Who {
        name: shorten(&clean(&place.name), LONGEST_NAME),
        folder: place.folder.clone(),
        id: place.id.clone(),
        page: None,
    };
    let mut settings = shared.clone();
    settings::state(&mut settings, &args.stated, Some(&args.work));
    let walked =
        watch.time(Stage::Walk, || walk(std::slice::from_ref(&place.path), &settings.limits));
    let made = catch_unwind(AssertUnwindSafe(|| report(&walked, place, of)));
    let report = match made {
        Ok(Ok(report)) => report,
        Ok(Err(error)) => return Ok(Athlete::without(who, walked.found.len(), words(&error))),
        Err(_) => return Ok(Athlete::without(who, walked.found.len(), OUR_FAULT.to_owned())),
    };
    worked.add(&report.inputs);
    let stated = report.settings.runner.name.as_deref().map(clean);
    let stated = stated.filter(|name| !name.trim().is_empty());
    let name = stated.map_or(who.name.clone(), |name| shorten(&name, LONGEST_NAME));
    let mut row = Athlete::of(&report, Who { name, ..who }, said);
    if let Some(pages) = pages
        && !report.history.runs.is_empty()
    {
        pages.write(&walked, &report, &mut row, watch)?;
    }
    Ok(row)
}

/// A panic is one athlete's misfortune and nobody else's.
const OUR_FAULT: &str = "lightfoot itself failed on this folder, which is a fault of ours; please \
                         report it.";

/// An error with what is behind it, as sentences.
fn words(error: &anyhow::Error) -> String {
    let causes: Vec<String> = error.chain().map(|cause| clean(&cause.to_string())).collect();
    causes.join(": ")
}

/// The report on one athlete: their own profile before that of the squad, what was typed before
/// both.
fn report(walked: &Walked, place: &Place, of: &Common<'_>) -> Result<Report> {
    let Common { shared, args, watch, .. } = *of;
    let mut settings = shared.clone();
    let own = own_profile(walked, place, &shared.limits)?;
    if let Some((label, text)) = &own {
        profile::apply(&mut settings, text).with_context(|| format!("in the profile {label}"))?;
    }
    settings::state(&mut settings, &args.stated, Some(&args.work));
    if walked.found.is_empty() && walked.problems.is_empty() {
        bail!("There is no FIT, GPX or TCX file.");
    }
    let profile = own.map(|(label, _)| label);
    let given = Given { walked, settings: &settings, profile, people: People::One };
    assemble_timed(given, || (), watch).map_err(|two| anyhow!(two))
}

/// The athlete's own profile with its label: in their folder, or the outermost in their archive.
fn own_profile(
    walked: &Walked,
    place: &Place,
    limits: &lightfoot::read::Limits,
) -> Result<Option<(String, String)>> {
    let beside = place.path.join(profile::FILE_NAME);
    if beside.is_file() {
        let label = told(&beside);
        let text = std::fs::read_to_string(&beside)
            .with_context(|| format!("cannot read the profile {label}"))?;
        return Ok(Some((label, text)));
    }
    let named = |label: &str| label.rsplit('/').next() == Some(profile::FILE_NAME);
    let depth = |label: &str| label.matches('/').count();
    let inside = walked.found.iter().filter(|found| named(&found.label));
    let Some(found) = inside.min_by_key(|found| (depth(&found.label), found.label.clone())) else {
        return Ok(None);
    };
    let bytes = whole(found, limits)?;
    let text = String::from_utf8(bytes)
        .map_err(|_| anyhow!("the profile {} is no UTF-8 text", found.label))?;
    Ok(Some((found.label.clone(), text)))
}
