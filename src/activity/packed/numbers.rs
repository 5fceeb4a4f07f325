//! A list of numbers of which single ones are asked for: what each needs stands in front, a byte a
//! number, so that the place of any of them is a sum over bytes.

/// Nothing there.
const ABSENT: u8 = 0;
/// From here on, the leading bytes of a double: as many as the mark is above this.
const LEADING: u8 = 1;
/// From here on, the same number as an earlier one, whose place has 16 bits, the high ones in the
/// mark.
const BEFORE: u8 = LEADING + 9;
/// The number one.
const ONE: u8 = u8::MAX;
/// Leading bytes from which an earlier place is shorter.
const LONG: usize = 2;
/// Bits that are kept of a number that is not whole: eleven digits, where at most seven are written.
/// **chosen**.
const KEPT_BITS: u32 = 48;

/// Numbers, each of which may be absent. Whole ones are kept exactly, others to eleven digits.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Numbers {
    count: u32,
    /// Marks, then what they need.
    bytes: Box<[u8]>,
}

impl Numbers {
    /// The numbers from a place in the list on.
    pub fn from(&self, place: usize) -> NumbersFrom<'_> {
        let (marks, needed) = self.parts();
        let (passed, marks) = marks.split_at_checked(place).unwrap_or_default();
        let passed: usize = passed.iter().map(|mark| usize::from(needs(*mark))).sum();
        NumbersFrom { all: self, marks, needed: needed.get(passed..).unwrap_or_default() }
    }

    fn parts(&self) -> (&[u8], &[u8]) {
        self.bytes.split_at_checked(self.count as usize).unwrap_or_default()
    }
}

/// Bytes that a mark needs.
#[inline]
fn needs(mark: u8) -> u8 {
    if mark >= BEFORE { u8::from(mark != ONE) } else { mark.saturating_sub(LEADING) }
}

/// Numbers of a list, one after the other.
#[derive(Clone, Debug)]
pub struct NumbersFrom<'a> {
    all: &'a Numbers,
    marks: &'a [u8],
    needed: &'a [u8],
}

impl NumbersFrom<'_> {
    /// The next number; `None` where it is absent, and past the end.
    pub fn number(&mut self) -> Option<f64> {
        let (mark, marks) = self.marks.split_first()?;
        self.marks = marks;
        let (needed, rest) = self.needed.split_at_checked(usize::from(needs(*mark)))?;
        self.needed = rest;
        match (*mark, needed) {
            (ABSENT, _) => None,
            (ONE, _) => Some(1.0),
            (BEFORE.., [low]) => {
                self.all.from(usize::from(u16::from_be_bytes([mark - BEFORE, *low]))).number()
            }
            _ => {
                let mut bytes = [0; size_of::<f64>()];
                for (slot, byte) in bytes.iter_mut().zip(needed) {
                    *slot = *byte;
                }
                Some(f64::from_be_bytes(bytes))
            }
        }
    }
}

/// The nearest number that is kept.
fn kept(value: f64) -> f64 {
    if value.fract() == 0.0 || !value.is_finite() {
        return value;
    }
    let rest = u64::BITS - KEPT_BITS;
    // A carry into the exponent is the next power of two, as it should be.
    f64::from_bits((value.to_bits() + (1 << (rest - 1))) >> rest << rest)
}

impl FromIterator<Option<f64>> for Numbers {
    fn from_iter<I: IntoIterator<Item = Option<f64>>>(numbers: I) -> Self {
        let (mut marks, mut needed) = (Vec::new(), Vec::new());
        let mut long: Vec<(u64, u16)> = Vec::new();
        for (place, value) in numbers.into_iter().enumerate() {
            let Some(value) = value.map(kept) else {
                marks.push(ABSENT);
                continue;
            };
            if value == 1.0 {
                marks.push(ONE);
                continue;
            }
            if let Some((_, before)) = long.iter().find(|(known, _)| *known == value.to_bits()) {
                let [high, low] = before.to_be_bytes();
                marks.push(BEFORE + high);
                needed.push(low);
                continue;
            }
            let bytes = value.to_be_bytes();
            let used = bytes.iter().rposition(|b| *b != 0).map_or(0, |at| at + 1);
            marks.push(LEADING + used as u8);
            needed.extend(bytes.iter().take(used));
            if let Ok(place) = u16::try_from(place)
                && used >= LONG
                && place < u16::from(ONE - BEFORE) << 8
            {
                long.push((value.to_bits(), place));
            }
        }
        let count = marks.len() as u32;
        marks.append(&mut needed);
        // Copied: an allocator may leave a block that shrinks its full size.
        Self { count, bytes: Box::from(marks.as_slice()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn numbers_come_back_from_any_place(numbers in prop::collection::vec(
            prop_oneof![
                Just(None), Just(Some(1.0)), Just(Some(0.1)), Just(Some(-0.0)), Just(Some(f64::NAN)),
                Just(Some(f64::INFINITY)), Just(Some(1.7e12 + 1.0)), Just(Some(1.0 - 1e-15)),
                (0_u32..9).prop_map(|k| Some(f64::from(k).sqrt())),
                any::<f64>().prop_map(Some),
            ], 0..80), from in 0_usize..90) {
            let list: Numbers = numbers.iter().copied().collect();
            let mut out = list.from(from);
            for number in numbers.iter().skip(from) {
                match (out.number(), number) {
                    (Some(a), Some(b)) if b.fract() == 0.0 => {
                        prop_assert_eq!(a.to_bits(), b.to_bits());
                    }
                    (Some(a), Some(b)) if b.is_finite() => {
                        // Near the smallest double there are fewer digits.
                        prop_assert!((a - b).abs() <= 8e-12 * b.abs().max(1e-290), "{} for {}", a, b);
                    }
                    (Some(a), Some(b)) => prop_assert_eq!(a.is_nan(), b.is_nan()),
                    (a, b) => prop_assert_eq!(a.is_some(), b.is_some()),
                }
            }
            prop_assert!(out.number().is_none());
            prop_assert!(from > numbers.len() || out.needed.is_empty());
        }
    }

    #[test]
    fn numbers_that_return_are_short_however_many_there_are() {
        let few: Numbers = (0..20_000_u32).map(|k| Some(f64::from(k % 7).sqrt())).collect();
        assert!(few.bytes.len() <= 2 * 20_000 + 60, "{}", few.bytes.len());
        let numbers = || (0..40_000_u32).chain(0..40_000).map(|k| Some(f64::from(k)));
        let many: Numbers = numbers().collect();
        let mut out = many.from(0);
        assert!(numbers().all(|number| out.number() == number));
        assert_eq!(many.from(80_000).number(), None);
    }

    #[test]
    fn plain_numbers_are_short() {
        let list: Numbers =
            [None, Some(0.0), Some(1.0), Some(60.0), Some(0.1)].into_iter().collect();
        assert_eq!(list.bytes.len(), 5 + 2 + 6);
    }
}
