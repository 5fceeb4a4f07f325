//! Real recordings of other people, read where they lie: no panic, no file unaccounted for, and
//! our figures against the device's own. `cargo test --test corpus -- --nocapture` prints the
//! table.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests say what they expect"
)]

#[path = "corpus/table.rs"]
mod table;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use lightfoot::prepare::vendor_summary::Definition;
use table::{Row, Verdict};

/// Where the corpus lies, beside the checkout; `None` with a line where it is absent.
fn corpus() -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    if path.is_dir() {
        return Some(path);
    }
    println!("skipped: no recordings at ../shared/corpus");
    None
}

/// Sports of each file, as its catalogue states them.
fn catalogue(corpus: &Path) -> BTreeMap<String, String> {
    let mut reader = csv::Reader::from_path(corpus.join("CATALOG.csv")).unwrap();
    let headers = reader.headers().unwrap().clone();
    let place = |name: &str| headers.iter().position(|h| h == name).unwrap();
    let (file, sport) = (place("file"), place("sport"));
    reader.records().flatten().map(|r| (r[file].to_owned(), r[sport].to_owned())).collect()
}

/// Files whose verdict differs from what their catalogue's sport suggests, with the reason.
const OTHERWISE: &[(&str, &str)] =
    &[("gpx/georust__gpx__strava_route_example.gpx", "a planned route: no point carries a time")];

/// Sessions that miss a tolerance, with the reason.
const EXCEPTIONS: &[(&str, &str)] = &[
    (
        "fit/dtcooper__python-fitparse__compressed-speed-distance.fit",
        "Forerunner 70: its average (176) contradicts its own steps over its timer (161); records \
         every 5 s above zero give 173.8",
    ),
    (
        "tcx/GoldenCheetah__sweatpy__3173437224.tcx",
        "timer: the laps state 5 s more than the points span, 3510 against 3505",
    ),
    (
        "tcx/roznet__connectstats__activity_234979239.tcx",
        "timer: the format has no timer events, nine pauses are inferred from gaps (its FIT twin \
         agrees within 1.2 s)",
    ),
];

/// Sessions shorter than this are not held against the device.
const LONG_ENOUGH_S: f64 = 600.0;
/// Share of the device's timer time that the records must speak for.
const COVERED_SHARE: f64 = 0.9;

/// Whether a session can be held against the device's average cadence.
fn comparable(row: &Row) -> bool {
    let timer = row.timer.device.unwrap_or(0.0);
    row.verdict == Verdict::Run
        && row.step_rate.difference().is_some()
        && timer >= LONG_ENOUGH_S
        && row.covered_s >= COVERED_SHARE * timer
}

#[test]
fn every_file_is_accounted_for() {
    let Some(corpus) = corpus() else { return };
    let rows = table::rows(&corpus);
    println!("{}", table::text(&rows));
    let sports = catalogue(&corpus);
    let mut wrong = Vec::new();
    for (file, sport) in &sports {
        let own: Vec<&Row> = rows.iter().filter(|row| row.file == *file).collect();
        assert!(!own.is_empty(), "{file} has no row");
        for row in &own {
            if let Verdict::Nothing(why) | Verdict::Unreadable(why) | Verdict::Other(why) =
                &row.verdict
            {
                assert!(!why.is_empty(), "{file}: no reason");
            }
        }
        let runs = own.iter().any(|row| row.verdict == Verdict::Run);
        let stated = sport.to_lowercase();
        let expected = stated.split('+').any(|s| s == "running" || s == "run");
        let judged = stated.is_empty();
        let known = OTHERWISE.iter().any(|(name, _)| name == file);
        if runs != expected && !judged && !known {
            wrong.push(format!(
                "{file}: sport `{sport}`, verdicts {:?}",
                own.iter().map(|r| &r.verdict).collect::<Vec<_>>()
            ));
        }
    }
    assert_eq!(sports.len(), 106);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn our_figures_agree_with_the_devices_own() {
    let Some(corpus) = corpus() else { return };
    let rows = table::rows(&corpus);
    let excused = |row: &Row| EXCEPTIONS.iter().any(|(name, _)| *name == row.file);
    let mut misses = Vec::new();
    let mut miss = |row: &Row, what: &str, pair: table::Pair| {
        if !excused(row) {
            misses.push(format!("{} #{}: {what} {pair:?} {:?}", row.file, row.part, row.issues));
        }
    };
    let (mut sessions, mut agreeing) = (0_u32, 0_u32);
    for row in rows.iter().filter(|row| comparable(row)) {
        let tolerance = if row.whole_strides { 2.0 } else { 1.0 };
        let close = row.step_rate.difference().is_some_and(|d| d.abs() <= tolerance);
        if row.definition != Some(Definition::Unknown) {
            sessions += 1;
            agreeing += u32::from(close);
        }
        if !close {
            miss(row, "step rate", row.step_rate);
        }
        let share =
            row.distance.difference().zip(row.distance.device).map(|(d, all)| d.abs() / all);
        if share.is_some_and(|s| s > 0.005) {
            miss(row, "distance", row.distance);
        }
        if row.timer.difference().is_some_and(|d| d.abs() > 3.0) {
            miss(row, "timer", row.timer);
        }
    }
    println!(
        "{agreeing} of {sessions} sessions agree in step rate with a device of known definition"
    );
    assert!(sessions > 0);
    assert!(f64::from(agreeing) >= 0.95 * f64::from(sessions), "{agreeing} of {sessions}");
    assert!(misses.is_empty(), "{}", misses.join("\n"));
}

/// Share of running-dynamics averages that must lie within [`DYNAMICS_SHARE`] of the device's:
/// smart recording leaves a few further off.
const DYNAMICS_AGREEING: f64 = 0.9;
/// How close a mean over all records lies to the device's own, as a share.
const DYNAMICS_SHARE: f64 = 0.01;

#[test]
fn running_dynamics_agree_with_the_devices_own() {
    let Some(corpus) = corpus() else { return };
    let rows = table::rows(&corpus);
    let (mut stated, mut agreeing) = (0_u32, 0_u32);
    for row in rows.iter().filter(|row| comparable(row)) {
        let off = |pair: &table::Pair| Some(pair.difference()? / pair.device?);
        let shares: Vec<f64> = row.dynamics.iter().filter_map(off).collect();
        if !shares.is_empty() {
            println!(
                "{}: {:+.2?} %",
                row.file,
                shares.iter().map(|s| 100.0 * s).collect::<Vec<_>>()
            );
        }
        for share in shares {
            stated += 1;
            agreeing += u32::from(share.abs() <= DYNAMICS_SHARE);
        }
    }
    println!("{agreeing} of {stated} averages of running dynamics agree within 1 %");
    assert!(stated > 0 && f64::from(agreeing) >= DYNAMICS_AGREEING * f64::from(stated));
}
