//! Known devices: what a product implies. Names come from one place each: the FIT profile for
//! Garmin, the file itself for makers that write their product's name.

use super::fit::profile;
use crate::activity::DeviceIdentity;

/// A device whose properties are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KnownDevice {
    /// Manufacturer as the FIT profile names it.
    pub manufacturer: &'static str,
    /// Product name: Garmin's by the profile's product number (regional versions share a name),
    /// others as their files write it.
    pub name: &'static str,
    /// Product numbers within the manufacturer, where the profile does not name them.
    pub products: &'static [u16],
    /// Whether altitude comes from a barometer.
    pub barometer: bool,
    /// Whether cadence is stored as whole strides (no fraction), truncated.
    pub whole_strides: bool,
    /// Where this is known from.
    pub source: &'static str,
}

/// Common knowledge of the product; no specification was looked up for this table.
const COMMON: &str = "common knowledge, not checked against the maker's specification";
/// Ascent compared with the watch's own total over many runs.
const RUNS: &str = "ascent agreed with the watch over many runs";

const fn garmin(name: &'static str, barometer: Altimeter, source: &'static str) -> KnownDevice {
    KnownDevice {
        manufacturer: "garmin",
        name,
        products: &[],
        barometer: matches!(barometer, Barometer),
        whole_strides: false,
        source,
    }
}

const fn whole(
    manufacturer: &'static str,
    name: &'static str,
    products: &'static [u16],
    source: &'static str,
) -> KnownDevice {
    KnownDevice { manufacturer, name, products, barometer: true, whole_strides: true, source }
}

/// Where a watch takes altitude from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Altimeter {
    Barometer,
    Satellites,
}

use Altimeter::{Barometer, Satellites};

/// The table. Not listed means unknown, which is not "no".
pub const KNOWN: &[KnownDevice] = &[
    garmin("Enduro", Barometer, RUNS),
    garmin("Enduro 2", Barometer, COMMON),
    garmin("Enduro 3", Barometer, RUNS),
    garmin("fenix", Barometer, COMMON),
    garmin("fenix 2", Barometer, COMMON),
    garmin("fenix 3", Barometer, RUNS),
    garmin("fenix 3 HR", Barometer, COMMON),
    garmin("fenix Chronos", Barometer, COMMON),
    garmin("fenix 5", Barometer, RUNS),
    garmin("fenix 5S", Barometer, COMMON),
    garmin("fenix 5X", Barometer, COMMON),
    garmin("fenix 5 Plus", Barometer, COMMON),
    garmin("fenix 5S Plus", Barometer, COMMON),
    garmin("fenix 5X Plus", Barometer, COMMON),
    garmin("fenix 6", Barometer, COMMON),
    garmin("fenix 6S", Barometer, COMMON),
    garmin("fenix 6X", Barometer, RUNS),
    garmin("fenix 7", Barometer, COMMON),
    garmin("fenix 7S", Barometer, COMMON),
    garmin("fenix 7X", Barometer, COMMON),
    garmin("fenix 7 Pro", Barometer, COMMON),
    garmin("fenix 7S Pro", Barometer, COMMON),
    garmin("fenix 7X Pro", Barometer, COMMON),
    garmin("fenix 8", Barometer, COMMON),
    garmin("epix (Gen 2)", Barometer, COMMON),
    garmin("Forerunner 45", Satellites, COMMON),
    garmin("Forerunner 55", Satellites, COMMON),
    garmin("Forerunner 220", Satellites, COMMON),
    garmin("Forerunner 225", Satellites, COMMON),
    garmin("Forerunner 230", Satellites, COMMON),
    garmin("Forerunner 235", Satellites, COMMON),
    garmin("Forerunner 245", Satellites, COMMON),
    garmin("Forerunner 245 Music", Satellites, COMMON),
    garmin("Forerunner 255", Barometer, RUNS),
    garmin("Forerunner 255S", Barometer, COMMON),
    garmin("Forerunner 255 Music", Barometer, COMMON),
    garmin("Forerunner 255S Music", Barometer, COMMON),
    garmin("Forerunner 265", Barometer, RUNS),
    garmin("Forerunner 265S", Barometer, COMMON),
    garmin("Forerunner 310XT", Satellites, COMMON),
    garmin("Forerunner 610", Satellites, COMMON),
    garmin("Forerunner 620", Satellites, COMMON),
    garmin("Forerunner 630", Satellites, COMMON),
    garmin("Forerunner 645", Barometer, RUNS),
    garmin("Forerunner 645 Music", Barometer, COMMON),
    garmin("Forerunner 735XT", Satellites, COMMON),
    garmin("Forerunner 745", Barometer, COMMON),
    garmin("Forerunner 910XT", Barometer, COMMON),
    garmin("Forerunner 920XT", Barometer, COMMON),
    garmin("Forerunner 935", Barometer, COMMON),
    garmin("Forerunner 945", Barometer, COMMON),
    garmin("Forerunner 945 LTE", Barometer, COMMON),
    garmin("Forerunner 955", Barometer, COMMON),
    garmin("Forerunner 965", Barometer, COMMON),
    whole("coros", "COROS PACE 2", &[], RUNS),
    whole("coros", "COROS PACE 3", &[], RUNS),
    whole("coros", "COROS APEX Pro", &[], COMMON),
    whole("suunto", "Suunto Ambit3", &[22], RUNS),
];

/// Looks a device up by its product number; not listed means unknown, which is not "no".
pub fn known(manufacturer: &str, product: u16) -> Option<&'static KnownDevice> {
    let name = garmin_name(manufacturer, product);
    KNOWN.iter().find(|device| {
        device.manufacturer == manufacturer
            && (name == Some(device.name) || device.products.contains(&product))
    })
}

/// Looks a device up by what its file says: product number, else the product's name as written.
pub fn identify(device: &DeviceIdentity) -> Option<&'static KnownDevice> {
    let manufacturer = device.manufacturer.as_deref()?;
    device.product.and_then(|product| known(manufacturer, product)).or_else(|| {
        let name = device.name.as_deref()?;
        KNOWN
            .iter()
            .find(|d| d.manufacturer == manufacturer && d.name.eq_ignore_ascii_case(name.trim()))
    })
}

/// Whether a maker's watches store cadence as whole strides, cutting the fraction off, whatever
/// the product: measured on all of their files at hand.
pub fn stores_whole_strides(manufacturer: &str) -> bool {
    matches!(manufacturer, "coros" | "suunto")
}

fn garmin_name(manufacturer: &str, product: u16) -> Option<&'static str> {
    let garmin = matches!(manufacturer, "garmin" | "dynastream" | "dynastream_oem" | "tacx");
    if garmin { profile::garmin_product(product) } else { None }
}

/// Product name, where a table knows it.
pub(super) fn product_name(
    manufacturer: Option<&str>,
    product: Option<u16>,
) -> Option<&'static str> {
    let (manufacturer, product) = (manufacturer?, product?);
    garmin_name(manufacturer, product).or_else(|| known(manufacturer, product).map(|d| d.name))
}

/// Kind of an ANT+ sensor by its device type (FIT profile, `antplus_device_type`; 30 is the
/// ANT+ running dynamics profile).
pub(super) fn ant_plus_kind(device_type: u16) -> Option<&'static str> {
    Some(match device_type {
        11 => "power meter",
        17 => "fitness equipment",
        25 => "temperature sensor",
        30 => "running dynamics pod",
        31 => "muscle oxygen sensor",
        120 => "heart rate strap",
        121 => "speed and cadence sensor",
        122 => "cadence sensor",
        123 => "speed sensor",
        124 => "foot pod",
        _ => return None,
    })
}

/// Kind of a Bluetooth sensor by its device type (FIT profile, `ble_device_type`).
pub(super) fn bluetooth_kind(device_type: u16) -> Option<&'static str> {
    Some(match device_type {
        0 => "satellite receiver",
        1 => "heart rate strap",
        2 => "power meter",
        3 => "speed and cadence sensor",
        4 => "speed sensor",
        5 => "cadence sensor",
        6 => "foot pod",
        7 => "bike trainer",
        _ => return None,
    })
}

/// Kind of the barometer that a watch lists among its own parts: where a file has it, the altitude
/// has a barometric source whatever the product.
pub const BUILT_IN_BAROMETER: &str = "built-in barometer";

/// Kind of a part of the watch itself (FIT profile, `local_device_type`).
pub(super) fn built_in_kind(device_type: u16) -> Option<&'static str> {
    Some(match device_type {
        0..=2 => "built-in satellite receiver",
        3 => "built-in accelerometer",
        4 => BUILT_IN_BAROMETER,
        5 => "built-in thermometer",
        10 => "built-in wrist heart rate",
        12 => "built-in sensor hub",
        _ => return None,
    })
}

/// Kind of a sensor whose product says more than its device type.
pub(super) fn sensor_kind(
    manufacturer: Option<&str>,
    product: Option<u16>,
) -> Option<&'static str> {
    match (manufacturer?, product) {
        ("stryd" | "scribe_labs", _) => Some("foot pod"),
        (maker, Some(product)) => match garmin_name(maker, product)? {
            "Running Dynamics Pod" => Some("running dynamics pod"),
            "HRM-Run" | "HRM4-Run" | "HRM-Tri" | "HRM-Pro" | "HRM-Pro Plus" | "HRM-Fit" => {
                Some("heart rate strap with running dynamics")
            }
            _ => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_garmin_line_is_reachable_by_a_product_number() {
        for device in KNOWN.iter().filter(|d| d.manufacturer == "garmin") {
            let number = profile::GARMIN_PRODUCTS.iter().find(|(_, name)| *name == device.name);
            let (number, _) = number.unwrap_or_else(|| panic!("{} has no number", device.name));
            assert_eq!(known("garmin", *number), Some(device));
        }
    }

    #[test]
    fn regional_versions_are_the_same_watch_and_unlisted_means_unknown() {
        assert!(known("garmin", 3872).is_some_and(|d| d.name == "Enduro" && d.barometer));
        assert!(known("garmin", 2431).is_some_and(|d| !d.barometer));
        assert_eq!(known("garmin", 1036), None);
        assert_eq!(known("strava", 3638), None);
    }

    #[test]
    fn makers_that_write_their_products_name() {
        let device = DeviceIdentity {
            manufacturer: Some("coros".into()),
            name: Some("COROS PACE 3".into()),
            ..DeviceIdentity::default()
        };
        assert!(identify(&device).is_some_and(|d| d.barometer && d.whole_strides));
    }
}
