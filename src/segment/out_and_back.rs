//! Turn-backs: where a runner reverses onto the same road.

use std::f64::consts::PI;

use super::bends::{Path, wrap};
use super::grid::Grid;
use crate::activity::Activity;

/// Offsets in cells from a candidate at which the way back must lie beside the way out: 40 to
/// 100 m. **chosen**: beyond a hairpin's bend and its heading base, short of the next street.
const OFFSETS: [usize; 4] = [8, 12, 16, 20];
/// How far apart the two ways may lie. **chosen** above the 4 to 11 m that one wrist makes by
/// itself (`real-data` part 1, rule 1) plus a road's width.
const BESIDE_M: f64 = 25.0;
/// How far from opposite the headings may be: rule 2 of `real-data` part 1 says 20 degrees for
/// pairs far apart; near the turn headings still swing. **chosen**: 40 degrees.
const OPPOSITE_WITHIN: f64 = 40.0 * PI / 180.0;
/// Offsets that must lie inside the path and agree; the outermost may be past its end. **chosen**.
const AGREEING: usize = 3;

/// Ticks at which the runner turned back, in order.
pub(super) fn turn_backs(activity: &Activity, grid: &Grid, path: &Path) -> Vec<usize> {
    let Some(distance) = &activity.channels.distance else { return Vec::new() };
    let mut turns = Vec::new();
    // Best candidate of the cluster under way: cell, separation of the nearest pair.
    let mut best: Option<(usize, f64)> = None;
    let mut last_seen = 0_usize;
    let nearest = OFFSETS.first().copied().unwrap_or_default();
    for cell in nearest..path.heading.len().saturating_sub(nearest) {
        let Some(apart) = folds_at(path, cell) else { continue };
        match best {
            Some((_, least)) if cell - last_seen <= nearest => {
                if apart < least {
                    best = Some((cell, apart));
                }
            }
            _ => {
                turns.extend(best.map(|(c, _)| c));
                best = Some((cell, apart));
            }
        }
        last_seen = cell;
    }
    turns.extend(best.map(|(c, _)| c));
    turns.into_iter().map(|cell| grid.tick_of(distance, cell)).collect()
}

/// Summed separation of the two ways in metres, if the path folds back onto itself at this cell.
fn folds_at(path: &Path, cell: usize) -> Option<f64> {
    let mut sum = 0.0;
    let mut agreeing = 0;
    for offset in OFFSETS {
        let (Some(out), back) = (cell.checked_sub(offset), cell + offset) else { break };
        if back >= path.heading.len() {
            break;
        }
        let (Some(a), Some(b)) = (path.position(out), path.position(back)) else { break };
        let apart = ((a.0 - b.0).powi(2) + (a.1 - b.1).powi(2)).sqrt();
        if apart > BESIDE_M {
            return None;
        }
        let (there, here) = (path.heading.get(out)?, path.heading.get(back)?);
        if !there.is_finite() || !here.is_finite() {
            // Heading needs its own base: near an end it is not known.
            break;
        }
        if wrap(here - there + PI).abs() > OPPOSITE_WITHIN {
            return None;
        }
        sum += apart;
        agreeing += 1;
    }
    (agreeing >= AGREEING).then(|| sum / f64::from(agreeing as u32))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 1 km out, 1 km back beside it.
    fn there_and_back(beside_m: f64) -> Path {
        let east: Vec<f64> = (0..400)
            .map(|i| if i < 200 { 5.0 * f64::from(i) } else { 5.0 * f64::from(400 - i) })
            .collect();
        let north = (0..400).map(|i| if i < 200 { 0.0 } else { beside_m }).collect();
        Path::from_cells(east, north).unwrap()
    }

    #[test]
    fn a_turn_back_is_found_where_it_is() {
        for beside in [0.5, 8.0, -12.0] {
            let path = there_and_back(beside);
            let cells: Vec<usize> = (0..400).filter(|c| folds_at(&path, *c).is_some()).collect();
            assert!(!cells.is_empty(), "{beside}");
            assert!(cells.iter().all(|c| c.abs_diff(200) <= 6), "{beside}: {cells:?}");
        }
    }

    #[test]
    fn a_bend_of_a_track_is_no_turn_back() {
        let angle = |i: u32| f64::from(i) * 5.0 / 36.8;
        let path = Path::from_cells(
            (0..200).map(|i| 36.8 * angle(i).cos()).collect(),
            (0..200).map(|i| 36.8 * angle(i).sin()).collect(),
        )
        .unwrap();
        assert!((0..200).all(|c| folds_at(&path, c).is_none()));
    }
}
