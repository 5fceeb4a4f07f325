//! The rows: those to look at with their pictures, those of whom nothing could be read, the quiet.

use maud::{Markup, html};

use super::any;
use super::head::quiet_heading;
use crate::charts::Panel;
use crate::charts::svg::{Width, left_margin_px};
use crate::coach::athlete::{RUN_DAYS, Session};
use crate::coach::{Notice, Ranked, Row, Squad, Standing, sparks};
use crate::quantities::{Quantities, counted, day, day_month, signed, tenths};
use crate::report::html::trusted;
use crate::report::plain::clean;

/// Those to look at, in the order of attention.
pub fn look(squad: &Squad) -> Markup {
    html! {
        section #look aria-labelledby="look-t" {
            h2 id="look-t" { "Who to look at" }
            @if any(squad, Standing::Look) {
                p.intro {
                    "Each against their own past, never against each other: this is no order of \
                     technique. The bold words say why a row stands where it stands and open the run \
                     that shows it; the name opens the athlete's own page."
                }
                div.heads aria-hidden="true" {
                    span { "Athlete" }
                    span { "Why here" }
                    span { (CADENCE_CAPTION) }
                    span { (runs_caption(squad.asked.said)) }
                }
                ol.squad {
                    @for (at, row) in squad.standing(Standing::Look).enumerate() {
                        (row_of(row, at + 1, squad))
                    }
                }
            } @else {
                p.empty { "Nothing stands out against anybody's own past." }
            }
        }
    }
}

/// Name of an athlete, a link to their page where there is one.
pub fn name(row: &Row) -> Markup {
    let who = &row.athlete.who;
    html! {
        @match &who.page {
            Some(page) => a href=(page) { (clean(&who.name)) },
            None => (clean(&who.name)),
        }
    }
}

/// A session in words, a link to its place in the athlete's page where there is one.
fn session(row: &Row, session: &Session, words: &str) -> Markup {
    html! {
        @match row.athlete.link(session) {
            Some(link) => a href=(link) { (words) },
            None => (words),
        }
    }
}

fn sentence(row: &Row, notice: &Notice, said: Quantities) -> Markup {
    html! {
        (notice.before)
        @if let Some(s) = &notice.session { (session(row, s, &s.words(said))) }
        (notice.after)
        @if let Some(sureness) = notice.sureness { " " span.sure { "(" (sureness.words()) ")" } }
        (notice.end())
    }
}

fn row_of(row: &Row, place: usize, squad: &Squad) -> Markup {
    let said = squad.asked.said;
    let id = &row.athlete.who.id;
    html! {
        li.card id={ "a-" (id) } {
            div.who {
                h3 { span.place { (place) } " " (name(row)) }
                (last_run(row, squad))
                @if !row.pain.is_empty() { p.quiet { a href="#pain" { "Noted pain" } } }
            }
            div.why {
                @for (at, Ranked { notice, .. }) in row.notices.iter().enumerate() {
                    p.reason[at == 0].also[at > 0] {
                        span.group { (notice.group.word()) } " "
                        (sentence(row, notice, said))
                    }
                }
            }
            (pictures(row, squad))
            (numbers(row, squad))
        }
    }
}

fn last_run(row: &Row, squad: &Squad) -> Markup {
    let said = squad.asked.said;
    let since = squad.asked.since.is_some();
    html! {
        @if let Some(last) = &row.athlete.last {
            p.quiet {
                "Last run "
                @if squad.asked.today.is_some_and(|today| today.year() == last.day.year()) {
                    (day_month(last.day))
                } @else { (day(last.day)) }
                @if let Some(metres) = last.distance_m { ", " span.unbroken { (said.distance(metres)) } }
            }
        }
        p.quiet {
            (counted(row.new_runs, "run", "runs")) @if since { " since" } @else { " in four weeks" }
        }
    }
}

fn pictures(row: &Row, squad: &Squad) -> Markup {
    let Some(today) = squad.asked.today else { return Markup::default() };
    let (id, said) = (&row.athlete.who.id, squad.asked.said);
    html! {
        (picture(
            sparks::cadence(&row.athlete, today).as_ref(),
            &format!("c-{id}"),
            CADENCE_CAPTION,
            "Too few runs with cadence at own pace in 16 weeks",
        ))
        (picture(
            sparks::runs(&row.athlete, today, said).as_ref(),
            &format!("r-{id}"),
            &runs_caption(said),
            "No run with a distance in 4 weeks",
        ))
    }
}

/// What the first picture of a row shows.
const CADENCE_CAPTION: &str = "Cadence at own pace, 16 weeks: steps a minute from own usual, and the \
    trend; dashed: another watch";

/// What the second picture of a row shows.
fn runs_caption(said: Quantities) -> String {
    format!("Runs of 4 weeks, {}; dashed: longest of 30 days before", said.long_unit())
}

fn picture(panel: Option<&Panel>, id: &str, caption: &str, empty: &str) -> Markup {
    html! {
        figure {
            @if let Some(panel) = panel {
                (trusted::drawing(panel, Width::Spark, left_margin_px(panel), id))
                figcaption { (caption) }
            } @else {
                figcaption.none { (empty) }
            }
        }
    }
}

/// The runs of four weeks behind both pictures.
fn numbers(row: &Row, squad: &Squad) -> Markup {
    let said = squad.asked.said;
    let unit = said.long_unit();
    let runs: Vec<_> = match squad.asked.today {
        Some(today) => sparks::recent(&row.athlete, today, RUN_DAYS).collect(),
        None => Vec::new(),
    };
    let or_dash = |text: Option<String>| text.unwrap_or_else(|| "–".to_owned());
    html! {
        @if !runs.is_empty() {
            details {
                summary { "Runs of four weeks" }
                div.scroll tabindex="0" role="region" aria-label={ "Table: runs of " (clean(&row.athlete.who.name)) } {
                    table {
                        thead { tr {
                            th scope="col" { "Date" }
                            th scope="col" { (unit) }
                            th scope="col" { "Longest of 30 days before, " (unit) }
                            th scope="col" { "Steps/min from own usual" }
                            th.text scope="col" { "Watch" }
                        } }
                        tbody {
                            @for run in runs.iter().rev() {
                                tr {
                                    th scope="row" { (session(row, &run.session, &day(run.session.day))) }
                                    td { (or_dash(run.session.distance_m.map(|m| tenths(said.long(m))))) }
                                    td { (or_dash(run.longest_before_m.map(|m| tenths(said.long(m))))) }
                                    td { (or_dash(run.from_usual_spm.map(signed))) }
                                    td.text { @if run.new_device { "changed" } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// What was there before the day asked for and still is, with the athletes' names.
pub fn still_stands(squad: &Squad) -> Markup {
    let said = squad.asked.said;
    html! {
        @if !squad.still_stands().is_empty() {
            section #stands aria-labelledby="stands-t" {
                h2 id="stands-t" { "Still stands from before" }
                div.card {
                    dl.facts {
                        @for row in squad.still_stands() {
                            dt id=[(row.standing == Standing::Stands).then(|| format!("a-{}", row.athlete.who.id))] {
                                (name(row))
                            }
                            @for Ranked { notice, .. } in &row.stood_before {
                                dd { (sentence(row, notice, said)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Those of whom nothing could be read.
pub fn unread(squad: &Squad) -> Markup {
    html! {
        @if any(squad, Standing::Unread) {
            section #unread aria-labelledby="unread-t" {
                h2 id="unread-t" { "Nothing can be told" }
                p.intro { "Of these athletes nothing is known: that is not the same as nothing new." }
                div.card {
                    dl.facts {
                        @for row in squad.standing(Standing::Unread) {
                            dt id={ "a-" (row.athlete.who.id) } { (name(row)) }
                            dd { (row.athlete.problem.as_deref().map(clean).unwrap_or_default()) }
                        }
                    }
                }
            }
        }
    }
}

/// Those with nothing new, in the order of the alphabet.
pub fn quiet(squad: &Squad) -> Markup {
    let said = squad.asked.said;
    let runs = if squad.asked.since.is_some() { "Runs since" } else { "Runs, 4 weeks" };
    html! {
        @if any(squad, Standing::Quiet) {
            section #quiet aria-labelledby="quiet-t" {
                h2 id="quiet-t" { (quiet_heading(squad)) }
                p.intro { "In the order of the alphabet. Can't tell: too few runs to say anything about cadence." }
                div.card {
                    div.scroll.tall tabindex="0" role="region" aria-label="Table: athletes with nothing new" {
                        table.quiet-rows {
                            thead { tr {
                                th scope="col" { "Athlete" }
                                th.text scope="col" { "Last run" }
                                th scope="col" { (said.long_unit()) }
                                th scope="col" { (runs) }
                                th.text scope="col" { "Cadence at own pace" }
                            } }
                            tbody {
                                @for row in squad.standing(Standing::Quiet) { (quiet_row(row, said)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn quiet_row(row: &Row, said: Quantities) -> Markup {
    let last = row.athlete.last.as_ref();
    html! {
        tr id={ "a-" (row.athlete.who.id) } {
            th scope="row" {
                (name(row))
                @if !row.pain.is_empty() { " " a.quiet href="#pain" { "noted pain" } }
            }
            td.text { (last.map(|s| day(s.day)).unwrap_or_default()) }
            td data-unit=(said.long_unit()) { (last.and_then(|s| s.distance_m).map(|m| tenths(said.long(m))).unwrap_or_default()) }
            td data-unit=(if row.new_runs == 1 { "run" } else { "runs" }) { (row.new_runs) }
            td.text { (row.athlete.cadence.1) }
        }
    }
}
