//! What deserves attention: at most five cards. None is a good page.

use maud::{Markup, html};

use super::{Described, figures};
use crate::charts::Chart;
use crate::findings::Finding;
use crate::references;
use crate::report::Report;

/// Runs below which nothing can stand out: a jump needs four runs in 30 days.
const ENOUGH_TO_STAND_OUT: usize = 4;

/// The cards.
pub fn attention(report: &Report, charts: &Described) -> Markup {
    html! {
        section #attention aria-labelledby="attention-t" {
            h2 id="attention-t" { "What deserves attention" }
            @if report.findings.is_empty() {
                p.empty {
                    @if report.history.runs.len() < ENOUGH_TO_STAND_OUT {
                        "There is too little history here yet for anything to stand out."
                    } @else {
                        "Nothing stands out against your own history."
                    }
                }
            }
            @for (i, finding) in report.findings.iter().enumerate() { (card(finding, i, charts)) }
        }
    }
}

fn picture<'a>(finding: &Finding, charts: &'a Described) -> Option<&'a Chart> {
    let id = finding.chart?;
    charts.iter().find(|c| c.1 == id).and_then(|c| c.2.as_ref().ok())
}

fn card(finding: &Finding, i: usize, charts: &Described) -> Markup {
    let chart = picture(finding, charts);
    html! {
        article.card aria-labelledby={ "f" (i) } {
            div.finding[chart.is_some()] {
                div {
                    h3 id={ "f" (i) } { (finding.title) }
                    p.number { (finding.number) }
                    p { (finding.so_what) }
                    p.sure { "How sure: " b { (finding.sureness.words()) } ". " (finding.limit) }
                }
                @if let Some(chart) = chart { (figures::small_picture(chart, &format!("f{i}-pic"))) }
            }
            @if !finding.details.is_empty() || !finding.sources.is_empty() {
                details {
                    summary { "What this rests on" }
                    ul { @for line in &finding.details { li { (line) } } }
                    @for source in finding.sources.iter().filter_map(|k| references::source(k)) {
                        p.quiet { a href={ "#s-" (source.key) } { (source.authors) " " (source.year) } }
                    }
                    @if let Some(chart) = chart {
                        p.quiet { "The whole picture: " a href={ "#" (chart.id) } { (chart.title) } "." }
                    }
                }
            }
        }
    }
}
