//! What is looked at: one line a thing.

use serde::Serialize;

use super::Window;

/// One thing that is looked at in a window.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// Identifier.
    pub id: &'static str,
    /// Name for a reader.
    pub title: &'static str,
    /// What its number is.
    pub kind: Kind,
    /// Why there may be no number.
    pub unknown: &'static str,
    /// The number in a window, for comparison on one device epoch.
    pub value: fn(&Window, Option<usize>) -> Option<f64>,
}

/// What a number is, which decides how it is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Metres along.
    DistanceM,
    /// Metres down.
    HeightM,
    /// Seconds.
    DurationS,
    /// Steps a minute.
    StepRateSpm,
    /// A ratio.
    Ratio,
    /// A share, 0 to 1.
    Share,
    /// A count.
    Count,
}

/// Everything that is looked at, in the order of the report. What goes together (distance, runs and
/// days of rest) is several things here; what an ordinary date shows is counted over the same list.
pub const LOOKS: &[Look] = &[
    Look {
        id: "longest_run_spike",
        title: "Longest run against the 30 days before it",
        kind: Kind::Ratio,
        unknown: "it takes four runs in 30 days",
        value: |w, _| w.spike_ratio,
    },
    Look {
        id: "distance",
        title: "Distance",
        kind: Kind::DistanceM,
        unknown: "no distance in these files",
        value: |w, _| Some(w.distance_m),
    },
    Look {
        id: "descent",
        title: "Descent",
        kind: Kind::HeightM,
        unknown: "it takes a barometer",
        value: |w, _| w.descent_m,
    },
    Look {
        id: "runs",
        title: "Runs",
        kind: Kind::Count,
        unknown: "no runs",
        value: |w, _| Some(w.runs as f64),
    },
    Look {
        id: "rest_days",
        title: "Days without running",
        kind: Kind::Count,
        unknown: "no days",
        value: |w, _| Some(w.rest_days as f64),
    },
    Look {
        id: "time_at_fast",
        title: "Time at your own fast",
        kind: Kind::DurationS,
        unknown: "it takes steady running with speed",
        value: |w, _| w.fast_s,
    },
    Look {
        id: "cadence_at_own_speed",
        title: "Cadence at your usual pace",
        kind: Kind::StepRateSpm,
        unknown: "it takes three runs with cadence at a steady pace",
        value: |w, epoch| w.cadence.iter().find(|(e, _)| Some(*e) == epoch).map(|(_, v)| *v),
    },
    Look {
        id: "one_sided",
        title: "One leg low more than the other",
        kind: Kind::DistanceM,
        unknown: "not noted; --road-side or notes tell",
        value: |w, _| w.one_sided_m,
    },
    Look {
        id: "unpaved_share",
        title: "Off the paved road",
        kind: Kind::Share,
        unknown: "not noted",
        value: |w, _| w.unpaved_share,
    },
    Look {
        id: "new_shoe_share",
        title: "In shoes that were new then",
        kind: Kind::Share,
        unknown: "not noted",
        value: |w, _| w.new_shoe_share,
    },
    Look {
        id: "other_sports",
        title: "Other sports",
        kind: Kind::DurationS,
        unknown: "none in these files",
        value: |w, _| w.other_sports_s,
    },
];
