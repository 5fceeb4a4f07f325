//! How much of a week was off the paved road, against the four weeks before.

use super::{Compute, Doc, Evidence, Metric, Outcome, Reading, Unavailable, unit};
use crate::activity::Origin;
use crate::trend::{BEFORE_DAYS, Past, WEEK_DAYS, covered};

/// Unpaved share of the week to this run.
pub const METRIC: Metric = Metric {
    id: "unpaved_share",
    title: "Unpaved share of the week",
    unit: unit::SHARE,
    evidence: Evidence::C,
    sources: &["hardin2004", "vanderworp2015"],
    doc: Doc {
        measures: "How much of the seven days up to this run was off the paved road, and how that \
                   differs from the four weeks before.",
        formula: "Unpaved metres / metres whose surface is known, over 7 days; change = that less \
                  the same over the 28 days before.",
        needs: "A surface noted in notes.csv, or the kind of running that the file states (trail, \
                street, track, treadmill), or the off-road distance of a Strava export, or the \
                usual surface of the profile.",
        unavailable: "Nobody says what any run of these seven days was on.",
        limits: "Words only: no position tells how hard the ground is, and a surface says little \
                 about load, because runners adapt their legs to it.",
    },
    trended: false,
    compute: Compute::Past(compute),
};

/// Metres unpaved and metres of known paving.
#[derive(Clone, Copy, Default)]
struct Known {
    unpaved_m: f64,
    all_m: f64,
}

impl Known {
    fn share(self) -> Option<f64> {
        (self.all_m > 0.0).then(|| self.unpaved_m / self.all_m)
    }
}

fn compute(past: &Past<'_>) -> Outcome {
    let Some(today) = past.days.get(past.index) else {
        return Unavailable::because("no_day", "This run has no day.");
    };
    let (mut week, mut before, mut week_m) = (Known::default(), Known::default(), 0.0);
    let mut runs = 0.0;
    let earlier = past.runs.iter().zip(past.days).take(past.index + 1).rev();
    for (run, day) in earlier {
        let ago = (*today - *day).get_days();
        if ago >= WEEK_DAYS + BEFORE_DAYS {
            break;
        }
        let window = if ago < WEEK_DAYS { &mut week } else { &mut before };
        for (surface, metres) in covered(run) {
            let Some(unpaved) = surface.is_unpaved() else { continue };
            window.all_m += metres;
            window.unpaved_m += if unpaved { metres } else { 0.0 };
        }
        if ago < WEEK_DAYS {
            week_m += run.value("distance").unwrap_or_default();
            runs += 1.0;
        }
    }
    let Some(share) = week.share() else {
        return Unavailable::because(
            "no_surface",
            "No surface is known; a column `surface` in notes.csv would name it.",
        );
    };
    let known = if week_m > 0.0 { week.all_m / week_m } else { 1.0 };
    let origin = Origin::Derived { method: "words of notes, files and services".to_owned() };
    let mut reading = Reading::minutes(share, 0.0, known, origin);
    reading.n = runs;
    reading.n_unit = "runs";
    reading
        .part("before_28d_share", before.share())
        .part("change_share", before.share().map(|b| share - b))
        .into()
}
