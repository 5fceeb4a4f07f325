//! What must stay the same for two runs to stand in one trend: watch, source of cadence, source
//! of running dynamics.

use crate::activity::{Channel, DeviceEpoch, DeviceIdentity, Issue, Origin};
use crate::read::devices::{self, KnownDevice};
use crate::units::Quantity;

use super::{Context, Draft, NotPrepared};

/// Words in a connected sensor's kind, as the reader names it.
const FOOT_POD: &str = "foot pod";
const DYNAMICS: &str = "running dynamics";
const STRAP: &str = "heart rate strap";
/// What a native field is said to come from until a connected sensor is known.
const WATCH: &str = "watch";

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

/// Names the sensors behind the native channels and fills the device epoch.
pub(super) fn apply(draft: &mut Draft, context: &Context<'_>) -> Result<Vec<Issue>, NotPrepared> {
    let connected = |word: &str| {
        let mut kinds = context.recording.sensors.iter().filter_map(|s| s.kind.as_deref());
        kinds.find(|kind| kind.contains(word))
    };
    let c = &mut draft.channels;
    let balance = c.contact_balance_left.as_ref().is_some_and(|b| b.present() > 0);
    // Only a strap or a pod tells left from right; a wrist cannot.
    let unnamed = balance.then_some("strap or pod");
    let dynamics = connected(DYNAMICS).or(unnamed);
    c.step_rate = c.step_rate.take().map(|ch| spoken_by(ch, connected(FOOT_POD)));
    c.heart_rate = c.heart_rate.take().map(|ch| spoken_by(ch, connected(STRAP)));
    c.ground_contact_time = c.ground_contact_time.take().map(|ch| spoken_by(ch, dynamics));
    c.stance_percent = c.stance_percent.take().map(|ch| spoken_by(ch, dynamics));
    c.contact_balance_left = c.contact_balance_left.take().map(|ch| spoken_by(ch, dynamics));
    c.vertical_oscillation = c.vertical_oscillation.take().map(|ch| spoken_by(ch, dynamics));
    c.vertical_ratio = c.vertical_ratio.take().map(|ch| spoken_by(ch, dynamics));
    let contact = c.ground_contact_time.as_ref().map(Channel::origin);
    let rise = c.vertical_oscillation.as_ref().map(Channel::origin);
    let cadence = c.step_rate.as_ref().map(Channel::origin);
    draft.epoch = DeviceEpoch {
        device: named(&context.recording.device).label(),
        cadence: speaker(cadence),
        dynamics: speaker(contact.or(rise)),
    };
    Ok(Vec::new())
}

/// A channel of the watch's own field, said to come from the sensor that was connected.
fn spoken_by<Q: Quantity>(channel: Channel<Q>, sensor: Option<&str>) -> Channel<Q> {
    match (channel.origin(), sensor) {
        (Origin::Recorded { field, source }, Some(sensor)) if source == WATCH => {
            let origin = Origin::Recorded { field: field.clone(), source: sensor.to_owned() };
            channel.with_origin(origin)
        }
        _ => channel,
    }
}

/// Who speaks in a channel; empty where there is none.
fn speaker(origin: Option<&Origin>) -> String {
    match origin {
        Some(Origin::Recorded { source, .. }) => source.clone(),
        Some(_) => WATCH.to_owned(),
        None => String::new(),
    }
}
