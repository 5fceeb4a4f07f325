//! The stored samples and the planted truth, side by side.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

use lightfoot::prepare::{LearntUnits, NotPrepared};
use lightfoot::read::{ReadOutput, Recording};
use lightfoot::settings::RoadSide;
use lightfoot::trend::History;
use lightfoot::{Analysis, Settings, analyze, read};
use serde_json::Value;

use crate::support::sample_files::{self, RIDE, SampleFile, TWICE};
use crate::support::sample_weeks::SampleRun;
use crate::support::truth::Truth;

/// Files of `samples/` that are no exports.
const BY_HAND: [&str; 3] = ["README.md", "lightfoot.toml", "notes.csv"];

/// The folder of the samples.
pub fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("samples")
}

/// Settings of a runner who states this side of the road.
pub fn settings(road_side: Option<RoadSide>) -> Settings {
    let mut settings = Settings::default();
    settings.runner.road_side = road_side;
    settings
}

/// Bytes without their gzip.
pub fn unpacked(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut plain = bytes.to_vec();
    if name.ends_with(".gz") {
        plain.clear();
        flate2::read::GzDecoder::new(bytes).read_to_end(&mut plain).unwrap();
    }
    plain
}

/// One file as read.
pub fn read_bytes(name: &str, bytes: &[u8]) -> ReadOutput {
    read::read(&unpacked(name, bytes), &Settings::default().limits)
        .unwrap_or_else(|e| panic!("{name}: {e}"))
}

/// Each stored file as read, by name.
pub fn stored() -> &'static BTreeMap<String, ReadOutput> {
    static STORED: OnceLock<BTreeMap<String, ReadOutput>> = OnceLock::new();
    STORED.get_or_init(|| {
        let entries = std::fs::read_dir(folder()).unwrap().map(Result::unwrap);
        let names = entries.map(|e| e.file_name().into_string().unwrap());
        let exports = names.filter(|name| !BY_HAND.contains(&name.as_str()));
        let read = |name: String| {
            let bytes = std::fs::read(folder().join(&name)).unwrap();
            let output = read_bytes(&name, &bytes);
            (name, output)
        };
        exports.map(read).collect()
    })
}

/// Each file as the maker makes it today.
pub fn made() -> &'static [SampleFile] {
    static MADE: OnceLock<Vec<SampleFile>> = OnceLock::new();
    MADE.get_or_init(sample_files::sample_files)
}

/// What was planted in a file.
pub fn planted_run(name: &str) -> &'static (SampleRun, Truth) {
    made().iter().find(|f| f.name == name).and_then(|f| f.run.as_ref()).unwrap()
}

/// The one recording of a stored file.
pub fn recording(name: &str) -> &'static Recording {
    let recordings = &stored()[name].recordings;
    assert_eq!(recordings.len(), 1, "{name}");
    &recordings[0]
}

/// One stored file, analysed alone.
pub fn analysis(name: &str, settings: &Settings) -> Result<Analysis, NotPrepared> {
    let mut analysis = analyze(recording(name), settings, &LearntUnits::default())?;
    name.clone_into(&mut analysis.meta.file);
    Ok(analysis)
}

/// The history of all runs, the second export of one run left out.
pub fn history_with(settings: &Settings) -> History {
    let names = stored().keys().filter(|name| ![RIDE, TWICE.1].contains(&name.as_str()));
    let runs = names.map(|name| analysis(name, settings).unwrap()).collect();
    History::build(runs, settings)
}

/// The history of all runs with the side stated.
pub fn history() -> &'static History {
    static HISTORY: OnceLock<History> = OnceLock::new();
    HISTORY.get_or_init(|| history_with(&settings(Some(RoadSide::Right))))
}

/// Place of a file in the history.
pub fn run_index(name: &str) -> usize {
    history().runs.iter().position(|r| r.meta.file == name).unwrap()
}

/// Mean of some numbers.
pub fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (n, sum) = values.fold((0.0, 0.0), |(n, sum), v| (n + 1.0, sum + v));
    sum / n
}

/// The whole folder as the program takes it.
pub fn whole_folder() -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_lightfoot"))
        .args(["report", "samples", "--json"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}
