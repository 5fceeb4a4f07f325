//! Quantities that only one vendor has, passed through under the vendor's name.
//!
//! Nobody outside the vendor knows how they are made, so they are compared with the runner's own
//! other runs on the same device and with nothing else: not with another vendor's number of the
//! same name, not with a norm.

use serde::Serialize;

use super::Run;
use super::form_mean::{FormMean, form_mean};
use crate::activity::{Origin, VendorChannel};

/// Mean of a vendor's quantity over settled running.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct VendorReading {
    /// Who made the number.
    pub vendor: &'static str,
    /// What they call it.
    pub field: &'static str,
    /// Their unit.
    pub unit: &'static str,
    /// Key in rows: vendor, field, unit.
    pub key: &'static str,
    /// Time-weighted mean.
    pub value: f64,
    /// Minutes that carried it.
    pub minutes: f64,
    /// Share of settled running that carried it, 0..=1.
    pub coverage: f64,
}

/// What a zero of the vendor means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Zero {
    /// The pod sleeps or has no value.
    Silence,
    /// The quantity can be zero.
    Data,
}

/// A known field of a vendor.
struct Known {
    vendor: &'static str,
    /// Names as recorded, compared without case.
    names: &'static [&'static str],
    field: &'static str,
    unit: &'static str,
    key: &'static str,
    zero: Zero,
    /// Whether the name is too common to be believed without the vendor's own voice.
    common: Common,
}

/// Whether others use the name too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Common {
    Yes,
    No,
}

const fn known(
    vendor: &'static str,
    names: &'static [&'static str],
    field: &'static str,
    unit: &'static str,
    key: &'static str,
) -> Known {
    Known { vendor, names, field, unit, key, zero: Zero::Silence, common: Common::No }
}

impl Known {
    const fn common(mut self) -> Self {
        self.common = Common::Yes;
        self
    }

    const fn zero_is_data(mut self) -> Self {
        self.zero = Zero::Data;
        self
    }
}

const STRYD: &str = "Stryd";
const RUNSCRIBE: &str = "RunScribe";
const COROS: &str = "COROS";
const GARMIN: &str = "Garmin";

/// The fields. Source of names and units: `intake` section 2 (Stryd's oscillation is in
/// centimetres). Technical fields (satellites, dilution, course) and positions are left out.
const KNOWN: &[Known] = &[
    known(STRYD, &["Power"], "Power", "W", "stryd_power_w").common(),
    known(STRYD, &["Form Power"], "Form Power", "W", "stryd_form_power_w"),
    known(STRYD, &["Air Power"], "Air Power", "W", "stryd_air_power_w").zero_is_data(),
    known(
        STRYD,
        &["Leg Spring Stiffness"],
        "Leg Spring Stiffness",
        "kN/m",
        "stryd_leg_spring_stiffness_kn_m",
    ),
    known(
        STRYD,
        &["Impact Loading Rate"],
        "Impact Loading Rate",
        "BW/s",
        "stryd_impact_loading_rate_bw_s",
    ),
    known(STRYD, &["Ground Time"], "Ground Time", "ms", "stryd_ground_time_ms").common(),
    known(
        STRYD,
        &["Vertical Oscillation"],
        "Vertical Oscillation",
        "cm",
        "stryd_vertical_oscillation_cm",
    )
    .common(),
    known(
        RUNSCRIBE,
        &["RS_ContactTime_L"],
        "Contact Time, left",
        "ms",
        "runscribe_contact_time_left_ms",
    ),
    known(
        RUNSCRIBE,
        &["RS_ContactTime_R"],
        "Contact Time, right",
        "ms",
        "runscribe_contact_time_right_ms",
    ),
    known(
        RUNSCRIBE,
        &["RS_FootStrike_L"],
        "Footstrike, left",
        "1 to 16",
        "runscribe_footstrike_left",
    ),
    known(
        RUNSCRIBE,
        &["RS_FootStrike_R"],
        "Footstrike, right",
        "1 to 16",
        "runscribe_footstrike_right",
    ),
    known(RUNSCRIBE, &["RS_Pronation_L"], "Pronation, left", "deg", "runscribe_pronation_left_deg"),
    known(
        RUNSCRIBE,
        &["RS_Pronation_R"],
        "Pronation, right",
        "deg",
        "runscribe_pronation_right_deg",
    ),
    known(RUNSCRIBE, &["RS_Impact_GS", "ImpactGs"], "Impact", "g", "runscribe_impact_g"),
    known(RUNSCRIBE, &["RS_Braking_GS", "BrakingGs"], "Braking", "g", "runscribe_braking_g"),
    known(RUNSCRIBE, &["FlightRatio"], "Flight Ratio", "%", "runscribe_flight_ratio_percent"),
    known(RUNSCRIBE, &["Pronation"], "Pronation", "deg", "runscribe_pronation_deg").common(),
    known(RUNSCRIBE, &["FS"], "Footstrike", "1 to 16", "runscribe_footstrike").common(),
    known(COROS, &["Effort Pace"], "Effort Pace", "m/s", "coros_effort_pace_m_s"),
    known(GARMIN, &["Step Speed Loss"], "Step Speed Loss", "cm/s", "garmin_step_speed_loss_cm_s"),
    known(
        GARMIN,
        &["Step Speed Loss Percent", "Step Speed Loss Percentage"],
        "Step Speed Loss",
        "%",
        "garmin_step_speed_loss_percent",
    ),
    known(
        GARMIN,
        &["Running Economy"],
        "Running Economy",
        "ml/kg/km",
        "garmin_running_economy_ml_kg_km",
    ),
];

/// A name that only old RunScribe pods write beside their common ones.
const RUNSCRIBE_MARK: &str = "BrakingGs";

/// Readings of the vendors' own quantities, in the order of the table. A quantity that passes the
/// gates of every mean over settled running is there; one that does not is left out.
pub fn vendor_readings(run: &Run<'_>) -> Vec<VendorReading> {
    let channels = &run.activity.channels.vendor;
    let runscribe = channels.iter().any(|c| same(&c.name, RUNSCRIBE_MARK));
    KNOWN
        .iter()
        .filter_map(|known| {
            let mut of = channels.iter().filter(|c| speaks(c, known, runscribe));
            reading(run, of.next()?, known)
        })
        .collect()
}

fn same(a: &str, b: &str) -> bool {
    a.trim().eq_ignore_ascii_case(b)
}

/// Whether a channel is this field of this vendor.
fn speaks(channel: &VendorChannel, known: &Known, runscribe: bool) -> bool {
    let Origin::Recorded { source, .. } = channel.values.origin() else { return false };
    let voice = source == known.vendor || (known.vendor == RUNSCRIBE && runscribe);
    known.names.iter().any(|name| same(&channel.name, name))
        && (known.common == Common::No || voice)
}

fn reading(run: &Run<'_>, channel: &VendorChannel, known: &Known) -> Option<VendorReading> {
    let speaking = |v: &f64| known.zero == Zero::Data || *v != 0.0;
    let values = channel.values.iter().map(|v| v.filter(speaking));
    let FormMean { mean, minutes, coverage } = form_mean(run, values, known.field).ok()?;
    Some(VendorReading {
        vendor: known.vendor,
        field: known.field,
        unit: known.unit,
        key: known.key,
        value: mean,
        minutes,
        coverage,
    })
}

/// Keys of all known fields, in the order of rows.
pub fn keys() -> impl Iterator<Item = &'static str> {
    KNOWN.iter().map(|known| known.key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn keys_are_unique_and_name_their_vendor() {
        let all: BTreeSet<&str> = keys().collect();
        assert_eq!(all.len(), KNOWN.len());
        for known in KNOWN {
            assert!(known.key.starts_with(&known.vendor.to_lowercase()), "{}", known.key);
        }
    }
}
