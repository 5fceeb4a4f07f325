//! One run on one screen of a terminal of 80 columns: what it was against the runner's own usual,
//! its cadence against the band, the main readings, what was out of the ordinary and what is
//! doubtful. [`super::card_in_full`] says everything.

use super::card_in_full::{beside, head, picture};
use super::own_norm::{Row, Standing, rows};
use super::plain::{clean, figure, shorten, wrap};
use super::terminal::{PLAIN, QUIET, STRONG, WIDTH, bullet};
use super::{Report, own_norm};
use crate::Analysis;
use crate::activity::Severity;
use crate::findings::of_run::{remarks, sentence};
use crate::journal::NoteSource;
use crate::quantities::{Quantities, counted};

/// Lines that a card may take: a screen with room for the prompt. **chosen**.
pub const LINES: usize = 40;
/// Lines of readings that a card always has. **chosen**.
const LEAST_READINGS: usize = 7;
/// Lines of one section besides its heading, at most. **chosen**: no section crowds out the rest.
const MOST_OF_A_SECTION: usize = 5;
/// Columns for what is usual.
const USUAL: usize = 18;

/// What is shown first where there is no room for all: the readings that a runner asks for. All
/// others follow in report order.
const FIRST: &[&str] = &[
    "distance",
    "step_rate",
    "cadence_bands",
    "adjusted_cadence",
    "descent",
    "heart_rate",
    "ground_contact_time",
    "step_length",
    "vertical_oscillation",
    "contact_balance",
    "form_drift",
    "ascent",
    "overstride_proxies",
    "power",
    "vertical_ratio",
    "cadence_variability",
    "single_run_spike",
    "descent_spike",
];

/// Whether the runner's other runs were given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beside {
    /// The run stands alone.
    Nothing,
    /// What is usual in the other runs stands beside each reading.
    OtherRuns,
}

/// The card of one run of a report, at most [`LINES`] lines.
pub fn write(report: &Report, index: usize, beside: Beside) -> String {
    let Some(run) = report.history.runs.get(index) else { return String::new() };
    let above = [head(report, run, index), said(report, index), picture(&run.pieces, MOST_ROWS)];
    let below = [
        section("Out of the ordinary", &out_of_the_ordinary(report, index)),
        section("Noted", &noted(run)),
        section("Repaired or doubted", &doubts(run)),
        device(report, run),
        missing(report, index),
    ];
    let used: usize = above.iter().chain(&below).map(|part| part.lines().count()).sum();
    // A blank line and the heading stand above the readings.
    // Beside other runs one more line says what the marks mean.
    let more = if beside == Beside::OtherRuns { 3 } else { 2 };
    let room = LINES.saturating_sub(used + more).max(LEAST_READINGS);
    [above.concat(), readings(report, index, beside, room), below.concat()].concat()
}

/// Rows of the picture at most. **chosen**: a quarter of the screen.
const MOST_ROWS: usize = 8;

/// What could be said aloud; how far and how long stand above it already.
fn said(report: &Report, index: usize) -> String {
    let sentence = sentence(&report.history, &report.settings, index);
    let mut text = "\n".to_owned();
    for line in wrap(&clean(&sentence), WIDTH) {
        text.push_str(&format!("{STRONG}{line}{PLAIN}\n"));
    }
    text
}

/// A heading and its lines, or nothing.
fn section(heading: &str, lines: &[String]) -> String {
    let mut body: Vec<String> = lines
        .iter()
        .flat_map(|line| bullet(line).lines().map(str::to_owned).collect::<Vec<_>>())
        .collect();
    if body.is_empty() {
        return String::new();
    }
    if body.len() > MOST_OF_A_SECTION {
        body.truncate(MOST_OF_A_SECTION - 1);
        body.push(format!("  {QUIET}and more: --all{PLAIN}"));
    }
    format!("\n{STRONG}{heading}{PLAIN}\n{}\n", body.join("\n"))
}

fn out_of_the_ordinary(report: &Report, index: usize) -> Vec<String> {
    let remarks = remarks(&report.history, &report.settings, index);
    remarks.iter().map(|r| format!("{}: {}", r.title, r.text)).collect()
}

/// What is noted about this run, on as few lines as it takes; figures of pain say what they are.
fn noted(run: &Analysis) -> Vec<String> {
    let lines = run.noted.lines();
    let own = lines.iter().filter(|line| line.2 != NoteSource::Profile);
    let parts: Vec<String> =
        own.map(|(name, value, _)| format!("{name} {}", clean(value))).collect();
    if parts.is_empty() { Vec::new() } else { vec![parts.join(", ")] }
}

fn doubts(run: &Analysis) -> Vec<String> {
    let worth = run.issues.iter().filter(|issue| issue.severity > Severity::Note);
    let message = worth.map(|issue| {
        let remedy = issue.remedy.as_ref().map(|r| format!("; {r}")).unwrap_or_default();
        clean(&format!("{}{remedy}", issue.message))
    });
    message.collect()
}

/// Part of a figure within which two are the same. **chosen**: rounding and a second at an end.
const SAME: f64 = 0.01;

/// What the watch itself says differently, in a line.
fn device(report: &Report, run: &Analysis) -> String {
    let say = Quantities::new(report.settings.display);
    let all = beside(run);
    if all.is_empty() {
        return String::new();
    }
    let told: Vec<String> = all
        .iter()
        .filter(|(_, _, ours, theirs)| (ours - theirs).abs() > SAME * theirs.abs())
        .map(|(title, unit, ours, theirs)| {
            let said = |value: f64| figure(value, *unit, say);
            format!("{} {}, device {}", title.to_lowercase(), said(*ours), said(*theirs))
        })
        .collect();
    let told = match told.as_slice() {
        [] => format!("the same within 1 % in {}", counted(all.len(), "figure", "figures")),
        some => some.join("; "),
    };
    section("Beside the device", &[told])
}

fn missing(report: &Report, index: usize) -> String {
    let missing: usize =
        own_norm::not_known(report, index).iter().map(|(_, titles)| titles.len()).sum();
    if missing == 0 {
        return String::new();
    }
    let what = counted(missing, "reading is", "readings are");
    format!("\n{QUIET}{what} not known here; --all says why.{PLAIN}\n")
}

/// The readings that matter most, in report order.
fn readings(report: &Report, index: usize, beside: Beside, room: usize) -> String {
    let mut rows = rows(report, index);
    if rows.is_empty() {
        return String::new();
    }
    let rank = |row: &Row| FIRST.iter().position(|id| *id == row.metric.id).unwrap_or(FIRST.len());
    let mut order: Vec<usize> = rows.iter().map(rank).collect();
    order.sort_unstable();
    let last = order.get(room.saturating_sub(1)).copied().unwrap_or(usize::MAX);
    rows.retain(|row| rank(row) <= last);
    rows.truncate(room);
    let compared = beside == Beside::OtherRuns;
    let usual = if compared { format!("{:>52}your other runs", "") } else { String::new() };
    let mut text = format!("\n{STRONG}Readings{PLAIN}{QUIET}{usual}{PLAIN}\n");
    let mut outside = false;
    for row in rows {
        let interval = row.interval.as_ref().map(|i| format!(" ({i})")).unwrap_or_default();
        let value = shorten(&format!("{}{interval}", row.value), 24);
        let usual = row.usual.filter(|_| compared).map(|u| shorten(&u, USUAL));
        let mark = row.standing.filter(|s| compared && *s != Standing::Within);
        let mark = mark.map(|s| format!(" {}", s.mark())).unwrap_or_default();
        let line = format!(
            "  {:<33}{value:<25}{}{mark}",
            shorten(row.metric.title, 32),
            usual.unwrap_or_default()
        );
        outside |= !mark.is_empty();
        text.push_str(line.trim_end());
        text.push('\n');
    }
    if outside {
        text.push_str(&format!("  {QUIET}{MARKS}{PLAIN}\n"));
    }
    text
}

/// What the marks behind the usual values mean.
const MARKS: &str = "▲ above, ▼ below the middle half of your other runs";
