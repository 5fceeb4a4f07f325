//! Heart rate that follows cadence.

use super::{Group, Kind, Notice, Seen};
use crate::activity::IssueKind;
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
    seen.in_runs(
        IssueKind::HeartRateLock,
        FEWEST,
        "Heart rate followed cadence",
        KIND.notice(WEIGHT),
    )
}
