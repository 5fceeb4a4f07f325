//! Cadence at the athlete's own pace moved over weeks.

use super::{Group, Kind, Notice, Seen, Size, told_since, told_trend};
use crate::coach::Session;
use crate::findings::{lately, say};
use crate::quantities::whole;

const METRIC: &str = "adjusted_cadence";

/// The kind.
pub const KIND: Kind = Kind {
    id: "cadence",
    group: Group::Drifted,
    news_days: lately::LATELY_DAYS,
    speaks_when: "cadence at the athlete's own pace, with one watch, moved over the last 16 weeks: \
                  clear by the rules of the runner's page, or likely and 2 spm or more",
    notices,
};

fn notices(seen: &Seen<'_>) -> Vec<Notice> {
    notice(seen).into_iter().collect()
}

fn notice(seen: &Seen<'_>) -> Option<Notice> {
    let (trend, run) = told_trend(seen, METRIC)?;
    let session = Session::of(seen.history(), run)?;
    let change = trend.change()?;
    let number = whole(change.abs());
    let range =
        trend.change_interval().map(|i| format!(" ({})", say::range(i))).unwrap_or_default();
    Some(Notice {
        before: format!(
            "Cadence at own pace {} by {number} steps a minute over {}{range}; last run ",
            if change < 0.0 { "fell" } else { "rose" },
            say::weeks(trend.days()),
        ),
        day: Some(session.day),
        began: told_since(seen.history(), METRIC, trend),
        session: Some(session),
        sureness: Some(trend.sureness),
        size: Some(Size { value: change, interval: trend.change_interval(), unit: "spm" }),
        ..KIND.notice(60.0 + change.abs().min(20.0))
    })
}
