//! What scatter inside runs and from run to run says about a cadence law.

use crate::stats::{GAUSSIAN_MAD, mad, median};

/// Neighbouring segments hang together: n of them are worth n / 8 where a runner's own runs cannot
/// say. Source: `real-data` part 2, section 2 (n / 6 to n / 10).
pub(super) const SEGMENTS_PER_INDEPENDENT: f64 = 8.0;
/// Runs from which the runner's own figure counts, as for every interval of the law.
const RUNS: usize = 10;
/// Segments that a run needs to have two halves.
const SEGMENTS: usize = 20;
/// What is slower than half a run lies in both halves and hides from their difference. **chosen**:
/// between none (1.0) and a wandering of ten minutes in a run of thirty (2.4).
const SLOWER_THAN_HALVES: f64 = 1.3;
/// Runs of the running median that "local" is about. Source: `real-data` part 2, head.
const LOCAL_RUNS: usize = 41;

/// How much the two halves of a run differ.
#[derive(Clone, Copy, Debug)]
pub(super) struct Halves {
    /// Mean of the second half less that of the first.
    apart: f64,
    /// Variance of that if segments had no memory.
    expected: f64,
}

impl Halves {
    /// From the levels of a run's segments in order; `None` with too few.
    pub(super) fn of(levels: &[f64]) -> Option<Self> {
        if levels.len() < SEGMENTS {
            return None;
        }
        let (first, second) = levels.split_at(levels.len() / 2);
        let expected = 4.0 * variance(levels)? / levels.len() as f64;
        Some(Self { apart: mean(second) - mean(first), expected })
    }
}

/// How many neighbouring segments are worth one independent one, from the runner's own runs: how
/// much more the two halves of a run differ than segments without memory would let them. The mean
/// difference over runs (a habitual drift) is not scatter and is taken out.
pub(super) fn segments_per_independent(halves: &[Halves]) -> f64 {
    if halves.len() < RUNS {
        return SEGMENTS_PER_INDEPENDENT;
    }
    let differences: Vec<f64> = halves.iter().map(|h| h.apart).collect();
    let expected = halves.iter().map(|h| h.expected).sum::<f64>() / halves.len() as f64;
    match variance(&differences) {
        Some(found) if expected > 0.0 => (SLOWER_THAN_HALVES * found / expected).max(1.0),
        _ => SEGMENTS_PER_INDEPENDENT,
    }
}

/// Standard deviation of run values about a running median of 41 runs: the noise that a trend has
/// to be seen through. `None` below ten runs.
pub(super) fn local_sd(values: &[f64]) -> Option<f64> {
    if values.len() < RUNS {
        return None;
    }
    let half = LOCAL_RUNS / 2;
    let about: Vec<f64> = values
        .iter()
        .enumerate()
        .filter_map(|(i, value)| {
            let end = (i + half + 1).min(values.len());
            Some(value - median(values.get(i.saturating_sub(half)..end)?)?)
        })
        .collect();
    mad(&about).map(|spread| GAUSSIAN_MAD * spread)
}

/// Values in order less their least-squares line, about the same mean: a rise over the runs is no
/// scatter of the mean.
pub(super) fn without_line(values: &[f64]) -> Vec<f64> {
    let middle = (values.len() as f64 - 1.0) / 2.0;
    let place = |i: usize| i as f64 - middle;
    let (mut xx, mut xy) = (0.0, 0.0);
    for (i, value) in values.iter().enumerate() {
        xx += place(i).powi(2);
        xy += place(i) * value;
    }
    let slope = if xx > 0.0 { xy / xx } else { 0.0 };
    values.iter().enumerate().map(|(i, value)| value - slope * place(i)).collect()
}

pub(super) fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

/// Variance about the mean; `None` below two values.
fn variance(values: &[f64]) -> Option<f64> {
    let mean = mean(values);
    (values.len() > 1)
        .then(|| values.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / (values.len() - 1) as f64)
}

#[cfg(test)]
mod tests {
    use super::{Halves, local_sd, segments_per_independent};
    use crate::stats::Random;

    fn halves(keep: f64) -> Vec<Halves> {
        let mut random = Random::new(4);
        (0..200)
            .filter_map(|_| {
                let mut value = random.normal();
                let levels: Vec<f64> = (0..60)
                    .map(|_| {
                        value = keep * value + (1.0 - keep * keep).sqrt() * random.normal();
                        value
                    })
                    .collect();
                Halves::of(&levels)
            })
            .collect()
    }

    #[test]
    fn memory_inside_runs_is_measured() {
        // Without memory 1 (times 1.3); at 0.6 the variance of a mean is 4 times larger.
        let free = segments_per_independent(&halves(0.0));
        assert!((1.0..1.7).contains(&free), "{free}");
        let bound = segments_per_independent(&halves(0.6));
        assert!((4.0..6.5).contains(&bound), "{bound}");
        assert!((segments_per_independent(&halves(0.6)[..9]) - 8.0).abs() < 1e-12);
    }

    #[test]
    fn slow_change_is_no_local_noise() {
        let mut random = Random::new(5);
        let values: Vec<f64> =
            (0..400).map(|i| 0.05 * f64::from(i) + 2.0 * random.normal()).collect();
        let sd = local_sd(&values).unwrap();
        assert!((1.7..2.3).contains(&sd), "{sd}");
        assert_eq!(local_sd(&values[..9]), None);
    }
}
