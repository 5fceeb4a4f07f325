//! Altitude that a body cannot have run: jumps of a watch that starts on satellites and then trusts
//! its barometer, or that calibrates on the way.

use crate::activity::Channel;
use crate::units::Meters;

/// Fastest change of height that is taken for running, m/s. **chosen**: fell runners drop at 2.
const FASTEST_M_S: f64 = 5.0;
/// Slack for stored steps and gusts on the pressure port, m. **chosen**.
const SLACK_M: f64 = 3.0;
/// Longest interval over which that speed is allowed, s. **chosen**: smart recording's usual gap.
const LONGEST_S: f64 = 10.0;
/// A new level that stays for this long is a calibration and no spike. **chosen**.
const STAYS_S: f64 = 30.0;

/// Altitude without impossible jumps, in metres: a spike is left out, a level that stays is taken
/// as a calibration and all that follows is shifted so that no height is gained by it.
pub(super) fn without_jumps(times_s: &[f64], altitude: &Channel<Meters>) -> Vec<Option<f64>> {
    let mut kept: Option<(f64, f64)> = None;
    let mut away_since: Option<f64> = None;
    let mut shift_m = 0.0;
    times_s
        .iter()
        .zip(altitude.iter())
        .map(|(t, z)| {
            let raw = z?.0;
            let z = raw + shift_m;
            let Some((before_s, before_m)) = kept else {
                kept = Some((*t, z));
                return Some(z);
            };
            let reach_m = SLACK_M + FASTEST_M_S * (t - before_s).min(LONGEST_S);
            if (z - before_m).abs() <= reach_m {
                away_since = None;
                kept = Some((*t, z));
                return Some(z);
            }
            let since = *away_since.get_or_insert(*t);
            if t - since < STAYS_S {
                return None;
            }
            shift_m = before_m - raw;
            away_since = None;
            kept = Some((*t, before_m));
            Some(before_m)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::Origin;

    fn cleaned(values: impl IntoIterator<Item = f64>) -> Vec<Option<f64>> {
        let channel = Channel::new(values.into_iter().map(Some), Origin::native("altitude"));
        let times: Vec<f64> = (0..channel.len()).map(|i| i as f64).collect();
        without_jumps(&times, &channel)
    }

    #[test]
    fn a_spike_goes_and_a_hill_stays() {
        let spike = cleaned([55.0, 142.4, 142.4, 56.0, 56.2]);
        assert_eq!(spike, [Some(55.0), None, None, Some(56.0), Some(56.2)]);
        let hill = (0..300).map(|i| 100.0 - 2.0 * f64::from(i));
        assert!(cleaned(hill).iter().all(Option::is_some));
    }

    #[test]
    fn a_calibration_gains_no_height() {
        let level = (0..200).map(|i| if i < 100 { 50.0 } else { 130.0 });
        assert!(cleaned(level).iter().flatten().all(|z| *z == 50.0));
    }
}
