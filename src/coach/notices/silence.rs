//! No run up to today. What today is, only the squad knows.

use jiff::civil::Date;

use super::{Group, Kind, Notice, Size};
use crate::coach::Athlete;
use crate::findings::lately;

/// The kind; it is told by [`of`].
pub const KIND: Kind = Kind {
    id: "silence",
    group: Group::Silent,
    news_days: lately::LATELY_DAYS,
    speaks_when: "the last run lies more than ten days before today; after four more weeks it is \
                  no news",
    chart: None,
    notices: |_| Vec::new(),
};

/// The notice of an athlete who has been silent for too long.
pub fn of(athlete: &Athlete, today: Date) -> Option<Notice> {
    let session = athlete.last.clone()?;
    let days = (today - session.day).get_days();
    let became_news =
        session.day.saturating_add(jiff::Span::new().days(athlete.gap_days as i64 + 1));
    (f64::from(days) > athlete.gap_days).then(|| Notice {
        before: format!("No file for {days} days, since "),
        after: ": a break, or missing files?".into(),
        day: Some(became_news),
        session: Some(session),
        size: Some(Size { value: f64::from(days), interval: None, unit: "days" }),
        ..KIND.notice()
    })
}
