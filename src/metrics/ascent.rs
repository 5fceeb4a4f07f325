//! Metres climbed.

use super::climb_total::measure;
use super::{Compute, Doc, Evidence, Metric, Outcome, Run, unit};
use crate::activity::SummaryKey;

/// Ascent.
pub const METRIC: Metric = Metric {
    id: "ascent",
    title: "Ascent",
    unit: unit::M,
    evidence: Evidence::B,
    sources: &["own_archives"],
    doc: Doc {
        measures: "How many metres you climbed in all.",
        formula: "Sum of rises between turning points of the altitude, m, after a centred mean \
                  over 10 s; a turning point stands once the altitude has come back by 2 m.",
        needs: "Altitude from a barometer.",
        unavailable: "There is no altitude, or it comes from satellites, or the watch is not \
                      known to have a barometer.",
        limits: "Every vendor counts climbs by its own rule; within 15 % or 10 m they agree. Pages \
                 show the watch's own total where it has one, and ours as metres a kilometre.",
    },
    trended: false,
    compute: Compute::Run(compute),
};

fn compute(run: &Run<'_>) -> Outcome {
    measure(run, |climb| climb.ascent_m, SummaryKey::AscentM).into()
}
