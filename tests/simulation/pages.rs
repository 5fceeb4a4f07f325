//! Whole pages of twelve weeks in which nothing changed but the weather of a body.

use super::Lot;
use super::athlete::{Kind, Wander, World};
use super::cadence::{each, form_cards};
use super::table::{Bound, Row};

/// Pages with a card about form.
pub fn rows(lot: Lot) -> Vec<Row> {
    let pages = |wander, season| World {
        every_days: 84.0 / 40.0,
        wander,
        season,
        kind: Kind::NewWatch,
        ..World::forty(0.2)
    };
    [
        (pages(Wander::None, 0.0), "day form alone", Bound::AtMost(0.10)),
        (
            pages(Wander::BetweenTenRuns(1.0, 4.0), 2.0),
            "season and wandering as measured in real archives",
            Bound::AtMost(0.10),
        ),
        (
            pages(Wander::Deviation(1.0, 4.0), 2.0),
            "season and wandering with an SD of 1 to 4 spm",
            Bound::AtMost(0.10),
        ),
    ]
    .into_iter()
    .map(|(world, words, bound)| {
        let found = each(&world, lot, |_, history| !form_cards(history).is_empty());
        let what =
            format!("a 12-week page in which nothing changed but, on every other page, the watch, carries a card \
                     about form: {words}");
        Row::count("quiet pages", what, found, bound)
    })
    .collect()
}
