//! Pages that an earlier run of the program left behind: they go when nothing leads there any more,
//! and nothing else ever goes.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "the functions of a test say what they expect, like its tests"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

const MARCH: [&str; 3] = ["2026-03-03-easy.fit", "2026-03-05-tempo.fit", "2026-03-07-easy.fit"];

/// A folder `runs` with three samples.
fn with_runs(folder: &str) -> TempDir {
    let here = tempfile::tempdir().unwrap();
    add(here.path(), folder, &MARCH);
    here
}

fn add(here: &Path, folder: &str, names: &[&str]) {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    fs::create_dir_all(here.join(folder)).unwrap();
    for name in names {
        fs::copy(samples.join(name), here.join(folder).join(name)).unwrap();
    }
}

fn lightfoot(here: &Path, words: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lightfoot"));
    command.current_dir(here).env("HOME", here).env_remove("XDG_CONFIG_HOME");
    let output = command.args(words).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{words:?}\n{said}");
    output
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// Names in a folder, without the digits of a hash.
fn names(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).unwrap();
    let name = |entry: fs::DirEntry| entry.file_name().into_string().unwrap();
    entries.map(|entry| name(entry.unwrap())).collect()
}

fn days(folder: &Path) -> Vec<String> {
    let dated = names(folder).into_iter().filter(|name| name.starts_with("2026-"));
    dated.map(|name| name[..10].to_owned()).collect()
}

const REPORT: [&str; 6] = ["report", "runs", "-o", "page.html", "--runs", "pages"];

#[test]
fn a_run_that_is_gone_takes_its_page_along_and_nothing_else() {
    let here = with_runs("runs");
    let here = here.path();
    let first = lightfoot(here, &REPORT);
    assert!(!said(&first).contains("removed"), "{}", said(&first));
    let pages = here.join("pages");
    assert_eq!(days(&pages), ["2026-03-03", "2026-03-05", "2026-03-07"]);
    // What looks like ours and is not: a copy of a page under another list, a page of another
    // program under our kind of name, a page that only speaks of the mark, notes, a folder.
    let own = names(&pages).into_iter().next().unwrap();
    let page = fs::read_to_string(pages.join(&own)).unwrap();
    let mark = page.split_once("<meta name=\"lightfoot-listed-by\"").unwrap().1;
    let mark = mark.split_once('>').unwrap().0;
    let kept = [
        ("2026-01-01-0badcafe.html", "<!DOCTYPE html><html><head><title>mine</title>".to_owned()),
        ("about.html", format!("<p>its pages hold <meta name=\"lightfoot-listed-by\"{mark}>")),
        ("notes.txt", page.clone()),
        ("empty.html", String::new()),
    ];
    for (name, text) in &kept {
        fs::write(pages.join(name), text).unwrap();
    }
    fs::create_dir(pages.join("folder.html")).unwrap();
    fs::copy(here.join("page.html"), pages.join("main.html")).unwrap();
    lightfoot(
        here,
        &["report", "runs", "-o", "other.html", "--runs", "pages", "--since", "2026-03-07"],
    );
    fs::remove_file(here.join("runs").join(MARCH[0])).unwrap();
    // The 7 March page is the other list's now; the one of the 5th is still ours.
    let quiet = lightfoot(here, &[&REPORT[..], &["--quiet"]].concat());
    assert_eq!(said(&quiet), "");
    assert_eq!(days(&pages), ["2026-01-01", "2026-03-05", "2026-03-07"]);
    fs::remove_file(here.join("runs").join(MARCH[1])).unwrap();
    let last = lightfoot(here, &REPORT);
    assert!(
        said(&last).contains("removed 1 page of an earlier run of lightfoot from pages"),
        "{}",
        said(&last)
    );
    assert_eq!(days(&pages), ["2026-01-01", "2026-03-07"]);
    for (name, text) in &kept {
        assert_eq!(&fs::read_to_string(pages.join(name)).unwrap(), text, "{name}");
    }
    assert!(pages.join("folder.html").is_dir() && pages.join("main.html").is_file());
}

#[test]
fn two_lists_that_share_a_folder_keep_their_pages() {
    let here = with_runs("ada");
    let here = here.path();
    add(here, "bob", &["2026-05-12-hills.fit", "2026-05-14-hills.fit"]);
    for name in ["ada", "bob", "ada"] {
        let page = format!("{name}.html");
        let output = lightfoot(here, &["report", name, "-o", &page, "--runs", "pages"]);
        assert!(!said(&output).contains("removed"), "{}", said(&output));
    }
    assert_eq!(names(&here.join("pages")).len(), 5);
}

#[cfg(unix)]
#[test]
fn a_link_is_left_alone() {
    let here = with_runs("runs");
    let here = here.path();
    lightfoot(here, &REPORT);
    let pages = here.join("pages");
    let own = names(&pages).into_iter().next().unwrap();
    fs::copy(pages.join(&own), here.join("elsewhere.html")).unwrap();
    std::os::unix::fs::symlink(here.join("elsewhere.html"), pages.join("link.html")).unwrap();
    lightfoot(here, &REPORT);
    assert!(pages.join("link.html").is_symlink() && here.join("elsewhere.html").is_file());
}

#[test]
fn an_athlete_who_left_takes_the_pages_along() {
    // The last two weeks hold a run that is much longer than the month before: it has a page.
    let spring = ["2026-05-24-long.fit", "2026-05-31-long.fit", "2026-06-07-long.fit"];
    let spike = ["2026-06-14-long.fit.gz"];
    let here = tempfile::tempdir().unwrap();
    let here = here.path();
    for name in ["squad/Ada", "squad/Bob"] {
        add(here, name, &spring);
        add(here, name, &spike);
    }
    let coach = ["coach", "squad", "-o", "monday.html"];
    lightfoot(here, &coach);
    let pages = here.join("monday-athletes");
    let runs_of = |name: &str| days(&pages.join(name));
    assert_eq!(runs_of("ada"), ["2026-06-14"], "{:?}", names(&pages));
    fs::write(pages.join("bob").join("talk.txt"), "call him").unwrap();
    fs::write(pages.join("README.html"), "<!DOCTYPE html>mine").unwrap();
    // Ada's long run goes, and Bob goes.
    fs::remove_file(here.join("squad/Ada").join(spike[0])).unwrap();
    fs::remove_dir_all(here.join("squad/Bob")).unwrap();
    let output = lightfoot(here, &coach);
    assert!(said(&output).contains("removed 3 pages of an earlier run"), "{}", said(&output));
    let left: Vec<String> = names(&pages).into_iter().collect();
    assert_eq!(left, ["README.html", "ada.html", "bob"]);
    assert_eq!(names(&pages.join("bob")), BTreeSet::from(["talk.txt".to_owned()]));
    let again = lightfoot(here, &coach);
    assert!(!said(&again).contains("removed"), "{}", said(&again));
}

#[test]
fn a_copy_to_share_has_no_pages_of_runs_and_says_why() {
    let here = with_runs("runs");
    let mut command = Command::new(env!("CARGO_BIN_EXE_lightfoot"));
    command.current_dir(here.path()).env("HOME", here.path());
    let output = command.args(REPORT).arg("--share").output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let said = said(&output);
    assert!(said.contains("matched to a map") && said.contains("Leave out one"), "{said}");
    assert!(!here.path().join("page.html").exists() && !here.path().join("pages").exists());
}
