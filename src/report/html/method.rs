//! How each number is measured, where it comes from, how it misleads; and the provenance footer.

use std::collections::BTreeSet;

use maud::{Markup, html};

use super::{Described, files, knee};
use crate::education::INTENDED_PURPOSE;
use crate::metrics::{self, Evidence, Metric, Readings};
use crate::quantities::tenths;
use crate::references::{self, Source};
use crate::report::Report;
use crate::report::plain::{clean, counted};
use crate::settings::{Side, Units};

/// The section.
pub fn method(report: &Report, charts: &Described) -> Markup {
    let used = used(report, charts);
    let keys: BTreeSet<&str> = used
        .iter()
        .flat_map(|m| m.sources)
        .chain(report.findings.iter().flat_map(|f| f.sources))
        .copied()
        .chain(knee::sources())
        .collect();
    let sources: Vec<&Source> = keys.iter().filter_map(|k| references::source(k)).collect();
    html! {
        section #method aria-labelledby="method-t" {
            h2 id="method-t" { "Method and sources" }
            p.intro { (INTENDED_PURPOSE) }
            div.card {
                h3 { "The three words of sureness" }
                dl.facts {
                    dt { "clear" }
                    dd { "The interval is clear of zero, and the change is larger than your usual wandering." }
                    dt { "likely" } dd { "The interval is clear of zero only." }
                    dt { "can't tell" } dd { "Neither." }
                }
                @if !used.is_empty() {
                    h3 { "The numbers" }
                    @for metric in &used { (entry(metric)) }
                }
            }
            @if !sources.is_empty() {
                div.card {
                    h3 { "Sources" }
                    ul { @for source in sources { (reference(source)) } }
                }
            }
        }
    }
}

/// Metrics that any run was asked for or that a chart cites, in table order.
fn used(report: &Report, charts: &Described) -> Vec<&'static Metric> {
    let history = &report.history;
    let own = history.runs.iter().map(|r| &r.readings);
    let asked = own.chain(&history.past).flat_map(Readings::ids);
    let cited = charts.iter().filter_map(|c| c.2.as_ref().ok()).flat_map(|c| c.metrics);
    // One by one: thousands of runs name the same few dozen.
    let mut ids: BTreeSet<&str> = BTreeSet::new();
    for id in asked.chain(cited.copied()) {
        ids.insert(id);
    }
    metrics::METRICS.iter().filter(|m| ids.contains(m.id)).collect()
}

fn grade(evidence: Evidence) -> &'static str {
    match evidence {
        Evidence::A => "A, direct and validated",
        Evidence::B => "B, derived from validated fields",
        Evidence::C => "C, a model or a proxy",
        Evidence::D => "D, speculative",
    }
}

fn entry(metric: &Metric) -> Markup {
    html! {
        details id={ "m-" (metric.id) } {
            summary { (metric.title) }
            p { (metric.doc.measures) }
            dl.facts {
                dt { "Formula" } dd.mono { (metric.doc.formula) }
                dt { "Needs" } dd { (metric.doc.needs) }
                dt { "No number when" } dd { (metric.doc.unavailable) }
                dt { "Limits" } dd { (metric.doc.limits) }
                dt { "Evidence" } dd { (grade(metric.evidence)) }
                @if !metric.sources.is_empty() {
                    dt { "Sources" }
                    dd {
                        @for (i, source) in
                            metric.sources.iter().filter_map(|k| references::source(k)).enumerate()
                        {
                            @if i > 0 { ", " }
                            a href={ "#s-" (source.key) } { (source.authors) " " (source.year) }
                        }
                    }
                }
            }
        }
    }
}

fn reference(source: &Source) -> Markup {
    html! {
        li id={ "s-" (source.key) } {
            (source.authors) " (" (source.year) "). " (source.title) @if !source.title.ends_with('?') { "." } " " (source.published) ". "
            @if let Some(link) = source.link {
                @if link.starts_with("https://") {
                    a href=(link) rel="noreferrer" { (link) }
                } @else { (link) }
            }
        }
    }
}

/// Version, settings and input hashes: enough to make the same page again.
pub fn footer(report: &Report) -> Markup {
    let names = files::Names::of(report);
    html! {
        footer.foot {
            p { "Made by lightfoot " (env!("CARGO_PKG_VERSION")) " on your own machine; nothing was \
                 sent anywhere. " (report.history.day_rule) }
            details {
                summary { "Settings and inputs behind this page" }
                p {
                    (inputs(report)) " How fast they were read is not on the page, which is the same "
                    "for the same files: " code { "lightfoot report --timings" } " says it."
                }
                dl.facts {
                    @for (name, value) in settings(report) { dt { (name) } dd { (value) } }
                }
                @if !report.inputs.is_empty() {
                    div.scroll tabindex="0" role="region" aria-label="Table: inputs" {
                        table {
                            thead { tr {
                                th scope="col" { "File" }
                                th.text scope="col" { "Format" }
                                th scope="col" { "Bytes" }
                                th.text scope="col" { "BLAKE3, first digits" }
                            } }
                            tbody {
                                @for input in &report.inputs {
                                    tr {
                                        th scope="row" { (clean(names.short(&input.file))) }
                                        td.text { (input.format.unwrap_or("not known")) }
                                        td { (input.bytes) }
                                        td.text.mono { (input.hash) }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// How much was read.
fn inputs(report: &Report) -> String {
    let bytes: usize = report.inputs.iter().map(|input| input.bytes).sum();
    let files = counted(report.inputs.len(), "file", "files");
    format!("{files}, {} MB.", tenths(bytes as f64 / 1e6))
}

fn settings(report: &Report) -> Vec<(&'static str, String)> {
    let s = &report.settings;
    let mut all = vec![(
        "Units",
        match s.display.units {
            Units::Metric => "metric".to_owned(),
            Units::Imperial => "imperial".to_owned(),
        },
    )];
    let mut add = |name, value: Option<String>| all.extend(value.map(|v| (name, v)));
    let names = files::Names::of(report);
    add("Profile", report.profile_path.as_deref().map(|p| clean(names.short(p))));
    add("Time zone", s.time_zone.as_ref().and_then(|z| z.iana_name().map(str::to_owned)));
    add("Today", report.history.today.map(crate::quantities::day));
    let kind = s.runner.road_kind.words();
    add("Road side", s.runner.road_side.map(|side| format!("{}, {kind}", side.words())));
    add("Traffic keeps", s.runner.traffic.map(|t| hand(t).to_owned()));
    add("Wrist", s.runner.wrist.map(|t| hand(t).to_owned()));
    add("Height", s.runner.height_m.map(|h| format!("{h:.2} m")));
    add("Leg length", s.runner.leg_length_m.map(|h| format!("{h:.2} m")));
    add("Mass", s.runner.mass_kg.map(|m| format!("{m:.0} kg")));
    add(
        "Crossfall",
        s.runner.crossfall_percent.map(|c| format!("{c:.1} %, measured by the runner")),
    );
    add("Usual surface", s.runner.surface.as_deref().map(clean));
    for (rule, usual, now) in s.rules.changed() {
        add(rule.key, Some(format!("{now}, chosen by you ({usual} unless said otherwise)")));
    }
    all
}

fn hand(side: Side) -> &'static str {
    match side {
        Side::Left => "left",
        Side::Right => "right",
    }
}
