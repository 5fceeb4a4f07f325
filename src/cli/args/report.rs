//! Words of `report`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{Stated, Work, civil_day};

/// What can be tried.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum TryOut {
    /// A few more steps a minute at the same pace.
    Cadence,
}

/// `report`.
#[derive(Debug, Args)]
pub struct ReportArgs {
    /// Files and folders to analyse.
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Where the page goes; `-` is standard output [default: lightfoot-report.html, or
    /// lightfoot-handout.html].
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Write one printed side for a physiotherapist or coach instead: twelve weeks, no
    /// interpretation.
    #[arg(long, conflicts_with = "json")]
    pub handout: bool,
    /// Also write a page for each run into this folder, linked from the table of runs; pages that
    /// an earlier report wrote there and that are no longer linked are removed.
    #[arg(long, value_name = "DIR", conflicts_with_all = ["json", "handout"])]
    pub runs: Option<PathBuf>,
    /// Write everything as one JSON object to standard output, and no page.
    #[arg(long, conflicts_with = "output")]
    pub json: bool,
    /// Also show acute and chronic load, which mislead more than they tell.
    #[arg(long)]
    pub show_acwr: bool,
    /// Show the runs from this day on; earlier ones count as their past.
    #[arg(long, value_name = "DAY", value_parser = civil_day, conflicts_with = "weeks")]
    pub since: Option<jiff::civil::Date>,
    /// Show this many weeks, this one the last; earlier runs count as their past.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1040))]
    pub weeks: Option<u16>,
    /// Work out one thing to try: `cadence`.
    #[arg(long = "try", value_enum, value_name = "WHAT")]
    pub attempt: Option<TryOut>,
    /// Make a copy to show to others: no names, no written notes, no routes, no true dates.
    #[arg(long)]
    pub share: bool,
    /// A day on which something began to hurt: look at the four weeks before it.
    #[arg(long, value_name = "DAY", value_parser = civil_day)]
    pub onset: Option<jiff::civil::Date>,
    /// Say nothing but errors.
    #[arg(short, long)]
    pub quiet: bool,
    /// What the runner states.
    #[command(flatten)]
    pub stated: Stated,
    /// Say on standard error how long each stage took.
    #[arg(long)]
    pub timings: bool,
    /// How the work is done.
    #[command(flatten)]
    pub work: Work,
}
