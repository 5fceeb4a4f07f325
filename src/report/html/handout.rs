//! Twelve weeks on one printed side: a table, what stands beside it, and no interpretation.

use maud::{DOCTYPE, Markup, html};

use super::{head, knee};
use crate::charts::Table;
use crate::education::INTENDED_PURPOSE;
use crate::quantities::span;
use crate::report::Report;
use crate::report::handout::{self, Handout};
use crate::report::share::NOTICE;
use crate::settings::Sharing;

/// The side as one string: the same bytes for the same report.
pub fn render(report: &Report) -> String {
    let found = handout::handout(report);
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                (super::page_head(&head::title(report)))
            }
            body.handout.roomy[is_short(report, found.as_ref())] {
                main #main {
                    h1 { (head::title(report)) }
                    @match found {
                        Some(found) => (side(report, &found)),
                        None => p.empty { "No runs in these files." },
                    }
                    p.quiet { (INTENDED_PURPOSE) }
                }
            }
        }
    };
    super::trusted::finished(page)
}

/// Lines up to which larger letters still find room on one side of paper. **chosen**: twelve weeks
/// and as many lines beside them.
const FEW_LINES: usize = 24;

/// Whether the side has room for larger letters.
fn is_short(report: &Report, found: Option<&Handout>) -> bool {
    let lines = |it: &Handout| it.rows.len() + it.facts.iter().map(|f| f.1.len()).sum::<usize>();
    !report.history.hurt() && found.is_none_or(|it| lines(it) <= FEW_LINES)
}

fn side(report: &Report, handout: &Handout) -> Markup {
    let table = Table { columns: handout.columns.clone(), rows: handout.rows.clone() };
    html! {
        p.meta { (span(handout.span.0, handout.span.1)) ", as recorded and as noted by the runner; no interpretation." }
        @if report.settings.sharing == Sharing::Shared { p.meta { (NOTICE) } }
        (super::figures::table(&table, "the weeks"))
        p.quiet {
            "A dash: not recorded, or not known well enough. Descent needs a barometer. Steps a "
            "minute count both feet, at one pace on the level: the mean of the week's runs. A step "
            "on the day of a new watch may be the watch."
        }
        dl.facts {
            @for (name, lines) in handout.facts.iter().filter(|f| !f.1.is_empty()) {
                dt { (name) }
                dd { @for line in lines { div { (line) } } }
            }
        }
        @if report.history.hurt() {
            h2 { "When to see a professional" }
            (knee::red_flags())
        }
    }
}
