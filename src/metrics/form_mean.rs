//! Time-weighted means over form running, and the gate that every one of them passes.

use super::{Run, Unavailable};
use crate::activity::{Issue, IssueKind, Severity};
use crate::segment::RunningBy;

/// Least running that counts for form, minutes. Source: `science` 2.0.
pub const LEAST_MINUTES: f64 = 5.0;
/// Least share of it that must carry the field. Source: `science` 2.0.
pub const LEAST_COVERAGE: f64 = 0.7;

/// A mean over form running with what it rests on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FormMean {
    /// Time-weighted mean.
    pub mean: f64,
    /// Minutes that carried a value.
    pub minutes: f64,
    /// Share of form running that carried a value.
    pub coverage: f64,
}

/// Why a run has no step rate: none was recorded, or nobody knows what its counts are.
pub fn no_cadence(run: &Run<'_>) -> Unavailable {
    let open = |i: &Issue| i.kind == IssueKind::CadenceUnit && i.severity >= Severity::Doubt;
    if run.activity.issues.iter().any(open) {
        return Unavailable::new(
            "no_cadence_unit",
            "The file does not say whether its cadence counts steps or strides, and too little \
             running tells: state it with --cadence-unit.",
        );
    }
    Unavailable::new(
        "no_cadence",
        "This file has no cadence. The original FIT file from the watch usually has it.",
    )
}

/// Seconds of running that counts for form.
///
/// # Errors
/// When the file has no cadence, or there is too little such running.
pub fn eligible_s(run: &Run<'_>) -> Result<f64, Unavailable> {
    if run.segments.running_by != RunningBy::StepRate {
        return Err(no_cadence(run));
    }
    let seconds = run.segments.form_seconds();
    if seconds < 60.0 * LEAST_MINUTES {
        return Err(Unavailable::new(
            "too_short",
            format!(
                "{:.1} minutes of settled running; {LEAST_MINUTES:.0} are needed.",
                seconds / 60.0
            ),
        ));
    }
    Ok(seconds)
}

/// Means of several values that a tick carries together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FormMeans<const N: usize> {
    /// Time-weighted means, in the order of the values.
    pub means: [f64; N],
    /// Minutes that carried the values.
    pub minutes: f64,
    /// Share of form running that carried them.
    pub coverage: f64,
}

/// Mean of one value a tick over form running.
///
/// # Errors
/// As [`form_means`].
pub fn form_mean(
    run: &Run<'_>,
    values: impl Iterator<Item = Option<f64>>,
    what: &str,
) -> Result<FormMean, Unavailable> {
    let FormMeans { means: [mean], minutes, coverage } =
        form_means(run, values.map(|v| v.map(|x| [x])), what)?;
    Ok(FormMean { mean, minutes, coverage })
}

/// Means over form running of values that a tick carries together or not at all.
///
/// # Errors
/// As [`eligible_s`], and when too little of the running carries the values: `what` names them.
pub fn form_means<const N: usize>(
    run: &Run<'_>,
    values: impl Iterator<Item = Option<[f64; N]>>,
    what: &str,
) -> Result<FormMeans<N>, Unavailable> {
    let eligible = eligible_s(run)?;
    let (mut sums, mut seconds) = ([0.0; N], 0.0);
    for (weight, values) in run.segments.form_weights_s.iter().zip(values) {
        if *weight > 0.0
            && let Some(values) = values
        {
            for (sum, value) in sums.iter_mut().zip(values) {
                *sum += weight * value;
            }
            seconds += weight;
        }
    }
    let coverage = seconds / eligible;
    if coverage < LEAST_COVERAGE || seconds < 60.0 * LEAST_MINUTES {
        return Err(Unavailable::new(
            "too_little_coverage",
            format!(
                "Only {:.0} % of the running carries {what}; {:.0} % and {LEAST_MINUTES:.0} \
                 minutes are needed.",
                100.0 * coverage,
                100.0 * LEAST_COVERAGE
            ),
        ));
    }
    Ok(FormMeans { means: sums.map(|sum| sum / seconds), minutes: seconds / 60.0, coverage })
}
