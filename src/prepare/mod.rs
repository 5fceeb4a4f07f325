//! From what the file said to what can be measured: listed steps, each of which returns what it
//! changed. Running a step twice changes nothing.

use crate::activity::{Activity, Issue, Sport};
use crate::read::Recording;
use crate::settings::{CadenceUnit, Settings};

/// Why a recording is not analysed. It is counted and named, never dropped silently.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum NotPrepared {
    /// Another sport.
    #[error("{}", match sport { Sport::Other(name) => format!("sport is {name}"), _ => "sport unknown".to_owned() })]
    OtherSport {
        /// What it is.
        sport: Sport,
        /// Seconds of it, for the hours of other sports.
        duration_s: f64,
    },
    /// No time on enough records to measure anything.
    #[error("{reason}")]
    Empty {
        /// What is missing and what to do.
        reason: String,
        /// The reader's issues, which say why.
        issues: Vec<Issue>,
    },
}

/// What a creator's other files in the same invocation taught about its cadence unit.
#[derive(Clone, Debug, Default)]
pub struct LearntUnits(pub std::collections::BTreeMap<String, CadenceUnit>);

/// Prepares one recording.
///
/// # Errors
/// When it is not running, or holds nothing that can be measured.
pub fn prepare(
    recording: &Recording,
    settings: &Settings,
    learnt: &LearntUnits,
) -> Result<Activity, NotPrepared> {
    let _ = (settings, learnt);
    Err(NotPrepared::OtherSport { sport: recording.sport.clone(), duration_s: 0.0 })
}
