//! The documented shape of the exports is the shape that is written.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use lightfoot::schema;

fn lightfoot(arguments: &[&str]) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let home = tempfile::tempdir().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_lightfoot"))
        .current_dir(root)
        .env("HOME", home.path())
        .env_remove("XDG_CONFIG_HOME")
        .args(arguments)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn keys(object: &serde_json::Value) -> Vec<String> {
    object.as_object().unwrap().keys().cloned().collect()
}

#[test]
fn the_document_in_the_repository_is_what_the_program_says() {
    let kept = include_str!("../docs/schema.md");
    assert_eq!(kept, schema::text(), "renew it: lightfoot explain schema > docs/schema.md");
    assert_eq!(kept, lightfoot(&["explain", "schema"]));
}

#[test]
fn every_column_of_a_row_is_documented_and_every_documented_one_is_written() {
    let text = schema::text();
    let rows = text.split("\n## ").nth(1).unwrap();
    let documented: BTreeSet<&str> =
        rows.lines().filter_map(|l| l.strip_prefix("| `")?.split('`').next()).collect();
    let csv = lightfoot(&["export", "samples", "--format", "csv"]);
    let written: BTreeSet<&str> = csv.lines().next().unwrap().split(',').collect();
    for column in &documented {
        assert!(
            column.starts_with("vendor_") || written.contains(column),
            "{column} is not written"
        );
    }
    let metric_of =
        |column: &str| lightfoot::metrics::METRICS.iter().any(|m| column.starts_with(m.id));
    for column in &written {
        assert!(documented.contains(column) || metric_of(column), "{column} is not documented");
    }
    let json: serde_json::Value =
        serde_json::from_str(&lightfoot(&["export", "samples", "--format", "json"])).unwrap();
    assert_eq!(json[0]["schema_version"], lightfoot::report::json::SCHEMA_VERSION);
}

#[test]
fn every_key_of_a_document_is_documented_in_its_order() {
    let ours =
        |keys: &[(&str, &str)]| keys.iter().map(|(k, _)| (*k).to_owned()).collect::<Vec<_>>();
    let text = lightfoot(&["report", "samples", "--json"]);
    let report: serde_json::Value = serde_json::from_str(&text).unwrap();
    let sorted = |mut keys: Vec<String>| {
        keys.sort();
        keys
    };
    assert_eq!(sorted(keys(&report)), sorted(ours(schema::DOCUMENT)));
    let at = |key: &str| text.find(&format!("\n  \"{key}\":")).unwrap();
    assert!(schema::DOCUMENT.is_sorted_by_key(|(key, _)| at(key)));
    let squad = tempfile::tempdir().unwrap();
    let athlete = squad.path().join("Ada");
    std::fs::create_dir(&athlete).unwrap();
    std::fs::copy(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/2026-03-03-easy.fit"),
        athlete.join("run.fit"),
    )
    .unwrap();
    let text = lightfoot(&["coach", squad.path().to_str().unwrap(), "--json"]);
    let coach: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(sorted(keys(&coach)), sorted(ours(schema::SQUAD)));
}
