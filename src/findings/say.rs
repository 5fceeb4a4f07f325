//! Numbers as a runner says them: whole steps, whole metres of descent, kilometres to one
//! decimal, pace and not metres per second.

use jiff::civil::Date;

use crate::settings::{Display, Units};
use crate::trend::Trend;

/// Metres of a mile: the international mile.
const MILE_M: f64 = 1609.344;
/// Metres of a foot.
const FOOT_M: f64 = 0.3048;

/// Distance with one decimal: `13.2 km` or `8.2 miles`.
pub fn distance(meters: f64, display: Display) -> String {
    match display.units {
        Units::Metric => format!("{:.1} km", meters / 1000.0),
        Units::Imperial => format!("{:.1} miles", meters / MILE_M),
    }
}

/// Whole metres or feet of ascent or descent.
pub fn height(meters: f64, display: Display) -> String {
    match display.units {
        Units::Metric => format!("{meters:.0} m"),
        Units::Imperial => format!("{:.0} ft", meters / FOOT_M),
    }
}

/// Pace: `6:10 min/km` or `9:55 min/mile`; `None` at a standstill.
pub fn pace(speed_m_s: f64, display: Display) -> Option<String> {
    let (meters, unit) = match display.units {
        Units::Metric => (1000.0, "min/km"),
        Units::Imperial => (MILE_M, "min/mile"),
    };
    let seconds = (meters / speed_m_s).round();
    (speed_m_s > 0.1 && seconds.is_finite()).then(|| {
        let seconds = seconds as u64;
        format!("{}:{:02} {unit}", seconds / 60, seconds % 60)
    })
}

/// A whole number.
pub fn whole(value: f64) -> String {
    let rounded = value.round();
    // Never "-0".
    format!("{:.0}", if rounded == 0.0 { 0.0 } else { rounded })
}

/// A share as whole percent; a share that is not zero is never called 0 %.
pub fn percent(share: f64) -> String {
    match 100.0 * share {
        p if p > 0.0 && p < 1.0 => "under 1 %".to_owned(),
        p if (99.5..100.0).contains(&p) => "over 99 %".to_owned(),
        p => format!("{p:.0} %"),
    }
}

/// Sizes of an interval of a change, smaller first, without signs where both have the same:
/// `3 to 7`, or `-1 to 4`.
pub fn range((low, high): (f64, f64)) -> String {
    let (low, high) = if low < 0.0 && high <= 0.0 { (-high, -low) } else { (low, high) };
    format!("{} to {}", whole(low), whole(high))
}

/// Weeks in words up to twelve: `one week`, `twelve weeks`, `16 weeks`.
pub fn weeks(days: f64) -> String {
    let weeks = (days / 7.0).round().max(1.0) as usize;
    if weeks == 1 { "one week".to_owned() } else { format!("{} weeks", count(weeks)) }
}

/// A count in words up to twelve.
pub fn count(n: usize) -> String {
    const WORDS: [&str; 13] = [
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve",
    ];
    WORDS.get(n).map_or_else(|| n.to_string(), |w| (*w).to_owned())
}

/// A count of things, in words: `one run`, `three runs`.
pub fn counted(n: usize, one: &str) -> String {
    if n == 1 { format!("one {one}") } else { format!("{} {one}s", count(n)) }
}

/// A day without its year: `3 March`.
pub fn day(date: Date) -> String {
    date.strftime("%-d %B").to_string()
}

/// More or fewer.
pub fn more(change: f64) -> &'static str {
    if change < 0.0 { "fewer" } else { "more" }
}

/// Size of a trend's change with its range: `5 (3 to 7)`; the range is left out where there is
/// none.
pub fn change(trend: &Trend) -> Option<String> {
    let size = whole(trend.change()?.abs());
    Some(match trend.change_interval() {
        Some(interval) => format!("{size} ({})", range(interval)),
        None => size,
    })
}

/// The text with a capital first letter.
pub fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Units;

    const MILES: Display = Display { units: Units::Imperial };

    #[test]
    fn numbers_are_said_as_runners_say_them() {
        let km = Display::default();
        assert_eq!(distance(13_240.0, km), "13.2 km");
        assert_eq!(distance(13_240.0, MILES), "8.2 miles");
        assert_eq!(pace(2.7027, km).unwrap(), "6:10 min/km");
        assert_eq!(pace(1000.0 / 359.6, km).unwrap(), "6:00 min/km");
        assert_eq!(pace(0.0, km), None);
        assert_eq!(height(100.0, MILES), "328 ft");
        assert_eq!(range((-6.8, -3.1)), "3 to 7");
        assert_eq!(range((-1.2, 3.9)), "-1 to 4");
        assert_eq!(whole(-0.2), "0");
        assert_eq!(percent(0.004), "under 1 %");
        assert_eq!(percent(0.0), "0 %");
        assert_eq!(weeks(84.0), "twelve weeks");
        assert_eq!(weeks(3.0), "one week");
        assert_eq!(counted(1, "run"), "one run");
        assert_eq!(counted(14, "run"), "14 runs");
    }
}
