//! Times as XML files write them, to Unix milliseconds.

use jiff::civil::Date;

/// What a written time says about its zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::read) enum Zone {
    /// `Z`.
    Utc,
    /// An offset from UTC in seconds.
    Offset(i32),
    /// Nothing: taken as UTC and said so.
    Unstated,
}

/// Parses times; keeps the last date, because a run has one or two.
#[derive(Default)]
pub(in crate::read) struct Clock {
    date: Option<(Date, i64)>,
}

const DAY_MS: i64 = 86_400_000;

impl Clock {
    /// A time in Unix milliseconds with what it says about its zone; `None` when it is no time.
    pub(in crate::read) fn parse(&mut self, text: &str) -> Option<(i64, Zone)> {
        let text = text.trim();
        self.usual(text.as_bytes()).or_else(|| unusual(text))
    }

    /// `2024-05-01T12:00:00`, with a fraction and a zone or without.
    fn usual(&mut self, text: &[u8]) -> Option<(i64, Zone)> {
        let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2, rest @ ..] = text else { return None };
        let [b'T' | b't' | b' ', h1, h2, b':', n1, n2, b':', s1, s2, rest @ ..] = rest else {
            return None;
        };
        let year = i16::try_from(digits(&[*y1, *y2, *y3, *y4])?).ok()?;
        let month = i8::try_from(digits(&[*m1, *m2])?).ok()?;
        let day = i8::try_from(digits(&[*d1, *d2])?).ok()?;
        let hour = digits(&[*h1, *h2]).filter(|h| *h < 24)?;
        let minute = digits(&[*n1, *n2]).filter(|m| *m < 60)?;
        // A leap second is counted into the next minute.
        let second = digits(&[*s1, *s2]).filter(|s| *s <= 60)?;
        let (fraction_ms, rest) = fraction(rest)?;
        let zone = zone(rest)?;
        let day_ms = self.day_ms(year, month, day)?;
        let of_day = ((hour * 60 + minute) * 60 + second) * 1000 + fraction_ms;
        let shift = if let Zone::Offset(s) = zone { i64::from(s) * 1000 } else { 0 };
        Some((day_ms + of_day - shift, zone))
    }

    fn day_ms(&mut self, year: i16, month: i8, day: i8) -> Option<i64> {
        if let Some((date, ms)) = self.date
            && (date.year(), date.month(), date.day()) == (year, month, day)
        {
            return Some(ms);
        }
        let date = Date::new(year, month, day).ok()?;
        let epoch = Date::constant(1970, 1, 1);
        let ms = date.duration_since(epoch).as_secs().checked_mul(1000)?;
        debug_assert_eq!(ms % DAY_MS, 0);
        self.date = Some((date, ms));
        Some(ms)
    }
}

fn digits(text: &[u8]) -> Option<i64> {
    text.iter().try_fold(0_i64, |sum, b| b.is_ascii_digit().then(|| sum * 10 + i64::from(b - b'0')))
}

/// Milliseconds of `.123456`, rounded, and what follows.
fn fraction(text: &[u8]) -> Option<(i64, &[u8])> {
    let [b'.' | b',', rest @ ..] = text else { return Some((0, text)) };
    let length = rest.iter().take_while(|b| b.is_ascii_digit()).count();
    let (places, rest) = rest.split_at_checked(length)?;
    let mut tenths = 0_i64;
    for i in 0..4 {
        tenths = tenths * 10 + places.get(i).map_or(0, |b| i64::from(b - b'0'));
    }
    Some(((tenths + 5) / 10, rest))
}

/// `Z`, `+02:00`, `+0200`, `+02`, or nothing.
fn zone(text: &[u8]) -> Option<Zone> {
    let (sign, rest) = match text {
        [] => return Some(Zone::Unstated),
        [b'Z' | b'z'] => return Some(Zone::Utc),
        [b'+', rest @ ..] => (1, rest),
        [b'-', rest @ ..] => (-1, rest),
        _ => return None,
    };
    let (hours, minutes) = match rest {
        [a, b, b':', c, d] | [a, b, c, d] => (digits(&[*a, *b])?, digits(&[*c, *d])?),
        [a, b] => (digits(&[*a, *b])?, 0),
        _ => return None,
    };
    // The widest offsets in use are -12 and +14 hours.
    (hours <= 14 && minutes < 60)
        .then(|| i32::try_from(sign * (hours * 3600 + minutes * 60)).map(Zone::Offset).ok())?
}

/// Everything else that jiff can read: no seconds, week dates, zone names in brackets.
fn unusual(text: &str) -> Option<(i64, Zone)> {
    if let Ok(timestamp) = text.parse::<jiff::Timestamp>() {
        return Some((timestamp.as_millisecond(), Zone::Utc));
    }
    let civil = text.parse::<jiff::civil::DateTime>().ok()?;
    // A bare date is no time of a point.
    if !text.contains(':') {
        return None;
    }
    let zoned = civil.to_zoned(jiff::tz::TimeZone::UTC).ok()?;
    Some((zoned.timestamp().as_millisecond(), Zone::Unstated))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_every_spelling() {
        let mut clock = Clock::default();
        // 2024-05-01T12:00:00Z is day 19844 since 1970, by the calendar.
        let noon = 19_844 * DAY_MS + 12 * 3_600_000;
        for (text, ms, zone) in [
            ("2024-05-01T12:00:00Z", 0, Zone::Utc),
            ("2024-05-01 12:00:00z", 0, Zone::Utc),
            ("2024-05-01T12:00:00.000Z", 0, Zone::Utc),
            ("2024-05-01T12:00:00.6Z", 600, Zone::Utc),
            ("2024-05-01T12:00:00.1236789Z", 124, Zone::Utc),
            ("2024-05-01T12:00:00,5Z", 500, Zone::Utc),
            ("2024-05-01T14:00:00+02:00", 0, Zone::Offset(7200)),
            ("2024-05-01T06:30:00.250-0530", 250, Zone::Offset(-19_800)),
            ("2024-05-02T01:00:00+13", 0, Zone::Offset(46_800)),
            (" 2024-05-01T12:00:00 ", 0, Zone::Unstated),
            ("2024-05-01T12:00Z", 0, Zone::Utc),
            ("2024-05-01T11:59:60Z", 0, Zone::Utc),
        ] {
            assert_eq!(clock.parse(text), Some((noon + ms, zone)), "{text}");
        }
        for text in ["", "noon", "2024-05-01", "2024-13-01T00:00:00Z", "2024-02-30T00:00:00Z"] {
            assert_eq!(clock.parse(text), None, "{text}");
        }
        for text in ["2024-05-01T25:00:00Z", "2024-05-01T12:00:00Q", "2024-05-01T12:00:00+99:00"] {
            assert_eq!(clock.parse(text), None, "{text}");
        }
    }

    #[test]
    fn every_day_agrees_with_the_calendar_library() {
        let mut clock = Clock::default();
        let mut day: jiff::Timestamp = "1969-12-25T23:59:59.5Z".parse().unwrap();
        for _ in 0..30_000 {
            let written = day.to_string();
            assert_eq!(clock.parse(&written), Some((day.as_millisecond(), Zone::Utc)), "{written}");
            day += jiff::SignedDuration::from_hours(24);
        }
    }
}
