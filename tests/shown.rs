//! Pages of a part of a history: what is shown, and what the past still counts for.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// The samples as one JSON object.
fn document(options: &[&str]) -> Value {
    let here = tempfile::tempdir().unwrap();
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let output = Command::new(env!("CARGO_BIN_EXE_lightfoot"))
        .current_dir(here.path())
        .env("HOME", here.path())
        .env_remove("XDG_CONFIG_HOME")
        .args(["report", "--json"])
        .arg(samples)
        .args(options)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn list<'a>(document: &'a Value, key: &str) -> &'a [Value] {
    document[key].as_array().unwrap()
}

fn days(document: &Value) -> Vec<&str> {
    list(document, "runs").iter().map(|r| r["day"].as_str().unwrap()).collect()
}

#[test]
fn runs_of_the_days_shown_keep_every_reading_that_the_whole_past_gave_them() {
    let (whole, part) = (document(&[]), document(&["--since", "2026-06-01"]));
    let shown = list(&part, "runs");
    let all = list(&whole, "runs");
    let first = days(&whole).iter().position(|d| *d >= "2026-06-01").unwrap();
    assert!(first > 0 && shown.len() > 3);
    // Spikes, distance in a shoe, cadence at own speed: not a digit changes.
    assert_eq!(shown, &all[first..]);
    assert_eq!(part["ceiling"], whole["ceiling"]);
    assert_eq!(part["load"], whole["load"]);
    assert_eq!(part["shoes"], whole["shoes"]);
    let fates = list(&part, "inputs").iter().flat_map(|i| list(i, "parts"));
    let earlier = fates.filter(|f| f["fate"] == "earlier").count();
    assert_eq!(earlier, first);
}

#[test]
fn what_adds_up_adds_up_over_the_days_shown() {
    let part = document(&["--since", "2026-06-01"]);
    let metres = |key: &str| -> f64 {
        list(&part, key).iter().map(|v| v["distance_m"].as_f64().unwrap()).sum()
    };
    let distance = |run: &Value| {
        let found = list(run, "readings").iter().find(|r| r["id"] == "distance");
        found.unwrap()["value"].as_f64().unwrap()
    };
    let runs: f64 = list(&part, "runs").iter().map(distance).sum();
    assert!((metres("weeks") - runs).abs() < 1.0, "{} and {runs}", metres("weeks"));
    for series in list(&part, "trends") {
        for point in list(series, "points") {
            assert!((point["run"].as_u64().unwrap() as usize) < list(&part, "runs").len());
        }
    }
    let epochs = list(&part, "epochs").len() as u64;
    for model in list(&part, "cadence_models") {
        assert!(model["epoch"].as_u64().unwrap() < epochs);
    }
}

#[test]
fn a_number_of_weeks_begins_on_a_monday() {
    let part = document(&["--weeks", "4"]);
    assert_eq!(list(&part, "weeks").len(), 4);
    // The samples end on Sunday, 21 June.
    assert!(days(&part).iter().all(|d| *d >= "2026-05-25"));
    assert_eq!(part["settings"]["shown"]["weeks"], 4);
    let whole = document(&["--weeks", "400"]);
    assert_eq!(list(&whole, "runs").len(), list(&document(&[]), "runs").len());
}

#[test]
fn one_thing_to_try_comes_when_asked_with_the_day_to_compare_at() {
    let asked = document(&["--try", "cadence"]);
    let attempt = &asked["one_thing_to_try"];
    let usual = list(attempt, "speeds").iter().find(|s| s["speed"] == "usual").unwrap();
    let own = usual["step_rate_spm"].as_f64().unwrap();
    let beat = attempt["metronome_spm"].as_f64().unwrap();
    assert!((beat - 1.05 * own).abs() <= 0.5, "{beat} for {own}");
    // The day after the last run.
    assert_eq!(attempt["from"], "2026-06-22");
    let (all, half) = (attempt["runs_whole"].as_u64(), attempt["runs_half"].as_u64());
    assert!(all.unwrap() >= 8 && half.is_none_or(|half| half >= all.unwrap()));
}
