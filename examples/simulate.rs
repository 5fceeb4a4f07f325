//! Prints the table of simulated athletes: `cargo run --release --example simulate [ATHLETES [SEED
//! [PART]]]`, the whole table of 1,000 athletes from seed 1 unless said otherwise. Ends with status 1
//! where a row does not hold.

#[path = "../tests/simulation/mod.rs"]
mod simulation;

use std::process::ExitCode;

use simulation::table::{HEADING, Row, markdown};
use simulation::{Lot, PARTS};

/// What is asked for: how many athletes, from which seed, and which part of the table.
fn asked(words: &[String]) -> Option<(Lot, Option<&str>)> {
    let number = |at: usize, otherwise: u64| match words.get(at) {
        None => Some(otherwise),
        Some(word) => word.parse().ok(),
    };
    let lot = Lot { athletes: usize::try_from(number(0, 1000)?).ok()?, seed: number(1, 1)? };
    let part = words.get(2).map(String::as_str);
    let known = part.is_none_or(|name| PARTS.iter().any(|p| p.0 == name));
    (known && words.len() <= 3).then_some((lot, part))
}

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let Some((lot, wanted)) = asked(&words) else {
        let parts: Vec<&str> = PARTS.iter().map(|p| p.0).collect();
        eprintln!("cargo run --release --example simulate [ATHLETES [SEED [PART]]]");
        eprintln!("parts: {}", parts.join(", "));
        return ExitCode::from(2);
    };
    let mut holds = true;
    for (name, rows) in PARTS.iter().filter(|p| wanted.is_none_or(|name| name == p.0)) {
        let command = format!("simulate {} {} {name}", lot.athletes, lot.seed);
        println!("`cargo run --release --example {command}`\n");
        let rows = rows(lot);
        println!("{HEADING}{}", markdown(&rows));
        holds &= rows.iter().all(Row::holds);
    }
    if holds { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
