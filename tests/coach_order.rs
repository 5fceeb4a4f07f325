//! `coach` on a squad in which each step of the order was planted: who stands where, what is said
//! of a sensor that failed in one way or another, which days the pictures mark, and where every link
//! of a row leads.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "the functions of a test say what they expect, like its tests"
)]

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::OnceLock;

use serde_json::Value;
use support::squad::{Athlete, Fails};
use tempfile::TempDir;

/// A quarter of an hour a run.
const SHORT: usize = 900;

fn quiet(seed: u64) -> Athlete {
    Athlete::quiet(seed, 12, SHORT)
}

fn season(squad: &Path, name: &str, athlete: &Athlete) {
    let folder = squad.join(name);
    fs::create_dir_all(&folder).unwrap();
    for i in 0..athlete.runs {
        fs::write(folder.join(athlete.file(i)), athlete.fit(i)).unwrap();
    }
}

/// The day of a run that is so many before the last.
fn day(athlete: &Athlete, before_last: usize) -> String {
    let start = athlete.start_s(athlete.runs - 1 - before_last);
    jiff::Timestamp::from_second(start).unwrap().strftime("%Y-%m-%d").to_string()
}

fn pain(squad: &Path, name: &str, day: &str, figure: u8) {
    let notes = format!("date,pain during,pain where\n{day},{figure},left knee\n");
    fs::write(squad.join(name).join("notes.csv"), notes).unwrap();
}

fn plant(squad: &Path) {
    let jumper = Athlete { jump: 1.7, ..Athlete::quiet(100, 14, 1700) };
    season(squad, "Zed", &jumper);
    // The note with the small figure is the newer one.
    for (name, seed, before_last, figure) in [("Pia", 1100, 1, 1), ("Oda", 1200, 4, 9)] {
        season(squad, name, &quiet(seed));
        pain(squad, name, &day(&quiet(seed), before_last), figure);
    }
    let drifter = Athlete { drift_spm: 14.0, every_days: 2.5, ..Athlete::quiet(2000, 46, SHORT) };
    season(squad, "Dora", &drifter);
    season(squad, "Sila", &Athlete { silent_days: 16, ..quiet(3000) });
    for (name, seed, fails) in [
        ("Mia", 4100, Fails::ByTurns),
        ("Nora", 4200, Fails::NoValue),
        ("Stu", 4300, Fails::Stuck),
        ("Zoe", 4400, Fails::Zero),
    ] {
        season(squad, name, &Athlete { dropouts: 3, fails, ..quiet(seed) });
    }
    season(squad, "Ada", &Athlete { new_watch: Some((4, 6.0)), ..quiet(5000) });
    season(squad, "Calm", &quiet(6000));
}

struct Made {
    folder: TempDir,
    value: Value,
    page: String,
}

fn coach(folder: &Path, options: &[&str]) -> Vec<u8> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lightfoot"));
    command.current_dir(folder).env("HOME", folder).env_remove("XDG_CONFIG_HOME");
    let output = command.args(["coach", "squad", "--pages", "own"]).args(options).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

fn made() -> &'static Made {
    static MADE: OnceLock<Made> = OnceLock::new();
    MADE.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        plant(&folder.path().join("squad"));
        let value = serde_json::from_slice(&coach(folder.path(), &["--json"])).unwrap();
        coach(folder.path(), &["-o", "page.html"]);
        let page = fs::read_to_string(folder.path().join("page.html")).unwrap();
        Made { folder, value, page }
    })
}

fn rows(value: &Value) -> &[Value] {
    value["athletes"].as_array().unwrap()
}

#[track_caller]
fn row(name: &str) -> &'static Value {
    rows(&made().value).iter().find(|row| row["name"] == name).unwrap()
}

/// The markup of one athlete's row.
#[track_caller]
fn card<'a>(page: &'a str, name: &str) -> &'a str {
    let id = format!("<li class=\"card\" id=\"a-{}\">", name.to_lowercase());
    let (_, rest) = page.split_once(&id).unwrap_or_else(|| panic!("no row of {name}"));
    let end = rest.find("<li class=\"card\" id=\"a-").or_else(|| rest.find("</ol>")).unwrap();
    &rest[..end]
}

/// A day as the page names it: `31 May`.
fn named(day: &str) -> String {
    let day: jiff::civil::Date = day.parse().unwrap();
    day.strftime("%-d %b").to_string()
}

#[test]
fn they_stand_in_the_order_of_what_a_coach_may_act_on() {
    let order: Vec<(&str, u64)> = rows(&made().value)
        .iter()
        .filter(|row| row["standing"] == "look")
        .map(|row| (row["name"].as_str().unwrap(), row["notices"][0]["step"].as_u64().unwrap()))
        .collect();
    let expected = [
        ("Zed", 1),
        ("Pia", 2),
        ("Oda", 2),
        ("Dora", 3),
        ("Sila", 4),
        ("Mia", 5),
        ("Nora", 5),
        ("Stu", 5),
        ("Zoe", 5),
        ("Ada", 6),
    ];
    assert_eq!(
        order, expected,
        "and the small figure of a newer note before the large of an older"
    );
    assert_eq!(row("Calm")["standing"], "quiet");
    let rule = made().value["order_rule"].as_str().unwrap();
    assert!(made().page.contains(rule), "the rule stands on the page");
    assert!(made().page.contains("Nothing stands out: 1 of 11"), "and the quiet are counted");
}

#[test]
fn a_sensor_that_reads_zero_gives_nothing_or_sticks_is_told_apart() {
    let says = |name: &str| row(name)["notices"][0]["says"].as_str().unwrap().to_owned();
    let runs = row("Zoe")["runs_told"].as_u64().unwrap();
    let in_runs = format!("in 3 of {runs} runs of four weeks: ");
    for (name, happened) in [
        ("Zoe", "Cadence read zero while running "),
        ("Nora", "Cadence dropped out (no value) while running "),
        ("Stu", "Cadence stuck on one value "),
    ] {
        assert!(says(name).starts_with(&format!("{happened}{in_runs}")), "{}", says(name));
    }
    // The last three of twelve runs: 9 and 11 read zero, 10 sticks.
    let mixed = "Cadence was at fault in 3 of ";
    let each = "(read zero while running in 2, stuck on one value in 1): ";
    assert!(says("Mia").starts_with(mixed) && says("Mia").contains(each), "{}", says("Mia"));
}

#[test]
fn days_at_fault_are_marked_in_picture_caption_and_table() {
    for (name, words) in [
        ("Zoe", "cadence read zero while running"),
        ("Nora", "cadence dropped out (no value) while running"),
        ("Stu", "cadence stuck on one value"),
    ] {
        let runs = row(name)["runs_of_four_weeks"].as_array().unwrap();
        let faulty: Vec<&Value> =
            runs.iter().filter(|run| !run["faults"].as_array().unwrap().is_empty()).collect();
        let days: Vec<String> =
            faulty.iter().map(|run| named(run["day"].as_str().unwrap())).collect();
        let last_three: Vec<String> =
            runs[runs.len() - 3..].iter().map(|run| named(run["day"].as_str().unwrap())).collect();
        assert_eq!(days, last_three, "{name}: what was planted");
        let card = card(&made().page, name);
        let caption = format!("Faulty data on {}, {} and {}.", days[0], days[1], days[2]);
        assert!(card.contains(&format!("<figcaption><b>×</b> {caption}")), "{name}: {card}");
        assert!(card.contains(&format!(" {caption}</desc>")), "{name} is heard too");
        for day in &days {
            let title = format!("<title>{day}: {words}</title>");
            assert_eq!(card.matches(&title).count(), 1, "{name}, {day}: in the picture of cadence");
        }
        let cell = format!("<td class=\"text\">× {words}</td>");
        assert_eq!(card.matches(&cell).count(), 3, "{name}: in the table");
    }
    for name in ["Zed", "Dora", "Ada"] {
        let card = card(&made().page, name);
        assert!(!card.contains("Faulty data") && !card.contains('×'), "{name} has no fault");
    }
}

/// What a link leads to: the page, and the element where it names one.
#[track_caller]
fn follow(link: &str) -> (String, Option<String>) {
    let (file, anchor) = link.split_once('#').map_or((link, None), |(f, a)| (f, Some(a)));
    let path = made().folder.path().join(file);
    let page = fs::read_to_string(&path).unwrap_or_else(|_| panic!("{link} leads nowhere"));
    let element = anchor.map(|anchor| {
        let id = format!("id=\"{anchor}\"");
        let (_, rest) = page.split_once(&id).unwrap_or_else(|| panic!("{link} has no place"));
        rest.chars().take(400).collect()
    });
    (page, element)
}

#[test]
fn every_link_of_a_row_opens_what_it_says() {
    let mut kinds = BTreeSet::new();
    for row in rows(&made().value).iter().filter(|row| row["standing"] == "look") {
        let name = row["name"].as_str().unwrap();
        let card = card(&made().page, name);
        let own = row["page"].as_str().unwrap();
        assert!(card.contains(&format!("<a href=\"{own}\">{name}</a>")), "{name}: own page");
        follow(own);
        for notice in row["notices"].as_array().unwrap() {
            kinds.insert(notice["kind"].as_str().unwrap());
            let earlier = notice["earlier"].as_array().unwrap().iter();
            for session in earlier.chain([&notice["session"]]) {
                let link = session["link"].as_str().unwrap();
                assert!(card.contains(&format!("<a href=\"{link}\">")), "{name}: {link}");
                let day: jiff::civil::Date = session["day"].as_str().unwrap().parse().unwrap();
                let day = day.strftime("%-d %b %Y").to_string();
                match follow(link) {
                    (_, Some(element)) => assert!(element.contains(&day), "{link}: {element}"),
                    (page, None) => assert!(page.contains(&format!("Run on {day}")), "{link}"),
                }
            }
            if let Some(chart) = notice["chart"].as_str() {
                assert!(card.contains(&format!("href=\"{chart}\"")), "{name}: {chart}");
                assert!(follow(chart).1.is_some());
            }
        }
    }
    let expected = ["cadence", "distance", "dropouts", "new_device", "pain", "silence"];
    assert_eq!(kinds, BTreeSet::from(expected));
    // A drift opens the run since which it has stood, not merely the last.
    let drift = &row("Dora")["notices"][0];
    assert_eq!(drift["session"]["day"], drift["became_news"]);
    assert!(drift["session"]["day"].as_str().unwrap() < drift["day"].as_str().unwrap(), "{drift}");
    assert!(drift["chart"].as_str().unwrap().ends_with("dora.html#cadence_trend"));
}

#[test]
fn the_day_asked_for_is_a_named_line_in_the_pictures() {
    let here = made().folder.path();
    coach(here, &["-o", "since.html", "--since", "2026-05-20"]);
    let page = fs::read_to_string(here.join("since.html")).unwrap();
    let jumper = card(&page, "Zed");
    assert_eq!(jumper.matches("since 20 May").count(), 2, "in both pictures");
    assert!(page.contains("Upright line: 20 May, since when news is told."));
    assert!(!made().page.contains("Upright line") && !made().page.contains("since 20 May"));
    // Before both pictures begin there is no line in them.
    coach(here, &["-o", "since.html", "--since", "2025-05-20"]);
    let page = fs::read_to_string(here.join("since.html")).unwrap();
    assert!(!card(&page, "Zed").contains("since 20 May"));
}
