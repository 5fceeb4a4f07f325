//! G. Tables and JSON of services. What is read of them is joined to runs by notes; the rest is
//! named and passed over, never read as an activity.

use lightfoot::intake::{open_each, walk};
use lightfoot::journal::{About, Note};
use lightfoot::read::Limits;
use lightfoot::stopwatch::Stopwatch;

use crate::given::*;

/// Notes that the tables of a folder give.
fn notes<B: AsRef<[u8]>>(files: &[(&str, B)]) -> Vec<Note> {
    let here = folder(files);
    let walked = walk(&[here.path().to_owned()], &Limits::default());
    open_each(&walked, &Limits::default(), &Stopwatch::stopped(), |_| ()).notes
}

/// A table of `columns` columns as Strava writes it, in a language of nobody, with words twice.
fn strava(columns: usize, cells: &[(usize, &str)]) -> String {
    let heading: Vec<String> = (0..columns).map(|i| format!("Mot {}", i % 60)).collect();
    let cell = |i: usize| cells.iter().find(|(at, _)| *at == i).map_or("", |(_, text)| text);
    let row: Vec<String> =
        (0..columns).map(|i| format!("\"{}\"", cell(i).replace('"', "\"\""))).collect();
    format!("{}\n{}\n", heading.join(","), row.join(","))
}

#[test]
fn case_64_headings_in_any_language_and_of_any_width() {
    for columns in [87, 92, 94, 99] {
        let cells =
            [(2, "Trail du matin"), (11, "Bleues"), (12, "activities/77.gpx"), (17, "10000.0")];
        let given = notes(&[
            ("activities.csv", strava(columns, &cells)),
            ("activities/77.gpx", gpx_run(60, "84")),
        ]);
        let [note] = given.as_slice() else { panic!("{columns} columns: {given:?}") };
        assert!(matches!(&note.about, About::File(f) if f.ends_with("activities/77.gpx")));
        assert_eq!(note.said.title.as_deref(), Some("Trail du matin"), "{columns} columns");
        assert_eq!(note.said.shoe.as_deref(), Some("Bleues"), "{columns} columns");
    }
}

#[test]
fn case_65_dates_of_any_kind_decimal_commas_and_lines_in_descriptions() {
    for (date, metres) in [
        ("Sep 12, 2018, 3:02:23 PM", "10000,5"),
        ("12.09.2018, 15:02:23", "10000.5"),
        ("2018-09-12 15:02:23", "10000"),
        ("2018/09/12 \u{664}", "ten"),
    ] {
        let description = "two lines,\nand \"quotes\";\nthen a third";
        let cells = [
            (1, date),
            (2, "Run"),
            (4, description),
            (12, "activities/77.gpx"),
            (17, metres),
            (43, "6,0"),
        ];
        let given = notes(&[
            ("activities.csv", strava(94, &cells)),
            ("activities/77.gpx", gpx_run(60, "84")),
        ]);
        // The run is found by its file: the date's language and the distance's unit do not matter.
        assert!(matches!(&given[0].about, About::File(f) if f.ends_with("activities/77.gpx")));
        assert_eq!(given[0].said.text.as_deref(), Some(description), "{date}");
        assert_eq!(given[0].said.exertion, Some(6.0), "{date}");
    }
}

#[test]
fn case_66_json_with_a_bare_nan() {
    let polar = "{\"exercises\":[{\"samples\":{\"values\":[NaN, 1.0]},\"sport\":{\"id\":1}}]}";
    let name = "training-session-2024-01-01-1-uuid.json";
    let report = report_on(&[(name, polar), ("run.gpx", &gpx_run(900, "84"))]);
    assert_eq!(report.history.runs.len(), 1);
    // An activity that is not read is listed with what to do; it is never read as one.
    let said = skipped(&report, name);
    assert!(!said.is_empty() && !said.contains("fault of ours"), "{said}");
    let other = report_on(&[("other.json", polar), ("run.gpx", &gpx_run(900, "84"))]);
    assert_eq!(other.passed_over.get(".json file"), Some(&1), "{:?}", other.passed_over);
}

#[test]
fn case_67_garmin_summaries_wrapped_or_bare_in_several_files() {
    const START_S: i64 = 1_704_067_200;
    let activity = |id: u32, name: &str, after: i64| {
        format!(
            "{{\"activityId\":{id},\"name\":\"{name}\",\"beginTimestamp\":{}.0,\"duration\":1800000.0,\
             \"distance\":500000.0,\"avgSpeed\":0.277,\"workoutRpe\":40}}",
            1000 * (START_S + after)
        )
    };
    let at = "DI_CONNECT/DI-Connect-Fitness/a@example.org";
    let given = notes(&[
        (
            format!("{at}_0_summarizedActivities.json").as_str(),
            format!("[{{\"summarizedActivitiesExport\":[{}]}}]", activity(1, "One", 0)),
        ),
        (
            format!("{at}_1001_summarizedActivities.json").as_str(),
            format!("[{}]", activity(2, "Two", 86_400)),
        ),
        (
            format!("{at}_2002_summarizedActivities.json").as_str(),
            format!("{{\"summarizedActivitiesExport\":[{}]}}", activity(3, "Three", 172_800)),
        ),
    ]);
    let mut titles: Vec<&str> = given.iter().filter_map(|n| n.said.title.as_deref()).collect();
    titles.sort_unstable();
    assert_eq!(titles, ["One", "Three", "Two"]);
    assert!(given.iter().all(|n| n.said.exertion == Some(4.0)), "stored as ten times: {given:?}");
    assert!(given.iter().any(|n| n.about == About::Start(START_MS)), "milliseconds: {given:?}");
}

#[test]
fn case_68_a_table_behind_a_mark_and_a_line_of_junk() {
    let samsung = "\u{feff}com.samsung.shealth.exercise,6310001,14\n\
                   com.samsung.health.exercise.start_time,com.samsung.health.exercise.mean_cadence\n\
                   2024-01-01 06:00:00.000,168.0\n";
    let name = "com.samsung.shealth.exercise.20240101.csv";
    let report = report_on(&[(name, samsung), ("run.gpx", &gpx_run(900, "84"))]);
    assert_eq!(report.history.runs.len(), 1);
    let said = skipped(&report, name);
    assert!(!said.is_empty() && !said.contains("fault of ours"), "{said}");
}
