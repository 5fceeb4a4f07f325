//! Descent of a run against the largest descent of the 30 days before it.

use super::{Compute, Doc, Evidence, Metric, Outcome, Reading, Unavailable, unit};
use crate::activity::{AltitudeSource, Origin};
use crate::trend::progression::{WINDOW_DAYS, after_break, is_reference, spike_ratio, window};
use crate::trend::{Past, facts, files_missing};

/// The metric.
pub const METRIC: Metric = Metric {
    id: "descent_spike",
    title: "Against most descent of 30 days",
    unit: unit::RATIO,
    evidence: Evidence::C,
    sources: &["frandsen2025", "gottschall2005"],
    doc: Doc {
        measures: "How this run's descent compares with your largest in the 30 days before.",
        formula: "D / max(D_j), j over the runs of the previous 30 days, the same day excluded; D \
                  in m of descent",
        needs: "a barometer in this run and in at least four runs of the 30 days before",
        unavailable: "the altitude is not a barometer's, fewer than four runs to compare with, or \
                      files of these days that you state are missing",
        limits: "The form is borrowed from a study of distance; no study has tried it on descent.",
    },
    trended: false,
    compute: Compute::Past(compute),
};

fn compute(past: &Past<'_>) -> Outcome {
    let Some(run) = past.runs.get(past.index) else {
        return Unavailable::because("no_run", "There is no such run.");
    };
    let Some(descent) = facts::descent_m(run) else {
        return match run.meta.altitude_source {
            AltitudeSource::Barometric => {
                Unavailable::because("no_descent", "The descent of this run is not known.")
            }
            _ => Unavailable::because(
                "no_barometer",
                "The altitude does not come from a known barometer.",
            ),
        };
    };
    let day = past.days.get(past.index);
    if day.is_some_and(|d| files_missing(&past.settings.runner, *d, WINDOW_DAYS)) {
        return Unavailable::because(
            "files_missing",
            "You state that files of the 30 days before are missing, so there is no comparison.",
        );
    }
    let before: Vec<f64> = window(past.days, past.index)
        .filter_map(|i| past.runs.get(i))
        .filter_map(facts::descent_m)
        .collect();
    let rules = &past.settings.rules;
    if !is_reference(before.len(), rules) {
        return Unavailable::because(
            "no_reference",
            format!(
                "{} runs with known descent in the 30 days before; it takes {} to compare.",
                before.len(),
                rules.spike_reference_runs
            ),
        );
    }
    let Some(ratio) = spike_ratio(descent, before.iter().copied()) else {
        return Unavailable::because("new_exposure", "There was no descent in the 30 days before.");
    };
    let largest = descent / ratio;
    let broken = after_break(past.days, past.index, rules.gap_days);
    Reading {
        value: ratio,
        interval: None,
        n: before.len() as f64,
        n_unit: "runs",
        coverage: 1.0,
        origin: Origin::Derived { method: "descents of the last 30 days".to_owned() },
        parts: Vec::new(),
        caveats: Vec::new(),
    }
    .part("largest_before_m", Some(largest))
    .part("excess_m", Some(descent - largest))
    .part("after_break", Some(f64::from(u8::from(broken))))
    .part(
        "large_enough",
        Some(f64::from(u8::from(descent - largest >= rules.descent_least_excess_m))),
    )
    .into()
}
