//! A squad in which everything that may happen is planted once, each athlete with a word of their
//! own that may stand on no other page.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use serde_json::Value;
use tempfile::TempDir;

use crate::support::runner::Runner;
use crate::support::squad::Athlete;
use crate::zip_maker::{Entry, zip};

/// A folder name that would like to be markup.
pub const HOSTILE: &str = "<img src=x onerror=alert(1)>";
/// A profile name that would like to be a formula.
pub const FORMULA: &str = "=HYPERLINK(1)";
/// A folder name that turns the line around.
pub const TURNED: &str = "ab\u{202e}lmth.";

/// The program in a folder with an empty home, so that nothing outside is read.
pub fn lightfoot(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lightfoot"));
    command.current_dir(folder).env("HOME", folder).env_remove("XDG_CONFIG_HOME");
    command.env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE");
    command
}

pub fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("output is UTF-8")
}

#[track_caller]
pub fn expect_code(output: &Output, expected: i32) {
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    assert_eq!(output.status.code(), Some(expected), "stdout:\n{out}\nstderr:\n{err}");
}

/// A quarter of an hour a run: enough for a trend, soon made.
const SHORT: usize = 900;
/// Half an hour: enough for a jump of two kilometres.
const LONG: usize = 1700;

fn quiet(seed: u64) -> Athlete {
    Athlete::quiet(seed, 12, SHORT)
}

/// What every folder holds: the athlete, and the word that file names carry.
fn season(folder: &Path, word: &str, athlete: &Athlete) {
    fs::create_dir_all(folder).unwrap();
    for i in 0..athlete.runs {
        fs::write(folder.join(format!("{word}-{}", athlete.file(i))), athlete.fit(i)).unwrap();
    }
}

fn profile(folder: &Path, name: &str) {
    fs::write(folder.join("lightfoot.toml"), format!("[runner]\nname = {name:?}\n")).unwrap();
}

/// Words that file names carry, by folder: each may stand on one page only.
pub const WORDS: &[(&str, &str)] = &[
    ("Jumper", "wjumper"),
    ("drifter", "wdrifter"),
    ("watch", "wwatch"),
    ("dropper", "wdropper"),
    ("calm", "wcalm"),
    (HOSTILE, "whostile"),
    ("formula", "wformula"),
];

fn plant(squad: &Path) {
    let at = |folder: &str| squad.join(folder);
    let jumper = Athlete { jump: 1.7, ..Athlete::quiet(100, 14, LONG) };
    season(&at("Jumper"), "wjumper", &jumper);
    let drifter = Athlete { drift_spm: 14.0, every_days: 2.5, ..Athlete::quiet(2000, 46, SHORT) };
    season(&at("drifter"), "wdrifter", &drifter);
    profile(&at("drifter"), "Drusilla Drift");
    let watch = Athlete { new_watch: Some((7, 6.0)), ..Athlete::quiet(3000, 24, SHORT) };
    season(&at("watch"), "wwatch", &watch);
    let dropper = Athlete { dropouts: 3, ..quiet(4000) };
    season(&at("dropper"), "wdropper", &dropper);
    fs::write(at("dropper").join("wdropper-broken.fit"), [b'x'; 700]).unwrap();
    season(&at("calm"), "wcalm", &quiet(5000));
    season(&at(HOSTILE), "whostile", &quiet(6000));
    season(&at("formula"), "wformula", &quiet(7000));
    profile(&at("formula"), FORMULA);
    fs::create_dir_all(at(TURNED)).unwrap();
    fs::create_dir_all(at("empty")).unwrap();
    fs::write(at("empty").join("readme.txt"), "nothing here").unwrap();
    let tall = Runner { height_m: 1.96, mass_kg: 101.0, ..Runner::default() };
    season(&at("two"), "wone", &Athlete { runs: 4, ..quiet(8000) });
    let other = Athlete { runs: 4, runner: tall, silent_days: 1, ..quiet(8100) };
    season(&at("two"), "wother", &other);
    season(&at("misspelt"), "wmisspelt", &Athlete { runs: 4, ..quiet(8200) });
    fs::write(at("misspelt").join("lightfoot.toml"), "[runner]\nnmae = \"x\"\n").unwrap();
    archive(&at("zipped.zip"));
    fs::write(at("loose.fit"), quiet(8300).fit(0)).unwrap();
    fs::write(squad.join("lightfoot.toml"), "[runner]\nname = \"The Coach\"\nheight_cm = 180\n")
        .unwrap();
}

/// A season in an archive, with a profile and with notes on pain.
fn archive(path: &Path) {
    let athlete = quiet(9000);
    let mut entries: Vec<Entry> = (0..athlete.runs)
        .map(|i| Entry::deflated(format!("out/wzip-{}", athlete.file(i)), &athlete.fit(i)))
        .collect();
    let day = jiff::Timestamp::from_second(athlete.start_s(10)).unwrap();
    let day = day.strftime("%Y-%m-%d");
    let notes = format!("date,pain during,pain where,text\n{day},3,wkneecap,<b>wtext</b>\n");
    entries.push(Entry::stored("out/notes.csv", notes.as_bytes()));
    entries.push(Entry::stored("out/lightfoot.toml", b"[runner]\nname = \"Zoe Zip\"\n"));
    fs::write(path, zip(&entries)).unwrap();
}

/// The planted squad, made once.
pub fn squad() -> &'static Path {
    static SQUAD: OnceLock<TempDir> = OnceLock::new();
    let made = SQUAD.get_or_init(|| {
        let here = tempfile::tempdir().unwrap();
        plant(&here.path().join("squad"));
        here
    });
    made.path()
}

/// The page, the athletes' pages, and what was printed, made once.
pub struct Made {
    pub folder: TempDir,
    pub output: Output,
}

impl Made {
    pub fn page(&self) -> String {
        fs::read_to_string(self.folder.path().join("monday.html")).unwrap()
    }

    /// Pages of athletes: file name and text.
    pub fn pages(&self) -> Vec<(String, String)> {
        let folder = self.folder.path().join("monday-athletes");
        let mut pages: Vec<(String, String)> = fs::read_dir(folder)
            .unwrap()
            .map(|e| e.unwrap())
            .map(|e| {
                (text(e.file_name().as_encoded_bytes()), fs::read_to_string(e.path()).unwrap())
            })
            .collect();
        pages.sort();
        pages
    }
}

pub fn made() -> &'static Made {
    static MADE: OnceLock<Made> = OnceLock::new();
    MADE.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let output = coach(folder.path(), &["-o", "monday.html"]);
        Made { folder, output }
    })
}

/// `coach` on the planted squad.
pub fn coach(here: &Path, options: &[&str]) -> Output {
    lightfoot(here).arg("coach").arg(squad().join("squad")).args(options).output().unwrap()
}

/// The squad as JSON, with pages so that links can be followed; made once.
pub fn json() -> &'static (TempDir, Value) {
    static JSON: OnceLock<(TempDir, Value)> = OnceLock::new();
    JSON.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let output = coach(folder.path(), &["--json", "--pages", "own pages"]);
        expect_code(&output, 3);
        let value = serde_json::from_slice(&output.stdout).unwrap();
        (folder, value)
    })
}

/// The row of an athlete by folder.
#[track_caller]
pub fn row<'a>(value: &'a Value, folder: &str) -> &'a Value {
    let rows = value["athletes"].as_array().unwrap();
    rows.iter().find(|r| r["folder"] == folder).unwrap_or_else(|| panic!("no {folder}: {value}"))
}

/// Kinds of an athlete's notices, strongest first.
pub fn kinds(row: &Value) -> Vec<&str> {
    row["notices"].as_array().unwrap().iter().map(|n| n["kind"].as_str().unwrap()).collect()
}

/// All files under a folder with their content.
pub fn tree(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(at) = waiting.pop() {
        for entry in fs::read_dir(at).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                waiting.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_owned();
                found.push((name, fs::read(&path).unwrap()));
            }
        }
    }
    found.sort();
    found
}
