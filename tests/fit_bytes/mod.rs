//! FIT by the byte: for the shapes that a well-behaved encoder refuses to write.

// Each test binary includes this folder and uses a part of it.
#![allow(dead_code)]

use lightfoot::read::{self, Field, Limits, ReadOutput, Recording};

use crate::support::fit_encoder::crc16;

/// FIT time of 2024-01-01T00:00:00Z.
pub const START: u32 = 1_073_001_600;
/// The same in Unix milliseconds.
pub const START_MS: i64 = 1_704_067_200_000;

/// A definition message, little-endian: local type, global number, (number, size, base type).
pub fn define(local: u8, global: u16, fields: &[(u8, u8, u8)]) -> Vec<u8> {
    let mut bytes = vec![0x40 | local, 0, 0];
    bytes.extend(global.to_le_bytes());
    bytes.push(fields.len() as u8);
    bytes.extend(fields.iter().flat_map(|f| [f.0, f.1, f.2]));
    bytes
}

/// A definition with developer fields (number, size, developer index).
pub fn define_with_developer(
    local: u8,
    global: u16,
    fields: &[(u8, u8, u8)],
    developer: &[(u8, u8, u8)],
) -> Vec<u8> {
    let mut bytes = define(local, global, fields);
    bytes[0] |= 0x20;
    bytes.push(developer.len() as u8);
    bytes.extend(developer.iter().flat_map(|f| [f.0, f.1, f.2]));
    bytes
}

/// A data message.
pub fn data(local: u8, body: &[&[u8]]) -> Vec<u8> {
    let mut bytes = vec![local];
    body.iter().for_each(|part| bytes.extend(*part));
    bytes
}

/// Text padded with zeros.
pub fn text<const SIZE: usize>(text: &str) -> [u8; SIZE] {
    let mut bytes = [0; SIZE];
    bytes[..text.len()].copy_from_slice(text.as_bytes());
    bytes
}

/// A whole file around messages: 14-byte header and right checksums.
pub fn file(messages: &[u8]) -> Vec<u8> {
    let mut bytes = vec![14, 0x20, 0x54, 0x08];
    bytes.extend((messages.len() as u32).to_le_bytes());
    bytes.extend(b".FIT");
    bytes.extend(crc16(&bytes).to_le_bytes());
    bytes.extend(messages);
    bytes.extend(crc16(&bytes).to_le_bytes());
    bytes
}

/// `file_id` of an activity by a Garmin Forerunner 265, on local type 0.
pub fn file_id(kind: u8) -> Vec<u8> {
    let mut bytes = define(0, 0, &[(0, 1, 0), (1, 2, 0x84), (2, 2, 0x84)]);
    bytes.extend(data(0, &[&[kind], &1_u16.to_le_bytes(), &4257_u16.to_le_bytes()]));
    bytes
}

/// Definition of a plain record: time, heart rate, cadence, on local type 1.
pub fn define_record() -> Vec<u8> {
    define(1, 20, &[(253, 4, 0x86), (3, 1, 2), (4, 1, 2)])
}

/// A plain record, `second` seconds after the start.
pub fn record(second: u32, heart_rate: u8, cadence: u8) -> Vec<u8> {
    data(1, &[&(START + second).to_le_bytes(), &[heart_rate, cadence]])
}

/// Reads a file that holds something.
pub fn read(bytes: &[u8]) -> ReadOutput {
    read::read(bytes, &Limits::default()).expect("the file is read")
}

/// The only recording of a file.
pub fn one(bytes: &[u8]) -> Recording {
    let mut output = read(bytes);
    assert_eq!(output.recordings.len(), 1, "one recording");
    output.recordings.remove(0)
}

/// The first column of a meaning, as options.
pub fn column(recording: &Recording, field: Field) -> Vec<Option<f64>> {
    recording.columns_of(field).next().map(|c| c.values.iter().collect()).unwrap_or_default()
}

/// The developer column of a name.
pub fn developer(recording: &Recording, name: &str) -> Vec<Option<f64>> {
    let found = recording.columns_of(Field::Developer).find(|c| c.name == name);
    found.map(|c| c.values.iter().collect()).unwrap_or_default()
}
