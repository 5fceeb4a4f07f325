//! H. Plausibility: what no runner did.

use lightfoot::activity::{AltitudeSource, IssueKind, SummaryKey};
use lightfoot::report::Fate;

use crate::fit_bytes::{START, data, define, file, file_id};
use crate::given::*;

#[test]
fn case_69_spikes_standing_dots_and_drift_indoors() {
    // One fix jumps a kilometre away and comes back.
    let spiked: String = (0..900)
        .map(|s| {
            let text = point(s, &cad("84"));
            if s == 400 { text.replace("lon=\"8.5\"", "lon=\"8.513\"") } else { text }
        })
        .collect();
    let activity = run(gpx(&spiked));
    assert!((metres(&activity) - 2697.0).abs() < 10.0, "{}", metres(&activity));
    assert_eq!(issue(&activity.issues, IssueKind::Position).count, 1);
    // Auto-pause: nothing is written for five minutes while nothing moves.
    let paused: String = (0..300)
        .chain(600..900)
        .map(|s| {
            let on_road = if s < 600 { s } else { s - 300 };
            let lat = |s: i64| format!("lat=\"{:.7}\"", 47.0 + 3.0 / 111_195.08 * s as f64);
            point(s, &cad("84")).replace(&lat(s), &lat(on_road))
        })
        .collect();
    assert!((run(gpx(&paused)).clock.timer().0 - 599.0).abs() < 3.0);
    // Dots around one place for ten minutes are no way.
    let dots: String = (0..1500)
        .map(|s| {
            let text = point(s.min(900), &cad(if s < 900 { "84" } else { "0" }));
            let time = jiff::Timestamp::from_millisecond(START_MS + 1000 * s).unwrap();
            let (from, to) = (text.find("<time>").unwrap(), text.find("</time>").unwrap());
            let wander =
                format!("lon=\"8.{:07}\"", 5_000_000 + if s < 900 { 0 } else { 90 * (s % 2) });
            format!("{}<time>{time}{}", &text[..from], &text[to..]).replace("lon=\"8.5\"", &wander)
        })
        .collect();
    let walked = metres(&run(gpx(&dots)));
    assert!((walked - 2700.0).abs() < 15.0, "{walked}");
    // Indoors the receiver's drift is not used.
    let mut indoor = one(gpx(&spiked));
    indoor.sub_sport = lightfoot::activity::SubSport::Treadmill;
    let activity = prepared(&indoor);
    assert!(activity.channels.latitude.is_none());
    // Satellite altitude makes no hills.
    let hilly: String = (0..900)
        .map(|s| point(s, &format!("<ele>{}</ele>{}", 100 + 9 * (s % 3), cad("84"))))
        .collect();
    let report = report_on(&[("hilly.gpx", gpx(&hilly))]);
    assert_ne!(report.history.runs[0].meta.altitude_source, AltitudeSource::Barometric);
    let ascent = report.history.outcome(0, "ascent").unwrap();
    assert!(ascent.reading().is_none(), "{ascent:?}");
}

#[test]
fn case_70_a_file_with_power_and_nothing_of_running() {
    let mut messages = file_id(4);
    messages.extend(define(1, 20, &[(253, 4, 0x86), (7, 2, 0x84), (4, 1, 2)]));
    for second in 0..900_u32 {
        let watts = (200 + second % 40).min(0xffff) as u16;
        messages.extend(data(1, &[&(START + second).to_le_bytes(), &watts.to_le_bytes(), &[88]]));
    }
    let stated = [messages.clone(), session(0, 900, 2, 0)].concat();
    let report = report_on(&[
        ("trainer.fit", file(&stated)),
        ("unstated.fit", file(&messages)),
        ("run.fit", fit_run(901, 84)),
    ]);
    assert!(
        matches!(fates(&report, "trainer.fit"), [Fate::OtherSport { sport, .. }] if sport == "cycling")
    );
    assert!(!is_run(&report, "unstated.fit"), "power and pedals are no run");
    let Some(bytes) = real("hrv-activity.fit") else { return };
    assert!(
        one(bytes)
            .columns_of(lightfoot::read::Field::Power)
            .next()
            .is_none_or(|c| !c.values.is_empty())
    );
}

#[test]
fn case_71_a_tcx_that_holds_totals_and_no_points() {
    let text = "<TrainingCenterDatabase><Activities><Activity Sport=\"Running\">\
                <Id>2024-01-01T06:00:00.000+01:00</Id><Lap StartTime=\"2024-01-01T06:00:00.000+01:00\">\
                <TotalTimeSeconds>1800</TotalTimeSeconds><DistanceMeters>5000</DistanceMeters>\
                <Calories>300</Calories></Lap><Creator><Name>Fitbit Charge 2</Name></Creator>\
                </Activity></Activities></TrainingCenterDatabase>";
    let recording = one(text);
    assert_eq!(recording.summary.get(SummaryKey::DistanceM), Some(5000.0));
    let report = report_on(&[("fitbit.tcx", text), ("run.gpx", &gpx_run(900, "84"))]);
    let reason = skipped(&report, "fitbit.tcx");
    assert!(reason.contains("no records"), "{reason}");
}
