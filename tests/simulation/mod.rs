//! Simulated athletes whose truth is known, and the table of what the statistics make of them.
//!
//! The simulator is not the model that is judged: its speed law is bent, its level has a season
//! and wanders, its day form has memory and heavy tails, its segments hang together, and watches
//! change. Rows about files go through the writers, the reader and the whole walk.
//!
//! One command prints the table: `cargo run --release --example simulate [ATHLETES]`; the test
//! `simulation` runs the same rows with fewer athletes.

// The test and the example each use a part.
#![allow(dead_code)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "development-only code that reads no input: a panic here is a failing test"
)]

#[path = "../analyses/mod.rs"]
pub mod analyses;
pub mod athlete;
pub mod cadence;
pub mod drift;
mod files;
pub mod pages;
pub mod placebo;
#[path = "../support/mod.rs"]
pub mod support;
pub mod table;

use table::Row;

/// All rows, with so many athletes each; rows about files use a tenth, because each of their
/// athletes is a file that is written and read.
pub fn rows(athletes: usize) -> Vec<Row> {
    let files = (athletes / 5).max(10);
    let mut rows = cadence::rows(athletes);
    rows.extend(files::rows(files));
    rows.extend(placebo::rows(athletes));
    rows.extend(drift::rows(athletes));
    rows.extend(pages::rows(athletes));
    rows
}
