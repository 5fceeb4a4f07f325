//! TCX: one recording per activity, with the device's own lap summaries beside it.
//!
//! Courses and workouts are named and not read. `Cadence` and `RunCadence` are two columns.

use std::borrow::Cow;

use quick_xml::events::BytesStart;

use super::xml::{
    Clock, Decoded, Node, PointNames, Walk, attribute, broken_off, decode, ends_too_early, local,
    maker, number, plain_text, sport,
};
use super::{ColumnSource, Format, Limits, NotAnActivity, ReadError, ReadOutput};
use crate::activity::Issue;

mod activity;
mod laps;

use activity::OpenActivity;
use laps::Lap;

/// The format's entry in the table.
pub const FORMAT: Format = Format { name: NAME, extensions: &["tcx"], sniff, read };

const NAME: &str = "TCX";
const ROOT: &str = "TrainingCenterDatabase";
const POINT: &str = "Trackpoint";
const COLUMNS: PointNames = PointNames {
    latitude: "LatitudeDegrees",
    longitude: "LongitudeDegrees",
    altitude: "AltitudeMeters",
};

fn sniff(bytes: &[u8]) -> bool {
    super::xml::root_is(bytes, ROOT)
}

fn read(bytes: &[u8], limits: &Limits) -> Result<ReadOutput, ReadError> {
    let Decoded { text, issue } = decode(bytes);
    let mut file = File {
        walk: Walk::new(NAME, POINT, &text, limits),
        limits,
        clock: Clock::default(),
        place: Place::Outside,
        path: Path::default(),
        activity: None,
        points: 0,
        closed: false,
        found: Found::default(),
        output: ReadOutput::default(),
    };
    while let Some(node) = file.walk.next()? {
        match node {
            Node::Open(tag) => file.open(&tag)?,
            Node::Empty(tag) => {
                file.open(&tag)?;
                file.close(tag.name().0);
            }
            Node::Close(tag) => file.close(tag.name().0),
        }
    }
    file.finish(issue)
}

/// Where in the file the walk is, kept by name so that a missing end tag costs one element.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Outside,
    Activity,
    Lap,
    Point,
    Creator,
    /// Courses, workouts, folders.
    Elsewhere,
}

/// What must be remembered between a tag and its text.
#[derive(Default)]
struct Path<'t> {
    extensions: bool,
    heart_rate: HeartRate,
    latitude: Option<Cow<'t, str>>,
    longitude: Option<Cow<'t, str>>,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum HeartRate {
    #[default]
    None,
    Current,
    Average,
    Highest,
}

#[derive(Default)]
struct Found {
    courses: usize,
    workouts: usize,
}

struct File<'t> {
    walk: Walk<'t>,
    limits: &'t Limits,
    clock: Clock,
    place: Place,
    path: Path<'t>,
    activity: Option<OpenActivity>,
    points: usize,
    /// Whether the root element ended after the last point: a second document may follow.
    closed: bool,
    found: Found,
    output: ReadOutput,
}

impl File<'_> {
    fn open(&mut self, tag: &BytesStart<'_>) -> Result<(), ReadError> {
        let name = tag.name();
        match (local(name.0), self.place) {
            ("Activity", _) => {
                self.end_activity();
                let kind = attribute(tag, "Sport").map(|text| sport(&text));
                self.activity = Some(OpenActivity { kind, ..OpenActivity::default() });
                self.place = Place::Activity;
            }
            ("Course", _) => {
                self.end_activity();
                self.found.courses += 1;
                self.place = Place::Elsewhere;
            }
            ("Workout", _) => {
                self.end_activity();
                self.found.workouts += 1;
                self.place = Place::Elsewhere;
            }
            (_, Place::Elsewhere) => {}
            ("Lap", _) => self.open_lap(tag),
            ("Track", _) => {
                self.end_point();
                self.open_track();
            }
            (POINT, _) => self.open_point()?,
            ("Creator", _) => self.place = Place::Creator,
            ("Extensions", _) => self.path.extensions = true,
            ("HeartRateBpm", _) => self.path.heart_rate = HeartRate::Current,
            ("AverageHeartRateBpm", _) => self.path.heart_rate = HeartRate::Average,
            ("MaximumHeartRateBpm", _) => self.path.heart_rate = HeartRate::Highest,
            _ => {}
        }
        Ok(())
    }

    fn open_lap(&mut self, tag: &BytesStart<'_>) {
        self.end_point();
        self.place = Place::Lap;
        self.path = Path::default();
        let Some(activity) = &mut self.activity else { return };
        let start = attribute(tag, "StartTime");
        let start_ms = start.and_then(|text| self.clock.parse(&text)).map(|(ms, _)| ms);
        activity.laps.push(Lap::new(start_ms, activity.points.len()));
    }

    fn open_track(&mut self) {
        let Some(activity) = &mut self.activity else { return };
        let here = activity.points.len();
        let Some(lap) = activity.laps.last_mut() else { return };
        if lap.tracks > 0 && here > lap.first_point {
            activity.pauses.push(here);
        }
        lap.tracks += 1;
    }

    fn open_point(&mut self) -> Result<(), ReadError> {
        /// Where a point stands at the deepest (a leg of a multisport session), whatever tags
        /// were lost before it.
        const POINT_DEPTH: usize = 8;
        self.end_point();
        self.closed = false;
        self.points += 1;
        if self.points > self.limits.records {
            let limit = self.limits.records;
            return Err(ReadError::Limit { format: NAME, what: "points", limit });
        }
        self.walk.set_depth(POINT_DEPTH);
        self.activity.get_or_insert_default().points.begin_point();
        self.place = Place::Point;
        self.path = Path::default();
        Ok(())
    }

    fn close(&mut self, name: &str) {
        match (local(name), self.place) {
            (ROOT, _) => {
                self.spoil_point();
                self.closed = true;
            }
            ("Activity", _) => self.end_activity(),
            ("Course" | "Workout", _) => self.place = Place::Outside,
            (_, Place::Elsewhere) => {}
            (POINT, Place::Point) => {
                self.end_point();
                self.repeat_points();
            }
            (POINT, _) => {}
            ("Lap", _) => {
                self.end_point();
                self.place = Place::Activity;
            }
            ("Creator", _) => self.place = Place::Activity,
            ("Extensions", _) => self.path.extensions = false,
            (_, Place::Point) => self.point_leaf(name),
            (_, Place::Lap) => self.lap_leaf(local(name)),
            (_, Place::Creator) => self.creator_leaf(local(name)),
            (_, Place::Activity) => self.activity_leaf(local(name)),
            _ => {}
        }
    }

    fn point_leaf(&mut self, name: &str) {
        let Some(activity) = &mut self.activity else { return };
        let Some(text) = self.walk.leaf() else { return };
        if text.trim_ascii().is_empty() {
            return;
        }
        let (track, walk) = (&mut activity.points, &self.walk);
        match local(name) {
            "Time" => track.time(&text, &mut self.clock, walk),
            "LatitudeDegrees" => self.path.latitude = Some(text),
            "LongitudeDegrees" => self.path.longitude = Some(text),
            "AltitudeMeters" => track.altitude(&text, walk),
            "Value" if self.path.heart_rate == HeartRate::Current => {
                track.element("HeartRateBpm", ColumnSource::Native, &text, walk);
            }
            _ => {
                let native = !self.path.extensions;
                let source = if native { ColumnSource::Native } else { ColumnSource::Extension };
                track.element(name, source, &text, walk);
            }
        }
    }

    fn lap_leaf(&mut self, name: &str) {
        let Some(text) = self.walk.leaf() else { return };
        let Some(lap) = self.activity.as_mut().and_then(|a| a.laps.last_mut()) else { return };
        let Some(value) = number(&text, &mut 0).filter(|v| *v >= 0.0) else { return };
        let slot = match (name, self.path.extensions) {
            ("TotalTimeSeconds", false) => &mut lap.timer_s,
            ("DistanceMeters", false) => &mut lap.distance_m,
            ("Cadence", false) => &mut lap.cadence,
            ("AvgRunCadence", _) => &mut lap.run_cadence,
            ("MaxRunCadence", _) => &mut lap.max_run_cadence,
            ("AvgSpeed", _) => &mut lap.speed_m_s,
            ("AvgWatts", _) => &mut lap.power_w,
            ("Steps", _) => &mut lap.steps,
            ("Value", _) if self.path.heart_rate == HeartRate::Average => &mut lap.heart_rate,
            _ => return,
        };
        *slot = Some(value);
    }

    fn creator_leaf(&mut self, name: &str) {
        let Some(text) = self.walk.leaf() else { return };
        let Some(activity) = &mut self.activity else { return };
        let whole = text.trim_ascii().parse::<u32>().ok();
        let device = &mut activity.device;
        match name {
            "Name" => {
                device.name = plain_text(&text);
                device.manufacturer = maker(&text).map(str::to_owned);
            }
            // Zero is how exporters without a device fill the element.
            "UnitId" => device.serial = whole.filter(|n| *n > 0),
            "ProductID" => {
                device.product = whole.filter(|n| *n > 0).and_then(|n| u16::try_from(n).ok());
            }
            "VersionMajor" => activity.version.major = whole,
            "VersionMinor" => activity.version.minor = whole,
            _ => {}
        }
    }

    fn activity_leaf(&mut self, name: &str) {
        let Some(text) = self.walk.leaf() else { return };
        let Some(activity) = &mut self.activity else { return };
        match name {
            "Id" => activity.id_ms = self.clock.parse(&text).map(|(ms, _)| ms),
            // The name of the training plan; the format has no other title.
            "Name" => activity.title = activity.title.take().or_else(|| plain_text(&text)),
            _ => {}
        }
    }

    fn end_point(&mut self) {
        if self.place != Place::Point {
            return;
        }
        let path = std::mem::take(&mut self.path);
        self.place = Place::Lap;
        let Some(activity) = &mut self.activity else { return };
        if path.latitude.is_some() || path.longitude.is_some() {
            let (lat, lon) = (path.latitude.as_deref(), path.longitude.as_deref());
            activity.points.position(lat, lon, &self.walk);
        }
        activity.points.finish_point();
    }

    /// The end of the root element inside of a point says something about the file.
    fn spoil_point(&mut self) {
        if let Some(activity) = &mut self.activity {
            activity.points.spoil_point();
        }
    }

    /// Right behind a point: reads those that repeat its markup, or an earlier one's.
    fn repeat_points(&mut self) {
        let Some(activity) = &mut self.activity else { return };
        let most = self.limits.records.saturating_sub(self.points);
        let (walk, clock) = (&mut self.walk, &mut self.clock);
        let repeated = activity.points.repeat(walk, clock, self.limits, most);
        self.points += repeated;
        self.closed &= repeated == 0;
    }

    fn end_activity(&mut self) {
        self.end_point();
        self.place = Place::Outside;
        if let Some(activity) = self.activity.take() {
            let part = self.output.recordings.len();
            self.output.recordings.push(activity.into_recording(part));
        }
    }

    fn finish(mut self, encoding: Option<Issue>) -> Result<ReadOutput, ReadError> {
        if !self.closed
            && self.place == Place::Point
            && let Some(activity) = &mut self.activity
        {
            activity.points.abandon_point();
            self.place = Place::Lap;
        }
        self.end_activity();
        let mut issues: Vec<Issue> = encoding.into_iter().chain(self.walk.issues()).collect();
        if !self.closed {
            let kept = self.output.recordings.iter().any(|r| !r.times_ms.is_empty());
            if !kept && self.found.courses + self.found.workouts == 0 {
                return Err(ends_too_early(&self.walk));
            }
            issues.push(broken_off(&self.walk, &self.output));
        }
        if self.output.recordings.is_empty() {
            let what = match (self.found.courses, self.found.workouts) {
                (0, 0) => "TCX without activities",
                (0, _) => "workout",
                _ => "course",
            };
            self.output.not_an_activity = Some(NotAnActivity { what: what.to_owned() });
        }
        for recording in &mut self.output.recordings {
            recording.issues.extend_from_slice(&issues);
        }
        self.output.issues = issues;
        Ok(self.output)
    }
}
