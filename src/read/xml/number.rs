//! Numbers as exporters write them.

/// A number of an element or attribute, finite; `repaired` notes a decimal comma.
pub(in crate::read) fn number(text: &str, repaired: &mut usize) -> Option<f64> {
    let text = text.trim();
    if let Ok(value) = text.parse::<f64>() {
        // Rust's parser also takes the words "nan" and "inf".
        return value.is_finite().then_some(value);
    }
    // Exporters that format by the phone's language write 51,5. One comma, no point.
    let (whole, fraction) = text.split_once(',')?;
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole.strip_prefix('-').unwrap_or(whole)) || !digits(fraction) {
        return None;
    }
    *repaired += 1;
    format!("{whole}.{fraction}").parse().ok()
}

/// Powers of ten that a binary float holds exactly, as far as the places behind the point go.
const POWERS_OF_TEN: [f64; 20] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19,
];
/// Whole numbers up to here are exact in a float of 53 bits.
const EXACT: u64 = 1 << 53;
/// So many decimal digits fit 64 bits.
const DIGITS: usize = 19;

/// The number at the front of `bytes` and its length, where it is digits with at most one point
/// between them and a minus before: the same value as [`number`] gives. `None` for any other
/// spelling.
///
/// A whole number and a power of ten that are both exact leave one rounding, that of the
/// division, so the quotient is the nearest float (Clinger 1990, the fast path of every parser).
#[inline]
pub(super) fn fixed_point(bytes: &[u8]) -> Option<(f64, usize)> {
    let sign = usize::from(bytes.first() == Some(&b'-'));
    let mut mantissa = 0_u64;
    let mut run = |from: usize| {
        let rest = bytes.get(from..).unwrap_or_default();
        let mut length = 0;
        for digit in rest.iter().map(|b| b.wrapping_sub(b'0')).take_while(|digit| *digit < 10) {
            mantissa = mantissa.wrapping_mul(10).wrapping_add(u64::from(digit));
            length += 1;
        }
        length
    };
    let whole = run(sign);
    let mut end = sign + whole;
    let mut places = 0;
    if bytes.get(end) == Some(&b'.') {
        places = run(end + 1);
        if places == 0 {
            return None;
        }
        end += 1 + places;
    }
    if whole == 0 {
        return None;
    }
    let value = match POWERS_OF_TEN.get(places) {
        Some(power) if whole + places <= DIGITS && mantissa <= EXACT => {
            let size = mantissa as f64 / power;
            if sign == 1 { -size } else { size }
        }
        _ => std::str::from_utf8(bytes.get(..end)?).ok()?.parse().ok()?,
    };
    Some((value, end))
}

#[cfg(test)]
mod tests {
    use super::{fixed_point, number};

    #[test]
    fn fixed_point_numbers_are_the_standard_parser_s_to_the_last_bit() {
        let mut texts: Vec<String> =
            ["0", "-0", "-0.0", "007.50", "9007199254740993", "1.0000"].map(str::to_owned).to_vec();
        texts.push("37.24173816852271556854248046875".to_owned());
        texts.push("12345678901234567890.5".to_owned());
        let mut state = 1_u64;
        for length in 0..20_000_usize {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let digits = format!("{state:020}");
            let digits = &digits[..1 + length % 20];
            let point = (state >> 33) as usize % digits.len();
            texts.push(if point == 0 {
                format!("-{digits}")
            } else {
                format!("{}.{}", &digits[..point], &digits[point..])
            });
        }
        for text in &texts {
            let (value, length) = fixed_point(format!("{text}<").as_bytes()).unwrap();
            assert_eq!(length, text.len(), "{text}");
            assert_eq!(value.to_bits(), number(text, &mut 0).unwrap().to_bits(), "{text}");
        }
    }

    #[test]
    fn other_spellings_are_left_to_the_standard_parser() {
        for text in ["", "-", ".5", "5.", "+5", "nan", "-.5", " 5"] {
            assert_eq!(fixed_point(text.as_bytes()), None, "{text}");
        }
        // What follows the number is not its business.
        assert_eq!(fixed_point(b"1.5E2"), Some((1.5, 3)));
        assert_eq!(fixed_point(b"51,5"), Some((51.0, 2)));
    }

    #[test]
    fn numbers_of_every_spelling() {
        let mut repaired = 0;
        let mut read = |text| number(text, &mut repaired);
        assert_eq!(read(" 51.5 "), Some(51.5));
        assert_eq!(read("0.0"), Some(0.0));
        assert_eq!(read("1.5E2"), Some(150.0));
        assert_eq!(read("-77,01"), Some(-77.01));
        for none in ["", "NaN", "inf", "undefined", "1,000,000", "1,2.3", ",5", "--1", "1e999"] {
            assert_eq!(read(none), None, "{none}");
        }
        assert_eq!(repaired, 1);
    }
}
