//! `explain knee` and `explain what_if`: the texts that every reader gets, as the page has them.

use std::collections::BTreeSet;

use lightfoot::education::{Section, knee as text, red_flags, what_if as model};
use lightfoot::report::plain::wrap;
use lightfoot::report::terminal::{PLAIN, STRONG, WIDTH, bullet};

use super::explain::{paragraph, sources};

/// The text on knees, red flags first.
pub fn knee() -> String {
    let mut out = format!("{STRONG}{}{PLAIN}\n\n", text::TITLE);
    out.push_str(&lines(red_flags::OPENING));
    let signs = [
        (red_flags::SAME_DAY_HEADING, red_flags::SAME_DAY),
        (red_flags::WITHIN_DAYS_HEADING, red_flags::WITHIN_DAYS),
    ];
    for (heading, signs) in signs {
        out.push_str(&format!("\n{STRONG}{heading}{PLAIN}\n"));
        signs.iter().for_each(|sign| out.push_str(&bullet(sign)));
    }
    for section in text::SECTIONS {
        out.push_str(&format!("\n{STRONG}{}{PLAIN}\n", section.heading));
        out.push_str(&body(section));
    }
    out.push_str(&format!("\n`lightfoot explain what_if`: {}.\n\n", model::TITLE.to_lowercase()));
    // Every source once, in the order of its first mention.
    let mut seen = BTreeSet::new();
    let cited = text::SECTIONS.iter().flat_map(|s| s.sources).copied();
    let keys: Vec<&str> = cited.filter(|key| seen.insert(*key)).collect();
    out.push_str(&sources(&keys));
    out
}

fn body(section: &Section) -> String {
    let mut out = lines(section.opening);
    for point in section.points {
        out.push_str(&bullet(&format!("{}: {}", point.about, point.says)));
    }
    out.push_str(&lines(section.closing));
    out
}

/// What more steps would do to modelled load.
pub fn what_if() -> String {
    let mut out = format!("{STRONG}{}{PLAIN}\n\n", model::TITLE);
    out.push_str(&lines(model::OPENING));
    out.push('\n');
    let rows: Vec<[String; 5]> = model::table().iter().map(model::Row::in_words).collect();
    let heads = model::COLUMNS.map(|head| wrap(head, COLUMN - 2));
    let deepest = heads.iter().map(Vec::len).max().unwrap_or_default();
    for line in 0..deepest {
        let cells = heads.iter().map(|head| head.get(line).map_or("", String::as_str));
        out.push_str(&row(cells));
    }
    for cells in &rows {
        out.push_str(&row(cells.iter().map(String::as_str)));
    }
    out.push('\n');
    model::LIMITS.iter().for_each(|limit| out.push_str(&bullet(limit)));
    out.push('\n');
    let exponents = model::EXPONENTS.map(|e| format!("{:.2} {}", e.k, e.of)).join("; ");
    let formula = format!(
        "Load of a step (1 + r)^-k, of a kilometre (1 + r)^(1 - k), with wear (1 + r)^(1 - k m); \
         r the change of step rate within {:.0} %, m = 1 and 4, k = {exponents}.",
        100.0 * model::FURTHEST
    );
    out.push_str(&paragraph("Formula", &formula));
    out.push_str(&sources(model::SOURCES));
    out
}

/// Width of a column of the table.
const COLUMN: usize = 15;

fn row<'a>(cells: impl Iterator<Item = &'a str>) -> String {
    let line: String = cells.map(|cell| format!("  {cell:<width$}", width = COLUMN - 2)).collect();
    format!("{}\n", line.trim_end())
}

fn lines(text: &str) -> String {
    wrap(text, WIDTH - 2).iter().map(|line| format!("  {line}\n")).collect()
}
