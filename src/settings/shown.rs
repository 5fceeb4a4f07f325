//! Which days a page shows. Earlier runs still count as the past that a run is measured against.

use jiff::civil::{Date, Weekday};

/// The days shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Shown {
    /// All.
    #[default]
    All,
    /// From this day on.
    Since(Date),
    /// This many ISO weeks, the week of today the last of them.
    Weeks(u16),
}

impl Shown {
    /// The first day shown, seen from today; `None` where all are.
    pub fn first_day(self, today: Date) -> Option<Date> {
        match self {
            Self::All => None,
            Self::Since(day) => Some(day),
            Self::Weeks(weeks) => {
                let monday = today
                    .checked_sub(jiff::Span::new().days(today.weekday().since(Weekday::Monday)));
                let back = jiff::Span::new().weeks(i64::from(weeks.saturating_sub(1)));
                Some(monday.and_then(|m| m.checked_sub(back)).unwrap_or(Date::MIN))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Shown;
    use jiff::civil::date;

    #[test]
    fn weeks_begin_on_a_monday_and_hold_today() {
        let thursday = date(2026, 6, 18);
        assert_eq!(Shown::Weeks(1).first_day(thursday), Some(date(2026, 6, 15)));
        assert_eq!(Shown::Weeks(12).first_day(thursday), Some(date(2026, 3, 30)));
        assert_eq!(Shown::Weeks(1).first_day(date(2026, 6, 15)), Some(date(2026, 6, 15)));
        assert_eq!(Shown::Since(thursday).first_day(thursday), Some(thursday));
        assert_eq!(Shown::All.first_day(thursday), None);
    }
}
