//! Writers format a finished report; they compute nothing.

pub mod html;

use crate::activity::Issue;
use crate::findings::{Finding, Headline};
use crate::settings::Settings;
use crate::trend::History;

/// Everything the writers read.
#[derive(Clone, Debug)]
pub struct Report {
    /// The runs and what they add up to.
    pub history: History,
    /// What deserves attention.
    pub findings: Vec<Finding>,
    /// The opening.
    pub headline: Headline,
    /// Every input and what became of it.
    pub inputs: Vec<Input>,
    /// What the user stated.
    pub settings: Settings,
    /// Where the profile was read from.
    pub profile_path: Option<String>,
}

/// One input file and what became of it. Every file given is in the list exactly once.
#[derive(Clone, Debug)]
pub struct Input {
    /// Label: path as given.
    pub file: String,
    /// Bytes as stored.
    pub bytes: usize,
    /// First hexadecimal digits of the content's BLAKE3 hash.
    pub hash: String,
    /// Format name, where known.
    pub format: Option<&'static str>,
    /// What became of each part.
    pub fates: Vec<Fate>,
}

/// What became of an input or of one part of it.
#[derive(Clone, Debug, PartialEq)]
pub enum Fate {
    /// Analysed: index into the history's runs.
    Run {
        /// Index of the run.
        run: usize,
    },
    /// Another sport, with its seconds.
    OtherSport {
        /// Name of the sport.
        sport: String,
        /// Duration.
        duration_s: f64,
    },
    /// A file that is no activity.
    NotAnActivity {
        /// What it is.
        what: String,
    },
    /// The same run as another, which is kept.
    Duplicate {
        /// Label of the one kept.
        of: String,
    },
    /// Should have been an activity and gave nothing.
    Skipped {
        /// What, where, what to do.
        reason: String,
        /// What was found on the way.
        issues: Vec<Issue>,
    },
}
