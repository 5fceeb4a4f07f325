//! Who recorded what: sport, device, and the device's own summary.

use serde::Serialize;
use serde::ser::Serializer;

use super::packed::{Packer, Unpacker};

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

impl SummaryKey {
    /// All of them, in order.
    const ALL: [Self; 16] = [
        Self::StepRateSpm,
        Self::MaxStepRateSpm,
        Self::Steps,
        Self::DistanceM,
        Self::TimerS,
        Self::ElapsedS,
        Self::AscentM,
        Self::DescentM,
        Self::SpeedMS,
        Self::HeartRateBpm,
        Self::PowerW,
        Self::StepLengthM,
        Self::GroundContactTimeMs,
        Self::ContactBalanceLeftPercent,
        Self::VerticalOscillationMm,
        Self::VerticalRatioPercent,
    ];
}

/// The device's own summary: only what the file states. Kept packed, because every run of a
/// lifetime has one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeviceSummary(Box<[u8]>);

impl DeviceSummary {
    /// All that is stated, in the order of the keys.
    pub fn iter(&self) -> impl Iterator<Item = (SummaryKey, f64)> + '_ {
        let mut numbers = Unpacker::new(&self.0);
        SummaryKey::ALL.into_iter().filter_map(move |key| Some((key, numbers.exact()?)))
    }

    /// A stated value.
    pub fn get(&self, key: SummaryKey) -> Option<f64> {
        self.iter().find(|(stated, _)| *stated == key).map(|(_, value)| value)
    }

    /// Notes a value, if it is finite. Several are better collected at once.
    pub fn set(&mut self, key: SummaryKey, value: Option<f64>) {
        if value.is_some_and(f64::is_finite) {
            *self = self.iter().map(|(key, v)| (key, Some(v))).chain([(key, value)]).collect();
        }
    }

    /// Leaves out what does not pass.
    pub(crate) fn retain(&mut self, mut passes: impl FnMut(SummaryKey, f64) -> bool) {
        let mut gone = false;
        let kept = values_by_key(self.iter().map(|(key, value)| {
            let passes = passes(key, value);
            gone |= !passes;
            (key, passes.then_some(value))
        }));
        if gone {
            *self = Self::packed(kept);
        }
    }

    fn packed(values: Values) -> Self {
        let mut numbers = Packer::with_capacity(values.len() * Packer::MOST_BYTES);
        values.into_iter().for_each(|value| numbers.exact(value));
        Self(numbers.finish())
    }
}

impl FromIterator<(SummaryKey, Option<f64>)> for DeviceSummary {
    /// The last value of a key counts; what is not finite is not stated.
    fn from_iter<I: IntoIterator<Item = (SummaryKey, Option<f64>)>>(stated: I) -> Self {
        Self::packed(values_by_key(stated))
    }
}

/// A value or none for each key, in the order of the keys.
type Values = [Option<f64>; SummaryKey::ALL.len()];

fn values_by_key(stated: impl IntoIterator<Item = (SummaryKey, Option<f64>)>) -> Values {
    let mut values = [None; SummaryKey::ALL.len()];
    for (key, value) in stated {
        if let Some(place) = values.get_mut(key as usize) {
            *place = value.filter(|v| v.is_finite());
        }
    }
    values
}

impl Serialize for DeviceSummary {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_has_a_place_and_what_is_stated_comes_back() {
        assert_eq!(DeviceSummary::default().iter().count(), 0);
        let every = SummaryKey::ALL.into_iter().enumerate();
        assert!(every.clone().all(|(k, key)| k == key as usize));
        let value = |k: usize| (!k.is_multiple_of(3)).then_some(k as f64 + 0.1);
        let mut summary: DeviceSummary = every.map(|(k, key)| (key, value(k))).collect();
        summary.set(SummaryKey::PowerW, Some(f64::NAN));
        summary.set(SummaryKey::PowerW, value(SummaryKey::PowerW as usize));
        for (k, key) in SummaryKey::ALL.into_iter().enumerate() {
            assert_eq!(summary.get(key), (k % 3 > 0).then_some(k as f64 + 0.1));
        }
        summary.retain(|key, value| key == SummaryKey::PowerW && value > 1.0);
        assert_eq!(summary.iter().collect::<Vec<_>>(), [(SummaryKey::PowerW, 10.1)]);
    }
}
