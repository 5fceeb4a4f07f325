//! Any bytes as each of the tables that speak of runs: the runner's own notes and those of services.

use std::path::{Path, PathBuf};

use lightfoot::Settings;
use lightfoot::intake::{open_each, walk};
use lightfoot::journal::{self, Note};
use lightfoot::read::Limits;
use lightfoot::report::assemble::{People, assemble};
use lightfoot::report::{Fate, WRITERS};
use lightfoot::stopwatch::Stopwatch;

/// Tables by their names.
const NAMES: &[&str] =
    &["notes.csv", "activities.csv", "ada_0_summarizedActivities.json", "ada_gear.json"];
/// The run that they may speak of.
const RUN: &str = "activities/1.gpx";
/// Points of the run. **chosen**: too few for most metrics, for the tables are what is tried.
const POINTS: usize = 30;

/// The same bytes as every table, beside a run.
pub fn tables(bytes: &[u8]) {
    let folder = tempfile::tempdir().expect("a folder for the tables");
    let put = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("it is made");
        std::fs::write(&path, bytes).expect("it is written");
    };
    NAMES.iter().for_each(|name| put(name, bytes));
    put(RUN, run().as_bytes());
    notes_of(folder.path());
    let walked = walk(&[folder.path().to_owned()], &Limits::default());
    let settings = Settings::default();
    let Ok(report) = assemble(&walked, || (), &settings, None, People::Anybody) else {
        panic!("anybody's runs are never refused");
    };
    assert_eq!(report.history.runs.len(), 1, "no table loses a run: {:?}", report.inputs);
    for fate in report.inputs.iter().flat_map(|input| &input.fates) {
        if let Fate::Skipped { reason, .. } = fate {
            assert!(!reason.is_empty() && !reason.contains("fault of ours"), "{reason}");
        }
    }
    for writer in WRITERS {
        let written = writer.text(&report);
        assert!(written.is_ok(), "{}: {written:?}", writer.name);
    }
    alone(bytes);
}

/// What the tables of a folder say is in range and says where it stands.
fn notes_of(folder: &Path) {
    let given: [PathBuf; 1] = [folder.to_owned()];
    let limits = Limits::default();
    let opened = open_each(&walk(&given, &limits), &limits, &Stopwatch::stopped(), |_| ());
    opened.notes.iter().for_each(check);
    for file in &opened.notes_files {
        assert!(file.issues.iter().all(|issue| !issue.message.is_empty()));
        assert!(opened.notes.iter().filter(|n| file.holds(&n.place)).count() <= file.rows);
    }
}

/// The runner's own notes, read twice, are the same.
fn alone(bytes: &[u8]) {
    let (once, again) = (journal::read(bytes, "notes.csv"), journal::read(bytes, "notes.csv"));
    assert_eq!(once, again);
    assert!(once.rows <= bytes.len(), "no row is made up");
}

fn check(note: &Note) {
    let said = &note.said;
    for of_ten in [said.exertion, said.pain_during, said.pain_next_morning].into_iter().flatten() {
        assert!((0.0..=10.0).contains(&of_ten), "{note:?}");
    }
    for number in [said.crossfall_percent, said.unpaved_m, said.steps].into_iter().flatten() {
        assert!(number.is_finite() && number >= 0.0, "{note:?}");
    }
    let texts = [&said.title, &said.surface, &said.shoe, &said.pain_where, &said.text];
    for text in texts.into_iter().flatten() {
        assert!(!text.trim().is_empty(), "an empty text says nothing: {note:?}");
    }
    assert!(!note.place.is_empty(), "{note:?}");
}

fn run() -> String {
    let points: String = (0..POINTS)
        .map(|i| {
            let (minute, second) = (i * 4 / 60, i * 4 % 60);
            format!(
                "<trkpt lat='47.{:05}' lon='8.5'><time>2026-05-03T07:{minute:02}:{second:02}Z\
                 </time><extensions><cad>84</cad></extensions></trkpt>",
                12 * i
            )
        })
        .collect();
    format!("<gpx creator='x'><trk><type>running</type><trkseg>{points}</trkseg></trk></gpx>")
}
