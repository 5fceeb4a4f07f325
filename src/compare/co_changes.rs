//! What else changed between two sides: watch, sensors, firmware, format, indoors, and what is noted.

use std::collections::BTreeSet;

use crate::Analysis;
use crate::trend::History;

/// What names one circumstance of a run.
type Name = fn(&Analysis) -> String;

/// Circumstances that are compared by name.
const NAMED: &[(&str, Name)] = &[
    ("Watch", |r| r.meta.epoch.device.clone()),
    ("Source of cadence", |r| r.meta.epoch.cadence.clone()),
    ("Source of contact time and oscillation", |r| r.meta.epoch.dynamics.clone()),
    ("Firmware", |r| r.meta.device.firmware.clone().unwrap_or_default()),
    ("File format", |r| r.meta.format.to_owned()),
    ("Shoe", |r| r.noted.shoe.as_ref().map(|s| s.value.clone()).unwrap_or_default()),
    ("Surface", |r| r.noted.surface.as_ref().map(|s| s.value.clone()).unwrap_or_default()),
    ("Road side", |r| r.noted.road_side.as_ref().map_or("", |s| s.value.words()).to_owned()),
];

/// Share of runs by which running indoors must differ to be named. **chosen**.
const INDOORS_DIFFERS: f64 = 0.25;

/// What differs between two sides, one sentence a circumstance.
pub(super) fn co_changes(history: &History, first: &[usize], second: &[usize]) -> Vec<String> {
    let of = |side: &[usize]| -> Vec<&Analysis> {
        side.iter().filter_map(|r| history.runs.get(*r)).collect()
    };
    let (first, second) = (of(first), of(second));
    if first.is_empty() || second.is_empty() {
        return Vec::new();
    }
    let mut lines: Vec<String> = NAMED
        .iter()
        .filter_map(|(what, name)| {
            let names = |side: &[&Analysis]| -> BTreeSet<String> {
                side.iter().map(|r| name(r)).filter(|n| !n.is_empty()).collect()
            };
            let (a, b) = (names(&first), names(&second));
            (a != b).then(|| format!("{what}: {}, then {}.", listed(&a), listed(&b)))
        })
        .collect();
    let indoors = |side: &[&Analysis]| {
        side.iter().filter(|r| r.meta.indoor).count() as f64 / side.len() as f64
    };
    let (a, b) = (indoors(&first), indoors(&second));
    if (a - b).abs() >= INDOORS_DIFFERS {
        lines.push(format!(
            "Indoors: {} of the runs, then {}.",
            crate::quantities::share(a),
            crate::quantities::share(b)
        ));
    }
    lines
}

fn listed(names: &BTreeSet<String>) -> String {
    if names.is_empty() {
        return "none".to_owned();
    }
    names.iter().map(String::as_str).collect::<Vec<_>>().join(" and ")
}
