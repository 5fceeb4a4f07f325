//! What must stay the same for two runs to stand in one trend: watch, source of cadence, source
//! of running dynamics.

use crate::activity::{DeviceEpoch, DeviceIdentity, Issue, Origin};
use crate::read::devices::{self, KnownDevice};

use super::{Context, Draft, NotPrepared};

/// Words in a connected sensor's kind that mean a foot pod.
const FOOT_POD: &[&str] = &["foot pod", "foot_pod", "stride_speed", "stride speed"];
/// Words that mean a running dynamics pod.
const DYNAMICS_POD: &[&str] = &["dynamics"];

/// The device in the table: by what the file says of it or, for exports that only carry a name
/// ("Garmin Forerunner 265"), by that name.
pub(super) fn listed(device: &DeviceIdentity) -> Option<&'static KnownDevice> {
    devices::identify(device).or_else(|| {
        let stated = plain(device.name.as_deref()?);
        devices::KNOWN.iter().find(|known| {
            let name = plain(known.name);
            stated == name || stated == format!("{}{name}", known.manufacturer)
        })
    })
}

/// Letters and digits of a name, lower case: exporters write `Forerunner265` and `fēnix 6X`.
fn plain(name: &str) -> String {
    let lower = name.to_lowercase().replace('ē', "e");
    lower.chars().filter(char::is_ascii_alphanumeric).collect()
}

/// The device with its name from the table, where the file has none.
pub(super) fn named(device: &DeviceIdentity) -> DeviceIdentity {
    let mut out = device.clone();
    if out.name.is_none() {
        out.name = listed(device).map(|known| known.name.to_owned());
    }
    out
}

/// Fills the device epoch.
pub(super) fn apply(draft: &mut Draft, context: &Context<'_>) -> Result<Vec<Issue>, NotPrepared> {
    let recording = context.recording;
    let connected = |words: &[&str]| {
        recording.sensors.iter().filter_map(|s| s.kind.as_deref()).any(|kind| {
            let kind = kind.to_lowercase();
            words.iter().any(|word| kind.contains(word))
        })
    };
    let c = &draft.channels;
    let developer = |origin: Option<&Origin>| match origin {
        Some(Origin::Recorded { source, .. }) if source != "watch" => Some(source.clone()),
        _ => None,
    };
    let cadence_origin = c.step_rate.as_ref().map(|channel| channel.origin());
    let dynamics_origin = c
        .ground_contact_time
        .as_ref()
        .map(|channel| channel.origin())
        .or_else(|| c.vertical_oscillation.as_ref().map(|channel| channel.origin()));
    let balance = c.contact_balance_left.as_ref().is_some_and(|b| b.present() > 0);
    let dynamics = match (dynamics_origin, developer(dynamics_origin)) {
        (None, _) => String::new(),
        (_, Some(application)) => application,
        _ if connected(DYNAMICS_POD) => "running dynamics pod".to_owned(),
        // Only a strap or a pod tells left from right; a wrist cannot.
        _ if balance => "strap or pod".to_owned(),
        _ => "watch".to_owned(),
    };
    let cadence = match (cadence_origin, developer(cadence_origin)) {
        (None, _) => String::new(),
        (_, Some(application)) => application,
        _ if connected(FOOT_POD) => "foot pod".to_owned(),
        _ => "watch".to_owned(),
    };
    draft.epoch = DeviceEpoch { device: named(&recording.device).label(), cadence, dynamics };
    Ok(Vec::new())
}
