//! Dates as people write them. What could be two days is refused, never guessed.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};

use super::About;

/// Why a date is not taken, as a sentence that says what to write.
pub(super) type Refused = String;

/// Which run a date is about: a day, a day with a time, or an instant where an offset is written.
pub(super) fn about(text: &str) -> Result<About, Refused> {
    let text = text.trim();
    if let Ok(instant) = text.parse::<Timestamp>() {
        return Ok(About::Start(instant.as_millisecond()));
    }
    let (day, time) = split_time(text);
    let date = date(day)?;
    match time {
        None => Ok(About::Day(date)),
        Some(time) => Ok(About::Clock(clock(date, time)?)),
    }
}

/// A day with a time of its own column.
pub(super) fn clock(date: Date, text: &str) -> Result<DateTime, Refused> {
    time(text)
        .map(|t| date.to_datetime(t))
        .ok_or_else(|| format!("\"{}\" is no time of day; write it like 07:30", text.trim()))
}

/// A date and what follows it as a time, where something does.
fn split_time(text: &str) -> (&str, Option<&str>) {
    let iso = text.split_once('T').filter(|(day, _)| !day.contains(char::is_alphabetic));
    if let Some((day, time)) = iso {
        return (day, Some(time));
    }
    let begin = text.find(':').and_then(|colon| text.get(..colon)?.rfind([' ', '\t']));
    match begin.and_then(|at| text.split_at_checked(at)) {
        Some((day, time)) => (day.trim_end_matches([',', ' ']), Some(time)),
        None => (text, None),
    }
}

/// `7:30`, `07:30:15`, `7:30 pm`.
fn time(text: &str) -> Option<Time> {
    let low = text.trim().to_lowercase();
    let half = ["am", "pm"].into_iter().find(|half| low.ends_with(half));
    let digits = half.map_or(low.as_str(), |half| low.trim_end_matches(half)).trim();
    let mut parts = digits.split(':');
    let hour: i8 = parts.next()?.parse().ok()?;
    let minute: i8 = parts.next()?.parse().ok()?;
    let second: i8 = parts.next().map_or(Ok(0), |s| s.parse().map_err(|_| ())).ok()?;
    let hour = match half {
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some("pm") => hour % 12 + 12,
        Some(_) => hour % 12,
        None => hour,
    };
    Time::new(hour, minute, second, 0).ok()
}

/// A civil day: year first, day first with dots or a month's name, or with slashes where only one
/// reading is a day.
fn date(text: &str) -> Result<Date, Refused> {
    let text = text.trim();
    let unread = || format!("\"{text}\" is no date; write it like 2026-05-03");
    if text.chars().any(char::is_alphabetic) {
        return named(text).ok_or_else(unread);
    }
    if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) {
        return whole(text.get(..4), text.get(4..6), text.get(6..)).ok_or_else(unread);
    }
    let parts: Vec<&str> = text.split(['-', '/', '.']).map(str::trim).collect();
    let [a, b, c] = parts.as_slice() else { return Err(unread()) };
    let (a, b, c) = (Some(*a), Some(*b), Some(*c));
    if a.is_some_and(|a| a.len() == 4) {
        return whole(a, b, c).ok_or_else(unread);
    }
    if c.is_none_or(|c| c.len() != 4) {
        return Err(format!("\"{text}\" has no year of four digits; write it like 2026-05-03"));
    }
    // Dots stand between day, month and year wherever they are used at all.
    if text.contains('.') {
        return whole(c, b, a).ok_or_else(unread);
    }
    match (whole(c, b, a), whole(c, a, b)) {
        (Some(day_first), Some(month_first)) if day_first != month_first => Err(format!(
            "\"{text}\" may be {day_first} or {month_first}; write the one that you mean"
        )),
        (Some(day), _) | (None, Some(day)) => Ok(day),
        (None, None) => Err(unread()),
    }
}

fn whole(year: Option<&str>, month: Option<&str>, day: Option<&str>) -> Option<Date> {
    Date::new(year?.parse().ok()?, month?.parse().ok()?, day?.parse().ok()?).ok()
}

/// First letters of the months, English and German.
const MONTHS: [&[&str]; 12] = [
    &["jan", "jän"],
    &["feb"],
    &["mar", "mär", "mrz"],
    &["apr"],
    &["may", "mai"],
    &["jun"],
    &["jul"],
    &["aug"],
    &["sep"],
    &["oct", "okt"],
    &["nov"],
    &["dec", "dez"],
];

/// `3 May 2026`, `May 3, 2026`, `Sunday, 3. Mai 2026`.
fn named(text: &str) -> Option<Date> {
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(str::to_lowercase)
        .collect();
    let month_of = |word: &str| {
        MONTHS.iter().position(|names| names.iter().any(|name| word.starts_with(name)))
    };
    // "Mar" begins a month and "Mon" a day of the week; a weekday stands first or not at all.
    let weekday = words.len() == 4 && words.first()?.chars().all(char::is_alphabetic);
    let words = words.get(usize::from(weekday)..)?;
    let [a, b, c] = words else { return None };
    let ordinal = |word: &str| {
        let digits = word.trim_end_matches(|c: char| c.is_alphabetic());
        digits.parse::<i8>().ok()
    };
    let (month, day) = match (month_of(a), month_of(b)) {
        (Some(month), _) => (month, ordinal(b)?),
        (None, Some(month)) => (month, ordinal(a)?),
        (None, None) => return None,
    };
    let year = (c.len() == 4).then(|| c.parse().ok()).flatten()?;
    Date::new(year, i8::try_from(month).ok()? + 1, day).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date as day;

    use super::*;

    #[test]
    fn days_with_one_reading_are_read() {
        let third = About::Day(day(2026, 5, 3));
        for text in [
            "2026-05-03",
            "2026/5/3",
            "20260503",
            "2026.05.03",
            "03.05.2026",
            "3.5.2026",
            "3 May 2026",
            "May 3, 2026",
            "3rd May 2026",
            "Sunday, 3 May 2026",
            "3. Mai 2026",
            " 2026-05-03 ",
        ] {
            assert_eq!(about(text), Ok(third.clone()), "{text}");
        }
        assert_eq!(about("25/12/2026"), Ok(About::Day(day(2026, 12, 25))));
        assert_eq!(about("12/25/2026"), Ok(About::Day(day(2026, 12, 25))));
        assert_eq!(about("3 OCT 2026"), Ok(About::Day(day(2026, 10, 3))));
        assert_eq!(about("05-05-2026"), Ok(About::Day(day(2026, 5, 5))));
    }

    #[test]
    fn two_readings_are_refused_with_both() {
        let refused = about("03/04/2026").unwrap_err();
        assert!(refused.contains("2026-04-03") && refused.contains("2026-03-04"), "{refused}");
        for text in ["3/4/26", "30.02.2026", "2026-13-01", "soon", "", "5", "32 May 2026", "ü"] {
            assert!(about(text).unwrap_err().contains("2026-05-03"), "{text}");
        }
    }

    #[test]
    fn times_belong_to_a_day_and_offsets_to_the_world() {
        let at = day(2026, 5, 3).at(19, 5, 0, 0);
        for text in ["2026-05-03 19:05", "2026-05-03T19:05:00", "3 May 2026, 7:05 pm"] {
            assert_eq!(about(text), Ok(About::Clock(at)), "{text}");
        }
        assert_eq!(about("2026-05-03T19:05:00+02:00"), Ok(About::Start(1_777_827_900_000)));
        assert!(about("2026-05-03 25:00").unwrap_err().contains("07:30"));
    }
}
