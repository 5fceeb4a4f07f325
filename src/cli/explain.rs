//! `explain`: what a number means, from the same tables that compute and judge it.

use anyhow::Result;
use lightfoot::findings::{RULES, Rule};
use lightfoot::journal;
use lightfoot::metrics::{Doc, Evidence, METRICS, Metric, metric};
use lightfoot::references::source;
use lightfoot::report::plain::wrap;
use lightfoot::report::terminal::{PLAIN, QUIET, STRONG, WIDTH};
use lightfoot::schema;
use lightfoot::settings;

use super::args::ExplainArgs;
use super::nearest::nearest;
use super::profile::KEYS;
use super::topics::{TOPICS, Topic};
use super::{Exit, education, output};

/// Words that are no metric and no finding.
const WORDS: &[&str] = &["list", "profile", "notes", "knee", "what_if", "schema"];

/// Explains a metric, a finding, the profile, or lists all names.
///
/// # Errors
/// When standard output cannot be written.
pub fn run(args: &ExplainArgs) -> Result<Exit> {
    let what = args.what.trim().to_lowercase().replace(['-', ' '], "_");
    let text = match what.as_str() {
        "list" => list(),
        "profile" => profile(),
        "notes" | "notes.csv" => notes(),
        "knee" => education::knee(),
        "what_if" => education::what_if(),
        "schema" => schema::text(),
        id if TOPICS.iter().any(|t| t.id == id) => {
            TOPICS.iter().filter(|t| t.id == id).map(of_topic).collect()
        }
        id => match (metric(id), RULES.iter().find(|r| r.id == id)) {
            (Some(metric), Some(rule)) => format!("{}\n{}", of_metric(metric), of_rule(rule)),
            (Some(metric), None) => of_metric(metric),
            (None, Some(rule)) => of_rule(rule),
            (None, None) => {
                let known = METRICS.iter().map(|m| m.id).chain(RULES.iter().map(|r| r.id));
                let near = nearest(
                    id,
                    known.chain(TOPICS.iter().map(|t| t.id)).chain(WORDS.iter().copied()),
                );
                let hint = near.map(|n| format!("; did you mean `{n}`?")).unwrap_or_default();
                anyhow::bail!(
                    "there is no metric or finding called `{}`{hint}\n\
                     `lightfoot explain list` names them all",
                    args.what
                );
            }
        },
    };
    output::print(&text)?;
    Ok(Exit::Done)
}

fn list() -> String {
    let mut out = format!("{STRONG}Metrics{PLAIN}\n");
    for m in METRICS {
        out.push_str(&named(m.id, m.title));
    }
    out.push_str(&format!("\n{STRONG}Findings{PLAIN}\n"));
    for rule in RULES {
        out.push_str(&named(rule.id, rule.speaks_when));
    }
    out.push_str(&format!("\n{STRONG}Also{PLAIN}\n"));
    out.push_str(&named("profile", "what can stand in lightfoot.toml"));
    out.push_str(&named("notes", "what can stand in notes.csv, with an example"));
    out.push_str(&named("knee", "does a knee hurt? what is known, for every reader alike"));
    out.push_str(&named("what_if", "more steps, and the modelled load on the kneecap joint"));
    out.push_str(&named("schema", "every column and key of the exports, as Markdown"));
    for topic in TOPICS {
        out.push_str(&named(topic.id, topic.title));
    }
    out
}

/// A name in a column of its own and a text beside it.
fn named(name: &str, text: &str) -> String {
    const NAME: usize = 30;
    let mut out = String::new();
    for (i, line) in wrap(text, WIDTH - NAME - 2).iter().enumerate() {
        let name = if i == 0 { name } else { "" };
        out.push_str(&format!("  {name:<NAME$}{line}\n"));
    }
    out
}

fn of_metric(m: &Metric) -> String {
    let unit = match m.unit.shown {
        "" => "a count",
        shown => shown,
    };
    let mut out = format!("{STRONG}{}{PLAIN}  {QUIET}{}, {unit}{PLAIN}\n\n", m.title, m.id);
    out.push_str(&documented(&m.doc));
    out.push_str(&paragraph("Evidence", evidence(m.evidence)));
    out.push_str(&sources(m.sources));
    out
}

/// The five paragraphs of a documentation.
fn documented(doc: &Doc) -> String {
    [
        ("Measures", doc.measures),
        ("Formula", doc.formula),
        ("Needs", doc.needs),
        ("Unavailable when", doc.unavailable),
        ("Limits", doc.limits),
    ]
    .map(|(heading, text)| paragraph(heading, text))
    .concat()
}

fn of_topic(topic: &Topic) -> String {
    let doc = &topic.doc;
    let mut out = format!("{STRONG}{}{PLAIN}  {QUIET}{}{PLAIN}\n\n", topic.title, topic.id);
    out.push_str(&documented(doc));
    out.push_str(&sources(topic.sources));
    out
}

fn of_rule(rule: &Rule) -> String {
    let mut out = format!("{STRONG}{}{PLAIN}  {QUIET}a finding{PLAIN}\n\n", rule.id);
    out.push_str(&paragraph("Speaks when", rule.speaks_when));
    out.push_str(&paragraph("Reads", &rule.needs.join(", ")));
    out.push_str(&paragraph("Limits", rule.limits));
    out.push_str(&sources(rule.sources));
    out
}

fn evidence(grade: Evidence) -> &'static str {
    match grade {
        Evidence::A => "A: direct and validated",
        Evidence::B => "B: derived from validated fields",
        Evidence::C => "C: a model or a proxy",
        Evidence::D => "D: speculative",
    }
}

/// Sources in full, one a paragraph.
pub(super) fn sources(keys: &[&str]) -> String {
    let mut out = format!("{STRONG}Source{PLAIN}\n");
    for key in keys {
        let text = match source(key) {
            Some(s) => {
                let link = s.link.map(|l| format!(" {l}")).unwrap_or_default();
                let stop = if s.title.ends_with('?') { "" } else { "." };
                format!("{} ({}). {}{stop} {}.{link}", s.authors, s.year, s.title, s.published)
            }
            None => (*key).to_owned(),
        };
        for line in wrap(&text, WIDTH - 2) {
            out.push_str(&format!("  {line}\n"));
        }
    }
    out
}

/// A heading with a text below it.
pub(super) fn paragraph(heading: &str, text: &str) -> String {
    let mut out = format!("{STRONG}{heading}{PLAIN}\n");
    for line in wrap(text, WIDTH - 2) {
        out.push_str(&format!("  {line}\n"));
    }
    out
}

fn notes() -> String {
    let mut out = format!(
        "{STRONG}{}{PLAIN}  {QUIET}beside your files; found by itself{PLAIN}\n\n",
        journal::FILE_NAME
    );
    for line in wrap(ABOUT_NOTES, WIDTH) {
        out.push_str(&format!("{line}\n"));
    }
    out.push_str(&format!("\n{STRONG}Columns{PLAIN}\n"));
    for column in journal::COLUMNS {
        out.push_str(&named(column.name, column.takes));
    }
    out.push_str(&format!("\n{STRONG}Example{PLAIN}\n"));
    for line in journal::EXAMPLE.lines() {
        out.push_str(&format!("{line}\n"));
    }
    out
}

/// What a runner must know to write one.
const ABOUT_NOTES: &str = "A table with a heading, as any spreadsheet saves it: columns in any \
    order, parted by commas, semicolons or tabs. Every column but the date (or the file) is \
    optional, and so is every cell. A day speaks of all its runs; add the time where a day has \
    several. A date that could be two days, like 03/04/2026, is not used. What is noted about a \
    run goes before your usual in lightfoot.toml. Pain is shown as you wrote it, as a small mark \
    on the charts; nothing is computed from it.";

fn profile() -> String {
    let mut out = format!(
        "{STRONG}lightfoot.toml{PLAIN}  {QUIET}beside your files, or given with --profile{PLAIN}\n\n\
         Every key is optional. What lacks one says so.\n"
    );
    let mut section = "";
    for key in KEYS {
        if key.section != section {
            section = key.section;
            out.push_str(&format!("\n{STRONG}[{section}]{PLAIN}\n"));
        }
        out.push_str(&named(key.name, &format!("{}; {}", key.takes, key.for_what)));
    }
    out.push_str("\nAlso in [settings]: thresholds that no study fixes, and why each was chosen\n");
    for rule in settings::RULES {
        let (low, high) = rule.range;
        let usual = (rule.get)(&settings::Rules::default());
        let text = format!("{usual} ({low} to {high}); {}; chosen: {}", rule.decides, rule.chosen);
        out.push_str(&named(rule.key, &text));
    }
    out
}
