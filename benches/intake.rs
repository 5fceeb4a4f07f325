//! CPU time of opening a zip of 1,000 `.fit.gz` against `unzip -p | gunzip` on the same file, in
//! turns, so that both meet the same machine. Linux only: it reads `/proc`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a bench that cannot start must say so"
)]

#[path = "../tests/support/mod.rs"]
mod support;
#[path = "../tests/zip_maker/mod.rs"]
mod zip_maker;

use std::process::{Command, Stdio};

use lightfoot::intake::{open_each, walk};
use lightfoot::read::Limits;
use lightfoot::stopwatch::Stopwatch;
use support::bench::season_fit;
use zip_maker::{Entry, gzip, zip};

/// Different runs; the rest are copies of them: making them takes longer than the measuring.
const RUNS: usize = 20;
const MEMBERS: usize = 1000;
const ROUNDS: usize = 7;

/// Clock ticks that this process and those it waited for have used: user and system.
fn ticks() -> u64 {
    let stat = std::fs::read_to_string("/proc/self/stat").expect("Linux");
    let fields = stat.rsplit(')').next().expect("a process has a name").split_whitespace();
    fields.skip(11).take(4).map(|n| n.parse::<u64>().expect("ticks")).sum()
}

fn timed(work: impl Fn()) -> u64 {
    let before = ticks();
    work();
    ticks() - before
}

fn main() {
    let runs: Vec<Vec<u8>> = (0..RUNS).map(|day| gzip(&season_fit(day, 3600))).collect();
    let folder = tempfile::tempdir().expect("a folder");
    for (kind, make) in
        [("stored", Entry::stored as fn(String, &[u8]) -> Entry), ("deflated", Entry::deflated)]
    {
        let members: Vec<Entry> =
            (0..MEMBERS).map(|i| make(format!("activities/{i}.fit.gz"), &runs[i % RUNS])).collect();
        let path = folder.path().join(format!("{kind}.zip"));
        std::fs::write(&path, zip(&members)).expect("written");
        let limits = Limits::default();
        let ours = || {
            let walked = walk(std::slice::from_ref(&path), &limits);
            let opened = open_each(&walked, &limits, &Stopwatch::stopped(), |input| {
                input.map_or(0, |l| l.bytes.len())
            });
            assert_eq!(opened.inputs.len(), MEMBERS);
        };
        let theirs = || {
            let pipe = format!("unzip -p {} | gunzip", path.display());
            let run = Command::new("sh").args(["-c", &pipe]).stdout(Stdio::null()).status();
            assert!(run.expect("sh").success());
        };
        let mut pairs: Vec<(u64, u64)> =
            (0..ROUNDS).map(|_| (timed(ours), timed(theirs))).collect();
        pairs.sort_by(|a, b| (a.0 * b.1).cmp(&(b.0 * a.1)));
        let (ours, theirs) = pairs[ROUNDS / 2];
        println!(
            "{kind}: {ours} ticks, unzip and gunzip {theirs}: {:.2} x (median of {ROUNDS} pairs)",
            ours as f64 / theirs as f64
        );
    }
}
