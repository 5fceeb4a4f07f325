//! The FIT reader on every quirk of the format, one small file each.

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
use lightfoot::read::{self, CadenceConvention, ColumnSource, Field, Limits, ReadError};
use support::fit_encoder::{FitEncoder, Header, Order, Value, crc16};

/// The same run in any byte order and header.
fn small_run(order: Order, header: Header) -> Vec<u8> {
    let mut fit = FitEncoder::new(order, header);
    fit.message(
        0,
        0,
        &[(0, Value::Enum(4)), (1, Value::U16(Some(1))), (2, Value::U16(Some(4257)))],
    );
    for second in 0..5_u32 {
        fit.message(
            1,
            20,
            &[
                (253, Value::U32(Some(START + second))),
                (0, Value::S32(Some(536_870_912))),
                (1, Value::S32(Some(-1_073_741_824))),
                (78, Value::U32(Some(2600))),
                (5, Value::U32(Some(250 * second))),
                (73, Value::U32(Some(2500))),
                (3, Value::U8(Some(150))),
                (4, Value::U8(Some(85))),
                (53, Value::U8(Some(64))),
                (39, Value::U16(Some(851))),
                (41, Value::U16(Some(2504))),
                (83, Value::U16(Some(812))),
                (84, Value::U16(Some(4987))),
                (85, Value::U16(Some(10_321))),
                (13, Value::S8(Some(-3))),
            ],
        );
    }
    fit.finish()
}

#[test]
fn both_byte_orders_and_all_headers_say_the_same() {
    for order in [Order::Little, Order::Big] {
        for header in [Header::WithCrc, Header::ZeroCrc, Header::Short] {
            let run = one(&small_run(order, header));
            assert!(run.issues.is_empty(), "{order:?} {header:?}: {:?}", run.issues);
            assert_eq!(run.device.name.as_deref(), Some("Forerunner 265"));
            let times: Vec<i64> = run.times_ms.iter().flatten().copied().collect();
            assert_eq!(times, [0, 1, 2, 3, 4].map(|s| START_MS + 1000 * s));
            for (field, last) in [
                (Field::Latitude, 45.0),
                (Field::Longitude, -90.0),
                (Field::Altitude, 20.0),
                (Field::Distance, 10.0),
                (Field::Speed, 2.5),
                (Field::HeartRate, 150.0),
                (Field::Cadence, 85.5),
                (Field::VerticalOscillation, 85.1),
                (Field::GroundContactTime, 250.4),
                (Field::VerticalRatio, 8.12),
                (Field::ContactBalance, 49.87),
                (Field::StepLength, 1032.1),
                (Field::Temperature, -3.0),
            ] {
                assert_eq!(column(&run, field).last(), Some(&Some(last)), "{field:?}");
            }
            let cadence = run.columns_of(Field::Cadence).next().expect("cadence");
            assert_eq!(cadence.convention, CadenceConvention::Strides);
            assert!(!cadence.whole_numbers, "there is a fraction field");
        }
    }
}

#[test]
fn absent_values_are_absent_in_every_column() {
    let mut fit = FitEncoder::new(Order::Little, Header::WithCrc);
    for (second, there) in [(0, true), (1, false), (2, true)] {
        let u16 = |v: u16| Value::U16(there.then_some(v));
        let u8 = |v: u8| Value::U8(there.then_some(v));
        fit.message(
            0,
            20,
            &[
                (253, Value::U32(Some(START + second))),
                (0, Value::S32(there.then_some(1))),
                (2, u16(3000)),
                (6, u16(2500)),
                (3, u8(140)),
                (4, u8(80)),
                // The fraction is absent where the cadence is there.
                (53, Value::U8((!there).then_some(64))),
                (7, u16(230)),
                (13, Value::S8(there.then_some(20))),
            ],
        );
    }
    let run = one(&fit.finish());
    for column in &run.columns {
        let there: Vec<bool> = column.values.iter().map(|v| v.is_some()).collect();
        assert_eq!(there, [true, false, true], "{}", column.name);
    }
    assert_eq!(column(&run, Field::Cadence), [Some(80.0), None, Some(80.0)]);
    assert!(run.columns_of(Field::Longitude).next().is_none(), "no field, no column");
}

#[test]
fn a_column_without_any_value_is_no_column() {
    let mut messages = define_record();
    (0..3).for_each(|s| messages.extend(record(s, 0xff, 88)));
    let run = one(&file(&messages));
    assert!(run.columns_of(Field::HeartRate).next().is_none());
    let cadence = run.columns_of(Field::Cadence).next().expect("cadence");
    assert!(cadence.whole_numbers, "no fraction field");
}

#[test]
fn compressed_headers_roll_over_every_32_seconds() {
    let mut messages = define(1, 21, &[(253, 4, 0x86), (0, 1, 0), (1, 1, 0)]);
    messages.extend(data(1, &[&(START + 30).to_le_bytes(), &[0, 0]]));
    messages.extend(define(2, 20, &[(3, 1, 2)]));
    for second in [31, 32, 40, 70_u32] {
        // 40 to 70 is 30 s: five bits are enough as long as a gap stays below 32 s.
        let seconds = ((START + second) & 0x1f) as u8;
        messages.extend([0x80 | (2 << 5) | seconds, 120]);
    }
    let run = one(&file(&messages));
    let times: Vec<i64> = run.times_ms.iter().flatten().map(|t| (t - START_MS) / 1000).collect();
    assert_eq!(times, [31, 32, 40, 70]);
}

#[test]
fn compressed_speed_and_distance() {
    // Speed 3.00 m/s and distance in 1/16 m, overflowing at 256 m.
    let mut messages = define(1, 20, &[(253, 4, 0x86), (8, 3, 13)]);
    for (second, sixteenths) in [(0, 0_u32), (40, 1920), (80, 3840), (120, 5760)] {
        let packed = 300 | (sixteenths & 0xfff) << 12;
        messages.extend(data(1, &[&(START + second).to_le_bytes(), &packed.to_le_bytes()[..3]]));
    }
    let run = one(&file(&messages));
    assert_eq!(column(&run, Field::Speed), [Some(3.0); 4]);
    assert_eq!(column(&run, Field::Distance), [0.0, 120.0, 240.0, 360.0].map(Some));
}

#[test]
fn a_definition_redefined_midway() {
    let mut messages = define_record();
    messages.extend(record(0, 100, 80));
    messages.extend(define(1, 20, &[(4, 1, 2), (253, 4, 0x86), (7, 2, 0x84)]));
    messages.extend(data(1, &[&[81], &(START + 1).to_le_bytes(), &200_u16.to_le_bytes()]));
    messages.extend(define_record());
    messages.extend(record(2, 102, 82));
    let run = one(&file(&messages));
    assert_eq!(column(&run, Field::Cadence), [Some(80.0), Some(81.0), Some(82.0)]);
    assert_eq!(column(&run, Field::HeartRate), [Some(100.0), None, Some(102.0)]);
    assert_eq!(column(&run, Field::Power), [None, Some(200.0), None]);
}

/// Watches write the same messages beside each record, most of the time: every one of them is
/// counted, and no record is lost where they come otherwise.
#[test]
fn messages_that_come_round_with_records_and_sometimes_do_not() {
    let mut messages = define_record();
    messages.extend(define(2, 0xff00, &[(0, 2, 0x84)]));
    messages.extend(define(3, 0xff01, &[(253, 4, 0x86), (0, 1, 2)]));
    let (mut narrow, mut wide, mut others) = (0, 0, 0);
    for second in 0..200_u32 {
        // The same header stands for a longer message for a while, midway between two records.
        match second {
            100 => messages.extend(define(2, 0xff02, &[(0, 1, 2), (1, 2, 0x84)])),
            130 => messages.extend(define(2, 0xff00, &[(0, 2, 0x84)])),
            _ => {}
        }
        messages.extend(record(second, second as u8, 80));
        if (100..130).contains(&second) {
            messages.extend(data(2, &[&[1], &7_u16.to_le_bytes()]));
            wide += 1;
        } else if second % 23 != 20 {
            messages.extend(data(2, &[&7_u16.to_le_bytes()]));
            narrow += 1;
        }
        // Once there are more of them than anybody follows.
        let more = if second % 31 == 30 { second as usize % 12 } else { 1 };
        for _ in 0..more {
            messages.extend(data(3, &[&(START + second).to_le_bytes(), &[1]]));
            others += 1;
        }
    }
    let run = one(&file(&messages));
    let expected: Vec<Option<f64>> = (0..200).map(|rate| Some(f64::from(rate))).collect();
    assert_eq!(column(&run, Field::HeartRate), expected);
    let counts = [("unknown_65280", narrow), ("unknown_65281", others), ("unknown_65282", wide)];
    for (name, count) in counts {
        assert_eq!(run.passed_over.get(name), Some(&count), "{name}");
    }
}

#[test]
fn a_size_that_contradicts_its_base_type_loses_no_message() {
    // Distance as a "uint32" of two bytes, cadence as a "uint16" of three, speed as an array.
    let mut messages =
        define(1, 20, &[(253, 4, 0x86), (5, 2, 0x86), (4, 3, 0x84), (6, 4, 0x84), (3, 1, 2)]);
    for second in 0..3_u32 {
        messages.extend(data(
            1,
            &[
                &(START + second).to_le_bytes(),
                &(300 * second as u16).to_le_bytes(),
                &[80, 0, 0],
                &2500_u16.to_le_bytes(),
                &2600_u16.to_le_bytes(),
                &[150],
            ],
        ));
    }
    let run = one(&file(&messages));
    assert_eq!(column(&run, Field::Distance), [0.0, 3.0, 6.0].map(Some));
    assert_eq!(column(&run, Field::HeartRate), [Some(150.0); 3]);
    assert_eq!(column(&run, Field::Speed), [Some(2.5); 3]);
    assert!(run.columns_of(Field::Cadence).next().is_none(), "three bytes are no number");
    let said = run.issues.iter().filter(|i| i.kind == IssueKind::Malformed).count();
    assert_eq!(said, 2, "one issue per field: {:?}", run.issues);
}

/// A `field_description`: developer 0, number, base type, name, unit, native field.
fn describe(number: u8, base_type: u8, name: &str, unit: &str, native: u8) -> Vec<u8> {
    let mut bytes =
        define(5, 206, &[(0, 1, 2), (1, 1, 2), (2, 1, 2), (3, 16, 7), (8, 8, 7), (15, 1, 2)]);
    let (name, unit) = (text::<16>(name), text::<8>(unit));
    bytes.extend(data(5, &[&[0, number, base_type], &name, &unit, &[native]]));
    bytes
}

fn developer_record(second: u32, power: u16, text_field: &[u8; 4]) -> Vec<u8> {
    data(1, &[&(START + second).to_le_bytes(), &power.to_le_bytes(), text_field])
}

#[test]
fn developer_fields_described_before_after_and_never() {
    let define_use = define_with_developer(1, 20, &[(253, 4, 0x86)], &[(7, 2, 0), (9, 4, 0)]);
    let mut before = define(3, 207, &[(1, 16, 13), (3, 1, 2), (2, 2, 0x84)]);
    before.extend(data(3, &[&[7; 16], &[0], &95_u16.to_le_bytes()]));
    before.extend(describe(7, 0x84, "Form Power", "Watts", 7));
    before.extend(&define_use);
    before.extend(developer_record(0, 71, b"abcd"));
    before.extend(developer_record(1, 0xffff, b"abcd"));

    let mut after = define_use.clone();
    after.extend(developer_record(0, 71, b"abcd"));
    after.extend(developer_record(1, 0xffff, b"abcd"));
    after.extend(describe(7, 0x84, "Form Power", "Watts", 7));

    for (case, messages, application) in
        [("before", &before, Some("stryd")), ("after", &after, None)]
    {
        let run = one(&file(messages));
        assert_eq!(developer(&run, "Form Power"), [Some(71.0), None], "described {case}");
        let column = run.columns_of(Field::Developer).next().expect("a developer column");
        assert_eq!(column.unit, "Watts");
        assert_eq!(
            column.source,
            ColumnSource::Developer {
                application: application.map(str::to_owned),
                overrides: Some(7)
            }
        );
        assert!(run.columns_of(Field::Power).next().is_none(), "overrides stay a claim");
        assert!(run.issues.iter().any(|i| i.message.contains("without a description")));
    }

    let mut never = define_use;
    never.extend(developer_record(0, 71, b"abcd"));
    let run = one(&file(&never));
    assert_eq!(run.times_ms, [Some(START_MS)], "the record stays");
    assert!(run.columns_of(Field::Developer).next().is_none());
}

#[test]
fn a_developer_field_that_changes_its_meaning_midway() {
    let define_use = define_with_developer(1, 20, &[(253, 4, 0x86)], &[(7, 1, 0)]);
    let value = |second: u32, v: u8| data(1, &[&(START + second).to_le_bytes(), &[v]]);
    let mut messages = describe(7, 2, "Left", "", 0xff);
    messages.extend(&define_use);
    messages.extend(value(0, 1));
    messages.extend(describe(7, 2, "Right", "", 0xff));
    messages.extend(&define_use);
    messages.extend(value(1, 2));
    let run = one(&file(&messages));
    assert_eq!(developer(&run, "Left"), [Some(1.0), None]);
    assert_eq!(developer(&run, "Right"), [None, Some(2.0)]);
}

#[test]
fn more_records_than_the_limit() {
    let mut messages = define_record();
    (0..5).for_each(|s| messages.extend(record(s, 100, 80)));
    let limits = Limits { records: 4, ..Limits::default() };
    let result = read::read(&file(&messages), &limits);
    assert!(matches!(result, Err(ReadError::Limit { what: "records", limit: 4, .. })));
}

#[test]
fn envelopes_that_lie() {
    let mut messages = define_record();
    (0..4).for_each(|s| messages.extend(record(s, 100, 80)));
    let sound = file(&messages);
    let length = messages.len() as u32;
    // How to spoil the file, and the kind of issue that must tell it.
    let with_length = |declared: u32, sealed: bool| {
        let mut bytes = sound.clone();
        bytes.truncate(bytes.len() - 2);
        bytes[4..8].copy_from_slice(&declared.to_le_bytes());
        let header = crc16(&bytes[..12]).to_le_bytes();
        bytes[12..14].copy_from_slice(&header);
        if sealed {
            bytes.extend(crc16(&bytes).to_le_bytes());
        }
        bytes
    };
    let mut wrong_crc = sound.clone();
    *wrong_crc.last_mut().expect("bytes") ^= 0x55;
    let mut loose = sound.clone();
    loose.extend([0; 40]);
    let mut wrong_header = with_length(length, false);
    wrong_header[12] ^= 0x11;
    wrong_header.extend(crc16(&wrong_header).to_le_bytes());
    for (case, bytes, kind) in [
        ("wrong checksum", wrong_crc, IssueKind::Checksum),
        ("wrong header checksum", wrong_header, IssueKind::Checksum),
        ("bytes behind the end", loose, IssueKind::Header),
        ("length 0, sealed", with_length(0, true), IssueKind::Header),
        ("length 0, interrupted", with_length(0, false), IssueKind::Header),
        ("length too large, sealed", with_length(length + 500, true), IssueKind::Header),
        ("length too large, cut", with_length(length + 500, false), IssueKind::Truncated),
        ("length too small, sealed", with_length(length - 6, true), IssueKind::Header),
    ] {
        let run = one(&bytes);
        assert_eq!(run.times_ms.len(), 4, "{case}");
        let kinds: Vec<IssueKind> = run.issues.iter().map(|i| i.kind).collect();
        assert_eq!(kinds, [kind], "{case}: {:?}", run.issues);
    }
}
