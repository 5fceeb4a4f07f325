//! Planted pairs: copies that must be found, and runs that must be kept apart.

use super::*;

/// 2024-05-01T06:00:00Z.
const MORNING_MS: i64 = 1_714_543_200_000;
/// Degrees of latitude in a metre.
const DEGREE_PER_M: f64 = 1.0 / 111_195.0;

/// A run north at 3 m/s with a heart and a cadence of its own.
pub(crate) struct Planted {
    pub(crate) file: &'static str,
    pub(crate) format: &'static str,
    pub(crate) start_s: i64,
    pub(crate) minutes: i64,
    pub(crate) east_m: f64,
    pub(crate) positions: bool,
}

impl Planted {
    pub(crate) fn new(file: &'static str, format: &'static str) -> Self {
        Self { file, format, start_s: 0, minutes: 40, east_m: 0.0, positions: true }
    }

    pub(crate) fn trace(&self) -> Trace {
        let start_ms = MORNING_MS + self.start_s * 1000;
        let end_ms = start_ms + self.minutes * MINUTE_MS;
        let minutes = (start_ms.div_euclid(MINUTE_MS)..=end_ms.div_euclid(MINUTE_MS)).map(|n| {
            // The route is a function of the minute of the day: one runner, one place at a time.
            let north_m = (n * MINUTE_MS - MORNING_MS) as f64 / 1000.0 * 3.0;
            let place = (51.0 + north_m * DEGREE_PER_M, 7.0 + self.east_m * DEGREE_PER_M / 0.629);
            let minute = Minute {
                place: self.positions.then_some(place),
                heart_rate: Some(140.0 + (n % 10) as f64),
                cadence: Some(84.0 + (n % 3) as f64),
            };
            (n, minute)
        });
        Trace {
            file: self.file.to_owned(),
            format: self.format,
            start_ms,
            end_ms,
            distance_m: Some((self.minutes * 180) as f64),
            channels: 8,
            records: usize::try_from(self.minutes * 60).unwrap(),
            minutes: minutes.collect(),
            ..Trace::default()
        }
    }
}

fn kept(traces: &[Trace]) -> Vec<&str> {
    let kept = duplicates(traces);
    let names = traces.iter().zip(kept).filter(|(_, of)| of.is_none());
    names.map(|(t, _)| t.file.as_str()).collect()
}

#[test]
fn one_run_in_three_formats_keeps_the_fullest() {
    let mut fit = Planted::new("c.fit", "FIT").trace();
    let tcx = Planted { start_s: 2, ..Planted::new("b.tcx", "TCX") }.trace();
    let gpx = Planted { east_m: 30.0, ..Planted::new("a.gpx", "GPX") }.trace();
    assert_eq!(kept(&[gpx.clone(), tcx.clone(), fit.clone()]), ["c.fit"]);
    assert_eq!(duplicates(&[fit.clone(), gpx.clone(), tcx.clone()]), [None, Some(0), Some(0)]);
    // More channels count before the format.
    fit.channels = 3;
    assert_eq!(kept(&[fit, gpx, tcx]), ["b.tcx"]);
}

#[test]
fn the_answer_does_not_depend_on_the_order() {
    let all = [
        Planted::new("a.gpx", "GPX").trace(),
        Planted::new("b.gpx", "GPX").trace(),
        Planted { start_s: 20, ..Planted::new("c.gpx", "GPX") }.trace(),
    ];
    for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0], [0, 2, 1]] {
        let traces: Vec<Trace> = order.iter().map(|i: &usize| all[*i].clone()).collect();
        assert_eq!(kept(&traces), ["a.gpx"], "{order:?}");
    }
}

#[test]
fn a_phone_started_late_is_the_same_run() {
    let watch = Planted::new("watch.fit", "FIT").trace();
    let mut phone = Planted { start_s: 180, minutes: 36, ..Planted::new("phone.gpx", "GPX") };
    phone.east_m = 60.0;
    let mut phone = phone.trace();
    phone.distance_m = Some(6700.0);
    assert_eq!(kept(&[watch, phone]), ["watch.fit"]);
}

#[test]
fn a_truncated_copy_gives_way_to_the_whole() {
    let mut cut = Planted { minutes: 12, ..Planted::new("cut.fit", "FIT") }.trace();
    cut.channels = 20;
    let whole = Planted::new("whole.gpx", "GPX").trace();
    assert_eq!(kept(&[cut, whole]), ["whole.gpx"]);
}

#[test]
fn a_treadmill_run_on_two_devices_is_one() {
    let watch = Planted { positions: false, ..Planted::new("watch.fit", "FIT") }.trace();
    let mut pod = Planted { positions: false, ..Planted::new("pod.tcx", "TCX") }.trace();
    pod.distance_m = pod.distance_m.map(|d| d * 0.85);
    assert_eq!(kept(&[watch, pod]), ["watch.fit"]);
}

#[test]
fn local_time_labelled_as_utc_is_the_same_run() {
    let right = Planted::new("right.fit", "FIT").trace();
    let mut wrong = Planted::new("wrong.gpx", "GPX").trace();
    let hours = 2 * 60;
    wrong.start_ms += hours * MINUTE_MS;
    wrong.end_ms += hours * MINUTE_MS;
    wrong.minutes = wrong.minutes.iter().map(|(n, m)| (n + hours, m)).collect();
    assert_eq!(kept(&[right.clone(), wrong.clone()]), ["right.fit"]);
    // Seven minutes later on the same round: a run of its own.
    wrong.start_ms += 7 * MINUTE_MS;
    wrong.end_ms += 7 * MINUTE_MS;
    wrong.minutes = wrong.minutes.iter().map(|(n, m)| (n + 7, m)).collect();
    assert_eq!(kept(&[right, wrong]).len(), 2);
}

#[test]
fn the_same_round_a_day_later_is_a_run_of_its_own() {
    let day = 24 * 60;
    let today = Planted::new("today.fit", "FIT").trace();
    let shifted = |change: fn(i64, Minute) -> Minute| {
        let mut other = Planted::new("tomorrow.fit", "FIT").trace();
        other.start_ms += day * MINUTE_MS;
        other.end_ms += day * MINUTE_MS;
        other.minutes = other.minutes.iter().map(|(n, m)| (n + day, change(n, m))).collect();
        other
    };
    let other_heart =
        shifted(|n, m| Minute { heart_rate: m.heart_rate.map(|h| h + (n % 7) as f64), ..m });
    assert_eq!(kept(&[today.clone(), other_heart]).len(), 2);
    let without_a_body = |_, m: Minute| Minute { heart_rate: None, cadence: None, ..m };
    assert_eq!(kept(&[today.clone(), shifted(without_a_body)]).len(), 2, "places alone");
    // A date set wrong by one day: every heartbeat is the same.
    assert_eq!(kept(&[today, shifted(|_, m| m)]).len(), 1);
}

#[test]
fn consecutive_runs_are_two() {
    let first = Planted::new("a.fit", "FIT").trace();
    let second = Planted { start_s: 40 * 60, ..Planted::new("b.fit", "FIT") }.trace();
    let third = Planted { start_s: 36 * 60, ..Planted::new("c.fit", "FIT") }.trace();
    assert_eq!(kept(&[first.clone(), second]).len(), 2);
    assert_eq!(kept(&[first, third]).len(), 2, "a short overlap is no copy");
}

#[test]
fn parts_of_one_file_are_never_copies() {
    let leg = Planted::new("triathlon.fit", "FIT").trace();
    let mut other = leg.clone();
    other.part = 1;
    assert_eq!(duplicates(&[leg.clone(), other.clone()]), [None, None]);
    // Not even by way of a third file that looks like both.
    let gpx = Planted::new("whole.gpx", "GPX").trace();
    let kept = duplicates(&[leg, gpx, other]);
    assert!(kept[0].is_none() && kept[2].is_none(), "{kept:?}");
}

#[test]
fn a_leg_is_no_copy_of_the_whole_day() {
    let day = Planted { minutes: 150, ..Planted::new("day.gpx", "GPX") }.trace();
    let leg = Planted { start_s: 100 * 60, ..Planted::new("leg.fit", "FIT") }.trace();
    assert_eq!(kept(&[day, leg]).len(), 2);
}

#[test]
fn other_distances_are_other_runs() {
    let a = Planted::new("a.fit", "FIT").trace();
    let mut b = Planted::new("b.fit", "FIT").trace();
    b.distance_m = Some(4000.0);
    assert_eq!(kept(&[a, b]).len(), 2);
}
