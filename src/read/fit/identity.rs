//! Who wrote a file, with which sensors, on whom, and in which time zone.

use super::Kept;
use super::definition::Message;
use super::profile;
use super::walk::Walked;
use crate::activity::{DeviceIdentity, RunnerHint};
use crate::read::{SensorIdentity, devices};

/// `file_id.type` of a recorded activity.
const ACTIVITY: u16 = 4;
/// `file_id.type` of a summary without records.
const ACTIVITY_SUMMARY: u16 = 20;
/// `file_id.type` of a course: it has records, but nobody has run them.
const COURSE: u16 = 6;
/// `file_id.type` of a segment.
const SEGMENT: u16 = 34;

/// `file_id`: what kind of file this is, and whose.
#[derive(Clone, Debug, Default)]
pub(super) struct FileId {
    kind: Option<u16>,
    manufacturer: Option<u16>,
    product: Option<u16>,
    serial: Option<u32>,
    product_name: Option<String>,
    /// Whether the message was there at all.
    pub(super) present: bool,
}

/// Reads field numbers of the FIT profile, message `file_id`.
pub(super) fn file_id(walked: &Walked<'_>) -> FileId {
    walked.messages(Kept::FileId).next().map_or_else(FileId::default, |m| FileId {
        kind: m.small(0),
        manufacturer: m.small(1),
        product: m.small(2),
        serial: m.number(3).map(|v| v as u32),
        product_name: m.text(8),
        present: true,
    })
}

impl FileId {
    /// Whether records of this file were run rather than planned.
    pub(super) fn may_be_recorded(&self) -> bool {
        !matches!(self.kind, Some(COURSE | SEGMENT))
    }

    /// Whether the file calls itself an activity.
    pub(super) fn says_activity(&self) -> bool {
        matches!(self.kind, Some(ACTIVITY | ACTIVITY_SUMMARY))
    }

    /// Whether the file does not say what it is.
    pub(super) fn kind_is_unstated(&self) -> bool {
        self.kind.is_none()
    }

    /// What kind of file this is, in the profile's words.
    pub(super) fn kind(&self) -> String {
        match self.kind {
            Some(kind) => profile::file_type(kind),
            None if self.present => "file of no stated type".to_owned(),
            None => "file without file_id".to_owned(),
        }
    }
}

/// `device_index` of the device that wrote the file.
const CREATOR: u16 = 0;
/// Scale of `device_info.software_version` (FIT profile).
const VERSION_SCALE: f64 = 100.0;

/// The writer: `file_id`, completed by the creator's `device_info`.
pub(super) fn device(walked: &Walked<'_>, file: &FileId) -> DeviceIdentity {
    let mut firmware = None;
    let (mut manufacturer, mut product) = (file.manufacturer, file.product);
    let (mut serial, mut name) = (file.serial, file.product_name.clone());
    for m in walked.messages(Kept::DeviceInfo).filter(|m| m.small(0) == Some(CREATOR)) {
        manufacturer = manufacturer.or_else(|| m.small(2));
        product = product.or_else(|| m.small(4));
        serial = serial.or_else(|| m.number(3).map(|v| v as u32));
        name = name.or_else(|| m.text(27));
        firmware = firmware.or_else(|| m.scaled(5, VERSION_SCALE));
    }
    let manufacturer = manufacturer.map(profile::manufacturer);
    let known = devices::product_name(manufacturer.as_deref(), product);
    DeviceIdentity {
        name: name.or_else(|| known.map(str::to_owned)),
        manufacturer,
        product,
        firmware: firmware.map(|v| format!("{v:.2}")),
        serial,
    }
}

/// `source_type` numbers of device_info (FIT profile).
mod source {
    pub(super) const ANT_PLUS: u16 = 1;
    pub(super) const BLUETOOTH_LE: u16 = 3;
    pub(super) const LOCAL: u16 = 5;
}

/// Sensors that are not the writer, each once, in file order.
pub(super) fn sensors(walked: &Walked<'_>) -> Vec<SensorIdentity> {
    let mut sensors = Vec::new();
    for m in walked.messages(Kept::DeviceInfo).filter(|m| m.small(0) != Some(CREATOR)) {
        let sensor = sensor(&m);
        let known = sensor.kind.is_some() || sensor.product.is_some_and(|number| number > 0);
        if known && !sensors.contains(&sensor) {
            sensors.push(sensor);
        }
    }
    sensors
}

fn sensor(m: &Message<'_>) -> SensorIdentity {
    let number = m.small(1);
    let kind = match m.small(25) {
        Some(source::LOCAL) => number.and_then(devices::built_in_kind),
        Some(source::BLUETOOTH_LE) => number.and_then(devices::bluetooth_kind),
        // Old files lack the source and have ANT+ sensors only.
        Some(source::ANT_PLUS) | None => number.and_then(devices::ant_plus_kind),
        Some(_) => None,
    };
    if m.small(25) == Some(source::LOCAL) {
        // Parts of the watch itself carry arbitrary numbers in these fields.
        let kind = kind.map(str::to_owned);
        return SensorIdentity { kind, manufacturer: None, product: None };
    }
    let manufacturer = m.small(2).filter(|number| *number > 0).map(profile::manufacturer);
    let product = m.small(4).filter(|_| manufacturer.is_some());
    let by_product = devices::sensor_kind(manufacturer.as_deref(), product);
    SensorIdentity { kind: by_product.or(kind).map(str::to_owned), manufacturer, product }
}

/// Reads field numbers of the FIT profile, message `user_profile`; the last one counts.
pub(super) fn runner(walked: &Walked<'_>) -> RunnerHint {
    const CENTIMETRES: f64 = 100.0;
    const TENTH_KG: f64 = 10.0;
    walked.messages(Kept::UserProfile).last().map_or_else(RunnerHint::default, |m| RunnerHint {
        name: m.text(0),
        gender: match m.small(1) {
            Some(0) => Some("female"),
            Some(1) => Some("male"),
            _ => None,
        },
        age_years: m.number(2),
        height_m: m.scaled(3, CENTIMETRES),
        mass_kg: m.scaled(4, TENTH_KG),
    })
}

/// Time zones lie on quarters of an hour.
const QUARTER_HOUR_S: f64 = 900.0;
/// How far `local_timestamp` may lie from a quarter hour: chosen, the two clocks of a message are
/// sometimes read seconds apart.
const ZONE_TOLERANCE_S: f64 = 90.0;
/// Offsets reach from -12 to +14 hours.
const MAX_OFFSET_S: f64 = 14.0 * 3600.0;

fn zone(offset_s: f64) -> Option<i32> {
    let rounded = (offset_s / QUARTER_HOUR_S).round() * QUARTER_HOUR_S;
    let sound = (offset_s - rounded).abs() <= ZONE_TOLERANCE_S && rounded.abs() <= MAX_OFFSET_S;
    sound.then_some(rounded as i32)
}

/// Offset of local time from UTC: `activity.local_timestamp`, else the device's settings.
pub(super) fn utc_offset_s(walked: &Walked<'_>) -> Option<i32> {
    let stated = walked.messages(Kept::Activity).find_map(|m| {
        let local = m.time_ms(5)?;
        let utc = m.timestamp_ms()?;
        zone((local - utc) as f64 / 1000.0)
    });
    stated.or_else(|| {
        walked.messages(Kept::DeviceSettings).find_map(|m| {
            let active = m.number(0).unwrap_or_default() as usize;
            let offset = m.numbers(2).nth(active).flatten()?;
            // Stored unsigned, meant signed.
            zone(f64::from(offset as u32 as i32))
        })
    })
}
