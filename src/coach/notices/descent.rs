//! Much more descent in one run than in any of the 30 days before it.

use super::{Group, Kind, Notice, Seen, Size};
use crate::coach::Session;
use crate::findings::lately::NEWS_DAYS;
use crate::findings::{Standout, descent_jumps};
use crate::quantities::share;

/// The kind.
pub const KIND: Kind = Kind {
    id: "descent",
    group: Group::Spiked,
    news_days: NEWS_DAYS,
    speaks_when: "a run of the last 14 days had over 30 % (and 100 m) more descent than any of the \
                  30 days before it, by a barometer, and not after a break",
    chart: None,
    notices,
};

fn notices(seen: &Seen<'_>) -> Vec<Notice> {
    descent_jumps(seen.history()).iter().filter_map(|jump| notice(seen, jump)).collect()
}

fn notice(seen: &Seen<'_>, jump: &Standout) -> Option<Notice> {
    let session = Session::of(seen.history(), jump.run)?;
    let ratio = jump.reading.value;
    let before = jump.reading.get("largest_before_m")?;
    Some(Notice {
        after: format!(
            " went {} down, {} more than any run of the 30 days before",
            seen.said.height(before * ratio),
            share(ratio - 1.0)
        ),
        day: Some(session.day),
        session: Some(session),
        sureness: Some(jump.sureness),
        size: Some(Size { value: ratio, interval: None, unit: "ratio" }),
        ..KIND.notice()
    })
}
