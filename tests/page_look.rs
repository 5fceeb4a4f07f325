//! Writes made-up pages where they can be looked at, and checks that each of them is whole.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "the functions of a test say what they expect, like its tests"
)]

mod page_fixture;

use std::fs;
use std::path::PathBuf;

use lightfoot::report::html::render;
use page_fixture::{Plan, report};

fn plans() -> Vec<(&'static str, Plan)> {
    let plan = Plan::default;
    vec![
        ("full", plan()),
        ("one", Plan { runs: 1, ..plan() }),
        ("three", Plan { runs: 3, ..plan() }),
        ("year", Plan { runs: 365, ..plan() }),
        ("no-cadence", Plan { cadence: false, ..plan() }),
        ("no-altitude", Plan { altitude: false, side: false, ..plan() }),
        ("nothing", Plan { runs: 0, ..plan() }),
    ]
}

#[test]
fn pages_are_written_to_look_at() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("pages");
    fs::create_dir_all(&folder).unwrap();
    for (name, plan) in plans() {
        let page = render(&report(&plan));
        assert!(page.ends_with("</html>"), "{name}");
        assert!(page.len() < 2_000_000, "{name}: {} bytes", page.len());
        fs::write(folder.join(format!("{name}.html")), page).unwrap();
    }
}
