//! Four times the file, four times the time.

use std::time::Duration;

use crate::fit_bytes::{START, data, define, define_record, file, file_id, record};
use crate::support::bench::{bench_fit, bench_gpx, bench_tcx};
use crate::{affordable, alone, best_of, through};

/// Four times the input may take this much longer: halfway between a linear walk (4) and a quadratic
/// one (16) in ratios, so that caches and neighbours on the machine do not decide.
const FOUR_TIMES: f64 = 8.0;
/// Tries of which the best counts.
const TRIES: usize = 3;
/// What a try takes at least, so that one interruption does not decide.
const LONG_ENOUGH: Duration = Duration::from_millis(40);

/// Time of an input against the time of one four times as long.
#[track_caller]
fn grows_in_proportion(what: &str, make: impl Fn(usize) -> Vec<u8>, n: usize) {
    let _alone = alone();
    let (short, long) = (make(n / 2), make(2 * n));
    let first = affordable(what, &long);
    let rounds = (LONG_ENOUGH.as_secs_f64() / first.time.as_secs_f64().max(1e-3)).ceil().min(40.0);
    let mut ratio = f64::MAX;
    // Noise only adds: a quadratic walk stays near sixteen whatever the luck.
    for _ in 0..3 {
        let time = |bytes: &[u8]| {
            let work = || (0..rounds as usize).for_each(|_| drop(through(bytes)));
            best_of(TRIES, work).time.as_secs_f64()
        };
        ratio = ratio.min(time(&long) / time(&short));
        if ratio < FOUR_TIMES {
            break;
        }
    }
    println!("{what}: four times the file takes {ratio:.2} times as long");
    assert!(ratio < FOUR_TIMES, "{what}: {ratio:.2}");
}

#[test]
fn plain_runs() {
    grows_in_proportion("FIT", bench_fit, 2000);
    grows_in_proportion("GPX", bench_gpx, 1000);
    grows_in_proportion("TCX", bench_tcx, 1000);
}

#[test]
fn fit_with_a_timer_that_never_rests_and_no_distance() {
    let make = |n: usize| {
        let mut messages = file_id(4);
        messages.extend(define(2, 21, &[(253, 4, 0x86), (0, 1, 0), (1, 1, 0)]));
        messages.extend(define(1, 20, &[(253, 4, 0x86), (0, 4, 0x85), (1, 4, 0x85), (4, 1, 2)]));
        for second in 0..n as u32 {
            let stamp = (START + 4 * second).to_le_bytes();
            let place = (560_000_000 + 350 * second as i32).to_le_bytes();
            messages.extend(data(1, &[&stamp, &place, &100_000_000_i32.to_le_bytes(), &[84]]));
            let later = |s: u32| (START + 4 * second + s).to_le_bytes();
            messages.extend(data(2, &[&later(1), &[0, 4]]));
            messages.extend(data(2, &[&later(2), &[0, 0]]));
        }
        file(&messages)
    };
    grows_in_proportion("FIT with a stop after each record", make, 1500);
}

#[test]
fn fit_redefined_before_every_record() {
    let make = |n: usize| {
        let mut messages = file_id(4);
        for second in 0..n as u32 {
            messages.extend(define_record());
            messages.extend(record(second, 140, 84));
            // And one that no two records share.
            let (size, other) = (1 + (second % 200) as u8, 64 + (second / 200 % 128) as u8);
            messages.extend(define(3, 20, &[(253, 4, 0x86), (other, size, 13)]));
        }
        file(&messages)
    };
    grows_in_proportion("FIT redefined before each record", make, 1500);
}

#[test]
fn fit_with_many_laps_and_sessions() {
    let make = |n: usize| {
        let mut messages = file_id(4);
        messages.extend(define_record());
        messages.extend(define(3, 19, &[(2, 4, 0x86), (253, 4, 0x86)]));
        messages.extend(define(4, 18, &[(2, 4, 0x86), (7, 4, 0x86), (5, 1, 0)]));
        for second in 0..n as u32 {
            let stamp = (START + second).to_le_bytes();
            messages.extend(record(second, 140, 84));
            messages.extend(data(3, &[&stamp, &stamp]));
            messages.extend(data(4, &[&stamp, &1000_u32.to_le_bytes(), &[1]]));
        }
        file(&messages)
    };
    grows_in_proportion("FIT with a lap and a session a second", make, 1000);
}

#[test]
fn gpx_of_segments_with_one_point_in_no_order() {
    let make = |n: usize| {
        let mut text = "<gpx creator='x'><trk><type>running</type>".to_owned();
        for i in 0..n {
            // Neighbouring times are far apart, so that every point is a block of its own.
            let second = (i * 7919) % n;
            text += &format!(
                "<trkseg><trkpt lat='47.{:05}' lon='8.5'><time>2024-01-01T{:02}:{:02}:{:02}Z\
                 </time></trkpt></trkseg>",
                3 * second % 90_000,
                second / 3600 % 24,
                second / 60 % 60,
                second % 60
            );
        }
        (text + "</trk></gpx>").into_bytes()
    };
    grows_in_proportion("GPX of segments with one point", make, 1500);
}

#[test]
fn gpx_that_stands_still_between_all_points() {
    let make = |n: usize| {
        let mut text = "<gpx creator='x'><trk><type>running</type><trkseg>".to_owned();
        for i in 0..n {
            let time = jiff::Timestamp::from_second(1_704_067_200 + 30 * i as i64).unwrap();
            text += &format!("<trkpt lat='47.5' lon='8.5'><time>{time}</time></trkpt>");
            text += "</trkseg><trkseg>";
        }
        (text + "</trkseg></trk></gpx>").into_bytes()
    };
    grows_in_proportion("GPX with a pause after each point", make, 1500);
}

#[test]
fn tcx_of_many_laps_and_tracks() {
    let make = |n: usize| {
        let mut text = "<TrainingCenterDatabase><Activities><Activity Sport='Running'>".to_owned();
        for i in 0..n {
            let time = jiff::Timestamp::from_second(1_704_067_200 + i as i64).unwrap();
            text += &format!(
                "<Lap StartTime='{time}'><TotalTimeSeconds>1</TotalTimeSeconds><Track><Trackpoint>\
                 <Time>{time}</Time><DistanceMeters>{}</DistanceMeters></Trackpoint></Track></Lap>",
                3 * i
            );
        }
        (text + "</Activity></Activities></TrainingCenterDatabase>").into_bytes()
    };
    grows_in_proportion("TCX with a lap a second", make, 1500);
}

#[test]
fn xml_of_names_that_nobody_knows() {
    let make = |n: usize| {
        let mut text = "<gpx><trk><type>running</type><trkseg>".to_owned();
        for i in 0..n {
            text += &format!(
                "<trkpt lat='1' lon='1'><time>2024-01-01T00:00:00Z</time><extensions><n{i}>1\
                 </n{i}></extensions></trkpt>"
            );
        }
        (text + "</trkseg></trk></gpx>").into_bytes()
    };
    grows_in_proportion("GPX of unknown names", make, 2000);
}
