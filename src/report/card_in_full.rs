//! All that is known of one run, for a terminal of 80 columns: its cadence over time against the
//! band, every reading, what is not known and why, the device beside it, what was repaired.

use std::fmt::Write as _;

use super::card::Beside;
use super::own_norm;
use super::plain::{clean, figure, shorten};
use super::terminal::{PLAIN, QUIET, STRONG, WIDTH, bullet};
use super::{Report, corridor};
use crate::Analysis;
use crate::activity::{Severity, SummaryKey};
use crate::metrics::{Unit, unit};
use crate::quantities::{Quantities, clock, day};
use crate::segment::{Piece, Pieces};

/// The band that articles name, drawn as guidance.
const BAND_SPM: (f64, f64) = (170.0, 180.0);
/// Step rates a row of the picture stands for. **chosen**: seven to ten rows for most runs.
const ROW_SPM: f64 = 5.0;
/// Columns of the picture.
const PICTURE: usize = 66;

/// Everything about one run of a report, what is usual in the runner's other runs beside it.
pub fn write(report: &Report, index: usize, beside: Beside) -> String {
    let compared = beside == Beside::OtherRuns;
    let Some(run) = report.history.runs.get(index) else { return String::new() };
    let say = Quantities::new(report.settings.display);
    let mut text = head(report, run, index);
    text.push_str(&noted(run));
    text.push_str(&picture(&run.pieces, usize::MAX));
    text.push_str(&readings(report, index, compared));
    text.push_str(&in_the_vendors_words(report, index, compared));
    text.push_str(&beside_the_device(run, say));
    if compared {
        text.push_str(&corridor::in_words(report));
    }
    text.push_str(&issues(run));
    text
}

/// What, when, how far, by which watch, from which file.
pub(super) fn head(report: &Report, run: &Analysis, index: usize) -> String {
    let meta = &run.meta;
    let say = Quantities::new(report.settings.display);
    let mut facts: Vec<String> =
        report.history.days.get(index).map(|d| day(*d)).into_iter().collect();
    let distance = run.value("distance");
    let timer = run.value("timer");
    facts.extend(distance.map(|d| say.distance(d)));
    facts.extend(timer.map(clock));
    let timed = distance.zip(timer).filter(|(_, t)| *t > 0.0);
    facts.extend(timed.map(|(d, t)| say.pace(d / t)));
    let mut text = format!("{STRONG}{}{PLAIN}\n", facts.join(" · "));
    let title = meta.title.as_deref().map(|t| format!(" · {}", clean(t))).unwrap_or_default();
    let source = format!("{}, {}{title}", clean(&meta.device.label()), meta.format);
    let _ = writeln!(text, "{QUIET}{}{PLAIN}", shorten(&source, WIDTH));
    let _ = writeln!(text, "{QUIET}{}{PLAIN}", shorten(&clean(&meta.file), WIDTH));
    text
}

/// What is noted about the run, each value with who says so.
fn noted(run: &Analysis) -> String {
    let mut text = String::new();
    for (name, value, source) in run.noted.lines() {
        let value = shorten(&clean(&value), WIDTH - 46);
        let line = format!("  {name:<20}{value}  {QUIET}{}{PLAIN}", source.words());
        let _ = writeln!(text, "{line}");
    }
    if text.is_empty() { text } else { format!("\n{STRONG}Noted{PLAIN}\n{text}") }
}

/// Step rate over the time of the run, one row for five steps a minute, or for ten where that would
/// take too many rows; the band is dotted.
pub(super) fn picture(pieces: &Pieces, most_rows: usize) -> String {
    let pieces: Vec<Piece> = pieces.iter().collect();
    let end = pieces.iter().map(|p| p.start_s + p.duration_s).fold(0.0, f64::max);
    if pieces.is_empty() || end <= 0.0 {
        return String::new();
    }
    let column = |p: &Piece| {
        let middle = p.start_s + 0.5 * p.duration_s;
        ((middle / end) * PICTURE as f64).floor().min(PICTURE as f64 - 1.0) as usize
    };
    let rates = || pieces.iter().map(|p| p.step_rate_spm).chain([BAND_SPM.0, BAND_SPM.1]);
    let reach = rates().fold(0.0, f64::max) - rates().fold(f64::MAX, f64::min);
    let wide = reach / ROW_SPM + 1.0 > most_rows as f64;
    let row_spm = if wide { ROW_SPM + ROW_SPM } else { ROW_SPM };
    let row_of = |spm: f64| (spm / row_spm).floor() as i64;
    let rows: Vec<(usize, i64)> =
        pieces.iter().map(|p| (column(p), row_of(p.step_rate_spm))).collect();
    let (band_low, band_high) = (row_of(BAND_SPM.0), row_of(BAND_SPM.1) - 1);
    let lowest = rows.iter().map(|r| r.1).min().map_or(band_low, |r| r.min(band_low));
    let highest = rows.iter().map(|r| r.1).max().map_or(band_high, |r| r.max(band_high));
    let mut text = format!(
        "\n{STRONG}Step rate{PLAIN}  {QUIET}30 s means, spm; dotted: 170-180, guidance{PLAIN}\n"
    );
    for row in (lowest..=highest).rev() {
        let in_band = (band_low..=band_high).contains(&row);
        let line: String = (0..PICTURE)
            .map(|c| match (rows.contains(&(c, row)), in_band) {
                (true, _) => '●',
                (false, true) => '·',
                (false, false) => ' ',
            })
            .collect();
        let label = row as f64 * row_spm;
        let _ = writeln!(text, "  {QUIET}{label:>4}{PLAIN} {}", line.trim_end());
    }
    let right = clock(end);
    let _ = writeln!(text, "  {QUIET}     0:00{right:>width$}{PLAIN}", width = PICTURE - 4);
    text
}

fn readings(report: &Report, index: usize, compared: bool) -> String {
    let mut text = format!("\n{STRONG}Readings{PLAIN}");
    if compared {
        let _ = write!(text, "{QUIET}{:>52}your other runs{PLAIN}", "");
    }
    text.push('\n');
    for row in own_norm::rows(report, index) {
        let interval = row.interval.map(|i| format!(" ({i})")).unwrap_or_default();
        let value = format!("{}{interval}", row.value);
        let usual = row.usual.filter(|_| compared).map(|u| shorten(&u, USUAL)).unwrap_or_default();
        let line = format!("  {:<33}{value:<25}{usual}", shorten(row.metric.title, 32));
        let _ = writeln!(text, "{}", line.trim_end());
    }
    let missing = own_norm::not_known(report, index);
    if !missing.is_empty() {
        let _ = writeln!(text, "\n{STRONG}Not known{PLAIN}");
        for (reason, titles) in missing {
            text.push_str(&bullet(&clean(&format!("{}: {reason}", titles.join(", ")))));
        }
    }
    text
}

/// Columns for what is usual.
const USUAL: usize = 20;

/// Quantities that only one vendor has.
fn in_the_vendors_words(report: &Report, index: usize, compared: bool) -> String {
    let mut text = String::new();
    let run = report.history.runs.get(index);
    for vendor in run.iter().flat_map(|r| &r.vendor) {
        let usual = compared.then(|| report.history.usual_of_vendor(index, vendor.key)).flatten();
        let usual = usual.map(|u| format!("{:.1} to {:.1} {}", u.low, u.high, vendor.unit));
        let title = shorten(&format!("{} {}", vendor.vendor, vendor.field), 32);
        let value = format!("{:.1} {}", vendor.value, vendor.unit);
        let line = format!("  {title:<33}{value:<25}{}", usual.unwrap_or_default());
        let _ = writeln!(text, "{}", line.trim_end());
    }
    if text.is_empty() {
        return text;
    }
    format!("\n{STRONG}In the vendors' own words{PLAIN}\n{text}")
}

/// What we say and what the device says of the same thing.
const COMPARED: &[(&str, SummaryKey, Unit)] = &[
    ("distance", SummaryKey::DistanceM, unit::M),
    ("timer", SummaryKey::TimerS, unit::S),
    ("step_rate_as_device", SummaryKey::StepRateSpm, unit::SPM),
    ("ascent", SummaryKey::AscentM, unit::M),
    ("descent", SummaryKey::DescentM, unit::M),
    ("step_length", SummaryKey::StepLengthM, unit::M),
    ("ground_contact_time", SummaryKey::GroundContactTimeMs, unit::MS),
    ("vertical_oscillation", SummaryKey::VerticalOscillationMm, unit::MM),
    ("vertical_ratio", SummaryKey::VerticalRatioPercent, unit::PERCENT),
    ("heart_rate", SummaryKey::HeartRateBpm, unit::BPM),
];

/// What we say and what the device says of the same thing: title, unit, ours, theirs.
pub(super) fn beside(run: &Analysis) -> Vec<(&'static str, Unit, f64, f64)> {
    let each = COMPARED.iter().filter_map(|(id, key, unit)| {
        let title = crate::metrics::metric(id).map_or(*id, |m| m.title);
        Some((title, *unit, run.value(id)?, run.summary.get(*key)?))
    });
    each.collect()
}

fn beside_the_device(run: &Analysis, say: Quantities) -> String {
    let mut text = String::new();
    for (title, unit, ours, theirs) in beside(run) {
        let (ours, theirs) = (figure(ours, unit, say), figure(theirs, unit, say));
        let _ = writeln!(text, "  {:<34}{ours:<14}{theirs}", shorten(title, 33));
    }
    if text.is_empty() {
        return text;
    }
    let heading = format!("\n{STRONG}Beside the device{PLAIN}");
    format!("{heading}{QUIET}{:>19}{:<14}device{PLAIN}\n{text}", "", "lightfoot")
}

fn issues(run: &Analysis) -> String {
    let mut text = String::new();
    for issue in run.issues.iter().filter(|i| i.severity > Severity::Note) {
        let remedy = issue.remedy.as_ref().map(|r| format!("; {r}")).unwrap_or_default();
        text.push_str(&bullet(&clean(&format!("{}{remedy}", issue.message))));
    }
    for span in &run.doubtful {
        text.push_str(&bullet(&format!("part of it marked: {}", span.reason)));
    }
    if text.is_empty() { text } else { format!("\n{STRONG}Repaired or doubted{PLAIN}\n{text}") }
}
