//! A run in kilometres or miles, and in its laps.

use crate::metrics::Run;
use crate::segment::plausible::{self, within};
use crate::segment::running_step_rate;
use crate::units::Quantity;

/// What was run between two marks.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Split {
    /// Where it begins, metres since the start.
    pub from_m: f64,
    /// Its length, metres.
    pub metres: f64,
    /// Seconds with the timer on.
    pub seconds: f64,
    /// Mean step rate while running, spm.
    pub step_rate_spm: Option<f64>,
    /// Mean slope by distance, rise over run.
    pub grade: Option<f64>,
    /// Mean heart rate, bpm.
    pub heart_rate_bpm: Option<f64>,
}

impl Split {
    /// Speed over all of it, m/s; `None` where no time passed.
    pub fn speed_m_s(&self) -> Option<f64> {
        (self.seconds > 0.0).then(|| self.metres / self.seconds)
    }
}

/// Most splits of a run. **chosen**: 300 miles; what nobody reads is no table.
const MOST_SPLITS: usize = 500;
/// Most laps that are listed. **chosen**: 100 laps of a track.
const MOST_LAPS: usize = 120;
/// How far a lap may be from the split's length and still be the watch's own mark. **chosen**: the
/// watch and the page measure the same distance.
const SAME_LENGTH: f64 = 0.02;
/// A rest of the run shorter than this is no split of its own, metres. **chosen**.
const SHORTEST_REST_M: f64 = 20.0;
/// Share of a split that must carry a value. **chosen**: half, as for spans of time.
const ENOUGH: f64 = 0.5;

/// A split under way.
#[derive(Clone, Copy, Default)]
pub(super) struct Open {
    metres: f64,
    seconds: f64,
    rate: (f64, f64),
    slope: (f64, f64),
    heart: (f64, f64),
}

impl Open {
    fn add(&mut self, tick: &Tick, share: f64) {
        let (seconds, metres) = (share * tick.seconds, share * tick.metres);
        self.seconds += seconds;
        self.metres += metres;
        let add = |sum: &mut (f64, f64), value: Option<f64>, weight: f64| {
            if let Some(value) = value {
                sum.0 += value * weight;
                sum.1 += weight;
            }
        };
        add(&mut self.rate, tick.rate, seconds);
        add(&mut self.slope, tick.slope, metres);
        add(&mut self.heart, tick.heart, seconds);
    }

    /// Adds all that one tick stands for.
    pub(super) fn add_tick(&mut self, run: &Run<'_>, i: usize) {
        self.add(&Tick::of(run, i), 1.0);
    }

    pub(super) fn close(self, from_m: f64) -> Split {
        let mean = |(sum, weight): (f64, f64), of: f64| {
            (weight > 0.0 && weight >= ENOUGH * of).then(|| sum / weight)
        };
        Split {
            from_m,
            metres: self.metres,
            seconds: self.seconds,
            step_rate_spm: mean(self.rate, self.seconds),
            grade: mean(self.slope, self.metres),
            heart_rate_bpm: mean(self.heart, self.seconds),
        }
    }
}

/// What one tick stands for.
struct Tick {
    metres: f64,
    seconds: f64,
    rate: Option<f64>,
    slope: Option<f64>,
    heart: Option<f64>,
}

impl Tick {
    fn of(run: &Run<'_>, i: usize) -> Self {
        let Run { activity, segments, .. } = *run;
        let running = segments.running.get(i) == Some(&true);
        let heart = activity.channels.heart_rate.as_ref().and_then(|c| c.get(i));
        Self {
            metres: segments.metres.get(i).copied().unwrap_or_default(),
            seconds: activity.clock.total_weight_s(i),
            rate: running_step_rate(activity, i).map(Quantity::value).filter(|_| running),
            slope: segments.grade.as_ref().and_then(|c| c.get(i)).map(Quantity::value),
            heart: within(heart.map(Quantity::value), &plausible::HEART_RATE_BPM),
        }
    }
}

/// Splits of `every_m` metres each, the rest of the run last; none without a distance.
pub(super) fn every(run: &Run<'_>, every_m: f64) -> Vec<Split> {
    let total_m: f64 = run.segments.metres.iter().sum();
    if total_m / every_m > MOST_SPLITS as f64 {
        return Vec::new();
    }
    let mut splits = Vec::new();
    let mut open = Open::default();
    for i in 0..run.activity.clock.len() {
        let tick = Tick::of(run, i);
        let mut left = 1.0;
        while tick.metres > 0.0 && open.metres + left * tick.metres >= every_m {
            let share = ((every_m - open.metres) / tick.metres).clamp(0.0, left);
            open.add(&tick, share);
            left -= share;
            splits.push(open.close(splits.len() as f64 * every_m));
            open = Open::default();
            if splits.len() > MOST_SPLITS {
                return Vec::new();
            }
        }
        open.add(&tick, left);
    }
    if open.metres >= SHORTEST_REST_M {
        splits.push(open.close(splits.len() as f64 * every_m));
    }
    splits
}

/// Laps; none where there is one only, or where they are the splits of `every_m` again.
pub(super) fn laps(run: &Run<'_>, every_m: f64) -> Vec<Split> {
    let mut from_m = vec![0.0; 1];
    for metres in &run.segments.metres {
        from_m.push(from_m.last().map_or(0.0, |m| m + metres));
    }
    let spans = run.activity.laps.iter().take(MOST_LAPS + 1);
    let laps: Vec<Split> = spans
        .map(|span| {
            let mut open = Open::default();
            for i in span.start..span.end.min(run.activity.clock.len()) {
                open.add_tick(run, i);
            }
            open.close(from_m.get(span.start).copied().unwrap_or_default())
        })
        .filter(|lap| lap.seconds > 0.0)
        .collect();
    let full = laps.len().saturating_sub(1);
    let again = |lap: &Split| (lap.metres / every_m - 1.0).abs() <= SAME_LENGTH;
    let only_splits = laps.iter().take(full).all(again);
    if laps.len() < 2 || laps.len() > MOST_LAPS || only_splits { Vec::new() } else { laps }
}
