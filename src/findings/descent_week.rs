//! The week with the most descent, and whether it was out of the ordinary.

use jiff::civil::Date;

use crate::trend::progression::LARGE_SPIKE;
use crate::trend::{History, RECENT_DAYS, Week};

/// Weeks with known descent that make a habit to hold a week against. Source: `science` 2.16.
const HABIT_WEEKS: usize = 4;
/// Metres more than in any week before it, below which no week is worth a word. **chosen**: as for
/// single runs.
const LEAST_MORE_M: f64 = 100.0;

/// The week with the most descent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MostDescent {
    /// Its Monday.
    pub monday: Date,
    /// Its descent, m.
    pub descent_m: f64,
    /// The most that any week before it had, m; `None` where there is none.
    pub before_m: Option<f64>,
    /// Weeks before it whose descent is known.
    pub weeks_before: usize,
}

impl MostDescent {
    /// Of these weeks; `None` without known descent.
    pub fn of(weeks: &[Week]) -> Option<Self> {
        let with = || weeks.iter().filter_map(|w| Some((w.monday, w.descent_m?)));
        let (monday, descent_m) = with().max_by(|a, b| a.1.total_cmp(&b.1))?;
        let before = || with().filter(|(day, _)| *day < monday).map(|(_, down)| down);
        let weeks_before = before().count();
        Some(Self { monday, descent_m, before_m: before().reduce(f64::max), weeks_before })
    }

    /// More than twice the most of the weeks before, against a habit.
    pub fn is_unusual(&self) -> bool {
        self.weeks_before >= HABIT_WEEKS
            && self.before_m.is_some_and(|most| {
                self.descent_m > LARGE_SPIKE * most && self.descent_m - most >= LEAST_MORE_M
            })
    }
}

/// The week with the most descent, where it was out of the ordinary and lies within the weeks that
/// a trend looks at.
pub fn unusual(history: &History) -> Option<MostDescent> {
    let most = MostDescent::of(&history.weeks).filter(MostDescent::is_unusual)?;
    let today = history.today?;
    (f64::from((today - most.monday).get_days()) <= f64::from(RECENT_DAYS)).then_some(most)
}
