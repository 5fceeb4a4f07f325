//! Plain text: names that cannot command a terminal, and figures as a runner says them.

use crate::metrics::Unit;
use crate::quantities::{Quantities, clock, decimals, share, tenths, whole};
pub use crate::quantities::{counted, shorten};

/// How many of a kind were passed over: `2 .md files`, `3 links`, `5 hidden`.
pub fn of_kind(kind: &str, n: usize) -> String {
    let kind = clean(kind);
    match kind.as_str() {
        "hidden" => format!("{n} hidden"),
        it if it == "link" || it.ends_with(" file") => counted(n, it, &format!("{it}s")),
        it => format!("{n} x {it}"),
    }
}

/// Untrusted text for one line of a terminal: control characters and marks that reverse the
/// writing direction are taken out, so that a file name cannot command the terminal or pose as
/// another.
pub fn clean(text: &str) -> String {
    text.chars().filter(|c| !commands(*c)).collect()
}

/// The same for a text of many lines, whose breaks stay.
pub fn clean_lines(mut text: String) -> String {
    text.retain(|c| c == '\n' || !commands(c));
    text
}

/// Whether a character could command a terminal or turn a line around.
pub fn commands(c: char) -> bool {
    c.is_control() || is_direction_mark(c)
}

/// Unicode's bidirectional controls (UAX 9) and the line and paragraph separators.
fn is_direction_mark(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
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

/// A value in its metric's unit as a runner says it.
pub fn figure(value: f64, unit: Unit, say: Quantities) -> String {
    match unit.suffix {
        "_m" if value.abs() >= 1000.0 => say.distance(value),
        "_m" if value.abs() >= 10.0 => say.height(value),
        // Below ten metres only the length of a step is meant, or nothing at all.
        "_m" if value != 0.0 => say.step_length(value),
        "_m" => say.height(value),
        "_s" => clock(value),
        "_m_s" => say.pace(value),
        "_share" => share(value),
        "_ratio" => decimals(value, 2),
        "_percent" => format!("{} %", tenths(value)),
        "_spm" | "_ms" | "_mm" | "_bpm" | "_w" => format!("{} {}", whole(value), unit.shown),
        "" if value.fract() == 0.0 || value.abs() >= 100.0 => whole(value),
        _ => format!("{} {}", tenths(value), unit.shown).trim_end().to_owned(),
    }
}

/// Two ends of a range, the unit once: `168 to 171 spm`.
pub fn range(low: f64, high: f64, unit: Unit, say: Quantities) -> String {
    let (low, high) = (figure(low, unit, say), figure(high, unit, say));
    let ends = |text: &str| text.rsplit_once(' ').map(|(_, unit)| unit.to_owned());
    match (ends(&low), ends(&high)) {
        (Some(a), Some(b)) if a == b => {
            let low = low.rsplit_once(' ').map_or(low.as_str(), |(number, _)| number);
            format!("{low} to {high}")
        }
        _ => format!("{low} to {high}"),
    }
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
    use crate::settings::{Display, Units};

    #[test]
    fn a_name_cannot_command_the_terminal() {
        assert_eq!(clean("a\u{1b}[31mb\u{7}\u{9b}c\u{202e}d\ne"), "a[31mbcde");
    }

    #[test]
    fn figures_are_those_of_a_runner() {
        let metric = Quantities::default();
        let imperial = Quantities::new(Display { units: Units::Imperial });
        assert_eq!(figure(10_412.0, unit::M, metric), "10.4 km");
        assert_eq!(figure(10_412.0, unit::M, imperial), "6.5 mi");
        assert_eq!(figure(1000.0 / 330.0, unit::M_S, metric), "5:30 min/km");
        assert_eq!(figure(0.62, unit::SHARE, metric), "62 %");
        assert_eq!(range(168.2, 170.9, unit::SPM, metric), "168 to 171 spm");
        assert_eq!(range(61.0, 3725.0, unit::S, metric), "1:01 to 1:02:05");
    }

    #[test]
    fn wrapping_keeps_every_word() {
        let lines = wrap("one two three four", 9);
        assert_eq!(lines, ["one two", "three", "four"]);
    }
}
