//! From FIT messages to recordings: sessions, legs, chained parts, stops, people, sensors, and files
//! that are no activity.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test says what it expects; a panic here is a failing test"
)]

mod fit_bytes;
mod support;

use fit_bytes::*;
use lightfoot::activity::{IssueKind, Sport, SubSport, SummaryKey};
use lightfoot::read::{self, CadenceConvention, Field, Limits, ReadError, TimerStop};

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
