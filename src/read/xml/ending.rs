//! A file whose root element never ended.

use super::Walk;
use crate::activity::{Issue, IssueKind, Severity};
use crate::read::{ReadError, ReadOutput};

/// What the user can do about it.
const HINT: &str = "export the activity again";

/// Some of it was kept.
pub(in crate::read) fn broken_off(walk: &Walk<'_>, output: &ReadOutput) -> Issue {
    let kept: usize = output.recordings.iter().map(|r| r.times_ms.len()).sum();
    let line = walk.line();
    let message = format!("the file breaks off in line {line}; {kept} point(s) were kept");
    Issue::new(IssueKind::Truncated, Severity::Doubt, message).remedy(HINT)
}

/// There was nothing in it to keep or to name.
pub(in crate::read) fn ends_too_early(walk: &Walk<'_>) -> ReadError {
    ReadError::Malformed {
        format: walk.format(),
        problem: "the file ends before its first point".to_owned(),
        place: format!("line {}", walk.line()),
        hint: HINT,
    }
}
