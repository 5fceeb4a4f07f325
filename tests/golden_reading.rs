//! Stored numbers against their meaning: the FIT profile's scales, strides and steps.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test says what it expects"
)]

mod fit_bytes;
mod support;

use fit_bytes::{START, column, data, define, file, file_id, one};
use lightfoot::prepare;
use lightfoot::read::{CadenceConvention, Field, Recording};
use lightfoot::settings::CadenceUnit;
use lightfoot::units::{StepsPerMinute, StridesPerMinute};
use serde_json::Value;

fn table(text: &str, kernel: &str) -> (f64, f64, Vec<Value>) {
    let all: Value = serde_json::from_str(text).unwrap();
    let table = &all[kernel];
    let cases = table["cases"].as_array().unwrap().clone();
    assert!(!cases.is_empty());
    (table["abs"].as_f64().unwrap(), table["rel"].as_f64().unwrap(), cases)
}

fn near(found: Option<f64>, expected: &Value, (abs, rel): (f64, f64), case: &Value) {
    match expected.as_f64() {
        None => assert_eq!(found, None, "{case}"),
        Some(e) => {
            let found = found.unwrap_or_else(|| panic!("no value in {case}"));
            assert!((found - e).abs() <= abs + rel * e.abs(), "{found} for {e} in {case}");
        }
    }
}

/// A file with one record that holds these fields: (number, base type, little-endian bytes).
fn recording(fields: &[(u8, u8, Vec<u8>)]) -> Recording {
    let mut layout = vec![(253, 4, 0x86)];
    layout.extend(fields.iter().map(|(number, base, bytes)| (*number, bytes.len() as u8, *base)));
    let mut messages = file_id(4);
    for second in 0..2 {
        messages.extend(define(1, 20, &layout));
        let time = (START + second).to_le_bytes();
        let mut body: Vec<&[u8]> = vec![&time];
        body.extend(fields.iter().map(|f| f.2.as_slice()));
        messages.extend(data(1, &body));
    }
    one(&file(&messages))
}

#[test]
fn cadence_of_one_leg() {
    let (abs, rel, cases) = table(include_str!("golden/fit_fields.json"), "cadence");
    for case in &cases {
        let stored = |key: &str| case["given"][key].as_u64();
        let mut fields = Vec::new();
        fields.extend(stored("cadence").map(|v| (4, 2, vec![v as u8])));
        fields.extend(stored("fraction").map(|v| (53, 2, vec![v as u8])));
        fields.extend(stored("cadence256").map(|v| (52, 0x84, (v as u16).to_le_bytes().to_vec())));
        let recording = recording(&fields);
        let strides = column(&recording, Field::Cadence).first().copied().flatten();
        let steps = strides.map(|v| StepsPerMinute::from(StridesPerMinute(v)).0);
        near(steps, &case["expect"]["step_rate_spm"], (abs, rel), case);
    }
}

#[test]
fn scales_of_the_profile() {
    let (abs, rel, cases) = table(include_str!("golden/fit_fields.json"), "scale");
    for case in &cases {
        let raw = case["given"]["raw"].as_i64().unwrap();
        let (number, field, wide) = match case["given"]["field"].as_str().unwrap() {
            "stance_time_ms" => (41, Field::GroundContactTime, false),
            "vertical_ratio_pct" => (83, Field::VerticalRatio, false),
            "stance_time_balance_pct" => (84, Field::ContactBalance, false),
            "stance_time_percent" => (40, Field::StancePercent, false),
            "step_length_mm" => (85, Field::StepLength, false),
            "altitude_m" => (2, Field::Altitude, false),
            "speed_mps" => (6, Field::Speed, false),
            "semicircle_deg" => (0, Field::Latitude, true),
            other => panic!("no field {other}"),
        };
        let stored = if wide {
            (number, 0x85, (raw as i32).to_le_bytes().to_vec())
        } else {
            (number, 0x84, (raw as u16).to_le_bytes().to_vec())
        };
        let found = column(&recording(&[stored]), field).first().copied().flatten();
        near(found, &case["expect"]["value"], (abs, rel), case);
    }
}

/// A run of three minutes at 2.5 m/s whose format leaves open what a count of cadence is.
fn undecided(count: f64) -> Recording {
    let mut recording = Recording::empty("GPX", 0);
    let seconds = 0..180_i32;
    recording.sport = lightfoot::activity::Sport::Running;
    recording.times_ms = seconds.clone().map(|s| Some(i64::from(s) * 1000)).collect();
    let mut add = |field, unit: &str, values: Vec<f64>| {
        recording.columns.push(lightfoot::read::RawColumn {
            field,
            name: "test".to_owned(),
            unit: unit.to_owned(),
            source: lightfoot::read::ColumnSource::Extension,
            convention: CadenceConvention::Unstated,
            whole_numbers: true,
            values: lightfoot::read::Column::from_raw(values),
        });
    };
    add(Field::Distance, "m", seconds.clone().map(|s| 2.5 * f64::from(s)).collect());
    add(Field::Speed, "m/s", seconds.clone().map(|_| 2.5).collect());
    add(Field::Cadence, "", seconds.map(|_| count).collect());
    recording
}

#[test]
fn strides_or_steps_by_range() {
    let (abs, rel, cases) = table(include_str!("golden/cadence_unit.json"), "range");
    for case in &cases {
        let count = case["given"]["median"].as_f64().unwrap();
        let per_count = prepare::vote(&undecided(count)).map(|(_, unit)| match unit {
            CadenceUnit::Strides => StepsPerMinute::from(StridesPerMinute(1.0)).0,
            CadenceUnit::Steps => 1.0,
        });
        near(per_count, &case["expect"]["steps_per_count"], (abs, rel), case);
    }
}
