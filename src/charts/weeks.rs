//! Weeks as charts show them: the last ones, as bars from Monday to Monday.

use jiff::ToSpan;
use jiff::civil::Date;

use super::{Axis, Bar, KeyItem, Swatch, Tone, day_number};
use crate::trend::{History, Week};

/// Weeks shown at most: a year. **chosen**: bars stay readable.
const MOST_WEEKS: usize = 52;
/// Days of white on each side of a bar.
const GAP_DAYS: f64 = 0.7;

/// The last weeks, oldest first.
pub fn last_weeks(history: &History) -> &[Week] {
    let skipped = history.weeks.len().saturating_sub(MOST_WEEKS);
    history.weeks.get(skipped..).unwrap_or_default()
}

/// First day shown: the first week's Monday.
pub fn first_day(weeks: &[Week]) -> Option<Date> {
    weeks.first().map(|w| w.monday)
}

/// An axis from the first Monday to the last Sunday.
pub fn axis(weeks: &[Week]) -> Option<Axis> {
    let last = weeks.last()?.monday;
    let sunday = last.checked_add(6.days()).unwrap_or(last);
    Some(Axis::days(first_day(weeks)?, sunday))
}

/// Opacity of the bar of a week that is not over. **chosen**
const UNFINISHED: f64 = 0.55;

/// What the key says where the last week is not over.
pub fn unfinished(weeks: &[Week], tone: Tone) -> Option<KeyItem> {
    let open = weeks.iter().any(|week| !week.complete);
    open.then(|| KeyItem::new(Swatch::Pale, tone, "a week that is not over"))
}

/// A bar of one week.
pub fn bar(week: &Week, y: (f64, f64), tone: Tone, title: String) -> Bar {
    let monday = day_number(week.monday);
    Bar {
        x: (monday + GAP_DAYS - 0.5, monday + 6.5 - GAP_DAYS),
        y,
        tone,
        strength: if week.complete { 1.0 } else { UNFINISHED },
        hollow: false,
        title,
    }
}
