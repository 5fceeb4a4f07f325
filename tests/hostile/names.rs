//! Files of every format with an untrusted name in every field that takes text.

use std::path::Path;

use crate::fit_bytes::{START, data, define, define_with_developer, file};

/// Text as XML takes it; what XML may not hold stands as the number of its letter.
fn xml(text: &str) -> String {
    let letter = |c: char| match c {
        '&' => "&amp;".to_owned(),
        '<' => "&lt;".to_owned(),
        '>' => "&gt;".to_owned(),
        '"' => "&quot;".to_owned(),
        c if c.is_control() => format!("&#{};", u32::from(c)),
        c => c.to_string(),
    };
    text.chars().map(letter).collect()
}

/// A text as a system takes it for a name: without slash and NUL, and not too long.
pub fn file_name(text: &str) -> String {
    /// Bytes of a name beside its number and ending.
    const LONGEST: usize = 200;
    let mut name: String = text.chars().filter(|c| !matches!(c, '/' | '\0')).collect();
    while name.len() > LONGEST {
        name.pop();
    }
    name
}

/// When the run of a number begins: each on a day of its own.
pub fn day(number: usize) -> jiff::Timestamp {
    let start = jiff::Timestamp::from_second(1_704_096_000).unwrap();
    start + jiff::SignedDuration::from_hours(24 * number as i64)
}

fn stamp(number: usize, second: i64) -> jiff::Timestamp {
    day(number) + jiff::SignedDuration::from_secs(second)
}

/// Seconds of each run.
const SECONDS: i64 = 60;

/// A GPX run of some day, hostile in creator, name, description, comment, link, keyword, source
/// and an element's text.
pub fn gpx(number: usize, text: &str) -> Vec<u8> {
    let text = xml(text);
    let points: String = (0..SECONDS)
        .map(|s| {
            format!(
                "<trkpt lat=\"47.{:06}\" lon=\"8.5\"><name>{text}</name><time>{}</time><extensions>\
                 <cad>84</cad></extensions></trkpt>",
                27 * s,
                stamp(number, s)
            )
        })
        .collect();
    format!(
        "<gpx creator=\"{text}\"><metadata><name>{text}</name><desc>{text}</desc><author><name>{text}\
         </name></author><link href=\"{text}\"/><keywords>{text}</keywords></metadata><trk><name>{text}\
         </name><cmt>{text}</cmt><desc>{text}</desc><src>{text}</src><type>running</type><trkseg>\
         {points}</trkseg></trk></gpx>"
    )
    .into_bytes()
}

/// A TCX run, hostile in creator, notes and author.
pub fn tcx(number: usize, text: &str) -> Vec<u8> {
    let text = xml(text);
    let points: String = (0..SECONDS)
        .map(|s| {
            format!(
                "<Trackpoint><Time>{}</Time><DistanceMeters>{}</DistanceMeters><Extensions><TPX>\
                 <RunCadence>84</RunCadence></TPX></Extensions></Trackpoint>",
                stamp(number, s),
                3 * s
            )
        })
        .collect();
    format!(
        "<TrainingCenterDatabase><Activities><Activity Sport=\"Running\"><Id>{}</Id><Lap StartTime=\
         \"{}\"><Notes>{text}</Notes><Track>{points}</Track></Lap><Notes>{text}</Notes><Creator><Name>\
         {text}</Name></Creator></Activity></Activities><Author><Name>{text}</Name></Author>\
         </TrainingCenterDatabase>",
        day(number),
        day(number)
    )
    .into_bytes()
}

/// Text in a FIT field of 64 bytes.
fn field(text: &str) -> [u8; 64] {
    let mut bytes = [0; 64];
    let kept: String = text.chars().filter(|c| *c != '\0').collect();
    let mut length = kept.len().min(63);
    while !kept.is_char_boundary(length) {
        length -= 1;
    }
    bytes[..length].copy_from_slice(&kept.as_bytes()[..length]);
    bytes
}

/// A FIT run, hostile in product name, friendly name, sport name, workout name, developer field
/// name and unit.
pub fn fit(number: usize, text: &str) -> Vec<u8> {
    let start = (day(number).as_second() - 631_065_600) as u32;
    assert!(start > START);
    let text = field(text);
    let mut messages = define(0, 0, &[(0, 1, 0), (1, 2, 0x84), (2, 2, 0x84), (8, 64, 7)]);
    let numbers = [255_u16.to_le_bytes(), (number as u16).to_le_bytes()].concat();
    messages.extend(data(0, &[&[4], &numbers, &text]));
    messages.extend(define(2, 3, &[(0, 64, 7)]));
    messages.extend(data(2, &[&text]));
    messages.extend(define(2, 23, &[(0, 1, 2), (27, 64, 7), (19, 64, 7)]));
    messages.extend(data(2, &[&[0], &text, &text]));
    messages.extend(define(2, 12, &[(0, 1, 0), (1, 1, 0), (3, 64, 7)]));
    messages.extend(data(2, &[&[1, 0], &text]));
    messages.extend(define(2, 26, &[(4, 1, 0), (8, 64, 7)]));
    messages.extend(data(2, &[&[1], &text]));
    messages.extend(define(5, 206, &[(0, 1, 2), (1, 1, 2), (2, 1, 2), (3, 64, 7), (8, 64, 7)]));
    messages.extend(data(5, &[&[0, 0, 2], &text, &text]));
    let fields = [(253, 4, 0x86), (5, 4, 0x86), (6, 2, 0x84), (4, 1, 2)];
    messages.extend(define_with_developer(1, 20, &fields, &[(0, 1, 0)]));
    for second in 0..SECONDS as u32 {
        let (time, metres) = ((start + second).to_le_bytes(), (300 * second).to_le_bytes());
        messages.extend(data(1, &[&time, &metres, &3000_u16.to_le_bytes(), &[84, 7]]));
    }
    messages.extend(define(4, 18, &[(2, 4, 0x86), (7, 4, 0x86), (5, 1, 0), (110, 64, 7)]));
    messages.extend(data(4, &[&start.to_le_bytes(), &60_000_u32.to_le_bytes(), &[1], &text]));
    file(&messages)
}

/// Writes a run in each format for each text, the text in the file's name as well.
pub fn write(folder: &Path, texts: &[String]) {
    std::fs::create_dir_all(folder).unwrap();
    for (number, text) in texts.iter().enumerate() {
        let name = file_name(text);
        let put = |at: usize, ending: &str, bytes: Vec<u8>| {
            let path = folder.join(format!("{at:04}{name}.{ending}"));
            std::fs::write(path, bytes).unwrap();
        };
        put(3 * number, "fit", fit(3 * number, text));
        put(3 * number + 1, "gpx", gpx(3 * number + 1, text));
        put(3 * number + 2, "tcx", tcx(3 * number + 2, text));
    }
}
