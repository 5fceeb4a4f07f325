//! One hour of running at one record a second: prepare, segment, every metric of one run, and the
//! three together.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a bench that cannot start must say so"
)]

#[path = "../tests/support/mod.rs"]
mod support;

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use lightfoot::Settings;
use lightfoot::metrics::{Compute, METRICS, Run};
use lightfoot::prepare::{LearntUnits, prepare};
use lightfoot::segment::segment;

/// Records of the run: one hour.
const RECORDS: usize = 3600;

fn one_run(criterion: &mut Criterion) {
    let settings = Settings::default();
    let learnt = LearntUnits::default();
    let bytes = support::bench::bench_fit(RECORDS);
    let read = lightfoot::read::read(&bytes, &settings.limits).expect("the bench file reads");
    let recording = read.recordings.first().expect("one recording");
    let activity = prepare(recording, &settings, &learnt).expect("a run");
    let segments = segment(&activity, &settings.rules);
    let run = Run { activity: &activity, segments: &segments, settings: &settings };

    let mut group = criterion.benchmark_group("one_run");
    group.throughput(Throughput::Elements(RECORDS as u64));
    group.bench_function("prepare", |b| {
        b.iter(|| prepare(black_box(recording), &settings, &learnt));
    });
    group.bench_function("segment", |b| b.iter(|| segment(black_box(&activity), &settings.rules)));
    group.bench_function("metrics", |b| {
        b.iter(|| {
            for metric in METRICS {
                if let Compute::Run(compute) = metric.compute {
                    black_box(compute(black_box(&run)));
                }
            }
        });
    });
    group.bench_function("analyze", |b| {
        b.iter(|| lightfoot::analyze(black_box(recording), &settings, &learnt));
    });
    group.finish();

    let mut group = criterion.benchmark_group("metric");
    for metric in METRICS {
        if let Compute::Run(compute) = metric.compute {
            group.bench_function(metric.id, |b| b.iter(|| compute(black_box(&run))));
        }
    }
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(20).measurement_time(std::time::Duration::from_secs(2));
    targets = one_run
}
criterion_main!(benches);
