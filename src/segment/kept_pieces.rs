//! The 30 s segments of one run in a few bytes each: thousands of runs are kept at once.

use super::Piece;
use super::pieces::PIECE_S;
use crate::activity::packed::{BitPacker, BitUnpacker, Whole};

/// Milliseconds in a second: what clocks count in.
const MS: f64 = 1000.0;
/// Kept slopes are millionths, rise over run. **chosen**: a millimetre in a kilometre, where a
/// barometer tells decimetres.
const SLOPES: f64 = 1e6;

/// Segments in order. They are kept packed, quantity after quantity, those that most is asked of
/// first. Slopes are rounded to millionths; of all else, whatever lies on no step of its quantity is
/// kept to the last bit.
#[derive(Clone, Default, PartialEq)]
pub struct Pieces {
    count: usize,
    bytes: Box<[u8]>,
}

/// How fast a segment was.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pace {
    /// Seconds.
    pub duration_s: f64,
    /// Mean speed.
    pub speed_m_s: f64,
    /// Whether speed and step rate were steady in it.
    pub steady: bool,
}

/// How fast and how quick a segment was, and how steep its ground.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gait {
    /// How fast.
    pub pace: Pace,
    /// Mean step rate.
    pub step_rate_spm: f64,
    /// Mean slope, rise over run.
    pub grade: Option<f64>,
}

/// What a segment may lack beside its slope: contact time, oscillation, ratio, balance, heart rate.
const SENSED: usize = 5;

/// The columns. Means over 30 s of what devices store lie on thirtieths of its step: mm/s, whole
/// steps a minute, tenths of ms and mm, hundredths of a percent, whole beats. Source of the steps:
/// `intake` section 1 (FIT fields). What they are about only spares bytes. **chosen**.
struct Columns {
    duration: Whole,
    speed: Whole,
    step_rate: Whole,
    grade: Whole,
    start: Whole,
    sensed: [Whole; SENSED],
}

impl Columns {
    fn new() -> Self {
        let mean = |about, steps| Whole::about(about, PIECE_S * steps);
        Self {
            duration: Whole::about(PIECE_S, MS),
            speed: mean(3.0, 1000.0),
            step_rate: mean(170.0, 1.0),
            grade: Whole::about(0.0, SLOPES),
            start: Whole::about(0.0, MS).rising(PIECE_S),
            sensed: [
                mean(250.0, 10.0),
                mean(85.0, 10.0),
                mean(8.0, 100.0),
                mean(50.0, 100.0),
                mean(145.0, 1.0),
            ],
        }
    }
}

/// The nearest slope that is kept; never a zero below zero.
fn kept_slope(slope: f64) -> f64 {
    (slope * SLOPES).round() / SLOPES + 0.0
}

fn sensed(p: &Piece) -> [Option<f64>; SENSED] {
    [
        p.ground_contact_time_ms,
        p.vertical_oscillation_mm,
        p.vertical_ratio_percent,
        p.contact_balance_left_percent,
        p.heart_rate_bpm,
    ]
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

    /// All that is kept of them.
    pub fn iter(&self) -> std::vec::IntoIter<Piece> {
        let mut out = Unpacked::new(self);
        let gaits = out.gaits();
        let start_s = out.column(out.columns.start);
        let sensed = out.columns.sensed.map(|column| out.options(column));
        let pieces = gaits.zip(start_s).enumerate().map(|(row, (gait, start_s))| {
            let [contact, oscillation, ratio, balance, heart] =
                sensed.each_ref().map(|column| column.get(row).copied().flatten());
            Piece {
                start_s,
                duration_s: gait.pace.duration_s,
                speed_m_s: gait.pace.speed_m_s,
                step_rate_spm: gait.step_rate_spm,
                grade: gait.grade,
                steady: gait.pace.steady,
                ground_contact_time_ms: contact,
                vertical_oscillation_mm: oscillation,
                vertical_ratio_percent: ratio,
                contact_balance_left_percent: balance,
                heart_rate_bpm: heart,
            }
        });
        pieces.collect::<Vec<Piece>>().into_iter()
    }

    /// How fast each was, without unpacking the rest.
    pub fn paces(&self) -> impl Iterator<Item = Pace> + use<> {
        Unpacked::new(self).paces()
    }

    /// How fast and quick each was on what slope, without unpacking the rest.
    pub fn gaits(&self) -> impl Iterator<Item = Gait> + use<> {
        Unpacked::new(self).gaits()
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

impl From<Vec<Piece>> for Pieces {
    fn from(pieces: Vec<Piece>) -> Self {
        let (mut out, columns) = (BitPacker::default(), Columns::new());
        let of = |quantity: fn(&Piece) -> f64| pieces.iter().map(quantity).collect::<Vec<f64>>();
        pieces.iter().for_each(|p| out.bit(p.steady));
        columns.duration.pack(&of(|p| p.duration_s), &mut out);
        columns.speed.pack(&of(|p| p.speed_m_s), &mut out);
        columns.step_rate.pack(&of(|p| p.step_rate_spm), &mut out);
        add(pieces.iter().map(|p| p.grade.map(kept_slope)), columns.grade, &mut out);
        columns.start.pack(&of(|p| p.start_s), &mut out);
        for (which, column) in columns.sensed.into_iter().enumerate() {
            let of = |p: &Piece| sensed(p).into_iter().nth(which).flatten();
            add(pieces.iter().map(of), column, &mut out);
        }
        Self { count: pieces.len(), bytes: out.finish() }
    }
}

/// Adds a quantity that segments may lack: whether any has it, whether some lack it, which.
fn add(values: impl Iterator<Item = Option<f64>> + Clone, column: Whole, out: &mut BitPacker) {
    let there: Vec<f64> = values.clone().flatten().collect();
    out.bit(!there.is_empty());
    if there.is_empty() {
        return;
    }
    let some_lack_it = values.clone().any(|value| value.is_none());
    out.bit(some_lack_it);
    if some_lack_it {
        values.for_each(|value| out.bit(value.is_some()));
    }
    column.pack(&there, out);
}

impl FromIterator<Piece> for Pieces {
    fn from_iter<I: IntoIterator<Item = Piece>>(pieces: I) -> Self {
        pieces.into_iter().collect::<Vec<Piece>>().into()
    }
}

impl std::fmt::Debug for Pieces {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self).finish()
    }
}

impl IntoIterator for &Pieces {
    type Item = Piece;
    type IntoIter = std::vec::IntoIter<Piece>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// Segments on their way out, in the order in which their columns went in.
struct Unpacked<'a> {
    count: usize,
    bits: BitUnpacker<'a>,
    columns: Columns,
}

impl<'a> Unpacked<'a> {
    fn new(pieces: &'a Pieces) -> Self {
        Self { count: pieces.count, bits: BitUnpacker::new(&pieces.bytes), columns: Columns::new() }
    }

    fn paces(&mut self) -> impl Iterator<Item = Pace> + use<> {
        let steady = self.flags();
        let duration_s = self.column(self.columns.duration);
        let speed_m_s = self.column(self.columns.speed);
        steady
            .into_iter()
            .zip(duration_s)
            .zip(speed_m_s)
            .map(|((steady, duration_s), speed_m_s)| Pace { duration_s, speed_m_s, steady })
    }

    fn gaits(&mut self) -> impl Iterator<Item = Gait> + use<> {
        let paces = self.paces();
        let step_rate_spm = self.column(self.columns.step_rate);
        let grade = self.options(self.columns.grade);
        paces.zip(step_rate_spm).zip(grade).map(|((pace, step_rate_spm), grade)| Gait {
            pace,
            step_rate_spm,
            grade,
        })
    }

    fn flags(&mut self) -> Vec<bool> {
        (0..self.count).map(|_| self.bits.bit()).collect()
    }

    fn column(&mut self, column: Whole) -> Vec<f64> {
        column.unpack(self.count, &mut self.bits)
    }

    fn options(&mut self, column: Whole) -> Vec<Option<f64>> {
        if !self.bits.bit() {
            return vec![None; self.count];
        }
        if !self.bits.bit() {
            return self.column(column).into_iter().map(Some).collect();
        }
        let there = self.flags();
        let present = there.iter().filter(|there| **there).count();
        let mut values = column.unpack(present, &mut self.bits).into_iter();
        there.into_iter().map(|there| if there { values.next() } else { None }).collect()
    }
}

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
            assert!(slopes.0 && slopes.1.is_none_or(|(a, b)| (a - b).abs() < 0.6e-6));
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
