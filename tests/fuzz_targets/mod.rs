//! What must hold for any bytes: one plain function per reader and one for whole files. Used by
//! `tests/fuzz_replay.rs` (seeds and a fixed number of mutations) and by `fuzz/` (cargo-fuzz).

// Each binary includes this folder and uses a part of it.
#![allow(dead_code)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "what does not hold is a finding, and a panic is how fuzzers hear of it"
)]

pub mod mutate;
mod tables;

use lightfoot::activity::{Channel, Channels};
use lightfoot::prepare::{LearntUnits, prepare};
use lightfoot::read::{self, Format, Limits, ReadOutput};
use lightfoot::report::assemble::{People, assemble};
use lightfoot::report::{Fate, WRITERS};
use lightfoot::stopwatch::Stopwatch;
use lightfoot::units::Quantity;
use lightfoot::{Activity, Analysis, Outcome, Settings, analyze, intake};

pub use tables::tables;

/// A target: any bytes, no panic.
pub type Target = fn(&[u8]);

/// Bytes as the FIT reader gets them.
pub fn fit(bytes: &[u8]) {
    through(&read::fit::FORMAT, bytes);
}

/// Bytes as the GPX reader gets them.
pub fn gpx(bytes: &[u8]) {
    through(&read::gpx::FORMAT, bytes);
}

/// Bytes as the TCX reader gets them.
pub fn tcx(bytes: &[u8]) {
    through(&read::tcx::FORMAT, bytes);
}

/// Bytes as a file that a user gives: uncompressed, unpacked, read, analysed, written in all forms.
pub fn file(bytes: &[u8]) {
    let settings = Settings::default();
    let folder = tempfile::tempdir().expect("a folder for the file");
    let path = folder.path().join("given");
    std::fs::write(&path, bytes).expect("the file is written");
    let walked = intake::walk(std::slice::from_ref(&path), &Limits::default());
    let Ok(report) = assemble(&walked, || (), &settings, None, People::Anybody) else {
        panic!("anybody's runs are never refused");
    };
    assert!(!report.inputs.is_empty(), "what is given is listed");
    for fate in report.inputs.iter().flat_map(|input| &input.fates) {
        if let Fate::Skipped { reason, .. } = fate {
            assert!(!reason.is_empty() && !reason.contains("fault of ours"), "{reason}");
        }
    }
    report.history.runs.iter().for_each(check_analysis);
    for writer in WRITERS {
        let written = writer.text(&report);
        assert!(written.is_ok(), "{}: {written:?}", writer.name);
    }
}

/// Bytes as an archive: walked and opened in memory, nothing written, every label inside it.
pub fn archive(bytes: &[u8]) {
    let limits = Limits { input_bytes: 1 << 20, archive_bytes: 8 << 20, ..Limits::default() };
    let folder = tempfile::tempdir().expect("a folder for the archive");
    let path = folder.path().join("given.zip");
    std::fs::write(&path, bytes).expect("the archive is written");
    let walked = intake::walk(std::slice::from_ref(&path), &limits);
    let opened = intake::open_each(&walked, &limits, &Stopwatch::stopped(), |input| match input {
        Ok(loaded) => {
            assert!(loaded.bytes.len() <= limits.input_bytes, "{}", loaded.label);
            loaded.label
        }
        Err(error) => error.label,
    });
    assert!(opened.inputs.iter().all(|label| label.starts_with("given.zip")));
    let left = std::fs::read_dir(folder.path()).expect("the folder is there");
    assert_eq!(left.count(), 1, "nothing was written");
}

fn through(format: &Format, bytes: &[u8]) {
    match (format.read)(bytes, &Limits::default()) {
        Ok(output) => check_output(&output),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

/// All that must hold for what a reader gave, and for what is made of it.
pub fn check_output(output: &ReadOutput) {
    let settings = Settings::default();
    let learnt = LearntUnits::default();
    for recording in &output.recordings {
        let rows = recording.times_ms.len();
        for column in &recording.columns {
            assert_eq!(column.values.len(), rows, "column {} is as long as the clock", column.name);
        }
        assert!(recording.breaks.iter().all(|b| *b < rows), "breaks lie inside");
        assert!(recording.summary.iter().all(|(_, v)| v.is_finite()), "the summary is finite");
        assert!(recording.issues.iter().all(|i| !i.message.is_empty()));
        // What the reader gave is not a run, or holds nothing: a sentence, not a run.
        let Ok(activity) = prepare(recording, &settings, &learnt) else { continue };
        check_activity(&activity);
        let analysis = analyze(recording, &settings, &learnt).expect("prepared twice the same");
        check_analysis(&analysis);
    }
}

fn check_activity(activity: &Activity) {
    let times = activity.clock.times_s();
    let rows = times.len();
    assert!(times.iter().all(|t| t.is_finite()), "times are finite");
    assert!(times.windows(2).all(|w| w[0] < w[1]), "times rise");
    for i in 0..rows {
        let (total, form) = (activity.clock.total_weight_s(i), activity.clock.form_weight_s(i));
        assert!((0.0..=60.0).contains(&total) && (0.0..=10.0).contains(&form), "{total} {form}");
    }
    let Channels {
        latitude,
        longitude,
        altitude,
        distance,
        speed,
        step_rate,
        heart_rate,
        power,
        ground_contact_time,
        stance_percent,
        contact_balance_left,
        vertical_oscillation,
        vertical_ratio,
        step_length,
        vendor,
    } = &activity.channels;
    for place in [latitude, longitude] {
        check_channel(place.as_ref(), rows, -180.0, 180.0);
    }
    check_channel(latitude.as_ref(), rows, -90.0, 90.0);
    check_channel(altitude.as_ref(), rows, f64::MIN, f64::MAX);
    check_channel(distance.as_ref(), rows, 0.0, f64::MAX);
    check_channel(speed.as_ref(), rows, 0.0, f64::MAX);
    check_channel(step_rate.as_ref(), rows, 0.0, f64::MAX);
    check_channel(heart_rate.as_ref(), rows, 0.0, f64::MAX);
    check_channel(power.as_ref(), rows, f64::MIN, f64::MAX);
    check_channel(ground_contact_time.as_ref(), rows, 0.0, f64::MAX);
    check_channel(stance_percent.as_ref(), rows, f64::MIN, f64::MAX);
    check_channel(contact_balance_left.as_ref(), rows, f64::MIN, f64::MAX);
    check_channel(vertical_oscillation.as_ref(), rows, f64::MIN, f64::MAX);
    check_channel(vertical_ratio.as_ref(), rows, f64::MIN, f64::MAX);
    check_channel(step_length.as_ref(), rows, f64::MIN, f64::MAX);
    vendor.iter().for_each(|v| check_channel(Some(&v.values), rows, f64::MIN, f64::MAX));
    if let Some(distance) = distance {
        let known: Vec<f64> = distance.iter().flatten().map(Quantity::value).collect();
        assert!(known.windows(2).all(|w| w[0] <= w[1]), "distance never falls");
    }
    assert!(activity.doubtful.iter().all(|s| s.start <= s.end && s.end <= rows), "spans inside");
}

fn check_channel<Q: Quantity>(channel: Option<&Channel<Q>>, rows: usize, low: f64, high: f64) {
    let Some(channel) = channel else { return };
    assert_eq!(channel.len(), rows, "a channel is as long as the clock");
    for value in channel.iter().flatten().map(Quantity::value) {
        assert!(value.is_finite() && (low..=high).contains(&value), "{value} in {low}..={high}");
    }
}

/// Every number of an analysis is finite and in order.
pub fn check_analysis(analysis: &Analysis) {
    for (id, outcome) in analysis.readings.iter() {
        let reading = match outcome {
            Outcome::Reading(reading) => reading,
            Outcome::Unavailable(why) => {
                assert!(!why.reason.is_empty() && !why.code.is_empty(), "{id} says why not");
                continue;
            }
        };
        assert!(reading.value.is_finite() && reading.n.is_finite(), "{id}: {reading:?}");
        assert!((0.0..=1.0).contains(&reading.coverage), "{id}: coverage {}", reading.coverage);
        if let Some((low, high)) = reading.interval {
            assert!(low.is_finite() && high.is_finite() && low <= high, "{id}: {low} to {high}");
        }
        let parts = reading.parts.iter().filter_map(|p| p.value.map(|v| (&p.key, v)));
        parts.for_each(|(key, value)| assert!(value.is_finite(), "{id} {key}: {value}"));
    }
    for piece in &analysis.pieces {
        let printed = format!("{piece:?}");
        assert!(!printed.contains("NaN") && !printed.contains("inf"), "{printed}");
    }
    assert!(analysis.summary.iter().all(|(_, v)| v.is_finite()));
}
