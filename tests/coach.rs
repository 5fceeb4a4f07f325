//! `coach` from outside: who stands where and why, what stands on whose page, and what it leaves
//! behind.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "the functions of a test say what they expect, like its tests"
)]

#[path = "coach/planted.rs"]
mod planted;
mod support;
mod zip_maker;

use std::collections::BTreeSet;
use std::fs;

use planted::{
    FORMULA, HOSTILE, TURNED, WORDS, coach, expect_code, json, kinds, lightfoot, made, row, squad,
    strange, text, tree,
};

#[test]
fn everybody_stands_where_what_was_planted_puts_them() {
    let (_, value) = json();
    let order: Vec<(&str, &str)> = value["athletes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|r| (r["name"].as_str().unwrap(), r["standing"].as_str().unwrap()))
        .collect();
    let looked: Vec<&str> = order.iter().filter(|o| o.1 == "look").map(|o| o.0).collect();
    assert_eq!(looked, ["Jumper", "Zoe Zip", "Drusilla Drift", "dropper", "watch"], "{order:?}");
    let unread: Vec<&str> = order.iter().filter(|o| o.1 == "unread").map(|o| o.0).collect();
    assert_eq!(unread, ["ablmth.", "empty", "misspelt", "two"], "{order:?}");
    let quiet: Vec<&str> = order.iter().filter(|o| o.1 == "quiet").map(|o| o.0).collect();
    assert_eq!(quiet, [HOSTILE, FORMULA, "calm"], "{order:?}");
    let standings: Vec<&str> = order.iter().map(|o| o.1).collect();
    let expected = [["look"; 5].as_slice(), &["unread"; 4], &["quiet"; 3]];
    assert_eq!(standings, expected.concat());
}

#[test]
fn the_reason_names_the_session_and_opens_it() {
    let (folder, value) = json();
    let jumper = row(value, "Jumper");
    assert_eq!(kinds(jumper), ["distance"]);
    let reason = &jumper["notices"][0];
    assert_eq!(reason["session"]["day"], "2026-05-31");
    let metres = reason["session"]["distance_m"].as_f64().unwrap();
    let says = reason["says"].as_str().unwrap();
    assert!(says.starts_with(&format!("{:.1} km on 31 May was ", metres / 1000.0)), "{says}");
    let ratio = reason["change"].as_f64().unwrap();
    assert!(says.contains(&format!("{:.0} % longer", 100.0 * (ratio - 1.0))), "{says}");
    let link = reason["session"]["link"].as_str().unwrap();
    let file = link.strip_prefix("own%20pages/jumper/").unwrap();
    assert!(file.starts_with("2026-05-31-") && file.ends_with(".html"), "{link}");
    let run = fs::read_to_string(folder.path().join("own pages/jumper").join(file)).unwrap();
    assert!(run.contains("Run on 31 May 2026") && run.contains("href=\"../jumper.html#runs\""));
    let page = fs::read_to_string(folder.path().join("own pages/jumper.html")).unwrap();
    let link = format!("<tr id=\"run-13\"><th scope=\"row\"><a href=\"jumper/{file}\">31 May 2026");
    assert!(page.contains(&link), "{link}");
    // Every link of the coach's page leads to an element of a page that was written.
    let made = made();
    let list = made.page();
    let pages = made.pages();
    let mut followed = 0;
    for part in list.split("href=\"").skip(1) {
        let (link, _) = part.split_once('"').unwrap();
        let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
        let name = file.strip_prefix("monday-athletes/");
        let page = match name {
            Some(name) => &pages.iter().find(|(file, _)| file == name).unwrap().1,
            None => &list,
        };
        assert!(anchor.is_empty() || page.contains(&format!("id=\"{anchor}\"")), "{link}");
        followed += 1;
    }
    assert!(followed > 20, "{followed} links");
}

#[test]
fn a_drift_is_told_with_its_range_and_a_watch_is_no_drift() {
    let (_, value) = json();
    let drifter = row(value, "drifter");
    assert_eq!(kinds(drifter)[0], "cadence");
    let drift = &drifter["notices"][0];
    let (low, high) = (drift["low"].as_f64().unwrap(), drift["high"].as_f64().unwrap());
    assert!(low > 0.0 && (low..high).contains(&14.0), "{drift}");
    assert_eq!(drift["sureness"], "clear");
    let says = drift["says"].as_str().unwrap();
    assert!(
        says.starts_with("Cadence at own pace rose by 1") && says.contains("over 16 weeks"),
        "{says}"
    );
    assert_eq!(drifter["cadence_at_own_pace"], "changed");
    // Six steps a minute more with the new watch, and not a word of a drift.
    let watch = row(value, "watch");
    assert_eq!(kinds(watch), ["new_device"]);
    let says = watch["notices"][0]["says"].as_str().unwrap();
    assert!(says.contains("fenix 6X") && says.contains("Forerunner 265"), "{says}");
    let runs = watch["runs_of_four_weeks"].as_array().unwrap();
    let changed: Vec<_> = runs.iter().filter(|r| r["new_device"] == true).collect();
    assert_eq!(changed.len(), 1);
    assert_eq!(changed[0]["day"], watch["notices"][0]["session"]["day"]);
    for run in runs {
        let from_usual = run["cadence_from_own_usual_spm"].as_f64().unwrap();
        assert!(from_usual.abs() < 3.0, "each watch has its own usual: {run}");
    }
    assert_eq!(kinds(row(value, "dropper")), ["dropouts", "unread"]);
}

#[test]
fn those_of_whom_nothing_can_be_told_are_there_with_the_reason() {
    let (_, value) = json();
    let why = |folder: &str| row(value, folder)["problem"].as_str().unwrap().to_owned();
    assert!(why("two").contains("cannot all be one person's"), "{}", why("two"));
    assert!(why("misspelt").contains("did you mean `name`"), "{}", why("misspelt"));
    assert!(why("empty").contains("no FIT, GPX or TCX"), "{}", why("empty"));
    assert!(why(TURNED).contains("no FIT, GPX or TCX"));
    for folder in ["two", "misspelt", "empty"] {
        assert!(row(value, folder)["page"].is_null());
    }
    assert_eq!(value["set_aside"], serde_json::json!(["loose.fit"]));
    assert_eq!(value["not_shared"], serde_json::json!(["name", "height_cm"]));
    let page = made().page();
    assert!(page.contains("loose.fit") && page.contains("name, height_cm"));
    assert!(!page.contains("The Coach"), "a name is one person's");
}

#[test]
fn an_archive_is_as_good_as_a_folder() {
    let (_, value) = json();
    let zip = row(value, "zipped.zip");
    assert_eq!((zip["name"].as_str(), zip["runs"].as_u64()), (Some("Zoe Zip"), Some(12)));
    assert_eq!(zip["pain"][0]["where"], "wkneecap");
    let page = made().page();
    assert_eq!(page.matches("Get care today").count(), 1, "once, where anybody noted pain");
    let (flags, rows) = (page.find("Get care today").unwrap(), page.find("id=\"look\"").unwrap());
    assert!(flags < rows, "on top");
    assert!(page.contains("3 during, wkneecap"), "as written");
    assert!(!page.contains("<b>wtext"), "as text");
}

#[test]
fn nothing_of_one_athlete_stands_on_the_page_of_another() {
    let pages = made().pages();
    let names: Vec<&str> = pages.iter().map(|p| p.0.as_str()).collect();
    let own: Vec<&str> = names.iter().filter(|name| !name.contains('/')).copied().collect();
    let expected = [
        "calm.html",
        "drifter.html",
        "dropper.html",
        "formula.html",
        "img-src-x-onerror-alert-1.html",
        "jumper.html",
        "watch.html",
        "zipped.html",
    ];
    assert_eq!(own, expected);
    let runs: Vec<&str> = names.iter().filter_map(|name| Some(name.split_once('/')?.0)).collect();
    assert_eq!(
        runs,
        ["drifter", "dropper", "dropper", "dropper", "jumper", "watch", "zipped"],
        "a page for each named run"
    );
    let also = [("drifter", "Drusilla"), ("zipped.zip", "wkneecap"), ("zipped.zip", "Zoe Zip")];
    let words = WORDS.iter().copied().chain(also).chain([("zipped.zip", "wzip-")]);
    for (folder, word) in words {
        let with = pages.iter().filter(|(_, page)| page.contains(word));
        let whose = |name: &str| name.split(['/', '.']).next().unwrap().to_owned();
        let with: BTreeSet<String> = with.map(|(name, _)| whose(name)).collect();
        assert_eq!(with.len(), 1, "{word} of {folder} stands on {with:?}");
    }
    // File names are nobody's business on the list.
    let list = made().page();
    for (_, word) in WORDS {
        assert!(!list.contains(word), "{word}");
    }
    for (name, page) in pages.iter().chain([&("list".to_owned(), list)]) {
        let home = squad().display().to_string();
        assert!(!page.contains(&home), "{name} says where the files lie");
    }
}

#[test]
fn hostile_names_are_text() {
    let page = made().page();
    assert_eq!(strange(&page), Vec::<String>::new());
    assert!(page.contains("&lt;img src=x onerror=alert(1)&gt;"));
    assert!(!page.contains('\u{202e}'), "nothing turns a line around");
    for (name, page) in made().pages() {
        assert_eq!(strange(&page), Vec::<String>::new(), "{name}");
    }
    let shown = text(&made().output.stdout);
    assert!(!shown.contains('\u{202e}') && !shown.contains('\u{1b}'));
}

#[test]
fn the_same_folder_gives_the_same_bytes() {
    let one = tempfile::tempdir().unwrap();
    let other = tempfile::tempdir().unwrap();
    expect_code(&coach(one.path(), &["-o", "monday.html", "--jobs", "1"]), 3);
    // The same files written in the opposite order, read by four threads.
    let copy = other.path().join("squad");
    let mut files = tree(&squad().join("squad"));
    files.reverse();
    for (name, bytes) in files {
        fs::create_dir_all(copy.join(&name).parent().unwrap()).unwrap();
        fs::write(copy.join(name), bytes).unwrap();
    }
    fs::create_dir_all(copy.join(TURNED)).unwrap();
    let out = other.path().join("out");
    fs::create_dir(&out).unwrap();
    let output = lightfoot(&out)
        .env("TZ", "Pacific/Kiritimati")
        .env("LC_ALL", "tr_TR.UTF-8")
        .arg("coach")
        .arg(&copy)
        .args(["-o", "monday.html", "--jobs", "4"])
        .output()
        .unwrap();
    expect_code(&output, 3);
    let first = tree(one.path());
    assert_eq!(first.len(), 1 + 8 + 7, "the list, the athletes, the named runs");
    for ((name, a), (_, b)) in first.iter().zip(&tree(&out)) {
        assert!(a == b, "{} differs", name.display());
    }
    assert_eq!(first, tree(made().folder.path()), "and as with any number of threads");
}

#[test]
fn since_a_day_shows_what_is_new() {
    let here = tempfile::tempdir().unwrap();
    let run = |since: &str| {
        let output = coach(here.path(), &["--json", "--since", since]);
        expect_code(&output, 3);
        serde_json::from_slice::<serde_json::Value>(&output.stdout).unwrap()
    };
    // Everybody's last run lies on 31 May.
    let today = run("2026-05-31");
    assert_eq!(kinds(row(&today, "Jumper")), ["distance"]);
    assert_eq!(row(&today, "Jumper")["runs_told"], 1);
    assert_eq!(kinds(row(&today, "watch")), Vec::<&str>::new(), "known for days");
    assert_eq!(row(&today, "watch")["standing"], "stands");
    // A drift of weeks did not begin with the last run.
    assert_eq!(kinds(row(&today, "drifter")), Vec::<&str>::new());
    assert_eq!(row(&today, "drifter")["stood_before"][0]["kind"], "cadence");
    assert_eq!(row(&today, "Jumper")["stood_before"], serde_json::json!([]));
    let season = run("2026-02-01");
    let drift = &row(&season, "drifter")["notices"][0];
    assert_eq!((&drift["kind"], &drift["day"]), (&"cadence".into(), &"2026-05-31".into()));
    assert!(drift["became_news"].as_str().unwrap() < "2026-05-31", "{drift}");
    let tomorrow = run("2026-06-01");
    assert_eq!(tomorrow["athletes"], serde_json::json!([]));
    assert_eq!(tomorrow["nothing_new"].as_array().unwrap().len(), 12);
    let undated = &tomorrow["unread_without_date"];
    assert_eq!(*undated, serde_json::json!(["ablmth.", "dropper", "empty", "misspelt", "two"]));
    let output = coach(here.path(), &["-o", "x.html", "--since", "2026-06-01"]);
    let shown = text(&output.stdout).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(shown.contains("No run and nothing new since 1 Jun 2026: 12"), "{shown}");
    assert!(shown.contains("calm (31 May)"), "{shown}");
    assert!(shown.contains("of no date: ablmth., dropper"), "{shown}");
    // Three weeks later the jump is no news, and everybody has been silent.
    let later = coach(here.path(), &["--json", "--now", "2026-06-21"]);
    let later: serde_json::Value = serde_json::from_slice(&later.stdout).unwrap();
    assert_eq!(kinds(row(&later, "Jumper")), ["silence"]);
    assert_eq!(kinds(row(&later, "drifter"))[0], "cadence", "a drift is news for longer");
}

#[test]
fn rows_for_a_spreadsheet_are_whole_and_run_nothing() {
    let here = tempfile::tempdir().unwrap();
    let output = coach(here.path(), &["--csv"]);
    expect_code(&output, 3);
    assert!(fs::read_dir(here.path()).unwrap().next().is_none(), "no page is written");
    let mut reader = csv::Reader::from_reader(output.stdout.as_slice());
    let columns: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    assert_eq!(columns.iter().collect::<BTreeSet<_>>().len(), columns.len());
    let at = |name: &str| columns.iter().position(|c| c == name).unwrap();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 12);
    assert_eq!(&rows[0][at("athlete")], "Jumper");
    assert_eq!((&rows[0][at("place")], &rows[5][at("place")]), ("1", ""));
    assert_eq!(&rows[0][at("reason_kind")], "distance");
    assert_eq!(&rows[0][at("reason_day")], "2026-05-31");
    assert_eq!(&rows[2][at("cadence_change_sureness")], "clear");
    assert!(rows[2][at("cadence_change_low_spm")].parse::<f64>().unwrap() > 0.0);
    let formula = rows.iter().find(|r| &r[at("folder")] == "formula").unwrap();
    assert_eq!(&formula[at("athlete")], "'=HYPERLINK(1)");
    let zip = rows.iter().find(|r| &r[at("folder")] == "zipped.zip").unwrap();
    assert!(zip[at("pain_noted")].ends_with("3 during, wkneecap"));
    assert!(columns.iter().all(|c| !c.contains("step_rate")), "cadence as recorded is nowhere");
}

#[test]
fn the_object_keeps_its_shape() {
    let (_, value) = json();
    let keys =
        |v: &serde_json::Value| -> Vec<String> { v.as_object().unwrap().keys().cloned().collect() };
    assert_eq!(value["schema_version"], 2);
    assert_eq!(
        keys(value).iter().map(String::as_str).collect::<BTreeSet<_>>(),
        BTreeSet::from([
            "schema_version",
            "tool",
            "kind",
            "order_rule",
            "today",
            "since",
            "athletes",
            "nothing_new",
            "unread_without_date",
            "set_aside",
            "not_shared",
        ])
    );
    let athlete: BTreeSet<String> = keys(row(value, "Jumper")).into_iter().collect();
    let known = [
        "place",
        "name",
        "folder",
        "page",
        "standing",
        "problem",
        "files",
        "runs",
        "runs_told",
        "stood_before",
        "last_run",
        "cadence_at_own_pace",
        "notices",
        "pain",
        "runs_of_four_weeks",
    ];
    assert_eq!(athlete, known.map(str::to_owned).into());
    let text = value.to_string();
    assert!(!text.contains("mean_step_rate") && !text.contains("\"step_rate"));
    assert!(value["order_rule"].as_str().unwrap().contains("take no part"));
}

#[test]
fn the_table_fits_eighty_columns_and_says_why() {
    expect_code(&made().output, 3);
    let shown = text(&made().output.stdout);
    assert!(shown.lines().all(|line| line.chars().count() <= 80), "{shown}");
    assert!(shown.contains("  1  Jumper             31 May  "), "{shown}");
    assert!(shown.contains("Pain was noted"), "{shown}");
    assert!(shown.contains("two: these runs cannot all be"), "{shown}");
    assert!(shown.ends_with("\nmonday.html\n"), "{shown}");
    assert_eq!(text(&made().output.stderr), "");
}

#[test]
fn it_ends_as_scripts_expect() {
    let here = tempfile::tempdir().unwrap();
    expect_code(&coach(here.path(), &["--csv", "--strict"]), 1);
    let quiet = coach(here.path(), &["-q", "-o", "q.html"]);
    expect_code(&quiet, 3);
    assert_eq!(text(&quiet.stdout), "");
    assert!(text(&quiet.stderr).contains("Get care today"), "these signs are never silenced");
    let to_stdout = coach(here.path(), &["-o", "-"]);
    assert!(text(&to_stdout.stdout).trim_end().ends_with("</html>"));
    assert!(!here.path().join("--athletes").exists());
    // One athlete to whom nothing happened, the page in the squad's own folder, twice.
    let squad_of_one = here.path().join("one");
    fs::create_dir(&squad_of_one).unwrap();
    let calm = squad().join("squad/calm");
    let inner = squad_of_one.join("calm");
    fs::create_dir(&inner).unwrap();
    for entry in fs::read_dir(calm).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, inner.join(path.file_name().unwrap())).unwrap();
    }
    for _ in 0..2 {
        let output = lightfoot(&squad_of_one).args(["coach", "."]).output().unwrap();
        expect_code(&output, 0);
        let shown = text(&output.stdout);
        assert!(shown.starts_with("1 athlete, as of 31 May 2026"), "{shown}");
        assert!(shown.contains("Nothing stands out in 1 athlete."), "{shown}");
        assert!(!shown.contains("Set aside"), "its own pages are not among the athletes: {shown}");
    }
    let nobody = here.path().join("nobody");
    fs::create_dir(&nobody).unwrap();
    let output = lightfoot(&nobody).args(["coach", "."]).output().unwrap();
    expect_code(&output, 1);
    assert!(text(&output.stderr).contains("one of them for each athlete"));
    let output = lightfoot(&nobody).args(["coach", "not-there"]).output().unwrap();
    expect_code(&output, 1);
}

#[test]
fn what_typed_and_written_settings_do_to_a_squad() {
    let here = tempfile::tempdir().unwrap();
    let output = coach(here.path(), &["-o", "i.html", "--units", "imperial"]);
    expect_code(&output, 3);
    assert!(text(&output.stdout).contains(" mi on 31 May was "));
    let page = fs::read_to_string(here.path().join("i-athletes/jumper.html")).unwrap();
    assert!(page.contains("min/mi"));
    let not = fs::read_to_string(here.path().join("i-athletes/calm.html")).unwrap();
    assert!(!not.contains("180 cm") && !not.contains("1.80 m"), "a height is one person's");
}
