//! What the files say and what they can't: inputs by fate, repairs, doubts, closed gates.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::doubts;
use crate::intake::is_unread_activity;
use crate::metrics::{self, Readings};
use crate::quantities::spoken_duration;
use crate::report::plain::{clean, counted, of_kind};
use crate::report::terminal::like_with_like;
use crate::report::{Fate, Report, load};
use crate::settings::Sharing;

/// Names listed for one group of files; the rest is counted. **chosen**
const MOST_NAMES: usize = 12;

/// Names that stand in the line itself. **chosen**: one line.
const FEW_NAMES: usize = 2;
/// Names in the fold that has all of a group. **chosen**: a page stays small.
const ALL_NAMES: usize = 100;

/// The section.
pub fn files(report: &Report) -> Markup {
    html! {
        section #files aria-labelledby="files-t" {
            h2 id="files-t" { "What the files say, and what they can't" }
            div.card {
                h3 { "Every file you gave" }
                (fates(report))
            }
            (notes(report))
            (doubts::doubts(report))
            (gates(report))
            (gaps(report))
        }
    }
}

/// File names without the folder that all of them share: a page that is passed on need not say
/// where its runner keeps files.
pub struct Names(String);

impl Names {
    /// Finds the shared folder.
    pub fn of(report: &Report) -> Self {
        let mut files = report.inputs.iter().map(|i| i.file.as_str());
        let Some(first) = files.next() else { return Self(String::new()) };
        let shared = files.fold(folder(first).len(), |shared, file| {
            let same = first.bytes().zip(file.bytes()).take(shared).take_while(|(a, b)| a == b);
            let same = first.get(..same.count()).map_or(0, |head| folder(head).len());
            same.min(shared)
        });
        Self(first.get(..shared).unwrap_or_default().to_owned())
    }

    /// A name without the shared folder; a name from elsewhere stays whole.
    pub fn short<'a>(&self, file: &'a str) -> &'a str {
        file.strip_prefix(self.0.as_str()).unwrap_or(file)
    }
}

/// A path up to its last separator, that one included.
fn folder(path: &str) -> &str {
    let end = path.rfind(['/', '\\']).map_or(0, |at| at + 1);
    path.get(..end).unwrap_or_default()
}

/// What became of inputs that are no run, like with like.
#[derive(Default)]
struct Fates<'a> {
    runs: usize,
    /// Seconds and files by sport.
    other: BTreeMap<&'a str, (f64, Vec<&'a str>)>,
    none: BTreeMap<&'a str, Vec<&'a str>>,
    doubles: Vec<String>,
    skipped: BTreeMap<&'a str, Vec<&'a str>>,
}

impl<'a> Fates<'a> {
    fn of(report: &'a Report, names: &Names) -> Self {
        let mut fates = Self::default();
        for input in &report.inputs {
            let file = names.short(&input.file);
            for fate in &input.fates {
                match fate {
                    Fate::Run { .. } | Fate::Earlier => fates.runs += 1,
                    Fate::OtherSport { sport, duration_s, .. } => {
                        let (seconds, files) = fates.other.entry(sport).or_default();
                        *seconds += duration_s;
                        files.push(file);
                    }
                    Fate::NotAnActivity { what } => fates.none.entry(what).or_default().push(file),
                    Fate::Duplicate { of } => {
                        fates.doubles.push(format!("{file} (as {})", names.short(of)));
                    }
                    Fate::Skipped { reason, .. } => {
                        fates.skipped.entry(reason).or_default().push(file);
                    }
                }
            }
        }
        fates
    }

    /// A line for each group: what it is, and its files.
    fn lines(&self) -> Vec<(String, Vec<&str>)> {
        let mut lines = Vec::new();
        for (sport, (seconds, files)) in &self.other {
            lines.push((
                format!("Another sport: {sport}, {}", spoken_duration(*seconds)),
                files.clone(),
            ));
        }
        for (what, files) in &self.none {
            lines.push((format!("No activity: {what}"), files.clone()));
        }
        if !self.doubles.is_empty() {
            let doubles = self.doubles.iter().map(String::as_str).collect();
            lines.push(("The same run twice, the fuller one is kept".to_owned(), doubles));
        }
        for (reason, files) in like_with_like(&self.skipped) {
            lines.push((format!("Nothing could be read: {reason}"), files));
        }
        lines
    }
}

/// Inputs by what became of them.
fn fates(report: &Report) -> Markup {
    let names = Names::of(report);
    let fates = Fates::of(report, &names);
    let lines = fates.lines();
    let (unread, passed): (Vec<_>, Vec<_>) =
        report.passed_over.iter().partition(|(kind, _)| is_unread_activity(kind));
    let told = |kinds: Vec<(&String, &usize)>| -> Vec<String> {
        kinds.into_iter().map(|(kind, n)| of_kind(kind, *n)).collect()
    };
    let (unread, passed) = (told(unread), told(passed));
    html! {
        p {
            (counted(report.inputs.len(), "file", "files")) ", "
            (counted(fates.runs, "run", "runs")) "."
        }
        @if !lines.is_empty() || !report.passed_over.is_empty() {
            ul.files {
                @for (what, names) in &lines {
                    li {
                        (clean(what))
                        @if names.len() > 1 { ", " (counted(names.len(), "file", "files")) }
                        ": " span.quiet { (listed(names)) }
                        @if names.len() > MOST_NAMES { (all_names(names, report)) }
                    }
                }
                @if !passed.is_empty() { li { "Passed over: " (passed.join(", ")) "." } }
                @for line in unread { li { (line) } }
            }
        }
    }
}

/// The names of all files of a group, more than a few in a fold; nothing on a copy to share.
pub(super) fn all_names(names: &[&str], report: &Report) -> Markup {
    let more = names.len().saturating_sub(ALL_NAMES);
    html! {
        @if report.settings.sharing == Sharing::Shared {
        } @else if names.len() <= FEW_NAMES {
            " " span.quiet { (listed(names)) }
        } @else {
            details {
                summary { "Which: " (counted(names.len(), "file", "files")) }
                ul.names {
                    @for name in names.iter().take(ALL_NAMES) { li.mono { (clean(name)) } }
                    @if more > 0 { li { "and " (more) " more" } }
                }
            }
        }
    }
}

fn listed(names: &[&str]) -> Markup {
    html! {
        @for (i, name) in names.iter().take(MOST_NAMES).enumerate() {
            @if i > 0 { ", " }
            span.mono { (clean(name)) }
        }
        @if names.len() > MOST_NAMES { " and " (names.len() - MOST_NAMES) " more" }
    }
}

/// The runner's own notes: what was read, and what could not be.
fn notes(report: &Report) -> Markup {
    let notes = &report.notes;
    let names = Names::of(report);
    let more = notes.issues.len().saturating_sub(MOST_NAMES);
    html! {
        @if !notes.files.is_empty() || !notes.issues.is_empty() {
            div.card {
                h3 { "Your notes" }
                @for file in &notes.files {
                    p { span.mono { (clean(names.short(&file.file))) } ": " (counted(file.rows, "line", "lines")) "." }
                }
                @if !notes.issues.is_empty() {
                    ul {
                        @for issue in notes.issues.iter().take(MOST_NAMES) {
                            li {
                                (coded(&clean(&sentence(&issue.message))))
                                @if let Some(remedy) = &issue.remedy { " " (coded(&sentence(remedy))) }
                            }
                        }
                        @if more > 0 { li.quiet { "And " (more) " more." } }
                    }
                }
            }
        }
    }
}

/// Words with a capital at their start and a full stop at their end.
pub fn sentence(text: &str) -> String {
    let mut chars = text.trim().chars();
    let Some(first) = chars.next() else { return String::new() };
    // A name of a file is written as it is.
    let name = text.split_whitespace().next().is_some_and(|word| word.contains(['/', '\\', '.']));
    let mut sentence: String =
        if name { text.trim().to_owned() } else { first.to_uppercase().chain(chars).collect() };
    if !sentence.ends_with(['.', '!', '?', ':']) {
        sentence.push('.');
    }
    sentence
}

/// Words with what is to be typed, between backticks, as code; one backtick alone stays itself.
pub fn coded(text: &str) -> Markup {
    let pieces: Vec<&str> = text.split('`').collect();
    if pieces.len().is_multiple_of(2) {
        return html! { (text) };
    }
    html! {
        @for (k, piece) in pieces.into_iter().enumerate() {
            @if k % 2 == 1 { code { (piece) } } @else { (piece) }
        }
    }
}

/// Metrics that have no number in some runs, with the reason once.
fn gates(report: &Report) -> Markup {
    let mut closed: BTreeMap<(usize, &str), usize> = BTreeMap::new();
    let history = &report.history;
    for run in 0..history.runs.len() {
        let own = history.runs.get(run).map(|r| &r.readings);
        let outcomes = own.into_iter().chain(history.past.get(run));
        for (id, why) in outcomes.flat_map(Readings::without_value) {
            if let Some(place) = metrics::METRICS.iter().position(|m| m.id == id) {
                *closed.entry((place, why.reason.as_str())).or_default() += 1;
            }
        }
    }
    let mut by_reason: BTreeMap<&str, (usize, Vec<&str>)> = BTreeMap::new();
    for ((place, reason), runs) in &closed {
        let entry = by_reason.entry(reason).or_default();
        entry.0 = entry.0.max(*runs);
        entry.1.extend(metrics::METRICS.get(*place).map(|m| m.title));
    }
    let mut lines: Vec<_> = by_reason.into_iter().collect();
    lines.sort_by(|a, b| b.1.0.cmp(&a.1.0).then(a.0.cmp(b.0)));
    let more = lines.len().saturating_sub(MOST_NAMES);
    html! {
        @if !lines.is_empty() {
            div.card {
                h3 { "What could not be said, and why" }
                dl.facts {
                    @for (reason, (runs, titles)) in lines.into_iter().take(MOST_NAMES) {
                        dt { (runs) @if runs == 1 { " run" } @else { " runs" } }
                        dd { (coded(&sentence(reason))) " " span.quiet { (titles.join(", ")) "." } }
                    }
                }
                @if more > 0 { p.quiet { "and " (more) " rarer reasons" } }
            }
        }
    }
}

/// Stretches without a file: the open ones as questions, the answered ones as answered.
fn gaps(report: &Report) -> Markup {
    let open = load::open_gaps(report);
    let answered = report.history.gaps.len() - open.len();
    html! {
        @if !report.history.gaps.is_empty() {
            div.card {
                h3 { "Were there runs in between?" }
                @if !open.is_empty() {
                    p { "No file for more than ten days. Missing files would change the comparisons \
                         with the 30 days before. " (load::HOW_TO_ANSWER) }
                    ul {
                        @for gap in open.iter().take(MOST_NAMES) { li { (load::question(gap)) } }
                        @if open.len() > MOST_NAMES {
                            li.quiet { "And " (open.len() - MOST_NAMES) " older." }
                        }
                    }
                }
                @if answered > 0 {
                    p.quiet { (counted(answered, "gap", "gaps")) " answered in your profile." }
                }
            }
        }
    }
}
