//! Real GPX and TCX files: every one read, counts as catalogued independently.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "the functions of a test say what they expect, like its tests"
)]

use std::path::{Path, PathBuf};

use lightfoot::activity::{IssueKind, Sport, SummaryKey};
use lightfoot::read::{Field, Limits, ReadOutput, Recording, read};

fn corpus() -> Option<PathBuf> {
    let path = Path::new("../shared/corpus");
    if !path.join("CATALOG.csv").is_file() {
        println!("skipped: no real recordings in {}", path.display());
        return None;
    }
    Some(path.to_owned())
}

fn rows(root: &Path) -> Vec<std::collections::HashMap<String, String>> {
    let mut table = csv::Reader::from_path(root.join("CATALOG.csv")).unwrap();
    table.deserialize().map(|row| row.unwrap()).collect()
}

fn read_file(path: &Path) -> ReadOutput {
    let bytes = std::fs::read(path).unwrap();
    read(&bytes, &Limits::default()).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn present(recording: &Recording, field: Field) -> usize {
    recording.columns_of(field).map(|c| c.values.present()).max().unwrap_or(0)
}

/// Catalogued points that have no time are no recording here; the catalogue counts them.
#[test]
fn every_file_reads_and_its_points_are_counted() {
    let Some(root) = corpus() else { return };
    let mut files = 0;
    for row in rows(&root).iter().filter(|row| row["format"] != "fit") {
        let file = &row["file"];
        let output = read_file(&root.join(file));
        let count: usize = output.recordings.iter().map(|r| r.times_ms.len()).sum();
        let stated: usize = row["n_records"].parse().unwrap();
        let odd = &row["odd"];
        println!(
            "{file}: {count} of {stated}; {:?}; {:?}",
            output.not_an_activity.as_ref().map(|n| n.what.as_str()),
            output.recordings.iter().map(|r| (&r.sport, r.issues.len())).collect::<Vec<_>>()
        );
        if odd.contains("no time on any point") {
            assert_eq!(output.not_an_activity.unwrap().what, "route without times", "{file}");
        } else if odd.contains("no trkpt") {
            assert!(output.not_an_activity.is_some(), "{file}");
        } else if file.ends_with("tcx-courses.tcx") {
            assert_eq!(output.not_an_activity.unwrap().what, "course", "{file}");
        } else if file.ends_with("osm.gpx") {
            // 245 of 420 points stand in tracks without any time.
            assert_eq!(count, 420 - 245, "{file}");
        } else {
            assert_eq!(count, stated, "{file}");
            let cadence: usize = output.recordings.iter().map(|r| present(r, Field::Cadence)).sum();
            assert_eq!(cadence, row["n_cad"].parse::<usize>().unwrap(), "{file}");
        }
        files += 1;
    }
    assert!(files > 40, "the catalogue lists 43 GPX and TCX files, found {files}");
}

#[test]
fn cadence_medians_agree_with_the_catalogue() {
    let Some(root) = corpus() else { return };
    let mut checked = 0;
    for row in rows(&root).iter().filter(|row| row["format"] != "fit") {
        let Ok(stated) = row["cad_median"].parse::<f64>() else { continue };
        let output = read_file(&root.join(&row["file"]));
        let mut values: Vec<f64> = output
            .recordings
            .iter()
            .flat_map(|r| r.columns_of(Field::Cadence))
            .flat_map(|c| c.values.iter().flatten())
            .filter(|v| *v > 0.0)
            .collect();
        values.sort_by(f64::total_cmp);
        let median = values[values.len() / 2];
        assert!((median - stated).abs() <= 1.0, "{}: {median} for {stated}", row["file"]);
        checked += 1;
    }
    assert!(checked >= 7, "{checked}");
}

#[test]
fn a_garmin_tcx_brings_its_own_summary() {
    let Some(root) = corpus() else { return };
    let output = read_file(&root.join("tcx/roznet__connectstats__activity_234979239.tcx"));
    let [run] = output.recordings.as_slice() else { panic!("one activity") };
    assert_eq!(run.sport, Sport::Running);
    assert_eq!(run.device.name.as_deref(), Some("Garmin Forerunner 610"));
    assert_eq!(run.device.manufacturer.as_deref(), Some("garmin"));
    assert_eq!(run.device.product, Some(1345));
    assert_eq!(run.device.firmware.as_deref(), Some("2.80"));
    assert_eq!(run.laps_ms.len(), 6);
    // The laps' own figures, added up by hand: 568.929 + 517.218 + 534.799 + 546.366 + 534.54
    // + 155.298 s; steps 1550 + 1438 + 1478 + 1514 + 1462 + 360.
    assert!((run.summary.get(SummaryKey::TimerS).unwrap() - 2857.15).abs() < 0.01);
    assert_eq!(run.summary.get(SummaryKey::Steps), Some(7802.0));
    // Weighted by time: 82, 85, 84, 84, 82 and 76 strides.
    let cadence = run.summary.get(SummaryKey::StepRateSpm).unwrap();
    assert!((cadence - 82.974).abs() < 0.01, "{cadence}");
    // One leg: twice the cadence over the timer gives the steps that the watch counted.
    assert!((2.0 * cadence * 2857.15 / 60.0 - 7802.0).abs() < 7802.0 * 0.015);
}

#[test]
fn positions_that_are_no_numbers_are_an_issue() {
    let Some(root) = corpus() else { return };
    for (file, count) in
        [("gpx/placemark__togeojson__bad.gpx", 2), ("tcx/placemark__togeojson__bad.tcx", 3)]
    {
        let output = read_file(&root.join(file));
        let issues = &output.recordings[0].issues;
        let issue = issues.iter().find(|i| i.kind == IssueKind::Position).unwrap();
        assert_eq!(issue.count, count, "{file}");
    }
}
