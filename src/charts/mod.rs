//! Charts describe, `svg` draws. One description a file, one line in [`CHARTS`].

use crate::settings::Settings;
use crate::trend::History;

/// A described chart.
#[derive(Clone, Debug)]
pub struct Chart {
    /// Identifier: the file's name.
    pub id: &'static str,
    /// Title, sentence case.
    pub title: &'static str,
}

/// An entry of the table.
#[derive(Clone, Copy, Debug)]
pub struct ChartEntry {
    /// Identifier: the file's name.
    pub id: &'static str,
    /// Describes the chart, or says in one line what would fill it.
    pub describe: fn(&History, &Settings) -> Result<Chart, String>,
}

/// All charts, in page order.
pub const CHARTS: &[ChartEntry] = &[];
