//! Time-weighted means over running ticks for quantities that do not need settled cadence.

use super::{Run, Unavailable};

/// A mean over running with what it rests on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct RunningMean {
    /// Time-weighted mean.
    pub mean: f64,
    /// Minutes that carried a value.
    pub minutes: f64,
    /// Share of running that carried a value.
    pub coverage: f64,
}

/// Mean of one value a tick over running; `what` names it.
pub(super) fn running_mean(
    run: &Run<'_>,
    values: impl Iterator<Item = Option<f64>>,
    what: &str,
) -> Result<RunningMean, Unavailable> {
    use super::form_mean::{LEAST_COVERAGE, LEAST_MINUTES};
    let (mut sum, mut seconds, mut all) = (0.0, 0.0, 0.0);
    for (i, (runs, value)) in run.segments.running.iter().zip(values).enumerate() {
        if !runs {
            continue;
        }
        let weight = run.activity.clock.total_weight_s(i);
        all += weight;
        if let Some(value) = value {
            sum += weight * value;
            seconds += weight;
        }
    }
    if all <= 0.0 {
        return Err(Unavailable::new("no_running", "No running was recognised in this file."));
    }
    if all < 60.0 * LEAST_MINUTES {
        let reason =
            format!("{:.1} minutes of running; {LEAST_MINUTES:.0} are needed.", all / 60.0);
        return Err(Unavailable::new("too_short", reason));
    }
    let coverage = seconds / all;
    if coverage < LEAST_COVERAGE {
        let reason = format!("Only {:.0} % of the running carries {what}.", 100.0 * coverage);
        return Err(Unavailable::new("too_little_coverage", reason));
    }
    Ok(RunningMean { mean: sum / seconds, minutes: seconds / 60.0, coverage })
}
