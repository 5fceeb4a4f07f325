//! Who recorded what: sport, device, and the device's own summary.

use std::collections::BTreeMap;

use serde::Serialize;

/// What was done.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Sport {
    /// Running of any kind.
    Running,
    /// Anything else, by the name that the file or the format gives it.
    Other(String),
    /// The file does not say.
    Unknown,
}

/// Kind of running.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SubSport {
    /// Not stated, or plain.
    Generic,
    /// Treadmill or indoor running.
    Treadmill,
    /// Indoor track or hall.
    IndoorRunning,
    /// Street.
    Street,
    /// Trail.
    Trail,
    /// Athletics track.
    Track,
    /// Anything else, by name.
    Other(String),
}

impl SubSport {
    /// Whether the run was indoors by its own word.
    pub fn is_indoor(&self) -> bool {
        match self {
            Self::Treadmill | Self::IndoorRunning => true,
            Self::Other(name) => name == "virtual_activity" || name == "indoor_running",
            _ => false,
        }
    }
}

/// Watch or app that wrote a file. The serial number tells two devices apart in memory and is
/// never written anywhere.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct DeviceIdentity {
    /// Manufacturer as the format's profile names it (`garmin`, `coros`, `suunto` ...), lower case.
    pub manufacturer: Option<String>,
    /// Product number within the manufacturer.
    pub product: Option<u16>,
    /// Product name from the file or from the table of known devices.
    pub name: Option<String>,
    /// Firmware version, noted but no break in a trend.
    pub firmware: Option<String>,
    /// Serial number: in memory only.
    #[serde(skip)]
    pub serial: Option<u32>,
}

impl DeviceIdentity {
    /// Name for a reader: product, else manufacturer, else "unknown device".
    pub fn label(&self) -> String {
        match (&self.name, &self.manufacturer, self.product) {
            (Some(name), _, _) => name.clone(),
            (None, Some(maker), Some(product)) => format!("{maker} product {product}"),
            (None, Some(maker), None) => maker.clone(),
            _ => "unknown device".to_owned(),
        }
    }
}

/// What must stay the same for two runs to stand in one trend: watch product and the sources of
/// cadence and of running dynamics.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct DeviceEpoch {
    /// Watch or app label.
    pub device: String,
    /// Source of cadence (`watch`, `foot pod`, developer application).
    pub cadence: String,
    /// Source of contact time and oscillation, empty where there is none.
    pub dynamics: String,
}

/// Where an altitude comes from. Everything about hills hangs on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AltitudeSource {
    /// A barometer, by the list of known devices or the runner's own word.
    Barometric,
    /// Satellites: no grade bands, no hill findings.
    Satellite,
    /// Not known: treated like satellite, said as unknown.
    Unknown,
    /// There is no altitude.
    None,
}

/// The totals and averages that a device states for itself. SI units; cadence as **steps** of both
/// feet where the format fixes the unit, else as stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SummaryKey {
    /// Average step rate, spm (both feet).
    StepRateSpm,
    /// Highest step rate, spm.
    MaxStepRateSpm,
    /// Steps of both feet.
    Steps,
    /// Distance, m.
    DistanceM,
    /// Timer time, s.
    TimerS,
    /// Elapsed time, s.
    ElapsedS,
    /// Ascent, m.
    AscentM,
    /// Descent, m.
    DescentM,
    /// Average speed, m/s.
    SpeedMS,
    /// Average heart rate, bpm.
    HeartRateBpm,
    /// Average power, W.
    PowerW,
    /// Average step length, m.
    StepLengthM,
    /// Average ground contact time, ms.
    GroundContactTimeMs,
    /// Average contact-time balance, left share in percent.
    ContactBalanceLeftPercent,
    /// Average vertical oscillation, mm.
    VerticalOscillationMm,
    /// Average vertical ratio, percent.
    VerticalRatioPercent,
}

/// The device's own summary: only what the file states.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(transparent)]
pub struct DeviceSummary(pub BTreeMap<SummaryKey, f64>);

impl DeviceSummary {
    /// A stated value.
    pub fn get(&self, key: SummaryKey) -> Option<f64> {
        self.0.get(&key).copied()
    }

    /// Notes a value, if it is finite.
    pub fn set(&mut self, key: SummaryKey, value: Option<f64>) {
        if let Some(value) = value.filter(|v| v.is_finite()) {
            self.0.insert(key, value);
        }
    }
}
