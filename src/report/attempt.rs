//! One thing to try, in words: for the page and for the terminal.

use super::Report;
use crate::quantities::{Quantities, whole};
use crate::settings::AskedToTry;
use crate::trend::Attempt;
use crate::trend::corridor::{Advice, CALVES};

/// Heading.
pub const TITLE: &str = "One thing to try: a few more steps";
/// What kind of thing it is.
pub const OPENING: &str = "An option and no target: at the same pace, more and so shorter steps.";
/// Where there is nothing to start from.
const NO_LAW: &str = "There is no cadence of your own to start from yet: that takes a few runs with \
                      cadence at a steady pace, all with one watch.";
/// Where more steps are no aim.
const NO_AIM: &str = "At your usual pace more steps are no aim: you take 180 or more, or stand among \
                      your own highest already.";

/// The rule whose card asks for it.
const CARD: &str = "cadence_trend";

/// Whether it stands in this report: the runner asks for it, or a card speaks of cadence.
pub fn stands(report: &Report) -> bool {
    report.settings.attempt == AskedToTry::Cadence || report.findings.iter().any(|f| f.rule == CARD)
}

/// What to try; `None` where there is nothing to start from.
pub fn attempt(report: &Report) -> Option<Attempt> {
    report.history.attempt(&report.settings.rules)
}

/// Heads of the table.
pub const COLUMNS: [&str; 3] = ["Your own pace", "You, steps a minute", "About 5 % more"];

/// The three paces.
pub fn rows(report: &Report, attempt: &Attempt) -> Vec<[String; 3]> {
    let say = Quantities::new(report.settings.display);
    let row = |at: &crate::trend::corridor::AtSpeed| {
        let more = match at.advice {
            Advice::Option => whole(at.target.low_spm),
            Advice::HighEnough | Advice::OwnHighest => "no aim".to_owned(),
        };
        let pace = format!("{}, {}", at.speed.word(), say.pace(at.speed_m_s));
        [pace, whole(at.target.step_rate_spm), more]
    };
    attempt.speeds.iter().map(row).collect()
}

/// What to do and how to see whether it did anything, a line each.
pub fn lines(attempt: Option<&Attempt>) -> Vec<String> {
    let Some(attempt) = attempt else { return vec![NO_LAW.to_owned()] };
    let Some(beat) = attempt.metronome_spm else { return vec![NO_AIM.to_owned()] };
    let shows = match (attempt.runs_whole, attempt.runs_half) {
        (Some(all), Some(half)) if all == half => format!(
            "If all your running moved by that much, or half as far, about {all} runs would show \
             it. Before that a difference is chance."
        ),
        (Some(all), Some(half)) => format!(
            "If all your running moved by that much, about {all} runs would show it; half as far, \
             about {half}. Before that a difference is chance."
        ),
        (Some(all), None) => format!(
            "If all your running moved by that much, about {all} runs would show it. Before that a \
             difference is chance."
        ),
        _ => "Your runs so far do not tell how many more it would take to see a change.".to_owned(),
    };
    vec![
        format!("Set a metronome to {} for five minutes at your usual pace.", whole(beat)),
        CALVES.to_owned(),
        shows,
        format!("To see what came of it: lightfoot compare YOUR-FOLDER --at {}", attempt.from),
    ]
}
