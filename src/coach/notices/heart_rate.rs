//! Heart rate that follows cadence.

use super::{Group, Kind, Notice, Seen, of_runs};
use crate::coach::Fault;
use crate::findings::lately;

/// The kind.
pub const KIND: Kind = Kind {
    id: "heart_rate",
    group: Group::Data,
    news_days: lately::LATELY_DAYS,
    speaks_when: "in at least two runs of the last four weeks the heart rate followed the cadence",
    chart: None,
    notices,
};

/// One run may be chance. Source: `real-data` part 2, section 6.
const FEWEST: usize = 2;

fn notices(seen: &Seen<'_>) -> Vec<Notice> {
    notice(seen).into_iter().collect()
}

fn notice(seen: &Seen<'_>) -> Option<Notice> {
    let history = seen.history();
    let (all, touched) = seen.lately(|run| {
        history.runs.get(run).is_some_and(|run| Fault::of(run).contains(&Fault::HeartRate))
    });
    let before =
        format!("Heart rate followed cadence in {} of {all} runs of four weeks: ", touched.len());
    (touched.len() >= FEWEST).then(|| of_runs(history, &touched, before, KIND.notice())).flatten()
}
