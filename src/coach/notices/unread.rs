//! Files that should have been runs and gave nothing.

use super::{Group, Kind, Notice, Seen, Size};
use crate::findings::lately;
use crate::quantities::{counted, shorten};
use crate::report::Fate;
use crate::report::plain::clean;

/// The kind.
pub const KIND: Kind = Kind {
    id: "unread",
    group: Group::Data,
    news_days: lately::LATELY_DAYS,
    speaks_when: "a file that should have been an activity gave nothing; such a file has no date",
    chart: None,
    notices,
};

/// Characters of the reason that are shown, up to what to do about it; the athlete's page has all.
/// **chosen**
const MOST_REASON: usize = 90;

fn notices(seen: &Seen<'_>) -> Vec<Notice> {
    notice(seen).into_iter().collect()
}

fn notice(seen: &Seen<'_>) -> Option<Notice> {
    let fates = seen.report.inputs.iter().flat_map(|input| &input.fates);
    let reasons: Vec<&str> = fates
        .filter_map(|fate| match fate {
            Fate::Skipped { reason, .. } => Some(reason.as_str()),
            _ => None,
        })
        .collect();
    let (reason, _) = reasons.first()?.split_once(';').unwrap_or((reasons.first()?, ""));
    let reason = shorten(&clean(reason), MOST_REASON);
    Some(Notice {
        before: format!("{} gave nothing: {reason}", counted(reasons.len(), "file", "files")),
        size: Some(Size { value: reasons.len() as f64, interval: None, unit: "files" }),
        ..KIND.notice()
    })
}
