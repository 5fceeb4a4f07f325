//! The run laid out along its own distance: one cell every 5 m, on which slopes and bends are
//! measured, because a slope over metres must not depend on how often a watch records.

use crate::activity::{Activity, Channel};
use crate::units::{Meters, Quantity};

/// Metres between cells. Source: `science` 2.15.
pub const CELL_M: f64 = 5.0;
/// Longest run that is laid out: 2,000 km. A bound on memory, not on people. **chosen**.
const MOST_CELLS: usize = 400_000;

/// Cells along the run's own distance.
#[derive(Clone, Copy, Debug)]
pub struct Grid {
    origin_m: f64,
    cells: usize,
}

impl Grid {
    /// Lays a run out; `None` indoors, without a distance, or below 50 m.
    pub fn over(activity: &Activity) -> Option<Self> {
        if activity.meta.indoor {
            return None;
        }
        let distance = activity.channels.distance.as_ref()?;
        let first = distance.iter().flatten().next()?.0;
        let last = (0..distance.len()).rev().find_map(|i| distance.get(i))?.0;
        let cells = ((last - first) / CELL_M) as usize + 1;
        (10..=MOST_CELLS).contains(&cells).then_some(Self { origin_m: first, cells })
    }

    /// Number of cells.
    pub fn len(&self) -> usize {
        self.cells
    }

    /// Whether there are no cells (never: a grid has ten or more).
    pub fn is_empty(&self) -> bool {
        self.cells == 0
    }

    /// The cell nearest to a distance.
    #[inline]
    pub fn cell(&self, distance: Meters) -> usize {
        // The conversion cuts off below zero and beyond the last cell.
        let cell = ((distance.0 - self.origin_m) / CELL_M + 0.5) as usize;
        cell.min(self.cells.saturating_sub(1))
    }

    /// Lays values that a tick carries together out on the cells, linear between the ticks that
    /// carry them; NaN (which stays inside this room) before the first, after the last, and across
    /// more than `widest_m` without a value.
    pub(super) fn lay<const N: usize>(
        &self,
        distance: &Channel<Meters>,
        values: impl Iterator<Item = Option<[f64; N]>>,
        widest_m: f64,
    ) -> [Vec<f64>; N] {
        let mut columns = [(); N].map(|()| vec![f64::NAN; self.cells]);
        // The next cell, as an index and as a place.
        let (mut next, mut place) = (0_usize, 0.0);
        let mut before: Option<(f64, [f64; N])> = None;
        for (d, values) in distance.iter().zip(values) {
            let (Some(d), Some(values)) = (d, values) else { continue };
            let at = (d.0 - self.origin_m) / CELL_M;
            if place <= at {
                let (from, bases) = before.unwrap_or((at, values));
                let bridged = (at - from) * CELL_M <= widest_m;
                while place <= at && next < self.cells {
                    if bridged && place >= from {
                        for ((column, base), value) in columns.iter_mut().zip(bases).zip(values) {
                            let slope = if at > from { (value - base) / (at - from) } else { 0.0 };
                            if let Some(cell) = column.get_mut(next) {
                                *cell = base + slope * (place - from);
                            }
                        }
                    }
                    next += 1;
                    place += 1.0;
                }
            }
            before = Some((at, values));
        }
        columns
    }

    /// First tick of each cell: the tick at which the runner reached it.
    pub(super) fn tick_of(&self, distance: &Channel<Meters>, cell: usize) -> usize {
        let wanted_m = self.origin_m + cell as f64 * CELL_M;
        // Distance never decreases, but may be absent at a tick: search among present ones.
        let (mut low, mut high) = (0_usize, distance.len());
        while low < high {
            let middle = low + (high - low) / 2;
            let present = (middle..high).find_map(|i| distance.get(i).map(|d| (i, d.0)));
            match present {
                Some((i, d)) if d < wanted_m - 1e-9 => low = i + 1,
                _ => high = middle,
            }
        }
        low.min(distance.len().saturating_sub(1))
    }

    /// Brings cell values back to the ticks.
    pub(super) fn at_ticks<'a, Q: Quantity>(
        &'a self,
        distance: &'a Channel<Meters>,
        cells: &'a [f64],
    ) -> impl Iterator<Item = Option<Q>> + 'a {
        distance.iter().map(move |d| {
            let value = cells.get(self.cell(d?))?;
            value.is_finite().then(|| Q::new(*value))
        })
    }
}
