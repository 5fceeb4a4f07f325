//! What a reader or a repair has to say about a file. Corrections are never silent.

use serde::Serialize;

/// How much an issue matters to somebody who reads the numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// A choice worth knowing, nothing lost.
    Note,
    /// Something was repaired.
    Repaired,
    /// Something is doubtful or was lost.
    Doubt,
}

/// What kind of thing happened, so that many files with the same issue read as one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum IssueKind {
    /// The checksum of the file does not match its bytes.
    Checksum,
    /// The file ends before it should; what came before is kept.
    Truncated,
    /// Header or length fields contradict the bytes.
    Header,
    /// One message, field or point could not be read.
    Malformed,
    /// Text was not in the encoding that the file claims.
    Encoding,
    /// Times out of order, doubled, or jumping.
    Clock,
    /// Two sensors of the same quantity: which one was chosen.
    SourceChoice,
    /// Zeros that mean "none" were taken as silence.
    ZeroForMissing,
    /// How the cadence unit was decided.
    CadenceUnit,
    /// What is known of the altitude's source.
    Altitude,
    /// Distance repaired or rescaled.
    Distance,
    /// Positions repaired or refused.
    Position,
    /// Values outside what is possible.
    Range,
    /// Sport missing or contradicted by stride and speed.
    Sport,
    /// The device's summary and the records disagree.
    Summary,
    /// Heart rate follows cadence: heart rate unreliable.
    HeartRateLock,
    /// Cadence reads zero for a stretch of running.
    Dropout,
    /// Cadence is not recorded for a stretch of running.
    CadenceAbsent,
    /// Cadence far below the run's own for a stretch, as when one foot in two is counted.
    CadenceHalved,
    /// Cadence and speed repeat one value for a stretch.
    CadenceStuck,
    /// Cadence above what a runner can do for a stretch.
    CadenceTooFast,
    /// Something that the runner noted could not be read or belongs to no run.
    Note,
}

/// Something that happened on the way from bytes to numbers.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Issue {
    /// Kind, for grouping.
    pub kind: IssueKind,
    /// How much it matters.
    pub severity: Severity,
    /// What happened, where and with what figure; plain words.
    pub message: String,
    /// How many records, points or messages it touched.
    pub count: usize,
    /// What the user can do, if anything.
    pub remedy: Option<String>,
}

impl Issue {
    /// An issue that touched one thing.
    pub fn new(kind: IssueKind, severity: Severity, message: impl Into<String>) -> Self {
        Self { kind, severity, message: message.into(), count: 1, remedy: None }
    }

    /// The same issue with the number of things it touched.
    #[must_use]
    pub fn count(mut self, count: usize) -> Self {
        self.count = count;
        self
    }

    /// The same issue with what the user can do.
    #[must_use]
    pub fn remedy(mut self, remedy: impl Into<String>) -> Self {
        self.remedy = Some(remedy.into());
        self
    }
}

/// A half-open range of ticks with the reason why it is marked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Span {
    /// First tick.
    pub start: usize,
    /// One past the last tick.
    pub end: usize,
    /// Why, in plain words.
    pub reason: &'static str,
}
