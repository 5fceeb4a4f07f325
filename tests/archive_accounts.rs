//! Every member of an archive is accounted for: read, passed over by its kind, or refused with a
//! plain sentence. None is lost in silence, whatever was done to the archive.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "the functions of a test say what they expect, like its tests"
)]

#[path = "fuzz_targets/mutate.rs"]
mod mutate;
mod zip_maker;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use lightfoot::intake::{IntakeError, Loaded, Opened, Problem, open_each, walk};
use lightfoot::read::Limits;
use lightfoot::report::plain;
use lightfoot::stopwatch::Stopwatch;
use mutate::{Chance, mutate};
use zip_maker::{Entry, gzip, wide, zip};

/// A track that no other number has.
fn gpx(number: usize) -> Vec<u8> {
    format!(
        "<gpx creator='x'><trk><trkseg><trkpt lat='51' lon='7'><time>2024-05-01T12:00:00Z</time>\
         <ele>{number}</ele></trkpt></trkseg></trk></gpx>"
    )
    .into_bytes()
}

type Input = Result<Loaded, IntakeError>;

fn open(paths: &[PathBuf]) -> Opened<Input> {
    let limits = Limits::default();
    open_each(&walk(paths, &limits), &limits, &Stopwatch::stopped(), |input| input)
}

fn open_bytes(folder: &Path, name: &str, bytes: &[u8]) -> Opened<Input> {
    let path = folder.join(name);
    fs::write(&path, bytes).unwrap();
    open(&[path])
}

fn problems(opened: &Opened<Input>) -> Vec<&IntakeError> {
    opened.inputs.iter().filter_map(|input| input.as_ref().err()).collect()
}

/// Members that are accounted for.
fn accounted(opened: &Opened<Input>) -> usize {
    opened.inputs.len() + opened.passed_over.values().sum::<usize>()
}

/// Names that hide, climb, command, turn round, pose or say nothing.
const NAMES: &[&str] = &[
    "run",
    "../../up",
    "/root",
    "C:\\win\\run",
    "..\\..\\up",
    "a\0b",
    "\u{1b}[2J\u{1b}]0;owned\u{7}",
    "\u{1b}]52;c;IyM=\u{7}",
    "fdp.\u{202e}xpg",
    "line\nbreak\r",
    "L\u{e4}ufe/\u{661f}",
    " ",
    "",
    "CON",
    "x/../y",
    ".hidden",
    "__MACOSX/._run",
    "trailing. ",
    "%2e%2e%2f",
    "a//b",
];
const ENDINGS: &[&str] = &[".gpx", ".fit", ".gpx.gz", ".GPX", "", ".jpg", ".json", ".zip"];

/// Some member of every kind that there is.
fn any_member(chance: &mut Chance, number: usize) -> Entry {
    let one = |chance: &mut Chance, all: &'static [&str]| all[chance.below(all.len())];
    let name = format!("{}{number}{}", one(chance, NAMES), one(chance, ENDINGS));
    let content = match chance.below(6) {
        0 => Vec::new(),
        1 => b"nothing that runs".to_vec(),
        2 => gzip(&gpx(number)),
        _ => gpx(number),
    };
    let mut entry = match chance.below(2) {
        0 => Entry::stored(&name, &content),
        _ => Entry::deflated(&name, &content),
    };
    match chance.below(12) {
        0 | 1 => entry = entry.sizes_behind(),
        2 => entry.flags |= 1,
        3 => entry.method = [1, 9, 12, 14, 93, 95, 98, 99][chance.below(8)],
        4 => entry.crc ^= 1 << chance.below(32),
        5 => entry.mode = 0o120_777,
        6 => entry.claimed_at = Some(chance.bits() as u32),
        7 => entry.packed.truncate(entry.packed.len() / 2),
        _ => {}
    }
    entry
}

#[test]
fn every_member_of_any_archive_is_accounted_for() {
    let folder = tempfile::tempdir().unwrap();
    let mut chance = Chance::new(0x0dd_5eed);
    let mut members = 0;
    for round in 0..150 {
        let count = 1 + chance.below(30);
        let entries: Vec<Entry> = (0..count).map(|i| any_member(&mut chance, i)).collect();
        let bytes = if chance.below(2) == 0 { zip(&entries) } else { wide(&entries) };
        let opened = open_bytes(folder.path(), "any.zip", &bytes);
        assert_eq!(accounted(&opened), count, "round {round}: {opened:?}");
        for error in problems(&opened) {
            assert!(error.label.starts_with("any.zip"), "{}", error.label);
            let said = error.problem.to_string();
            assert!(said.len() > 20 && !said.contains("Error"), "{said}");
        }
        members += count;
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing was written");
    println!("{members} members");
}

/// After any damage, what is not there any more is told: as a refusal, as damage of a member, or as
/// something passed over.
#[test]
fn no_damage_loses_a_member_in_silence() {
    let folder = tempfile::tempdir().unwrap();
    let mut chance = Chance::new(0xda_3a6e);
    let entries: Vec<Entry> = (0..6)
        .map(|i| match i % 3 {
            0 => Entry::deflated(format!("{i}.gpx"), &gpx(i)),
            1 => Entry::stored(format!("{i}.gpx"), &gpx(i)).sizes_behind(),
            _ => Entry::stored(format!("{i}.gpx.gz"), &gzip(&gpx(i))),
        })
        .collect();
    let contents = |opened: &Opened<Input>| -> BTreeSet<Vec<u8>> {
        opened.inputs.iter().flatten().map(|loaded| loaded.bytes.clone()).collect()
    };
    let (mut damaged, mut kept) = (0, 0);
    for whole in [zip(&entries), wide(&entries), zip(&[Entry::deflated("in.zip", &zip(&entries))])]
    {
        let all = contents(&open_bytes(folder.path(), "any.zip", &whole));
        assert_eq!(all.len(), entries.len());
        for _ in 0..600 {
            let bytes = mutate(&whole, &whole, &mut chance);
            let opened = open_bytes(folder.path(), "any.zip", &bytes);
            let left = contents(&opened);
            kept += all.intersection(&left).count();
            damaged += 1;
            let told = opened.inputs.iter().any(|input| match input {
                // What is no archive any more is left to the readers, who say so.
                Ok(loaded) => !loaded.issues.is_empty() || loaded.label == "any.zip",
                Err(_) => true,
            });
            let silent = !told && opened.passed_over.is_empty();
            assert!(!silent || all.is_subset(&left), "{}: {bytes:02x?}", left.len());
        }
    }
    println!("{damaged} damaged archives, {kept} members of {} kept", damaged * entries.len());
}

#[test]
fn a_hundred_thousand_members() {
    const MEMBERS: usize = 100_000;
    let folder = tempfile::tempdir().unwrap();
    let entries: Vec<Entry> = (0..MEMBERS)
        .map(|i| match i % 1000 {
            0 => Entry::stored(format!("{i}.gpx"), &gpx(i)),
            1 => Entry::stored(format!("{i}.fit"), b""),
            _ => Entry::stored(format!("{i}.json"), b"{}"),
        })
        .collect();
    for (name, bytes) in [
        ("wide.zip", wide(&entries)),
        ("packed.zip", zip(&[Entry::deflated("in.zip", &wide(&entries))])),
    ] {
        let opened = open_bytes(folder.path(), name, &bytes);
        assert_eq!(accounted(&opened), MEMBERS, "{name}");
        assert_eq!(opened.inputs.iter().flatten().count(), MEMBERS / 1000, "{name}");
        let problems = problems(&opened);
        assert_eq!(problems.len(), MEMBERS / 1000, "{name}");
        for error in problems {
            assert!(error.problem.to_string().contains("empty"), "{error}");
        }
    }
}

#[test]
fn zip64_and_descriptors_are_read_in_every_place() {
    let folder = tempfile::tempdir().unwrap();
    let members = [
        Entry::deflated("a.gpx", &gpx(1)),
        Entry::stored("b.gpx", &gpx(2)),
        Entry::deflated("c.gpx", &gpx(3)).sizes_behind(),
        Entry::stored("d.gpx.gz", &gzip(&gpx(4))).sizes_behind(),
        Entry::stored("e.gpx", &gpx(5)).sizes_behind(),
    ];
    let inner = wide(&members);
    let mut cut = inner.clone();
    cut.truncate(inner.windows(4).position(|w| w == b"PK\x01\x02").unwrap());
    for (name, bytes, expected) in [
        ("wide.zip", inner.clone(), 0),
        ("stored.zip", zip(&[Entry::stored("in.zip", &inner)]), 0),
        ("packed.zip", zip(&[Entry::deflated("in.zip", &inner).sizes_behind()]), 0),
        ("cut.zip", cut, 1),
    ] {
        let opened = open_bytes(folder.path(), name, &bytes);
        let mut read: Vec<&[u8]> =
            opened.inputs.iter().flatten().map(|loaded| loaded.bytes.as_slice()).collect();
        read.sort_unstable();
        let expected_bytes: Vec<Vec<u8>> = (1..=5).map(gpx).collect();
        assert_eq!(read, expected_bytes, "{name}: {:?}", problems(&opened));
        assert!(opened.inputs.iter().flatten().all(|loaded| loaded.issues.is_empty()), "{name}");
        assert_eq!(problems(&opened).len(), expected, "{name}: {:?}", problems(&opened));
    }
}

#[test]
fn members_behind_a_password_are_each_named() {
    let folder = tempfile::tempdir().unwrap();
    let locked = |name: &str, flags: u16, method: u16| {
        let mut entry = Entry::deflated(name, &gpx(1));
        (entry.flags, entry.method) = (flags, method);
        entry
    };
    // Zip's old cipher, strong encryption with hidden headers, and WinZip's AES.
    let members = [
        locked("old.gpx", 1, 8),
        locked("strong.fit", 1 | 1 << 6 | 1 << 13, 8),
        locked("aes.tcx", 1, 99),
    ];
    for (name, bytes) in [
        ("plain.zip", zip(&members)),
        ("packed.zip", zip(&[Entry::deflated("in.zip", &zip(&members))])),
    ] {
        let opened = open_bytes(folder.path(), name, &bytes);
        let problems = problems(&opened);
        assert_eq!(problems.len(), members.len(), "{name}");
        for error in problems {
            assert_eq!(error.problem, Problem::Encrypted, "{error}");
            assert!(error.problem.to_string().contains("password"), "{error}");
        }
    }
}

#[test]
fn parts_of_a_split_archive_say_that_they_are_parts() {
    let folder = tempfile::tempdir().unwrap();
    let members: Vec<Entry> = (0..8).map(|i| Entry::stored(format!("{i}.gpx"), &gpx(i))).collect();
    let whole = zip(&members);
    let half = whole.windows(4).position(|w| w == b"PK\x01\x02").unwrap() / 2;
    // As Info-ZIP splits: a mark in front of the first part, the number of the last in its end.
    let first = [b"PK\x07\x08".as_slice(), &whole[..half]].concat();
    let mut last = whole[half..].to_vec();
    let end = last.windows(4).rposition(|w| w == b"PK\x05\x06").unwrap();
    last[end + 4..end + 8].copy_from_slice(&[1, 0, 1, 0]);
    // As 7-Zip does: bytes, cut anywhere.
    let (raw_first, raw_last) = whole.split_at(half);
    for (name, bytes) in [
        ("export.z01", first.as_slice()),
        ("export.zip", &last),
        ("export.zip.001", raw_first),
        ("export.zip.002", raw_last),
    ] {
        let opened = open_bytes(folder.path(), name, bytes);
        let problems = problems(&opened);
        let [error] = problems.as_slice() else { panic!("{name}: {:?}", opened.inputs) };
        assert!(matches!(error.problem, Problem::Split { .. }), "{name}: {error}");
        assert!(error.problem.to_string().contains("whole"), "{error}");
    }
    // In a folder, too.
    let opened = open(&[folder.path().to_owned()]);
    assert_eq!(problems(&opened).len(), 4, "{:?}", opened.inputs);
    // What lies whole in a part is read all the same.
    assert!(opened.inputs.iter().flatten().count() >= 4, "{:?}", opened.inputs);
}

#[test]
fn an_archive_without_members_is_counted() {
    let folder = tempfile::tempdir().unwrap();
    let none = zip(&[]);
    let packed = [Entry::stored("in.zip", &none), Entry::deflated("in.zip", &none)];
    for bytes in [none, zip(&packed[..1]), zip(&packed[1..])] {
        let opened = open_bytes(folder.path(), "none.zip", &bytes);
        assert_eq!(opened.passed_over.get(".zip file"), Some(&1), "{:?}", opened.inputs);
        assert_eq!(accounted(&opened), 1);
    }
}

#[test]
fn no_name_of_a_member_commands() {
    let folder = tempfile::tempdir().unwrap();
    let entries: Vec<Entry> =
        NAMES.iter().map(|name| Entry::stored(format!("{name}.fit"), b"no run")).collect();
    let opened = open_bytes(folder.path(), "any.zip", &zip(&entries));
    assert_eq!(accounted(&opened), NAMES.len());
    for error in problems(&opened) {
        let told = plain::clean(&error.to_string());
        assert!(!told.chars().any(plain::commands), "{told:?}");
    }
}
