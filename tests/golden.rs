//! Kernels of segments and metrics against values worked out elsewhere, from the papers' formulas.
//!
//! One file a kernel family in `tests/golden`: for each kernel its source, its tolerances and its
//! cases. A value passes within `abs + rel * |expected|`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test says what it expects"
)]

use std::collections::BTreeMap;

use lightfoot::activity::{Clock, great_circle_m, initial_bearing_deg};
use lightfoot::education::what_if;
use lightfoot::metrics::cadence_bands::Shares;
use lightfoot::metrics::contact_balance::{
    symmetry_angle_percent, symmetry_index_of_sides_percent, symmetry_index_percent,
};
use lightfoot::metrics::curve_exposure::bend_load;
use lightfoot::metrics::downhill_dose::{descent_energy_j_kg, impact_weight};
use lightfoot::metrics::duty_factor::{StepTiming, flight_time_error_s};
use lightfoot::metrics::form_drift::{BIN_M_S, matched_drift};
use lightfoot::metrics::grade_adjusted_speed::{adjusted, cost_j_kg_m};
use lightfoot::metrics::hill_exposure::{BANDS, Exposure, band};
use lightfoot::metrics::slopes::Stretch;
use lightfoot::metrics::step_length::steps_per_km;
use lightfoot::metrics::vertical_ratio::ratio_percent;
use lightfoot::metrics::warm_up::warm_up;
use lightfoot::quantities::Quantities;
use lightfoot::segment::ascent::{climb, turning_points};
use lightfoot::segment::bends::Turning;
use lightfoot::segment::grade::{slope_of, standard_error};
use lightfoot::settings::{Display, Rules, Units};
use lightfoot::trend::LIFE_BAND_M;
use lightfoot::trend::corridor::{Advice, Target};
use lightfoot::units::{
    Grade, Meters, MetersPerSecond, Millimeters, Milliseconds, StepsPerMinute, step_length,
};
use serde_json::Value;

/// What a kernel answers, by the keys of the expectation.
type Answer = BTreeMap<&'static str, f64>;

/// Checks every case of one kernel.
fn check(file: &str, kernel: &str, answer: impl Fn(&Value) -> Answer) {
    let path = format!("{}/tests/golden/{file}.json", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"));
    let all: Value = serde_json::from_str(&text).unwrap();
    let table = &all[kernel];
    let (abs, rel) = (table["abs"].as_f64().unwrap(), table["rel"].as_f64().unwrap());
    let cases = table["cases"].as_array().unwrap();
    assert!(!cases.is_empty());
    for case in cases {
        let found = answer(&case["given"]);
        let expected = case["expect"].as_object().unwrap();
        assert_eq!(found.len(), expected.len(), "{kernel}: {case} gave {found:?}");
        for (key, value) in expected {
            let expected = value.as_f64().or(value.as_bool().map(|b| if b { 1.0 } else { 0.0 }));
            let expected = expected.unwrap();
            let found = found.get(key.as_str()).unwrap_or_else(|| panic!("{kernel}: no {key}"));
            let near = (found - expected).abs() <= abs + rel * expected.abs();
            assert!(near, "{kernel} {key}: {found} for {expected} in {case}");
        }
    }
}

fn number(given: &Value, key: &str) -> f64 {
    given[key].as_f64().unwrap_or_else(|| panic!("no {key} in {given}"))
}

fn numbers(given: &Value, key: &str) -> Vec<f64> {
    given[key].as_array().unwrap().iter().map(|x| x.as_f64().unwrap()).collect()
}

fn rows<const N: usize>(given: &Value, key: &str) -> Vec<[f64; N]> {
    let rows = given[key].as_array().unwrap().iter();
    rows.map(|row| std::array::from_fn(|k| row[k].as_f64().unwrap())).collect()
}

#[test]
fn cadence_bands() {
    check("cadence_bands", "shares", |given| {
        let (times, rates) = (numbers(given, "times_s"), numbers(given, "step_rate_spm"));
        let ends = numbers(given, "band");
        let mut shares = Shares::default();
        for (pair, rate) in times.windows(2).zip(rates) {
            let hold = (pair[1] - pair[0]).min(number(given, "cap_s"));
            shares.add(rate, hold, &(ends[0]..=ends[1]));
        }
        let (time, steps) = (shares.of_time().unwrap(), shares.of_steps().unwrap());
        Answer::from([
            ("running_time_s", shares.total_s()),
            ("steps", shares.total_steps()),
            ("mean_spm", 60.0 * shares.total_steps() / shares.total_s()),
            ("time_below", time[0]),
            ("time_in", time[1]),
            ("time_above", time[2]),
            ("steps_below", steps[0]),
            ("steps_in", steps[1]),
            ("steps_above", steps[2]),
        ])
    });
}

fn speed(given: &Value) -> MetersPerSecond {
    MetersPerSecond(number(given, "speed_m_s"))
}

fn rate(given: &Value) -> StepsPerMinute {
    StepsPerMinute(number(given, "step_rate_spm"))
}

#[test]
fn step_length_and_steps_per_km() {
    check("step_length", "step_length", |given| {
        Answer::from([("value", step_length(speed(given), rate(given)).unwrap().0)])
    });
    check("step_length", "steps_per_km", |given| {
        Answer::from([("value", steps_per_km(speed(given), rate(given)).unwrap())])
    });
}

#[test]
fn duty_factor_and_flight_time() {
    check("duty_factor", "timing", |given| {
        let timing = StepTiming::of(rate(given), Milliseconds(number(given, "contact_ms")));
        let timing = timing.unwrap();
        Answer::from([
            ("step_time_s", timing.step_time_s),
            ("flight_time_s", timing.flight_time_s),
            ("duty_factor", timing.duty_factor),
            ("grounded", if timing.is_grounded() { 1.0 } else { 0.0 }),
        ])
    });
    check("duty_factor", "flight_time_error", |given| {
        let error = flight_time_error_s(
            rate(given),
            StepsPerMinute(number(given, "step_rate_error_spm")),
            Milliseconds(number(given, "contact_error_ms")),
        );
        let timing = StepTiming::of(rate(given), Milliseconds(number(given, "contact_ms")));
        Answer::from([
            ("sigma_tf_s", error),
            ("rel_sigma_tf", error / timing.unwrap().flight_time_s),
        ])
    });
}

#[test]
fn vertical_ratio() {
    check("vertical_ratio", "ratio", |given| {
        let step = step_length(speed(given), rate(given)).unwrap();
        let oscillation = Millimeters(number(given, "oscillation_mm"));
        Answer::from([("value", ratio_percent(oscillation, step).unwrap())])
    });
}

#[test]
fn form_drift() {
    check("form_drift", "matched_drift", |given| {
        assert_eq!(number(given, "bin_m_s"), BIN_M_S);
        let set = |key| rows::<3>(given, key).into_iter().map(|[v, y, w]| (v, y, w));
        let drift =
            matched_drift(set("first_speed_value_seconds"), set("last_speed_value_seconds"));
        let drift = drift.unwrap();
        Answer::from([
            ("drift", drift.drift),
            ("overlap_s", drift.overlap_s),
            ("bins", drift.bins as f64),
        ])
    });
}

#[test]
fn contact_balance() {
    check("contact_balance", "symmetry_index", |given| {
        Answer::from([("value", symmetry_index_percent(number(given, "left_percent")))])
    });
}

#[test]
fn symmetry_of_two_sides() {
    let sides = |given: &Value| (number(given, "left"), number(given, "right"));
    check("contact_balance", "symmetry_index_of_sides", |given| {
        let (left, right) = sides(given);
        Answer::from([("value", symmetry_index_of_sides_percent(left, right).unwrap())])
    });
    check("contact_balance", "symmetry_angle", |given| {
        let (left, right) = sides(given);
        Answer::from([("value", symmetry_angle_percent(left, right).unwrap())])
    });
}

#[test]
fn personal_corridor() {
    check("personal_corridor", "target", |given| {
        let target = Target::of(number(given, "habitual_spm"), &Rules::default());
        let advised = target.advice(None) == Advice::Option;
        Answer::from([
            ("plus_5_spm", target.low_spm),
            ("plus_10_spm", target.high_spm),
            ("advised", if advised { 1.0 } else { 0.0 }),
        ])
    });
}

#[test]
fn what_if_of_step_rate() {
    check("what_if", "ratios", |given| {
        let of = |key| number(given, key);
        let found = what_if::ratios(of("change"), of("k"), of("m")).unwrap();
        Answer::from([
            ("per_step", found.per_step),
            ("per_km", found.per_km),
            ("wear_per_km", found.wear_per_km),
        ])
    });
    check("what_if", "exponent", |given| {
        let (rate, load) = (number(given, "step_rate_ratio"), number(given, "load_ratio"));
        Answer::from([("value", what_if::exponent(rate, load).unwrap())])
    });
}

#[test]
fn vertical_impulse_is_an_identity() {
    // In units of body weight: what carries the body for a second is one second of its weight.
    check("vertical_impulse", "identity", |given| {
        let step_s = StepTiming::of(rate(given), Milliseconds(0.0)).unwrap().step_time_s;
        let steps = steps_per_km(speed(given), rate(given)).unwrap();
        Answer::from([("per_step_bw_s", step_s), ("per_km_bw_s", steps * step_s)])
    });
}

#[test]
fn distances_and_directions_on_the_globe() {
    let ends = |given: &Value| {
        let (from, to) = (numbers(given, "from"), numbers(given, "to"));
        ((from[0], from[1]), (to[0], to[1]))
    };
    check("great_circle", "distance", |given| {
        let (from, to) = ends(given);
        Answer::from([("value", great_circle_m(from, to))])
    });
    check("great_circle", "bearing", |given| {
        let (from, to) = ends(given);
        Answer::from([("value", initial_bearing_deg(from, to))])
    });
}

#[test]
fn ascent_by_turning_points() {
    check("ascent", "climb", |given| {
        let clock = Clock::new(numbers(given, "times_s"), Vec::new()).unwrap();
        let found = climb(&clock, numbers(given, "altitude_m").into_iter().map(Some)).unwrap();
        Answer::from([("ascent_m", found.ascent_m), ("descent_m", found.descent_m)])
    });
}

#[test]
fn slope() {
    check("grade", "standard_error", |given| {
        let of = |key| number(given, key);
        let error = standard_error(of("altitude_error_m"), of("window_m"), of("independent"));
        Answer::from([("value", error)])
    });
    check("grade", "degrees", |given| {
        Answer::from([("value", Grade(number(given, "percent") / 100.0).degrees())])
    });
    check("grade", "slope", |given| {
        let (d, z) = (numbers(given, "distance_m"), numbers(given, "altitude_m"));
        Answer::from([("value", slope_of(d.into_iter().zip(z)).unwrap())])
    });
}

#[test]
fn energy_cost_of_slopes() {
    check("grade_adjusted_speed", "cost", |given| {
        Answer::from([("value", cost_j_kg_m(number(given, "grade")))])
    });
    check("grade_adjusted_speed", "cost_against_measured", |given| {
        let (cost, measured) =
            (cost_j_kg_m(number(given, "grade")), number(given, "measured_j_kg_m"));
        let error = (cost - measured).abs() / measured;
        assert!(error <= 0.06, "{given}");
        Answer::from([("cost_j_kg_m", cost), ("rel_error", error)])
    });
    check("grade_adjusted_speed", "adjusted", |given| {
        let level = adjusted(speed(given), number(given, "grade"));
        Answer::from([("speed_m_s", level.0), ("pace_s_per_km", 1000.0 / level.0)])
    });
}

#[test]
fn downhill() {
    check("downhill_dose", "impact_weight", |given| {
        Answer::from([("value", impact_weight(number(given, "grade")))])
    });
    check("downhill_dose", "energy", |given| {
        // Drops one by one: the turning points of the same profile agree where each step is a
        // turning point of its own.
        let rises = numbers(given, "rises_m");
        let descent: f64 = rises.iter().map(|r| (-r).max(0.0)).sum();
        let heights = rises.iter().scan(0.0, |z, rise| {
            *z += rise;
            Some(*z)
        });
        let turned = turning_points(std::iter::once(0.0).chain(heights), 0.1);
        assert!((turned.descent_m - descent).abs() < 1e-9, "{given}");
        Answer::from([("descent_m", descent), ("energy_j_kg", descent_energy_j_kg(descent))])
    });
}

#[test]
fn grade_bands() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/hill_exposure.json");
    let all: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    for case in all["bands"]["cases"].as_array().unwrap() {
        let mut found = [Exposure::default(); BANDS.len()];
        for [grade, metres, seconds, spm] in rows::<4>(&case["given"], "grade_metres_seconds_spm") {
            let stretch = Stretch { grade, metres, seconds, step_rate_spm: Some(spm) };
            found[band(grade)].add(&stretch);
        }
        let expected = case["expect"].as_array().unwrap();
        assert_eq!(expected.len(), BANDS.len());
        for (found, expected) in found.iter().zip(expected) {
            let found = [found.metres, found.seconds, found.steps];
            for (found, expected) in found.iter().zip(expected.as_array().unwrap()) {
                let expected = expected.as_f64().unwrap();
                assert!((found - expected).abs() <= 1e-9 + 1e-4 * expected, "{case}");
            }
        }
    }
}

#[test]
fn turning_and_bends() {
    check("curve_exposure", "turning", |given| {
        let headings = numbers(given, "headings_deg");
        let turning = Turning::of(headings.into_iter().map(f64::to_radians));
        Answer::from([
            ("net_deg", turning.net.to_degrees()),
            ("absolute_deg", turning.absolute.to_degrees()),
            ("bias", turning.bias().unwrap()),
            ("net_laps", turning.laps()),
        ])
    });
    check("curve_exposure", "bend_load", |given| {
        let load =
            bend_load(speed(given), Meters(number(given, "radius_m")), number(given, "bank_deg"));
        Answer::from([
            ("lateral_m_s2", load.lateral_m_s2),
            ("lean_deg", load.lean_deg),
            ("weight_ratio", load.weight_ratio),
            ("net_cross_deg", load.net_cross_deg),
            ("cross_slope_percent", load.cross_slope_percent),
        ])
    });
}

#[test]
fn warm_up_ratio() {
    check("warm_up", "warm_up", |given| {
        let parts = rows::<3>(given, "start_seconds_speed");
        let found = warm_up(parts.into_iter().map(|[t, hold, v]| (t, hold, v))).unwrap();
        Answer::from([
            ("start_m_s", found.start_m_s),
            ("main_m_s", found.main_m_s),
            ("ratio", found.ratio),
        ])
    });
}

#[test]
fn distance_of_a_shoe() {
    check("shoe_distance", "mileage", |given| {
        let metres = number(given, "metres");
        let day = |key: &str| given[key].as_str().unwrap().parse::<jiff::civil::Date>().unwrap();
        let days = f64::from((day("today") - day("first_use")).get_days());
        let miles = Quantities::new(Display { units: Units::Imperial }).long(metres);
        let above = |edge: f64| if metres > edge { 1.0 } else { 0.0 };
        Answer::from([
            ("miles", miles),
            ("months", days / 30.4375),
            ("above_low", above(LIFE_BAND_M.0)),
            ("above_high", above(LIFE_BAND_M.1)),
        ])
    });
}
