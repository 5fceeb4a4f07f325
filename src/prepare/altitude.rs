//! The altitude column and what is known of where it comes from.

use crate::activity::{
    AltitudeSource, Channel, DeviceIdentity, Issue, IssueKind, Origin, Severity,
};
use crate::read::Field;

use super::{Context, Draft, NotPrepared, epoch};

/// What the reader calls a barometer that the watch lists as a part of itself.
const BUILT_IN: &str = "built-in barometer";

/// Chooses the altitude and names its source.
pub(super) fn apply(draft: &mut Draft, context: &Context<'_>) -> Result<Vec<Issue>, NotPrepared> {
    let candidates = draft.candidates(Field::Altitude);
    let Some(index) = candidates.first().copied() else {
        draft.altitude_source = AltitudeSource::None;
        return Ok(Vec::new());
    };
    let issue = |severity, text: String| Issue::new(IssueKind::Altitude, severity, text);
    if draft.indoor {
        draft.altitude_source = AltitudeSource::None;
        let text = "indoors: the recorded altitude is weather, not hills, and is not used";
        return Ok(vec![issue(Severity::Note, text.to_owned())]);
    }
    let Some(column) = draft.columns.get(index) else {
        return Ok(Vec::new());
    };
    draft.channels.altitude =
        Some(Channel::from_shared(column.values.shared(), Origin::native(&column.name)));
    draft.chosen.insert(index);
    let device = &context.recording.device;
    let (source, said) = source(device, context);
    draft.altitude_source = source;
    let said = match source {
        AltitudeSource::Unknown => issue(Severity::Doubt, said).remedy(
            "if the watch has a barometer, state \"barometer = true\" in the profile; grade and \
             hills are left out until then",
        ),
        AltitudeSource::Satellite => issue(Severity::Doubt, said),
        _ => issue(Severity::Note, said),
    };
    Ok(vec![said])
}

fn source(device: &DeviceIdentity, context: &Context<'_>) -> (AltitudeSource, String) {
    if let Some(known) = epoch::listed(device) {
        let (source, word) = if known.barometer {
            (AltitudeSource::Barometric, "a barometer")
        } else {
            (AltitudeSource::Satellite, "satellites: grade and hills are left out")
        };
        return (source, format!("altitude of the {} comes from {word}", known.name));
    }
    let mut kinds = context.recording.sensors.iter().filter_map(|s| s.kind.as_deref());
    if kinds.any(|kind| kind == BUILT_IN) {
        let text = "altitude comes from a barometer: the file lists one among the watch's parts";
        return (AltitudeSource::Barometric, text.to_owned());
    }
    match context.settings.runner.barometer {
        Some(true) => (
            AltitudeSource::Barometric,
            "altitude is taken as barometric: the profile says so".to_owned(),
        ),
        Some(false) => (
            AltitudeSource::Satellite,
            "altitude is taken as from satellites: the profile says so".to_owned(),
        ),
        None => {
            let name = epoch::named(device).label();
            let text = format!(
                "{name} is not among the known devices: where its altitude comes from is not known"
            );
            (AltitudeSource::Unknown, text)
        }
    }
}
