//! Whole columns of numbers in few bits each. The column is known before its first number is
//! written, so what comes closest to its numbers is chosen once and said in front of them: it can
//! be read in one short loop, and without the columns behind it. The code of the differences is
//! Golomb's with Rice's powers of two.

use super::Steps;
use super::bits::{BitPacker, BitUnpacker, ESCAPE, folded, unfolded};

/// Low bits of a difference: written in so many bits.
const LOW_BITS: u32 = 5;
/// In their place: there are no differences.
const CONSTANT: u32 = (1 << LOW_BITS) - 1;
/// Most low bits, so that with the zeros before them they are read at once.
const MOST_LOW: u32 = 30;
/// Bits of the number of bits of the middle.
const WIDTH_BITS: u32 = 7;
/// A number is expected at so many quarters of the way from the middle to the one before it.
const QUARTERS: std::ops::RangeInclusive<u8> = 0..=4;
/// Bits of the quarters.
const QUARTER_BITS: u32 = 3;

/// What is known of a column without looking at it.
#[derive(Clone, Copy, Debug)]
pub struct Whole {
    per_unit: f64,
    about: i64,
    advance: i64,
}

impl Whole {
    /// Values that are multiples of one over `per_unit`, their middle about this.
    pub fn about(value: f64, per_unit: f64) -> Self {
        Self { per_unit, about: (value * per_unit) as i64, advance: 0 }
    }

    /// The same, each about so much above the one before.
    #[must_use]
    pub fn rising(self, by: f64) -> Self {
        Self { advance: (by * self.per_unit) as i64, ..self }
    }

    /// Packs all values of the column.
    pub fn pack(self, values: &[f64], out: &mut BitPacker) {
        let on = Steps::per_unit(self.per_unit);
        let level =
            |(row, value): (usize, &f64)| Some(on.of(*value)?.wrapping_sub(self.risen(row)));
        let levels: Vec<Option<i64>> = values.iter().enumerate().map(level).collect();
        let mut known: Vec<i64> = levels.iter().flatten().copied().collect();
        let half = known.len() / 2;
        let middle = match known.is_empty() {
            true => self.about,
            false => *known.select_nth_unstable(half).1,
        };
        let (quarters, differences) = QUARTERS
            .map(|quarters| (quarters, Expected::new(middle, quarters).differences(&levels)))
            .min_by_key(|(_, differences)| {
                differences.iter().flatten().map(|d| bits_of(*d)).sum::<u32>()
            })
            .unwrap_or_default();
        let low = fewest_bits(&differences);

        let apart = folded(middle.wrapping_sub(self.about));
        out.bits(u64::from(bits_of(apart)), WIDTH_BITS);
        out.wide(apart, bits_of(apart));
        out.bits(u64::from(quarters), QUARTER_BITS);
        out.bits(u64::from(low), LOW_BITS);
        if low == CONSTANT {
            return;
        }
        for (difference, value) in differences.iter().zip(values) {
            match difference {
                Some(difference) if difference >> low < u64::from(ESCAPE) => {
                    out.bits(1, (difference >> low) as u32 + 1);
                    out.bits(difference & ((1 << low) - 1), low);
                }
                far => {
                    out.bits(0, ESCAPE);
                    out.bit(far.is_none());
                    out.wide(far.unwrap_or(value.to_bits()), u64::BITS);
                }
            }
        }
    }

    /// Unpacks so many values.
    pub fn unpack(self, count: usize, bits: &mut BitUnpacker<'_>) -> Vec<f64> {
        let width = bits.bits(WIDTH_BITS) as u32;
        let middle = unfolded(bits.wide(width)).wrapping_add(self.about);
        let quarters = bits.bits(QUARTER_BITS) as u8;
        let low = bits.bits(LOW_BITS) as u32;
        let mut expected = Expected::new(middle, quarters);
        (0..count)
            .map(|row| {
                let difference = if low == CONSTANT {
                    0
                } else {
                    match bits.rice(low) {
                        Some(difference) => difference,
                        None => {
                            let exact = bits.bit();
                            let word = bits.wide(u64::BITS);
                            if exact {
                                return f64::from_bits(word);
                            }
                            word
                        }
                    }
                };
                let level = expected.level().wrapping_add(unfolded(difference));
                expected.last = level;
                level.wrapping_add(self.risen(row)) as f64 / self.per_unit
            })
            .collect()
    }

    fn risen(self, row: usize) -> i64 {
        self.advance.wrapping_mul(row as i64)
    }
}

/// Where the next value is expected.
struct Expected {
    middle: i64,
    quarters: i64,
    last: i64,
}

impl Expected {
    fn new(middle: i64, quarters: u8) -> Self {
        Self { middle, quarters: i64::from(quarters), last: middle }
    }

    #[inline]
    fn level(&self) -> i64 {
        let moved = self.last.wrapping_sub(self.middle).wrapping_mul(self.quarters) >> 2;
        self.middle.wrapping_add(moved)
    }

    /// How far each level lies from where it is expected; `None` where it is on no step.
    fn differences(mut self, levels: &[Option<i64>]) -> Vec<Option<u64>> {
        let one = |level: &Option<i64>| {
            let difference = level.map(|level| folded(level.wrapping_sub(self.level())));
            self.last = level.unwrap_or(self.last);
            difference
        };
        levels.iter().map(one).collect()
    }
}

/// Bits that a number needs.
fn bits_of(number: u64) -> u32 {
    u64::BITS - number.leading_zeros()
}

/// The number of low bits with which all differences take the fewest.
fn fewest_bits(differences: &[Option<u64>]) -> u32 {
    if differences.iter().all(|d| *d == Some(0)) {
        return CONSTANT;
    }
    let widths: u32 = differences.iter().flatten().map(|d| bits_of(*d)).sum();
    let usual = widths / (differences.len() as u32).max(1);
    let cost = |low: &u32| -> u64 {
        let zeros = |d: &u64| (d >> low).min(u64::from(u64::BITS + ESCAPE));
        differences.iter().flatten().map(|d| zeros(d) + u64::from(*low)).sum()
    };
    let near = usual.saturating_sub(2)..=usual + 1;
    // There is always one near.
    near.map(|low| low.min(MOST_LOW)).min_by_key(cost).unwrap_or(MOST_LOW)
}

#[cfg(test)]
mod tests {
    use super::super::made;
    use super::*;
    use proptest::prelude::*;

    fn there_and_back(whole: Whole, values: &[f64]) -> (usize, Vec<f64>) {
        let mut out = BitPacker::default();
        out.bit(true);
        whole.pack(values, &mut out);
        out.bits(0b101, 3);
        let bytes = out.finish();
        let mut bits = BitUnpacker::new(&bytes);
        assert!(bits.bit());
        let found = whole.unpack(values.len(), &mut bits);
        assert_eq!(bits.bits(3), 0b101, "what follows stands where it was put");
        (bytes.len(), found)
    }

    proptest! {
        #[test]
        fn columns_come_back_within_the_last_bits(values in prop::collection::vec(made::number(), 0..90), about in -400.0..400.0, by in prop_oneof![Just(0.0), -40.0..40.0]) {
            let (_, found) = there_and_back(Whole::about(about, 300.0).rising(by), &values);
            for (found, value) in found.iter().zip(&values) {
                prop_assert!(made::is_back(*found, *value), "{} for {}", found, value);
            }
        }
    }

    #[test]
    fn a_column_takes_the_bits_that_it_needs() {
        let size = |values: &[f64]| there_and_back(Whole::about(3.0, 30.0), values).0;
        let scattered = |spread: i64| -> Vec<f64> {
            (0..800_i64).map(|k| (k * 7919 % (2 * spread + 1)) as f64 / 30.0).collect()
        };
        // Twice the spread is five and twelve bits; what is all the same takes none.
        assert!(size(&scattered(20)) <= 800 * 7 / 8, "{}", size(&scattered(20)));
        assert!(
            (900..=800 * 13 / 8).contains(&size(&scattered(1300))),
            "{}",
            size(&scattered(1300))
        );
        assert!(size(&[4.5; 800]) <= 4, "{}", size(&[4.5; 800]));
        // Values that follow each other are told by the one before.
        let slow: Vec<f64> = (0..800).map(|k| 100.0 * (f64::from(k) / 120.0).sin()).collect();
        let slow: Vec<f64> = slow.iter().map(|v| (v * 30.0).round() / 30.0).collect();
        assert!(size(&slow) <= 800 * 7 / 8, "{}", size(&slow));
        let rising: Vec<f64> = (0..800).map(|k| 7.0 + 30.0 * f64::from(k)).collect();
        let whole = Whole::about(0.0, 1000.0).rising(30.0);
        assert!(there_and_back(whole, &rising).0 <= 5);
    }
}
