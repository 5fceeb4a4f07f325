//! Axes with their own ticks: round numbers, mondays and months, paces.

use jiff::ToSpan;
use jiff::civil::{Date, date};

use crate::quantities::{Quantities, day_month, month};

/// A mark on an axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    /// Place in data units.
    pub at: f64,
    /// What is written there.
    pub label: String,
}

/// One axis: its span, its ticks and its unit. A narrow drawing takes every n-th tick.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// Quantity and unit, as written beside the axis; empty for dates.
    pub label: String,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Ticks.
    pub ticks: Vec<Tick>,
    /// A narrow drawing writes every n-th tick.
    pub narrow_every: usize,
    /// Whether lines run through the panel at the ticks.
    pub grid: bool,
    /// Where a day stands on it, if anywhere.
    pub scale: Scale,
}

/// What the numbers of an axis are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// A quantity.
    Quantity,
    /// Days since 1970.
    Days,
    /// Weeks as rows of one, the first on top.
    WeekRows {
        /// Monday of the first week.
        first: Date,
        /// Number of rows.
        rows: i32,
    },
}

/// Room beyond the longest bar of a mirrored axis. **chosen**
const MIRROR_ROOM: f64 = 1.04;

/// Room around a single value, as a part of it. **chosen**
const FLAT_ROOM: f64 = 0.03;

/// Days since 1970 as an axis number.
pub fn day_number(day: Date) -> f64 {
    f64::from((day - date(1970, 1, 1)).get_days())
}

impl Axis {
    /// An axis of plain numbers from `low` to `high`, widened to round ticks.
    pub fn numbers(label: impl Into<String>, low: f64, high: f64, wanted: usize) -> Self {
        // One value alone still wants a span around it.
        let room = if high - low > 1e-9 { 0.0 } else { (FLAT_ROOM * low.abs()).max(f64::EPSILON) };
        let (low, high) = (low - room, high + room);
        let step = round_step(low, high, wanted);
        let (first, last) =
            ((low / step).floor(), (high / step).ceil().max((low / step).floor() + 1.0));
        let places = if step < 0.01 {
            3
        } else if step < 0.1 {
            2
        } else if step < 1.0 {
            1
        } else {
            0
        };
        let mut ticks = Vec::new();
        let mut k = first;
        while k <= last {
            ticks.push(Tick { at: k * step, label: crate::quantities::decimals(k * step, places) });
            k += 1.0;
        }
        Self {
            label: label.into(),
            low: first * step,
            high: last * step,
            ticks,
            narrow_every: 1,
            grid: true,
            scale: Scale::Quantity,
        }
    }

    /// An axis that is mirrored about zero, its ticks written without a sign.
    pub fn mirrored(label: impl Into<String>, reach: f64, wanted: usize) -> Self {
        let mut axis = Self::numbers(label, -reach, reach, wanted);
        (axis.low, axis.high) = (-MIRROR_ROOM * reach, MIRROR_ROOM * reach);
        axis.ticks.retain(|t| t.at.abs() <= axis.high);
        for tick in &mut axis.ticks {
            tick.label = tick.label.trim_start_matches('\u{2212}').to_owned();
        }
        axis
    }

    /// One side of a plane: no ticks, no words.
    pub fn bare(low: f64, high: f64) -> Self {
        Self {
            label: String::new(),
            low,
            high,
            ticks: Vec::new(),
            narrow_every: 1,
            grid: false,
            scale: Scale::Quantity,
        }
    }

    /// Days, from half a day before the first to half a day after the last.
    pub fn days(first: Date, last: Date) -> Self {
        let (low, high) = (day_number(first), day_number(last));
        let length = high - low;
        let ticks = if length <= 6.0 {
            daily(first, last, 1)
        } else if length <= 18.0 {
            daily(first, last, 3)
        } else if length <= 75.0 {
            weekly(first, last, 7)
        } else if length <= 150.0 {
            weekly(first, last, 14)
        } else if length <= 500.0 {
            monthly(first, last, if length <= 280.0 { 1 } else { 2 })
        } else {
            monthly(first, last, if length <= 1100.0 { 4 } else { 12 })
        };
        let pad = (0.012 * length).max(0.7);
        Self {
            label: String::new(),
            low: low - pad,
            high: high + pad,
            narrow_every: ticks.len().div_ceil(4).max(1),
            ticks,
            grid: false,
            scale: Scale::Days,
        }
    }

    /// Speed in m/s, with its ticks at round paces.
    pub fn paces(quantities: Quantities, low_m_s: f64, high_m_s: f64) -> Self {
        let slow = quantities.pace_seconds(low_m_s).map_or(600.0, |s| s);
        let fast = quantities.pace_seconds(high_m_s).map_or(180.0, |s| s);
        let step = if slow - fast > 240.0 { 60.0 } else { 30.0 };
        let mut ticks = Vec::new();
        let mut seconds = (slow / step).floor() * step;
        while seconds >= fast && seconds > 0.0 {
            let speed = quantities.long_unit_m() / seconds;
            if let Some(label) = quantities.pace_digits(speed) {
                ticks.push(Tick { at: speed, label });
            }
            seconds -= step;
        }
        Self {
            label: format!("pace, {}", quantities.pace_unit()),
            low: low_m_s,
            high: high_m_s,
            narrow_every: if ticks.len() > 7 { 2 } else { 1 },
            ticks,
            grid: false,
            scale: Scale::Quantity,
        }
    }

    /// Place of a day; `None` where time does not run along this axis or the day lies outside it.
    pub fn place(&self, day: Date) -> Option<f64> {
        let at = match self.scale {
            Scale::Quantity => return None,
            Scale::Days => day_number(day),
            Scale::WeekRows { first, rows } => {
                let row = (day - first).get_days().div_euclid(7);
                f64::from(rows - 1 - row) + 0.5
            }
        };
        (self.low..=self.high).contains(&at).then_some(at)
    }

    /// The same axis without lines through the panel.
    #[must_use]
    pub fn without_grid(mut self) -> Self {
        self.grid = false;
        self
    }
}

/// A step of 1, 2 or 5 times a power of ten that gives about `wanted` ticks.
fn round_step(low: f64, high: f64, wanted: usize) -> f64 {
    let rough = ((high - low).abs() / wanted.max(1) as f64).max(1e-6);
    let power = 10f64.powf(rough.log10().floor());
    let factor = match rough / power {
        r if r <= 1.0 => 1.0,
        r if r <= 2.0 => 2.0,
        r if r <= 5.0 => 5.0,
        _ => 10.0,
    };
    factor * power
}

/// Every `days` days from the first to the last.
fn daily(first: Date, last: Date, days: i32) -> Vec<Tick> {
    let mut ticks = Vec::new();
    let mut at = first;
    while at <= last {
        ticks.push(Tick { at: day_number(at), label: day_month(at) });
        let Ok(next) = at.checked_add(days.days()) else { break };
        at = next;
    }
    ticks
}

/// Mondays between two days, every `days` days.
fn weekly(first: Date, last: Date, days: i32) -> Vec<Tick> {
    let back = i64::from(first.weekday().to_monday_zero_offset());
    let Ok(mut monday) = first.checked_sub(back.days()) else { return Vec::new() };
    let mut ticks = Vec::new();
    while monday <= last {
        if monday >= first {
            ticks.push(Tick { at: day_number(monday), label: day_month(monday) });
        }
        let Ok(next) = monday.checked_add(days.days()) else { break };
        monday = next;
    }
    if ticks.is_empty() {
        ticks.push(Tick { at: day_number(first), label: day_month(first) });
    }
    ticks
}

/// First days of months between two days, every `months` months; January carries its year.
fn monthly(first: Date, last: Date, months: i8) -> Vec<Tick> {
    let mut ticks = Vec::new();
    let mut at = first.first_of_month();
    while at <= last {
        if at >= first && (at.month() - 1) % months == 0 {
            let label = if at.month() == 1 || months == 12 {
                at.year().to_string()
            } else {
                month(at).to_owned()
            };
            ticks.push(Tick { at: day_number(at), label });
        }
        let Ok(next) = at.checked_add(1.month()) else { break };
        at = next;
    }
    ticks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_cover_the_values() {
        let axis = Axis::numbers("spm", 161.3, 181.9, 5);
        assert!(axis.low <= 161.3 && axis.high >= 181.9);
        assert!(axis.ticks.iter().all(|t| (t.at / 5.0).fract() == 0.0));
        let flat = Axis::numbers("x", 3.0, 3.0, 5);
        assert!(flat.high > flat.low);
    }

    #[test]
    fn paces_fall_on_half_minutes() {
        let axis = Axis::paces(Quantities::default(), 2.4, 4.0);
        let labels: Vec<&str> = axis.ticks.iter().map(|t| t.label.as_str()).collect();
        assert_eq!(labels, ["6:30", "6:00", "5:30", "5:00", "4:30"]);
        assert!(axis.ticks.iter().all(|t| (2.4..=4.0).contains(&t.at)));
    }

    #[test]
    fn weeks_start_on_mondays() {
        let axis = Axis::days(date(2026, 8, 5), date(2026, 9, 20));
        assert_eq!(axis.ticks.first().map(|t| t.label.as_str()), Some("10 Aug"));
        assert!(axis.ticks.iter().all(|t| t.at >= day_number(date(2026, 8, 5))));
    }
}
