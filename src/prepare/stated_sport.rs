//! Running or other, as far as the file says so itself.

use crate::activity::{Issue, Sport, SubSport, SummaryKey};
use crate::read::Recording;

use super::{Context, Draft, NotPrepared};

/// Sports that say nothing about what was done; they are judged like no sport at all.
const VAGUE: &[&str] = &["generic", "training", "fitness_equipment", "multisport", "other", ""];

/// Refuses what states another sport; leaves open what states none.
pub(super) fn apply(draft: &mut Draft, context: &Context<'_>) -> Result<Vec<Issue>, NotPrepared> {
    let recording = context.recording;
    let Sport::Other(name) = &recording.sport else {
        return Ok(Vec::new());
    };
    let on_a_treadmill = name == "fitness_equipment" && recording.sub_sport.is_indoor();
    if on_a_treadmill {
        draft.sport = Sport::Running;
        return Ok(Vec::new());
    }
    let vague = VAGUE.contains(&name.to_lowercase().as_str());
    if vague && !matches!(recording.sub_sport, SubSport::Other(_)) {
        if draft.sport == recording.sport {
            draft.sport = Sport::Unknown;
        }
        return Ok(Vec::new());
    }
    let named = match (&recording.sub_sport, vague) {
        (SubSport::Other(sub), true) => Sport::Other(sub.clone()),
        _ => recording.sport.clone(),
    };
    Err(other_sport(named, recording))
}

/// An activity that is not analysed, with when it began and how long it took.
pub(super) fn other_sport(sport: Sport, recording: &Recording) -> NotPrepared {
    let first = || recording.times_ms.iter().flatten().min().copied();
    NotPrepared::OtherSport {
        sport,
        start_ms: recording.stated_start_ms.or_else(first),
        duration_s: duration_s(recording),
    }
}

/// Seconds of an activity that is not analysed: its own timer time, else elapsed time, else the
/// span of its records.
fn duration_s(recording: &Recording) -> f64 {
    let stated = recording
        .summary
        .get(SummaryKey::TimerS)
        .or_else(|| recording.summary.get(SummaryKey::ElapsedS));
    stated.unwrap_or_else(|| {
        let times = || recording.times_ms.iter().flatten();
        match (times().min(), times().max()) {
            (Some(first), Some(last)) => last.saturating_sub(*first) as f64 / 1000.0,
            _ => 0.0,
        }
    })
}
