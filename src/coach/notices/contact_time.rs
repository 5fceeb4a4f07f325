//! Contact time moved over weeks, with one sensor that measures it.

use super::{Group, Kind, Notice, Seen, Size, told_since, told_trend};
use crate::coach::Session;
use crate::findings::{lately, say};
use crate::quantities::whole;

const METRIC: &str = "ground_contact_time";

/// The kind.
pub const KIND: Kind = Kind {
    id: "contact_time",
    group: Group::Drifted,
    news_days: lately::LATELY_DAYS,
    speaks_when: "contact time by one sensor that measures it moved over the last 16 weeks: clear, \
                  or likely and 5 ms or more; pace is not taken out",
    chart: Some(("running_dynamics", "Contact time over time")),
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
    let range = trend.change_interval().map(|i| format!(" ({})", say::range(i)));
    Some(Notice {
        before: format!(
            "Contact time {} by {} ms over {}{}, pace not taken out; seen since ",
            if change < 0.0 { "fell" } else { "rose" },
            whole(change.abs()),
            say::weeks(trend.days()),
            range.unwrap_or_default(),
        ),
        day: Some(last.day),
        began: Some(since.day),
        session: Some(since),
        sureness: Some(trend.sureness),
        size: Some(Size { value: change, interval: trend.change_interval(), unit: "ms" }),
        ..KIND.notice()
    })
}
