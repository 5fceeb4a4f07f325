//! Time on the processor, so that a busy machine changes nothing; where the system does not tell
//! it, the clock on the wall.

use std::time::{Duration, Instant};

/// Nanoseconds that this thread has run, as Linux counts them.
fn on_processor() -> Option<Duration> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split(' ').next()?.parse().ok().map(Duration::from_nanos)
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
