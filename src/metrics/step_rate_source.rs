//! Where running step rates come from, in the words that readings carry.

use crate::activity::{Activity, Origin};
use crate::segment::TRUNCATION_SPM;

/// Where running step rates come from: corrected on devices that store whole strides.
pub(super) fn corrected_origin(activity: &Activity) -> Origin {
    let recorded = activity.channels.step_rate.as_ref().map(|c| c.origin().clone());
    match recorded {
        Some(Origin::Recorded { field, .. }) if activity.meta.whole_stride_cadence => {
            let by = format!("{TRUNCATION_SPM:+.0} spm: the device stores whole strides");
            Origin::Corrected { from: field, by }
        }
        Some(origin) => origin,
        None => Origin::Derived { method: "no cadence".to_owned() },
    }
}

/// What a reader must know about a watch that stores whole strides.
pub(super) fn whole_stride_caveat(activity: &Activity) -> Option<&'static str> {
    activity.meta.whole_stride_cadence.then_some(
        "This watch stores whole strides: each value stands for a range of 2 spm, and 1 spm is \
         added to its truncated number.",
    )
}
