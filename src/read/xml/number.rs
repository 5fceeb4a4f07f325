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

#[cfg(test)]
mod tests {
    use super::number;

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
