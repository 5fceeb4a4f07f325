//! What a runner writes down: read with mercy, joined to the right run, and used where it should be.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "the functions of a test say what they expect, like its tests"
)]

mod analyses;
mod support;

use analyses::Draft;
use jiff::civil::date;
use lightfoot::Settings;
use lightfoot::journal::{
    self, About, EXAMPLE, Joined, Note, NoteSource, Noted, RunKey, Said, join, read,
};
use lightfoot::segment::Slants;
use lightfoot::settings::{RoadKind, RoadSide, Runner, Side};
use lightfoot::trend::History;
use proptest::prelude::*;
use support::sample_notes;

fn messages(file: &journal::NotesFile) -> String {
    let lines = file
        .issues
        .iter()
        .map(|i| format!("{} | {}", i.message, i.remedy.as_deref().unwrap_or_default()));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn the_example_of_the_help_is_read_without_a_word() {
    let file = read(EXAMPLE.as_bytes(), "notes.csv");
    assert_eq!(messages(&file), "");
    assert_eq!(file.rows, 4);
    assert_eq!(file.notes.len(), 4);
    assert_eq!(file.notes[2].about, About::Clock(date(2026, 5, 7).at(7, 30, 0, 0)));
    assert_eq!(file.notes[2].said.text.as_deref(), Some("400s, felt stiff"));
    assert_eq!(file.notes[1].said.road_side, Some(RoadSide::Left));
    assert_eq!(file.notes[1].said.road_kind, Some(RoadKind::Pavement));
}

/// One table in the spellings that spreadsheets give it: always the same notes.
#[test]
fn encodings_delimiters_and_orders_change_nothing() {
    let plain = "date,shoe,exertion,pain during,text\n2026-05-03,Größe 42,6,1,\"one\ntwo\"\n";
    let expected = read(plain.as_bytes(), "n").notes;
    assert_eq!(expected[0].said.text.as_deref(), Some("one\ntwo"));
    let other = "sep=;\r\nText;PAIN DURING (0-10);RPE;Schuh;Datum\r\n\"one\ntwo\";1/10;6,0;Größe 42;03.05.2026\r\n";
    let tabs = "date\tshoe\texertion\tpain_during\ttext\n# a remark\n2026-05-03\tGröße 42\t6\t1\t\"one\ntwo\"\n";
    let utf16 = |text: &str, big: u8| -> Vec<u8> {
        let units = "\u{feff}".encode_utf16().chain(text.encode_utf16());
        units.flat_map(|u| if big == 1 { u.to_be_bytes() } else { u.to_le_bytes() }).collect()
    };
    let latin: Vec<u8> = plain.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    for bytes in [
        format!("\u{feff}{plain}").into_bytes(),
        other.as_bytes().to_vec(),
        tabs.as_bytes().to_vec(),
        utf16(plain, 0),
        utf16(other, 1),
        latin,
        plain.replace('\n', "\r\n").replace("one\r\n", "one\n").into_bytes(),
    ] {
        let file = read(&bytes, "n");
        assert_eq!(messages(&file), "");
        let said: Vec<_> = file.notes.iter().map(|n| (&n.about, &n.said)).collect();
        let wanted: Vec<_> = expected.iter().map(|n| (&n.about, &n.said)).collect();
        assert_eq!(said, wanted);
    }
}

#[test]
fn a_bad_cell_is_told_with_its_line_and_costs_nothing_else() {
    let text = "date,road side,crossfall percent,exertion,weather,shoe\n\
                2026-05-03,sideways,2.5,4,rain,Blue\n\
                03/04/2026,left,,,,\n\
                2026-05-05,left,40,hard,,Blue\n\
                ,left,,,,\n\
                2026-05-06,left,,3,,Blue,and more\n";
    let file = read(text.as_bytes(), "notes.csv");
    let told = messages(&file);
    for needle in [
        "columns that were not read: \"weather\"",
        "notes.csv, line 2, road side: \"sideways\" was not read | write left, right,",
        "line 3: \"03/04/2026\" may be 2026-04-03 or 2026-03-04",
        "line 4, crossfall percent: \"40\" was not read | write percent",
        "line 4, exertion: \"hard\" was not read | write a number from 0 to 10",
        "line 5: it names no date and no file",
        "line 6: it has more cells than the first row",
    ] {
        assert!(told.contains(needle), "{needle} is not in:\n{told}");
    }
    let shoes: Vec<_> = file.notes.iter().map(|n| n.said.shoe.as_deref()).collect();
    assert_eq!(shoes, [Some("Blue"), Some("Blue"), Some("Blue")]);
    assert_eq!(file.notes[0].said.crossfall_percent, Some(2.5));
}

#[test]
fn a_quotation_mark_that_is_never_closed_swallows_no_rows() {
    let text = "date,text\n2026-05-03,\"felt good\n2026-05-04,fine\n2026-05-05,fine\n";
    let file = read(text.as_bytes(), "notes.csv");
    assert!(messages(&file).contains("line 2: a quotation mark"), "{}", messages(&file));
    assert_eq!(file.notes.len(), 3);
    assert_eq!(file.notes[0].said.text.as_deref(), Some("felt good"));
}

#[test]
fn a_table_of_something_else_says_what_it_lacks() {
    let file = read(b"name,colour\nAda,blue\n", "notes.csv");
    assert!(file.notes.is_empty());
    assert!(messages(&file).contains("names no column \"date\" or \"file\""));
    assert!(messages(&read(b"", "notes.csv")).contains("is empty"));
}

proptest! {
    /// Nothing that a file can hold stops the reading, and what is told stays bounded.
    #[test]
    fn any_bytes_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let file = read(&bytes, "n");
        prop_assert!(file.notes.len() <= file.rows);
        prop_assert!(file.issues.len() <= 60);
    }

    /// Any cells under a true heading.
    #[test]
    fn any_cells_are_read(cells in "[0-9a-z,;\"\n/. :-]{0,200}") {
        let text = format!("date,time,road side,road kind,crossfall,exertion,pain,text\n{cells}");
        let file = read(text.as_bytes(), "n");
        prop_assert!(file.issues.iter().all(|i| !i.message.is_empty()));
    }
}

fn note(about: About, source: NoteSource, line: usize, said: Said) -> Note {
    Note { about, source, place: format!("notes.csv, line {line}"), said }
}

fn shoe(name: &str) -> Said {
    Said { shoe: Some(name.to_owned()), ..Said::default() }
}

/// Two runs on 3 May (07:30 and 18:05 local, two hours before UTC), one on 5 May, which was
/// exported twice.
fn joined(notes: &[Note]) -> Joined {
    let key = |labels: &[&'static str], ms: i64, local| RunKey {
        labels: labels.to_vec(),
        start_ms: ms,
        local,
    };
    let runs = [
        key(&["runs/a.fit.gz"], 1_777_786_200_000, date(2026, 5, 3).at(7, 30, 0, 0)),
        key(&["runs/b.fit"], 1_777_824_300_000, date(2026, 5, 3).at(18, 5, 0, 0)),
        key(
            &["runs/c.fit", "strava.zip/activities/77.gpx.gz"],
            1_777_960_000_000,
            date(2026, 5, 5).at(7, 46, 40, 0),
        ),
    ];
    join(notes, &runs)
}

fn shoes(joined: &Joined) -> Vec<Option<&str>> {
    joined.runs.iter().map(|n| n.shoe.as_ref().map(|s| s.value.as_str())).collect()
}

#[test]
fn notes_meet_their_runs() {
    let by = |about| {
        shoes(&joined(&[note(about, NoteSource::NotesFile, 2, shoe("x"))]))
            .iter()
            .map(Option::is_some)
            .collect::<Vec<_>>()
    };
    let file = |name: &str| by(About::File(name.to_owned()));
    assert_eq!(file("a.fit.gz"), [true, false, false]);
    assert_eq!(file("A.fit"), [true, false, false], "as it is called when it is unpacked");
    assert_eq!(file("a"), [true, false, false], "without its ending");
    assert_eq!(file("runs\\b.fit"), [false, true, false]);
    assert_eq!(file("other/b.fit"), [false, false, false], "another folder is another file");
    assert_eq!(file("activities/77.gpx.gz"), [false, false, true], "the copy that was set aside");
    assert_eq!(by(About::Start(1_777_824_300_000 + 299_000)), [false, true, false]);
    assert_eq!(by(About::Start(1_777_824_300_000 + 301_000)), [false, false, false]);
    assert_eq!(by(About::Day(date(2026, 5, 3))), [true, true, false]);
    assert_eq!(by(About::Clock(date(2026, 5, 3).at(18, 20, 0, 0))), [false, true, false]);
    assert_eq!(by(About::Clock(date(2026, 5, 3).at(12, 0, 0, 0))), [false, false, false]);
}

#[test]
fn who_knows_best_is_heard_first() {
    let day = || About::Day(date(2026, 5, 3));
    let all = joined(&[
        note(
            About::File("a.fit".into()),
            NoteSource::Strava,
            0,
            Said { surface: Some("trail".into()), ..shoe("by service") },
        ),
        note(day(), NoteSource::NotesFile, 2, shoe("by day")),
        note(About::File("b.fit".into()), NoteSource::NotesFile, 3, shoe("by file")),
    ]);
    assert_eq!(shoes(&all), [Some("by day"), Some("by file"), None]);
    assert!(all.issues.is_empty(), "a file says more exactly than a day: {:?}", all.issues);
    let surface = all.runs[0].surface.as_ref().unwrap();
    assert_eq!((surface.value.as_str(), surface.source), ("trail", NoteSource::Strava));
    let twice = joined(&[
        note(day(), NoteSource::NotesFile, 2, shoe("one")),
        note(day(), NoteSource::NotesFile, 7, shoe("other")),
    ]);
    assert_eq!(shoes(&twice)[0], Some("one"));
    assert!(
        twice.issues[0]
            .message
            .contains("line 7: notes.csv, line 2 says something else about the shoe")
    );
}

#[test]
fn what_meets_no_run_is_named_and_a_services_other_sports_are_counted() {
    let all = joined(&[
        note(About::Day(date(2026, 5, 9)), NoteSource::NotesFile, 12, shoe("x")),
        note(About::File("gone.fit".into()), NoteSource::NotesFile, 13, shoe("x")),
        note(About::Clock(date(2026, 5, 3).at(12, 0, 0, 0)), NoteSource::NotesFile, 14, shoe("x")),
        note(About::Start(0), NoteSource::Strava, 1, shoe("x")),
        note(About::Start(1), NoteSource::Strava, 2, shoe("x")),
    ]);
    let told: Vec<&str> = all.unmet.iter().map(|(_, i)| i.message.as_str()).collect();
    assert_eq!(told[0], "notes.csv, line 13: no run in a file called \"gone.fit\"");
    assert!(told[1].contains("begin at 07:30, 18:05"), "{told:?}");
    assert_eq!(told[2], "notes.csv, line 12: no run on 2026-05-09");
    assert_eq!(all.issues.len(), 1);
    assert_eq!(all.issues[0].count, 2);
}

#[test]
fn pain_on_a_day_of_two_runs_stands_at_the_day() {
    let said = Said { pain_during: Some(3.0), pain_side: Some("left".into()), ..shoe("x") };
    let day = joined(&[note(About::Day(date(2026, 5, 3)), NoteSource::NotesFile, 5, said.clone())]);
    assert_eq!(shoes(&day), [Some("x"), Some("x"), None], "all else holds for both");
    assert!(day.runs.iter().all(|n| n.pain_during.is_none()));
    assert_eq!(day.pain.len(), 1);
    assert_eq!((day.pain[0].day, day.pain[0].run), (date(2026, 5, 3), None));
    assert_eq!(day.pain[0].as_written(), "3 during, left");
    assert!(day.issues[0].message.contains("2 runs on 2026-05-03"));
    let one = joined(&[note(About::File("b.fit".into()), NoteSource::NotesFile, 5, said.clone())]);
    assert_eq!(one.pain[0].run, Some(1));
    assert_eq!(one.runs[1].pain_during.as_ref().map(|s| s.value), Some(3.0));
    let rest = joined(&[note(About::Day(date(2026, 5, 4)), NoteSource::NotesFile, 6, said)]);
    assert_eq!(rest.pain.len(), 1, "a day without a run keeps its mark");
    assert!(rest.unmet[0].1.message.contains("its pain stands at that day"));
}

/// A run of 5 km out and 4 km back.
fn measured(noted: Noted, settings: &Settings) -> (Option<f64>, Option<f64>, f64, Vec<String>) {
    let draft = Draft::new(0.0, 9_000.0).with("camber_exposure", 0.0, 1.0);
    let mut run = draft.build();
    *run.slants = Slants {
        ways_m: Some([5_000.0, 4_000.0]),
        seconds: 3_000.0,
        known: 1.0,
        turn_backs: Some(1),
        ..Slants::default()
    };
    run.note(noted, settings);
    let reading = run.reading("camber_exposure").unwrap().clone();
    (
        reading.get("left_low_m"),
        reading.get("right_low_m"),
        reading.get("crossfall_high_percent").unwrap(),
        reading.caveats,
    )
}

fn noted(about_it: &str) -> Noted {
    let text = format!("date,road side,crossfall,surface\n2026-05-05,{about_it}\n");
    joined(&read(text.as_bytes(), "notes.csv").notes).runs.swap_remove(2)
}

#[test]
fn a_side_noted_for_a_run_goes_before_the_usual_one() {
    let usual = |side, kind| Settings {
        runner: Runner {
            road_side: side,
            road_kind: kind,
            traffic: Some(Side::Right),
            ..Runner::default()
        },
        ..Settings::default()
    };
    let settings = usual(Some(RoadSide::Right), RoadKind::Road);
    let (left, right, high, words) = measured(Noted::default(), &settings);
    assert_eq!((left, right, high), (Some(0.0), Some(9_000.0), 3.0));
    assert!(words.iter().any(|w| w.contains("assumption")), "{words:?}");
    let (left, right, high, words) = measured(noted("left,2.5,"), &settings);
    assert_eq!((left, right, high), (Some(9_000.0), Some(0.0), 2.5));
    assert!(words.iter().any(|w| w.contains("measured by you")), "{words:?}");
    let pavement = measured(noted("left pavement,,"), &settings);
    assert_eq!((pavement.0, pavement.1), (Some(0.0), Some(9_000.0)));
    let kerb = measured(noted("same kerb,,"), &settings);
    assert_eq!((kerb.0, kerb.1), (Some(4_000.0), Some(4_000.0)), "only what both ways share");
    let mixed = measured(noted("mixed,,"), &settings);
    assert_eq!((mixed.0, mixed.1), (None, None));
    assert_eq!(measured(noted("facing traffic,,"), &settings).0, Some(9_000.0));
    // A usual side is a side of roads; a side noted for this very run holds on a trail, too.
    assert_eq!(measured(noted(",,forest"), &settings).0, None);
    assert_eq!(measured(noted("left,,forest"), &settings).0, Some(9_000.0));
    assert_eq!(measured(Noted::default(), &usual(None, RoadKind::Road)).0, None);
}

/// Every side, kind and traffic, in the profile or in a note: its mirror image swaps left and right
/// to the last bit.
#[test]
fn mirrored_words_swap_left_and_right_exactly() {
    let mirrored = |side| match side {
        RoadSide::Left => RoadSide::Right,
        RoadSide::Right => RoadSide::Left,
        other => other,
    };
    for kind in [RoadKind::Road, RoadKind::Pavement, RoadKind::Path] {
        for traffic in [Side::Left, Side::Right] {
            for side in [
                RoadSide::Left,
                RoadSide::Right,
                RoadSide::FacingTraffic,
                RoadSide::WithTraffic,
                RoadSide::SameKerb,
                RoadSide::Mixed,
            ] {
                let of = |side, traffic| Settings {
                    runner: Runner {
                        road_side: Some(side),
                        road_kind: kind,
                        traffic: Some(traffic),
                        ..Runner::default()
                    },
                    ..Settings::default()
                };
                let here = measured(Noted::default(), &of(side, traffic));
                let there = measured(Noted::default(), &of(mirrored(side), traffic.opposite()));
                assert_eq!((here.0, here.1), (there.1, there.0), "{side:?} {kind:?} {traffic:?}");
            }
        }
    }
}

/// Runs on the given days with a shoe and a surface.
fn history(runs: &[(f64, f64, &str, &str)]) -> History {
    let settings = Settings::default();
    let built = runs.iter().map(|(day, metres, shoe, surface)| {
        let mut run = Draft::new(*day, *metres).build();
        let said = Said {
            shoe: (!shoe.is_empty()).then(|| (*shoe).to_owned()),
            surface: (!surface.is_empty()).then(|| (*surface).to_owned()),
            ..Said::default()
        };
        let local = date(2026, 1, 5).at(7, 0, 0, 0);
        let key = RunKey { labels: vec!["x"], start_ms: 0, local };
        let note = note(About::Start(0), NoteSource::NotesFile, 2, said);
        run.note(join(&[note], &[key]).runs.swap_remove(0), &settings);
        run
    });
    History::build(built.collect(), &settings)
}

#[test]
fn kilometres_of_a_shoe_and_the_share_of_the_newest() {
    let history = history(&[
        (0.0, 10_000.0, "Old", ""),
        (30.0, 8_000.0, " old ", ""),
        (40.0, 5_000.0, "New", ""),
        (45.0, 6_000.0, "Old", ""),
        (50.0, 9_000.0, "New", ""),
        (51.0, 4_000.0, "", ""),
    ]);
    let shoes = &history.shoes;
    let km: Vec<_> = shoes.shoes.iter().map(|s| (s.name.as_str(), s.distance_m, s.runs)).collect();
    assert_eq!(km, [("Old", 24_000.0, 3), ("New", 14_000.0, 2)]);
    assert_eq!(shoes.unnamed_m, 4_000.0);
    // Day 51 is today; the last 28 days begin on day 24: 8 + 6 in the old, 5 + 9 in the new.
    let newest = shoes.newest.unwrap();
    assert_eq!((newest.shoe, newest.days, newest.share), (1, 11, 0.5));
    assert!(shoes.shoes[0].from_the_beginning && !shoes.shoes[1].from_the_beginning);
    let of = |run: usize| history.reading(run, "shoe_distance");
    assert_eq!(of(3).unwrap().value, 24_000.0);
    assert_eq!(of(4).unwrap().value, 14_000.0);
    assert_eq!(of(4).unwrap().get("days_since_first_use"), Some(10.0));
    assert!(of(5).is_none());
}

#[test]
fn surfaces_are_shares_of_what_is_known() {
    let history = history(&[
        (0.0, 10_000.0, "", "asphalt"),
        (10.0, 10_000.0, "", "trail"),
        (20.0, 20_000.0, "", "road"),
        (30.0, 5_000.0, "", "Forest"),
        (31.0, 15_000.0, "", "road"),
        (32.0, 8_000.0, "", ""),
    ]);
    let covered = &history.surfaces.covered;
    let names: Vec<_> = covered.iter().map(|c| (c.surface.name(), c.distance_m)).collect();
    assert_eq!(names, [("road", 45_000.0), ("trail", 15_000.0)]);
    assert_eq!(history.surfaces.unknown_m, 8_000.0);
    // The last seven days: 5 of 20 km. The 28 before (days -2 to 25): 10 of 40.
    assert_eq!((covered[1].week_share, covered[1].before_share), (Some(0.25), Some(0.25)));
    let last = history.reading(5, "unpaved_share").unwrap();
    assert_eq!((last.value, last.get("change_share")), (0.25, Some(0.0)));
    assert!((last.coverage - 20.0 / 28.0).abs() < 1e-9);
}

#[test]
fn the_notes_of_the_samples_are_those_of_their_maker() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/notes.csv");
    let stored = std::fs::read_to_string(path).unwrap();
    assert_eq!(stored, sample_notes::sample_notes());
    let file = read(stored.as_bytes(), "notes.csv");
    assert_eq!(messages(&file), "");
    assert_eq!(file.notes.len(), file.rows);
    let measured = file.notes.iter().filter(|n| n.said.crossfall_percent.is_some()).count();
    assert_eq!(measured, 1);
}
