//! A. Containers: folders, archives and compressed files.

use lightfoot::activity::IssueKind;
use lightfoot::report::Fate;

use crate::given::*;
use crate::zip_maker::{Entry, gzip, truncated, zip};

/// The same run on another day.
fn on_day(day: usize) -> Vec<u8> {
    gpx_run(600, "84").replace("2024-01-01", &format!("2024-01-{day:02}")).into_bytes()
}

#[test]
fn case_01_zip_in_zip_in_a_folder_and_compressed_inside() {
    let inner = zip(&[
        Entry::deflated("activities/1.gpx", &on_day(1)),
        Entry::stored("activities/2.gpx.gz", &gzip(&on_day(2))),
    ]);
    let outer = zip(&[
        Entry::stored("UploadedFiles_0-_Part1.zip", &inner),
        Entry::deflated("packed.zip", &zip(&[Entry::deflated("3.gpx", &on_day(3))])),
    ]);
    let report = report_on(&[("deep/in/export.zip", outer), ("4.gpx", on_day(4))]);
    assert_eq!(report.history.runs.len(), 4, "{:?}", report.inputs);
    assert!(is_run(&report, "export.zip/UploadedFiles_0-_Part1.zip/activities/2.gpx.gz"));
}

#[test]
fn case_02_thousands_of_members() {
    const MEMBERS: usize = 25_000;
    let mut entries: Vec<Entry> = (0..MEMBERS)
        .map(|i| Entry::stored(format!("DI_CONNECT/wellness/{i}.json"), b"[]"))
        .collect();
    entries.push(Entry::deflated("run.gpx", &on_day(1)));
    let report = report_on(&[("all.zip", zip(&entries))]);
    assert_eq!(report.history.runs.len(), 1);
    assert_eq!(report.passed_over.get(".json file"), Some(&MEMBERS), "{:?}", report.passed_over);
}

#[test]
fn case_03_names_that_climb_links_and_bombs() {
    let climbing = ["../../up.gpx", "/root.gpx", "C:\\win.gpx", "a/../../b.gpx", "..\\c.gpx"];
    let mut entries: Vec<Entry> = climbing
        .iter()
        .enumerate()
        .map(|(i, name)| Entry::deflated(name, &on_day(i + 1)))
        .collect();
    let mut link = Entry::stored("link.gpx", b"/etc/passwd");
    link.mode = 0o120_777;
    entries.push(link);
    entries.push(Entry::deflated("bomb.gpx", &vec![b' '; 64 << 20]));
    let here = folder(&[("in/all.zip", zip(&entries))]);
    let report = report(&here.path().join("in"));
    assert_eq!(report.history.runs.len(), climbing.len(), "names are labels: {:?}", report.inputs);
    assert!(skipped(&report, "bomb.gpx").contains("times"), "{}", skipped(&report, "bomb.gpx"));
    let names = |path: &std::path::Path| std::fs::read_dir(path).unwrap().count();
    assert_eq!((names(here.path()), names(&here.path().join("in"))), (1, 1), "nothing is written");
}

#[test]
fn case_04_leftovers_of_other_systems() {
    let run = fit_run(900, 84);
    let junk = b"\x00\x05\x16\x07junk".to_vec();
    let here = folder(&[
        ("runs/a.fit", run),
        ("__MACOSX/runs/._a.fit", junk.clone()),
        ("runs/._a.fit", junk.clone()),
        (".Trash/b.fit", junk.clone()),
        ("$Recycle.bin/c.fit", junk.clone()),
        ("runs/.DS_Store", junk.clone()),
        ("runs/Thumbs.db", junk),
    ]);
    let report = report(here.path());
    assert_eq!((report.inputs.len(), report.history.runs.len()), (1, 1), "{:?}", report.inputs);
    assert_eq!(report.passed_over.get("hidden"), Some(&6), "{:?}", report.passed_over);
}

#[test]
fn case_05_one_bad_file_stops_nobody() {
    let run = fit_run(900, 84);
    let report = report_on(&[
        ("0.fit", b"\x0e\x10\xff\xff".to_vec()),
        ("1.fit", run[..40].to_vec()),
        ("2.fit", vec![0xff; 5000]),
        ("3.fit", run),
        ("4.gpx", b"<gpx".to_vec()),
        ("5.tcx.gz", b"\x1f\x8b\x08\x00nonsense".to_vec()),
    ]);
    assert!(is_run(&report, "3.fit"));
    for bad in ["0.fit", "1.fit", "2.fit", "4.gpx", "5.tcx.gz"] {
        let said = match fates(&report, bad) {
            [Fate::Skipped { reason, .. }] => reason,
            [Fate::NotAnActivity { what }] => what,
            other => panic!("{bad}: {other:?}"),
        };
        assert!(!said.is_empty() && !said.contains("fault of ours"), "{bad}: {said}");
    }
}

#[test]
fn case_06_names_that_lie_about_the_content() {
    let (fit, gpx) = (fit_run(900, 84), gpx_run(900, "84").into_bytes());
    let later = |text: &[u8], day: &str| {
        String::from_utf8(text.to_vec()).unwrap().replace("2024-01-01", day).into_bytes()
    };
    let report = report_on(&[
        ("plain.fit.gz", fit),
        ("track.fit", later(&gpx, "2024-02-01")),
        ("packed.gpx", gzip(&later(&gpx, "2024-03-01"))),
        ("without", gzip(&later(&gpx, "2024-04-01"))),
        ("notes.txt", later(&gpx, "2024-05-01")),
    ]);
    assert_eq!(report.history.runs.len(), 5, "{:?}", report.inputs);
    // Corrupt and not compressed, though the name says so.
    let report = report_on(&[("friend.fit.gz", vec![0xd5; 3000]), ("run.gpx", gpx)]);
    assert!(!skipped(&report, "friend.fit.gz").is_empty());
}

#[cfg(unix)]
#[test]
fn case_07_names_in_no_encoding() {
    use std::os::unix::ffi::OsStrExt;
    let here = folder(&[("Läufe im März/früh – 1.fit", fit_run(900, 84))]);
    let odd = std::ffi::OsStr::from_bytes(b"l\xe4ufe \xff.gpx");
    let text = gpx_run(900, "84").replace("2024-01-01", "2024-02-01");
    // Some systems refuse such names; those that do not must be read.
    let written = std::fs::write(here.path().join(odd), text).is_ok();
    let report = report(here.path());
    assert_eq!(report.history.runs.len(), 1 + usize::from(written));
    assert!(is_run(&report, "Läufe im März/früh – 1.fit"));
}

#[test]
fn case_08_a_fit_file_of_no_bytes() {
    let report = report_on(&[("empty.fit", Vec::new()), ("run.fit", fit_run(900, 84))]);
    assert!(skipped(&report, "empty.fit").contains("empty"), "{}", skipped(&report, "empty.fit"));
    let packed = report_on(&[("empty.fit.gz", gzip(b"")), ("run.fit", fit_run(900, 84))]);
    assert!(skipped(&packed, "empty.fit.gz").contains("empty"));
}

#[test]
fn case_09_a_compressed_file_that_breaks_off() {
    let whole = gzip(&fit_run(1800, 84));
    let report = report_on(&[("cut.fit.gz", whole[..whole.len() * 3 / 4].to_vec())]);
    let kept = &report.history.runs[0];
    assert!(kept.issues.iter().any(|i| i.kind == IssueKind::Truncated), "{:?}", kept.issues);
    // And a zip without its directory.
    let entries: Vec<Entry> =
        (1..=4).map(|d| Entry::deflated(format!("{d}.gpx"), &on_day(d))).collect();
    let report = report_on(&[("cut.zip", truncated(&entries, 0.7))]);
    assert!(report.history.runs.len() >= 2, "{:?}", report.inputs);
    let told = format!("{:?}", report.inputs);
    assert!(told.contains("cut.zip"), "{told}");
}
