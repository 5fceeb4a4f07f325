//! Second pass: one tight loop per run of records and field.

use super::base_type::Raw;
use super::definition::{Spot, unix_ms};
use super::walk::Walked;

/// How a stored number becomes one in the column's unit.
#[derive(Clone, Copy, Debug)]
pub(super) enum Scale {
    /// The stored number is the value.
    One,
    /// `raw * factor`.
    Times(f64),
    /// `raw / scale`, the profile's scale.
    Over(f64),
    /// `raw / scale - offset`, the profile's scale and offset.
    OverMinus(f64, f64),
}

/// Fills a column for all records of a part: `spots` says for each definition where the field
/// lies, `None` where it has no such field. Absent values are NaN. `None` when no record has a
/// value.
pub(super) fn column(
    walked: &Walked<'_>,
    spots: &[Option<Spot>],
    scale: Scale,
) -> Option<Vec<f64>> {
    let mut values = Vec::with_capacity(walked.records.len());
    for run in &walked.runs {
        let spot = spots.get(run.definition).copied().flatten();
        let records = walked.records.get(run.start..run.end).unwrap_or_default();
        match spot {
            Some(spot) => extend(&mut values, walked.bytes, records, spot, scale),
            None => values.resize(values.len() + records.len(), f64::NAN),
        }
    }
    values.iter().any(|v| !v.is_nan()).then_some(values)
}

/// The loop itself: reads, compares as an integer, scales.
#[inline(always)]
fn fill<const WIDTH: usize>(
    values: &mut Vec<f64>,
    bytes: &[u8],
    records: &[u32],
    at: u32,
    number: impl Fn([u8; WIDTH]) -> f64,
) {
    values.extend(records.iter().map(|record| {
        let start = (record + at) as usize;
        match bytes.get(start..start + WIDTH).and_then(|b| b.first_chunk()) {
            Some(raw) => number(*raw),
            None => f64::NAN,
        }
    }));
}

/// A loop of its own for each kind of scale: a division is what takes longest in it.
fn extend(values: &mut Vec<f64>, bytes: &[u8], records: &[u32], spot: Spot, scale: Scale) {
    match scale {
        Scale::One => scaled(values, bytes, records, spot, |raw| raw),
        Scale::Times(factor) => scaled(values, bytes, records, spot, |raw| raw * factor),
        Scale::Over(scale) => scaled(values, bytes, records, spot, |raw| raw / scale),
        Scale::OverMinus(scale, offset) => {
            scaled(values, bytes, records, spot, |raw| raw / scale - offset);
        }
    }
}

fn scaled(
    values: &mut Vec<f64>,
    bytes: &[u8],
    records: &[u32],
    spot: Spot,
    scale: impl Fn(f64) -> f64,
) {
    macro_rules! integers {
        ($number:ty, $absent:expr) => {
            if spot.big_endian {
                fill(values, bytes, records, spot.at, |raw| {
                    let raw = <$number>::from_be_bytes(raw);
                    if raw == $absent { f64::NAN } else { scale(raw as f64) }
                })
            } else {
                fill(values, bytes, records, spot.at, |raw| {
                    let raw = <$number>::from_le_bytes(raw);
                    if raw == $absent { f64::NAN } else { scale(raw as f64) }
                })
            }
        };
    }
    macro_rules! floats {
        ($number:ty) => {
            if spot.big_endian {
                fill(values, bytes, records, spot.at, |raw| {
                    finite(scale(f64::from(<$number>::from_be_bytes(raw))))
                })
            } else {
                fill(values, bytes, records, spot.at, |raw| {
                    finite(scale(f64::from(<$number>::from_le_bytes(raw))))
                })
            }
        };
    }
    match spot.raw {
        Raw::U8 => integers!(u8, u8::MAX),
        Raw::U8Z => integers!(u8, 0),
        Raw::I8 => integers!(i8, i8::MAX),
        Raw::U16 => integers!(u16, u16::MAX),
        Raw::U16Z => integers!(u16, 0),
        Raw::I16 => integers!(i16, i16::MAX),
        Raw::U32 => integers!(u32, u32::MAX),
        Raw::U32Z => integers!(u32, 0),
        Raw::I32 => integers!(i32, i32::MAX),
        Raw::U64 => integers!(u64, u64::MAX),
        Raw::U64Z => integers!(u64, 0),
        Raw::I64 => integers!(i64, i64::MAX),
        Raw::F32 => floats!(f32),
        Raw::F64 => floats!(f64),
        Raw::Text => values.resize(values.len() + records.len(), f64::NAN),
    }
}

#[inline]
fn finite(value: f64) -> f64 {
    if value.is_finite() { value } else { f64::NAN }
}

/// Unix milliseconds of every record, from its own timestamp or its compressed header.
pub(super) fn times(walked: &Walked<'_>, spots: &[Option<Spot>]) -> Vec<Option<i64>> {
    let mut times = Vec::with_capacity(walked.records.len());
    for run in &walked.runs {
        let records = walked.records.get(run.start..run.end).unwrap_or_default();
        let Some(spot) = spots.get(run.definition).copied().flatten() else {
            times.resize(times.len() + records.len(), None);
            continue;
        };
        times.extend(records.iter().map(|record| {
            let start = (record + spot.at) as usize;
            if spot.raw == Raw::U32 {
                let raw: [u8; 4] = *walked.bytes.get(start..start + 4)?.first_chunk()?;
                let time =
                    if spot.big_endian { u32::from_be_bytes(raw) } else { u32::from_le_bytes(raw) };
                return (time != u32::MAX).then(|| unix_ms(time));
            }
            // A timestamp of another width cannot be a date.
            None
        }));
    }
    for (row, time) in &walked.compressed {
        if let Some(slot) = times.get_mut(*row) {
            *slot = Some(unix_ms(*time));
        }
    }
    times
}

/// The three bytes of `compressed_speed_distance` as speed in m/s and distance in m. Speed is the
/// low twelve bits over 100, distance the high twelve over 16, counting on over its own overflow
/// (FIT profile, record field 8: components of 12 bits, distance accumulated).
pub(super) fn compressed_speed_distance(
    walked: &Walked<'_>,
    places: &[Option<u32>],
) -> Option<(Vec<f64>, Vec<f64>)> {
    const SPEED_SCALE: f64 = 100.0;
    const DISTANCE_SCALE: f64 = 16.0;
    const DISTANCE_BITS: u32 = 0xfff;
    let mut speeds = Vec::with_capacity(walked.records.len());
    let mut distances = Vec::with_capacity(walked.records.len());
    let mut last = 0_u32;
    let mut total = 0_u64;
    for run in &walked.runs {
        let place = places.get(run.definition).copied().flatten();
        for record in walked.records.get(run.start..run.end).unwrap_or_default() {
            let start = place.map(|at| (record + at) as usize);
            let packed = start.and_then(|s| walked.bytes.get(s..s + 3));
            let Some([low, middle, high]) = packed.filter(|b| **b != [0xff; 3]) else {
                speeds.push(f64::NAN);
                distances.push(f64::NAN);
                continue;
            };
            let speed = u32::from(*low) | (u32::from(*middle) & 0x0f) << 8;
            let distance = u32::from(*middle) >> 4 | u32::from(*high) << 4;
            total += u64::from(distance.wrapping_sub(last) & DISTANCE_BITS);
            last = distance;
            let absent = speed == DISTANCE_BITS;
            speeds.push(if absent { f64::NAN } else { f64::from(speed) / SPEED_SCALE });
            distances.push(total as f64 / DISTANCE_SCALE);
        }
    }
    speeds.iter().any(|v| !v.is_nan()).then_some((speeds, distances))
}
