//! Metrics read and never call each other. One file each, one line in [`METRICS`].

mod adjusted_cadence;
mod altitude_gate;
mod ascent;
pub mod balance_change;
pub mod cadence_bands;
mod cadence_variability;
pub mod camber_exposure;
mod climb_total;
pub mod contact_balance;
pub mod curve_exposure;
mod descent;
mod descent_spike;
mod distance;
pub mod downhill_dose;
pub mod duty_factor;
mod dynamics_label;
pub mod form_drift;
pub mod form_mean;
pub mod grade_adjusted_speed;
mod ground_contact_time;
mod heart_rate;
pub mod hill_exposure;
mod moving_time;
mod overstride_proxies;
mod power;
mod reading;
mod readings;
mod running_mean;
mod running_time;
mod shoe_distance;
mod single_run_spike;
pub mod slopes;
mod speed;
mod speed_bins;
pub mod step_length;
mod step_rate;
mod step_rate_as_device;
mod step_rate_source;
mod steps;
mod timer;
mod unpaved_share;
pub mod vendor;
mod vertical_oscillation;
pub mod vertical_ratio;
pub mod warm_up;
mod weekly_change;

pub use reading::{Outcome, Part, Reading, Unavailable};
pub use readings::{Readings, SharedWords};

use serde::Serialize;

use crate::activity::{Activity, ActivityMeta};
use crate::journal::Noted;
use crate::segment::{Segments, Slants};
use crate::settings::Settings;
use crate::trend::Past;

/// Everything a metric of one run may look at.
#[derive(Clone, Copy, Debug)]
pub struct Run<'a> {
    /// The prepared run.
    pub activity: &'a Activity,
    /// Its shared cuts.
    pub segments: &'a Segments,
    /// What the user stated.
    pub settings: &'a Settings,
}

/// Everything a metric of what was noted may look at: notes may come after the samples are let go.
#[derive(Clone, Copy, Debug)]
pub struct NotedRun<'a> {
    /// Identity of the run.
    pub meta: &'a ActivityMeta,
    /// What could have been on slanted ground.
    pub slants: &'a Slants,
    /// What was noted about it, the runner's usual included.
    pub noted: &'a Noted,
    /// What the user stated.
    pub settings: &'a Settings,
}

/// How well a number is founded. There is no "unknown" and no default.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Evidence {
    /// Direct and validated.
    A,
    /// Derived from validated fields.
    B,
    /// A model or a proxy.
    C,
    /// Speculative.
    D,
}

/// Unit of a reading: its word on pages and its suffix in JSON and CSV keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unit {
    /// As shown to a reader.
    pub shown: &'static str,
    /// As the end of a key, with its underscore (`_spm`); empty for a pure number.
    pub suffix: &'static str,
}

/// Units in use.
pub mod unit {
    use super::Unit;
    /// Steps per minute of both feet.
    pub const SPM: Unit = Unit { shown: "spm", suffix: "_spm" };
    /// Metres.
    pub const M: Unit = Unit { shown: "m", suffix: "_m" };
    /// Seconds.
    pub const S: Unit = Unit { shown: "s", suffix: "_s" };
    /// Metres per second.
    pub const M_S: Unit = Unit { shown: "m/s", suffix: "_m_s" };
    /// Milliseconds.
    pub const MS: Unit = Unit { shown: "ms", suffix: "_ms" };
    /// Millimetres.
    pub const MM: Unit = Unit { shown: "mm", suffix: "_mm" };
    /// Percent.
    pub const PERCENT: Unit = Unit { shown: "%", suffix: "_percent" };
    /// A share between 0 and 1.
    pub const SHARE: Unit = Unit { shown: "share", suffix: "_share" };
    /// A ratio.
    pub const RATIO: Unit = Unit { shown: "ratio", suffix: "_ratio" };
    /// Laps, anticlockwise positive.
    pub const NET_LAPS: Unit = Unit { shown: "laps", suffix: "_net_laps" };
    /// A count.
    pub const COUNT: Unit = Unit { shown: "", suffix: "" };
    /// Joules per kilogram.
    pub const J_KG: Unit = Unit { shown: "J/kg", suffix: "_j_kg" };
    /// Beats per minute.
    pub const BPM: Unit = Unit { shown: "bpm", suffix: "_bpm" };
    /// Watts.
    pub const W: Unit = Unit { shown: "W", suffix: "_w" };
}

/// The documentation of a metric, in the order in which it is read.
#[derive(Clone, Copy, Debug)]
pub struct Doc {
    /// One sentence that a runner understands.
    pub measures: &'static str,
    /// Symbols with units.
    pub formula: &'static str,
    /// What the file must carry.
    pub needs: &'static str,
    /// When there is no number.
    pub unavailable: &'static str,
    /// How it misleads.
    pub limits: &'static str,
}

/// How a metric is computed.
#[derive(Clone, Copy, Debug)]
pub enum Compute {
    /// From one run.
    Run(fn(&Run<'_>) -> Outcome),
    /// From what is kept of one run and what was noted about it.
    Noted(fn(&NotedRun<'_>) -> Outcome),
    /// From one run and the runner's runs before it.
    Past(fn(&Past<'_>) -> Outcome),
}

/// A metric: one file, one line in the table.
#[derive(Clone, Copy, Debug)]
pub struct Metric {
    /// Identifier: the file's name, and the key before the unit's suffix.
    pub id: &'static str,
    /// Name on pages, in the field's standard terms.
    pub title: &'static str,
    /// Unit of the value.
    pub unit: Unit,
    /// How well founded.
    pub evidence: Evidence,
    /// Keys into the source table.
    pub sources: &'static [&'static str],
    /// Documentation.
    pub doc: Doc,
    /// Whether one value a run makes a trend worth drawing.
    pub trended: bool,
    /// The computation.
    pub compute: Compute,
}

/// All metrics, in report order.
pub const METRICS: &[Metric] = &[
    distance::METRIC,
    timer::METRIC,
    moving_time::METRIC,
    running_time::METRIC,
    step_rate::METRIC,
    step_rate_as_device::METRIC,
    steps::METRIC,
    cadence_bands::METRIC,
    cadence_variability::METRIC,
    speed::METRIC,
    step_length::METRIC,
    ground_contact_time::METRIC,
    duty_factor::METRIC,
    vertical_oscillation::METRIC,
    vertical_ratio::METRIC,
    contact_balance::METRIC,
    heart_rate::METRIC,
    power::METRIC,
    overstride_proxies::METRIC,
    ascent::METRIC,
    descent::METRIC,
    hill_exposure::METRIC,
    downhill_dose::METRIC,
    grade_adjusted_speed::METRIC,
    curve_exposure::METRIC,
    camber_exposure::METRIC,
    form_drift::METRIC,
    warm_up::METRIC,
    adjusted_cadence::METRIC,
    balance_change::METRIC,
    single_run_spike::METRIC,
    weekly_change::METRIC,
    descent_spike::METRIC,
    shoe_distance::METRIC,
    unpaved_share::METRIC,
];

/// A metric by its identifier.
pub fn metric(id: &str) -> Option<&'static Metric> {
    METRICS.iter().find(|m| m.id == id)
}
