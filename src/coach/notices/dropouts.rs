//! Stretches in which cadence dropped out, halved or stuck.

use super::{Group, Kind, Notice, Seen};
use crate::activity::IssueKind;
use crate::findings::lately;

/// The kind.
pub const KIND: Kind = Kind {
    id: "dropouts",
    group: Group::Data,
    news_days: lately::LATELY_DAYS,
    speaks_when: "in at least two runs of the last four weeks cadence dropped out, halved or stuck \
                  for a stretch",
    notices,
};

/// One run may be a bad day of a sensor. **chosen**
const FEWEST: usize = 2;
/// Below runs without any cadence. **chosen**
const WEIGHT: f64 = 25.0;

fn notices(seen: &Seen<'_>) -> Vec<Notice> {
    seen.in_runs(IssueKind::Dropout, FEWEST, "Cadence dropped out or stuck", KIND.notice(WEIGHT))
}
