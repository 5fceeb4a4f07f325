//! Columns of numbers in few bits each: differences from the value before, as short as the column
//! usually needs. The code is Golomb's with Rice's powers of two, its width following the mean of
//! the column so far.

use super::Steps;

/// Zeros from which a number is written out whole.
pub(super) const ESCAPE: u32 = 20;
/// Most bits after the zeros: with them and their end it stays below what is read at once.
const MOST_LOW_BITS: u32 = 31;
/// Differences after which the older half of them stops to count. **chosen**.
const MEMORY: u64 = 32;
/// Steps that are expected between values at first where nothing is known. **chosen**.
const FIRST: u64 = 1024;
/// A difference that is written out whole counts for at most so many usual ones: the first value of
/// a column is no sign of how far the others lie apart. **chosen**.
const MOST_LEARNT: u64 = 16;

/// A difference without its sign, so that small ones on both sides are small.
#[inline]
pub(super) fn folded(apart: i64) -> u64 {
    (apart << 1 ^ (apart >> 63)) as u64
}

/// The difference again.
#[inline]
pub(super) fn unfolded(folded: u64) -> i64 {
    (folded >> 1) as i64 ^ -((folded & 1) as i64)
}

/// A column of numbers on steps, and how far they usually lie apart.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    steps: Steps,
    sum: u64,
    count: u64,
}

impl Column {
    /// Values that are multiples of one over this, the first of them about zero.
    pub fn per_unit(per_unit: f64) -> Self {
        Self { steps: Steps::per_unit(per_unit), sum: FIRST, count: 1 }
    }

    /// The same, the first of them about this, and then about so far apart.
    pub fn about(value: f64, apart: f64, per_unit: f64) -> Self {
        let steps = Steps { last: (value * per_unit) as i64, ..Steps::per_unit(per_unit) };
        Self { steps, sum: (2.0 * apart * per_unit) as u64, count: 1 }
    }

    /// Expects the next value this many steps further on.
    pub fn advance(&mut self, steps: i64) {
        self.steps.advance(steps);
    }

    /// Whether a value is just what is expected.
    pub fn expects(&self, value: f64) -> bool {
        self.steps.of(value) == Some(self.steps.last)
    }

    /// What is expected.
    pub fn expected(&self) -> f64 {
        self.steps.last as f64 / self.steps.per_unit
    }

    /// Low bits of the next difference.
    fn low_bits(&self) -> u32 {
        let mean = self.sum / self.count;
        (u64::BITS - mean.leading_zeros()).min(MOST_LOW_BITS)
    }

    /// After a difference of more than [`ESCAPE`] times the mean.
    fn learn_far(&mut self) {
        self.learn(MOST_LEARNT * (self.sum / self.count).max(1));
    }

    fn learn(&mut self, apart: u64) {
        self.sum = self.sum.saturating_add(apart.min(1 << MOST_LOW_BITS));
        self.count += 1;
        if self.count >= MEMORY {
            self.sum /= 2;
            self.count /= 2;
        }
    }
}

/// Numbers on their way into bits.
#[derive(Debug, Default)]
pub struct BitPacker {
    bytes: Vec<u8>,
    /// Bits of the byte under way, at the low end.
    open: u64,
    used: u32,
}

impl BitPacker {
    /// Adds a bit.
    pub fn bit(&mut self, bit: bool) {
        self.bits(u64::from(bit), 1);
    }

    /// Adds up to 32 bits.
    pub fn bits(&mut self, value: u64, count: u32) {
        self.open = (self.open << count) | value;
        self.used += count;
        while self.used >= u8::BITS {
            self.used -= u8::BITS;
            self.bytes.push((self.open >> self.used) as u8);
        }
    }

    /// Adds up to 64 bits.
    pub(super) fn wide(&mut self, value: u64, count: u32) {
        let low = count.min(32);
        self.bits(value >> low & u64::from(u32::MAX), count - low);
        self.bits(value & ((1 << low) - 1), low);
    }

    /// Adds a number as steps from the one before it in its column; exactly where it lies on none.
    pub fn stepped(&mut self, value: f64, column: &mut Column) {
        let last = column.steps.last;
        let steps = column.steps.of(value);
        let Some((steps, apart)) = steps.and_then(|s| Some((s, s.checked_sub(last)?))) else {
            self.bits(0, ESCAPE);
            self.bit(true);
            return self.wide(value.to_bits(), u64::BITS);
        };
        let folded = folded(apart);
        let low = column.low_bits();
        column.steps.last = steps;
        if folded >> low >= u64::from(ESCAPE) {
            column.learn_far();
            self.bits(0, ESCAPE);
            self.bit(false);
            return self.wide(steps as u64, u64::BITS);
        }
        self.bits(1, (folded >> low) as u32 + 1);
        self.bits(folded & ((1 << low) - 1), low);
        column.learn(folded);
    }

    /// The bytes, the last filled up.
    pub fn finish(mut self) -> Box<[u8]> {
        self.bits(0, (u8::BITS - self.used) % u8::BITS);
        Box::from(self.bytes.as_slice())
    }
}

/// Numbers on their way out of bits, in the order in which they went in. Beyond the end all bits
/// are zeros.
#[derive(Clone, Copy, Debug)]
pub struct BitUnpacker<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> BitUnpacker<'a> {
    /// From the first bit on.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// The next bit.
    pub fn bit(&mut self) -> bool {
        self.bits(1) == 1
    }

    /// The next 1 to 32 bits.
    pub fn bits(&mut self, count: u32) -> u64 {
        let bits = self.window() >> (u64::BITS - count);
        self.at += count as usize;
        bits
    }

    /// The next 57 bits and more, from the high end.
    fn window(&self) -> u64 {
        let (from, within) = (self.at / 8, self.at % 8);
        let rest = self.bytes.get(from..).unwrap_or_default();
        let word = match rest.first_chunk::<8>() {
            Some(chunk) => u64::from_be_bytes(*chunk),
            None => {
                rest.iter()
                    .fold((0, u64::BITS), |(word, at), byte| {
                        (word | u64::from(*byte) << (at - u8::BITS), at - u8::BITS)
                    })
                    .0
            }
        };
        word << within
    }

    /// The next 0 to 64 bits.
    pub(super) fn wide(&mut self, count: u32) -> u64 {
        let low = count.min(32);
        self.some_bits(count - low) << low | self.some_bits(low)
    }

    fn some_bits(&mut self, count: u32) -> u64 {
        if count == 0 { 0 } else { self.bits(count) }
    }

    /// The next difference with so many low bits; `None` where it is written out whole.
    #[inline]
    pub(super) fn rice(&mut self, low: u32) -> Option<u64> {
        let window = self.window();
        let zeros = window.leading_zeros();
        if zeros >= ESCAPE {
            self.at += ESCAPE as usize;
            return None;
        }
        let rest = window << (zeros + 1);
        self.at += (zeros + 1 + low) as usize;
        Some(u64::from(zeros) << low | (rest >> 1 >> (u64::BITS - 1 - low)))
    }

    /// The next number of a column.
    pub fn stepped(&mut self, column: &mut Column) -> f64 {
        match self.rice(column.low_bits()) {
            Some(folded) => {
                column.steps.last = column.steps.last.wrapping_add(unfolded(folded));
                column.learn(folded);
            }
            None => {
                let exact = self.bit();
                let word = self.wide(u64::BITS);
                if exact {
                    return f64::from_bits(word);
                }
                column.steps.last = word as i64;
                column.learn_far();
            }
        }
        column.expected()
    }
}

#[cfg(test)]
mod tests {
    use super::super::made;
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn steps_come_back_within_the_last_bits(values in prop::collection::vec(made::number(), 0..90), flags in any::<u32>()) {
            let mut packer = BitPacker::default();
            let mut column = Column::per_unit(300.0);
            for (k, value) in values.iter().enumerate() {
                packer.bit(flags >> (k % 32) & 1 == 1);
                packer.stepped(*value, &mut column);
            }
            let bytes = packer.finish();
            let (mut out, mut column) = (BitUnpacker::new(&bytes), Column::per_unit(300.0));
            for (k, value) in values.iter().enumerate() {
                prop_assert_eq!(out.bit(), flags >> (k % 32) & 1 == 1);
                let found = out.stepped(&mut column);
                prop_assert!(made::is_back(found, *value), "{} for {}", found, value);
            }
            prop_assert!(out.at.div_ceil(8) == bytes.len());
        }
    }

    #[test]
    fn a_column_learns_how_far_its_values_lie_apart() {
        let size = |spread: i64| {
            let (mut packer, mut column) = (BitPacker::default(), Column::per_unit(30.0));
            for k in 0..800_i64 {
                packer.stepped((k * 7919 % (2 * spread + 1)) as f64 / 30.0, &mut column);
            }
            packer.finish().len()
        };
        // Differences reach over twice the spread: seven and thirteen bits.
        assert!(size(20) <= 800 * 8 / 8 + 40, "{}", size(20));
        assert!((900..=800 * 14 / 8).contains(&size(1300)), "{}", size(1300));
    }

    #[test]
    fn beyond_the_end_there_are_zeros() {
        let mut out = BitUnpacker::new(&[0b1010_0000]);
        assert_eq!((out.bits(3), out.bits(32), out.bits(32), out.bit()), (0b101, 0, 0, false));
    }
}
