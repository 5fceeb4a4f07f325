//! Ground contact divides differently between left and right than it used to.

use super::lately::{self, NEWS_DAYS};
use super::{Finding, Rule, Standout, say};
use crate::metrics::Reading;
use crate::quantities::decimals;
use crate::settings::Settings;
use crate::trend::{History, Sureness};

/// The rule.
pub const RULE: Rule = Rule {
    id: "balance_changed",
    needs: &["balance_change", "contact_balance"],
    speaks_when: "in at least three of the last five runs with one sensor, one of them in the last \
                  14 days, the left share of ground contact lay over two standard deviations from \
                  the runner's own 12 weeks, all to the same side",
    limits: "Changed means different from your own past and nothing else. A strap worn differently, \
             a slanted road or wind can do the same.",
    sources: &["malisoux2024", "mtibaa2023"],
    judge,
};

/// Runs of five that make it clear. **chosen**: all but one.
const CLEAR_OF_FIVE: f64 = 4.0;

fn judge(history: &History, _settings: &Settings) -> Option<Finding> {
    let Standout { run, reading, sureness } = shifted(history)?;
    let (usual, far) = (reading.get("usual_percent")?, reading.get("far_of_last_five")?);
    let spread = reading.get("spread_between_runs_percent")?;
    let side = if reading.value > 0.0 { "left" } else { "right" };
    let day = say::day(*history.days.get(run)?);
    Some(Finding {
        rule: RULE.id,
        title: "Left and right share the ground differently".into(),
        number: format!(
            "{} points more on the {side} on {day} than in your 12 weeks",
            decimals(reading.value.abs(), 1)
        ),
        so_what: "Wear the sensor as always and run one loop the other way round, to see if it \
                  stays."
            .into(),
        limit: "A strap worn differently or a slanted road can do the same.".into(),
        sureness,
        details: vec![
            format!(
                "Left share {} %, usual {} %; your runs differ by {} points (one standard \
                 deviation).",
                decimals(usual + reading.value, 1),
                decimals(usual, 1),
                decimals(spread, 1)
            ),
            format!("{} of the last five runs lay over two of these away.", decimals(far, 0)),
            "In 836 runners asymmetry was not associated with injury.".into(),
        ],
        chart: Some("contact_balance"),
        sources: RULE.sources,
        weight: 30.0,
    })
}

/// The last run of the last days with a balance, where the balance has changed.
pub fn shifted(history: &History) -> Option<Standout> {
    let (run, reading) = lately::runs(history, NEWS_DAYS)
        .into_iter()
        .filter_map(|run| Some((run, reading(history, run)?)))
        .next_back()?;
    let far = reading.get("far_of_last_five")?;
    let sureness = if far >= CLEAR_OF_FIVE { Sureness::Clear } else { Sureness::Likely };
    (reading.get("changed") == Some(1.0)).then_some(Standout { run, reading, sureness })
}

fn reading(history: &History, run: usize) -> Option<Reading> {
    history.reading(run, "balance_change")
}
