//! What grows with a collection, and what must not: memory by run, the page, and what writers hold.
//! Counted in bytes, so that a busy machine counts the same. `.ci/growth` counts instructions.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "the functions of a test say what they expect, like its tests"
)]

mod page_fixture;
#[path = "support/mod.rs"]
mod support;

use std::io::sink;
use std::path::Path;

use lightfoot::Settings;
use lightfoot::intake::walk;
use lightfoot::report::assemble::{People, assemble};
use lightfoot::report::html::render;
use lightfoot::report::writer;
use page_fixture::{Plan, report};
use peak_alloc::PeakAlloc;
use support::bench::season_fit;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// Records of a tiny run: ten segments of half a minute.
const RECORDS: usize = 300;
/// Most bytes that one more tiny run may add to the peak of a report, its page included: 4,968 were
/// counted, the text of the page among them.
const MOST_PEAK_BYTES: usize = 5_500;
/// Most bytes that a writer may hold of a report while it writes row after row.
const MOST_WRITER_BYTES: usize = 1 << 20;
/// The page of four times as many runs may be this much larger.
const MOST_PAGE_GROWTH: f64 = 1.15;

/// Peak of a report with its page over these many runs, beyond what was there before.
fn peak(folder: &Path, runs: usize) -> usize {
    for day in 0..runs {
        std::fs::write(folder.join(format!("{day:05}.fit")), season_fit(day, RECORDS)).unwrap();
    }
    let settings = Settings::default();
    // One thread after another: how many work at once must not decide what is counted.
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    let made = pool.install(|| {
        let walked = walk(&[folder.to_path_buf()], &settings.limits);
        let made = assemble(&walked, || (), &settings, None, People::One).unwrap();
        assert!(!render(&made).is_empty());
        made
    });
    assert_eq!(made.history.runs.len(), runs, "no run is a copy of another");
    MEMORY.peak_usage().saturating_sub(before)
}

/// One test after another: they share what is counted.
#[test]
fn a_collection_may_grow() {
    one_more_run_adds_little_to_the_peak();
    the_page_of_four_times_as_many_runs_is_hardly_larger();
    writers_hold_a_row_at_a_time();
}

fn one_more_run_adds_little_to_the_peak() {
    let folder = tempfile::tempdir().unwrap();
    let few = peak(folder.path(), 100);
    let many = peak(folder.path(), 500);
    let each = many.saturating_sub(few) / 400;
    println!("{each} bytes of peak a run");
    assert!(each <= MOST_PEAK_BYTES, "one more run adds {each} bytes to the peak");
}

fn the_page_of_four_times_as_many_runs_is_hardly_larger() {
    let size = |runs| render(&report(&Plan { runs, ..Plan::default() })).len();
    let (few, many) = (size(900), size(3_600));
    let growth = many as f64 / few as f64;
    println!("{few} bytes of page for 900 runs, {many} for 3,600: {growth:.2} x");
    assert!(growth <= MOST_PAGE_GROWTH, "the page grew {growth:.2} times");
}

fn writers_hold_a_row_at_a_time() {
    let made = report(&Plan { runs: 400, ..Plan::default() });
    for name in ["document", "csv", "raw-csv", "json", "ndjson"] {
        let before = MEMORY.current_usage();
        MEMORY.reset_peak_usage();
        (writer(name).unwrap().write)(&made, &mut sink()).unwrap();
        let held = MEMORY.peak_usage().saturating_sub(before);
        println!("{name}: {held} bytes");
        assert!(held <= MOST_WRITER_BYTES, "{name} holds {held} bytes");
    }
}
