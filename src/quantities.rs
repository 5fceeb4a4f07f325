//! How numbers are said to a reader: kilometres or miles, pace and not metres per second, whole
//! metres of descent, days as a runner writes them. The only place where SI turns into display
//! units; JSON and CSV never pass through here.

use jiff::civil::Date;

use crate::settings::{Display, Units};

/// Metres in a kilometre.
const KILOMETRE_M: f64 = 1000.0;
/// Metres in an international mile (1959).
const MILE_M: f64 = 1609.344;
/// Metres in an international foot (1959).
const FOOT_M: f64 = 0.3048;
/// Minus sign as typeset.
const MINUS: char = '\u{2212}';

/// Says quantities in the reader's units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Quantities {
    units: Units,
}

impl Quantities {
    /// Quantities in the units of a profile.
    pub fn new(display: Display) -> Self {
        Self { units: display.units }
    }

    /// Metres in one long unit: a kilometre or a mile.
    pub fn long_unit_m(self) -> f64 {
        match self.units {
            Units::Metric => KILOMETRE_M,
            Units::Imperial => MILE_M,
        }
    }

    /// Name of the long unit: `km` or `mi`.
    pub fn long_unit(self) -> &'static str {
        match self.units {
            Units::Metric => "km",
            Units::Imperial => "mi",
        }
    }

    /// A distance as a number of long units.
    pub fn long(self, metres: f64) -> f64 {
        metres / self.long_unit_m()
    }

    /// A distance to one decimal, with its unit: `12.3 km`.
    pub fn distance(self, metres: f64) -> String {
        format!("{} {}", tenths(self.long(metres)), self.long_unit())
    }

    /// A distance of many runs in whole long units: `412 km`.
    pub fn total_distance(self, metres: f64) -> String {
        format!("{} {}", whole(self.long(metres)), self.long_unit())
    }

    /// Name of the unit of heights: `m` or `ft`.
    pub fn height_unit(self) -> &'static str {
        match self.units {
            Units::Metric => "m",
            Units::Imperial => "ft",
        }
    }

    /// A height as a number of its display unit.
    pub fn height_value(self, metres: f64) -> f64 {
        match self.units {
            Units::Metric => metres,
            Units::Imperial => metres / FOOT_M,
        }
    }

    /// A height or a sum of descent in whole units: `240 m`.
    pub fn height(self, metres: f64) -> String {
        format!("{} {}", whole(self.height_value(metres)), self.height_unit())
    }

    /// A length on the ground: whole metres below a kilometre, else as a distance; `640 m`,
    /// `1.3 km`, in feet and miles `2100 ft`, `0.8 mi`.
    pub fn length(self, metres: f64) -> String {
        if metres < KILOMETRE_M { self.height(metres) } else { self.distance(metres) }
    }

    /// Seconds for one long unit at a speed; `None` when standing.
    pub fn pace_seconds(self, speed_m_s: f64) -> Option<f64> {
        (speed_m_s > 0.0 && speed_m_s.is_finite()).then(|| self.long_unit_m() / speed_m_s)
    }

    /// Pace without its unit: `5:30`.
    pub fn pace_digits(self, speed_m_s: f64) -> Option<String> {
        let seconds = self.pace_seconds(speed_m_s)?.round();
        Some(format!("{}:{:02}", (seconds / 60.0).floor(), seconds % 60.0))
    }

    /// Pace: `5:30 min/km`; a dash when standing.
    pub fn pace(self, speed_m_s: f64) -> String {
        self.known_pace(speed_m_s).unwrap_or_else(|| "–".to_owned())
    }

    /// Pace for a sentence, where a dash would say nothing; `None` when standing.
    pub fn known_pace(self, speed_m_s: f64) -> Option<String> {
        self.pace_digits(speed_m_s).map(|digits| format!("{digits} {}", self.pace_unit()))
    }

    /// Unit of pace: `min/km` or `min/mi`.
    pub fn pace_unit(self) -> &'static str {
        match self.units {
            Units::Metric => "min/km",
            Units::Imperial => "min/mi",
        }
    }

    /// Length of one step as a number of its display unit (metres or feet).
    pub fn step_length_value(self, metres: f64) -> f64 {
        self.height_value(metres)
    }

    /// Length of one step: `1.08 m`.
    pub fn step_length(self, metres: f64) -> String {
        format!("{:.2} {}", self.height_value(metres), self.height_unit())
    }
}

/// Hours, minutes and seconds: `42:10`, `1:02:03`.
pub fn clock(seconds: f64) -> String {
    let s = seconds.max(0.0).round();
    let (h, m, s) = ((s / 3600.0).floor(), (s / 60.0).floor() % 60.0, s % 60.0);
    if h > 0.0 { format!("{h}:{m:02}:{s:02}") } else { format!("{m}:{s:02}") }
}

/// A duration in words a runner uses: `38 min`, `1 h 05 min`, `61 h`.
pub fn spoken_duration(seconds: f64) -> String {
    // A sum of nothing is minus zero, and adding zero takes the sign away.
    let minutes = (seconds.max(0.0) / 60.0).round() + 0.0;
    if minutes < 60.0 {
        format!("{minutes} min")
    } else if minutes < 600.0 {
        format!("{} h {:02} min", (minutes / 60.0).floor(), minutes % 60.0)
    } else {
        format!("{} h", whole(minutes / 60.0))
    }
}

/// A whole number with thin spaces between thousands and a real minus sign.
pub fn whole(value: f64) -> String {
    let rounded = value.round();
    let digits = format!("{:.0}", rounded.abs());
    let mut text = String::new();
    if rounded < 0.0 {
        text.push(MINUS);
    }
    let count = digits.chars().count();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (count - i) % 3 == 0 && count > 4 {
            text.push('\u{202f}');
        }
        text.push(digit);
    }
    text
}

/// One decimal with a real minus sign.
pub fn tenths(value: f64) -> String {
    decimals(value, 1)
}

/// A fixed number of decimals with a real minus sign; nothing is ever written as minus zero.
pub fn decimals(value: f64, places: usize) -> String {
    let text = format!("{:.places$}", value.abs());
    let zero = text.chars().all(|c| matches!(c, '0' | '.'));
    if value < 0.0 && !zero { format!("{MINUS}{text}") } else { text }
}

/// A whole number with its sign: `+5`, `−3`, `0`.
pub fn signed(value: f64) -> String {
    if value.round() > 0.0 { format!("+{}", whole(value)) } else { whole(value) }
}

/// A share (0 to 1) in whole percent: `62 %`; a share that is not zero is never called 0 %, and one
/// that is not whole never 100 %.
pub fn share(value: f64) -> String {
    match 100.0 * value {
        p if p > 0.0 && p < 1.0 => "under 1 %".to_owned(),
        // Sums of shares come out at 1 but for the last bits of a float.
        p if (99.5..100.0 - 1e-9).contains(&p) => "over 99 %".to_owned(),
        p => format!("{} %", whole(p)),
    }
}

/// "1 run", "2 runs".
pub fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
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

/// A figure of a scale from 0 to 10, without a decimal that says nothing: `3`, `2.5`.
pub fn figure_of_ten(value: f64) -> String {
    if value.fract() == 0.0 { format!("{value:.0}") } else { tenths(value) }
}

/// English short name of a month.
pub fn month(date: Date) -> &'static str {
    match date.month() {
        1 => "Jan",
        2 => "Feb",
        3 => "Mar",
        4 => "Apr",
        5 => "May",
        6 => "Jun",
        7 => "Jul",
        8 => "Aug",
        9 => "Sep",
        10 => "Oct",
        11 => "Nov",
        _ => "Dec",
    }
}

/// Day and month: `3 Aug`.
pub fn day_month(date: Date) -> String {
    format!("{} {}", date.day(), month(date))
}

/// A whole date: `3 Aug 2026`.
pub fn day(date: Date) -> String {
    format!("{} {}", day_month(date), date.year())
}

/// A span of days: `3 Aug to 22 Nov 2026`.
pub fn span(first: Date, last: Date) -> String {
    if first == last {
        day(first)
    } else if first.year() == last.year() {
        format!("{} to {}", day_month(first), day(last))
    } else {
        format!("{} to {}", day(first), day(last))
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn paces_and_distances_are_said_in_both_systems() {
        let metric = Quantities::default();
        let imperial = Quantities::new(Display { units: Units::Imperial });
        assert_eq!(metric.pace(1000.0 / 330.0), "5:30 min/km");
        assert_eq!(metric.pace(0.0), "–");
        assert_eq!(imperial.pace(1609.344 / 480.0), "8:00 min/mi");
        assert_eq!(metric.distance(12_345.0), "12.3 km");
        assert_eq!(imperial.distance(16_093.44), "10.0 mi");
        assert_eq!(imperial.height(30.48), "100 ft");
        // 59.6 s must carry into the minute and never read as 4:60.
        assert_eq!(metric.pace(1000.0 / 299.6), "5:00 min/km");
    }

    #[test]
    fn numbers_read_as_typeset() {
        assert_eq!(whole(-3.2), "−3");
        assert_eq!(whole(-0.2), "0");
        assert_eq!(whole(1234.0), "1234");
        assert_eq!(whole(12_345.0), "12\u{202f}345");
        assert_eq!(tenths(-0.04), "0.0");
        assert_eq!(signed(4.6), "+5");
        assert_eq!(share(0.004), "under 1 %");
        assert_eq!(share(0.0), "0 %");
        assert_eq!(share(0.997), "over 99 %");
        assert_eq!(share(1.0), "100 %");
        assert_eq!(clock(3723.0), "1:02:03");
        assert_eq!(clock(59.6), "1:00");
        assert_eq!(spoken_duration(3900.0), "1 h 05 min");
        assert_eq!(spoken_duration(-0.0), "0 min");
        assert_eq!(span(date(2025, 12, 30), date(2026, 1, 2)), "30 Dec 2025 to 2 Jan 2026");
    }
}
