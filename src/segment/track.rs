//! Laps of an athletics track, told by shape: windows of four laps that keep turning one way, at a
//! lap's length, inside a track's extents.

use std::f64::consts::TAU;
use std::ops::RangeInclusive;

use super::TrackSession;
use super::bends::Path;
use super::grid::{CELL_M, Grid};
use crate::activity::{Activity, Span, SubSport};

// All of the rule for 400 m: `real-data` part 1, section 3 and rules 6 to 8.
/// Distance between windows.
const EVERY_M: f64 = 100.0;
/// Least share of one-way turning.
const ONE_WAY: f64 = 0.9;
/// Windows that make a track session ...
const ENOUGH_WINDOWS: usize = 8;
/// ... or this share of all windows.
const ENOUGH_SHARE: f64 = 0.3;
/// Agreement of repeated laps that no satellite fix reaches.
const IDEAL_M: f64 = 0.15;

/// What laps of a kind of track look like.
struct Shape {
    /// Length of a window: four laps.
    window_m: f64,
    /// Metres a lap, inner to outer lane, as positions measure it.
    lap_m: RangeInclusive<f64>,
    /// Long extent, 1st to 99th percentile.
    long_m: RangeInclusive<f64>,
    /// Short extent, 1st to 99th percentile.
    short_m: RangeInclusive<f64>,
}

/// The track of 400 m: told by its shape alone.
const OUTDOOR: Shape =
    Shape { window_m: 1600.0, lap_m: 385.0..=465.0, long_m: 145.0..=185.0, short_m: 62.0..=108.0 };
/// The track of 200 m, which many a park or car park resembles: only where the file says track
/// (same source, rule 6). Lap from `science` 2.18 c with outer lanes in the proportion of 400 m;
/// extents **chosen** from bends of 15 to 19 m (`science` 2.18 c: about 17.5 m), lanes up to six metres
/// out, and 6 m either way for a watch that puts all positions to one side of the body (`real-data`
/// part 1, road side): no recording of one was at hand.
const SMALL: Shape =
    Shape { window_m: 800.0, lap_m: 190.0..=235.0, long_m: 70.0..=100.0, short_m: 25.0..=55.0 };

/// A window that looks like a track.
struct Hit {
    cell: usize,
    lap_m: f64,
}

/// Finds a track session.
pub(super) fn track(activity: &Activity, grid: &Grid, path: &Path) -> Option<TrackSession> {
    let stated = activity.meta.sub_sport == SubSport::Track;
    laps_of(&OUTDOOR, activity, grid, path)
        .or_else(|| stated.then(|| laps_of(&SMALL, activity, grid, path)).flatten())
}

fn laps_of(shape: &Shape, activity: &Activity, grid: &Grid, path: &Path) -> Option<TrackSession> {
    let distance = activity.channels.distance.as_ref()?;
    let length = (shape.window_m / CELL_M) as usize;
    let step = (EVERY_M / CELL_M) as usize;
    let sums = Sums::over(path);
    let (mut windows, mut hits) = (0_usize, Vec::new());
    for cell in (0..(grid.len() + 1).saturating_sub(length)).step_by(step) {
        windows += 1;
        hits.extend(window(shape, path, &sums, cell).map(|lap_m| Hit { cell, lap_m }));
    }
    let share = hits.len() as f64 / windows.max(1) as f64;
    if hits.is_empty() || (hits.len() < ENOUGH_WINDOWS && share <= ENOUGH_SHARE) {
        return None;
    }
    let mut ranges: Vec<(usize, usize)> = Vec::new();
    for hit in &hits {
        match ranges.last_mut() {
            Some(last) if hit.cell <= last.1 => last.1 = hit.cell + length,
            _ => ranges.push((hit.cell, hit.cell + length)),
        }
    }
    let on_track = |cell: usize| window(shape, path, &sums, cell).is_some();
    for (first, past) in &mut ranges {
        // Windows stand 100 m apart, laps begin anywhere: both ends move out while the window at
        // that end still looks like the track.
        let room = step.min(*first);
        *first -= (1..=room).take_while(|k| on_track(*first - k)).count();
        let room = step.min(grid.len() - *past);
        *past += (1..=room).take_while(|k| on_track(*past + k - length)).count();
    }
    let net: f64 = ranges.iter().filter_map(|(a, b)| turned(path, *a, *b)).sum();
    let mut laps: Vec<f64> = hits.iter().map(|h| h.lap_m).collect();
    laps.sort_by(f64::total_cmp);
    let lap_length_m = laps.get(laps.len() / 2).copied()?;
    let spans = ranges
        .iter()
        .map(|(a, b)| Span {
            start: grid.tick_of(distance, *a),
            end: grid.tick_of(distance, (b - 1).min(grid.len() - 1)) + 1,
            reason: "laps of a track, by shape",
        })
        .collect();
    let drawn_by_watch =
        lap_disagreement_m(path, &ranges, lap_length_m).is_some_and(|m| m <= IDEAL_M);
    Some(TrackSession { spans, net_laps: net / TAU, lap_length_m, drawn_by_watch })
}

/// Radians turned over a range, from its first heading to its last. Where a run begins or ends no
/// heading is known for 15 m: these turn like the rest of the range.
fn turned(path: &Path, first: usize, past: usize) -> Option<f64> {
    let cells = path.heading.get(first..past)?;
    let known = |(at, heading): (usize, &f64)| heading.is_finite().then_some((at, *heading));
    let (begin, begun) = cells.iter().enumerate().find_map(known)?;
    let (end, ended) = cells.iter().enumerate().rev().find_map(known)?;
    (end > begin).then(|| (ended - begun) * (cells.len() - 1) as f64 / (end - begin) as f64)
}

/// Running sums of turning over the cells.
struct Sums {
    net: Vec<f64>,
    absolute: Vec<f64>,
}

impl Sums {
    fn over(path: &Path) -> Self {
        let (mut net, mut absolute) = (0.0, 0.0);
        let mut sums = Self {
            net: Vec::with_capacity(path.curvature.len() + 1),
            absolute: Vec::with_capacity(path.curvature.len() + 1),
        };
        sums.net.push(0.0);
        sums.absolute.push(0.0);
        for curvature in &path.curvature {
            if curvature.is_finite() {
                net += curvature * CELL_M;
                absolute += curvature.abs() * CELL_M;
            }
            sums.net.push(net);
            sums.absolute.push(absolute);
        }
        sums
    }

    fn net(&self, from: usize, to: usize) -> f64 {
        between(&self.net, from, to)
    }
}

fn between(sums: &[f64], from: usize, to: usize) -> f64 {
    let at = |i: usize| sums.get(i).or(sums.last()).copied().unwrap_or_default();
    at(to) - at(from)
}

/// Metres a lap, if this window looks like laps of a track.
fn window(shape: &Shape, path: &Path, sums: &Sums, cell: usize) -> Option<f64> {
    let length = (shape.window_m / CELL_M) as usize;
    let net = sums.net(cell, cell + length);
    let absolute = between(&sums.absolute, cell, cell + length);
    if net.abs() <= ONE_WAY * absolute {
        return None;
    }
    let lap_m = shape.window_m / (net.abs() / TAU);
    if !shape.lap_m.contains(&lap_m) {
        return None;
    }
    let (long, short) = extents(path, cell, length)?;
    (shape.long_m.contains(&long) && shape.short_m.contains(&short)).then_some(lap_m)
}

/// Principal extents, 1st to 99th percentile, of every second cell.
fn extents(path: &Path, cell: usize, length: usize) -> Option<(f64, f64)> {
    let points: Vec<(f64, f64)> =
        (cell..cell + length).step_by(2).filter_map(|c| path.position(c)).collect();
    if 2 * points.len() < length * 9 / 10 {
        return None;
    }
    let n = points.len() as f64;
    let (e, m) = points.iter().fold((0.0, 0.0), |(e, m), p| (e + p.0, m + p.1));
    let (e, m) = (e / n, m / n);
    let (mut ee, mut nn, mut en) = (0.0, 0.0, 0.0);
    for (x, y) in &points {
        ee += (x - e) * (x - e);
        nn += (y - m) * (y - m);
        en += (x - e) * (y - m);
    }
    let axis = 0.5 * (2.0 * en).atan2(ee - nn);
    let (sin, cos) = axis.sin_cos();
    let along: Vec<f64> = points.iter().map(|(x, y)| x * cos + y * sin).collect();
    let across: Vec<f64> = points.iter().map(|(x, y)| y * cos - x * sin).collect();
    Some((middle_98(along)?, middle_98(across)?))
}

/// Distance from the 1st to the 99th percentile.
fn middle_98(mut values: Vec<f64>) -> Option<f64> {
    let last = values.len().checked_sub(1)?;
    let (low, high) = (last / 100, last - last / 100);
    let low = *values.select_nth_unstable_by(low, f64::total_cmp).1;
    let high = *values.select_nth_unstable_by(high, f64::total_cmp).1;
    Some(high - low)
}

/// Median distance of the path from itself one lap later, in metres: what no satellite fix repeats
/// was drawn by the watch. `None` where no two laps follow each other.
fn lap_disagreement_m(path: &Path, ranges: &[(usize, usize)], lap_m: f64) -> Option<f64> {
    let lap = (lap_m / CELL_M).round() as usize;
    let mut apart = Vec::new();
    for (first, past) in ranges {
        for cell in (*first..past.saturating_sub(lap + 3)).step_by(4) {
            let Some(p) = path.position(cell) else { continue };
            let around = (cell + lap).saturating_sub(3)..cell + lap + 3;
            let nearest = around
                .filter_map(|c| Some(to_segment(p, path.position(c)?, path.position(c + 1)?)))
                .min_by(f64::total_cmp);
            apart.extend(nearest);
        }
    }
    let middle = apart.len() / 2;
    (!apart.is_empty()).then(|| *apart.select_nth_unstable_by(middle, f64::total_cmp).1)
}

/// Distance of a point from a segment.
fn to_segment(p: (f64, f64), a: (f64, f64), b: (f64, f64)) -> f64 {
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let length2 = dx * dx + dy * dy;
    let t = if length2 > 0.0 {
        (((p.0 - a.0) * dx + (p.1 - a.1) * dy) / length2).clamp(0.0, 1.0)
    } else {
        0.0
    };
    (p.0 - a.0 - t * dx).hypot(p.1 - a.1 - t * dy)
}
