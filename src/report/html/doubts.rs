//! What was repaired, chosen or doubted, and in which files.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::files::{Names, all_names, coded, sentence};
use crate::activity::{Issue, IssueKind, Severity};
use crate::quantities;
use crate::report::Report;
use crate::report::plain::clean;

/// Different messages of one kind that are listed. **chosen**
const MOST_MESSAGES: usize = 4;

/// An issue and the file that it was found in.
type Found<'a> = (&'a Issue, &'a str);

/// Repairs and doubts, the same kind in many files as one line, with the names of the files one fold
/// below.
pub fn doubts(report: &Report) -> Markup {
    let names = Names::of(report);
    let mut groups: BTreeMap<(Severity, IssueKind), Vec<Found<'_>>> = BTreeMap::new();
    for run in &report.history.runs {
        for issue in &run.issues {
            let found = (&**issue, names.short(&run.meta.file));
            groups.entry((issue.severity, issue.kind)).or_default().push(found);
        }
    }
    html! {
        @if !groups.is_empty() {
            div.card {
                h3 { "What was repaired, chosen or doubted" }
                @for severity in [Severity::Doubt, Severity::Repaired, Severity::Note] {
                    @let own: Vec<_> = groups.iter().filter(|(k, _)| k.0 == severity).collect();
                    @if !own.is_empty() {
                        h4 { (words(severity)) }
                        ul.files { @for (_, all) in own { (lines(report, severity, all)) } }
                    }
                }
            }
        }
    }
}

fn words(severity: Severity) -> &'static str {
    match severity {
        Severity::Doubt => "Doubtful or lost",
        Severity::Repaired => "Repaired",
        Severity::Note => "Chosen",
    }
}

/// What the same words in several runs add up to.
#[derive(Default)]
struct Together<'a> {
    example: &'a str,
    files: Vec<&'a str>,
    records: usize,
    varies: bool,
    remedy: Option<&'a str>,
}

/// Lines for all issues of a kind; messages that differ in their figures only are one line. What was
/// merely chosen goes for most files and names none.
fn lines(report: &Report, severity: Severity, all: &[Found<'_>]) -> Markup {
    let mut messages: BTreeMap<String, Together<'_>> = BTreeMap::new();
    for (issue, file) in all {
        let words = issue.message.chars().filter(|c| !c.is_ascii_digit()).collect();
        let entry = messages.entry(words).or_default();
        entry.varies |= !entry.files.is_empty() && entry.example != issue.message;
        entry.example = &issue.message;
        entry.files.push(file);
        entry.records += issue.count;
        entry.remedy = entry.remedy.or(issue.remedy.as_deref());
    }
    let mut by_count: Vec<Together<'_>> = messages.into_values().collect();
    by_count.sort_by(|a, b| b.files.len().cmp(&a.files.len()).then(a.example.cmp(b.example)));
    let more = by_count.len().saturating_sub(MOST_MESSAGES);
    html! {
        @for it in by_count.into_iter().take(MOST_MESSAGES) {
            @let runs = it.files.len();
            li {
                (coded(&clean(&sentence(it.example)))) " "
                @if let Some(remedy) = it.remedy { (coded(&sentence(remedy))) " " }
                span.quiet {
                    (runs) @if runs == 1 { " run" } @else { " runs" }
                    @if it.varies { ", figures of one of them" }
                    @if it.records > runs {
                        ", " (quantities::whole(it.records as f64)) " records"
                    }
                    "."
                }
                @if severity != Severity::Note { (all_names(&it.files, report)) }
            }
        }
        @if more > 0 { li.quiet { "And " (more) " more of this kind." } }
    }
}
