//! What is kept of a run is bounded: a folder of thousands must not fill the memory.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "the functions of a test say what they expect, like its tests"
)]

#[path = "support/mod.rs"]
mod support;

use std::path::Path;

use lightfoot::Settings;
use lightfoot::intake::walk;
use lightfoot::report::Report;
use lightfoot::report::assemble::{People, assemble};
use peak_alloc::PeakAlloc;
use support::bench::season_fit;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// Records of a run: an hour, 119 segments, with hills and all dynamics.
const RECORDS: usize = 3600;
/// Most bytes that one more hour of running may leave behind in a finished report: 3,233 were
/// counted.
const MOST_BYTES: usize = 3_500;

/// Bytes that a report over this many runs holds, with its number of runs.
fn held(folder: &Path, runs: usize) -> (usize, usize) {
    for day in 0..runs {
        std::fs::write(folder.join(format!("{day:05}.fit")), season_fit(day, RECORDS)).unwrap();
    }
    let settings = Settings::default();
    let before = MEMORY.current_usage();
    let walked = walk(&[folder.to_path_buf()], &settings.limits);
    let report: Report = assemble(&walked, || (), &settings, None, People::One).unwrap();
    let bytes = MEMORY.current_usage().saturating_sub(before);
    (bytes, report.history.runs.len())
}

#[test]
fn one_more_run_costs_few_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let (few, n) = held(folder.path(), 16);
    assert_eq!(n, 16, "no run is a copy of another");
    let (more, n) = held(folder.path(), 48);
    assert_eq!(n, 48, "no run is a copy of another");
    let each = (more - few) / 32;
    println!("{each} bytes a run");
    assert!(each <= MOST_BYTES, "{each} bytes are kept of each run");
}
