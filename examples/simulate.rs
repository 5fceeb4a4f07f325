//! Prints the table of simulated athletes: `cargo run --release --example simulate [ATHLETES]`,
//! 1,000 unless said otherwise. Ends with status 1 where a row does not hold.

#[path = "../tests/simulation/mod.rs"]
mod simulation;

use std::process::ExitCode;

use simulation::table::{Row, markdown};

fn main() -> ExitCode {
    let athletes = match std::env::args().nth(1).map(|word| word.parse()) {
        None => 1000,
        Some(Ok(count)) => count,
        Some(Err(_)) => {
            eprintln!("cargo run --release --example simulate [ATHLETES]");
            return ExitCode::from(2);
        }
    };
    let rows = simulation::rows(athletes);
    print!("{}", markdown(&rows));
    if rows.iter().all(Row::holds) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
