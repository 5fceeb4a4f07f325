//! Names and files that want to do something: to the page, to the terminal, to a spreadsheet, to
//! the next start of the program. None of them may.

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

#[path = "hostile/everywhere.rs"]
mod everywhere;
#[path = "hostile/files.rs"]
mod files;
#[path = "cases/given.rs"]
#[allow(dead_code)]
mod given;
#[path = "hostile/names.rs"]
mod names;
#[path = "hostile/numbers.rs"]
mod numbers;
#[path = "hostile/page.rs"]
mod page;
#[path = "hostile/payloads.rs"]
mod payloads;
#[path = "hostile/places.rs"]
mod places;
#[path = "hostile/same_bytes.rs"]
mod same_bytes;
#[path = "hostile/tables.rs"]
mod tables;
#[path = "hostile/terminal.rs"]
mod terminal;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use lightfoot::read::Limits;
use lightfoot::report::Report;
use lightfoot::report::assemble::{People, assemble};
use lightfoot::{Settings, intake};

/// The program in a folder with an empty home, so that nothing outside is read.
fn lightfoot(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lightfoot"));
    command.current_dir(folder).env("HOME", folder).env_remove("XDG_CONFIG_HOME");
    command.env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE");
    command
}

/// The report on some paths, whoever ran.
fn report(paths: &[PathBuf]) -> Report {
    let walked = intake::walk(paths, &Limits::default());
    assemble(&walked, || (), &Settings::default(), None, People::Anybody).unwrap()
}

fn code(output: &Output) -> Option<i32> {
    output.status.code()
}
