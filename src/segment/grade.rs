//! Slope of the path: rise over run, from a barometric altitude only.

use super::grid::{CELL_M, Grid};
use crate::activity::{Activity, Channel, Origin};
use crate::segment::running::MOVING_SPEED_M_S;
use crate::units::{Grade, Quantity};

/// Window of the slope for altitude in fine steps. Source: `real-data` part 1, rule 11.
pub const FINE_WINDOW_M: f64 = 60.0;
/// Window for altitude in steps of 1 m: over 60 m one step is a slope of 2.5 %. Source: as above.
pub const COARSE_WINDOW_M: f64 = 100.0;
/// Share of altitude changes that are whole metres above which the altitude is stored in metres.
/// Source: `real-data` part 1, section 5.
const WHOLE_METRES_SHARE: f64 = 0.9;
/// Steepest slope kept: the range of Minetti's measurements. Source: `minetti2002`.
pub const STEEPEST: f64 = 0.45;
/// Longest stretch without an altitude that is bridged. **chosen**: below the fine window.
const WIDEST_GAP_M: f64 = 50.0;

/// Standard error of a least-squares slope over a window, as rise over run, from the standard
/// deviation of the altitude and how many independent values the window holds:
/// s_z sqrt(12) / (W sqrt(n)). Source: `science` 2.15.
pub fn standard_error(altitude_error_m: f64, window_m: f64, independent: f64) -> f64 {
    altitude_error_m * 12.0_f64.sqrt() / (window_m * independent.sqrt())
}

/// Grade at each tick from a barometric altitude in metres, one value a tick.
pub(super) fn grade(
    activity: &Activity,
    grid: &Grid,
    altitude_m: &[Option<f64>],
) -> Option<Channel<Grade>> {
    let distance = activity.channels.distance.as_ref()?;
    let altitudes = altitude_m.iter().map(|z| z.map(|z| [z]));
    let [laid] = grid.lay(distance, altitudes, WIDEST_GAP_M);
    let window_m = window_m(altitude_m.iter().flatten().copied());
    let slopes = slopes(&median_of_five(&laid), window_m);
    let speed = activity.channels.speed.as_ref();
    let moving = |i: usize| speed.and_then(|c| c.get(i)).is_none_or(|v| v.0 >= MOVING_SPEED_M_S);
    let values = grid
        .at_ticks::<Grade>(distance, &slopes)
        .enumerate()
        .map(|(i, g)| g.filter(|_| moving(i)).map(Quantity::value));
    let method = format!("least-squares slope of barometric altitude over {window_m:.0} m");
    let channel = Channel::new(values, Origin::Derived { method });
    (channel.present() > 0).then_some(channel)
}

/// Window of the slope for an altitude as it is stored.
pub fn window_m(altitude_m: impl Iterator<Item = f64>) -> f64 {
    if in_whole_metres(altitude_m) { COARSE_WINDOW_M } else { FINE_WINDOW_M }
}

/// Whether an altitude is stored in whole metres.
pub fn in_whole_metres(altitude_m: impl Iterator<Item = f64>) -> bool {
    let (mut changes, mut whole) = (0_usize, 0_usize);
    let mut before = None;
    for z in altitude_m {
        if let Some(change) = before.map(|b: f64| (z - b).abs()).filter(|c| *c > 1e-6) {
            changes += 1;
            let nearest = (change + 0.5) as u64 as f64;
            if (change - nearest).abs() < 1e-6 {
                whole += 1;
            }
        }
        before = Some(z);
    }
    changes > 0 && whole as f64 > WHOLE_METRES_SHARE * changes as f64
}

/// Running median over five cells; a cell beside a gap keeps its own value.
fn median_of_five(cells: &[f64]) -> Vec<f64> {
    let mut smooth = cells.to_vec();
    for (out, window) in smooth.iter_mut().skip(2).zip(cells.windows(5)) {
        if let [a, b, c, d, e] = *window
            && (a + b + c + d + e).is_finite()
        {
            *out = median5(a, b, c, d, e);
        }
    }
    smooth
}

/// Median of five by comparisons alone.
fn median5(a: f64, b: f64, c: f64, d: f64, e: f64) -> f64 {
    // The smaller of the two lows and the larger of the two highs cannot be the median of five.
    let low = a.min(b).max(c.min(d));
    let high = a.max(b).min(c.max(d));
    low.min(high).max(e.min(low.max(high)))
}

/// Local least-squares slope over a window of evenly spaced cells; near an end or a gap over what
/// lies inside, at least half a window.
fn slopes(cells: &[f64], window_m: f64) -> Vec<f64> {
    let half = (window_m / (2.0 * CELL_M)).round() as usize;
    let full = 2 * half + 1;
    let mut slopes = vec![f64::NAN; cells.len()];
    // Evenly spaced, so the slope over a full window is one weighted sum.
    let spread: f64 = (1..=half).map(|k| 2.0 * (k * k) as f64).sum::<f64>() * CELL_M;
    for (slope, window) in slopes.iter_mut().skip(half).zip(cells.windows(full)) {
        let sum: f64 = window.iter().enumerate().map(|(k, z)| (k as f64 - half as f64) * z).sum();
        *slope = sum / spread;
    }
    for (i, slope) in slopes.iter_mut().enumerate() {
        if slope.is_nan() && cells.get(i).is_some_and(|z| z.is_finite()) {
            *slope = partial(cells, i, half).unwrap_or(f64::NAN);
        }
        *slope = slope.clamp(-STEEPEST, STEEPEST);
    }
    slopes
}

/// Slope where the full window is not there: over the cells without a gap around `i`.
fn partial(cells: &[f64], i: usize, half: usize) -> Option<f64> {
    let known = |j: &usize| cells.get(*j).is_some_and(|z| z.is_finite());
    let first = (i.saturating_sub(half)..=i).rev().take_while(known).last()?;
    let last = (i..=i + half).take_while(known).last()?;
    if last - first < half {
        return None;
    }
    let points = (first..=last).filter_map(|j| Some((j as f64 * CELL_M, *cells.get(j)?)));
    slope_of(points)
}

/// Least-squares slope of altitude on distance, both in metres; `None` with fewer than two
/// different distances.
pub fn slope_of(points: impl Iterator<Item = (f64, f64)> + Clone) -> Option<f64> {
    let n = points.clone().count() as f64;
    let (sum_d, sum_z) = points.clone().fold((0.0, 0.0), |(a, b), (d, z)| (a + d, b + z));
    let (mean_d, mean_z) = (sum_d / n, sum_z / n);
    let (spread, common) = points.fold((0.0, 0.0), |(dd, dz), (d, z)| {
        (dd + (d - mean_d).powi(2), dz + (d - mean_d) * (z - mean_z))
    });
    (spread > 0.0).then(|| common / spread)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn median_of_any_order() {
        let mut order = [3.0, 1.0, 4.0, 1.5, 9.0];
        for _ in 0..120 {
            let [a, b, c, d, e] = order;
            assert_eq!(median5(a, b, c, d, e), 3.0);
            // All orders by successive rotations of prefixes.
            order.rotate_left(1);
            if order[0] > order[1] {
                order.swap(1, 3);
            }
        }
    }

    #[test]
    fn a_step_in_altitude_is_no_cliff_and_a_slope_is_exact() {
        let line: Vec<f64> = (0..100).map(|i| 50.0 + 0.04 * CELL_M * f64::from(i)).collect();
        let slopes = slopes(&median_of_five(&line), FINE_WINDOW_M);
        assert!(slopes.iter().all(|g| (g - 0.04).abs() < 1e-9), "{slopes:?}");
    }

    #[test]
    fn nothing_is_read_across_a_gap() {
        let mut line: Vec<f64> = vec![10.0; 100];
        line[50..].fill(40.0);
        line[40..50].fill(f64::NAN);
        let slopes = slopes(&line, FINE_WINDOW_M);
        assert!(slopes[45].is_nan());
        assert!(slopes[38].abs() < 1e-12 && slopes[51].abs() < 1e-12);
    }
}
