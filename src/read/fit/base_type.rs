//! FIT's base types: how many bytes, which number, and which raw integer means "absent".

/// How the bytes of a field become a number. `Z` types use zero for "absent".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Raw {
    U8,
    U8Z,
    I8,
    U16,
    U16Z,
    I16,
    U32,
    U32Z,
    I32,
    U64,
    U64Z,
    I64,
    F32,
    F64,
    /// Text, or bytes that are no number.
    Text,
}

/// Number, sign and zero rule of a base type, before the size of the field is known.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Family {
    Unsigned,
    UnsignedZ,
    Signed,
    Float,
    Text,
}

impl Raw {
    /// Bytes of one number.
    pub(super) fn width(self) -> usize {
        match self {
            Self::U8 | Self::U8Z | Self::I8 | Self::Text => 1,
            Self::U16 | Self::U16Z | Self::I16 => 2,
            Self::U32 | Self::U32Z | Self::I32 | Self::F32 => 4,
            Self::U64 | Self::U64Z | Self::I64 | Self::F64 => 8,
        }
    }

    /// Reads one number from the front of `bytes`; `None` when absent or not a number.
    pub(super) fn number(self, bytes: &[u8], big_endian: bool) -> Option<f64> {
        macro_rules! read {
            ($number:ty, $absent:expr) => {{
                let raw = *bytes.first_chunk()?;
                let value = if big_endian {
                    <$number>::from_be_bytes(raw)
                } else {
                    <$number>::from_le_bytes(raw)
                };
                (value != $absent).then_some(value as f64)
            }};
        }
        match self {
            Self::U8 => read!(u8, u8::MAX),
            Self::U8Z => read!(u8, 0),
            Self::I8 => read!(i8, i8::MAX),
            Self::U16 => read!(u16, u16::MAX),
            Self::U16Z => read!(u16, 0),
            Self::I16 => read!(i16, i16::MAX),
            Self::U32 => read!(u32, u32::MAX),
            Self::U32Z => read!(u32, 0),
            Self::I32 => read!(i32, i32::MAX),
            Self::U64 => read!(u64, u64::MAX),
            Self::U64Z => read!(u64, 0),
            Self::I64 => read!(i64, i64::MAX),
            // The absent float is a NaN, as is anything else that is no number.
            Self::F32 => {
                let raw = *bytes.first_chunk()?;
                let value =
                    if big_endian { f32::from_be_bytes(raw) } else { f32::from_le_bytes(raw) };
                Some(f64::from(value)).filter(|v| v.is_finite())
            }
            Self::F64 => {
                let raw = *bytes.first_chunk()?;
                let value =
                    if big_endian { f64::from_be_bytes(raw) } else { f64::from_le_bytes(raw) };
                Some(value).filter(|v| v.is_finite())
            }
            Self::Text => None,
        }
    }
}

/// What a field's declared base type and size come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reading {
    /// How its first number is read; `None` when nothing sensible fits.
    pub(super) raw: Option<Raw>,
    /// Whether size and base type contradict each other.
    pub(super) contradiction: bool,
}

/// Resolves base type and size. Some watches write a `uint32` of one byte: then the number that
/// fits the size is read, with that number's own rule for absence.
pub(super) fn resolve(base_type: u8, size: usize) -> Reading {
    let (family, width) = match base_type & 0x1f {
        0 | 2 | 13 => (Family::Unsigned, 1),
        10 => (Family::UnsignedZ, 1),
        1 => (Family::Signed, 1),
        3 => (Family::Signed, 2),
        4 => (Family::Unsigned, 2),
        11 => (Family::UnsignedZ, 2),
        5 => (Family::Signed, 4),
        6 => (Family::Unsigned, 4),
        12 => (Family::UnsignedZ, 4),
        8 => (Family::Float, 4),
        9 => (Family::Float, 8),
        14 => (Family::Signed, 8),
        15 => (Family::Unsigned, 8),
        16 => (Family::UnsignedZ, 8),
        7 => (Family::Text, 1),
        _ => return Reading { raw: None, contradiction: true },
    };
    // An array reads its first number; a narrower field is read as what it has room for.
    let fits = if size >= width && size.is_multiple_of(width) { width } else { size };
    Reading { raw: of(family, fits), contradiction: size == 0 || fits != width }
}

fn of(family: Family, width: usize) -> Option<Raw> {
    Some(match (family, width) {
        (Family::Unsigned, 1) => Raw::U8,
        (Family::Unsigned, 2) => Raw::U16,
        (Family::Unsigned, 4) => Raw::U32,
        (Family::Unsigned, 8) => Raw::U64,
        (Family::UnsignedZ, 1) => Raw::U8Z,
        (Family::UnsignedZ, 2) => Raw::U16Z,
        (Family::UnsignedZ, 4) => Raw::U32Z,
        (Family::UnsignedZ, 8) => Raw::U64Z,
        (Family::Signed, 1) => Raw::I8,
        (Family::Signed, 2) => Raw::I16,
        (Family::Signed, 4) => Raw::I32,
        (Family::Signed, 8) => Raw::I64,
        (Family::Float, 4) => Raw::F32,
        (Family::Float, 8) => Raw::F64,
        (Family::Text, 1) => Raw::Text,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absent_values_of_every_base_type() {
        let all_ones = [0xff_u8; 8];
        for base in [0x00, 0x02, 0x84, 0x86, 0x88, 0x89, 0x0d, 0x8f] {
            let width =
                [1, 2, 4, 8].into_iter().find(|w| !resolve(base, *w).contradiction).unwrap();
            let raw = resolve(base, width).raw.unwrap();
            assert_eq!(raw.number(&all_ones, false), None, "base type {base:#x}");
            assert_eq!(raw.number(&all_ones, true), None, "base type {base:#x}");
        }
        for (base, width) in [(0x01, 1), (0x83, 2), (0x85, 4), (0x8e, 8)] {
            let raw = resolve(base, width).raw.unwrap();
            let mut big = [0xff_u8; 8];
            big[0] = 0x7f;
            assert_eq!(raw.number(&big, true), None, "base type {base:#x}");
            let mut little = [0xff_u8; 8];
            little[width - 1] = 0x7f;
            assert_eq!(raw.number(&little, false), None, "base type {base:#x}");
            assert_eq!(raw.number(&all_ones, false), Some(-1.0));
        }
        for (base, width) in [(0x0a, 1), (0x8b, 2), (0x8c, 4), (0x90, 8)] {
            let raw = resolve(base, width).raw.unwrap();
            assert_eq!(raw.number(&[0; 8], false), None, "base type {base:#x}");
            assert!(raw.number(&all_ones, false).is_some());
        }
    }

    #[test]
    fn sizes_that_contradict_the_base_type() {
        assert_eq!(resolve(0x86, 1), Reading { raw: Some(Raw::U8), contradiction: true });
        assert_eq!(resolve(0x86, 3), Reading { raw: None, contradiction: true });
        assert_eq!(resolve(0x88, 2), Reading { raw: None, contradiction: true });
        assert_eq!(resolve(0x84, 0), Reading { raw: None, contradiction: true });
        assert_eq!(resolve(0x84, 6), Reading { raw: Some(Raw::U16), contradiction: false });
        // Without the endian bit some writers store 4 for 0x84.
        assert_eq!(resolve(0x04, 2), Reading { raw: Some(Raw::U16), contradiction: false });
    }
}
