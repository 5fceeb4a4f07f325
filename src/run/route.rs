//! The shape of a run: its own path in metres, without a place on earth. What lies around its ends
//! is left out, north is turned away, and no coordinate leaves this file.

use super::hidden_ends::{HiddenEnds, positions};
use crate::activity::EARTH_RADIUS_M;
use crate::metrics::Run;
use crate::segment::running_step_rate;
use crate::units::Quantity;

/// Points of a drawn shape. **chosen**: about one CSS pixel apart on the largest drawing.
const MOST_POINTS: f64 = 450.0;
/// Least distance between points, metres. **chosen**: a position is not better known.
const LEAST_STEP_M: f64 = 8.0;
/// Longer jumps between two positions are not drawn, metres. **chosen**, as for headings.
const WIDEST_GAP_M: f64 = 60.0;
/// Fewest points of a piece of the path. **chosen**: a dot is no path.
const FEWEST_POINTS: usize = 2;
/// Shortest path that is drawn, metres. **chosen**: less has no shape.
const SHORTEST_M: f64 = 100.0;

/// The shape, or why there is none.
#[derive(Clone, Debug, PartialEq)]
pub enum Route {
    /// There is one.
    Drawn(Shape),
    /// An indoor run, or one whose positions were all refused.
    NoPositions,
    /// Everything lies around the start or the end.
    AllHidden,
}

/// A path on a plane.
#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    /// Unbroken pieces, in order.
    pub pieces: Vec<Vec<Point>>,
    /// Extent along the longer axis, metres; points lie between 0 and this.
    pub width_m: f64,
    /// Extent across, metres.
    pub height_m: f64,
}

/// A point of the path, with what was run from it to the next one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// Metres along the longer axis of the shape.
    pub x_m: f64,
    /// Metres across it.
    pub y_m: f64,
    /// Tick it stands for.
    pub tick: usize,
    /// Metres run before it.
    pub from_m: f64,
    /// Mean step rate to the next point, spm.
    pub step_rate_spm: Option<f64>,
    /// Mean slope to the next point, rise over run.
    pub grade: Option<f64>,
}

impl Shape {
    /// Where a tick lies on the drawn path; `None` where it is hidden.
    pub fn at_tick(&self, tick: usize) -> Option<(f64, f64)> {
        self.between(tick as f64, |p| p.tick as f64)
    }

    /// Where a distance lies on the drawn path; `None` where it is hidden.
    pub fn at_distance(&self, metres: f64) -> Option<(f64, f64)> {
        self.between(metres, |p| p.from_m)
    }

    fn between(&self, value: f64, of: impl Fn(&Point) -> f64) -> Option<(f64, f64)> {
        let pairs = self.pieces.iter().flat_map(|piece| piece.windows(2));
        pairs.filter_map(|pair| Some((pair.first()?, pair.last()?))).find_map(|(a, b)| {
            let (low, high) = (of(a), of(b));
            let share = if high > low { (value - low) / (high - low) } else { 0.0 };
            (low <= value && value <= high)
                .then(|| (a.x_m + share * (b.x_m - a.x_m), a.y_m + share * (b.y_m - a.y_m)))
        })
    }
}

/// Draws the shape of a run.
pub(super) fn route(run: &Run<'_>, hidden: &HiddenEnds) -> Route {
    let positions = positions(run.activity);
    if run.activity.meta.indoor || positions.iter().all(Option::is_none) {
        return Route::NoPositions;
    }
    let shown = hidden.shown(run.activity);
    let plane = flat(&positions, &shown);
    let metres: f64 = plane.windows(2).filter_map(|w| step(w.first()?, w.last()?)).sum();
    if metres < SHORTEST_M {
        return Route::AllHidden;
    }
    let pieces = thinned(&plane, (metres / MOST_POINTS).max(LEAST_STEP_M));
    if pieces.is_empty() {
        return Route::AllHidden;
    }
    Route::Drawn(turned(with_readings(run, pieces)))
}

/// A tick on the plane.
#[derive(Clone, Copy)]
struct Flat {
    tick: usize,
    /// Hidden positions before it.
    hidden: usize,
    east_m: f64,
    north_m: f64,
}

/// Metres between two neighbours; `None` where something between them is hidden or missing.
fn step(a: &Flat, b: &Flat) -> Option<f64> {
    let metres = (b.east_m - a.east_m).hypot(b.north_m - a.north_m);
    (a.hidden == b.hidden && metres <= WIDEST_GAP_M).then_some(metres)
}

/// Shown positions in metres about the first of them.
fn flat(positions: &[Option<(f64, f64)>], shown: &[bool]) -> Vec<Flat> {
    let mut plane: Vec<Flat> = Vec::new();
    let mut origin: Option<(f64, f64)> = None;
    let mut hidden = 0;
    for (tick, (at, shown)) in positions.iter().zip(shown).enumerate() {
        let Some((lat, lon)) = *at else { continue };
        if !shown {
            hidden += 1;
            continue;
        }
        let (lat0, lon0) = *origin.get_or_insert((lat, lon));
        let turn = (lon - lon0 + 180.0).rem_euclid(360.0) - 180.0;
        let east_m = EARTH_RADIUS_M * lat0.to_radians().cos() * turn.to_radians();
        let north_m = EARTH_RADIUS_M * (lat - lat0).to_radians();
        plane.push(Flat { tick, hidden, east_m, north_m });
    }
    plane
}

/// Points at least `least_m` apart, in pieces that end where something is hidden or missing.
fn thinned(plane: &[Flat], least_m: f64) -> Vec<Vec<Flat>> {
    let mut pieces: Vec<Vec<Flat>> = Vec::new();
    let mut before: Option<&Flat> = None;
    for point in plane {
        let joined = before.is_some_and(|b| step(b, point).is_some());
        match pieces.last_mut() {
            Some(piece) if joined => {
                let last = piece.last();
                let far = last.is_some_and(|l| {
                    (point.east_m - l.east_m).hypot(point.north_m - l.north_m) >= least_m
                });
                if far {
                    piece.push(*point);
                }
            }
            _ => pieces.push(vec![*point]),
        }
        before = Some(point);
    }
    pieces.retain(|piece| piece.len() >= FEWEST_POINTS);
    pieces
}

/// Adds what was run between the points.
fn with_readings(run: &Run<'_>, pieces: Vec<Vec<Flat>>) -> Vec<Vec<Point>> {
    let mut before_m = vec![0.0];
    for metres in &run.segments.metres {
        before_m.push(before_m.last().map_or(0.0, |m| m + metres));
    }
    let readings = |from: usize, to: usize| {
        let (mut rate, mut slope) = ((0.0, 0.0), (0.0, 0.0));
        for i in from..to {
            let seconds = run.activity.clock.form_weight_s(i);
            let running = run.segments.running.get(i) == Some(&true);
            if let Some(spm) = running_step_rate(run.activity, i).filter(|_| running) {
                rate = (rate.0 + spm.0 * seconds, rate.1 + seconds);
            }
            let metres = run.segments.metres.get(i).copied().unwrap_or_default();
            let grade = run.segments.grade.as_ref().and_then(|c| c.get(i)).map(Quantity::value);
            if let Some(grade) = grade {
                slope = (slope.0 + grade * metres, slope.1 + metres);
            }
        }
        let mean = |(sum, weight): (f64, f64)| (weight > 0.0).then(|| sum / weight);
        (mean(rate), mean(slope))
    };
    let point = |at: &Flat, next: Option<&Flat>| {
        let (step_rate_spm, grade) = next.map_or((None, None), |n| readings(at.tick, n.tick));
        Point {
            x_m: at.east_m,
            y_m: at.north_m,
            tick: at.tick,
            from_m: before_m.get(at.tick).copied().unwrap_or_default(),
            step_rate_spm,
            grade,
        }
    };
    let each = pieces.into_iter().map(|piece| {
        let next = piece.iter().skip(1).map(Some).chain([None]);
        piece.iter().zip(next).map(|(at, next)| point(at, next)).collect()
    });
    each.collect()
}

/// Turns the shape so that its longer axis lies level and all points are positive. Turning keeps
/// left and right; where north was is forgotten.
fn turned(mut pieces: Vec<Vec<Point>>) -> Shape {
    let all = || pieces.iter().flatten();
    let n = all().count().max(1) as f64;
    let (e, m) = all().fold((0.0, 0.0), |(e, m), p| (e + p.x_m, m + p.y_m));
    let (e, m) = (e / n, m / n);
    let (mut ee, mut nn, mut en) = (0.0, 0.0, 0.0);
    for p in all() {
        ee += (p.x_m - e).powi(2);
        nn += (p.y_m - m).powi(2);
        en += (p.x_m - e) * (p.y_m - m);
    }
    let (sin, cos) = (0.5 * (2.0 * en).atan2(ee - nn)).sin_cos();
    for p in pieces.iter_mut().flatten() {
        let (x, y) = (p.x_m - e, p.y_m - m);
        (p.x_m, p.y_m) = (x * cos + y * sin, y * cos - x * sin);
    }
    let least =
        |of: fn(&Point) -> f64| pieces.iter().flatten().map(of).fold(f64::INFINITY, f64::min);
    let (left, low) = (least(|p| p.x_m), least(|p| p.y_m));
    let (mut width_m, mut height_m) = (0.0_f64, 0.0_f64);
    for p in pieces.iter_mut().flatten() {
        (p.x_m, p.y_m) = (p.x_m - left, p.y_m - low);
        (width_m, height_m) = (width_m.max(p.x_m), height_m.max(p.y_m));
    }
    Shape { pieces, width_m, height_m }
}
