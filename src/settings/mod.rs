//! Everything a user can state, resolved once by the command line. Below that, every function is
//! a pure function of bytes and settings.

mod rules;
mod shown;

pub use rules::{RULES, Rule, Rules};
pub use shown::Shown;

use jiff::civil::Date;

use crate::read::Limits;

/// Resolved options and profile.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// What the runner says about themselves.
    pub runner: Runner,
    /// How numbers are shown.
    pub display: Display,
    /// What one count of GPX or TCX cadence is, if the user says so.
    pub cadence_unit: Option<CadenceUnit>,
    /// Time zone for days and weeks; `None` means the file's own offset, else UTC.
    pub time_zone: Option<jiff::tz::TimeZone>,
    /// What "today" is; `None` means the date of the last run.
    pub now: Option<jiff::Timestamp>,
    /// Whether ratios of acute to chronic load are shown.
    pub load_ratios: LoadRatios,
    /// The day before which the weeks are to be looked at.
    pub onset: Option<Date>,
    /// Whether one thing to try is worked out, even where nothing asks for it.
    pub attempt: AskedToTry,
    /// Whether what a page shows may tell who, where and when.
    pub sharing: Sharing,
    /// The days that are shown.
    pub shown: Shown,
    /// Worker threads; `None` means one per core.
    pub jobs: Option<usize>,
    /// What readers may spend.
    pub limits: Limits,
    /// Chosen thresholds.
    pub rules: Rules,
}

/// The `[runner]` part of the profile. Everything is optional; what lacks it says so.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Runner {
    /// Shown in the report's title.
    pub name: Option<String>,
    /// Body height.
    pub height_m: Option<f64>,
    /// Body mass.
    pub mass_kg: Option<f64>,
    /// Leg length, hip to floor.
    pub leg_length_m: Option<f64>,
    /// Wrist the watch is worn on.
    pub wrist: Option<Side>,
    /// Where on the road this runner usually runs.
    pub road_side: Option<RoadSide>,
    /// What that is a side of.
    pub road_kind: RoadKind,
    /// Whether traffic keeps to the left here (then "facing traffic" is the right edge).
    pub traffic: Option<Side>,
    /// Whether the watch has a barometer, where the table of devices does not know it.
    pub barometer: Option<bool>,
    /// Crossfall in percent that the runner measured with a phone laid across the road.
    pub crossfall_percent: Option<f64>,
    /// Surface that this runner usually runs on, in their own word.
    pub surface: Option<String>,
    /// Days on which the runner says that there was no running: no file is missing there.
    pub no_running: Vec<DaySpan>,
    /// Days of which the runner says that runs are missing from the files.
    pub missing_files: Vec<DaySpan>,
}

/// Days from a first to a last, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct DaySpan {
    /// First day.
    pub first: Date,
    /// Last day, not before the first.
    pub last: Date,
}

impl DaySpan {
    /// A span; `None` where the last day lies before the first.
    pub fn new(first: Date, last: Date) -> Option<Self> {
        (first <= last).then_some(Self { first, last })
    }

    /// Whether a day lies in it.
    pub fn contains(self, day: Date) -> bool {
        (self.first..=self.last).contains(&day)
    }

    /// Whether two spans share a day.
    pub fn meets(self, other: Self) -> bool {
        self.first <= other.last && other.first <= self.last
    }
}

/// Whether ratios of acute to chronic load are shown. They mislead more than they tell, so nobody
/// sees them who did not ask.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LoadRatios {
    /// Not computed.
    #[default]
    Hidden,
    /// Computed and shown with what is wrong with them.
    Shown,
}

/// Whether one thing to try is worked out for a runner who asks; a card about cadence brings it
/// anyway.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AskedToTry {
    /// Nobody asks.
    #[default]
    Nothing,
    /// A few more steps a minute.
    Cadence,
}

/// For whose eyes a page is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Sharing {
    /// The runner's own.
    #[default]
    Own,
    /// Others': without names, written notes, true dates and routes.
    Shared,
}

/// Left or right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Left.
    Left,
    /// Right.
    Right,
}

impl Side {
    /// The other one.
    #[must_use]
    pub fn opposite(self) -> Self {
        match self {
            Self::Left => Self::Right,
            Self::Right => Self::Left,
        }
    }
}

/// Where the runner says they run. Never read from positions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RoadSide {
    /// On the left edge in the direction of running.
    Left,
    /// On the right edge in the direction of running.
    Right,
    /// Facing oncoming traffic.
    FacingTraffic,
    /// With the traffic.
    WithTraffic,
    /// There and back on one physical side: the low leg changes at each turn-back.
    SameKerb,
    /// Both, without a rule.
    Mixed,
}

impl RoadSide {
    /// In words for a reader.
    pub fn words(self) -> &'static str {
        match self {
            Self::Left => "left edge",
            Self::Right => "right edge",
            Self::FacingTraffic => "facing traffic",
            Self::WithTraffic => "with traffic",
            Self::SameKerb => "same kerb there and back",
            Self::Mixed => "mixed",
        }
    }
}

/// What the stated side is a side of: it decides which way the surface falls.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RoadKind {
    /// A crowned carriageway: falls outwards.
    #[default]
    Road,
    /// A pavement: normally falls towards the roadway.
    Pavement,
    /// A path: no usual fall.
    Path,
}

impl RoadKind {
    /// In words for a reader.
    pub fn words(self) -> &'static str {
        match self {
            Self::Road => "road",
            Self::Pavement => "pavement",
            Self::Path => "path",
        }
    }
}

/// What one count of an exported cadence is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CadenceUnit {
    /// Strides of one leg.
    Strides,
    /// Steps of both.
    Steps,
}

/// The `[display]` part of the profile.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Display {
    /// Metric or imperial.
    pub units: Units,
}

/// Units of distance and pace on pages; JSON and CSV are always SI.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Units {
    /// Kilometres and minutes per kilometre.
    #[default]
    Metric,
    /// Miles and minutes per mile.
    Imperial,
}
