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
    chart: Some(("cadence_trend", "Cadence over time")),
    notices,
};

fn notices(seen: &Seen<'_>) -> Vec<Notice> {
    notice(seen).into_iter().collect()
}

fn notice(seen: &Seen<'_>) -> Option<Notice> {
    let (trend, run) = told_trend(seen, METRIC)?;
    let last = Session::of(seen.history(), run)?;
    let since = told_since(seen.history(), METRIC, trend).unwrap_or_else(|| last.clone());
    let change = trend.change()?;
    let number = whole(change.abs());
    let range =
        trend.change_interval().map(|i| format!(" ({})", say::range(i))).unwrap_or_default();
    Some(Notice {
        before: format!(
            "Cadence at own pace {} by {number} steps a minute over {}{range}; seen since ",
            if change < 0.0 { "fell" } else { "rose" },
            say::weeks(trend.days()),
        ),
        day: Some(last.day),
        began: Some(since.day),
        session: Some(since),
        sureness: Some(trend.sureness),
        size: Some(Size { value: change, interval: trend.change_interval(), unit: "spm" }),
        ..KIND.notice()
    })
}
