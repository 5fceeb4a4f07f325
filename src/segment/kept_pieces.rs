//! The 30 s segments of one run in a few bytes each: thousands of runs are kept at once.

use super::Piece;
use super::pieces::PIECE_S;
use crate::activity::packed::{BitPacker, BitUnpacker, Column};

/// Milliseconds in a second: what clocks count in.
const MS: f64 = 1000.0;
/// Kept slopes are hundred-millionths, rise over run. **chosen** so fine that what is computed from
/// them differs in no digit that is written.
const SLOPES: f64 = 1e8;

/// Segments in order. They are kept packed and given out one by one. Slopes are rounded to
/// hundred-millionths; of all else, whatever lies on no step of its quantity is kept to the last bit.
#[derive(Clone, Default, PartialEq)]
pub struct Pieces {
    count: usize,
    bytes: Box<[u8]>,
}

/// What a segment may lack: slope, contact time, oscillation, ratio, balance, heart rate.
const OPTIONS: usize = 6;

/// The columns of a segment. Means over 30 s of what devices store lie on thirtieths of its step:
/// mm/s, whole steps a minute, tenths of ms and mm, hundredths of a percent, whole beats.
/// Source of the steps: `intake` section 1 (FIT fields). First values are guesses that only spare
/// bytes. **chosen**.
struct Columns {
    start: Column,
    duration: Column,
    speed: Column,
    step_rate: Column,
    options: [Column; OPTIONS],
    /// Which options the segment before had.
    present: [bool; OPTIONS],
}

impl Columns {
    fn new() -> Self {
        let mean = |about, apart, steps| Column::about(about, apart, PIECE_S * steps);
        Self {
            start: Column::about(-PIECE_S, 1.0, MS),
            duration: Column::about(PIECE_S, 1.0, MS),
            speed: mean(3.0, 0.2, 1000.0),
            step_rate: mean(170.0, 2.0, 1.0),
            options: [
                Column::about(0.0, 0.01, SLOPES),
                mean(250.0, 10.0, 10.0),
                mean(85.0, 5.0, 10.0),
                mean(8.0, 0.5, 100.0),
                mean(50.0, 0.5, 100.0),
                mean(145.0, 10.0, 1.0),
            ],
            present: [false; OPTIONS],
        }
    }

    /// Segments follow each other.
    fn follow(&mut self) {
        self.start.advance((PIECE_S * MS) as i64);
    }
}

/// The nearest slope that is kept; never a zero below zero.
fn kept_slope(slope: f64) -> f64 {
    (slope * SLOPES).round() / SLOPES + 0.0
}

impl Pieces {
    /// How many.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// One after the other.
    pub fn iter(&self) -> Iter<'_> {
        Iter { left: self.count, bits: BitUnpacker::new(&self.bytes), columns: Columns::new() }
    }

    /// Changes each of them.
    pub fn change(&mut self, mut change: impl FnMut(&mut Piece)) {
        let changed = self.iter().map(|mut piece| {
            change(&mut piece);
            piece
        });
        *self = changed.collect();
    }
}

impl FromIterator<Piece> for Pieces {
    fn from_iter<I: IntoIterator<Item = Piece>>(pieces: I) -> Self {
        let (mut count, mut out, mut columns) = (0, BitPacker::default(), Columns::new());
        for piece in pieces {
            count += 1;
            columns.follow();
            add(&piece, &mut columns, &mut out);
        }
        Self { count, bytes: out.finish() }
    }
}

fn add(p: &Piece, columns: &mut Columns, out: &mut BitPacker) {
    let options = [
        p.grade.map(kept_slope),
        p.ground_contact_time_ms,
        p.vertical_oscillation_mm,
        p.vertical_ratio_percent,
        p.contact_balance_left_percent,
        p.heart_rate_bpm,
    ];
    let present = options.map(|value| value.is_some());
    let (starts, lasts) =
        (columns.start.expects(p.start_s), columns.duration.expects(p.duration_s));
    let as_before = starts && lasts && present == columns.present;
    out.bit(as_before);
    if !as_before {
        out.bit(starts);
        if !starts {
            out.stepped(p.start_s, &mut columns.start);
        }
        out.stepped(p.duration_s, &mut columns.duration);
        present.iter().for_each(|there| out.bit(*there));
        columns.present = present;
    }
    out.bit(p.steady);
    out.stepped(p.speed_m_s, &mut columns.speed);
    out.stepped(p.step_rate_spm, &mut columns.step_rate);
    for (value, column) in options.into_iter().zip(&mut columns.options) {
        if let Some(value) = value {
            out.stepped(value, column);
        }
    }
}

impl From<Vec<Piece>> for Pieces {
    fn from(pieces: Vec<Piece>) -> Self {
        pieces.into_iter().collect()
    }
}

impl std::fmt::Debug for Pieces {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self).finish()
    }
}

impl<'a> IntoIterator for &'a Pieces {
    type Item = Piece;
    type IntoIter = Iter<'a>;

    fn into_iter(self) -> Iter<'a> {
        self.iter()
    }
}

/// The segments of a run, one after the other.
pub struct Iter<'a> {
    left: usize,
    bits: BitUnpacker<'a>,
    columns: Columns,
}

impl Iterator for Iter<'_> {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        self.left = self.left.checked_sub(1)?;
        let (bits, columns) = (&mut self.bits, &mut self.columns);
        columns.follow();
        let (mut start_s, mut duration_s) = (columns.start.expected(), columns.duration.expected());
        if !bits.bit() {
            if !bits.bit() {
                start_s = bits.stepped(&mut columns.start);
            }
            duration_s = bits.stepped(&mut columns.duration);
            columns.present = [(); OPTIONS].map(|()| bits.bit());
        }
        let steady = bits.bit();
        let speed_m_s = bits.stepped(&mut columns.speed);
        let step_rate_spm = bits.stepped(&mut columns.step_rate);
        let mut there = columns.present.into_iter();
        let [grade, contact, oscillation, ratio, balance, heart] = columns
            .options
            .each_mut()
            .map(|column| (there.next() == Some(true)).then(|| bits.stepped(column)));
        Some(Piece {
            start_s,
            duration_s,
            speed_m_s,
            step_rate_spm,
            grade,
            steady,
            ground_contact_time_ms: contact,
            vertical_oscillation_mm: oscillation,
            vertical_ratio_percent: ratio,
            contact_balance_left_percent: balance,
            heart_rate_bpm: heart,
        })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl ExactSizeIterator for Iter<'_> {}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces() -> Vec<Piece> {
        (0..120_u32)
            .map(|k| {
                let k = f64::from(k);
                Piece {
                    start_s: 12.0 + 30.0 * k + if k > 60.0 { 7.25 } else { 0.0 },
                    duration_s: 30.0 - f64::from(u8::from(k % 9.0 == 0.0)),
                    speed_m_s: 2.8 + (k * 17.0 % 29.0) / 90.0,
                    step_rate_spm: 171.0 + (k * 7.0 % 13.0) / 30.0,
                    grade: (k > 3.0).then(|| 0.03 * (k / 7.0).sin()),
                    steady: k % 4.0 != 0.0,
                    ground_contact_time_ms: Some(241.0 + (k * 31.0 % 97.0) / 300.0),
                    vertical_oscillation_mm: Some(88.0 + (k * 13.0 % 41.0) / 300.0),
                    vertical_ratio_percent: None,
                    contact_balance_left_percent: (k < 80.0).then_some(49.87),
                    heart_rate_bpm: Some(140.0 + k / 10.0),
                }
            })
            .collect()
    }

    #[test]
    fn segments_come_back_as_they_were() {
        let before = pieces();
        let kept = Pieces::from(before.clone());
        assert_eq!(kept.len(), before.len());
        let close = |a: f64, b: f64| (a - b).abs() <= 1e-12 * b.abs();
        for (a, b) in kept.iter().zip(&before) {
            assert_eq!((a.start_s, a.duration_s, a.steady), (b.start_s, b.duration_s, b.steady));
            let slopes = (a.grade.is_some() == b.grade.is_some(), a.grade.zip(b.grade));
            assert!(slopes.0 && slopes.1.is_none_or(|(a, b)| (a - b).abs() < 0.6e-8));
            assert_eq!(a.vertical_ratio_percent, b.vertical_ratio_percent);
            let options = [
                (Some(a.speed_m_s), Some(b.speed_m_s)),
                (Some(a.step_rate_spm), Some(b.step_rate_spm)),
                (a.ground_contact_time_ms, b.ground_contact_time_ms),
                (a.vertical_oscillation_mm, b.vertical_oscillation_mm),
                (a.contact_balance_left_percent, b.contact_balance_left_percent),
                (a.heart_rate_bpm, b.heart_rate_bpm),
            ];
            for (a, b) in options {
                assert!(a.is_some() == b.is_some() && a.zip(b).is_none_or(|(a, b)| close(a, b)));
            }
        }
        let unpacked = size_of::<Piece>() * before.len();
        assert!(8 * kept.bytes.len() < unpacked, "{} of {unpacked} bytes", kept.bytes.len());
    }

    #[test]
    fn changing_keeps_the_rest() {
        let mut kept = Pieces::from(pieces());
        kept.change(|p| p.step_rate_spm += 5.0);
        let first = kept.iter().next().unwrap();
        assert!((first.step_rate_spm - 176.0).abs() < 1e-9);
        assert_eq!(kept.iter().len(), 120);
    }
}
