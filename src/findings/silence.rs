//! Why the opening cannot speak of cadence, so that it never says that files hold none when they do.

use crate::trend::History;

/// Why nothing can be said of cadence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Silence {
    /// There is no run.
    NoRun,
    /// No file has it.
    NotRecorded,
    /// Nobody knows what its counts are.
    UnitOpen,
    /// It is there, on too little running.
    TooLittle,
}

impl Silence {
    /// What is the matter, and what would settle it.
    pub(super) fn in_words(self) -> (&'static str, &'static str) {
        match self {
            Self::NoRun => ("There is no run to tell it from.", "a run among the files"),
            Self::NotRecorded => (
                "These files hold no cadence.",
                "the original FIT file from your watch, rather than GPX",
            ),
            Self::UnitOpen => (
                "The files do not say whether their cadence counts steps or strides.",
                "the unit: add --cadence-unit",
            ),
            Self::TooLittle => (
                "There is too little steady running with cadence to tell.",
                "a run of ten minutes or longer",
            ),
        }
    }

    /// The same as the end of a sentence.
    pub(super) fn briefly(self) -> &'static str {
        match self {
            Self::NoRun | Self::NotRecorded => "the files hold no cadence",
            Self::UnitOpen => "the files do not say what their cadence counts",
            Self::TooLittle => "too little of it has a steady cadence",
        }
    }
}

/// Why the runs have no step rate, by the reasons of the metric itself; the one that most can be
/// done about goes first.
pub(super) fn silence(history: &History, runs: &[usize]) -> Silence {
    let mut codes = runs
        .iter()
        .filter_map(|run| Some(history.runs.get(*run)?.readings.why_not("step_rate")?.code));
    if history.runs.is_empty() {
        Silence::NoRun
    } else if codes.clone().any(|code| code == "no_cadence_unit") {
        Silence::UnitOpen
    } else if codes.all(|code| code == "no_cadence") {
        Silence::NotRecorded
    } else {
        Silence::TooLittle
    }
}
