//! How numbers are spelt in data: as many digits as they carry, not all that a `f64` has.

use std::io;

use serde::Serialize;

use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter, Serializer};

use super::plain::commands;

/// Digits of a number in CSV and JSON. **chosen**: no sensor resolves a millionth of its reading,
/// and what lies beyond differs with the order of a sum.
const DIGITS: i32 = 7;

/// A number with at most `DIGITS` significant digits; whole parts stay whole.
pub fn rounded(value: f64) -> f64 {
    if value == 0.0 {
        // Minus zero is zero.
        return 0.0;
    }
    if !value.is_finite() {
        return value;
    }
    let decimals = DIGITS - 1 - value.abs().log10().floor() as i32;
    if decimals <= 0 {
        return value.round();
    }
    // Spelling and reading back yields the nearest number that has no digits behind.
    let places = usize::try_from(decimals).unwrap_or_default();
    format!("{value:.places$}").parse().unwrap_or(value)
}

/// Another formatter with rounded numbers.
struct Rounded<F>(F);

macro_rules! pass_on {
    ($($name:ident $(($flag:ident))?),*) => {
        $(
            fn $name<W: ?Sized + io::Write>(
                &mut self,
                writer: &mut W
                $(, $flag: bool)?
            ) -> io::Result<()> {
                self.0.$name(writer $(, $flag)?)
            }
        )*
    };
}

impl<F: Formatter> Formatter for Rounded<F> {
    fn write_f64<W: ?Sized + io::Write>(&mut self, writer: &mut W, value: f64) -> io::Result<()> {
        self.0.write_f64(writer, rounded(value))
    }

    /// JSON only escapes what it must; what could command a terminal or turn its lines around is
    /// escaped as well, so that nothing is lost and nothing happens.
    fn write_string_fragment<W: ?Sized + io::Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut rest = fragment;
        while let Some((at, c)) = rest.char_indices().find(|(_, c)| commands(*c)) {
            let (before, after) = rest.split_at_checked(at).unwrap_or((rest, ""));
            writer.write_all(before.as_bytes())?;
            write!(writer, "\\u{:04x}", u32::from(c))?;
            rest = after.get(c.len_utf8()..).unwrap_or_default();
        }
        writer.write_all(rest.as_bytes())
    }

    pass_on!(
        begin_array,
        end_array,
        begin_array_value(first),
        end_array_value,
        begin_object,
        end_object,
        begin_object_key(first),
        end_object_key,
        begin_object_value,
        end_object_value
    );
}

/// JSON with rounded numbers, indented.
///
/// # Errors
/// When the value cannot be serialised.
pub fn pretty_json(value: &impl Serialize) -> serde_json::Result<String> {
    let mut bytes = Vec::new();
    write_pretty_json(value, &mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Writes JSON with rounded numbers, indented, as it is made.
///
/// # Errors
/// When the value cannot be serialised or written.
pub fn write_pretty_json(
    value: &impl Serialize,
    out: &mut dyn io::Write,
) -> serde_json::Result<()> {
    write(value, PrettyFormatter::new(), out)
}

/// Writes JSON with rounded numbers on one line.
///
/// # Errors
/// As for [`write_pretty_json`].
pub fn write_line_json(value: &impl Serialize, out: &mut dyn io::Write) -> serde_json::Result<()> {
    write(value, CompactFormatter, out)
}

fn write(
    value: &impl Serialize,
    formatter: impl Formatter,
    out: &mut dyn io::Write,
) -> serde_json::Result<()> {
    value.serialize(&mut Serializer::with_formatter(out, Rounded(formatter)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_beyond_the_sensors_are_left_out() {
        for (value, expected) in [
            (9_805.919_999_999_998, 9_805.92),
            (0.870_026_525_198_939, 0.870_026_5),
            (-178.615_629_984_051, -178.615_6),
            (12_345_678.9, 12_345_679.0),
            (999_999.96, 1_000_000.0),
            (1e-9, 1e-9),
            (0.0, 0.0),
        ] {
            assert_eq!(rounded(value), expected, "{value}");
        }
    }

    #[test]
    fn json_keeps_its_shape() {
        let value = serde_json::json!({"a": [0.1 + 0.2, 2, null], "b": {}, "c": "x"});
        let back: serde_json::Value = serde_json::from_str(&pretty_json(&value).unwrap()).unwrap();
        assert_eq!(back, serde_json::json!({"a": [0.3, 2, null], "b": {}, "c": "x"}));
        let mut line = Vec::new();
        write_line_json(&value, &mut line).unwrap();
        assert_eq!(line, br#"{"a":[0.3,2,null],"b":{},"c":"x"}"#);
        let plain = serde_json::json!({"a": [1, {"b": []}]});
        assert_eq!(pretty_json(&plain).unwrap(), serde_json::to_string_pretty(&plain).unwrap());
    }
}
