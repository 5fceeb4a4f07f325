//! Distance of a run against the longest run of the 30 days before it.

use super::{Compute, Doc, Evidence, Metric, Outcome, Reading, Unavailable, unit};
use crate::activity::Origin;
use crate::trend::progression::{WINDOW_DAYS, after_break, is_reference, spike_ratio, window};
use crate::trend::{Past, facts, files_missing};

/// The metric.
pub const METRIC: Metric = Metric {
    id: "single_run_spike",
    title: "Against longest run of 30 days",
    unit: unit::RATIO,
    evidence: Evidence::B,
    sources: &["frandsen2025"],
    doc: Doc {
        measures: "How this run's distance compares with your longest run in the 30 days before.",
        formula: "d / max(d_j), j over the runs of the previous 30 days, the same day excluded; d \
                  in m",
        needs: "the distance of this run and of at least four runs in the 30 days before",
        unavailable: "fewer than four runs in the 30 days before, no distance, or files of these \
                      days that you state are missing",
        limits: "Missing files look like spikes: about one false spike a year for every tenth of \
                 runs that is missing. After a break of more than ten days it only shows the \
                 break. Ratios below one say that the run was shorter.",
    },
    trended: false,
    compute: Compute::Past(compute),
};

fn compute(past: &Past<'_>) -> Outcome {
    let Some(distance) = past.runs.get(past.index).and_then(facts::distance_m) else {
        return Unavailable::because("no_distance", "The file states no distance.");
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
        .filter_map(facts::distance_m)
        .collect();
    let rules = &past.settings.rules;
    if !is_reference(before.len(), rules) {
        return Unavailable::because(
            "no_reference",
            format!(
                "{} runs in the 30 days before; it takes {} to compare.",
                before.len(),
                rules.spike_reference_runs
            ),
        );
    }
    let Some(ratio) = spike_ratio(distance, before.iter().copied()) else {
        return Unavailable::because("no_reference", "The runs before have no distance.");
    };
    let longest = distance / ratio;
    let excess = distance - longest;
    let broken = after_break(past.days, past.index, rules.gap_days);
    let mut reading = Reading {
        value: ratio,
        interval: None,
        n: before.len() as f64,
        n_unit: "runs",
        coverage: 1.0,
        origin: Origin::Derived { method: "distances of the last 30 days".to_owned() },
        parts: Vec::new(),
        caveats: Vec::new(),
    }
    .part("longest_before_m", Some(longest))
    .part("excess_m", Some(excess))
    .part("after_break", Some(f64::from(u8::from(broken))))
    .part("large_enough", Some(f64::from(u8::from(excess >= rules.spike_least_excess_m))));
    let that_day = day_distances(past);
    if that_day.len() > 1 {
        let total: f64 = that_day.iter().sum();
        reading = reading
            .part("day_total_m", Some(total))
            .part("day_total_ratio", spike_ratio(total, before.iter().copied()))
            .caveat(format!("One of {} runs of that day; each stands for itself.", that_day.len()));
    }
    if broken {
        reading.caveats.push("Within 30 days after a break of more than ten days.".to_owned());
    }
    reading.into()
}

/// Distances of all runs of the run's day.
fn day_distances(past: &Past<'_>) -> Vec<f64> {
    let Some(day) = past.days.get(past.index) else { return Vec::new() };
    let same = |i: &usize| past.days.get(*i) == Some(day);
    let earlier = (0..past.index).rev().take_while(same);
    let later = (past.index..past.days.len()).take_while(same);
    earlier.chain(later).filter_map(|i| past.runs.get(i)).filter_map(facts::distance_m).collect()
}
