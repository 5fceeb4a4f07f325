//! Simulated athletes whose truth is known, and the table of what the statistics make of them.
//!
//! The simulator is not the model that is judged: its speed law is bent, its level has a season
//! and wanders, its day form has memory and heavy tails, its segments hang together, and watches
//! change. Rows about files go through the writers, the reader and the whole walk.
//!
//! One command prints the table: `cargo run --release --example simulate [ATHLETES [SEED [PART]]]`; the test
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
pub mod placebo_form;
mod placebo_load;
#[path = "../support/mod.rs"]
pub mod support;
pub mod table;

use rayon::prelude::*;
use table::Row;

/// How many athletes are drawn, and from which seed.
#[derive(Clone, Copy, Debug)]
pub struct Lot {
    /// Athletes.
    pub athletes: usize,
    /// Seed of the whole table.
    pub seed: u64,
}

impl Lot {
    /// Seeds between two tables' seeds: more than any table draws.
    const APART: u64 = 1_000_000;

    /// The seeds of the athletes.
    pub fn seeds(self) -> std::ops::Range<u64> {
        let first = self.seed * Self::APART;
        first..first + self.athletes as u64
    }

    /// A part of the athletes, at least so many: where each of them is many files.
    pub fn part(self, of: usize, least: usize) -> Self {
        Self { athletes: (self.athletes / of).max(least), ..self }
    }

    /// Asks each athlete's seed something.
    pub fn each<T: Send>(self, ask: impl Fn(u64) -> T + Sync + Send) -> Vec<T> {
        self.seeds().into_par_iter().map(ask).collect()
    }
}

/// A part of the table: its name and its rows.
pub type Part = (&'static str, fn(Lot) -> Vec<Row>);

/// The table, part by part. Rows about files use a fifth of the athletes or fewer, because each of
/// them is a file that is written and read.
pub const PARTS: &[Part] = &[
    ("intervals", cadence::intervals),
    ("cadence", cadence::rows),
    ("files", |lot| files::rows(lot.part(5, 10))),
    ("placebo", placebo::rows),
    ("form", placebo_form::rows),
    ("load", placebo_load::rows),
    ("drift", drift::rows),
    ("pages", pages::rows),
];

/// All rows.
pub fn rows(lot: Lot) -> Vec<Row> {
    PARTS.iter().flat_map(|(_, part)| part(lot)).collect()
}
