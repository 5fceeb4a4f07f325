//! Every metric on made-up runs whose truth is one line of arithmetic, and the list of vectors that
//! kernels are held against.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test says what it expects"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use lightfoot::activity::Sport;
use lightfoot::journal::{NoteSource, Stated};
use lightfoot::metrics::{METRICS, Outcome};
use lightfoot::prepare::LearntUnits;
use lightfoot::read::{CadenceConvention, Column, ColumnSource, Field, RawColumn, Recording};
use lightfoot::settings::{RoadSide, Settings};
use lightfoot::trend::History;
use lightfoot::units::{StepsPerMinute, StridesPerMinute};
use serde_json::Value;

const METRIC_CASES: &str = include_str!("golden/metrics.json");
/// 2024-06-03T06:00:00Z, a Monday, in milliseconds.
const START_MS: i64 = 1_717_394_400_000;
const DAY_MS: i64 = 86_400_000;

fn number(value: &Value, key: &str) -> f64 {
    value[key].as_f64().unwrap_or_else(|| panic!("no {key} in {value}"))
}

/// A recording at one record a second, each leg at its own speed, step rate and slope.
fn recording(run: &Value, start_ms: i64) -> Recording {
    let mut recording = Recording::empty("FIT", 0);
    recording.sport = Sport::Running;
    let (mut distance, mut altitude) = (vec![0.0], vec![100.0]);
    let (mut speeds, mut strides) = (Vec::new(), Vec::new());
    for leg in run["legs"].as_array().unwrap() {
        let speed = number(leg, "speed_m_s");
        let stride = StridesPerMinute::from(StepsPerMinute(number(leg, "step_rate_spm"))).0;
        for _ in 0..leg["seconds"].as_u64().unwrap() {
            distance.push(distance.last().unwrap() + speed);
            altitude.push(altitude.last().unwrap() + speed * number(leg, "grade"));
            speeds.push(speed);
            strides.push(stride);
        }
    }
    speeds.push(*speeds.last().unwrap());
    strides.push(*strides.last().unwrap());
    let n = distance.len();
    recording.times_ms = (0..n as i64).map(|s| Some(start_ms + 1000 * s)).collect();
    let mut add = |field, convention, values: Vec<f64>| {
        recording.columns.push(RawColumn {
            field,
            name: format!("{field:?}"),
            unit: String::new(),
            source: ColumnSource::Native,
            convention,
            whole_numbers: false,
            values: Column::from_raw(values),
        });
    };
    let open = CadenceConvention::Unstated;
    add(Field::Distance, open, distance);
    add(Field::Altitude, open, altitude);
    add(Field::Speed, open, speeds);
    add(Field::Cadence, CadenceConvention::Strides, strides);
    for (field, key) in [
        (Field::GroundContactTime, "contact_ms"),
        (Field::VerticalOscillation, "oscillation_mm"),
        (Field::ContactBalance, "balance_percent"),
        (Field::HeartRate, "heart_rate_bpm"),
        (Field::Power, "power_w"),
    ] {
        add(field, open, vec![number(run, key); n]);
    }
    recording
}

fn history(all: &Value, case: &Value) -> History {
    let mut settings = Settings::default();
    settings.runner.barometer = Some(true);
    settings.runner.road_side = Some(RoadSide::Left);
    let before = case["before"].as_array().cloned().unwrap_or_default();
    let earlier = before.iter().map(|b| (b["run"].clone(), b["days_before"].as_i64().unwrap()));
    let runs = earlier.chain([(case["run"].clone(), 0)]).map(|(name, days)| {
        let made = recording(&all["runs"][name.as_str().unwrap()], START_MS - days * DAY_MS);
        let mut run = lightfoot::analyze(&made, &settings, &LearntUnits::default()).unwrap();
        run.meta.file = format!("{days:03}.fit");
        let noted = |value: &str| {
            Some(Stated {
                value: value.to_owned(),
                source: NoteSource::NotesFile,
                place: String::new(),
            })
        };
        Arc::make_mut(&mut run.noted).shoe = noted("the blue ones");
        Arc::make_mut(&mut run.noted).surface = noted("trail");
        run
    });
    History::build(runs.collect(), &settings)
}

#[test]
fn every_metric_on_runs_of_known_truth() {
    let all: Value = serde_json::from_str(METRIC_CASES).unwrap();
    let mut wrong = Vec::new();
    for case in all["cases"].as_array().unwrap() {
        let history = history(&all, case);
        let id = case["metric"].as_str().unwrap();
        let reading = match history.outcome(history.runs.len() - 1, id) {
            Some(Outcome::Reading(reading)) => reading,
            other => {
                wrong.push(format!("{id} gave {other:?}"));
                continue;
            }
        };
        let abs = number(case, "abs");
        let mut near = |what: &str, found: Option<f64>, expected: f64| {
            if found.is_none_or(|found| (found - expected).abs() > abs) {
                wrong.push(format!("{id} {what}: {found:?} for {expected}"));
            }
        };
        near("value", Some(reading.value), number(case, "expect"));
        for (key, expected) in case["parts"].as_object().into_iter().flatten() {
            near(key, reading.get(key), expected.as_f64().unwrap());
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Metrics with a case of their own, here or in a file of their name.
#[test]
fn every_metric_has_golden_cases() {
    let all: Value = serde_json::from_str(METRIC_CASES).unwrap();
    let here = all["cases"].as_array().unwrap().iter().filter_map(|c| c["metric"].as_str());
    let here: BTreeSet<&str> = here.collect();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let without: Vec<&str> = METRICS
        .iter()
        .map(|m| m.id)
        .filter(|id| !here.contains(id) && !folder.join(format!("{id}.json")).exists())
        .collect();
    assert!(without.is_empty(), "no golden case for {without:?}");
}

/// Name of each vector, the file in `tests/golden` and the table that hold its cases; an empty
/// table is a file that is one list.
const TRANSCRIBED: &[(&str, &str, &str)] = &[
    ("acwr_weekly", "stats_acwr", ""),
    ("benjamini_hochberg_q", "stats_benjamini_hochberg", ""),
    ("cadence_summary", "cadence_bands", "shares"),
    ("cadence_unit_detect", "cadence_unit", "range"),
    ("curve_equivalent_cross_slope", "curve_exposure", "bend_load"),
    ("descent_energy", "downhill_dose", "energy"),
    ("downhill_impact_weight", "downhill_dose", "impact_weight"),
    ("ewma_acwr", "stats_ewma", ""),
    ("fit_cadence_to_spm", "fit_fields", "cadence"),
    ("fit_scale", "fit_fields", "scale"),
    ("flight_time_duty_factor", "duty_factor", "timing"),
    ("flight_time_uncertainty", "duty_factor", "flight_time_error"),
    ("foster_monotony_strain", "stats_monotony", ""),
    ("grade_adjusted_speed", "grade_adjusted_speed", "adjusted"),
    ("grade_band_exposure", "hill_exposure", "bands"),
    ("grade_sigma", "grade", "standard_error"),
    ("haversine_m", "great_circle", "distance"),
    ("initial_bearing_deg", "great_circle", "bearing"),
    ("local_lsq_grade", "grade", "slope"),
    ("matched_speed_drift", "form_drift", "matched_drift"),
    ("minetti_cost_J_kg_m", "grade_adjusted_speed", "cost"),
    ("minetti_vs_measured", "grade_adjusted_speed", "cost_against_measured"),
    ("net_turning", "curve_exposure", "turning"),
    ("novelty_ratio", "stats_novelty", ""),
    ("personal_target_spm", "personal_corridor", "target"),
    ("pfj_step_rate_transfer", "what_if", "ratios"),
    ("rest_days", "stats_rest_days", ""),
    ("shoe_mileage", "shoe_distance", "mileage"),
    ("si_from_gct_balance", "contact_balance", "symmetry_index"),
    ("single_session_spike", "stats_spike", ""),
    ("slope_pct_to_deg", "grade", "degrees"),
    ("speed_adjusted_cadence_ols", "stats_ols", ""),
    ("step_length_m", "step_length", "step_length"),
    ("steps_per_km", "step_length", "steps_per_km"),
    ("symmetry_angle_pct", "contact_balance", "symmetry_angle"),
    ("symmetry_index_pct", "contact_balance", "symmetry_index_of_sides"),
    ("theil_sen_mann_kendall", "stats_sen_mann_kendall", ""),
    ("transfer_exponent", "what_if", "exponent"),
    ("vertical_impulse", "vertical_impulse", "identity"),
    ("vertical_ratio_pct", "vertical_ratio", "ratio"),
    ("warmup_ratio", "warm_up", "warm_up"),
    ("weekly_change_pct", "stats_weekly_change", ""),
    ("wilson_ci", "stats_wilson", ""),
];

/// All numbers in a value, however deep.
fn numbers(value: &Value) -> Vec<f64> {
    match value {
        Value::Number(number) => number.as_f64().into_iter().collect(),
        Value::Array(list) => list.iter().flat_map(numbers).collect(),
        Value::Object(map) => map.values().flat_map(numbers).collect(),
        _ => Vec::new(),
    }
}

/// Cases of a table; a file that is one list has no tables.
fn cases_of(file: &str, table: &str) -> Vec<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/golden/{file}.json"));
    let all: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let cases = if table.is_empty() { &all } else { &all[table]["cases"] };
    cases.as_array().unwrap_or_else(|| panic!("no {table} in {file}")).clone()
}

/// Vectors of all names: what [`TRANSCRIBED`] holds whether or not the list of vectors is there.
const VECTORS: usize = 119;

#[test]
fn the_tables_hold_as_many_cases_as_there_are_vectors() {
    let held: usize = TRANSCRIBED.iter().map(|(_, file, table)| cases_of(file, table).len()).sum();
    assert!(held >= VECTORS, "{held} cases");
}

/// Each vector that is not for later stands in one case of its table with all its numbers, which the
/// tests of the kernels hold the code against.
#[test]
fn every_vector_is_transcribed() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let Ok(text) = std::fs::read_to_string(here.join("../shared/vectors.json")) else {
        println!("skipped: ../shared/vectors.json is not there");
        return;
    };
    let all: Vec<Value> = serde_json::from_str(&text).unwrap();
    let (later, wanted): (Vec<&Value>, Vec<&Value>) =
        all.iter().partition(|v| v["later"] == Value::Bool(true));
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for vector in &wanted {
        let name = vector["name"].as_str().unwrap();
        *counts.entry(name).or_default() += 1;
        let (_, file, table) = TRANSCRIBED
            .iter()
            .find(|t| t.0 == name)
            .unwrap_or_else(|| panic!("the vectors of {name} are not transcribed"));
        let (abs, rel) = (number(&vector["tolerance"], "abs"), number(&vector["tolerance"], "rel"));
        let stands_in = |case: &Value| {
            let held = numbers(case);
            let near = |e: &f64| held.iter().any(|h| (h - e).abs() <= abs + rel * e.abs());
            numbers(&vector["expected"]).iter().all(near)
        };
        assert!(cases_of(file, table).iter().any(stands_in), "{vector} is in no case of {file}");
    }
    for (name, count) in &counts {
        let (_, file, table) = TRANSCRIBED.iter().find(|t| t.0 == *name).unwrap();
        let held = cases_of(file, table).len();
        assert!(held >= *count, "{file} {table} holds {held} cases of {count} of {name}");
    }
    println!(
        "{} vectors of {} names transcribed, {} for later",
        wanted.len(),
        counts.len(),
        later.len()
    );
    assert_eq!(wanted.len(), VECTORS);
}
