//! The head: the one sentence, and who is in which group, by name.

use maud::{Markup, html};

use super::any;
use crate::coach::{Group, Row, Squad, Standing};
use crate::findings::{Answer, say};
use crate::quantities::{counted, day};
use crate::report::plain::clean;

/// Names in the sentence. **chosen**: what one keeps in mind.
const NAMED: usize = 4;
/// Names in a line of the head. **chosen**: two lines of a wide screen.
const LISTED: usize = 8;

/// Characters of a name that is not broken. **chosen**: it fits a phone.
const MOST_UNBROKEN: usize = 20;

/// Title of the page.
pub fn title(squad: &Squad) -> String {
    match clean(&squad.asked.name) {
        name if name.is_empty() => "Who to look at".to_owned(),
        name => format!("Who to look at: {name}"),
    }
}

/// The sentence that could be said aloud.
pub fn sentence(squad: &Squad) -> String {
    let names: Vec<String> =
        squad.standing(Standing::Look).map(|row| clean(&row.athlete.who.name)).collect();
    let all = counted(squad.count(), "athlete", "athletes");
    let since = squad.asked.since.map(|day| format!(" since {}", say::day(day)));
    let since = since.unwrap_or_default();
    match names.as_slice() {
        [] => format!("Nothing stands out in {all}{since}."),
        [one] => format!("Of {all}, one asks for a look{since}: {one}."),
        many if many.len() <= NAMED => {
            let words = say::count(many.len());
            format!("Of {all}, {words} ask for a look{since}: {}.", say::listed(many))
        }
        many => {
            let first = many.get(..NAMED).map(say::listed).unwrap_or_default();
            format!("Of {all}, {} ask for a look{since}, first {first}.", say::count(many.len()))
        }
    }
}

/// The head.
pub fn head(squad: &Squad) -> Markup {
    html! {
        header.top {
            h1 { (title(squad)) }
            p.meta {
                (counted(squad.count(), "athlete", "athletes"))
                @if let Some(today) = squad.asked.today { " · as of " (day(today)) }
                @if let Some(since) = squad.asked.since { " · new since " (day(since)) }
            }
            p.lead { (unbroken(squad, &sentence(squad))) }
            ul.lines {
                @for group in Group::ALL { (line(group.word(), in_group(squad, group), nobody(group))) }
                @if any(squad, Standing::Unread) {
                    (line("Can't be told", squad.standing(Standing::Unread).collect(), ""))
                }
                @if !squad.still_stands().is_empty() { (line("Still stands", squad.still_stands(), "")) }
                (nothing_new(squad))
            }
        }
    }
}

/// The sentence with its names whole: a line breaks between them and not at a hyphen.
fn unbroken(squad: &Squad, sentence: &str) -> Markup {
    let mut names: Vec<String> =
        squad.standing(Standing::Look).map(|row| clean(&row.athlete.who.name)).collect();
    names.retain(|name| name.contains('-') && name.chars().count() <= MOST_UNBROKEN);
    let mut rest = sentence;
    html! {
        @while let Some((before, name, after)) = next_name(rest, &names) {
            (before) span.unbroken { (name) }
            @let () = rest = after;
        }
        (rest)
    }
}

/// The first of some names in a text, with what stands before and after it.
fn next_name<'a>(text: &'a str, names: &[String]) -> Option<(&'a str, &'a str, &'a str)> {
    let found = names.iter().filter_map(|name| Some((text.find(name.as_str())?, name.len())));
    let (at, length) = found.min_by_key(|(at, length)| (*at, std::cmp::Reverse(*length)))?;
    let (before, rest) = text.split_at_checked(at)?;
    let (name, after) = rest.split_at_checked(length)?;
    Some((before, name, after))
}

fn in_group(squad: &Squad, group: Group) -> Vec<&Row> {
    let has = |row: &&Row| row.notices.iter().any(|notice| notice.group == group);
    squad.standing(Standing::Look).filter(has).collect()
}

/// What is said where there is nobody: no note is not no pain.
fn nobody(group: Group) -> &'static str {
    if group == Group::Pain { "no note" } else { "nobody" }
}

fn line(topic: &str, rows: Vec<&Row>, nobody: &str) -> Markup {
    html! {
        li {
            span.topic { (topic) }
            span.said {
                @if rows.is_empty() { span.quiet { (nobody) } }
                @for (i, row) in rows.iter().take(LISTED).enumerate() {
                    @if i > 0 { ", " }
                    a.name href={ "#a-" (row.athlete.who.id) } { (clean(&row.athlete.who.name)) }
                }
                @if rows.len() > LISTED { " and " (rows.len() - LISTED) " more" }
            }
            span.word { (rows.len()) }
        }
    }
}

/// What is said of those without a notice.
pub fn quiet_heading(squad: &Squad) -> &'static str {
    if squad.asked.since.is_some() { "Nothing new stands out" } else { "Nothing stands out" }
}

fn nothing_new(squad: &Squad) -> Markup {
    let quiet: Vec<&Row> = squad.standing(Standing::Quiet).collect();
    let untold = quiet.iter().filter(|r| r.athlete.cadence.0 == Answer::CannotTell).count();
    let old = squad.nothing_new.len();
    html! {
        @if !quiet.is_empty() {
            li {
                span.topic { "Quiet" }
                span.said {
                    a href="#quiet" { (quiet_heading(squad)) }
                    @if untold > 0 { "; cadence can't be told of " (untold) }
                }
                span.word { (quiet.len()) }
            }
        }
        @if old > 0 {
            li {
                span.topic { "Not run" }
                span.said { a href="#no-run" { "No run and nothing new since then" } }
                span.word { (old) }
            }
        }
    }
}
