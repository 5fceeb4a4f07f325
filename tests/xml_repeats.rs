//! Reading points by the markup they repeat, against walking every tag: the same recordings, issues
//! and errors to the last bit, on real files, synthetic ones, and all of them damaged.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "the functions of a test say what they expect, like its tests"
)]

mod support;

use std::path::Path;

use lightfoot::read::{Limits, read};
use support::prng::Prng;

/// Everything that was read, in words: floats print with all their digits, absent ones as NaN.
fn told(bytes: &[u8], limits: &Limits) -> String {
    format!("{:?}", read(bytes, limits))
}

/// Both ways under the same limits.
fn compare(bytes: &[u8], limits: &Limits, name: &str) {
    let walked = told(bytes, &Limits { xml_point_shapes: 0, ..*limits });
    for shapes in [1, limits.xml_point_shapes] {
        let repeated = told(bytes, &Limits { xml_point_shapes: shapes, ..*limits });
        if repeated != walked {
            let at = repeated.bytes().zip(walked.bytes()).take_while(|(a, b)| a == b).count();
            let from = at.saturating_sub(200);
            panic!(
                "{name}, {shapes} shapes, differs at {at}:\n{}\n-- walked:\n{}\n-- of:\n{}",
                String::from_utf8_lossy(&repeated.as_bytes()[from..(at + 200).min(repeated.len())]),
                String::from_utf8_lossy(&walked.as_bytes()[from..(at + 200).min(walked.len())]),
                String::from_utf8_lossy(bytes).chars().take(6000).collect::<String>(),
            );
        }
    }
}

fn real_files() -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    for folder in ["gpx", "tcx"] {
        let folder = Path::new("../shared/corpus").join(folder);
        let Ok(entries) = std::fs::read_dir(&folder) else {
            println!("no real recordings in {}", folder.display());
            continue;
        };
        files.extend(entries.map(|entry| {
            let path = entry.unwrap().path();
            (path.display().to_string(), std::fs::read(&path).unwrap())
        }));
    }
    files.sort();
    files
}

/// Files whose points differ in what they hold and in how it is written.
fn made_up() -> Vec<(String, Vec<u8>)> {
    let mut files = vec![
        ("synthetic GPX".to_owned(), support::bench::bench_gpx(40)),
        ("synthetic TCX".to_owned(), support::bench::bench_tcx(40)),
    ];
    let mut draw = Prng::new(11);
    for number in 0..6 {
        files.push((format!("mixed GPX {number}"), mixed_gpx(&mut draw).into_bytes()));
        files.push((format!("mixed TCX {number}"), mixed_tcx(&mut draw).into_bytes()));
    }
    files
}

/// One of the spellings, the first four times as often as the others together.
fn one<'s>(draw: &mut Prng, spellings: &[&'s str]) -> &'s str {
    if draw.uniform() < 0.8 {
        return spellings[0];
    }
    spellings[draw.between(0, spellings.len() as i64 - 1) as usize]
}

const TIMES: &[&str] = &[
    "<T>2024-05-01T12:00:07Z</T>",
    "<T>2024-05-01T12:00:07.250Z</T>",
    "<T>2024-05-01T14:00:07+02:00</T>",
    "<T>2024-05-01 12:00:07</T>",
    "<T> 2024-05-01T12:00Z </T>",
    "<T>2024-05-01T12:00:07[UTC]</T>",
    "<T>noon</T>",
    "<T/>",
    "",
];
const NUMBERS: &[&str] =
    &["150", "0", "-0.0", "151.5", "1e2", "12,5", " 80 ", "300", "-4", "", "&#56;0", "8&amp;0"];
const BETWEEN: &[&str] = &[
    "\n  ",
    "",
    "<!-- a comment -->",
    "\u{feff}",
    "stray",
    "</S><S>",
    "<Name>N</Name>",
    "<?pi x?>",
    "</gpx>",
    "<gpx creator='again'>",
];

fn mixed_gpx(draw: &mut Prng) -> String {
    let mut text = "<gpx creator='x'><trk><name>n</name><trkseg>".to_owned();
    for i in 0..60 {
        text += &one(draw, BETWEEN).replace('S', "trkseg").replace("Name", "name");
        let lat = one(draw, &["51.123456", "51.12345678901234567890123", "0", "95", "x", "+51.5"]);
        let quote = one(draw, &["\"", "'"]);
        text += &format!("<trkpt lat={quote}{lat}{quote} lon={quote}7.{i:06}{quote}>");
        text += one(draw, &["<ele>104.2</ele>", "", "<ele></ele>", "<ele>1</ele><ele>2</ele>"]);
        text += &one(draw, TIMES).replace("T>", "time>").replace("T/>", "time/>");
        let (hr, cad) = (one(draw, NUMBERS), one(draw, NUMBERS));
        text += &one(
            draw,
            &[
                "<extensions>\n<e:X><e:hr>H</e:hr><e:cad>C</e:cad></e:X></extensions>",
                "<extensions><e:hr>H</e:hr><e:hr>C</e:hr><o>word</o></extensions>",
                "<extensions><e:cad><![CDATA[C]]></e:cad><o>two words </o><o/></extensions>",
                "<wpt/><cad>C</cad>",
                "<gpx creator='inside'/><hr>H</hr>",
                "<trkseg><hr>H</hr></trkseg>",
                "",
            ],
        )
        .replace('H', hr)
        .replace('C', cad);
        text += one(draw, &["</trkpt>", "</trkpt >", "", "</x></trkpt>"]);
    }
    text + "</trkseg></trk></gpx>"
}

fn mixed_tcx(draw: &mut Prng) -> String {
    let mut text = "<TrainingCenterDatabase><Activities><Activity Sport='Running'>\
                    <Lap StartTime='2024-05-01T12:00:00Z'><Track>"
        .to_owned();
    for i in 0..60 {
        text += &one(draw, BETWEEN).replace('S', "Track").replace("gpx", "TrainingCenterDatabase");
        text += "<Trackpoint>";
        text += &one(draw, TIMES).replace("T>", "Time>").replace("T/>", "Time/>");
        text += &format!(
            "<Position><LatitudeDegrees>{}</LatitudeDegrees><LongitudeDegrees>7.{i:05}\
             </LongitudeDegrees></Position>",
            one(draw, &["51.5", "", "95", "0", "x"])
        );
        let (hr, cad) = (one(draw, NUMBERS), one(draw, NUMBERS));
        text += &one(
            draw,
            &[
                "<HeartRateBpm><Value>H</Value></HeartRateBpm><Cadence>C</Cadence>",
                "<HeartRateBpm>\n<Value>H</Value>\n</HeartRateBpm><Extensions><n:TPX>\
                 <n:RunCadence>C</n:RunCadence></n:TPX></Extensions>",
                "<AltitudeMeters>C</AltitudeMeters><SensorState>Present</SensorState>",
                "<Value>H</Value><AverageHeartRateBpm><Value>C</Value></AverageHeartRateBpm>",
                "<Creator><Name>C</Name></Creator>",
                "</TrainingCenterDatabase><Cadence>C</Cadence>",
                "",
            ],
        )
        .replace('H', hr)
        .replace('C', cad);
        text += one(draw, &["</Trackpoint>", "7</Trackpoint>", "", "</x></Trackpoint>"]);
    }
    text + "</Track></Lap></Activity></Activities></TrainingCenterDatabase>"
}

#[test]
fn whole_files_read_the_same() {
    let limits = Limits::default();
    for (name, bytes) in real_files().into_iter().chain(made_up()) {
        compare(&bytes, &limits, &name);
    }
}

#[test]
fn every_limit_falls_on_the_same_point() {
    let usual = Limits::default();
    for (name, bytes) in made_up() {
        for records in [1, 2, 7, 30, 59] {
            compare(&bytes, &Limits { records, ..usual }, &name);
        }
        for bytes_most in [10, 40, 300] {
            compare(&bytes, &Limits { xml_tag_bytes: bytes_most, ..usual }, &name);
            compare(&bytes, &Limits { xml_text_bytes: bytes_most, ..usual }, &name);
        }
        for few in [1, 3, 4, 6, 9] {
            compare(&bytes, &Limits { xml_depth: few, ..usual }, &name);
            compare(&bytes, &Limits { xml_attributes: few, ..usual }, &name);
        }
    }
}

/// Bytes that mean something to a parser, and values.
const SIGNS: &[u8] = b"<>/\"'&;=!-[]? \n0123456789.,eTZ:x\xef\xff";

fn damaged(bytes: &[u8], draw: &mut Prng) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..draw.between(1, 3) {
        let length = bytes.len() as i64;
        let at = draw.between(0, length - 1) as usize;
        let to = (at + draw.between(1, 60) as usize).min(bytes.len());
        let sign = SIGNS[draw.between(0, SIGNS.len() as i64 - 1) as usize];
        match draw.between(0, 5) {
            0 => bytes[at] = sign,
            1 => bytes.insert(at, sign),
            2 => drop(bytes.drain(at..to)),
            3 => {
                let piece = bytes[at..to].to_vec();
                let place = draw.between(0, length - 1) as usize;
                bytes.splice(place..place, piece);
            }
            4 => bytes.truncate(at.max(1)),
            _ => bytes[at] ^= 1 << draw.between(0, 7),
        }
        if bytes.is_empty() {
            break;
        }
    }
    bytes
}

/// The front of a file with a few dozen points of it.
fn front(bytes: &[u8]) -> &[u8] {
    /// **chosen**: room for a head and some thirty points.
    const FRONT_BYTES: usize = 16 << 10;
    &bytes[..bytes.len().min(FRONT_BYTES)]
}

#[test]
fn damaged_files_read_the_same() {
    /// Damaged copies of each file. **chosen**: some seconds in all.
    const COPIES: usize = 60;
    let limits = Limits::default();
    let mut draw = Prng::new(3);
    for (name, bytes) in real_files().into_iter().chain(made_up()) {
        for copy in 0..COPIES {
            let bytes = damaged(front(&bytes), &mut draw);
            compare(&bytes, &limits, &format!("{name}, copy {copy}"));
        }
    }
}
