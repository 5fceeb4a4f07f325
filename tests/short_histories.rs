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

use lightfoot::Settings;
use lightfoot::report::assemble::{self, Opened};
use lightfoot::report::{Report, writer};
use support::device::{Altimeter, CadenceStorage, Device, DynamicsSource, Positions};
use support::presets;
use support::record::record;
use support::route::Route;
use support::runner::{RunPlan, Runner};
use support::simulate::simulate;
use support::write_fit::{self, FitOptions, SportNumber};

const DAY_S: i64 = 86_400;

/// A report of this many even runs, one every other day.
fn report(device: &Device, runs: u64) -> Report {
    let runner = Runner::default();
    let files: Vec<Vec<u8>> = (0..runs)
        .map(|number| {
            let mut plan = RunPlan::even(8000.0, 2.7 + 0.05 * (number % 4) as f64, 50 + number);
            plan.start_s += 2 * DAY_S * number as i64;
            let truth = simulate(&runner, &Route::out_and_back(4000.0), &plan);
            let recorded = record(&truth, device, plan.seed);
            write_fit::write(&recorded, SportNumber::RUN, (&runner, 0), FitOptions::default())
        })
        .collect();
    let open = |index: usize| Opened {
        file: format!("run-{index}.fit"),
        stored_bytes: files[index].len(),
        hash: assemble::identity(&files[index]),
        content: Ok(files[index].clone()),
    };
    assemble::assemble(files.len(), open, || (), &Settings::default(), None).unwrap()
}

/// What holds for every page, however little it rests on.
fn assert_sound(report: &Report, what: &str) {
    assert!(!report.headline.sentence.is_empty(), "{what}: no opening sentence");
    assert_eq!(report.headline.lines.len(), 5, "{what}");
    for name in ["html", "summary", "document"] {
        let text = (writer(name).unwrap().write)(report).unwrap();
        for broken in [">NaN", " NaN", "NaN ", "inf ", " inf", "None", "Some(", "-0 ", "-0.0 "] {
            assert!(!text.contains(broken), "{what}: {broken:?} in {name}");
        }
    }
}

#[test]
fn one_run_and_three_runs_raise_no_card() {
    for runs in [1, 3] {
        let report = report(&presets::fenix_6x(), runs);
        assert_eq!(report.history.runs.len() as u64, runs);
        assert!(report.findings.is_empty(), "{runs} runs: {:?}", report.findings);
        assert_sound(&report, &format!("{runs} runs"));
    }
}

#[test]
fn a_runner_who_never_changes_gets_no_card_about_form() {
    let report = report(&presets::fenix_6x(), 30);
    let rules: Vec<&str> = report.findings.iter().map(|f| f.rule).collect();
    for rule in ["cadence_trend", "sensor_changed", "single_run_spike", "new_downhill"] {
        assert!(!rules.contains(&rule), "{rules:?}");
    }
    assert_sound(&report, "nothing changed");
}

#[test]
fn what_is_not_recorded_is_not_made_up() {
    let full = presets::fenix_6x();
    let without = [
        ("cadence", Device { cadence: CadenceStorage::None, ..full.clone() }, "step_rate"),
        ("altitude", Device { altimeter: Altimeter::None, ..full.clone() }, "hill_exposure"),
        (
            "dynamics",
            Device { dynamics: DynamicsSource::None, ..full.clone() },
            "ground_contact_time",
        ),
        ("positions", Device { positions: Positions::None, ..full }, "curve_exposure"),
    ];
    for (what, device, id) in without {
        let report = report(&device, 4);
        for run in &report.history.runs {
            assert_eq!(run.value(id), None, "{id} without {what}");
            assert!(run.value("distance").is_some(), "distance without {what}");
        }
        assert_sound(&report, what);
    }
}
