//! Real recordings of other people, read where they lie: no panic, no file unaccounted for, and
//! our figures against the device's own. `cargo test --test corpus -- --nocapture` prints the
//! table.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests say what they expect"
)]

#[path = "corpus/agreement.rs"]
mod agreement;
#[path = "corpus/table.rs"]
mod table;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use agreement::{EXCEPTIONS, QUANTITIES, comparable};
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
    let text = agreement::text(&rows);
    println!("{text}");
    let (sessions, agreeing) = agreement::of_known_definition(&rows);
    println!(
        "{agreeing} of {sessions} sessions agree in step rate with a device of known definition"
    );
    assert!(sessions > 0);
    assert!(agreeing as f64 >= 0.95 * sessions as f64, "{agreeing} of {sessions}");
    let misses: Vec<_> = QUANTITIES.iter().flat_map(|q| agreement::held(&rows, q).1).collect();
    let unexplained: Vec<String> =
        misses.iter().filter(|m| m.reason().is_none()).map(agreement::Miss::line).collect();
    assert!(unexplained.is_empty(), "{}", unexplained.join("\n"));
    let stale: Vec<_> = EXCEPTIONS
        .iter()
        .filter(|e| !misses.iter().any(|m| m.row.file == e.0 && m.quantity.name == e.1))
        .collect();
    assert!(stale.is_empty(), "these agree by now: {stale:?}");
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/validation.md");
    let shown = std::fs::read_to_string(page).unwrap_or_default();
    assert!(shown.contains(&text), "docs/validation.md shows other tables:\n{text}");
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
