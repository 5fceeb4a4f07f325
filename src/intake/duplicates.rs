//! The same run from two files, formats, devices or services.

use std::borrow::Borrow;

use super::minutes::{MINUTE_MS, Minute};
use super::people::two_at_once;
use super::trace::Trace;
use crate::activity::great_circle_m;

/// Share of the longer recording that both must cover. **chosen**: two devices are started and
/// stopped within a few minutes of each other.
const SHARED_TIME: f64 = 0.8;
/// Metres within which two devices of one runner stand at the same minute. **chosen**: metres of
/// position error, and seconds of difference between the clocks at running speed.
pub(super) const SAME_PLACE_M: f64 = 200.0;
/// Minutes in common from which positions, heart rates or cadences are compared. **chosen**.
pub(super) const COMMON_MINUTES: usize = 3;
/// How far two distances of one run may lie apart where positions agree. **chosen**: phones and
/// watches differ by up to a tenth.
const DISTANCE_SHARE: f64 = 0.15;
/// The same where positions cannot be compared: on a treadmill wrist and foot pod differ more.
/// **chosen**.
const INDOOR_DISTANCE_SHARE: f64 = 0.25;
/// Seconds between the starts of a recording and its truncated or trimmed copy. **chosen**.
const COPY_START_S: f64 = 5.0;
/// Seconds within which start (less whole quarters of an hour) and duration of a copy with
/// another time zone agree. **chosen**.
const ZONE_COPY_S: f64 = 2.0;
/// Common minutes for a copy with another time zone: a daily round is not the same to the second
/// and to the place. **chosen**.
const ZONE_MINUTES: usize = 8;
/// How near heart rates or cadences of a minute lie in a copy. **chosen**: formats round them, and
/// two runs of one round differ by more in some minute.
const SAME_BODY: f64 = 1.0;
/// Quarters of an hour in a day.
const DAY_QUARTERS: i64 = 96;
/// Zones differ by whole quarters of an hour, up to 26 hours.
const QUARTER_MS: i64 = 900_000;
const WIDEST_ZONES_MS: i64 = 26 * 3_600_000;

/// For each trace the index of the one to keep in its place; `None` for those that are kept.
///
/// Of the same run the one is kept that covers it, has most channels, comes in the fuller format
/// (FIT, TCX, GPX), has most records, and last by name: the same answer for any order of files.
pub fn duplicates<T: Borrow<Trace>>(traces: &[T]) -> Vec<Option<usize>> {
    let traces: Vec<&Trace> = traces.iter().map(Borrow::borrow).collect();
    among(&traces)
}

fn among(traces: &[&Trace]) -> Vec<Option<usize>> {
    let mut order: Vec<usize> = (0..traces.len()).collect();
    order.sort_by_key(|i| traces.get(*i).map(|t| t.start_ms));
    let mut groups = Groups::alone(traces.len());
    for (at, &i) in order.iter().enumerate() {
        let Some(first) = traces.get(i) else { continue };
        for &j in order.iter().skip(at + 1) {
            let Some(second) = traces.get(j) else { continue };
            let reach = first.end_ms.max(first.start_ms.saturating_add(WIDEST_ZONES_MS));
            if second.start_ms > reach {
                break;
            }
            if same_run(first, second) {
                groups.join(traces, i, j);
            }
        }
    }
    let mut kept_instead = vec![None; traces.len()];
    for members in groups.members.iter().filter(|members| members.len() > 1) {
        let kept = richest(traces, members);
        for i in members.iter().filter(|i| kept != Some(**i)) {
            if let Some(slot) = kept_instead.get_mut(*i) {
                *slot = kept;
            }
        }
    }
    kept_instead
}

/// Which traces are of one run.
struct Groups {
    /// Group of each trace.
    of: Vec<usize>,
    /// Traces of each group.
    members: Vec<Vec<usize>>,
}

impl Groups {
    /// Each trace by itself.
    fn alone(count: usize) -> Self {
        Self { of: (0..count).collect(), members: (0..count).map(|i| vec![i]).collect() }
    }

    /// Makes two groups one, unless two parts of one file would meet in it: a file that covers two
    /// legs is a copy of neither.
    fn join(&mut self, traces: &[&Trace], i: usize, j: usize) {
        let (Some(&a), Some(&b)) = (self.of.get(i), self.of.get(j)) else { return };
        let files = |group: usize| {
            let members = self.members.get(group).into_iter().flatten();
            members.filter_map(|i| traces.get(*i)).map(|trace| trace.file.as_str())
        };
        if a == b || files(a).any(|file| files(b).any(|other| other == file)) {
            return;
        }
        let moved = self.members.get_mut(b).map(std::mem::take).unwrap_or_default();
        for i in &moved {
            if let Some(group) = self.of.get_mut(*i) {
                *group = a;
            }
        }
        if let Some(members) = self.members.get_mut(a) {
            members.extend(moved);
        }
    }
}

fn richest(traces: &[&Trace], members: &[usize]) -> Option<usize> {
    let of = |i: &usize| traces.get(*i).copied();
    let longest = members.iter().filter_map(of).map(Trace::duration_s).fold(0.0, f64::max);
    members.iter().copied().min_by(|a, b| {
        let rank = |i: &usize| {
            of(i).map(|t| {
                let covers = t.duration_s() >= SHARED_TIME * longest;
                // Smaller is better: negate what should be large.
                (!covers, usize::MAX - t.channels, format_rank(t.format), usize::MAX - t.records)
            })
        };
        let name = |i: &usize| of(i).map(|t| (t.file.as_str(), t.part));
        rank(a).cmp(&rank(b)).then_with(|| name(a).cmp(&name(b)))
    })
}

/// How much a format can say: FIT more than TCX, TCX more than GPX.
fn format_rank(format: &str) -> u8 {
    match format {
        "FIT" => 0,
        "TCX" => 1,
        _ => 2,
    }
}

/// Whether two recordings are of the same run of the same person.
pub fn same_run(a: &Trace, b: &Trace) -> bool {
    // Parts of one file are legs or laps of one sitting, never copies of each other.
    if a.file == b.file || two_at_once(a, b) {
        return false;
    }
    same_time(a, b) || copy_in_another_zone(a, b)
}

fn same_time(a: &Trace, b: &Trace) -> bool {
    let shared = shared_s(a, b);
    let (longer, shorter) =
        (a.duration_s().max(b.duration_s()), a.duration_s().min(b.duration_s()));
    if shared <= 0.0 {
        return false;
    }
    let starts_s = a.start_ms.abs_diff(b.start_ms) as f64 / 1000.0;
    let place = median_apart_m(a, b, 0);
    if shared >= SHARED_TIME * longer {
        return match place {
            Some(apart) => apart <= SAME_PLACE_M && similar_distance(a, b, DISTANCE_SHARE),
            None => similar_distance(a, b, INDOOR_DISTANCE_SHARE),
        };
    }
    let inside = shared >= SHARED_TIME * shorter;
    let one_device = a.device.serial.is_some() && a.device.serial == b.device.serial;
    // A truncated or trimmed copy begins with the other and lies inside it; a piece of a split
    // recording lies anywhere inside, and only the device's number says that it is one.
    let begins_together = starts_s <= COPY_START_S;
    inside
        && (begins_together || one_device)
        && place.map_or(one_device, |apart| apart <= SAME_PLACE_M)
}

/// The same recording with its times shifted by whole quarters of an hour: local time labelled
/// as UTC, or a zone changed on the way.
fn copy_in_another_zone(a: &Trace, b: &Trace) -> bool {
    let shift = b.start_ms.saturating_sub(a.start_ms);
    let quarters = (shift as f64 / QUARTER_MS as f64).round() as i64;
    let rest_s = shift.abs_diff(quarters.saturating_mul(QUARTER_MS)) as f64 / 1000.0;
    if quarters == 0
        || shift.saturating_abs() > WIDEST_ZONES_MS
        || rest_s > ZONE_COPY_S
        || (a.duration_s() - b.duration_s()).abs() > ZONE_COPY_S
    {
        return false;
    }
    let minutes = quarters.saturating_mul(QUARTER_MS / MINUTE_MS);
    let apart = aparts_m(a, b, minutes);
    apart.len() >= ZONE_MINUTES
        && apart.iter().all(|m| *m <= SAME_PLACE_M)
        // The round before breakfast begins a day later, to the second where a watch is set to.
        && (quarters % DAY_QUARTERS != 0 || same_body(a, b, minutes))
}

/// Whether heart rate or cadence is the same in every minute that both have, and neither differs:
/// two runs of one round take the same places but not the same heartbeats.
fn same_body(a: &Trace, b: &Trace, shift: i64) -> bool {
    let agree = |pick: fn(&Minute) -> Option<f64>| {
        let mut pairs = 0;
        let all = in_common(a, b, shift, pick).all(|(x, y)| {
            pairs += 1;
            (x - y).abs() <= SAME_BODY
        });
        (all, pairs >= ZONE_MINUTES)
    };
    let (heart, beats) = agree(|m| m.heart_rate);
    let (cadence, steps) = agree(|m| m.cadence);
    heart && cadence && (beats || steps)
}

/// Seconds that two recordings share.
pub(super) fn shared_s(a: &Trace, b: &Trace) -> f64 {
    let (from, to) = (a.start_ms.max(b.start_ms), a.end_ms.min(b.end_ms));
    (to.saturating_sub(from)).max(0) as f64 / 1000.0
}

fn similar_distance(a: &Trace, b: &Trace, share: f64) -> bool {
    match (a.distance_m, b.distance_m) {
        (Some(x), Some(y)) => (x - y).abs() <= share * x.max(y),
        _ => true,
    }
}

/// Pairs of one value in the minutes that both recordings have, the second's shifted.
pub(super) fn in_common<'t, T: Copy + 't>(
    a: &'t Trace,
    b: &'t Trace,
    shift: i64,
    pick: impl Fn(&Minute) -> Option<T> + 't,
) -> impl Iterator<Item = (T, T)> + 't {
    let mut others = b.minutes.iter().peekable();
    a.minutes.iter().filter_map(move |(number, minute)| {
        let wanted = number.saturating_add(shift);
        while others.next_if(|(other, _)| *other < wanted).is_some() {}
        let (_, other) = others.next_if(|(other, _)| *other == wanted)?;
        Some((pick(&minute)?, pick(&other)?))
    })
}

fn aparts_m(a: &Trace, b: &Trace, shift: i64) -> Vec<f64> {
    in_common(a, b, shift, |m| m.place).map(|(x, y)| great_circle_m(x, y)).collect()
}

/// Median distance between the positions of the minutes in common, `None` with too few.
pub(super) fn median_apart_m(a: &Trace, b: &Trace, shift: i64) -> Option<f64> {
    median(aparts_m(a, b, shift))
}

/// Median of at least [`COMMON_MINUTES`] values.
pub(super) fn median(mut values: Vec<f64>) -> Option<f64> {
    let middle = values.len() / 2;
    (values.len() >= COMMON_MINUTES)
        .then(|| *values.select_nth_unstable_by(middle, f64::total_cmp).1)
}

#[cfg(test)]
#[path = "duplicates_tests.rs"]
pub(super) mod tests;
