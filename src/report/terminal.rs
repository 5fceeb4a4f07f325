//! The report in a terminal of 80 columns. Styles are written in and taken out again by whoever
//! prints to something that is no terminal.

use std::collections::BTreeMap;

use super::plain::{clean, counted, of_kind, wrap};
use super::{Fate, Report, attempt, corridor, load};
use crate::Analysis;
use crate::activity::Severity;
use crate::education::red_flags;
use crate::intake::is_unread_activity;
use crate::quantities::{Quantities, span, spoken_duration};
use crate::settings::AskedToTry;
use crate::trend::load_ratios;

/// Columns that a line may take.
pub const WIDTH: usize = 80;
/// Style of what matters most.
pub const STRONG: &str = "\u{1b}[1m";
/// Style of what is only context.
pub const QUIET: &str = "\u{1b}[2m";
/// Back to plain.
pub const PLAIN: &str = "\u{1b}[0m";

/// The summary after a report: the sentence, the five lines, and what was set aside.
pub fn summary(report: &Report) -> String {
    let mut out = String::new();
    let history = &report.history;
    let distance: f64 = history.weeks.iter().map(|w| w.distance_m).sum();
    let dates = match (history.days.first(), history.days.last()) {
        (Some(first), Some(last)) => format!(", {}", span(*first, *last)),
        _ => String::new(),
    };
    out.push_str(&format!(
        "{QUIET}{}, {}{dates}{PLAIN}\n\n",
        counted(history.runs.len(), "run", "runs"),
        Quantities::new(report.settings.display).distance(distance),
    ));
    for line in wrap(&clean(&report.headline.sentence), WIDTH) {
        out.push_str(&format!("{STRONG}{line}{PLAIN}\n"));
    }
    out.push('\n');
    for line in &report.headline.lines {
        let settle = line.settle.as_ref().map(|s| format!(" To settle it: {s}."));
        let settle = settle.unwrap_or_default();
        out.push_str(&item(line.topic, &clean(&format!("{}{settle}", line.text))));
    }
    if report.history.hurt() {
        out.push('\n');
        out.push_str(&red_flags());
    }
    if !report.findings.is_empty() {
        out.push_str(&format!("\n{STRONG}What deserves attention{PLAIN}\n"));
        for finding in &report.findings {
            let text =
                format!("{}: {} ({})", finding.title, finding.number, finding.sureness.words());
            out.push_str(&bullet(&clean(&text)));
        }
    }
    let noted = noted(report);
    if !noted.is_empty() {
        out.push_str(&format!("\n{STRONG}Your notes{PLAIN}\n"));
        for line in noted {
            out.push_str(&bullet(&line));
        }
    }
    out.push_str(&corridor::in_words(report));
    if report.settings.attempt == AskedToTry::Cadence {
        out.push_str(&format!("\n{STRONG}{}{PLAIN}\n", attempt::TITLE));
        for line in attempt::lines(attempt::attempt(report).as_ref()) {
            out.push_str(&bullet(&line));
        }
    }
    out.push_str(&load_lines(report));
    let mut aside = set_aside(report);
    aside.extend(without_cadence(report));
    if !aside.is_empty() {
        out.push_str(&format!("\n{STRONG}Set aside{PLAIN}\n"));
        for line in aside {
            out.push_str(&bullet(&line));
        }
    }
    let doubts = repaired(report);
    if !doubts.is_empty() {
        out.push_str(&format!("\n{STRONG}Repaired or doubted{PLAIN}\n"));
        for line in doubts {
            out.push_str(&bullet(&line));
        }
    }
    out
}

/// The signs that want a person, for a terminal: printed once, where pain is noted.
pub fn red_flags() -> String {
    let mut out = format!("{STRONG}You noted pain{PLAIN}\n");
    for line in wrap(red_flags::OPENING, WIDTH - 2) {
        out.push_str(&format!("  {line}\n"));
    }
    for (heading, signs) in [
        (red_flags::SAME_DAY_HEADING, red_flags::SAME_DAY),
        (red_flags::WITHIN_DAYS_HEADING, red_flags::WITHIN_DAYS),
    ] {
        out.push_str(&format!("  {STRONG}{heading}{PLAIN}\n"));
        for sign in signs {
            out.push_str(&bullet(sign));
        }
    }
    out
}

/// Issues of notes that are listed one by one. **chosen**: a screen of a terminal.
const NOTES_LISTED: usize = 8;

/// What became of the runner's notes: how many lines were used, and what could not be.
fn noted(report: &Report) -> Vec<String> {
    let notes = &report.notes;
    let mut lines: Vec<String> = Vec::new();
    for file in &notes.files {
        let rows = counted(file.rows, "line", "lines");
        lines.push(clean(&format!("{}: {rows}", file.file)));
    }
    for issue in notes.issues.iter().take(NOTES_LISTED) {
        let remedy = issue.remedy.as_ref().map(|r| format!("; {r}")).unwrap_or_default();
        lines.push(clean(&format!("{}{remedy}", issue.message)));
    }
    if notes.issues.len() > NOTES_LISTED {
        lines.push(format!(
            "{} more of these; `report --json` lists all",
            notes.issues.len() - NOTES_LISTED
        ));
    }
    lines
}

/// The line that the next run stands against, what the last days held, and open questions.
fn load_lines(report: &Report) -> String {
    let mut out = String::new();
    let mut under = |heading: &str, lines: Vec<String>| {
        if !lines.is_empty() {
            out.push_str(&format!("\n{STRONG}{heading}{PLAIN}\n"));
            lines.iter().for_each(|line| out.push_str(&bullet(line)));
        }
    };
    under("Load", [load::ahead(report), load::now(report)].concat());
    let mut ratios = load::ratios(report);
    if !ratios.is_empty() {
        ratios.push(load_ratios::CRITIQUE.to_owned());
        ratios.push("Sources: lightfoot explain acwr".to_owned());
    }
    under("Acute and chronic load, as asked", ratios);
    let open = load::open_gaps(report);
    let mut questions: Vec<String> =
        open.iter().take(load::ASKED).map(|gap| load::question(gap)).collect();
    if open.len() > load::ASKED {
        questions
            .push(format!("and {} older gaps, which the page lists", open.len() - load::ASKED));
    }
    if !questions.is_empty() {
        questions.push(load::HOW_TO_ANSWER.to_owned());
    }
    under("Questions", questions);
    out
}

/// A topic in a narrow column and its text beside it.
fn item(topic: &str, text: &str) -> String {
    const TOPIC: usize = 16;
    let mut out = String::new();
    let words = wrap(topic, TOPIC - 2);
    let lines = wrap(text, WIDTH - TOPIC - 2);
    for i in 0..words.len().max(lines.len()) {
        let word = words.get(i).map_or("", String::as_str);
        let line = lines.get(i).map_or("", String::as_str);
        out.push_str(format!("  {QUIET}{word:<width$}{PLAIN}{line}", width = TOPIC).trim_end());
        out.push('\n');
    }
    out
}

/// A line under a heading, wrapped and hung.
pub fn bullet(text: &str) -> String {
    let mut out = String::new();
    for (i, line) in wrap(text, WIDTH - 4).into_iter().enumerate() {
        out.push_str(if i == 0 { "  - " } else { "    " });
        out.push_str(&line);
        out.push('\n');
    }
    out
}

/// How many file names stand in one line before the rest is only counted. **chosen**
const NAMED: usize = 3;

/// What became of every input that is no run, like with like, the gravest last.
pub fn set_aside(report: &Report) -> Vec<String> {
    let mut other: BTreeMap<&str, (usize, f64)> = BTreeMap::new();
    let mut none: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut doubles: Vec<String> = Vec::new();
    let mut skipped: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for input in &report.inputs {
        for fate in &input.fates {
            match fate {
                Fate::Run { .. } | Fate::Earlier => {}
                Fate::OtherSport { sport, duration_s, .. } => {
                    let entry = other.entry(sport).or_default();
                    entry.0 += 1;
                    entry.1 += duration_s;
                }
                Fate::NotAnActivity { what } => none.entry(what).or_default().push(&input.file),
                Fate::Duplicate { of } => doubles.push(format!("{} (as {of})", input.file)),
                Fate::Skipped { reason, .. } => {
                    skipped.entry(reason).or_default().push(&input.file)
                }
            }
        }
    }
    let mut lines = Vec::new();
    lines.extend(earlier(report));
    for (sport, (n, seconds)) in other {
        let activities = counted(n, "activity", "activities");
        let sport = clean(sport).replace('_', " ");
        lines.push(format!("{activities} of another sport: {sport}, {}", spoken_duration(seconds)));
    }
    for (what, files) in none {
        let inputs = counted(files.len(), "file is", "files are");
        lines.push(format!("{inputs} no activity: {} ({})", clean(what), names(&files)));
    }
    if !doubles.is_empty() {
        let doubles: Vec<&str> = doubles.iter().map(String::as_str).collect();
        let runs = counted(doubles.len(), "run was", "runs were");
        lines.push(format!("{runs} there twice and counted once: {}", names(&doubles)));
    }
    let (unread, passed): (Vec<_>, Vec<_>) =
        report.passed_over.iter().partition(|(kind, _)| is_unread_activity(kind));
    let times = |(kind, n): &(&String, &usize)| of_kind(kind, **n);
    if !passed.is_empty() {
        let passed: Vec<String> = passed.iter().map(times).collect();
        lines.push(format!("passed over: {}", passed.join(", ")));
    }
    lines.extend(unread.iter().map(times));
    for (reason, files) in like_with_like(&skipped) {
        let files_n = counted(files.len(), "file", "files");
        lines.push(format!("{files_n} gave nothing: {} ({})", clean(reason), names(&files)));
    }
    lines
}

/// Runs before the days shown: they are the past that later ones are measured against.
pub fn earlier(report: &Report) -> Option<String> {
    let runs = counted(report.earlier, "earlier run counts", "earlier runs count");
    (report.earlier > 0).then(|| format!("{runs} as the past only and not shown"))
}

/// Reasons that differ in their figures only are one reason with the files of all of them; its
/// words are those of the first.
pub fn like_with_like<'a>(
    reasons: &BTreeMap<&'a str, Vec<&'a str>>,
) -> Vec<(&'a str, Vec<&'a str>)> {
    let mut groups: BTreeMap<String, (&str, Vec<&str>)> = BTreeMap::new();
    for (reason, files) in reasons {
        let words = reason.chars().filter(|c| !c.is_ascii_digit()).collect();
        groups.entry(words).or_insert_with(|| (reason, Vec::new())).1.extend(files);
    }
    groups.into_values().collect()
}

/// Which runs have no cadence, and which export of theirs would.
fn without_cadence(report: &Report) -> Option<String> {
    let none = |run: &&Analysis| {
        run.readings.why_not("step_rate").is_some_and(|why| why.code == "no_cadence")
    };
    let runs: Vec<&Analysis> = report.history.runs.iter().filter(none).collect();
    let files: Vec<&str> = runs.iter().map(|r| r.meta.file.as_str()).collect();
    let n = counted(files.len(), "run has", "runs have");
    let remedy = if runs.iter().all(|r| r.meta.format == "FIT") {
        "this watch wrote none; a foot pod or another watch would"
    } else {
        "the original FIT file from the watch usually has it (README: How to get your files)"
    };
    (!files.is_empty()).then(|| format!("{n} no cadence ({}): {remedy}", names(&files)))
}

/// The first names, cleaned, and how many more there are.
fn names(files: &[&str]) -> String {
    let mut shown: Vec<String> = files.iter().take(NAMED).map(|f| clean(f)).collect();
    if files.len() > NAMED {
        shown.push(format!("{} more", files.len() - NAMED));
    }
    shown.join(", ")
}

/// Issues over all runs that repaired or doubted something, one line per kind.
fn repaired(report: &Report) -> Vec<String> {
    let mut kinds: BTreeMap<_, (usize, String)> = BTreeMap::new();
    for run in &report.history.runs {
        let mut seen = Vec::new();
        for issue in run.issues.iter().filter(|i| i.severity > Severity::Note) {
            let key = (issue.severity, issue.kind);
            if !seen.contains(&key) {
                let example = || format!("{}: {}", run.meta.file, issue.message);
                kinds.entry(key).or_insert_with(|| (0, example())).0 += 1;
                seen.push(key);
            }
        }
    }
    kinds
        .into_values()
        .rev()
        .map(|(runs, example)| match runs {
            1 => clean(&example),
            _ => format!("{runs} runs, such as {}", clean(&example)),
        })
        .collect()
}
