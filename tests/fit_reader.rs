//! The FIT reader on every quirk of the format, one small file each.

mod fit_bytes;
mod support;

use fit_bytes::*;
use lightfoot::activity::{IssueKind, Sport, SubSport, SummaryKey};
use lightfoot::read::{self, CadenceConvention, ColumnSource, Field, Limits, ReadError, TimerStop};
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

/// A session on local type 4.
fn session(start: u32, elapsed_s: u32, sport: u8, distance_m: u32) -> Vec<u8> {
    let mut bytes = define(
        4,
        18,
        &[
            (2, 4, 0x86),
            (7, 4, 0x86),
            (8, 4, 0x86),
            (9, 4, 0x86),
            (5, 1, 0),
            (6, 1, 0),
            (18, 1, 2),
            (92, 1, 2),
            (10, 4, 0x86),
            (134, 2, 0x84),
            (22, 2, 0x84),
        ],
    );
    bytes.extend(data(
        4,
        &[
            &(START + start).to_le_bytes(),
            &(elapsed_s * 1000).to_le_bytes(),
            &(elapsed_s * 1000 - 500).to_le_bytes(),
            &(distance_m * 100).to_le_bytes(),
            &[sport, 3, 84, 32],
            &1000_u32.to_le_bytes(),
            &10_250_u16.to_le_bytes(),
            &0xffff_u16.to_le_bytes(),
        ],
    ));
    bytes
}

#[test]
fn the_devices_own_summary() {
    let mut messages = define_record();
    messages.extend(record(0, 100, 80));
    messages.extend(session(0, 600, 1, 1500));
    let run = one(&file(&messages));
    assert_eq!((&run.sport, &run.sub_sport), (&Sport::Running, &SubSport::Trail));
    assert_eq!(run.stated_start_ms, Some(START_MS));
    assert_eq!(run.summary_cadence, CadenceConvention::Steps);
    for (key, value) in [
        (SummaryKey::StepRateSpm, Some(168.5)),
        (SummaryKey::Steps, Some(2000.0)),
        (SummaryKey::DistanceM, Some(1500.0)),
        (SummaryKey::TimerS, Some(599.5)),
        (SummaryKey::ElapsedS, Some(600.0)),
        (SummaryKey::StepLengthM, Some(1.025)),
        (SummaryKey::AscentM, None),
    ] {
        assert_eq!(run.summary.get(key), value, "{key:?}");
    }
}

/// Swim, transition, run; distance counted through.
fn multisport(summary_first: bool) -> Vec<u8> {
    let mut sessions = session(0, 10, 5, 100);
    sessions.extend(session(10, 5, 3, 0));
    sessions.extend(session(15, 10, 1, 30));
    let mut records = define(1, 20, &[(253, 4, 0x86), (5, 4, 0x86)]);
    let distances = (0..25_u32).map(|s| match s {
        0..10 => 1000 * (s + 1),
        10..15 => 10_000,
        _ => 10_000 + 300 * (s - 14),
    });
    for (second, distance) in (0..25_u32).zip(distances) {
        records.extend(data(1, &[&(START + second).to_le_bytes(), &distance.to_le_bytes()]));
    }
    let mut messages = file_id(4);
    if summary_first {
        messages.extend(sessions);
        messages.extend(records);
    } else {
        messages.extend(records);
        messages.extend(sessions);
    }
    file(&messages)
}

#[test]
fn multisport_legs_by_time_and_distance_from_their_own_start() {
    for summary_first in [true, false] {
        let output = read(&multisport(summary_first));
        let sports: Vec<&Sport> = output.recordings.iter().map(|r| &r.sport).collect();
        let other = |name: &str| Sport::Other(name.to_owned());
        assert_eq!(sports, [&other("swimming"), &other("transition"), &Sport::Running]);
        let rows: Vec<usize> = output.recordings.iter().map(|r| r.times_ms.len()).collect();
        assert_eq!(rows, [10, 5, 10]);
        assert_eq!(output.recordings.iter().map(|r| r.part).collect::<Vec<_>>(), [0, 1, 2]);
        let run = output.recordings.last().expect("the run");
        let distance = column(run, Field::Distance);
        assert_eq!((distance.first(), distance.last()), (Some(&Some(3.0)), Some(&Some(30.0))));
    }
}

#[test]
fn chained_parts_have_their_own_state() {
    let mut first = file_id(4);
    first.extend(define_record());
    first.extend(record(0, 100, 80));
    // In the second part local type 1 is something else.
    let mut second = file_id(4);
    second.extend(define(1, 20, &[(253, 4, 0x86), (7, 2, 0x84)]));
    second.extend(data(1, &[&(START + 900).to_le_bytes(), &250_u16.to_le_bytes()]));
    let mut bytes = file(&first);
    bytes.extend(file(&second));
    let output = read(&bytes);
    assert_eq!(output.recordings.len(), 2);
    assert!(output.issues.is_empty(), "{:?}", output.issues);
    assert_eq!(column(&output.recordings[1], Field::Power), [Some(250.0)]);
    assert_eq!(output.recordings[1].part, 1);

    let limits = Limits { chained_parts: 1, ..Limits::default() };
    assert!(matches!(read::read(&bytes, &limits), Err(ReadError::Limit { .. })));
}

#[test]
fn timer_events_become_stops() {
    let mut messages = define(2, 21, &[(253, 4, 0x86), (0, 1, 0), (1, 1, 0)]);
    // start, stop_all, start, a lap event, an extra start, stop; the file then ends.
    for (second, event, kind) in
        [(0, 0, 0), (60, 0, 4), (90, 0, 0), (95, 9, 1), (96, 0, 0), (120, 0, 1)]
    {
        messages.extend(data(2, &[&(START + second).to_le_bytes(), &[event, kind]]));
    }
    messages.extend(define_record());
    messages.extend(record(0, 100, 80));
    let run = one(&file(&messages));
    let at = |second: i64| START_MS + 1000 * second;
    assert_eq!(
        run.stops,
        [
            TimerStop { start_ms: at(60), end_ms: Some(at(90)) },
            TimerStop { start_ms: at(120), end_ms: None }
        ]
    );
}

#[test]
fn people_places_and_sensors() {
    let mut messages = file_id(4);
    messages.extend(define(2, 3, &[(0, 8, 7), (1, 1, 0), (2, 1, 2), (3, 1, 2), (4, 2, 0x84)]));
    messages.extend(data(2, &[&text::<8>("Kim"), &[0, 41, 168], &605_u16.to_le_bytes()]));
    messages.extend(define(
        2,
        23,
        &[(0, 1, 2), (1, 1, 2), (2, 2, 0x84), (4, 2, 0x84), (5, 2, 0x84), (25, 1, 0)],
    ));
    for (index, kind, maker, product, version, source) in [
        (0, 0xff, 1_u16, 4257_u16, 1926_u16, 5),
        (1, 4, 1, 4257, 0xffff, 5),
        (2, 120, 1, 3300, 0xffff, 1),
        (3, 124, 95, 1, 0xffff, 1),
        (4, 124, 95, 1, 0xffff, 1),
    ] {
        let (maker, product) = (maker.to_le_bytes(), product.to_le_bytes());
        let version = version.to_le_bytes();
        messages.extend(data(2, &[&[index, kind], &maker, &product, &version, &[source]]));
    }
    messages.extend(define(2, 34, &[(253, 4, 0x86), (5, 4, 0x86)]));
    let local = (START + 2 + 5 * 3600 + 1800).to_le_bytes();
    messages.extend(data(2, &[&START.to_le_bytes(), &local]));
    messages.extend(define_record());
    messages.extend(record(0, 100, 80));
    let run = one(&file(&messages));
    assert_eq!(run.runner.name.as_deref(), Some("Kim"));
    assert_eq!(run.runner.gender, Some("female"));
    assert_eq!((run.runner.age_years, run.runner.height_m), (Some(41.0), Some(1.68)));
    assert_eq!(run.runner.mass_kg, Some(60.5));
    assert_eq!(run.device.firmware.as_deref(), Some("19.26"));
    assert_eq!(run.utc_offset_s, Some(5 * 3600 + 1800), "two seconds apart, still half past five");
    let kinds: Vec<_> = run.sensors.iter().filter_map(|s| s.kind.as_deref()).collect();
    assert_eq!(kinds, ["built-in barometer", "heart rate strap with running dynamics", "foot pod"]);
}

#[test]
fn heart_rate_in_hr_messages_reaches_records_that_have_none() {
    let mut messages = define(1, 20, &[(253, 4, 0x86), (7, 2, 0x84)]);
    for second in 0..4_u32 {
        messages.extend(data(1, &[&(START + second).to_le_bytes(), &200_u16.to_le_bytes()]));
    }
    // The anchor: tick 4000 is the start; then two packed beats, the first 1 s later, the second
    // behind the overflow of twelve bits.
    messages.extend(define(2, 132, &[(253, 4, 0x86), (9, 4, 0x86), (6, 1, 2)]));
    messages.extend(data(2, &[&START.to_le_bytes(), &4000_u32.to_le_bytes(), &[90]]));
    messages.extend(define(2, 132, &[(10, 3, 13), (6, 2, 2)]));
    let (first, second) = ((4000 + 1024) & 0xfff_u32, (4000 + 2048) & 0xfff_u32);
    let packed = (first | second << 12).to_le_bytes();
    messages.extend(data(2, &[&packed[..3], &[92, 94]]));
    let run = one(&file(&messages));
    assert_eq!(column(&run, Field::HeartRate), [90.0, 92.0, 94.0, 94.0].map(Some));
    assert!(run.issues.iter().any(|i| i.kind == IssueKind::SourceChoice));
}

#[test]
fn files_that_are_no_activity_are_named() {
    for (kind, what) in [(2, "settings"), (5, "workout"), (6, "course"), (32, "monitoring_b")] {
        let output = read(&file(&file_id(kind)));
        assert!(output.recordings.is_empty());
        assert_eq!(output.not_an_activity.expect("a reason").what, what);
    }
    // A course has records that nobody has run.
    let mut messages = file_id(6);
    messages.extend(define_record());
    messages.extend(record(0, 100, 80));
    assert_eq!(read(&file(&messages)).not_an_activity.expect("a reason").what, "course");
}

#[test]
fn other_messages_are_counted_by_name_and_unknown_sports_keep_their_number() {
    let mut messages = define(3, 78, &[(0, 2, 0x84)]);
    (0..3).for_each(|_| messages.extend(data(3, &[&800_u16.to_le_bytes()])));
    messages.extend(define(3, 233, &[(0, 1, 2)]));
    messages.extend(data(3, &[&[1]]));
    messages.extend(define_record());
    messages.extend(record(0, 100, 80));
    messages.extend(session(0, 10, 60, 0));
    let run = one(&file(&messages));
    assert_eq!(run.sport, Sport::Other("sport 60".to_owned()));
    assert_eq!(run.passed_over.get("hrv"), Some(&3));
    assert_eq!(run.passed_over.get("unknown_233"), Some(&1));
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
