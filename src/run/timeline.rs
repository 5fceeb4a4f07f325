//! The time axis of one run: seconds with the timer on, cut into equal spans.

use crate::activity::Clock;

/// Spans that a picture can hold. **chosen**: about two CSS pixels each on the widest drawing, one
/// on a phone.
const MOST_SPANS: f64 = 420.0;
/// Lengths of a span that a reader can say, seconds. **chosen**.
const SPANS_S: [f64; 11] = [5.0, 10.0, 15.0, 20.0, 30.0, 40.0, 60.0, 90.0, 120.0, 180.0, 300.0];

/// A timer stop on the axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pause {
    /// Where on the axis, seconds with the timer on.
    pub at_s: f64,
    /// How long the timer stood, seconds.
    pub duration_s: f64,
}

/// Seconds with the timer on, in equal spans; a pause takes no room.
#[derive(Clone, Debug, PartialEq)]
pub struct Timeline {
    /// Length of a span, seconds.
    pub span_s: f64,
    /// All of it, seconds.
    pub total_s: f64,
    /// Timer stops, in order.
    pub pauses: Vec<Pause>,
    /// Beginning of the recording, elapsed seconds.
    first_s: f64,
    /// Stops in elapsed seconds, with what was stopped before each.
    stops: Vec<(f64, f64, f64)>,
}

impl Timeline {
    /// Lays a clock out.
    pub fn over(clock: &Clock) -> Self {
        let times = clock.times_s();
        let (first_s, last_s) = match (times.first(), times.last()) {
            (Some(first), Some(last)) => (*first, *last),
            _ => (0.0, 0.0),
        };
        let mut before = 0.0;
        let mut stops = Vec::with_capacity(clock.stops().len());
        for (begin, end) in clock.stops() {
            let (begin, end) = (begin.max(first_s), end.min(last_s));
            if end > begin {
                stops.push((begin, end, before));
                before += end - begin;
            }
        }
        let total_s = (last_s - first_s - before).max(0.0);
        let long_enough = |span: &&f64| total_s / **span <= MOST_SPANS;
        let span_s = SPANS_S.iter().find(long_enough).copied().unwrap_or(total_s / MOST_SPANS);
        let mut line = Self { span_s, total_s, pauses: Vec::new(), first_s, stops };
        line.pauses = line
            .stops
            .iter()
            .map(|(begin, end, _)| Pause { at_s: line.at(*begin), duration_s: end - begin })
            .collect();
        line
    }

    /// Place of an instant on the axis: elapsed seconds to seconds with the timer on.
    pub fn at(&self, elapsed_s: f64) -> f64 {
        let passed = self.stops.partition_point(|stop| stop.0 < elapsed_s);
        let stopped = match passed.checked_sub(1).and_then(|last| self.stops.get(last)) {
            Some((begin, end, before)) => before + (elapsed_s.min(*end) - begin),
            None => 0.0,
        };
        (elapsed_s - self.first_s - stopped).clamp(0.0, self.total_s)
    }

    /// Number of spans, at least one.
    pub fn spans(&self) -> usize {
        ((self.total_s / self.span_s).ceil() as usize).max(1)
    }

    /// First and last second of a span; the last span ends where the run does.
    pub fn span(&self, index: usize) -> (f64, f64) {
        let start = index as f64 * self.span_s;
        (start, (start + self.span_s).min(self.total_s))
    }

    /// Means over the spans of what a tick says, each value counting for the seconds it stands
    /// for; a tick that stands for more than `cap_s` says nothing, and a span of which less than
    /// half is covered has no mean.
    pub fn means(
        &self,
        clock: &Clock,
        cap_s: f64,
        value: impl Fn(usize) -> Option<f64>,
    ) -> Vec<Option<f64>> {
        let mut sums = vec![(0.0, 0.0); self.spans()];
        for (i, time) in clock.times_s().iter().enumerate() {
            let hold_s = clock.total_weight_s(i);
            if hold_s <= 0.0 || hold_s > cap_s {
                continue;
            }
            let Some(value) = value(i).filter(|v| v.is_finite()) else { continue };
            let start = self.at(*time);
            let end = start + hold_s;
            let (first, last) = ((start / self.span_s) as usize, (end / self.span_s) as usize);
            for (index, sum) in sums.iter_mut().enumerate().take(last + 1).skip(first) {
                let (from, to) = self.span(index);
                let seconds = (end.min(to) - start.max(from)).max(0.0);
                sum.0 += value * seconds;
                sum.1 += seconds;
            }
        }
        let enough = |index: usize, seconds: f64| {
            let (from, to) = self.span(index);
            seconds > 0.0 && seconds >= ENOUGH * (to - from)
        };
        sums.iter()
            .enumerate()
            .map(|(i, (sum, seconds))| enough(i, *seconds).then(|| sum / seconds))
            .collect()
    }
}

/// Share of a span that must carry a value for the span to have a mean. **chosen**: half, as for
/// the 30 s pieces.
const ENOUGH: f64 = 0.5;

#[cfg(test)]
mod tests {
    use super::*;

    fn clock(stops: Vec<(f64, f64)>) -> Clock {
        Clock::new((0..=1000).map(f64::from).collect(), stops).unwrap()
    }

    #[test]
    fn a_pause_takes_no_room() {
        let line = Timeline::over(&clock(vec![(100.0, 300.0), (500.0, 550.0)]));
        assert_eq!(line.total_s, 750.0);
        for (elapsed, at) in [(0.0, 0.0), (100.0, 100.0), (200.0, 100.0), (300.0, 100.0)] {
            assert_eq!(line.at(elapsed), at, "{elapsed}");
        }
        assert_eq!(line.at(400.0), 200.0);
        assert_eq!(line.at(1000.0), 750.0);
        let pauses: Vec<(f64, f64)> = line.pauses.iter().map(|p| (p.at_s, p.duration_s)).collect();
        assert_eq!(pauses, [(100.0, 200.0), (300.0, 50.0)]);
    }

    #[test]
    fn means_are_over_time_and_a_gap_stays_a_gap() {
        let times: Vec<f64> = (0..=100).map(f64::from).chain((160..=300).map(f64::from)).collect();
        let clock = Clock::new(times, vec![]).unwrap();
        let line = Timeline::over(&clock);
        assert_eq!((line.span_s, line.spans()), (5.0, 60));
        let at = |i: usize| clock.times_s()[i];
        let means = line.means(&clock, 10.0, |i| Some(if at(i) < 50.0 { 1.0 } else { 3.0 }));
        assert_eq!(means[0], Some(1.0));
        assert_eq!(means[15], Some(3.0));
        assert!(means[20..32].iter().all(Option::is_none), "{means:?}");
        assert_eq!(means[32], Some(3.0));
        assert!(means.iter().skip(32).all(Option::is_some));
    }

    #[test]
    fn spans_are_as_many_as_a_picture_holds() {
        for (seconds, span) in [(600.0, 5.0), (3600.0, 10.0), (18_000.0, 60.0)] {
            let clock = Clock::new(vec![0.0, seconds], vec![]).unwrap();
            assert_eq!(Timeline::over(&clock).span_s, span);
        }
        let years = Clock::new(vec![0.0, 1e9], vec![]).unwrap();
        assert_eq!(Timeline::over(&years).spans(), 420);
    }
}
