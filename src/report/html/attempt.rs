//! One thing to try, where the runner asks or a card speaks of cadence.

use maud::{Markup, html};

use crate::report::{Report, attempt};

/// The section; nothing where nobody asks.
pub fn attempt(report: &Report) -> Markup {
    let found = attempt::stands(report).then(|| attempt::attempt(report));
    html! {
        @if let Some(found) = found {
            section #try aria-labelledby="try-t" {
                h2 id="try-t" { (attempt::TITLE) }
                p.intro { (attempt::OPENING) }
                div.card {
                    @if let Some(found) = &found {
                        div.scroll tabindex="0" role="region" aria-label="Table: steps a minute at your own paces" {
                            table {
                                thead { tr { @for head in attempt::COLUMNS { th scope="col" { (head) } } } }
                                tbody {
                                    @for [pace, now, more] in attempt::rows(report, found) {
                                        tr { th scope="row" { (pace) } td { (now) } td { (more) } }
                                    }
                                }
                            }
                        }
                    }
                    ul { @for line in attempt::lines(found.as_ref()) { li { (line) } } }
                }
            }
        }
    }
}
