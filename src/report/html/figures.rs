//! A described chart as a figure: title, takeaway, key, picture, and one fold with the numbers.

use maud::{Markup, html};

use super::trusted;
use crate::charts::svg::{Width, left_margin_px, variable};
use crate::charts::{Chart, KeyItem, Layout, Panel, Swatch, Table};
use crate::metrics;
use crate::report::plain::clean;

/// Rows that a fold shows at most; more are in the exported tables. **chosen**: a page stays small.
const MOST_ROWS: usize = 420;

/// The figure of a chart.
pub fn figure(chart: &Chart) -> Markup {
    let half = chart.layout == Layout::Half;
    html! {
        figure.card.half[half] id=(chart.id) aria-labelledby={ (chart.id) "-t" } {
            div.picture {
                h3 id={ (chart.id) "-t" } { (chart.title) }
                p.takeaway { (chart.takeaway) }
                (key(&chart.key))
                (pictures(chart, chart.id))
            }
            (fold(chart))
        }
    }
}

/// The pictures of a chart without its words; `id` keeps ids unique where a chart is shown twice.
pub fn pictures(chart: &Chart, id: &str) -> Markup {
    let left = chart.panels.iter().map(left_margin_px).max().map_or(30, |px| px);
    let ids = |i: usize| format!("{id}-{i}");
    match chart.layout {
        Layout::Multiples => {
            let two = matches!(chart.panels.len(), 1 | 2 | 4);
            let width = if two { Width::Double } else { Width::Multiple };
            html! {
                div.multiples.two[two] {
                    @for (i, panel) in chart.panels.iter().enumerate() {
                        div {
                            (panel_title(panel))
                            (trusted::drawing(panel, width, left_margin_px(panel), &ids(i)))
                        }
                    }
                }
            }
        }
        Layout::Full => html! {
            @for (i, panel) in chart.panels.iter().enumerate() {
                (panel_title(panel))
                (trusted::drawing(panel, Width::Wide, left, &ids(i)))
                (trusted::drawing(panel, Width::Narrow, left, &ids(i)))
            }
        },
        Layout::Half => html! {
            @for (i, panel) in chart.panels.iter().enumerate() {
                (panel_title(panel))
                (trusted::drawing(panel, Width::Narrow, left, &ids(i)))
            }
        },
    }
}

/// The picture of a chart at card size, for findings.
pub fn small_picture(chart: &Chart, id: &str) -> Markup {
    html! {
        @if let Some(panel) = chart.panels.first() {
            div.half {
                (trusted::drawing(panel, Width::Narrow, left_margin_px(panel), id))
                (key(&small_key(chart)))
            }
        }
    }
}

/// The key of the first panel alone: weeks stand in a later one.
fn small_key(chart: &Chart) -> Vec<KeyItem> {
    let all = chart.key.iter();
    match chart.panels.len() {
        0 | 1 => all.cloned().collect(),
        _ => all.filter(|item| item.swatch != Swatch::Pale).cloned().collect(),
    }
}

fn panel_title(panel: &Panel) -> Markup {
    html! {
        @if let Some(title) = &panel.title { h4 { (title) } }
        @if let Some(subtitle) = &panel.subtitle { p.quiet { (subtitle) } }
    }
}

fn key(items: &[KeyItem]) -> Markup {
    html! {
        @if !items.is_empty() {
            ul.key {
                @for item in items {
                    li {
                        span aria-hidden="true" {
                            @for tone in &item.tones { (swatch(item.swatch, variable(*tone))) }
                        }
                        (item.text)
                    }
                }
            }
        }
    }
}

fn swatch(shape: Swatch, variable: &str) -> Markup {
    let class = match shape {
        Swatch::Dot => "dot",
        Swatch::Ring => "ring",
        Swatch::Box => "box",
        Swatch::Pale => "box pale",
        Swatch::Line => "line",
        Swatch::Thick => "line thick",
        Swatch::Rail => "line rail",
        Swatch::Dash => "line dash",
        Swatch::Outline => "outline",
        Swatch::Mark => "mark",
    };
    html! { i class=(class) style={ "background:var(--" (variable) ");border-color:var(--" (variable) ")" } {} }
}

/// n, coverage, intervals, limits and the table, one fold below.
fn fold(chart: &Chart) -> Markup {
    html! {
        details {
            summary { "Numbers, and how sure they are" }
            @if !chart.details.is_empty() {
                ul { @for line in &chart.details { li { (line) } } }
            }
            @if chart.metrics.iter().any(|id| metrics::metric(id).is_some()) {
                p.quiet {
                    "How it is measured: "
                    @for (i, metric) in
                        chart.metrics.iter().filter_map(|id| metrics::metric(id)).enumerate()
                    {
                        @if i > 0 { ", " }
                        a href={ "#m-" (metric.id) } { (metric.title) }
                    }
                    "."
                }
            }
            (table(&chart.table, chart.title))
            (marks(chart))
        }
    }
}

/// What the runner noted along the chart's time axis, as written.
fn marks(chart: &Chart) -> Markup {
    let rows: Vec<Vec<String>> =
        chart.marks().into_iter().map(|m| vec![m.day.clone(), clean(&m.said)]).collect();
    let columns = vec!["Pain noted on".to_owned(), "As you wrote it".to_owned()];
    let label = format!("{}, pain as noted", chart.title);
    html! { (table(&Table { columns, rows }, &label)) }
}

/// A table whose first column heads its rows.
pub fn table(table: &Table, label: &str) -> Markup {
    html! {
        @if !table.rows.is_empty() {
            div.scroll tabindex="0" role="region" aria-label={ "Table: " (label) } {
                table {
                    thead { tr { @for column in &table.columns { th scope="col" { (column) } } } }
                    tbody {
                        @for row in table.rows.iter().rev().take(MOST_ROWS).rev() {
                            tr {
                                @for (i, cell) in row.iter().enumerate() {
                                    @if i == 0 { th scope="row" { (cell) } } @else { td { (cell) } }
                                }
                            }
                        }
                    }
                }
            }
            @if table.rows.len() > MOST_ROWS {
                p.quiet {
                    "The last " (MOST_ROWS) " rows; " code { "lightfoot export" }
                    " writes a row for every run."
                }
            }
        }
    }
}
