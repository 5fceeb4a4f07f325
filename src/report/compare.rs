//! A comparison in a terminal of 80 columns, and as JSON.

use std::fmt::Write as _;

use serde::Serialize;

use super::plain::{clean, counted, wrap};
use super::terminal::{PLAIN, QUIET, STRONG, WIDTH, bullet};
use super::{Report, WriteError, figures};
use crate::compare::{Comparison, Control, ControlUnit, Difference, Kind, Measure, Side};
use crate::quantities::{Quantities, day, decimals, share, span, spoken_duration, whole};
use crate::trend::{RUNS_FOR_WANDER, Sureness};

/// The measure whose wandering is known from many runs.
const ADJUSTED_CADENCE: &str = "adjusted_cadence";
/// Column in which the numbers of a line begin.
const NUMBERS: usize = 34;

/// The comparison in a terminal of 80 columns.
pub fn write_terminal(report: &Report, comparison: &Comparison) -> String {
    let say = Quantities::new(report.settings.display);
    let mut out = format!("{STRONG}{}{PLAIN}\n", title(comparison));
    let names = names(comparison.kind);
    for (name, side) in names.iter().zip(&comparison.sides) {
        let _ = writeln!(out, "  {name:<8}{}", side_words(report, side, say));
    }
    let _ = writeln!(out, "\n{STRONG}At the same speed, on the level{PLAIN}");
    for measure in &comparison.measures {
        out.push_str(&measure_lines(measure));
    }
    out.push_str(&bullet(&sentence(comparison)));
    if !comparison.controls.is_empty() {
        let _ = writeln!(out, "\n{STRONG}What a change of form does not move{PLAIN}");
        for control in &comparison.controls {
            out.push_str(&control_line(control, say));
        }
        out.push_str(&bullet(&control_sentence(comparison)));
    }
    let _ = writeln!(out, "\n{STRONG}What else changed{PLAIN}");
    if comparison.changed_too.is_empty() {
        out.push_str(&bullet(
            "Nothing that files and notes know of: watch, sensors, firmware, format, indoors, noted \
             shoes, surface and road side. Heat and sleep are not in them.",
        ));
    }
    for line in &comparison.changed_too {
        out.push_str(&bullet(&clean(line)));
    }
    out
}

fn title(comparison: &Comparison) -> String {
    match (comparison.kind, comparison.date) {
        (Kind::BeforeAfter, Some(date)) => format!("Before and after {}", day(date)),
        (Kind::Runs, _) => "Two runs".to_owned(),
        _ => "Two periods".to_owned(),
    }
}

fn names(kind: Kind) -> [&'static str; 2] {
    match kind {
        Kind::BeforeAfter => ["Before", "After"],
        Kind::Runs | Kind::Periods => ["First", "Second"],
    }
}

fn side_words(report: &Report, side: &Side, say: Quantities) -> String {
    let Some((first, last)) = side.days else { return "no runs".to_owned() };
    let runs = match side.runs.as_slice() {
        [one] => report.history.runs.get(*one).map(|r| clean(&r.meta.file)).unwrap_or_default(),
        many => counted(many.len(), "run", "runs"),
    };
    format!("{runs}, {}, {}", span(first, last), say.distance(side.distance_m))
}

/// A measure: its levels, its difference with the interval, and how sure that is.
fn measure_lines(measure: &Measure) -> String {
    let Some(d) = &measure.difference else {
        let why = measure.unavailable.as_deref().unwrap_or_default();
        return format!("{QUIET}{}{PLAIN}", bullet(&format!("{}: {why}.", measure.title)));
    };
    let places = if measure.unit == "%" { 2 } else { 0 };
    let said = |value: f64| decimals(value, places);
    let signed = |value: f64| {
        let text = decimals(value, places.max(1));
        if value > 0.0 { format!("+{text}") } else { text }
    };
    let interval = match d.interval {
        Some((low, high)) => format!(" ({} to {})", signed(low), signed(high)),
        None => String::new(),
    };
    let title = format!("{}:", measure.title);
    let width = NUMBERS - 2;
    let mut out = format!(
        "  {title:<width$}{STRONG}{} {}{PLAIN}{interval}  {}\n",
        signed(d.change),
        measure.unit,
        d.sureness.words()
    );
    let (first, second) = (said(d.first), said(d.second));
    let mut facts = vec![format!("{first} to {second} {}", measure.unit), rests_on(d)];
    if d.interval.is_none() {
        facts.push("no interval, because each run resembles the one before".to_owned());
    }
    facts.extend(d.detectable_change.map(|m| format!("{} would have shown", said_up(m, places))));
    match d.usual_wander {
        Some(wander) if d.n_unit == "runs" => {
            facts.push(format!("usual wandering {}", decimals(wander, places.max(1))));
        }
        None if measure.id == ADJUSTED_CADENCE => facts.push(format!(
            "your usual wandering is not known yet, that takes {RUNS_FOR_WANDER} runs before"
        )),
        _ => {}
    }
    for line in wrap(&facts.join("; "), WIDTH - 4) {
        let _ = writeln!(out, "    {QUIET}{line}{PLAIN}");
    }
    out
}

/// A size rounded up, so that no change is said to show that would not.
fn said_up(value: f64, places: usize) -> String {
    let places = places.max(1);
    let step = 10_f64.powi(i32::try_from(places).unwrap_or_default());
    decimals((value * step).ceil() / step, places)
}

fn rests_on(d: &Difference) -> String {
    match d.n_unit {
        "min" => format!("{} min at shared speeds", d.n.0),
        unit => format!("{} and {} {unit}", d.n.0, d.n.1),
    }
}

/// What the comparison can say, in one or two sentences.
pub fn sentence(comparison: &Comparison) -> String {
    let cadence = comparison.measures.first().and_then(|m| m.difference.as_ref());
    let Some(d) = cadence else {
        return "Cadence cannot be compared here.".to_owned();
    };
    let size = decimals(d.change.abs(), 1);
    let way = if d.change < 0.0 { "fewer" } else { "more" };
    if comparison.kind == Kind::Runs {
        let usual = d.usual_wander.map_or_else(String::new, |w| {
            format!(
                " Two runs of one runner often differ by up to {} steps a minute with nothing \
                 changed.",
                whole(w.ceil())
            )
        });
        let tells = match d.sureness {
            Sureness::CannotTell => "That is within what single runs do by themselves",
            Sureness::Likely | Sureness::Clear => {
                "That is more than single runs usually do; whether it stays, a pair cannot say"
            }
        };
        return format!(
            "The second run took {size} {way} steps a minute at the same speeds. {tells}.{usual}"
        );
    }
    if d.interval.is_none() {
        return format!(
            "{size} {way} steps a minute at the same speed, but your runs resemble the run before \
             too much to tell that from slow wandering."
        );
    }
    let known = d.usual_wander.is_some();
    match d.sureness {
        Sureness::Clear if known => format!(
            "At the same speed, {size} {way} steps a minute: clear of chance and of your usual \
             wandering."
        ),
        Sureness::Clear => format!(
            "At the same speed, {size} {way} steps a minute: clear of chance. How far your cadence \
             wanders by itself is not known yet; that takes {RUNS_FOR_WANDER} runs before, and in \
             other runners it was 1 to 4."
        ),
        Sureness::Likely if known => format!(
            "At the same speed, {size} {way} steps a minute: clear of chance, but within what your \
             cadence does over time or too small for a word."
        ),
        Sureness::Likely => format!(
            "At the same speed, {size} {way} steps a minute: clear of chance, but too small for a \
             word."
        ),
        Sureness::CannotTell => {
            let shown = d.detectable_change.map_or_else(String::new, |m| {
                format!(" A change of {} would have shown.", said_up(m, 1))
            });
            format!("No change of cadence can be told from chance.{shown}")
        }
    }
}

fn control_line(control: &Control, say: Quantities) -> String {
    let said = |value: f64| match control.unit {
        ControlUnit::MS => say.pace(value),
        ControlUnit::Share => share(value),
        ControlUnit::S => spoken_duration(value),
        ControlUnit::Bpm => format!("{} bpm", whole(value)),
    };
    let moved = match control.moved {
        Some(true) => "  changed too",
        Some(false) => "  no change told",
        None => "",
    };
    let width = NUMBERS - 2;
    let title = format!("{}:", control.title);
    format!("  {title:<width$}{} to {}{moved}\n", said(control.first), said(control.second))
}

fn control_sentence(comparison: &Comparison) -> String {
    let moved: Vec<&str> =
        comparison.controls.iter().filter(|c| c.moved == Some(true)).map(|c| c.title).collect();
    if comparison.controls.iter().all(|c| c.moved.is_none()) {
        return "Look at these first: speed and hills move cadence by themselves. They are taken \
                out above as far as the runs share them."
            .to_owned();
    }
    match moved.as_slice() {
        [] => "None of these can be told to have changed.".to_owned(),
        some => format!(
            "Changed at the same time: {}. Speed and slope are taken out above, and what they do \
             beyond that is not.",
            some.join(", ").to_lowercase()
        ),
    }
}

#[derive(Serialize)]
struct Document<'a> {
    schema_version: u32,
    sentence: String,
    comparison: &'a Comparison,
    runs: Vec<Vec<String>>,
}

/// The comparison as one JSON object; runs are named as in the report.
///
/// # Errors
/// When it cannot be serialised, which would be a fault of ours.
pub fn write_json(report: &Report, comparison: &Comparison) -> Result<String, WriteError> {
    let name = |run: &usize| report.history.runs.get(*run).map(super::json::run_id);
    let document = Document {
        schema_version: super::json::SCHEMA_VERSION,
        sentence: sentence(comparison),
        comparison,
        runs: comparison.sides.iter().map(|s| s.runs.iter().filter_map(name).collect()).collect(),
    };
    let mut text = figures::pretty_json(&document)?;
    text.push('\n');
    Ok(text)
}
