//! FIT files that claim or ask for more than they hold.

use crate::fit_bytes::{
    START, data, define, define_record, define_with_developer, file, file_id, record, text,
};
use crate::{affordable, alone};

#[test]
fn many_records_of_one_byte_under_wide_definitions() {
    let _alone = alone();
    // 96 developer columns and all native ones hold one value each; then a hundred thousand records
    // of a single byte, whose definition has no field.
    let mut messages = file_id(4);
    let columns: Vec<(u8, u8, u8)> = (0..250).map(|number| (number, 1, 0)).collect();
    for number in 0..250_u8 {
        messages.extend(define(5, 206, &[(0, 1, 2), (1, 1, 2), (2, 1, 2), (3, 4, 7)]));
        messages.extend(data(5, &[&[0, number, 2], &text::<4>(&format!("f{number}"))]));
    }
    messages.extend(define_with_developer(1, 20, &[(253, 4, 0x86), (4, 1, 2)], &columns));
    messages.extend(data(1, &[&START.to_le_bytes(), &[84], &[1; 250]]));
    messages.extend(define(2, 20, &[]));
    let head = messages.clone();
    for records in [250_000, 1_000_000] {
        messages.resize(head.len() + records, 2);
        affordable(&format!("{records} records of one byte"), &file(&messages));
    }
}

#[test]
fn compressed_records_of_one_byte() {
    let _alone = alone();
    let mut messages = file_id(4);
    messages.extend(define_record());
    messages.extend(record(0, 140, 84));
    messages.extend(define(2, 20, &[]));
    let head = messages.len();
    for records in [250_000, 1_000_000] {
        messages.truncate(head);
        messages.extend((0..records).map(|s| 0x80 | (2 << 5) | ((START + s) & 0x1f) as u8));
        affordable(&format!("{records} compressed records of one byte"), &file(&messages));
    }
}

#[test]
fn definitions_of_all_sizes_and_nothing_behind_them() {
    let _alone = alone();
    let mut messages = file_id(4);
    for global in 0..4000_u16 {
        let fields: Vec<(u8, u8, u8)> = (0..=254).map(|n| (n, 255, 13)).collect();
        messages.extend(define((global % 16) as u8, global, &fields));
    }
    affordable("four thousand definitions of 65 kB records", &file(&messages));
    let mut cut = file(&messages);
    cut.truncate(cut.len() / 2);
    affordable("and half of them", &cut);
}

#[test]
fn lengths_that_lie() {
    let _alone = alone();
    let mut messages = file_id(4);
    messages.extend(define_record());
    (0..50).for_each(|s| messages.extend(record(s, 140, 84)));
    for declared in [0, 1, 0x7fff_ffff, u32::MAX] {
        let mut bytes = file(&messages);
        bytes[4..8].copy_from_slice(&declared.to_le_bytes());
        let cost = affordable("a length that lies", &bytes);
        assert!(cost.bytes < 1 << 20, "nothing is set aside for a claim: {}", cost.bytes);
    }
    for short in [b"\x0e".as_slice(), b"\x0e\x10\x00", b"\xff\x10\x00\x00\xff\xff\xff\xff.FIT"] {
        affordable("three bytes", short);
    }
}

#[test]
fn noise_and_zeros() {
    let _alone = alone();
    for fill in [0x00, 0x40, 0x60, 0x7f, 0x80, 0xff] {
        affordable("one byte over and over", &file(&vec![fill; 300_000]));
    }
    let mut state = 0x1234_5678_9abc_def0_u64;
    let noise: Vec<u8> = (0..300_000)
        .map(|_| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state as u8
        })
        .collect();
    affordable("noise", &file(&noise));
    let mut chained = Vec::new();
    (0..3000).for_each(|_| chained.extend(file(&file_id(4))));
    affordable("three thousand chained parts", &chained);
}
