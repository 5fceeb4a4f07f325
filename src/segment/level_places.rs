//! Level places of a run with their slope, so that many runs can show whether a watch's slopes
//! repeat. A place is a number made from its position by a one-way mixing and kept in memory only:
//! no position can be read back from it, and it is never written.

use crate::activity::{Activity, Channel};
use crate::units::{Grade, Quantity};

/// Side of a place, m: about the window that slopes are measured over. **chosen**: with the 60 m
/// of the slope itself a place speaks for about 80 m (`real-data` part 1, rule 10).
const SIDE_M: f64 = 50.0;
/// Metres of a degree of latitude.
const DEGREE_M: f64 = 111_195.08;
/// Steepest slope that is a level place. Source: `real-data` part 1, section 5 (level, below 2 %).
const LEVEL: f64 = 0.02;
/// Ticks that a pass needs. **chosen**.
const FEWEST_TICKS: u32 = 3;
/// Stored slopes are whole ten-thousandths.
const STEPS: f64 = 10_000.0;

/// A level place that a run passed, and its slope there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LevelPlace {
    /// Which place, and along which axis it was passed.
    place: u32,
    /// Slope towards the north-east half of the axis, in ten-thousandths.
    slope: i16,
}

impl LevelPlace {
    /// A place by its mixed number, with its slope as rise over run.
    pub fn new(place: u32, slope: f64) -> Self {
        Self { place, slope: (slope * STEPS).clamp(-3e4, 3e4).round() as i16 }
    }

    /// Which place.
    pub fn place(self) -> u32 {
        self.place
    }

    /// Slope, rise over run.
    pub fn slope(self) -> f64 {
        f64::from(self.slope) / STEPS
    }
}

/// A pass through one square.
#[derive(Clone, Copy)]
struct Pass {
    square: (i32, i32),
    first: (f64, f64),
    last: (f64, f64),
    sum: f64,
    ticks: u32,
}

impl Pass {
    /// The place, if the pass was long enough, level and had a direction.
    fn place(&self) -> Option<LevelPlace> {
        let (north, east) = (self.last.0 - self.first.0, self.last.1 - self.first.1);
        let slope = self.sum / f64::from(self.ticks.max(1));
        if self.ticks < FEWEST_TICKS || slope.abs() > LEVEL || (north == 0.0 && east == 0.0) {
            return None;
        }
        // Both ways along one road are one axis; roads that cross are two.
        let axis = if north.abs() > east.abs() { 0 } else { 1 };
        let forwards = if axis == 0 { north > 0.0 } else { east > 0.0 };
        let slope = if forwards { slope } else { -slope };
        Some(LevelPlace::new(mixed(self.square, axis), slope))
    }
}

/// The level places of a run, each once, in the order of their numbers.
pub(super) fn level_places(activity: &Activity, grade: Option<&Channel<Grade>>) -> Vec<LevelPlace> {
    let c = &activity.channels;
    let (Some(grade), Some(lat), Some(lon)) = (grade, &c.latitude, &c.longitude) else {
        return Vec::new();
    };
    let mut places = Vec::new();
    let mut open: Option<Pass> = None;
    let mut parallel = Parallel::default();
    for (i, slope) in grade.iter().enumerate() {
        let at = slope.zip(lat.get(i).zip(lon.get(i)));
        let Some((slope, (lat, lon))) = at else {
            places.extend(open.take().and_then(|pass| pass.place()));
            continue;
        };
        let at = parallel.metres(lat.value(), lon.value());
        let square = (below(at.0 / SIDE_M), below(at.1 / SIDE_M));
        match &mut open {
            Some(pass) if pass.square == square => {
                pass.last = at;
                pass.sum += slope.value();
                pass.ticks += 1;
            }
            _ => {
                let fresh = Pass { square, first: at, last: at, sum: slope.value(), ticks: 1 };
                places.extend(open.replace(fresh).and_then(|pass| pass.place()));
            }
        }
    }
    places.extend(open.and_then(|pass| pass.place()));
    places.sort_unstable();
    places.dedup_by_key(|p| p.place);
    places
}

/// The whole number at or below this one, without a call into the mathematics library.
#[inline]
fn below(value: f64) -> i32 {
    let whole = value as i32;
    whole.saturating_sub(i32::from(f64::from(whole) > value))
}

/// Metres on the globe by parallels of whole degrees, the same for every run.
#[derive(Default)]
struct Parallel {
    degree: Option<f64>,
    shrink: f64,
}

impl Parallel {
    fn metres(&mut self, lat: f64, lon: f64) -> (f64, f64) {
        if self.degree.is_none_or(|degree| (lat - degree).abs() >= 0.5) {
            let degree = lat.round();
            self.degree = Some(degree);
            self.shrink = degree.to_radians().cos();
        }
        (lat * DEGREE_M, lon * DEGREE_M * self.shrink)
    }
}

/// A square and an axis as one number: the finaliser of SplitMix64, cut to half its bits.
fn mixed(square: (i32, i32), axis: u64) -> u32 {
    let mut x = (u64::from(square.0 as u32) << 32) | u64::from(square.1 as u32);
    x = x.wrapping_mul(3).wrapping_add(axis).wrapping_add(0x9e37_79b9_7f4a_7c15);
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (x ^ (x >> 31)) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn squares_and_parallels_are_told_without_rounding_calls() {
        for value in [-1e12, -2.0, -1.5, -1.0, -0.1, -0.0, 0.0, 0.1, 1.0, 1.5, 2e5, 1e12] {
            assert_eq!(below(value), value.floor() as i32, "{value}");
        }
        let mut parallel = Parallel::default();
        for k in 0..4000 {
            let lat = 40.0 + f64::from(k * 7919 % 4001) / 1000.0;
            let shrink = lat.round().to_radians().cos();
            assert_eq!(parallel.metres(lat, 1.0).1, DEGREE_M * shrink, "{lat}");
        }
    }

    #[test]
    fn both_ways_along_a_road_agree_and_a_crossing_is_another_place() {
        let pass = |first, last, slope: f64| Pass {
            square: (10, 20),
            first,
            last,
            sum: 10.0 * slope,
            ticks: 10,
        };
        let there = pass((0.0, 0.0), (40.0, 5.0), 0.01).place().unwrap();
        let back = pass((40.0, 5.0), (0.0, 0.0), -0.01).place().unwrap();
        assert_eq!(there, back);
        let across = pass((0.0, 0.0), (5.0, 40.0), 0.01).place().unwrap();
        assert_ne!(there.place(), across.place());
        assert!(pass((0.0, 0.0), (40.0, 0.0), 0.05).place().is_none());
    }
}
