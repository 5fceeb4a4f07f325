//! How far a shoe has been run.

use super::{Compute, Doc, Evidence, Metric, Outcome, Reading, Unavailable, unit};
use crate::activity::Origin;
use crate::trend::{LIFE_BAND_M, Past};

/// Distance in the shoe of this run.
pub const METRIC: Metric = Metric {
    id: "shoe_distance",
    title: "Distance in this shoe",
    unit: unit::M,
    evidence: Evidence::B,
    sources: &["vanderworp2015"],
    doc: Doc {
        measures: "How far you have run in the shoe of this run, as far as these files and your \
                   notes tell.",
        formula: "Sum of the distances of all runs that name this shoe, up to and including this \
                  one.",
        needs: "A shoe by name, from notes.csv or from an export that holds one; a distance.",
        unavailable: "Nobody names the shoe of this run.",
        limits: "Runs without a named shoe are in no shoe, and use before these files is not \
                 known. The band of 483 to 805 km is common advice; no trial has tested a \
                 threshold. A new shoe is a change, and that is all that is said of it.",
    },
    trended: false,
    compute: Compute::Past(compute),
};

fn compute(past: &Past<'_>) -> Outcome {
    let Some((shoe, metres)) = past.shoes.so_far(past.index) else {
        return Unavailable::because(
            "no_shoe",
            "No shoe is named; a column `shoe` in notes.csv would name it.",
        );
    };
    let noted = past.runs.get(past.index).and_then(|r| r.noted.shoe.as_ref());
    let source = noted.map_or("as noted", |s| s.source.words());
    let origin = Origin::Derived { method: format!("sum of distances, the shoe {source}") };
    let mut reading = Reading::minutes(metres, 0.0, 1.0, origin);
    reading.n = shoe.runs as f64;
    reading.n_unit = "runs";
    let first = past.days.get(past.index).map(|d| f64::from((*d - shoe.first_use).get_days()));
    let reading = reading
        .part("days_since_first_use", first)
        .part("common_advice_low_m", Some(LIFE_BAND_M.0))
        .part("common_advice_high_m", Some(LIFE_BAND_M.1));
    let older = shoe
        .from_the_beginning
        .then_some("This shoe is the first that is named: it may have been run in before.");
    reading.caveat_if(older).into()
}
