//! Means as each vendor's own summary defines them, so that ours can be held against the
//! device's. For comparison only: the crate's own metrics use one definition for everybody.

use serde::Serialize;

use crate::activity::{Activity, DeviceIdentity, SummaryKey};
use crate::units::Quantity;

/// Which samples a vendor's average cadence counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Definition {
    /// Every sample, zeros included.
    AllSamples,
    /// Samples above zero.
    NonZero,
    /// Not known: the one of the two that lies closer to the device's own word.
    Unknown,
}

impl Definition {
    /// In words.
    pub fn word(self) -> &'static str {
        match self {
            Self::AllSamples => "all samples",
            Self::NonZero => "samples above zero",
            Self::Unknown => "definition unknown",
        }
    }
}

/// A vendor's definition.
#[derive(Clone, Copy, Debug)]
pub struct VendorMean {
    /// Manufacturer in the FIT profile's word.
    pub manufacturer: &'static str,
    /// Products that this row is for; empty means all that no other row names.
    pub products: &'static [u16],
    /// What its average counts.
    pub definition: Definition,
    /// How far ours may lie from the device's, in spm: it rounds or cuts off.
    pub tolerance_spm: f64,
    /// Where this is known from.
    pub source: &'static str,
}

/// A fitness watch of 2009 without an accelerometer of its own: cadence is its foot pod's.
const FORERUNNER_70: u16 = 1436;

const SECTION_7: &str = "real-data part 2 section 7";

/// The vendors whose definition is known.
pub const VENDOR_MEANS: &[VendorMean] = &[
    VendorMean {
        manufacturer: "garmin",
        products: &[FORERUNNER_70],
        definition: Definition::Unknown,
        tolerance_spm: 2.0,
        source: "its stated average (176) contradicts its own steps over its own timer (161)",
    },
    VendorMean {
        manufacturer: "garmin",
        products: &[],
        definition: Definition::AllSamples,
        tolerance_spm: 1.0,
        source: SECTION_7,
    },
    VendorMean {
        manufacturer: "coros",
        products: &[],
        definition: Definition::AllSamples,
        tolerance_spm: 2.0,
        source: SECTION_7,
    },
    VendorMean {
        manufacturer: "suunto",
        products: &[],
        definition: Definition::NonZero,
        tolerance_spm: 2.0,
        source: SECTION_7,
    },
    VendorMean {
        manufacturer: "huawei",
        products: &[],
        definition: Definition::NonZero,
        tolerance_spm: 2.0,
        source: SECTION_7,
    },
];

/// The definition behind a device's average cadence, with its row where it has one.
pub fn definition(device: &DeviceIdentity) -> (Definition, Option<&'static VendorMean>) {
    let maker = device.manufacturer.as_deref();
    let of = |row: &&VendorMean| maker.is_some_and(|m| m.eq_ignore_ascii_case(row.manufacturer));
    let named = |row: &&VendorMean| device.product.is_some_and(|p| row.products.contains(&p));
    let rows = || VENDOR_MEANS.iter().filter(of);
    let row = rows().find(named).or_else(|| rows().find(|row| row.products.is_empty()));
    (row.map_or(Definition::Unknown, |row| row.definition), row)
}

/// Mean step rate in steps per minute as the device itself would state it, with the definition
/// used, over the total weights and without the correction for cut-off strides. `None` without
/// cadence.
///
/// A device averages its own value of every second, of which smart recording keeps those at which
/// something turned; so the mean over all samples runs straight from one record to the next. Held
/// to the next record instead, each stop counts the cadence before it and each start the zero.
pub fn step_rate_as_device(activity: &Activity) -> Option<(f64, Definition)> {
    let (known, _) = definition(&activity.meta.device);
    let value = match known {
        Definition::AllSamples => mean_of_all(activity)?,
        Definition::NonZero => mean_above_zero(activity)?,
        Definition::Unknown => {
            let (all, moving) = (mean_of_all(activity)?, mean_above_zero(activity)?);
            match activity.summary.get(SummaryKey::StepRateSpm) {
                Some(stated) if (all - stated).abs() > (moving - stated).abs() => moving,
                _ => all,
            }
        }
    };
    Some((value, known))
}

fn mean_of_all(activity: &Activity) -> Option<f64> {
    let rate = activity.channels.step_rate.as_ref()?;
    weighted(activity, |i| {
        let here = rate.get(i)?.value();
        Some(rate.get(i + 1).map_or(here, |next| (here + next.value()) / 2.0))
    })
}

fn mean_above_zero(activity: &Activity) -> Option<f64> {
    let rate = activity.channels.step_rate.as_ref()?;
    weighted(activity, |i| rate.get(i).map(Quantity::value).filter(|spm| *spm > 0.0))
}

/// Mean over the ticks that have a value, weighted by the seconds they speak for.
fn weighted(activity: &Activity, value: impl Fn(usize) -> Option<f64>) -> Option<f64> {
    let (mut sum, mut weight) = (0.0, 0.0);
    for i in 0..activity.clock.len() {
        if let Some(value) = value(i) {
            let seconds = activity.clock.total_weight_s(i);
            sum += value * seconds;
            weight += seconds;
        }
    }
    (weight > 0.0).then(|| sum / weight)
}
