//! What reading may cost: time in proportion to the bytes, memory in proportion to the file, and
//! nothing from what a file merely claims.
//!
//! Time is time on the processor. Memory is counted by the allocator of this very binary, so the
//! tests here run one after the other.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "the functions of a test say what they expect, like its tests"
)]

mod fit_bytes;
mod support;

#[path = "bounds/bombs.rs"]
mod bombs;
#[path = "bounds/hostile_fit.rs"]
mod hostile_fit;
#[path = "support/processor_time.rs"]
mod processor_time;
#[path = "bounds/proportion.rs"]
mod proportion;

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use lightfoot::prepare::LearntUnits;
use lightfoot::read::{self, Limits, ReadError};
use lightfoot::{Settings, analyze};
use peak_alloc::PeakAlloc;
use processor_time::timed;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// One test at a time: the allocator counts for all threads.
static ALONE: Mutex<()> = Mutex::new(());

fn alone() -> MutexGuard<'static, ()> {
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What something cost.
#[derive(Clone, Copy, Debug)]
struct Cost {
    time: Duration,
    /// Bytes held at once, above what was held before.
    bytes: usize,
}

/// Bytes of a MiB.
const MIB: usize = 1 << 20;

/// An unoptimised build is slower by about this factor. **chosen** after measuring: 8 to 25 on
/// these inputs.
const SLOWER: u32 = if cfg!(debug_assertions) { 20 } else { 1 };

fn cost<T>(work: impl FnOnce() -> T) -> (T, Cost) {
    let held = PeakAlloc.current_usage();
    PeakAlloc.reset_peak_usage();
    let (made, time) = timed(work);
    let bytes = PeakAlloc.peak_usage().saturating_sub(held);
    (made, Cost { time, bytes })
}

/// The cheapest of several tries.
fn best_of(tries: usize, mut work: impl FnMut()) -> Cost {
    let costs: Vec<Cost> = (0..tries).map(|_| cost(&mut work).1).collect();
    let time = costs.iter().map(|c| c.time).min().unwrap();
    Cost { time, bytes: costs.iter().map(|c| c.bytes).max().unwrap() }
}

/// Reads, prepares and measures: everything that one file costs.
fn through(bytes: &[u8]) -> Result<usize, ReadError> {
    let output = read::read(bytes, &Limits::default())?;
    let (settings, learnt) = (Settings::default(), LearntUnits::default());
    let runs = output.recordings.iter().filter_map(|r| analyze(r, &settings, &learnt).ok());
    Ok(runs.count())
}

/// The most memory that a file may take: 64 MiB and twenty times its size.
fn most_memory(bytes: &[u8]) -> usize {
    64 * MIB + 20 * bytes.len()
}

/// Memory and time of a whole file, by the rule for all files.
#[track_caller]
fn affordable(what: &str, bytes: &[u8]) -> Cost {
    let (_, cost) = cost(|| through(bytes));
    println!(
        "{what}: {} bytes, {:?} ({:.3} us a byte), {:.1} MiB",
        bytes.len(),
        cost.time,
        cost.time.as_secs_f64() * 1e6 / bytes.len() as f64,
        cost.bytes as f64 / MIB as f64
    );
    assert!(cost.bytes <= most_memory(bytes), "{what}: {} MiB", cost.bytes / MIB);
    // A file of a few bytes has a right to a millisecond.
    let most = Duration::from_millis(1) + Duration::from_micros(bytes.len() as u64);
    assert!(cost.time <= most * SLOWER, "{what}: {:?} for {} bytes", cost.time, bytes.len());
    cost
}
