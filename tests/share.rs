//! Copies for other eyes: a page to share gives away no name, word, date or route, and keeps every
//! number; the handout is twelve weeks and no opinion.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples")
}

/// What a report of the samples writes.
fn written(options: &[&str]) -> String {
    let here = tempfile::tempdir().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_lightfoot"))
        .current_dir(here.path())
        .env("HOME", here.path())
        .env_remove("XDG_CONFIG_HOME")
        .arg("report")
        .arg(samples())
        .args(options)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn document(options: &[&str]) -> Value {
    let text = written(&[&["--json"], options].concat());
    serde_json::from_str(&text).unwrap()
}

/// What must not be found in a shared copy: names of files, of the runner and of shoes, words of
/// notes, titles, hashes.
fn secrets() -> Vec<String> {
    let whole = document(&[]);
    let mut secrets: Vec<String> = [
        "for Ada",
        "\"Ada\"",
        "2026-0",
        "Mar 2026",
        "Apr 2026",
        "May 2026",
        "Jun 2026",
        "notes.csv",
    ]
    .map(str::to_owned)
    .to_vec();
    for run in whole["runs"].as_array().unwrap() {
        let file = run["file"].as_str().unwrap();
        secrets.push(Path::new(file).file_name().unwrap().to_str().unwrap().to_owned());
        for key in ["shoe", "text"] {
            secrets.extend(run["notes"][key]["value"].as_str().map(str::to_owned));
        }
        // A title may be words that any page says.
        secrets.extend(run["title"].as_str().map(|title| format!("\"{title}\"")));
    }
    for input in whole["inputs"].as_array().unwrap() {
        secrets.push(input["blake3"].as_str().unwrap().to_owned());
    }
    for note in whole["pain"].as_array().unwrap() {
        secrets.extend(note["text"].as_str().map(str::to_owned));
    }
    // "easy" and "new watch" are words that any page says.
    secrets.retain(|s| s.len() > 9 || s.starts_with(['"', 'M', 'A', 'J']));
    secrets.sort();
    secrets.dedup();
    secrets
}

#[test]
fn a_shared_copy_gives_away_no_name_word_or_date() {
    let secrets = secrets();
    assert!(secrets.len() > 60, "{}", secrets.len());
    let pages = [
        written(&["--share", "-o", "-"]),
        written(&["--share", "--handout", "-o", "-"]),
        written(&["--share", "--json"]),
    ];
    for page in &pages {
        for secret in &secrets {
            assert!(!page.contains(secret.as_str()), "{secret}");
        }
    }
    assert!(pages[0].contains("A copy to share") && pages[1].contains("A copy to share"));
}

#[test]
fn a_shared_copy_keeps_every_number_and_every_distance_in_days() {
    let (own, shared) = (document(&[]), document(&["--share"]));
    let list = |d: &Value, key: &str| d[key].as_array().unwrap().clone();
    let (own_runs, shared_runs) = (list(&own, "runs"), list(&shared, "runs"));
    assert_eq!(own_runs.len(), shared_runs.len());
    let day = |r: &Value| -> jiff::civil::Date { r["day"].as_str().unwrap().parse().unwrap() };
    let apart = |runs: &[Value]| -> Vec<i32> {
        runs.iter().map(|r| (day(r) - day(&runs[0])).get_days()).collect()
    };
    assert_eq!(apart(&own_runs), apart(&shared_runs));
    let moved = (day(&own_runs[0]) - day(&shared_runs[0])).get_days();
    assert_eq!(moved % 7, 0);
    assert_eq!(shared["weeks"][0]["monday"], "2001-01-01");
    for (a, b) in own_runs.iter().zip(&shared_runs) {
        for (x, y) in
            a["readings"].as_array().unwrap().iter().zip(b["readings"].as_array().unwrap())
        {
            assert_eq!((&x["id"], &x["value"]), (&y["id"], &y["value"]));
        }
    }
    let metres = |d: &Value| -> Vec<Value> {
        list(d, "weeks").iter().map(|w| w["distance_m"].clone()).collect()
    };
    assert_eq!(metres(&own), metres(&shared));
}

#[test]
fn a_handout_is_twelve_weeks_with_what_stands_beside_them() {
    let here = tempfile::tempdir().unwrap();
    let runs = here.path().join("runs");
    fs::create_dir(&runs).unwrap();
    for file in fs::read_dir(samples()).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), runs.join(file.file_name())).unwrap();
    }
    let pain = "date,pain_during,where,text\n2026-06-14,3,left knee,after the long run\n";
    fs::write(runs.join("notes.csv"), pain).unwrap();
    // It goes where a page goes, under a name of its own.
    let status = Command::new(env!("CARGO_BIN_EXE_lightfoot"))
        .current_dir(here.path())
        .env("HOME", here.path())
        .args(["report", "--handout", "-q", "runs"])
        .status()
        .unwrap();
    assert!(status.success());
    let page = fs::read_to_string(here.path().join("lightfoot-handout.html")).unwrap();
    assert!(!here.path().join("lightfoot-report.html").exists());
    assert_eq!(page.matches("<th scope=\"row\">").count(), 12);
    // A side is stated and pain is noted: both stand on it, and the signs once.
    for needed in ["Side of the road", "Pain, as noted", "When to see a professional", "left knee"]
    {
        assert_eq!(page.matches(needed).count(), 1, "{needed}");
    }
    // No interpretation: no card, no sureness, no option.
    for opinion in ["How sure", "deserves attention", "Keep the next", "metronome", "170–180"] {
        assert!(!page.contains(opinion), "{opinion}");
    }
}

/// What was damaged is named on the runner's own page, and nowhere on a copy for others.
#[test]
fn damaged_files_are_named_on_the_own_page_only() {
    let section = |page: &str| {
        let from = page.find("What was repaired").unwrap();
        page[from..].split("</section>").next().unwrap().to_owned()
    };
    let own = section(&written(&["-o", "-"]));
    let shared = section(&written(&["-o", "-", "--share"]));
    for file in ["2026-03-31-easy.fit", "2026-04-21-easy.fit", "2026-03-08-long.gpx"] {
        assert!(own.contains(file), "{file}");
        assert!(!shared.contains(file), "{file}");
    }
    assert!(!shared.contains("Which: "), "{shared}");
}
