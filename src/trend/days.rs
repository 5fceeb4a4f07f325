//! Which civil day a run belongs to, and which day is today.

use jiff::civil::{Date, DateTime};
use jiff::tz::{Offset, TimeZone};

use crate::activity::ActivityMeta;
use crate::settings::Settings;

/// The civil day of a run: in the stated time zone, else by the file's own offset, else UTC.
pub fn day_of(meta: &ActivityMeta, settings: &Settings) -> Date {
    local_start(meta, settings).date()
}

/// Civil date and time of a run's start, by the same rule as its day.
pub fn local_start(meta: &ActivityMeta, settings: &Settings) -> DateTime {
    local(meta.start, meta.utc_offset_s, settings)
}

pub(super) fn local(
    at: jiff::Timestamp,
    utc_offset_s: Option<i32>,
    settings: &Settings,
) -> DateTime {
    if let Some(zone) = &settings.time_zone {
        return zone.to_datetime(at);
    }
    let offset = utc_offset_s.and_then(|s| Offset::from_seconds(s).ok()).unwrap_or(Offset::UTC);
    offset.to_datetime(at)
}

/// The day that counts as today: by the stated clock, else the day of the last run.
pub fn today(last: Option<(&ActivityMeta, Date)>, settings: &Settings) -> Option<Date> {
    match settings.now {
        Some(now) => Some(local(now, last.and_then(|(m, _)| m.utc_offset_s), settings).date()),
        None => last.map(|(_, day)| day),
    }
}

/// How the days were decided, in words.
pub fn rule<'a>(metas: impl Iterator<Item = &'a ActivityMeta>, settings: &Settings) -> String {
    if let Some(zone) = &settings.time_zone {
        return format!("Days follow the time zone you stated ({}).", zone_name(zone));
    }
    let (mut stated, mut all) = (0_usize, 0_usize);
    for meta in metas {
        all += 1;
        stated += usize::from(meta.utc_offset_s.is_some());
    }
    match (stated, all) {
        (0, _) => {
            "Days follow UTC, because no file states its local time; --tz changes that.".into()
        }
        (s, a) if s == a => "Days follow the local time that each file states.".into(),
        (s, a) => format!(
            "Days follow the local time that the file states ({s} of {a} runs), else UTC; --tz \
             changes that."
        ),
    }
}

fn zone_name(zone: &TimeZone) -> String {
    zone.iana_name().map_or_else(|| "a fixed offset".to_owned(), str::to_owned)
}

/// Whole days from one day to another.
pub fn between(from: Date, to: Date) -> i32 {
    (to - from).get_days()
}

/// Monday of the ISO week of a day; the day itself at the very edge of the calendar.
pub fn monday(day: Date) -> Date {
    let back = i64::from(day.weekday().to_monday_zero_offset());
    day.checked_sub(jiff::Span::new().days(back)).unwrap_or(day)
}

/// A day some days later, stopping at the edge of the calendar.
pub fn later(day: Date, days: i64) -> Date {
    day.saturating_add(jiff::Span::new().days(days))
}

#[cfg(test)]
mod tests {
    use super::{between, monday};
    use jiff::civil::date;

    #[test]
    fn weeks_begin_on_monday() {
        assert_eq!(monday(date(2026, 1, 1)), date(2025, 12, 29));
        assert_eq!(monday(date(2025, 12, 29)), date(2025, 12, 29));
        assert_eq!(monday(date(2026, 1, 4)), date(2025, 12, 29));
        assert_eq!(between(date(2026, 1, 11), date(2026, 2, 1)), 21);
    }
}
