//! Ascent and descent: turning points of a smoothed altitude.

use crate::activity::Clock;

/// Width of the centred mean over time. Source: `real-data` part 1, rule 12 (best of six rules on
/// thirteen groups of watches).
pub const MEAN_S: f64 = 10.0;
/// Reversal that makes a turning point. Source: as above.
pub const REVERSAL_M: f64 = 2.0;

/// What a run climbed and dropped.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Climb {
    /// Sum of rises, m.
    pub ascent_m: f64,
    /// Sum of drops, m.
    pub descent_m: f64,
}

/// Ascent and descent of an altitude on a clock: a centred mean over [`MEAN_S`], then turning
/// points with a reversal of [`REVERSAL_M`], counting the whole rise. `None` without two values.
pub fn climb(clock: &Clock, altitude_m: impl Iterator<Item = Option<f64>>) -> Option<Climb> {
    let mut points: Vec<(f64, f64)> = Vec::with_capacity(clock.len());
    points.extend(clock.times_s().iter().zip(altitude_m).filter_map(|(t, z)| Some((*t, z?))));
    (points.len() >= 2).then(|| turning_points(centred_means(&points).into_iter(), REVERSAL_M))
}

/// Mean of the values within half of [`MEAN_S`] of each, each value counting for the time it
/// stands for (half way to its neighbours, at most half the window, so that a long gap does not
/// speak).
fn centred_means(points: &[(f64, f64)]) -> Vec<f64> {
    let half = MEAN_S / 2.0;
    let mut means = Vec::with_capacity(points.len());
    let (mut first, mut past) = (0_usize, 0_usize);
    let (mut sum, mut weight) = (0.0, 0.0);
    // Altitudes far from zero lose digits in long running sums; the first value is the base.
    let base = points.first().map_or(0.0, |p| p.1);
    // Of each value: its time, its weight, and its part in the sum. Each enters and leaves once.
    let mut shares: Vec<(f64, f64, f64)> = Vec::with_capacity(points.len());
    let mut before = 0.5_f64.min(half);
    for (i, (t, z)) in points.iter().enumerate() {
        let after = points.get(i + 1).map_or(0.5, |(u, _)| (u - t).abs() / 2.0).min(half);
        let w = before + after;
        shares.push((*t, w, w * (z - base)));
        before = after;
    }
    for (t, z) in points {
        while let Some((u, w, part)) = shares.get(past)
            && *u <= t + half
        {
            sum += part;
            weight += w;
            past += 1;
        }
        while let Some((u, w, part)) = shares.get(first)
            && *u < t - half
        {
            sum -= part;
            weight -= w;
            first += 1;
        }
        means.push(if weight > 1e-9 { base + sum / weight } else { *z });
    }
    means
}

/// Rises and drops between turning points: a turning point stands once the value has come back by
/// `reversal_m` from it. What is still under way at the end counts if it reached the reversal.
pub fn turning_points(mut values_m: impl Iterator<Item = f64>, reversal_m: f64) -> Climb {
    let mut climb = Climb::default();
    let Some(first) = values_m.next() else { return climb };
    // Before the first reversal both extremes are kept; afterwards only the one being drawn out.
    let (mut low, mut high) = (first, first);
    let mut rising: Option<bool> = None;
    for z in values_m {
        match rising {
            None => {
                low = low.min(z);
                high = high.max(z);
                if z - low >= reversal_m {
                    rising = Some(true);
                    high = z;
                } else if high - z >= reversal_m {
                    rising = Some(false);
                    low = z;
                }
            }
            Some(true) if z > high => high = z,
            Some(true) if high - z >= reversal_m => {
                climb.ascent_m += high - low;
                rising = Some(false);
                low = z;
            }
            Some(false) if z < low => low = z,
            Some(false) if z - low >= reversal_m => {
                climb.descent_m += high - low;
                rising = Some(true);
                high = z;
            }
            Some(_) => {}
        }
    }
    match rising {
        Some(true) => climb.ascent_m += high - low,
        Some(false) => climb.descent_m += high - low,
        None => {}
    }
    climb
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_rises_between_turning_points() {
        let climb = turning_points([10.0, 12.0, 11.0, 15.0, 9.0, 9.5, 14.0].into_iter(), 2.0);
        assert_eq!(climb, Climb { ascent_m: 10.0, descent_m: 6.0 });
    }

    #[test]
    fn flicker_of_one_metre_steps_is_no_climb() {
        let clock = Clock::new((0..1000).map(f64::from).collect(), vec![]).unwrap();
        let flat = (0..1000).map(|i| Some(100.0 + f64::from(i % 2)));
        assert_eq!(climb(&clock, flat).unwrap(), Climb::default());
    }

    #[test]
    fn one_hill_of_thirty_metres() {
        let clock = Clock::new((0..600).map(f64::from).collect(), vec![]).unwrap();
        let hill = (0..600)
            .map(|i| Some(if i < 300 { 0.1 * f64::from(i) } else { 0.1 * f64::from(600 - i) }));
        let climb = climb(&clock, hill).unwrap();
        assert!((climb.ascent_m - 30.0).abs() < 1.0, "{climb:?}");
        assert!((climb.descent_m - 30.0).abs() < 1.0, "{climb:?}");
    }
}
