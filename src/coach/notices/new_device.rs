//! Another watch or sensor: trends begin anew.

use super::{Group, Kind, Notice, Seen};
use crate::coach::Session;
use crate::findings::lately;
use crate::report::plain::clean;

/// The kind.
pub const KIND: Kind = Kind {
    id: "new_device",
    group: Group::Data,
    news_days: lately::LATELY_DAYS,
    speaks_when: "a watch or sensor was used for the first time in the last four weeks, after \
                  another",
    notices,
};

/// As on the runner's page.
const WEIGHT: f64 = 40.0;

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
            before: "New watch or sensor since ".into(),
            after: format!(
                ": {} after {}. Trends start anew.",
                clean(&epoch.label),
                clean(&old.label)
            ),
            day: Some(session.day),
            session: Some(session),
            ..KIND.notice(WEIGHT)
        })
    };
    (0..history.epochs.len()).filter_map(of_epoch).collect()
}
