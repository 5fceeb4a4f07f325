//! Distance of the last seven days against the seven before.

use super::{Compute, Doc, Evidence, Metric, Outcome, Reading, Unavailable, unit};
use crate::activity::Origin;
use crate::trend::progression::change_percent;
use crate::trend::{Past, facts, files_missing};

/// Days of a week.
const WEEK_DAYS: i32 = 7;

/// The metric.
pub const METRIC: Metric = Metric {
    id: "weekly_change",
    title: "Change of weekly distance",
    unit: unit::PERCENT,
    evidence: Evidence::B,
    sources: &["frandsen2025", "buist2008", "nielsen2014"],
    doc: Doc {
        measures: "How the distance of the seven days up to this run compares with the seven \
                   before.",
        formula: "100 (W_t - W_t-1) / W_t-1, W in m over seven days, the run's day the last",
        needs: "distances of two weeks",
        unavailable: "the seven days before hold less than 5 km, or files of these days that you \
                      state are missing",
        limits: "It jumps over 10 % on four days of ten in ordinary training, and no study has \
                 found that it matters: a number, never an alert.",
    },
    trended: false,
    compute: Compute::Past(compute),
};

fn compute(past: &Past<'_>) -> Outcome {
    let Some(day) = past.days.get(past.index) else {
        return Unavailable::because("no_run", "There is no such run.");
    };
    if files_missing(&past.settings.runner, *day, 2 * WEEK_DAYS) {
        return Unavailable::because(
            "files_missing",
            "You state that files of the two weeks before are missing, so there is no comparison.",
        );
    }
    let (mut this, mut previous, mut runs) = (0.0, 0.0, 0_usize);
    // Runs of the same day count whole, also those after this one.
    let later = past.days.iter().skip(past.index + 1).take_while(|d| *d == day).count();
    for i in (0..=past.index + later).rev() {
        let Some((run, then)) = past.runs.get(i).zip(past.days.get(i)) else { continue };
        let ago = (*day - *then).get_days();
        if ago >= 2 * WEEK_DAYS {
            break;
        }
        let Some(distance) = facts::distance_m(run) else { continue };
        runs += 1;
        if ago < WEEK_DAYS {
            this += distance;
        } else {
            previous += distance;
        }
    }
    let change =
        change_percent(this, previous).filter(|_| previous >= past.settings.rules.weekly_base_m);
    let Some(change) = change else {
        return Unavailable::because(
            "no_reference",
            "The seven days before hold less than 5 km of running.",
        );
    };
    Reading {
        value: change,
        interval: None,
        n: runs as f64,
        n_unit: "runs",
        coverage: 1.0,
        origin: Origin::Derived { method: "distances of fourteen days".to_owned() },
        parts: Vec::new(),
        caveats: Vec::new(),
    }
    .part("last_7_days_m", Some(this))
    .part("previous_7_days_m", Some(previous))
    .into()
}
