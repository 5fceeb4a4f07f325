//! What is planted in `samples/` is found in `samples/`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "the shared functions of a test say what they expect, like its tests"
)]

#[path = "planted/reading.rs"]
mod reading;
#[path = "support/mod.rs"]
mod support;

use jiff::civil::date;
use lightfoot::activity::{IssueKind, Sport};
use lightfoot::intake::{Trace, duplicates, two_people, walk};
use lightfoot::prepare::NotPrepared;
use lightfoot::read::Field;
use lightfoot::segment::Dynamics;
use lightfoot::settings::RoadSide;
use lightfoot::trend::{History, Sureness};
use lightfoot::{Settings, findings};
use reading::{
    analysis, folder, history, history_with, made, mean, planted_run, read_bytes, recording,
    run_index, settings, stored, whole_folder,
};
use support::sample_files::{RIDE, TRUNCATED, TWICE, WRONG_CRC};
use support::sample_weeks::{self as planted, Kind};

/// Most bytes of all of them.
const MOST_BYTES: usize = 3_000_000;

#[test]
fn the_stored_samples_are_what_the_maker_makes() {
    let names: Vec<&String> = stored().keys().collect();
    let mut wanted: Vec<&String> = made().iter().map(|f| &f.name).collect();
    wanted.sort();
    assert_eq!(names, wanted, "run `cargo run --example make_samples`");
    for file in made() {
        let fresh = read_bytes(&file.name, &file.bytes);
        let (ours, theirs) = (recording(&file.name), &fresh.recordings[0]);
        assert_eq!(ours.times_ms, theirs.times_ms, "{}", file.name);
        assert_eq!(ours.columns.len(), theirs.columns.len(), "{}", file.name);
        for (a, b) in ours.columns.iter().zip(&theirs.columns) {
            // Another machine's sine may round the last stored digit the other way.
            let slack = match a.field {
                Field::Latitude | Field::Longitude => 2e-7,
                Field::Cadence => 1.0,
                Field::Altitude => 0.21,
                Field::Speed => 0.0011,
                _ => 1.01,
            };
            let far = |(x, y): (Option<f64>, Option<f64>)| match (x, y) {
                (Some(x), Some(y)) => (x - y).abs() > slack,
                (x, y) => x != y,
            };
            let apart = a.values.iter().zip(b.values.iter()).filter(|pair| far(*pair)).count();
            assert_eq!(apart, 0, "{} {}", file.name, a.name);
        }
    }
}

#[test]
fn the_samples_are_small_and_the_readme_names_each() {
    let readme = std::fs::read_to_string(folder().join("README.md")).unwrap();
    let mut total = 0;
    for name in stored().keys() {
        total += std::fs::metadata(folder().join(name)).unwrap().len() as usize;
        assert!(readme.contains(name.as_str()), "{name} is not in the README");
    }
    assert!(total <= MOST_BYTES, "{total} bytes");
    let profile = std::fs::read_to_string(folder().join("lightfoot.toml")).unwrap();
    assert!(profile.contains("road_side = \"right\""));
}

#[test]
fn step_rate_distance_and_day_of_every_run_are_true() {
    for (run, day) in history().runs.iter().zip(&history().days) {
        let name = run.meta.file.as_str();
        let (sample, truth) = planted_run(name);
        // A cut file holds the first part of the truth.
        let last_ms = recording(name).times_ms.iter().flatten().max().copied().unwrap();
        let mut held = truth.moments.iter().filter(|m| m.unix_s * 1000 <= last_ms);
        let spm = mean(held.clone().filter(|m| m.contact_ms.is_some()).map(|m| m.spm));
        let metres = held.next_back().unwrap().run_m;
        // XML exports drop the half stride: up to 1 spm low, half of it on average.
        let (low, high) = if name.contains(".fit") { (-0.4, 0.4) } else { (-0.9, 0.2) };
        let off = run.value("step_rate").unwrap() - spm;
        assert!((low..=high).contains(&off), "{name}: step rate off by {off:.2}");
        let off = run.value("distance").unwrap() / metres - 1.0;
        // Positions alone measure the wobble of the receiver too; files with a distance do not.
        let tolerance = if name.contains("gpx") { 0.02 } else { 0.002 };
        assert!(off.abs() <= tolerance, "{name}: distance off by {:.2} %", 100.0 * off);
        assert_eq!(*day, sample.day, "{name}");
    }
    assert_eq!(history().runs.len(), 59);
}

#[test]
fn the_rise_in_step_rate_is_recovered_inside_the_first_epoch() {
    let series = history().series_of("adjusted_cadence").unwrap();
    let trend = series.trends.iter().find(|t| t.epoch == 0).unwrap();
    let (low, high) = trend.interval_per_30d.unwrap();
    let truth = planted::RISE_PER_30_DAYS;
    assert!((low..=high).contains(&truth), "{truth} outside {low} to {high}");
    assert!(low > 1.0, "an interval that says rise, not nothing: from {low}");
    assert_ne!(trend.sureness, Sureness::CannotTell);
    assert!(trend.n >= 40);
}

#[test]
fn the_law_of_speed_is_recovered() {
    let model = history().models.iter().find(|m| m.epoch == 0).unwrap();
    let (low, high) = model.speed_slope_interval.unwrap();
    assert!((low..=high).contains(&planted::SPEED_SLOPE), "{low} to {high}");
    assert!(high - low < 2.0, "and not by being wide: {low} to {high}");
    let downhill = model.downhill_slope.unwrap() / 100.0;
    assert!((downhill + 0.4).abs() < 0.1, "{downhill} spm per 1 % downhill");
}

#[test]
fn the_one_jump_in_longest_run_is_found_and_no_other() {
    let jump = planted::JUMP_M.0 / planted::JUMP_M.1;
    let mut found = Vec::new();
    for index in 0..history().runs.len() {
        let outcome = history().outcome(index, "single_run_spike").unwrap();
        let Some(reading) = outcome.reading() else { continue };
        if reading.value > 1.10 && reading.get("large_enough") == Some(1.0) {
            found.push((history().runs[index].meta.file.clone(), reading.value));
        }
    }
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].0, "2026-06-14-long.fit.gz");
    assert!((found[0].1 - jump).abs() < 0.01, "{found:?} against {jump}");
}

#[test]
fn the_side_comes_from_the_runner_alone() {
    // The wrist puts every position 5 m to the left of a runner who keeps right.
    let unstated = history_with(&settings(None));
    for week in &unstated.weeks {
        assert_eq!((week.camber.left_low_m, week.camber.right_low_m), (None, None));
    }
    let sums = |history: &History| {
        let side = |pick: fn(&lightfoot::trend::Week) -> Option<f64>| {
            history.weeks.iter().filter_map(pick).sum::<f64>()
        };
        (side(|w| w.camber.left_low_m), side(|w| w.camber.right_low_m))
    };
    let truth: f64 = history()
        .runs
        .iter()
        .filter(|r| r.meta.file != TRUNCATED)
        .map(|r| planted_run(&r.meta.file).1.totals.right_m)
        .sum();
    // The right edge of a crowned road is right-low.
    let (left, right) = sums(history());
    assert!(left < 0.02 * right, "{left} m left-low, {right} m right-low");
    assert!((right / truth - 1.0).abs() < 0.03, "{right} m right-low against {truth}");
    let (mirrored_left, mirrored_right) = sums(&history_with(&settings(Some(RoadSide::Left))));
    assert!((mirrored_left - right).abs() < 1.0, "{mirrored_left} against {right}");
    assert!(mirrored_right < 0.02 * mirrored_left, "{mirrored_right} m");
}

#[test]
fn the_track_session_is_found_lap_by_lap_and_no_other() {
    for run in &history().runs {
        let is_track = planted_run(&run.meta.file).0.kind == Kind::Track;
        assert_eq!(run.track.is_some(), is_track, "{}", run.meta.file);
        let Some(track) = &run.track else { continue };
        assert!((track.net_laps - planted::TRACK_LAPS).abs() <= 0.25, "{} laps", track.net_laps);
        assert!((track.lap_length_m - 400.0).abs() < 4.0, "{} m", track.lap_length_m);
        assert!(!track.drawn_by_watch);
    }
}

#[test]
fn the_week_of_descents_stands_out() {
    let truth = |week: i64| -> f64 {
        let of_week = made().iter().filter_map(|f| f.run.as_ref()).filter(|r| r.0.week == week);
        of_week.map(|r| r.1.totals.descent_m).sum()
    };
    let steep = planted::DESCENT_WEEK as usize - 1;
    let descent = |k: usize| history().weeks[k].descent_m;
    let found = descent(steep).unwrap();
    let planted = truth(planted::DESCENT_WEEK);
    assert!((found / planted - 1.0).abs() < 0.10, "{found} m against {planted} m");
    let others = (0..history().weeks.len()).filter(|k| *k != steep).filter_map(descent);
    let most = others.fold(0.0, f64::max);
    assert!(found > 5.0 * most, "{found} m against at most {most} m in other weeks");
}

#[test]
fn the_steep_ground_is_read_as_steep_as_it_is() {
    // By the bands of the report; the mountain road is built away from their edges.
    for (key, steep, gentle) in [("down_10_15_m", -0.15, -0.10), ("down_6_10_m", -0.10, -0.06)] {
        for run in &history().runs {
            let (sample, truth) = planted_run(&run.meta.file);
            if sample.kind != Kind::Hills {
                continue;
            }
            let inside =
                truth.totals.metres_by_grade.iter().filter(|g| g.0 >= steep && g.0 < gentle);
            let planted: f64 = inside.map(|g| g.1).sum();
            let reading = run.reading("hill_exposure").unwrap();
            let found = reading.get(key).unwrap();
            assert!((found / planted - 1.0).abs() < 0.15, "{key}: {found} of {planted} m");
        }
    }
}

#[test]
fn the_cards_say_what_was_planted_and_when() {
    let rules = |history: &History, settings: &Settings| -> Vec<&'static str> {
        findings::judge(history, settings).iter().map(|f| f.rule).collect()
    };
    let stated = settings(Some(RoadSide::Right));
    let now = rules(history(), &stated);
    for rule in ["single_run_spike", "cadence_trend", "sensor_changed", "one_sided_camber"] {
        assert!(now.contains(&rule), "{rule} is silent: {now:?}");
    }
    assert!(!now.contains(&"heart_rate_doubt") && !now.contains(&"new_downhill"), "{now:?}");
    let unstated = settings(None);
    let without_a_side = rules(&history_with(&unstated), &unstated);
    assert!(!without_a_side.contains(&"one_sided_camber"), "positions must not state a side");
    // As the page was in the week of the descents.
    let until =
        history().runs.iter().zip(&history().days).filter(|(_, day)| **day < date(2026, 5, 18));
    let then = History::build(until.map(|(run, _)| run.clone()).collect(), &stated);
    let then = rules(&then, &stated);
    assert!(then.contains(&"new_downhill"), "{then:?}");
    assert!(!then.contains(&"single_run_spike"), "{then:?}");
}

#[test]
fn the_new_watch_begins_an_epoch_and_says_that_it_computes() {
    let first = run_index("2026-06-09-easy.fit.gz");
    let before = history().epoch_of[run_index("2026-06-07-long.fit")];
    let after = history().epoch_of[first];
    assert_ne!(before, after);
    assert_eq!(history().epochs[before].dynamics, Dynamics::Measured);
    assert_eq!(history().epochs[after].dynamics, Dynamics::Estimated);
    for (run, epoch) in history().epoch_of.iter().enumerate() {
        assert_eq!(*epoch == after, run >= first, "{}", history().runs[run].meta.file);
    }
    // At the same speed and step rate by the runner's true law, the watches differ by the step.
    let law = planted::sample_runner().dynamics;
    let off = |epoch: usize| {
        let runs = history().epochs[epoch].runs.iter().map(|r| &history().runs[*r]);
        let pieces: Vec<_> = runs.flat_map(|r| &r.pieces).collect();
        let contact = pieces.iter().filter_map(|p| {
            Some(p.ground_contact_time_ms? - law.contact(p.speed_m_s, p.step_rate_spm))
        });
        let bounce = pieces.iter().filter_map(|p| {
            Some(p.vertical_oscillation_mm? - law.bounce(p.speed_m_s, p.step_rate_spm))
        });
        (mean(contact), mean(bounce))
    };
    let (old, new) = (off(before), off(after));
    let step = (new.0 - old.0, new.1 - old.1);
    let planted = planted::NEW_WATCH_STEP;
    assert!((step.0 - planted.0).abs() < 3.0, "contact time {step:?} against {planted:?}");
    assert!((step.1 - planted.1).abs() < 1.5, "oscillation {step:?} against {planted:?}");
}

#[test]
fn damage_is_named_where_it_is_and_nowhere_else() {
    for (name, output) in stored() {
        if name == RIDE {
            continue;
        }
        let analysis = analysis(name, &settings(None)).unwrap();
        let of_run = analysis.issues.iter().map(|issue| issue.kind);
        let of_file = output.issues.iter().map(|issue| issue.kind);
        let kinds: Vec<IssueKind> = of_run.chain(of_file).collect();
        let has = |kind: IssueKind| kinds.contains(&kind);
        assert_eq!(has(IssueKind::Truncated), name == TRUNCATED, "{name}");
        assert_eq!(has(IssueKind::Checksum), name == WRONG_CRC, "{name}");
        for kind in [
            IssueKind::Header,
            IssueKind::Malformed,
            IssueKind::Encoding,
            IssueKind::Range,
            IssueKind::Sport,
            IssueKind::HeartRateLock,
            IssueKind::Dropout,
            IssueKind::CadenceAbsent,
            IssueKind::CadenceHalved,
            IssueKind::CadenceStuck,
            IssueKind::CadenceTooFast,
        ] {
            assert!(!has(kind), "{name} is sound but carries {kind:?}");
        }
    }
    let kept = analysis(TRUNCATED, &settings(None)).unwrap().value("distance").unwrap();
    let whole = planted_run(TRUNCATED).1.totals.distance_m;
    assert!((0.6..0.8).contains(&(kept / whole)), "{kept} of {whole} m kept");
}

#[test]
fn the_ride_is_another_sport() {
    let Err(NotPrepared::OtherSport { sport, duration_s, .. }) = analysis(RIDE, &settings(None))
    else {
        panic!("a ride was taken for a run");
    };
    assert_eq!(sport, Sport::Other("cycling".to_owned()));
    let (truth, ..) = planted::ride();
    assert!((duration_s - truth.totals.timer_s).abs() <= 3.0, "{duration_s} s");
}

#[test]
fn one_run_in_two_formats_reads_as_one() {
    let (fit, gpx) = (analysis(TWICE.0, &settings(None)), analysis(TWICE.1, &settings(None)));
    let (fit, gpx) = (fit.unwrap(), gpx.unwrap());
    assert_eq!(fit.meta.start, gpx.meta.start);
    let (a, b) = (fit.value("step_rate").unwrap(), gpx.value("step_rate").unwrap());
    assert!((0.0..=1.0).contains(&(a - b)), "{a} and {b} spm: only the half stride may be lost");
    let (a, b) = (fit.value("timer").unwrap(), gpx.value("timer").unwrap());
    assert!((a - b).abs() <= 3.0, "{a} and {b} s");
}

#[test]
fn the_second_export_of_one_run_is_the_only_duplicate() {
    let walked = walk(&[folder()], &lightfoot::read::Limits::default());
    let names: Vec<&str> = walked.found.iter().filter_map(|f| f.label.rsplit('/').next()).collect();
    let exports: Vec<&String> = stored().keys().collect();
    assert_eq!(names, exports, "the README and the profile are no exports");
    assert_eq!(walked.passed_over.values().sum::<usize>(), 2, "{:?}", walked.passed_over);
    let traces: Vec<Trace> =
        stored().keys().map(|name| Trace::of(name, recording(name)).unwrap()).collect();
    let doubles = duplicates(&traces).into_iter().enumerate();
    let doubles: Vec<(&str, &str)> = doubles
        .filter_map(|(i, kept)| Some((traces[i].file.as_str(), traces[kept?].file.as_str())))
        .collect();
    assert_eq!(doubles, [(TWICE.1, TWICE.0)], "the fuller file is kept");
    assert!(two_people(&traces).is_none());
}

#[test]
fn every_file_is_accounted_for_once() {
    let report = whole_folder();
    let mut seen = Vec::new();
    for input in report["inputs"].as_array().unwrap() {
        let name = input["file"].as_str().unwrap().rsplit('/').next().unwrap();
        let [part] = input["parts"].as_array().unwrap().as_slice() else { panic!("{input}") };
        let fate = part["fate"].as_str().unwrap();
        match name {
            RIDE => assert_eq!((fate, part["sport"].as_str()), ("other_sport", Some("cycling"))),
            name if name == TWICE.1 => {
                assert_eq!(fate, "duplicate");
                assert!(part["of"].as_str().unwrap().ends_with(TWICE.0), "{part}");
            }
            name => assert_eq!(fate, "run", "{name}"),
        }
        seen.push(name.to_owned());
    }
    seen.sort();
    let names: Vec<String> = stored().keys().cloned().collect();
    assert_eq!(seen, names, "each export once, and nothing that is none");
    assert_eq!(report["runs"].as_array().unwrap().len(), 59);
    // The profile beside the files was found, and its side is the one that counts.
    assert_eq!(report["settings"]["road_side"], "right");
}
