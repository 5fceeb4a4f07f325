//! What a person noted about a run: road side, surface, shoe, exertion, pain. Notes come from
//! `notes.csv` beside the activities and from the tables inside export archives; the profile's
//! defaults fill what they leave open. Kept as written: nothing here is judged.

mod cell;
mod columns;
mod date;
mod join;
mod noted;
mod notes_file;
mod pain;
mod surface;

use jiff::civil::{Date, DateTime};

pub use columns::{COLUMNS, ColumnDoc, EXAMPLE};
pub use join::{Joined, RunKey, join};
pub use noted::{Noted, Stated};
pub use notes_file::{FILE_NAME, MOST_BYTES, NotesFile, Scope, read};
pub use pain::PainNote;
pub use surface::Surface;

use crate::settings::{RoadKind, RoadSide};

/// One note as its source gave it, before it is joined to a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// Which run it is about.
    pub about: About,
    /// Who says so.
    pub source: NoteSource,
    /// Where it stands, for messages: `notes.csv, line 7`.
    pub place: String,
    /// What is said.
    pub said: Said,
}

/// Which run a note is about.
#[derive(Clone, Debug, PartialEq)]
pub enum About {
    /// A file, by the end of its label: `activities/123.fit.gz`.
    File(String),
    /// A start, Unix milliseconds, that a recording may miss by some minutes.
    Start(i64),
    /// A civil date and time of the start as a person wrote it down.
    Clock(DateTime),
    /// All runs of a civil day.
    Day(Date),
}

/// Who says it; the earlier one wins where two speak of the same thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NoteSource {
    /// The runner's own `notes.csv`.
    NotesFile,
    /// A Strava export.
    Strava,
    /// A Garmin export.
    Garmin,
    /// The profile's defaults.
    Profile,
}

impl NoteSource {
    /// As a reader is told where a value comes from.
    pub fn words(self) -> &'static str {
        match self {
            Self::NotesFile => "from notes.csv",
            Self::Strava => "from your Strava export",
            Self::Garmin => "from your Garmin export",
            Self::Profile => "your usual, as stated",
        }
    }
}

/// What can be said about a run. Untrusted text throughout.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Said {
    /// Title of the activity.
    pub title: Option<String>,
    /// Where on the road.
    pub road_side: Option<RoadSide>,
    /// What that is a side of.
    pub road_kind: Option<RoadKind>,
    /// Crossfall that the runner measured, percent.
    pub crossfall_percent: Option<f64>,
    /// Surface in the runner's word.
    pub surface: Option<String>,
    /// Shoe by name.
    pub shoe: Option<String>,
    /// Perceived exertion, 0 to 10.
    pub exertion: Option<f64>,
    /// Pain during the run, 0 to 10, as noted.
    pub pain_during: Option<f64>,
    /// Pain on the next morning, 0 to 10, as noted.
    pub pain_next_morning: Option<f64>,
    /// Where it hurt, as noted.
    pub pain_where: Option<String>,
    /// On which side, as noted.
    pub pain_side: Option<String>,
    /// Free text.
    pub text: Option<String>,
    /// Metres off the paved road, as the service computed them.
    pub unpaved_m: Option<f64>,
    /// Steps of both feet, as the service or device counted them, where the recording has none.
    pub steps: Option<f64>,
}
