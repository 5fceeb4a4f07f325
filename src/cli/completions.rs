//! `completions`: what a shell needs to complete our commands.

use anyhow::Result;
use clap::CommandFactory;

use super::args::Cli;
use super::{Exit, output};

/// Prints the completions of a shell.
///
/// # Errors
/// When standard output cannot be written.
pub fn run(shell: clap_complete::Shell) -> Result<Exit> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "lightfoot", &mut script);
    output::print_data(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Done)
}
