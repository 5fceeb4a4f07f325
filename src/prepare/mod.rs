//! From what the file said to what can be measured: listed steps, each of which returns what it
//! changed. Running a step twice changes nothing.

mod altitude;
mod cadence_unit;
mod clock_repair;
mod distance;
mod doubtful_cadence;
mod draft;
mod epoch;
mod heart_rate_lock;
mod judged_sport;
mod moving;
mod pauses;
mod positions;
mod possible_range;
mod source_choice;
mod speed;
mod stated_sport;
mod summary_check;
pub mod vendor_fields;
pub mod vendor_summary;
pub mod zero_policy;

pub use cadence_unit::{LearntUnits, creator, learn, vote};
pub use draft::{Context, Draft};

use crate::activity::{Activity, Issue, Sport};
use crate::read::Recording;
use crate::settings::Settings;

/// Why a recording is not analysed. It is counted and named, never dropped silently.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum NotPrepared {
    /// Another sport.
    #[error("{}", match sport { Sport::Other(name) => format!("sport is {name}"), _ => "sport unknown".to_owned() })]
    OtherSport {
        /// What it is.
        sport: Sport,
        /// When it began, Unix milliseconds; `None` where no record and no summary says.
        start_ms: Option<i64>,
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

/// One step of the preparation.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    /// The step's name: its file's name.
    pub id: &'static str,
    /// Changes the draft and returns what it has to say. Applied twice, it changes nothing more.
    pub apply: Apply,
}

/// What a step does.
pub type Apply = fn(&mut Draft, &Context<'_>) -> Result<Vec<Issue>, NotPrepared>;

/// All steps in their order; each may rely on those before it.
pub const STEPS: &[Step] = &[
    Step { id: "stated_sport", apply: stated_sport::apply },
    Step { id: "clock_repair", apply: clock_repair::apply },
    Step { id: "pauses", apply: pauses::apply },
    Step { id: "possible_range", apply: possible_range::apply },
    Step { id: "zero_policy", apply: zero_policy::apply },
    Step { id: "positions", apply: positions::apply },
    Step { id: "distance", apply: distance::apply },
    Step { id: "speed", apply: speed::apply },
    Step { id: "source_choice", apply: source_choice::apply },
    Step { id: "judged_sport", apply: judged_sport::apply },
    Step { id: "cadence_unit", apply: cadence_unit::apply },
    Step { id: "altitude", apply: altitude::apply },
    Step { id: "epoch", apply: epoch::apply },
    Step { id: "doubtful_cadence", apply: doubtful_cadence::apply },
    Step { id: "heart_rate_lock", apply: heart_rate_lock::apply },
    Step { id: "summary_check", apply: summary_check::apply },
];

/// Prepares one recording.
///
/// # Errors
/// When it is not running, or holds nothing that can be measured.
pub fn prepare(
    recording: &Recording,
    settings: &Settings,
    learnt: &LearntUnits,
) -> Result<Activity, NotPrepared> {
    let context = Context { recording, settings, learnt };
    let mut draft = Draft::new(recording);
    for step in STEPS {
        let issues = (step.apply)(&mut draft, &context)?;
        draft.note(issues);
    }
    draft.finish(&context)
}
