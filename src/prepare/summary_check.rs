//! Whether the records hold what the device's own summary states. Nothing is changed: the summary
//! is there to compare with, never an input.

use crate::activity::{Issue, IssueKind, Severity, SummaryKey};

use super::{Context, Draft, NotPrepared};

/// Share of the stated timer time that the records must speak for. **chosen**: below it totals
/// are plainly of a part of the run.
const COVERED_SHARE: f64 = 0.9;
/// How far the distance outdoors may lie from the stated one, as a share; real watches agree
/// within 0.1 % (`real-data` part 2, section 7), so 2 % is no rounding. **chosen**.
const DISTANCE_SHARE: f64 = 0.02;

/// Says where records and summary disagree.
pub(super) fn apply(draft: &mut Draft, context: &Context<'_>) -> Result<Vec<Issue>, NotPrepared> {
    let stated = |key| context.recording.summary.get(key).filter(|v| *v > 0.0);
    let mut issues = Vec::new();
    let mut doubt = |text: String| {
        let remedy = "export the original file again; if it is the same, totals are of the part \
                      that was recorded";
        issues.push(Issue::new(IssueKind::Summary, Severity::Doubt, text).remedy(remedy));
    };
    let spoken_for: f64 = (0..draft.len()).map(|i| draft.weight_s(i)).sum();
    let timer = stated(SummaryKey::TimerS);
    if let Some(timer) = timer.filter(|t| spoken_for < COVERED_SHARE * *t) {
        doubt(format!(
            "the records speak for {spoken_for:.0} s of the {timer:.0} s that the device's timer ran"
        ));
    }
    let last = draft.channels.distance.as_ref().and_then(|d| d.iter().flatten().last());
    if let (Some(ours), Some(theirs)) = (last, stated(SummaryKey::DistanceM))
        && (ours.0 - theirs).abs() > DISTANCE_SHARE * theirs
    {
        let ours = ours.0;
        doubt(format!("the records end at {ours:.0} m, the device states {theirs:.0} m"));
    }
    Ok(issues)
}
