//! Quantities that go with overstriding, side by side and never added up.

use super::form_mean::eligible_s;
use super::speed_bins::bin_prefix;
use super::{Compute, Doc, Evidence, Metric, Outcome, Reading, Run, Unavailable, unit};
use crate::activity::Origin;
use crate::segment::{Dynamics, Piece, SPEED_BIN_M_S};
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
                  within 0.25 m/s of the run's own median speed of such segments; SL = 60 v / f. \
                  Also by speed bins of 0.5 m/s.",
        needs: "Cadence and speed.",
        unavailable: "There are under 10 such segments (5 minutes).",
        limits: "No watch sees where a foot lands: a video from the side at 120 pictures a second \
                 does. Step rate counts landings and not their place. Step length at one speed is \
                 step rate again. Vertical ratio shows bounce, differs by sensor, and is left out \
                 where the watch computes it. They are never added up.",
    },
    trended: true,
    compute: Compute::Run(compute),
};

/// Largest slope that is level. Source: `science` 2.12.
const LEVEL: f64 = 0.02;
/// Speeds at which landing is discussed, m/s. Source: as above.
const SPEEDS_M_S: std::ops::RangeInclusive<f64> = 2.2..=4.5;
/// How far from the matched speed a piece may lie, m/s. **chosen**: half a speed bin.
const MATCHED_M_S: f64 = 0.25;
/// Least pieces: five minutes. Source: `science` 2.0.
const LEAST_PIECES: usize = 10;
/// Least pieces of a speed bin: two minutes. **chosen**.
const LEAST_IN_BIN: usize = 4;
/// Speed bins that hold [`SPEEDS_M_S`].
const BINS: usize = 10;

fn compute(run: &Run<'_>) -> Outcome {
    measure(run).into()
}

fn measure(run: &Run<'_>) -> Result<Reading, Unavailable> {
    let eligible = eligible_s(run)?;
    let level: Vec<&Piece> = run.segments.pieces.iter().filter(|p| is_matched(p)).collect();
    if level.len() < LEAST_PIECES {
        let reason = format!(
            "{} steady level segments of 30 s between 2.2 and 4.5 m/s; {LEAST_PIECES} are needed.",
            level.len()
        );
        return Err(Unavailable::new("too_short", reason));
    }
    let reference = median(level.iter().map(|p| p.speed_m_s).collect());
    let near: Vec<&Piece> = level
        .iter()
        .copied()
        .filter(|p| reference.is_some_and(|v| (p.speed_m_s - v).abs() <= MATCHED_M_S))
        .collect();
    let measured = run.segments.dynamics == Dynamics::Measured;
    let at = Means::of(&near, measured)
        .ok_or_else(|| Unavailable::new("too_short", "No steady level running."))?;
    let origin = Origin::Derived { method: "matched level segments".to_owned() };
    let minutes = near.iter().map(|p| p.duration_s).sum::<f64>() / 60.0;
    let coverage = 60.0 * minutes / eligible;
    let mut reading = Reading::minutes(at.step_length_m, minutes, coverage, origin)
        .part("matched_speed_m_s", Some(at.speed_m_s))
        .part("matched_step_rate_spm", Some(at.step_rate_spm))
        .part("matched_step_length_m", Some(at.step_length_m))
        .part("matched_vertical_ratio_percent", at.vertical_ratio_percent)
        .caveat_if(
            run.segments
                .grade
                .is_none()
                .then_some("Slopes are not known here: hills may be among these segments."),
        );
    for bin in 0..BINS {
        let low = bin as f64 * SPEED_BIN_M_S;
        let inside: Vec<&Piece> = level
            .iter()
            .copied()
            .filter(|p| (low..low + SPEED_BIN_M_S).contains(&p.speed_m_s))
            .collect();
        let Some(m) = Means::of(&inside, measured).filter(|_| inside.len() >= LEAST_IN_BIN) else {
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
fn is_matched(piece: &Piece) -> bool {
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

fn median(mut values: Vec<f64>) -> Option<f64> {
    let middle = values.len() / 2;
    (!values.is_empty()).then(|| *values.select_nth_unstable_by(middle, f64::total_cmp).1)
}
