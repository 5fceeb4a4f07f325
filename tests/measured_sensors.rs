//! What a body's heart, its left and right, its fading and its pods did is what the metrics say:
//! planted truth, through the readers.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test says what it expects"
)]

#[path = "support/mod.rs"]
mod support;

use lightfoot::prepare::LearntUnits;
use lightfoot::read::{CadenceConvention, Column, ColumnSource, Field, RawColumn, Recording, read};
use lightfoot::trend::History;
use lightfoot::{Analysis, Settings, analyze, findings};
use support::device::{Device, DynamicsSource};
use support::presets::{coros, fenix_6x, forerunner_265, twins_of};
use support::record::record;
use support::route::Route;
use support::runner::{RunPlan, Runner};
use support::simulate::simulate;
use support::truth::{Moment, Truth};
use support::write_fit::{FitOptions, Pod, SportNumber, write};

fn recording(bytes: &[u8]) -> Recording {
    read(bytes, &Settings::default().limits).unwrap().recordings.remove(0)
}

fn analysed(recording: &Recording) -> Analysis {
    analyze(recording, &Settings::default(), &LearntUnits::default()).unwrap()
}

/// A run with its truth.
fn ran(runner: &Runner, plan: &RunPlan, device: &Device) -> (Truth, Analysis) {
    let twins = twins_of(runner, &Route::straight(), plan, device);
    (twins.truth, analysed(&recording(&twins.fit)))
}

/// Mean of the truth while running.
fn mean(truth: &Truth, value: impl Fn(&Moment) -> f64) -> f64 {
    let running = truth.moments.iter().filter(|m| m.contact_ms.is_some());
    let (sum, n) = running.fold((0.0, 0.0), |(sum, n), m| (sum + value(m), n + 1.0));
    sum / n
}

fn strap(device: Device) -> Device {
    Device { dynamics: DynamicsSource::Sensor { contact_ms: 0.0, bounce_mm: 0.0 }, ..device }
}

#[test]
fn the_left_share_of_contact_is_the_body_s() {
    for device in [fenix_6x(), strap(forerunner_265()), coros()] {
        let of = |left: f64| {
            let mut runner = Runner::default();
            runner.dynamics.balance_left = left;
            let (truth, run) = ran(&runner, &RunPlan::even(6000.0, 2.8, 61), &device);
            let found = run.value("contact_balance").unwrap();
            let planted = mean(&truth, |m| m.balance_left.unwrap());
            assert!((found - planted).abs() < 0.05, "{}: {found} for {planted}", device.name);
            found
        };
        // The same run of a body that leans the other way.
        let (left, right) = (of(51.8), of(48.2));
        assert!((left - right - 3.6).abs() < 0.05, "{}: {left} and {right}", device.name);
    }
}

#[test]
fn a_planted_shift_of_left_and_right_is_told_and_none_is_not() {
    let page = |shift: f64| {
        let runs = (0..17).map(|k| {
            let mut runner = Runner::default();
            // Runs scatter by a few tenths of a point.
            let scatter = [0.2, -0.1, 0.0, -0.2, 0.1][k % 5];
            runner.dynamics.balance_left = 50.2 + scatter + if k >= 13 { shift } else { 0.0 };
            let mut plan = RunPlan::even(4000.0, 2.8, 70 + k as u64);
            plan.start_s += 3 * 86_400 * k as i64;
            ran(&runner, &plan, &strap(forerunner_265())).1
        });
        let history = History::build(runs.collect(), &Settings::default());
        let cards = findings::judge(&history, &Settings::default());
        let change = history.reading(16, "balance_change").unwrap().value;
        (change, cards.iter().any(|c| c.rule == "balance_changed"))
    };
    // Of a shift of 1.5 points the run's own scatter and the shifted runs before it take a part.
    let (change, told) = page(1.5);
    assert!((change - 1.5).abs() < 0.6 && told, "{change} {told}");
    let (change, told) = page(0.0);
    assert!(change.abs() < 0.7 && !told, "{change} {told}");
}

#[test]
fn heart_rate_is_the_heart_s() {
    for (bpm, device) in [(138.0, fenix_6x()), (156.0, forerunner_265()), (148.0, coros())] {
        let mut runner = Runner::default();
        runner.heart.bpm = bpm;
        let (truth, run) = ran(&runner, &RunPlan::even(6000.0, 3.0, 91), &device);
        let (found, planted) = (run.value("heart_rate").unwrap(), mean(&truth, |m| m.heart_bpm));
        assert!((found - planted).abs() < 0.7, "{}: {found} for {planted}", device.name);
    }
}

/// Fifty minutes, of which the first ten and the last one do not count: the thirds lie 26 minutes
/// apart.
#[test]
fn a_planted_fade_is_the_drift_from_first_to_last_third() {
    for per_hour in [-12.0, 0.0, 6.0] {
        let mut runner = Runner::default();
        runner.noise.fatigue_per_hour = per_hour;
        let drifts = (0..6).map(|k| {
            let plan = RunPlan::even(8_700.0, 2.9, 200 + k);
            ran(&runner, &plan, &forerunner_265()).1.value("form_drift").unwrap()
        });
        let found = drifts.sum::<f64>() / 6.0;
        let planted = per_hour * 26.0 / 60.0;
        assert!((found - planted).abs() < 0.7, "{per_hour} an hour: {found} for {planted}");
    }
}

#[test]
fn a_pod_s_numbers_stand_under_stryd_and_its_power_is_the_power() {
    let plan = RunPlan::even(5000.0, 2.9, 95);
    let runner = Runner::default();
    let truth = simulate(&runner, &Route::straight(), &plan);
    let recorded = record(&truth, &forerunner_265(), plan.seed);
    let options = FitOptions { pod: Pod::Described, ..FitOptions::default() };
    let run = analysed(&recording(&write(&recorded, SportNumber::RUN, (&runner, 0), options)));
    // The pod writes 78 W a m/s, a fifth of it as form power, and a stiffness of 9.4.
    let speed = mean(&truth, |m| m.speed_m_s);
    let power = run.value("power").unwrap();
    assert!((power - 78.0 * speed).abs() < 2.0, "{power} W at {speed} m/s");
    let vendor = |key: &str| {
        let found = run.vendor.iter().find(|v| v.key == key);
        let found = found.unwrap_or_else(|| panic!("no {key} in {:?}", run.vendor));
        assert_eq!(found.vendor, "Stryd");
        found.value
    };
    assert!((vendor("stryd_form_power_w") - 78.0 * speed / 5.0).abs() < 1.0);
    assert!((vendor("stryd_leg_spring_stiffness_kn_m") - 9.4).abs() < 1e-3);
}

#[test]
fn each_vendor_s_own_numbers_stand_under_its_name_with_their_mean() {
    let twins = twins_of(
        &Runner::default(),
        &Route::straight(),
        &RunPlan::even(4000.0, 2.8, 97),
        &forerunner_265(),
    );
    // Name, unit, whose, key, and a value that goes up and down about its mean.
    let fields: [(&str, &str, &str, &str, f64); 10] = [
        ("Leg Spring Stiffness", "kN/m", "Stryd", "stryd_leg_spring_stiffness_kn_m", 10.2),
        ("Impact Loading Rate", "BW/s", "Stryd", "stryd_impact_loading_rate_bw_s", 58.0),
        ("RS_ContactTime_L", "ms", "RunScribe", "runscribe_contact_time_left_ms", 251.0),
        ("RS_ContactTime_R", "ms", "RunScribe", "runscribe_contact_time_right_ms", 255.0),
        ("RS_Pronation_L", "deg", "RunScribe", "runscribe_pronation_left_deg", -9.0),
        ("RS_Impact_GS", "g", "RunScribe", "runscribe_impact_g", 10.5),
        ("RS_Braking_GS", "g", "RunScribe", "runscribe_braking_g", 8.5),
        ("Effort Pace", "m/s", "COROS", "coros_effort_pace_m_s", 2.9),
        ("Step Speed Loss", "cm/s", "Garmin", "garmin_step_speed_loss_cm_s", 13.0),
        ("Running Economy", "ml/kg/km", "Garmin", "garmin_running_economy_ml_kg_km", 205.0),
    ];
    let mut with = recording(&twins.fit);
    let n = with.times_ms.len();
    for (name, unit, _, _, value) in fields {
        let wave = |i: usize| 1.0 + if i.is_multiple_of(2) { 0.05 } else { -0.05 };
        with.columns.push(RawColumn {
            field: Field::Developer,
            name: name.to_owned(),
            unit: unit.to_owned(),
            source: ColumnSource::Developer { application: None, overrides: None },
            convention: CadenceConvention::Unstated,
            whole_numbers: false,
            values: Column::from_raw((0..n).map(|i| value * wave(i)).collect()),
        });
    }
    let run = analysed(&with);
    for (name, _, vendor, key, value) in fields {
        let found = run.vendor.iter().find(|v| v.key == key);
        let found = found.unwrap_or_else(|| panic!("no {name} in {:?}", run.vendor));
        assert_eq!(found.vendor, vendor, "{name}");
        assert!((found.value - value).abs() < 0.002 * value.abs(), "{name}: {}", found.value);
    }
    assert_eq!(run.vendor.len(), fields.len(), "{:?}", run.vendor);
    assert!(analysed(&recording(&twins.fit)).vendor.is_empty(), "nothing where nobody says it");
}
