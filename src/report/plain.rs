//! Plain text: names that cannot command a terminal, and figures as a runner says them.

use crate::metrics::Unit;
use crate::settings::Units;

/// Metres of an international mile (exact).
const MILE_M: f64 = 1609.344;

/// Untrusted text for one line of a terminal: control characters and marks that reverse the
/// writing direction are taken out, so that a file name cannot command the terminal or pose as
/// another.
pub fn clean(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() && !is_direction_mark(*c)).collect()
}

/// Unicode's bidirectional controls (UAX 9) and the line and paragraph separators.
fn is_direction_mark(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Cuts a text to a number of characters, with an ellipsis where something is missing.
pub fn shorten(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    let mut cut: String = text.chars().take(width.saturating_sub(1)).collect();
    cut.push('…');
    cut
}

/// Breaks a text at spaces into lines of at most `width` characters; a longer word stays whole.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let fits = line.is_empty() || line.chars().count() + 1 + word.chars().count() <= width;
        if !fits {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// A duration as h:mm:ss or m:ss.
pub fn duration(seconds: f64) -> String {
    let whole = seconds.round().max(0.0) as u64;
    let (h, m, s) = (whole / 3600, whole / 60 % 60, whole % 60);
    if h > 0 { format!("{h}:{m:02}:{s:02}") } else { format!("{m}:{s:02}") }
}

/// A distance in kilometres or miles, one decimal.
pub fn distance(meters: f64, units: Units) -> String {
    match units {
        Units::Metric => format!("{:.1} km", meters / 1000.0),
        Units::Imperial => format!("{:.1} mi", meters / MILE_M),
    }
}

/// A speed as a pace, minutes and seconds for a kilometre or a mile; none at a standstill.
pub fn pace(speed_m_s: f64, units: Units) -> Option<String> {
    let (meters, per) = match units {
        Units::Metric => (1000.0, "/km"),
        Units::Imperial => (MILE_M, "/mi"),
    };
    // Slower than 60 min/km nobody runs, and the figure would only widen tables. **chosen**
    (speed_m_s > 0.28).then(|| format!("{} {per}", duration(meters / speed_m_s)))
}

/// A value in its metric's unit as a runner says it.
pub fn figure(value: f64, unit: Unit, units: Units) -> String {
    match unit.suffix {
        "_m" if value.abs() >= 1000.0 => distance(value, units),
        "_m" if value.abs() >= 10.0 => format!("{value:.0} m"),
        "_m" => format!("{value:.2} m"),
        "_s" => duration(value),
        "_m_s" => pace(value, units).unwrap_or_else(|| format!("{value:.2} m/s")),
        "_share" => format!("{:.0} %", 100.0 * value),
        "_ratio" => format!("{value:.2}"),
        "_percent" => format!("{value:.1} %"),
        "_spm" | "_ms" | "_mm" | "_bpm" | "_w" => format!("{value:.0} {}", unit.shown),
        "" if value.fract() == 0.0 || value.abs() >= 100.0 => thousands(value),
        _ => format!("{value:.1} {}", unit.shown).trim_end().to_owned(),
    }
}

/// A whole number with thin groups of three digits.
fn thousands(value: f64) -> String {
    let digits = format!("{:.0}", value.abs());
    let mut out = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i) % 3 == 0 {
            out.push('\u{202f}');
        }
        out.push(c);
    }
    if value < 0.0 { format!("-{out}") } else { out }
}

/// "1 run", "2 runs".
pub fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// Name of a time zone as a user would type it.
pub fn zone_name(zone: &jiff::tz::TimeZone) -> Option<String> {
    if let Some(name) = zone.iana_name() {
        return Some(name.to_owned());
    }
    zone.to_fixed_offset().ok().map(|offset| offset.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::unit;

    #[test]
    fn a_name_cannot_command_the_terminal() {
        assert_eq!(clean("a\u{1b}[31mb\u{7}\u{9b}c\u{202e}d\ne"), "a[31mbcde");
    }

    #[test]
    fn figures_are_those_of_a_runner() {
        let m = Units::Metric;
        assert_eq!(figure(10_412.0, unit::M, m), "10.4 km");
        assert_eq!(figure(10_412.0, unit::M, Units::Imperial), "6.5 mi");
        assert_eq!(figure(1000.0 / 330.0, unit::M_S, m), "5:30 /km");
        assert_eq!(figure(0.425, unit::SHARE, m), "42 %");
        assert_eq!(figure(3725.0, unit::S, m), "1:02:05");
        assert_eq!(figure(9876.0, unit::COUNT, m), "9\u{202f}876");
        assert_eq!(pace(0.0, m), None);
    }

    #[test]
    fn wrapping_keeps_every_word() {
        let lines = wrap("one two three four", 9);
        assert_eq!(lines, ["one two", "three", "four"]);
    }
}
