//! Runs without cadence among runs that used to have it, or none with it at all.

use super::{Group, Kind, Notice, Seen, of_runs};
use crate::findings::lately;

/// The kind.
pub const KIND: Kind = Kind {
    id: "no_cadence",
    group: Group::Data,
    news_days: lately::LATELY_DAYS,
    speaks_when: "at least two runs of the last four weeks have no cadence",
    chart: None,
    notices,
};

/// Runs that make it a habit. **chosen**: one treadmill run is none.
const FEWEST: usize = 2;

fn notices(seen: &Seen<'_>) -> Vec<Notice> {
    notice(seen).into_iter().collect()
}

fn notice(seen: &Seen<'_>) -> Option<Notice> {
    let history = seen.history();
    let (all, without) = seen
        .lately(|run| history.runs.get(run).is_some_and(|run| run.value("step_rate").is_none()));
    let before = format!("No cadence in {} of {all} runs of four weeks: ", without.len());
    (without.len() >= FEWEST).then(|| of_runs(history, &without, before, KIND.notice())).flatten()
}
