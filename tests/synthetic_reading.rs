//! Our own readers and cuts on runs whose truth is known: every way of writing a file, and the
//! habits and faults of devices.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "the shared functions of a test say what they expect, like its tests"
)]

#[path = "support/mod.rs"]
mod support;

use lightfoot::activity::{AltitudeSource, IssueKind, Sport, SubSport, SummaryKey};
use lightfoot::prepare::LearntUnits;
use lightfoot::read::{ColumnSource, Field, ReadOutput, Recording, read};
use lightfoot::segment::Dynamics;
use lightfoot::{Analysis, Settings, analyze};
use support::device::{Device, DynamicsSource, Positions, Quirk, Recorded, Sampling};
use support::presets::{self, Twins};
use support::record::record;
use support::route::{Course, Leg as RoadLeg, Route};
use support::runner::{Keeping, Phase, RunPlan, Runner, Stop, TimerAtStop};
use support::simulate::simulate;
use support::write_fit::{
    self, FitOptions, Header, Leg, Order, Pod, SportNumber, SummaryPlace, Times,
};
use support::write_gpx::{CountOf, GpxStyle, Prefix};
use support::{write_gpx, write_tcx};

fn read_all(bytes: &[u8]) -> ReadOutput {
    read(bytes, &Settings::default().limits).unwrap()
}

fn only(bytes: &[u8]) -> Recording {
    let mut output = read_all(bytes);
    assert_eq!(output.recordings.len(), 1, "{:?}", output.issues);
    output.recordings.remove(0)
}

fn measured(recording: &Recording) -> Analysis {
    analyze(recording, &Settings::default(), &LearntUnits::default()).unwrap()
}

fn fit(recorded: &Recorded, options: FitOptions) -> Vec<u8> {
    write_fit::write(recorded, SportNumber::RUN, (&Runner::default(), 3600), options)
}

/// Native columns of two readings agree value for value.
fn assert_same_columns(a: &Recording, b: &Recording, what: &str) {
    assert_eq!(a.times_ms, b.times_ms, "{what}");
    for column in a.columns.iter().filter(|c| c.source == ColumnSource::Native) {
        let other = b.columns.iter().find(|c| c.field == column.field && c.name == column.name);
        let other = other.unwrap_or_else(|| panic!("{what}: no {}", column.name));
        assert!(column.values.iter().eq(other.values.iter()), "{what}: {}", column.name);
    }
}

#[test]
fn every_way_of_writing_fit_reads_the_same() {
    let twins = presets::twins(21);
    let plain = only(&twins.fit);
    assert_eq!(plain.times_ms.len(), twins.recorded.records.len());
    assert!(plain.issues.is_empty(), "{:?}", plain.issues);
    let base = FitOptions::default();
    let ways = [
        FitOptions { order: Order::Big, ..base },
        FitOptions { header: Header::Short, ..base },
        FitOptions { header: Header::ZeroCrc, ..base },
        FitOptions { times: Times::Compressed, ..base },
        FitOptions { order: Order::Big, times: Times::Compressed, ..base },
        FitOptions { summary: SummaryPlace::First, ..base },
        FitOptions { pod: Pod::Described, ..base },
        FitOptions { pod: Pod::DescribedLate, ..base },
        FitOptions { pod: Pod::DescribedLate, order: Order::Big, ..base },
    ];
    for way in ways {
        let other = only(&fit(&twins.recorded, way));
        assert_same_columns(&plain, &other, &format!("{way:?}"));
        assert_eq!(plain.summary, other.summary, "{way:?}");
        assert_eq!(plain.laps_ms, other.laps_ms, "{way:?}");
        assert!(other.issues.is_empty(), "{way:?}: {:?}", other.issues);
    }
}

#[test]
fn a_pod_keeps_its_names_units_and_values() {
    let twins = presets::twins(22);
    for (pod, unit, per_stride) in [(Pod::Described, "RPM", 1.0), (Pod::DescribedLate, "SPM", 2.0)]
    {
        let options = FitOptions { pod, ..FitOptions::default() };
        let recording = only(&fit(&twins.recorded, options));
        let pod_columns = || recording.columns.iter().filter(|c| c.field == Field::Developer);
        let cadence = pod_columns().find(|c| c.name == "Cadence").unwrap();
        assert_eq!(cadence.unit, unit);
        let strides = twins.recorded.records[100].strides.unwrap();
        let stored = cadence.values.get(100).unwrap();
        assert!((stored - strides * per_stride).abs() <= 0.51 * per_stride, "{stored}");
        let stiffness = pod_columns().find(|c| c.name == "Leg Spring Stiffness").unwrap();
        assert_eq!(
            (stiffness.values.get(100), stiffness.unit.as_str()),
            (Some(f64::from(9.4_f32)), "KN/m")
        );
    }
}

#[test]
fn the_three_formats_agree_with_the_truth_and_each_other() {
    let mut plan = RunPlan::even(9000.0, 2.8, 23);
    plan.stops.push(Stop { at_m: 4000.0, seconds: 90, timer: TimerAtStop::Stopped });
    let device = presets::forerunner_265();
    let Twins { truth, fit, gpx, tcx, .. } =
        presets::twins_of(&Runner::default(), &Route::out_and_back(4500.0), &plan, &device);
    for (name, bytes, below) in [("FIT", fit, 0.4), ("GPX", gpx, 0.9), ("TCX", tcx, 0.9)] {
        let run = measured(&only(&bytes));
        let off = run.value("step_rate").unwrap() - truth.totals.running_spm;
        assert!((-below..=0.4).contains(&off), "{name}: step rate off by {off}");
        let timer = run.value("timer").unwrap();
        assert!((timer - truth.totals.timer_s).abs() <= 3.0, "{name}: {timer} s of timer");
        let distance = run.value("distance").unwrap();
        let tolerance = if name == "GPX" { 0.02 } else { 0.002 };
        assert!(
            (distance / truth.totals.distance_m - 1.0).abs() < tolerance,
            "{name}: {distance} m"
        );
    }
}

#[test]
fn a_track_may_count_steps_or_strides_under_any_prefix() {
    let Twins { truth, recorded, .. } = presets::twins(40);
    for prefix in ["gpxtpx", "ns7"] {
        for declared in [Prefix::Declared, Prefix::Undeclared] {
            for count in [CountOf::Strides, CountOf::Steps] {
                let style = GpxStyle { creator: "An exporter", prefix, declared, count };
                let bytes = write_gpx::write_as(&recorded, "A run", "running", style);
                let run = measured(&only(&bytes));
                let off = run.value("step_rate").unwrap() - truth.totals.running_spm;
                assert!((-0.9..=0.4).contains(&off), "{style:?}: step rate off by {off}");
            }
        }
    }
}

#[test]
fn legs_of_a_multisport_file_are_told_apart() {
    let runner = Runner::default();
    let plan = RunPlan::even(6000.0, 7.0, 24);
    let ride_truth = simulate(&runner, &Route::out_and_back(3000.0), &plan);
    let ride = record(&ride_truth, &presets::fenix_6x(), 24);
    let mut plan = RunPlan::even(5000.0, 3.0, 25);
    plan.start_s = ride.session.end_s + 60;
    let truth = simulate(&runner, &Route::out_and_back(2500.0), &plan);
    let run = record(&truth, &presets::fenix_6x(), 25);
    for summary in [SummaryPlace::Last, SummaryPlace::First] {
        let legs = [
            Leg { recorded: &ride, sport: SportNumber::RIDE },
            Leg { recorded: &run, sport: SportNumber::RUN },
        ];
        let options = FitOptions { summary, ..FitOptions::default() };
        let output = read_all(&write_fit::write_legs(&legs, (&runner, 0), options));
        let sports: Vec<&Sport> = output.recordings.iter().map(|r| &r.sport).collect();
        assert_eq!(sports, [&Sport::Other("cycling".to_owned()), &Sport::Running], "{summary:?}");
        let run_leg = &output.recordings[1];
        assert_eq!(run_leg.times_ms.len(), run.records.len());
        let analysis = measured(run_leg);
        let distance = analysis.value("distance").unwrap();
        assert!((distance / truth.totals.distance_m - 1.0).abs() < 0.003, "{distance} m");
        assert_eq!(analysis.summary.get(SummaryKey::TimerS), Some(run.session.timer_s));
    }
}

#[test]
fn chained_files_are_two_recordings() {
    let (first, second) = (presets::twins(26), presets::twins(27));
    let mut later = second.recorded.clone();
    for record in &mut later.records {
        record.unix_s += 7200;
    }
    for sum in later.laps.iter_mut().chain([&mut later.session]) {
        sum.start_s += 7200;
        sum.end_s += 7200;
    }
    let chain = [first.fit, fit(&later, FitOptions::default())].concat();
    let output = read_all(&chain);
    let lengths: Vec<usize> = output.recordings.iter().map(|r| r.times_ms.len()).collect();
    assert_eq!(lengths, [first.recorded.records.len(), later.records.len()]);
}

#[test]
fn sub_sports_are_kept() {
    let twins = presets::twins(28);
    let whose = (&Runner::default(), 0);
    for (sport, expected) in [
        (SportNumber::TREADMILL, SubSport::Treadmill),
        (SportNumber::TRAIL, SubSport::Trail),
        (SportNumber::TRACK, SubSport::Track),
    ] {
        let bytes = write_fit::write(&twins.recorded, sport, whose, FitOptions::default());
        assert_eq!(only(&bytes).sub_sport, expected);
    }
}

/// A run on a device, in memory from plan to analysis.
fn run_on(device: &Device, route: &Route, plan: &RunPlan) -> (support::truth::Truth, Analysis) {
    let truth = simulate(&Runner::default(), route, plan);
    let recorded = record(&truth, device, plan.seed);
    let analysis = measured(&only(&fit(&recorded, FitOptions::default())));
    (truth, analysis)
}

#[test]
fn smart_recording_costs_no_truth() {
    let plan = RunPlan::even(10_000.0, 2.8, 29);
    let mut device = presets::fenix_6x();
    for sampling in [Sampling::Smart, Sampling::EverySecond] {
        device.sampling = sampling;
        let (truth, run) = run_on(&device, &Route::out_and_back(5000.0), &plan);
        let off = run.value("step_rate").unwrap() - truth.totals.running_spm;
        assert!(off.abs() < 0.4, "{sampling:?}: {off}");
        let stated = run.summary.get(SummaryKey::StepRateSpm).unwrap();
        assert!((stated - truth.totals.mean_spm).abs() < 0.4, "{stated}");
    }
}

#[test]
fn whole_strides_are_read_without_their_loss() {
    let (truth, run) =
        run_on(&presets::coros(), &Route::out_and_back(4000.0), &RunPlan::even(8000.0, 2.8, 30));
    assert!(run.meta.whole_stride_cadence);
    // A truncated stride costs 0 to 2 spm, 1 on average; the running reading gives it back.
    let off = run.value("step_rate").unwrap() - truth.totals.running_spm;
    assert!(off.abs() < 0.5, "{off}");
}

#[test]
fn a_four_percent_climb_reads_as_one_on_a_barometer_only() {
    let route = || Route::straight().grade(0.04);
    let plan = RunPlan::even(5000.0, 2.7, 31);
    let (truth, run) = run_on(&presets::forerunner_265(), &route(), &plan);
    assert_eq!(run.meta.altitude_source, AltitudeSource::Barometric);
    let graded: Vec<f64> = run.pieces.iter().filter_map(|p| p.grade).collect();
    let mean = graded.iter().sum::<f64>() / graded.len() as f64;
    assert!((0.035..=0.045).contains(&mean), "{mean}");
    let ascent = run.value("ascent").unwrap();
    assert!((ascent / truth.totals.ascent_m - 1.0).abs() < 0.05, "{ascent} m");
    let (_, run) = run_on(&presets::satellite_watch(), &route(), &plan);
    assert_ne!(run.meta.altitude_source, AltitudeSource::Barometric);
    assert!(run.pieces.iter().all(|p| p.grade.is_none()));
    assert!(run.value("hill_exposure").is_none());
}

#[test]
fn a_formula_is_told_from_a_sensor() {
    let mut plan = RunPlan::even(10_000.0, 2.7, 32);
    plan.phases.push(Phase { distance_m: 3000.0, speed_m_s: 3.3 });
    for seed in 0..6 {
        plan.seed = 320 + seed;
        let route = Route::out_and_back(6500.0);
        let formula = presets::forerunner_265();
        assert_eq!(run_on(&formula, &route, &plan).1.dynamics, Dynamics::Estimated, "seed {seed}");
        let sensor = Device {
            dynamics: DynamicsSource::Sensor { contact_ms: 0.0, bounce_mm: 0.0 },
            ..presets::forerunner_265()
        };
        assert_eq!(run_on(&sensor, &route, &plan).1.dynamics, Dynamics::Measured, "seed {seed}");
    }
}

#[test]
fn faults_of_sensors_are_named_and_sound_runs_are_not_accused() {
    let plan = RunPlan::even(9000.0, 2.8, 33);
    let route = Route::out_and_back(4500.0);
    let named = |quirk: Option<Quirk>, kind: IssueKind| {
        let mut device = presets::forerunner_265();
        device.quirks.extend(quirk);
        run_on(&device, &route, &plan).1.issues.iter().any(|i| i.kind == kind)
    };
    let half = Quirk::HalfCadence { from_s: 900, seconds: 75 };
    let zero = Quirk::CadenceZero { from_s: 900, seconds: 75 };
    let lock = Quirk::HeartLock { from_s: 600, seconds: 900 };
    assert!(named(Some(half), IssueKind::CadenceHalved), "half cadence");
    let absent = Quirk::CadenceMissing { from_s: 900, seconds: 75 };
    assert!(named(Some(absent), IssueKind::CadenceAbsent), "no cadence");
    let stuck = Quirk::CadenceStuck { from_s: 900, seconds: 75 };
    assert!(named(Some(stuck), IssueKind::CadenceStuck), "stuck cadence");
    assert!(named(Some(zero), IssueKind::Dropout), "zero cadence");
    assert!(named(Some(lock), IssueKind::HeartRateLock), "heart rate that follows step rate");
    for kind in [
        IssueKind::Dropout,
        IssueKind::CadenceAbsent,
        IssueKind::CadenceStuck,
        IssueKind::CadenceHalved,
        IssueKind::HeartRateLock,
        IssueKind::Clock,
    ] {
        assert!(!named(None, kind), "{kind:?} on a sound run");
    }
    let glitch = Quirk::ClockGlitch { at_s: 500, by_s: -4000 };
    assert!(named(Some(glitch), IssueKind::Clock), "a record from an hour ago");
}

#[test]
fn zeros_for_missing_dynamics_do_not_pull_means_down() {
    let plan = RunPlan::even(8000.0, 2.8, 34);
    let route = Route::out_and_back(4000.0);
    let sound = run_on(&presets::coros(), &route, &plan).1;
    let mut device = presets::coros();
    device.quirks.push(Quirk::DynamicsZero { from_s: 300, seconds: 600 });
    let zeros = run_on(&device, &route, &plan).1;
    let mean = |run: &Analysis| run.value("ground_contact_time").unwrap();
    assert!((mean(&sound) - mean(&zeros)).abs() < 3.0, "{} and {}", mean(&sound), mean(&zeros));
    assert!(zeros.issues.iter().any(|i| i.kind == IssueKind::ZeroForMissing));
}

#[test]
fn track_laps_are_exact_by_receiver_and_by_drawn_oval_and_mirror() {
    let plan = RunPlan::even(6000.0, 3.3, 35);
    for (positions, drawn) in [(presets::receiver(1.5), false), (Positions::Drawn, true)] {
        let device = Device { positions, ..presets::forerunner_265() };
        for (route, sign) in [(Route::track(), 1.0), (Route::track().mirrored(), -1.0)] {
            let (_, run) = run_on(&device, &route, &plan);
            let track = run.track.unwrap_or_else(|| panic!("no track: {positions:?} {sign}"));
            assert!((track.net_laps - sign * 15.0).abs() < 0.3, "{} laps", track.net_laps);
            assert_eq!(track.drawn_by_watch, drawn);
        }
    }
}

/// A small track is laps only where the file says track, also from a watch that puts every position
/// to one side of the body.
#[test]
fn laps_of_200_m_count_where_the_file_says_track() {
    const RADIUS_M: f64 = 17.5;
    let bend = RoadLeg::Bend { radius_m: RADIUS_M, turn_deg: 180.0 };
    let straight = RoadLeg::Straight { length_m: 100.0 - std::f64::consts::PI * RADIUS_M };
    let route = Route::new(&[straight, bend, straight, bend], 75.0, Course::Laps);
    for (seed, bias, sport) in [
        (41, 0.0, SportNumber::TRACK),
        (42, 6.0, SportNumber::TRACK),
        (43, -6.0, SportNumber::TRACK),
        (44, 0.0, SportNumber::RUN),
    ] {
        let plan = RunPlan::even(4000.0, 3.1, seed);
        let truth = simulate(&Runner::default(), &route, &plan);
        let device = Device { positions: presets::receiver(bias), ..presets::forerunner_265() };
        let recorded = record(&truth, &device, seed);
        let bytes =
            write_fit::write(&recorded, sport, (&Runner::default(), 0), FitOptions::default());
        let laps = measured(&only(&bytes)).track.map(|t| t.net_laps);
        match sport == SportNumber::TRACK {
            true => assert!(laps.is_some_and(|l| (l - 20.0).abs() <= 0.25), "{bias}: {laps:?}"),
            false => assert_eq!(laps, None),
        }
    }
}

#[test]
fn no_side_is_ever_read_from_positions() {
    for (seed, keeping) in
        [(36, Keeping::Left(2.5)), (37, Keeping::Right(2.5)), (38, Keeping::SameKerb(2.5))]
    {
        for bias in [0.0, 2.0, 6.0] {
            let mut plan = RunPlan::even(8000.0, 2.8, seed);
            plan.keeping = keeping;
            let device = Device { positions: presets::receiver(bias), ..presets::forerunner_265() };
            let (_, run) = run_on(&device, &Route::out_and_back(1000.0), &plan);
            let camber = run.outcome("camber_exposure").and_then(|o| o.reading().cloned());
            let camber = camber.expect("the ceiling is always stated");
            assert_eq!((camber.get("left_low_m"), camber.get("right_low_m")), (None, None));
            assert!(camber.get("ceiling_m").unwrap() > 7900.0);
        }
    }
}

#[test]
fn gpx_and_tcx_survive_a_treadmill_without_positions() {
    let device = Device { positions: Positions::None, ..presets::forerunner_265() };
    let truth = simulate(&Runner::default(), &Route::straight(), &RunPlan::even(5000.0, 2.8, 39));
    let recorded = record(&truth, &device, 39);
    let run = measured(&only(&write_tcx::write(&recorded, "Running")));
    assert!((run.value("step_rate").unwrap() - truth.totals.running_spm).abs() < 1.0);
    // A track export has no points without positions: an answer, not a fault.
    let output = read_all(&write_gpx::write(&recorded, "Treadmill", "running"));
    assert!(output.recordings.iter().all(|r| r.times_ms.is_empty()));
}
