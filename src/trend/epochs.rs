//! Runs that may be compared: one watch, one source of cadence, one source of dynamics.

use std::collections::BTreeMap;

use super::Epoch;
use crate::Analysis;
use crate::activity::DeviceEpoch;
use crate::segment::Dynamics;

/// Cuts runs (in order) at device changes: epochs in order of first use, and the epoch of each
/// run. A run without dynamics joins the epoch of the same watch and cadence source that it lies
/// in: it has nothing that the dynamics sensor could have changed.
pub fn epochs(runs: &[Analysis]) -> (Vec<Epoch>, Vec<usize>) {
    let keys: Vec<DeviceEpoch> = runs.iter().map(key).collect();
    let keys = join_runs_without_dynamics(keys);
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
    let mut key = run.meta.epoch.clone();
    if key.device.is_empty() || key.device == "unknown device" {
        key.device = format!("unknown device ({})", run.meta.format);
    }
    key
}

fn join_runs_without_dynamics(mut keys: Vec<DeviceEpoch>) -> Vec<DeviceEpoch> {
    let mut by_watch: BTreeMap<(String, String), Vec<usize>> = BTreeMap::new();
    for (run, key) in keys.iter().enumerate() {
        by_watch.entry((key.device.clone(), key.cadence.clone())).or_default().push(run);
    }
    for members in by_watch.values() {
        let mut current = members
            .iter()
            .filter_map(|m| keys.get(*m))
            .find(|k| !k.dynamics.is_empty())
            .map(|k| k.dynamics.clone());
        for member in members {
            let Some(key) = keys.get_mut(*member) else { continue };
            if !key.dynamics.is_empty() {
                current = Some(key.dynamics.clone());
            } else if let Some(dynamics) = &current {
                key.dynamics.clone_from(dynamics);
            }
        }
    }
    keys
}

/// The device's name alone where that tells epochs apart, else with what differs.
fn labels(keys: &[&DeviceEpoch]) -> Vec<String> {
    let same = |a: &DeviceEpoch| keys.iter().filter(|k| k.device == a.device).count();
    keys.iter()
        .map(|key| {
            if same(key) == 1 {
                return key.device.clone();
            }
            let dynamics = match key.dynamics.as_str() {
                "" => String::new(),
                dynamics => format!(", dynamics from {dynamics}"),
            };
            format!("{} (cadence from {}{dynamics})", key.device, key.cadence)
        })
        .collect()
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
