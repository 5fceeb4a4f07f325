//! The cleaned track as GPX: read back by our reader and by the gpx crate.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "the functions of a test say what they expect, like its tests"
)]

use std::path::Path;

use lightfoot::activity::{Activity, great_circle_m};
use lightfoot::intake::{Found, load};
use lightfoot::metrics::Run;
use lightfoot::prepare::{LearntUnits, prepare};
use lightfoot::quantities::Quantities;
use lightfoot::read::{Limits, read};
use lightfoot::report::gpx::{Ends, NoTrack, track};
use lightfoot::run::hidden_ends::LEAST_M;
use lightfoot::run::{HiddenEnds, Place, PlaceKind, RunDetail};
use lightfoot::segment::segment;
use lightfoot::settings::Settings;

const NO_PLACES: &[Place] = &[];
/// Distances for tests that need to know them.
const ENDS: HiddenEnds = HiddenEnds { start_m: 250.0, end_m: 330.0 };

fn bytes_of(name: &str) -> Vec<u8> {
    let path = Path::new("samples").join(name);
    load(&Found::file(name, path), &Limits::default()).unwrap().bytes
}

fn sample(name: &str) -> Activity {
    prepared(&bytes_of(name))
}

fn prepared(bytes: &[u8]) -> Activity {
    let output = read(bytes, &Limits::default()).unwrap();
    prepare(&output.recordings[0], &Settings::default(), &LearntUnits::default()).unwrap()
}

fn detail(activity: &Activity) -> RunDetail {
    let settings = Settings::default();
    let segments = segment(activity, &settings.rules);
    RunDetail::of(&Run { activity, segments: &segments, settings: &settings }, &ENDS)
}

/// A track without waypoints.
fn bare(activity: &Activity, ends: Ends) -> Result<Vec<u8>, NoTrack> {
    track(activity, NO_PLACES, ends, Quantities::default())
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
        let bytes = bare(&activity, Ends::Kept).unwrap();
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
    let kept = written(&bare(&activity, Ends::Trimmed(ENDS)).unwrap());
    let place = |p: &Point| (p.0, p.1);
    let (first, last) = (place(&all[0]), place(all.last().unwrap()));
    let mut lost = 0;
    for point in &all {
        let (a, b) = (great_circle_m(place(point), first), great_circle_m(place(point), last));
        let shown = kept.contains(point);
        assert!(!shown || (a >= ENDS.start_m && b >= ENDS.end_m), "{a} {b}");
        // The first half minute hides its surroundings, too: at 3 m/s that is 90 m farther.
        assert!(shown || a < ENDS.start_m + 120.0 || b < ENDS.end_m + 120.0, "{a} {b}");
        lost += usize::from(!shown);
    }
    assert_eq!(kept.len() + lost, all.len());
    assert!((1..all.len() / 4).contains(&lost), "{lost} of {}", all.len());
}

/// Out to the east, home, out to the west, home: the way through home is cut, too.
#[test]
fn passing_home_on_the_way_is_cut_and_parts_the_track() {
    let activity = prepared(&there_and_back(&[1500.0, -1500.0], 1.0));
    let home = (51.0, 7.0);
    let bytes = bare(&activity, Ends::Trimmed(ENDS)).unwrap();
    let kept = written(&bytes);
    let nearest = kept.iter().map(|p| great_circle_m((p.0, p.1), home)).fold(f64::MAX, f64::min);
    assert!(nearest >= ENDS.start_m.max(ENDS.end_m), "{nearest}");
    let farthest = kept.iter().map(|p| great_circle_m((p.0, p.1), home)).fold(0.0, f64::max);
    assert!(farthest > 1450.0, "{farthest}");
    assert_eq!(gpx::read(bytes.as_slice()).unwrap().tracks[0].segments.len(), 2);
    assert_eq!(written(&bare(&activity, Ends::Kept).unwrap()).len(), points(&activity).len());
}

/// The same file is cut at the same place each time; another file at another.
#[test]
fn the_distance_follows_from_the_content() {
    let (a, b) = (bytes_of("2026-03-03-easy.fit"), bytes_of("2026-03-05-tempo.fit"));
    let ends = |bytes: &[u8]| HiddenEnds::of(bytes, 0);
    assert_eq!(ends(&a), ends(&a));
    assert_ne!(ends(&a), ends(&b));
    for bytes in [&a, &b] {
        let activity = prepared(bytes);
        let first = bare(&activity, Ends::Trimmed(ends(bytes))).unwrap();
        assert_eq!(first, bare(&activity, Ends::Trimmed(ends(bytes))).unwrap());
        let all = points(&activity);
        for p in written(&first) {
            let at = |q: &Point| great_circle_m((p.0, p.1), (q.0, q.1));
            assert!(at(&all[0]) >= ends(bytes).start_m && at(&all[0]) >= LEAST_M);
            assert!(at(all.last().unwrap()) >= ends(bytes).end_m);
        }
    }
}

#[test]
fn waypoints_say_what_was_found_and_none_stands_where_the_track_is_cut() {
    let activity = sample("2026-05-12-hills.fit");
    let detail = detail(&activity);
    let write = |ends| track(&activity, &detail.places, ends, Quantities::default()).unwrap();
    let names = |bytes: &[u8]| -> Vec<(String, String, (f64, f64))> {
        let waypoints = gpx::read(bytes).unwrap().waypoints;
        let said = waypoints.into_iter().map(|w| {
            let at = (w.point().y(), w.point().x());
            (w.name.unwrap(), w.description.unwrap(), at)
        });
        said.collect()
    };
    let all = names(&write(Ends::Kept));
    let titles: Vec<&str> = all.iter().map(|w| w.0.as_str()).collect();
    assert_eq!(titles, ["Largest climb", "Turn back", "Steepest and longest descent"]);
    // Planted: 7 to 12 % steep. The turn lies where half of the way is run.
    let descent = &all[2].1;
    assert!(
        descent.contains(" % down for 2.8 km") && descent.contains("steps a minute"),
        "{descent}"
    );
    assert!(all[1].1.starts_with("At 4.0 km"), "{}", all[1].1);
    let wide = HiddenEnds { start_m: 700.0, end_m: 400.0 };
    let trimmed = names(&write(Ends::Trimmed(wide)));
    let home = points(&activity)[0];
    assert!(trimmed.iter().all(|w| great_circle_m(w.2, (home.0, home.1)) >= 700.0));
    assert!(trimmed.len() < all.len(), "the climb begins within the cut");
}

/// A mirrored run has its bends on the other side, at the same places, and loses the same points.
#[test]
fn a_mirrored_run_turns_the_other_way() {
    let (plain, mirrored) = (prepared(&stairs(1.0)), prepared(&stairs(-1.0)));
    let (a, b) = (detail(&plain), detail(&mirrored));
    assert_eq!(a.sharp_bends, (b.sharp_bends.1, b.sharp_bends.0));
    assert!(a.sharp_bends.0 >= 3 && a.sharp_bends.1 >= 2, "{:?}", a.sharp_bends);
    assert_eq!(ENDS.shown(&plain), ENDS.shown(&mirrored));
    let swapped = |kind: PlaceKind| match kind {
        PlaceKind::BendLeft => PlaceKind::BendRight,
        PlaceKind::BendRight => PlaceKind::BendLeft,
        other => other,
    };
    let kinds = |d: &RunDetail| d.places.iter().map(|p| (p.kind, p.tick)).collect::<Vec<_>>();
    let turned: Vec<_> = kinds(&b).into_iter().map(|(k, t)| (swapped(k), t)).collect();
    assert_eq!(kinds(&a), turned);
}

/// Points of a run, a second apart at 3 m/s, from metres east and north of 51 N 7 E.
fn gpx_of(path: &[(f64, f64)]) -> Vec<u8> {
    let mut text = "<gpx><trk><type>running</type><trkseg>".to_owned();
    let metres_a_degree = 6_371_008.8_f64.to_radians();
    for (i, (east, north)) in path.iter().enumerate() {
        let time = jiff::Timestamp::from_second(1_714_564_800 + i as i64).unwrap();
        let lat = 51.0 + north / metres_a_degree;
        let lon = 7.0 + east / (metres_a_degree * 51.0_f64.to_radians().cos());
        text += &format!("<trkpt lat=\"{lat:.8}\" lon=\"{lon:.8}\"><time>{time}</time></trkpt>");
    }
    (text + "</trkseg></trk></gpx>").into_bytes()
}

/// To each turning point along the parallel and home again.
fn there_and_back(turns_m: &[f64], side: f64) -> Vec<u8> {
    let mut path = Vec::new();
    for turn in turns_m {
        let steps = (turn.abs() / 3.0) as usize;
        let way = |i: usize| (side * turn.signum() * 3.0 * i as f64, 0.0);
        path.extend((0..steps).map(way));
        path.extend((0..steps).rev().map(way));
    }
    gpx_of(&path)
}

/// Streets of 300 m, to the left and to the right by turns, mirrored by `side`.
fn stairs(side: f64) -> Vec<u8> {
    let (mut x, mut y) = (0.0, 0.0);
    let mut path = Vec::new();
    for street in 0..8 {
        for _ in 0..100 {
            if street % 2 == 0 {
                x += 3.0
            } else {
                y += 3.0
            }
            path.push((x, side * y));
        }
    }
    gpx_of(&path)
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
    let file = gpx::read(bare(&activity, Ends::Kept).unwrap().as_slice()).unwrap();
    let segments: Vec<usize> = file.tracks[0].segments.iter().map(|s| s.points.len()).collect();
    assert_eq!(segments, [200, 800]);
    assert_eq!(file.tracks[0].name.as_deref(), Some("a <b> & \"c\""));
    assert!(file.creator.unwrap().starts_with("lightfoot "));
}

#[test]
fn what_cannot_be_written_is_said() {
    let short = prepared(straight(180, "short").as_bytes());
    let error = bare(&short, Ends::Trimmed(ENDS)).unwrap_err();
    assert!(matches!(error, NoTrack::AllHidden) && error.to_string().contains("400 m"), "{error}");
    let mut indoor = sample("2026-03-03-easy.fit");
    indoor.channels.latitude = None;
    assert!(matches!(bare(&indoor, Ends::Kept).unwrap_err(), NoTrack::NoPositions));
}
