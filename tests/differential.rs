//! Our FIT columns against two other decoders, record by record and field by field, on every real
//! file at hand. The others are oracles where they succeed; where they differ, a reason stands in
//! [`EXPECTED`].

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test says what it expects; a panic here is a failing test"
)]

use std::panic::catch_unwind;
use std::path::{Path, PathBuf};

use lightfoot::read::{self, Limits, RawColumn, ReadOutput};
use rustyfit::StreamingIterator;
use rustyfit::proto::Value as Raw;

/// Global number of `record`.
const RECORD: u16 = 20;

/// A compared field: number and name of the profile, and how its stored number is scaled.
struct Compared {
    number: u8,
    name: &'static str,
    over: f64,
    minus: f64,
}

const fn compared(number: u8, name: &'static str, over: f64) -> Compared {
    Compared { number, name, over, minus: 0.0 }
}

const FIELDS: &[Compared] = &[
    compared(0, "position_lat", 2_147_483_648.0 / 180.0),
    compared(1, "position_long", 2_147_483_648.0 / 180.0),
    Compared { number: 2, name: "altitude", over: 5.0, minus: 500.0 },
    Compared { number: 78, name: "enhanced_altitude", over: 5.0, minus: 500.0 },
    compared(5, "distance", 100.0),
    compared(6, "speed", 1000.0),
    compared(73, "enhanced_speed", 1000.0),
    compared(3, "heart_rate", 1.0),
    compared(4, "cadence", 1.0),
    compared(7, "power", 1.0),
    compared(39, "vertical_oscillation", 10.0),
    compared(40, "stance_time_percent", 100.0),
    compared(41, "stance_time", 10.0),
    compared(83, "vertical_ratio", 100.0),
    compared(84, "stance_time_balance", 100.0),
    compared(85, "step_length", 10.0),
    compared(13, "temperature", 1.0),
];

/// `fractional_cadence`, which our cadence column already holds.
const FRACTION: Compared = compared(53, "fractional_cadence", 128.0);

/// Differences that are not ours: part of a file name, decoder, field, and why.
const EXPECTED: &[(&str, &str, &str, &str)] = &[
    (
        "compressed-speed-distance",
        "fitparser",
        "distance",
        "expands the packed distance without its overflow: 93.7 km where the session says 10.25",
    ),
    (
        "compressed-speed-distance",
        "fitparser",
        "speed",
        "expands it under this name; ours keeps its own",
    ),
];

/// Fields that fitparser also fills from another one (the profile's component expansion): where
/// ours has no such field, its value must be that of the other.
const EXPANDED: &[(&str, &str)] = &[
    ("enhanced_altitude", "altitude"),
    ("enhanced_speed", "speed"),
    ("enhanced_speed", "compressed_speed_distance"),
];

/// One record of an oracle: FIT fields in our units, and Unix seconds.
#[derive(Default)]
struct Row {
    time_s: Option<i64>,
    /// All values that the oracle gives for a field: some give a field twice.
    values: Vec<(u8, f64)>,
}

impl Row {
    fn of(&self, number: u8) -> impl Iterator<Item = f64> + '_ {
        self.values.iter().filter(move |(n, _)| *n == number).map(|(_, v)| *v)
    }
}

fn by_fitparser(bytes: &[u8]) -> Option<Vec<Row>> {
    use fitparser::de::{DecodeOption, from_bytes_with_options};
    let options = [DecodeOption::KeepCompositeFields].into_iter().collect();
    let messages = catch_unwind(|| from_bytes_with_options(bytes, &options)).ok()?.ok()?;
    let records = messages.iter().filter(|m| m.kind() == fitparser::profile::MesgNum::Record);
    Some(records.map(fitparser_row).collect())
}

fn fitparser_row(message: &fitparser::FitDataRecord) -> Row {
    let mut row = Row::default();
    for field in message.fields() {
        if let (253, fitparser::Value::Timestamp(time)) = (field.number(), field.value()) {
            row.time_s = Some(time.timestamp());
        }
        let known = FIELDS.iter().chain([&FRACTION]);
        let known =
            known.into_iter().find(|f| f.name == field.name() && f.number == field.number());
        let value: Result<f64, _> = field.value().clone().try_into();
        if let (Some(known), Ok(value)) = (known, value) {
            // Positions come unscaled, everything else in its unit.
            let value = if known.number < 2 { value / known.over } else { value };
            row.values.push((known.number, value));
        }
    }
    row
}

fn by_rustyfit(bytes: &[u8]) -> Option<Vec<Row>> {
    let mut decoder =
        rustyfit::DecoderBuilder::new().checksum(true).expand_components(false).build();
    let mut stream = decoder.stream(bytes);
    let mut rows = Vec::new();
    while let Some(event) = stream.next() {
        let rustyfit::DecoderEvent::Message(message) = event.ok()? else { continue };
        if message.num.0 == RECORD {
            rows.push(rustyfit_row(message));
        }
    }
    Some(rows)
}

fn rustyfit_row(message: &rustyfit::proto::Message) -> Row {
    const FIT_EPOCH_S: i64 = 631_065_600;
    let mut row = Row::default();
    for field in &message.fields {
        let Some(stored) = stored(&field.value) else { continue };
        if field.num == 253 {
            row.time_s = Some(FIT_EPOCH_S + stored as i64);
        }
        if let Some(known) = FIELDS.iter().chain([&FRACTION]).find(|f| f.number == field.num) {
            row.values.push((field.num, stored / known.over - known.minus));
        }
    }
    row
}

/// The stored number, absent where it is its type's "absent".
fn stored(value: &Raw) -> Option<f64> {
    match value {
        Raw::Int8(v) => (*v != i8::MAX).then(|| f64::from(*v)),
        Raw::Uint8(v) => (*v != u8::MAX).then(|| f64::from(*v)),
        Raw::Int16(v) => (*v != i16::MAX).then(|| f64::from(*v)),
        Raw::Uint16(v) => (*v != u16::MAX).then(|| f64::from(*v)),
        Raw::Int32(v) => (*v != i32::MAX).then(|| f64::from(*v)),
        Raw::Uint32(v) => (*v != u32::MAX).then(|| f64::from(*v)),
        _ => None,
    }
}

/// Our records in file order: time, and the value of a named native column.
struct Ours<'a> {
    /// Recording and row of each record, by recording.
    rows: Vec<(usize, usize)>,
    output: &'a ReadOutput,
}

impl<'a> Ours<'a> {
    fn new(output: &'a ReadOutput) -> Self {
        let rows = output
            .recordings
            .iter()
            .enumerate()
            .flat_map(|(index, r)| (0..r.times_ms.len()).map(move |row| (index, row)))
            .collect();
        Self { rows, output }
    }

    fn time_s(&self, at: usize) -> Option<i64> {
        let (recording, row) = self.rows[at];
        self.output.recordings[recording].times_ms[row].map(|ms| ms / 1000)
    }

    fn column(&self, recording: usize, name: &str) -> Option<&'a RawColumn> {
        let native = |c: &&RawColumn| c.source == read::ColumnSource::Native && c.name == name;
        self.output.recordings[recording].columns.iter().find(native)
    }
}

impl Ours<'_> {
    /// Whether their value of an expanded field is our value of the field it is expanded from.
    fn expansion(&self, recording: usize, row: usize, name: &str, theirs: &[f64]) -> bool {
        EXPANDED.iter().filter(|(to, _)| *to == name).any(|(_, from)| {
            // The packed field's first column is its speed.
            let value = self.column(recording, from).and_then(|c| c.values.get(row));
            value.is_some() && agrees(value, theirs)
        })
    }
}

fn wanted(row: &Row, field: &Compared) -> Vec<f64> {
    let fraction = row.of(FRACTION.number).next().unwrap_or(0.0);
    let add = if field.name == "cadence" { fraction } else { 0.0 };
    row.of(field.number).map(|v| v + add).collect()
}

fn agrees(ours: Option<f64>, theirs: &[f64]) -> bool {
    match ours {
        None => theirs.is_empty(),
        Some(v) => theirs.iter().any(|t| (t - v).abs() <= 1e-9 * v.abs().max(1.0)),
    }
}

/// Every difference of a file, at most one per field.
fn differences(output: &ReadOutput, theirs: &[Row]) -> Vec<(&'static str, String)> {
    let ours = Ours::new(output);
    if ours.rows.len() != theirs.len() {
        return vec![("records", format!("ours {}, theirs {}", ours.rows.len(), theirs.len()))];
    }
    let mut found = Vec::new();
    let clock = (0..theirs.len()).find(|at| ours.time_s(*at) != theirs[*at].time_s);
    found.extend(clock.map(|at| {
        ("timestamp", format!("record {at}: {:?}, {:?}", ours.time_s(at), theirs[at].time_s))
    }));
    // Legs of a multisport file count distance from their own start: ours to compare is not.
    let legs = output.recordings.len() > 1;
    for field in FIELDS.iter().filter(|f| !(legs && f.name == "distance")) {
        let columns: Vec<Option<&RawColumn>> =
            (0..output.recordings.len()).map(|r| ours.column(r, field.name)).collect();
        let differs = ours.rows.iter().enumerate().find_map(|(at, (recording, row))| {
            let own = columns[*recording].and_then(|c| c.values.get(*row));
            let theirs = wanted(&theirs[at], field);
            let expanded = own.is_none() && ours.expansion(*recording, *row, field.name, &theirs);
            let equal = expanded || agrees(own, &theirs);
            (!equal).then(|| format!("record {at}: {own:?}, {theirs:?}"))
        });
        found.extend(differs.map(|text| (field.name, text)));
    }
    found
}

fn corpus() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/fit");
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).into_iter().flatten().flatten().map(|e| e.path()).collect();
    files.sort();
    files
}

/// Compares all files with one decoder; gives how many it could read, and what is unexplained.
fn against(name: &str, decode: fn(&[u8]) -> Option<Vec<Row>>) -> (usize, Vec<String>) {
    let mut compared = 0;
    let mut unexplained = Vec::new();
    for path in corpus() {
        let file = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let bytes = std::fs::read(&path).expect("a file of the corpus");
        let Some(theirs) = decode(&bytes) else { continue };
        let output = read::read(&bytes, &Limits::default()).expect("ours reads what others read");
        compared += 1;
        for (field, text) in differences(&output, &theirs) {
            let known = EXPECTED.iter().any(|(part, decoder, known, _)| {
                file.contains(part) && *decoder == name && *known == field
            });
            if !known {
                unexplained.push(format!("{file}: {field}: {text}"));
            }
        }
    }
    (compared, unexplained)
}

#[test]
fn columns_equal_fitparsers() {
    if corpus().is_empty() {
        println!("skipped: ../shared/corpus is not there");
        return;
    }
    let (compared, unexplained) = against("fitparser", by_fitparser);
    println!("fitparser: {compared} files, {} unexplained differences", unexplained.len());
    assert!(compared >= 50, "only {compared} files compared");
    assert!(unexplained.is_empty(), "{compared} files: {unexplained:#?}");
}

#[test]
fn columns_equal_rustyfits() {
    if corpus().is_empty() {
        println!("skipped: ../shared/corpus is not there");
        return;
    }
    let (compared, unexplained) = against("rustyfit", by_rustyfit);
    println!("rustyfit: {compared} files, {} unexplained differences", unexplained.len());
    assert!(compared >= 40, "only {compared} files compared");
    assert!(unexplained.is_empty(), "{compared} files: {unexplained:#?}");
}

/// Developer fields of a decoder: values by name, each name's in file order.
type Developers = std::collections::BTreeMap<String, Vec<f64>>;

fn developers_by_fitparser(bytes: &[u8]) -> Option<Developers> {
    let messages = catch_unwind(|| fitparser::from_bytes(bytes)).ok()?.ok()?;
    let mut found = Developers::new();
    for message in messages.iter().filter(|m| m.kind() == fitparser::profile::MesgNum::Record) {
        for field in message.fields().iter().filter(|f| f.developer_field_number().is_some()) {
            let value: Result<f64, _> = field.value().clone().try_into();
            if let Ok(value) = value {
                found.entry(field.name().to_owned()).or_default().push(value);
            }
        }
    }
    Some(found)
}

fn developers_by_us(output: &ReadOutput) -> Developers {
    let mut found = Developers::new();
    for recording in &output.recordings {
        for column in recording.columns_of(read::Field::Developer) {
            found.entry(column.name.clone()).or_default().extend(column.values.iter().flatten());
        }
    }
    found
}

/// Developer fields whose values differ for a reason that is known.
const DEVELOPERS_DIFFER: &[(&str, &str, &str)] = &[];

#[test]
fn developer_fields_equal_fitparsers() {
    if corpus().is_empty() {
        println!("skipped: ../shared/corpus is not there");
        return;
    }
    let (mut files, mut fields, mut values) = (0, 0, 0);
    let mut unexplained = Vec::new();
    for path in corpus() {
        let file = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let bytes = std::fs::read(&path).expect("a file of the corpus");
        let Some(theirs) = developers_by_fitparser(&bytes) else { continue };
        let output = read::read(&bytes, &Limits::default()).expect("ours reads what others read");
        if theirs.is_empty() || output.recordings.is_empty() {
            continue;
        }
        files += 1;
        let ours = developers_by_us(&output);
        for (name, theirs) in &theirs {
            let own = ours.get(name).map(Vec::as_slice).unwrap_or_default();
            let same = own.len() == theirs.len()
                && own.iter().zip(theirs).all(|(a, b)| (a - b).abs() <= 1e-6 * b.abs().max(1.0));
            let known = DEVELOPERS_DIFFER
                .iter()
                .any(|(part, field, _)| file.contains(part) && name == field);
            if same || known {
                fields += 1;
                values += own.len();
            } else {
                let first = own.iter().zip(theirs).position(|(a, b)| a != b);
                unexplained.push(format!(
                    "{file}: {name}: {} ours, {} theirs, first difference {first:?}",
                    own.len(),
                    theirs.len()
                ));
            }
        }
    }
    println!("developer fields: {files} files, {fields} fields, {values} values equal");
    assert!(unexplained.is_empty(), "{unexplained:#?}");
    assert!(files >= 10, "{files}");
}
