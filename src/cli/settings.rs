//! From words to settings: an option goes before the profile, the profile before the default.

use std::path::Path;

use anyhow::Result;
use lightfoot::Settings;
use lightfoot::settings::{RoadKind, Runner};

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
    state(&mut settings, stated, work);
    Ok((settings, path))
}

/// Puts what was typed over what a profile says.
pub fn state(settings: &mut Settings, stated: &Stated, work: Option<&Work>) {
    settings.runner.road_side = stated.road_side.or(settings.runner.road_side);
    settings.runner.road_kind = stated.road_kind.unwrap_or(settings.runner.road_kind);
    settings.cadence_unit = stated.cadence_unit.or(settings.cadence_unit);
    settings.time_zone = stated.tz.clone().or(settings.time_zone.take());
    settings.display.units = stated.units.unwrap_or(settings.display.units);
    for limit in &stated.limits {
        limit.limit.set(&mut settings.limits, limit.value);
    }
    settings.jobs = work.and_then(|w| w.jobs).map(usize::from);
    settings.now = stated.now.and_then(|now| instant(now, settings.time_zone.as_ref()));
}

/// What holds for a whole squad.
#[derive(Debug)]
pub struct Shared {
    /// What the squad's profile says for everybody.
    pub settings: Settings,
    /// What it says of one person, which was not taken over; told only where the profile lies in
    /// the squad's folder or was named.
    pub not_shared: Vec<&'static str>,
}

/// The profile of a squad: how numbers are shown, days, chosen rules and the side that traffic
/// keeps to. What else stands under `[runner]` is one person's.
///
/// # Errors
/// When the profile cannot be understood.
pub fn shared(stated: &Stated, folder: &Path) -> Result<Shared> {
    let mut settings = Settings::default();
    profile::load(&mut settings, stated.profile.as_deref(), Some(folder))?;
    let meant = stated.profile.is_some() || folder.join(profile::FILE_NAME).is_file();
    let own = Runner { traffic: settings.runner.traffic, ..Runner::default() };
    let person = std::mem::replace(&mut settings.runner, own);
    let not_shared = if meant { named(&person) } else { Vec::new() };
    Ok(Shared { settings, not_shared })
}

/// The keys of one person that a profile fills.
fn named(person: &Runner) -> Vec<&'static str> {
    let keys = [
        ("name", person.name.is_some()),
        ("height_cm", person.height_m.is_some()),
        ("mass_kg", person.mass_kg.is_some()),
        ("leg_length_cm", person.leg_length_m.is_some()),
        ("wrist", person.wrist.is_some()),
        ("road_side", person.road_side.is_some()),
        ("road_kind", person.road_kind != RoadKind::default()),
        ("barometer", person.barometer.is_some()),
        ("crossfall_percent", person.crossfall_percent.is_some()),
        ("surface", person.surface.is_some()),
        ("no_running", !person.no_running.is_empty()),
        ("missing_files", !person.missing_files.is_empty()),
    ];
    keys.into_iter().filter(|(_, stated)| *stated).map(|(key, _)| key).collect()
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
