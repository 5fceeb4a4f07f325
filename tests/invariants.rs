//! What must not matter: in how many files or segments a run lies, in which order files are given,
//! where the machine stands and which language it speaks.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test says what it expects"
)]

#[path = "support/mod.rs"]
mod support;

use std::path::{Path, PathBuf};
use std::process::Command;

use lightfoot::metrics::METRICS;
use lightfoot::prepare::LearntUnits;
use lightfoot::read::{Recording, read};
use lightfoot::trend::{History, facts};
use lightfoot::{Analysis, Settings, analyze};
use support::device::Recorded;
use support::presets::{coros, forerunner_265};
use support::record::record;
use support::route::Route;
use support::runner::{RunPlan, Runner, Stop, TimerAtStop};
use support::simulate::simulate;
use support::write_fit::{FitOptions, SportNumber, write};
use support::write_gpx;

fn analysed(recording: &Recording) -> Analysis {
    analyze(recording, &Settings::default(), &LearntUnits::default()).unwrap()
}

fn only(bytes: &[u8]) -> Recording {
    let mut found = read(bytes, &Settings::default().limits).unwrap().recordings;
    assert_eq!(found.len(), 1);
    found.remove(0)
}

fn fit(recorded: &Recorded) -> Vec<u8> {
    write(recorded, SportNumber::RUN, (&Runner::default(), 0), FitOptions::default())
}

/// A run of 9 km over a hill that stands still for five minutes in its middle, the timer stopped, and
/// the same as the watch would have stored it in two files.
fn whole_and_halves(device: &support::device::Device) -> (Recorded, [Recorded; 2]) {
    let mut plan = RunPlan::even(9000.0, 2.9, 301);
    plan.stops = vec![Stop { at_m: 4500.0, seconds: 300, timer: TimerAtStop::Stopped }];
    let hill = [(0.0, 100.0), (2000.0, 100.0), (3500.0, 175.0), (7000.0, 60.0), (9000.0, 60.0)];
    let truth = simulate(&Runner::default(), &Route::straight().profile(&hill), &plan);
    let whole = record(&truth, device, plan.seed);
    let (stop, again) = whole.stops[0];
    let mut halves = [whole.clone(), whole.clone()];
    halves[0].records.retain(|r| r.unix_s < stop);
    halves[1].records.retain(|r| r.unix_s >= again);
    // A file of its own counts its distance from nothing.
    let begin = halves[1].records[0].distance_m;
    halves[1].records.iter_mut().for_each(|r| r.distance_m -= begin);
    for (half, start_s, end_s) in
        [(0, whole.session.start_s, stop), (1, again, whole.session.end_s)]
    {
        let half = &mut halves[half];
        half.stops.clear();
        half.laps.clear();
        (half.session.start_s, half.session.end_s) = (start_s, end_s);
        half.session.timer_s = (end_s - start_s) as f64;
        half.session.distance_m = half.records.last().unwrap().distance_m;
    }
    (whole, halves)
}

#[test]
fn a_run_in_two_files_adds_up_to_the_run_in_one() {
    for device in [forerunner_265(), coros()] {
        let (whole, halves) = whole_and_halves(&device);
        let whole = analysed(&only(&fit(&whole)));
        let halves = halves.map(|half| analysed(&only(&fit(&half))));
        let sum = |id: &str| halves.iter().map(|h| h.value(id).unwrap()).sum::<f64>();
        for (id, within) in [
            ("distance", 6.0),
            ("timer", 2.0),
            ("moving_time", 4.0),
            ("running_time", 4.0),
            ("steps", 10.0),
            ("ascent", 2.5),
            ("descent", 2.5),
        ] {
            let (one, two) = (whole.value(id).unwrap(), sum(id));
            assert!((one - two).abs() <= within, "{} {id}: {one} and {two}", device.name);
        }
        // Means are the means of the halves, by their minutes.
        for (id, within) in [
            ("step_rate", 0.05),
            ("speed", 0.005),
            ("heart_rate", 0.1),
            ("ground_contact_time", 0.3),
            ("vertical_oscillation", 0.1),
        ] {
            let readings = halves.iter().map(|h| h.reading(id).unwrap());
            let (total, minutes) =
                readings.fold((0.0, 0.0), |(t, m), r| (t + r.value * r.n, m + r.n));
            let (one, two) = (whole.value(id).unwrap(), total / minutes);
            assert!((one - two).abs() <= within, "{} {id}: {one} and {two}", device.name);
        }
        // And the week is the same week.
        let week = |runs: Vec<Analysis>| {
            let history = History::build(runs, &Settings::default());
            let distance: f64 = history.runs.iter().filter_map(facts::distance_m).sum();
            assert_eq!(history.weeks.len(), 1);
            assert!((history.weeks[0].distance_m - distance).abs() < 1e-9);
            distance
        };
        let (one, two) = (week(vec![whole]), week(halves.into()));
        assert!((one - two).abs() <= 6.0, "{one} and {two}");
    }
}

/// The two files put together again: two segments of one track hold what one segment holds.
#[test]
fn two_files_put_together_read_as_the_one_they_were() {
    let (mut whole, _) = whole_and_halves(&forerunner_265());
    // Without a stop, so that the seam is the only difference.
    let gap = whole.stops[0].1 - whole.stops[0].0;
    let stop = whole.stops[0].0;
    whole.records.iter_mut().filter(|r| r.unix_s >= stop).for_each(|r| r.unix_s -= gap);
    whole.stops.clear();
    let one = String::from_utf8(write_gpx::write(&whole, "Run", "running")).unwrap();
    let point = one.match_indices("<trkpt").nth(whole.records.len() / 2).unwrap().0;
    let (first, second) = one.split_at(point);
    let two = format!("{first}</trkseg><trkseg>{second}");
    assert_eq!(two.matches("<trkseg>").count(), 2, "{}", &one[..600]);
    let (one, two) = (analysed(&only(one.as_bytes())), analysed(&only(two.as_bytes())));
    for metric in METRICS {
        assert_eq!(one.outcome(metric.id), two.outcome(metric.id), "{}", metric.id);
    }
    assert_eq!((one.pieces, one.track, one.dynamics), (two.pieces, two.track, two.dynamics));
}

fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples")
}

/// Standard output of a command about some of the samples.
fn said(words: &[&str], files: &[PathBuf], environment: &[(&str, &str)]) -> Vec<u8> {
    let here = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_lightfoot"));
    command.current_dir(here.path()).env("HOME", here.path()).env_remove("XDG_CONFIG_HOME");
    command.args(words).args(files).envs(environment.iter().copied());
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// Runs of three formats, two watches and several weeks.
fn some_files() -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(samples())
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|p| p.is_file() && p.extension().is_some_and(|e| e != "md" && e != "toml"))
        .collect();
    files.sort();
    files.into_iter().step_by(4).collect()
}

#[test]
fn the_order_of_files_changes_nothing() {
    let files = some_files();
    let mut backwards = files.clone();
    backwards.reverse();
    let mut turned = files.clone();
    turned.rotate_left(files.len() / 3);
    for words in [&["report", "--json"][..], &["export", "--format", "csv"][..]] {
        let first = said(words, &files, &[]);
        assert!(first.len() > 1000);
        assert!(first == said(words, &backwards, &[]), "{words:?} backwards");
        assert!(first == said(words, &turned, &[]), "{words:?} turned");
    }
}

#[test]
fn place_and_language_of_the_machine_change_nothing() {
    let files = some_files();
    let elsewhere = [
        [("TZ", "Pacific/Kiritimati"), ("LANG", "tr_TR.UTF-8"), ("LC_ALL", "tr_TR.UTF-8")],
        [("TZ", "America/St_Johns"), ("LANG", "de_DE.UTF-8"), ("LC_ALL", "de_DE.UTF-8")],
        [("TZ", "UTC"), ("LANG", "C"), ("LC_ALL", "C")],
    ];
    for words in [&["report", "--json"][..], &["export", "--format", "csv"][..]] {
        let said: Vec<_> = elsewhere.iter().map(|env| said(words, &files, env)).collect();
        assert!(said.iter().all(|s| *s == said[0]), "{words:?}");
    }
}
