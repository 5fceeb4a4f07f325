//! The table of all runs, newest first.

use std::collections::BTreeMap;

use maud::{Markup, html};

use crate::Analysis;
use crate::activity::Severity;
use crate::journal::{NoteSource, Stated};
use crate::quantities::{self, Quantities};
use crate::report::Report;
use crate::report::plain::{clean, counted};

/// Rows shown at most; a longer history is in the exported tables. **chosen**: a page stays small.
const MOST_RUNS: usize = 800;

/// Characters of what was noted in one row. **chosen**: a row stays one line on a wide screen.
const MOST_NOTED: usize = 60;

/// Name of a run's row in the page, for links to it.
pub fn row_id(run: usize) -> String {
    format!("run-{run}")
}

/// The section.
pub fn runs(report: &Report, links: &BTreeMap<usize, String>) -> Markup {
    let history = &report.history;
    let said = Quantities::new(report.settings.display);
    let each = history.runs.iter().zip(&history.days).enumerate();
    let all = history.runs.len();
    let noted = history.runs.iter().any(|r| !noted(r).is_empty());
    html! {
        section #runs aria-labelledby="runs-t" {
            h2 id="runs-t" { "Runs" }
            @if all == 0 {
                p.empty { "No runs in these files. Give the folder that holds your exports." }
            } @else {
                p.intro {
                    (counted(all.min(MOST_RUNS), "run", "runs")) ", newest first. Steps a minute are \
                     as run, at the pace of that run. A mark at the end means that something was \
                     repaired or is doubtful; the next section says what, and in which file."
                }
                div.card {
                    div.scroll.tall tabindex="0" role="region" aria-label="Table: all runs" {
                        table.sortable data-of="runs" {
                            thead { tr {
                                th scope="col" { "Date" }
                                th scope="col" { (said.long_unit()) }
                                th scope="col" { "Time" }
                                th scope="col" { "Pace" }
                                th scope="col" { "Steps/min" }
                                th scope="col" { "170–180" }
                                th scope="col" { "Ascent, " (said.height_unit()) }
                                th.text scope="col" { "Device" }
                                @if noted { th.text scope="col" { "Noted" } }
                                th.text scope="col" { "Marks" }
                            } }
                            tbody {
                                @for (index, (run, day)) in each.rev().take(MOST_RUNS) {
                                    @let day = linked(quantities::day(*day), links.get(&index));
                                    (row((index, run), &day, said, noted.then(|| self::noted(run))))
                                }
                            }
                        }
                    }
                    @if all > MOST_RUNS {
                        p.quiet {
                            "The last " (MOST_RUNS) " of " (all) " runs. "
                            code { "lightfoot export" } " writes a row for every one of them."
                        }
                    }
                }
            }
        }
    }
}

/// What was noted about this very run, in short: shoe, surface, exertion, pain.
fn noted(run: &Analysis) -> String {
    let own = |s: &&Stated<String>| s.source != NoteSource::Profile;
    let text = |s: &Option<Stated<String>>| s.as_ref().filter(own).map(|s| s.value.clone());
    let n = &run.noted;
    let of_ten = |s: &Option<Stated<f64>>, what: &str| {
        s.as_ref().map(|s| format!("{what} {}", quantities::figure_of_ten(s.value)))
    };
    let parts = [
        text(&n.shoe),
        text(&n.surface),
        of_ten(&n.exertion, "exertion"),
        of_ten(&n.pain_during, "pain during"),
        of_ten(&n.pain_next_morning, "pain next morning"),
        text(&n.text),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    clean(&quantities::shorten(&parts.join(" · "), MOST_NOTED))
}

/// A day, as a link where the run has a page of its own.
fn linked(day: String, link: Option<&String>) -> Markup {
    html! { @if let Some(link) = link { a href=(link) { (day) } } @else { (day) } }
}

fn row(
    (index, run): (usize, &Analysis),
    day: &Markup,
    said: Quantities,
    noted: Option<String>,
) -> Markup {
    let dash = || "–".to_owned();
    let or_dash = |id: &str, say: &dyn Fn(f64) -> String| run.value(id).map_or_else(dash, say);
    let speed = match (run.value("distance"), run.value("timer")) {
        (Some(m), Some(s)) if s > 0.0 => Some(m / s),
        _ => None,
    };
    let inside = run.reading("cadence_bands");
    let inside = inside.and_then(|r| r.get("in_170_180_share"));
    let climbed = run.reading("ascent").map(|r| r.shown());
    html! {
        tr id=(row_id(index)) {
            th scope="row" { (day) }
            td { (or_dash("distance", &|m| quantities::tenths(said.long(m)))) }
            td { (or_dash("timer", &quantities::clock)) }
            td { (speed.and_then(|v| said.pace_digits(v)).unwrap_or_else(dash)) }
            td { (or_dash("step_rate", &quantities::whole)) }
            td { (inside.map_or_else(dash, quantities::share)) }
            td { (climbed.map_or_else(dash, |m| quantities::whole(said.height_value(m)))) }
            td.text { (clean(&run.meta.device.label())) }
            @if let Some(noted) = noted { td.text.note { (noted) } }
            td.text { (marks(run)) }
        }
    }
}

fn marks(run: &Analysis) -> Markup {
    let worst = run.issues.iter().map(|i| i.severity).max();
    html! {
        @match worst {
            Some(Severity::Doubt) => span title="Something is doubtful or was lost" { "! doubt" },
            Some(Severity::Repaired) => span title="Something was repaired" { "~ repaired" },
            _ => {},
        }
    }
}
