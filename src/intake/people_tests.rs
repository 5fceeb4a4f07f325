//! Planted pairs of people, and single people who look like two.

use super::*;
use crate::activity::RunnerHint;
use crate::intake::duplicates::tests::Planted;
use crate::intake::{Minute, duplicates, same_run};
use crate::units::{StepsPerMinute, StridesPerMinute};

fn profile(height_m: f64, mass_kg: f64, gender: &'static str) -> RunnerHint {
    RunnerHint {
        height_m: Some(height_m),
        mass_kg: Some(mass_kg),
        gender: Some(gender),
        ..RunnerHint::default()
    }
}

fn with_serial(file: &'static str, serial: u32) -> Trace {
    let mut trace = Planted::new(file, "FIT").trace();
    trace.device.serial = Some(serial);
    trace
}

fn change(trace: &mut Trace, change: impl Fn(&mut Minute)) {
    let changed = trace.minutes.iter().map(|(number, mut minute)| {
        change(&mut minute);
        (number, minute)
    });
    trace.minutes = changed.collect();
}

#[test]
fn two_places_at_once_are_two_people() {
    let a = with_serial("anna/1.fit", 1);
    let mut b = Planted { east_m: 5000.0, ..Planted::new("bert/1.fit", "FIT") }.trace();
    b.device.serial = Some(2);
    let refusal = two_people(&[b, a]).unwrap().to_string();
    assert!(refusal.contains("anna/1.fit") && refusal.contains("bert/1.fit"), "{refusal}");
    assert!(refusal.contains("5.0 km apart"), "{refusal}");
    assert!(refusal.contains("one folder per person"), "{refusal}");
}

#[test]
fn two_people_side_by_side_are_not_merged() {
    let a = with_serial("a.fit", 1);
    let mut b = with_serial("b.fit", 2);
    assert!(same_run(&a, &b), "without evidence of a second person it is one run on two watches");
    change(&mut b, |m| m.heart_rate = m.heart_rate.map(|h| h + 18.0));
    assert!(!same_run(&a, &b));
    assert_eq!(duplicates(&[a.clone(), b.clone()]), [None, None]);
    assert!(two_people(&[a.clone(), b]).unwrap().why.contains("18 beats"));
    let mut c = with_serial("c.fit", 3);
    change(&mut c, |m| m.cadence = m.cadence.map(|c| c + 5.0));
    assert!(!same_run(&a, &c) && two_people(&[a, c]).is_some());
}

#[test]
fn one_person_with_two_devices_stays_one() {
    let a = with_serial("watch.fit", 1);
    // A strap reads other beats than a wrist, an app counts both feet.
    let mut b = with_serial("phone.gpx", 2);
    change(&mut b, |m| {
        m.heart_rate = m.heart_rate.map(|h| h - 6.0);
        m.cadence = m.cadence.map(|c| StepsPerMinute::from(StridesPerMinute(c)).0 + 1.0);
    });
    assert!(same_run(&a, &b));
    assert_eq!(two_people(&[a, b]), None);
}

#[test]
fn a_service_without_a_device_is_no_second_person() {
    let a = with_serial("watch.fit", 1);
    let mut b = Planted::new("service.gpx", "GPX").trace();
    change(&mut b, |m| m.heart_rate = m.heart_rate.map(|h| h + 20.0));
    assert_eq!(two_people(&[a, b]), None);
}

#[test]
fn profiles_that_contradict_each_other_twice_are_two_people() {
    let on = |file, serial, start_s, runner: RunnerHint| {
        let mut trace = Planted { start_s, ..Planted::new(file, "FIT") }.trace();
        trace.device.serial = Some(serial);
        trace.runner = runner.into();
        trace
    };
    let day = 86_400;
    let a = on("a.fit", 1, 0, profile(1.82, 76.0, "male"));
    let b = on("b.fit", 2, day, profile(1.66, 58.0, "female"));
    let refusal = two_people(&[a.clone(), b]).unwrap().to_string();
    assert!(refusal.contains("height 1.82 m and 1.66 m"), "{refusal}");
    // A diet, another rounding of the height, a gender never set: one contradiction at most.
    for same in [
        profile(1.82, 66.0, "male"),
        profile(1.80, 70.0, "male"),
        profile(1.82, 76.0, "female"),
        RunnerHint::default(),
    ] {
        let b = on("b.fit", 2, day, same);
        assert_eq!(two_people(&[a.clone(), b]), None);
    }
    // On one watch a changed profile is a correction by its owner.
    let b = on("b.fit", 1, day, profile(1.66, 58.0, "female"));
    assert_eq!(two_people(&[a, b]), None);
}

#[test]
fn a_moment_of_overlap_is_a_clock_that_is_wrong() {
    let a = with_serial("a.fit", 1);
    let mut b =
        Planted { start_s: 38 * 60, east_m: 9000.0, ..Planted::new("b.fit", "FIT") }.trace();
    b.device.serial = Some(2);
    assert_eq!(two_people(&[a, b]), None);
}
