//! Much more descent in one run than in any of the 30 days before it.

use super::lately::{self, NEWS_DAYS};
use super::{Finding, Rule, Standout, say};
use crate::metrics::Reading;
use crate::quantities::{Quantities, whole};
use crate::settings::Settings;
use crate::trend::progression::{MODERATE_SPIKE, SMALL_SPIKE, novelty_ratio};
use crate::trend::{History, Sureness};

/// The rule.
pub const RULE: Rule = Rule {
    id: "new_downhill",
    needs: &["descent_spike", "descent"],
    speaks_when: "a run of the last 14 days had over 30 % (and 100 m) more descent than any of the \
                  30 days before it, by a barometer, and not after a break",
    limits: "The form is borrowed from a study of distance; none has tried it on descent. Metres of descent by a barometer are right to about 15 %.",
    sources: &["gottschall2005", "frandsen2025"],
    judge,
};

/// Error of a barometer's descent. Source: `real-data` part 1, section 5 (15 %).
const DESCENT_ERROR: f64 = 0.15;
/// Weeks that make the habit. Source: `science` 2.16.
const HABIT_WEEKS: usize = 4;

fn judge(history: &History, settings: &Settings) -> Option<Finding> {
    let Standout { run, reading, sureness } =
        jumps(history).into_iter().max_by(|a, b| a.reading.value.total_cmp(&b.reading.value))?;
    let display = settings.display;
    let before = reading.get("largest_before_m")?;
    let descent = before * reading.value;
    let day = say::day(*history.days.get(run)?);
    let gentle = SMALL_SPIKE * history.ceiling.and_then(|c| c.largest_descent_m)?;
    let mut details = vec![
        format!(
            "{:.2} times the largest descent of {} runs in the 30 days before.",
            reading.value,
            whole(reading.n)
        ),
        "Downhill running raises impact peaks (in the laboratory by 54 % at 9 degrees) and the \
         energy that the knee absorbs."
            .into(),
        "The form of this comparison is borrowed from a study of distance; none has tried it on \
         descent."
            .into(),
    ];
    details.extend(weekly(history, run));
    Some(Finding {
        rule: RULE.id,
        title: "More downhill in one run than in weeks".into(),
        number: format!(
            "{} down on {day}, against {} before",
            Quantities::new(display).height(descent),
            Quantities::new(display).height(before)
        ),
        so_what: format!(
            "Keep next week's hilliest run under {} of descent, or take it at an easier pace.",
            Quantities::new(display).height(gentle)
        ),
        limit: "If hilly runs are missing from these files, the step was smaller.".into(),
        sureness,
        details,
        chart: Some("hill_exposure"),
        sources: RULE.sources,
        weight: 80.0 + 10.0 * reading.value.min(5.0),
    })
}

/// Every run of the last days that the rule is about, in order.
pub fn jumps(history: &History) -> Vec<Standout> {
    let lately = lately::runs(history, NEWS_DAYS).into_iter();
    lately
        .filter_map(|run| Some((run, counts(history, run)?)))
        .filter(|(_, reading)| reading.value > MODERATE_SPIKE)
        .map(|(run, reading)| Standout { run, sureness: sureness(&reading), reading })
        .collect()
}

/// The reading of a run that counts: large enough, and not after a break.
pub(super) fn counts(history: &History, run: usize) -> Option<Reading> {
    let reading = history.reading(run, "descent_spike")?;
    let yes = |key| reading.get(key).is_some_and(|v| v > 0.5);
    (yes("large_enough") && !yes("after_break")).then_some(reading)
}

/// The run's week against the four before it, as a sentence.
fn weekly(history: &History, run: usize) -> Option<String> {
    let at = history.weeks.iter().position(|w| w.runs.contains(&run))?;
    let before: Vec<f64> = history
        .weeks
        .get(at.checked_sub(HABIT_WEEKS)?..at)?
        .iter()
        .map(|w| w.descent_m.map_or(0.0, |d| d))
        .collect();
    let this = history.weeks.get(at)?.descent_m?;
    let ratio = novelty_ratio(this, &before)?;
    Some(format!("The week had {ratio:.1} times the mean descent of the four weeks before."))
}

/// Clear: larger beyond the error of both descents, and by over 100 %; likely: beyond the error.
fn sureness(reading: &Reading) -> Sureness {
    let least = reading.value * (1.0 - DESCENT_ERROR) / (1.0 + DESCENT_ERROR);
    match least {
        r if r > MODERATE_SPIKE => Sureness::Clear,
        r if r > 1.0 => Sureness::Likely,
        _ => Sureness::CannotTell,
    }
}
