//! Two runs, two periods, before and after a date: what is found, what is refused, and how often
//! nothing is called something.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod analyses;

use analyses::{Draft, Law, history_of};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use lightfoot::compare::{Comparison, Difference, Kind, Question, compare};
use lightfoot::segment::Dynamics;
use lightfoot::settings::{DaySpan, Settings};
use lightfoot::stats::Random;
use lightfoot::trend::{History, Sureness};
use lightfoot::{Analysis, segment::Piece};

fn day(n: i64) -> Date {
    date(2026, 1, 5).checked_add(n.days()).unwrap()
}

fn build(runs: Vec<Analysis>) -> History {
    History::build(runs, &Settings::default())
}

fn measure<'a>(c: &'a Comparison, id: &str) -> &'a Difference {
    c.measures.iter().find(|m| m.id == id).unwrap().difference.as_ref().unwrap()
}

fn unavailable<'a>(c: &'a Comparison, id: &str) -> &'a str {
    c.measures.iter().find(|m| m.id == id).unwrap().unavailable.as_deref().unwrap()
}

/// A run of exact segments: speeds, with one step rate each.
fn exact(day: f64, segments: &[(f64, f64)]) -> Analysis {
    let mut draft = Draft::new(day, 8_000.0);
    draft.pieces = segments
        .iter()
        .enumerate()
        .map(|(k, (speed, spm))| Piece {
            start_s: 30.0 * k as f64,
            duration_s: 30.0,
            speed_m_s: *speed,
            step_rate_spm: *spm,
            steady: true,
            ..Piece::default()
        })
        .collect();
    draft.build()
}

#[test]
fn two_runs_are_compared_where_they_share_speeds() {
    // 2.6 m/s: eight minutes at 160 against four at 163; 3.1 m/s: four at 168 against eight at 174;
    // 3.6 m/s: in the second run only. Shared weights 4 and 4: (3 + 6) / 2.
    let minutes = |n: usize, at: (f64, f64)| vec![at; 2 * n];
    let first = exact(0.0, &[minutes(8, (2.6, 160.0)), minutes(4, (3.1, 168.0))].concat());
    let second = exact(
        3.0,
        &[minutes(4, (2.6, 163.0)), minutes(8, (3.1, 174.0)), minutes(5, (3.6, 190.0))].concat(),
    );
    let c = compare(&build(vec![first, second]), Question::Runs(0, 1));
    assert_eq!(c.kind, Kind::Runs);
    let d = measure(&c, "step_rate");
    assert!((d.change - 4.5).abs() < 1e-9, "{d:?}");
    assert!((d.first - 164.0).abs() < 1e-9 && (d.second - 168.5).abs() < 1e-9, "{d:?}");
    assert_eq!((d.n, d.n_unit), ((8, 8), "min"));
    // Without a history single runs scatter by 2.6: 1.96 x 1.414 x 2.6 = 7.2, so nothing is told.
    assert!((d.usual_wander.unwrap() - 7.207).abs() < 0.001);
    assert_eq!(d.sureness, Sureness::CannotTell);
    let (low, high) = d.interval.unwrap();
    assert!(low <= 4.5 - 7.2 && high >= 4.5 + 7.2, "{d:?}");
}

#[test]
fn two_runs_without_four_shared_minutes_are_not_compared() {
    let slow = exact(0.0, &[(2.6, 160.0); 20]);
    let fast = exact(2.0, &[vec![(3.6, 175.0); 20], vec![(2.6, 161.0); 7]].concat());
    let history = build(vec![slow, fast]);
    let c = compare(&history, Question::Runs(0, 1));
    assert!(unavailable(&c, "step_rate").contains("four minutes"));
    assert!(c.controls.iter().any(|k| k.id == "speed" && k.moved.is_none()));
}

/// Of pairs of runs in which only the usual scatter of runs differs, how many are called anything.
fn pairs_called(sd: f64, seed: u64) -> f64 {
    let called = (0..200)
        .filter(|k| {
            let law = Law { between: 0.1, ..Law::ROAD };
            let runs = history_of(2, 2.0, &law, sd, seed + k, |_| 166.0);
            let c = compare(&build(runs), Question::Runs(0, 1));
            measure(&c, "step_rate").sureness != Sureness::CannotTell
        })
        .count();
    called as f64 / 200.0
}

/// 200 pairs have a standard error of 1.5 points at 5 %.
#[test]
fn a_pair_that_differs_by_scatter_alone_is_seldom_called() {
    let (usual, wide) = (pairs_called(2.0, 10), pairs_called(2.6, 900));
    println!("placebo pairs: SD 2.0 {usual:.3}, SD 2.6 {wide:.3}");
    assert!(usual <= 0.06 && wide <= 0.095, "{usual} {wide}");
}

#[test]
fn the_runner_s_own_scatter_replaces_the_assumed_one() {
    let runs = history_of(40, 2.0, &Law { between: 0.05, ..Law::ROAD }, 1.0, 5, |_| 166.0);
    let history = build(runs);
    let d = *measure(&compare(&history, Question::Runs(3, 30)), "step_rate");
    // Scatter 1 spm between runs and some from inside them.
    assert!((2.4..4.5).contains(&d.usual_wander.unwrap()), "{d:?}");
}

#[test]
fn a_step_at_a_date_is_found_and_controls_are_beside_it() {
    let level = |d: f64| if d >= 60.0 { 171.0 } else { 166.0 };
    let mut runs = history_of(60, 2.0, &Law { between: 0.1, ..Law::ROAD }, 1.5, 1, level);
    for run in runs.iter_mut().skip(30) {
        run.meta.device.firmware = Some("12.3".to_owned());
        run.pieces.change(|piece| {
            piece.speed_m_s += 0.3;
            piece.step_rate_spm += 2.7;
        });
    }
    let history = build(runs);
    let c = compare(&history, Question::At(day(60)));
    assert_eq!((c.kind, c.date), (Kind::BeforeAfter, Some(day(60))));
    let d = measure(&c, "adjusted_cadence");
    let (low, high) = d.interval.unwrap();
    assert!(low < 5.0 && high > 5.0 && d.sureness == Sureness::Clear, "{d:?}");
    assert_eq!(d.n, (30, 30));
    let speed = c.controls.iter().find(|k| k.id == "speed").unwrap();
    assert_eq!(speed.moved, Some(true), "{speed:?}");
    assert!((speed.second - speed.first - 0.3).abs() < 0.1);
    let time = c.controls.iter().find(|k| k.id == "duration").unwrap();
    assert_ne!(time.moved, Some(true), "all runs are as long");
    assert!(c.changed_too.iter().any(|l| l.starts_with("Firmware") && l.contains("12.3")));
    assert!(unavailable(&c, "ground_contact_time").contains("not recorded"));
}

#[test]
fn periods_without_enough_runs_say_so_and_still_show_the_controls() {
    let law = Law { between: 0.1, ..Law::ROAD };
    let history = build(history_of(30, 2.0, &law, 1.0, 2, |_| 166.0));
    let span = |a: i64, b: i64| DaySpan::new(day(a), day(b)).unwrap();
    let c = compare(&history, Question::Periods(span(0, 9), span(20, 59)));
    assert!(unavailable(&c, "adjusted_cadence").contains("5 and 20 runs"), "{:?}", c.measures[0]);
    assert_eq!((c.sides[0].runs.len(), c.sides[1].runs.len()), (5, 20));
    assert!(c.controls.iter().all(|k| k.interval.is_none()));
    let ok = compare(&history, Question::Periods(span(0, 19), span(20, 59)));
    assert_eq!(measure(&ok, "adjusted_cadence").n, (10, 20));
    assert_eq!(ok.kind, Kind::Periods);
}

#[test]
fn another_watch_is_named_and_not_compared() {
    let mut runs = history_of(40, 2.0, &Law::ROAD, 1.0, 3, |_| 166.0);
    for run in runs.iter_mut().skip(20) {
        run.meta.epoch.device = "Watch B".to_owned();
    }
    let c = compare(&build(runs), Question::At(day(40)));
    assert!(unavailable(&c, "adjusted_cadence").contains("watch or a sensor changed"));
    assert!(c.changed_too.iter().any(|l| l.contains("Watch A") && l.contains("Watch B")), "{c:?}");
}

/// Runs with a sensor: contact time falls by 40 ms per m/s, scatters by 5 ms from run to run (with
/// some likeness of neighbours), and shifts by `step` from a run on.
fn sensed(runs: usize, from: usize, step: f64, faster: f64, seed: u64) -> History {
    let mut random = Random::new(seed);
    let mut carried = 0.0;
    let mut all = history_of(runs, 2.0, &Law { between: 0.1, ..Law::ROAD }, 1.5, seed, |_| 166.0);
    for (k, run) in all.iter_mut().enumerate() {
        carried = 0.2 * carried + 5.0 * 0.98 * random.normal();
        run.dynamics = Dynamics::Measured;
        run.meta.epoch.dynamics = "strap".to_owned();
        run.pieces.change(|piece| {
            if k >= from {
                piece.speed_m_s += faster;
                piece.step_rate_spm += 9.0 * faster;
            }
            let moved = if k >= from { step } else { 0.0 };
            let time =
                250.0 - 40.0 * (piece.speed_m_s - 2.8) + carried + moved + 4.0 * random.normal();
            piece.ground_contact_time_ms = Some(time);
        });
    }
    build(all)
}

#[test]
fn contact_time_is_compared_at_the_same_speed_where_a_sensor_measured_it() {
    // Faster by 0.25 m/s, which alone takes 10 ms off; the planted step is +15 ms.
    let history = sensed(60, 30, 15.0, 0.25, 8);
    let c = compare(&history, Question::At(day(60)));
    let d = measure(&c, "ground_contact_time");
    let (low, high) = d.interval.unwrap();
    assert!(low < 15.0 && high > 15.0 && low > 8.0, "{d:?}");
    assert_eq!(d.sureness, Sureness::Clear, "{d:?}");
    assert!((d.second - d.first - d.change).abs() < 1e-9);
    let mut estimated = history.runs.clone();
    for run in &mut estimated {
        run.dynamics = Dynamics::Estimated;
    }
    let c = compare(&build(estimated), Question::At(day(60)));
    assert!(unavailable(&c, "ground_contact_time").contains("evidence of nothing"));
}

/// Vertical ratio goes with step rate as one set: where some runs lack it, none is compared by it.
#[test]
fn runs_are_compared_by_the_components_that_all_of_them_have() {
    let mut random = Random::new(12);
    let mut ratio = |run: &mut Analysis, known: bool| {
        run.dynamics = Dynamics::Measured;
        run.meta.epoch.dynamics = "strap".to_owned();
        run.pieces.change(|piece| {
            let (dv, noise) = (piece.speed_m_s - 2.8, random.normal());
            piece.ground_contact_time_ms = Some(250.0 - 40.0 * dv + 5.0 * noise);
            piece.vertical_ratio_percent = known.then_some(8.0 - dv + 0.2 * noise);
        });
    };
    let mut build_with = |lacking: &[usize]| {
        let mut runs = history_of(40, 2.0, &Law { between: 0.1, ..Law::ROAD }, 1.0, 7, |_| 166.0);
        for (k, run) in runs.iter_mut().enumerate() {
            ratio(run, !lacking.contains(&k));
        }
        build(runs)
    };
    let all = compare(&build_with(&[]), Question::At(day(40)));
    assert!(measure(&all, "vertical_ratio").change.abs() < 0.1);
    let some = build_with(&[3, 30]);
    let c = compare(&some, Question::At(day(40)));
    let why = unavailable(&c, "vertical_ratio");
    assert!(why.contains("38 of these 40 runs"), "{why}");
    // Contact time is no component: it is compared by the runs that have it.
    assert!(c.measures.iter().any(|m| m.id == "ground_contact_time" && m.difference.is_some()));
    let pair = compare(&some, Question::Runs(3, 10));
    assert!(unavailable(&pair, "vertical_ratio").contains("1 of these 2 runs"));
    assert!(measure(&compare(&some, Question::Runs(9, 10)), "vertical_ratio").n.0 >= 4);
}

#[test]
fn what_is_not_known_of_the_wandering_is_said() {
    let level = |d: f64| if d >= 60.0 { 174.0 } else { 166.0 };
    let said = |runs: usize, at: i64| {
        let all = history_of(runs, 2.0, &Law { between: 0.1, ..Law::ROAD }, 1.0, 1, level);
        let c = compare(&build(all), Question::At(day(at)));
        (measure(&c, "adjusted_cadence").usual_wander, lightfoot::report::compare::sentence(&c))
    };
    let (wander, sentence) = said(60, 60);
    assert!(
        wander.is_none() && sentence.contains("not known yet; that takes 35 runs"),
        "{sentence}"
    );
    let (wander, sentence) = said(60, 80);
    assert!(wander.is_some() && !sentence.contains("not known"), "{sentence}");
}

/// 120 histories have a standard error of 2 points at 5 %.
#[test]
fn contact_time_that_did_not_change_is_seldom_called() {
    let (mut told, mut clear) = (0, 0);
    for seed in 0..120 {
        let c = compare(&sensed(40, 20, 0.0, 0.1, 5_000 + seed), Question::At(day(40)));
        let sure = measure(&c, "ground_contact_time").sureness;
        told += u32::from(sure != Sureness::CannotTell);
        clear += u32::from(sure == Sureness::Clear);
    }
    println!("placebo contact time: told {told} of 120, clear {clear}");
    assert!(told <= 13, "{told} of 120 told");
    assert!(clear <= 4, "{clear} of 120 called clear");
}
