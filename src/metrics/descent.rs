//! Metres dropped.

use super::{Compute, Doc, Evidence, Metric, Outcome, Run, unit};
use crate::activity::SummaryKey;

/// Descent.
pub const METRIC: Metric = Metric {
    id: "descent",
    title: "Descent",
    unit: unit::M,
    evidence: Evidence::B,
    sources: &["own_archives"],
    doc: Doc {
        measures: "How many metres you came down in all.",
        formula: "Sum of drops between turning points of the altitude, m, after a centred mean \
                  over 10 s; a turning point stands once the altitude has come back by 2 m.",
        needs: "Altitude from a barometer.",
        unavailable: "There is no altitude, or it comes from satellites, or the watch is not \
                      known to have a barometer.",
        limits: "Every vendor counts by its own rule; within 15 % or 10 m they agree. A change of \
                 weather during a long run reads as a slope. Pages show the watch's own total where \
                 it has one, and ours as metres a kilometre.",
    },
    trended: false,
    compute: Compute::Run(compute),
};

fn compute(run: &Run<'_>) -> Outcome {
    super::climb_total::measure(run, |c| c.descent_m, SummaryKey::DescentM).into()
}
