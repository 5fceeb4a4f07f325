//! E. Time: zones that lie, clocks that change, dates that are none.

use lightfoot::activity::IssueKind;
use lightfoot::report::Fate;

use crate::given::*;

/// A GPX run with heart rate, its times moved by some seconds and spelt in a zone.
fn spelt(seconds: std::ops::Range<i64>, time: impl Fn(i64) -> String) -> String {
    let points: String = seconds
        .map(|s| {
            let text = point(s, &cad("84"));
            let (from, to) = (text.find("<time>").unwrap() + 6, text.find("</time>").unwrap());
            format!("{}{}{}", &text[..from], time(s), &text[to..])
        })
        .collect();
    gpx(&points)
}

fn stamp(second: i64) -> jiff::Timestamp {
    jiff::Timestamp::from_millisecond(START_MS + 1000 * second).unwrap()
}

#[test]
fn case_56_local_time_labelled_as_utc() {
    // The same run twice: once right, once two hours late because local time is labelled Z.
    let right = gpx_run(900, "84");
    let late = spelt(0..900, |s| stamp(s + 7200).to_string());
    let report = report_on(&[("flow.gpx", late), ("watch.gpx", right)]);
    let all = ["flow.gpx", "watch.gpx"].map(|name| fates(&report, name));
    let doubles = all.iter().filter(|f| matches!(f, [Fate::Duplicate { .. }])).count();
    assert_eq!((report.history.runs.len(), doubles), (1, 1), "{all:?}");
}

#[test]
fn case_57_clocks_put_back_offsets_and_none() {
    // 25 October 2026, 03:00 CEST becomes 02:00 CET: written times go back, instants do not.
    let zone = jiff::tz::TimeZone::get("Europe/Berlin").unwrap();
    let change: jiff::Timestamp = "2026-10-25T00:55:00Z".parse().unwrap();
    let at = |s: i64| change + jiff::SignedDuration::from_secs(s);
    let local = |s: i64| at(s).to_zoned(zone.clone()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string();
    assert!(local(0) > local(600), "{} {}", local(0), local(600));
    let activity = run(spelt(0..900, local));
    assert_eq!((activity.clock.len(), activity.clock.elapsed().0), (900, 899.0));
    assert!(activity.issues.iter().all(|i| i.kind != IssueKind::Clock), "{:?}", activity.issues);
    // Without a zone, times are taken as UTC and that is said.
    let bare = run(spelt(0..900, |s| stamp(s).strftime("%Y-%m-%dT%H:%M:%S").to_string()));
    assert_eq!(bare.meta.start.as_millisecond(), START_MS);
    assert!(issue(&bare.issues, IssueKind::Clock).message.contains("UTC"));
    // Japan.
    let tokyo = one(spelt(0..60, |s| stamp(s + 9 * 3600).to_string().replace('Z', "+09:00")));
    assert_eq!((tokyo.utc_offset_s, tokyo.times_ms[0]), (Some(32_400), Some(START_MS)));
}

#[test]
fn case_58_the_same_file_after_the_computer_changed_its_zone() {
    for hours in [1, -9, 13] {
        let moved = spelt(0..900, |s| stamp(s + 3600 * hours).to_string());
        let report = report_on(&[("a.gpx", gpx_run(900, "84")), ("b.gpx", moved)]);
        assert_eq!(report.history.runs.len(), 1, "{hours} h apart");
    }
    // The same round run at another time of day is another run: it is not the same to the second.
    let again = spelt(0..900, |s| stamp(s + 9 * 3600 + 411).to_string());
    assert_eq!(report_on(&[("a.gpx", gpx_run(900, "84")), ("b.gpx", again)]).history.runs.len(), 2);
}

#[test]
fn case_59_weeks_that_rolled_over_and_clocks_never_set() {
    const WEEKS_MS: i64 = 1024 * 7 * 86_400_000;
    let mut rolled = one(fit_run(600, 84));
    for time in rolled.times_ms.iter_mut().take(40).flatten() {
        *time -= WEEKS_MS;
    }
    let activity = prepared(&rolled);
    assert_eq!((activity.clock.len(), activity.meta.start.as_millisecond()), (600, START_MS));
    assert!(issue(&activity.issues, IssueKind::Clock).message.contains("1,024 weeks"));
    // All records within the first hour of the FIT epoch, 1989-12-31T00:10:00Z.
    let mut unset = one(fit_run(600, 84));
    for (second, time) in unset.times_ms.iter_mut().enumerate() {
        *time = Some(631_066_200_000 + 1000 * second as i64);
    }
    let activity = prepared(&unset);
    assert_eq!(activity.clock.len(), 600);
    assert!(issue(&activity.issues, IssueKind::Clock).message.contains("never set"));
}
