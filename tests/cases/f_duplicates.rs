//! F. The same run more than once, and runs that only look like it.

use lightfoot::report::{Fate, Input, Report};

use crate::fit_bytes::{START, data, define, file};
use crate::given::*;

/// Inputs that are copies, with what is kept in their place.
fn doubles(report: &Report) -> Vec<(String, String)> {
    let pair = |input: &Input| match input.fates.as_slice() {
        [Fate::Duplicate { of }] => Some((input.file.clone(), of.clone())),
        _ => None,
    };
    report.inputs.iter().filter_map(pair).collect()
}

#[test]
fn case_60_one_run_by_watch_service_and_phone() {
    // The phone starts 20 s late, knows no cadence and measures 4 % more.
    let phone: String = (20..900)
        .map(|s| point(s, "").replace("lon=\"8.5\"", &format!("lon=\"8.5000{}\"", s % 3)))
        .collect();
    let service: String = (0..900).map(|s| trackpoint(s, &run_cadence("84"))).collect();
    let report = report_on(&[
        ("phone.gpx", gpx(&phone).into_bytes()),
        ("service.tcx", tcx(&service, "Garmin Forerunner 265").into_bytes()),
        ("watch.fit", fit_with_places(0..900, 77)),
    ]);
    assert_eq!(report.history.runs.len(), 1, "{:?}", report.inputs);
    assert!(is_run(&report, "watch.fit"), "the richest is kept");
    let named = doubles(&report);
    assert_eq!(named.len(), 2, "{:?}", report.inputs);
    assert!(named.iter().all(|(_, of)| of.contains("watch.fit")), "{named:?}");
    // The next day's run over the same road, a minute slower, is another one.
    let tomorrow: String = (0..900)
        .map(|s| {
            let text = point(s, &cad("84"));
            let (from, to) = (text.find("<time>").unwrap() + 6, text.find("</time>").unwrap());
            let time = START_MS + 86_400_000 + 1067 * s;
            let time = jiff::Timestamp::from_millisecond(time).unwrap();
            format!("{}{time}{}", &text[..from], &text[to..])
        })
        .collect();
    let tomorrow = gpx(&tomorrow);
    let report = report_on(&[("one.gpx", gpx_run(900, "84")), ("two.gpx", tomorrow)]);
    assert_eq!(report.history.runs.len(), 2);
}

/// A FIT run with positions from a device with a serial number.
fn fit_with_places(seconds: std::ops::Range<u32>, serial: u32) -> Vec<u8> {
    let mut messages = define(0, 0, &[(0, 1, 0), (1, 2, 0x84), (2, 2, 0x84), (3, 4, 0x8c)]);
    let (maker, product) = (1_u16.to_le_bytes(), 4257_u16.to_le_bytes());
    messages.extend(data(0, &[&[4], &maker, &product, &serial.to_le_bytes()]));
    messages.extend(define(
        1,
        20,
        &[
            (253, 4, 0x86),
            (0, 4, 0x85),
            (1, 4, 0x85),
            (5, 4, 0x86),
            (6, 2, 0x84),
            (4, 1, 2),
            (3, 1, 2),
        ],
    ));
    let semicircles = |degrees: f64| ((degrees * 2_147_483_648.0 / 180.0) as i32).to_le_bytes();
    for second in seconds.clone() {
        let lat = 47.0 + 3.0 * f64::from(second) / 111_195.08;
        messages.extend(data(
            1,
            &[
                &(START + second).to_le_bytes(),
                &semicircles(lat),
                &semicircles(8.5),
                &(300 * (second - seconds.start)).to_le_bytes(),
                &3000_u16.to_le_bytes(),
                &[84, 140],
            ],
        ));
    }
    let length = seconds.end - seconds.start;
    messages.extend(session(seconds.start, length, 1, 3 * length));
    file(&messages)
}

#[test]
fn case_61_nothing_is_remembered_that_was_deleted() {
    let here = folder(&[
        ("a.fit", fit_run(900, 84)),
        ("b.gpx", gpx_run(900, "84").replace("2024-01-01", "2024-03-01").into_bytes()),
    ]);
    assert_eq!(report(here.path()).history.runs.len(), 2);
    std::fs::remove_file(here.path().join("a.fit")).unwrap();
    let report = report(here.path());
    assert_eq!((report.history.runs.len(), report.inputs.len()), (1, 1), "no trace of a.fit");
}

#[test]
fn case_62_split_recordings_and_the_file_that_merges_them() {
    // Two halves of one run are two pieces of running, not two copies.
    let halves = [
        ("first.fit", fit_with_places(0..900, 77)),
        ("second.fit", fit_with_places(900..1800, 77)),
    ];
    let report = report_on(&halves);
    assert_eq!((report.history.runs.len(), doubles(&report).len()), (2, 0));
    // With the merged file beside them every second counts once.
    let merged = ("whole.fit", fit_with_places(0..1800, 77));
    let report = report_on(&[&halves[..], &[merged]].concat());
    assert_eq!(report.history.runs.len(), 1, "{:?}", report.inputs);
    assert!(is_run(&report, "whole.fit"), "the one that covers both is kept");
}

#[test]
fn case_63_two_exports_that_overlap() {
    let later = |text: String| text.replace("2024-01-01", "2024-02-01");
    let poor: String = (0..900).map(|s| point(s, "")).collect();
    let report = report_on(&[
        ("january/1.gpx", gpx_run(900, "84")),
        ("january/2.gpx", later(gpx(&poor))),
        ("march/1.gpx", gpx_run(900, "84")),
        ("march/2.gpx", later(gpx_run(900, "84"))),
        ("march/3.gpx", gpx_run(900, "84").replace("2024-01-01", "2024-03-01")),
    ]);
    assert_eq!(report.history.runs.len(), 3);
    assert!(is_run(&report, "march/2.gpx"), "the one with cadence is kept");
    assert_eq!(doubles(&report).len(), 2);
    assert_eq!(report.inputs.len(), 5, "and all five are listed");
}
