//! Where the load stands today, below its charts.

use maud::{Markup, html};

use crate::references;
use crate::report::{Report, load};
use crate::trend::load_ratios;

/// The card; nothing where nothing is known.
pub fn card(report: &Report) -> Markup {
    let (ahead, now, ratios) = (load::ahead(report), load::now(report), load::ratios(report));
    html! {
        @if !(ahead.is_empty() && now.is_empty()) {
            div.card {
                h3 { "Where it stands" }
                ul { @for line in ahead.iter().chain(&now) { li { (line) } } }
            }
        }
        @if !ratios.is_empty() {
            div.card {
                h3 { "Acute and chronic load, as asked" }
                ul { @for line in &ratios { li { (line) } } }
                p.quiet { (load_ratios::CRITIQUE) }
                p.quiet {
                    @for source in load_ratios::SOURCES.iter().filter_map(|k| references::source(k)) {
                        a href={ "#s-" (source.key) } { (source.authors) " " (source.year) } " "
                    }
                }
            }
        }
    }
}
