//! Load against the last 30 days: gates, breaks, the ceiling, and weeks.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod analyses;

use analyses::Draft;
use lightfoot::metrics::{Outcome, Reading};
use lightfoot::settings::Settings;
use lightfoot::trend::{GapAnswer, History};
use lightfoot::{Analysis, activity::Origin};

fn runs(of: &[(f64, f64)]) -> Vec<Analysis> {
    of.iter().map(|(day, km)| Draft::new(*day, 1000.0 * km).build()).collect()
}

fn build(of: &[(f64, f64)]) -> History {
    History::build(runs(of), &Settings::default())
}

fn spike(history: &History, run: usize) -> Result<Reading, &'static str> {
    match history.outcome(run, "single_run_spike").unwrap() {
        Outcome::Reading(reading) => Ok(reading.clone()),
        Outcome::Unavailable(why) => Err(why.code),
    }
}

#[test]
fn a_spike_is_measured_against_the_longest_of_30_days() {
    // 20 km on day 0 is 31 days before day 31 and does not count; 10 km on day 1 does.
    let history =
        build(&[(0.0, 20.0), (1.0, 10.0), (8.0, 8.0), (16.0, 9.0), (24.0, 7.0), (31.0, 15.0)]);
    let reading = spike(&history, 5).unwrap();
    assert!((reading.value - 1.5).abs() < 1e-9);
    assert_eq!(reading.get("longest_before_m"), Some(10_000.0));
    assert_eq!(reading.get("large_enough"), Some(1.0));
    assert_eq!(reading.get("after_break"), Some(0.0));
}

#[test]
fn three_runs_are_no_reference() {
    let history = build(&[(0.0, 5.0), (3.0, 5.0), (6.0, 5.0), (9.0, 15.0), (12.0, 5.0)]);
    assert_eq!(spike(&history, 3).unwrap_err(), "no_reference");
    assert!(spike(&history, 4).is_ok());
}

#[test]
fn runs_of_the_same_day_are_no_reference() {
    let history = build(&[(0.0, 5.0), (0.2, 5.0), (0.4, 5.0), (0.5, 5.0), (0.6, 9.0)]);
    assert_eq!(spike(&history, 4).unwrap_err(), "no_reference");
}

#[test]
fn a_small_excess_is_marked_as_too_small() {
    let history = build(&[(0.0, 3.0), (3.0, 3.0), (6.0, 3.0), (9.0, 3.0), (12.0, 4.9)]);
    let reading = spike(&history, 4).unwrap();
    assert!(reading.value > 1.6);
    assert_eq!(reading.get("large_enough"), Some(0.0));
}

#[test]
fn a_run_after_a_break_says_so() {
    let history = build(&[(0.0, 5.0), (3.0, 5.0), (6.0, 5.0), (9.0, 5.0), (22.0, 9.0)]);
    assert_eq!(spike(&history, 4).unwrap().get("after_break"), Some(1.0));
    assert_eq!(history.gaps.len(), 1);
    assert_eq!(history.gaps[0].answer, GapAnswer::Open);
}

#[test]
fn a_file_without_distance_has_no_spike() {
    let mut all = runs(&[(0.0, 5.0), (3.0, 5.0)]);
    all[1].readings = Default::default();
    all[1].summary = Default::default();
    let history = History::build(all, &Settings::default());
    assert_eq!(spike(&history, 1).unwrap_err(), "no_distance");
}

#[test]
fn the_ceiling_is_a_tenth_over_the_longest_of_30_days() {
    let mut of = vec![(0.0, 30.0)];
    of.extend((0..6).map(|k| (31.0 + 4.0 * f64::from(k), 8.0 + f64::from(k % 3))));
    let history = build(&of);
    let ceiling = history.ceiling.unwrap();
    assert_eq!(ceiling.longest_m, 10_000.0);
    assert!((ceiling.distance_m.unwrap() - 11_000.0).abs() < 1e-6);
    assert_eq!(ceiling.runs, 6);
    let few = build(&[(0.0, 10.0), (5.0, 11.0)]);
    assert_eq!(few.ceiling.unwrap().distance_m, None);
}

#[test]
fn descent_counts_by_barometer_only() {
    let hilly = |day: f64, descent: Option<f64>| {
        let mut draft = Draft::new(day, 10_000.0);
        draft.descent_m = descent;
        draft.build()
    };
    let descents = [100.0, 120.0, 80.0, 110.0, 400.0];
    let all: Vec<_> =
        descents.iter().enumerate().map(|(k, d)| hilly(4.0 * k as f64, Some(*d))).collect();
    let history = History::build(all.clone(), &Settings::default());
    let value = |h: &History, run| h.reading(run, "descent_spike").map(|r| r.value);
    assert!((value(&history, 4).unwrap() - 400.0 / 120.0).abs() < 1e-9);
    let mut satellite = all;
    for run in &mut satellite {
        run.meta.altitude_source = lightfoot::activity::AltitudeSource::Satellite;
    }
    let history = History::build(satellite, &Settings::default());
    assert_eq!(value(&history, 4), None);
    assert!(history.weeks.iter().all(|w| w.descent_m.is_none()));
    assert_eq!(history.ceiling.unwrap().largest_descent_m, None);
}

#[test]
fn weekly_change_is_a_number_with_a_base() {
    let history = build(&[(0.0, 10.0), (3.0, 10.0), (7.0, 12.0), (10.0, 12.0)]);
    let change = history.reading(3, "weekly_change").unwrap().value;
    // Days 4 to 10 hold 24 km, days -3 to 3 hold 20 km.
    assert!((change - 20.0).abs() < 1e-9, "{change}");
    let small = build(&[(0.0, 2.0), (8.0, 12.0)]);
    assert!(small.reading(1, "weekly_change").is_none());
}

#[test]
fn weeks_have_no_holes() {
    let history = build(&[(0.0, 10.0), (1.0, 12.0), (23.0, 5.0)]);
    let runs: Vec<usize> = history.weeks.iter().map(|w| w.frequency()).collect();
    assert_eq!(runs, vec![2, 0, 0, 1]);
    assert_eq!(history.weeks[0].distance_m, 22_000.0);
    assert_eq!(history.weeks[0].longest_m, 12_000.0);
    assert_eq!(history.weeks[1].mean_duration_s(), None);
    assert!(history.weeks[2].complete && !history.weeks[3].complete);
    assert!(history.weeks.windows(2).all(|w| (w[1].monday - w[0].monday).get_days() == 7));
}

#[test]
fn sides_are_added_only_where_they_are_stated() {
    let with = |day: f64, left: Option<f64>| {
        let reading = Reading::minutes(9_000.0, 60.0, 1.0, Origin::native("test"))
            .part("ceiling_m", Some(9_000.0))
            .part("left_low_m", left)
            .part("right_low_m", left.map(|l| 9_000.0 - l));
        let mut draft = Draft::new(day, 9_000.0);
        draft.readings.push(("camber_exposure", reading.into()));
        draft.build()
    };
    let all = vec![with(0.0, Some(7_000.0)), with(2.0, None), with(8.0, None)];
    let history = History::build(all, &Settings::default());
    assert_eq!(history.weeks[0].camber.left_low_m, Some(7_000.0));
    assert_eq!(history.weeks[0].camber.right_low_m, Some(2_000.0));
    assert_eq!(history.weeks[0].camber.ceiling_m, 18_000.0);
    assert_eq!(history.weeks[1].camber.left_low_m, None);
}

#[test]
fn a_clock_that_is_wrong_by_centuries_does_not_fill_the_memory() {
    let history = build(&[(0.0, 5.0), (700_000.0, 5.0)]);
    assert!(history.weeks.len() < 6_000);
    assert_eq!(history.weeks.last().unwrap().frequency(), 1);
}
