//! Timings and threads change nothing in what is written.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "the functions of a test say what they expect, like its tests"
)]

use std::path::{Path, PathBuf};
use std::process::Command;

use lightfoot::stopwatch::Stage;

/// The samples' page and rows, made with some more options; and what was said on standard error.
fn made(options: &[&str]) -> (Vec<u8>, Vec<u8>, String) {
    let folder = tempfile::tempdir().unwrap();
    let samples: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let mut said = String::new();
    let mut write = |words: &[&str], file: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_lightfoot"));
        command.current_dir(folder.path()).env("HOME", folder.path());
        command.env_remove("XDG_CONFIG_HOME");
        let output =
            command.args(words).args(["-o", file]).args(options).arg(&samples).output().unwrap();
        said.push_str(&String::from_utf8(output.stderr).unwrap());
        std::fs::read(folder.path().join(file)).unwrap()
    };
    let page = write(&["report"], "page.html");
    let rows = write(&["export", "--format", "ndjson"], "rows.ndjson");
    (page, rows, said)
}

#[test]
fn timings_and_threads_leave_every_byte_as_it_is() {
    let (page, rows, silent) = made(&["--jobs", "2"]);
    assert!(!silent.contains("clock s"), "{silent}");
    let (timed_page, timed_rows, said) = made(&["--jobs", "1", "--timings"]);
    assert!(page == timed_page && rows == timed_rows);
    for stage in Stage::ALL {
        let lines = said.lines().filter(|line| line.starts_with(stage.word()));
        assert_eq!(lines.count(), 2, "{} in {said}", stage.word());
    }
    assert!(said.contains("MB as stored"), "{said}");
    assert!(said.lines().all(|line| line.chars().count() <= 80), "{said}");
}
