//! The profile, `lightfoot.toml`: what the runner states about themselves. Everything in it is
//! optional, nothing in it is guessed, and a key that nobody reads is an error that names itself.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use lightfoot::Settings;
use lightfoot::settings::{CadenceUnit, DaySpan, RULES, RoadKind, RoadSide, Side, Units};
use toml::Value;

use super::nearest::nearest;

/// Name of the file.
pub const FILE_NAME: &str = "lightfoot.toml";

/// Table of the chosen rules.
const RULES_SECTION: &str = "settings";

/// One key of the profile: where it stands, what it is, and what it sets.
pub struct Key {
    /// Table it stands in.
    pub section: &'static str,
    /// Its name.
    pub name: &'static str,
    /// What it takes, for people.
    pub takes: &'static str,
    /// What it is for.
    pub for_what: &'static str,
    set: fn(&mut Settings, &Value) -> Result<(), Wrong>,
}

/// Why a value does not fit; the caller adds the key and what it takes.
pub struct Wrong;

/// All keys, in the order in which they are documented.
pub const KEYS: &[Key] = &[
    Key {
        section: "runner",
        name: "name",
        takes: "text",
        for_what: "the report's title",
        set: |s, v| put(&mut s.runner.name, text(v).map(str::to_owned)),
    },
    Key {
        section: "runner",
        name: "height_cm",
        takes: "centimetres, 100 to 230",
        for_what: "step length as a share of body height",
        set: |s, v| put(&mut s.runner.height_m, within(v, 100.0, 230.0).map(cm)),
    },
    Key {
        section: "runner",
        name: "mass_kg",
        takes: "kilograms, 30 to 200",
        for_what: "power per kilogram",
        set: |s, v| put(&mut s.runner.mass_kg, within(v, 30.0, 200.0)),
    },
    Key {
        section: "runner",
        name: "leg_length_cm",
        takes: "centimetres from hip to floor, 50 to 130",
        for_what: "step length as a share of leg length",
        set: |s, v| put(&mut s.runner.leg_length_m, within(v, 50.0, 130.0).map(cm)),
    },
    Key {
        section: "runner",
        name: "wrist",
        takes: "\"left\" or \"right\"",
        for_what: "noted beside left and right: positions belong to that arm",
        set: |s, v| put(&mut s.runner.wrist, side(v)),
    },
    Key {
        section: "runner",
        name: "road_side",
        takes: ROAD_SIDES,
        for_what: "left and right: which leg is on the low side",
        set: |s, v| put(&mut s.runner.road_side, text(v).and_then(road_side)),
    },
    Key {
        section: "runner",
        name: "road_kind",
        takes: ROAD_KINDS,
        for_what: "which way the surface falls",
        set: |s, v| text(v).and_then(road_kind).map(|k| s.runner.road_kind = k).ok_or(Wrong),
    },
    Key {
        section: "runner",
        name: "traffic",
        takes: "\"left\" or \"right\": the side cars drive on",
        for_what: "which edge faces the traffic",
        set: |s, v| put(&mut s.runner.traffic, side(v)),
    },
    Key {
        section: "runner",
        name: "barometer",
        takes: "true or false",
        for_what: "hills, where the watch is not in our list",
        set: |s, v| put(&mut s.runner.barometer, v.as_bool()),
    },
    Key {
        section: "runner",
        name: "crossfall_percent",
        takes: "percent, 0 to 15, as a phone laid across the road shows it",
        for_what: "the slant of the road you run on",
        set: |s, v| put(&mut s.runner.crossfall_percent, within(v, 0.0, 15.0)),
    },
    Key {
        section: "runner",
        name: "surface",
        takes: "a word like \"road\" or \"trail\"",
        for_what: "what you usually run on",
        set: |s, v| put(&mut s.runner.surface, text(v).map(str::to_owned)),
    },
    Key {
        section: "runner",
        name: "no_running",
        takes: DAY_SPANS,
        for_what: "gaps in the files in which there was no running; they are not asked about again",
        set: |s, v| day_spans(v).map(|d| s.runner.no_running = d).ok_or(Wrong),
    },
    Key {
        section: "runner",
        name: "missing_files",
        takes: DAY_SPANS,
        for_what: "days whose runs are missing from the files; nothing is compared with them",
        set: |s, v| day_spans(v).map(|d| s.runner.missing_files = d).ok_or(Wrong),
    },
    Key {
        section: "display",
        name: "units",
        takes: "\"metric\" or \"imperial\"",
        for_what: "distances and paces on pages",
        set: |s, v| text(v).and_then(units).map(|u| s.display.units = u).ok_or(Wrong),
    },
    Key {
        section: "settings",
        name: "time_zone",
        takes: "a zone like \"Europe/Berlin\" or an offset like \"+02:00\"",
        for_what: "which day and week a run belongs to",
        set: |s, v| put(&mut s.time_zone, text(v).and_then(time_zone)),
    },
    Key {
        section: "settings",
        name: "cadence_unit",
        takes: "\"steps\" or \"strides\"",
        for_what: "GPX and TCX files whose cadence does not say what it counts",
        set: |s, v| put(&mut s.cadence_unit, text(v).and_then(cadence_unit)),
    },
];

const ROAD_SIDES: &str =
    "\"left\", \"right\", \"facing-traffic\", \"with-traffic\", \"same-kerb\" or \"mixed\"";
const ROAD_KINDS: &str = "\"road\", \"pavement\" or \"path\"";

const DAY_SPANS: &str = "a list of first and last days like [\"2026-03-01/2026-03-14\"]";

fn day_spans(value: &Value) -> Option<Vec<DaySpan>> {
    value.as_array()?.iter().map(|v| text(v).and_then(day_span)).collect()
}

/// Days from a first to a last, `2026-03-01/2026-03-14` or with `..` between them.
pub fn day_span(word: &str) -> Option<DaySpan> {
    let (first, last) = word.split_once("..").or_else(|| word.split_once('/'))?;
    DaySpan::new(first.trim().parse().ok()?, last.trim().parse().ok()?)
}

fn put<T>(slot: &mut Option<T>, value: Option<T>) -> Result<(), Wrong> {
    *slot = Some(value.ok_or(Wrong)?);
    Ok(())
}

fn text(value: &Value) -> Option<&str> {
    value.as_str()
}

fn within(value: &Value, low: f64, high: f64) -> Option<f64> {
    let number = value.as_float().or_else(|| value.as_integer().map(|i| i as f64))?;
    (low..=high).contains(&number).then_some(number)
}

fn cm(centimeters: f64) -> f64 {
    centimeters / 100.0
}

fn side(value: &Value) -> Option<Side> {
    match text(value)? {
        "left" => Some(Side::Left),
        "right" => Some(Side::Right),
        _ => None,
    }
}

/// A road side by its word.
pub fn road_side(word: &str) -> Option<RoadSide> {
    Some(match word {
        "left" => RoadSide::Left,
        "right" => RoadSide::Right,
        "facing-traffic" => RoadSide::FacingTraffic,
        "with-traffic" => RoadSide::WithTraffic,
        "same-kerb" => RoadSide::SameKerb,
        "mixed" => RoadSide::Mixed,
        _ => return None,
    })
}

/// A kind of road by its word.
pub fn road_kind(word: &str) -> Option<RoadKind> {
    Some(match word {
        "road" => RoadKind::Road,
        "pavement" => RoadKind::Pavement,
        "path" => RoadKind::Path,
        _ => return None,
    })
}

/// Display units by their word.
pub fn units(word: &str) -> Option<Units> {
    match word {
        "metric" => Some(Units::Metric),
        "imperial" => Some(Units::Imperial),
        _ => None,
    }
}

/// A cadence unit by its word.
pub fn cadence_unit(word: &str) -> Option<CadenceUnit> {
    match word {
        "steps" => Some(CadenceUnit::Steps),
        "strides" => Some(CadenceUnit::Strides),
        _ => None,
    }
}

/// A time zone by its name or by an offset like `+02:00`.
pub fn time_zone(word: &str) -> Option<jiff::tz::TimeZone> {
    if let Ok(zone) = jiff::tz::TimeZone::get(word) {
        return Some(zone);
    }
    let (sign, rest) = match word.split_at_checked(1)? {
        ("+", rest) => (1, rest),
        ("-", rest) => (-1, rest),
        _ => return None,
    };
    let (hours, minutes) = rest.split_once(':').unwrap_or((rest, "0"));
    let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
    let whole = (0..=14).contains(&hours) && (0..60).contains(&minutes);
    let seconds = sign * (hours * 3600 + minutes * 60);
    let offset = jiff::tz::Offset::from_seconds(seconds).ok()?;
    whole.then(|| jiff::tz::TimeZone::fixed(offset))
}

/// Finds and reads the profile into the settings; returns its path.
///
/// The place: the one given, else beside the first path or, below the working folder, in a folder
/// above it, else in the working folder, else in the user's configuration folder. The first that
/// exists is read alone.
///
/// # Errors
/// When the given file cannot be read, or a profile says something that is not understood.
pub fn load(
    settings: &mut Settings,
    given: Option<&Path>,
    first: Option<&Path>,
) -> Result<Option<String>> {
    let found = match given {
        Some(path) => Some(path.to_owned()),
        None => places(first).into_iter().find(|p| p.is_file()),
    };
    let Some(path) = found else { return Ok(None) };
    let text = std::fs::read_to_string(&path)
        .with_context(|| format!("cannot read the profile {}", path.display()))?;
    apply(settings, &text).with_context(|| format!("in the profile {}", path.display()))?;
    Ok(Some(lightfoot::intake::told(&path)))
}

fn places(first: Option<&Path>) -> Vec<PathBuf> {
    let mut places = Vec::new();
    let here = std::env::current_dir().ok();
    if let Some(first) = first {
        let folder = if first.is_dir() { Some(first) } else { first.parent() };
        let folder = folder.map(|f| if f.as_os_str().is_empty() { Path::new(".") } else { f });
        places.extend(folder.map(|f| f.join(FILE_NAME)));
        let whole = folder.and_then(|f| f.canonicalize().ok());
        if let (Some(whole), Some(here)) = (whole, &here) {
            let inside = whole.ancestors().skip(1).take_while(|a| a.starts_with(here));
            places.extend(inside.map(|a| a.join(FILE_NAME)));
        }
    }
    places.push(PathBuf::from(FILE_NAME));
    if let Ok(base) = etcetera::choose_base_strategy() {
        use etcetera::BaseStrategy;
        places.push(base.config_dir().join("lightfoot").join(FILE_NAME));
    }
    places
}

/// Reads the text of a profile into the settings.
///
/// # Errors
/// When it is not TOML, or holds an unknown table, an unknown key or a value that does not fit.
pub fn apply(settings: &mut Settings, text: &str) -> Result<()> {
    let table: toml::Table = text.parse().map_err(|e: toml::de::Error| {
        anyhow::anyhow!("this is not TOML: {}", e.to_string().trim_end())
    })?;
    for (section, content) in &table {
        let keys: Vec<&Key> = KEYS.iter().filter(|k| k.section == section).collect();
        if keys.is_empty() {
            return Err(unknown_section(section));
        }
        let Some(content) = content.as_table() else {
            bail!("`{section}` is a table: write [{section}] on a line of its own");
        };
        for (name, value) in content {
            if section == RULES_SECTION && set_rule(settings, name, value)? {
                continue;
            }
            let Some(key) = keys.iter().find(|k| k.name == name) else {
                let rules = RULES.iter().filter(|_| section == RULES_SECTION).map(|r| r.key);
                let names: Vec<&str> = keys.iter().map(|k| k.name).chain(rules).collect();
                bail!("unknown key `{name}` in [{section}]{}", hint(name, &names));
            };
            (key.set)(settings, value).map_err(|_: Wrong| {
                anyhow::anyhow!("`{name}` in [{section}] takes {}, and this is {value}", key.takes)
            })?;
        }
    }
    Ok(())
}

/// Sets a chosen rule; whether there is one of this name.
fn set_rule(settings: &mut Settings, name: &str, value: &Value) -> Result<bool> {
    let Some(rule) = RULES.iter().find(|rule| rule.key == name) else { return Ok(false) };
    let (low, high) = rule.range;
    let Some(number) = within(value, low, high) else {
        bail!("`{name}` in [{RULES_SECTION}] takes a number, {low} to {high}, and this is {value}");
    };
    *(rule.slot)(&mut settings.rules) = number;
    Ok(true)
}

fn unknown_section(section: &str) -> anyhow::Error {
    if let Some(key) = KEYS.iter().find(|k| k.name == section) {
        return anyhow::anyhow!("`{section}` belongs under [{}]", key.section);
    }
    let mut sections: Vec<&str> = KEYS.iter().map(|k| k.section).collect();
    sections.dedup();
    anyhow::anyhow!("unknown table [{section}]{}", hint(section, &sections))
}

fn hint(word: &str, valid: &[&str]) -> String {
    match nearest(word, valid.iter().copied()) {
        Some(near) => format!("; did you mean `{near}`?"),
        None => format!("; it knows {}", valid.join(", ")),
    }
}

#[cfg(test)]
#[path = "profile_tests.rs"]
mod tests;
