//! The head of the page: span, the sentence that could be said aloud, the five lines.

use maud::{Markup, html};

use crate::findings::{Answer, Line};
use crate::quantities::{self, Quantities};
use crate::report::plain::clean;
use crate::report::share::NOTICE;
use crate::report::terminal;
use crate::report::{Report, attempt};
use crate::settings::Sharing;

/// Title of the page.
pub fn title(report: &Report) -> String {
    match &report.settings.runner.name {
        Some(name) => format!("Running report for {}", clean(name)),
        None => "Running report".to_owned(),
    }
}

/// The head.
pub fn head(report: &Report) -> Markup {
    html! {
        header.top {
            h1 { (title(report)) }
            p.meta { (span(report)) }
            @if report.settings.sharing == Sharing::Shared { p.meta { (NOTICE) } }
            @if !report.headline.sentence.is_empty() { p.lead { (report.headline.sentence) } }
            @if !report.headline.lines.is_empty() {
                ul.lines { @for line in &report.headline.lines { (five(line)) } }
            }
            p.knee { a href="#knee" { "Does a knee hurt? Start here." } }
            (contents(report))
        }
    }
}

fn span(report: &Report) -> String {
    let said = Quantities::new(report.settings.display);
    let history = &report.history;
    let (Some(first), Some(last)) = (history.days.first(), history.days.last()) else {
        return "No runs in these files".to_owned();
    };
    let metres: f64 = history.weeks.iter().map(|w| w.distance_m).sum();
    let runs = match history.runs.len() {
        1 => "1 run".to_owned(),
        n => format!("{n} runs"),
    };
    let distance =
        if metres > 0.0 { format!(" · {}", said.total_distance(metres)) } else { String::new() };
    let earlier = terminal::earlier(report).map_or_else(String::new, |it| format!(" · {it}"));
    format!("{} · {runs}{distance}{earlier}", quantities::span(*first, *last))
}

fn five(line: &Line) -> Markup {
    let (word, class) = match line.answer {
        Answer::Changed => ("● changed", "word changed"),
        Answer::Unchanged => ("= unchanged", "word"),
        Answer::CannotTell => ("? can't tell", "word"),
    };
    html! {
        li {
            span.topic { (line.topic) }
            span.said {
                (line.text)
                @if let Some(settle) = &line.settle { " " span.settle { "To settle it: " (settle.trim_end_matches('.')) "." } }
            }
            span class=(class) { (word) }
        }
    }
}

/// Sections as links, those that only some pages have among them.
fn contents(report: &Report) -> Markup {
    let before = report
        .settings
        .onset
        .map(|day| ("before", format!("The four weeks before {}", quantities::day_month(day))));
    let attempt = attempt::stands(report).then(|| ("try", "One thing to try".to_owned()));
    let fixed = [
        ("attention", "What deserves attention"),
        ("cadence", "Cadence"),
        ("stride", "Stride"),
        ("ground", "Ground"),
        ("load", "Load"),
        ("late", "Late in the run"),
        ("runs", "Runs"),
        ("files", "Files"),
        ("knee", "Knees"),
        ("method", "Method"),
    ]
    .map(|(id, name)| (id, name.to_owned()));
    let (first, rest) = fixed.split_at(1);
    let sections = before.iter().chain(first).chain(&attempt).chain(rest);
    html! {
        nav aria-label="Sections" {
            ul { @for (id, name) in sections { li { a href={ "#" (id) } { (name) } } } }
        }
    }
}
