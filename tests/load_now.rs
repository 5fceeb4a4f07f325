//! Where the load stands: the last days, the three parts, other sports beside them, gaps and the
//! runner's answers, and ratios only for those who ask.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod analyses;

use std::sync::Arc;

use analyses::{DAY, Draft, FIRST};
use jiff::Timestamp;
use jiff::civil::{Date, date};
use lightfoot::journal::{NoteSource, Stated};
use lightfoot::metrics::Outcome;
use lightfoot::settings::{DaySpan, LoadRatios, Settings};
use lightfoot::trend::{GapAnswer, History, OtherActivity, PartName};

fn build_with(of: &[(f64, f64)], settings: &Settings) -> History {
    let runs = of.iter().map(|(day, km)| Draft::new(*day, 1000.0 * km).build()).collect();
    History::build(runs, settings)
}

fn build(of: &[(f64, f64)]) -> History {
    build_with(of, &Settings::default())
}

fn other(day: f64, sport: &str, minutes: f64) -> OtherActivity {
    OtherActivity {
        start: Timestamp::from_second(FIRST + (day * DAY as f64) as i64).unwrap(),
        sport: sport.to_owned(),
        duration_s: 60.0 * minutes,
    }
}

fn span(first: Date, last: Date) -> DaySpan {
    DaySpan::new(first, last).unwrap()
}

#[test]
fn the_last_seven_days_are_counted_with_today() {
    // Day 7 lies seven days before day 14 and is out; days 8, 10, 10 and 14 are in.
    let history =
        build(&[(0.0, 5.0), (7.0, 9.0), (8.0, 5.0), (10.0, 4.0), (10.4, 3.0), (14.0, 6.0)]);
    let load = history.load.unwrap();
    assert_eq!((load.week_runs, load.rest_days), (4, Some(4)));
    assert!((load.week_distance_m - 18_000.0).abs() < 1e-9);
    assert_eq!(load.longest_streak_days, 2, "days 7 and 8");
    assert_eq!((load.week_other_sports_s, load.free_days), (None, None), "no other sport is known");
    assert_eq!(load.ratios, None, "nobody asked");
    let early = build(&[(0.0, 5.0), (2.0, 5.0)]).load.unwrap();
    assert_eq!(early.rest_days, None, "the first week has no seven days");
}

#[test]
fn other_sports_stand_beside_running_and_rest() {
    let mut history = build(&[(0.0, 5.0), (8.0, 5.0), (10.0, 4.0), (14.0, 6.0)]);
    let rides = vec![
        other(9.0, "cycling", 90.0),
        // The same ride, exported twice.
        other(9.0005, "cycling", 88.0),
        other(10.2, "swimming", 30.0),
        other(1.0, "cycling", 60.0),
        other(-400.0, "cycling", 60.0),
    ];
    history.set_beside(rides, &Settings::default());
    assert_eq!(history.other_sports.len(), 4);
    let load = history.load.as_ref().unwrap();
    // Days 8 to 14: running on 8, 10, 14; a ride on 9; a swim on a running day.
    assert_eq!((load.rest_days, load.free_days), (Some(4), Some(3)));
    assert!((load.week_other_sports_s.unwrap() - 7_200.0).abs() < 1e-9);
    let weeks: Vec<_> = history.weeks.iter().map(|w| w.other_sports_s.unwrap()).collect();
    assert_eq!(weeks, vec![3_600.0, 7_200.0, 0.0]);
}

#[test]
fn the_part_that_grew_is_named_only_when_it_grew_by_a_tenth() {
    // Eight weeks of three runs a week, then four weeks of four: frequency grew by a third.
    let days = |from: f64, weeks: u32, steps: &[f64]| -> Vec<f64> {
        (0..weeks)
            .flat_map(|w| {
                steps.iter().map(move |s| from + 7.0 * f64::from(w) + s).collect::<Vec<_>>()
            })
            .collect()
    };
    let mut all = days(0.0, 8, &[0.0, 2.0, 4.0]);
    all.extend(days(56.0, 4, &[0.0, 2.0, 4.0, 6.0]));
    let of: Vec<(f64, f64)> = all.iter().map(|d| (*d, 8.0)).collect();
    let parts = build(&of).load.unwrap().parts.unwrap();
    assert!(
        (parts.frequency.now - 4.0).abs() < 1e-9 && (parts.frequency.before - 3.0).abs() < 1e-9
    );
    assert!((parts.time.now - parts.time.before).abs() < 1e-9);
    assert_eq!((parts.intensity, parts.most_changed), (None, Some(PartName::Frequency)));
    // The same number of runs, each 5 % longer: nothing is called changed.
    let mut same = days(0.0, 8, &[0.0, 2.0, 4.0, 6.0]);
    same.extend(days(56.0, 4, &[0.0, 2.0, 4.0, 6.0]));
    let of: Vec<(f64, f64)> =
        same.iter().map(|d| (*d, if *d >= 56.0 { 8.4 } else { 8.0 })).collect();
    let parts = build(&of).load.unwrap().parts.unwrap();
    assert_eq!(parts.most_changed, None);
    assert!((parts.time.now / parts.time.before - 1.05).abs() < 1e-9);
    // Seven weeks in all are no base.
    assert_eq!(build(&of[20..]).load.unwrap().parts, None);
}

#[test]
fn a_gap_is_asked_about_once() {
    let of = [(0.0, 5.0), (3.0, 5.0), (6.0, 5.0), (9.0, 5.0), (22.0, 9.0), (24.0, 9.0)];
    let open = build(&of);
    assert_eq!(open.gaps.len(), 1);
    assert_eq!(open.gaps[0].answer, GapAnswer::Open);
    let mut settings = Settings::default();
    settings.runner.no_running = vec![span(date(2026, 1, 15), date(2026, 1, 26))];
    let answered = build_with(&of, &settings);
    assert_eq!(answered.gaps[0].answer, GapAnswer::NoRunning);
    // A stated break is still a break: the jump after it is tagged, not coloured.
    let reading = |h: &History, run| h.reading(run, "single_run_spike");
    assert_eq!(reading(&answered, 4).unwrap().get("after_break"), Some(1.0));
    settings.runner = Default::default();
    settings.runner.missing_files = vec![span(date(2026, 1, 15), date(2026, 1, 26))];
    let missing = build_with(&of, &settings);
    assert_eq!(missing.gaps[0].answer, GapAnswer::FilesMissing);
    for (id, run) in [("single_run_spike", 4), ("single_run_spike", 5), ("weekly_change", 5)] {
        let code = match missing.outcome(run, id).unwrap() {
            Outcome::Unavailable(why) => why.code,
            Outcome::Reading(_) => "a number",
        };
        assert_eq!(code, "files_missing", "{id} of run {run}");
    }
    assert!(reading(&missing, 3).is_none_or(|r| r.value > 0.0), "runs before are not touched");
}

#[test]
fn activities_of_other_sports_in_a_gap_are_counted() {
    let mut history = build(&[(0.0, 5.0), (20.0, 5.0)]);
    history.set_beside(
        vec![other(0.3, "cycling", 60.0), other(5.0, "cycling", 60.0), other(6.0, "hiking", 60.0)],
        &Settings::default(),
    );
    assert_eq!(history.gaps[0].other_sports, 2, "the ride of the last running day is not in it");
}

#[test]
fn same_day_runs_are_sessions_with_a_day_total() {
    let of = [(0.0, 8.0), (3.0, 8.0), (6.0, 8.0), (9.0, 10.0), (12.0, 7.0), (12.4, 6.0)];
    let history = build(&of);
    for (run, ratio) in [(4, 0.7), (5, 0.6)] {
        let reading = history.reading(run, "single_run_spike").unwrap();
        assert!((reading.value - ratio).abs() < 1e-9, "each is a session");
        assert_eq!(reading.get("day_total_m"), Some(13_000.0));
        assert!((reading.get("day_total_ratio").unwrap() - 1.3).abs() < 1e-9);
    }
    let alone = history.reading(3, "single_run_spike");
    assert!(alone.is_none_or(|r| r.get("day_total_m").is_none()));
}

#[test]
fn the_descent_of_the_next_run_has_a_line_too() {
    let hilly = |descents: &[f64]| {
        let runs = descents.iter().enumerate().map(|(k, d)| {
            let mut draft = Draft::new(4.0 * k as f64, 10_000.0);
            draft.descent_m = Some(*d);
            draft.build()
        });
        History::build(runs.collect(), &Settings::default()).ceiling.unwrap()
    };
    let ceiling = hilly(&[100.0, 200.0, 80.0, 110.0]);
    assert!((ceiling.descent_m.unwrap() - 220.0).abs() < 1e-9);
    assert_eq!(hilly(&[100.0, 200.0, 80.0]).descent_m, None, "three runs are no reference");
    assert_eq!(hilly(&[10.0, 20.0, 80.0, 11.0]).descent_m, None, "no hill, no line");
}

#[test]
fn ratios_are_there_for_those_who_ask() {
    let settings = Settings { load_ratios: LoadRatios::Shown, ..Settings::default() };
    let of: Vec<(f64, f64)> = (0..35).map(|d| (f64::from(d), 8.4)).collect();
    let ratios = build_with(&of, &settings).load.unwrap().ratios.unwrap();
    // 8.4 km at 2.8 m/s: 50 minutes every day.
    assert!((ratios.week_min - 350.0).abs() < 1e-9);
    assert!((ratios.acute_ewma_min - 50.0).abs() < 1e-9);
    assert!((ratios.uncoupled_ratio.unwrap() - 1.0).abs() < 1e-9);
    assert_eq!((ratios.monotony, ratios.strain), (None, None), "every day the same");
    assert!(build(&of).load.unwrap().ratios.is_none());
}

#[test]
fn exertion_times_minutes_stands_beside_the_ratios_where_it_is_noted() {
    let build = |exertion: Option<f64>, shown: LoadRatios| {
        let settings = Settings { load_ratios: shown, ..Settings::default() };
        let runs = (0..35).map(|d| {
            let mut run = Draft::new(f64::from(d), 8_400.0).build();
            Arc::make_mut(&mut run.noted).exertion = exertion.map(|value| Stated {
                value,
                source: NoteSource::NotesFile,
                place: String::new(),
            });
            run
        });
        History::build(runs.collect(), &settings).load.unwrap()
    };
    // 50 minutes at 4 of 10 on seven days.
    let load = build(Some(4.0), LoadRatios::Shown).session_load.unwrap();
    assert!((load.week_load - 1_400.0).abs() < 1e-9);
    assert_eq!((load.week_runs, load.week_runs_stated, load.days), (7, 7, 35));
    assert!((load.uncoupled_ratio.unwrap() - 1.0).abs() < 1e-9);
    assert_eq!(build(None, LoadRatios::Shown).session_load, None, "nobody noted any");
    assert_eq!(build(Some(4.0), LoadRatios::Hidden).session_load, None, "nobody asked");
}

#[test]
fn chosen_thresholds_of_the_profile_hold_everywhere() {
    let of = [(0.0, 5.0), (3.0, 5.0), (6.0, 5.0), (15.0, 9.0)];
    let mut settings = Settings::default();
    let spike = |h: &History| h.reading(3, "single_run_spike");
    assert!(spike(&build_with(&of, &settings)).is_none(), "three runs are no reference");
    settings.rules.spike_reference_runs = 3.0;
    settings.rules.spike_least_excess_m = 5_000.0;
    settings.rules.gap_days = 8.0;
    let history = build_with(&of, &settings);
    let reading = spike(&history).unwrap();
    assert_eq!((reading.get("large_enough"), reading.get("after_break")), (Some(0.0), Some(1.0)));
    assert_eq!(history.gaps.len(), 1, "nine days");
    assert!(history.ceiling.unwrap().after_break);
    assert!(build_with(&of, &Settings::default()).gaps.is_empty());
}
