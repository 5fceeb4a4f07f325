//! Words around numbers: counts, weeks, ranges, more and fewer. The numbers themselves are said by
//! `quantities`.

use jiff::civil::Date;

use crate::quantities::{share, tenths, whole};
use crate::trend::{Parts, Trend};

/// Sizes of an interval of a change, smaller first, without signs where both have the same:
/// `3 to 7`, or `−1 to 4`.
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

/// How often, how fast, how long, and which of them changed.
pub fn parts(parts: &Parts) -> String {
    let fast = parts
        .intensity
        .map_or(String::new(), |p| format!("; {} of it fast ({})", share(p.now), share(p.before)));
    let changed = match parts.most_changed {
        Some(name) => format!("Most changed: {}.", name.words()),
        None => "None of the three changed by a tenth.".to_owned(),
    };
    format!(
        "Four weeks against the eight before: {} runs a week ({}), {} min a run ({}){fast}. \
         {changed}",
        tenths(parts.frequency.now),
        tenths(parts.frequency.before),
        whole(parts.time.now / 60.0),
        whole(parts.time.before / 60.0)
    )
}

/// Names or days one after another: `Ada, Bo and Cy`.
pub fn listed(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// The text with a capital first letter.
pub fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The text with a small first letter, to stand inside a sentence.
pub fn inside(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_those_of_runners() {
        assert_eq!(range((-6.8, -3.1)), "3 to 7");
        assert_eq!(range((-1.2, 3.9)), "\u{2212}1 to 4");
        assert_eq!(weeks(84.0), "twelve weeks");
        assert_eq!(weeks(3.0), "one week");
        assert_eq!(counted(1, "run"), "one run");
        assert_eq!(counted(14, "run"), "14 runs");
    }
}
