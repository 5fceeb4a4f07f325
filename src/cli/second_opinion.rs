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
    /// Records without a time on either side, which nothing can pair.
    pub timeless: (usize, usize),
    /// One comparison a field.
    pub fields: BTreeMap<String, Comparison>,
    /// Fields of records that only the other decoder shows, with how many records have one.
    pub unread: BTreeMap<String, usize>,
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
    /// Why the two differ by nature, where that is known.
    pub because: Option<&'static str>,
}

/// Compares the records of both decoders by second and order.
pub fn compare(recordings: &[Recording], messages: &[Message], list_all: bool) -> Opinion {
    let records: Vec<&Message> = messages.iter().filter(|m| m.kind == "record").collect();
    let mut by_second: HashMap<i64, Vec<usize>> = HashMap::new();
    let mut timed = 0;
    for (index, record) in records.iter().enumerate().rev() {
        if let Some(Value::Time { unix_s }) = field(record, "timestamp") {
            by_second.entry(*unix_s).or_default().push(index);
            timed += 1;
        }
    }
    let mut opinion = Opinion { theirs: records.len(), ..Opinion::default() };
    opinion.timeless.1 = records.len() - timed;
    for recording in recordings {
        opinion.ours += recording.times_ms.len();
        opinion.timeless.0 += recording.times_ms.iter().filter(|t| t.is_none()).count();
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
            comparison.because = by_nature(&column.name);
        }
    }
    opinion.unread = unread(recordings, &records);
    opinion
}

/// Columns that the other decoder cannot show in its records.
const BY_NATURE: &[(&str, &str)] = &[
    ("compressed_speed_distance", "unpacked here from three bytes that fitparser leaves packed"),
    ("hr.", "lent to the records here from `hr` messages, which fitparser lists by themselves"),
];

fn by_nature(name: &str) -> Option<&'static str> {
    BY_NATURE.iter().find(|(begin, _)| name.starts_with(begin)).map(|(_, why)| *why)
}

/// Fields that go into a column of another name: the time, the fraction of cadence, and the wide
/// forms that the other decoder expands narrow fields into.
const WITHIN: &[(&str, &[&str])] = &[
    ("timestamp", &[]),
    ("fractional_cadence", &["cadence"]),
    ("enhanced_altitude", &["altitude"]),
    ("enhanced_speed", &["speed", "compressed_speed_distance"]),
    ("distance", &["compressed_speed_distance"]),
];

/// What only the other decoder shows of the records.
fn unread(recordings: &[Recording], records: &[&Message]) -> BTreeMap<String, usize> {
    let columns = || recordings.iter().flat_map(|r| &r.columns);
    let here = |name: &str| columns().any(|c| c.name == name);
    let read = |name: &str| {
        let within = WITHIN.iter().find(|(field, _)| *field == name);
        here(name)
            || within.is_some_and(|(_, into)| into.is_empty() || into.iter().any(|n| here(n)))
    };
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let fields = records.iter().flat_map(|m| &m.fields);
    for field in fields.filter(|f| !matches!(f.value, Value::Invalid(()))) {
        *counts.entry(&field.name).or_default() += 1;
    }
    counts.retain(|name, _| !read(name));
    counts.into_iter().map(|(name, n)| (clean(name), n)).collect()
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
