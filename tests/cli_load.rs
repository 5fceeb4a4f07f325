//! The commands about load from outside: the weeks before a day, comparisons, gaps, ratios.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "the functions of a test say what they expect, like its tests"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples")
}

/// The program in an empty folder with an empty home, so that nothing outside is read.
fn lightfoot(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lightfoot"));
    command.current_dir(folder).env("HOME", folder).env_remove("XDG_CONFIG_HOME");
    command.env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE");
    command
}

fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("output is UTF-8")
}

#[track_caller]
fn expect_code(output: &Output, expected: i32) {
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    assert_eq!(output.status.code(), Some(expected), "stdout:\n{out}\nstderr:\n{err}");
}

/// A folder with some samples in it.
fn with_samples(names: &[&str]) -> TempDir {
    let here = folder();
    fs::create_dir(here.path().join("runs")).unwrap();
    for name in names {
        fs::copy(samples().join(name), here.path().join("runs").join(name)).unwrap();
    }
    here
}

#[test]
fn before_lists_the_weeks_in_eighty_columns_and_ends_in_when_to_see_somebody() {
    let here = folder();
    let output =
        lightfoot(here.path()).args(["before", "2026-06-15"]).arg(samples()).output().unwrap();
    expect_code(&output, 0);
    let shown = text(&output.stdout);
    assert!(shown.lines().all(|line| line.chars().count() <= 80), "{shown}");
    assert!(shown.starts_with("The four weeks before 15 Jun 2026"), "{shown}");
    assert!(
        shown.contains("until then the four weeks before these") && shown.contains("before that "),
        "under a year there are no places: {shown}"
    );
    assert_eq!(shown.matches("When to see a professional").count(), 1);
    let json = lightfoot(here.path())
        .args(["before", "2026-06-15", "--json"])
        .arg(samples())
        .output()
        .unwrap();
    let value: Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(value["before"]["first"], "2026-05-18");
    assert!(value["before"]["rows"].as_array().unwrap().len() >= 9);
    let early =
        lightfoot(here.path()).args(["before", "2020-01-01"]).arg(samples()).output().unwrap();
    expect_code(&early, 1);
    assert!(text(&early.stderr).contains("lies before 2020-01-01"));
}

#[test]
fn compare_says_what_to_compare_and_what_differs() {
    let here = folder();
    let run = |args: &[&str]| lightfoot(here.path()).arg("compare").args(args).output().unwrap();
    let all = samples().display().to_string();
    let at = run(&[&all, "--at", "2026-05-01"]);
    expect_code(&at, 0);
    let shown = text(&at.stdout);
    assert!(shown.lines().all(|line| line.chars().count() <= 80), "{shown}");
    for heading in ["Before and after 1 May 2026", "At the same speed", "What else changed"] {
        assert!(shown.contains(heading), "{shown}");
    }
    let two = |name: &str| samples().join(name).display().to_string();
    let (a, b) = (two("2026-03-03-easy.fit"), two("2026-05-19-easy.fit"));
    let pair = run(&[&a, &b, "--json"]);
    expect_code(&pair, 0);
    let value: Value = serde_json::from_slice(&pair.stdout).unwrap();
    assert_eq!(value["comparison"]["kind"], "runs");
    assert_eq!(value["comparison"]["measures"][0]["id"], "step_rate");
    for wrong in [vec![a.as_str()], vec![&all, &b], vec![&a, &a]] {
        expect_code(&run(&wrong), 1);
    }
    let empty = run(&[&all, "--from", "2020-01-01..2020-02-01", "--to", "2026-03-01..2026-04-01"]);
    expect_code(&empty, 1);
    assert!(text(&empty.stderr).contains("2026-03-03"), "{}", text(&empty.stderr));
    expect_code(
        &run(&[&all, "--from", "2026-02-01..2026-01-01", "--to", "2026-03-01..2026-04-01"]),
        2,
    );
}

#[test]
fn an_answered_gap_is_not_asked_about_again() {
    let here = with_samples(&["2026-03-03-easy.fit", "2026-03-24-easy.fit"]);
    let asked = || {
        let output = lightfoot(here.path()).args(["report", "runs"]).output().unwrap();
        expect_code(&output, 0);
        text(&output.stdout).contains("No running 4 Mar to 23 Mar 2026, or missing files?")
    };
    assert!(asked());
    let profile = "[runner]\nno_running = [\"2026-03-04/2026-03-23\"]\n";
    fs::write(here.path().join("runs/lightfoot.toml"), profile).unwrap();
    assert!(!asked());
    fs::write(here.path().join("runs/lightfoot.toml"), "[runner]\nno_running = [\"March\"]\n")
        .unwrap();
    let output = lightfoot(here.path()).args(["report", "runs"]).output().unwrap();
    expect_code(&output, 1);
    assert!(text(&output.stderr).contains("first and last days"), "{}", text(&output.stderr));
}

#[test]
fn acute_and_chronic_load_is_shown_to_those_who_ask() {
    let here = folder();
    let report = |more: &[&str]| {
        let output = lightfoot(here.path())
            .args(["report", "-o", "page.html"])
            .args(more)
            .arg(samples())
            .output()
            .unwrap();
        let page = fs::read_to_string(here.path().join("page.html")).unwrap();
        (text(&output.stdout), page)
    };
    let (shown, page) = report(&[]);
    assert!(!shown.contains("Monotony") && !page.contains("Monotony"));
    let (shown, page) = report(&["--show-acwr"]);
    for place in [&shown, &page] {
        let flat = place.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(flat.contains("Monotony") && flat.contains("because you asked"));
    }
}

#[test]
fn a_page_about_an_onset_begins_with_the_red_flags_and_has_them_once() {
    let here = folder();
    let mut command = lightfoot(here.path());
    command.args(["report", "-q", "-o", "page.html", "--onset", "2026-06-15"]).arg(samples());
    expect_code(&command.output().unwrap(), 0);
    let page = fs::read_to_string(here.path().join("page.html")).unwrap();
    let at = |needle: &str| page.find(needle).unwrap_or_else(|| panic!("no {needle}"));
    assert!(at("Get care today") < at("The four weeks before 15 Jun 2026"));
    assert!(at("The four weeks before 15 Jun 2026") < at("<figure"));
    assert_eq!(page.matches("Get care today").count(), 1);
}

#[test]
fn the_document_holds_the_load_the_ceiling_the_gaps_and_other_sports() {
    let here = folder();
    let output = lightfoot(here.path()).args(["report", "--json"]).arg(samples()).output().unwrap();
    expect_code(&output, 0);
    let value: Value = serde_json::from_slice(&output.stdout).unwrap();
    let longest = value["ceiling"]["longest_m"].as_f64().unwrap();
    let ahead = value["ceiling"]["distance_m"].as_f64().unwrap();
    assert!((ahead / longest - 1.1).abs() < 1e-5);
    assert_eq!(value["load"]["week_other_sports_s"], 0.0);
    assert_eq!(value["other_sports"][0]["day"], "2026-04-15");
    assert!(value["weeks"].as_array().unwrap().iter().any(|w| w["other_sports_s"] != 0.0));
    assert!(value["gaps"].as_array().unwrap().is_empty());
    assert!(value["before"].is_null());
}

#[test]
fn every_topic_can_be_explained() {
    let here = folder();
    for topic in ["before", "compare", "acwr", "gaps"] {
        let output = lightfoot(here.path()).args(["explain", topic]).output().unwrap();
        expect_code(&output, 0);
        let shown = text(&output.stdout);
        for part in ["Measures", "Formula", "Limits", "Source"] {
            assert!(shown.contains(part), "{topic}: {shown}");
        }
        assert!(shown.lines().all(|line| line.chars().count() <= 80), "{shown}");
    }
}
