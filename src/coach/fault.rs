//! What can be wrong with the recording of one run, each fault apart from the others.

use serde::Serialize;

use crate::Analysis;
use crate::activity::{IssueKind, Severity};

/// A fault of a recording.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// The whole run has no cadence.
    NoCadence,
    /// Cadence reads zero for a stretch of running: the sensor is there and counts nothing.
    ReadsZero,
    /// No value of cadence is recorded for a stretch of running: the sensor is not heard.
    NoValue,
    /// Cadence and speed repeat one value for a stretch.
    Stuck,
    /// Cadence far below the run's own for a stretch.
    Halved,
    /// Cadence above what a runner can do for a stretch.
    TooFast,
    /// Heart rate follows cadence.
    HeartRate,
    /// The file ends before the run does.
    CutShort,
    /// The distance is doubtful.
    Distance,
}

impl Fault {
    /// All, the gravest for the cadence first.
    pub const ALL: [Self; 9] = [
        Self::NoCadence,
        Self::ReadsZero,
        Self::NoValue,
        Self::Stuck,
        Self::Halved,
        Self::TooFast,
        Self::HeartRate,
        Self::CutShort,
        Self::Distance,
    ];

    /// The issue that says so; `None` where a missing reading does.
    fn issue(self) -> Option<IssueKind> {
        Some(match self {
            Self::NoCadence => return None,
            Self::ReadsZero => IssueKind::Dropout,
            Self::NoValue => IssueKind::CadenceAbsent,
            Self::Stuck => IssueKind::CadenceStuck,
            Self::Halved => IssueKind::CadenceHalved,
            Self::TooFast => IssueKind::CadenceTooFast,
            Self::HeartRate => IssueKind::HeartRateLock,
            Self::CutShort => IssueKind::Truncated,
            Self::Distance => IssueKind::Distance,
        })
    }

    /// What happened, after the name of the quantity that it happened to.
    pub fn happened(self) -> &'static str {
        match self {
            Self::NoCadence => "was not recorded",
            Self::ReadsZero => "read zero while running",
            Self::NoValue => "dropped out (no value) while running",
            Self::Stuck => "stuck on one value",
            Self::Halved => "fell to about half",
            Self::TooFast => "read over 240 steps a minute",
            Self::HeartRate => "followed cadence",
            Self::CutShort => "was cut short",
            Self::Distance => "is doubtful",
        }
    }

    /// The same with its quantity, for a table: `cadence read zero while running`.
    pub fn words(self) -> String {
        let of = match self {
            Self::HeartRate => "heart rate",
            Self::CutShort => "file",
            Self::Distance => "distance",
            _ => "cadence",
        };
        format!("{of} {}", self.happened())
    }

    /// Whether it touches the picture of cadence.
    pub fn is_of_cadence(self) -> bool {
        self.is_of_stretch() || self == Self::NoCadence
    }

    /// Whether it is a stretch of doubtful cadence within a run.
    pub fn is_of_stretch(self) -> bool {
        matches!(self, Self::ReadsZero | Self::NoValue | Self::Stuck | Self::Halved | Self::TooFast)
    }

    /// Whether it touches the picture of distances.
    pub fn is_of_distance(self) -> bool {
        matches!(self, Self::CutShort | Self::Distance)
    }

    /// The faults of a run, in the order of [`Self::ALL`].
    pub fn of(run: &Analysis) -> Vec<Self> {
        let is = |fault: &Self| match fault.issue() {
            Some(kind) => {
                run.issues.iter().any(|i| i.kind == kind && i.severity == Severity::Doubt)
            }
            None => run.value("step_rate").is_none(),
        };
        Self::ALL.into_iter().filter(is).collect()
    }
}
