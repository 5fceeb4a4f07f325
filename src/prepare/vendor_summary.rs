//! Means as each vendor's own summary defines them, so that ours can be held against the
//! device's. For comparison only: the crate's own metrics use one definition for everybody.

use serde::Serialize;

use crate::activity::{Activity, SummaryKey};
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
    /// What its average counts.
    pub definition: Definition,
    /// How far ours may lie from the device's, in spm: it rounds or cuts off.
    pub tolerance_spm: f64,
    /// Where this is known from.
    pub source: &'static str,
}

const SECTION_7: &str = "real-data part 2 section 7";

/// The vendors whose definition is known.
pub const VENDOR_MEANS: &[VendorMean] = &[
    VendorMean {
        manufacturer: "garmin",
        definition: Definition::AllSamples,
        tolerance_spm: 1.0,
        source: SECTION_7,
    },
    VendorMean {
        manufacturer: "coros",
        definition: Definition::AllSamples,
        tolerance_spm: 2.0,
        source: SECTION_7,
    },
    VendorMean {
        manufacturer: "suunto",
        definition: Definition::NonZero,
        tolerance_spm: 2.0,
        source: SECTION_7,
    },
    VendorMean {
        manufacturer: "huawei",
        definition: Definition::NonZero,
        tolerance_spm: 2.0,
        source: SECTION_7,
    },
];

/// The definition of a manufacturer's average cadence.
pub fn definition(manufacturer: Option<&str>) -> Definition {
    let of =
        |row: &&VendorMean| manufacturer.is_some_and(|m| m.eq_ignore_ascii_case(row.manufacturer));
    VENDOR_MEANS.iter().find(of).map_or(Definition::Unknown, |row| row.definition)
}

/// Mean step rate in steps per minute as the device itself would state it, with the definition
/// used: time-weighted over the total weights, without the correction for cut-off strides.
/// `None` without cadence.
pub fn step_rate_as_device(activity: &Activity) -> Option<(f64, Definition)> {
    let known = definition(activity.meta.device.manufacturer.as_deref());
    let all = mean_step_rate(activity, |_| true);
    let moving = || mean_step_rate(activity, |spm| spm > 0.0);
    let value = match known {
        Definition::AllSamples => all?,
        Definition::NonZero => moving()?,
        Definition::Unknown => {
            let (all, moving) = (all?, moving()?);
            match activity.summary.get(SummaryKey::StepRateSpm) {
                Some(stated) if (all - stated).abs() > (moving - stated).abs() => moving,
                _ => all,
            }
        }
    };
    Some((value, known))
}

fn mean_step_rate(activity: &Activity, counts: impl Fn(f64) -> bool) -> Option<f64> {
    let rate = activity.channels.step_rate.as_ref()?;
    let mut sum = 0.0;
    let mut weight = 0.0;
    for (i, spm) in rate.iter().enumerate() {
        if let Some(spm) = spm.map(Quantity::value).filter(|v| counts(*v)) {
            let seconds = activity.clock.total_weight_s(i);
            sum += spm * seconds;
            weight += seconds;
        }
    }
    (weight > 0.0).then(|| sum / weight)
}
