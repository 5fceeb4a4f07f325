//! Cadence at the athlete's own pace moved over weeks.

use super::{Group, Kind, Notice, Seen, Size, told_trend};
use crate::coach::Session;
use crate::findings::{lately, say};

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
    let (trend, run) = told_trend(seen, "adjusted_cadence")?;
    let session = Session::of(seen.history(), run)?;
    let change = trend.change()?;
    let size = say::change(trend)?;
    let (number, range) = size.split_once(' ').unwrap_or((&size, ""));
    Some(Notice {
        before: format!(
            "{} at own pace, {number} {} steps a minute over {} {range}",
            if change < 0.0 { "Fell" } else { "Rose" },
            say::more(change),
            say::weeks(trend.days()),
        )
        .trim_end()
        .to_owned()
            + "; last ",
        after: ".".into(),
        day: Some(session.day),
        session: Some(session),
        sureness: Some(trend.sureness),
        size: Some(Size { value: change, interval: trend.change_interval(), unit: "spm" }),
        ..KIND.notice(60.0 + change.abs().min(20.0))
    })
}
