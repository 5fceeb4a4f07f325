//! One self-contained page: no request, whole without its script, readable on a phone, on paper
//! and aloud.

mod attempt;
mod attention;
mod before;
mod doubts;
mod figures;
mod files;
pub mod handout;
mod head;
mod knee;
pub mod listed;
mod load;
mod method;
pub mod run_page;
pub mod runs;
pub(crate) mod trusted;

use std::collections::BTreeMap;
use std::io::{self, Write};

use maud::{DOCTYPE, Markup, html};

use super::Report;
use crate::charts::{CHARTS, Chart, Layout, Section};
use crate::quantities::{Quantities, whole};

/// Charts that were described, or the line that stands in their place.
type Described = Vec<(Section, &'static str, Result<Chart, String>)>;

/// The page as one string: the same bytes for the same report.
pub fn render(report: &Report) -> String {
    let mut page = Vec::new();
    // Writing to memory does not fail.
    let _ = write(report, &BTreeMap::new(), &mut page);
    String::from_utf8(page).unwrap_or_default()
}

/// The same with a link from each run's row to the run's own page, by the run's index; section by
/// section, so that the page of thousands of runs is never held whole.
///
/// # Errors
/// When what is written to takes no more.
pub fn write(
    report: &Report,
    run_links: &BTreeMap<usize, String>,
    out: &mut dyn Write,
) -> io::Result<()> {
    write_marked(report, run_links, &Markup::default(), out)
}

/// The same as one of the pages that a list leads to; `list` is the link back to it.
///
/// # Errors
/// As [`write()`].
pub fn write_listed(
    report: &Report,
    run_links: &BTreeMap<usize, String>,
    list: Option<&str>,
    out: &mut dyn Write,
) -> io::Result<()> {
    write_marked(report, run_links, &listed::mark(list), out)
}

fn write_marked(
    report: &Report,
    run_links: &BTreeMap<usize, String>,
    mark: &Markup,
    out: &mut dyn Write,
) -> io::Result<()> {
    let charts: Described = CHARTS
        .iter()
        .map(|c| (c.section, c.id, c.chart(&report.history, &report.settings)))
        .collect();
    let frame = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                (mark)
                (page_head(&head::title(report)))
            }
            body {
                a.skip href="#main" { "Skip to the content" }
                (head::head(report))
                main #main tabindex="-1" { (trusted::slot()) }
                (trusted::slot())
                script { (trusted::script()) }
            }
        }
    };
    let sections: [&dyn Fn() -> Markup; 13] = [
        &|| {
            if knee::flags_first(report) {
                knee::flags_on_top(report)
            } else {
                html! {}
            }
        },
        &|| before::before(report),
        &|| attention::attention(report, &charts),
        &|| attempt::attempt(report),
        &|| section_of(&charts, Section::Cadence, &own_cadence(report), &Markup::default()),
        &|| section(&charts, Section::Stride),
        &|| section(&charts, Section::Ground),
        &|| section_with(&charts, Section::Load, &load::card(report)),
        &|| section(&charts, Section::Late),
        &|| runs::runs(report, run_links),
        &|| files::files(report),
        &|| knee::knee(report),
        &|| method::method(report, &charts),
    ];
    let [before, between, after] = trusted::around_slots(frame);
    out.write_all(before.as_bytes())?;
    for section in sections {
        out.write_all(trusted::finished(section()).as_bytes())?;
    }
    // Not held beside the charts: it lists every file.
    drop(charts);
    out.write_all(between.as_bytes())?;
    out.write_all(trusted::finished(method::footer(report)).as_bytes())?;
    out.write_all(after.as_bytes())
}

/// What the head of every page holds: its policy, its title, its style.
pub(crate) fn page_head(title: &str) -> Markup {
    html! {
        meta charset="utf-8";
        meta name="viewport" content="width=device-width, initial-scale=1";
        meta name="color-scheme" content="light dark";
        meta name="referrer" content="no-referrer";
        meta http-equiv="Content-Security-Policy" content=(trusted::policy());
        title { (title) }
        style { (trusted::style()) }
    }
}

/// Name, id and opening line of a section of charts.
fn words(section: Section) -> (&'static str, &'static str, &'static str) {
    match section {
        Section::Cadence => (
            "cadence",
            "Cadence",
            "Steps a minute, both feet. Faster running takes more of them. 170–180 is general \
             guidance: height and pace move it, so it is no pass mark.",
        ),
        Section::Stride => {
            ("stride", "Stride", "What the body does with each step, at matched pace.")
        }
        Section::Ground => {
            ("ground", "Ground", "Hills, slanted edges and bends, as far as they show.")
        }
        Section::Load => {
            ("load", "Load", "Single runs against your own last 30 days, and whole weeks.")
        }
        Section::Late => (
            "late",
            "Late in the run",
            "The last third of a run against its first, at the same pace.",
        ),
    }
}

fn section(charts: &Described, section: Section) -> Markup {
    section_with(charts, section, &Markup::default())
}

/// A section of charts with something of its own at its end.
fn section_with(charts: &Described, section: Section, end: &Markup) -> Markup {
    section_of(charts, section, &Markup::default(), end)
}

/// The one cadence of the page, and the words by which the others are told apart from it.
fn own_cadence(report: &Report) -> Markup {
    let said = Quantities::new(report.settings.display);
    let own = report.history.own_cadence();
    let own = own.and_then(|own| Some((own.step_rate_spm, said.known_pace(own.speed_m_s)?)));
    html! {
        @if let Some((spm, pace)) = own {
            p.intro {
                "Your cadence on this page: "
                b { (whole(spm)) " steps a minute at your usual pace, " (pace) }
                ". That is on the level, "
                @if report.history.runs.len() == 1 { "in this one run. " } @else { "over your last four weeks. " }
                "What stands “as run” is at whatever pace that running had."
            }
        } @else {
            p.intro { "What stands “as run” is at whatever pace that running had." }
        }
    }
}

/// A section of charts with something of its own at its beginning and at its end.
fn section_of(charts: &Described, section: Section, start: &Markup, end: &Markup) -> Markup {
    let (id, title, intro) = words(section);
    let own: Vec<&Result<Chart, String>> =
        charts.iter().filter(|c| c.0 == section).map(|c| &c.2).collect();
    let some = own.iter().any(|c| c.is_ok());
    let mut empty: Vec<&str> = Vec::new();
    for line in own.iter().filter_map(|c| c.as_ref().err()).filter(|line| !line.is_empty()) {
        if !empty.contains(&line.as_str()) {
            empty.push(line);
        }
    }
    // A section of nothing says the first thing to do and no more.
    empty.truncate(if some { empty.len() } else { 1 });
    html! {
        section id=(id) aria-labelledby={ (id) "-t" } {
            h2 id={ (id) "-t" } { (title) }
            @if some { p.intro { (intro) } (start) }
            @for group in paired(&own) {
                @if let [a, b] = group.as_slice() {
                    div.pair { (figures::figure(a)) (figures::figure(b)) }
                } @else {
                    @for chart in group { (figures::figure(chart)) }
                }
            }
            @for line in empty { p.empty { (files::coded(line)) } }
            (end)
        }
    }
}

/// Half-wide charts stand in pairs; one alone takes the whole width.
fn paired<'a>(own: &[&'a Result<Chart, String>]) -> Vec<Vec<&'a Chart>> {
    let mut groups: Vec<Vec<&Chart>> = Vec::new();
    for chart in own.iter().filter_map(|c| c.as_ref().ok()) {
        let waits = groups
            .last()
            .is_some_and(|g| matches!(g.as_slice(), [one] if one.layout == Layout::Half));
        match groups.last_mut() {
            Some(group) if waits && chart.layout == Layout::Half => group.push(chart),
            _ => groups.push(vec![chart]),
        }
    }
    groups
}
