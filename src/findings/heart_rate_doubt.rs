//! Heart rate that follows cadence.

use super::lately::{self, LATELY_DAYS};
use super::{Finding, Rule, say};
use crate::activity::IssueKind;
use crate::settings::Settings;
use crate::trend::{History, Sureness};

/// The rule.
pub const RULE: Rule = Rule {
    id: "heart_rate_doubt",
    needs: &["heart_rate"],
    speaks_when: "in at least two runs of the last four weeks the heart rate followed the cadence",
    limits: "A heart that really beats as often as the feet land looks the same for a while.",
    sources: &["own_archives"],
    judge,
};

/// One run may be chance: 3 of 768 runs are false alarms. Source: `real-data` part 2, section 6.
const FEWEST: usize = 2;

fn judge(history: &History, _settings: &Settings) -> Option<Finding> {
    let lately = lately::runs(history, LATELY_DAYS);
    let locked = |r: &&usize| {
        history
            .runs
            .get(**r)
            .is_some_and(|run| run.issues.iter().any(|i| i.kind == IssueKind::HeartRateLock))
    };
    let touched = lately.iter().filter(locked).count();
    if touched < FEWEST {
        return None;
    }
    Some(Finding {
        rule: RULE.id,
        title: "Heart rate often followed your cadence".into(),
        number: format!("{touched} of {} runs in four weeks", lately.len()),
        so_what: "Wear the watch tighter and higher on the arm, or use a chest strap.".into(),
        limit: "A heart rate that happens to equal your cadence looks the same.".into(),
        sureness: if 2 * touched > lately.len() { Sureness::Clear } else { Sureness::Likely },
        details: vec![
            format!(
                "In {} heart rate and cadence moved together for minutes.",
                say::counted(touched, "run")
            ),
            "It is the heart rate that is wrong then, not the cadence.".into(),
            "On real runs without such a lock this alarm sounds in about 4 of 1,000.".into(),
        ],
        chart: None,
        sources: RULE.sources,
        weight: 20.0,
    })
}
