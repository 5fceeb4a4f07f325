//! Ascent and descent with the device's own word beside them.

use super::altitude_gate::barometric;
use super::form_mean::LEAST_COVERAGE;
use super::reading::STATED_TOTAL;
use super::{Reading, Run, Unavailable};
use crate::activity::{Origin, SummaryKey};
use crate::segment::ascent::Climb;

/// Disagreement with the device's total that is worth a word, as a share ... Source:
/// `real-data` part 1, rule 12.
const DISAGREE_SHARE: f64 = 0.15;
/// ... and in metres.
const DISAGREE_M: f64 = 10.0;

/// Ascent or descent, with the device's own word beside it.
pub(super) fn measure(
    run: &Run<'_>,
    side: fn(Climb) -> f64,
    stated: SummaryKey,
) -> Result<Reading, Unavailable> {
    let (climb, coverage) = climbed(run)?;
    let ours = side(climb);
    let theirs = run.activity.summary.get(stated);
    let apart = theirs.filter(|t| (ours - t).abs() > (DISAGREE_SHARE * t).max(DISAGREE_M));
    let distance = run.segments.metres.iter().sum::<f64>();
    let minutes = run.activity.clock.timer().0 / 60.0;
    let origin = Origin::Derived {
        method: "turning points of 2 m in barometric altitude averaged over 10 s".to_owned(),
    };
    let key =
        if matches!(stated, SummaryKey::AscentM) { "ascent_m_per_km" } else { "descent_m_per_km" };
    Ok(Reading::minutes(ours, minutes, coverage, origin)
        .part(STATED_TOTAL, theirs)
        .part(key, (distance > 0.0).then(|| 1000.0 * ours / distance))
        .caveat_if(apart.map(|t| {
            format!(
                "The watch's own total is {t:.0} m, ours {ours:.0} m: more than 15 % and 10 m \
                 apart, so one of them is doubtful."
            )
        })))
}

/// Climb of the whole run and the share of records that carry an altitude.
pub(super) fn climbed(run: &Run<'_>) -> Result<(Climb, f64), Unavailable> {
    let altitude = barometric(run)?;
    let coverage = altitude.present() as f64 / altitude.len().max(1) as f64;
    if coverage < LEAST_COVERAGE {
        let reason = format!("Only {:.0} % of the records have an altitude.", 100.0 * coverage);
        return Err(Unavailable::new("too_little_coverage", reason));
    }
    run.segments
        .climb
        .map(|climb| (climb, coverage))
        .ok_or_else(|| Unavailable::new("no_altitude", "Fewer than two records have an altitude."))
}
