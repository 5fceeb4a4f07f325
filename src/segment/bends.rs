//! The path seen from above: heading over a 30 m base, curvature over a 30 m difference.

use std::f64::consts::{PI, TAU};

use super::grid::{CELL_M, Grid};
use crate::activity::{Activity, Channel, EARTH_RADIUS_M, Origin};
use crate::units::{Curvature, Quantity};

/// Half the heading's base in cells: 30 m in all. Source: `real-data` part 1, rule 7.
const BASE_CELLS: usize = 3;
/// Half the difference of headings in cells: 30 m in all, exact on ideal laps. Source: as above.
const DIFFERENCE_CELLS: usize = 3;
/// Longest stretch without a position that is bridged. **chosen**: two heading bases.
const WIDEST_GAP_M: f64 = 60.0;

/// A run's path on its grid: metres east and north of its first position.
#[derive(Clone, Debug)]
pub struct Path {
    /// Metres east, NaN where the path is not known.
    pub(super) east_m: Vec<f64>,
    /// Metres north.
    pub(super) north_m: Vec<f64>,
    /// Heading in radians anticlockwise from east, unwrapped.
    pub(super) heading: Vec<f64>,
    /// Curvature in 1/m, positive anticlockwise.
    pub(super) curvature: Vec<f64>,
}

impl Path {
    /// Lays the positions out; `None` without usable ones.
    pub(super) fn over(activity: &Activity, grid: &Grid) -> Option<Self> {
        let latitude = activity.channels.latitude.as_ref()?;
        let longitude = activity.channels.longitude.as_ref()?;
        let distance = activity.channels.distance.as_ref()?;
        let both = || latitude.iter().zip(longitude.iter()).map(|(a, o)| Some((a?.0, o?.0)));
        let (lat0, lon0) = both().flatten().next()?;
        let shrink = lat0.to_radians().cos();
        let metres = both().map(|p| {
            p.map(|(lat, lon)| {
                let turn = full_turn(lon - lon0 + 180.0) - 180.0;
                let east_m = EARTH_RADIUS_M * shrink * turn.to_radians();
                [east_m, EARTH_RADIUS_M * (lat - lat0).to_radians()]
            })
        });
        let [east_m, north_m] = grid.lay(distance, metres, WIDEST_GAP_M);
        Self::from_cells(east_m, north_m)
    }

    /// Headings and curvature of cells 5 m apart.
    pub(super) fn from_cells(east_m: Vec<f64>, north_m: Vec<f64>) -> Option<Self> {
        let heading = headings(&east_m, &north_m);
        if heading.iter().filter(|h| h.is_finite()).count() < 2 * DIFFERENCE_CELLS + 1 {
            return None;
        }
        let mut curvature = vec![f64::NAN; heading.len()];
        let full = 2 * DIFFERENCE_CELLS;
        let run_m = full as f64 * CELL_M;
        for (out, window) in
            curvature.iter_mut().skip(DIFFERENCE_CELLS).zip(heading.windows(full + 1))
        {
            if let (Some(a), Some(b)) = (window.first(), window.last()) {
                *out = (b - a) / run_m;
            }
        }
        Some(Self { east_m, north_m, heading, curvature })
    }

    /// Curvature at each tick.
    pub(super) fn curvature_channel(&self, activity: &Activity, grid: &Grid) -> Channel<Curvature> {
        let origin = Origin::Derived {
            method: "change of heading over 30 m, headings over a base of 30 m".to_owned(),
        };
        match &activity.channels.distance {
            Some(distance) => Channel::new(
                grid.at_ticks::<Curvature>(distance, &self.curvature)
                    .map(|c| c.map(Quantity::value)),
                origin,
            ),
            None => Channel::new((0..activity.clock.len()).map(|_| None), origin),
        }
    }

    /// Position of a cell in metres, `None` where it is not known.
    #[inline]
    pub(super) fn position(&self, cell: usize) -> Option<(f64, f64)> {
        let (e, n) = (*self.east_m.get(cell)?, *self.north_m.get(cell)?);
        (e.is_finite() && n.is_finite()).then_some((e, n))
    }
}

/// Headings over a base of 30 m, unwrapped; a gap does not turn.
fn headings(east_m: &[f64], north_m: &[f64]) -> Vec<f64> {
    let full = 2 * BASE_CELLS + 1;
    let mut headings = vec![f64::NAN; east_m.len()];
    let (mut before, mut unwrapped): (Option<f64>, f64) = (None, 0.0);
    let windows = east_m.windows(full).zip(north_m.windows(full));
    for (out, (e, n)) in headings.iter_mut().skip(BASE_CELLS).zip(windows) {
        let (Some(e0), Some(e1), Some(n0), Some(n1)) = (e.first(), e.last(), n.first(), n.last())
        else {
            continue;
        };
        let (de, dn) = (e1 - e0, n1 - n0);
        // A base that hardly moved (a turn on the spot) has no heading of its own.
        let moved_m2 = de * de + dn * dn;
        if moved_m2.is_nan() || moved_m2 < 1.0 {
            continue;
        }
        let raw = dn.atan2(de);
        unwrapped = match before {
            Some(previous) => unwrapped + wrap(raw - previous),
            None => raw,
        };
        before = Some(raw);
        *out = unwrapped;
    }
    headings
}

/// An angle in degrees brought into 0..360, where it nearly always is.
#[inline]
fn full_turn(degrees: f64) -> f64 {
    if (0.0..360.0).contains(&degrees) { degrees } else { degrees.rem_euclid(360.0) }
}

/// An angle in radians brought into -pi..pi.
#[inline]
pub fn wrap(angle: f64) -> f64 {
    if (-PI..PI).contains(&angle) {
        return angle;
    }
    (angle + PI).rem_euclid(TAU) - PI
}

/// What a list of headings adds up to.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Turning {
    /// Net turning in radians, in the sense of the headings.
    pub net: f64,
    /// Sum of absolute turns in radians.
    pub absolute: f64,
}

impl Turning {
    /// Adds up the turns between consecutive headings in radians.
    pub fn of(headings: impl Iterator<Item = f64>) -> Self {
        let mut sum = Self::default();
        let mut before: Option<f64> = None;
        for heading in headings {
            if let Some(previous) = before {
                let turn = wrap(heading - previous);
                sum.net += turn;
                sum.absolute += turn.abs();
            }
            before = Some(heading);
        }
        sum
    }

    /// Net over absolute turning, -1..=1; `None` where nothing turned.
    pub fn bias(&self) -> Option<f64> {
        (self.absolute > 0.0).then(|| self.net / self.absolute)
    }

    /// Net laps.
    pub fn laps(&self) -> f64 {
        self.net / TAU
    }
}
