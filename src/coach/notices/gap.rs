//! Days without a file in the last weeks: a break, or files that are missing.

use super::{Group, Kind, Notice, Seen, Size};
use crate::coach::Session;
use crate::findings::lately;
use crate::trend::GapAnswer;

/// The kind.
pub const KIND: Kind = Kind {
    id: "gap",
    group: Group::Data,
    news_days: lately::LATELY_DAYS,
    speaks_when: "a run of the last four weeks came after more than ten days without one, and the \
                  profile does not say why",
    chart: None,
    notices,
};

fn notices(seen: &Seen<'_>) -> Vec<Notice> {
    let history = seen.history();
    let lately = lately::runs(history, lately::LATELY_DAYS);
    let open = history.gaps.iter().filter(|gap| gap.answer == GapAnswer::Open);
    open.filter_map(|gap| {
        let after = |run: &&usize| history.days.get(**run) == Some(&gap.after);
        let session = Session::of(history, *lately.iter().find(after)?)?;
        let silent = gap.silent();
        let days = (silent.last - silent.first).get_days() + 1;
        Some(Notice {
            before: format!("No file for {days} days before "),
            after: ": a break, or missing files?".into(),
            day: Some(session.day),
            session: Some(session),
            size: Some(Size { value: f64::from(days), interval: None, unit: "days" }),
            ..KIND.notice()
        })
    })
    .collect()
}
