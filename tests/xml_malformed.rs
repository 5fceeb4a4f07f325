//! Damage: whatever the bytes, no panic, and what stands outside the damage is kept.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "the functions of a test say what they expect, like its tests"
)]

#[path = "support/processor_time.rs"]
mod processor_time;

use std::time::Duration;

use lightfoot::activity::{Issue, IssueKind, SummaryKey};
use lightfoot::read::{Field, Limits, ReadError, ReadOutput, read};
use processor_time::timed;

fn gpx(points: usize) -> String {
    let mut text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gpx creator=\"Gerät\" \
        xmlns:gpxtpx=\"x\"><!-- a comment --><metadata><name>M</name></metadata>\
        <trk><name>R&amp;B</name><type>running</type><trkseg>\n"
        .to_owned();
    for i in 0..points {
        text += &format!(
            "<trkpt lat=\"51.{:05}\" lon=\"7.{:05}\"><ele>{}</ele><time>2024-05-01T{:02}:{:02}:\
             {:02}Z</time><extensions><gpxtpx:T><gpxtpx:cad>{}</gpxtpx:cad></gpxtpx:T>\
             </extensions></trkpt>\n",
            i % 90_000 + 1,
            i % 90_000 + 1,
            i % 100,
            i / 3600 % 24,
            i / 60 % 60,
            i % 60,
            80 + i % 5
        );
    }
    text + "</trkseg></trk></gpx>\n"
}

fn tcx(points: usize) -> String {
    let mut text = "<TrainingCenterDatabase><Activities><Activity Sport=\"Running\">\
        <Id>2024-05-01T00:00:00Z</Id><Lap StartTime=\"2024-05-01T00:00:00Z\">\
        <TotalTimeSeconds>10</TotalTimeSeconds><Track>\n"
        .to_owned();
    for i in 0..points {
        text += &format!(
            "<Trackpoint><Time>2024-05-01T{:02}:{:02}:{:02}Z</Time><Position><LatitudeDegrees>\
             51.{:05}</LatitudeDegrees><LongitudeDegrees>7.1</LongitudeDegrees></Position>\
             <HeartRateBpm><Value>140</Value></HeartRateBpm><Extensions><TPX><RunCadence>{}\
             </RunCadence></TPX></Extensions></Trackpoint>\n",
            i / 3600 % 24,
            i / 60 % 60,
            i % 60,
            i % 90_000 + 1,
            80 + i % 5
        );
    }
    text + "</Track></Lap><Creator><Name>Garmin</Name></Creator></Activity></Activities>\
        </TrainingCenterDatabase>"
}

fn read_text(text: &str) -> Result<ReadOutput, ReadError> {
    read(text.as_bytes(), &Limits::default())
}

fn kept(output: &ReadOutput) -> usize {
    output.recordings.iter().map(|r| r.times_ms.len()).sum()
}

fn is_cut(output: &ReadOutput) -> bool {
    output.issues.iter().any(|i| i.kind == IssueKind::Truncated)
}

/// Every column as long as the clock, every break inside it.
fn is_sound(output: &ReadOutput) -> bool {
    output.recordings.iter().all(|r| {
        let rows = r.times_ms.len();
        r.columns.iter().all(|c| c.values.len() == rows) && r.breaks.iter().all(|b| *b < rows)
    })
}

#[test]
fn a_cut_at_any_byte_keeps_every_complete_point() {
    for (text, end) in [(gpx(12), "</trkpt>"), (tcx(12), "</Trackpoint>")] {
        let bytes = text.as_bytes();
        let whole = read(bytes, &Limits::default()).unwrap();
        assert_eq!((kept(&whole), is_cut(&whole)), (12, false));
        let last = text.rfind('>').unwrap();
        for cut in 0..bytes.len() {
            let complete = String::from_utf8_lossy(&bytes[..cut]).matches(end).count();
            match read(&bytes[..cut], &Limits::default()) {
                Ok(output) => {
                    assert_eq!(kept(&output), complete, "cut at {cut}");
                    assert!(is_sound(&output));
                    assert_eq!(is_cut(&output), cut <= last, "cut at {cut}");
                }
                Err(error) => assert_eq!(complete, 0, "cut at {cut}: {error}"),
            }
        }
    }
}

#[test]
fn a_cut_names_its_line() {
    let text = gpx(10);
    // Line 1 is the declaration, line 2 the head, line 3 the first point.
    let cut = text.match_indices("<ele>").nth(6).unwrap().0 + 3;
    let output = read_text(&text[..cut]).unwrap();
    let issue = output.recordings[0].issues.iter().find(|i| i.kind == IssueKind::Truncated);
    let message = &issue.unwrap().message;
    assert!(message.contains("line 9") && message.contains("6 point(s)"), "{message}");
}

/// A small reproducible generator: xorshift.
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % n as u64).unwrap()
    }
}

#[test]
fn mutations_never_panic_and_lose_little() {
    const POINTS: usize = 40;
    const CHANGES: usize = 4;
    let signs = b"<>/\"'&;=:! \0\xff\xc30a?-[]";
    for (seed, text) in [(7, gpx(POINTS)), (11, tcx(POINTS))] {
        let mut chance = Chance(seed);
        let mut lost_most = 0;
        for _ in 0..1000 {
            let mut bytes = text.clone().into_bytes();
            for _ in 0..CHANGES {
                let at = chance.below(bytes.len());
                match chance.below(4) {
                    0 => bytes[at] = signs[chance.below(signs.len())],
                    1 => drop(bytes.remove(at)),
                    2 => bytes.insert(at, signs[chance.below(signs.len())]),
                    _ => {
                        let from = chance.below(bytes.len());
                        let piece = bytes[from..(from + 30).min(bytes.len())].to_vec();
                        bytes.splice(at..at, piece);
                    }
                }
            }
            if let Ok(output) = read(&bytes, &Limits::default()) {
                assert!(is_sound(&output));
                if output.not_an_activity.is_none() {
                    lost_most = lost_most.max(POINTS.saturating_sub(kept(&output)));
                }
            }
        }
        // A change can hide a point in a comment or merge two; it never takes the rest along.
        assert!(lost_most <= 3 * CHANGES, "{lost_most} of {POINTS} points lost");
    }
}

#[test]
fn one_broken_tag_costs_one_point() {
    let whole = gpx(2000);
    let place = whole.match_indices("<trkpt").nth(1000).unwrap().0;
    let point = &whole[place..whole[place..].find("</trkpt>").unwrap() + place + 8];
    for broken in [
        point.replacen("lat=\"", "lat=", 1),
        point.replacen("\" lon", " lon", 1),
        point.replacen("</trkpt>", "", 1),
        point.replacen("</trkpt>", "</trkpt", 1),
        point.replacen("</ele>", "</ele", 1),
        point.replacen("</ele>", "", 1),
        point.replacen("<ele>", "<ele", 1),
        point.replacen("<ele>", "ele>", 1),
        point.replacen("<ele>", "<<ele>", 1),
        point.replacen("<ele>", "<!ele>", 1),
        point.replacen("<ele>", "<!-- <ele>", 1),
        point.replacen("<ele>", "<![CDATA[<ele>", 1),
        point.replacen("<ele>", "<? <ele>", 1),
        point.replacen("<ele>", "& &x; &#0; <ele>", 1),
        point.replacen("<trkpt", "<trkpt <trkpt", 1),
        point[..60].to_owned(),
    ] {
        let text = whole.replace(point, &broken);
        let output = read_text(&text).unwrap();
        let kept = kept(&output);
        assert!((1999..=2001).contains(&kept), "{kept} points with {broken}");
        let run = &output.recordings[0];
        assert!(is_sound(&output) && !is_cut(&output), "{broken}");
        let cadence = run.columns_of(Field::Cadence).next().unwrap().values.present();
        assert!(cadence >= 1999, "{cadence} cadences with {broken}");
        let times = run.times_ms.iter().flatten().count();
        assert!(times >= 1998, "{times} times with {broken}");
    }
}

#[test]
fn a_name_with_a_bare_angle_bracket_loses_nothing_else() {
    let text = gpx(50).replace("R&amp;B", "5 < 6 & 7");
    let output = read_text(&text).unwrap();
    assert_eq!(kept(&output), 50);
    let text = gpx(50).replace("R&amp;B", "a <b & c");
    assert_eq!(kept(&read_text(&text).unwrap()), 50);
}

#[test]
fn invalid_exercise_elements_of_samsung_are_passed_over() {
    let text = gpx(5).replace(
        "<metadata>",
        "<metadate>2024</metadate><exerciseinfo><heartrate>1</heartrate></exerciseinfo><metadata>",
    );
    assert_eq!(kept(&read_text(&text).unwrap()), 5);
}

/// Debug builds on a busy machine: the bounds are wide, a quadratic walk is far beyond them.
const PATIENCE: Duration = Duration::from_secs(20);

#[test]
fn bombs_end_soon_and_small() {
    let ((), time) = timed(every_bomb);
    assert!(time < PATIENCE, "{time:?}");
}

fn every_bomb() {
    let laughs: String = (1..12)
        .map(|i| format!("<!ENTITY a{i} \"{}\">", format!("&a{};", i - 1).repeat(10)))
        .collect();
    let bomb =
        gpx(3).replace("<gpx ", &format!("<!DOCTYPE gpx [<!ENTITY a0 \"ha\">{laughs}]><gpx "));
    let output = read_text(&bomb.replace("R&amp;B", "&a11;")).unwrap();
    assert_eq!(output.recordings[0].title.as_deref(), Some("&a11;"));
    assert!(output.issues.iter().any(|i| i.kind == IssueKind::Header));
    let outside =
        gpx(3).replace("<gpx ", "<!DOCTYPE gpx [<!ENTITY f SYSTEM \"file:///etc/passwd\">]><gpx ");
    let output = read_text(&outside.replace("R&amp;B", "&f;")).unwrap();
    assert_eq!(output.recordings[0].title.as_deref(), Some("&f;"));
    for unclosed in ["<trkpt a=\"", "<!--", "<![CDATA[", "<?", "</", "<a ", "<!DOCTYPE [", "&"] {
        let text = format!("<gpx><trk><trkseg>{}", unclosed.repeat(300_000));
        let _ = read_text(&text);
    }
    let prefixes: String =
        (0..50_000).map(|i| format!("<trkpt><n{i}:cad>1</n{i}:cad></trkpt>")).collect();
    let _ = read_text(&format!("<gpx><trk><trkseg>{prefixes}"));
}

#[test]
fn damage_everywhere_takes_time_in_proportion() {
    let whole = gpx(30_000);
    for (from, to) in [("lat=\"", "lat="), ("</trkpt>", "<!-- </trkpt>"), ("<ele>", "<ele")] {
        let text = whole.replace(from, to);
        let (output, time) = timed(|| read_text(&text));
        assert!(time < PATIENCE, "{to}: {time:?}");
        let output = output.unwrap();
        assert!(kept(&output) >= 29_000, "{to}: {}", kept(&output));
    }
}

#[test]
fn lap_totals_that_nobody_can_have_run_are_left_out_and_said() {
    let text = tcx(5).replace("<Track>", "<DistanceMeters>1e308</DistanceMeters><Track>");
    let output = read_text(&text).unwrap();
    let recording = &output.recordings[0];
    assert_eq!(recording.summary.get(SummaryKey::DistanceM), None);
    assert_eq!(recording.summary.get(SummaryKey::TimerS), Some(10.0));
    let said = |i: &&Issue| i.kind == IssueKind::Summary && i.message.contains("distance");
    assert_eq!(recording.issues.iter().filter(said).count(), 1, "{:?}", recording.issues);
}
