//! One workload a run, for counting its instructions: `count_instructions WORKLOAD [FILE...]`.
//! Everything is made ready first; only what runs inside [`counted`] is to be counted, which is
//! how `.ci/instructions` calls it under valgrind. `decode FILE...` counts files of one's own, and
//! `growth RUNS`, for `.ci/growth`, what so many tiny runs add up to: history, findings, page.

#![allow(clippy::expect_used, reason = "a count of work that was not done means nothing")]

#[path = "../tests/support/mod.rs"]
mod support;

use std::hint::black_box;

use lightfoot::intake::walk;
use lightfoot::metrics::{Compute, METRICS, Run};
use lightfoot::prepare::{LearntUnits, prepare};
use lightfoot::read::{Limits, read};
use lightfoot::report::assemble::{People, assemble};
use lightfoot::report::html::render;
use lightfoot::trend::History;
use lightfoot::{Settings, findings, segment};

/// Half an hour at one record a second: the work of a run, and little of starting up.
const RECORDS: usize = 1800;
/// Records of a tiny run: ten segments.
const FEW_RECORDS: usize = 300;

/// The only place that is counted; it must remain a function of its own.
#[inline(never)]
fn counted(work: &mut dyn FnMut()) {
    work();
    // Keeps the call above from becoming a jump out of the counted function.
    black_box(());
}

/// Twice, and only the second time counts: buffers of the allocator and lazily made tables are
/// there then.
fn count(mut work: impl FnMut()) {
    work();
    counted(&mut work);
}

fn decode(files: &[Vec<u8>]) {
    count(|| {
        for bytes in files {
            drop(black_box(read(black_box(bytes), &Limits::default())));
        }
    });
}

fn pipeline(step: &str) -> bool {
    let (settings, learnt) = (Settings::default(), LearntUnits::default());
    let output = read(&support::bench::bench_fit(RECORDS), &settings.limits).expect("it reads");
    let recording = output.recordings.first().expect("one recording");
    let activity = prepare(recording, &settings, &learnt).expect("a run");
    let segments = segment::segment(&activity, &settings.rules);
    match step {
        "prepare" => count(|| drop(black_box(prepare(black_box(recording), &settings, &learnt)))),
        "segment" => {
            count(|| drop(black_box(segment::segment(black_box(&activity), &settings.rules))))
        }
        "metrics" => {
            let run = Run { activity: &activity, segments: &segments, settings: &settings };
            count(|| {
                for metric in METRICS {
                    if let Compute::Run(compute) = metric.compute {
                        black_box(compute(black_box(&run)));
                    }
                }
            });
        }
        _ => return false,
    }
    true
}

/// On one thread, and once: what is there the second time is little beside so many runs.
fn growth(runs: usize) {
    let folder = tempfile::tempdir().expect("a folder");
    for day in 0..runs {
        let bytes = support::bench::season_fit(day, FEW_RECORDS);
        std::fs::write(folder.path().join(format!("{day:05}.fit")), bytes).expect("written");
    }
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread");
    pool.install(|| {
        let settings = Settings::default();
        let walked = walk(&[folder.path().to_path_buf()], &settings.limits);
        let mut report =
            assemble(&walked, || (), &settings, None, People::One).expect("one person's runs");
        let mut analyses = std::mem::take(&mut report.history.runs);
        counted(&mut || {
            report.history = History::build(std::mem::take(&mut analyses), &settings);
            report.findings = findings::judge(&report.history, &settings);
            black_box(render(black_box(&report)));
        });
    });
}

fn main() -> std::process::ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let known = match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["fit"] => {
            decode(&[support::bench::bench_fit(RECORDS)]);
            true
        }
        ["gpx"] => {
            decode(&[support::bench::bench_gpx(RECORDS)]);
            true
        }
        ["tcx"] => {
            decode(&[support::bench::bench_tcx(RECORDS)]);
            true
        }
        ["decode", files @ ..] => {
            let read = |file: &&str| std::fs::read(file).expect("the file is there");
            decode(&files.iter().map(read).collect::<Vec<_>>());
            true
        }
        ["growth", runs] => runs.parse().map(growth).is_ok(),
        [step] => pipeline(step),
        _ => false,
    };
    if known {
        return std::process::ExitCode::SUCCESS;
    }
    eprintln!(
        "count_instructions fit | gpx | tcx | prepare | segment | metrics | growth RUNS | decode FILE..."
    );
    std::process::ExitCode::from(2)
}
