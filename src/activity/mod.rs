//! The prepared run: one clock, columns on it, and nothing doubtful left unsaid.
//!
//! An [`Activity`] can only be built by `prepare`, so the unprepared cannot be measured.

mod channel;
mod clock;
mod great_circle;
mod identity;
mod issue;
pub mod packed;
mod shared;
mod summary_range;

pub use channel::{Channel, Origin};
pub use clock::{Clock, ClockError, FORM_CAP_S, TOTAL_CAP_S};
pub(crate) use clock::{joined, meets};
pub use great_circle::{EARTH_RADIUS_M, great_circle_m, initial_bearing_deg, within_m};
pub use identity::{
    AltitudeSource, DeviceEpoch, DeviceIdentity, DeviceSummary, Sport, SubSport, SummaryKey,
};
pub use issue::{Issue, IssueKind, Severity, Span};
pub use shared::{Pool, Shared, fitted};

use crate::units::{
    BeatsPerMinute, Degrees, Meters, MetersPerSecond, Millimeters, Milliseconds, Percent,
    StepsPerMinute, Watts,
};

/// A run on one clock. Every channel has the clock's length; `None` means that the device has no
/// such sensor, while a channel answers `None` at a tick where it was silent.
#[derive(Clone, Debug)]
pub struct Activity {
    /// Who recorded what, where it came from.
    pub meta: ActivityMeta,
    /// The ticks and the seconds each of them speaks for.
    pub clock: Clock,
    /// The measured columns.
    pub channels: Channels,
    /// The device's own totals and averages: ground truth to compare with, never an input.
    pub summary: DeviceSummary,
    /// Laps as index ranges over the clock.
    pub laps: Vec<Span>,
    /// Stretches marked as doubtful, not deleted.
    pub doubtful: Vec<Span>,
    /// What was repaired, chosen or doubted on the way here.
    pub issues: Vec<Issue>,
}

/// Identity of a run: what it is, not how it was run.
#[derive(Clone, Debug)]
pub struct ActivityMeta {
    /// Label of the input file as the user named it (path inside the given root).
    pub file: String,
    /// Which activity of the file, from 0.
    pub part: usize,
    /// Name of the format, as in the format table.
    pub format: &'static str,
    /// Sport as recorded or, where the file is silent, as judged from stride and speed.
    pub sport: Sport,
    /// Sub-sport as recorded.
    pub sub_sport: SubSport,
    /// Title given by the runner or the service, untrusted text.
    pub title: Option<String>,
    /// Watch or app.
    pub device: Shared<DeviceIdentity>,
    /// What must not change within a trend.
    pub epoch: Shared<DeviceEpoch>,
    /// Start of the recording.
    pub start: jiff::Timestamp,
    /// The file's own offset from UTC, where it states one.
    pub utc_offset_s: Option<i32>,
    /// Where the altitude comes from.
    pub altitude_source: AltitudeSource,
    /// Whether the stored cadence is whole strides (COROS, Suunto), so that 181 reads as 180.
    pub whole_stride_cadence: bool,
    /// Indoor runs have no usable positions, grade or (often) distance.
    pub indoor: bool,
    /// The runner's user profile as the file carries it (weight, height), to notice two people.
    pub runner_hint: Shared<RunnerHint>,
}

/// What a file says about the person who wore the watch; used only to refuse mixing two people.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RunnerHint {
    /// Friendly name, untrusted text.
    pub name: Option<String>,
    /// Body height in metres.
    pub height_m: Option<f64>,
    /// Body mass in kilograms.
    pub mass_kg: Option<f64>,
    /// Gender word of the profile.
    pub gender: Option<&'static str>,
    /// Year of birth is not stored by FIT; age in years is.
    pub age_years: Option<f64>,
}

/// The columns of a run.
#[derive(Clone, Debug, Default)]
pub struct Channels {
    /// Latitude, WGS 84.
    pub latitude: Option<Channel<Degrees>>,
    /// Longitude, WGS 84.
    pub longitude: Option<Channel<Degrees>>,
    /// Altitude above sea level; see [`AltitudeSource`] before using it.
    pub altitude: Option<Channel<Meters>>,
    /// Distance since the start of this run, never decreasing.
    pub distance: Option<Channel<Meters>>,
    /// Speed as the device gives it, else derived from distance.
    pub speed: Option<Channel<MetersPerSecond>>,
    /// Step rate of both feet. Zero is data where the vendor writes it as data.
    pub step_rate: Option<Channel<StepsPerMinute>>,
    /// Heart rate.
    pub heart_rate: Option<Channel<BeatsPerMinute>>,
    /// Power.
    pub power: Option<Channel<Watts>>,
    /// Ground contact time of one step.
    pub ground_contact_time: Option<Channel<Milliseconds>>,
    /// Ground contact time as a share of the stride, as recorded.
    pub stance_percent: Option<Channel<Percent>>,
    /// Left share of ground contact time.
    pub contact_balance_left: Option<Channel<Percent>>,
    /// Vertical oscillation.
    pub vertical_oscillation: Option<Channel<Millimeters>>,
    /// Vertical ratio: oscillation over step length.
    pub vertical_ratio: Option<Channel<Percent>>,
    /// Length of one step as the device gives it.
    pub step_length: Option<Channel<Meters>>,
    /// Channels passed through under their vendor's own name (Stryd, RunScribe, COROS).
    pub vendor: Vec<VendorChannel>,
}

/// A vendor's own quantity, shown only under the vendor's name.
#[derive(Clone, Debug)]
pub struct VendorChannel {
    /// Field name as recorded, untrusted text.
    pub name: String,
    /// Unit as recorded, untrusted text.
    pub unit: String,
    /// Values in that unit.
    pub values: Channel<f64>,
}
