//! Ground contact divides differently between left and right than it used to.

use super::{Group, Kind, Notice, Seen, Size};
use crate::coach::Session;
use crate::findings::balance_shifted;
use crate::findings::lately::NEWS_DAYS;
use crate::quantities::decimals;

/// The kind.
pub const KIND: Kind = Kind {
    id: "balance",
    group: Group::Drifted,
    news_days: NEWS_DAYS,
    speaks_when: "in at least three of the last five runs with one sensor, the last of them in 14 \
                  days, the left share of ground contact lay over two standard deviations from the \
                  athlete's own 12 weeks, all to the same side",
    chart: Some(("contact_balance", "Left and right over time")),
    notices,
};

fn notices(seen: &Seen<'_>) -> Vec<Notice> {
    notice(seen).into_iter().collect()
}

fn notice(seen: &Seen<'_>) -> Option<Notice> {
    let shift = balance_shifted(seen.history())?;
    let session = Session::of(seen.history(), shift.run)?;
    let change = shift.reading.value;
    Some(Notice {
        after: format!(
            " had {} points more ground contact on the {} than in their 12 weeks",
            decimals(change.abs(), 1),
            if change > 0.0 { "left" } else { "right" },
        ),
        day: Some(session.day),
        session: Some(session),
        sureness: Some(shift.sureness),
        size: Some(Size { value: change, interval: None, unit: "percent" }),
        ..KIND.notice()
    })
}
