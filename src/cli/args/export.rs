//! Words of `export`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{Stated, Work};

/// `export`.
#[derive(Debug, Args)]
pub struct ExportArgs {
    /// Files and folders.
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Form of the rows.
    #[arg(long, value_enum, default_value = "csv", conflicts_with = "gpx")]
    pub format: TableFormat,
    /// With csv: leave text as it is, even where a spreadsheet would run it as a formula.
    #[arg(long, conflicts_with = "gpx")]
    pub raw_csv: bool,
    /// Write the cleaned track of one file as GPX instead of rows, with waypoints at what was found.
    #[arg(long)]
    pub gpx: bool,
    /// With --gpx: write the surroundings of start and end too, which may show where you live.
    #[arg(long, requires = "gpx")]
    pub keep_ends: bool,
    /// With --gpx: which activity of a file that holds several, from 1.
    #[arg(long, value_name = "N", requires = "gpx")]
    pub part: Option<u16>,
    /// Where it goes; `-` is standard output.
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    pub output: PathBuf,
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

/// Forms of exported rows; each names its writer.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum TableFormat {
    /// Comma-separated values with a heading.
    Csv,
    /// One JSON array of flat objects.
    Json,
    /// One flat JSON object a line.
    Ndjson,
}

impl TableFormat {
    /// Name of the writer.
    pub fn writer(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
            Self::Ndjson => "ndjson",
        }
    }
}
