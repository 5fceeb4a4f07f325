//! Pain that was noted. That a note was written counts; what it says is shown and never weighed.

use super::{Group, Kind, Notice, Seen, Size};
use crate::coach::Session;
use crate::findings::lately;
use crate::quantities::{day_month, shorten};
use crate::report::plain::clean;

/// The kind.
pub const KIND: Kind = Kind {
    id: "pain",
    group: Group::Pain,
    news_days: lately::LATELY_DAYS,
    speaks_when: "the athlete noted pain; only that a note was written counts, never its figure",
    chart: None,
    notices,
};

/// Characters of a note that are shown in the row; the section on pain has more. **chosen**
const MOST_WRITTEN: usize = 60;

fn notices(seen: &Seen<'_>) -> Vec<Notice> {
    notice(seen).into_iter().collect()
}

fn notice(seen: &Seen<'_>) -> Option<Notice> {
    let history = seen.history();
    let note = history.pain.iter().rfind(|note| !note.says_none())?;
    let session = note.run.and_then(|run| Session::of(history, run));
    let session = session.filter(|session| session.day == note.day);
    let written = shorten(&clean(&note.as_written()), MOST_WRITTEN);
    let when = if session.is_some() { String::new() } else { day_month(note.day) };
    Some(Notice {
        before: format!("As written: {written}; {when}"),
        day: Some(note.day),
        session,
        size: Some(Size { value: 1.0, interval: None, unit: "notes" }),
        ..KIND.notice()
    })
}
