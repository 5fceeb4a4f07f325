//! Preparation of hand-built recordings: what is planted must be found, and applying a step twice
//! must change nothing.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests say what they expect"
)]

use lightfoot::activity::{
    AltitudeSource, IssueKind, Origin, Severity, Sport, SubSport, SummaryKey,
};
use lightfoot::prepare::{Context, Draft, LearntUnits, NotPrepared, STEPS, learn, prepare};
use lightfoot::read::{
    CadenceConvention, Column, ColumnSource, Field, RawColumn, Recording, SensorIdentity, TimerStop,
};
use lightfoot::settings::{CadenceUnit, Settings};
use proptest::prelude::*;

/// 2024-05-01 06:00:00 UTC.
const START_MS: i64 = 1_714_543_200_000;

fn column(field: Field, name: &str, values: impl IntoIterator<Item = f64>) -> RawColumn {
    RawColumn {
        field,
        name: name.to_owned(),
        unit: String::new(),
        source: ColumnSource::Native,
        convention: CadenceConvention::Unstated,
        whole_numbers: false,
        values: Column::from_raw(values.into_iter().collect()),
    }
}

fn developer(name: &str, unit: &str, values: impl IntoIterator<Item = f64>) -> RawColumn {
    RawColumn {
        unit: unit.to_owned(),
        source: ColumnSource::Developer { application: None, overrides: None },
        ..column(Field::Developer, name, values)
    }
}

fn cadence(convention: CadenceConvention, values: impl IntoIterator<Item = f64>) -> RawColumn {
    RawColumn { convention, ..column(Field::Cadence, "cadence", values) }
}

/// `n` seconds of even running at 3 m/s, 84 strides a minute, at 1 Hz.
fn run(format: &'static str, n: usize) -> Recording {
    let convention =
        if format == "FIT" { CadenceConvention::Strides } else { CadenceConvention::Unstated };
    let mut recording = Recording::empty(format, 0);
    recording.sport = Sport::Running;
    recording.device.manufacturer = Some("garmin".to_owned());
    recording.times_ms = (0..n).map(|i| Some(START_MS + 1000 * i as i64)).collect();
    recording.columns = vec![
        column(Field::Distance, "distance", (0..n).map(|i| 3.0 * i as f64)),
        column(Field::Speed, "enhanced_speed", vec![3.0; n]),
        cadence(convention, vec![84.0; n]),
    ];
    recording
}

fn prepared(recording: &Recording) -> lightfoot::Activity {
    prepare(recording, &Settings::default(), &LearntUnits::default()).unwrap()
}

fn mean_spm(activity: &lightfoot::Activity) -> f64 {
    let rate = activity.channels.step_rate.as_ref().unwrap();
    let values: Vec<f64> = rate.iter().flatten().map(|s| s.0).collect();
    values.iter().sum::<f64>() / values.len() as f64
}

fn issue(activity: &lightfoot::Activity, kind: IssueKind) -> Option<&lightfoot::activity::Issue> {
    activity.issues.iter().find(|issue| issue.kind == kind)
}

#[test]
fn fit_cadence_is_always_one_leg_even_when_slow() {
    let mut hike = run("FIT", 600);
    hike.columns[2] = cadence(CadenceConvention::Strides, vec![45.0; 600]);
    assert_eq!(mean_spm(&prepared(&hike)), 90.0);
    let unit = prepared(&hike);
    assert_eq!(issue(&unit, IssueKind::CadenceUnit).unwrap().severity, Severity::Note);
}

#[test]
fn the_unit_of_gpx_cadence_follows_range_and_step_length() {
    let mut steps = run("GPX", 600);
    steps.columns[2] = cadence(CadenceConvention::Unstated, vec![172.0; 600]);
    assert_eq!(mean_spm(&prepared(&steps)), 172.0);
    assert_eq!(mean_spm(&prepared(&run("GPX", 600))), 168.0);
}

#[test]
fn an_undecidable_unit_is_asked_for_or_learnt_but_never_guessed() {
    let mut odd = run("TCX", 600);
    odd.device.name = Some("Watch A".to_owned());
    odd.columns[2] = cadence(CadenceConvention::Unstated, vec![124.0; 600]);
    odd.summary.set(SummaryKey::StepRateSpm, Some(124.0));
    let asked = prepared(&odd);
    assert!(asked.channels.step_rate.is_none());
    assert_eq!(asked.summary.get(SummaryKey::StepRateSpm), None);
    let remedy = issue(&asked, IssueKind::CadenceUnit).unwrap().remedy.clone().unwrap();
    assert!(remedy.contains("--cadence-unit"), "{remedy}");

    let stated = Settings { cadence_unit: Some(CadenceUnit::Steps), ..Settings::default() };
    let told = prepare(&odd, &stated, &LearntUnits::default()).unwrap();
    assert_eq!(mean_spm(&told), 124.0);

    let mut sibling = run("TCX", 600);
    sibling.device.name = Some("Watch A".to_owned());
    let stranger = run("TCX", 600);
    let forward = learn(&[&sibling, &stranger, &odd]);
    assert_eq!(forward, learn(&[&odd, &stranger, &sibling]));
    let learnt = prepare(&odd, &Settings::default(), &forward).unwrap();
    assert_eq!(mean_spm(&learnt), 248.0);
    let without = prepare(&odd, &Settings::default(), &learn(&[&stranger])).unwrap();
    assert!(without.channels.step_rate.is_none());
}

#[test]
fn a_summary_cadence_of_open_unit_follows_the_decision() {
    let mut run = run("TCX", 600);
    run.summary.set(SummaryKey::StepRateSpm, Some(83.0));
    assert_eq!(prepared(&run).summary.get(SummaryKey::StepRateSpm), Some(166.0));
}

#[test]
fn whole_strides_are_named_only_where_the_maker_cuts_off() {
    let mut coros = run("FIT", 600);
    coros.columns[2].whole_numbers = true;
    assert!(!prepared(&coros).meta.whole_stride_cadence);
    coros.device.manufacturer = Some("coros".to_owned());
    assert!(prepared(&coros).meta.whole_stride_cadence);
    assert_eq!(mean_spm(&prepared(&coros)), 168.0, "the correction belongs to running readings");
}

#[test]
fn records_without_time_doubled_and_dated_far_off_are_repaired() {
    let mut torn = run("FIT", 100);
    torn.times_ms[10] = None;
    torn.times_ms[20] = torn.times_ms[19];
    torn.columns[2].values.set(19, None);
    torn.times_ms[30] = Some(-600_000_000_000);
    torn.times_ms[40] = torn.times_ms[40].map(|t| t - 1024 * 7 * 86_400_000);
    let activity = prepared(&torn);
    assert_eq!(activity.clock.len(), 97);
    assert_eq!(activity.clock.times_s()[37], 40.0, "the rolled-over record is back in its place");
    let merged = activity.channels.step_rate.as_ref().unwrap().get(18).unwrap();
    assert_eq!(merged.0, 168.0, "the other record of that second carried the cadence");
    let clock = activity.issues.iter().filter(|i| i.kind == IssueKind::Clock).count();
    assert_eq!(clock, 4);
}

#[test]
fn blocks_out_of_order_are_sorted_and_jumps_back_dropped() {
    let mut blocks = run("GPX", 100);
    blocks.times_ms.rotate_left(40);
    for column in &mut blocks.columns {
        let mut values: Vec<f64> = column.values.iter().map(|v| v.unwrap()).collect();
        values.rotate_left(40);
        column.values = Column::from_raw(values);
    }
    let sorted = prepared(&blocks);
    assert_eq!(sorted.clock.len(), 100);
    assert_eq!(sorted.channels.distance.as_ref().unwrap().get(99).unwrap().0, 297.0);

    let mut jump = run("GPX", 100);
    for t in jump.times_ms.iter_mut().skip(50).take(3).flatten() {
        *t -= 20_500;
    }
    assert_eq!(prepared(&jump).clock.len(), 97);
}

#[test]
fn stops_and_segment_breaks_are_paused_time() {
    let mut paused = run("FIT", 100);
    for t in paused.times_ms.iter_mut().skip(50).flatten() {
        *t += 300_000;
    }
    let begin = START_MS + 49_000;
    paused.stops = vec![
        TimerStop { start_ms: begin, end_ms: Some(begin + 200_000) },
        TimerStop { start_ms: begin + 100_000, end_ms: Some(begin + 300_000) },
    ];
    assert_eq!(prepared(&paused).clock.timer().0, 99.0);
    paused.stops.clear();
    paused.breaks = vec![50];
    let broken = prepared(&paused);
    assert_eq!(broken.clock.timer().0, 99.0);
    paused.breaks = vec![30];
    assert_eq!(prepared(&paused).clock.timer().0, 399.0, "a break without a gap is no pause");
}

#[test]
fn a_foot_pod_speaks_only_where_the_watch_is_silent() {
    let mut both = run("FIT", 600);
    both.columns.push(developer("Cadence", "SPM", vec![170.0; 600]));
    both.columns.push(developer("Leg Spring Stiffness", "KN/m", vec![9.5; 600]));
    let native = prepared(&both);
    assert_eq!(mean_spm(&native), 168.0);
    assert!(issue(&native, IssueKind::SourceChoice).is_some(), "the loser is named");
    both.columns[2] = cadence(CadenceConvention::Strides, vec![0.0; 600]);
    let pod = prepared(&both);
    assert_eq!(mean_spm(&pod), 170.0);
    assert_eq!(pod.meta.epoch.cadence, "Stryd");
    let Origin::Recorded { field, source } = pod.channels.step_rate.as_ref().unwrap().origin()
    else {
        panic!("recorded")
    };
    assert_eq!((field.as_str(), source.as_str()), ("Cadence", "Stryd"));
    let vendor: Vec<&str> = pod.channels.vendor.iter().map(|v| v.name.as_str()).collect();
    assert_eq!(vendor, ["Leg Spring Stiffness"]);
    // A unit that the values contradict is not believed.
    both.columns[3] = developer("Cadence", "SPM", vec![85.0; 600]);
    assert!(prepared(&both).channels.step_rate.is_none());
}

#[test]
fn a_pod_in_centimetres_and_a_sleeping_pod() {
    let mut pod = run("FIT", 600);
    pod.columns.push(developer("Vertical Oscillation", "Centimeters", vec![8.4; 600]));
    pod.columns.push(developer("Ground Time", "Milliseconds", vec![0.0; 600]));
    pod.columns.push(developer("Form Power", "Watts", vec![0.0; 600]));
    let activity = prepared(&pod);
    let rise = activity.channels.vertical_oscillation.as_ref().unwrap().get(5).unwrap();
    assert!((rise.0 - 84.0).abs() < 1e-9);
    assert!(activity.channels.ground_contact_time.is_none());
    assert!(activity.channels.vendor.is_empty());
    assert!(issue(&activity, IssueKind::ZeroForMissing).is_some());
}

#[test]
fn zero_is_silence_for_contact_time_and_data_for_cadence() {
    let mut coros = run("FIT", 100);
    coros.device.manufacturer = Some("coros".to_owned());
    coros.columns[2].values.set(5, Some(0.0));
    let mut contact = vec![240.0; 100];
    contact[7] = 0.0;
    coros.columns.push(column(Field::GroundContactTime, "stance_time", contact));
    let activity = prepared(&coros);
    assert_eq!(activity.channels.step_rate.as_ref().unwrap().get(5).unwrap().0, 0.0);
    let contact = activity.channels.ground_contact_time.as_ref().unwrap();
    assert_eq!(contact.get(7), None);
    assert_eq!(contact.get(8).unwrap().0, 240.0);
}

#[test]
fn distance_starts_at_zero_never_falls_and_survives_spikes_and_restarts() {
    let last = |r: &Recording| {
        let activity = prepared(r);
        let distance = activity.channels.distance.as_ref().unwrap();
        let values: Vec<f64> = distance.iter().flatten().map(|m| m.0).collect();
        assert!(values.windows(2).all(|w| w[0] <= w[1]));
        (values[0], *values.last().unwrap())
    };
    let mut odometer = run("FIT", 200);
    odometer.columns[0] =
        column(Field::Distance, "distance", (0..200).map(|i| 415e3 + 3.0 * i as f64));
    assert_eq!(last(&odometer), (0.0, 597.0));
    let mut spike = run("FIT", 200);
    spike.columns[0].values.set(50, Some(900_000.0));
    assert_eq!(last(&spike), (0.0, 597.0));
    let mut laps = run("TCX", 200);
    laps.columns[0] =
        column(Field::Distance, "DistanceMeters", (0..200).map(|i| 3.0 * (i % 100) as f64));
    assert_eq!(last(&laps), (0.0, 594.0));
}

#[test]
fn without_distance_the_positions_speak() {
    let mut track = run("GPX", 600);
    // 3 m/s due north: one degree of latitude is 111,195 m on the sphere used.
    let lat: Vec<f64> = (0..600).map(|i| 47.0 + 3.0 * i as f64 / 111_195.08).collect();
    let mut lon = vec![8.0; 600];
    lon[300] = 8.01;
    track.columns = vec![
        column(Field::Latitude, "lat", lat),
        column(Field::Longitude, "lon", lon),
        cadence(CadenceConvention::Unstated, vec![84.0; 600]),
    ];
    track.columns[0].values.set(0, Some(0.0));
    track.columns[1].values.set(0, Some(0.0));
    let activity = prepared(&track);
    let end = activity.channels.distance.as_ref().unwrap().get(599).unwrap().0;
    assert!((end - 1794.0).abs() < 1.0, "{end}");
    let speed = activity.channels.speed.as_ref().unwrap();
    assert!(matches!(speed.origin(), Origin::Derived { .. }));
    assert!((speed.get(100).unwrap().0 - 3.0).abs() < 0.01);
    let positions: usize =
        activity.issues.iter().filter(|i| i.kind == IssueKind::Position).map(|i| i.count).sum();
    assert_eq!(positions, 2, "one at 0, 0 and one spike");
    assert_eq!(mean_spm(&activity), 168.0);
}

#[test]
fn a_calibrated_treadmill_is_scaled_and_uses_no_positions() {
    let mut treadmill = run("FIT", 600);
    treadmill.sub_sport = SubSport::Treadmill;
    treadmill.summary.set(SummaryKey::DistanceM, Some(1797.0 * 1.1));
    treadmill.columns.push(column(Field::Altitude, "altitude", vec![400.0; 600]));
    let activity = prepared(&treadmill);
    assert!(activity.meta.indoor);
    assert_eq!(activity.meta.altitude_source, AltitudeSource::None);
    let distance = activity.channels.distance.as_ref().unwrap();
    assert!((distance.get(599).unwrap().0 - 1976.7).abs() < 0.1);
    assert!(matches!(distance.origin(), Origin::Corrected { .. }));
    let speed = activity.channels.speed.as_ref().unwrap();
    assert!((speed.get(10).unwrap().0 - 3.3).abs() < 1e-9);
}

#[test]
fn sports_are_told_apart_and_never_dropped_silently() {
    let mut ride = run("FIT", 600);
    ride.sport = Sport::Other("cycling".to_owned());
    ride.summary.set(SummaryKey::TimerS, Some(3600.0));
    let error = prepare(&ride, &Settings::default(), &LearntUnits::default()).unwrap_err();
    let cycling = Sport::Other("cycling".to_owned());
    let start_ms = ride.times_ms[0];
    assert_eq!(error, NotPrepared::OtherSport { sport: cycling, start_ms, duration_s: 3600.0 });

    let mut untyped = run("GPX", 600);
    untyped.sport = Sport::Unknown;
    let judged = prepared(&untyped);
    assert_eq!(judged.meta.sport, Sport::Running);
    assert!(issue(&judged, IssueKind::Sport).unwrap().remedy.is_some());

    // 84 turns a minute at 8 m/s: 5.7 m a turn, a bicycle.
    untyped.columns[0] = column(Field::Distance, "distance", (0..600).map(|i| 8.0 * i as f64));
    untyped.columns[1] = column(Field::Speed, "speed", vec![8.0; 600]);
    let refused = prepare(&untyped, &Settings::default(), &LearntUnits::default()).unwrap_err();
    assert!(
        matches!(refused, NotPrepared::OtherSport { sport: Sport::Other(name), .. } if name.contains("cycling"))
    );

    let nothing = Recording::empty("GPX", 0);
    let empty = prepare(&nothing, &Settings::default(), &LearntUnits::default()).unwrap_err();
    assert!(matches!(empty, NotPrepared::Empty { .. }));
}

#[test]
fn dropouts_and_stuck_values_are_marked_not_deleted() {
    let mut bad = run("FIT", 600);
    for i in 0..600 {
        // Honest values change a little all the time.
        bad.columns[1].values.set(i, Some(3.0 + 0.01 * (i % 7) as f64));
        bad.columns[2].values.set(i, Some(84.0 + 0.5 * (i % 3) as f64));
    }
    for i in 100..140 {
        bad.columns[2].values.set(i, Some(0.0));
    }
    for i in 300..380 {
        bad.columns[2].values.set(i, Some(42.0 + (i % 2) as f64));
    }
    for i in 450..520 {
        bad.columns[1].values.set(i, Some(3.0));
        bad.columns[2].values.set(i, Some(84.0));
    }
    for i in 530..595 {
        bad.columns[2].values.set(i, None);
    }
    let activity = prepared(&bad);
    let spans: Vec<(usize, usize)> = activity.doubtful.iter().map(|s| (s.start, s.end)).collect();
    assert_eq!(spans, [(100, 140), (300, 380), (451, 520)]);
    assert_eq!(activity.channels.step_rate.as_ref().unwrap().get(120).unwrap().0, 0.0);
    // Each by its own name; where there is no value there is none to mark.
    for kind in [
        IssueKind::Dropout,
        IssueKind::CadenceAbsent,
        IssueKind::CadenceStuck,
        IssueKind::CadenceHalved,
    ] {
        assert_eq!(activity.issues.iter().filter(|i| i.kind == kind).count(), 1, "{kind:?}");
    }
}

#[test]
fn a_heart_rate_that_follows_the_steps_is_marked() {
    let wander = |i: usize| 165.0 + 6.0 * (i as f64 / 40.0).sin();
    let mut locked = run("FIT", 1200);
    locked.columns[2] = cadence(CadenceConvention::Strides, (0..1200).map(|i| wander(i) / 2.0));
    let heart = |i: usize| if (300..900).contains(&i) { wander(i).round() } else { 140.0 };
    locked.columns.push(column(Field::HeartRate, "heart_rate", (0..1200).map(heart)));
    let activity = prepared(&locked);
    assert!(issue(&activity, IssueKind::HeartRateLock).is_some());
    let span = activity.doubtful.iter().find(|s| s.reason.contains("heart rate")).unwrap();
    assert!(span.start >= 240 && span.end <= 960, "{span:?}");

    // Near the same number, but steady: a heart that simply beats at 165.
    let steady = column(Field::HeartRate, "heart_rate", (0..1200).map(|i| 165.0 + (i % 2) as f64));
    locked.columns[2] =
        cadence(CadenceConvention::Strides, (0..1200).map(|i| 82.5 + 0.5 * ((i / 9) % 2) as f64));
    locked.columns[3] = steady;
    assert!(issue(&prepared(&locked), IssueKind::HeartRateLock).is_none());
}

#[test]
fn the_sensor_that_spoke_is_named() {
    let sensor = |kind: &str| SensorIdentity { kind: Some(kind.to_owned()), ..Default::default() };
    let mut strapped = run("FIT", 100);
    strapped.device.name = Some("Unlisted".to_owned());
    strapped.sensors =
        vec![sensor("foot pod"), sensor("running dynamics pod"), sensor("built-in barometer")];
    strapped.columns.push(column(Field::GroundContactTime, "stance_time", vec![250.0; 100]));
    strapped.columns.push(column(Field::Altitude, "altitude", vec![410.0; 100]));
    let epoch = prepared(&strapped).meta.epoch;
    assert_eq!(
        (epoch.cadence.as_str(), epoch.dynamics.as_str()),
        ("foot pod", "running dynamics pod")
    );
    assert_eq!(prepared(&strapped).meta.altitude_source, AltitudeSource::Barometric);
    strapped.sensors.clear();
    let bare = prepared(&strapped);
    assert_eq!(bare.meta.epoch.dynamics, "watch");
    assert_eq!(bare.meta.altitude_source, AltitudeSource::Unknown);
}

#[test]
fn an_application_known_only_by_its_identifier_keeps_its_vendors_name() {
    let mut stryd = run("FIT", 100);
    let mut power = developer("Power", "Watts", vec![250.0; 100]);
    let application = Some("660a581e5301460c8f2f034c8b6dc90f".to_owned());
    power.source = ColumnSource::Developer { application, overrides: Some(7) };
    stryd.columns.push(power);
    let activity = prepared(&stryd);
    let origin = activity.channels.power.as_ref().unwrap().origin().clone();
    assert_eq!(origin, Origin::Recorded { field: "Power".to_owned(), source: "Stryd".to_owned() });
}

#[test]
fn a_field_written_once_does_not_silence_one_written_throughout() {
    let mut once = run("FIT", 100);
    let mut first = vec![f64::NAN; 100];
    first[0] = 1.0;
    once.columns.push(column(Field::Speed, "speed", vec![3.1; 100]));
    once.columns[1] = column(Field::Speed, "enhanced_speed", first);
    assert_eq!(prepared(&once).channels.speed.as_ref().unwrap().get(50).unwrap().0, 3.1);
}

/// Recordings with damage of every kind the steps repair.
fn damaged() -> impl Strategy<Value = Recording> {
    let record = (
        prop::option::weighted(0.97, -3_000_i64..3_000),
        0.0..8.0_f64,
        prop_oneof![4 => 70.0..100.0_f64, 1 => Just(0.0), 1 => 0.0..400.0_f64],
        prop_oneof![8 => -1.0..1.0_f64, 1 => Just(91.0)],
    );
    let rows = prop::collection::vec(record, 2..200);
    (rows, any::<bool>(), any::<bool>(), 0..3_u8).prop_map(|(rows, fit, indoor, sport)| {
        let n = rows.len();
        let mut out = run(if fit { "FIT" } else { "GPX" }, n);
        out.sport = if sport == 0 { Sport::Unknown } else { Sport::Running };
        if indoor {
            out.sub_sport = SubSport::Treadmill;
            out.summary.set(SummaryKey::DistanceM, Some(n as f64 * 3.3));
        }
        out.summary.set(SummaryKey::StepRateSpm, Some(80.0));
        out.breaks = vec![n / 2];
        out.stops = vec![TimerStop { start_ms: START_MS + 10_000, end_ms: None }];
        let mut total = 0.0;
        for (i, (jitter, step, stride, _)) in rows.iter().enumerate() {
            out.times_ms[i] = jitter.map(|ms| START_MS + 2_000 * i as i64 + ms);
            total += step;
            out.columns[0].values.set(i, Some(if stride.fract() < 0.02 { 0.0 } else { total }));
            out.columns[1].values.set(i, Some(step / 2.0));
            out.columns[2].values.set(i, Some(*stride));
        }
        let lats = rows
            .iter()
            .enumerate()
            .map(|(i, r)| if r.3 > 90.0 { r.3 } else { 47.0 + 3e-5 * i as f64 + 1e-5 * r.3 });
        out.columns.push(column(Field::Latitude, "position_lat", lats));
        let lons = rows.iter().map(|r| 8.0 + if r.2 == 0.0 { 0.1 } else { 0.0 });
        out.columns.push(column(Field::Longitude, "position_long", lons));
        out.columns.push(column(Field::Altitude, "altitude", vec![-500.0; n]));
        let contact = rows.iter().map(|r| if r.2 == 0.0 { 0.0 } else { 250.0 });
        out.columns.push(column(Field::GroundContactTime, "stance_time", contact));
        out
    })
}

proptest! {
    // A failing case is small enough to be read off the message.
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_step_applied_twice_equals_once(recording in damaged()) {
        let (settings, learnt) = (Settings::default(), LearntUnits::default());
        let context = Context { recording: &recording, settings: &settings, learnt: &learnt };
        let mut draft = Draft::new(&recording);
        for step in STEPS {
            let Ok(issues) = (step.apply)(&mut draft, &context) else { return Ok(()) };
            draft.note(issues);
            let once = format!("{draft:?}");
            let Ok(again) = (step.apply)(&mut draft, &context) else {
                return Err(TestCaseError::fail(format!("{} fails the second time", step.id)));
            };
            draft.note(again);
            prop_assert_eq!(&once, &format!("{draft:?}"), "{} changed something", step.id);
        }
        // What comes out keeps the invariants.
        let activity = draft.finish(&context).unwrap();
        prop_assert!(activity.clock.times_s().windows(2).all(|w| w[0] < w[1]));
    }

    #[test]
    fn a_shift_in_time_changes_nothing_but_the_start(recording in damaged(), hours in -1000_i64..1000) {
        let mut shifted = recording.clone();
        for t in shifted.times_ms.iter_mut().flatten() {
            *t += 3_600_000 * hours;
        }
        for stop in &mut shifted.stops {
            stop.start_ms += 3_600_000 * hours;
        }
        let (settings, learnt) = (Settings::default(), LearntUnits::default());
        match (prepare(&recording, &settings, &learnt), prepare(&shifted, &settings, &learnt)) {
            (Ok(a), Ok(b)) => {
                prop_assert_eq!(format!("{:?}{:?}", a.clock, a.channels), format!("{:?}{:?}", b.clock, b.channels));
                prop_assert_eq!(a.issues, b.issues);
            }
            (Err(a), Err(mut b)) => {
                if let NotPrepared::OtherSport { start_ms: Some(start), .. } = &mut b {
                    *start -= 3_600_000 * hours;
                }
                prop_assert_eq!(a, b);
            }
            (a, b) => prop_assert!(false, "{:?} against {:?}", a.is_ok(), b.is_ok()),
        }
    }
}

#[test]
fn a_summary_that_the_records_do_not_hold_is_said() {
    let mut cut = run("FIT", 300);
    cut.summary.set(SummaryKey::TimerS, Some(2325.0));
    cut.summary.set(SummaryKey::DistanceM, Some(8348.0));
    cut.summary.set(SummaryKey::StepRateSpm, Some(168.0));
    cut.columns.truncate(2);
    let activity = prepared(&cut);
    assert_eq!(activity.issues.iter().filter(|i| i.kind == IssueKind::Summary).count(), 2);
    let silent = issue(&activity, IssueKind::SourceChoice).unwrap();
    assert!(silent.message.contains("summary") && silent.remedy.is_some());
}

#[test]
fn a_ride_stated_as_a_run_is_doubted_not_refused() {
    let mut ride = run("FIT", 600);
    ride.columns[0] = column(Field::Distance, "distance", (0..600).map(|i| 8.0 * i as f64));
    ride.columns[1] = column(Field::Speed, "speed", vec![8.0; 600]);
    let activity = prepared(&ride);
    assert_eq!(activity.meta.sport, Sport::Running);
    assert_eq!(issue(&activity, IssueKind::Sport).unwrap().severity, Severity::Doubt);
    assert_eq!(issue(&prepared(&run("FIT", 600)), IssueKind::Sport), None);
}
