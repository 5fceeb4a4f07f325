//! The cleaned track as GPX: read back by our reader and by the gpx crate.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "the functions of a test say what they expect, like its tests"
)]

use std::path::Path;

use lightfoot::activity::Activity;
use lightfoot::activity::great_circle_m;
use lightfoot::intake::{Found, load};
use lightfoot::prepare::{LearntUnits, prepare};
use lightfoot::read::{Limits, read};
use lightfoot::report::gpx::{Ends, HIDDEN_M, NoTrack, track};
use lightfoot::settings::Settings;

fn sample(name: &str) -> Activity {
    let path = Path::new("samples").join(name);
    let loaded = load(&Found::file(name, path), &Limits::default()).unwrap();
    prepared(&loaded.bytes)
}

fn prepared(bytes: &[u8]) -> Activity {
    let output = read(bytes, &Limits::default()).unwrap();
    prepare(&output.recordings[0], &Settings::default(), &LearntUnits::default()).unwrap()
}

type Point = (f64, f64, Option<f64>, i64);

/// Positions, altitude and Unix milliseconds of the ticks that have a position.
fn points(activity: &Activity) -> Vec<Point> {
    let channels = &activity.channels;
    let (lat, lon) = (channels.latitude.as_ref().unwrap(), channels.longitude.as_ref().unwrap());
    let start = activity.meta.start.as_millisecond();
    let ticks = activity.clock.times_s().iter().enumerate();
    ticks
        .filter_map(|(i, t)| {
            let ele = channels.altitude.as_ref().and_then(|c| c.get(i)).map(|m| m.0);
            Some((lat.get(i)?.0, lon.get(i)?.0, ele, start + (t * 1000.0).round() as i64))
        })
        .collect()
}

/// The same of a written file, by the gpx crate.
fn written(bytes: &[u8]) -> Vec<Point> {
    let file = gpx::read(bytes).unwrap();
    let [track] = file.tracks.as_slice() else { panic!("one track") };
    let points = track.segments.iter().flat_map(|s| &s.points);
    points
        .map(|w| {
            let time: jiff::Timestamp = w.time.unwrap().format().unwrap().parse().unwrap();
            (w.point().y(), w.point().x(), w.elevation, time.as_millisecond())
        })
        .collect()
}

#[test]
fn a_kept_track_reads_back_as_it_was() {
    for name in ["2026-03-08-long.gpx", "2026-03-14-easy.tcx", "2026-03-03-easy.fit"] {
        let activity = sample(name);
        let bytes = track(&activity, Ends::Kept).unwrap();
        assert_eq!(written(&bytes), points(&activity), "{name}");
        let again = read(&bytes, &Limits::default()).unwrap();
        assert_eq!(again.recordings[0].times_ms.len(), points(&activity).len(), "{name}");
        assert!(again.issues.is_empty(), "{name}: {:?}", again.issues);
    }
}

#[test]
fn a_trimmed_track_hides_both_ends_and_nothing_else() {
    let activity = sample("2026-03-08-long.gpx");
    let all = points(&activity);
    let kept = written(&track(&activity, Ends::Trimmed).unwrap());
    let place = |p: &Point| (p.0, p.1);
    let (first, last) = (place(&all[0]), place(all.last().unwrap()));
    assert!(great_circle_m(place(&kept[0]), first) >= HIDDEN_M);
    assert!(great_circle_m(place(kept.last().unwrap()), last) >= HIDDEN_M);
    let from = all.iter().position(|p| p == &kept[0]).unwrap();
    assert_eq!(kept, all[from..from + kept.len()], "one piece out of the middle");
    assert!(all.len() - kept.len() < all.len() / 5, "{} of {}", kept.len(), all.len());
}

/// A run east along a parallel, a point a second at 3 m/s, with a stop of ten minutes.
fn straight(metres: usize, title: &str) -> String {
    let mut text = format!("<gpx><trk><name>{title}</name><type>running</type><trkseg>");
    for i in 0..metres / 3 {
        let time = 1_714_564_800 + i as i64 + if i >= 200 { 600 } else { 0 };
        let time = jiff::Timestamp::from_second(time).unwrap();
        if i == 200 {
            text += "</trkseg><trkseg>";
        }
        let lon = 7.0 + i as f64 * 3.0 / 70_000.0;
        text += &format!(
            "<trkpt lat=\"51.0\" lon=\"{lon:.7}\"><ele>50</ele><time>{time}</time></trkpt>"
        );
    }
    text + "</trkseg></trk></gpx>"
}

#[test]
fn a_stop_divides_the_track_and_names_are_escaped() {
    let activity = prepared(straight(3000, "a &lt;b&gt; &amp; \"c\"").as_bytes());
    assert!(!activity.clock.stops().is_empty());
    let file = gpx::read(track(&activity, Ends::Kept).unwrap().as_slice()).unwrap();
    let segments: Vec<usize> = file.tracks[0].segments.iter().map(|s| s.points.len()).collect();
    assert_eq!(segments, [200, 800]);
    assert_eq!(file.tracks[0].name.as_deref(), Some("a <b> & \"c\""));
    assert!(file.creator.unwrap().starts_with("lightfoot "));
}

#[test]
fn what_cannot_be_written_is_said() {
    let short = prepared(straight(180, "short").as_bytes());
    let error = track(&short, Ends::Trimmed).unwrap_err();
    assert!(matches!(error, NoTrack::AllHidden) && error.to_string().contains("200 m"), "{error}");
    let mut indoor = sample("2026-03-03-easy.fit");
    indoor.channels.latitude = None;
    assert!(matches!(track(&indoor, Ends::Kept).unwrap_err(), NoTrack::NoPositions));
}
