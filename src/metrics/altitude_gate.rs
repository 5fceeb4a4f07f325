//! Everything about hills hangs on where the altitude comes from.

use super::{Run, Unavailable};
use crate::activity::{AltitudeSource, Channel};
use crate::units::{Grade, Meters};

/// The altitude, if a barometer measured it.
///
/// On a simulated flat course satellite noise of 4 m makes 59 % of the distance look steeper than
/// 3 % (`science` 0.9): those numbers are refused rather than labelled.
///
/// # Errors
/// With the sentence that says what to do: codes `no_altitude`, `indoor`, `satellite_altitude`,
/// `unknown_altitude`.
pub(super) fn barometric<'a>(run: &Run<'a>) -> Result<&'a Channel<Meters>, Unavailable> {
    if run.activity.meta.indoor {
        return Err(Unavailable::new("indoor", "Indoors there are no hills to measure."));
    }
    let none = || {
        Unavailable::new(
            "no_altitude",
            "The file has no altitude. The original FIT file from the watch usually has it.",
        )
    };
    let altitude = run.activity.channels.altitude.as_ref().ok_or_else(none)?;
    match run.activity.meta.altitude_source {
        AltitudeSource::Barometric => Ok(altitude),
        AltitudeSource::None => Err(none()),
        AltitudeSource::Satellite => Err(Unavailable::new(
            "satellite_altitude",
            "The altitude comes from satellites, whose error draws hills where there are none. \
             A watch with a barometer would give these numbers; if yours has one, put \
             \"barometer = true\" in the profile.",
        )),
        AltitudeSource::Unknown => Err(Unavailable::new(
            "unknown_altitude",
            "It is not known whether this watch has a barometer. If it has one, put \
             \"barometer = true\" in the profile.",
        )),
    }
}

/// The grade along the run.
///
/// # Errors
/// As [`barometric`], and when altitude or distance leave no stretch to measure a slope on.
pub(super) fn grade<'a>(run: &Run<'a>) -> Result<&'a Channel<Grade>, Unavailable> {
    barometric(run)?;
    run.segments.grade.as_ref().ok_or_else(|| {
        Unavailable::new(
            "no_grade",
            "Altitude and distance leave no stretch that is long enough to measure a slope on.",
        )
    })
}
