//! Two decoders beside each other: records and fields on which they agree, and each difference.

use std::collections::{BTreeMap, HashMap};

use lightfoot::Recording;
use lightfoot::read::{ColumnSource, Field, RawColumn};
use lightfoot::report::plain::clean;

use super::messages::{Message, Value};

/// Differences listed for one field before the rest is counted. **chosen**
const LISTED: usize = 5;
/// Semicircles in half a turn, as FIT stores positions.
const SEMICIRCLES: f64 = 2_147_483_648.0;
/// Relative difference that rounding in two decoders explains.
const ROUNDING: f64 = 1e-9;

/// What the comparison found.
#[derive(Debug, Default)]
pub struct Opinion {
    /// Records here.
    pub ours: usize,
    /// Records there.
    pub theirs: usize,
    /// Records of the same second, in order.
    pub matched: usize,
    /// One comparison a field.
    pub fields: BTreeMap<String, Comparison>,
}

/// One field in both decoders.
#[derive(Debug, Default)]
pub struct Comparison {
    /// Records with the same value, or with none in both.
    pub agree: usize,
    /// Records with two values.
    pub differ: usize,
    /// Records with a value only here.
    pub only_here: usize,
    /// Records with a value only there.
    pub only_there: usize,
    /// The first differences in words.
    pub examples: Vec<String>,
}

/// Compares the records of both decoders by second and order.
pub fn compare(recordings: &[Recording], messages: &[Message], list_all: bool) -> Opinion {
    let records: Vec<&Message> = messages.iter().filter(|m| m.kind == "record").collect();
    let mut by_second: HashMap<i64, Vec<usize>> = HashMap::new();
    for (index, record) in records.iter().enumerate().rev() {
        if let Some(Value::Time { unix_s }) = field(record, "timestamp") {
            by_second.entry(*unix_s).or_default().push(index);
        }
    }
    let mut opinion = Opinion { theirs: records.len(), ..Opinion::default() };
    for recording in recordings {
        opinion.ours += recording.times_ms.len();
        let pairs: Vec<(usize, &Message)> = (0..)
            .zip(&recording.times_ms)
            .filter_map(|(i, t)| {
                let second = t.as_ref()?.div_euclid(1000);
                let index = by_second.get_mut(&second)?.pop()?;
                Some((i, *records.get(index)?))
            })
            .collect();
        opinion.matched += pairs.len();
        for column in &recording.columns {
            let comparison = opinion.fields.entry(clean(&column.name)).or_default();
            compare_column(column, &pairs, list_all, comparison);
        }
    }
    opinion
}

fn field<'a>(message: &'a Message, name: &str) -> Option<&'a Value> {
    message.fields.iter().find(|f| f.name == name).map(|f| &f.value)
}

fn number(message: &Message, name: &str) -> Option<f64> {
    match field(message, name)? {
        Value::Number(number) => Some(*number),
        Value::List(values) => match values.as_slice() {
            [Value::Number(number), ..] => Some(*number),
            _ => None,
        },
        _ => None,
    }
}

/// The other decoder's value of our column: it expands some fields into their wider form, keeps
/// the fraction of cadence apart, and leaves positions in semicircles.
fn theirs(column: &RawColumn, message: &Message) -> Option<f64> {
    let plain = || number(message, &column.name);
    if !matches!(column.source, ColumnSource::Native) {
        return plain();
    }
    match column.field {
        Field::Latitude | Field::Longitude => Some(plain()? * 180.0 / SEMICIRCLES),
        Field::Cadence => {
            let fraction = number(message, "fractional_cadence").filter(|f| *f < 1.0);
            let whole = plain()?;
            Some(fraction.map_or(whole, |f| whole + f))
        }
        Field::Altitude => plain().or_else(|| number(message, "enhanced_altitude")),
        Field::Speed => plain().or_else(|| number(message, "enhanced_speed")),
        _ => plain(),
    }
}

fn compare_column(
    column: &RawColumn,
    pairs: &[(usize, &Message)],
    list_all: bool,
    into: &mut Comparison,
) {
    // Distance of a later leg of one file counts from the leg's own start here.
    let shift = match column.field {
        Field::Distance => {
            pairs.iter().find_map(|(i, m)| Some(theirs(column, m)? - column.values.get(*i)?))
        }
        _ => None,
    };
    for (i, message) in pairs {
        let there = theirs(column, message).map(|v| shift.map_or(v, |s| v - s));
        match (column.values.get(*i), there) {
            (None, None) => into.agree += 1,
            (Some(a), Some(b)) if same(a, b, shift.is_some()) => into.agree += 1,
            (here, there) => {
                match (here, there) {
                    (Some(_), None) => into.only_here += 1,
                    (None, Some(_)) => into.only_there += 1,
                    _ => into.differ += 1,
                }
                if list_all || into.examples.len() < LISTED {
                    let word = |v: Option<f64>| v.map_or("nothing".to_owned(), |v| v.to_string());
                    into.examples.push(format!(
                        "record {i}: {} here, {} there",
                        word(here),
                        word(there)
                    ));
                }
            }
        }
    }
}

fn same(a: f64, b: f64, shifted: bool) -> bool {
    // A subtraction of two distances leaves rounding of its own.
    let slack = if shifted { 1e-6 } else { 0.0 };
    (a - b).abs() <= ROUNDING * a.abs().max(b.abs()) + slack
}
