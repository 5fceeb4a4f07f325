//! The tour of the README is what the program prints.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test says what it expects"
)]

use std::path::Path;
use std::process::Command;

/// Commands of the README's console blocks, each with the lines printed under it.
fn tour(readme: &str) -> Vec<(Vec<String>, Vec<String>)> {
    let mut tour: Vec<(Vec<String>, Vec<String>)> = Vec::new();
    let mut inside = false;
    for line in readme.lines() {
        match line {
            "```console" => inside = true,
            "```" => inside = false,
            _ if !inside => {}
            _ => match line.strip_prefix("$ lightfoot ") {
                Some(command) => {
                    let words = command.split_whitespace().map(str::to_owned).collect();
                    tour.push((words, Vec::new()));
                }
                None => tour.last_mut().expect("a command first").1.push(line.to_owned()),
            },
        }
    }
    tour
}

#[test]
fn the_tour_is_printed_by_the_program() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let tour = tour(&std::fs::read_to_string(here.join("README.md")).unwrap());
    assert!(tour.len() >= 2, "the README shows two commands or more");
    let away = tempfile::tempdir().unwrap();
    for (words, lines) in tour {
        let mut command = Command::new(env!("CARGO_BIN_EXE_lightfoot"));
        command.current_dir(here).args(&words).env_remove("NO_COLOR");
        if words[0] == "report" {
            command.arg("-o").arg(away.path().join("lightfoot-report.html"));
        }
        let printed = String::from_utf8(command.output().unwrap().stdout).unwrap();
        for line in lines.iter().filter(|l| !l.trim().is_empty() && l.trim() != "...") {
            let shown = line.strip_suffix(" ...").unwrap_or(line);
            assert!(
                printed.lines().any(|p| p.starts_with(shown) || p.ends_with(shown)),
                "`lightfoot {}` does not print this line of the README: {shown:?}\n{printed}",
                words.join(" ")
            );
        }
    }
}
