//! What runs add up to, for counting its instructions: `count_growth RUNS` makes so many tiny runs
//! ready and, inside [`counted`], builds their history, judges it and renders the page, on one
//! thread. `.ci/growth` sets one number of runs against another under valgrind.

#![allow(clippy::expect_used, reason = "a count of work that was not done means nothing")]

#[path = "../tests/support/mod.rs"]
mod support;

use std::hint::black_box;

use lightfoot::intake::walk;
use lightfoot::report::assemble::{People, assemble};
use lightfoot::report::html::render;
use lightfoot::trend::History;
use lightfoot::{Settings, findings};

/// Five minutes at one record a second: ten segments.
const RECORDS: usize = 300;

/// The only place that is counted; it must remain a function of its own.
#[inline(never)]
fn counted(work: &mut dyn FnMut()) {
    work();
    // Keeps the call above from becoming a jump out of the counted function.
    black_box(());
}

fn main() -> std::process::ExitCode {
    let Some(runs) = std::env::args().nth(1).and_then(|word| word.parse::<usize>().ok()) else {
        eprintln!("count_growth RUNS");
        return std::process::ExitCode::from(2);
    };
    let folder = std::env::temp_dir().join(format!("lightfoot-growth-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    for day in 0..runs {
        let bytes = support::bench::season_fit(day, RECORDS);
        std::fs::write(folder.join(format!("{day:05}.fit")), bytes).expect("written");
    }
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread");
    pool.install(|| {
        let settings = Settings::default();
        let walked = walk(std::slice::from_ref(&folder), &settings.limits);
        let mut report =
            assemble(&walked, || (), &settings, None, People::One).expect("one person's runs");
        let mut analyses = std::mem::take(&mut report.history.runs);
        counted(&mut || {
            report.history = History::build(std::mem::take(&mut analyses), &settings);
            report.findings = findings::judge(&report.history, &settings);
            black_box(render(black_box(&report)));
        });
    });
    let _ = std::fs::remove_dir_all(&folder);
    std::process::ExitCode::SUCCESS
}
