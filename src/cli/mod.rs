//! The binary's own part: arguments, files, the clock of the user's words, exit codes.

mod args;
mod before;
mod coach;
mod compare;
mod completions;
mod education;
mod explain;
mod export;
mod field_overview;
mod gather;
mod inspect;
mod messages;
mod nearest;
mod output;
mod pages;
mod profile;
mod report;
mod run_pages;
mod second_opinion;
mod settings;
mod show;
mod stale;
mod timings;
mod topics;

use std::process::ExitCode;

use clap::Parser;

use args::{Cli, Command};

/// How a command ended, for scripts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// All is well.
    Done = 0,
    /// It failed.
    Failed = 1,
    /// It finished, but some inputs that should have been activities gave nothing.
    SomeSkipped = 3,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Parses, runs, and turns what happened into an exit code.
pub fn run() -> ExitCode {
    let result = match Cli::parse().command {
        None => introduce(),
        Some(Command::Report(args)) => report::run(&args),
        Some(Command::Coach(args)) => coach::run(&args),
        Some(Command::Show(args)) => show::run(&args),
        Some(Command::Before(args)) => before::run(&args),
        Some(Command::Compare(args)) => compare::run(&args),
        Some(Command::Inspect(args)) => inspect::run(&args),
        Some(Command::Export(args)) => export::run(&args),
        Some(Command::Explain(args)) => explain::run(&args),
        Some(Command::Completions { shell }) => completions::run(shell),
        Some(Command::Messages) => messages::run_child(),
    };
    match result {
        Ok(exit) => exit.into(),
        // A reader that has seen enough (`| head`) is no failure and needs no words.
        Err(error) if output::is_closed_pipe(&error) => Exit::Done.into(),
        Err(error) => {
            output::say_error(&error);
            Exit::Failed.into()
        }
    }
}

/// What it is, and three commands to try.
fn introduce() -> anyhow::Result<Exit> {
    output::print(INTRODUCTION)?;
    Ok(Exit::Done)
}

const INTRODUCTION: &str = "\
lightfoot reads what your running watch exported (FIT, GPX, TCX) and says what
changed, how sure it is, and on what evidence. Nothing leaves your machine.

Try:
  lightfoot report samples         a page from a folder of runs
  lightfoot show FILE              one run, here in the terminal
  lightfoot explain list           every number it knows, and what it means

lightfoot --help lists everything else.
";
