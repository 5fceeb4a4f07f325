//! The rows: those to look at with their pictures, what stands from before, those of whom nothing
//! could be read.

use maud::{Markup, html};

use super::{any, key};
use crate::charts::Panel;
use crate::charts::svg::{Width, left_margin_px};
use crate::coach::athlete::{CADENCE_DAYS, RUN_DAYS, Session};
use crate::coach::sparks::{self, Shown};
use crate::coach::{Fault, Group, Notice, Row, Squad, Standing};
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
                     technique. Bold: why a row stands where it stands; its link opens the run that \
                     shows it. A name opens the athlete's own page."
                }
                (key::key(squad))
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
    let many = notice.earlier.len();
    html! {
        (notice.before)
        @for (at, s) in notice.earlier.iter().enumerate() {
            (session(row, s, &day_month(s.day))) @if at + 1 < many { ", " } @else { " and " }
        }
        @if let Some(s) = &notice.session { (session(row, s, &s.words(said))) }
        (notice.after)
        @if let Some(sureness) = notice.sureness { " " span.sure { "(" (sureness.words()) ")" } }
        (notice.end())
    }
}

/// Where the athlete's page shows over time what is said.
fn over_time(row: &Row, notice: &Notice) -> Markup {
    let chart = notice.of_kind().and_then(|kind| kind.chart);
    html! {
        @if let Some((link, words)) = chart.and_then(|(id, words)| Some((row.athlete.chart(id)?, words))) {
            " " a.over-time href=(link) { (words) }
        }
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
            }
            div.why {
                @for (at, notice) in row.notices.iter().enumerate() {
                    p.reason[at == 0].also[at > 0] {
                        span.group { (notice.group.word()) } " "
                        (sentence(row, notice, said))
                        (over_time(row, notice))
                        @if notice.group == Group::Pain { " " a.over-time href="#pain" { "As noted" } }
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
        p.quiet {
            @if let Some(last) = &row.athlete.last {
                "Last run "
                @if squad.asked.today.is_some_and(|today| today.year() == last.day.year()) {
                    (day_month(last.day))
                } @else { (day(last.day)) }
                @if let Some(metres) = last.distance_m { ", " span.unbroken { (said.distance(metres)) } }
                " · "
            }
            span.unbroken {
                (counted(row.new_runs, "run", "runs")) @if since { " since" } @else { " in 4 weeks" }
            }
        }
    }
}

fn pictures(row: &Row, squad: &Squad) -> Markup {
    let (Some(today), since, said) = (squad.asked.today, squad.asked.since, squad.asked.said)
    else {
        return Markup::default();
    };
    let (id, athlete) = (&row.athlete.who.id, &row.athlete);
    let shown = Shown { today, since, said };
    let faults =
        |days, touches| sparks::fault_words(&sparks::at_fault(athlete, today, days, touches));
    html! {
        (picture(
            sparks::cadence(athlete, shown).as_ref(),
            &format!("c-{id}"),
            "Too few runs with cadence at own pace in 16 weeks.",
            faults(CADENCE_DAYS, Fault::is_of_cadence),
        ))
        (picture(
            sparks::runs(athlete, shown).as_ref(),
            &format!("r-{id}"),
            "No run with a distance in 4 weeks.",
            faults(RUN_DAYS, Fault::is_of_distance),
        ))
    }
}

/// A picture with the days that it marks; what it shows is told once, above the list.
fn picture(panel: Option<&Panel>, id: &str, empty: &str, faults: Option<String>) -> Markup {
    html! {
        figure {
            @if let Some(panel) = panel {
                (trusted::drawing(panel, Width::Spark, SPARK_LEFT_PX.max(left_margin_px(panel)), id))
                @if let Some(faults) = &faults { figcaption { b { "×" } " " (faults) } }
            } @else {
                figcaption.none { (empty) @if let Some(faults) = &faults { " " (faults) } }
            }
        }
    }
}

/// Left margin of the pictures, so that all of a column begin at one place. **chosen**: three digits.
const SPARK_LEFT_PX: i32 = 36;

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
                            th.text scope="col" { "Data" }
                        } }
                        tbody {
                            @for run in runs.iter().rev() {
                                tr {
                                    th scope="row" { (session(row, &run.session, &day(run.session.day))) }
                                    td { (or_dash(run.session.distance_m.map(|m| tenths(said.long(m))))) }
                                    td { (or_dash(run.longest_before_m.map(|m| tenths(said.long(m))))) }
                                    td { (or_dash(run.from_usual_spm.map(signed))) }
                                    td.text { @if run.new_device { "changed" } }
                                    td.text { @if !run.faults.is_empty() { "× " (sparks::words_of(&run.faults)) } }
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
                            dt id=[own_place(row, squad)] {
                                (name(row))
                            }
                            @for notice in &row.stood_before {
                                dd { (sentence(row, notice, said)) (over_time(row, notice)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The row's place on the page, where it has no other: who has not run stands in a list of their own.
fn own_place(row: &Row, squad: &Squad) -> Option<String> {
    let id = &row.athlete.who.id;
    let old = squad.nothing_new.iter().any(|old| old.athlete.who.id == *id);
    let here = row.standing == Standing::Stands && !old;
    here.then(|| format!("a-{id}"))
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
