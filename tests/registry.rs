//! The tables as tests: what stands in one is unique, documented, sourced, and in its own file.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "the functions of a test say what they expect, like its tests"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use lightfoot::FORMATS;
use lightfoot::charts::CHARTS;
use lightfoot::findings::RULES;
use lightfoot::metrics::METRICS;
use lightfoot::references::{SOURCES, source};
use lightfoot::report::WRITERS;
use lightfoot::report::rows::DEVICE_COLUMNS;

fn src(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(path)
}

fn all_different<'a>(what: &str, ids: impl Iterator<Item = &'a str>) {
    let mut seen = BTreeSet::new();
    for id in ids {
        assert!(!id.is_empty(), "a {what} without a name");
        assert!(seen.insert(id), "two of {what} are called {id}");
    }
}

#[test]
fn names_are_unique() {
    all_different("metrics", METRICS.iter().map(|m| m.id));
    all_different("findings", RULES.iter().map(|r| r.id));
    all_different("charts", CHARTS.iter().map(|c| c.id));
    all_different("formats", FORMATS.iter().map(|f| f.name));
    all_different("writers", WRITERS.iter().map(|w| w.name));
    all_different("sources", SOURCES.iter().map(|s| s.key));
}

/// Files of a room that hold an entry of its table.
fn files_with(room: &str, entry: &str) -> BTreeSet<String> {
    fs::read_dir(src(room))
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|p| fs::read_to_string(p).is_ok_and(|text| text.contains(entry)))
        .map(|p| p.file_stem().unwrap().to_string_lossy().into_owned())
        .filter(|name| name != "mod")
        .collect()
}

fn one_file_each<'a>(room: &str, entry: &str, ids: impl Iterator<Item = &'a str>) {
    let listed: BTreeSet<String> = ids.map(str::to_owned).collect();
    assert_eq!(files_with(room, entry), listed, "files of {room} against its table");
}

#[test]
fn every_entry_is_the_file_of_its_name_and_every_file_is_listed() {
    one_file_each("metrics", "pub const METRIC: Metric", METRICS.iter().map(|m| m.id));
    one_file_each("findings", "pub const RULE: Rule", RULES.iter().map(|r| r.id));
    one_file_each("charts", "pub const CHART: ChartEntry", CHARTS.iter().map(|c| c.id));
}

#[test]
fn every_source_key_resolves() {
    for m in METRICS {
        assert!(!m.sources.is_empty(), "{} names no source", m.id);
        for key in m.sources {
            assert!(source(key).is_some(), "{} names the unknown source {key}", m.id);
        }
    }
    for s in SOURCES {
        assert!((1850..=2026).contains(&s.year), "{} was published in {}", s.key, s.year);
        for text in [s.authors, s.title, s.published] {
            assert!(!text.trim().is_empty(), "{} is incomplete", s.key);
        }
        if let Some(link) = s.link {
            let known = link.starts_with("https://") || link.starts_with("10.");
            assert!(known, "{} has a link that is no address and no DOI: {link}", s.key);
        }
    }
}

#[test]
fn every_metric_is_documented_in_sentences() {
    for m in METRICS {
        let doc = &m.doc;
        for text in [doc.measures, doc.formula, doc.needs, doc.unavailable, doc.limits] {
            assert!(text.len() > 10, "{} leaves part of its documentation empty", m.id);
            assert!(!text.contains("TODO"), "{} is unfinished", m.id);
        }
        for sentence in [doc.measures, doc.limits] {
            assert!(sentence.trim_end().ends_with('.'), "{}: {sentence}", m.id);
        }
        let suffix = m.unit.suffix;
        assert!(suffix.is_empty() || suffix.starts_with('_'), "{} has the suffix {suffix}", m.id);
        let lower = m.id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
        assert!(lower, "{} is no snake_case name", m.id);
    }
}

#[test]
fn every_finding_reads_metrics_that_exist() {
    for rule in RULES {
        assert!(!rule.speaks_when.is_empty(), "{} does not say when it speaks", rule.id);
        assert!(rule.limits.ends_with('.'), "{} does not say how it misleads", rule.id);
        assert!(!rule.sources.is_empty(), "{} names no source", rule.id);
        for key in rule.sources {
            assert!(source(key).is_some(), "{} names the unknown source {key}", rule.id);
        }
        for id in rule.needs {
            assert!(METRICS.iter().any(|m| m.id == *id), "{} needs the unknown {id}", rule.id);
        }
    }
}

#[test]
fn columns_of_rows_cannot_collide() {
    let metrics = METRICS.iter().map(|m| format!("{}{}", m.id, m.unit.suffix));
    let device = DEVICE_COLUMNS.iter().map(|(_, name)| (*name).to_owned());
    let columns: Vec<String> = metrics.chain(device).collect();
    all_different("columns", columns.iter().map(String::as_str));
    let keys: BTreeSet<_> = DEVICE_COLUMNS.iter().map(|(key, _)| key).collect();
    assert_eq!(keys.len(), DEVICE_COLUMNS.len());
    for (key, name) in DEVICE_COLUMNS {
        let spelled = serde_json::to_value(key).unwrap();
        let expected = format!("device_{}", spelled.as_str().unwrap());
        assert_eq!(*name, expected, "a column is named as its key in JSON");
    }
}
