//! What the cases are given: short runs by the byte and by the letter, folders and real files.

use std::path::{Path, PathBuf};

use lightfoot::activity::{Issue, IssueKind};
use lightfoot::prepare::{LearntUnits, prepare};
use lightfoot::read::{self, Field, Limits, ReadOutput, Recording};
use lightfoot::report::assemble::{People, assemble};
use lightfoot::report::{Fate, Report};
use lightfoot::{Activity, Settings, intake};
use tempfile::TempDir;

use crate::fit_bytes::{START, data, define, file, file_id};

/// FIT time of 2024-01-01T00:00:00Z in Unix milliseconds, the start of every run here.
pub const START_MS: i64 = crate::fit_bytes::START_MS;

/// Metres a second of every even run here.
pub const SPEED_M_S: f64 = 3.0;

/// A plain FIT run: a record a second with distance, speed and a cadence of one leg.
pub fn fit_run(seconds: u32, cadence: u8) -> Vec<u8> {
    file(&fit_messages(seconds, |_| cadence))
}

/// The messages of such a run, the cadence by second.
pub fn fit_messages(seconds: u32, cadence: impl Fn(u32) -> u8) -> Vec<u8> {
    let mut messages = file_id(4);
    messages.extend(define(1, 20, &[(253, 4, 0x86), (5, 4, 0x86), (6, 2, 0x84), (4, 1, 2)]));
    for second in 0..seconds {
        messages.extend(fit_record(second, 3.0 * f64::from(second), cadence(second)));
    }
    messages.extend(session(0, seconds, 1, 3 * seconds));
    messages
}

/// One record of it.
pub fn fit_record(second: u32, metres: f64, cadence: u8) -> Vec<u8> {
    let centimetres = (100.0 * metres) as u32;
    data(
        1,
        &[
            &(START + second).to_le_bytes(),
            &centimetres.to_le_bytes(),
            &3000_u16.to_le_bytes(),
            &[cadence],
        ],
    )
}

/// A session on local type 4: start, seconds, sport, metres.
pub fn session(start: u32, seconds: u32, sport: u8, metres: u32) -> Vec<u8> {
    session_of(start, seconds, (sport, 0), metres)
}

/// The same with its sub-sport.
pub fn session_of(start: u32, seconds: u32, (sport, sub): (u8, u8), metres: u32) -> Vec<u8> {
    let mut bytes = define(
        4,
        18,
        &[(2, 4, 0x86), (7, 4, 0x86), (8, 4, 0x86), (9, 4, 0x86), (5, 1, 0), (6, 1, 0)],
    );
    let thousandths = (seconds * 1000).to_le_bytes();
    let start = (START + start).to_le_bytes();
    let centimetres = (metres * 100).to_le_bytes();
    bytes.extend(data(4, &[&start, &thousandths, &thousandths, &centimetres, &[sport, sub]]));
    bytes
}

/// Degrees of latitude a second at 3 m/s due north.
const STEP_DEG: f64 = SPEED_M_S / 111_195.08;

/// A GPX point: second since the start, and what else stands in it.
pub fn point(second: i64, inside: &str) -> String {
    let time = jiff::Timestamp::from_millisecond(START_MS + 1000 * second).unwrap();
    let lat = 47.0 + STEP_DEG * second as f64;
    format!("<trkpt lat=\"{lat:.7}\" lon=\"8.5\"><time>{time}</time>{inside}</trkpt>\n")
}

/// Garmin's cadence extension.
pub fn cad(value: &str) -> String {
    format!(
        "<extensions><gpxtpx:TrackPointExtension><gpxtpx:cad>{value}</gpxtpx:cad>\
         </gpxtpx:TrackPointExtension></extensions>"
    )
}

/// A GPX file of one track with one segment.
pub fn gpx(points: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gpx creator=\"Garmin Connect\" \
         xmlns:gpxtpx=\"http://www.garmin.com/xmlschemas/TrackPointExtension/v1\"><trk>\
         <name>Morning</name><type>running</type><trkseg>\n{points}</trkseg></trk></gpx>\n"
    )
}

/// An even GPX run with a stored cadence.
pub fn gpx_run(seconds: i64, cadence: &str) -> String {
    gpx(&(0..seconds).map(|s| point(s, &cad(cadence))).collect::<String>())
}

/// A TCX trackpoint.
pub fn trackpoint(second: i64, inside: &str) -> String {
    let time = jiff::Timestamp::from_millisecond(START_MS + 1000 * second).unwrap();
    let lat = 47.0 + STEP_DEG * second as f64;
    let metres = SPEED_M_S * second as f64;
    format!(
        "<Trackpoint><Time>{time}</Time><Position><LatitudeDegrees>{lat:.7}</LatitudeDegrees>\
         <LongitudeDegrees>8.5</LongitudeDegrees></Position><DistanceMeters>{metres}\
         </DistanceMeters>{inside}</Trackpoint>\n"
    )
}

/// A TCX file of one activity with one lap.
pub fn tcx(points: &str, creator: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?>\n<TrainingCenterDatabase><Activities><Activity Sport=\"Running\">\
         <Id>2024-01-01T00:00:00Z</Id><Lap StartTime=\"2024-01-01T00:00:00Z\"><Track>\n{points}\
         </Track></Lap><Creator><Name>{creator}</Name></Creator></Activity></Activities>\
         </TrainingCenterDatabase>\n"
    )
}

/// Garmin's running cadence extension.
pub fn run_cadence(value: &str) -> String {
    format!("<Extensions><TPX><RunCadence>{value}</RunCadence></TPX></Extensions>")
}

/// Reads what must be readable.
pub fn read(bytes: impl AsRef<[u8]>) -> ReadOutput {
    read::read(bytes.as_ref(), &Limits::default()).unwrap_or_else(|e| panic!("{e}"))
}

/// The only recording.
pub fn one(bytes: impl AsRef<[u8]>) -> Recording {
    let mut output = read(bytes);
    assert_eq!(output.recordings.len(), 1, "one recording");
    output.recordings.remove(0)
}

/// The only run, prepared.
pub fn run(bytes: impl AsRef<[u8]>) -> Activity {
    prepared(&one(bytes))
}

/// A recording that must be a run.
pub fn prepared(recording: &Recording) -> Activity {
    prepare(recording, &Settings::default(), &LearntUnits::default())
        .unwrap_or_else(|e| panic!("{e}"))
}

/// Mean of the step rates that are there.
pub fn spm(activity: &Activity) -> f64 {
    let rate = activity.channels.step_rate.as_ref().expect("a step rate");
    let values: Vec<f64> = rate.iter().flatten().map(|s| s.0).collect();
    values.iter().sum::<f64>() / values.len() as f64
}

/// Metres at the end.
pub fn metres(activity: &Activity) -> f64 {
    let distance = activity.channels.distance.as_ref().expect("a distance");
    distance.iter().flatten().last().expect("metres").0
}

/// Values of the first column of a meaning.
pub fn column(recording: &Recording, field: Field) -> Vec<Option<f64>> {
    recording.columns_of(field).next().map(|c| c.values.iter().collect()).unwrap_or_default()
}

/// The first issue of a kind.
pub fn issue(issues: &[Issue], kind: IssueKind) -> &Issue {
    let found = issues.iter().find(|i| i.kind == kind);
    found.unwrap_or_else(|| panic!("no {kind:?} in {issues:#?}"))
}

/// A folder with files in it.
pub fn folder<B: AsRef<[u8]>>(files: &[(&str, B)]) -> TempDir {
    let here = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = here.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    here
}

/// The report on a folder.
pub fn report(folder: &Path) -> Report {
    let walked = intake::walk(&[folder.to_owned()], &Limits::default());
    assemble(&walked, || (), &Settings::default(), None, People::One).unwrap()
}

/// The report on some files.
pub fn report_on<B: AsRef<[u8]>>(files: &[(&str, B)]) -> Report {
    report(folder(files).path())
}

/// What became of an input, by the end of its label.
pub fn fates<'a>(report: &'a Report, name: &str) -> &'a [Fate] {
    let found = report.inputs.iter().find(|i| i.file.ends_with(name));
    &found.unwrap_or_else(|| panic!("{name} is not listed: {:?}", report.inputs)).fates
}

/// Why an input was skipped.
pub fn skipped<'a>(report: &'a Report, name: &str) -> &'a str {
    match fates(report, name) {
        [Fate::Skipped { reason, .. }] => reason,
        other => panic!("{name} is not skipped: {other:?}"),
    }
}

/// Whether an input gave a run.
pub fn is_run(report: &Report, name: &str) -> bool {
    fates(report, name).iter().any(|f| matches!(f, Fate::Run { .. }))
}

/// A real recording by the end of its name; `None` with a line where there are none.
pub fn real(name: &str) -> Option<Vec<u8>> {
    let corpus: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    if !corpus.is_dir() {
        println!("skipped: no recordings beside the checkout");
        return None;
    }
    let folders = ["fit", "gpx", "tcx"].map(|f| corpus.join(f));
    let entries = folders.iter().flat_map(|f| std::fs::read_dir(f).unwrap().flatten());
    let path = entries.map(|e| e.path()).find(|p| p.to_str().unwrap().ends_with(name));
    Some(std::fs::read(path.unwrap_or_else(|| panic!("no {name}"))).unwrap())
}
