//! The ticks of a run and the only weighting rule of the crate.

use crate::units::Seconds;

/// Cap on the seconds one record speaks for in totals. Smart recording legally leaves gaps over
/// 10 s (up to 12 % of timer time). Source: `real-data` part 2, section 1.
pub const TOTAL_CAP_S: f64 = 60.0;
/// Cap for form metrics: a gap over 10 s says nothing about how a step was taken. **chosen**.
pub const FORM_CAP_S: f64 = 10.0;
/// Seconds between records up to which a recording is not smart recording. **chosen**.
const DENSE_S: f64 = 1.5;

/// Ticks in seconds since the start, strictly increasing, with the seconds each one speaks for:
/// to the next record, cut at timer stops.
#[derive(Clone, Debug)]
pub struct Clock {
    times_s: Vec<f64>,
    holds_s: Vec<f64>,
    stops: Vec<(f64, f64)>,
}

/// Why a list of times is no clock.
#[derive(Debug, thiserror::Error, PartialEq)]
pub enum ClockError {
    /// Two ticks stand in the wrong order, or one is not finite.
    #[error("tick {index} does not come after the one before it")]
    NotIncreasing {
        /// Index of the offending tick.
        index: usize,
    },
}

impl Clock {
    /// Builds a clock from tick times and timer stops (both in seconds since the start).
    ///
    /// The last record speaks for nothing: there is no next one.
    ///
    /// # Errors
    /// When the times are not finite and strictly increasing.
    pub fn new(times_s: Vec<f64>, stops: Vec<(f64, f64)>) -> Result<Self, ClockError> {
        let mut previous = f64::NEG_INFINITY;
        for (index, t) in times_s.iter().enumerate() {
            if !t.is_finite() || *t <= previous {
                return Err(ClockError::NotIncreasing { index });
            }
            previous = *t;
        }
        let stops = joined(stops);
        let mut holds_s: Vec<f64> = times_s
            .windows(2)
            .map(|pair| match pair {
                [a, b] => b - a,
                _ => 0.0,
            })
            .collect();
        holds_s.push(0.0);
        holds_s.truncate(times_s.len());
        let mut first = 0;
        for (t, hold) in times_s.iter().zip(holds_s.iter_mut()) {
            let (begin, end) = (*t, *t + *hold);
            while stops.get(first).is_some_and(|s| s.1 <= begin) {
                first += 1;
            }
            for (a, b) in stops.iter().skip(first).take_while(|s| s.0 < end) {
                *hold -= (b.min(end) - a.max(begin)).max(0.0);
            }
            *hold = hold.max(0.0);
        }
        Ok(Self { times_s, holds_s, stops })
    }

    /// Number of ticks.
    pub fn len(&self) -> usize {
        self.times_s.len()
    }

    /// Whether there are no ticks.
    pub fn is_empty(&self) -> bool {
        self.times_s.is_empty()
    }

    /// Seconds since the start at each tick.
    pub fn times_s(&self) -> &[f64] {
        &self.times_s
    }

    /// Time of one tick.
    pub fn time(&self, i: usize) -> Option<Seconds> {
        self.times_s.get(i).map(|t| Seconds(*t))
    }

    /// Seconds a tick speaks for in totals (time, distance shares, mean cadence): to the next
    /// record less timer stops, at most [`TOTAL_CAP_S`].
    #[inline]
    pub fn total_weight_s(&self, i: usize) -> f64 {
        self.holds_s.get(i).map_or(0.0, |h| h.min(TOTAL_CAP_S))
    }

    /// [`Clock::total_weight_s`] of all ticks in order.
    #[inline]
    pub fn total_weights_s(&self) -> impl ExactSizeIterator<Item = f64> + '_ {
        self.holds_s.iter().map(|h| h.min(TOTAL_CAP_S))
    }

    /// Seconds a tick speaks for in form metrics: as for totals, but an interval over
    /// [`FORM_CAP_S`] is ignored wholly, not shortened.
    #[inline]
    pub fn form_weight_s(&self, i: usize) -> f64 {
        self.holds_s.get(i).filter(|h| **h <= FORM_CAP_S).copied().map_or(0.0, |h| h)
    }

    /// Timer stops in seconds since the start.
    pub fn stops(&self) -> &[(f64, f64)] {
        &self.stops
    }

    /// Whether the timer stood still at any time between two instants.
    pub fn stopped_between(&self, from_s: f64, to_s: f64) -> bool {
        meets(&self.stops, from_s, to_s)
    }

    /// Time from the first to the last tick.
    pub fn elapsed(&self) -> Seconds {
        match (self.times_s.first(), self.times_s.last()) {
            (Some(a), Some(b)) => Seconds(b - a),
            _ => Seconds(0.0),
        }
    }

    /// Time the timer ran: elapsed time less stops (gaps without a stop count fully: the timer
    /// ran on while nothing was written).
    pub fn timer(&self) -> Seconds {
        Seconds(self.holds_s.iter().sum())
    }

    /// Median seconds between records; `None` with fewer than two ticks.
    pub fn median_interval(&self) -> Option<Seconds> {
        let mut gaps: Vec<f64> = Vec::with_capacity(self.holds_s.len());
        gaps.extend(self.holds_s.iter().filter(|h| **h > 0.0));
        let mid = gaps.len() / 2;
        (!gaps.is_empty()).then(|| Seconds(*gaps.select_nth_unstable_by(mid, f64::total_cmp).1))
    }

    /// Whether records come about every second: smart recording leaves longer gaps, and there two
    /// recorded fields need not belong together (`real-data` part 2, section 6).
    pub fn is_dense(&self) -> bool {
        self.median_interval().is_some_and(|s| s.0 <= DENSE_S)
    }
}

/// Stops in order; overlapping ones become one, so that no second is taken off twice.
pub(crate) fn joined(mut stops: Vec<(f64, f64)>) -> Vec<(f64, f64)> {
    stops.retain(|(begin, end)| end > begin);
    stops.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut out: Vec<(f64, f64)> = Vec::with_capacity(stops.len());
    for (begin, end) in stops {
        match out.last_mut() {
            Some(last) if begin <= last.1 => last.1 = last.1.max(end),
            _ => out.push((begin, end)),
        }
    }
    out
}

/// Whether one of some joined stops lies between two instants.
pub(crate) fn meets(stops: &[(f64, f64)], from_s: f64, to_s: f64) -> bool {
    let next = stops.partition_point(|(_, end)| *end <= from_s);
    stops.get(next).is_some_and(|(begin, _)| *begin < to_s)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_speaks_to_the_next_less_the_stop() {
        let clock = Clock::new(vec![0.0, 1.0, 5.0, 100.0], vec![(2.0, 4.0)]).unwrap();
        assert_eq!(clock.total_weight_s(0), 1.0);
        assert_eq!(clock.total_weight_s(1), 2.0);
        assert_eq!(clock.total_weight_s(2), 60.0);
        assert_eq!(clock.form_weight_s(2), 0.0);
        assert_eq!(clock.total_weight_s(3), 0.0);
        assert_eq!(clock.timer().0, 98.0);
    }

    #[test]
    fn a_stop_is_found_wherever_it_lies() {
        let stops = vec![(50.0, 60.0), (10.0, 20.0), (15.0, 30.0), (5.0, 5.0)];
        let clock = Clock::new((0..100).map(f64::from).collect(), stops).unwrap();
        assert_eq!(clock.stops(), [(10.0, 30.0), (50.0, 60.0)]);
        for (from, to, stopped) in [
            (0.0, 10.0, false),
            (0.0, 11.0, true),
            (29.0, 40.0, true),
            (30.0, 50.0, false),
            (70.0, 90.0, false),
        ] {
            assert_eq!(clock.stopped_between(from, to), stopped, "{from} to {to}");
        }
    }

    #[test]
    fn unordered_times_are_no_clock() {
        assert_eq!(
            Clock::new(vec![0.0, 2.0, 2.0], vec![]).unwrap_err(),
            ClockError::NotIncreasing { index: 2 }
        );
    }
}
