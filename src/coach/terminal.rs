//! The squad in a terminal of 80 columns.

use super::notices::Notice;
use super::order::{Row, Squad, Standing};
use super::page;
use crate::education::red_flags;
use crate::quantities::{day, day_month, shorten};
use crate::report::plain::{clean, counted, wrap};
use crate::report::terminal::{PLAIN, QUIET, STRONG, WIDTH, bullet};

/// Columns of a name.
const NAME: usize = 18;
/// Columns of a day: `30 Sep`.
const DAY: usize = 6;
/// Columns before the words of a row.
const INDENT: usize = 3 + 2 + NAME + 1 + DAY + 2;
/// Names in one line before the rest is only counted. **chosen**
const NAMED: usize = 12;

/// The table.
pub fn write(squad: &Squad) -> String {
    let mut out = String::new();
    let as_of = squad.asked.today.map(|today| format!(", as of {}", day(today)));
    let count = counted(squad.count(), "athlete", "athletes");
    out.push_str(&format!("{QUIET}{count}{}{PLAIN}\n\n", as_of.unwrap_or_default()));
    for line in wrap(&page::sentence(squad), WIDTH) {
        out.push_str(&format!("{STRONG}{line}{PLAIN}\n"));
    }
    if squad.hurt() {
        out.push('\n');
        out.push_str(&red_flags(squad));
    }
    if squad.standing(Standing::Look).next().is_some() {
        out.push_str(&format!("\n{QUIET}     {:<NAME$} {:<DAY$}  Why{PLAIN}\n", "Athlete", "Last"));
    }
    for (at, row) in squad.standing(Standing::Look).enumerate() {
        out.push_str(&look(row, at + 1, squad));
    }
    out.push_str(&sureness(squad));
    out.push_str(&under("Nothing can be told", &unread(squad)));
    out.push_str(&under("Still stands from before", &still(squad)));
    if let Some(since) = squad.asked.since {
        let n = squad.nothing_new.len();
        let heading = format!("No run and nothing new since {}: {n}", day(since));
        out.push_str(&under(&heading, &no_run(squad)));
    }
    let calm = squad.standing(Standing::Quiet).count();
    let heading = format!("{}: {calm} of {}", page::quiet_heading(squad), squad.count());
    out.push_str(&under(&heading, &quiet(squad)));
    out.push_str(&under("Set aside", &aside(squad)));
    out
}

fn look(row: &Row, place: usize, squad: &Squad) -> String {
    let name = shorten(&clean(&row.athlete.who.name), NAME);
    let last = row.athlete.last.as_ref().map(|s| day_month(s.day)).unwrap_or_default();
    let mut out = format!("{place:>3}  {STRONG}{name:<NAME$}{PLAIN} {last:<DAY$}  ");
    let mut lines = Vec::new();
    for notice in &row.notices {
        let text = clean(&format!("{}: {}", notice.group.word(), notice.told(squad.asked.said)));
        lines.extend(wrap(&text, WIDTH - INDENT));
    }
    let joint = format!("\n{:INDENT$}", "");
    out.push_str(&lines.join(&joint));
    out.push('\n');
    out
}

/// What the words in brackets mean, where one of them stands.
fn sureness(squad: &Squad) -> String {
    let told = |word: &str| {
        let notices = squad.rows.iter().flat_map(|row| row.notices.iter().chain(&row.stood_before));
        notices.filter_map(|n| n.sureness).any(|sure| sure.words() == word)
    };
    let words = page::SURENESS.iter().filter(|(word, _)| told(word));
    let text: Vec<String> = words.map(|(word, means)| format!("{word}: {means}")).collect();
    let lines: Vec<String> = text.iter().flat_map(|text| wrap(text, WIDTH - 5)).collect();
    let all: String = lines.iter().map(|line| format!("     {QUIET}{line}{PLAIN}\n")).collect();
    if all.is_empty() { all } else { format!("\n{all}") }
}

fn under(heading: &str, lines: &[String]) -> String {
    if lines.is_empty() {
        return String::new();
    }
    let bullets: String = lines.iter().map(|line| bullet(line)).collect();
    format!("\n{STRONG}{heading}{PLAIN}\n{bullets}")
}

fn unread(squad: &Squad) -> Vec<String> {
    let line = |row: &Row| {
        let problem = row.athlete.problem.as_deref().unwrap_or_default();
        clean(&format!("{}: {problem}", row.athlete.who.name))
    };
    squad.standing(Standing::Unread).map(line).collect()
}

fn still(squad: &Squad) -> Vec<String> {
    let line = |row: &Row, notice: &Notice| {
        let said = notice.told(squad.asked.said);
        clean(&format!("{}: {said}", row.athlete.who.name))
    };
    let rows = squad.still_stands().into_iter();
    rows.flat_map(|row| row.stood_before.iter().map(move |notice| line(row, notice))).collect()
}

fn quiet(squad: &Squad) -> Vec<String> {
    let names: Vec<String> =
        squad.standing(Standing::Quiet).map(|row| clean(&row.athlete.who.name)).collect();
    listed(&names).into_iter().collect()
}

/// With a day asked for: those with no run and nothing new since, each with the day of the last.
fn no_run(squad: &Squad) -> Vec<String> {
    let name = |row: &Row| clean(&row.athlete.who.name);
    let last = |row: &Row| {
        let last = row.athlete.last.as_ref();
        let day = last.map_or_else(|| "no run".to_owned(), |last| day_month(last.day));
        format!("{} ({day})", name(row))
    };
    let all: Vec<String> = squad.nothing_new.iter().map(last).collect();
    let undated: Vec<String> =
        squad.nothing_new.iter().filter(|row| row.has_undated()).map(name).collect();
    let mut lines = Vec::new();
    if !all.is_empty() {
        lines.push(format!("last run of each: {}", all.join(", ")));
    }
    let names = listed(&undated);
    lines.extend(names.map(|names| format!("of them with unread files of no date: {names}")));
    lines
}

fn aside(squad: &Squad) -> Vec<String> {
    let names: Vec<String> = squad.asked.set_aside.iter().map(|name| clean(name)).collect();
    let n = counted(names.len(), "thing belongs", "things belong");
    let mut lines: Vec<String> =
        listed(&names).map(|names| format!("{n} to no athlete: {names}")).into_iter().collect();
    if !squad.asked.not_shared.is_empty() {
        lines.push(format!(
            "not taken over from the profile beside the squad, as it is one person's: {}",
            squad.asked.not_shared.join(", ")
        ));
    }
    lines
}

/// The first names and how many more there are; `None` of none.
fn listed(names: &[String]) -> Option<String> {
    let shown = names.get(..NAMED.min(names.len()))?.join(", ");
    match names.len() {
        0 => None,
        n if n > NAMED => Some(format!("{shown} and {} more", n - NAMED)),
        _ => Some(shown),
    }
}

/// Who noted pain, and the signs that want a person.
pub fn red_flags(squad: &Squad) -> String {
    let mut out = format!("{STRONG}Pain was noted{PLAIN}\n");
    for row in squad.noted_pain() {
        let notes: Vec<String> = row
            .pain
            .iter()
            .rev()
            .take(2)
            .map(|note| format!("{} ({})", note.as_written(), day_month(note.day)))
            .collect();
        out.push_str(&bullet(&clean(&format!("{}: {}", row.athlete.who.name, notes.join("; ")))));
    }
    for line in wrap(red_flags::OPENING, WIDTH - 2) {
        out.push_str(&format!("  {line}\n"));
    }
    for (heading, signs) in [
        (red_flags::SAME_DAY_HEADING, red_flags::SAME_DAY),
        (red_flags::WITHIN_DAYS_HEADING, red_flags::WITHIN_DAYS),
    ] {
        out.push_str(&format!("  {STRONG}{heading}{PLAIN}\n"));
        signs.iter().for_each(|sign| out.push_str(&bullet(sign)));
    }
    out
}
