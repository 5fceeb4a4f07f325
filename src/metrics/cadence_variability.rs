//! How much step rate varies within a run beyond what speed explains.

use super::step_rate_source::corrected_origin;
use super::{Compute, Doc, Evidence, Metric, Outcome, Reading, Run, Unavailable, unit};
use crate::segment::{Piece, grade};

/// Cadence variability.
pub const METRIC: Metric = Metric {
    id: "cadence_variability",
    title: "Cadence variability",
    unit: unit::PERCENT,
    evidence: Evidence::C,
    sources: &["own_archives"],
    doc: Doc {
        measures: "How much your step rate wanders within the run beyond what speed explains.",
        formula: "CV = 100 s / mean(f), %; s = standard deviation of the residuals of f on v over \
                  the run's 30 s segments (n - 2).",
        needs: "Cadence and speed.",
        unavailable: "There are fewer than 20 segments of 30 s.",
        limits: "Descriptive: no value is better than another. Hills, company and the sensor add \
                 to it; 0.95 to 1.75 % was usual in seven runners.",
    },
    trended: true,
    compute: Compute::Run(compute),
};

/// Least pieces: ten minutes. Source: `real-data` part 2, section 2 (segments per run).
const LEAST_PIECES: usize = 20;

fn compute(run: &Run<'_>) -> Outcome {
    let pieces = &run.segments.pieces;
    if run.activity.channels.step_rate.is_none() {
        return Outcome::Unavailable(super::form_mean::no_cadence(run));
    }
    if pieces.len() < LEAST_PIECES {
        let reason =
            format!("{} segments of 30 s running; {LEAST_PIECES} are needed.", pieces.len());
        return Unavailable::because("too_short", reason);
    }
    let Some(percent) = variability_percent(pieces) else {
        return Unavailable::because("no_cadence", "Cadence is zero throughout.");
    };
    let minutes: f64 = pieces.iter().map(|p| p.duration_s).sum::<f64>() / 60.0;
    let coverage = 60.0 * minutes / run.segments.form_seconds().max(60.0 * minutes);
    Reading::minutes(percent, minutes, coverage, corrected_origin(run.activity)).into()
}

/// Coefficient of variation of step rate about its line on speed, in percent.
fn variability_percent(pieces: &[Piece]) -> Option<f64> {
    let n = pieces.len() as f64;
    let mean = |pick: fn(&Piece) -> f64| pieces.iter().map(pick).sum::<f64>() / n;
    let (v0, f0) = (mean(|p| p.speed_m_s), mean(|p| p.step_rate_spm));
    // Without any spread of speed there is nothing to explain.
    let slope = grade::slope_of(pieces.iter().map(|p| (p.speed_m_s, p.step_rate_spm)));
    let residual = |p: &Piece| match slope {
        Some(b) => p.step_rate_spm - f0 - b * (p.speed_m_s - v0),
        None => p.step_rate_spm - f0,
    };
    let squares: f64 = pieces.iter().map(|p| residual(p).powi(2)).sum();
    (n > 2.0 && f0 > 0.0).then(|| 100.0 * (squares / (n - 2.0)).sqrt() / f0)
}
