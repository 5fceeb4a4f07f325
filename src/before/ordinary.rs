//! What an ordinary date of the same runner shows: the same look at every earlier window.

use jiff::civil::Date;
use serde::Serialize;

use super::window::days_before;
use super::{LOOKS, Place, STEP_DAYS, WINDOW_DAYS, Window};

/// Fewest ordinary dates for a rate. **chosen**: about half a year of them.
const FEWEST_DATES: usize = 26;

/// The same look at the runner's own earlier windows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Ordinary {
    /// Dates looked at.
    pub dates: usize,
    /// Dates left out because something hurt in the days that they stand for.
    pub painful: usize,
    /// Dates on which at least one thing stands out.
    pub any: usize,
    /// Dates on which at least as many things stand out as before the named day (at least one).
    pub as_many: usize,
}

/// Holds each earlier window against those of the others that share no day with it; `None` with too
/// few windows. A date on which something hurt, or in the week until the next date, is none of the
/// ordinary ones; its window stays among those that others are held against.
pub(super) fn ordinary(windows: &[Window], stood_out: usize, hurt: &[Date]) -> Option<Ordinary> {
    let stands_for = |window: &Window, day: Date| {
        (window.last < day) && days_before(day, STEP_DAYS) <= window.last
    };
    let (painful, calm): (Vec<&Window>, Vec<&Window>) =
        windows.iter().partition(|w| hurt.iter().any(|day| stands_for(w, *day)));
    let counts: Vec<usize> = calm.into_iter().filter_map(|w| standing_out(w, windows)).collect();
    let with = |least: usize| counts.iter().filter(|n| **n >= least).count();
    (counts.len() >= FEWEST_DATES).then(|| Ordinary {
        dates: counts.len(),
        painful: painful.len(),
        any: with(1),
        as_many: with(stood_out.max(1)),
    })
}

/// How many things stand out in a window; `None` where nothing has a place.
fn standing_out(window: &Window, windows: &[Window]) -> Option<usize> {
    let apart = |other: &&Window| (other.first - window.first).get_days().abs() >= WINDOW_DAYS;
    let places: Vec<Place> = LOOKS
        .iter()
        .filter_map(|look| {
            let value = (look.value)(window, window.epoch)?;
            let others = windows.iter().filter(apart);
            Place::of(value, others.filter_map(|o| (look.value)(o, window.epoch)))
        })
        .collect();
    (!places.is_empty()).then(|| places.iter().filter(|p| p.stands_out).count())
}
