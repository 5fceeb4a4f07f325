//! Before and after a named date, at matched speed.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod analyses;

use analyses::{Law, history_of};
use jiff::civil::date;
use lightfoot::trend::{History, NoComparison, Sureness};
use lightfoot::{Analysis, Settings};

/// Thirty runs each side of 6 March 2026 (day 60), every other day.
fn runs(step: f64, seed: u64) -> Vec<Analysis> {
    let level = move |day: f64| if day >= 60.0 { 166.0 + step } else { 166.0 };
    history_of(60, 2.0, &Law { between: 0.1, ..Law::ROAD }, 1.5, seed, level)
}

#[test]
fn a_step_at_the_named_date_is_found_at_matched_speed() {
    let mut runs = runs(5.0, 1);
    // Faster from the date on: raw cadence would rise by 9 spm per m/s more.
    for run in runs.iter_mut().skip(30) {
        run.pieces.change(|piece| {
            piece.speed_m_s += 0.3;
            piece.step_rate_spm += 2.7;
        });
    }
    let history = History::build(runs, &Settings::default());
    let found = history.before_after("adjusted_cadence", date(2026, 3, 6)).unwrap();
    let (low, high) = found.interval.unwrap();
    assert!(low < 5.0 && high > 5.0 && low > 2.0 && high < 8.0, "{found:?}");
    assert_eq!((found.runs.0.len(), found.runs.1.len()), (30, 30));
    assert_eq!(found.runs.1[0], 30);
    assert!((found.means.1 - found.means.0 - found.change).abs() < 1e-9);
    assert!(found.detectable_change.unwrap() < 3.0);
    assert_eq!(found.sureness, Sureness::Clear, "{found:?}");
}

#[test]
fn periods_need_not_touch() {
    let history = History::build(runs(5.0, 2), &Settings::default());
    let before = (date(2026, 1, 5), date(2026, 1, 31));
    let after = (date(2026, 4, 1), date(2026, 4, 30));
    let found = history.between_periods("adjusted_cadence", before, after).unwrap();
    assert!(found.runs.0.len() == 14 && found.runs.1.len() == 15, "{found:?}");
    assert!((found.change - 5.0).abs() < 2.5);
}

#[test]
fn what_cannot_be_compared_says_why() {
    let mut runs = runs(0.0, 3);
    let early = History::build(runs[..36].to_vec(), &Settings::default());
    assert_eq!(
        early.before_after("adjusted_cadence", date(2026, 3, 6)),
        Err(NoComparison::TooFewRuns { before: 30, after: 6, needed: 8 })
    );
    assert_eq!(early.before_after("nothing", date(2026, 3, 6)), Err(NoComparison::NoSeries));
    for run in runs.iter_mut().skip(30) {
        run.meta.epoch.device = "Watch B".to_owned();
    }
    let history = History::build(runs, &Settings::default());
    assert_eq!(
        history.before_after("adjusted_cadence", date(2026, 3, 6)),
        Err(NoComparison::DeviceChanged)
    );
}
