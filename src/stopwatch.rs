//! Where the time goes: seconds by stage. Nothing in the library reads a clock of its own; whoever
//! wants to know hands one in, and what is measured never reaches a report.

use std::cell::Cell;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// What is timed, in the order of the walk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Finding the files.
    Walk,
    /// Opening, uncompressing, content identity.
    Open,
    /// Bytes to columns.
    Decode,
    /// Columns to an activity.
    Prepare,
    /// The cuts that metrics share.
    Segment,
    /// All metrics of one run.
    Metrics,
    /// Runs recorded twice, and runs of two people.
    Doubles,
    /// What many runs add up to.
    Trend,
    /// Charts and text.
    Page,
    /// Pages of runs or sessions: their files opened a second time, side by side.
    RunPages,
    /// All files, from the first opened to the last measured: the stages from [`Stage::Open`] to
    /// [`Stage::Metrics`], side by side on the worker threads.
    Files,
}

impl Stage {
    /// All stages, in order.
    pub const ALL: [Self; 11] = [
        Self::Walk,
        Self::Open,
        Self::Decode,
        Self::Prepare,
        Self::Segment,
        Self::Metrics,
        Self::Files,
        Self::Doubles,
        Self::Trend,
        Self::Page,
        Self::RunPages,
    ];

    /// For a reader.
    pub fn word(self) -> &'static str {
        match self {
            Self::Walk => "walk",
            Self::Open => "open, uncompress",
            Self::Decode => "decode",
            Self::Prepare => "prepare",
            Self::Segment => "segment",
            Self::Metrics => "metrics",
            Self::Doubles => "doubles, people",
            Self::Trend => "trend, findings",
            Self::Page => "charts, page",
            Self::RunPages => "pages of runs",
            Self::Files => "all files",
        }
    }

    /// Whether many threads work on it, each on a file of its own.
    pub fn is_by_file(self) -> bool {
        matches!(self, Self::Open | Self::Decode | Self::Prepare | Self::Segment | Self::Metrics)
    }
}

/// A clock: time since any fixed moment.
pub type Now<'c> = &'c (dyn Fn() -> Duration + Sync);

thread_local! {
    /// Time of the stages inside the one under way on this thread.
    static INSIDE: Cell<Duration> = const { Cell::new(Duration::ZERO) };
}

/// Adds up the time that stages take; from several threads at once.
#[derive(Default)]
pub struct Stopwatch<'c> {
    now: Option<Now<'c>>,
    spent_ns: [AtomicU64; Stage::ALL.len()],
}

impl fmt::Debug for Stopwatch<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stopwatch").field("spent_ns", &self.spent_ns).finish_non_exhaustive()
    }
}

impl<'c> Stopwatch<'c> {
    /// One that measures nothing and reads no clock.
    pub fn stopped() -> Self {
        Self::default()
    }

    /// One that reads this clock.
    pub fn running(now: Now<'c>) -> Self {
        Self { now: Some(now), ..Self::default() }
    }

    /// Does some work and adds its time to a stage, less what stages inside it took on the same
    /// thread; [`Stage::Files`] keeps all of it.
    pub fn time<T>(&self, stage: Stage, work: impl FnOnce() -> T) -> T {
        let Some(now) = self.now else { return work() };
        let around = INSIDE.replace(Duration::ZERO);
        let before = now();
        let made = work();
        let spent = now().saturating_sub(before);
        let inside = INSIDE.replace(around.saturating_add(spent));
        let own = if stage == Stage::Files { spent } else { spent.saturating_sub(inside) };
        if let Some(sum) = self.spent_ns.get(stage as usize) {
            sum.fetch_add(u64::try_from(own.as_nanos()).unwrap_or(u64::MAX), Ordering::Relaxed);
        }
        made
    }

    /// Seconds spent in a stage, summed over threads.
    pub fn seconds(&self, stage: Stage) -> f64 {
        let spent = self.spent_ns.get(stage as usize);
        spent.map_or(0.0, |ns| ns.load(Ordering::Relaxed) as f64 / 1e9)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_is_added_up_by_stage() {
        let ticks = AtomicU64::new(0);
        let clock = || Duration::from_millis(ticks.fetch_add(500, Ordering::Relaxed));
        let watch = Stopwatch::running(&clock);
        assert_eq!(watch.time(Stage::Decode, || 7), 7);
        watch.time(Stage::Files, || {
            watch.time(Stage::Open, || watch.time(Stage::Decode, || ()));
        });
        assert_eq!(watch.seconds(Stage::Decode), 0.5 + 0.5);
        assert_eq!(watch.seconds(Stage::Open), 1.5 - 0.5);
        assert_eq!(watch.seconds(Stage::Files), 2.5);
        assert_eq!(watch.seconds(Stage::Walk), 0.0);
    }

    #[test]
    fn every_stage_has_a_place_of_its_own() {
        let mut places: Vec<usize> = Stage::ALL.iter().map(|s| *s as usize).collect();
        places.sort_unstable();
        assert!(places.iter().enumerate().all(|(i, place)| i == *place), "{places:?}");
    }
}
