//! The cadence law recovers what was planted, from inside runs only.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod analyses;

use analyses::{Draft, Law, history_of};
use lightfoot::Settings;
use lightfoot::stats::Random;
use lightfoot::trend::History;

#[test]
fn planted_slopes_are_recovered() {
    let runs = history_of(40, 2.0, &Law::TRAIL, 2.0, 1, |_| 166.0);
    let history = History::build(runs, &Settings::default());
    let model = &history.models[0];
    assert!((model.speed_slope - 9.0).abs() < 0.6, "{model:?}");
    assert!((model.reference_step_rate_spm - 166.0).abs() < 1.0, "{model:?}");
    assert!((model.downhill_slope.unwrap() + 50.0).abs() < 10.0, "{model:?}");
    assert!((model.uphill_slope.unwrap() + 10.0).abs() < 10.0, "{model:?}");
    let (low, high) = model.speed_slope_interval.unwrap();
    assert!(low < 9.0 && high > 9.0 && high - low < 1.5, "{low} {high}");
    assert!(!model.shrunk && model.speed_curvature.is_none());
}

/// Faster runs with a lower level, as when a runner trains for speed in old shoes: the slope
/// must not see differences between runs.
#[test]
fn differences_between_runs_do_not_enter_the_slope() {
    let mut random = Random::new(2);
    let runs = (0..40)
        .map(|k| {
            let fast = f64::from(k % 2);
            let law = Law { speed: 2.6 + 0.6 * fast, between: 0.0, ..Law::ROAD };
            let level = 170.0 - 8.0 * fast + law.slope * (law.speed - 2.6);
            Draft::new(f64::from(k), 8_000.0).under(&law, level, 60, &mut random).build()
        })
        .collect();
    let history = History::build(runs, &Settings::default());
    assert!((history.models[0].speed_slope - 9.0).abs() < 0.6, "{:?}", history.models[0]);
}

#[test]
fn runs_without_grade_have_no_grade_terms() {
    let history =
        History::build(history_of(25, 2.0, &Law::ROAD, 2.0, 3, |_| 166.0), &Settings::default());
    let model = &history.models[0];
    assert_eq!((model.uphill_slope, model.downhill_slope), (None, None));
}

#[test]
fn few_segments_lean_on_other_runners_and_say_so() {
    let law = Law { slope: 30.0, within: 0.02, between: 0.0, ..Law::ROAD };
    let history = History::build(history_of(1, 1.0, &law, 0.0, 4, |_| 166.0), &Settings::default());
    let model = &history.models[0];
    assert!(model.shrunk && model.speed_slope_interval.is_none());
    assert!((3.0..12.0).contains(&model.speed_slope), "{model:?}");
    assert!((model.reference_step_rate_spm - 166.0).abs() < 2.0);
}

#[test]
fn wild_segments_are_trimmed() {
    let mut runs = history_of(30, 2.0, &Law::ROAD, 1.0, 5, |_| 166.0);
    for run in &mut runs {
        let mut left = 3;
        run.pieces.change(|piece| {
            if left > 0 {
                left -= 1;
                piece.step_rate_spm = 225.0;
                piece.speed_m_s = 3.4;
            }
        });
    }
    let model = History::build(runs, &Settings::default()).models[0].clone();
    assert!((model.speed_slope - 9.0).abs() < 0.8, "{model:?}");
    assert!((model.reference_step_rate_spm - 166.0).abs() < 1.0, "{model:?}");
}

#[test]
fn a_bent_law_is_followed_only_over_a_wide_span() {
    let bend = |runs: &mut Vec<lightfoot::Analysis>| {
        for run in runs {
            run.pieces.change(|piece| piece.step_rate_spm += 4.0 * (piece.speed_m_s - 2.8).powi(2));
        }
    };
    let mut wide = history_of(40, 2.0, &Law { within: 0.45, ..Law::ROAD }, 1.0, 6, |_| 166.0);
    bend(&mut wide);
    let model = History::build(wide, &Settings::default()).models[0].clone();
    assert!((model.speed_curvature.unwrap() - 4.0).abs() < 1.0, "{model:?}");
    let mut narrow = history_of(40, 2.0, &Law { within: 0.15, ..Law::ROAD }, 1.0, 6, |_| 166.0);
    bend(&mut narrow);
    assert_eq!(History::build(narrow, &Settings::default()).models[0].speed_curvature, None);
}

/// A law that is known stays: another month of runs does not move what is said of the past, a year
/// does.
#[test]
fn a_settled_law_stays_for_a_year() {
    // Speeds span 0.7 m/s: enough for a slope, too little for a bend.
    let law = Law { between: 0.1, within: 0.2, ..Law::ROAD };
    let all = history_of(220, 2.0, &law, 2.0, 11, |_| 166.0);
    let model =
        |runs: usize| History::build(all[..runs].to_vec(), &Settings::default()).models[0].clone();
    let (few, first, later, next_year) = (model(19), model(20), model(60), model(210));
    assert!(few.shrunk && few.settled_runs == 19);
    assert!(!first.shrunk && first.settled_runs == 20 && later.settled_runs == 20);
    assert!((first.speed_slope - later.speed_slope).abs() < 1e-9, "{first:?} {later:?}");
    assert_eq!((later.runs, later.segments), (60, 3600));
    // Run 20 lies on day 38; a year later is day 403, run 202.
    assert!((201..=203).contains(&next_year.settled_runs), "{}", next_year.settled_runs);
    assert!((next_year.speed_slope - 9.0).abs() < (first.speed_slope - 9.0).abs().max(0.2));
}

#[test]
fn a_run_far_from_the_reference_speed_has_no_value_there() {
    let mut runs = history_of(20, 2.0, &Law::ROAD, 1.0, 7, |_| 166.0);
    let mut random = Random::new(8);
    let race = Law { speed: 4.2, between: 0.0, within: 0.1, ..Law::ROAD };
    runs.push(Draft::new(50.0, 10_000.0).under(&race, 180.0, 60, &mut random).build());
    let short = Draft::new(51.0, 1_000.0).under(&Law::ROAD, 166.0, 6, &mut random).build();
    let brief = Draft::new(52.0, 2_000.0).under(&Law::ROAD, 166.0, 14, &mut random).build();
    let mut indoor = Draft::new(53.0, 8_000.0).under(&Law::ROAD, 150.0, 60, &mut random);
    indoor.indoor = true;
    runs.extend([short, brief, indoor.build()]);
    let history = History::build(runs, &Settings::default());
    let code = |run| match history.outcome(run, "adjusted_cadence").unwrap() {
        lightfoot::Outcome::Unavailable(u) => u.code,
        lightfoot::Outcome::Reading(_) => "reading",
    };
    assert_eq!(code(20), "far_from_reference_speed");
    assert_eq!(code(21), "too_little_steady_running");
    assert_eq!(code(22), "reading");
    assert_eq!(code(23), "indoor");
    let series = history.series_of("adjusted_cadence").unwrap();
    let shown = series.points.iter().find(|p| p.run == 22).unwrap();
    assert!(!shown.trended && series.points.iter().all(|p| p.trended || p.run == 22));
}

#[test]
fn a_value_s_interval_holds_the_truth() {
    let runs = history_of(60, 2.0, &Law::ROAD, 0.0, 9, |_| 166.0);
    let history = History::build(runs, &Settings::default());
    let series = history.series_of("adjusted_cadence").unwrap();
    let inside =
        series.points.iter().filter_map(|p| p.interval).filter(|(l, h)| *l < 166.0 && *h > 166.0);
    assert!(inside.count() >= 54, "the intervals are meant to be wide enough for real wandering");
}
