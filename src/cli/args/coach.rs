//! Words of `coach`.

use std::path::PathBuf;

use clap::Args;
use jiff::civil::Date;

use super::{Stated, Work, civil_day};

/// `coach`.
#[derive(Debug, Args)]
pub struct CoachArgs {
    /// A folder with one folder or zip for each athlete.
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// Where the page goes; `-` is standard output.
    #[arg(short, long, value_name = "FILE", default_value = "coach.html")]
    pub output: PathBuf,
    /// Where the athletes' own pages go [default: a folder beside the page].
    #[arg(long, value_name = "FOLDER")]
    pub pages: Option<PathBuf>,
    /// Only what is new since this day, `2026-05-25`.
    #[arg(long, value_name = "DAY", value_parser = civil_day)]
    pub since: Option<Date>,
    /// Write one row an athlete, comma-separated, to standard output, and no page.
    #[arg(long, conflicts_with_all = ["output", "json"])]
    pub csv: bool,
    /// Write one JSON object to standard output, and no page.
    #[arg(long, conflicts_with = "output")]
    pub json: bool,
    /// Say nothing but errors.
    #[arg(short, long)]
    pub quiet: bool,
    /// Say on standard error where the time went.
    #[arg(long)]
    pub timings: bool,
    /// What counts for all athletes; an athlete's own profile goes before that of the squad.
    #[command(flatten)]
    pub stated: Stated,
    /// How the work is done.
    #[command(flatten)]
    pub work: Work,
}
