//! What going down adds up to.

use super::altitude_gate::grade;
use super::climb_total::climbed;
use super::slopes::{HILL, Slope, for_each_slope};
use super::{Compute, Doc, Evidence, Metric, Outcome, Reading, Run, Unavailable, unit};
use crate::activity::Origin;
use crate::units::{Grade, STANDARD_GRAVITY_M_S2};

/// Downhill dose.
pub const METRIC: Metric = Metric {
    id: "downhill_dose",
    title: "Downhill dose",
    unit: unit::J_KG,
    evidence: Evidence::B,
    sources: &["gottschall2005", "telhan2010", "vernillo2017"],
    doc: Doc {
        measures: "The energy that your legs took up by coming down, for each kilogram of you.",
        formula: "E = g h, J/kg; g = 9.80665 m/s2, h = descent in m. Impact-weighted steps: sum \
                  of N w(slope); w = 1 on the level and uphill, 1.54 at 9 degrees down, joined by \
                  straight lines through 1.14 at 3 and 1.32 at 6 degrees.",
        needs: "Altitude from a barometer; cadence for the steps.",
        unavailable: "There is no altitude, or it comes from satellites, or the watch is not \
                      known to have a barometer.",
        limits: "Energy is physics; the weights are of the impact peak at 3 m/s in ten runners \
                 and not of any force in the knee (those at 3 and 6 degrees are provisional). \
                 Legs that are used to descents bear them better.",
    },
    trended: true,
    compute: Compute::Run(compute),
};

/// Relative normal impact peak by slope in degrees down, at 3 m/s. Source: `gottschall2005` (the
/// last; the two between are provisional).
const IMPACT: [(f64, f64); 4] = [(0.0, 1.0), (3.0, 1.14), (6.0, 1.32), (9.0, 1.54)];

/// Energy of a descent for each kilogram: g h, J/kg.
pub fn descent_energy_j_kg(descent_m: f64) -> f64 {
    STANDARD_GRAVITY_M_S2 * descent_m
}

/// Relative impact peak of a step on this slope: 1 on the level and uphill, capped at 9 degrees.
pub fn impact_weight(grade: f64) -> f64 {
    if grade >= 0.0 {
        return 1.0;
    }
    let down = Grade(-grade).degrees();
    IMPACT
        .windows(2)
        .find_map(|pair| match pair {
            [(a, wa), (b, wb)] if down <= *b => Some(wa + (wb - wa) * (down - a) / (b - a)),
            _ => None,
        })
        .unwrap_or(IMPACT.last().map_or(1.0, |p| p.1))
}

fn compute(run: &Run<'_>) -> Outcome {
    measure(run).into()
}

fn measure(run: &Run<'_>) -> Result<Reading, Unavailable> {
    grade(run)?;
    let (climb, coverage) = climbed(run)?;
    let level_m_s = level_speed_m_s(run);
    let (mut steps, mut weighted, mut known_s) = (0.0, 0.0, 0.0);
    let (mut downhill_m, mut fast_m) = (0.0, 0.0);
    for_each_slope(run, |slope| {
        let Slope::Known(s) = slope else { return };
        known_s += s.seconds;
        if let Some(rate) = s.step_rate_spm {
            let n = rate * s.seconds / 60.0;
            steps += n;
            weighted += n * impact_weight(s.grade);
        }
        if s.grade < -HILL {
            downhill_m += s.metres;
            if level_m_s.is_some_and(|v| s.seconds > 0.0 && s.metres / s.seconds > v) {
                fast_m += s.metres;
            }
        }
    });
    let origin = Origin::Derived { method: "descent in barometric altitude".to_owned() };
    let energy = descent_energy_j_kg(climb.descent_m);
    Ok(Reading::minutes(energy, known_s / 60.0, coverage, origin)
        .part("downhill_steeper_than_3_percent_m", Some(downhill_m))
        .part("downhill_faster_than_level_m", level_m_s.map(|_| fast_m))
        .part("level_speed_m_s", level_m_s)
        .part("impact_weighted_steps", (steps > 0.0).then_some(weighted))
        .part("impact_weight_ratio", (steps > 0.0).then(|| weighted / steps)))
}

/// The run's own median speed over level pieces, m/s.
fn level_speed_m_s(run: &Run<'_>) -> Option<f64> {
    let level = |g: Option<f64>| g.is_some_and(|g| g.abs() < HILL);
    let mut speeds: Vec<f64> =
        run.segments.pieces.iter().filter(|p| level(p.grade)).map(|p| p.speed_m_s).collect();
    let middle = speeds.len() / 2;
    (!speeds.is_empty()).then(|| *speeds.select_nth_unstable_by(middle, f64::total_cmp).1)
}
