//! Describing, drawing and writing a page: sixteen weeks and a year of one runner.
//!
//! `cargo bench --bench charts`

#[path = "../tests/page_fixture/mod.rs"]
mod page_fixture;

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use lightfoot::charts::svg::{self, Width, left_margin_px};
use lightfoot::charts::{CHARTS, Chart};
use lightfoot::report::html::render;
use page_fixture::{Plan, report};

/// Runs of the histories that are drawn.
const HISTORIES: [usize; 2] = [56, 365];

fn pages(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("page");
    group.sample_size(20);
    for runs in HISTORIES {
        let made_up = report(&Plan { runs, ..Plan::default() });
        let describe = || -> Vec<Chart> {
            let each = CHARTS.iter();
            each.filter_map(|c| (c.describe)(&made_up.history, &made_up.settings).ok()).collect()
        };
        group.bench_function(BenchmarkId::new("describe", runs), |b| {
            b.iter(|| black_box(describe()));
        });
        let charts = describe();
        group.bench_function(BenchmarkId::new("draw", runs), |b| {
            b.iter(|| {
                for panel in charts.iter().flat_map(|c| &c.panels) {
                    black_box(svg::draw(panel, Width::Wide, left_margin_px(panel), "bench")).ok();
                }
            });
        });
        group.throughput(Throughput::Bytes(render(&made_up).len() as u64));
        group.bench_function(BenchmarkId::new("write", runs), |b| {
            b.iter(|| black_box(render(&made_up)));
        });
    }
    group.finish();
}

criterion_group!(benches, pages);
criterion_main!(benches);
