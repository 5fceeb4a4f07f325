//! A run much longer than any of the 30 days before it.

use super::{Group, Kind, Notice, Seen, Size};
use crate::coach::Session;
use crate::findings::lately::NEWS_DAYS;
use crate::findings::{Standout, distance_jumps};
use crate::quantities::share;

/// The kind.
pub const KIND: Kind = Kind {
    id: "distance",
    group: Group::Spiked,
    news_days: NEWS_DAYS,
    speaks_when: "a run of the last 14 days was over 30 % (and 2 km) longer than any of the 30 \
                  days before it, and not after a break",
    chart: None,
    notices,
};

fn notices(seen: &Seen<'_>) -> Vec<Notice> {
    distance_jumps(seen.history()).iter().filter_map(|jump| notice(seen, jump)).collect()
}

fn notice(seen: &Seen<'_>, jump: &Standout) -> Option<Notice> {
    let session = Session::of(seen.history(), jump.run)?;
    let ratio = jump.reading.value;
    let before = jump.reading.get("longest_before_m")?;
    Some(Notice {
        after: format!(
            " was {} longer than any run of the 30 days before ({})",
            share(ratio - 1.0),
            seen.said.distance(before)
        ),
        day: Some(session.day),
        session: Some(session),
        sureness: Some(jump.sureness),
        size: Some(Size { value: ratio, interval: None, unit: "ratio" }),
        ..KIND.notice()
    })
}
