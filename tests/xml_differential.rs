//! Our GPX reader against the `gpx` crate, point by point, wherever that one succeeds.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "the functions of a test say what they expect, like its tests"
)]

use std::path::Path;

use lightfoot::read::{Field, Limits, Recording, read};

/// Position, elevation and time of one point.
type Point = (f64, f64, Option<f64>, Option<i64>);

fn column(recording: &Recording, field: Field) -> Vec<Option<f64>> {
    recording
        .columns_of(field)
        .next()
        .map_or_else(|| vec![None; recording.times_ms.len()], |c| c.values.iter().collect())
}

fn ours(bytes: &[u8]) -> Vec<Vec<Point>> {
    let output = read(bytes, &Limits::default()).unwrap();
    let points = |r: &Recording| {
        let (lat, lon) = (column(r, Field::Latitude), column(r, Field::Longitude));
        let ele = column(r, Field::Altitude);
        let place = |i: usize| lat[i].unwrap_or(f64::NAN);
        (0..r.times_ms.len())
            .map(|i| (place(i), lon[i].unwrap_or(f64::NAN), ele[i], r.times_ms[i]))
            .collect()
    };
    output.recordings.iter().map(points).collect()
}

/// The crate's tracks; those without any time are no recording of ours.
fn theirs(file: &gpx::Gpx) -> Vec<Vec<Point>> {
    let point = |w: &gpx::Waypoint| {
        let time = w.time.map(|t| {
            let written = t.format().unwrap();
            let time: jiff::Timestamp = written.parse().unwrap();
            time.as_millisecond()
        });
        (w.point().y(), w.point().x(), w.elevation, time)
    };
    let track = |t: &gpx::Track| -> Vec<Point> {
        t.segments.iter().flat_map(|s| s.points.iter().map(point)).collect()
    };
    let timed = |t: &Vec<Point>| t.iter().any(|p| p.3.is_some());
    file.tracks.iter().map(track).filter(timed).collect()
}

/// Files that the crate refuses, and why we do not.
const REFUSED_BY_CRATE: &[(&str, &str)] = &[
    ("placemark__togeojson__bad.gpx", "positions that are no numbers"),
    ("placemark__togeojson__blue_hills.gpx", "a vendor's element in a track of GPX 1.0"),
    ("placemark__togeojson__osm.gpx", "an address in a track of GPX 1.0"),
    ("placemark__togeojson__zero_elevation.gpx", "a vendor's element in a track of GPX 1.0"),
];

#[test]
fn positions_elevations_and_times_agree_with_the_gpx_crate() {
    let folder = Path::new("../shared/corpus/gpx");
    let Ok(entries) = std::fs::read_dir(folder) else {
        println!("skipped: no real recordings in {}", folder.display());
        return;
    };
    let (mut compared, mut points, mut unexplained) = (0, 0, Vec::new());
    let mut paths: Vec<_> = entries.map(|e| e.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let bytes = std::fs::read(&path).unwrap();
        let explained = REFUSED_BY_CRATE.iter().find(|(file, _)| *file == name);
        let file = match gpx::read(bytes.as_slice()) {
            Ok(file) => file,
            Err(error) => {
                match explained {
                    Some((_, why)) => println!("{name}: the crate refuses it ({why}: {error})"),
                    None => unexplained.push(format!("{name}: {error}")),
                }
                continue;
            }
        };
        assert!(explained.is_none(), "{name} is read by the crate after all");
        let (ours, theirs) = (ours(&bytes), theirs(&file));
        assert_eq!(ours.len(), theirs.len(), "{name}: tracks");
        for (ours, theirs) in ours.iter().zip(&theirs) {
            assert_eq!(ours, theirs, "{name}");
            points += ours.len();
        }
        compared += 1;
    }
    assert!(unexplained.is_empty(), "{unexplained:#?}");
    println!("{compared} files, {points} points equal");
    assert!(compared >= 30 && points > 1500, "{compared} files, {points} points");
}
