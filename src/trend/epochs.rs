//! Runs that may be compared: one watch, one source of cadence, one source of dynamics.

use std::collections::BTreeMap;

use super::Epoch;
use crate::Analysis;
use crate::activity::DeviceEpoch;
use crate::segment::Dynamics;

/// Cuts runs (in order) at device changes: epochs in order of first use, and the epoch of each
/// run. A run without cadence or dynamics joins the epoch of the same watch that it lies in: it
/// has nothing that the sensor could have changed.
pub fn epochs(runs: &[Analysis]) -> (Vec<Epoch>, Vec<usize>) {
    let mut keys: Vec<DeviceEpoch> = runs.iter().map(key).collect();
    join(&mut keys, |k| (k.device.clone(), String::new()), |k| &mut k.cadence);
    join(&mut keys, |k| (k.device.clone(), k.cadence.clone()), |k| &mut k.dynamics);
    let mut index: BTreeMap<&DeviceEpoch, usize> = BTreeMap::new();
    let mut found: Vec<(&DeviceEpoch, Vec<usize>)> = Vec::new();
    let mut epoch_of = Vec::with_capacity(runs.len());
    for (run, key) in keys.iter().enumerate() {
        let epoch = *index.entry(key).or_insert_with(|| {
            found.push((key, Vec::new()));
            found.len() - 1
        });
        if let Some((_, members)) = found.get_mut(epoch) {
            members.push(run);
        }
        epoch_of.push(epoch);
    }
    let labels = labels(&found.iter().map(|(key, _)| *key).collect::<Vec<_>>());
    let epochs = found
        .into_iter()
        .zip(labels)
        .map(|((_, members), label)| Epoch {
            label,
            dynamics: majority(members.iter().filter_map(|r| runs.get(*r)).map(|r| r.dynamics)),
            runs: members,
        })
        .collect();
    (epochs, epoch_of)
}

/// A file that names no device is an epoch of its format: an export of a watch without its
/// identity must not be mixed with the watch.
fn key(run: &Analysis) -> DeviceEpoch {
    let mut key = DeviceEpoch::clone(&run.meta.epoch);
    if key.device.is_empty() || key.device == "unknown device" {
        key.device = format!("unknown device ({})", run.meta.format);
    }
    key
}

/// Gives a source that a run does not have the name that the runs of the same group around it
/// have: the one before, else the first one known.
fn join(
    keys: &mut [DeviceEpoch],
    group: fn(&DeviceEpoch) -> (String, String),
    source: fn(&mut DeviceEpoch) -> &mut String,
) {
    let mut groups: BTreeMap<(String, String), Vec<usize>> = BTreeMap::new();
    for (run, key) in keys.iter().enumerate() {
        groups.entry(group(key)).or_default().push(run);
    }
    for members in groups.values() {
        let mut known = members.iter().filter_map(|m| keys.get(*m).cloned());
        let mut current =
            known.find_map(|mut k| Some(source(&mut k).clone()).filter(|s| !s.is_empty()));
        for member in members {
            let Some(own) = keys.get_mut(*member).map(source) else { continue };
            if !own.is_empty() {
                current = Some(own.clone());
            } else if let Some(current) = &current {
                own.clone_from(current);
            }
        }
    }
}

/// The device's name alone where that tells epochs apart, else with what differs.
fn labels(keys: &[&DeviceEpoch]) -> Vec<String> {
    let same = |a: &DeviceEpoch| keys.iter().filter(|k| k.device == a.device).count();
    keys.iter()
        .map(|key| {
            if same(key) == 1 {
                return key.device.clone();
            }
            let sources = [("cadence", &key.cadence), ("dynamics", &key.dynamics)];
            let said: Vec<String> = sources
                .into_iter()
                .filter(|(_, source)| !source.is_empty())
                .map(|(what, source)| format!("{what} from {}", spoken(source)))
                .collect();
            match said.is_empty() {
                true => format!("{} (no cadence)", key.device),
                false => format!("{} ({})", key.device, said.join(", ")),
            }
        })
        .collect()
}

/// A source for a reader: an application that is only known by its 32-digit identifier has no name.
fn spoken(source: &str) -> &str {
    let nameless = source.len() == 32 && source.chars().all(|c| c.is_ascii_hexdigit());
    if nameless { "a connected app" } else { source }
}

/// What most judged runs say; `NotKnown` where none could be judged but some have dynamics.
fn majority(of: impl Iterator<Item = Dynamics>) -> Dynamics {
    let (mut measured, mut estimated, mut unknown) = (0_usize, 0_usize, 0_usize);
    for dynamics in of {
        match dynamics {
            Dynamics::Measured => measured += 1,
            Dynamics::Estimated => estimated += 1,
            Dynamics::NotKnown => unknown += 1,
            Dynamics::None => {}
        }
    }
    match (measured, estimated, unknown) {
        (0, 0, 0) => Dynamics::None,
        (0, 0, _) => Dynamics::NotKnown,
        (m, e, _) if m > e => Dynamics::Measured,
        _ => Dynamics::Estimated,
    }
}
