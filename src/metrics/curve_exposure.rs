//! Bends: laps by direction, and the slanted edge that a bend amounts to.

use std::f64::consts::TAU;

use super::{Compute, Doc, Evidence, Metric, Outcome, Reading, Run, Unavailable, unit};
use crate::units::{Meters, MetersPerSecond, STANDARD_GRAVITY_M_S2};

/// Curve exposure.
pub const METRIC: Metric = Metric {
    id: "curve_exposure",
    title: "Net laps",
    unit: unit::NET_LAPS,
    evidence: Evidence::B,
    sources: &["messier1995", "beukeboom2000", "own_archives"],
    doc: Doc {
        measures: "How often you turned round to one side, and on a track how long you leaned \
                   into its bends.",
        formula: "Laps = sum of curvature times metres / 2 pi, anticlockwise positive. In a bend \
                  of a track the ground acts like one that is tilted by v2 / (g R), %.",
        needs: "Positions and distance.",
        unavailable: "There are no positions, or the run was indoors.",
        limits: "Seconds in bends and equivalent slope are told only where the shape is a track: \
                 on roads the bends even out (below 0.3 % net is nothing). Banked bends are not \
                 known. A track of 200 m is recognised only where the file says track.",
    },
    trended: false,
    compute: Compute::Run(compute),
};

/// Net equivalent slope below which there is no bias, percent. Source: `real-data` part 1, rule 7.
const NO_BIAS_PERCENT: f64 = 0.3;

/// What a bend amounts to at a speed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BendLoad {
    /// Lateral acceleration, m/s2.
    pub lateral_m_s2: f64,
    /// Lean, degrees.
    pub lean_deg: f64,
    /// Factor on body weight.
    pub weight_ratio: f64,
    /// Lean less bank, degrees.
    pub net_cross_deg: f64,
    /// The same as a slope, percent.
    pub cross_slope_percent: f64,
}

/// Equivalent cross-slope of a bend: tan(atan(v2 / (g R)) - bank).
pub fn bend_load(speed: MetersPerSecond, radius: Meters, bank_deg: f64) -> BendLoad {
    let lateral = speed.0 * speed.0 / radius.0;
    let tangent = lateral / STANDARD_GRAVITY_M_S2;
    let lean_deg = tangent.atan().to_degrees();
    let net_cross_deg = lean_deg - bank_deg;
    BendLoad {
        lateral_m_s2: lateral,
        lean_deg,
        weight_ratio: tangent.hypot(1.0),
        net_cross_deg,
        cross_slope_percent: 100.0 * net_cross_deg.to_radians().tan(),
    }
}

fn compute(run: &Run<'_>) -> Outcome {
    measure(run).into()
}

fn measure(run: &Run<'_>) -> Result<Reading, Unavailable> {
    if run.activity.meta.indoor {
        return Err(Unavailable::new("indoor", "Indoors there are no positions."));
    }
    let missing = || Unavailable::new("no_positions", "The file has no usable positions.");
    let bends = run.segments.slants.bends.as_ref().ok_or_else(missing)?;
    let origin = run.segments.curvature.as_ref().ok_or_else(missing)?.origin().clone();
    let track = run.segments.track.as_ref();
    let coverage = if bends.total_m > 0.0 { bends.known_m / bends.total_m } else { 0.0 };
    let net_percent = bends.net_percent();
    let seconds = |s: f64| track.map(|_| s);
    let reading = Reading::minutes(bends.net_turn / TAU, bends.seconds / 60.0, coverage, origin)
        .part("track_net_laps", track.map(|t| t.net_laps))
        .part("track_lap_m", track.map(|t| t.lap_length_m))
        .part("anticlockwise_bends_s", seconds(bends.left.seconds))
        .part("clockwise_bends_s", seconds(bends.right.seconds))
        .part("anticlockwise_bends_m", seconds(bends.left.metres))
        .part("clockwise_bends_m", seconds(bends.right.metres))
        .part("anticlockwise_laps", seconds(bends.left.turn / TAU))
        .part("clockwise_laps", seconds(bends.right.turn / TAU))
        .part("anticlockwise_bends_equivalent_slope_percent", bends.left.percent())
        .part("clockwise_bends_equivalent_slope_percent", bends.right.percent())
        .part("net_equivalent_slope_percent", track.and(net_percent));
    let drawn = track.filter(|t| t.drawn_by_watch).map(|_| {
        "The watch drew these laps as an ideal oval: laps and bends are right, the positions are \
         not measured."
    });
    let nothing = (track.is_none() && net_percent.is_some_and(|p| p.abs() < NO_BIAS_PERCENT))
        .then_some("No curve bias.");
    Ok(reading.caveat_if(drawn).caveat_if(nothing))
}
