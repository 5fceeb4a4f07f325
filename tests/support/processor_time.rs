//! Time on the processor, so that a busy machine changes nothing; where the system does not tell
//! it, the clock on the wall.

use std::time::{Duration, Instant};

/// How long this thread has run.
#[cfg(unix)]
fn on_processor() -> Option<Duration> {
    use rustix::time::{ClockId, clock_gettime};
    clock_gettime(ClockId::ThreadCPUTime).try_into().ok()
}

/// How long this thread has run: not told here.
#[cfg(not(unix))]
fn on_processor() -> Option<Duration> {
    None
}

/// What the work makes and how long this thread worked on it.
pub fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let (wall, before) = (Instant::now(), on_processor());
    let made = work();
    let time = before
        .zip(on_processor())
        .map_or_else(|| wall.elapsed(), |(before, after)| after.saturating_sub(before));
    (made, time)
}
