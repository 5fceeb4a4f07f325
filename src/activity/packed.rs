//! Numbers in few bytes, for what is kept of thousands of runs at once. [`Packer`]: each is one byte
//! that says how it is stored and what that needs: nothing, the leading bytes that are not zero, or a
//! whole number of steps from the value before it. [`BitPacker`]: few bits each, columns that grow
//! together. [`Whole`]: the same for a column that is known at once. Nothing of these is rounded
//! beyond the last bits of a double. [`Numbers`]: a list to look single ones up in, to eleven digits.

mod bits;
mod numbers;
mod whole;

pub use bits::{BitPacker, BitUnpacker, Column};
pub use numbers::{Numbers, NumbersFrom};
pub use whole::Whole;

/// Nothing there.
const ABSENT: u8 = 0;
/// From here on, the leading bytes of a double: as many as the mark is above this.
const EXACT: u8 = 1;
/// Bytes of a double.
const DOUBLE: u8 = 8;
/// A difference of 32 bits.
const WIDE: u8 = EXACT + DOUBLE + 1;
/// From here on a difference of 13 bits, its high bits in the mark.
const MEDIUM: u8 = WIDE + 1;
/// Marks for [`MEDIUM`], each good for 256 differences.
const MEDIUM_MARKS: u8 = 32;
/// From here on the difference itself.
const SMALL: u8 = MEDIUM + MEDIUM_MARKS;
/// Reach of [`MEDIUM`] below zero.
const MEDIUM_LOW: i64 = 128 * MEDIUM_MARKS as i64;
/// Reach of [`SMALL`] below zero.
const SMALL_LOW: i64 = (256 - SMALL as i64) / 2;
/// How far a value may lie from a whole number of steps to be kept as one, of its own size:
/// the rounding of the sums that it comes from.
const SAME: f64 = 1e-13;
/// Whole numbers from here on are not all doubles.
const LARGEST: f64 = 9e15;

/// Steps that values of a column lie on, and the last of them.
#[derive(Clone, Copy, Debug)]
pub struct Steps {
    per_unit: f64,
    last: i64,
}

impl Steps {
    /// Values that are multiples of one over this.
    pub fn per_unit(per_unit: f64) -> Self {
        Self { per_unit, last: 0 }
    }

    /// Expects the next value this many steps further on.
    pub fn advance(&mut self, steps: i64) {
        self.last = self.last.saturating_add(steps);
    }

    /// Steps to a value, where it is a whole number of them.
    fn of(&self, value: f64) -> Option<i64> {
        let steps = (value * self.per_unit).round();
        let whole = steps.abs() < LARGEST
            && (steps / self.per_unit - value).abs() <= SAME * value.abs()
            && (steps != 0.0 || value.to_bits() == 0);
        whole.then_some(steps as i64)
    }
}

/// Numbers on their way into bytes.
#[derive(Debug, Default)]
pub struct Packer {
    bytes: Vec<u8>,
}

impl Packer {
    /// Most bytes of a number.
    pub const MOST_BYTES: usize = 1 + DOUBLE as usize;

    /// With room for so many bytes.
    pub fn with_capacity(bytes: usize) -> Self {
        Self { bytes: Vec::with_capacity(bytes) }
    }

    /// Adds a number exactly.
    pub fn exact(&mut self, value: Option<f64>) {
        let Some(value) = value else { return self.bytes.push(ABSENT) };
        let bytes = value.to_bits().to_be_bytes();
        let used = bytes.iter().rposition(|b| *b != 0).map_or(0, |at| at + 1);
        self.bytes.push(EXACT + used as u8);
        self.bytes.extend(bytes.iter().take(used));
    }

    /// Adds a number as steps from the one before it in its column; exactly where it lies on none.
    pub fn stepped(&mut self, value: Option<f64>, column: &mut Steps) {
        let steps = value.and_then(|value| column.of(value));
        let Some((steps, apart)) = steps.and_then(|s| Some((s, s.checked_sub(column.last)?)))
        else {
            return self.exact(value);
        };
        if let Ok(mark) = u8::try_from(apart + SMALL_LOW + i64::from(SMALL))
            && mark >= SMALL
        {
            self.bytes.push(mark);
        } else if (-MEDIUM_LOW..MEDIUM_LOW).contains(&apart) {
            let [.., high, low] = (apart + MEDIUM_LOW).to_be_bytes();
            self.bytes.extend([MEDIUM + high, low]);
        } else if let Ok(apart) = i32::try_from(apart) {
            self.bytes.push(WIDE);
            self.bytes.extend(apart.to_be_bytes());
        } else {
            return self.exact(value);
        }
        column.last = steps;
    }

    /// The bytes, copied: an allocator may leave a block that shrinks its full size.
    pub fn finish(self) -> Box<[u8]> {
        Box::from(self.bytes.as_slice())
    }
}

/// Numbers on their way out of bytes, in the order in which they went in.
#[derive(Clone, Copy, Debug)]
pub struct Unpacker<'a> {
    rest: &'a [u8],
}

impl<'a> Unpacker<'a> {
    /// From the first number on.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// Whether all numbers are out.
    pub fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// The next number, which went in exactly.
    pub fn exact(&mut self) -> Option<f64> {
        let mark = self.byte()?;
        self.marked(mark)
    }

    /// The next number, which went in as steps.
    pub fn stepped(&mut self, column: &mut Steps) -> Option<f64> {
        let mark = self.byte()?;
        let apart = match mark {
            SMALL.. => i64::from(mark) - i64::from(SMALL) - SMALL_LOW,
            MEDIUM.. => i64::from(mark - MEDIUM) * 256 + i64::from(self.byte()?) - MEDIUM_LOW,
            WIDE => {
                let (bytes, rest) = self.rest.split_first_chunk::<4>()?;
                self.rest = rest;
                i64::from(i32::from_be_bytes(*bytes))
            }
            _ => return self.marked(mark),
        };
        column.advance(apart);
        Some(column.last as f64 / column.per_unit)
    }

    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*first)
    }

    fn marked(&mut self, mark: u8) -> Option<f64> {
        if mark == ABSENT {
            return None;
        }
        let (used, rest) = self.rest.split_at_checked(usize::from(mark - EXACT))?;
        self.rest = rest;
        let mut bytes = [0; DOUBLE as usize];
        for (slot, byte) in bytes.iter_mut().zip(used) {
            *slot = *byte;
        }
        Some(f64::from_bits(u64::from_be_bytes(bytes)))
    }
}

#[cfg(test)]
mod made {
    use proptest::prelude::*;

    /// Any double, and many that lie on three-hundredths, near each other or far apart.
    pub(super) fn number() -> impl Strategy<Value = f64> {
        prop_oneof![
            any::<f64>(),
            -2.0..9.0,
            (-90_000_i64..90_000).prop_map(|k| k as f64 / 300.0),
            (-90_i64..90).prop_map(|k| 170.0 + k as f64 / 30.0),
            any::<i64>().prop_map(|k| k as f64 / 300.0),
        ]
    }

    /// Whether a number came back, within the last bits where it lay on a step.
    pub(super) fn is_back(found: f64, value: f64) -> bool {
        found == value
            || found.is_nan() && value.is_nan()
            || value.is_finite() && (found - value).abs() <= 1e-12 * value.abs()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn exact_numbers_come_back_to_the_bit(bits in prop::collection::vec(
            prop::option::of(any::<u64>()), 0..40)) {
            let mut packer = Packer::default();
            for bits in &bits {
                packer.exact(bits.map(f64::from_bits));
            }
            let bytes = packer.finish();
            let mut out = Unpacker::new(&bytes);
            for bits in &bits {
                prop_assert_eq!(out.exact().map(f64::to_bits), *bits);
            }
            prop_assert!(out.is_empty());
        }

        #[test]
        fn steps_come_back_within_the_last_bits(values in prop::collection::vec(
            prop::option::of(made::number()), 0..60)) {
            let mut packer = Packer::default();
            let mut column = Steps::per_unit(300.0);
            for value in &values {
                packer.stepped(*value, &mut column);
            }
            let bytes = packer.finish();
            let (mut out, mut column) = (Unpacker::new(&bytes), Steps::per_unit(300.0));
            for value in &values {
                match (out.stepped(&mut column), value) {
                    (None, None) => {}
                    (Some(a), Some(b)) => prop_assert!(made::is_back(a, *b), "{} for {}", a, b),
                    (a, b) => prop_assert!(false, "{:?} for {:?}", a, b),
                }
            }
            prop_assert!(out.is_empty());
        }
    }

    #[test]
    fn plain_numbers_are_short() {
        let mut packer = Packer::default();
        for value in [None, Some(0.0), Some(1.0), Some(60.0), Some(1000.0)] {
            packer.exact(value);
        }
        assert!(packer.finish().len() <= 1 + 1 + 3 + 3 + 4);
        let (mut packer, mut column) = (Packer::default(), Steps::per_unit(30.0));
        for k in 0..10 {
            packer.stepped(Some(f64::from(k) / 3.0), &mut column);
        }
        assert_eq!(packer.finish().len(), 10);
    }
}
