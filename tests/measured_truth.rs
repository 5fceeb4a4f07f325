//! What the synthetic runner did is what the metrics say: planted truth, through the readers.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test says what it expects"
)]

#[path = "support/mod.rs"]
mod support;

use lightfoot::Analysis;
use lightfoot::activity::AltitudeSource;
use lightfoot::metrics::Outcome;
use lightfoot::segment::Dynamics;
use lightfoot::settings::{RoadKind, RoadSide, Settings, Side};
use lightfoot::trend::History;
use support::device::{Device, DynamicsSource, Positions};
use support::presets::{self, coros, fenix_6x, forerunner_265, satellite_watch, twins_of};
use support::route::Route;
use support::runner::{Keeping, RunPlan, Runner};

/// Runs, records, reads and analyses.
fn analysed(route: &Route, plan: &RunPlan, device: &Device, settings: &Settings) -> Analysis {
    let twins = twins_of(&Runner::default(), route, plan, device);
    from_bytes(&twins.fit, settings)
}

fn from_bytes(bytes: &[u8], settings: &Settings) -> Analysis {
    let read = lightfoot::read::read(bytes, &settings.limits).unwrap();
    let recording = read.recordings.first().unwrap();
    lightfoot::analyze(recording, settings, &lightfoot::prepare::LearntUnits::default()).unwrap()
}

fn part(run: &Analysis, id: &str, key: &str) -> Option<f64> {
    run.reading(id).and_then(|r| r.get(key))
}

fn refusal(run: &Analysis, id: &str) -> Option<String> {
    match run.outcome(id) {
        Some(Outcome::Unavailable(why)) => Some(format!("{}: {}", why.code, why.reason)),
        _ => None,
    }
}

#[test]
fn step_rate_speed_and_distance_of_an_even_run() {
    for device in [fenix_6x(), forerunner_265(), coros()] {
        let plan = RunPlan::even(8000.0, 2.9, 7);
        let twins = twins_of(&Runner::default(), &Route::straight(), &plan, &device);
        let run = from_bytes(&twins.fit, &Settings::default());
        let truth = &twins.truth.totals;
        let near = |id: &str, true_value: f64, within: f64| {
            let ours = run.value(id).unwrap_or_else(|| panic!("{}: {id}", device.name));
            assert!(
                (ours - true_value).abs() <= within,
                "{} {id} {ours} {true_value}",
                device.name
            );
        };
        near("step_rate", truth.running_spm, 0.5);
        near("step_rate_as_device", twins.recorded.session.strides.unwrap() * 2.0, 0.5);
        near("distance", truth.distance_m, 40.0);
        near("timer", truth.timer_s, 1.0);
        near("speed", truth.running_speed_m_s, 0.03);
        near("steps", truth.steps, 0.01 * truth.steps);
        near("step_length", 60.0 * truth.running_speed_m_s / truth.running_spm, 0.02);
    }
}

#[test]
fn a_flat_road_is_flat() {
    for device in [fenix_6x(), forerunner_265(), coros()] {
        let plan = RunPlan::even(10_000.0, 2.8, 11);
        let run = analysed(&Route::straight(), &plan, &device, &Settings::default());
        assert_eq!(run.meta.altitude_source, AltitudeSource::Barometric, "{}", device.name);
        assert!(
            run.value("hill_exposure").unwrap() < 50.0,
            "{}: {:?}",
            device.name,
            run.value("hill_exposure")
        );
        assert!(run.value("ascent").unwrap() < 20.0, "{}: {:?}", device.name, run.value("ascent"));
    }
}

#[test]
fn a_true_slope_of_four_percent_reads_as_four() {
    for device in [fenix_6x(), coros()] {
        let plan = RunPlan::even(5000.0, 2.6, 13);
        let run = analysed(&Route::straight().grade(0.04), &plan, &device, &Settings::default());
        let grades: Vec<f64> = run.pieces.iter().filter_map(|p| p.grade).collect();
        let mean = grades.iter().sum::<f64>() / grades.len() as f64;
        assert!(grades.len() > 50 && (0.035..=0.045).contains(&mean), "{}: {mean}", device.name);
        let climbed = run.value("ascent").unwrap();
        assert!((climbed - 200.0).abs() < 10.0, "{}: {climbed}", device.name);
        let band = part(&run, "hill_exposure", "up_3_6_m").unwrap();
        assert!(band > 4500.0, "{}: {band}", device.name);
    }
}

#[test]
fn downhill_dose_is_the_descent() {
    let route = Route::straight().profile(&[
        (0.0, 400.0),
        (3000.0, 400.0),
        (5000.0, 240.0),
        (9000.0, 240.0),
    ]);
    let run = analysed(&route, &RunPlan::even(8000.0, 2.8, 17), &fenix_6x(), &Settings::default());
    let energy = run.value("downhill_dose").unwrap();
    assert!((energy - 9.80665 * 160.0).abs() < 0.04 * energy, "{energy}");
    let steep = part(&run, "hill_exposure", "down_6_10_m").unwrap();
    assert!((steep - 2000.0).abs() < 150.0, "{steep}");
    let drop = part(&run, "hill_exposure", "down_6_10_descent_m").unwrap();
    assert!((drop - 160.0).abs() < 14.0, "{drop}");
    assert!(part(&run, "downhill_dose", "impact_weight_ratio").unwrap() > 1.02);
}

#[test]
fn satellite_altitude_is_refused_with_what_to_do() {
    let plan = RunPlan::even(6000.0, 2.8, 19);
    let run = analysed(&Route::straight(), &plan, &satellite_watch(), &Settings::default());
    let ids = ["ascent", "descent", "hill_exposure", "downhill_dose", "grade_adjusted_speed"];
    for id in ids {
        let why = refusal(&run, id).unwrap_or_else(|| panic!("{id} has a value"));
        assert!(why.contains("barometer = true"), "{why}");
        assert!(why.starts_with("unknown_altitude") || why.starts_with("satellite_altitude"));
    }
    assert!(run.pieces.iter().all(|p| p.grade.is_none()));
}

#[test]
fn laps_of_a_track_are_counted_in_their_direction() {
    let plan = RunPlan::even(6000.0, 3.3, 23);
    for (route, turn) in [(Route::track(), 1.0), (Route::track().mirrored(), -1.0)] {
        for positions in [presets::receiver(0.0), Positions::Drawn] {
            let device = Device { positions, ..forerunner_265() };
            let run = analysed(&route, &plan, &device, &Settings::default());
            let track = run.track.as_ref().unwrap_or_else(|| panic!("{positions:?} {turn}"));
            assert!((track.net_laps - 15.0 * turn).abs() <= 0.25, "{track:?}");
            assert!((track.lap_length_m / 400.0 - 1.0).abs() < 0.03, "{track:?}");
            assert_eq!(track.drawn_by_watch, positions == Positions::Drawn, "{track:?}");
            // 116 of 400 m of each bend pair at 3.3 m/s on R = 36.8 m: 3 % equivalent slope.
            let key = if turn > 0.0 { "anticlockwise" } else { "clockwise" };
            let slope =
                part(&run, "curve_exposure", &format!("{key}_bends_equivalent_slope_percent"));
            assert!(slope.is_some_and(|s| (2.4..3.4).contains(&s)), "{slope:?}");
            assert!(run.value("camber_exposure").unwrap() < 100.0);
        }
    }
}

#[test]
fn a_winding_road_is_no_track_and_has_no_curve_bias() {
    let plan = RunPlan::even(10_000.0, 2.9, 29);
    let run =
        analysed(&Route::out_and_back(5000.0), &plan, &forerunner_265(), &Settings::default());
    assert_eq!(run.track, None);
    assert!(run.value("curve_exposure").unwrap().abs() <= 0.75);
    assert_eq!(part(&run, "curve_exposure", "anticlockwise_bends_s"), None);
}

/// Vertical ratio among the overstriding proxies of a runner with this one run.
fn bounce_at_usual_speed(run: Analysis) -> Option<f64> {
    let history = History::build(vec![run], &Settings::default());
    let proxies = history.reading(0, "overstride_proxies").unwrap();
    proxies.get("matched_vertical_ratio_percent")
}

/// Two runs at other paces are set side by side at one speed, where step length tells them apart.
#[test]
fn overstriding_proxies_stand_at_one_speed_for_all_runs() {
    let run = |speeds: [f64; 2], seed| {
        let mut plan = RunPlan::even(0.0, 3.0, seed);
        plan.phases = speeds
            .map(|speed_m_s| support::runner::Phase { distance_m: 3000.0, speed_m_s })
            .to_vec();
        let settings = Settings::default();
        let mut run = analysed(&Route::straight(), &plan, &forerunner_265(), &settings);
        run.meta.start = jiff::Timestamp::from_second(seed as i64 * 86_400).unwrap();
        run
    };
    let history =
        History::build(vec![run([2.8, 3.6], 51), run([2.8, 2.3], 52)], &Settings::default());
    let at = |i| {
        let proxies = history.reading(i, "overstride_proxies").unwrap();
        proxies.get("matched_speed_m_s").unwrap()
    };
    assert!((at(0) - 2.8).abs() < 0.1 && (at(1) - 2.8).abs() < 0.1, "{} {}", at(0), at(1));
}

#[test]
fn a_wrist_formula_is_recognised_and_a_sensor_never() {
    for seed in [31, 37, 41] {
        let mut plan = RunPlan::even(0.0, 3.0, seed);
        plan.phases = [2.5, 3.2, 2.7, 3.5, 2.6, 3.3]
            .map(|speed_m_s| support::runner::Phase { distance_m: 1800.0, speed_m_s })
            .to_vec();
        let watch = analysed(&Route::straight(), &plan, &forerunner_265(), &Settings::default());
        assert_eq!(watch.dynamics, Dynamics::Estimated, "seed {seed}");
        let strap = Device {
            dynamics: DynamicsSource::Sensor { contact_ms: 0.0, bounce_mm: 0.0 },
            ..forerunner_265()
        };
        let strap = analysed(&Route::straight(), &plan, &strap, &Settings::default());
        assert_eq!(strap.dynamics, Dynamics::Measured, "seed {seed}");
        assert_eq!(bounce_at_usual_speed(watch), None);
        assert!(bounce_at_usual_speed(strap).is_some());
    }
}

#[test]
fn mirroring_swaps_left_and_right_exactly() {
    let plan = |keeping| RunPlan { keeping, ..RunPlan::even(8000.0, 2.9, 43) };
    let device = Device { positions: Positions::Drawn, ..forerunner_265() };
    let side = |side| {
        let mut settings = Settings::default();
        settings.runner.road_side = Some(side);
        settings.runner.road_kind = RoadKind::Pavement;
        settings
    };
    let road = Route::track();
    let one = analysed(&road, &plan(Keeping::Middle), &device, &side(RoadSide::Left));
    let other =
        analysed(&road.clone().mirrored(), &plan(Keeping::Middle), &device, &side(RoadSide::Right));
    let both = |id: &str, a: &str, b: &str| {
        let (x, y) = (part(&one, id, a), part(&other, id, b));
        let near = x.zip(y).is_some_and(|(x, y)| (x - y).abs() < 1e-6 * x.abs().max(1.0));
        assert!(near, "{id} {a} {x:?} {b} {y:?}");
    };
    both("camber_exposure", "left_low_m", "right_low_m");
    both("camber_exposure", "right_low_m", "left_low_m");
    both("camber_exposure", "bends_left_low_m", "bends_right_low_m");
    both("camber_exposure", "bends_right_low_m", "bends_left_low_m");
    both("curve_exposure", "anticlockwise_bends_s", "clockwise_bends_s");
}

#[test]
fn the_same_kerb_alternates_at_each_turn_back_and_positions_never_choose_a_side() {
    let plan = RunPlan { keeping: Keeping::SameKerb(4.0), ..RunPlan::even(12_000.0, 2.9, 47) };
    let route = Route::out_and_back(3000.0);
    let twins = twins_of(&Runner::default(), &route, &plan, &fenix_6x());
    let unstated = from_bytes(&twins.fit, &Settings::default());
    assert_eq!(part(&unstated, "camber_exposure", "left_low_m"), None);
    assert_eq!(
        part(&unstated, "camber_exposure", "turn_backs"),
        Some(twins.truth.totals.turn_backs as f64)
    );
    let mut settings = Settings::default();
    settings.runner.road_side = Some(RoadSide::SameKerb);
    let stated = from_bytes(&twins.fit, &settings);
    for key in ["left_low_m", "right_low_m"] {
        let metres = part(&stated, "camber_exposure", key).unwrap();
        assert!((metres - 6000.0).abs() < 120.0, "{key} {metres}");
    }
    settings.runner.road_side = Some(RoadSide::FacingTraffic);
    settings.runner.traffic = Some(Side::Right);
    let facing = from_bytes(&twins.fit, &settings);
    let ceiling = part(&facing, "camber_exposure", "ceiling_m");
    assert_eq!(part(&facing, "camber_exposure", "left_low_m"), ceiling);
}

#[test]
fn an_even_run_has_no_drift_and_no_warm_up() {
    let plan = RunPlan::even(12_000.0, 2.9, 53);
    let run = analysed(&Route::straight(), &plan, &forerunner_265(), &Settings::default());
    let drift = run.value("form_drift").unwrap();
    assert!(drift.abs() < 2.5, "{drift}");
    let ratio = run.value("warm_up").unwrap();
    assert!((ratio - 1.0).abs() < 0.05, "{ratio}");
    let wobble = run.value("cadence_variability").unwrap();
    assert!((0.2..3.0).contains(&wobble), "{wobble}");
}
