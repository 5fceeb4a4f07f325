//! A watch whose battery died: a file may end anywhere, and what stood before the end is kept.
//!
//! Small files of every kind are cut at every byte; larger ones at the borders of messages and
//! points and one byte to either side. A debug build takes every fifteenth border of the large ones
//! and every seventh byte of the middling; `LIGHTFOOT_ALL_CUTS=1` takes all.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "the functions of a test say what they expect, like its tests"
)]

mod support;

#[path = "fuzz_targets/seeds.rs"]
#[allow(dead_code)]
mod seeds;

use lightfoot::read::{Limits, read};
use rayon::prelude::*;
use support::bench::{bench_fit, bench_gpx, bench_tcx};

/// Share of the records that lie wholly before a cut and must be kept.
const KEPT: f64 = 0.999;
/// Files up to here are cut at every byte.
const SMALL: usize = 32 << 10;

fn every() -> bool {
    std::env::var_os("LIGHTFOOT_ALL_CUTS").is_some() || !cfg!(debug_assertions)
}

fn records(bytes: &[u8]) -> usize {
    read(bytes, &Limits::default())
        .map(|output| output.recordings.iter().map(|r| r.times_ms.len()).sum())
        .unwrap_or(0)
}

/// Cuts a file; `ends` are the offsets behind each record. Gives the number of cuts.
fn cut(what: &str, bytes: &[u8], ends: &[usize], places: &[usize]) -> usize {
    assert_eq!(records(bytes), ends.len(), "{what}: whole");
    places.par_iter().for_each(|at| {
        let whole = ends.partition_point(|end| end <= at);
        let kept = records(&bytes[..*at]);
        // Files that are cut inside their first records say nothing that could be kept.
        assert!(kept as f64 >= KEPT * whole as f64, "{what} cut at {at}: {kept} of {whole}");
        assert!(kept <= whole + 1, "{what} cut at {at}: {kept} of {whole}, one is made up");
    });
    places.len()
}

/// Offsets behind each record message of a FIT file with one part, by a walk of our own.
fn fit_ends(bytes: &[u8]) -> Vec<(usize, bool)> {
    let mut sizes = [(0_usize, false); 16];
    let mut borders = Vec::new();
    let header = usize::from(bytes[0]);
    let end = header + u32::from_le_bytes(bytes[4..8].try_into().unwrap()) as usize;
    let mut at = header;
    while at < end {
        let head = bytes[at];
        let local = if head & 0x80 != 0 { head >> 5 & 3 } else { head & 15 };
        let slot = &mut sizes[usize::from(local)];
        if head & 0x80 == 0 && head & 0x40 != 0 {
            let big = bytes[at + 2] == 1;
            let global = [bytes[at + 3], bytes[at + 4]];
            let global = if big { u16::from_be_bytes(global) } else { u16::from_le_bytes(global) };
            let fields = usize::from(bytes[at + 5]);
            let size = |list: &[u8]| list.chunks(3).map(|f| usize::from(f[1])).sum::<usize>();
            *slot = (size(&bytes[at + 6..at + 6 + 3 * fields]), global == 20);
            at += 6 + 3 * fields;
            if head & 0x20 != 0 {
                let fields = usize::from(bytes[at]);
                slot.0 += size(&bytes[at + 1..at + 1 + 3 * fields]);
                at += 1 + 3 * fields;
            }
            borders.push((at, false));
        } else {
            at += 1 + slot.0;
            borders.push((at, slot.1));
        }
    }
    borders
}

fn xml_ends(bytes: &[u8], end: &str) -> Vec<usize> {
    let text = std::str::from_utf8(bytes).unwrap();
    text.match_indices(end).map(|(at, _)| at + end.len()).collect()
}

/// The places of a small file: all, or every seventh byte above a few KiB in a debug build.
fn all_places(bytes: &[u8]) -> Vec<usize> {
    const MIDDLING: usize = 4 << 10;
    let step = if every() || bytes.len() <= MIDDLING { 1 } else { 7 };
    (0..bytes.len()).step_by(step).collect()
}

/// The places of a large file: each border and one byte to either side.
fn border_places(borders: &[usize]) -> Vec<usize> {
    let step = if every() { 1 } else { borders.len().div_ceil(60) };
    borders.iter().step_by(step).flat_map(|b| [b - 1, *b, b + 1]).collect()
}

#[test]
fn small_fit_files_at_every_byte() {
    let mut cuts = 0;
    for (index, seed) in seeds::fit().into_iter().enumerate().take(8) {
        assert!(seed.len() <= SMALL, "{}", seed.len());
        let ends: Vec<usize> =
            fit_ends(&seed).into_iter().filter(|(_, record)| *record).map(|(at, _)| at).collect();
        cuts += cut(&format!("seed {index}"), &seed, &ends, &all_places(&seed));
    }
    let (long, short) = (bench_fit(760), bench_fit(60));
    assert!(long.len() > 28 << 10 && long.len() <= SMALL, "{}", long.len());
    for bytes in [long, short] {
        let ends: Vec<usize> =
            fit_ends(&bytes).into_iter().filter(|(_, record)| *record).map(|(at, _)| at).collect();
        cuts += cut("an even run", &bytes, &ends, &all_places(&bytes));
    }
    println!("FIT: {cuts} cuts");
}

#[test]
fn small_xml_files_at_every_byte() {
    let mut cuts = 0;
    for (what, end, files) in [
        ("GPX", "</trkpt>", vec![bench_gpx(9), bench_gpx(140)]),
        ("TCX", "</Trackpoint>", vec![bench_tcx(6), bench_tcx(75)]),
    ] {
        for bytes in files {
            assert!(bytes.len() <= SMALL, "{what}: {}", bytes.len());
            cuts += cut(what, &bytes, &xml_ends(&bytes, end), &all_places(&bytes));
        }
    }
    println!("GPX and TCX: {cuts} cuts");
}

#[test]
fn large_files_at_their_borders() {
    let fit = bench_fit(3600);
    let borders = fit_ends(&fit);
    let ends: Vec<usize> = borders.iter().filter(|(_, r)| *r).map(|(at, _)| *at).collect();
    let all: Vec<usize> = borders.iter().map(|(at, _)| *at).collect();
    let mut cuts = cut("FIT", &fit, &ends, &border_places(&all));
    for (bytes, end) in [(bench_gpx(2000), "</trkpt>"), (bench_tcx(2000), "</Trackpoint>")] {
        let ends = xml_ends(&bytes, end);
        cuts += cut(end, &bytes, &ends, &border_places(&ends));
    }
    println!("large files: {cuts} cuts");
}

#[test]
fn real_fit_files_at_their_borders() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/fit");
    let Ok(entries) = std::fs::read_dir(folder) else {
        println!("skipped: no recordings beside the checkout");
        return;
    };
    let mut paths: Vec<_> = entries.flatten().map(|e| e.path()).collect();
    paths.sort();
    let (mut files, mut cuts) = (0, 0);
    for path in paths {
        let bytes = std::fs::read(&path).unwrap();
        let length = u32::from_le_bytes(bytes[4..8].try_into().unwrap()) as usize;
        // Whole files of one part, all records of which are kept when nothing is cut.
        if usize::from(bytes[0]) + length + 2 != bytes.len() {
            continue;
        }
        let borders = fit_ends(&bytes);
        let ends: Vec<usize> = borders.iter().filter(|(_, r)| *r).map(|(at, _)| *at).collect();
        if ends.len() < 1000 || records(&bytes) != ends.len() {
            continue;
        }
        let all: Vec<usize> = borders.iter().map(|(at, _)| *at).collect();
        let step = if every() { all.len().div_ceil(400) } else { all.len().div_ceil(4) };
        let places: Vec<usize> =
            all.iter().step_by(step).flat_map(|b| [b - 1, *b, (b + 1).min(bytes.len())]).collect();
        cuts += cut(&path.display().to_string(), &bytes, &ends, &places);
        files += 1;
    }
    println!("{files} real files, {cuts} cuts");
    assert!(files >= 15, "{files}");
}
