//! GPX 1.0 and 1.1: one recording per track that has times, its segments as breaks.
//!
//! Cadence, heart rate, power, speed and temperature are read from the extensions of any vendor
//! by local name. A bad point is an issue; what is no recording (routes, waypoints, tracks
//! without times) is named.

use quick_xml::events::BytesStart;

use super::xml::{
    Clock, Decoded, Node, PointNames, Track, Walk, attribute, broken_off, decode, ends_too_early,
    local, maker, plain_text, sport,
};
use super::{ColumnSource, Format, Limits, NotAnActivity, ReadError, ReadOutput, Recording};
use crate::activity::{DeviceIdentity, Issue, IssueKind, Severity, Sport, SubSport};

/// The format's entry in the table.
pub const FORMAT: Format = Format { name: NAME, extensions: &["gpx"], sniff, read };

const NAME: &str = "GPX";
const POINT: &str = "trkpt";
const COLUMNS: PointNames = PointNames { latitude: "lat", longitude: "lon", altitude: "ele" };

fn sniff(bytes: &[u8]) -> bool {
    super::xml::root_is(bytes, "gpx")
}

fn read(bytes: &[u8], limits: &Limits) -> Result<ReadOutput, ReadError> {
    let Decoded { text, issue } = decode(bytes);
    let mut file = File {
        walk: Walk::new(NAME, POINT, &text, limits),
        limits,
        clock: Clock::default(),
        place: Place::Outside,
        place_depth: 0,
        extensions: 0,
        track: None,
        points: 0,
        creator: None,
        name: None,
        closed: false,
        found: Found::default(),
        output: ReadOutput::default(),
    };
    while let Some(node) = file.walk.next()? {
        match node {
            Node::Open(tag) => file.open(&tag)?,
            Node::Empty(tag) => {
                file.open(&tag)?;
                file.close(tag.name().0)?;
            }
            Node::Close(tag) => file.close(tag.name().0)?,
        }
    }
    file.finish(issue)
}

/// Where in the file the walk is. Kept by name and not by nesting, so that a missing end tag
/// costs one element.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Outside,
    Metadata,
    Track,
    Point,
    /// Waypoints and routes.
    Elsewhere,
}

/// A track under way.
#[derive(Default)]
struct OpenTrack {
    points: Track,
    name: Option<String>,
    kind: Option<(Sport, SubSport)>,
}

/// What the file holds besides recordings.
#[derive(Default)]
struct Found {
    waypoints: usize,
    routes: usize,
    tracks_without_times: usize,
    tracks_without_points: usize,
}

struct File<'t> {
    walk: Walk<'t>,
    limits: &'t Limits,
    clock: Clock,
    place: Place,
    place_depth: usize,
    /// Depth of the outermost `extensions` element that is open, 0 when none is.
    extensions: usize,
    track: Option<OpenTrack>,
    points: usize,
    creator: Option<String>,
    name: Option<String>,
    /// Whether the root element ended after the last point: a second document may follow.
    closed: bool,
    found: Found,
    output: ReadOutput,
}

impl File<'_> {
    fn open(&mut self, tag: &BytesStart<'_>) -> Result<(), ReadError> {
        match local(tag.name().0) {
            "gpx" => {
                self.spoil_point();
                self.creator = attribute(tag, "creator").as_deref().and_then(plain_text);
            }
            "metadata" => self.enter(Place::Metadata),
            "trk" => {
                self.end_track();
                self.track = Some(OpenTrack::default());
                self.enter(Place::Track);
            }
            "trkseg" => {
                self.end_point();
                self.track.get_or_insert_default().points.break_here();
            }
            POINT => self.open_point(tag)?,
            "wpt" => {
                self.found.waypoints += 1;
                self.enter(Place::Elsewhere);
            }
            "rte" => {
                self.found.routes += 1;
                self.enter(Place::Elsewhere);
            }
            "extensions" if self.extensions == 0 => self.extensions = self.walk.depth(),
            _ => {}
        }
        Ok(())
    }

    fn enter(&mut self, place: Place) {
        self.place = place;
        self.place_depth = self.walk.depth();
        self.extensions = 0;
    }

    fn open_point(&mut self, tag: &BytesStart<'_>) -> Result<(), ReadError> {
        /// gpx, trk, trkseg, trkpt: where a point stands, whatever was lost before it.
        const POINT_DEPTH: usize = 4;
        self.end_point();
        self.closed = false;
        self.points += 1;
        if self.points > self.limits.records {
            let limit = self.limits.records;
            return Err(ReadError::Limit { format: NAME, what: "points", limit });
        }
        self.walk.set_depth(POINT_DEPTH);
        self.enter(Place::Point);
        let (lat, lon) = (attribute(tag, "lat"), attribute(tag, "lon"));
        let track = &mut self.track.get_or_insert_default().points;
        track.begin_point();
        track.position(lat.as_deref(), lon.as_deref(), &self.walk);
        Ok(())
    }

    fn close(&mut self, name: &str) -> Result<(), ReadError> {
        match local(name) {
            "gpx" => {
                self.spoil_point();
                self.closed = true;
            }
            "trk" => self.end_track(),
            POINT if self.place == Place::Point => {
                self.end_point();
                self.repeat_points();
            }
            POINT => {}
            "metadata" | "wpt" | "rte" => self.enter(Place::Outside),
            "extensions" => self.extensions = 0,
            _ => match self.place {
                Place::Point => self.point_leaf(name),
                Place::Track if self.is_child() => self.track_leaf(name),
                Place::Metadata if self.is_child() && local(name) == "name" => {
                    self.name = self.walk.leaf().as_deref().and_then(plain_text);
                }
                _ => {}
            },
        }
        Ok(())
    }

    /// Whether the element just closed stands directly in the current place.
    fn is_child(&self) -> bool {
        self.extensions == 0 && self.walk.depth() <= self.place_depth
    }

    fn point_leaf(&mut self, name: &str) {
        let Some(track) = &mut self.track else { return };
        let Some(text) = self.walk.leaf() else { return };
        let track = &mut track.points;
        let walk = &self.walk;
        match local(name) {
            "time" if self.extensions == 0 => track.time(&text, &mut self.clock, walk),
            "ele" if self.extensions == 0 => track.altitude(&text, walk),
            _ => {
                let native = self.extensions == 0;
                let source = if native { ColumnSource::Native } else { ColumnSource::Extension };
                track.element(name, source, &text, walk);
            }
        }
    }

    fn track_leaf(&mut self, name: &str) {
        let Some(track) = &mut self.track else { return };
        let Some(text) = self.walk.leaf() else { return };
        match local(name) {
            "name" => track.name = plain_text(&text),
            "type" => track.kind = Some(sport(&text)),
            _ => {}
        }
    }

    fn end_point(&mut self) {
        if self.place == Place::Point {
            if let Some(track) = &mut self.track {
                track.points.finish_point();
            }
            self.enter(Place::Track);
        }
    }

    /// A root element inside of a point says something about the file.
    fn spoil_point(&mut self) {
        if let Some(track) = &mut self.track {
            track.points.spoil_point();
        }
    }

    /// Right behind a point: reads those that repeat its markup, or an earlier one's.
    fn repeat_points(&mut self) {
        let Some(track) = &mut self.track else { return };
        let most = self.limits.records.saturating_sub(self.points);
        let (walk, clock) = (&mut self.walk, &mut self.clock);
        let repeated = track.points.repeat(walk, clock, self.limits, most);
        self.points += repeated;
        self.closed &= repeated == 0;
        self.enter(Place::Track);
    }

    fn end_track(&mut self) {
        self.end_point();
        self.enter(Place::Outside);
        let Some(track) = self.track.take() else { return };
        if track.points.len() == 0 {
            self.found.tracks_without_points += 1;
        } else if !track.points.has_times() {
            self.found.tracks_without_times += 1;
        } else {
            let part = self.output.recordings.len();
            let mut recording = track.points.into_recording(NAME, part, COLUMNS);
            recording.title = track.name;
            if let Some((sport, sub_sport)) = track.kind {
                recording.sport = sport;
                recording.sub_sport = sub_sport;
            }
            self.output.recordings.push(recording);
        }
    }

    fn finish(mut self, encoding: Option<Issue>) -> Result<ReadOutput, ReadError> {
        if !self.closed
            && self.place == Place::Point
            && let Some(track) = &mut self.track
        {
            track.points.abandon_point();
            self.place = Place::Track;
        }
        self.end_track();
        let mut issues: Vec<Issue> = encoding.into_iter().chain(self.walk.issues()).collect();
        if !self.closed {
            if self.points == 0 && self.found.routes + self.found.waypoints == 0 {
                return Err(ends_too_early(&self.walk));
            }
            issues.push(broken_off(&self.walk, &self.output));
        }
        if self.output.recordings.is_empty() {
            self.output.not_an_activity = Some(NotAnActivity { what: self.found.what() });
        } else if self.found.tracks_without_times > 0 {
            let count = self.found.tracks_without_times;
            let message = format!("{count} track(s) without times were passed over");
            issues.push(Issue::new(IssueKind::Clock, Severity::Note, message).count(count));
        }
        let device = device(self.creator);
        for recording in &mut self.output.recordings {
            complete(recording, &device, self.name.as_ref(), &issues);
        }
        self.output.issues = issues;
        Ok(self.output)
    }
}

impl Found {
    /// What a file without recordings is.
    fn what(&self) -> String {
        if self.tracks_without_times > 0 {
            "route without times".to_owned()
        } else if self.routes > 0 {
            "route".to_owned()
        } else if self.waypoints > 0 {
            "waypoints".to_owned()
        } else if self.tracks_without_points > 0 {
            "track without points".to_owned()
        } else {
            "GPX without tracks".to_owned()
        }
    }
}

/// What the file says applies to each of its tracks.
fn complete(
    recording: &mut Recording,
    device: &DeviceIdentity,
    name: Option<&String>,
    issues: &[Issue],
) {
    recording.device = device.clone();
    recording.title = recording.title.take().or_else(|| name.cloned());
    recording.stated_start_ms = recording.times_ms.iter().find_map(|t| *t);
    recording.issues.extend_from_slice(issues);
}

fn device(creator: Option<String>) -> DeviceIdentity {
    DeviceIdentity {
        manufacturer: creator.as_deref().and_then(maker).map(str::to_owned),
        name: creator,
        ..DeviceIdentity::default()
    }
}
