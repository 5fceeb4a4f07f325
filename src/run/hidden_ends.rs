//! What of a track nobody else should see: the surroundings of its start and of its end.
//!
//! A fixed distance is no hiding place: whoever knows it finds the door where the circles around
//! the cut ends meet. So the distance differs from run to run. It follows from the whole content
//! of the file by a keyed hash, so that the same file is always cut at the same place (a second
//! export shows nothing new), and not from the content hash that reports print.

use crate::activity::{Activity, great_circle_m};

/// Least distance that is hidden, metres. **chosen**: as the trimming of usual services.
pub const LEAST_M: f64 = 200.0;
/// Largest distance that is hidden, metres. **chosen**: twice the least.
pub const MOST_M: f64 = 400.0;
/// What the hash is for: no other use of the same content gives the same numbers.
const PURPOSE: &str = "lightfoot 2026-11 distance hidden around the ends of a track";
/// Seconds after the first and before the last position whose positions hide their surroundings
/// too: the first fix of a watch may lie far off. **chosen**.
const SETTLING_S: [f64; 3] = [0.0, 15.0, 30.0];

/// Distances around the start and the end of a run that are hidden, wherever on the way the run
/// comes there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HiddenEnds {
    /// Around the start, metres.
    pub start_m: f64,
    /// Around the end, metres.
    pub end_m: f64,
}

impl HiddenEnds {
    /// The distances for one activity of a file, from the file's uncompressed content.
    pub fn of(content: &[u8], part: usize) -> Self {
        let mut hasher = blake3::Hasher::new_derive_key(PURPOSE);
        hasher.update(&(part as u64).to_le_bytes());
        hasher.update(content);
        let hash = hasher.finalize();
        let mut words = hash.as_bytes().chunks_exact(4).map(|word| match *word {
            [a, b, c, d] => f64::from(u32::from_le_bytes([a, b, c, d])) / f64::from(u32::MAX),
            _ => 0.0,
        });
        let mut next = || LEAST_M + (MOST_M - LEAST_M) * words.next().unwrap_or_default();
        Self { start_m: next(), end_m: next() }
    }

    /// Which ticks may be shown: those with a position outside both circles.
    pub fn shown(&self, activity: &Activity) -> Vec<bool> {
        let positions = positions(activity);
        let times = activity.clock.times_s();
        let known: Vec<(f64, (f64, f64))> =
            times.iter().zip(&positions).filter_map(|(t, p)| Some((*t, (*p)?))).collect();
        let (Some(first), Some(last)) = (known.first(), known.last()) else {
            return vec![false; positions.len()];
        };
        let after = |s: f64| known.iter().find(|k| k.0 >= first.0 + s).map(|k| k.1);
        let before = |s: f64| known.iter().rev().find(|k| k.0 <= last.0 - s).map(|k| k.1);
        let mut doors: Vec<((f64, f64), f64)> = Vec::with_capacity(2 * SETTLING_S.len());
        for s in SETTLING_S {
            doors.extend(after(s).map(|at| (at, self.start_m)));
            doors.extend(before(s).map(|at| (at, self.end_m)));
        }
        let hidden = |at: (f64, f64)| doors.iter().any(|(d, m)| great_circle_m(at, *d) < *m);
        positions.iter().map(|p| p.is_some_and(|at| !hidden(at))).collect()
    }
}

/// Latitude and longitude at each tick, where both are known.
pub(crate) fn positions(activity: &Activity) -> Vec<Option<(f64, f64)>> {
    let channels = &activity.channels;
    match (&channels.latitude, &channels.longitude) {
        (Some(latitude), Some(longitude)) => {
            let both = latitude.iter().zip(longitude.iter());
            both.map(|(lat, lon)| Some((lat?.0, lon?.0))).collect()
        }
        _ => vec![None; activity.clock.len()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_differ_from_run_to_run_and_never_for_the_same_file() {
        let all: Vec<HiddenEnds> = (0..500_u32)
            .map(|i| HiddenEnds::of(&i.to_le_bytes(), 0))
            .inspect(|ends| {
                assert!((LEAST_M..=MOST_M).contains(&ends.start_m), "{ends:?}");
                assert!((LEAST_M..=MOST_M).contains(&ends.end_m), "{ends:?}");
            })
            .collect();
        assert_eq!(all[7], HiddenEnds::of(&7_u32.to_le_bytes(), 0));
        assert_ne!(all[7], HiddenEnds::of(&7_u32.to_le_bytes(), 1), "each part has its own");
        let mean = all.iter().map(|e| e.start_m).sum::<f64>() / 500.0;
        assert!((mean - 300.0).abs() < 10.0, "spread over the whole range: {mean}");
        assert!(all.windows(2).all(|w| w[0] != w[1]));
    }
}
