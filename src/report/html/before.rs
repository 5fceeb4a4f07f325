//! The weeks before a day that the runner named.

use maud::{Markup, html};

use crate::before::Before;
use crate::quantities::{self, Quantities};
use crate::report::{Report, before};

/// The section; nothing without a named day.
pub fn before(report: &Report) -> Markup {
    html! {
        @if let Some(onset) = report.settings.onset {
            section #before aria-labelledby="before-t" {
                @match &report.before {
                    Some(weeks) => {
                        h2 id="before-t" { (before::title(weeks)) }
                        p.intro { (before::days(weeks)) "." }
                        (card(weeks, Quantities::new(report.settings.display)))
                    }
                    None => {
                        h2 id="before-t" { "The four weeks before " (quantities::day(onset)) }
                        p.empty { "No run in these files lies before that day." }
                    }
                }
            }
        }
    }
}

fn card(weeks: &Before, say: Quantities) -> Markup {
    let placed = weeks.rows.iter().any(|r| r.place.is_some());
    let changes = !placed;
    let reaches_back = weeks.rows.iter().any(|r| r.previous.is_some());
    html! {
        div.card {
            @for line in before::marks(weeks).into_iter().chain(before::summary(weeks)) { p { (line) } }
            div.scroll tabindex="0" role="region" aria-label="Table: the four weeks" {
                table {
                    thead { tr {
                        th.text scope="col" { "Looked at" }
                        th.text scope="col" { "These four weeks" }
                        @if reaches_back { th.text scope="col" { "The four weeks before" } }
                        @if reaches_back && changes { th.text scope="col" { "Different?" } }
                        @if placed { th.text scope="col" { "Against your earlier windows" } }
                    } }
                    tbody {
                        @for row in &weeks.rows {
                            @let differs = before::differs(row);
                            @let marked = if placed { row.place.is_some_and(|p| p.stands_out) } else { differs.is_some_and(before::Differs::is_marked) };
                            tr.marked[marked] {
                                th.text scope="row" { (row.title) }
                                td.text { (before::value(row, say)) }
                                @if reaches_back {
                                    td.text { (before::previous(row, say).unwrap_or_else(|| "–".to_owned())) }
                                }
                                @if reaches_back && changes {
                                    td.text { (differs.map_or("–", |d| d.in_words(row.kind))) }
                                }
                                @if placed {
                                    td.text {
                                        @match row.place {
                                            Some(p) if p.stands_out => b { "* stands out: " (before::place(row.kind, p)) },
                                            Some(p) => (before::place(row.kind, p)),
                                            None => "–",
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
            }
            @let beside = before::beside(weeks, say);
            @if !beside.is_empty() { ul { @for line in beside { li { (line) } } } }
        }
    }
}
