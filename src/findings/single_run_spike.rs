//! A run much longer than any of the 30 days before it.

use super::lately::{self, NEWS_DAYS};
use super::{Finding, Rule, Standout, say};
use crate::metrics::Reading;
use crate::quantities::{Quantities, whole};
use crate::settings::{Display, Settings};
use crate::trend::progression::{MODERATE_SPIKE, SMALL_SPIKE};
use crate::trend::{History, Sureness};

/// The rule.
pub const RULE: Rule = Rule {
    id: "single_run_spike",
    needs: &["single_run_spike", "distance"],
    speaks_when: "a run of the last 14 days was over 30 % (and 2 km) longer than any of the 30 \
                  days before it, and not after a break",
    limits: "Runs that are missing from the files make a step look larger than it was. The study compared groups of runners; it says nothing of one runner's own chance.",
    sources: &["frandsen2025"],
    judge,
};

/// Share of a runner's earlier runs that may have reached the same ratio for the event to be out
/// of the ordinary. **chosen**.
const RARE: f64 = 0.05;
/// How far two distances by satellite may differ from the truth, each. Source: `science` 1f (3 to
/// 6 % between watches; one watch against itself is better).
const DISTANCE_ERROR: f64 = 0.03;

fn judge(history: &History, settings: &Settings) -> Option<Finding> {
    let Standout { run, reading, sureness } =
        jumps(history).into_iter().max_by(|a, b| a.reading.value.total_cmp(&b.reading.value))?;
    let before = reading.get("longest_before_m")?;
    let distance = reading.value * before;
    let display = settings.display;
    let day = say::day(*history.days.get(run)?);
    let (earlier, reached) = earlier(history, run, reading.value);
    let parts = history.load.as_ref().and_then(|l| l.parts.as_ref()).map(say::parts);
    Some(Finding {
        rule: RULE.id,
        title: "One run was much longer than your last month".into(),
        number: format!(
            "{} on {day}, against {} before",
            Quantities::new(display).distance(distance),
            Quantities::new(display).distance(before)
        ),
        so_what: so_what(history, display, distance),
        limit: "If runs are missing from these files, the step was smaller.".into(),
        sureness,
        details: [
            format!(
                "{} times the longest of {} runs in the 30 days before.",
                two(reading.value),
                whole(reading.n)
            ),
            format!("{reached} of your {earlier} earlier comparable runs reached this ratio."),
            "In 5,205 runners, runs over 10 to 30 % longer than the longest of 30 days were \
             associated with more injuries (hazard rate ratio 1.64, 1.31 to 2.05); over 30 to \
             100 % 1.52 (1.16 to 2.00); over 100 % 2.28 (1.50 to 3.48)."
                .into(),
            lines_apart(history, display, distance, before),
            "These are averages of a group and say nothing about one person's chance.".into(),
        ]
        .into_iter()
        .chain(parts)
        .collect(),
        chart: Some("weekly_distance"),
        sources: RULE.sources,
        weight: 100.0 + 10.0 * reading.value.min(5.0),
    })
}

/// The one line for the next run: a tenth over the longest of the last 30 days, the smallest step
/// that the study counted.
fn line_m(history: &History, distance: f64) -> f64 {
    let ceiling = history.ceiling.and_then(|c| c.distance_m);
    ceiling.map_or(SMALL_SPIKE * distance, |line| line)
}

fn so_what(history: &History, display: Display, distance: f64) -> String {
    format!(
        "Keep the next long run at or under {}, a tenth over your longest of 30 days.",
        Quantities::new(display).distance(line_m(history, distance))
    )
}

/// Why three distances stand around one run, and which of them is the line.
fn lines_apart(history: &History, display: Display, distance: f64, before: f64) -> String {
    let say = Quantities::new(display);
    format!(
        "{} is the line for the next run. Before this run the same line stood at {}, a tenth over \
         {}; the run itself, {}, has raised it. Who leaves this run out of account keeps the lower one.",
        say.distance(line_m(history, distance)),
        say.distance(SMALL_SPIKE * before),
        say.distance(before),
        say.distance(distance)
    )
}

/// Every run of the last days that the rule is about, in order.
pub fn jumps(history: &History) -> Vec<Standout> {
    let lately = lately::runs(history, NEWS_DAYS).into_iter();
    lately
        .filter_map(|run| Some((run, spike(history, run)?)))
        .filter(|(_, reading)| reading.value > MODERATE_SPIKE)
        .map(|(run, reading)| {
            let (earlier, reached) = earlier(history, run, reading.value);
            Standout { run, sureness: sureness(&reading, earlier, reached), reading }
        })
        .collect()
}

/// The reading of a run that counts: large enough, and not after a break.
pub(super) fn spike(history: &History, run: usize) -> Option<Reading> {
    let reading = history.reading(run, "single_run_spike")?;
    let yes = |key| reading.get(key).is_some_and(|v| v > 0.5);
    (yes("large_enough") && !yes("after_break")).then_some(reading)
}

/// Comparable runs before this one, those before the days shown among them, and how many of them
/// reached the ratio.
fn earlier(history: &History, run: usize, ratio: f64) -> (usize, usize) {
    let shown = (0..run).filter_map(|r| history.reading(r, RULE.id)).map(|r| r.value);
    let (mut all, mut reached) = (0, 0);
    for earlier in history.spikes_before.iter().copied().chain(shown) {
        all += 1;
        reached += usize::from(earlier >= ratio);
    }
    (all, reached)
}

/// Clear: longer beyond the error of both distances, and rare in the runner's own history.
fn sureness(reading: &Reading, earlier: usize, reached: usize) -> Sureness {
    let least = reading.value * (1.0 - DISTANCE_ERROR) / (1.0 + DISTANCE_ERROR);
    if least <= 1.0 {
        return Sureness::CannotTell;
    }
    let rare = earlier as f64 * RARE >= reached as f64 && earlier as f64 * RARE >= 1.0;
    if rare { Sureness::Clear } else { Sureness::Likely }
}

fn two(value: f64) -> String {
    format!("{value:.2}")
}
