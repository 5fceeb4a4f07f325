//! B. Cadence: what one count is, and which of several speaks.

use lightfoot::activity::{IssueKind, Origin, Sport, SummaryKey};
use lightfoot::read::{CadenceConvention, Field};
use lightfoot::report::Fate;

use crate::fit_bytes::{START, data, define, define_with_developer, file, file_id, text};
use crate::given::*;

#[test]
fn case_10_strides_with_a_fraction() {
    let mut messages = file_id(4);
    messages.extend(define(1, 20, &[(253, 4, 0x86), (6, 2, 0x84), (4, 1, 2), (53, 1, 2)]));
    for second in 0..120_u32 {
        let stamp = (START + second).to_le_bytes();
        messages.extend(data(1, &[&stamp, &3000_u16.to_le_bytes(), &[85, 64]]));
    }
    messages.extend(session(0, 120, 1, 360));
    let recording = one(file(&messages));
    let cadence = recording.columns_of(Field::Cadence).next().unwrap();
    assert_eq!(cadence.convention, CadenceConvention::Strides);
    assert_eq!(spm(&prepared(&recording)), 171.0, "without the fraction it would be 170");
}

#[test]
fn case_11_gpx_cadence_in_strides_or_in_steps() {
    let (strides, steps) = (run(gpx_run(600, "84")), run(gpx_run(600, "168")));
    assert_eq!((spm(&strides), spm(&steps)), (168.0, 168.0));
    for activity in [&strides, &steps] {
        issue(&activity.issues, IssueKind::CadenceUnit);
    }
}

#[test]
fn case_12_cadence_and_run_cadence_in_one_tcx() {
    let plain = "<Cadence>84</Cadence>".to_owned();
    let both = format!("<Cadence>80</Cadence>{}", run_cadence("84"));
    let made = |inside: &str| -> String {
        tcx(&(0..600).map(|s| trackpoint(s, inside)).collect::<String>(), "Garmin Forerunner 610")
    };
    assert_eq!(spm(&run(made(&plain))), 168.0);
    assert_eq!(spm(&run(made(&run_cadence("84")))), 168.0);
    let recording = one(made(&both));
    assert_eq!(recording.columns_of(Field::Cadence).count(), 2, "both are kept");
    let activity = prepared(&recording);
    assert!([160.0, 168.0].contains(&spm(&activity)), "one speaks, never a mean of two");
    issue(&activity.issues, IssueKind::SourceChoice);
}

#[test]
fn case_13_a_treadmill_tcx_that_is_doubled_already() {
    let points: String = (0..600).map(|s| trackpoint(s, &run_cadence("178"))).collect();
    assert_eq!(spm(&run(tcx(&points, "Treadmill"))), 178.0);
}

#[test]
fn case_14_constants_that_are_no_cadence() {
    for constant in ["255", "97984", "810", "-1"] {
        let mut points: String = (0..300).map(|s| point(s, &cad("84"))).collect();
        points += &(300..400).map(|s| point(s, &cad(constant))).collect::<String>();
        let recording = one(gpx(&points));
        let cadence = column(&recording, Field::Cadence);
        assert_eq!(cadence.iter().flatten().count(), 300, "{constant} stands for none");
        assert_eq!(issue(&recording.issues, IssueKind::Range).count, 100, "and is said");
        assert_eq!(spm(&prepared(&recording)), 168.0);
    }
    let fit = one(file(&fit_messages(300, |s| if s < 200 { 84 } else { 0xff })));
    assert_eq!(column(&fit, Field::Cadence).iter().flatten().count(), 200);
    // Nothing but zeros is no step rate of zero.
    let silent = run(gpx_run(300, "0"));
    let rate = silent.channels.step_rate.as_ref();
    assert!(rate.is_none_or(|r| r.iter().flatten().all(|v| v.0 == 0.0)));
}

#[test]
fn case_15_cadence_with_a_decimal_point() {
    let points: String =
        (0..600).map(|s| point(s, &cad(["84.0", "0.0"][usize::from(s == 5)]))).collect();
    let recording = one(gpx(&points));
    let cadence = column(&recording, Field::Cadence);
    assert_eq!((cadence[0], cadence[5]), (Some(84.0), Some(0.0)));
    assert!(recording.columns_of(Field::Cadence).next().unwrap().whole_numbers);
}

/// A Stryd pod's cadence as a developer field beside the native one.
fn with_pod(native: u8, pod: u16) -> Vec<u8> {
    let mut messages = file_id(4);
    messages.extend(define(3, 207, &[(1, 16, 13), (3, 1, 2), (2, 2, 0x84)]));
    messages.extend(data(3, &[&[7; 16], &[0], &95_u16.to_le_bytes()]));
    messages.extend(define(
        5,
        206,
        &[(0, 1, 2), (1, 1, 2), (2, 1, 2), (3, 16, 7), (8, 8, 7), (15, 1, 2)],
    ));
    messages.extend(data(5, &[&[0, 0, 0x84], &text::<16>("Cadence"), &text::<8>("RPM"), &[4]]));
    let native_fields = [(253, 4, 0x86), (5, 4, 0x86), (6, 2, 0x84), (4, 1, 2)];
    messages.extend(define_with_developer(1, 20, &native_fields, &[(0, 2, 0)]));
    for second in 0..600 {
        messages.extend(fit_record(second, 3.0 * f64::from(second), native));
        messages.extend(pod.to_le_bytes());
    }
    messages.extend(session(0, 600, 1, 1800));
    file(&messages)
}

#[test]
fn case_16_native_zeros_beside_a_pod_that_counts() {
    let activity = run(with_pod(0, 86));
    assert_eq!(spm(&activity), 172.0);
    let origin = activity.channels.step_rate.as_ref().unwrap().origin();
    let Origin::Recorded { source, .. } = origin else { panic!("{origin:?}") };
    assert_eq!(source.to_lowercase(), "stryd");
}

#[test]
fn case_17_watch_and_pod_disagree() {
    let recording = one(with_pod(84, 86));
    assert_eq!(recording.columns_of(Field::Developer).count(), 1, "the loser stays readable");
    let activity = prepared(&recording);
    assert_eq!(spm(&activity), 168.0, "the native one, unmixed");
    issue(&activity.issues, IssueKind::SourceChoice);
}

#[test]
fn case_18_polar_counts_one_leg() {
    let points: String = (0..600).map(|s| trackpoint(s, "<Cadence>82</Cadence>")).collect();
    assert_eq!(spm(&run(tcx(&points, "Polar V800"))), 164.0);
    let Some(bytes) = real("sweatpy__3173437224.tcx") else { return };
    let rate = run(bytes).channels.step_rate.unwrap();
    let mut values: Vec<f64> = rate.iter().flatten().map(|v| v.0).filter(|v| *v > 0.0).collect();
    values.sort_by(f64::total_cmp);
    let median = values[values.len() / 2];
    assert!((120.0..135.0).contains(&median), "63 strides in the file: {median}");
}

#[test]
fn case_19_heart_rate_that_is_the_cadence() {
    let wander = |s: i64| 165.0 + 6.0 * (s as f64 / 40.0).sin();
    let points: String = (0..1200)
        .map(|s| {
            let (heart, steps) = (wander(s).round(), wander(s) / 2.0);
            let inside = format!(
                "<HeartRateBpm><Value>{heart}</Value></HeartRateBpm>{}",
                run_cadence(&format!("{steps:.2}"))
            );
            trackpoint(s, &inside)
        })
        .collect();
    let activity = run(tcx(&points, "Garmin Forerunner 610"));
    let said = issue(&activity.issues, IssueKind::HeartRateLock);
    assert!(!said.message.is_empty());
    assert!(activity.doubtful.iter().any(|s| s.reason.contains("heart rate")));
}

#[test]
fn case_20_a_run_typed_as_a_ride_or_a_walk() {
    for (sport, name) in [(2, "cycling"), (11, "walking")] {
        let mut messages = fit_messages(600, |_| 84);
        messages.truncate(messages.len() - session(0, 600, 1, 1800).len());
        messages.extend(session(0, 600, sport, 1800));
        let report = report_on(&[("typed.fit", file(&messages)), ("run.fit", fit_run(900, 85))]);
        let [Fate::OtherSport { sport, duration_s, .. }] = fates(&report, "typed.fit") else {
            panic!("listed by its stated sport: {:?}", fates(&report, "typed.fit"))
        };
        assert_eq!((sport.as_str(), *duration_s), (name, 600.0));
        assert!(is_run(&report, "run.fit"));
    }
}

#[test]
fn case_21_total_strides_are_pairs_of_steps() {
    let mut messages = fit_messages(600, |_| 84);
    messages.truncate(messages.len() - session(0, 600, 1, 1800).len());
    messages.extend(define(4, 18, &[(2, 4, 0x86), (7, 4, 0x86), (5, 1, 0), (10, 4, 0x86)]));
    let (start, elapsed) = (START.to_le_bytes(), 600_000_u32.to_le_bytes());
    messages.extend(data(4, &[&start, &elapsed, &[1], &840_u32.to_le_bytes()]));
    assert_eq!(one(file(&messages)).summary.get(SummaryKey::Steps), Some(1680.0));
}

#[test]
fn case_22_cadence_in_the_session_alone_and_records_that_share_a_second() {
    // The session knows an average, no record carries cadence.
    let mut messages = file_id(4);
    messages.extend(define(1, 20, &[(253, 4, 0x86), (5, 4, 0x86)]));
    for second in 0..600_u32 {
        messages.extend(data(1, &[&(START + second).to_le_bytes(), &(300 * second).to_le_bytes()]));
    }
    messages.extend(define(
        4,
        18,
        &[(2, 4, 0x86), (7, 4, 0x86), (5, 1, 0), (18, 1, 2), (19, 1, 2)],
    ));
    messages.extend(data(4, &[&START.to_le_bytes(), &600_000_u32.to_le_bytes(), &[1, 84, 95]]));
    let activity = run(file(&messages));
    assert!(activity.channels.step_rate.is_none(), "no record, no step rate");
    assert_eq!(activity.summary.get(SummaryKey::StepRateSpm), Some(168.0));
    assert_eq!(activity.summary.get(SummaryKey::MaxStepRateSpm), Some(190.0));

    // Three records a second, each with another field (Bosch).
    let mut messages = file_id(4);
    messages.extend(define(1, 20, &[(253, 4, 0x86), (5, 4, 0x86)]));
    messages.extend(define(2, 20, &[(253, 4, 0x86), (6, 2, 0x84)]));
    messages.extend(define(3, 20, &[(253, 4, 0x86), (4, 1, 2)]));
    for second in 0..600_u32 {
        let stamp = (START + second).to_le_bytes();
        messages.extend(data(1, &[&stamp, &(300 * second).to_le_bytes()]));
        messages.extend(data(2, &[&stamp, &3000_u16.to_le_bytes()]));
        messages.extend(data(3, &[&stamp, &[84]]));
    }
    messages.extend(session(0, 600, 1, 1797));
    let activity = run(file(&messages));
    assert_eq!((activity.clock.len(), spm(&activity), metres(&activity)), (600, 168.0, 1797.0));
    assert_eq!(activity.channels.speed.as_ref().unwrap().present(), 600);
    assert_eq!(issue(&activity.issues, IssueKind::Clock).count, 1200);
    assert_eq!(activity.meta.sport, Sport::Running);
}
