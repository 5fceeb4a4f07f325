//! Speed on the level that would cost the same energy.

use super::altitude_gate::grade;
use super::{Compute, Doc, Evidence, Metric, Outcome, Reading, Run, Unavailable, unit};
use crate::activity::Origin;
use crate::segment::grade::STEEPEST;
use crate::units::MetersPerSecond;

/// Grade-adjusted speed.
pub const METRIC: Metric = Metric {
    id: "grade_adjusted_speed",
    title: "Grade-adjusted speed",
    unit: unit::M_S,
    evidence: Evidence::B,
    sources: &["minetti2002"],
    doc: Doc {
        measures: "How fast you would have run on the level for the same energy.",
        formula: "v_gap = v C(i) / C(0), m/s; C(i) = 155.4 i^5 - 30.4 i^4 - 43.3 i^3 + 46.3 i^2 \
                  + 19.5 i + 3.6 J/kg/m, i = grade within +-0.45. Mean over running time.",
        needs: "Altitude from a barometer, and speed.",
        unavailable: "There is no altitude, or it comes from satellites, or the watch is not \
                      known to have a barometer.",
        limits: "Energy only: it calls downhill easy, which says nothing about load on knees. \
                 Ten trained mountain runners on a treadmill; real runners do not save that much \
                 below -10 %.",
    },
    trended: false,
    compute: Compute::Run(compute),
};

/// Minetti's polynomial, highest power first.
const COST: [f64; 6] = [155.4, -30.4, -43.3, 46.3, 19.5, 3.6];

/// Energy cost of running on a grade, J/kg/m, within +-0.45. Source: `minetti2002`.
pub fn cost_j_kg_m(grade: f64) -> f64 {
    let i = grade.clamp(-STEEPEST, STEEPEST);
    COST.iter().fold(0.0, |sum, c| sum * i + c)
}

/// Speed on the level that costs the same energy a second.
pub fn adjusted(speed: MetersPerSecond, grade: f64) -> MetersPerSecond {
    MetersPerSecond(speed.0 * cost_j_kg_m(grade) / cost_j_kg_m(0.0))
}

fn compute(run: &Run<'_>) -> Outcome {
    measure(run).into()
}

fn measure(run: &Run<'_>) -> Result<Reading, Unavailable> {
    let grades = grade(run)?;
    let Some(speed) = &run.activity.channels.speed else {
        return Err(Unavailable::new("no_speed", "The file has no speed or distance."));
    };
    let (mut plain, mut level, mut seconds, mut all_s) = (0.0, 0.0, 0.0, 0.0);
    let ticks = run.segments.running.iter().zip(speed.iter()).zip(grades.iter()).enumerate();
    for (i, ((runs, v), g)) in ticks {
        if !runs {
            continue;
        }
        let weight = run.activity.clock.total_weight_s(i);
        all_s += weight;
        let (Some(v), Some(g)) = (v, g) else { continue };
        plain += weight * v.0;
        level += weight * adjusted(v, g.0).0;
        seconds += weight;
    }
    let coverage = if all_s > 0.0 { seconds / all_s } else { 0.0 };
    if coverage < super::form_mean::LEAST_COVERAGE
        || seconds < 60.0 * super::form_mean::LEAST_MINUTES
    {
        let reason = format!(
            "{:.1} minutes of running have both speed and slope ({:.0} %).",
            seconds / 60.0,
            100.0 * coverage
        );
        return Err(Unavailable::new("too_little_coverage", reason));
    }
    let origin = Origin::Derived { method: "speed times Minetti's cost ratio".to_owned() };
    Ok(Reading::minutes(level / seconds, seconds / 60.0, coverage, origin)
        .part("plain_speed_m_s", Some(plain / seconds))
        .part("grade_adjusted_pace_s_per_km", (level > 0.0).then(|| 1000.0 * seconds / level)))
}
