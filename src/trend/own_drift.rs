//! How a runner's step rate usually moves late in a run, and which runs were unlike that.
//!
//! Source: `real-data` part 2, section 4: six of seven people drift by a little of their own, and
//! single runs scatter by 1.5 to 2.4 spm about it, so a run is judged by the runner's own runs.

use crate::stats::median;

/// Runs from which a runner's own spread is known. Source: as above.
pub const RUNS_FOR_SPREAD: usize = 8;
/// Runs from which the mean drift has a range worth saying. Source: as above.
const RUNS_FOR_MEAN: usize = 10;
/// Eligible runs before a run that it is judged by. Source: as above.
const RUNS_BEFORE: usize = 20;
/// Standard deviations on each side. Source: as above.
const SPREAD_SD: f64 = 2.0;

/// Mean and standard deviation of the runner's own drifts, spm.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OwnDrift {
    /// Eligible runs.
    pub n: usize,
    /// Mean of them.
    pub mean: f64,
    /// Standard deviation between runs.
    pub sd: f64,
}

impl OwnDrift {
    /// Over the drifts of eligible runs.
    pub fn of(drifts: &[f64]) -> Self {
        let n = drifts.len().max(1) as f64;
        let mean = drifts.iter().sum::<f64>() / n;
        let squares: f64 = drifts.iter().map(|d| (d - mean).powi(2)).sum();
        Self { n: drifts.len(), mean, sd: (squares / (n - 1.0).max(1.0)).sqrt() }
    }

    /// Where single runs of this runner usually lie; `None` below eight runs.
    pub fn spread(self) -> Option<(f64, f64)> {
        (self.n >= RUNS_FOR_SPREAD)
            .then_some((self.mean - SPREAD_SD * self.sd, self.mean + SPREAD_SD * self.sd))
    }

    /// Range of the mean, two standard errors either way (drifts of neighbouring runs do not
    /// resemble each other); `None` below ten runs.
    pub fn mean_range(self) -> Option<(f64, f64)> {
        let error = SPREAD_SD * self.sd / (self.n as f64).sqrt();
        (self.n >= RUNS_FOR_MEAN).then_some((self.mean - error, self.mean + error))
    }
}

/// Which drifts lie more than two of the runner's own standard deviations from the median of the
/// 20 before; positions in `drifts`, which are in order. The first eight are never judged.
pub fn unusual(drifts: &[f64]) -> Vec<usize> {
    let judged = |i: &usize| {
        let before = drifts.get(i.saturating_sub(RUNS_BEFORE)..*i).unwrap_or_default();
        let (Some(drift), Some(usual)) = (drifts.get(*i), median(before)) else { return false };
        let own = OwnDrift::of(before);
        own.n >= RUNS_FOR_SPREAD && (drift - usual).abs() > SPREAD_SD * own.sd
    };
    (0..drifts.len()).filter(judged).collect()
}

#[cfg(test)]
mod tests {
    use super::{OwnDrift, unusual};

    #[test]
    fn a_drift_is_judged_by_the_runs_before_it() {
        // Spread of 1 about +2: 4.5 is usual, 7 is not, nor is -2; the first eight say nothing.
        let mut drifts: Vec<f64> = (0..24).map(|i| if i % 2 == 0 { 1.0 } else { 3.0 }).collect();
        drifts[3] = 9.0;
        drifts.extend([3.9, 7.0, -2.0]);
        assert_eq!(unusual(&drifts), vec![25, 26]);
        assert_eq!(unusual(&[0.0, 0.1, 0.0, 0.1, 0.0, 0.1, 0.0, 50.0]), Vec::<usize>::new());
    }

    #[test]
    fn the_mean_needs_ten_runs_for_a_range() {
        assert_eq!(OwnDrift::of(&[1.0; 9]).mean_range(), None);
        assert_eq!(OwnDrift::of(&[1.0; 10]).mean_range(), Some((1.0, 1.0)));
        assert_eq!(OwnDrift::of(&[1.0; 7]).spread(), None);
    }
}
