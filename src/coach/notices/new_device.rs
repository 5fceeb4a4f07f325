//! Another watch or sensor: trends begin anew.

use super::{Group, Kind, Notice, Seen};
use crate::coach::Session;
use crate::findings::lately;
use crate::report::plain::clean;

/// The kind.
pub const KIND: Kind = Kind {
    id: "new_device",
    group: Group::Watch,
    news_days: lately::LATELY_DAYS,
    speaks_when: "a watch or sensor was used for the first time in the last four weeks, after \
                  another",
    chart: None,
    notices,
};

fn notices(seen: &Seen<'_>) -> Vec<Notice> {
    let history = seen.history();
    let lately = lately::runs(history, lately::LATELY_DAYS);
    let of_epoch = |to: usize| {
        let epoch = history.epochs.get(to)?;
        let first = *epoch.runs.first().filter(|run| lately.contains(run))?;
        let from = *history.epoch_of.get(first.checked_sub(1)?)?;
        let old = history.epochs.get(from)?;
        let session = Session::of(history, first)?;
        Some(Notice {
            before: "First run with another watch or sensor, ".into(),
            after: format!(
                ": {} after {}; trends start anew",
                clean(&epoch.label),
                clean(&old.label)
            ),
            day: Some(session.day),
            session: Some(session),
            ..KIND.notice()
        })
    };
    (0..history.epochs.len()).filter_map(of_epoch).collect()
}
