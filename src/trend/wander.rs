//! How far a runner's values move by themselves, and the three words that follow from it.

use super::Sureness;

/// Runs in a group of the usual wandering. Source: `real-data` part 2, section 2.
const GROUP: usize = 10;
/// Runs in a group while the history is short. **chosen**: the wandering of group means hardly
/// depends on the size of the group (same source, 10 to 40 runs), and smaller groups only add
/// noise, which makes the bar higher, never lower. So 35 runs are enough to know it instead of 70.
const SHORT_GROUP: usize = 5;
/// Differences of adjacent groups below which there is no usual wandering yet. Same source.
const DIFFERENCES: usize = 6;
/// Runs from which the usual wandering is known.
pub const RUNS_FOR_WANDER: usize = SHORT_GROUP * (DIFFERENCES + 1);

/// A line through many runs moves further than two adjacent groups of ten lie apart: 1.5 times in
/// 16 weeks of a wandering with a memory of 30 to 90 days. **chosen** from the simulation, where
/// without it 15 % of quiet pages called a wandering a change.
const LINE_OVER_GROUPS: f64 = 1.5;
/// Runs from which a runner's own wandering alone is the bar: seven groups of ten.
const KNOWN_RUNS: usize = GROUP * (DIFFERENCES + 1);
/// Wandering of adjacent ten-run means that nobody exceeded, spm: what counts until the runner's
/// own is known. Source: `real-data` part 2, section 2 (1.0 to 4.0 in seven runners).
const UNKNOWN_SPM: f64 = 4.0;

/// How far a line through these values moves by itself.
pub(super) fn line_wander(values: &[f64]) -> Option<f64> {
    usual_wander(values).map(|wander| LINE_OVER_GROUPS * wander)
}

/// The bar for a change of step rate while the runner's own wandering rests on few runs; `None`
/// where it rests on enough.
pub(super) fn unknown_wander_spm(runs: usize) -> Option<f64> {
    (runs < KNOWN_RUNS).then_some(LINE_OVER_GROUPS * UNKNOWN_SPM)
}

/// 1.96 times the standard deviation of the differences of adjacent groups of ten runs (five where
/// there are fewer than 70 runs), the values in order; `None` below 35 runs.
///
/// Source: `real-data` part 2, section 2: the wandering of group means does not shrink with the
/// size of the group, so a test on means alone calls wandering a change.
pub(super) fn usual_wander(values: &[f64]) -> Option<f64> {
    let group = if values.len() / GROUP > DIFFERENCES { GROUP } else { SHORT_GROUP };
    // Whole groups counted back from the newest run, so that the newest are always in.
    let means: Vec<f64> =
        values.rchunks_exact(group).map(|g| g.iter().sum::<f64>() / group as f64).collect();
    let differences: Vec<f64> =
        means.iter().zip(means.iter().skip(1)).map(|(a, b)| b - a).collect();
    if differences.len() < DIFFERENCES {
        return None;
    }
    let n = differences.len() as f64;
    let mean = differences.iter().sum::<f64>() / n;
    let variance = differences.iter().map(|d| (d - mean).powi(2)).sum::<f64>() / (n - 1.0);
    Some(1.96 * variance.sqrt())
}

impl Sureness {
    /// Clear: the interval excludes zero and the change is larger than every known bar (what is
    /// worth a word, what could be detected, the runner's usual wandering). Likely: the interval
    /// excludes zero.
    pub fn of(change: f64, interval: Option<(f64, f64)>, bars: &[Option<f64>]) -> Self {
        match interval {
            Some((low, high)) if low > 0.0 || high < 0.0 => {
                if bars.iter().flatten().all(|bar| change.abs() > *bar) {
                    Self::Clear
                } else {
                    Self::Likely
                }
            }
            _ => Self::CannotTell,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::usual_wander;

    #[test]
    fn thirty_five_runs_are_enough_and_a_level_shift_of_groups_is_seen() {
        let steps = |n: usize| -> Vec<f64> {
            (0..n).map(|i| if (i / 10) % 2 == 0 { 0.0 } else { 4.0 }).collect()
        };
        assert_eq!(usual_wander(&steps(34)), None);
        assert!(usual_wander(&steps(35)).is_some());
        // Seven groups of ten: differences +4, -4, ..., SD 4.38.
        assert!((usual_wander(&steps(70)).unwrap() - 1.96 * 4.381_780).abs() < 1e-3);
        assert_eq!(usual_wander(&[3.0; 80]), Some(0.0));
    }
}
