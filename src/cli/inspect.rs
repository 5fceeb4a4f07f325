//! `inspect`: every message and field of a file by name, what lightfoot made of it, and a second
//! opinion.

use std::fmt::Write as _;

use anyhow::Result;
use lightfoot::Settings;
use lightfoot::activity::{Channel, Channels, Issue, Origin, Sport};
use lightfoot::intake::Loaded;
use lightfoot::prepare::{LearntUnits, prepare};
use lightfoot::read::{self, CadenceConvention, ColumnSource, ReadOutput, Recording};
use lightfoot::report::plain::{clean, counted, shorten};
use lightfoot::report::terminal::{PLAIN, QUIET, STRONG, bullet};
use lightfoot::units::Quantity;

use super::args::InspectArgs;
use super::messages::{self, Decoded};
use super::{Exit, field_overview, gather, output, second_opinion, settings};

/// Prints what a file holds.
///
/// # Errors
/// When the file cannot be opened or is of no known format.
pub fn run(args: &InspectArgs) -> Result<Exit> {
    let (settings, _) = settings::resolve(&args.stated, None, Some(&args.file))?;
    let Loaded { bytes, stored_bytes, hash, issues, .. } = gather::open_one(&args.file, &settings)?;
    let output = read::read(&bytes, &settings.limits)?;
    let format = read::sniff(&bytes).map_or("unknown", |f| f.name);
    let mut text = format!(
        "{STRONG}{}{PLAIN}\n{QUIET}{format}, {stored_bytes} bytes, BLAKE3 {hash}{PLAIN}\n",
        clean(&args.file.display().to_string())
    );
    let decoded = (format == "FIT").then(|| messages::decode(&bytes));
    match &decoded {
        Some(Ok(decoded)) => text.push_str(&field_overview::messages(decoded, args.all)),
        Some(Err(error)) => {
            let _ = writeln!(text, "\nfitparser could not be asked: {}", clean(&error.to_string()));
        }
        None => {}
    }
    issues.iter().for_each(|issue| text.push_str(&bullet(&clean(&issue.message))));
    text.push_str(&made_of_it(&output, &settings));
    if let Some(Ok(decoded)) = &decoded {
        text.push_str(&opinion(&output.recordings, decoded, args.all));
    }
    output::print(&text)?;
    Ok(Exit::Done)
}

/// What our own reader and the preparation made of the file.
fn made_of_it(output: &ReadOutput, settings: &Settings) -> String {
    let mut text = format!("\n{STRONG}What lightfoot made of it{PLAIN}\n");
    if let Some(not) = &output.not_an_activity {
        let _ = writeln!(text, "  no activity: {}", clean(&not.what));
    }
    if output.recordings.is_empty() {
        text.push_str(&said(&output.issues));
    }
    for recording in &output.recordings {
        text.push_str(&as_read(recording));
        text.push_str(&as_prepared(recording, settings));
    }
    text
}

fn as_read(recording: &Recording) -> String {
    let mut text = format!(
        "\n  {STRONG}Activity {}{PLAIN}  {}, {}, {}\n",
        recording.part + 1,
        clean(&recording.device.label()),
        clean(&sport(recording)),
        counted(recording.times_ms.len(), "record", "records"),
    );
    for sensor in &recording.sensors {
        let kind = sensor.kind.as_deref().unwrap_or("sensor");
        let maker = sensor.manufacturer.as_deref().unwrap_or("unknown maker");
        let _ = writeln!(text, "  sensor: {} by {}", clean(kind), clean(maker));
    }
    let _ = writeln!(text, "  {QUIET}{:<30}{:>8}  unit, source{PLAIN}", "column", "values");
    for column in &recording.columns {
        let source = match &column.source {
            ColumnSource::Native => "the device's own field".to_owned(),
            ColumnSource::Extension => "extension".to_owned(),
            ColumnSource::Developer { application, .. } => {
                format!("developer field of {}", application.as_deref().unwrap_or("an app"))
            }
        };
        let (unit, counts) = match column.convention {
            // Strides is how the format counts running; the same field turns or strokes elsewhere.
            CadenceConvention::Strides if matches!(recording.sport, Sport::Other(_)) => {
                ("1/min", "")
            }
            CadenceConvention::Strides => (column.unit.as_str(), ", counts strides of one leg"),
            CadenceConvention::Steps => (column.unit.as_str(), ", counts steps"),
            CadenceConvention::Unstated => (column.unit.as_str(), ""),
        };
        let _ = writeln!(
            text,
            "  {:<30}{:>8}  {}, {}{counts}",
            shorten(&clean(&column.name), 29),
            column.values.present(),
            clean(unit),
            clean(&source),
        );
    }
    for (kind, count) in &recording.passed_over {
        let _ = writeln!(text, "  passed over: {count} x {}", clean(kind));
    }
    text
}

/// The sport as the file states it.
fn sport(recording: &Recording) -> String {
    match &recording.sport {
        Sport::Running => "running".to_owned(),
        Sport::Other(name) => name.replace('_', " "),
        Sport::Unknown => "no stated sport".to_owned(),
    }
}

/// Issues with what can be done about each.
fn said(issues: &[Issue]) -> String {
    let line = |issue: &Issue| {
        let remedy = issue.remedy.as_ref().map(|r| format!("; {r}")).unwrap_or_default();
        bullet(&clean(&format!("{}{remedy}", issue.message)))
    };
    issues.iter().map(line).collect()
}

fn as_prepared(recording: &Recording, settings: &Settings) -> String {
    let activity = match prepare(recording, settings, &LearntUnits::default()) {
        Ok(activity) => activity,
        Err(why) => {
            let mut text = format!("\n  not analysed: {}\n", clean(&why.to_string()));
            text.push_str(&said(&recording.issues));
            return text;
        }
    };
    let mut text = format!("\n  {STRONG}Chosen{PLAIN}\n");
    for (name, origin) in origins(&activity.channels) {
        let _ = writeln!(text, "  {name:<30}{}", clean(&origin_words(origin)));
    }
    let _ = writeln!(text, "\n  {STRONG}Decided, repaired, doubted{PLAIN}");
    if activity.issues.is_empty() {
        let _ = writeln!(text, "  nothing");
    }
    text.push_str(&said(&activity.issues));
    for span in &activity.doubtful {
        text.push_str(&bullet(&format!(
            "records {} to {} marked: {}",
            span.start, span.end, span.reason
        )));
    }
    text
}

/// The channels of a run with their origins.
fn origins(c: &Channels) -> Vec<(&'static str, &Origin)> {
    fn named<'a, Q: Quantity>(
        name: &'static str,
        channel: Option<&'a Channel<Q>>,
    ) -> Option<(&'static str, &'a Origin)> {
        channel.map(|c| (name, c.origin()))
    }
    [
        named("position", c.latitude.as_ref()),
        named("altitude", c.altitude.as_ref()),
        named("distance", c.distance.as_ref()),
        named("speed", c.speed.as_ref()),
        named("step rate", c.step_rate.as_ref()),
        named("heart rate", c.heart_rate.as_ref()),
        named("power", c.power.as_ref()),
        named("ground contact time", c.ground_contact_time.as_ref()),
        named("stance percent", c.stance_percent.as_ref()),
        named("contact balance", c.contact_balance_left.as_ref()),
        named("vertical oscillation", c.vertical_oscillation.as_ref()),
        named("vertical ratio", c.vertical_ratio.as_ref()),
        named("step length", c.step_length.as_ref()),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn origin_words(origin: &Origin) -> String {
    match origin {
        Origin::Recorded { field, source } => format!("{field}, recorded by the {source}"),
        Origin::Estimated { from } => format!("the watch's own estimate from {from}"),
        Origin::Corrected { from, by } => format!("{from}, repaired by {by}"),
        Origin::Derived { method } => format!("derived: {method}"),
    }
}

/// Where two decoders agree and where they do not.
fn opinion(recordings: &[Recording], decoded: &Decoded, all: bool) -> String {
    let opinion = second_opinion::compare(recordings, &decoded.messages, all);
    let mut text = format!("\n{STRONG}Second opinion{PLAIN}  {QUIET}fitparser 0.11{PLAIN}\n");
    let _ = writeln!(
        text,
        "  records: {} here, {} there, {} of the same second",
        opinion.ours, opinion.theirs, opinion.matched
    );
    if opinion.timeless != (0, 0) {
        let (here, there) = opinion.timeless;
        text.push_str(&bullet(&format!(
            "{here} here and {there} there have no time and are compared with nothing"
        )));
    }
    if let Some(why) = &decoded.stopped {
        text.push_str(&bullet(&clean(&format!("fitparser stopped before the end: {why}"))));
    }
    let _ = writeln!(
        text,
        "  {QUIET}{:<30}{:>8}{:>8}{:>10}{:>11}{PLAIN}",
        "field", "agree", "differ", "only here", "only there"
    );
    for (name, c) in &opinion.fields {
        let name = shorten(name, 29);
        let _ = writeln!(
            text,
            "  {name:<30}{:>8}{:>8}{:>10}{:>11}",
            c.agree, c.differ, c.only_here, c.only_there
        );
        if let Some(why) = c.because {
            let _ = writeln!(text, "    {why}");
            continue;
        }
        for example in &c.examples {
            let _ = writeln!(text, "    {example}");
        }
        let more = (c.differ + c.only_here + c.only_there).saturating_sub(c.examples.len());
        if more > 0 {
            let _ = writeln!(text, "    and {more} more like these; --all lists them");
        }
    }
    if !opinion.unread.is_empty() {
        let fields: Vec<String> =
            opinion.unread.iter().map(|(name, n)| format!("{name} ({n})")).collect();
        let fields = fields.join(", ");
        text.push_str(&bullet(&format!("only there, of no use to lightfoot: {fields}")));
    }
    text
}
