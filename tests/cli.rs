//! The program from outside: what it prints where, how it ends, and what it leaves behind.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "the functions of a test say what they expect, like its tests"
)]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples")
}

/// One small sample that is a plain FIT run.
fn one_run() -> PathBuf {
    samples().join("2026-03-03-easy.fit")
}

/// The program in an empty folder with an empty home, so that nothing outside is read.
fn lightfoot(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lightfoot"));
    command.current_dir(folder).env("HOME", folder).env_remove("XDG_CONFIG_HOME");
    command.env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE");
    command
}

fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("output is UTF-8")
}

/// What stands behind a heading of `inspect`.
fn section<'a>(text: &'a str, heading: &str) -> &'a str {
    text.split_once(heading).unwrap_or_else(|| panic!("no {heading} in {text}")).1
}

#[test]
fn inspect_says_what_is_wrong_with_a_file_that_is_set_aside() {
    let here = folder();
    let names = files_in(&samples());
    let ride = names.iter().find(|n| n.contains("ride")).unwrap();
    let mut bytes = fs::read(samples().join(ride)).unwrap();
    let end = bytes.len() - 40;
    bytes.truncate(end);
    fs::write(here.path().join("cut.fit"), bytes).unwrap();
    let output = lightfoot(here.path()).args(["inspect", "cut.fit"]).output().unwrap();
    expect_code(&output, 0);
    let shown = text(&output.stdout);
    let made = section(&shown, "What lightfoot made of it");
    assert!(made.contains("cycling") && !made.contains("Other("), "{made}");
    let after = section(made, "not analysed");
    assert!(after.contains("cut off"), "the damage of a file that is set aside: {after}");
}

fn code(output: &Output) -> Option<i32> {
    output.status.code()
}

#[track_caller]
fn expect_code(output: &Output, expected: i32) {
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    assert_eq!(code(output), Some(expected), "stdout:\n{out}\nstderr:\n{err}");
}

/// A folder with some samples in it.
fn with_samples(names: &[&str]) -> TempDir {
    let here = folder();
    fs::create_dir(here.path().join("runs")).unwrap();
    for name in names {
        fs::copy(samples().join(name), here.path().join("runs").join(name)).unwrap();
    }
    here
}

fn files_in(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|e| e.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn the_samples_make_a_page_and_exit_zero() {
    let here = folder();
    let output = lightfoot(here.path()).arg("report").arg(samples()).output().unwrap();
    expect_code(&output, 0);
    let summary = text(&output.stdout);
    assert!(summary.contains("lightfoot-report.html"), "{summary}");
    assert!(summary.contains("cycling"), "the ride is named: {summary}");
    assert!(summary.contains("twice"), "the double is named: {summary}");
    assert!(summary.lines().all(|l| l.chars().count() <= 80), "80 columns: {summary}");
    assert!(!summary.contains('\u{1b}'), "no styles in a pipe");
    assert_eq!(text(&output.stderr), "", "nothing to complain about");
    assert_eq!(files_in(here.path()), ["lightfoot-report.html"], "and nothing else is written");
    let page = fs::read_to_string(here.path().join("lightfoot-report.html")).unwrap();
    assert!(page.starts_with("<!DOCTYPE html>"));
    assert!(!page.contains("NaN") && !page.contains(">inf"));
}

#[test]
fn json_goes_to_standard_output_alone() {
    let here = folder();
    let run = |jobs: &str| {
        lightfoot(here.path())
            .args(["report", "--json", "--jobs", jobs])
            .arg(samples())
            .output()
            .unwrap()
    };
    let first = run("1");
    expect_code(&first, 0);
    assert_eq!(files_in(here.path()), Vec::<String>::new(), "no page");
    let json: Value = serde_json::from_slice(&first.stdout).unwrap();
    for key in
        ["schema_version", "tool", "settings", "inputs", "runs", "trends", "findings", "issues"]
    {
        assert!(json.get(key).is_some(), "{key} is missing");
    }
    let inputs = json["inputs"].as_array().unwrap();
    let mut given: Vec<&str> = inputs.iter().map(|i| i["file"].as_str().unwrap()).collect();
    given.sort_unstable();
    let passed: u64 =
        json["passed_over"].as_object().unwrap().values().map(|n| n.as_u64().unwrap()).sum();
    let there = files_in(&samples()).len();
    let notes = json["notes"]["files"].as_array().unwrap().len();
    assert_eq!(given.len() + passed as usize + notes, there, "every file is accounted for");
    given.dedup();
    let once = given.len() + passed as usize + notes;
    assert_eq!(once, there, "every file is accounted for once");
    let runs = json["runs"].as_array().unwrap().len();
    let fates = inputs.iter().flat_map(|i| i["parts"].as_array().unwrap());
    let as_runs = fates.filter(|f| f["fate"] == "run").count();
    assert_eq!(runs, as_runs, "each run is the fate of one part");
    assert!(!text(&first.stdout).contains("NaN"));
    assert_eq!(first.stdout, run("3").stdout, "the same bytes from one thread and from three");
}

#[test]
fn rows_have_the_promised_columns_and_null_where_there_is_nothing() {
    let here = folder();
    let output = lightfoot(here.path())
        .args(["export", "--format", "ndjson"])
        .arg(samples())
        .output()
        .unwrap();
    expect_code(&output, 0);
    let mut rows = 0;
    for line in text(&output.stdout).lines() {
        rows += 1;
        let row: Value = serde_json::from_str(line).unwrap();
        for key in [
            "file",
            "format",
            "device",
            "sport",
            "start_utc",
            "step_rate_spm",
            "step_rate_as_device_spm",
            "device_step_rate_spm",
            "distance_m",
            "device_distance_m",
            "timer_s",
            "device_timer_s",
            "ascent_m",
            "device_ascent_m",
            "unavailable",
        ] {
            assert!(row.get(key).is_some(), "{key} is missing in {line}");
        }
        let missing = row["unavailable"].as_str().unwrap_or_default();
        if row["ascent_m"].is_null() {
            assert!(missing.contains("ascent:"), "{missing}");
        }
    }
    assert!(rows > 40, "sixteen weeks of runs, not {rows}");
    let digits = |number: &str| number.chars().filter(char::is_ascii_digit).count();
    let numbers = text(&output.stdout);
    for number in numbers.split([',', ':', '}']).filter(|n| n.parse::<f64>().is_ok()) {
        let carried = number.trim_start_matches(['-', '0', '.']);
        assert!(digits(carried) <= 7 || !number.contains('.'), "digits that say nothing: {number}");
    }
}

#[test]
fn rows_in_the_three_forms_say_the_same() {
    let here = with_samples(&["2026-03-03-easy.fit", "2026-03-08-long.gpx"]);
    let run = |format: &str| {
        let output =
            lightfoot(here.path()).args(["export", "runs", "--format", format]).output().unwrap();
        expect_code(&output, 0);
        text(&output.stdout)
    };
    let array: Vec<Value> = serde_json::from_str(&run("json")).unwrap();
    let lines: Vec<Value> =
        run("ndjson").lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(array, lines);
    let table = run("csv");
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let headings = reader.headers().unwrap().clone();
    for (record, object) in reader.records().zip(&array) {
        for (heading, cell) in headings.iter().zip(&record.unwrap()) {
            match &object[heading] {
                Value::Null => assert_eq!(cell, "", "{heading}"),
                Value::String(text) => assert_eq!(cell.trim_start_matches('\''), text),
                number => {
                    let (cell, number) = (cell.parse::<f64>().unwrap(), number.as_f64().unwrap());
                    assert!((cell - number).abs() <= 1e-12 * number.abs(), "{heading}");
                }
            }
        }
    }
}

#[test]
fn a_file_that_gives_nothing_is_listed_and_changes_the_exit_code() {
    let here = with_samples(&["2026-03-03-easy.fit"]);
    fs::write(here.path().join("runs/broken.gpx"), "no track in here").unwrap();
    fs::write(here.path().join("runs/notes.txt"), "left knee fine today").unwrap();
    let output = lightfoot(here.path()).args(["report", "runs"]).output().unwrap();
    expect_code(&output, 3);
    assert!(text(&output.stdout).contains("broken.gpx"));
    let strict = lightfoot(here.path()).args(["report", "runs", "--strict"]).output().unwrap();
    expect_code(&strict, 1);
}

#[test]
fn usage_errors_are_two_and_suggest() {
    let here = folder();
    let output = lightfoot(here.path()).arg("reprot").output().unwrap();
    expect_code(&output, 2);
    assert!(text(&output.stderr).contains("report"), "a typing error is mended");
    let output =
        lightfoot(here.path()).args(["report", "x", "--road-side", "lfet"]).output().unwrap();
    expect_code(&output, 2);
    assert!(text(&output.stderr).contains("left"));
    let output =
        lightfoot(here.path()).args(["report", "x", "--tz", "Mars/Olympus"]).output().unwrap();
    expect_code(&output, 2);
}

#[test]
fn what_cannot_be_done_is_one_with_the_path_in_words() {
    let here = folder();
    let output = lightfoot(here.path()).args(["report", "nowhere"]).output().unwrap();
    expect_code(&output, 1);
    assert!(text(&output.stderr).contains("nowhere"));
    assert_eq!(text(&output.stdout), "");
    fs::create_dir(here.path().join("empty")).unwrap();
    let output = lightfoot(here.path()).args(["report", "empty"]).output().unwrap();
    expect_code(&output, 1);
}

#[test]
fn a_page_is_written_whole_or_not_at_all() {
    let here = folder();
    let target = here.path().join("missing/page.html");
    let output =
        lightfoot(here.path()).arg("report").arg(one_run()).arg("-o").arg(&target).output();
    expect_code(&output.unwrap(), 1);
    let page = here.path().join("page.html");
    fs::write(&page, "old").unwrap();
    let output = lightfoot(here.path()).arg("report").arg(one_run()).arg("-o").arg(&page).output();
    expect_code(&output.unwrap(), 0);
    assert!(fs::read_to_string(&page).unwrap().len() > 1000);
    assert_eq!(files_in(here.path()), ["page.html"], "no temporary file stays");
    let output = lightfoot(here.path()).arg("report").arg(one_run()).args(["-o", "-"]).output();
    assert!(text(&output.unwrap().stdout).starts_with("<!DOCTYPE html>"));
}

#[test]
fn a_reader_that_leaves_early_is_no_failure() {
    let here = folder();
    let mut child = lightfoot(here.path())
        .args(["inspect", "--all"])
        .arg(one_run())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(text(&output.stderr), "");
    assert_eq!(code(&output), Some(0));
}

#[cfg(unix)]
#[test]
fn a_hostile_name_commands_no_terminal_and_no_page() {
    let here = folder();
    let runs = here.path().join("runs");
    fs::create_dir(&runs).unwrap();
    let name = "a\u{1b}]0;owned\u{7}\n<script>alert(1)<\u{202e}gpx.fit";
    // A name may not hold a slash; everything else is allowed and hostile enough.
    fs::copy(one_run(), runs.join(name)).unwrap();
    fs::write(runs.join("\u{1b}[2Jbroken.fit"), b"\x0e\x10garbage").unwrap();
    let output = lightfoot(here.path()).args(["report", "runs"]).output().unwrap();
    expect_code(&output, 3);
    for stream in [&output.stdout, &output.stderr] {
        let printed = text(stream);
        let bad = printed.chars().find(|c| (c.is_control() && *c != '\n') || *c == '\u{202e}');
        assert_eq!(bad, None, "{printed:?}");
    }
    let page = fs::read_to_string(here.path().join("lightfoot-report.html")).unwrap();
    assert!(!page.contains("<script>alert"), "a name is text on the page");
    let shown = lightfoot(here.path()).arg("show").arg(runs.join(name)).output().unwrap();
    expect_code(&shown, 0);
    assert!(!text(&shown.stdout).chars().any(|c| c.is_control() && c != '\n'));
}

#[test]
fn styles_obey_the_reader() {
    let here = folder();
    let help = lightfoot(here.path()).env("CLICOLOR_FORCE", "1").args(["explain", "list"]).output();
    assert!(text(&help.unwrap().stdout).contains('\u{1b}'), "styles when they are asked for");
    let plain = lightfoot(here.path())
        .env("CLICOLOR_FORCE", "0")
        .env("NO_COLOR", "1")
        .args(["explain", "list"])
        .output();
    assert!(!text(&plain.unwrap().stdout).contains('\u{1b}'));
}

#[test]
fn every_run_has_a_page_that_the_table_leads_to() {
    let here = folder();
    let from = samples();
    let kept = here.path().join("some runs");
    fs::create_dir(&kept).unwrap();
    for name in ["2026-03-03-easy.fit", "2026-03-08-long.gpx", "2026-05-12-hills.fit"] {
        fs::copy(from.join(name), kept.join(name)).unwrap();
    }
    let words = ["report", "some runs", "-o", "out/page.html", "--runs", "out/the runs"];
    fs::create_dir(here.path().join("out")).unwrap();
    let output = lightfoot(here.path()).args(words).output().unwrap();
    expect_code(&output, 0);
    assert!(text(&output.stdout).contains("3 pages of runs in out/the runs"));
    let page = fs::read_to_string(here.path().join("out/page.html")).unwrap();
    let links: Vec<&str> =
        page.split("href=\"").skip(1).map(|p| p.split('"').next().unwrap()).collect();
    let to_runs: Vec<&&str> = links.iter().filter(|l| l.starts_with("the%20runs/")).collect();
    assert_eq!(to_runs.len(), 3, "{links:?}");
    for link in to_runs {
        let file = here.path().join("out").join(link.replace("%20", " "));
        let run = fs::read_to_string(&file).unwrap();
        assert!(run.contains("href=\"../page.html#runs\""), "{}", file.display());
    }
    assert_eq!(fs::read_dir(here.path().join("out/the runs")).unwrap().count(), 3);
    let output = lightfoot(here.path())
        .args(["report", "some runs", "--runs", "some runs/2026-03-08-long.gpx"])
        .output();
    expect_code(&output.unwrap(), 1);
}

#[test]
fn a_card_is_one_screen() {
    let here = folder();
    let card = |words: &[&str]| {
        let mut command = lightfoot(here.path());
        let output = command.arg("show").arg(one_run()).args(words).output().unwrap();
        expect_code(&output, 0);
        text(&output.stdout)
    };
    let samples = samples();
    let history = ["--history", samples.to_str().unwrap()];
    for words in [&[][..], &history[..]] {
        let short = card(words);
        assert!(short.lines().count() <= 40, "{} lines:\n{short}", short.lines().count());
        assert!(!short.contains('\u{1b}'), "no style in a pipe");
        let long = card(&[words, &["--all"]].concat());
        assert!(long.lines().count() > short.lines().count());
        assert!(long.contains("Not known") && !short.contains("Not known"));
        assert!(long.lines().all(|l| l.chars().count() <= 80), "{long}");
    }
}

#[test]
fn a_card_fits_eighty_columns() {
    let here = folder();
    let output = lightfoot(here.path()).arg("show").arg(one_run()).output().unwrap();
    expect_code(&output, 0);
    let card = text(&output.stdout);
    assert!(card.lines().all(|l| l.chars().count() <= 80), "{card}");
    assert!(card.contains("Step rate") && card.contains("Beside the device"), "{card}");
    let output = lightfoot(here.path())
        .arg("show")
        .arg(one_run())
        .arg("--history")
        .arg(samples())
        .output()
        .unwrap();
    expect_code(&output, 0);
    let card = text(&output.stdout);
    assert!(card.contains("your other runs"), "{card}");
    assert!(card.lines().all(|l| l.chars().count() <= 80), "{card}");
}

#[test]
fn inspect_names_every_message_and_asks_for_a_second_opinion() {
    let here = folder();
    let output = lightfoot(here.path()).arg("inspect").arg(one_run()).output().unwrap();
    expect_code(&output, 0);
    let printed = text(&output.stdout);
    for word in [
        "file_id",
        "session",
        "record",
        "heart_rate",
        "What lightfoot made of it",
        "strides of one leg",
        "Second opinion",
    ] {
        assert!(printed.contains(word), "{word} is missing in\n{printed}");
    }
    let gpx = samples().join("2026-03-08-long.gpx");
    let output = lightfoot(here.path()).arg("inspect").arg(gpx).output().unwrap();
    expect_code(&output, 0);
}

#[test]
fn a_file_that_breaks_the_second_decoder_is_still_inspected() {
    let here = folder();
    let mut bytes = fs::read(one_run()).unwrap();
    bytes.truncate(bytes.len() / 3);
    let cut = here.path().join("cut.fit");
    fs::write(&cut, &bytes).unwrap();
    let output = lightfoot(here.path()).arg("inspect").arg(&cut).output().unwrap();
    expect_code(&output, 0);
    assert!(text(&output.stdout).contains("fitparser stopped before the end"));
}

#[test]
fn a_profile_beside_the_files_is_read_and_a_wrong_key_is_named() {
    let here = with_samples(&["2026-03-03-easy.fit"]);
    let profile = here.path().join("runs/lightfoot.toml");
    let name = |json: &[u8]| -> Value {
        let json: Value = serde_json::from_slice(json).unwrap();
        json["settings"]["name"].clone()
    };
    let run = || lightfoot(here.path()).args(["report", "runs", "--json"]).output().unwrap();
    fs::write(&profile, "[runner]\nname = \"Grace\"\n").unwrap();
    let output = run();
    expect_code(&output, 0);
    assert_eq!(name(&output.stdout), "Grace");
    fs::write(&profile, "[runner]\nroadside = \"left\"\n").unwrap();
    let output = run();
    expect_code(&output, 1);
    let complaint = text(&output.stderr);
    assert!(complaint.contains("`roadside`") && complaint.contains("`road_side`"), "{complaint}");
}

#[test]
fn every_name_can_be_explained() {
    let here = folder();
    let names = lightfoot::METRICS.iter().map(|m| m.id);
    for name in names.chain(lightfoot::findings::RULES.iter().map(|r| r.id)).chain(["profile"]) {
        let output = lightfoot(here.path()).args(["explain", name]).output().unwrap();
        expect_code(&output, 0);
        let printed = text(&output.stdout);
        assert!(printed.lines().all(|l| l.chars().count() <= 100), "{printed}");
    }
    let output = lightfoot(here.path()).args(["explain", "step_rtae"]).output().unwrap();
    expect_code(&output, 1);
    assert!(text(&output.stderr).contains("step_rate"));
}

#[test]
fn without_words_it_says_what_it_is() {
    let here = folder();
    let output = lightfoot(here.path()).output().unwrap();
    expect_code(&output, 0);
    assert!(text(&output.stdout).contains("lightfoot report samples"));
    let output = lightfoot(here.path()).args(["completions", "bash"]).output().unwrap();
    expect_code(&output, 0);
    assert!(text(&output.stdout).contains("_lightfoot"));
    let help = lightfoot(here.path()).args(["report", "--help"]).output().unwrap();
    let help = text(&help.stdout);
    let place = |word: &str| help.find(word).unwrap_or_else(|| panic!("{word} in {help}"));
    assert!(place("Examples:") < place("Options:"), "examples first");
}

#[test]
fn two_people_are_refused() {
    let here = with_samples(&["2026-03-03-easy.fit", "2026-03-08-long.gpx"]);
    // The same hour somewhere else: nobody runs in two places at once.
    let gpx = fs::read_to_string(samples().join("2026-03-08-long.gpx")).unwrap();
    let moved = gpx.replace("lat=\"46.", "lat=\"40.");
    assert_ne!(moved, gpx, "the sample lies at 46 degrees north");
    let mut file = fs::File::create(here.path().join("runs/other.gpx")).unwrap();
    file.write_all(moved.as_bytes()).unwrap();
    let output = lightfoot(here.path()).args(["report", "runs"]).output().unwrap();
    expect_code(&output, 1);
    let refusal = text(&output.stderr);
    assert!(refusal.contains("one person"), "{refusal}");
    assert!(refusal.contains("lightfoot export"), "what can be done with them: {refusal}");
    let output = lightfoot(here.path()).args(["export", "runs"]).output().unwrap();
    expect_code(&output, 0);
    assert_eq!(text(&output.stdout).lines().count(), 1 + 3, "a row for each run");
}

#[test]
fn a_folder_where_a_file_belongs_is_named_as_one() {
    let here = with_samples(&["2026-03-03-easy.fit"]);
    for command in ["show", "inspect"] {
        let output = lightfoot(here.path()).args([command, "runs"]).output().unwrap();
        expect_code(&output, 1);
        let why = text(&output.stderr);
        assert!(why.contains("is a folder") && why.contains("lightfoot report runs"), "{why}");
    }
}

#[test]
fn a_run_without_cadence_says_which_export_has_it() {
    let here = folder();
    let gpx = fs::read_to_string(samples().join("2026-03-08-long.gpx")).unwrap();
    let (mut bare, mut rest) = (String::new(), gpx.as_str());
    while let Some((before, after)) = rest.split_once("<ns3:cad>") {
        bare.push_str(before);
        rest = after.split_once("</ns3:cad>").unwrap().1;
    }
    bare.push_str(rest);
    fs::write(here.path().join("bare.gpx"), bare).unwrap();
    let output = lightfoot(here.path()).args(["report", "bare.gpx"]).output().unwrap();
    expect_code(&output, 0);
    let summary = text(&output.stdout).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(summary.contains("no cadence (bare.gpx): the original FIT"), "{summary}");
}

#[test]
fn too_little_cadence_is_not_called_none() {
    let here = folder();
    let mut bytes = fs::read(one_run()).unwrap();
    bytes.truncate(bytes.len() / 20);
    fs::write(here.path().join("short.fit"), bytes).unwrap();
    let output = lightfoot(here.path()).args(["report", "--json", "short.fit"]).output().unwrap();
    expect_code(&output, 0);
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json["runs"].as_array().unwrap().len(), 1);
    let said = json["headline"].to_string();
    assert!(!said.contains("hold no cadence") && said.contains("too little"), "{said}");
}

#[test]
fn a_track_hides_its_ends_unless_told() {
    let here = folder();
    let run = |more: &[&str]| {
        let mut command = lightfoot(here.path());
        let output = command.arg("export").arg(one_run()).arg("--gpx").args(more).output().unwrap();
        expect_code(&output, 0);
        text(&output.stdout).matches("<trkpt").count()
    };
    let (trimmed, whole) = (run(&[]), run(&["--keep-ends"]));
    assert!(0 < trimmed && trimmed < whole, "{trimmed} of {whole} points");
}

/// A page can be sent to somebody: it does not tell whose computer it was made on.
#[test]
fn no_output_names_the_folders_above() {
    let away = tempfile::tempdir().unwrap();
    let page = away.path().join("page.html");
    let whose = env!("CARGO_MANIFEST_DIR");
    for arguments in [
        vec!["report", "-o", page.to_str().unwrap(), "--quiet"],
        vec!["report", "--json"],
        vec!["export", "--format", "csv"],
    ] {
        let output = lightfoot(away.path()).args(&arguments).arg(samples()).output().unwrap();
        let printed = String::from_utf8(output.stdout).unwrap();
        assert!(!printed.contains(whose), "{arguments:?} names {whose}");
    }
    assert!(!fs::read_to_string(page).unwrap().contains(whose), "the page names {whose}");
}

/// A folder with two samples and these notes about them.
fn with_notes(notes: &str) -> TempDir {
    let here = with_samples(&["2026-03-03-easy.fit", "2026-03-05-tempo.fit"]);
    fs::write(here.path().join("runs/notes.csv"), notes).unwrap();
    here
}

#[test]
fn notes_reach_rows_and_json_with_who_says_so() {
    let here = with_notes(
        "date;shoe;road side;exertion;weather\n03.03.2026;Blue;left;3,5;rain\n2026-03-04;Blue;;;\n",
    );
    let output = lightfoot(here.path()).args(["report", ".", "--json"]).output().unwrap();
    expect_code(&output, 0);
    let json: Value = serde_json::from_str(&text(&output.stdout)).unwrap();
    let notes = &json["runs"][0]["notes"];
    assert_eq!(notes["shoe"]["value"], "Blue");
    assert_eq!(notes["shoe"]["source"], "notes_file");
    assert!(notes["shoe"]["place"].as_str().unwrap().ends_with("notes.csv, line 2"));
    assert_eq!(notes["exertion"]["value"], 3.5);
    assert_eq!(notes["road_side"]["value"], "left");
    assert_eq!(json["runs"][1]["notes"], serde_json::json!({}));
    assert_eq!(json["shoes"]["shoes"][0]["name"], "Blue");
    let issues = json["notes"]["issues"].to_string();
    assert!(issues.contains("line 3: no run on 2026-03-04"), "{issues}");
    assert!(issues.contains("weather"), "{issues}");
    let output = lightfoot(here.path()).args(["export", "."]).output().unwrap();
    let rows = text(&output.stdout);
    let mut reader = csv::Reader::from_reader(rows.as_bytes());
    let heading = reader.headers().unwrap().clone();
    let row = reader.records().next().unwrap().unwrap();
    let cell = |name: &str| row.get(heading.iter().position(|h| h == name).unwrap()).unwrap();
    assert_eq!((cell("shoe"), cell("road_side"), cell("exertion")), ("Blue", "left", "3.5"));
    assert!(cell("camber_exposure_left_low_m").parse::<f64>().unwrap() > 5_000.0);
}

#[test]
fn noted_pain_brings_the_signs_once_and_nothing_silences_them() {
    const SIGN: &str = "You cannot put weight on the leg";
    let hurts = with_notes("date,pain,where\n2026-03-03,3,left knee\n");
    let run = |here: &TempDir, args: &[&str]| {
        let output = lightfoot(here.path()).args(args).output().unwrap();
        expect_code(&output, 0);
        (text(&output.stdout), text(&output.stderr))
    };
    let (out, err) = run(&hurts, &["report", "."]);
    assert_eq!((out.matches(SIGN).count(), err.matches(SIGN).count()), (1, 0));
    let (out, err) = run(&hurts, &["report", ".", "--quiet"]);
    assert_eq!((out.as_str(), err.matches(SIGN).count()), ("", 1));
    assert!(out.lines().chain(err.lines()).all(|l| l.chars().count() <= 80));
    let (out, _) = run(&hurts, &["show", "runs/2026-03-03-easy.fit"]);
    assert_eq!(out.matches(SIGN).count(), 1);
    assert!(out.contains("pain during") && out.contains("3 of 10"), "{out}");
    let (out, _) = run(&hurts, &["show", "runs/2026-03-05-tempo.fit"]);
    assert_eq!(out.matches(SIGN).count(), 0, "another run of the folder");
    let none = with_notes("date,pain\n2026-03-03,0\n");
    let (out, err) = run(&none, &["report", "."]);
    assert_eq!(out.matches(SIGN).count() + err.matches(SIGN).count(), 0, "a zero hurts nobody");
}
