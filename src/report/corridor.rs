//! The personal corridor in words: for the summary and for the card of a run.

use super::Report;
use super::plain::wrap;
use super::terminal::{PLAIN, QUIET, STRONG, WIDTH};
use crate::quantities::{Quantities, whole};
use crate::trend::corridor::{Advice, Target};

/// The runner's own step rate at their own paces, and what 5 and 10 % more would be.
pub fn in_words(report: &Report) -> String {
    let Some(corridor) = report.history.corridor(&report.settings.rules) else {
        return String::new();
    };
    let say = Quantities::new(report.settings.display);
    let rules = &report.settings.rules;
    let edge = |percent: f64| format!("{percent:.0} % more");
    let (low, high) = (edge(rules.corridor_low_percent), edge(rules.corridor_high_percent));
    let head = format!("  {:<22}{:>6}{low:>12}{high:>12}", "at your own pace", "you");
    let mut out = format!("\n{STRONG}Steps a minute{PLAIN}\n{QUIET}{head}{PLAIN}\n");
    for at in &corridor.speeds {
        let more = |spm: f64| match at.advice {
            Advice::Option => whole(spm),
            Advice::HighEnough | Advice::OwnHighest => "no aim".to_owned(),
        };
        let pace = format!("{}, {}", at.speed.word(), say.pace(at.speed_m_s));
        let Target { step_rate_spm, low_spm, high_spm, .. } = at.target;
        let (low, high) = (more(low_spm), more(high_spm));
        out.push_str(&format!("  {pace:<22}{:>6}{low:>12}{high:>12}\n", whole(step_rate_spm)));
    }
    for line in wrap(&corridor.words().join(" "), WIDTH - 2) {
        out.push_str(&format!("  {QUIET}{line}{PLAIN}\n"));
    }
    out
}
