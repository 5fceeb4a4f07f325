//! A whole folder: from paths to a report, and from a report to a page and to rows. The folder is
//! `samples/`: sixteen weeks in three formats, some of them packed.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a bench that cannot start must say so"
)]

use std::hint::black_box;
use std::path::Path;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use lightfoot::Settings;
use lightfoot::intake::walk;
use lightfoot::report::Report;
use lightfoot::report::assemble::{People, assemble};

fn report() -> Report {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let walked = walk(&[samples], &lightfoot::read::Limits::default());
    assemble(&walked, || (), &Settings::default(), None, People::One).expect("one person")
}

fn folder(criterion: &mut Criterion) {
    let made = report();
    assert!(made.history.runs.len() > 50, "the samples are there");
    let bytes: u64 = made.inputs.iter().map(|i| i.bytes as u64).sum();
    let mut group = criterion.benchmark_group("folder");
    group.throughput(Throughput::Bytes(bytes));
    group.bench_function("paths to report", |b| b.iter(report));
    for name in ["html", "csv", "document"] {
        let writer = lightfoot::report::writer(name).expect("a writer of that name");
        group.bench_function(format!("report to {name}"), |b| {
            b.iter(|| writer.text(black_box(&made)));
        });
    }
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(20).measurement_time(std::time::Duration::from_secs(4));
    targets = folder
}
criterion_main!(benches);
