//! From words to settings: an option goes before the profile, the profile before the default.

use std::path::Path;

use anyhow::Result;
use lightfoot::Settings;

use super::args::{Now, Stated, Work};
use super::profile;

/// The settings of this invocation and the path of the profile, if one was read.
///
/// # Errors
/// When the profile cannot be understood.
pub fn resolve(
    stated: &Stated,
    work: Option<&Work>,
    first: Option<&Path>,
) -> Result<(Settings, Option<String>)> {
    let mut settings = Settings::default();
    let path = profile::load(&mut settings, stated.profile.as_deref(), first)?;
    settings.runner.road_side = stated.road_side.or(settings.runner.road_side);
    settings.runner.road_kind = stated.road_kind.unwrap_or(settings.runner.road_kind);
    settings.cadence_unit = stated.cadence_unit.or(settings.cadence_unit);
    settings.time_zone = stated.tz.clone().or(settings.time_zone);
    settings.display.units = stated.units.unwrap_or(settings.display.units);
    for limit in &stated.limits {
        limit.limit.set(&mut settings.limits, limit.value);
    }
    settings.jobs = work.and_then(|w| w.jobs).map(usize::from);
    settings.now = stated.now.and_then(|now| instant(now, settings.time_zone.as_ref()));
    Ok((settings, path))
}

/// A day given as today means its noon where the report's days are counted.
fn instant(now: Now, zone: Option<&jiff::tz::TimeZone>) -> Option<jiff::Timestamp> {
    match now {
        Now::Instant(instant) => Some(instant),
        Now::Day(day) => {
            let zone = zone.cloned().unwrap_or(jiff::tz::TimeZone::UTC);
            day.at(12, 0, 0, 0).to_zoned(zone).ok().map(|z| z.timestamp())
        }
    }
}
