//! Numbers that are none: they become absent, and no output says NaN or inf.

use lightfoot::report::WRITERS;

use crate::fit_bytes::{START, data, define, file, file_id};
use crate::given::{cad, fit_run, gpx, point, run_cadence, session, tcx, trackpoint};
use crate::report;

const ODD: &[&str] = &[
    "NaN",
    "nan",
    "inf",
    "-inf",
    "Infinity",
    "-0",
    "-0.0",
    "1e308",
    "-1e308",
    "1e309",
    "1e-320",
    "4294967295",
    "9223372036854775808",
    "0x7F",
    "255",
    "",
    " ",
    "1,5",
    "--1",
    "+5",
    "٣",
    "1_000",
];

const DATES: &[&str] = &[
    "1989-12-31T00:00:00Z",
    "1970-01-01T00:00:00Z",
    "0001-01-01T00:00:00Z",
    "2106-02-07T06:28:15Z",
    "9999-12-31T23:59:59Z",
    "2016-12-31T23:59:60Z",
    "2024-02-30T00:00:00Z",
    "2024-03-31T02:30:00+01:00",
    "2024-01-01T00:05:00+26:00",
    "-2024-01-01T00:00:00Z",
];

/// Files with an odd number in each place where a number stands.
fn files() -> Vec<(String, Vec<u8>)> {
    let mut files = vec![("plain.fit".to_owned(), fit_run(600, 84))];
    for (index, odd) in ODD.iter().enumerate() {
        let inside = format!(
            "<ele>{odd}</ele><extensions><cad>{odd}</cad><hr>{odd}</hr><speed>{odd}</speed>\
             <power>{odd}</power><atemp>{odd}</atemp></extensions>"
        );
        let points: String = (0..300)
            .map(|s| if s % 3 == 1 { point(s, &inside) } else { point(s, &cad("84")) })
            .collect();
        let place = points.replacen("lon=\"8.5\"", &format!("lon=\"{odd}\""), 4);
        let day = format!("2024-01-{:02}", index + 1);
        files.push((format!("{index}.gpx"), gpx(&place).replace("2024-01-01", &day).into_bytes()));
        let inside = format!(
            "<AltitudeMeters>{odd}</AltitudeMeters><HeartRateBpm><Value>{odd}</Value>\
             </HeartRateBpm><Cadence>{odd}</Cadence>"
        );
        let points: String = (0..300)
            .map(|s| {
                let text = trackpoint(s, if s % 3 == 1 { &inside } else { "" });
                if s == 7 {
                    text.replace("<DistanceMeters>21", &format!("<DistanceMeters>{odd}"))
                } else {
                    text
                }
            })
            .collect();
        let totals = format!(
            "<TotalTimeSeconds>{odd}</TotalTimeSeconds><DistanceMeters>{odd}</DistanceMeters>\
             <MaximumSpeed>{odd}</MaximumSpeed><Track>"
        );
        let text = tcx(&points, "x").replace("<Track>", &totals);
        let day = format!("2024-02-{:02}", index + 1);
        files.push((format!("{index}.tcx"), text.replace("2024-01-01", &day).into_bytes()));
    }
    for (index, date) in DATES.iter().enumerate() {
        let odd = format!("<trkpt lat=\"47\" lon=\"8.5\"><time>{date}</time></trkpt>");
        let points: String = (0..300)
            .map(|s| if s % 50 == 9 { odd.clone() } else { point(s, &cad("84")) })
            .collect();
        let day = format!("2024-03-{:02}", index + 1);
        files
            .push((format!("d{index}.gpx"), gpx(&points).replace("2024-01-01", &day).into_bytes()));
        let all: String = (0..3).map(|_| odd.clone()).collect();
        files.push((format!("e{index}.gpx"), gpx(&all).into_bytes()));
    }
    files.push(("floats.fit".to_owned(), floats()));
    files.push(("ends.fit".to_owned(), ends()));
    files
}

/// Native fields stored as floating point numbers that are none.
fn floats() -> Vec<u8> {
    let mut messages = file_id(4);
    let fields =
        [(253, 4, 0x86), (5, 4, 0x88), (6, 4, 0x88), (4, 4, 0x88), (2, 8, 0x89), (3, 4, 0x88)];
    messages.extend(define(1, 20, &fields));
    let odd = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -0.0, 1e308, -1e308, f64::MIN_POSITIVE];
    for second in 0..700_u32 {
        let value = odd[second as usize % odd.len()];
        let small = (value as f32).to_le_bytes();
        let stamp = (START + 86_400 * 200 + second).to_le_bytes();
        messages.extend(data(1, &[&stamp, &small, &small, &small, &value.to_le_bytes(), &small]));
    }
    messages.extend(session(86_400 * 200, 700, 1, 2100));
    file(&messages)
}

/// The first and the last second that FIT can say, and a summary full of the largest numbers.
fn ends() -> Vec<u8> {
    let mut messages = file_id(4);
    messages.extend(define(1, 20, &[(253, 4, 0x86), (5, 4, 0x86), (4, 1, 2)]));
    for time in [0, 1, 2, 0x0fff_ffff, u32::MAX - 2, u32::MAX - 1, u32::MAX] {
        messages.extend(data(1, &[&time.to_le_bytes(), &(u32::MAX - 1).to_le_bytes(), &[254]]));
    }
    let fields: Vec<(u8, u8, u8)> = (7..=30).map(|n| (n, 4, 0x86)).chain([(5, 1, 0)]).collect();
    messages.extend(define(4, 18, &fields));
    let mut body = vec![0xfe; 4 * 24];
    body.push(1);
    messages.extend(data(4, &[&body]));
    file(&messages)
}

#[test]
fn no_output_says_that_a_number_is_none() {
    let here = tempfile::tempdir().unwrap();
    let files = files();
    for (name, bytes) in &files {
        std::fs::write(here.path().join(name), bytes).unwrap();
    }
    let report = report(&[here.path().to_owned()]);
    assert_eq!(report.inputs.len(), files.len(), "each is listed");
    assert!(report.history.runs.len() > 30, "{} runs", report.history.runs.len());
    for writer in WRITERS {
        let text = writer.text(&report).unwrap();
        let words = text.split(|c: char| !(c.is_alphanumeric() || c == '_'));
        let none =
            words.clone().find(|w| ["NaN", "nan", "inf", "Infinity", "infinity"].contains(w));
        let around =
            none.and_then(|n| text.find(n)).map(|at| text.get(at.saturating_sub(120)..at + 40));
        assert_eq!(none, None, "{}: {around:?}", writer.name);
        let mut tokens = text.split([',', ' ', '\n', '[', ']', '}', ':', '<', '>', '"']);
        assert!(!tokens.any(|t| ["-0", "-0.0"].contains(&t)), "{}: minus zero", writer.name);
    }
}

#[test]
fn odd_numbers_are_absent_or_told_and_the_others_stay() {
    use lightfoot::read::{Field, Limits, read};
    for odd in ["NaN", "inf", "1e309", "-inf", "Infinity"] {
        let points: String = (0..60)
            .map(|s| {
                point(s, &format!("<ele>{}</ele>{}", if s == 30 { odd } else { "5" }, cad("84")))
            })
            .collect();
        let output = read(gpx(&points).as_bytes(), &Limits::default()).unwrap();
        let column = output.recordings[0].columns_of(Field::Altitude).next().unwrap();
        assert_eq!((column.values.get(30), column.values.present()), (None, 59), "{odd}");
        assert!(!output.recordings[0].issues.is_empty(), "{odd} is told");
    }
    let _ = run_cadence("84");
}
