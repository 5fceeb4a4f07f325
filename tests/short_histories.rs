//! Little to go on: one run, three runs, no cadence, no altitude, indoors. Each page has something
//! true to say, raises no card about nothing, and shows no broken number.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "the shared functions of a test say what they expect, like its tests"
)]

#[path = "support/mod.rs"]
mod support;

use std::path::Path;
use std::process::Command;

use serde_json::Value;
use support::device::{Altimeter, CadenceStorage, Device, DynamicsSource, Positions};
use support::presets;
use support::record::record;
use support::route::Route;
use support::runner::{RunPlan, Runner};
use support::simulate::simulate;
use support::write_fit::{self, FitOptions, SportNumber};

const DAY_S: i64 = 86_400;

/// What the program makes of a folder.
struct Made {
    document: Value,
    texts: [(&'static str, String); 3],
}

impl Made {
    fn list(&self, key: &str) -> &Vec<Value> {
        self.document[key].as_array().unwrap()
    }

    fn rules(&self) -> Vec<&str> {
        self.list("findings").iter().map(|f| f["rule"].as_str().unwrap()).collect()
    }
}

/// The report of this many even runs, one every other day.
fn report(device: &Device, runs: u64) -> Made {
    let folder = tempfile::tempdir().unwrap();
    let runner = Runner::default();
    for number in 0..runs {
        let mut plan = RunPlan::even(8000.0, 2.7 + 0.05 * (number % 4) as f64, 50 + number);
        plan.start_s += 2 * DAY_S * number as i64;
        let truth = simulate(&runner, &Route::out_and_back(4000.0), &plan);
        let recorded = record(&truth, device, plan.seed);
        let whose = (&runner, 0);
        let bytes = write_fit::write(&recorded, SportNumber::RUN, whose, FitOptions::default());
        std::fs::write(folder.path().join(format!("run-{number:02}.fit")), bytes).unwrap();
    }
    let json = program(folder.path(), &["report", ".", "--json"]);
    let summary = program(folder.path(), &["report", ".", "--output", "page.html"]);
    let page = std::fs::read_to_string(folder.path().join("page.html")).unwrap();
    Made {
        document: serde_json::from_str(&json).unwrap(),
        texts: [("page", page), ("summary", summary), ("JSON", json)],
    }
}

/// Runs the program in a folder with nothing of the user's around it; its standard output.
fn program(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_lightfoot"))
        .args(arguments)
        .current_dir(folder)
        .env("HOME", folder)
        .env_remove("XDG_CONFIG_HOME")
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {errors}");
    String::from_utf8(output.stdout).unwrap()
}

/// What holds for every page, however little it rests on.
fn assert_sound(made: &Made, what: &str) {
    let headline = &made.document["headline"];
    assert!(headline["sentence"].as_str().is_some_and(|s| s.len() > 20), "{what}: no opening");
    assert_eq!(headline["lines"].as_array().unwrap().len(), 5, "{what}");
    for (name, text) in &made.texts {
        for broken in [">NaN", " NaN", "NaN ", "inf ", " inf ", "None", "Some(", " -0 ", "-0.0 "] {
            assert!(!text.contains(broken), "{what}: {broken:?} in the {name}");
        }
    }
}

#[test]
fn one_run_and_three_runs_raise_no_card() {
    for runs in [1, 3] {
        let made = report(&presets::fenix_6x(), runs);
        assert_eq!(made.list("runs").len() as u64, runs);
        assert!(made.rules().is_empty(), "{runs} runs: {:?}", made.rules());
        assert_sound(&made, &format!("{runs} runs"));
    }
}

#[test]
fn a_runner_who_never_changes_gets_no_card() {
    let made = report(&presets::fenix_6x(), 30);
    assert!(made.rules().is_empty(), "{:?}", made.rules());
    assert_sound(&made, "nothing changed");
}

#[test]
fn what_is_not_recorded_is_not_made_up() {
    let full = presets::fenix_6x();
    let without = [
        ("cadence", Device { cadence: CadenceStorage::None, ..full.clone() }, "step_rate"),
        ("altitude", Device { altimeter: Altimeter::None, ..full.clone() }, "hill_exposure"),
        ("dynamics", Device { dynamics: DynamicsSource::None, ..full.clone() }, "vertical_ratio"),
        ("positions", Device { positions: Positions::None, ..full }, "curve_exposure"),
    ];
    for (what, device, id) in without {
        let made = report(&device, 4);
        for run in made.list("runs") {
            let readings = run["readings"].as_array().unwrap();
            let reading = |id: &str| readings.iter().find(|r| r["id"] == id).unwrap();
            assert!(!reading(id)["unavailable"].is_null(), "{id} without {what}");
            assert!(reading(id).get("value").is_none_or(Value::is_null), "{id} without {what}");
            assert!(reading("distance")["value"].is_f64(), "distance without {what}");
        }
        assert_sound(&made, what);
    }
}
