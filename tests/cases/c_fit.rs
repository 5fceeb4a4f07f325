//! C. FIT: envelopes, definitions, messages and sessions that are not as the format asks.

use lightfoot::activity::{IssueKind, Sport, SubSport};
use lightfoot::read::{ColumnSource, Field, TimerStop};
use lightfoot::report::Fate;

use crate::fit_bytes::{START, data, define, define_with_developer, file, file_id, text};
use crate::given::*;

#[test]
fn case_23_bytes_after_the_declared_length_and_a_wrong_checksum() {
    let sound = fit_run(120, 84);
    let mut loose = sound.clone();
    loose.extend([0x5a; 77]);
    let mut wrong = sound.clone();
    *wrong.last_mut().unwrap() ^= 0x55;
    for (bytes, kind) in [(loose, IssueKind::Header), (wrong, IssueKind::Checksum)] {
        let recording = one(bytes);
        assert_eq!(recording.times_ms.len(), 120, "nothing is lost");
        issue(&recording.issues, kind);
    }
}

#[test]
fn case_24_an_interrupted_recording_whose_header_says_nothing() {
    let sound = fit_run(120, 84);
    let mut interrupted = sound[..sound.len() - 2].to_vec();
    interrupted[4..8].fill(0);
    interrupted[12..14].fill(0);
    let recording = one(&interrupted);
    assert_eq!(recording.times_ms.len(), 120);
    issue(&recording.issues, IssueKind::Header);
    // And with the last message cut in two.
    let recording = one(&interrupted[..interrupted.len() - 9]);
    assert_eq!(recording.times_ms.len(), 120, "the session is cut, the records are whole");
    assert!(recording.issues.iter().any(|i| i.message.contains("byte")), "{:?}", recording.issues);
}

#[test]
fn case_25_chained_files() {
    let chained = [fit_run(100, 84), fit_run(140, 85)].concat();
    let lengths: Vec<usize> = read(&chained).recordings.iter().map(|r| r.times_ms.len()).collect();
    assert_eq!(lengths, [100, 140]);
    let Some(bytes) = real("sample_mulitple_header.fit") else { return };
    let output = read(bytes);
    assert!(output.recordings.iter().any(|r| r.sport == Sport::Running));
    let sports: Vec<&Sport> = output.recordings.iter().map(|r| &r.sport).collect();
    assert!(sports.len() >= 4, "{sports:?}");
}

/// A description of developer field 0 of an application index.
fn describe(application: u8, name: &str, unit: &str) -> Vec<u8> {
    let mut bytes = define(5, 206, &[(0, 1, 2), (1, 1, 2), (2, 1, 2), (3, 16, 7), (8, 8, 7)]);
    bytes.extend(data(5, &[&[application, 0, 0x84], &text::<16>(name), &text::<8>(unit)]));
    bytes
}

#[test]
fn case_26_developer_fields_out_of_order_unowned_and_without_units() {
    let record = |second: u32, values: [u16; 2]| {
        data(
            1,
            &[&(START + second).to_le_bytes(), &values[0].to_le_bytes(), &values[1].to_le_bytes()],
        )
    };
    // Two applications with the same field number, no developer_data_id at all, the descriptions
    // behind the first record, one without a unit.
    let mut messages = file_id(4);
    messages.extend(define_with_developer(1, 20, &[(253, 4, 0x86)], &[(0, 2, 0), (0, 2, 1)]));
    messages.extend(record(0, [71, 9]));
    messages.extend(describe(0, "Form Power", "Watts"));
    messages.extend(describe(1, "Doughnuts", ""));
    (1..60).for_each(|second| messages.extend(record(second, [72, 10])));
    let recording = one(file(&messages));
    assert_eq!(recording.times_ms.len(), 60);
    let of = |name: &str| {
        let found = recording.columns_of(Field::Developer).find(|c| c.name == name);
        found.unwrap_or_else(|| panic!("no {name}"))
    };
    assert_eq!(of("Form Power").values.get(59), Some(72.0));
    assert_eq!((of("Doughnuts").values.get(59), of("Doughnuts").unit.as_str()), (Some(10.0), ""));
    let Some(bytes) = real("elemnt-bolt-no-application-id-inside-developer-data-id.fit") else {
        return;
    };
    assert_eq!(one(bytes).times_ms.len(), 132);
}

#[test]
fn case_27_a_size_that_is_not_its_types_and_a_type_never_defined() {
    let mut messages = file_id(4);
    // Distance as a "uint32" of one byte, as COROS writes it.
    messages.extend(define(1, 20, &[(253, 4, 0x86), (5, 1, 0x86), (4, 1, 2)]));
    for second in 0..60_u32 {
        messages.extend(data(1, &[&(START + second).to_le_bytes(), &[second as u8], &[84]]));
    }
    let recording = one(file(&messages));
    assert_eq!(column(&recording, Field::Cadence), [Some(84.0); 60]);
    issue(&recording.issues, IssueKind::Malformed);
    // A data message of a local type that was never defined costs what cannot be read.
    messages.extend([9, 1, 2, 3]);
    let recording = one(file(&messages));
    assert_eq!(recording.times_ms.len(), 60);
    assert!(recording.issues.iter().any(|i| i.message.contains("local type 9")));
    let Some(bytes) = real("coros-pace-2-cycling-misaligned-fields.fit") else { return };
    assert_eq!(one(bytes).times_ms.len(), 11_272);
}

#[test]
fn case_28_compressed_timestamp_headers() {
    let mut messages = define(1, 20, &[(253, 4, 0x86), (4, 1, 2)]);
    messages.extend(data(1, &[&START.to_le_bytes(), &[84]]));
    messages.extend(define(2, 20, &[(4, 1, 2)]));
    for second in 1..100_u32 {
        messages.extend([0x80 | (2 << 5) | ((START + second) & 0x1f) as u8, 84]);
    }
    let recording = one(file(&messages));
    let seconds: Vec<i64> =
        recording.times_ms.iter().flatten().map(|t| (t - START_MS) / 1000).collect();
    assert_eq!(seconds, (0..100).collect::<Vec<i64>>());
    let Some(bytes) = real("antfs-dump.63.fit") else { return };
    assert_eq!(one(bytes).times_ms.iter().flatten().count(), 686);
}

#[test]
fn case_29_heart_rate_in_messages_of_its_own() {
    let mut messages = define(1, 20, &[(253, 4, 0x86), (5, 4, 0x86)]);
    for second in 0..60_u32 {
        messages.extend(data(1, &[&(START + second).to_le_bytes(), &(300 * second).to_le_bytes()]));
    }
    messages.extend(define(2, 132, &[(253, 4, 0x86), (9, 4, 0x86), (6, 1, 2)]));
    messages.extend(data(2, &[&START.to_le_bytes(), &4000_u32.to_le_bytes(), &[91]]));
    let recording = one(file(&messages));
    assert_eq!(column(&recording, Field::HeartRate).first(), Some(&Some(91.0)));
    let Some(bytes) = real("event_timestamp.fit") else { return };
    let hearts: usize = read(bytes)
        .recordings
        .iter()
        .flat_map(|r| r.columns_of(Field::HeartRate).map(|c| c.values.present()))
        .sum();
    assert!(hearts > 1000, "a swim strap's beats: {hearts}");
}

#[test]
fn case_30_sports_that_no_list_has() {
    for (sport, sub) in [(4, 41), (252, 252), (60, 0)] {
        let mut messages = fit_messages(60, |_| 84);
        messages.truncate(messages.len() - session(0, 60, 1, 180).len());
        messages.extend(session_of(0, 60, (sport, sub), 180));
        let recording = one(file(&messages));
        assert!(matches!(&recording.sport, Sport::Other(name) if !name.is_empty()));
        let report = report_on(&[("odd.fit", file(&messages)), ("run.fit", fit_run(900, 84))]);
        assert!(
            matches!(fates(&report, "odd.fit"), [Fate::OtherSport { .. } | Fate::Run { .. }]),
            "{sport}/{sub}: {:?}",
            fates(&report, "odd.fit")
        );
    }
    let Some(bytes) = real("snorkeling-unknown-sport.fit") else { return };
    assert!(matches!(one(bytes).sport, Sport::Other(_)));
}

#[test]
fn case_31_files_without_records_are_counted_by_what_they_are() {
    let kinds =
        [(2, "settings"), (5, "workout"), (6, "course"), (9, "weight"), (32, "monitoring_b")];
    let mut files: Vec<(String, Vec<u8>)> =
        kinds.iter().map(|(kind, what)| (format!("{what}.fit"), file(&file_id(*kind)))).collect();
    files.push(("run.fit".to_owned(), fit_run(900, 84)));
    let given: Vec<(&str, &Vec<u8>)> = files.iter().map(|(n, b)| (n.as_str(), b)).collect();
    let report = report_on(&given);
    assert_eq!(report.inputs.len(), 6, "each is listed");
    for (_, what) in kinds {
        let [Fate::NotAnActivity { what: said }] = fates(&report, &format!("{what}.fit")) else {
            panic!("{what}: {:?}", fates(&report, &format!("{what}.fit")))
        };
        assert_eq!(said, what);
    }
    let shown = lightfoot::report::terminal::set_aside(&report).join("\n");
    assert!(shown.contains("monitoring") && shown.contains("settings"), "{shown}");
}

#[test]
fn case_32_several_sports_in_one_file() {
    let mut messages = file_id(4);
    messages.extend(define(1, 20, &[(253, 4, 0x86), (5, 4, 0x86), (6, 2, 0x84), (4, 1, 2)]));
    (0..1500).for_each(|s| messages.extend(fit_record(s, 3.0 * f64::from(s), 84)));
    messages.extend(session_of(0, 500, (5, 17), 1500));
    messages.extend(session(500, 100, 3, 300));
    messages.extend(session(600, 900, 1, 2700));
    let report = report_on(&[("triathlon.fit", file(&messages))]);
    let [Fate::OtherSport { .. }, Fate::OtherSport { .. }, Fate::Run { run }] =
        fates(&report, "triathlon.fit")
    else {
        panic!("swim, transition, run: {:?}", fates(&report, "triathlon.fit"))
    };
    let distance = report.history.reading(*run, "distance").unwrap().value;
    assert!((distance - 2697.0).abs() < 4.0, "the run's own metres: {distance}");
    for name in ["triathlon_summary_first.fit", "triathlon_summary_last.fit"] {
        let Some(bytes) = real(name) else { return };
        let runs = read(bytes).recordings.into_iter().filter(|r| r.sport == Sport::Running);
        assert_eq!(runs.count(), 1, "{name}");
    }
}

#[test]
fn case_33_pauses_extra_starts_and_times_that_jump() {
    let mut messages = file_id(4);
    messages.extend(define(2, 21, &[(253, 4, 0x86), (0, 1, 0), (1, 1, 0)]));
    // Start, stop, start, an extra start; the file ends without a last stop or lap.
    for (second, kind) in [(0, 0), (300, 4), (400, 0), (401, 0)] {
        messages.extend(data(2, &[&(START + second).to_le_bytes(), &[0, kind]]));
    }
    messages.extend(define(1, 20, &[(253, 4, 0x86), (5, 4, 0x86), (6, 2, 0x84), (4, 1, 2)]));
    let ran = |s: u32| 3.0 * f64::from(if s < 400 { s.min(300) } else { s - 100 });
    (0..=300).chain(400..700).for_each(|s| messages.extend(fit_record(s, ran(s), 84)));
    let paused = one(file(&messages));
    let stop = TimerStop { start_ms: START_MS + 300_000, end_ms: Some(START_MS + 400_000) };
    assert_eq!(paused.stops, [stop]);
    let activity = prepared(&paused);
    assert_eq!(activity.clock.timer().0, 599.0);

    // Records that jump to the past, before the start, and back.
    let mut jumping = paused.clone();
    for time in jumping.times_ms.iter_mut().skip(100).take(3).flatten() {
        *time -= 50_500;
    }
    jumping.times_ms[200] = Some(-5_000);
    let activity = prepared(&jumping);
    assert!(activity.clock.times_s().windows(2).all(|w| w[0] < w[1]));
    assert!(activity.clock.len() >= 590, "{}", activity.clock.len());
    issue(&activity.issues, IssueKind::Clock);
}

#[test]
fn case_34_stance_time_percent_is_no_balance() {
    let mut messages = file_id(4);
    messages.extend(define(1, 20, &[(253, 4, 0x86), (6, 2, 0x84), (4, 1, 2), (40, 2, 0x84)]));
    for second in 0..300_u32 {
        let stamp = (START + second).to_le_bytes();
        messages
            .extend(data(1, &[&stamp, &3000_u16.to_le_bytes(), &[84], &3450_u16.to_le_bytes()]));
    }
    messages.extend(session(0, 300, 1, 900));
    let activity = run(file(&messages));
    assert!(activity.channels.contact_balance_left.is_none());
    assert_eq!(activity.channels.stance_percent.unwrap().get(5).unwrap().0, 34.5);
}

#[test]
fn case_35_developer_fields_do_not_overwrite_native_ones() {
    let mut messages = file_id(4);
    let mut described =
        define(5, 206, &[(0, 1, 2), (1, 1, 2), (2, 1, 2), (3, 16, 7), (8, 16, 7), (15, 1, 2)]);
    // The application claims that its contact time is the native stance_time_percent (field 40).
    described.extend(data(
        5,
        &[&[0, 0, 0x84], &text::<16>("Ground Time"), &text::<16>("Milliseconds"), &[40]],
    ));
    messages.extend(described);
    messages.extend(define_with_developer(
        1,
        20,
        &[(253, 4, 0x86), (6, 2, 0x84), (4, 1, 2), (40, 2, 0x84)],
        &[(0, 2, 0)],
    ));
    for second in 0..300_u32 {
        let stamp = (START + second).to_le_bytes();
        let (speed, native, own) =
            (3000_u16.to_le_bytes(), 3450_u16.to_le_bytes(), 244_u16.to_le_bytes());
        messages.extend(data(1, &[&stamp, &speed, &[84], &native, &own]));
    }
    messages.extend(session(0, 300, 1, 900));
    let recording = one(file(&messages));
    let pod = recording.columns_of(Field::Developer).next().unwrap();
    assert!(matches!(pod.source, ColumnSource::Developer { overrides: Some(40), .. }));
    let activity = prepared(&recording);
    assert_eq!(activity.channels.stance_percent.unwrap().get(5).unwrap().0, 34.5);
    assert_eq!(activity.channels.ground_contact_time.unwrap().get(5).unwrap().0, 244.0);
}

#[test]
fn case_36_a_treadmill_without_positions_is_a_run() {
    let mut messages = fit_messages(900, |_| 84);
    messages.truncate(messages.len() - session(0, 900, 1, 2700).len());
    messages.extend(session_of(0, 900, (1, 1), 2700));
    let activity = run(file(&messages));
    assert_eq!(activity.meta.sub_sport, SubSport::Treadmill);
    assert!(activity.channels.latitude.is_none() && activity.meta.indoor);
    assert_eq!((spm(&activity), metres(&activity)), (168.0, 2697.0));
    assert!(is_run(&report_on(&[("belt.fit", file(&messages))]), "belt.fit"));
}

#[test]
fn case_37_invalid_altitude_and_an_empty_last_record() {
    let mut messages = file_id(4);
    messages.extend(define(1, 20, &[(253, 4, 0x86), (2, 2, 0x84), (6, 2, 0x84), (4, 1, 2)]));
    for second in 0..300_u32 {
        let altitude = if second % 2 == 0 { 3000_u16 } else { u16::MAX };
        let stamp = (START + second).to_le_bytes();
        let fields = [altitude.to_le_bytes(), 3000_u16.to_le_bytes()].concat();
        messages.extend(data(1, &[&stamp, &fields, &[84]]));
    }
    messages.extend(data(1, &[&u32::MAX.to_le_bytes(), &[0xff; 5]]));
    messages.extend(session(0, 300, 1, 900));
    let recording = one(file(&messages));
    let altitude = column(&recording, Field::Altitude);
    assert_eq!((altitude[0], altitude[1]), (Some(100.0), None));
    assert_eq!(recording.times_ms.last(), Some(&None));
    let activity = prepared(&recording);
    assert_eq!(activity.clock.len(), 300, "a record without a time is left out, and said");
    issue(&activity.issues, IssueKind::Clock);
}

#[test]
fn case_38_gaps_of_smart_recording_are_running() {
    let mut messages = file_id(4);
    messages.extend(define(1, 20, &[(253, 4, 0x86), (5, 4, 0x86), (6, 2, 0x84), (4, 1, 2)]));
    (0..900).step_by(7).for_each(|s| messages.extend(fit_record(s, 3.0 * f64::from(s), 84)));
    messages.extend(session(0, 900, 1, 2700));
    let activity = run(file(&messages));
    let weight: f64 = (0..activity.clock.len()).map(|i| activity.clock.form_weight_s(i)).sum();
    assert!(weight > 880.0, "each record speaks for seven seconds: {weight}");
    assert!(activity.clock.stops().is_empty());
}

#[test]
fn case_39_a_manufacturer_without_a_name() {
    let mut messages = define(0, 0, &[(0, 1, 0), (1, 2, 0x84), (2, 2, 0x84)]);
    messages.extend(data(0, &[&[4], &9999_u16.to_le_bytes(), &77_u16.to_le_bytes()]));
    messages.extend(&fit_messages(600, |_| 84)[file_id(4).len()..]);
    let recording = one(file(&messages));
    let named = recording.device.manufacturer.clone().unwrap_or_default();
    assert!(named.is_empty() || named.contains("9999"), "not a guess: {named}");
    assert_eq!(spm(&prepared(&recording)), 168.0);
}

#[test]
fn case_40_an_odometer_that_was_not_reset() {
    let mut messages = file_id(4);
    messages.extend(define(1, 20, &[(253, 4, 0x86), (5, 4, 0x86), (6, 2, 0x84), (4, 1, 2)]));
    (0..600).for_each(|s| messages.extend(fit_record(s, 415_000.0 + 3.0 * f64::from(s), 84)));
    messages.extend(session(0, 600, 1, 1800));
    let activity = run(file(&messages));
    assert_eq!(metres(&activity), 1797.0);
    issue(&activity.issues, IssueKind::Distance);
}

#[test]
fn case_41_local_time_beside_the_end_time() {
    for (hours, offset) in [(2_i32, 7200), (-7, -25_200), (0, 0)] {
        let mut messages = fit_messages(600, |_| 84);
        // Both are the end of the activity, as Suunto writes them.
        let end = START + 600;
        messages.extend(define(6, 34, &[(253, 4, 0x86), (5, 4, 0x86)]));
        let local = end.wrapping_add_signed(3600 * hours);
        messages.extend(data(6, &[&end.to_le_bytes(), &local.to_le_bytes()]));
        let recording = one(file(&messages));
        assert_eq!(recording.utc_offset_s, Some(offset));
        let activity = prepared(&recording);
        assert_eq!(activity.meta.start.as_millisecond(), START_MS, "the start stays UTC");
    }
}
