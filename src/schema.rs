//! What the exports hold: every column of the rows and every key of the documents, from the tables
//! that write them. `explain schema` prints it, `docs/schema.md` keeps it, a test holds them
//! together.

use std::fmt::Write as _;

use crate::coach;
use crate::metrics::METRICS;
use crate::metrics::vendor;
use crate::report::json::SCHEMA_VERSION;
use crate::report::rows::{DEVICE_COLUMNS, HEAD_COLUMNS, NOTED_COLUMNS, TAIL_COLUMNS};

/// A key and what stands under it.
type Key = (&'static str, &'static str);

/// Keys of `report --json`, in order.
pub const DOCUMENT: &[Key] = &[
    ("schema_version", "version of this shape"),
    ("tool", "name and version of the program"),
    ("settings", "what was stated: profile, options, changed thresholds"),
    ("headline", "the sentence and the five lines of the page"),
    ("today", "the day that counts as today"),
    ("day_rule", "how days were decided"),
    ("inputs", "every file: bytes, BLAKE3, format, and what became of each part of it"),
    ("passed_over", "what a walk through folders did not open, counted by kind"),
    (
        "runs",
        "every run: what it is, what is noted, every reading with unit, interval, n, coverage, origin, evidence, parts and caveats or the reason why there is none, vendors' own values, the device's summary, issues",
    ),
    ("epochs", "stretches of runs with one device and one set of sensors"),
    ("grade_checks", "how well slopes repeat at the runner's own level places, by epoch"),
    ("cadence_models", "the runner's cadence law by epoch"),
    (
        "personal_corridor",
        "own step rate at own speeds, as of the last four weeks, 5 and 10 % more",
    ),
    ("one_thing_to_try", "what to try with cadence, where asked for or where a card speaks of it"),
    ("weeks", "ISO weeks: runs, distance, time, hills, left and right, other sports"),
    ("shoes", "distance by shoe"),
    ("surfaces", "distance by surface"),
    ("notes", "what became of the notes"),
    ("pain", "pain notes as written"),
    ("load", "what the last days held"),
    ("ceiling", "what the next run stands against"),
    ("gaps", "more than ten days without a run, and what the runner says of them"),
    ("other_sports", "activities of other sports by day"),
    ("before", "the four weeks before a named day, with their places"),
    ("trends", "one series a trended metric: points, slopes by epoch, the last 16 weeks"),
    ("findings", "the cards, in the order in which they ask for attention"),
    ("issues", "what was repaired, chosen or doubted, like with like"),
];

/// Keys of `coach --json`, in order.
pub const SQUAD: &[Key] = &[
    ("schema_version", "version of this shape"),
    ("tool", "name and version of the program"),
    ("kind", "`squad`"),
    ("order_rule", "the rule of the order, in words"),
    ("today", "the day that counts as today"),
    ("since", "the day since which news is told"),
    (
        "athletes",
        "one object an athlete, in the order of the page: standing, last run, reasons with step, group, sessions (the last and earlier ones) and chart, pain notes, runs of four weeks with what was at fault in their recording",
    ),
    ("nothing_new", "athletes without anything new since that day"),
    ("unread_without_date", "athletes whose files could not be read and have no date"),
    ("set_aside", "what lies beside the athletes' folders"),
    ("not_shared", "keys of the squad's profile that speak of one person and are not handed on"),
];

const INTRODUCTION: &str = "\
# What the exports hold

Every key carries its SI unit: `_m`, `_s`, `_spm` (steps a minute of both feet), `_ms`, `_mm`,
`_percent`, `_bpm`, `_w`; a share is a number from 0 to 1. What is not known is `null` in JSON and an
empty cell in CSV, never zero. Times are UTC, days are the runner's own. The same files give the same
bytes. Keys may be added within a version; the version is raised when a key changes its meaning or
goes away.
";

/// All of it, as Markdown.
pub fn text() -> String {
    let mut out = INTRODUCTION.to_owned();
    let _ = write!(
        out,
        "\n## Rows: `export --format csv`, `json`, `ndjson`, version {SCHEMA_VERSION}\n\n\
         One row a run. A metric is one column, and one more for each of its parts:\n\
         `METRIC_PART`, or the part's name alone where it begins with the metric's.\n\
         `lightfoot explain METRIC` says what it measures. Columns of parts and of vendors stand only\n\
         where a run among the files has one.\n\n| column | what it is |\n|---|---|\n"
    );
    for (name, what) in HEAD_COLUMNS {
        row(&mut out, name, what);
    }
    for metric in METRICS {
        row(&mut out, &format!("{}{}", metric.id, metric.unit.suffix), metric.title);
    }
    for (_, name) in DEVICE_COLUMNS {
        row(&mut out, name, "the device's own figure");
    }
    for key in vendor::keys() {
        row(&mut out, &format!("vendor_{key}"), "as the vendor computed it");
    }
    for (name, what) in NOTED_COLUMNS.into_iter().chain(TAIL_COLUMNS) {
        row(&mut out, name, what);
    }
    document(&mut out, "`report --json`", SCHEMA_VERSION, DOCUMENT);
    document(&mut out, "`coach --json`", coach::SCHEMA_VERSION, SQUAD);
    out
}

fn document(out: &mut String, name: &str, version: u32, keys: &[Key]) {
    let _ = write!(
        out,
        "\n## {name}, version {version}\n\n| key | what stands under it |\n|---|---|\n"
    );
    for (key, what) in keys {
        row(out, key, what);
    }
}

fn row(out: &mut String, name: &str, what: &str) {
    let _ = writeln!(out, "| `{name}` | {what} |");
}
