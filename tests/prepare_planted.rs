//! Files of the synthetic runner through readers and preparation: what was planted comes out, in
//! all three formats.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests say what they expect"
)]

#[path = "support/mod.rs"]
mod support;

use lightfoot::activity::{AltitudeSource, IssueKind};
use lightfoot::prepare::vendor_summary::step_rate_as_device;
use lightfoot::prepare::{LearntUnits, prepare};
use lightfoot::read::{self, Limits};
use lightfoot::{Activity, Settings};
use support::device::{Device, Quirk};
use support::presets::{Twins, coros, fenix_6x, forerunner_265, satellite_watch, twins, twins_of};
use support::route::Route;
use support::runner::{RunPlan, Runner, Stop, TimerAtStop};

fn prepared(bytes: &[u8]) -> Activity {
    let output = read::read(bytes, &Limits::default()).unwrap();
    prepare(&output.recordings[0], &Settings::default(), &LearntUnits::default()).unwrap()
}

fn recorded_by(device: Device) -> Twins {
    let plan = RunPlan::even(8000.0, 2.8, 11);
    twins_of(&Runner::default(), &Route::out_and_back(4000.0), &plan, &device)
}

fn distance_m(activity: &Activity) -> f64 {
    let distance = activity.channels.distance.as_ref().unwrap();
    distance.iter().flatten().last().unwrap().0
}

fn all_three(twins: &Twins) -> [(&'static str, Activity); 3] {
    [("FIT", prepared(&twins.fit)), ("GPX", prepared(&twins.gpx)), ("TCX", prepared(&twins.tcx))]
}

#[test]
fn three_formats_tell_the_same_true_run() {
    for device in [forerunner_265(), fenix_6x(), coros()] {
        let twins = recorded_by(device);
        let truth = &twins.truth.totals;
        // Two steps is what whole strides cut off, half of it on average; GPX and TCX write whole
        // strides of any watch.
        for (format, activity) in all_three(&twins) {
            let (spm, _) = step_rate_as_device(&activity).unwrap();
            let name = twins.recorded.device.name;
            assert!(
                (spm - truth.mean_spm).abs() < 1.6,
                "{name} {format}: {spm} {}",
                truth.mean_spm
            );
            let metres = distance_m(&activity);
            let off = (metres / truth.distance_m - 1.0).abs();
            // Steps between noisy fixes add up to a longer way than was run; a watch's own
            // distance has this taken out.
            let tolerance = if format == "GPX" { 0.04 } else { 0.01 };
            assert!(off < tolerance, "{name} {format}: {metres} {}", truth.distance_m);
            let timer = activity.clock.timer().0;
            assert!((timer - truth.timer_s).abs() <= 3.0, "{name} {format}: {timer}");
        }
    }
}

#[test]
fn pauses_are_found_in_every_format() {
    let mut plan = RunPlan::even(6000.0, 2.9, 5);
    let stop = |at_m, seconds| Stop { at_m, seconds, timer: TimerAtStop::Stopped };
    plan.stops = vec![stop(2000.0, 240), stop(4500.0, 90)];
    let twins = twins_of(&Runner::default(), &Route::out_and_back(3000.0), &plan, &fenix_6x());
    let truth = &twins.truth.totals;
    assert!(truth.elapsed_s - truth.timer_s > 300.0, "the pauses are planted");
    for (format, activity) in all_three(&twins) {
        let timer = activity.clock.timer().0;
        assert!((timer - truth.timer_s).abs() <= 8.0, "{format}: {timer} {}", truth.timer_s);
    }
}

#[test]
fn planted_quirks_are_marked_where_they_are() {
    let mut device = forerunner_265();
    device.quirks = vec![
        Quirk::CadenceZero { from_s: 600, seconds: 60 },
        Quirk::HalfCadence { from_s: 1000, seconds: 120 },
        Quirk::HeartLock { from_s: 1500, seconds: 600 },
    ];
    let activity = prepared(&recorded_by(device).fit);
    let marked = |word: &str| {
        let spans = activity.doubtful.iter().filter(|span| span.reason.contains(word));
        let time = |i: usize| activity.clock.times_s()[i];
        spans.map(|span| (time(span.start), time(span.end - 1))).collect::<Vec<_>>()
    };
    let near = |found: &[(f64, f64)], from: f64, to: f64, slack: f64| {
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(
            (found[0].0 - from).abs() <= slack && (found[0].1 - to).abs() <= slack,
            "{found:?}"
        );
    };
    near(&marked("zero"), 600.0, 660.0, 3.0);
    near(&marked("below"), 1000.0, 1120.0, 3.0);
    near(&marked("heart rate"), 1500.0, 2100.0, 90.0);
}

#[test]
fn an_honest_run_is_not_doubted() {
    for seed in 1..6 {
        let twins = twins(seed);
        for (format, activity) in all_three(&twins) {
            assert_eq!(activity.doubtful, [], "{format} {seed}");
        }
    }
}

#[test]
fn zeros_that_mean_none_leave_no_trace() {
    let mut device = coros();
    device.quirks = vec![Quirk::DynamicsZero { from_s: 700, seconds: 100 }];
    let activity = prepared(&recorded_by(device).fit);
    let contact = activity.channels.ground_contact_time.as_ref().unwrap();
    let values: Vec<f64> = contact.iter().flatten().map(|ms| ms.0).collect();
    assert!(values.iter().all(|ms| *ms > 100.0));
    assert!(contact.len() - values.len() >= 100);
    assert!(activity.issues.iter().any(|i| i.kind == IssueKind::ZeroForMissing));
    assert!(activity.meta.whole_stride_cadence);
}

#[test]
fn a_glitch_of_the_clock_costs_one_record() {
    for by_s in [-400, 5000, 3_000_000] {
        let mut device = forerunner_265();
        device.quirks = vec![Quirk::ClockGlitch { at_s: 800, by_s }];
        let twins = recorded_by(device);
        let activity = prepared(&twins.fit);
        let lost = twins.recorded.records.len() - activity.clock.len();
        assert!(lost <= 1, "{by_s}: {lost} records lost");
        assert!(activity.issues.iter().any(|i| i.kind == IssueKind::Clock), "{by_s}");
    }
}

#[test]
fn the_source_of_altitude_follows_the_device() {
    let of = |device: Device| prepared(&recorded_by(device).fit).meta.altitude_source;
    assert_eq!(of(forerunner_265()), AltitudeSource::Barometric);
    assert_eq!(of(coros()), AltitudeSource::Barometric);
    assert_eq!(of(satellite_watch()), AltitudeSource::Unknown);
    let twins = recorded_by(forerunner_265());
    let [_, (_, gpx), (_, tcx)] = all_three(&twins);
    assert_eq!(gpx.meta.altitude_source, AltitudeSource::Unknown, "GPX names no watch");
    assert_eq!(tcx.meta.altitude_source, AltitudeSource::Barometric, "TCX names it");
    let stated = Settings {
        runner: lightfoot::settings::Runner { barometer: Some(true), ..Default::default() },
        ..Settings::default()
    };
    let output = read::read(&twins.gpx, &Limits::default()).unwrap();
    let told = prepare(&output.recordings[0], &stated, &LearntUnits::default()).unwrap();
    assert_eq!(told.meta.altitude_source, AltitudeSource::Barometric);
}
