//! What a device's own summary can hold: a total that nobody can have run is a writing error, and
//! would be shown and exported as if it were stated.

use super::{DeviceSummary, Issue, IssueKind, Severity, SummaryKey};

/// The quantity in words and the most that is taken for a statement, from 0 on. **chosen** far
/// above any recording, in the units of [`SummaryKey`]: a bicycle tour and a flight must pass, a
/// number of forty digits must not.
fn range(key: SummaryKey) -> (&'static str, f64) {
    const PERCENT: f64 = 100.0;
    match key {
        SummaryKey::StepRateSpm => ("step rate", 1000.0),
        SummaryKey::MaxStepRateSpm => ("highest step rate", 1000.0),
        SummaryKey::Steps => ("steps", 1e7),
        SummaryKey::DistanceM => ("distance", 1e7),
        SummaryKey::TimerS => ("timer time", 1e7),
        SummaryKey::ElapsedS => ("elapsed time", 1e7),
        SummaryKey::AscentM => ("ascent", 1e5),
        SummaryKey::DescentM => ("descent", 1e5),
        SummaryKey::SpeedMS => ("speed", 1000.0),
        SummaryKey::HeartRateBpm => ("heart rate", 300.0),
        SummaryKey::PowerW => ("power", 1e4),
        SummaryKey::StepLengthM => ("step length", 10.0),
        SummaryKey::GroundContactTimeMs => ("ground contact time", 1e4),
        SummaryKey::ContactBalanceLeftPercent => ("contact balance", PERCENT),
        SummaryKey::VerticalOscillationMm => ("vertical oscillation", 1000.0),
        SummaryKey::VerticalRatioPercent => ("vertical ratio", PERCENT),
    }
}

impl DeviceSummary {
    /// Leaves out what nobody can have recorded, and says so.
    pub(crate) fn leave_out_impossible(&mut self) -> Option<Issue> {
        let mut gone = Vec::new();
        self.retain(|key, value| {
            let (name, most) = range(key);
            let possible = (0.0..=most).contains(&value);
            if !possible {
                gone.push(name);
            }
            possible
        });
        (!gone.is_empty()).then(|| {
            let text = format!(
                "the device's own summary states what cannot have been recorded; left out: {}",
                gone.join(", ")
            );
            Issue::new(IssueKind::Summary, Severity::Doubt, text).count(gone.len())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_of_forty_digits_is_left_out_and_the_rest_stays() {
        let mut summary = DeviceSummary::default();
        summary.set(SummaryKey::DistanceM, Some(1e40));
        summary.set(SummaryKey::TimerS, Some(-1.0));
        summary.set(SummaryKey::HeartRateBpm, Some(150.0));
        let issue = summary.leave_out_impossible().unwrap();
        assert!(issue.message.ends_with("distance, timer time"), "{}", issue.message);
        assert_eq!(issue.count, 2);
        assert_eq!(summary.iter().collect::<Vec<_>>(), [(SummaryKey::HeartRateBpm, 150.0)]);
    }

    #[test]
    fn a_long_flight_is_possible() {
        let mut summary = DeviceSummary::default();
        summary.set(SummaryKey::DistanceM, Some(9_500_000.0));
        summary.set(SummaryKey::SpeedMS, Some(280.0));
        assert_eq!(summary.leave_out_impossible(), None);
    }
}
