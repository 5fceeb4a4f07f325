//! The four weeks before a named day: what is counted, its place, and how often an ordinary date
//! shows as much.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod analyses;

use std::sync::Arc;

use analyses::{Draft, Law};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use lightfoot::before::{Before, HISTORY_DAYS, LOOKS, Place, before};
use lightfoot::journal::{NoteSource, PainNote, Stated};
use lightfoot::metrics::Reading;
use lightfoot::settings::{DaySpan, Settings};
use lightfoot::stats::Random;
use lightfoot::trend::History;
use lightfoot::{Analysis, activity::Origin};

/// The day of a number of days after the first.
fn day(n: i64) -> Date {
    date(2026, 1, 5).checked_add(n.days()).unwrap()
}

fn look(history: &History, onset: i64) -> Before {
    before(history, day(onset), &Settings::default()).unwrap()
}

fn value(b: &Before, id: &str) -> Option<f64> {
    b.rows.iter().find(|r| r.id == id).unwrap().value
}

fn place(b: &Before, id: &str) -> Option<Place> {
    b.rows.iter().find(|r| r.id == id).unwrap().place
}

fn hilly(day: f64, km: f64, descent: Option<f64>) -> Analysis {
    let mut draft = Draft::new(day, 1000.0 * km);
    draft.descent_m = descent;
    draft.build()
}

fn build(runs: Vec<Analysis>) -> History {
    History::build(runs, &Settings::default())
}

#[test]
fn the_window_is_the_28_days_before_the_day_and_not_the_day_itself() {
    let runs = vec![
        hilly(0.0, 50.0, None),
        hilly(2.0, 10.0, None),
        hilly(15.0, 8.0, None),
        hilly(15.3, 4.0, None),
        hilly(29.0, 6.0, None),
        hilly(30.0, 30.0, None),
    ];
    let b = look(&build(runs), 30);
    assert_eq!((b.first, b.last), (day(2), day(29)));
    assert_eq!(value(&b, "distance"), Some(28_000.0));
    assert_eq!((value(&b, "runs"), value(&b, "rest_days")), (Some(4.0), Some(25.0)));
    // The run of the day itself is shown apart: 30 km, three times the longest of 30 days (10 km
    // on day 2 and 50 km on day 0, which is the 30th day before).
    let on = b.on_the_day.unwrap();
    assert_eq!((on.runs, on.distance_m), (1, 30_000.0));
    assert!((on.spike_ratio.unwrap() - 0.6).abs() < 1e-9);
    assert!(before(&build(vec![hilly(5.0, 8.0, None)]), day(5), &Settings::default()).is_none());
}

#[test]
fn under_a_year_there_are_numbers_only() {
    let runs: Vec<_> = (0..130).map(|k| hilly(3.0 * f64::from(k), 8.0, None)).collect();
    let short = look(&build(runs.clone()), i64::from(HISTORY_DAYS) + 27);
    assert_eq!(short.history_days, 364);
    assert!(short.rows.iter().all(|r| r.place.is_none()));
    assert_eq!((short.looked_at, short.ordinary), (0, None));
    assert!(value(&short, "distance").unwrap() > 0.0);
    let long = look(&build(runs), i64::from(HISTORY_DAYS) + 28);
    assert_eq!(long.history_days, 365);
    assert!(place(&long, "distance").is_some() && long.ordinary.is_some());
    // 365 days hold 49 windows of 28 days that begin a week apart.
    assert_eq!(long.windows, 49);
}

#[test]
fn a_place_counts_windows_and_equals_are_on_neither_side() {
    let of = |value: f64| Place::of(value, (0..50).map(f64::from)).unwrap();
    let middle = of(20.0);
    assert_eq!((middle.less_in, middle.more_in, middle.of), (20, 29, 50));
    assert!(!middle.stands_out);
    // Ranks 1 of 51 on either side stand out, rank 2 (3.9 %) does not.
    assert!(of(50.0).stands_out && of(-1.0).stands_out);
    assert!(!of(48.5).stands_out && !of(0.5).stands_out && !of(49.0).stands_out);
    assert_eq!(Place::of(1.0, (0..38).map(f64::from)), None, "38 windows are too few");
    assert!(Place::of(99.0, (0..39).map(f64::from)).unwrap().stands_out);
    assert!(!Place::of(5.0, [5.0; 60].into_iter()).unwrap().stands_out, "equals never stand out");
}

#[test]
fn a_planted_month_of_hills_stands_out_and_nothing_else_does() {
    // 100 weeks of three equal runs; the last four weeks have three times the descent.
    let runs: Vec<_> = (0..300)
        .map(|k| {
            let wave = 1.0 + 0.1 * f64::from(k * 7 % 13) / 13.0;
            let steep = if k >= 288 { 3.0 } else { 1.0 };
            hilly(7.0 * f64::from(k) / 3.0, 8.0 * wave, Some(100.0 * wave * steep))
        })
        .collect();
    let b = look(&build(runs), 700);
    let descent = place(&b, "descent").unwrap();
    assert!(descent.stands_out && descent.less_in == descent.of, "{descent:?}");
    assert_eq!(b.stood_out, 1, "{:#?}", b.rows);
    assert!(!place(&b, "distance").unwrap().stands_out);
}

#[test]
fn descent_is_known_only_where_most_of_the_distance_knows_it() {
    let with = |known: usize| {
        let runs = (0..10)
            .map(|k| hilly(2.0 * k as f64, 8.0, (k < known).then_some(50.0)))
            .collect::<Vec<_>>();
        value(&look(&build(runs), 28), "descent")
    };
    assert_eq!(with(8), Some(400.0));
    assert_eq!(with(7), None);
}

#[test]
fn sides_come_from_the_runner_s_word() {
    let with = |stated: bool| {
        let runs = (0..4)
            .map(|k| {
                let mut draft = Draft::new(3.0 * f64::from(k), 10_000.0);
                let left = if k == 0 { 9_000.0 } else { 2_000.0 };
                let reading = Reading::minutes(0.0, 60.0, 1.0, Origin::native("test"))
                    .part("left_low_m", stated.then_some(left))
                    .part("right_low_m", stated.then_some(10_000.0 - left));
                draft.readings.push(("camber_exposure", reading.into()));
                draft.build()
            })
            .collect();
        value(&look(&build(runs), 20), "one_sided")
    };
    // Left 9 + 2 + 2 + 2, right 1 + 8 + 8 + 8: ten kilometres more with the right leg low.
    assert_eq!(with(true), Some(10_000.0));
    assert_eq!(with(false), None);
}

#[test]
fn shoes_and_surfaces_come_from_notes() {
    let stated = |value: &str| {
        Some(Stated {
            value: value.to_owned(),
            source: NoteSource::NotesFile,
            place: String::new(),
        })
    };
    let build = |noted: bool| {
        let runs = (0..20)
            .map(|k| {
                let mut run = hilly(3.0 * f64::from(k), 10.0, None);
                if noted {
                    Arc::make_mut(&mut run.noted).shoe =
                        stated(if k >= 16 { "New" } else { "Old" });
                    Arc::make_mut(&mut run.noted).surface =
                        stated(if k % 4 == 0 { "trail" } else { "road" });
                }
                run
            })
            .collect();
        look(&History::build(runs, &Settings::default()), 60)
    };
    // The window holds runs 11 to 19; the last four of the nine in the new pair, runs 12 and 16 on
    // a trail.
    let b = build(true);
    assert!((value(&b, "new_shoe_share").unwrap() - 4.0 / 9.0).abs() < 1e-9);
    assert!((value(&b, "unpaved_share").unwrap() - 2.0 / 9.0).abs() < 1e-9);
    let without = build(false);
    assert_eq!(value(&without, "new_shoe_share"), None);
    assert_eq!(value(&without, "unpaved_share"), None);
    let row = without.rows.iter().find(|r| r.id == "unpaved_share").unwrap();
    assert_eq!(row.unknown, Some("not noted"));
}

#[test]
fn cadence_is_compared_on_one_device_only() {
    let mut random = Random::new(3);
    let runs: Vec<_> = (0..170)
        .map(|k| {
            let mut draft = Draft::new(3.0 * f64::from(k), 8_000.0);
            if k >= 100 {
                draft.device = "Watch B";
            }
            let level = 165.0 + if k >= 100 { 6.0 } else { 0.0 } + 0.3 * random.normal();
            draft.under(&Law::ROAD, level, 25, &mut random).build()
        })
        .collect();
    let b = look(&build(runs), 510);
    assert!((value(&b, "cadence_at_own_speed").unwrap() - 171.0).abs() < 1.0);
    // Watch B has windows from day 300 on: 27 before the window's first day 482, too few.
    assert_eq!(place(&b, "cadence_at_own_speed"), None);
    assert!(place(&b, "distance").is_some());
}

#[test]
fn windows_with_missing_files_are_not_compared_with() {
    let runs: Vec<_> = (0..200).map(|k| hilly(3.0 * f64::from(k), 8.0, None)).collect();
    let mut settings = Settings::default();
    let whole = before(&build(runs.clone()), day(600), &settings).unwrap().windows;
    settings.runner.missing_files = vec![DaySpan::new(day(100), day(106)).unwrap()];
    let history = History::build(runs, &settings);
    // A week is in the 28 days of five windows that begin a week apart.
    assert!([4, 5].contains(&(whole - before(&history, day(600), &settings).unwrap().windows)));
}

#[test]
fn an_open_gap_before_the_window_is_told() {
    let mut runs: Vec<_> = (0..10).map(|k| hilly(3.0 * f64::from(k), 8.0, None)).collect();
    runs.extend((0..20).map(|k| hilly(60.0 + 3.0 * f64::from(k), 8.0, None)));
    let history = build(runs);
    assert_eq!(look(&history, 100).open_gaps.len(), 1, "day 60 is within 30 days of day 72");
    assert!(look(&history, 119).open_gaps.is_empty());
}

/// An ordinary runner of two years: weeks that resemble the week before (AR(1), 0.7), a long run a
/// week, a pause now and then. Nothing happens to them.
fn ordinary_runner(seed: u64, weeks: i64, wander: f64) -> Vec<Analysis> {
    let mut random = Random::new(seed);
    let (mut form, mut slow) = (0.0, 0.0);
    let mut runs = Vec::new();
    let mut paused = 0;
    for week in 0..weeks {
        form = 0.7 * form + 0.2 * random.normal();
        slow += wander * random.normal();
        if paused == 0 && random.unit() < 0.03 {
            paused = 2;
        }
        if paused > 0 {
            paused -= 1;
            continue;
        }
        let count = 2 + random.below(4);
        for k in 0..count {
            let long = if k + 1 == count { 1.6 } else { 1.0 };
            let km = 8.0 * long * (form + slow + 0.15 * random.normal()).exp();
            let at = 7.0 * week as f64 + 7.0 * k as f64 / count as f64;
            let descent = 8.0 * km * (0.3 * random.normal()).exp();
            runs.push(hilly(at, km, Some(descent)));
        }
    }
    runs
}

/// Share of ordinary runners of whom something stands out on an ordinary date, and the mean of the
/// rates that they are told.
fn placebo(runners: u64, weeks: i64, wander: f64) -> (f64, f64) {
    let (mut stood, mut told) = (0.0, 0.0);
    for seed in 0..runners {
        let history = build(ordinary_runner(1_000 + seed, weeks, wander));
        let b = look(&history, 7 * weeks);
        let ordinary = b.ordinary.unwrap();
        stood += f64::from(u8::from(b.stood_out > 0));
        told += ordinary.any as f64 / ordinary.dates as f64;
    }
    (stood / runners as f64, told / runners as f64)
}

#[test]
fn an_ordinary_date_stands_out_as_often_as_it_is_told() {
    // 150 runners have a standard error of 2.7 points.
    let (stood, told) = placebo(150, 110, 0.0);
    println!("placebo: stood out {stood:.3}, told {told:.3}");
    assert!((stood - told).abs() < 0.08, "stood out {stood}, told {told}");
    assert!((0.05..0.35).contains(&told), "{told}");
}

#[test]
fn dates_on_which_something_hurt_are_no_ordinary_dates() {
    let runs: Vec<_> = (0..200).map(|k| hilly(3.0 * f64::from(k), 8.0, None)).collect();
    let mut history = build(runs);
    let calm = look(&history, 600).ordinary.unwrap();
    assert_eq!(calm.painful, 0);
    let note = |on: i64, during: f64| PainNote {
        day: day(on),
        run: None,
        during: Some(during),
        next_morning: None,
        place_on_body: None,
        side: None,
        text: None,
        source: NoteSource::NotesFile,
        place: String::new(),
    };
    // Dates are a week apart: each day stands for one of them. A zero is written down on purpose.
    history.pain = vec![note(300, 3.0), note(301, 1.0), note(400, 2.0), note(450, 0.0)];
    let some = look(&history, 600).ordinary.unwrap();
    assert!((2..=3).contains(&some.painful), "{some:?}");
    assert_eq!(some.dates + some.painful, calm.dates);
    // Every day hurts: nothing is ordinary, and no rate is told.
    history.pain = (0..600).map(|d| note(d, 4.0)).collect();
    let all = look(&history, 600);
    assert_eq!(all.ordinary, None);
    // Windows keep their place: pain takes no window out of the comparison.
    assert!(place(&all, "distance").is_some());
}

#[test]
fn the_table_of_looks_is_in_order() {
    let ids: std::collections::BTreeSet<_> = LOOKS.iter().map(|l| l.id).collect();
    assert_eq!(ids.len(), LOOKS.len());
    assert!(LOOKS.iter().all(|l| !l.unknown.is_empty() && !l.title.is_empty()));
}
