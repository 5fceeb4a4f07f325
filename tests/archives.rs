//! Archives as exports, friends and foes make them.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "the functions of a test say what they expect, like its tests"
)]

mod zip_maker;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use lightfoot::activity::IssueKind;
use lightfoot::intake::{IntakeError, Loaded, Opened, Problem, load, open_each, walk};
use lightfoot::read::Limits;
use zip_maker::{Entry, gzip, truncated, zip};

/// A track of its own for each number.
fn gpx(number: usize) -> Vec<u8> {
    let points: String = (0..60)
        .map(|i| {
            format!(
                "<trkpt lat='51.{:04}' lon='7'><time>2024-05-{:02}T12:{i:02}:00Z</time></trkpt>",
                i * 7 + number,
                number % 28 + 1
            )
        })
        .collect();
    format!("<gpx creator='x'><trk><trkseg>{points}</trkseg></trk></gpx>").into_bytes()
}

type Input = Result<Loaded, IntakeError>;

fn open_with(paths: &[PathBuf], limits: &Limits) -> Opened<Input> {
    open_each(&walk(paths, limits), limits, &lightfoot::stopwatch::Stopwatch::stopped(), |input| {
        input
    })
}

fn open(path: &Path) -> Opened<Input> {
    open_with(&[path.to_owned()], &Limits::default())
}

fn labels(opened: &Opened<Input>) -> Vec<String> {
    opened.inputs.iter().flatten().map(|l| l.label.clone()).collect()
}

fn problems(opened: &Opened<Input>) -> BTreeMap<String, Problem> {
    let errors = opened.inputs.iter().filter_map(|i| i.as_ref().err());
    errors.map(|e| (e.label.clone(), e.problem.clone())).collect()
}

fn put(root: &Path, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    let path = root.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, bytes).unwrap();
    path
}

#[test]
fn an_archive_is_walked_like_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    let members = [
        Entry::stored("activities/1.gpx", &gpx(1)),
        Entry::deflated("activities/2.gpx", &gpx(2)),
        Entry::stored("activities/3.gpx.gz", &gzip(&gpx(3))),
        Entry::deflated("activities/4.gpx.gz", &gzip(&gpx(4))).sizes_behind(),
        Entry::deflated("activities/no extension", &gpx(5)),
        Entry::deflated("activities/named.fit", &gpx(6)),
        Entry::deflated("activities/plain.gpx.gz", &gpx(7)),
        Entry::deflated(b"L\x84ufe\\8.gpx", &gpx(8)),
        Entry::stored("media/", b""),
        Entry::deflated("media/1.jpg", b"\xff\xd8\xff no run"),
        Entry::deflated("__MACOSX/activities/._1.gpx", b"leftover"),
        Entry::deflated(".Trash/old.gpx", &gpx(9)),
        Entry::deflated("$RECYCLE.BIN/old.gpx", &gpx(9)),
        Entry::deflated("x/.DS_Store", b"leftover"),
        Entry::deflated("broken.fit", b"not a recording"),
    ];
    let path = put(folder.path(), "export_123.zip", zip(&members));
    let opened = open(&path);
    let expected = [
        "export_123.zip/Läufe/8.gpx",
        "export_123.zip/activities/1.gpx",
        "export_123.zip/activities/2.gpx",
        "export_123.zip/activities/3.gpx.gz",
        "export_123.zip/activities/4.gpx.gz",
        "export_123.zip/activities/named.fit",
        "export_123.zip/activities/no extension",
        "export_123.zip/activities/plain.gpx.gz",
    ];
    assert_eq!(labels(&opened), expected);
    for (loaded, number) in opened.inputs.iter().flatten().zip([8, 1, 2, 3, 4, 6, 5, 7]) {
        assert_eq!(loaded.bytes, gpx(number), "{}", loaded.label);
        assert!(loaded.issues.is_empty(), "{}", loaded.label);
    }
    let problems = problems(&opened);
    assert_eq!(problems.len(), 1, "{problems:?}");
    let broken = problems["export_123.zip/broken.fit"].to_string();
    assert!(broken.contains("\"not a record"), "{broken}");
    assert_eq!(opened.passed_over.get("hidden"), Some(&4));
    assert_eq!(opened.passed_over.get(".jpg file"), Some(&1));
}

#[test]
fn names_lie_and_content_decides() {
    let folder = tempfile::tempdir().unwrap();
    let one = zip(&[Entry::deflated("123_ACTIVITY.gpx", &gpx(1))]);
    let misnamed = put(folder.path(), "123.fit", &one);
    put(folder.path(), "packed.zip.gz", gzip(&one));
    put(folder.path(), "download", &one);
    let opened = open(folder.path());
    let name = folder.path().file_name().unwrap().to_str().unwrap();
    assert_eq!(
        labels(&opened),
        [
            format!("{name}/123.fit/123_ACTIVITY.gpx"),
            format!("{name}/download/123_ACTIVITY.gpx"),
            format!("{name}/packed.zip.gz/123_ACTIVITY.gpx"),
        ]
    );
    assert!(problems(&opened).is_empty());
    // What holds one activity is that activity.
    let found = walk(&[misnamed], &Limits::default()).found;
    assert_eq!(load(&found[0], &Limits::default()).unwrap().bytes, gpx(1));
}

#[test]
fn zip_in_zip_stored_and_packed_is_read_and_deeper_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let inner = |first| {
        zip(&[
            Entry::deflated("a.gpx", &gpx(first)).sizes_behind(),
            Entry::deflated("b.gpx.gz", &gzip(&gpx(first + 1))),
            Entry::stored("c.jpg", b"no run"),
        ])
    };
    let deep = zip(&[Entry::stored("third.zip", &inner(20))]);
    let outer = zip(&[
        Entry::stored("stored.zip", &inner(1)),
        Entry::deflated("packed.zip", &inner(3)),
        Entry::deflated("packed behind.zip", &inner(5)).sizes_behind(),
        Entry::deflated("last.gpx", &gpx(7)),
        Entry::stored("deep.zip", &deep),
        Entry::deflated("deep packed.zip", &deep),
    ]);
    let path = put(folder.path(), "all.zip", outer);
    let opened = open(&path);
    let expected = [
        "all.zip/last.gpx",
        "all.zip/packed behind.zip/a.gpx",
        "all.zip/packed behind.zip/b.gpx.gz",
        "all.zip/packed.zip/a.gpx",
        "all.zip/packed.zip/b.gpx.gz",
        "all.zip/stored.zip/a.gpx",
        "all.zip/stored.zip/b.gpx.gz",
    ];
    assert_eq!(labels(&opened), expected);
    assert_eq!(opened.passed_over.get(".jpg file"), Some(&3));
    let problems = problems(&opened);
    let refused = Problem::Nested { limit: 2 };
    assert_eq!(problems.get("all.zip/deep.zip/third.zip"), Some(&refused), "{problems:?}");
    assert_eq!(problems.get("all.zip/deep packed.zip/third.zip"), Some(&refused));
    assert_eq!(problems.len(), 2);
    let deeper = open_with(&[path], &Limits { nesting: 3, ..Limits::default() });
    assert_eq!(labels(&deeper).len(), 11);
}

#[test]
fn one_bad_member_never_loses_the_others() {
    let folder = tempfile::tempdir().unwrap();
    let good = Entry::deflated("good.gpx", &gpx(1));
    let mut wrong_sum = Entry::deflated("sum.gpx", &gpx(2));
    wrong_sum.crc ^= 1;
    let mut cut = Entry::deflated("cut.gpx", &gpx(3).repeat(40));
    cut.packed.truncate(cut.packed.len() / 2);
    let mut garbage = Entry::deflated("garbage.fit", &gpx(4));
    garbage.packed.fill(0xff);
    let mut secret = Entry::stored("secret.fit", b"????????????");
    secret.flags = 1;
    let mut lzma = Entry::stored("lzma.gpx", b"????");
    lzma.method = 14;
    let mut lying = Entry::deflated("lying.gpx", &gpx(5));
    lying.length = u64::from(u32::MAX);
    let mut link = Entry::stored("link.fit", b"/etc/passwd");
    link.mode = 0o120_777;
    let mut nowhere = Entry::stored("nowhere.gpx", &gpx(6));
    nowhere.claimed_at = Some(0x7fff_0000);
    let all = [good, wrong_sum, cut, garbage, secret, lzma, lying, link, nowhere];
    for (name, deep) in [("plain.zip", false), ("packed.zip", true)] {
        let bytes = zip(&all);
        let bytes = if deep { zip(&[Entry::deflated("in.zip", &bytes)]) } else { bytes };
        let opened = open(&put(folder.path(), name, bytes));
        let at = if deep { "packed.zip/in.zip" } else { "plain.zip" };
        let loaded: BTreeMap<&str, &Loaded> = opened
            .inputs
            .iter()
            .flatten()
            .map(|l| (l.label.rsplit('/').next().unwrap(), l))
            .collect();
        assert_eq!(loaded["good.gpx"].bytes, gpx(1));
        assert_eq!(loaded["sum.gpx"].bytes, gpx(2), "kept, with an issue");
        assert_eq!(loaded["sum.gpx"].issues[0].kind, IssueKind::Checksum);
        assert!(loaded["cut.gpx"].bytes.len() > 1000);
        assert_eq!(loaded["cut.gpx"].issues.len(), 1);
        assert_eq!(loaded["lying.gpx"].bytes, gpx(5), "the checksum is right");
        let problems = problems(&opened);
        assert_eq!(problems[&format!("{at}/secret.fit")], Problem::Encrypted);
        assert_eq!(problems[&format!("{at}/lzma.gpx")], Problem::Method("LZMA".to_owned()));
        assert!(matches!(problems[&format!("{at}/garbage.fit")], Problem::Compression(_)));
        if !deep {
            assert!(matches!(problems[&format!("{at}/nowhere.gpx")], Problem::Unreadable(_)));
            assert_eq!(opened.passed_over.get("link"), Some(&1));
        }
    }
}

#[test]
fn a_truncated_archive_keeps_what_can_be_read() {
    let folder = tempfile::tempdir().unwrap();
    for behind in [false, true] {
        let members: Vec<Entry> = (0..10)
            .map(|i| {
                let name = format!("{i}.gpx");
                let entry = match i % 3 {
                    0 => Entry::deflated(name, &gpx(i)),
                    1 => Entry::stored(name, &gpx(i)),
                    _ => Entry::stored(format!("{name}.gz"), &gzip(&gpx(i))),
                };
                if behind { entry.sizes_behind() } else { entry }
            })
            .collect();
        let path = put(folder.path(), "cut.zip", truncated(&members, 0.6));
        let opened = open(&path);
        let whole: Vec<&Loaded> = opened.inputs.iter().flatten().collect();
        assert!(whole.len() >= 5, "{behind}: {:?}", labels(&opened));
        for (number, loaded) in whole.iter().enumerate().take(whole.len() - 1) {
            assert_eq!(loaded.bytes, gpx(number), "{behind} {}", loaded.label);
        }
        let problem = &problems(&opened)["cut.zip"];
        assert!(matches!(problem, Problem::CutArchive { read } if *read >= 5), "{problem}");
        // Only the directory lost.
        let mut bytes = zip(&members);
        let directory = bytes.windows(4).rposition(|w| w == b"PK\x05\x06").unwrap();
        bytes.truncate(directory);
        let opened = open(&put(folder.path(), "no end.zip", bytes));
        assert_eq!(labels(&opened).len(), 10);
        assert_eq!(problems(&opened)["no end.zip"], Problem::CutArchive { read: 10 });
    }
}

#[test]
fn every_truncation_is_survived() {
    let folder = tempfile::tempdir().unwrap();
    let members = [
        Entry::deflated("a.gpx", &gpx(1)[..400]),
        Entry::stored("b.gpx.gz", &gzip(&gpx(2)[..400])).sizes_behind(),
        Entry::deflated("c.zip", &zip(&[Entry::deflated("d.gpx", &gpx(3)[..300])])),
    ];
    let whole = zip(&members);
    for cut in 0..whole.len() {
        let opened = open(&put(folder.path(), "any.zip", &whole[..cut]));
        assert!(cut < 4 || !opened.inputs.is_empty(), "{cut} bytes say something");
    }
}

#[test]
fn names_are_labels_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("inside");
    let mut names: Vec<Vec<u8>> = [
        "../../evil.gpx",
        "/etc/evil.gpx",
        "..\\..\\evil.gpx",
        "C:\\evil.gpx",
        "CON",
        "a\0b.gpx",
        "\u{1b}[31mred.gpx",
        "",
    ]
    .iter()
    .map(|name| name.as_bytes().to_vec())
    .collect();
    names.push(vec![b'x'; 65_000]);
    names.push(b"twice.gpx".to_vec());
    names.push(b"twice.gpx".to_vec());
    let members: Vec<Entry> =
        names.iter().enumerate().map(|(i, n)| Entry::deflated(n, &gpx(i))).collect();
    let path = put(&root, "slip.zip", zip(&members));
    let opened = open(&path);
    let labels = labels(&opened);
    assert_eq!(labels.len(), names.len(), "{labels:?}");
    assert!(labels.contains(&"slip.zip/twice.gpx".to_owned()));
    assert!(labels.contains(&"slip.zip/twice.gpx (2)".to_owned()));
    assert!(labels.iter().all(|label| label.starts_with("slip.zip/") && label.len() < 400));
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(left.len(), 1);
    assert_eq!(fs::read_dir(&root).unwrap().count(), 1);
}

#[test]
fn bombs_stop_small_and_soon_and_lose_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let good = || Entry::deflated("good.gpx", &gpx(1));
    let begin = b"<gpx creator='x'><trk><trkseg>".to_vec();
    let big = [begin.clone(), vec![b' '; 64 << 20]].concat();
    let flat = [Entry::deflated("bomb.gpx", &big), Entry::stored("b.gpx.gz", &gzip(&big)), good()];
    // Gzip over gzip, and members that give nothing, again and again.
    let twice = Entry::deflated("twice.gpx.gz", &gzip(&gzip(&big)));
    let nothing = Entry::deflated("nothing.gpx.gz", &gzip(b"").repeat(2_000_000));
    let behind = Entry::deflated("behind.gpx", &big).sizes_behind();
    let nested = [Entry::deflated("in.zip", &zip(&[behind, good()])), good()];
    // All members share the bytes of the first.
    let kernel = Entry::deflated("0.gpx", &big[..8 << 20]);
    let overlapping: Vec<Entry> = std::iter::once(kernel.clone())
        .chain((1..250).map(|i| Entry {
            name: format!("{i}.gpx").into_bytes(),
            packed: Vec::new(),
            claimed_at: Some(0),
            claimed_stored: Some(kernel.packed.len() as u32),
            ..kernel.clone()
        }))
        .collect();
    let mut huge = good();
    huge.length = 1 << 62;
    for (name, members, kept) in [
        ("flat.zip", flat.to_vec(), 1),
        ("layers.zip", vec![twice, nothing, good()], 1),
        ("nested.zip", nested.to_vec(), 2),
        ("overlap.zip", overlapping, 0),
        ("huge.zip", vec![huge], 1),
    ] {
        let path = put(folder.path(), name, zip(&members));
        let from = Instant::now();
        let opened = open(&path);
        let took = from.elapsed();
        // Unoptimised and beside other tests: the binary's own second is tested with it.
        assert!(took < Duration::from_secs(10), "{name} took {took:?}");
        assert_eq!(labels(&opened).len(), kept, "{name}: {:?}", problems(&opened));
        let bombs = problems(&opened);
        let expected = members.len() + usize::from(name == "nested.zip") - kept;
        assert_eq!(bombs.len(), expected, "{name}: {bombs:?}");
        let bound = |p: &Problem| matches!(p, Problem::Bomb { ratio: 200 } | Problem::Overlap);
        assert!(bombs.values().all(bound), "{name}: {bombs:?}");
        assert!(bombs.keys().all(|label| label != name), "{name}: the member is named");
    }
}

#[test]
fn limits_of_archives_name_what_to_type() {
    let folder = tempfile::tempdir().unwrap();
    let members: Vec<Entry> =
        (0..20).map(|i| Entry::deflated(format!("{i:02}.gpx"), &gpx(i))).collect();
    let inner = zip(&members);
    let outer = zip(&[Entry::deflated("in.zip", &inner)]);
    let paths = [put(folder.path(), "a.zip", inner), put(folder.path(), "b.zip", outer)];
    let few = Limits { members: 5, ..Limits::default() };
    let small = Limits { archive_bytes: 4 * gpx(0).len(), ..Limits::default() };
    for (limits, flag) in [(few, "--limit members=N"), (small, "--limit archive-bytes=N")] {
        let opened = open_with(&paths, &limits);
        let n = labels(&opened).len();
        assert!((6..=10).contains(&n), "{flag}: {n}");
        let problems = problems(&opened);
        assert!(!problems.is_empty());
        assert!(problems.values().all(|p| p.to_string().contains(flag)), "{problems:?}");
    }
}

#[test]
fn a_path_may_lead_into_an_archive() {
    let folder = tempfile::tempdir().unwrap();
    let members = [Entry::deflated("a/1.gpx", &gpx(1)), Entry::deflated("a/2.gpx", &gpx(2))];
    let path = put(folder.path(), "x.zip", zip(&members));
    let one = walk(&[path.join("a/2.gpx")], &Limits::default());
    assert_eq!(one.found.len(), 1);
    assert_eq!(load(&one.found[0], &Limits::default()).unwrap().bytes, gpx(2));
    assert_eq!(walk(&[path.join("a")], &Limits::default()).found.len(), 2);
    let none = walk(&[path.join("a/3.gpx")], &Limits::default());
    assert_eq!(none.problems[0].problem, Problem::NoMember);
}
