//! The section on knees: the signs that want a person first, then the text that every reader gets.

use std::collections::BTreeSet;

use maud::{Markup, html};

use crate::education::{Section, knee, red_flags, what_if};
use crate::findings::say;
use crate::references;
use crate::report::Report;

/// Whether the red flags stand at the top of the page: where pain was noted or asked about. They
/// stand once, here or in the section on knees.
pub fn flags_first(report: &Report) -> bool {
    report.settings.onset.is_some() || report.history.hurt()
}

/// The answer to the question that brings most readers here.
const NOT_KNOWN: &str = "Whether your cadence, a shoe or a hill has to do with a pain cannot be \
                         known from recordings.";

/// What the marks on time axes are, where there are any.
fn marks(report: &Report) -> Markup {
    html! {
        @if !report.history.pain.is_empty() {
            p.quiet {
                "Small triangles under the charts mark what you noted. The figure is the pain \
                 during the run, in brackets that of the next morning. Nothing is computed from it."
            }
        }
    }
}

/// The signs that want a person, as the first thing on a page that is about pain: a short block
/// whose lists open, so that what was asked about follows right after.
pub fn flags_on_top(report: &Report) -> Markup {
    html! {
        section #red-flags aria-labelledby="red-flags-t" {
            h2 id="red-flags-t" { "When to see a professional" }
            div.card.first {
                p { (red_flags::OPENING) }
                (opens(red_flags::SAME_DAY_HEADING, red_flags::SAME_DAY))
                (opens(red_flags::WITHIN_DAYS_HEADING, red_flags::WITHIN_DAYS))
            }
            (marks(report))
        }
    }
}

/// A list of signs under its heading, with how many they are.
fn opens(heading: &str, signs: &[&str]) -> Markup {
    html! {
        details {
            summary { b { (heading) } ": " (say::count(signs.len())) " signs" }
            ul.flags { @for sign in signs { li { (sign) } } }
        }
    }
}

/// The section on knees; with the red flags where they do not stand on top.
pub fn knee(report: &Report) -> Markup {
    html! {
        section #knee aria-labelledby="knee-t" {
            h2 id="knee-t" { (knee::TITLE) }
            p.intro {
                (NOT_KNOWN)
                @if report.settings.onset.is_none() {
                    " What was different in the weeks before a day: "
                    code { "lightfoot report YOUR-FOLDER --onset DAY" } "."
                }
            }
            @if flags_first(report) {
                p.intro { a href="#red-flags" { "The signs that want a person stand above." } }
            } @else {
                (red_flags())
                (marks(report))
            }
            div.card {
                h3 { "What is known, for every reader alike" }
                p.quiet { "Nothing here was chosen by your recordings." }
                @for section in knee::SECTIONS { (fold(section)) }
                (what_if_fold())
            }
        }
    }
}

/// The signs that want a person.
pub fn red_flags() -> Markup {
    html! {
        p.intro { (red_flags::OPENING) }
        div.card {
            h3 { (red_flags::SAME_DAY_HEADING) }
            ul.flags { @for sign in red_flags::SAME_DAY { li { (sign) } } }
            h3 { (red_flags::WITHIN_DAYS_HEADING) }
            ul.flags { @for sign in red_flags::WITHIN_DAYS { li { (sign) } } }
        }
    }
}

/// Keys of the sources that the section rests on.
pub fn sources() -> BTreeSet<&'static str> {
    let sections = knee::SECTIONS.iter().flat_map(|s| s.sources);
    sections.chain(what_if::SOURCES).copied().collect()
}

fn fold(section: &Section) -> Markup {
    html! {
        details {
            summary { (section.heading) }
            @if !section.opening.is_empty() { p { (section.opening) } }
            @if !section.points.is_empty() {
                ul { @for point in section.points { li { b { (point.about) } ": " (point.says) } } }
            }
            @if !section.closing.is_empty() { p { (section.closing) } }
            (cited(section.sources))
        }
    }
}

fn cited(keys: &[&str]) -> Markup {
    html! {
        @if !keys.is_empty() {
            p.quiet {
                "Sources: "
                @for (i, source) in keys.iter().filter_map(|k| references::source(k)).enumerate() {
                    @if i > 0 { ", " }
                    a href={ "#s-" (source.key) } { (source.authors) " " (source.year) }
                }
            }
        }
    }
}

fn what_if_fold() -> Markup {
    html! {
        details id="what-if" {
            summary { (what_if::TITLE) }
            p { (what_if::OPENING) }
            div.scroll tabindex="0" role="region" aria-label={ "Table: " (what_if::TITLE) } {
                table {
                    thead { tr { @for column in what_if::COLUMNS { th scope="col" { (column) } } } }
                    tbody {
                        @for row in what_if::table() {
                            @let [change, cells @ ..] = row.in_words();
                            tr {
                                th scope="row" { (change) }
                                @for cell in cells { td { (cell) } }
                            }
                        }
                    }
                }
            }
            ul { @for limit in what_if::LIMITS { li { (limit) } } }
            (cited(what_if::SOURCES))
        }
    }
}
