//! What is to be said about one run: a sentence, and what was out of the ordinary in it. Unlike the
//! rules it looks at any run and not at the last days, so an old run's page says what that day's
//! report would have said.

use super::single_run_spike::spike;
use super::{new_downhill, say};
use crate::activity::IssueKind;
use crate::metrics::{Outcome, Reading};
use crate::quantities::{Quantities, clock, decimals, whole};
use crate::settings::Settings;
use crate::trend::progression::MODERATE_SPIKE;
use crate::trend::{ENOUGH_RUNS, History, own_drift};

/// Something out of the ordinary in one run.
#[derive(Clone, Debug, PartialEq)]
pub struct Remark {
    /// At most ten words.
    pub title: &'static str,
    /// One sentence with the figures.
    pub text: String,
    /// What could make it another thing.
    pub limit: &'static str,
}

/// Limit of what is compared with the days before.
const MISSING: &str = "If runs are missing from these files, the step was smaller.";

/// The run in sentences that could be said aloud: how far, how many steps, and whether that is
/// usual for this runner at that pace.
pub fn sentence(history: &History, settings: &Settings, run: usize) -> String {
    let say = Quantities::new(settings.display);
    let Some(analysis) = history.runs.get(run) else { return String::new() };
    let distance = analysis.value("distance").map(|m| say.distance(m));
    let timer = analysis.value("timer").map(clock);
    let course = match (distance, timer) {
        (Some(distance), Some(timer)) => format!("{distance} in {timer}"),
        (Some(distance), None) => distance,
        (None, Some(timer)) => format!("{timer}, without a distance"),
        (None, None) => "A run".to_owned(),
    };
    match analysis.value("step_rate") {
        Some(rate) => {
            let steps = format!("{course} with {} steps a minute.", whole(rate));
            match against_usual(history, run) {
                Some(standing) => format!("{steps} {standing}"),
                None => steps,
            }
        }
        None => match history.outcome(run, "step_rate") {
            Some(Outcome::Unavailable(why)) => format!("{course}. {}", why.reason),
            _ => format!("{course}."),
        },
    }
}

/// Cadence at the runner's usual pace against the middle half of their other runs.
fn against_usual(history: &History, run: usize) -> Option<String> {
    let own = history.reading(run, "adjusted_cadence")?.value;
    let Some(usual) = history.usual(run, "adjusted_cadence") else {
        return Some(format!(
            "What is usual for you needs {} other runs with this watch.",
            say::count(ENOUGH_RUNS)
        ));
    };
    let (low, high) = (usual.low.round(), usual.high.round());
    let words = match own.round() {
        own if own > high => "At this pace that is more than in most of your other runs.",
        own if own < low => "At this pace that is fewer than in most of your other runs.",
        _ => "At this pace that is usual for you.",
    };
    Some(words.to_owned())
}

/// What was out of the ordinary, most notable first.
pub fn remarks(history: &History, settings: &Settings, run: usize) -> Vec<Remark> {
    let say = Quantities::new(settings.display);
    let mut remarks = Vec::new();
    let times = |reading: &Reading, key: &str, what: &str, of: fn(Quantities, f64) -> String| {
        let before = reading.get(key)?;
        Some(format!(
            "{}, {} times the {what} of the 30 days before ({}).",
            of(say, reading.value * before),
            decimals(reading.value, 2),
            of(say, before)
        ))
    };
    let far = spike(history, run).filter(|r| r.value > MODERATE_SPIKE);
    let far = far.and_then(|r| times(&r, "longest_before_m", "longest run", Quantities::distance));
    let (title, limit) = ("Much longer than the month before", MISSING);
    remarks.extend(far.map(|text| Remark { title, text, limit }));
    let down = new_downhill::counts(history, run).filter(|r| r.value > MODERATE_SPIKE);
    let down =
        down.and_then(|r| times(&r, "largest_before_m", "largest descent", Quantities::height));
    let (title, limit) = ("More downhill than in weeks", MISSING);
    remarks.extend(down.map(|text| Remark { title, text, limit }));
    remarks.extend(late_drift(history, run));
    let issues = history.runs.get(run).map(|r| r.issues.as_slice()).unwrap_or_default();
    if issues.iter().any(|i| i.kind == IssueKind::HeartRateLock) {
        remarks.push(Remark {
            title: "Heart rate followed your cadence",
            text: "For minutes it moved with the steps, as a wrist sensor does that counts the \
                   arm's swing."
                .to_owned(),
            limit: "It is the heart rate that is in doubt, not the cadence.",
        });
    }
    remarks.extend(new_device(history, run));
    remarks
}

/// Late in the run unlike this runner's runs before it.
fn late_drift(history: &History, run: usize) -> Option<Remark> {
    let drifts: Vec<(usize, f64)> =
        (0..=run).filter_map(|r| Some((r, history.reading(r, "form_drift")?.value))).collect();
    let values: Vec<f64> = drifts.iter().map(|d| d.1).collect();
    let last = drifts.len().checked_sub(1)?;
    let (at, drift) = *drifts.get(last)?;
    (at == run && own_drift::unusual(&values).contains(&last)).then(|| Remark {
        title: "Late in the run unlike your usual",
        text: format!(
            "At the same pace {} steps a minute {} in the last third than in the first.",
            whole(drift.abs()),
            say::more(drift)
        ),
        limit: "Heat, wind and a fast finish do that, too.",
    })
}

/// The first run on another watch or sensor.
fn new_device(history: &History, run: usize) -> Option<Remark> {
    let epoch = history.epoch_of.get(run)?;
    let before = history.epoch_of.get(..run)?;
    (!before.is_empty() && !before.contains(epoch)).then(|| Remark {
        title: "First run with this watch or sensor",
        text: "Its numbers start a line of their own.".to_owned(),
        limit: "What changed may be the device.",
    })
}
