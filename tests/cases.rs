//! What real files do: every case of the intake list by its number, each with a file made for it
//! or a recording that shows it.
//!
//! One module per section of the list. A test is named `case_NN_what_it_is`; `every_number` below
//! checks that none is left out.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "the functions of a test say what they expect, like its tests"
)]

mod fit_bytes;
mod support;
mod zip_maker;

#[path = "cases/a_containers.rs"]
mod a_containers;
#[path = "cases/b_cadence.rs"]
mod b_cadence;
#[path = "cases/c_fit.rs"]
mod c_fit;
#[path = "cases/d_xml.rs"]
mod d_xml;
#[path = "cases/e_time.rs"]
mod e_time;
#[path = "cases/f_duplicates.rs"]
mod f_duplicates;
#[path = "cases/given.rs"]
mod given;
#[path = "cases/h_plausibility.rs"]
mod h_plausibility;
#[path = "cases/services.rs"]
mod services;

use std::collections::BTreeMap;

/// Cases of the list.
const CASES: std::ops::RangeInclusive<u32> = 1..=71;

/// The sources of the modules above: a test that is not compiled does not count.
const SOURCES: &[&str] = &[
    include_str!("cases/a_containers.rs"),
    include_str!("cases/b_cadence.rs"),
    include_str!("cases/c_fit.rs"),
    include_str!("cases/d_xml.rs"),
    include_str!("cases/e_time.rs"),
    include_str!("cases/f_duplicates.rs"),
    include_str!("cases/services.rs"),
    include_str!("cases/h_plausibility.rs"),
];

#[test]
fn every_number() {
    let mut tests: BTreeMap<u32, usize> = BTreeMap::new();
    for source in SOURCES {
        for name in source.split("#[test]\nfn case_").skip(1) {
            let number = name.split('_').next().unwrap().parse().expect("a number behind case_");
            *tests.entry(number).or_default() += 1;
        }
    }
    let missing: Vec<u32> = CASES.filter(|n| !tests.contains_key(n)).collect();
    assert!(missing.is_empty(), "cases without a test: {missing:?}");
    let unknown: Vec<&u32> = tests.keys().filter(|n| !CASES.contains(n)).collect();
    assert!(unknown.is_empty(), "no such cases: {unknown:?}");
}
