//! Quantities that go with overstriding, side by side and never added up.

use super::speed_bins::bin_prefix;
use super::{Compute, Doc, Evidence, Metric, Outcome, Reading, Unavailable, unit};
use crate::activity::Origin;
use crate::segment::{Dynamics, Piece, SPEED_BIN_M_S};
use crate::trend::Past;
use crate::units::{MetersPerSecond, StepsPerMinute, step_length};

/// Overstriding proxies.
pub const METRIC: Metric = Metric {
    id: "overstride_proxies",
    title: "Step length at matched speed",
    unit: unit::M,
    evidence: Evidence::D,
    sources: &["lieberman2015", "heiderscheit2011", "lenhart2014", "own_archives"],
    doc: Doc {
        measures: "Step rate, step length and, where a sensor measured it, vertical ratio at one \
                   speed on the level: three things that go with landing far ahead of yourself.",
        formula: "Means over steady 30 s segments with |g| <= 0.02 and 2.2 to 4.5 m/s that lie \
                  within 0.25 m/s of the runner's own usual speed, the same for all runs; SL = 60 \
                  v / f. Also by speed bins of 0.5 m/s.",
        needs: "Cadence and speed.",
        unavailable: "The run was indoors, or has under 4 such segments (2 minutes).",
        limits: "No watch sees where a foot lands: a video from the side at 120 pictures a second \
                 does. Step rate counts landings and not their place. Step length at one speed is \
                 step rate again. Vertical ratio shows bounce, differs by sensor, and is left out \
                 where the watch computes it. They are never added up.",
    },
    trended: true,
    compute: Compute::Past(compute),
};

/// Largest slope that is level. Source: `science` 2.12.
const LEVEL: f64 = 0.02;
/// Speeds at which landing is discussed, m/s. Source: as above.
const SPEEDS_M_S: std::ops::RangeInclusive<f64> = 2.2..=4.5;
/// How far from the matched speed a piece may lie, m/s. **chosen**: half a speed bin.
const MATCHED_M_S: f64 = 0.25;
/// Least pieces near the matched speed, and of a speed bin: two minutes. **chosen**.
const LEAST_PIECES: usize = 4;
/// Speed bins that hold [`SPEEDS_M_S`].
const BINS: usize = 10;

fn compute(past: &Past<'_>) -> Outcome {
    measure(past).into()
}

/// The one speed at which all runs are set side by side: the usual speed of the device that was
/// worn most.
fn usual_speed(past: &Past<'_>) -> Option<f64> {
    let most = past.models.iter().max_by_key(|m| (m.runs, std::cmp::Reverse(m.epoch)))?;
    Some(most.reference_speed_m_s.clamp(*SPEEDS_M_S.start(), *SPEEDS_M_S.end()))
}

fn measure(past: &Past<'_>) -> Result<Reading, Unavailable> {
    let run =
        past.runs.get(past.index).filter(|run| !run.meta.indoor).ok_or_else(|| {
            Unavailable::new("indoor", "Speed indoors is calibrated after the run.")
        })?;
    let all: Vec<Piece> = run.pieces.iter().collect();
    let level: Vec<&Piece> = all.iter().filter(|p| is_comparable(p)).collect();
    let usual = usual_speed(past);
    let near: Vec<&Piece> = level
        .iter()
        .copied()
        .filter(|p| usual.is_some_and(|v| (p.speed_m_s - v).abs() <= MATCHED_M_S))
        .collect();
    let measured = run.dynamics == Dynamics::Measured;
    let at =
        Means::of(&near, measured).filter(|_| near.len() >= LEAST_PIECES).ok_or_else(|| {
            let reason = format!(
                "{} steady level half minutes near your usual speed; {LEAST_PIECES} are needed.",
                near.len()
            );
            Unavailable::new("too_little_at_usual_speed", reason)
        })?;
    let origin = Origin::Derived { method: "matched level segments".to_owned() };
    let seconds = |pieces: &mut dyn Iterator<Item = &Piece>| -> f64 {
        pieces.map(|p| p.duration_s).sum::<f64>()
    };
    let matched_s = seconds(&mut near.iter().copied());
    let coverage = matched_s / seconds(&mut all.iter());
    let unknown_slope = near.iter().all(|p| p.grade.is_none());
    let mut reading = Reading::minutes(at.step_length_m, matched_s / 60.0, coverage, origin)
        .part("matched_speed_m_s", Some(at.speed_m_s))
        .part("matched_step_rate_spm", Some(at.step_rate_spm))
        .part("matched_step_length_m", Some(at.step_length_m))
        .part("matched_vertical_ratio_percent", at.vertical_ratio_percent)
        .caveat_if(
            unknown_slope
                .then_some("Slopes are not known here: hills may be among these segments."),
        );
    for bin in 0..BINS {
        let low = bin as f64 * SPEED_BIN_M_S;
        let inside: Vec<&Piece> = level
            .iter()
            .copied()
            .filter(|p| (low..low + SPEED_BIN_M_S).contains(&p.speed_m_s))
            .collect();
        let Some(m) = Means::of(&inside, measured).filter(|_| inside.len() >= LEAST_PIECES) else {
            continue;
        };
        let prefix = bin_prefix(bin);
        reading = reading
            .part(format!("{prefix}_step_rate_spm"), Some(m.step_rate_spm))
            .part(format!("{prefix}_step_length_m"), Some(m.step_length_m))
            .part(format!("{prefix}_vertical_ratio_percent"), m.vertical_ratio_percent);
    }
    Ok(reading)
}

/// Steady, level (or of unknown slope), and at a speed at which landing is discussed.
fn is_comparable(piece: &Piece) -> bool {
    piece.steady
        && SPEEDS_M_S.contains(&piece.speed_m_s)
        && piece.grade.is_none_or(|g| g.abs() <= LEVEL)
}

/// Means over pieces.
struct Means {
    speed_m_s: f64,
    step_rate_spm: f64,
    step_length_m: f64,
    vertical_ratio_percent: Option<f64>,
}

impl Means {
    fn of(pieces: &[&Piece], measured: bool) -> Option<Self> {
        let mean = |pick: &dyn Fn(&Piece) -> Option<f64>| {
            let (sum, seconds) = pieces
                .iter()
                .filter_map(|p| pick(p).map(|x| (x * p.duration_s, p.duration_s)))
                .fold((0.0, 0.0), |a, b| (a.0 + b.0, a.1 + b.1));
            (seconds > 0.0).then(|| sum / seconds)
        };
        let speed_m_s = mean(&|p| Some(p.speed_m_s))?;
        let step_rate_spm = mean(&|p| Some(p.step_rate_spm))?;
        Some(Self {
            speed_m_s,
            step_rate_spm,
            step_length_m: step_length(MetersPerSecond(speed_m_s), StepsPerMinute(step_rate_spm))?
                .0,
            vertical_ratio_percent: mean(&|p| p.vertical_ratio_percent).filter(|_| measured),
        })
    }
}
