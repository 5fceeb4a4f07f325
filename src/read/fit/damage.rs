//! What the walk says where bytes make no sense.

use crate::activity::{Issue, IssueKind, Severity};

/// Places at which bytes made no sense and reading went on behind them.
#[derive(Default)]
pub(super) struct Gaps {
    first: Option<usize>,
    pub(super) count: usize,
    bytes: usize,
}

impl Gaps {
    pub(super) fn add(&mut self, at: usize, length: usize) {
        self.first = self.first.or(Some(at));
        self.count += 1;
        self.bytes += length;
    }

    pub(super) fn issue(&self) -> Option<Issue> {
        let first = self.first?;
        let text = format!(
            "the messages make no sense at {} places, first at byte {first}; {} bytes were passed over and reading went on",
            self.count, self.bytes
        );
        let issue = Issue::new(IssueKind::Malformed, Severity::Doubt, text).count(self.count);
        Some(issue.remedy("the file is damaged: download it again from its source"))
    }
}

/// Why the walk cannot go on at a byte.
#[derive(Clone, Copy, Debug)]
pub(super) enum Damage {
    /// The message ends behind the last byte.
    Cut,
    /// Data for a local type that no definition describes.
    Undefined(u8),
}

impl Damage {
    pub(super) fn issue(self, at: usize) -> Issue {
        match self {
            Self::Cut => Issue::new(
                IssueKind::Truncated,
                Severity::Doubt,
                format!("the message at byte {at} is cut off; everything before it is kept"),
            ),
            Self::Undefined(local) => Issue::new(
                IssueKind::Malformed,
                Severity::Doubt,
                format!("the message at byte {at} is of local type {local}, which nothing defines"),
            ),
        }
    }
}
