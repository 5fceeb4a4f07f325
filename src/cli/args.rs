//! What can be typed. Examples come before options, because they are what is read.

mod coach;
mod export;
mod report;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use lightfoot::read::{LIMITS, Limits, NamedLimit};
use lightfoot::settings::{CadenceUnit, DaySpan, RoadKind, RoadSide, Units};

pub use coach::CoachArgs;
pub use export::{ExportArgs, TableFormat};
pub use report::ReportArgs;

use super::profile;

const TEMPLATE: &str =
    "{about-with-newline}{before-help}\n{usage-heading} {usage}\n\n{all-args}{after-help}";

/// Running cadence, form and exposure from the files your watch exports, on your own machine.
#[derive(Debug, Parser)]
#[command(
    name = "lightfoot",
    version,
    help_template = TEMPLATE,
    disable_help_subcommand = true,
    after_help = lightfoot::education::INTENDED_PURPOSE,
    before_help = "Examples:
  lightfoot report ~/runs               a page from a folder of FIT, GPX and TCX files
  lightfoot show morning.fit            one run, here in the terminal
  lightfoot explain step_rate           what a number means and how it can mislead"
)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Analyse files and folders and write one self-contained page.
    #[command(help_template = TEMPLATE, before_help = "Examples:
  lightfoot report ~/runs
  lightfoot report ~/runs -o april.html --road-side facing-traffic
  lightfoot report ~/runs --runs pages
  lightfoot report ~/runs --json > april.json")]
    Report(ReportArgs),
    /// List a coach's athletes in the order of who needs attention, with a page for each.
    #[command(help_template = TEMPLATE, before_help = "Examples:
  lightfoot coach squad
  lightfoot coach squad --now 2026-06-01 --since 2026-05-25
  lightfoot coach squad --csv > squad.csv

The folder holds one folder or zip for each athlete.")]
    Coach(CoachArgs),
    /// Show one run in the terminal, alone or against the runner's own others.
    #[command(help_template = TEMPLATE, before_help = "Examples:
  lightfoot show morning.fit
  lightfoot show morning.fit --history ~/runs")]
    Show(ShowArgs),
    /// List what the four weeks before a day held, against the runner's own earlier weeks.
    #[command(help_template = TEMPLATE, before_help = "Examples:
  lightfoot before 2026-05-03 ~/runs
  lightfoot before 2026-05-03 ~/runs --json > weeks.json")]
    Before(BeforeArgs),
    /// Compare two runs, two periods, or before and after a date, at the same speed.
    #[command(help_template = TEMPLATE, before_help = "Examples:
  lightfoot compare monday.fit tuesday.fit
  lightfoot compare ~/runs --at 2026-03-01
  lightfoot compare ~/runs --from 2026-01-01..2026-01-31 --to 2026-03-01..2026-03-31")]
    Compare(CompareArgs),
    /// List what a file holds, and what lightfoot made of it.
    #[command(help_template = TEMPLATE, before_help = "Examples:
  lightfoot inspect morning.fit
  lightfoot inspect morning.fit --all | less")]
    Inspect(InspectArgs),
    /// Write one flat row per run, or a cleaned GPX track.
    #[command(help_template = TEMPLATE, before_help = "Examples:
  lightfoot export ~/runs --format csv > runs.csv
  lightfoot export ~/runs --format ndjson -o runs.ndjson
  lightfoot export morning.fit --gpx -o morning.gpx")]
    Export(ExportArgs),
    /// Say what a metric measures, how, on what evidence, and how it can mislead.
    #[command(help_template = TEMPLATE, before_help = "Examples:
  lightfoot explain list
  lightfoot explain step_rate")]
    Explain(ExplainArgs),
    /// Print completions for a shell.
    #[command(help_template = TEMPLATE, before_help = "Example:
  lightfoot completions bash > ~/.local/share/bash-completion/completions/lightfoot")]
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Decode a FIT file from standard input with the full message profile: used by `inspect`.
    #[command(hide = true, name = super::messages::CHILD_COMMAND)]
    Messages,
}

/// `show`.
#[derive(Debug, Args)]
pub struct ShowArgs {
    /// The run.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Files and folders with the runner's other runs.
    #[arg(long, value_name = "PATH", num_args = 1..)]
    pub history: Vec<PathBuf>,
    /// What the runner states.
    #[command(flatten)]
    pub stated: Stated,
    /// How the work is done.
    #[command(flatten)]
    pub work: Work,
}

/// `before`.
#[derive(Debug, Args)]
pub struct BeforeArgs {
    /// The day, `2026-05-03`: the 28 days before it are looked at.
    #[arg(value_name = "DAY", value_parser = civil_day)]
    pub day: jiff::civil::Date,
    /// Files and folders with all of the runner's runs.
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Write one JSON object.
    #[arg(long)]
    pub json: bool,
    /// What the runner states.
    #[command(flatten)]
    pub stated: Stated,
    /// How the work is done.
    #[command(flatten)]
    pub work: Work,
}

/// `compare`.
#[derive(Debug, Args)]
pub struct CompareArgs {
    /// Two files, or files and folders with --at or --from and --to.
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Compare the 40 runs before this day with the 40 from it on.
    #[arg(long, value_name = "DAY", value_parser = civil_day, conflicts_with_all = ["from", "to"])]
    pub at: Option<jiff::civil::Date>,
    /// First period, both days included: `2026-01-01..2026-01-31`.
    #[arg(long, value_name = "FIRST..LAST", value_parser = day_span, requires = "to")]
    pub from: Option<DaySpan>,
    /// Second period.
    #[arg(long, value_name = "FIRST..LAST", value_parser = day_span, requires = "from")]
    pub to: Option<DaySpan>,
    /// With two files: the runner's other runs, to know how far single runs differ.
    #[arg(long, value_name = "PATH", num_args = 1.., conflicts_with_all = ["at", "from"])]
    pub history: Vec<PathBuf>,
    /// Write one JSON object.
    #[arg(long)]
    pub json: bool,
    /// What the runner states.
    #[command(flatten)]
    pub stated: Stated,
    /// How the work is done.
    #[command(flatten)]
    pub work: Work,
}

/// `inspect`.
#[derive(Debug, Args)]
pub struct InspectArgs {
    /// The file.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Print every message with every field, not one line per field.
    #[arg(long)]
    pub all: bool,
    /// What the runner states.
    #[command(flatten)]
    pub stated: Stated,
}

/// `explain`.
#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// A metric, a finding, `knee`, `what_if`, `notes`, `profile`, or `list` for all names.
    #[arg(default_value = "list")]
    pub what: String,
}

/// What the runner can state for one invocation; it goes before the profile.
#[derive(Debug, Default, Args)]
pub struct Stated {
    /// Where on the road you run.
    #[arg(long, value_name = "SIDE", value_parser = words(ROAD_SIDES, profile::road_side))]
    pub road_side: Option<RoadSide>,
    /// What that is a side of.
    #[arg(long, value_name = "KIND", value_parser = words(ROAD_KINDS, profile::road_kind))]
    pub road_kind: Option<RoadKind>,
    /// What one count of cadence is in GPX and TCX files that do not say.
    #[arg(long, value_name = "UNIT", value_parser = words(CADENCE_UNITS, profile::cadence_unit))]
    pub cadence_unit: Option<CadenceUnit>,
    /// Time zone for days and weeks: `Europe/Berlin`, `+02:00`.
    #[arg(long, value_name = "ZONE", value_parser = zone)]
    pub tz: Option<jiff::tz::TimeZone>,
    /// Units on pages and in the terminal (JSON and CSV are always SI).
    #[arg(long, value_name = "UNITS", value_parser = words(UNITS, profile::units))]
    pub units: Option<Units>,
    /// The profile to read [default: lightfoot.toml beside the files].
    #[arg(long, value_name = "FILE")]
    pub profile: Option<PathBuf>,
    /// Change a limit: `input-bytes=1G`; a name nobody knows lists them all.
    #[arg(long = "limit", value_name = "NAME=VALUE", value_parser = limit)]
    pub limits: Vec<Limit>,
    /// The day that counts as today, `2026-05-01` [default: the day of the last run].
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub now: Option<Now>,
}

/// How the work is done.
#[derive(Debug, Default, Args)]
pub struct Work {
    /// Worker threads [default: one per core].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub jobs: Option<u16>,
    /// Fail when an input that should have been an activity gave nothing.
    #[arg(long)]
    pub strict: bool,
}

/// A day or an instant given as today.
#[derive(Clone, Copy, Debug)]
pub enum Now {
    /// A civil day in the time zone of the report.
    Day(jiff::civil::Date),
    /// An instant.
    Instant(jiff::Timestamp),
}

const ROAD_SIDES: &[&str] =
    &["left", "right", "facing-traffic", "with-traffic", "same-kerb", "mixed"];
const ROAD_KINDS: &[&str] = &["road", "pavement", "path"];
const CADENCE_UNITS: &[&str] = &["steps", "strides"];
const UNITS: &[&str] = &["metric", "imperial"];

/// A parser that takes one of some words, with clap's suggestions for typing errors.
fn words<T: Clone + Send + Sync + 'static>(
    valid: &'static [&'static str],
    read: fn(&str) -> Option<T>,
) -> impl clap::builder::TypedValueParser<Value = T> {
    use clap::builder::TypedValueParser as _;
    clap::builder::PossibleValuesParser::new(valid)
        .try_map(move |word| read(&word).ok_or("is not one of the words"))
}

/// A limit and its new value.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    /// Which.
    pub limit: &'static NamedLimit,
    /// How much.
    pub value: usize,
}

fn limit(word: &str) -> Result<Limit, String> {
    let (name, value) = word.split_once('=').unwrap_or((word, ""));
    let Some(limit) = NamedLimit::called(name) else {
        let all: Vec<String> = LIMITS
            .iter()
            .map(|l| format!("  {:<15} {} [{}]", l.name, l.bounds, l.of(Limits::default())))
            .collect();
        return Err(format!("there is no limit of this name; there are\n{}", all.join("\n")));
    };
    let (digits, scale) = match value.char_indices().last() {
        Some((at, 'K' | 'k')) => (value.get(..at), 1 << 10),
        Some((at, 'M' | 'm')) => (value.get(..at), 1 << 20),
        Some((at, 'G' | 'g')) => (value.get(..at), 1 << 30),
        _ => (Some(value), 1),
    };
    let number = digits.and_then(|digits| digits.parse::<usize>().ok());
    let value = number.and_then(|number| number.checked_mul(scale)).filter(|value| *value > 0);
    let value = value.ok_or_else(|| format!("write a number, like {name}=1000 or {name}=2M"))?;
    Ok(Limit { limit, value })
}

fn zone(word: &str) -> Result<jiff::tz::TimeZone, String> {
    profile::time_zone(word).ok_or_else(|| {
        "this is no time zone; write one like Europe/Berlin or an offset like +02:00".to_owned()
    })
}

fn civil_day(word: &str) -> Result<jiff::civil::Date, String> {
    word.parse().map_err(|_| "write a day like 2026-05-01".to_owned())
}

fn day_span(word: &str) -> Result<DaySpan, String> {
    profile::day_span(word)
        .ok_or_else(|| "write a first and a last day like 2026-01-01..2026-01-31".to_owned())
}

fn day(word: &str) -> Result<Now, String> {
    if let Ok(instant) = word.parse() {
        return Ok(Now::Instant(instant));
    }
    word.parse().map(Now::Day).map_err(|_| "write a day like 2026-05-01".to_owned())
}
