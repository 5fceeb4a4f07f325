//! Runs without cadence among runs that used to have it, or none with it at all.

use super::{Group, Kind, Notice, Seen, Size, earlier};
use crate::coach::Session;
use crate::findings::lately;

/// The kind.
pub const KIND: Kind = Kind {
    id: "no_cadence",
    group: Group::Data,
    news_days: lately::LATELY_DAYS,
    speaks_when: "at least two runs of the last four weeks have no cadence",
    notices,
};

/// Runs that make it a habit. **chosen**: one treadmill run is none.
const FEWEST: usize = 2;
/// Below a new watch, which explains itself. **chosen**
const WEIGHT: f64 = 35.0;

fn notices(seen: &Seen<'_>) -> Vec<Notice> {
    notice(seen).into_iter().collect()
}

fn notice(seen: &Seen<'_>) -> Option<Notice> {
    let history = seen.history();
    let (all, without) = seen
        .lately(|run| history.runs.get(run).is_some_and(|run| run.value("step_rate").is_none()));
    let session = Session::of(history, *without.last()?)?;
    (without.len() >= FEWEST).then(|| Notice {
        before: format!(
            "No cadence in {} of {all} runs of four weeks: {}",
            without.len(),
            earlier(history, &without)
        ),
        day: Some(session.day),
        session: Some(session),
        size: Some(Size { value: without.len() as f64, interval: None, unit: "runs" }),
        ..KIND.notice(WEIGHT)
    })
}
