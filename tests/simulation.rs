//! The table of simulated athletes with few of them, so that it cannot rot: no row may be
//! incompatible with its bound. The whole table: `cargo run --release --example simulate`.

#[path = "simulation/mod.rs"]
mod simulation;

#[test]
fn few_athletes_are_compatible_with_every_bound() {
    /// Enough to show a rule that is broken outright; the whole table has 1,000.
    const ATHLETES: usize = 6;
    let rows = simulation::rows(ATHLETES);
    let broken: Vec<_> = rows.into_iter().filter(|row| !row.may_hold()).collect();
    assert!(broken.is_empty(), "{}", simulation::table::markdown(&broken));
}
