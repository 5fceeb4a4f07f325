//! Every text in every field that can come out: in recordings, names of files and of members of
//! archives, the runner's notes and profile, and the tables of services.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use lightfoot::read::Limits;
use lightfoot::report::assemble::{People, assemble};
use lightfoot::report::html::handout;
use lightfoot::report::{Fate, Report, writer};
use lightfoot::{Settings, intake};
use rayon::prelude::*;
use serde_json::{Value, json};

use crate::names::{self, day, file_name};
use crate::payloads::{MARK, payloads};
use crate::terminal::commanding;
use crate::zip_maker::{Entry, zip};
use crate::{page, tables};

/// Texts of one report: three runs each. **chosen**: as many runs as a year has.
const AT_ONCE: usize = 55;

/// Writes for each text a FIT run on the disk with a line of notes, a GPX run with its row in a
/// Strava archive, and a TCX run with its rows in a Garmin archive; all say it wherever they can.
pub fn write(folder: &Path, texts: &[String]) {
    let runs = folder.join("runs");
    std::fs::create_dir_all(&runs).unwrap();
    for (n, text) in texts.iter().enumerate() {
        let name = format!("{:04}{}.fit", 3 * n, file_name(text));
        std::fs::write(runs.join(name), names::fit(3 * n, text)).unwrap();
    }
    std::fs::write(runs.join("notes.csv"), notes(texts)).unwrap();
    std::fs::write(folder.join("export_1.zip"), strava(texts)).unwrap();
    std::fs::write(folder.join("garmin.zip"), garmin(texts)).unwrap();
}

fn table(rows: Vec<Vec<String>>) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    rows.into_iter().for_each(|row| writer.write_record(row).unwrap());
    writer.into_inner().unwrap()
}

fn row(cells: &[&str]) -> Vec<String> {
    cells.iter().map(|cell| (*cell).to_owned()).collect()
}

/// A line for each run, one that names no run, one with no date, and a column that nobody knows.
fn notes(texts: &[String]) -> Vec<u8> {
    let mut rows = vec![row(&["date", "file", "surface", "shoe", "pain during", "where", "side"])];
    rows[0].extend(row(&["exertion", "text", &texts[0]]));
    for (n, text) in texts.iter().enumerate() {
        let date = day(3 * n).strftime("%Y-%m-%d").to_string();
        let t = text.as_str();
        rows.push(row(&[&date, "", t, t, "3", t, t, t, t, t]));
        rows.push(row(&["", t, t, t, "", "", "", "", t, t]));
        rows.push(row(&[t, "", t, t, "", "", "", "", t, t]));
    }
    table(rows)
}

fn strava(texts: &[String]) -> Vec<u8> {
    /// Columns of the headings of today.
    const COLUMNS: usize = 94;
    let mut rows = vec![vec![texts[0].clone(); COLUMNS]];
    let mut members = Vec::new();
    for (n, text) in texts.iter().enumerate() {
        let file = format!("activities/{n}.gpx");
        let mut cells = vec![text.clone(); COLUMNS];
        cells[12].clone_from(&file);
        cells[17] = "150".to_owned();
        cells[43] = "6.0".to_owned();
        rows.push(cells);
        // Long texts over and over would be a bomb, were they packed.
        members.push(Entry::stored(file, &names::gpx(3 * n + 1, text)));
    }
    members.push(Entry::stored("activities.csv", &table(rows)));
    zip(&members)
}

fn garmin(texts: &[String]) -> Vec<u8> {
    let (mut activities, mut items, mut worn) = (Vec::new(), Vec::new(), BTreeMap::new());
    let mut members = Vec::new();
    for (n, text) in texts.iter().enumerate() {
        let begun = day(3 * n + 2).as_millisecond();
        activities.push(json!({
            "activityId": n, "name": text, "description": text, "beginTimestamp": begun,
            "activityType": text, "locationName": text, "workoutRpe": 40,
        }));
        items.push(json!({"gearPk": n, "gearTypeName": "Shoes", "customMakeModel": text}));
        worn.insert(n.to_string(), vec![json!({"activityId": n})]);
        // A member's name may be long, and hold what no system takes; one that begins with a point is
        // hidden.
        let named = |ending: &str| format!("{n:04}{text:.400}_.{ending}");
        members.push(Entry::stored(named("tcx"), &names::tcx(3 * n + 2, text)));
        members.push(Entry::stored(named("jpg"), b"no run"));
    }
    let summaries = json!([{"summarizedActivitiesExport": activities}]).to_string();
    let gear = json!([{"gearDTOS": items, "gearActivityDTOs": worn}]).to_string();
    let at = "DI_CONNECT/DI-Connect-Fitness/ada";
    let put = |name: &str, text: &str| Entry::stored(format!("{at}_{name}"), text.as_bytes());
    members.push(put("0_summarizedActivities.json", &summaries));
    members.push(put("gear.json", &gear));
    zip(&members)
}

/// A report on all of that, the same texts in the profile.
fn report(texts: &[String]) -> Report {
    let here = tempfile::tempdir().unwrap();
    let given: PathBuf = here.path().join("given");
    write(&given, texts);
    let mut settings = Settings::default();
    settings.runner.name = Some(texts.join(" "));
    settings.runner.surface = Some(texts.join(" "));
    let walked = intake::walk(&[given], &Limits::default());
    let profile = format!("{}.toml", texts.join(" "));
    assemble(&walked, || (), &settings, Some(profile), People::Anybody).unwrap()
}

/// Keys under which a text stands.
fn keys_of_texts(value: &Value, key: &str, found: &mut BTreeSet<String>) {
    match value {
        Value::String(text) if text.contains(MARK) => drop(found.insert(key.to_owned())),
        Value::Array(all) => all.iter().for_each(|one| keys_of_texts(one, key, found)),
        Value::Object(all) => all.iter().for_each(|(key, one)| {
            // A value with its provenance is known by the name of what it is a value of.
            let name = if key == "value" { "stated" } else { key };
            keys_of_texts(one, name, found);
        }),
        _ => {}
    }
}

#[test]
fn every_text_in_every_field_stays_text() {
    let all = payloads();
    let harmless: Vec<String> = (0..AT_ONCE).map(|i| format!("name {i:03} {MARK}")).collect();
    let plain = report(&harmless);
    let written = |report: &Report, form: &str| writer(form).unwrap().text(report).unwrap();
    let plain_page = page::see(&written(&plain, "html"));
    let plain_handout = page::see(&handout::render(&plain));
    let pages = std::env::var_os("LIGHTFOOT_PAGES").map(PathBuf::from);
    let met: Vec<BTreeSet<String>> =
        all.par_chunks(AT_ONCE)
            .enumerate()
            .map(|(number, texts)| {
                let report = report(texts);
                let aside = report.inputs.iter().filter(|input| {
                    !input.fates.iter().all(|fate| matches!(fate, Fate::Run { .. }))
                });
                let aside: Vec<_> = aside.map(|input| (&input.file, &input.fates)).collect();
                assert!(aside.is_empty(), "{aside:?}");
                // Long names lose their ending.
                let pictures = [".jpg file", "file without extension"];
                let passed: usize = report.passed_over.values().sum();
                assert!(report.passed_over.keys().all(|kind| pictures.contains(&kind.as_str())));
                assert_eq!(passed, texts.len(), "{:?}", report.passed_over);
                assert_eq!(report.history.runs.len(), 3 * texts.len(), "no text loses a run");
                let html = written(&report, "html");
                page::check(&html, &plain_page);
                page::check(&handout::render(&report), &plain_handout);
                if let Some(folder) = &pages {
                    std::fs::create_dir_all(folder).unwrap();
                    std::fs::write(folder.join(format!("hostile-{number}.html")), &html).unwrap();
                }
                let table = written(&report, "csv");
                tables::check(&table, &written(&report, "json"));
                for form in ["summary", "csv", "document", "json", "ndjson"] {
                    let text = written(&report, form);
                    assert_eq!(commanding(text.as_bytes()), None, "{form}");
                }
                let lines = written(&report, "ndjson");
                assert_eq!(lines.lines().count(), 3 * texts.len(), "a line a run");
                assert!(lines.lines().all(|line| serde_json::from_str::<Value>(line).is_ok()));
                let mut keys = BTreeSet::new();
                let document: Value = serde_json::from_str(&written(&report, "document")).unwrap();
                keys_of_texts(&document, "", &mut keys);
                keys
            })
            .collect();
    let met: BTreeSet<String> = met.into_iter().flatten().collect();
    println!("{} texts; they came out under {met:?}", all.len());
    for key in ["file", "title", "name", "profile", "message", "stated"] {
        assert!(met.contains(key), "no text came out as {key}: {met:?}");
    }
}

/// Half a letter beyond the first plane, as cut titles have it, and bytes that are no letter.
#[test]
fn text_in_no_encoding_loses_nothing_else() {
    const SURROGATE: &[u8] = b"\xed\xa0\x80";
    let here = tempfile::tempdir().unwrap();
    let odd = |bytes: Vec<u8>| {
        let mark = "\u{e000}".as_bytes();
        let mut out = Vec::new();
        let mut rest = bytes.as_slice();
        while let Some(at) = rest.windows(mark.len()).position(|w| w == mark) {
            out.extend(&rest[..at]);
            out.extend(SURROGATE);
            rest = &rest[at + mark.len()..];
        }
        out.extend(rest);
        out
    };
    let texts = vec![format!("cut\u{e000}{MARK}")];
    let put = |name: &str, bytes: Vec<u8>| {
        let path = here.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    };
    put("a.fit", odd(names::fit(0, &texts[0])));
    put("b.gpx", odd(names::gpx(1, &texts[0])));
    put("c.tcx", odd(names::tcx(2, &texts[0])));
    put("notes.csv", odd(notes(&texts)));
    let summary = |title: &str| {
        format!(
            "[{{\"summarizedActivitiesExport\":[{{\"activityId\":1,\"beginTimestamp\":{},\
             \"name\":\"{title}\",\"steps\":NaN}}]}}]",
            day(1).as_millisecond()
        )
    };
    put("x_0_summarizedActivities.json", summary("cut \\ud83d").into_bytes());
    let garmin = crate::report(&[here.path().to_owned()]);
    assert_eq!(garmin.history.runs.len(), 3, "{:?}", garmin.inputs);
    let title =
        |report: &Report| report.history.runs[1].noted.title.as_ref().map(|t| t.value.clone());
    assert_eq!(title(&garmin).as_deref(), Some("cut \u{fffd}"));
    put("x_0_summarizedActivities.json", odd(summary("cut \u{e000}").into_bytes()));
    let bytes = crate::report(&[here.path().to_owned()]);
    assert!(title(&bytes).is_some_and(|t| t.starts_with("cut \u{fffd}")), "{:?}", title(&bytes));
    assert_eq!(bytes.inputs.len(), 3, "no table was refused: {:?}", bytes.inputs);
}
