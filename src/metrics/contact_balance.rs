//! Left and right share of ground contact.

use super::form_mean::form_mean;
use super::{Compute, Doc, Evidence, Metric, Outcome, Reading, Run, Unavailable, unit};
use crate::segment::plausible;
use crate::stats::weighted_quantiles;
use crate::units::Quantity;

/// Contact balance.
pub const METRIC: Metric = Metric {
    id: "contact_balance",
    title: "Contact balance, left share",
    unit: unit::PERCENT,
    evidence: Evidence::C,
    sources: &["malisoux2024", "mtibaa2023", "zifchock2008", "own_archives"],
    doc: Doc {
        measures: "How ground contact time divides between left and right.",
        formula: "b = time-weighted mean of the recorded left share, %, over settled running; \
                  median and quartiles beside it; symmetry index SI = 4 (b - 50), %; symmetry angle \
                  SA = (45 deg - atan(L / R)) / 90 deg, %.",
        needs: "Contact-time balance, from a chest strap or pod.",
        unavailable: "The file has no balance, or on under 70 % of 5 minutes of running.",
        limits: "In 836 runners asymmetry was not associated with injury. 49.4 to 50.6 % is \
                 usual. It drifts by up to 1.3 points within a run by itself. Useful only against \
                 your own other runs with the same sensor.",
    },
    trended: true,
    compute: Compute::Run(compute),
};

/// Symmetry index in percent from a left share in percent: 4 (b - 50), the index of Robinson for
/// two shares that add up to 100.
pub fn symmetry_index_percent(left_percent: f64) -> f64 {
    4.0 * (left_percent - 50.0)
}

/// Symmetry index of two sides in percent: 100 (L - R) over their mean (Robinson).
pub fn symmetry_index_of_sides_percent(left: f64, right: f64) -> Option<f64> {
    let mean = 0.5 * (left + right);
    (mean > 0.0).then(|| 100.0 * (left - right) / mean)
}

/// Symmetry angle of two sides in percent: (45 degrees - atan(L / R)) over 90 degrees; negative
/// when the left is larger. Source: `zifchock2008`.
pub fn symmetry_angle_percent(left: f64, right: f64) -> Option<f64> {
    (left > 0.0 && right > 0.0).then(|| 100.0 * (45.0 - (left / right).atan().to_degrees()) / 90.0)
}

fn compute(run: &Run<'_>) -> Outcome {
    measure(run).into()
}

fn measure(run: &Run<'_>) -> Result<Reading, Unavailable> {
    let channel = run.activity.channels.contact_balance_left.as_ref().ok_or_else(|| {
        Unavailable::new(
            "no_contact_balance",
            "The file has no left-right balance; a chest strap or pod that measures it would.",
        )
    })?;
    let range = &plausible::CONTACT_BALANCE_PERCENT;
    let values = channel.iter().map(|b| plausible::within(b.map(Quantity::value), range));
    let mean = form_mean(run, values, "left-right balance")?;
    let origin = channel.origin().clone();
    let mut held: Vec<(f64, f64)> = Vec::with_capacity(channel.len());
    held.extend(channel.iter().zip(&run.segments.form_weights_s).filter_map(|(b, weight)| {
        let b = plausible::within(b.map(Quantity::value), range)?;
        (*weight > 0.0).then_some((b, *weight))
    }));
    let [lower, median, upper] = weighted_quantiles(|| held.iter().copied(), [0.25, 0.5, 0.75])
        .map_or([None; 3], |q| q.map(Some));
    Ok(Reading::minutes(mean.mean, mean.minutes, mean.coverage, origin)
        .part("median_percent", median)
        .part("first_quartile_percent", lower)
        .part("third_quartile_percent", upper)
        .part("symmetry_index_percent", Some(symmetry_index_percent(mean.mean)))
        .part("symmetry_angle_percent", symmetry_angle_percent(mean.mean, 100.0 - mean.mean)))
}
