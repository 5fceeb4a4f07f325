//! The FIT reader on damaged files: cut at every byte, mutated at random, bytes lost inside.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test says what it expects; a panic here is a failing test"
)]

mod fit_bytes;
mod support;

use fit_bytes::*;
use lightfoot::activity::IssueKind;
use lightfoot::read::{self, Limits, ReadError};

/// Marsaglia's xorshift: seeded, so that a failure comes back.
struct Noise(u64);

impl Noise {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }
}

/// A file with everything that has lengths in it: developer fields, strings, events, a session,
/// `hr` messages and compressed headers. Gives the bytes and the offset behind each record.
fn rich_file() -> (Vec<u8>, Vec<usize>) {
    const HEADER: usize = 14;
    let mut messages = file_id(4);
    messages.extend(define(5, 206, &[(0, 1, 2), (1, 1, 2), (2, 1, 2), (3, 8, 7), (8, 4, 7)]));
    messages.extend(data(5, &[&[0, 7, 0x84], &text::<8>("Power"), &text::<4>("W")]));
    messages.extend(define(2, 21, &[(253, 4, 0x86), (0, 1, 0), (1, 1, 0)]));
    messages.extend(data(2, &[&START.to_le_bytes(), &[0, 0]]));
    messages.extend(define_with_developer(
        1,
        20,
        &[(253, 4, 0x86), (0, 4, 0x85), (3, 1, 2), (8, 3, 13)],
        &[(7, 2, 0)],
    ));
    let mut ends = Vec::new();
    for second in 0..12_u32 {
        let stamp = (START + second).to_le_bytes();
        messages.extend(data(1, &[&stamp, &[0, 0, 0, 32], &[140], &[1, 2, 3], &[200, 0]]));
        ends.push(HEADER + messages.len());
        if second == 6 {
            messages.extend(data(2, &[&stamp, &[0, 4]]));
            messages.extend(data(2, &[&stamp, &[0, 0]]));
        }
    }
    messages.extend(define(3, 20, &[(3, 1, 2)]));
    for second in 12..16_u32 {
        messages.extend([0x80 | (3 << 5) | ((START + second) & 0x1f) as u8, 141]);
        ends.push(HEADER + messages.len());
    }
    messages.extend(define(4, 18, &[(2, 4, 0x86), (7, 4, 0x86), (5, 1, 0)]));
    messages.extend(data(4, &[&START.to_le_bytes(), &16_000_u32.to_le_bytes(), &[1]]));
    messages.extend(define(2, 132, &[(253, 4, 0x86), (9, 4, 0x86), (6, 1, 2)]));
    messages.extend(data(2, &[&START.to_le_bytes(), &4000_u32.to_le_bytes(), &[90]]));
    (file(&messages), ends)
}

#[test]
fn cut_at_every_byte_everything_before_is_kept() {
    let (bytes, ends) = rich_file();
    for cut in 0..bytes.len() {
        let whole = ends.iter().filter(|end| **end <= cut).count();
        match read::read(&bytes[..cut], &Limits::default()) {
            Ok(output) => {
                let kept: usize = output.recordings.iter().map(|r| r.times_ms.len()).sum();
                assert_eq!(kept, whole, "cut at {cut}");
                let said = output.issues.iter().find(|i| i.kind == IssueKind::Truncated);
                let said = said.unwrap_or_else(|| panic!("cut at {cut}: {:?}", output.issues));
                assert!(said.message.contains("byte"), "{}", said.message);
            }
            Err(error) => {
                assert_eq!(whole, 0, "cut at {cut}: {error}");
                assert!(
                    matches!(error, ReadError::Malformed { .. } | ReadError::UnknownFormat { .. }),
                    "cut at {cut}: {error}"
                );
            }
        }
    }
    assert_eq!(one(&bytes).times_ms.len(), ends.len(), "whole");
}

#[test]
fn the_offset_of_a_cut_is_that_of_the_message_it_cuts() {
    let (bytes, ends) = rich_file();
    let cut = ends[4] + 5;
    let run = one(&bytes[..cut]);
    let wanted = format!("byte {} ", ends[4]);
    assert!(run.issues.iter().any(|i| i.message.contains(&wanted)), "{:?}", run.issues);
}

#[test]
fn what_damage_left_unnamed_is_no_settings_file() {
    const NO_TYPE: u8 = 0xff;
    let whole = file(&file_id(NO_TYPE));
    let output = read::read(&whole, &Limits::default()).unwrap();
    assert_eq!(output.not_an_activity.unwrap().what, "file of no stated type");
    let mut damaged = whole;
    *damaged.last_mut().unwrap() ^= 0x55;
    let error = read::read(&damaged, &Limits::default()).unwrap_err().to_string();
    assert!(error.contains("no record can be made out"), "{error}");
}

#[test]
fn mutated_files_never_panic() {
    let (sound, _) = rich_file();
    let mut chained = sound.clone();
    chained.extend(&sound);
    let mut noise = Noise(0x9e37_79b9_7f4a_7c15);
    for round in 0..4000 {
        let mut bytes = if round % 3 == 0 { chained.clone() } else { sound.clone() };
        for _ in 0..=noise.below(8) {
            let at = noise.below(bytes.len());
            match noise.below(4) {
                0 => bytes[at] = noise.next() as u8,
                1 => bytes[at] ^= 1 << noise.below(8),
                2 => drop(bytes.remove(at)),
                _ => bytes.insert(at, noise.next() as u8),
            }
        }
        // The sizes that matter: whatever comes out, columns are as long as the times.
        if let Ok(output) = read::read(&bytes, &Limits::default()) {
            for recording in &output.recordings {
                let rows = recording.times_ms.len();
                assert!(recording.columns.iter().all(|c| c.values.len() == rows));
            }
        }
    }
}

#[test]
fn noise_behind_a_header_never_panics() {
    let mut noise = Noise(7);
    for _ in 0..2000 {
        let length = noise.below(600);
        let messages: Vec<u8> = (0..length).map(|_| noise.next() as u8 & 0x5f).collect();
        let _ = read::read(&file(&messages), &Limits::default());
    }
}

#[test]
fn a_lost_byte_costs_a_record_and_not_the_run() {
    let mut messages = define_record();
    let mut starts = Vec::new();
    for second in 0..40 {
        starts.push(messages.len());
        messages.extend(record(second, 140, 85));
    }
    // The last byte of record 20 is gone: what follows is read one byte too early.
    messages.remove(starts[21] - 1);
    let run = one(&file(&messages));
    let seconds: Vec<i64> = run.times_ms.iter().flatten().map(|t| (t - START_MS) / 1000).collect();
    assert!(seconds.len() >= 38, "{seconds:?}");
    assert_eq!(seconds.last(), Some(&39));
    assert!(seconds.windows(2).all(|w| w[0] < w[1]), "{seconds:?}");
    let said = run.issues.iter().find(|i| i.kind == IssueKind::Malformed).expect("it is said");
    assert_eq!(said.count, 1);
}

#[test]
fn an_undefined_local_type_with_nothing_behind_it_ends_the_run() {
    let mut messages = define_record();
    (0..3).for_each(|s| messages.extend(record(s, 140, 85)));
    messages.extend([9; 30]);
    let run = one(&file(&messages));
    assert_eq!(run.times_ms.len(), 3);
    assert!(run.issues.iter().any(|i| i.message.contains("local type 9")), "{:?}", run.issues);
}
