//! G. Tables and JSON of services. What is read of them is joined to runs by notes; the rest is
//! named and passed over, never read as an activity.

use crate::given::*;

#[test]
fn case_66_json_with_a_bare_nan() {
    let polar = "{\"exercises\":[{\"samples\":{\"values\":[NaN, 1.0]},\"sport\":{\"id\":1}}]}";
    let report = report_on(&[
        ("training-session-2024-01-01-1.json", polar),
        ("run.gpx", &gpx_run(900, "84")),
    ]);
    assert_eq!(report.passed_over.get(".json file"), Some(&1), "{:?}", report.passed_over);
    assert_eq!(report.history.runs.len(), 1);
    let shown = lightfoot::report::terminal::set_aside(&report).join("\n");
    assert!(shown.contains(".json file"), "{shown}");
}

#[test]
fn case_68_a_table_behind_a_mark_and_a_line_of_junk() {
    let samsung = "\u{feff}com.samsung.shealth.exercise,6310001,14\n\
                   com.samsung.health.exercise.start_time,com.samsung.health.exercise.mean_cadence\n\
                   2024-01-01 06:00:00.000,168.0\n";
    let report = report_on(&[
        ("com.samsung.shealth.exercise.20240101.csv", samsung),
        ("run.gpx", &gpx_run(900, "84")),
    ]);
    assert_eq!(report.passed_over.get(".csv file"), Some(&1), "{:?}", report.passed_over);
    assert_eq!(report.history.runs.len(), 1);
}
