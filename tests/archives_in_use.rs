//! Archives through the whole program: what is printed, how it ends, and what memory it takes.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "the functions of a test say what they expect, like its tests"
)]

mod zip_maker;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use zip_maker::{Entry, gzip, zip};

fn samples() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let mut names: Vec<String> = fs::read_dir(&folder)
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .filter(|n| n.starts_with("2026-0") && !n.contains("track") && n.contains("easy"))
        .collect();
    names.sort();
    names.truncate(8);
    names.into_iter().map(|n| (n.clone(), fs::read(folder.join(n)).unwrap())).collect()
}

fn lightfoot(folder: &Path, words: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lightfoot"));
    command.current_dir(folder).env("HOME", folder).env_remove("XDG_CONFIG_HOME");
    command.args(words).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn an_archive_gives_the_same_for_any_number_of_threads_and_what_the_folder_gives() {
    let here = tempfile::tempdir().unwrap();
    let root = here.path();
    fs::create_dir(root.join("runs")).unwrap();
    let mut members = Vec::new();
    for (name, bytes) in samples() {
        fs::write(root.join("runs").join(&name), &bytes).unwrap();
        members.push(Entry::deflated(name, &bytes).sizes_behind());
    }
    let inner = zip(&members);
    fs::write(root.join("all.zip"), zip(&[Entry::deflated("runs.zip", &inner)])).unwrap();
    let rows = |path: &str, jobs: &str| {
        let output = lightfoot(root, &["export", path, "--format", "ndjson", "--jobs", jobs]);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        text(&output.stdout)
    };
    let one = rows("all.zip", "1");
    assert_eq!(one.lines().count(), 8);
    assert_eq!(one, rows("all.zip", "3"));
    assert_eq!(one.replace("all.zip/runs.zip/", "runs/"), rows("runs", "2"));
}

#[test]
fn an_archive_with_one_run_is_that_run_and_members_can_be_named() {
    let here = tempfile::tempdir().unwrap();
    let root = here.path();
    let all = samples();
    let member = |i: usize| Entry::deflated(&all[i].0, &all[i].1);
    fs::write(root.join("one.fit"), zip(&[member(0), Entry::stored("a.png", b"png")])).unwrap();
    fs::write(root.join("two.zip"), zip(&[member(0), member(1)])).unwrap();
    let shown = lightfoot(root, &["show", "one.fit"]);
    assert_eq!(shown.status.code(), Some(0), "{}", text(&shown.stderr));
    assert!(text(&shown.stdout).contains("Mar 2026"), "{}", text(&shown.stdout));
    let named = format!("two.zip/{}", all[1].0);
    let shown = lightfoot(root, &["show", &named]);
    assert_eq!(shown.status.code(), Some(0), "{}", text(&shown.stderr));
    let inspected = lightfoot(root, &["inspect", &named]);
    assert_eq!(inspected.status.code(), Some(0), "{}", text(&inspected.stderr));
    let both = lightfoot(root, &["show", "two.zip"]);
    assert_eq!(both.status.code(), Some(1));
    assert!(text(&both.stderr).contains("holds 2 files"), "{}", text(&both.stderr));
    let none = lightfoot(root, &["report", "two.zip/none.fit"]);
    assert!(text(&none.stderr).contains("is not in the archive"), "{}", text(&none.stderr));
}

#[test]
fn nothing_in_an_archive_is_skipped_in_silence() {
    let here = tempfile::tempdir().unwrap();
    let root = here.path();
    let mut members: Vec<Entry> =
        samples().into_iter().take(3).map(|(name, bytes)| Entry::deflated(name, &bytes)).collect();
    members.push(Entry::stored("photo.jpg", b"\xff\xd8\xff"));
    members.push(Entry::stored("training-session-1.json", b"{}"));
    for i in 0..5 {
        members.push(Entry::stored(format!("broken {i}.fit"), b"no recording"));
    }
    // Without the end of its directory.
    let mut bytes = zip(&members);
    bytes.truncate(bytes.len() - 30);
    fs::write(root.join("x.zip"), bytes).unwrap();
    let output = lightfoot(root, &["report", "x.zip", "-o", "x.html"]);
    assert_eq!(output.status.code(), Some(3), "{}", text(&output.stderr));
    let words = text(&output.stdout).split_whitespace().collect::<Vec<_>>().join(" ");
    let page = fs::read_to_string(root.join("x.html")).unwrap();
    for place in [&words, &page] {
        for said in ["5 files", "1 .jpg file", "export it from Polar Flow", "damaged archive"] {
            assert!(place.contains(said), "{said}: {words}");
        }
    }
    let json = text(&lightfoot(root, &["report", "x.zip", "--json"]).stdout);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["passed_over"][".jpg file"], 1);
    assert_eq!(json["inputs"].as_array().unwrap().len(), 3 + 5 + 1);
    let strict = lightfoot(root, &["report", "x.zip", "--strict", "-o", "-"]);
    assert_eq!(strict.status.code(), Some(1));
}

#[test]
fn a_limit_is_raised_by_its_name() {
    let here = tempfile::tempdir().unwrap();
    let root = here.path();
    let (name, bytes) = samples().remove(0);
    fs::write(root.join(&name), &bytes).unwrap();
    let refused = lightfoot(root, &["export", &name, "--limit", "input-bytes=1K"]);
    assert!(text(&refused.stderr).contains("--limit input-bytes=N"), "{}", text(&refused.stderr));
    assert_eq!(refused.status.code(), Some(3));
    let raised = lightfoot(root, &["export", &name, "--limit", "input-bytes=1G"]);
    assert_eq!(raised.status.code(), Some(0));
    let unknown = lightfoot(root, &["export", &name, "--limit", "inputs=1"]);
    assert_eq!(unknown.status.code(), Some(2));
    let said = text(&unknown.stderr);
    assert!(said.contains("archive-bytes") && said.contains("268435456"), "{said}");
}

/// The most memory that a run of the program held, in bytes.
#[cfg(target_os = "linux")]
fn peak(folder: &Path, words: &[&str]) -> u64 {
    use std::process::Stdio;
    let mut command = Command::new(env!("CARGO_BIN_EXE_lightfoot"));
    command.current_dir(folder).env("HOME", folder).args(words);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let mut most = 0;
    while child.try_wait().unwrap().is_none() {
        let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"));
        let kilobytes = line.and_then(|l| l.trim().trim_end_matches(" kB").parse::<u64>().ok());
        most = most.max(kilobytes.unwrap_or_default() * 1024);
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    most
}

/// 320 MB in one archive that is packed in another, most of it no recording and a fifth of it
/// tracks that are refused for a long name: what is in memory is a part of it.
#[cfg(target_os = "linux")]
#[test]
fn memory_does_not_grow_with_the_archive() {
    let here = tempfile::tempdir().unwrap();
    let mut state = 1_u64;
    let noise: Vec<u8> = (0..8 << 20)
        .map(|_| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            b"0123456789abcdef"[(state >> 60) as usize]
        })
        .collect();
    let track = [b"<gpx creator='x'><trk><name>".as_slice(), &noise].concat();
    let (photo, track) = (Entry::deflated("", &noise), Entry::deflated("", &track));
    let members: Vec<Entry> = (0..40)
        .map(|i| match i % 5 {
            0 => Entry { name: format!("{i}.gpx").into_bytes(), ..track.clone() },
            _ => Entry { name: format!("{i}.jpg").into_bytes(), ..photo.clone() },
        })
        .map(Entry::sizes_behind)
        .collect();
    let outer = zip(&[Entry::deflated("in.zip", &zip(&members))]);
    fs::write(here.path().join("big.zip"), outer).unwrap();
    let most = peak(here.path(), &["export", "big.zip", "--jobs", "2"]);
    assert!(most > 0 && most < 120 << 20, "{most} bytes");
}

/// The program's own second and memory on bombs of the kinds that are known.
#[cfg(target_os = "linux")]
#[test]
fn bombs_take_little_memory() {
    let here = tempfile::tempdir().unwrap();
    let big = [b"<gpx creator='x'><trk><trkseg>".to_vec(), vec![b' '; 64 << 20]].concat();
    let bomb = Entry::deflated("bomb.gpx", &big);
    let many: Vec<Entry> =
        (0..16).map(|i| Entry { name: format!("{i}.gpx").into_bytes(), ..bomb.clone() }).collect();
    let inner = zip(&many);
    let nested: Vec<Entry> =
        (0..16).map(|i| Entry::deflated(format!("lib {i}.zip"), &inner)).collect();
    let gz = Entry::stored("twice.gpx.gz", &gzip(&gzip(&big)));
    let outer = zip(&[nested, vec![gz]].concat());
    fs::write(here.path().join("42.zip"), outer).unwrap();
    let most = peak(here.path(), &["export", "42.zip", "--jobs", "2"]);
    assert!(most > 0 && most < 300 << 20, "{most} bytes");
}
