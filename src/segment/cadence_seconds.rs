//! Seconds of form running by speed and step rate: what distributions are drawn from.

use super::running_step_rate;
use crate::activity::Activity;
use crate::activity::packed::{BitPacker, BitUnpacker, Column};

/// Width of a speed bin in m/s. Source: `science` 2.2.
pub const SPEED_BIN_M_S: f64 = 0.5;
/// Width of a step-rate bin in spm: the step of a watch that stores whole strides. **chosen**.
pub const CADENCE_BIN_SPM: f64 = 2.0;

/// A histogram over speed and step rate: bin edges are whole multiples of [`SPEED_BIN_M_S`] and
/// [`CADENCE_BIN_SPM`], bins half-open. Empty where the file has no cadence or no speed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CadenceSeconds {
    /// Lower edge of the first speed bin, m/s.
    pub lowest_speed_m_s: f64,
    /// Lower edge of the first step-rate bin, spm.
    pub lowest_spm: f64,
    /// Rows: bins of speed.
    rows: usize,
    /// Step-rate bins of a row.
    columns: usize,
    /// Seconds, row after row: mostly nothing and whole numbers.
    packed: Box<[u8]>,
}

/// Cells with something in them, in milliseconds.
fn cells() -> Column {
    Column::about(10.0, 30.0, 1000.0)
}

/// Lowest step rate of running, as a bin edge.
const LOWEST_SPM: f64 = 130.0;
/// Columns: 130 to 242 spm.
const COLUMNS: usize = 56;
/// Speeds from this up share the last row. **chosen**: faster than any record over a mile.
const FASTEST_ROW: usize = 16;

impl CadenceSeconds {
    /// Counts the seconds of form running, rows without a second cut off at both ends.
    pub(super) fn over(activity: &Activity, weights_s: &[f64]) -> Self {
        let Some(speed) = &activity.channels.speed else {
            return Self::default();
        };
        let mut rows = vec![[0.0_f64; COLUMNS]; FASTEST_ROW + 1];
        for (i, (weight_s, v)) in weights_s.iter().zip(speed.iter()).enumerate() {
            if *weight_s <= 0.0 {
                continue;
            }
            let (Some(v), Some(spm)) = (v, running_step_rate(activity, i)) else { continue };
            let row = ((v.0 / SPEED_BIN_M_S) as usize).min(FASTEST_ROW);
            let column = ((spm.0 - LOWEST_SPM) / CADENCE_BIN_SPM) as usize;
            if let Some(cell) = rows.get_mut(row).and_then(|r| r.get_mut(column.min(COLUMNS - 1))) {
                *cell += weight_s;
            }
        }
        let used = |row: &[f64; COLUMNS]| row.iter().any(|s| *s > 0.0);
        let (Some(first), Some(last)) = (rows.iter().position(used), rows.iter().rposition(used))
        else {
            return Self::default();
        };
        let lowest_speed_m_s = first as f64 * SPEED_BIN_M_S;
        let used = rows.iter().take(last + 1).skip(first);
        Self::new(lowest_speed_m_s, LOWEST_SPM, used.map(<[f64; COLUMNS]>::as_slice))
    }

    /// From rows of equal length: one row a speed bin, one column a step-rate bin.
    pub fn new<'a>(
        lowest_speed_m_s: f64,
        lowest_spm: f64,
        rows: impl IntoIterator<Item = &'a [f64]>,
    ) -> Self {
        let (mut count, mut columns) = (0, 0);
        let (mut bits, mut cells) = (BitPacker::default(), cells());
        for row in rows {
            (count, columns) = (count + 1, row.len());
            for seconds in row {
                bits.bit(*seconds != 0.0);
                if *seconds != 0.0 {
                    bits.stepped(*seconds, &mut cells);
                }
            }
        }
        Self { lowest_speed_m_s, lowest_spm, rows: count, columns, packed: bits.finish() }
    }

    /// Seconds: one row a speed bin, one column a step-rate bin; all rows of equal length.
    pub fn rows(&self) -> impl Iterator<Item = Vec<f64>> + '_ {
        let (mut bits, mut cells) = (BitUnpacker::new(&self.packed), cells());
        (0..self.rows).map(move |_| {
            let cell = |_| if bits.bit() { bits.stepped(&mut cells) } else { 0.0 };
            (0..self.columns).map(cell).collect()
        })
    }
}
