//! Messages and fields of a FIT file as tables for a terminal.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use lightfoot::report::figures::rounded;
use lightfoot::report::plain::{clean, shorten};
use lightfoot::report::terminal::{PLAIN, QUIET, STRONG};

use super::messages::{Decoded, Message, MessageField, Value};

/// Messages of a kind up to this number are printed whole; more become one line a field.
/// **chosen**: a file has one session and a handful of sensors, but thousands of records.
const WHOLE: usize = 3;

/// All messages: each with every field, or one line per field where a kind has many messages.
pub fn messages(decoded: &Decoded, all: bool) -> String {
    let mut text = format!("\n{STRONG}Messages{PLAIN}  {QUIET}by name, through fitparser{PLAIN}\n");
    if all {
        for message in &decoded.messages {
            text.push_str(&whole(message));
        }
    } else {
        for (kind, group) in kinds(&decoded.messages) {
            let _ = writeln!(text, "\n  {STRONG}{}{PLAIN} x {}", clean(&titled(kind)), group.len());
            if group.len() <= WHOLE {
                let each: Vec<String> = group.iter().map(|m| fields(m)).collect();
                text.push_str(&each.join("\n"));
            } else {
                text.push_str(&summary(&group));
            }
        }
    }
    if decoded.grumbles > 0 {
        let _ = writeln!(text, "  {QUIET}{} warnings of fitparser hidden{PLAIN}", decoded.grumbles);
    }
    text
}

/// Messages by kind, in order of first appearance.
fn kinds(messages: &[Message]) -> Vec<(&str, Vec<&Message>)> {
    let mut groups: Vec<(&str, Vec<&Message>)> = Vec::new();
    for message in messages {
        match groups.iter_mut().find(|(kind, _)| *kind == message.kind) {
            Some((_, group)) => group.push(message),
            None => groups.push((&message.kind, vec![message])),
        }
    }
    groups
}

fn whole(message: &Message) -> String {
    format!("\n  {STRONG}{}{PLAIN}\n{}", clean(&titled(&message.kind)), fields(message))
}

/// The kind by name; a bare number is one that the profile does not name.
fn titled(kind: &str) -> String {
    let bare = !kind.is_empty() && kind.chars().all(|c| c.is_ascii_digit());
    if bare { format!("unknown_{kind}") } else { kind.to_owned() }
}

fn fields(message: &Message) -> String {
    let mut text = String::new();
    for field in &message.fields {
        let value = spell(&field.value);
        // A moment needs no unit; fitparser gives it seconds.
        let unit = if matches!(field.value, Value::Time { .. }) { "" } else { &field.unit };
        let name = shorten(&name(field), 33);
        let _ = writeln!(
            text,
            "    {name:<34}{}",
            shorten(format!("{value} {}", clean(unit)).trim_end(), 42)
        );
    }
    text
}

fn name(field: &MessageField) -> String {
    let mark = if field.developer { " (developer)" } else { "" };
    format!("{}{mark}", clean(&field.name))
}

/// How often a field has a value, and from where to where it goes.
#[derive(Default)]
struct Spread {
    present: usize,
    low: Option<f64>,
    high: Option<f64>,
    first: Option<String>,
    unit: String,
}

fn summary(group: &[&Message]) -> String {
    let mut order: Vec<String> = Vec::new();
    let mut spreads: BTreeMap<String, Spread> = BTreeMap::new();
    for field in group.iter().flat_map(|m| &m.fields) {
        let name = name(field);
        if !spreads.contains_key(&name) {
            order.push(name.clone());
        }
        let spread = spreads.entry(name).or_default();
        if matches!(field.value, Value::Invalid(())) {
            continue;
        }
        spread.present += 1;
        spread.unit.clone_from(&field.unit);
        if let Value::Number(number) = field.value {
            spread.low = Some(spread.low.map_or(number, |l| l.min(number)));
            spread.high = Some(spread.high.map_or(number, |h| h.max(number)));
        }
        spread.first.get_or_insert_with(|| spell(&field.value));
    }
    let mut text = String::new();
    for name in order {
        let Some(spread) = spreads.get(&name) else { continue };
        let values = match (spread.low, spread.high) {
            (Some(low), Some(high)) => {
                format!("{} to {} {}", digits(low), digits(high), clean(&spread.unit))
            }
            _ => format!("first {}", spread.first.as_deref().unwrap_or("none")),
        };
        let name = shorten(&name, 33);
        let _ = writeln!(
            text,
            "    {name:<34}{:>6}  {}",
            spread.present,
            shorten(values.trim_end(), 34)
        );
    }
    text
}

/// A whole number in full; of any other the digits that it carries.
fn digits(number: f64) -> String {
    if number.fract() == 0.0 { number.to_string() } else { rounded(number).to_string() }
}

fn spell(value: &Value) -> String {
    match value {
        Value::Number(number) => digits(*number),
        Value::Time { unix_s } => jiff::Timestamp::from_second(*unix_s)
            .map_or_else(|_| unix_s.to_string(), |t| t.to_string()),
        Value::Text(text) => clean(text),
        Value::List(values) => {
            let all: Vec<String> = values.iter().map(spell).collect();
            format!("[{}]", all.join(", "))
        }
        Value::Invalid(()) => "invalid".to_owned(),
    }
}
