//! The steady segments of a run that the cadence law is made of.

use crate::Analysis;
use crate::stats::weighted_quantiles;

/// Slowest speed of a segment, m/s: below it running and walking mix. Source: `real-data` part 2,
/// section 1.
const SLOWEST_M_S: f64 = 1.7;
/// Steepest grade: beyond it the law is not straight. Source: `real-data` part 2, section 2.
pub(super) const STEEPEST: f64 = 0.08;
/// Step rates that running has, spm. Source: `science` 2.1.
const STEP_RATES_SPM: std::ops::RangeInclusive<f64> = 130.0..=240.0;

/// One steady segment, ready for the law.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Steady {
    pub(super) speed_m_s: f64,
    pub(super) step_rate_spm: f64,
    pub(super) duration_s: f64,
    /// Rise over run; `None` where the run knows no grade: then it has no grade terms.
    pub(super) grade: Option<f64>,
}

/// The steady segments of a run outdoors, with the step rate as `segment` gives it (a watch that
/// truncates to whole strides is corrected there). A treadmill's speed is calibrated after saving, so
/// indoor runs have none. In a run that knows grade, a segment without one is left out; in a run
/// that knows none, all are taken as they are.
pub(super) fn steady(run: &Analysis) -> Vec<Steady> {
    if run.meta.indoor {
        return Vec::new();
    }
    let mut knows_grade = false;
    let mut segments: Vec<Steady> = run
        .pieces
        .gaits()
        .inspect(|p| knows_grade |= p.grade.is_some())
        .filter(|p| p.pace.steady && p.pace.speed_m_s >= SLOWEST_M_S && p.pace.duration_s > 0.0)
        .filter(|p| STEP_RATES_SPM.contains(&p.step_rate_spm))
        .filter(|p| p.grade.is_none_or(|grade| grade.abs() <= STEEPEST))
        .map(|p| Steady {
            speed_m_s: p.pace.speed_m_s,
            step_rate_spm: p.step_rate_spm,
            duration_s: p.pace.duration_s,
            grade: p.grade,
        })
        .collect();
    if knows_grade {
        segments.retain(|s| s.grade.is_some());
    }
    segments
}

/// Regressors (speed about the reference, uphill, downhill, squared speed) and step rate of each
/// segment.
pub(super) fn rows(segments: &[Steady], reference: f64) -> Vec<([f64; 5], f64)> {
    segments
        .iter()
        .map(|s| {
            let dv = s.speed_m_s - reference;
            let (up, down) = match s.grade {
                Some(grade) => (grade.max(0.0), (-grade).max(0.0)),
                None => (0.0, 0.0),
            };
            ([dv, up, down, dv * dv, 0.0], s.step_rate_spm)
        })
        .collect()
}

/// Quantiles of a quantity of segments, weighted by time.
pub(super) fn quantiles<'a, const N: usize>(
    of: &[&'a Analysis],
    pick: fn(&Steady) -> f64,
    p: [f64; N],
) -> Option<[f64; N]> {
    let segments = || of.iter().flat_map(|run| steady(run)).map(|s| (pick(&s), s.duration_s));
    weighted_quantiles(segments, p)
}
