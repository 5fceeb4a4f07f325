//! How form changes from the first to the last third of a run at the same speeds.

use super::step_rate_source::corrected_origin;
use super::{Compute, Doc, Evidence, Metric, Outcome, Reading, Run, Unavailable, unit};
use crate::segment::{Dynamics, Piece};

/// Form drift.
pub const METRIC: Metric = Metric {
    id: "form_drift",
    title: "Step-rate drift at matched speed",
    unit: unit::SPM,
    evidence: Evidence::B,
    sources: &["burns2019", "own_archives"],
    doc: Doc {
        measures: "How much your step rate changed from the first to the last third of the run \
                   at the same speeds.",
        formula: "D = sum(min(T1, T3) (f3 - f1)) / sum(min(T1, T3)) over speed bins of 0.25 m/s, \
                  spm; T1, T3 seconds of steady segments with |g| <= 0.03 in the first and last \
                  third of running, without the first 10 min and the last minute.",
        needs: "Cadence and speed.",
        unavailable: "The two thirds share under 4 minutes at the same speeds.",
        limits: "One run says little: 1.5 to 2.4 spm either way is ordinary. Heart rate, heat, \
                 wind and a fast finish go with it. Most people have a mean drift of their own; \
                 judge a run against that.",
    },
    trended: true,
    compute: Compute::Run(compute),
};

/// Start that does not count, s. Source: `science` 2.13.
const START_S: f64 = 600.0;
/// End that does not count, s. Source: as above.
const END_S: f64 = 60.0;
/// Width of a speed bin, m/s. Source: as above.
pub const BIN_M_S: f64 = 0.25;
/// Largest slope. Source: `real-data` part 2, section 4.
const LEVEL: f64 = 0.03;
/// Least overlap of the two thirds, s. Source: as above.
const LEAST_OVERLAP_S: f64 = 240.0;
/// Speed bins: up to 10 m/s.
const BINS: usize = 40;

/// A difference at matched speeds.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Drift {
    /// Last less first.
    pub drift: f64,
    /// Seconds that both share.
    pub overlap_s: f64,
    /// Speed bins that both share.
    pub bins: usize,
}

/// Difference between two sets of (speed m/s, value, seconds) at matched speeds, weighted by the
/// smaller of the two times in each bin; `None` where no bin is shared.
pub fn matched_drift(
    first: impl Iterator<Item = (f64, f64, f64)>,
    last: impl Iterator<Item = (f64, f64, f64)>,
) -> Option<Drift> {
    let (first, last) = (binned(first), binned(last));
    let mut drift = Drift::default();
    for ((sum1, t1), (sum3, t3)) in first.into_iter().zip(last) {
        let shared = t1.min(t3);
        if shared > 0.0 {
            drift.drift += shared * (sum3 / t3 - sum1 / t1);
            drift.overlap_s += shared;
            drift.bins += 1;
        }
    }
    (drift.overlap_s > 0.0).then(|| Drift { drift: drift.drift / drift.overlap_s, ..drift })
}

fn binned(values: impl Iterator<Item = (f64, f64, f64)>) -> [(f64, f64); BINS] {
    let mut bins = [(0.0, 0.0); BINS];
    for (v, y, seconds) in values {
        if let Some((sum, time)) = bins.get_mut((v / BIN_M_S) as usize) {
            *sum += y * seconds;
            *time += seconds;
        }
    }
    bins
}

fn compute(run: &Run<'_>) -> Outcome {
    let too_short = || {
        Unavailable::because(
            "too_short",
            "The first and the last third share under 4 minutes of steady level running at the \
             same speeds.",
        )
    };
    let (first, last) = thirds(run);
    let of = |pick: fn(&Piece) -> Option<f64>| {
        let rows = |pieces: &[&Piece]| -> Vec<(f64, f64, f64)> {
            pieces.iter().filter_map(|p| Some((p.speed_m_s, pick(p)?, p.duration_s))).collect()
        };
        matched_drift(rows(&first).into_iter(), rows(&last).into_iter())
            .filter(|d| d.overlap_s >= LEAST_OVERLAP_S)
    };
    let Some(cadence) = of(|p| Some(p.step_rate_spm)) else { return too_short() };
    let sensed = |drift: Option<Drift>| {
        drift.filter(|_| run.segments.dynamics == Dynamics::Measured).map(|d| d.drift)
    };
    let used_s: f64 = first.iter().chain(&last).map(|p| p.duration_s).sum();
    let coverage = 2.0 * cadence.overlap_s / used_s.max(2.0 * cadence.overlap_s);
    let minutes = cadence.overlap_s / 60.0;
    Reading::minutes(cadence.drift, minutes, coverage, corrected_origin(run.activity))
        .part("drift_ground_contact_time_ms", sensed(of(|p| p.ground_contact_time_ms)))
        .part("drift_vertical_oscillation_mm", sensed(of(|p| p.vertical_oscillation_mm)))
        .part("drift_heart_rate_bpm", of(|p| p.heart_rate_bpm).map(|d| d.drift))
        .part("drift_speed_bins", Some(cadence.bins as f64))
        .caveat_if(
            run.segments
                .grade
                .is_none()
                .then_some("Slopes are not known here: hills may be part of the difference."),
        )
        .into()
}

/// Steady level pieces of the first and of the last third of the running that counts.
fn thirds<'a>(run: &Run<'a>) -> (Vec<&'a Piece>, Vec<&'a Piece>) {
    let times = run.activity.clock.times_s();
    let (Some(begin), Some(end)) = (times.first(), times.last()) else {
        return (Vec::new(), Vec::new());
    };
    let counted: Vec<&Piece> = run
        .segments
        .pieces
        .iter()
        .filter(|p| p.start_s >= begin + START_S && p.start_s + p.duration_s <= end - END_S)
        .collect();
    let total: f64 = counted.iter().map(|p| p.duration_s).sum();
    let (mut first, mut last) = (Vec::new(), Vec::new());
    let mut passed = 0.0;
    for piece in counted {
        let middle = passed + piece.duration_s / 2.0;
        passed += piece.duration_s;
        if !piece.steady || piece.grade.is_some_and(|g| g.abs() > LEVEL) {
            continue;
        }
        if middle < total / 3.0 {
            first.push(piece);
        } else if middle > 2.0 * total / 3.0 {
            last.push(piece);
        }
    }
    (first, last)
}
