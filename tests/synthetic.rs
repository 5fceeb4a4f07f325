//! The synthetic runner against decoders and laws that are not its own: a simulator that only its
//! author can read proves nothing.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "the shared functions of a test say what they expect, like its tests"
)]

#[path = "support/mod.rs"]
mod support;

use fitparser::Value;
use fitparser::profile::MesgNum;
use support::device::{Altimeter, Quirk, Sampling};
use support::prng::{Ar1, Prng};
use support::record::record;
use support::route::{Course, Leg, Route, TRACK_STRAIGHT_M};
use support::runner::{CadenceNoise, Keeping, Phase, RunPlan, Runner, Stop, TimerAtStop};
use support::season::{Season, Tails};
use support::simulate::simulate;
use support::write_fit::{self, FitOptions, Header, Order, Pod, SportNumber, SummaryPlace, Times};
use support::{bench, presets, write_gpx};

/// Values of one field of all messages of a kind, by the names of another decoder's profile.
fn values(messages: &[fitparser::FitDataRecord], kind: MesgNum, field: &str) -> Vec<f64> {
    let of_kind = messages.iter().filter(|m| m.kind() == kind);
    let fields = of_kind.flat_map(|m| m.fields().iter().filter(|f| f.name() == field));
    fields
        .filter_map(|f| match f.value() {
            Value::Timestamp(t) => Some(t.timestamp() as f64),
            other => other.clone().try_into().ok(),
        })
        .collect()
}

fn assert_near(ours: &[f64], theirs: &[f64], tolerance: f64, what: &str) {
    assert_eq!(ours.len(), theirs.len(), "{what}");
    for (i, (a, b)) in ours.iter().zip(theirs).enumerate() {
        assert!((a - b).abs() <= tolerance, "{what} {i}: {a} against {b}");
    }
}

#[test]
fn fitparser_reads_what_was_recorded() {
    let twins = presets::twins(1);
    let messages = fitparser::from_bytes(&twins.fit).unwrap();
    let records = &twins.recorded.records;
    let all = |pick: fn(&support::device::Record) -> f64| -> Vec<f64> {
        records.iter().map(pick).collect()
    };
    let read = |field| values(&messages, MesgNum::Record, field);
    assert_near(&all(|r| r.unix_s as f64), &read("timestamp"), 0.0, "time");
    assert_near(&all(|r| r.distance_m), &read("distance"), 0.005, "distance");
    assert_near(&all(|r| r.altitude_m.unwrap()), &read("enhanced_altitude"), 0.01, "altitude");
    assert_near(&all(|r| r.speed_m_s), &read("enhanced_speed"), 5e-4, "speed");
    let strides: Vec<f64> =
        read("cadence").iter().zip(read("fractional_cadence")).map(|(a, b)| a + b).collect();
    assert_near(&all(|r| r.strides.unwrap()), &strides, 1e-9, "cadence");
    let session = &twins.recorded.session;
    let of_session = |field| values(&messages, MesgNum::Session, field);
    assert_near(&[session.distance_m], &of_session("total_distance"), 0.01, "session distance");
    assert_near(&[session.timer_s], &of_session("total_timer_time"), 1e-3, "timer");
    let mean =
        of_session("avg_cadence").iter().chain(&of_session("avg_running_cadence")).sum::<f64>()
            + of_session("avg_fractional_cadence").iter().sum::<f64>();
    assert!((2.0 * mean - twins.truth.totals.mean_spm).abs() < 0.3, "mean {mean}");
}

#[test]
fn every_way_of_writing_fit_is_readable() {
    let twins = presets::twins(2);
    let whose = (&Runner::default(), 3600);
    let n = twins.recorded.records.len();
    let ways = [
        FitOptions { order: Order::Big, ..FitOptions::default() },
        FitOptions { header: Header::Short, ..FitOptions::default() },
        FitOptions { header: Header::ZeroCrc, ..FitOptions::default() },
        FitOptions { times: Times::Compressed, ..FitOptions::default() },
        FitOptions { summary: SummaryPlace::First, ..FitOptions::default() },
        FitOptions { pod: Pod::Described, ..FitOptions::default() },
    ];
    for way in ways {
        let bytes = write_fit::write(&twins.recorded, SportNumber::RUN, whose, way);
        let messages = fitparser::from_bytes(&bytes).unwrap_or_else(|e| panic!("{way:?}: {e}"));
        let distances = values(&messages, MesgNum::Record, "distance");
        assert_eq!(distances.len(), n, "{way:?}");
        assert!((distances[n - 1] - twins.recorded.session.distance_m).abs() < 0.02, "{way:?}");
    }
}

#[test]
fn the_gpx_crate_reads_the_track() {
    let mut plan = RunPlan::even(3000.0, 2.8, 3);
    plan.stops.push(Stop { at_m: 1500.0, seconds: 45, timer: TimerAtStop::Stopped });
    let truth = simulate(&Runner::default(), &Route::out_and_back(1500.0), &plan);
    let recorded = record(&truth, &presets::fenix_6x(), 3);
    let bytes = write_gpx::write(&recorded, "Evening <run>", "running");
    let read = gpx::read(bytes.as_slice()).unwrap();
    assert_eq!(read.tracks[0].name.as_deref(), Some("Evening <run>"));
    assert_eq!(read.tracks[0].segments.len(), 2, "a pause begins a new segment");
    let points: usize = read.tracks[0].segments.iter().map(|s| s.points.len()).sum();
    assert_eq!(points, recorded.records.len());
    assert_eq!(recorded.stops.len(), 1);
    assert_eq!(truth.totals.elapsed_s - truth.totals.timer_s, 45.0);
}

#[test]
fn a_track_lap_is_400_m_and_one_turn() {
    let route = Route::track();
    assert!((route.length_m() - 400.0).abs() < 1e-9);
    assert!((TRACK_STRAIGHT_M - 84.39).abs() < 0.01);
    let (a, b) = (route.place(0.0), route.place(400.0 - 1e-9));
    assert!((a.east_m - b.east_m).hypot(a.north_m - b.north_m) < 1e-6, "the lap closes");
    let plan = RunPlan::even(4000.0, 3.6, 4);
    let laps = simulate(&Runner::default(), &route, &plan).totals.net_laps;
    assert!((laps - 10.0).abs() < 0.02, "{laps}");
    let mirrored = simulate(&Runner::default(), &route.mirrored(), &plan).totals.net_laps;
    assert!((laps + mirrored).abs() < 1e-9, "the mirror image turns the other way");
}

#[test]
fn the_cadence_law_is_what_is_run() {
    let mut runner = Runner { speed_sd: 0.0, ..Runner::default() };
    runner.noise = CadenceNoise { slow_sd: 0.0, slow_s: 60.0, fast_sd: 0.0, fatigue_per_hour: 0.0 };
    for (speed, grade, expected) in [(2.8, 0.0, 165.0), (3.3, 0.0, 168.5), (2.8, -0.05, 163.0)] {
        let route = Route::straight().grade(grade);
        let plan = RunPlan::even(2000.0, speed / (1.0 - 1.2 * f64::min(grade, 0.0)), 5);
        let spm = simulate(&runner, &route, &plan).moments[300].spm;
        assert!((spm - expected).abs() < 0.01, "{speed} m/s at {grade}: {spm}");
    }
}

#[test]
fn sides_and_hills_are_what_was_planned() {
    let route = Route::out_and_back(2000.0).profile(&[(0.0, 50.0), (1000.0, 90.0), (2000.0, 90.0)]);
    let mut plan = RunPlan::even(4000.0, 2.8, 6);
    plan.keeping = Keeping::Right(2.5);
    let totals = simulate(&Runner::default(), &route, &plan).totals;
    assert_eq!(totals.left_m, 0.0);
    assert!((totals.right_m - 4000.0).abs() < 5.0);
    assert!((totals.ascent_m - 40.0).abs() < 0.5 && (totals.descent_m - 40.0).abs() < 0.5);
    assert_eq!(totals.turn_backs, 1);
    plan.keeping = Keeping::SameKerb(2.5);
    let totals = simulate(&Runner::default(), &route, &plan).totals;
    assert!((totals.left_m - totals.right_m).abs() < 10.0, "one kerb is left out, right back");
    let steep: f64 = totals.metres_by_grade.iter().filter(|g| g.0 <= -0.035).map(|g| g.1).sum();
    assert!((steep - 1000.0).abs() < 5.0, "{steep} m of the 4 % descent");
}

#[test]
fn a_wrist_bias_parts_the_two_ways_by_twice_itself() {
    let mut device = presets::fenix_6x();
    device.sampling = Sampling::EverySecond;
    let truth =
        simulate(&Runner::default(), &Route::out_and_back(4000.0), &RunPlan::even(8000.0, 2.8, 8));
    let recorded = record(&truth, &device, 8);
    let mut left_of_truth = Vec::new();
    for (record, moment) in recorded.records.iter().zip(&truth.moments) {
        let (latitude, longitude) = record.position.unwrap();
        let (lat0, lon0) = truth.degrees(moment.east_m, moment.north_m);
        let north = (latitude - lat0).to_radians() * 6_371_008.8;
        let east = (longitude - lon0).to_radians() * 6_371_008.8 * lat0.to_radians().cos();
        left_of_truth.push(north * moment.heading.cos() - east * moment.heading.sin());
    }
    let mean = left_of_truth.iter().sum::<f64>() / left_of_truth.len() as f64;
    assert!((mean - 5.0).abs() < 0.6, "mean bias to the left {mean} m");
}

#[test]
fn quirks_do_what_they_say() {
    let twins = presets::twins(9);
    let mut device = presets::coros();
    device.quirks = vec![
        Quirk::CadenceMissing { from_s: 100, seconds: 50 },
        Quirk::HalfCadence { from_s: 300, seconds: 60 },
        Quirk::HeartLock { from_s: 600, seconds: 400 },
    ];
    let records = record(&twins.truth, &device, 9).records;
    assert!(records[100..150].iter().all(|r| r.strides.is_none()));
    assert!(records[300..360].iter().all(|r| r.strides.is_some_and(|s| s < 50.0)));
    assert!(records[160..290].iter().all(|r| r.strides.is_some_and(|s| s.fract() == 0.0)));
    let lock = |r: &support::device::Record| {
        (f64::from(r.heart_bpm.unwrap()) - 2.0 * r.strides.unwrap()).abs() < 3.0
    };
    assert!(records[600..1000].iter().all(lock));
    device.altimeter = Altimeter::Satellite { step_m: 0.2 };
    let altitudes = record(&twins.truth, &device, 9).records;
    let high = altitudes.iter().filter(|r| (r.altitude_m.unwrap() - 100.0).abs() > 4.0).count();
    let share = high as f64 / altitudes.len() as f64;
    assert!((0.15..0.5).contains(&share), "4 m of noise leaves 4 m on a third of the way: {share}");
}

#[test]
fn noise_has_the_size_and_memory_it_claims() {
    let mut prng = Prng::new(11);
    let mut series = Ar1::new(2.0, 0.5, &mut prng);
    let xs: Vec<f64> = (0..40_000).map(|_| series.next(&mut prng)).collect();
    let n = xs.len() as f64;
    let mean = xs.iter().sum::<f64>() / n;
    let var = xs.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / n;
    let lag = xs.windows(2).map(|w| (w[0] - mean) * (w[1] - mean)).sum::<f64>() / n / var;
    assert!(mean.abs() < 0.06 && (var.sqrt() - 2.0).abs() < 0.05 && (lag - 0.5).abs() < 0.02);
}

#[test]
fn a_season_is_what_it_says() {
    let days: Vec<f64> = (0..6000).map(|i| f64::from(i) * 2.0).collect();
    let spread = |season: &Season| {
        let xs = season.offsets(&days, 5);
        let mean = xs.iter().sum::<f64>() / xs.len() as f64;
        let var = xs.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / xs.len() as f64;
        let lag = xs.windows(2).map(|w| (w[0] - mean) * (w[1] - mean)).sum::<f64>();
        (mean, var.sqrt(), lag / var / xs.len() as f64)
    };
    for tails in [Tails::Normal, Tails::Heavy] {
        let season = Season { run_sd: 2.0, run_lag_1: 0.5, tails, ..Season::default() };
        let (mean, sd, lag) = spread(&season);
        assert!(mean.abs() < 0.2 && (sd - 2.0).abs() < 0.15, "{tails:?}: {mean} {sd}");
        assert!((lag - 0.5).abs() < 0.05, "{tails:?}: {lag}");
    }
    let wander = Season { wander_sd: 3.0, wander_days: 40.0, ..Season::default() };
    let (_, sd, lag) = spread(&wander);
    assert!((sd - 3.0).abs() < 0.5 && (lag - (-0.05_f64).exp()).abs() < 0.02, "{sd} {lag}");
    let planned = Season { rise_per_30_days: 3.0, step: Some((60.0, -2.0)), ..Season::default() };
    assert_eq!(planned.offsets(&[0.0, 30.0, 60.0], 1), [0.0, 3.0, 4.0]);
}

#[test]
fn one_seed_is_one_run() {
    let (a, b, c) = (presets::twins(12), presets::twins(12), presets::twins(13));
    assert_eq!(a.recorded.records, b.recorded.records);
    assert_eq!(a.fit, b.fit);
    assert_ne!(a.fit, c.fit);
}

#[test]
fn a_bench_file_has_the_records_asked_for() {
    let bytes = bench::bench_fit(3600);
    assert!((120_000..220_000).contains(&bytes.len()), "{} bytes", bytes.len());
    let messages = fitparser::from_bytes(&bytes).unwrap();
    assert_eq!(values(&messages, MesgNum::Record, "timestamp").len(), 3600);
    assert_eq!(values(&messages, MesgNum::Record, "stance_time").len(), 3600);
}

#[test]
fn phases_follow_each_other() {
    let mut plan = RunPlan::even(1000.0, 2.6, 14);
    plan.phases.push(Phase { distance_m: 1000.0, speed_m_s: 3.6 });
    let truth = simulate(&Runner::default(), &Route::round(1200.0), &plan);
    let mean = |from: f64, to: f64| {
        let inside = truth.moments.iter().filter(|m| (from..to).contains(&m.run_m));
        let speeds: Vec<f64> = inside.map(|m| m.speed_m_s).collect();
        speeds.iter().sum::<f64>() / speeds.len() as f64
    };
    assert!((mean(200.0, 1000.0) - 2.6).abs() < 0.1 && (mean(1100.0, 2000.0) - 3.6).abs() < 0.1);
    assert_eq!(Route::round(1200.0).course(), Course::Laps);
    let legs = [Leg::Bend { radius_m: 50.0, turn_deg: 360.0 }];
    assert!((Route::new(&legs, 0.0, Course::Laps).length_m() - 314.159).abs() < 0.01);
}
