//! The table of simulated athletes with few of them, so that it cannot rot: no row may be
//! incompatible with its bound. The whole table: `cargo run --release --example simulate`.

#[path = "simulation/mod.rs"]
mod simulation;

#[test]
fn few_athletes_are_compatible_with_every_bound() {
    /// Enough to show a rule that is broken outright; the whole table has 1,000.
    const LOT: simulation::Lot = simulation::Lot { athletes: 6, seed: 1 };
    let rows = simulation::rows(LOT);
    // The tables in the documentation have a line for each of them, and no others: one from each
    // seed.
    let printed = include_str!("../docs/simulation.md");
    let missing: Vec<&str> = rows
        .iter()
        .map(|row| row.what.as_str())
        .filter(|what| !printed.contains(&format!("| {what} |")))
        .collect();
    assert!(missing.is_empty(), "not in docs/simulation.md: {missing:#?}");
    let lines = printed.lines().filter(|l| l.starts_with("| ") && !l.starts_with("| about"));
    let lines = lines.count();
    assert!(lines.is_multiple_of(rows.len()), "{lines} lines for {} rows", rows.len());
    let broken: Vec<_> = rows.into_iter().filter(|row| !row.may_hold()).collect();
    assert!(broken.is_empty(), "{}", simulation::table::markdown(&broken));
}
