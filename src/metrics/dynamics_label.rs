//! Running dynamics that a watch computes from speed and cadence are labelled as what they are.

use super::{Reading, Run};
use crate::activity::Origin;
use crate::segment::Dynamics;

/// The reading under the label that the run's dynamics deserve. Wrist watches without a strap
/// compute contact time and oscillation; those numbers are evidence of nothing beyond speed and
/// step rate (`real-data` part 2, section 2b).
pub(super) fn labelled(run: &Run<'_>, mut reading: Reading) -> Reading {
    match run.segments.dynamics {
        Dynamics::Estimated => {
            reading.origin = Origin::Estimated { from: "speed and step rate".to_owned() };
            reading.caveat(
                "The watch computes this from speed and step rate: a change in it says nothing \
                 that those two do not say.",
            )
        }
        Dynamics::NotKnown => reading.caveat(
            "Too few segments in this run to tell whether the watch measured this or computed it \
             from speed and step rate.",
        ),
        Dynamics::Measured | Dynamics::None => reading,
    }
}
