//! Runs that cannot be one person's.

use super::duplicates::{SAME_PLACE_M, in_common, median, median_apart_m, shared_s};
use super::trace::Trace;

/// Seconds in two places at once before it is more than a clock that is wrong. **chosen**.
const AT_ONCE_S: f64 = 300.0;
/// Beats by which the minutes of two devices on one person may differ in the median. **chosen**:
/// wrist and strap differ by a few, optical errors do not last most of a run.
const ONE_HEART_BPM: f64 = 12.0;
/// Share by which the cadences of two devices on one person may differ in the median. **chosen**:
/// wrist and foot pod agree within a hundredth.
const ONE_CADENCE_SHARE: f64 = 0.04;
/// Height difference that counts as a contradiction, and one that is as good as two, metres.
/// **chosen**: adults do not change, profiles are rounded or guessed.
const HEIGHT_M: (f64, f64) = (0.05, 0.12);
/// Mass difference as a share of the heavier. **chosen**: a sixth is a large change in a
/// lifetime of runs, two fifths is another person.
const MASS_SHARE: (f64, f64) = (0.17, 0.4);
/// Contradictions from which two profiles are two people: one alone may be a default that was
/// never set or a typing error. **chosen**.
const CONTRADICTIONS: u32 = 2;

/// Why runs cannot be one person's, with the two files that show it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "these runs cannot all be one person's: {first} and {second} {why}; \
     give one folder per person"
)]
pub struct TwoPeople {
    /// One file.
    pub first: String,
    /// The other.
    pub second: String,
    /// What shows it, in words that follow the two names.
    pub why: String,
}

/// The first contradiction among the runs, in the order of their start; `None` when they can be
/// one person's.
pub fn two_people<'a>(traces: impl IntoIterator<Item = &'a Trace>) -> Option<TwoPeople> {
    let mut sorted: Vec<&Trace> = traces.into_iter().collect();
    sorted.sort_by(|a, b| (a.start_ms, &a.file, a.part).cmp(&(b.start_ms, &b.file, b.part)));
    for (at, a) in sorted.iter().enumerate() {
        for b in sorted.iter().skip(at + 1).take_while(|b| b.start_ms <= a.end_ms) {
            if let Some(why) = at_once(a, b) {
                return Some(TwoPeople { first: a.label(), second: b.label(), why });
            }
        }
    }
    contradicting_profiles(&sorted)
}

/// Whether two recordings of the same time show two people.
pub(super) fn two_at_once(a: &Trace, b: &Trace) -> bool {
    at_once(a, b).is_some()
}

fn at_once(a: &Trace, b: &Trace) -> Option<String> {
    if a.file == b.file || shared_s(a, b) < AT_ONCE_S || one_device(a, b) {
        return None;
    }
    let minutes = shared_s(a, b) / 60.0;
    if let Some(apart) = median_apart_m(a, b, 0).filter(|apart| *apart > SAME_PLACE_M) {
        let apart = if apart < 1000.0 {
            format!("{apart:.0} m")
        } else {
            format!("{:.1} km", apart / 1000.0)
        };
        return Some(format!("overlap for {minutes:.0} minutes {apart} apart"));
    }
    if contradictions(a, b) >= CONTRADICTIONS {
        return Some("overlap in time and carry different user profiles".to_owned());
    }
    if !two_devices(a, b) {
        return None;
    }
    let hearts = in_common(a, b, 0, |m| m.heart_rate).map(|(x, y)| (x - y).abs()).collect();
    if let Some(beats) = median(hearts).filter(|beats| *beats > ONE_HEART_BPM) {
        return Some(format!(
            "overlap in time on two devices with heart rates {beats:.0} beats apart"
        ));
    }
    let steps = in_common(a, b, 0, |m| m.cadence).map(|(x, y)| cadence_share(x, y)).collect();
    median(steps)
        .filter(|share| *share > ONE_CADENCE_SHARE)
        .map(|_| "overlap in time on two devices with different cadences".to_owned())
}

/// Share by which two cadences differ, where one may count one leg and the other both.
fn cadence_share(x: f64, y: f64) -> f64 {
    let (low, high) = (x.min(y), x.max(y));
    let same = (high - low) / high;
    let one_leg = (high - (low + low)).abs() / high;
    same.min(one_leg)
}

fn one_device(a: &Trace, b: &Trace) -> bool {
    a.device.serial.is_some() && a.device.serial == b.device.serial
}

/// Whether both devices are known and differ.
fn two_devices(a: &Trace, b: &Trace) -> bool {
    let differ = |x: Option<&u32>, y: Option<&u32>| x.is_some() && y.is_some() && x != y;
    if differ(a.device.serial.as_ref(), b.device.serial.as_ref()) {
        return true;
    }
    let product = |t: &Trace| t.device.product.map(|p| (t.device.manufacturer.clone(), p));
    matches!((product(a), product(b)), (Some(x), Some(y)) if x != y)
}

/// Compares each distinct profile with those before it. On one device a changed profile is a
/// correction by its owner.
fn contradicting_profiles(sorted: &[&Trace]) -> Option<TwoPeople> {
    let mut profiles: Vec<Profile<'_>> = Vec::new();
    for trace in sorted {
        let same = |p: &Profile<'_>| same_but_for_mass(p.lightest, trace);
        let own = profiles.iter().position(same);
        if own.and_then(|own| profiles.get(own)).is_some_and(|own| own.holds(trace)) {
            continue;
        }
        let contradicts =
            |d: &&Trace| !one_device(d, trace) && contradictions(d, trace) >= CONTRADICTIONS;
        let mut others = profiles.iter().flat_map(|p| [p.lightest, p.heaviest]);
        if let Some(other) = others.find(contradicts) {
            return Some(TwoPeople {
                first: other.label(),
                second: trace.label(),
                why: differences(other, trace),
            });
        }
        match own.and_then(|own| profiles.get_mut(own)) {
            Some(own) => own.widen(trace),
            None => profiles.push(Profile { lightest: trace, heaviest: trace }),
        }
    }
    None
}

/// One profile of one device with the masses it had: weights may change with every run, and the
/// two furthest speak for those between.
struct Profile<'t> {
    lightest: &'t Trace,
    heaviest: &'t Trace,
}

impl<'t> Profile<'t> {
    fn holds(&self, trace: &Trace) -> bool {
        let mass = trace.runner.mass_kg;
        self.lightest.runner.mass_kg <= mass && mass <= self.heaviest.runner.mass_kg
    }

    fn widen(&mut self, trace: &'t Trace) {
        if trace.runner.mass_kg < self.lightest.runner.mass_kg {
            self.lightest = trace;
        } else {
            self.heaviest = trace;
        }
    }
}

/// Whether two profiles on one device differ in nothing that contradicts but the mass.
fn same_but_for_mass(a: &Trace, b: &Trace) -> bool {
    a.device.serial == b.device.serial
        && a.runner.gender == b.runner.gender
        && a.runner.height_m == b.runner.height_m
        && a.runner.mass_kg.is_some() == b.runner.mass_kg.is_some()
}

fn grade(difference: f64, (one, two): (f64, f64)) -> u32 {
    u32::from(difference > one) + u32::from(difference > two)
}

fn mass_share(a: f64, b: f64) -> f64 {
    (a - b).abs() / a.max(b)
}

/// How strongly two user profiles contradict each other.
fn contradictions(a: &Trace, b: &Trace) -> u32 {
    let (a, b) = (&a.runner, &b.runner);
    let gender = matches!((a.gender, b.gender), (Some(x), Some(y)) if x != y);
    let height = a.height_m.zip(b.height_m).map_or(0, |(x, y)| grade((x - y).abs(), HEIGHT_M));
    let mass = a.mass_kg.zip(b.mass_kg).map_or(0, |(x, y)| grade(mass_share(x, y), MASS_SHARE));
    u32::from(gender) + height + mass
}

/// The contradictions in words.
fn differences(a: &Trace, b: &Trace) -> String {
    let (a, b) = (&a.runner, &b.runner);
    let mut parts = Vec::new();
    if let (Some(x), Some(y)) = (a.height_m, b.height_m)
        && grade((x - y).abs(), HEIGHT_M) > 0
    {
        parts.push(format!("height {x:.2} m and {y:.2} m"));
    }
    if let (Some(x), Some(y)) = (a.mass_kg, b.mass_kg)
        && grade(mass_share(x, y), MASS_SHARE) > 0
    {
        parts.push(format!("mass {x:.0} kg and {y:.0} kg"));
    }
    if let (Some(x), Some(y)) = (a.gender, b.gender)
        && x != y
    {
        parts.push(format!("gender {x} and {y}"));
    }
    format!("carry different user profiles ({})", parts.join(", "))
}

#[cfg(test)]
#[path = "people_tests.rs"]
mod tests;
