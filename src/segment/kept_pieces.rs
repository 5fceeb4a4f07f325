//! The 30 s segments of one run in a few bytes each: thousands of runs are kept at once.

use super::Piece;
use super::pieces::PIECE_S;
use crate::activity::packed::{Packer, Steps, Unpacker};

/// Milliseconds in a second: what clocks count in.
const MS: f64 = 1000.0;

/// Segments in order. They are kept packed and given out one by one; whatever lies on no step of
/// its quantity is kept to the last bit.
#[derive(Clone, Default, PartialEq)]
pub struct Pieces {
    count: usize,
    bytes: Box<[u8]>,
}

/// The columns of a segment. Means over 30 s of what devices store lie on thirtieths of its step:
/// mm/s, whole steps a minute, tenths of ms and mm, hundredths of a percent, whole beats.
/// Source of the steps: `intake` section 1 (FIT fields).
struct Columns {
    start: Steps,
    duration: Steps,
    speed: Steps,
    step_rate: Steps,
    grade: Steps,
    means: [Steps; 5],
}

impl Columns {
    fn new() -> Self {
        let mean_of = |steps: f64| Steps::per_unit(PIECE_S * steps);
        let mut start = Steps::per_unit(MS);
        start.advance(-((PIECE_S * MS) as i64));
        Self {
            start,
            duration: Steps::per_unit(MS),
            speed: mean_of(1000.0),
            step_rate: mean_of(1.0),
            // A slope lies on no step.
            grade: Steps::per_unit(1.0),
            means: [mean_of(10.0), mean_of(10.0), mean_of(100.0), mean_of(100.0), mean_of(1.0)],
        }
    }

    /// Segments follow each other.
    fn follow(&mut self) {
        self.start.advance((PIECE_S * MS) as i64);
    }
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
        Iter { left: self.count, bytes: Unpacker::new(&self.bytes), columns: Columns::new() }
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
        let (mut count, mut out, mut columns) = (0, Packer::default(), Columns::new());
        for p in pieces {
            count += 1;
            columns.follow();
            out.stepped(Some(p.start_s), &mut columns.start);
            out.stepped(Some(p.duration_s), &mut columns.duration);
            out.stepped(Some(p.speed_m_s), &mut columns.speed);
            out.stepped(Some(p.step_rate_spm), &mut columns.step_rate);
            out.stepped(p.grade, &mut columns.grade);
            out.exact(p.steady.then_some(0.0));
            let means = [
                p.ground_contact_time_ms,
                p.vertical_oscillation_mm,
                p.vertical_ratio_percent,
                p.contact_balance_left_percent,
                p.heart_rate_bpm,
            ];
            for (value, column) in means.into_iter().zip(&mut columns.means) {
                out.stepped(value, column);
            }
        }
        Self { count, bytes: out.finish() }
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
    bytes: Unpacker<'a>,
    columns: Columns,
}

impl Iterator for Iter<'_> {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        self.left = self.left.checked_sub(1)?;
        let (bytes, columns) = (&mut self.bytes, &mut self.columns);
        columns.follow();
        let start_s = bytes.stepped(&mut columns.start)?;
        let duration_s = bytes.stepped(&mut columns.duration)?;
        let speed_m_s = bytes.stepped(&mut columns.speed)?;
        let step_rate_spm = bytes.stepped(&mut columns.step_rate)?;
        let grade = bytes.stepped(&mut columns.grade);
        let steady = bytes.exact().is_some();
        let [contact, oscillation, ratio, balance, heart] =
            columns.means.each_mut().map(|column| bytes.stepped(column));
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
            assert_eq!((a.grade, a.vertical_ratio_percent), (b.grade, b.vertical_ratio_percent));
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
        assert!(4 * kept.bytes.len() < unpacked, "{} of {unpacked} bytes", kept.bytes.len());
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
