//! The cleaned track of one run as GPX 1.1, for maps and other programs.
//!
//! It holds what GPX itself knows: positions, elevation and time after all repairs, one segment
//! between two timer stops. The `gpx` crate writes no `<extensions>`, so cadence, heart rate and
//! power stay behind; the rows of `export --format csv` carry what was made of them.

use std::collections::VecDeque;

use ::gpx::{Gpx, GpxVersion, Time, Track, TrackSegment, Waypoint};

use super::plain::clean;
use crate::activity::{Activity, great_circle_m};
use crate::units::Quantity;

/// Metres around the first and the last position that are not written: a shared track should not
/// show a front door. **chosen**: as the trimming of usual services.
pub const HIDDEN_M: f64 = 200.0;

/// What becomes of the two ends of a track.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ends {
    /// Nothing is written until the run first leaves, and after it last enters, the circle of
    /// [`HIDDEN_M`] around its first and its last position. A run that passes there again in
    /// between shows that it does.
    #[default]
    Trimmed,
    /// Everything is written.
    Kept,
}

/// Why there is no track to write.
#[derive(Debug, thiserror::Error)]
pub enum NoTrack {
    /// An indoor run, or one whose positions were all refused.
    #[error("the run has no positions")]
    NoPositions,
    /// Nothing is left after trimming.
    #[error(
        "the run stays within {HIDDEN_M} m of its start or end, which are not written; \
         state that the ends may be kept"
    )]
    AllHidden,
    /// The crate that writes GPX failed.
    #[error("the track cannot be written: {0}")]
    Writer(#[from] ::gpx::errors::GpxError),
}

/// One point on its way out.
struct Point {
    at: (f64, f64),
    tick: usize,
    time_s: f64,
}

/// Writes the track of a prepared run.
///
/// # Errors
/// When there are no positions, none is left after trimming, or the writer fails.
pub fn track(activity: &Activity, ends: Ends) -> Result<Vec<u8>, NoTrack> {
    let mut points: VecDeque<Point> = points(activity);
    if points.is_empty() {
        return Err(NoTrack::NoPositions);
    }
    if ends == Ends::Trimmed {
        trim(&mut points);
    }
    if points.is_empty() {
        return Err(NoTrack::AllHidden);
    }
    let track = Track {
        name: activity.meta.title.as_deref().map(clean),
        type_: Some("running".to_owned()),
        segments: segments(activity, points),
        ..Track::default()
    };
    let file = Gpx {
        version: GpxVersion::Gpx11,
        creator: Some(concat!("lightfoot ", env!("CARGO_PKG_VERSION")).to_owned()),
        tracks: vec![track],
        ..Gpx::default()
    };
    let mut bytes = Vec::new();
    ::gpx::write(&file, &mut bytes)?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn points(activity: &Activity) -> VecDeque<Point> {
    let channels = &activity.channels;
    let (Some(latitude), Some(longitude)) = (&channels.latitude, &channels.longitude) else {
        return VecDeque::new();
    };
    let times = activity.clock.times_s().iter().enumerate();
    times
        .filter_map(|(tick, time_s)| {
            let at = (latitude.get(tick)?.value(), longitude.get(tick)?.value());
            Some(Point { at, tick, time_s: *time_s })
        })
        .collect()
}

fn trim(points: &mut VecDeque<Point>) {
    let (Some(first), Some(last)) = (points.front().map(|p| p.at), points.back().map(|p| p.at))
    else {
        return;
    };
    while points.front().is_some_and(|p| great_circle_m(p.at, first) < HIDDEN_M) {
        points.pop_front();
    }
    while points.back().is_some_and(|p| great_circle_m(p.at, last) < HIDDEN_M) {
        points.pop_back();
    }
}

/// Points between two timer stops form a segment.
fn segments(activity: &Activity, points: VecDeque<Point>) -> Vec<TrackSegment> {
    let mut stops = activity.clock.stops().iter().peekable();
    let mut segments = vec![TrackSegment::default()];
    for point in points {
        let mut stopped = false;
        // A stop lies behind a point when it began before it.
        while stops.next_if(|stop| stop.0 < point.time_s).is_some() {
            stopped = true;
        }
        let begin_new = stopped && segments.last().is_some_and(|s| !s.points.is_empty());
        if begin_new {
            segments.push(TrackSegment::default());
        }
        if let Some(segment) = segments.last_mut() {
            segment.points.push(waypoint(activity, &point));
        }
    }
    segments
}

fn waypoint(activity: &Activity, point: &Point) -> Waypoint {
    let (latitude, longitude) = point.at;
    let mut waypoint = Waypoint::new((longitude, latitude).into());
    let altitude = activity.channels.altitude.as_ref().and_then(|c| c.get(point.tick));
    waypoint.elevation = altitude.map(Quantity::value);
    let nanoseconds = activity.meta.start.as_nanosecond() + (point.time_s * 1e9).round() as i128;
    waypoint.time =
        time::OffsetDateTime::from_unix_timestamp_nanos(nanoseconds).ok().map(Time::from);
    waypoint
}
