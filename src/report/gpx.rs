//! The cleaned track of one run as GPX 1.1, for maps and other programs, with waypoints at what was
//! found on it.
//!
//! It holds what GPX itself knows: positions, elevation and time after all repairs, one segment
//! between two timer stops. The `gpx` crate writes no `<extensions>`, so cadence, heart rate and
//! power stay behind; the rows of `export --format csv` carry what was made of them.
//!
//! Waypoints stand where a map helps to see what happened: descents and the largest climb, turns,
//! a track, pauses, and where the recording lost cadence or heart rate. Kilometres have none: every
//! map counts them itself.

use ::gpx::{Gpx, GpxVersion, Time, Track, TrackSegment, Waypoint};

use super::plain::clean;
use crate::activity::Activity;
use crate::quantities::Quantities;
use crate::run::hidden_ends::{LEAST_M, MOST_M, positions};
use crate::run::{HiddenEnds, Place};
use crate::units::Quantity;

/// What becomes of the two ends of a track.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Ends {
    /// Nothing is written that lies around the start or the end, wherever on the way the run comes
    /// there.
    Trimmed(HiddenEnds),
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
        "the whole run stays around its start or end, and {LEAST_M} to {MOST_M} m around them are \
         not written; state that the ends may be kept"
    )]
    AllHidden,
    /// The crate that writes GPX failed.
    #[error("the track cannot be written: {0}")]
    Writer(#[from] ::gpx::errors::GpxError),
}

/// A position that is written.
#[derive(Clone, Copy)]
struct Point {
    at: (f64, f64),
    tick: usize,
    time_s: f64,
    /// Positions that are not written before it.
    hidden: usize,
}

/// Writes the track of a prepared run with a waypoint for each place on it.
///
/// # Errors
/// When there are no positions, none is left after trimming, or the writer fails.
pub fn track(
    activity: &Activity,
    places: &[Place],
    ends: Ends,
    say: Quantities,
) -> Result<Vec<u8>, NoTrack> {
    let all = positions(activity);
    if all.iter().all(Option::is_none) {
        return Err(NoTrack::NoPositions);
    }
    let shown = match ends {
        Ends::Trimmed(hidden) => hidden.shown(activity),
        Ends::Kept => vec![true; all.len()],
    };
    let points = points(activity, &all, &shown);
    if points.is_empty() {
        return Err(NoTrack::AllHidden);
    }
    let track = Track {
        name: activity.meta.title.as_deref().map(clean),
        type_: Some("running".to_owned()),
        segments: segments(activity, &points),
        ..Track::default()
    };
    let file = Gpx {
        version: GpxVersion::Gpx11,
        creator: Some(concat!("lightfoot ", env!("CARGO_PKG_VERSION")).to_owned()),
        waypoints: waypoints(activity, places, &points, say),
        tracks: vec![track],
        ..Gpx::default()
    };
    let mut bytes = Vec::new();
    ::gpx::write(&file, &mut bytes)?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn points(activity: &Activity, all: &[Option<(f64, f64)>], shown: &[bool]) -> Vec<Point> {
    let mut hidden = 0;
    let ticks = all.iter().zip(shown).zip(activity.clock.times_s()).enumerate();
    ticks
        .filter_map(|(tick, ((at, shown), time_s))| {
            let at = (*at)?;
            hidden += usize::from(!shown);
            shown.then_some(Point { at, tick, time_s: *time_s, hidden })
        })
        .collect()
}

/// Points between two timer stops form a segment; so do those between two hidden stretches.
fn segments(activity: &Activity, points: &[Point]) -> Vec<TrackSegment> {
    let mut stops = activity.clock.stops().iter().peekable();
    let mut segments: Vec<TrackSegment> = Vec::new();
    let mut hidden = None;
    for point in points {
        // A stop lies behind a point when it began before it.
        let mut parted = hidden.replace(point.hidden) != Some(point.hidden);
        while stops.next_if(|stop| stop.0 < point.time_s).is_some() {
            parted = true;
        }
        if parted {
            segments.push(TrackSegment::default());
        }
        if let Some(segment) = segments.last_mut() {
            segment.points.push(waypoint(activity, point));
        }
    }
    segments
}

/// A waypoint where a place begins; none for a place that is not on the written track.
fn waypoints(
    activity: &Activity,
    places: &[Place],
    points: &[Point],
    say: Quantities,
) -> Vec<Waypoint> {
    let each = places.iter().filter_map(|place| {
        let at = points.binary_search_by_key(&place.tick, |p| p.tick).ok()?;
        let mut waypoint = waypoint(activity, points.get(at)?);
        waypoint.name = Some(place.kind.name().to_owned());
        waypoint.description =
            Some(format!("At {}: {}", say.distance(place.from_m), place.said(say)));
        Some(waypoint)
    });
    each.collect()
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
