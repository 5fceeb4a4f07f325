//! Heart rate that follows cadence.

use super::{Group, Kind, Notice, Seen, Size};
use crate::activity::IssueKind;
use crate::coach::Session;
use crate::findings::lately;

/// The kind.
pub const KIND: Kind = Kind {
    id: "heart_rate",
    group: Group::Data,
    news_days: lately::LATELY_DAYS,
    speaks_when: "in at least two runs of the last four weeks the heart rate followed the cadence",
    notices,
};

/// One run may be chance. Source: `real-data` part 2, section 6.
const FEWEST: usize = 2;
/// As on the runner's page.
const WEIGHT: f64 = 20.0;

fn notices(seen: &Seen<'_>) -> Vec<Notice> {
    notice(seen).into_iter().collect()
}

fn notice(seen: &Seen<'_>) -> Option<Notice> {
    let history = seen.history();
    let (all, touched) = seen.lately(|run| {
        let run = history.runs.get(run);
        run.is_some_and(|run| run.issues.iter().any(|i| i.kind == IssueKind::HeartRateLock))
    });
    let session = Session::of(history, *touched.last()?)?;
    (touched.len() >= FEWEST).then(|| Notice {
        before: format!(
            "Heart rate followed cadence in {} of {all} runs of four weeks; last ",
            touched.len()
        ),
        after: ".".into(),
        day: Some(session.day),
        session: Some(session),
        size: Some(Size { value: touched.len() as f64, interval: None, unit: "runs" }),
        ..KIND.notice(WEIGHT)
    })
}
