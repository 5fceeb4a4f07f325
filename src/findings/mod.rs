//! Findings see readings, never samples. One rule a file, one line in [`RULES`]; and the opening
//! sentence with its five lines.

mod aloud;
mod balance_changed;
mod cadence_trend;
mod descent_week;
mod headline;
mod heart_rate_doubt;
pub mod lately;
mod new_downhill;
pub mod of_run;
mod one_sided_camber;
pub mod say;
mod sensor_changed;
mod silence;
mod single_run_spike;

use serde::Serialize;

pub use balance_changed::shifted as balance_shifted;
pub use descent_week::MostDescent;
pub use headline::headline;
pub use new_downhill::jumps as descent_jumps;
pub use one_sided_camber::Sides;
pub use single_run_spike::jumps as distance_jumps;

use crate::metrics::Reading;
use crate::settings::Settings;
use crate::trend::{History, Sureness};

/// Something that deserves attention.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Finding {
    /// Rule identifier.
    pub rule: &'static str,
    /// At most ten words.
    pub title: String,
    /// One number with its range, as a runner says it.
    pub number: String,
    /// One sentence: so what, naming at most two options.
    pub so_what: String,
    /// The one limit that could reverse the advice.
    pub limit: String,
    /// How sure.
    pub sureness: Sureness,
    /// Below the fold: size against own history, interval, n, evidence, other limits, what else
    /// changed.
    pub details: Vec<String>,
    /// Chart that shows it.
    pub chart: Option<&'static str>,
    /// Source keys.
    pub sources: &'static [&'static str],
    /// Order of attention: higher first.
    pub weight: f64,
}

/// A run of the last days that stands out against the runner's own past.
#[derive(Clone, Debug)]
pub struct Standout {
    /// Index of the run.
    pub run: usize,
    /// The reading that shows it.
    pub reading: Reading,
    /// How sure.
    pub sureness: Sureness,
}

/// A rule.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Identifier: the file's name.
    pub id: &'static str,
    /// Metric identifiers it reads.
    pub needs: &'static [&'static str],
    /// One sentence: when it speaks.
    pub speaks_when: &'static str,
    /// How it can mislead.
    pub limits: &'static str,
    /// Keys into the source table; a finding of this rule carries the same.
    pub sources: &'static [&'static str],
    /// The judgement; `None` is the usual answer.
    pub judge: fn(&History, &Settings) -> Option<Finding>,
}

/// All rules.
pub const RULES: &[Rule] = &[
    single_run_spike::RULE,
    new_downhill::RULE,
    cadence_trend::RULE,
    sensor_changed::RULE,
    one_sided_camber::RULE,
    balance_changed::RULE,
    heart_rate_doubt::RULE,
];

/// The answer words of the five lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// Something changed.
    Changed,
    /// Nothing changed.
    Unchanged,
    /// It cannot be known from this; `settle` says what would.
    CannotTell,
}

/// One of the five lines under the opening sentence.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Line {
    /// What it is about, always the same five.
    pub topic: &'static str,
    /// The line, at most 20 words a sentence.
    pub text: String,
    /// Changed, unchanged, can't tell.
    pub answer: Answer,
    /// What would settle it, for "can't tell".
    pub settle: Option<String>,
}

/// The opening of every page: one sentence that could be said aloud and five lines.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Headline {
    /// The sentence.
    pub sentence: String,
    /// Cadence; changed or not; longest run and descent; left and right; what to look at next.
    pub lines: Vec<Line>,
}

/// Judges all rules: most deserving first, at most five.
pub fn judge(history: &History, settings: &Settings) -> Vec<Finding> {
    let mut found: Vec<Finding> =
        RULES.iter().filter_map(|r| (r.judge)(history, settings)).collect();
    found.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    found.truncate(5);
    found
}
