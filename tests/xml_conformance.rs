//! GPX and TCX written by hand, each with one thing that real exporters do.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "the functions of a test say what they expect, like its tests"
)]

use lightfoot::activity::{IssueKind, Severity, Sport, SubSport, SummaryKey};
use lightfoot::read::{
    CadenceConvention, ColumnSource, Field, Limits, ReadError, ReadOutput, Recording, read,
};

/// 2024-05-01T12:00:00Z.
const NOON_MS: i64 = 1_714_564_800_000;

fn output(text: &str) -> ReadOutput {
    read(text.as_bytes(), &Limits::default()).unwrap_or_else(|e| panic!("{e}\n{text}"))
}

fn one(text: &str) -> Recording {
    let mut recordings = output(text).recordings;
    assert_eq!(recordings.len(), 1, "{text}");
    recordings.remove(0)
}

fn values(recording: &Recording, field: Field) -> Vec<Option<f64>> {
    let mut columns = recording.columns_of(field);
    let column = columns.next().unwrap_or_else(|| panic!("no {field:?}"));
    assert!(columns.next().is_none(), "two columns of {field:?}");
    column.values.iter().collect()
}

fn count(recording: &Recording, kind: IssueKind) -> usize {
    recording.issues.iter().filter(|i| i.kind == kind).map(|i| i.count).sum()
}

fn point(second: usize, inside: &str) -> String {
    format!(
        "<trkpt lat=\"51.{second:04}\" lon=\"7.1\"><time>2024-05-01T12:00:{second:02}Z</time>\
         {inside}</trkpt>\n"
    )
}

fn gpx(points: &str) -> String {
    format!("<gpx creator=\"Garmin Connect\"><trk><trkseg>{points}</trkseg></trk></gpx>")
}

#[test]
fn cadence_of_any_vendor_whatever_the_prefix() {
    for (inside, name, source) in [
        (
            "<extensions><gpxtpx:TrackPointExtension><gpxtpx:cad>84</gpxtpx:cad>\
             </gpxtpx:TrackPointExtension></extensions>",
            "gpxtpx:cad",
            ColumnSource::Extension,
        ),
        (
            "<extensions><ns3:TrackPointExtension xmlns:ns3='x'><ns3:cad>84</ns3:cad>\
             </ns3:TrackPointExtension></extensions>",
            "ns3:cad",
            ColumnSource::Extension,
        ),
        (
            "<extensions><gpxdata:cadence>84.0</gpxdata:cadence></extensions>",
            "gpxdata:cadence",
            ColumnSource::Extension,
        ),
        ("<extensions><cadence>84</cadence></extensions>", "cadence", ColumnSource::Extension),
        (
            "<extensions><TPX><RunCadence>84</RunCadence></TPX></extensions>",
            "RunCadence",
            ColumnSource::Extension,
        ),
        ("<cad>84</cad>", "cad", ColumnSource::Native),
    ] {
        let run = one(&gpx(&point(1, inside)));
        let column = run.columns_of(Field::Cadence).next().unwrap();
        assert_eq!(column.values.get(0), Some(84.0), "{inside}");
        assert_eq!((column.name.as_str(), &column.source), (name, &source));
        assert_eq!(column.convention, CadenceConvention::Unstated);
        assert!(column.whole_numbers);
    }
}

#[test]
fn every_known_quantity_of_an_extension() {
    let inside = "<ele>12.5</ele><extensions><p:a><p:hr>151</p:hr><p:atemp>21.5</p:atemp>\
        <p:speed>3.25</p:speed></p:a></extensions><extensions><PowerExtension>\
        <PowerInWatts>250</PowerInWatts></PowerExtension></extensions>";
    let run = one(&gpx(&point(1, inside)));
    for (field, value) in [
        (Field::Altitude, 12.5),
        (Field::HeartRate, 151.0),
        (Field::Temperature, 21.5),
        (Field::Speed, 3.25),
        (Field::Power, 250.0),
        (Field::Latitude, 51.0001),
        (Field::Longitude, 7.1),
    ] {
        assert_eq!(values(&run, field), [Some(value)], "{field:?}");
    }
    assert!(run.issues.is_empty(), "{:?}", run.issues);
    assert!(run.columns_of(Field::Distance).next().is_none(), "distance is not made up");
}

#[test]
fn a_value_that_comes_late_or_goes_leaves_the_others_absent() {
    let cad = "<extensions><cad>80</cad></extensions>";
    let points = [point(1, ""), point(2, cad), point(3, ""), point(4, cad), point(5, "")];
    let run = one(&gpx(&points.concat()));
    assert_eq!(values(&run, Field::Cadence), [None, Some(80.0), None, Some(80.0), None]);
}

#[test]
fn speed_of_gpx_1_0_is_native() {
    let run = one(&gpx(&point(1, "<speed>2.5</speed>")));
    assert_eq!(values(&run, Field::Speed), [Some(2.5)]);
    assert_eq!(run.columns_of(Field::Speed).next().unwrap().source, ColumnSource::Native);
}

#[test]
fn times_with_offset_zone_or_neither() {
    let at = |time: &str| format!("<trkpt lat='1' lon='1'><time>{time}</time></trkpt>");
    let run = one(&gpx(&[
        at("2024-05-01T12:00:00Z"),
        at("2024-05-01T14:00:01.250+02:00"),
        at("2024-05-01T12:00:02"),
        at("yesterday"),
        "<trkpt lat='1' lon='1'/>".to_owned(),
    ]
    .concat()));
    let expected = [Some(NOON_MS), Some(NOON_MS + 1250), Some(NOON_MS + 2000), None, None];
    assert_eq!(run.times_ms, expected);
    assert_eq!(run.utc_offset_s, Some(7200));
    let clock: Vec<_> = run.issues.iter().filter(|i| i.kind == IssueKind::Clock).collect();
    assert!(clock.iter().any(|i| i.severity == Severity::Note && i.count == 1), "taken as UTC");
    assert!(clock.iter().any(|i| i.severity == Severity::Doubt && i.count == 2), "no time");
    assert_eq!(count(&run, IssueKind::Malformed), 1);
}

#[test]
fn one_bad_position_costs_that_position_only() {
    for attributes in [
        "lon='7'",
        "lat='51'",
        "",
        "lat='91' lon='7'",
        "lat='51' lon='181'",
        "lat='NaN' lon='7'",
        "lat='0' lon='0'",
        "lat='0.0' lon='-0'",
        "lat='' lon=''",
        "lat='undefined' lon='7'",
        "lat='inf' lon='7'",
    ] {
        let bad =
            format!("<trkpt {attributes}><time>2024-05-01T12:00:02Z</time><cad>80</cad></trkpt>");
        let run = one(&gpx(&[point(1, ""), bad, point(3, "")].concat()));
        assert_eq!(run.times_ms.len(), 3, "{attributes}");
        assert_eq!(run.times_ms[1], Some(NOON_MS + 2000));
        assert_eq!(values(&run, Field::Latitude), [Some(51.0001), None, Some(51.0003)]);
        assert_eq!(values(&run, Field::Longitude)[1], None);
        assert_eq!(values(&run, Field::Cadence)[1], Some(80.0));
        assert_eq!(count(&run, IssueKind::Position), 1, "{attributes}");
    }
    // The equator and the meridian of Greenwich exist.
    let run = one(&gpx("<trkpt lat='0' lon='9'><time>2024-05-01T12:00:02Z</time></trkpt>"));
    assert_eq!(values(&run, Field::Latitude), [Some(0.0)]);
}

#[test]
fn segments_are_breaks_and_tracks_are_recordings() {
    let text = format!(
        "<gpx><trk><name>a &amp; b</name><type>9</type><trkseg></trkseg><trkseg>{}{}</trkseg>\
         <trkseg/><trkseg>{}</trkseg><trkseg></trkseg></trk>\
         <trk><trkseg><trkpt lat='1' lon='1'/></trkseg></trk>\
         <trk><name><![CDATA[<Berg>]]></name><type>hiking</type><trkseg>{}</trkseg></trk></gpx>",
        point(1, ""),
        point(2, ""),
        point(3, ""),
        point(4, "")
    );
    let output = output(&text);
    let [first, second] = output.recordings.as_slice() else { panic!("two timed tracks") };
    assert_eq!((first.part, first.breaks.as_slice()), (0, [2].as_slice()));
    assert_eq!((first.title.as_deref(), &first.sport), (Some("a & b"), &Sport::Running));
    assert_eq!((second.part, second.breaks.len()), (1, 0));
    assert_eq!(second.title.as_deref(), Some("<Berg>"));
    assert_eq!(second.sport, Sport::Other("hiking".to_owned()));
    assert!(output.issues.iter().any(|i| i.message.contains("1 track(s) without times")));
}

#[test]
fn name_and_type_are_the_tracks_own() {
    let text = format!(
        "<gpx creator='COROS PACE 3'><metadata><name>All</name><link><type>run</type></link>\
         </metadata><trk><link><text>x</text><type>text/html</type></link>\
         <extensions><type>cycling</type></extensions><type>trail_running</type>\
         <trkseg>{}</trkseg></trk></gpx>",
        point(1, "<name>point</name><type>walk</type>")
    );
    let run = one(&text);
    assert_eq!((run.sport, run.sub_sport), (Sport::Running, SubSport::Trail));
    assert_eq!(run.title.as_deref(), Some("All"));
    assert_eq!(run.device.name.as_deref(), Some("COROS PACE 3"));
    assert_eq!(run.device.manufacturer.as_deref(), Some("coros"));
}

#[test]
fn what_is_no_recording_is_named() {
    for (inside, what) in [
        ("<trk><trkseg><trkpt lat='1' lon='1'/></trkseg></trk>", "route without times"),
        ("<rte><rtept lat='1' lon='1'><time>2024-05-01T12:00:00Z</time></rtept></rte>", "route"),
        ("<wpt lat='1' lon='1'><time>2024-05-01T12:00:00Z</time></wpt>", "waypoints"),
        ("<trk><trkseg/></trk>", "track without points"),
        ("", "GPX without tracks"),
    ] {
        let output = output(&format!("<gpx>{inside}</gpx>"));
        assert!(output.recordings.is_empty());
        assert_eq!(output.not_an_activity.unwrap().what, what);
    }
}

#[test]
fn preambles_marks_and_encodings() {
    let body = gpx(&point(1, "<cad>80</cad>"));
    let declared = format!("<?xml version='1.0' encoding='UTF-16'?>\n{body}");
    let wide = |order: fn(u16) -> [u8; 2]| -> Vec<u8> {
        declared.encode_utf16().flat_map(order).collect()
    };
    let latin = [
        b"<?xml version='1.0' encoding='iso-8859-1'?><!-- M\xfcnchen -->".as_slice(),
        body.as_bytes(),
    ]
    .concat();
    for bytes in [
        format!("          {declared}").into_bytes(),
        format!("\u{feff}{declared}").into_bytes(),
        format!("\u{feff}\u{feff}\r\n{declared}").into_bytes(),
        format!("<!DOCTYPE gpx [<!ENTITY a 'b'>]>{body}").into_bytes(),
        [[0xff, 0xfe].as_slice(), &wide(u16::to_le_bytes)].concat(),
        [[0xfe, 0xff].as_slice(), &wide(u16::to_be_bytes)].concat(),
        wide(u16::to_le_bytes),
        latin,
    ] {
        let output = read(&bytes, &Limits::default()).unwrap();
        let run = &output.recordings[0];
        assert_eq!(values(run, Field::Cadence), [Some(80.0)]);
        assert_eq!(values(run, Field::Latitude), [Some(51.0001)]);
    }
}

#[test]
fn numbers_are_read_as_exporters_write_them() {
    let run = one(&gpx(
        "<trkpt lat='51,5' lon='&#55;.25'><time>2024-05-01T12:00:01Z</time><ele>\n 12 \n</ele>\
         <cad>0.0</cad></trkpt><trkpt lat='51.5' lon='7'><ele/><cad>255</cad><hr>0</hr>\
         <power>lots</power></trkpt>",
    ));
    assert_eq!(values(&run, Field::Latitude), [Some(51.5), Some(51.5)]);
    assert_eq!(values(&run, Field::Longitude), [Some(7.25), Some(7.0)]);
    assert_eq!(values(&run, Field::Altitude), [Some(12.0), None]);
    assert_eq!(values(&run, Field::Cadence), [Some(0.0), None], "255 stands for none");
    assert!(run.columns_of(Field::HeartRate).next().is_none(), "0 stands for none");
    assert_eq!(count(&run, IssueKind::Range), 1);
    assert_eq!(count(&run, IssueKind::Malformed), 2, "the comma and the word");
}

#[test]
fn two_values_of_one_name_in_a_point() {
    let run = one(&gpx(&point(1, "<extensions><a:cad>80</a:cad><a:cad>90</a:cad></extensions>")));
    assert_eq!(values(&run, Field::Cadence), [Some(80.0)]);
    assert_eq!(count(&run, IssueKind::Malformed), 1);
}

#[test]
fn elements_that_are_not_read_are_counted() {
    let inside = "<extensions><hAcc>1</hAcc><gpxtpx:course>2</gpxtpx:course></extensions>";
    let run = one(&gpx(&[point(1, inside), point(2, inside)].concat()));
    assert_eq!(run.passed_over.get("hAcc"), Some(&2));
    assert_eq!(run.passed_over.get("course"), Some(&2));
}

fn tcx(inside: &str) -> String {
    format!(
        "          <?xml version=\"1.0\"?>\n<TrainingCenterDatabase><Activities>\
         <Activity Sport=\"Running\"><Id>2024-05-01T12:00:00.000Z</Id>{inside}\
         <Creator xsi:type='Device_t'><Name>Garmin Forerunner 255</Name><UnitId>77</UnitId>\
         <ProductID>3992</ProductID><Version><VersionMajor>21</VersionMajor>\
         <VersionMinor>6</VersionMinor></Version></Creator></Activity></Activities>\
         <Author><Name>Connect</Name></Author></TrainingCenterDatabase>"
    )
}

fn trackpoint(second: i64, inside: &str) -> String {
    let time = jiff::Timestamp::from_millisecond(NOON_MS + second * 1000).unwrap();
    format!("<Trackpoint><Time>{time}</Time>{inside}</Trackpoint>")
}

fn lap(second: i64, total: f64, metres: f64, cadence: u32, tracks: &str) -> String {
    let time = jiff::Timestamp::from_millisecond(NOON_MS + second * 1000).unwrap();
    format!(
        "<Lap StartTime=\"{time}\"><TotalTimeSeconds>{total}</TotalTimeSeconds>\
         <DistanceMeters>{metres}</DistanceMeters><AverageHeartRateBpm><Value>150</Value>\
         </AverageHeartRateBpm><MaximumHeartRateBpm><Value>190</Value></MaximumHeartRateBpm>\
         {tracks}<Extensions><LX><AvgRunCadence>{cadence}</AvgRunCadence></LX>\
         <LX><MaxRunCadence>{}</MaxRunCadence></LX><LX><AvgSpeed>3.0</AvgSpeed></LX>\
         </Extensions></Lap>",
        cadence + 10
    )
}

#[test]
fn a_trackpoint_with_everything() {
    let inside = "<Position><LatitudeDegrees>51.5</LatitudeDegrees><LongitudeDegrees>7.5\
        </LongitudeDegrees></Position><AltitudeMeters>99.5</AltitudeMeters>\
        <DistanceMeters>3.5</DistanceMeters><HeartRateBpm><Value>140</Value></HeartRateBpm>\
        <Cadence>82</Cadence><SensorState>Present</SensorState><Extensions><ns3:TPX>\
        <ns3:Speed>3.5</ns3:Speed><ns3:RunCadence>81</ns3:RunCadence><ns3:Watts>260</ns3:Watts>\
        </ns3:TPX></Extensions>";
    let track = format!("<Track>{}</Track>", trackpoint(0, inside));
    let run = one(&tcx(&lap(0, 1.0, 3.5, 81, &track)));
    for (field, value) in [
        (Field::Latitude, 51.5),
        (Field::Longitude, 7.5),
        (Field::Altitude, 99.5),
        (Field::Distance, 3.5),
        (Field::HeartRate, 140.0),
        (Field::Speed, 3.5),
        (Field::Power, 260.0),
    ] {
        assert_eq!(values(&run, field), [Some(value)], "{field:?}");
    }
    let cadence: Vec<_> = run
        .columns_of(Field::Cadence)
        .map(|c| (c.name.as_str(), &c.source, c.values.get(0)))
        .collect();
    assert_eq!(
        cadence,
        [
            ("Cadence", &ColumnSource::Native, Some(82.0)),
            ("ns3:RunCadence", &ColumnSource::Extension, Some(81.0))
        ]
    );
    assert_eq!(run.device.name.as_deref(), Some("Garmin Forerunner 255"));
    assert_eq!((run.device.product, run.device.serial), (Some(3992), Some(77)));
    assert_eq!(run.device.firmware.as_deref(), Some("21.06"));
    assert_eq!(run.stated_start_ms, Some(NOON_MS));
}

#[test]
fn laps_add_up_to_the_devices_summary() {
    let track = |from: i64, to: i64| {
        let points: Vec<String> = (from..to).map(|s| trackpoint(s, "")).collect();
        format!("<Track>{}</Track>", points.concat())
    };
    let laps =
        [lap(0, 300.0, 900.0, 80, &track(0, 300)), lap(300, 100.0, 350.0, 90, &track(300, 400))];
    let run = one(&tcx(&laps.concat()));
    for (key, value) in [
        (SummaryKey::TimerS, 400.0),
        (SummaryKey::DistanceM, 1250.0),
        // 80 for 300 s and 90 for 100 s.
        (SummaryKey::StepRateSpm, 82.5),
        (SummaryKey::MaxStepRateSpm, 100.0),
        (SummaryKey::HeartRateBpm, 150.0),
        (SummaryKey::SpeedMS, 3.0),
    ] {
        assert_eq!(run.summary.get(key), Some(value), "{key:?}");
    }
    assert_eq!(run.summary_cadence, CadenceConvention::Unstated);
    let at = |s: i64| NOON_MS + s * 1000;
    assert_eq!(run.laps_ms, [(at(0), at(300)), (at(300), at(399))]);
    assert!(run.breaks.is_empty() && run.stops.is_empty(), "a lap is no pause");
}

#[test]
fn a_new_track_inside_a_lap_is_a_pause_only_if_time_passed() {
    let track = |seconds: &[i64]| {
        let points: Vec<String> = seconds.iter().map(|s| trackpoint(*s, "")).collect();
        format!("<Track>{}</Track>", points.concat())
    };
    let tracks = [track(&[0, 1]), track(&[2, 3]), track(&[90, 91])].concat();
    let run = one(&tcx(&lap(0, 5.0, 10.0, 80, &tracks)));
    assert_eq!(run.breaks, [4]);
    let [stop] = run.stops.as_slice() else { panic!("one stop") };
    assert_eq!((stop.start_ms, stop.end_ms), (NOON_MS + 3000, Some(NOON_MS + 90_000)));
}

#[test]
fn a_lap_that_starts_in_1989_starts_with_its_points() {
    let lap = "<Lap StartTime='1989-12-31T00:08:05Z'><TotalTimeSeconds>9</TotalTimeSeconds>\
        <DistanceMeters>20</DistanceMeters><Track>";
    let text = format!("{lap}{}{}</Track></Lap>", trackpoint(5, ""), trackpoint(14, ""));
    assert_eq!(one(&tcx(&text)).laps_ms, [(NOON_MS + 5000, NOON_MS + 14_000)]);
}

#[test]
fn multisport_legs_are_recordings_and_courses_are_none() {
    let leg = |sport: &str, second: i64| {
        format!(
            "<Activity Sport='{sport}'><Id>x</Id><Lap><Track>{}</Track></Lap></Activity>",
            trackpoint(second, "")
        )
    };
    let text = format!(
        "<TrainingCenterDatabase><Folders/><Activities><MultiSportSession><FirstSport>{}\
         </FirstSport><NextSport>{}</NextSport></MultiSportSession></Activities><Courses><Course>\
         <Lap/><Track>{}</Track></Course></Courses></TrainingCenterDatabase>",
        leg("Biking", 0),
        leg("Running", 60),
        trackpoint(0, "")
    );
    let legs = output(&text).recordings;
    assert_eq!(legs.iter().map(|l| l.times_ms.len()).collect::<Vec<_>>(), [1, 1]);
    assert_eq!(legs[0].sport, Sport::Other("cycling".to_owned()));
    assert_eq!((&legs[1].sport, legs[1].part), (&Sport::Running, 1));
    for (inside, what) in [
        ("<Courses><Course><Track><Trackpoint/></Track></Course></Courses>", "course"),
        ("<Workouts><Workout Sport='Running'><Name>a</Name></Workout></Workouts>", "workout"),
        ("<Activities/>", "TCX without activities"),
    ] {
        let text = format!("<TrainingCenterDatabase>{inside}</TrainingCenterDatabase>");
        assert_eq!(output(&text).not_an_activity.unwrap().what, what);
    }
}

#[test]
fn an_activity_without_points_keeps_its_totals() {
    let run = one(&tcx(&lap(0, 1800.0, 5000.0, 80, "")));
    assert!(run.times_ms.is_empty());
    assert_eq!(run.summary.get(SummaryKey::DistanceM), Some(5000.0));
    assert_eq!(count(&run, IssueKind::Dropout), 1);
}

#[test]
fn limits_are_kept() {
    let limits = Limits { records: 3, ..Limits::default() };
    let what = |text: &str, limits: &Limits| match read(text.as_bytes(), limits) {
        Err(ReadError::Limit { what, .. }) => what,
        other => panic!("{other:?}"),
    };
    let points: String = (0..4).map(|s| point(s, "")).collect();
    assert_eq!(what(&gpx(&points), &limits), "points");
    let all = Limits::default();
    assert_eq!(what(&gpx(&point(1, &"<a>".repeat(100_000))), &all), "levels of elements");
    let attributes: String = (0..70).map(|i| format!(" a{i}='{i}'")).collect();
    assert_eq!(what(&format!("<gpx><trk{attributes}/></gpx>"), &all), "attributes in one tag");
    let long = "x".repeat(70_000);
    assert_eq!(what(&format!("<gpx a='{long}'></gpx>"), &all), "bytes in one tag");
    assert_eq!(what(&format!("<gpx><trk><name>{long}"), &all), "bytes in one text");
}
