//! Those who need nothing today: one calm list, counted, nobody left out; and those who have not run
//! since the day asked for.

use maud::{Markup, html};

use super::any;
use super::athletes::name;
use super::head::quiet_heading;
use crate::coach::{Row, Squad, Standing};
use crate::findings::Answer;
use crate::quantities::{Quantities, counted, day, day_month};

/// Those with nothing new, in the order of the alphabet.
pub fn quiet(squad: &Squad) -> Markup {
    let rows: Vec<&Row> = squad.standing(Standing::Quiet).collect();
    html! {
        @if any(squad, Standing::Quiet) {
            section #quiet aria-labelledby="quiet-t" {
                h2 id="quiet-t" {
                    (quiet_heading(squad)) ": " (rows.len()) " of " (squad.count())
                }
                p.intro { "In the order of the alphabet. " (cadence_counted(&rows)) }
                div.card {
                    ul.calm {
                        @for row in rows {
                            li id={ "a-" (row.athlete.who.id) } {
                                (name(row)) " " span.quiet { (last(row, squad)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// `Cadence at own pace: unchanged in 5, can't tell in 3 (too few runs).`
fn cadence_counted(rows: &[&Row]) -> String {
    let of = |answer: Answer| rows.iter().filter(|r| r.athlete.cadence.0 == answer).count();
    let told = [
        (of(Answer::Unchanged), "unchanged in"),
        (of(Answer::Changed), "changed, too little for the list, in"),
        (of(Answer::CannotTell), "can't be told of"),
    ];
    let told: Vec<String> =
        told.iter().filter(|t| t.0 > 0).map(|(n, words)| format!("{words} {n}")).collect();
    format!("Cadence at own pace: {}.", told.join("; "))
}

/// Last run, runs, and cadence where it is not simply unchanged.
fn last(row: &Row, squad: &Squad) -> String {
    let said = squad.asked.said;
    let session = row.athlete.last.as_ref();
    let mut parts: Vec<String> = session.map(|s| s.words(said)).into_iter().collect();
    let runs = counted(row.new_runs, "run", "runs");
    let when = if squad.asked.since.is_some() { " since" } else { " in 4 weeks" };
    parts.push(format!("{runs}{when}"));
    if row.athlete.cadence.0 != Answer::Unchanged {
        parts.push(format!("cadence {}", row.athlete.cadence.1));
    }
    parts.join(" · ")
}

/// With a day asked for: those with no run and nothing new since, each with their last run.
pub fn no_run(squad: &Squad) -> Markup {
    let Some(since) = squad.asked.since else { return Markup::default() };
    let rows = &squad.nothing_new;
    html! {
        @if !rows.is_empty() {
            section #no-run aria-labelledby="no-run-t" {
                h2 id="no-run-t" {
                    "No run and nothing new since " (day_month(since)) ": " (rows.len()) " of " (squad.count())
                }
                p.intro { "In the order of the alphabet, with the last run of each." }
                div.card {
                    ul.calm {
                        @for row in rows {
                            li id={ "a-" (row.athlete.who.id) } {
                                (name(row)) " " span.quiet { (gone(row, squad.asked.said)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn gone(row: &Row, said: Quantities) -> String {
    let mut parts = Vec::new();
    match (&row.athlete.problem, &row.athlete.last) {
        (Some(problem), _) => parts.push(crate::report::plain::clean(problem)),
        (None, Some(last)) => parts.push(match last.distance_m {
            Some(metres) => format!("{} on {}", said.distance(metres), day(last.day)),
            None => day(last.day),
        }),
        (None, None) => parts.push("no run".to_owned()),
    }
    if row.athlete.problem.is_none() && row.has_undated() {
        parts.push("files without a date gave nothing".to_owned());
    }
    parts.join(" · ")
}
