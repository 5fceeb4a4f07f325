//! Names for the numbers of the FIT profile: only what lightfoot shows or decides by.

mod manufacturers;
mod messages;
mod products;
mod sports;

use std::borrow::Cow;

use crate::activity::{Sport, SubSport};

pub(in crate::read) use products::GARMIN_PRODUCTS;

fn name_of(table: &'static [(u16, &'static str)], number: u16) -> Option<&'static str> {
    let at = table.binary_search_by_key(&number, |(key, _)| *key).ok()?;
    table.get(at).map(|(_, name)| *name)
}

/// The sport by its profile name; a number that the profile lacks keeps its number.
pub(super) fn sport(number: u16) -> Sport {
    match name_of(sports::SPORTS, number) {
        Some("running") => Sport::Running,
        Some(name) => Sport::Other(name.to_owned()),
        None => Sport::Other(format!("sport {number}")),
    }
}

/// The sub-sport by its profile name; a number that the profile lacks keeps its number.
pub(super) fn sub_sport(number: u16) -> SubSport {
    match name_of(sports::SUB_SPORTS, number) {
        Some("generic") => SubSport::Generic,
        Some("treadmill") => SubSport::Treadmill,
        Some("indoor_running") => SubSport::IndoorRunning,
        Some("street") => SubSport::Street,
        Some("trail") => SubSport::Trail,
        Some("track") => SubSport::Track,
        Some(name) => SubSport::Other(name.to_owned()),
        None => SubSport::Other(format!("sub_sport {number}")),
    }
}

/// Manufacturer name as the profile writes it.
pub(super) fn manufacturer(number: u16) -> String {
    name_of(manufacturers::MANUFACTURERS, number)
        .map_or_else(|| format!("manufacturer {number}"), str::to_owned)
}

/// Message name as the profile writes it.
pub(super) fn message(number: u16) -> Cow<'static, str> {
    let name = name_of(messages::MESSAGES, number);
    name.map_or_else(|| format!("unknown_{number}").into(), Cow::Borrowed)
}

/// Kind of a file as the profile writes it.
pub(super) fn file_type(number: u16) -> String {
    name_of(messages::FILE_TYPES, number)
        .map_or_else(|| format!("file type {number}"), str::to_owned)
}

/// Garmin's name for a product number.
pub(in crate::read) fn garmin_product(number: u16) -> Option<&'static str> {
    name_of(GARMIN_PRODUCTS, number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_ascend_so_that_search_finds_every_entry() {
        for table in [
            sports::SPORTS,
            sports::SUB_SPORTS,
            manufacturers::MANUFACTURERS,
            messages::MESSAGES,
            messages::FILE_TYPES,
            GARMIN_PRODUCTS,
        ] {
            assert!(table.windows(2).all(|w| w[0].0 < w[1].0));
        }
    }

    #[test]
    fn unknown_numbers_keep_their_number() {
        assert_eq!(sport(1), Sport::Running);
        assert_eq!(sport(3), Sport::Other("transition".into()));
        assert_eq!(sport(60), Sport::Other("sport 60".into()));
        assert_eq!(message(233), "unknown_233");
        assert_eq!(garmin_product(4257), Some("Forerunner 265"));
        assert_eq!(manufacturer(294), "coros");
    }
}
