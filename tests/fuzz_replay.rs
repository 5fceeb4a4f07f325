//! The fuzz targets inside the suite: every seed, every crasher ever found, and a fixed number of
//! mutations, the same ones each time. `fuzz/` runs the same functions for longer.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "the functions of a test say what they expect, like its tests"
)]

mod fuzz_targets;
#[path = "fuzz_targets/seeds.rs"]
mod seeds;
mod support;
mod zip_maker;

use std::path::Path;
use std::time::{Duration, Instant};

use fuzz_targets::mutate::{Chance, mutate};
use fuzz_targets::{Target, archive, file, fit, gpx, tables, tcx};
use zip_maker::{Entry, truncated, zip};

/// The most a target may take; slow machines do fewer mutations, never none. **chosen**: the suite
/// stays short.
const MOST: Duration = Duration::from_secs(5);
/// Mutations of a target: what a debug build does well within the time.
const MUTATIONS: usize = 400;

fn replay(name: &str, target: Target, seeds: &[Vec<u8>]) {
    if let Some(folder) = std::env::var_os("LIGHTFOOT_SEEDS") {
        write_seeds(&Path::new(&folder).join(name), seeds);
    }
    let begun = Instant::now();
    seeds.iter().for_each(|seed| target(seed));
    let crashers = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz_targets/crashers");
    let found = std::fs::read_dir(crashers.join(name)).into_iter().flatten().flatten();
    found.for_each(|entry| target(&std::fs::read(entry.path()).unwrap()));
    let mut chance = Chance::new(0x1dea_5eed);
    let mut done = 0;
    while done < MUTATIONS && (begun.elapsed() < MOST || done < 20) {
        let (one, other) = (chance.below(seeds.len()), chance.below(seeds.len()));
        target(&mutate(&seeds[one], &seeds[other], &mut chance));
        done += 1;
    }
    println!("{name}: {} seeds, {done} mutations in {:?}", seeds.len(), begun.elapsed());
    assert!(done >= 20);
}

/// Where a fuzzer outside the suite is to begin.
fn write_seeds(folder: &Path, seeds: &[Vec<u8>]) {
    std::fs::create_dir_all(folder).unwrap();
    for (index, seed) in seeds.iter().enumerate() {
        std::fs::write(folder.join(format!("seed-{index}")), seed).unwrap();
    }
}

#[test]
fn fit_of_any_bytes() {
    replay("fit", fit, &seeds::fit());
}

#[test]
fn gpx_of_any_bytes() {
    replay("gpx", gpx, &seeds::gpx());
}

#[test]
fn tcx_of_any_bytes() {
    replay("tcx", tcx, &seeds::tcx());
}

#[test]
fn files_of_any_bytes() {
    replay("file", file, &seeds::file());
}

#[test]
fn tables_of_any_bytes() {
    replay("tables", tables, &seeds::tables());
}

#[test]
fn archives_of_any_bytes() {
    let mut seeds = Vec::new();
    let short = |bytes: &[u8]| bytes[..bytes.len().min(2000)].to_vec();
    for bytes in seeds::file().iter().map(|bytes| short(bytes)) {
        let members = [
            Entry::stored("a.fit", &bytes),
            Entry::deflated("b.gpx.gz", &bytes),
            Entry::deflated("activities.csv", b"a,b\nc,activities/1.fit\n").sizes_behind(),
            Entry::stored("c", &bytes).sizes_behind(),
        ];
        let inner = zip(&members);
        seeds.push(zip(&[Entry::stored("in.zip", &inner), Entry::deflated("again.zip", &inner)]));
        seeds.push(truncated(&members, 0.8));
        seeds.push(inner);
    }
    replay("archive", archive, &seeds);
}

#[test]
fn bytes_of_nothing_at_all() {
    for target in [fit, gpx, tcx, file, archive, tables] {
        [b"".as_slice(), b"\0", b"\xff\xff\xff", b"<", &[0; 4096], &[0xff; 4096]]
            .into_iter()
            .for_each(target);
    }
}
