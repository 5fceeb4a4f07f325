//! Files and folders as users give them, written into a folder of its own.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "the functions of a test say what they expect, like its tests"
)]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;
use lightfoot::activity::IssueKind;
use lightfoot::intake::{Found, IntakeError, Loaded, Problem, Trace, load, walk};
use lightfoot::read::{Limits, read};

const GPX: &str = "<gpx creator='x'><trk><trkseg><trkpt lat='51' lon='7'>\
    <time>2024-05-01T12:00:00Z</time></trkpt><trkpt lat='51.001' lon='7'>\
    <time>2024-05-01T12:01:00Z</time></trkpt></trkseg></trk></gpx>";
const TCX: &str = "          <?xml version='1.0'?><TrainingCenterDatabase/>";

fn fit() -> Vec<u8> {
    [&[14, 32, 0, 0, 0, 0, 0, 0][..], b".FIT", &[0, 0]].concat()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn put(root: &Path, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    let path = root.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, bytes).unwrap();
    path
}

fn names(root: &Path, found: &[Found]) -> Vec<String> {
    let inside = |f: &Found| f.path().strip_prefix(root).unwrap().display().to_string();
    found.iter().map(inside).collect()
}

fn load_path(path: &Path, limits: &Limits) -> Result<Loaded, IntakeError> {
    let label = path.file_name().unwrap().to_str().unwrap().to_owned();
    load(&Found::file(label, path), limits)
}

#[test]
fn a_folder_gives_what_is_or_claims_to_be_a_recording() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    put(root, "b/run.fit", fit());
    put(root, "b/run.GPX", GPX);
    put(root, "a/tcx named.fit", TCX);
    put(root, "a/no extension", GPX);
    put(root, "a/packed", gzip(TCX.as_bytes()));
    put(root, "a/packed.tcx.gz", gzip(TCX.as_bytes()));
    put(root, "a/plain.gpx.gz", GPX);
    put(root, "a/broken.fit", "not a recording");
    put(root, "Läufe/ä ö.gpx", GPX);
    put(root, "damaged.zip", b"PK\x03\x04rest");
    put(root, "report.docx", b"PK\x03\x04rest");
    for (name, bytes) in [
        ("README.md", "# runs"),
        ("activities.csv", "a,b"),
        ("shoes.csv", "a,b"),
        ("lightfoot.toml", "[runner]"),
        ("route.kml", "<kml/>"),
        ("empty", ""),
    ] {
        put(root, name, bytes);
    }
    put(root, "notes.gz", gzip(b"no recording"));
    for name in
        [".DS_Store", "__MACOSX/._run.fit", "b/._run.fit", ".Trash/x.fit", "$Recycle.bin/y.fit"]
    {
        put(root, name, fit());
    }
    let walked = walk(&[root.to_owned()], &Limits::default());
    assert_eq!(
        names(root, &walked.found),
        [
            "Läufe/ä ö.gpx",
            "a/broken.fit",
            "a/no extension",
            "a/packed",
            "a/packed.tcx.gz",
            "a/plain.gpx.gz",
            "a/tcx named.fit",
            "b/run.GPX",
            "b/run.fit",
            "damaged.zip",
        ]
    );
    let counted = |kind: &str| walked.passed_over.get(kind).copied();
    assert_eq!(counted(".csv file"), Some(2));
    assert_eq!(counted(".md file"), Some(1));
    assert_eq!(counted(".gz file"), Some(1));
    assert_eq!(counted("file without extension"), Some(1));
    assert_eq!(counted("hidden"), Some(5));
    assert!(walked.problems.is_empty());
    assert!(walked.found.iter().all(|f| !f.label.contains(root.to_str().unwrap())));
}

#[test]
fn a_file_named_twice_is_found_once() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let file = put(root, "sub/run.gpx", GPX);
    let walked =
        walk(&[root.to_owned(), file.clone(), root.join("sub/../sub"), file], &Limits::default());
    assert_eq!(walked.found.len(), 1, "{:?}", walked.found);
}

#[test]
fn what_the_user_names_is_found_or_listed() {
    let folder = tempfile::tempdir().unwrap();
    let note = put(folder.path(), "note.txt", "hello");
    let missing = folder.path().join("missing.fit");
    let walked = walk(&[note.clone(), missing.clone()], &Limits::default());
    assert_eq!(walked.found[0].path(), note, "a named file is read, and says what it is not");
    let [problem] = walked.problems.as_slice() else { panic!("one problem") };
    assert_eq!(problem.label, missing.display().to_string());
    assert!(problem.to_string().contains("check that it exists"), "{problem}");
}

#[cfg(unix)]
#[test]
fn links_are_not_followed_and_pipes_do_not_hang() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let run = put(root, "run.gpx", GPX);
    std::os::unix::fs::symlink(root, root.join("loop")).unwrap();
    std::os::unix::fs::symlink(&run, root.join("again.gpx")).unwrap();
    let pipe = root.join("pipe.fit");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    let walked = walk(&[root.to_owned()], &Limits::default());
    assert_eq!(names(root, &walked.found), ["run.gpx"]);
    assert_eq!(walked.passed_over.get("link"), Some(&2));
    if made.is_ok_and(|status| status.success()) {
        assert_eq!(walked.passed_over.get("special file"), Some(&1));
        let walked = walk(std::slice::from_ref(&pipe), &Limits::default());
        assert_eq!(walked.problems[0].problem, Problem::NotAFile);
        assert_eq!(load_path(&pipe, &Limits::default()).unwrap_err().problem, Problem::NotAFile);
    }
    // A link that the user names is the user's word.
    assert_eq!(walk(&[root.join("again.gpx")], &Limits::default()).found.len(), 1);
}

#[test]
fn plain_packed_and_misnamed_files_hold_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let (first, second) = GPX.split_at(70);
    let members = [gzip(first.as_bytes()), gzip(second.as_bytes())].concat();
    let files = [
        put(root, "a.gpx", GPX),
        put(root, "b.gpx.gz", gzip(GPX.as_bytes())),
        put(root, "c.gpx.gz", GPX),
        put(root, "d.fit", gzip(GPX.as_bytes())),
        put(root, "e.gz", members),
        put(root, "twice.gpx.gz.gz", gzip(&gzip(GPX.as_bytes()))),
    ];
    let loaded: Vec<Loaded> =
        files.iter().map(|f| load_path(f, &Limits::default()).unwrap()).collect();
    for file in &loaded {
        assert_eq!(file.bytes, GPX.as_bytes(), "{}", file.label);
        assert_eq!(file.hash, loaded[0].hash);
        assert!(file.issues.is_empty());
    }
    assert_eq!(loaded[0].hash.len(), 16);
    // BLAKE3 of nothing begins so by its authors' test vectors.
    assert_eq!(lightfoot::intake::content_hash(b""), "af1349b9f5f9a1a6");
}

#[test]
fn a_packed_file_that_breaks_off_keeps_its_beginning() {
    let folder = tempfile::tempdir().unwrap();
    let points: String = (0..5000)
        .map(|i| format!("<trkpt lat='51.{:05}' lon='7'/>", (i * 7919) % 99_991))
        .collect();
    let whole = gzip(format!("<gpx><trk><trkseg>{points}</trkseg></trk></gpx>").as_bytes());
    let cut = put(folder.path(), "cut.gpx.gz", &whole[..whole.len() / 2]);
    let loaded = load_path(&cut, &Limits::default()).unwrap();
    assert_eq!(loaded.issues[0].kind, IssueKind::Truncated);
    assert!(loaded.bytes.len() > 10_000, "{}", loaded.bytes.len());
    let mut wrong = whole.clone();
    let crc = wrong.len() - 8;
    wrong[crc] ^= 0xff;
    let wrong = put(folder.path(), "crc.gpx.gz", &wrong);
    let loaded = load_path(&wrong, &Limits::default()).unwrap();
    assert_eq!(loaded.issues[0].kind, IssueKind::Checksum);
    let early = put(folder.path(), "early.gpx.gz", &whole[..12]);
    let error = load_path(&early, &Limits::default()).unwrap_err();
    assert!(matches!(error.problem, Problem::Compression(_)));
    assert!(error.to_string().starts_with("early.gpx.gz: "), "{error}");
    for cut in 0..300.min(whole.len()) {
        let path = put(folder.path(), "any.gpx.gz", &whole[..cut]);
        let _ = load_path(&path, &Limits::default());
    }
}

#[test]
fn bombs_archives_and_giants_are_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let blank = vec![b' '; 8 << 20];
    let track = [GPX.as_bytes(), &blank].concat();
    let bomb = put(root, "bomb.gpx.gz", gzip(&track));
    let error = load_path(&bomb, &Limits::default()).unwrap_err();
    assert_eq!(error.problem, Problem::Bomb { ratio: 200 });
    assert!(error.to_string().starts_with("bomb.gpx.gz: grows more than 200 times"), "{error}");
    // Below the free megabyte the ratio does not count.
    let small = put(root, "small.gz", gzip(&track[..1 << 20]));
    assert_eq!(load_path(&small, &Limits::default()).unwrap().bytes.len(), 1 << 20);
    let limits = Limits { input_bytes: 1000, ..Limits::default() };
    for (name, bytes) in [("big.gpx", track[..2000].to_vec()), ("big.gz", gzip(&track[..2000]))] {
        let error = load_path(&put(root, name, bytes), &limits).unwrap_err();
        assert_eq!(error.problem, Problem::TooLarge { limit: 1000 }, "{name}");
    }
    // Of what is no recording only the beginning is uncompressed.
    let other = put(root, "other.gpx.gz", gzip(&blank));
    let error = load_path(&other, &Limits::default()).unwrap_err();
    assert!(matches!(error.problem, Problem::Unknown(_)), "{error}");
}

#[test]
fn a_trace_of_a_recording() {
    let output = read(GPX.as_bytes(), &Limits::default()).unwrap();
    let trace = Trace::of("run.gpx", &output.recordings[0]).unwrap();
    assert_eq!((trace.duration_s(), trace.records, trace.channels), (60.0, 2, 2));
    assert_eq!(trace.minutes.iter().count(), 2);
    // A thousandth of a degree of latitude is 111.2 m.
    assert!((trace.distance_m.unwrap() - 111.2).abs() < 0.1, "{:?}", trace.distance_m);
}
