//! The house as a test: nothing imports from a room above its own, and what a crate is chosen for
//! stays in the room that it was chosen for.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "the functions of a test say what they expect, like its tests"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Rooms from low to high. `lib` is what `lib.rs` itself defines (`Analysis`, `analyze`).
const ROOMS: &[&str] = &[
    "units",
    "references",
    "education",
    "stats",
    "stopwatch",
    "activity",
    "read",
    "settings",
    "quantities",
    "journal",
    "intake",
    "prepare",
    "segment",
    "metrics",
    "run",
    "lib",
    "trend",
    "before",
    "compare",
    "findings",
    "charts",
    "report",
    "coach",
];

/// Upward imports that are meant, each with its reason.
const MEANT: &[(&str, &str, &str)] = &[(
    "metrics",
    "trend",
    "metrics of the past read the runs before this one, and those are what trend lays out",
)];

/// Crates that only these places may name, by the beginning of the path under `src`.
const CRATES: &[(&str, &[&str])] = &[
    ("statrs", &["stats/"]),
    ("plotters", &["charts/"]),
    ("fitparser", &["cli/"]),
    ("quick_xml", &["read/"]),
    ("crc_fast", &["read/"]),
    ("gpx", &["report/", "read/"]),
    ("maud", &["report/html", "coach/page", "charts/"]),
    ("clap", &["cli/"]),
    ("anyhow", &["cli/"]),
    ("anstream", &["cli/"]),
    ("indicatif", &["cli/"]),
    ("toml", &["cli/"]),
    ("etcetera", &["cli/"]),
];

fn sources(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, into);
        } else if path.extension().is_some_and(|e| e == "rs") {
            into.push(path);
        }
    }
}

/// All source files with their path under `src`, without comments and in-file tests.
fn code() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    sources(&root, &mut paths);
    paths.sort();
    paths
        .into_iter()
        .filter(|path| !path.to_string_lossy().ends_with("_tests.rs"))
        .map(|path| {
            let name = path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
            let text = fs::read_to_string(&path).unwrap();
            let text = text.split("#[cfg(test)]").next().unwrap_or_default().to_owned();
            let lines = text.lines().filter(|l| !l.trim_start().starts_with("//"));
            (name, lines.collect::<Vec<_>>().join("\n"))
        })
        .collect()
}

/// Names that follow `crate::` at their first level, groups in braces included.
fn imported(code: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for (at, found) in code.match_indices("crate::") {
        let rest = &code[at + found.len()..];
        if let Some(group) = rest.strip_prefix('{') {
            let mut depth = 0;
            let mut item = String::new();
            for c in group.chars() {
                match c {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' if depth == 0 => names.extend(first_name(&std::mem::take(&mut item))),
                    _ => {}
                }
                if depth == 0 && c != ',' {
                    item.push(c);
                }
            }
            names.extend(first_name(&item));
        } else {
            names.extend(first_name(rest));
        }
    }
    names
}

fn first_name(path: &str) -> Option<String> {
    let name: String =
        path.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    (!name.is_empty()).then_some(name)
}

/// Room that a first-level name belongs to; names that `lib.rs` passes on belong to their origin.
fn room_of(name: &str) -> &str {
    match name {
        "Activity" => "activity",
        "Metric" | "METRICS" | "Outcome" | "Reading" => "metrics",
        "FORMATS" | "Recording" => "read",
        "Settings" => "settings",
        "Analysis" | "analyze" | "analyze_timed" => "lib",
        room => room,
    }
}

fn level(room: &str) -> usize {
    ROOMS.iter().position(|r| *r == room).unwrap_or_else(|| {
        panic!("`{room}` is no room of the house: put it into ROOMS where it belongs")
    })
}

#[test]
fn no_import_runs_upward() {
    let mut upward = Vec::new();
    let mut used = BTreeSet::new();
    for (file, text) in code() {
        let room = file.split(['/', '.']).next().unwrap();
        if ["main", "lib", "cli"].contains(&room) {
            continue;
        }
        for name in imported(&text) {
            let target = room_of(&name);
            if level(target) <= level(room) {
                continue;
            }
            if MEANT.iter().any(|(from, to, _)| *from == room && *to == target) {
                used.insert((room.to_owned(), target.to_owned()));
            } else {
                upward.push(format!("src/{file} looks up into {target}"));
            }
        }
    }
    assert!(upward.is_empty(), "{}", upward.join("\n"));
    for (from, to, _) in MEANT {
        let key = ((*from).to_owned(), (*to).to_owned());
        assert!(used.contains(&key), "no file of {from} looks up into {to}: take it off the list");
    }
}

#[test]
fn every_room_of_the_library_is_in_the_order() {
    let lib = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).unwrap();
    for line in lib.lines() {
        if let Some(name) = line.strip_prefix("pub mod ").and_then(|l| l.strip_suffix(';')) {
            level(name);
        }
    }
}

#[test]
fn each_crate_stays_in_its_room() {
    let mut strays = Vec::new();
    for (file, text) in code() {
        for (name, rooms) in CRATES {
            let named = [format!("{name}::"), format!("use {name};")]
                .iter()
                .any(|needle| names_crate(&text, needle));
            if named && !rooms.iter().any(|room| file.starts_with(room)) {
                strays
                    .push(format!("src/{file} names the crate {name}, which belongs to {rooms:?}"));
            }
        }
    }
    assert!(strays.is_empty(), "{}", strays.join("\n"));
}

/// Whether a path begins with the crate: not a module or a name that ends like it.
fn names_crate(code: &str, needle: &str) -> bool {
    code.match_indices(needle).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        let module = code[..at].ends_with("super::")
            || code[..at].ends_with("self::")
            || code[..at].ends_with("crate::");
        !module && !before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':' || c == '"')
    })
}

#[test]
fn unescaped_markup_is_written_in_one_place() {
    let bold: Vec<String> = code()
        .into_iter()
        .filter(|(file, text)| text.contains("PreEscaped") && file != "report/html/trusted.rs")
        .map(|(file, _)| file)
        .collect();
    assert!(bold.is_empty(), "only the reviewed file may write raw markup, not {bold:?}");
}

/// Lines about cadence that double something else, by file and a part of the line.
const DOUBLES_OF_OTHER_THINGS: &[(&str, &str)] = &[("metrics/form_drift.rs", "overlap_s")]; // two halves of a run share the overlap

#[test]
fn the_factor_two_stands_in_one_place() {
    let mut guesses = Vec::new();
    for (file, text) in code() {
        if file == "units.rs" {
            continue;
        }
        for line in text.lines() {
            let about = line.contains("cadence") || line.contains("stride") || line.contains("spm");
            let doubled =
                ["2.0 *", "* 2.0", "* 2 ", "2 *", "/ 2.0"].iter().any(|w| line.contains(w));
            let meant =
                DOUBLES_OF_OTHER_THINGS.iter().any(|(f, part)| *f == file && line.contains(part));
            if about && doubled && !meant {
                guesses.push(format!("src/{file}: {}", line.trim()));
            }
        }
    }
    assert!(guesses.is_empty(), "{}", guesses.join("\n"));
}

#[test]
fn the_reading_of_imports_sees_groups_and_paths() {
    let names = imported("use crate::{a::{b, c}, d};\nlet x = crate::e::f();");
    let expected: BTreeSet<String> = ["a", "d", "e"].iter().map(|s| (*s).to_owned()).collect();
    assert_eq!(names, expected);
}
