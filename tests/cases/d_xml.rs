//! D. XML: what exporters write and what damage leaves of it.

use lightfoot::activity::{IssueKind, SummaryKey};
use lightfoot::read::{self, Field, Limits, ReadError};
use lightfoot::report::Fate;

use crate::given::*;

#[test]
fn case_42_blanks_before_the_declaration() {
    let gpx = gpx_run(60, "84");
    let tcx = tcx(&(0..60).map(|s| trackpoint(s, &run_cadence("84"))).collect::<String>(), "x");
    for text in [gpx, tcx] {
        assert_eq!(one(format!("          {text}")).times_ms.len(), 60);
        assert_eq!(one(format!("\r\n\t {text}")).times_ms.len(), 60);
    }
}

#[test]
fn case_43_marks_wide_text_and_labels_that_lie() {
    let text = gpx_run(60, "84").replace("Morning", "Zürich – früh");
    let wide = |order: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(order).collect::<Vec<u8>>();
    let title = |bytes: &[u8]| one(bytes).title.unwrap();
    assert_eq!(title(format!("\u{feff}{text}").as_bytes()), "Zürich – früh");
    for (mark, order) in
        [([0xff, 0xfe], u16::to_le_bytes as fn(u16) -> [u8; 2]), ([0xfe, 0xff], u16::to_be_bytes)]
    {
        assert_eq!(title(&[mark.as_slice(), &wide(order)].concat()), "Zürich – früh");
    }
    // Labelled UTF-16, written in UTF-8.
    assert_eq!(title(text.replace("UTF-8", "UTF-16").as_bytes()), "Zürich – früh");
    // Labelled UTF-8, written in Latin-1: the points stay, the letters are mended or marked.
    let latin: Vec<u8> =
        gpx_run(60, "84").replace("Morning", "Z\u{fc}rich").chars().map(|c| c as u8).collect();
    let recording = one(&latin);
    assert_eq!(recording.times_ms.len(), 60);
    assert!(recording.title.as_deref().unwrap().ends_with("rich"));
    issue(&recording.issues, IssueKind::Encoding);
    let labelled = [b"<?xml version='1.0' encoding='iso-8859-1'?>", &latin[39..]].concat();
    assert_eq!(title(&labelled), "Zürich");
}

#[test]
fn case_44_prefixes_declared_or_not_and_namespaces_of_any_kind() {
    for prefix in ["gpxtpx:", "ns3:", "ns2:", ""] {
        let run = gpx_run(60, "84")
            .replace("gpxtpx:TrackPointExtension", &format!("{prefix}TrackPointExtension"))
            .replace("<gpxtpx:cad>", &format!("<{prefix}cad>"))
            .replace("</gpxtpx:cad>", &format!("</{prefix}cad>"));
        for declared in ["", " xmlns=\"http://www.topografix.com/GPX/1/0\"", " xmlns:ns3=\"x\""] {
            let text = run.replacen("<gpx ", &format!("<gpx{declared} "), 1);
            let values = column(&one(&text), Field::Cadence);
            assert_eq!(values, [Some(84.0); 60], "{prefix} {declared}");
        }
    }
    // The whole file under a prefix.
    let prefixed = tcx(&(0..60).map(|s| trackpoint(s, "")).collect::<String>(), "x")
        .replace("</", "</tcd:")
        .replace('<', "<tcd:")
        .replace("<tcd:/tcd:", "</tcd:")
        .replace("<tcd:?", "<?");
    assert_eq!(one(prefixed).times_ms.len(), 60);
}

#[test]
fn case_45_no_time_at_all_or_on_some_points() {
    let timeless = gpx(&"<trkpt lat=\"47.0\" lon=\"8.5\"/>".repeat(9));
    assert_eq!(read(&timeless).not_an_activity.unwrap().what, "route without times");
    let mut points = String::new();
    for second in 0..600 {
        points += &point(second, &cad("84"));
        if second % 100 == 50 {
            points += "<trkpt lat=\"47.0\" lon=\"8.5\"><ele>1</ele></trkpt>";
        }
    }
    let activity = run(gpx(&points));
    assert_eq!(activity.clock.len(), 600);
    let said = activity.issues.iter().filter(|i| i.kind == IssueKind::Clock);
    assert!(said.map(|i| i.count).any(|n| n == 6), "six are named");
}

#[test]
fn case_46_routes_among_the_activities() {
    let route = "<gpx><rte><name>Loop</name><rtept lat='47' lon='8'/></rte></gpx>";
    let planned = gpx(&"<trkpt lat=\"47.0\" lon=\"8.5\"/>".repeat(9));
    let report = report_on(&[
        ("routes/1.gpx", route),
        ("routes/2.gpx", planned.as_str()),
        ("activities/3.gpx", &gpx_run(900, "84")),
    ]);
    for name in ["routes/1.gpx", "routes/2.gpx"] {
        let [Fate::NotAnActivity { what }] = fates(&report, name) else { panic!("{name}") };
        assert!(what.contains("route"), "{what}");
    }
    assert!(is_run(&report, "activities/3.gpx"));
}

#[test]
fn case_47_segments_of_no_one_or_two_points() {
    for (points, inside) in [(0, "<trkseg/>"), (1, ""), (2, "")] {
        let some: String = (0..points).map(|s| point(s, "")).collect();
        let text = gpx(&some).replace("</trkseg>", &format!("</trkseg>{inside}<trkseg></trkseg>"));
        let report = report_on(&[("few.gpx", text), ("run.gpx", gpx_run(900, "84"))]);
        match fates(&report, "few.gpx") {
            [Fate::NotAnActivity { what }] if points < 2 => assert!(!what.is_empty()),
            [Fate::Skipped { reason, .. }] if points < 2 => assert!(!reason.is_empty()),
            // Two points and a stated sport are a run of a second, of which nothing is claimed.
            [Fate::Run { run }] if points == 2 => {
                let rate = report.history.outcome(*run, "step_rate").unwrap();
                assert!(rate.reading().is_none(), "{rate:?}");
            }
            other => panic!("{points} points: {other:?}"),
        }
    }
}

#[test]
fn case_48_tracks_and_segments_with_breaks() {
    let part = |from: i64, to: i64| (from..to).map(|s| point(s, &cad("84"))).collect::<String>();
    let text = gpx(&format!("{}</trkseg><trkseg>{}", part(0, 300), part(420, 720)));
    let recording = one(&text);
    assert_eq!(recording.breaks, [300]);
    assert_eq!(prepared(&recording).clock.timer().0, 599.0, "the break is a pause");
    let tracks =
        text.replace("</trkseg><trkseg>", "</trkseg></trk><trk><type>running</type><trkseg>");
    let report = report_on(&[("two.gpx", tracks)]);
    assert_eq!(fates(&report, "two.gpx").len(), 2, "each track is listed");
}

#[test]
fn case_49_positions_missing_at_zero_or_no_number() {
    for attributes in [
        "lon=\"8.5\"",
        "",
        "lat=\"0\" lon=\"0\"",
        "lat=\"NaN\" lon=\"NaN\"",
        "lat=\"91\" lon=\"8\"",
    ] {
        let bad =
            format!("<trkpt {attributes}><time>2024-01-01T00:05:00Z</time>{}</trkpt>", cad("84"));
        let points: String =
            (0..600).map(|s| if s == 300 { bad.clone() } else { point(s, &cad("84")) }).collect();
        let recording = one(gpx(&points));
        assert_eq!(recording.times_ms.len(), 600, "{attributes}: the point stays");
        assert_eq!(column(&recording, Field::Latitude)[300], None, "{attributes}");
        let activity = prepared(&recording);
        assert!((metres(&activity) - 1797.0).abs() < 5.0, "{attributes}: {}", metres(&activity));
        issue(&activity.issues, IssueKind::Position);
    }
}

#[test]
fn case_50_tcx_distances_that_mislead() {
    let made = |points: &str| run(tcx(points, "Garmin Forerunner 610"));
    let plain = |s: i64| trackpoint(s, &run_cadence("84"));
    // The first point is empty.
    let first = "<Trackpoint><Time>2023-12-31T23:59:59Z</Time></Trackpoint>".to_owned();
    let points: String = std::iter::once(first).chain((0..600).map(plain)).collect();
    assert!((metres(&made(&points)) - 1797.0).abs() < 5.0);
    // The first point lies at 0, 0, thousands of kilometres away, and no distance is given.
    let stripped = |s: i64| {
        let text = plain(s);
        let (from, to) = (text.find("<DistanceMeters>").unwrap(), text.find("</DistanceMeters>"));
        format!("{}{}", &text[..from], &text[to.unwrap() + "</DistanceMeters>".len()..])
    };
    let nowhere = "<Trackpoint><Time>2023-12-31T23:59:59Z</Time><Position><LatitudeDegrees>0\
                   </LatitudeDegrees><LongitudeDegrees>0</LongitudeDegrees></Position></Trackpoint>";
    let points: String =
        std::iter::once(nowhere.to_owned()).chain((0..600).map(stripped)).collect();
    assert!((metres(&made(&points)) - 1797.0).abs() < 5.0, "{}", metres(&made(&points)));
    // Distances that say nothing.
    let useless: String = (0..600)
        .map(|s| {
            let text = plain(s);
            let metres = format!("<DistanceMeters>{}\n", 3.0 * s as f64);
            text.replace(metres.trim_end(), "<DistanceMeters>0")
        })
        .collect();
    let activity = made(&useless);
    assert!((metres(&activity) - 1797.0).abs() < 5.0, "{}", metres(&activity));
    issue(&activity.issues, IssueKind::Distance);
    // A leg that goes on counting where the ride before it ended.
    let leg: String = (0..600)
        .map(|s| {
            let metres = 3.0 * s as f64;
            let (from, to) = (
                format!("<DistanceMeters>{metres}"),
                format!("<DistanceMeters>{}", 40_500.0 + metres),
            );
            plain(s).replace(&from, &to)
        })
        .collect();
    assert!((metres(&made(&leg)) - 1797.0).abs() < 5.0);
    // Laps without a distance.
    let text = tcx(&(0..600).map(plain).collect::<String>(), "x")
        .replace("<Track>", "<TotalTimeSeconds>600</TotalTimeSeconds><Track>");
    let recording = one(text);
    assert_eq!(recording.summary.get(SummaryKey::DistanceM), None, "none, not zero");
    assert!((metres(&prepared(&recording)) - 1797.0).abs() < 5.0);
}

#[test]
fn case_51_elements_that_no_schema_knows() {
    let text = gpx_run(600, "84").replace(
        "<trk>",
        "<metadate>2024</metadate><exerciseinfo><heartrate>1</heartrate><cad>3</cad>\
         </exerciseinfo><trk>",
    );
    let recording = one(text);
    assert_eq!(column(&recording, Field::Cadence), vec![Some(84.0); 600]);
    assert!(recording.columns_of(Field::HeartRate).next().is_none());
}

#[test]
fn case_52_several_values_in_one_extension() {
    let twice = "<extensions><gpxtpx:cad>84</gpxtpx:cad><gpxtpx:cad>20</gpxtpx:cad></extensions>";
    let recording = one(gpx(&(0..60).map(|s| point(s, twice)).collect::<String>()));
    assert_eq!(column(&recording, Field::Cadence), [Some(84.0); 60], "the first speaks");
    assert_eq!(issue(&recording.issues, IssueKind::Malformed).count, 60);
}

#[test]
fn case_53_a_first_step_back_in_time() {
    let mut points = point(5, &cad("84"));
    points += &(0..600).map(|s| point(s, &cad("84"))).collect::<String>();
    let activity = run(gpx(&points));
    assert_eq!(activity.clock.len(), 600);
    assert!((metres(&activity) - 1797.0).abs() < 10.0, "{}", metres(&activity));
    issue(&activity.issues, IssueKind::Clock);
}

#[test]
fn case_54_entities_stay_unexpanded_and_size_is_bounded() {
    let bomb = "<!DOCTYPE gpx [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;\">]>";
    let text =
        gpx_run(60, "84").replace("<gpx ", &format!("{bomb}<gpx ")).replace("Morning", "&b;");
    assert_eq!(one(&text).title.as_deref(), Some("&b;"));
    let limits = Limits { input_bytes: 1000, ..Limits::default() };
    let refused = read::read(text.as_bytes(), &limits).unwrap_err();
    assert!(matches!(refused, ReadError::Limit { what: "bytes", .. }), "{refused}");
    // An export of Apple Health is no activity file; it is named, not read as one.
    let health = "<?xml version=\"1.0\"?><!DOCTYPE HealthData [<!ELEMENT HealthData (Record)>]>\
                  <HealthData><Record type=\"StepCount\" value=\"3\"/></HealthData>";
    let report = report_on(&[("export.xml", health), ("run.gpx", &gpx_run(900, "84"))]);
    assert_eq!(report.passed_over.get(".xml file"), Some(&1));
}

#[test]
fn case_55_truncated_xml_keeps_the_points_read() {
    let tcx = tcx(&(0..60).map(|s| trackpoint(s, &run_cadence("84"))).collect::<String>(), "x");
    for (text, end) in [(gpx_run(60, "84"), "</trkpt>"), (tcx, "</Trackpoint>")] {
        let cut = text.match_indices(end).nth(41).unwrap().0 + 3;
        let recording = one(&text[..cut]);
        assert!((41..=42).contains(&recording.times_ms.len()), "{}", recording.times_ms.len());
        let said = issue(&recording.issues, IssueKind::Truncated);
        assert!(said.message.contains("line"), "{}", said.message);
    }
}
