//! The table of the corpus: one row for each activity of each file, ours beside the device's own
//! word.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use lightfoot::activity::{Channel, SummaryKey};
use lightfoot::prepare::vendor_summary::{Definition, step_rate_as_device};
use lightfoot::prepare::{LearntUnits, NotPrepared, learn, prepare};
use lightfoot::read::{self, Field, Limits, Recording};
use lightfoot::units::Quantity;
use lightfoot::{Activity, Settings, analyze};

/// What became of a file or of one activity in it.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// A run.
    Run,
    /// Another sport, by name.
    Other(String),
    /// No activity, or one without anything to measure, with the reason.
    Nothing(String),
    /// Not readable, with the reason.
    Unreadable(String),
}

/// A pair of figures: ours and the device's.
#[derive(Clone, Copy, Debug, Default)]
pub struct Pair {
    /// Computed here from the records.
    pub ours: Option<f64>,
    /// Stated by the device.
    pub device: Option<f64>,
}

impl Pair {
    /// Ours less the device's.
    pub fn difference(self) -> Option<f64> {
        Some(self.ours? - self.device?)
    }
}

/// One row.
#[derive(Clone, Debug)]
pub struct Row {
    /// Path below the corpus.
    pub file: String,
    /// Activity within the file.
    pub part: usize,
    /// Device label.
    pub device: String,
    /// What it is.
    pub verdict: Verdict,
    /// Whether whole strides are stored.
    pub whole_strides: bool,
    /// The definition behind our step rate.
    pub definition: Option<Definition>,
    /// Mean step rate in spm.
    pub step_rate: Pair,
    /// Distance in metres.
    pub distance: Pair,
    /// Ascent in metres, where the altitude allows one.
    pub ascent: Pair,
    /// Timer time in seconds.
    pub timer: Pair,
    /// Steps of both feet.
    pub steps: Pair,
    /// Share of the time with a cadence in which it reads 0.
    pub zero_share: f64,
    /// Contact time in ms, oscillation in mm, vertical ratio in percent, step length in m: means
    /// of the values that are there, over all records, as Garmin and COROS state them.
    pub dynamics: [Pair; 4],
    /// Seconds that the records with a cadence speak for.
    pub covered_s: f64,
    /// Issues in one line.
    pub issues: Vec<String>,
}

/// All recordings under a folder, in the order of their paths.
pub fn rows(corpus: &Path) -> Vec<Row> {
    let files = files(corpus);
    let read: Vec<_> = files
        .iter()
        .map(|path| {
            let bytes = std::fs::read(path).unwrap();
            read::read(&bytes, &Limits::default())
        })
        .collect();
    let recordings: Vec<&Recording> =
        read.iter().flatten().flat_map(|output| &output.recordings).collect();
    let learnt = learn(&recordings);
    let mut out = Vec::new();
    for (path, read) in files.iter().zip(&read) {
        let file = path.strip_prefix(corpus).unwrap().to_string_lossy().into_owned();
        match read {
            Err(error) => out.push(bare(file, Verdict::Unreadable(error.to_string()))),
            Ok(output) if output.recordings.is_empty() => {
                let what = output.not_an_activity.as_ref().map(|n| n.what.clone());
                out.push(bare(file, Verdict::Nothing(what.unwrap_or_default())));
            }
            Ok(output) => {
                out.extend(output.recordings.iter().map(|r| row(&file, r, &learnt)));
            }
        }
    }
    out
}

fn files(corpus: &Path) -> Vec<PathBuf> {
    let mut out: Vec<PathBuf> = ["fit", "gpx", "tcx"]
        .iter()
        .filter_map(|folder| std::fs::read_dir(corpus.join(folder)).ok())
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.is_file())
        .collect();
    out.sort();
    out
}

fn bare(file: String, verdict: Verdict) -> Row {
    Row {
        file,
        part: 0,
        device: String::new(),
        verdict,
        whole_strides: false,
        definition: None,
        step_rate: Pair::default(),
        distance: Pair::default(),
        timer: Pair::default(),
        ascent: Pair::default(),
        steps: Pair::default(),
        zero_share: 0.0,
        dynamics: [Pair::default(); 4],
        covered_s: 0.0,
        issues: Vec::new(),
    }
}

fn row(file: &str, recording: &Recording, learnt: &LearntUnits) -> Row {
    let verdict = match prepare(recording, &Settings::default(), learnt) {
        Ok(activity) => {
            let whole = recording.columns_of(Field::Cadence).any(|c| c.whole_numbers);
            let analysis = analyze(recording, &Settings::default(), learnt).ok();
            let pair = |id: &str, key| Pair {
                ours: analysis.as_ref().and_then(|a| a.value(id)),
                device: activity.summary.get(key),
            };
            let ascent = pair("ascent", SummaryKey::AscentM);
            let steps = pair("steps", SummaryKey::Steps);
            return Row { whole_strides: whole, ascent, steps, ..run(file, &activity) };
        }
        Err(other @ NotPrepared::OtherSport { .. }) => Verdict::Other(other.to_string()),
        Err(empty) => Verdict::Nothing(empty.to_string()),
    };
    Row { part: recording.part, device: recording.device.label(), ..bare(file.to_owned(), verdict) }
}

fn run(file: &str, activity: &Activity) -> Row {
    let stated = |key| activity.summary.get(key);
    let as_device = step_rate_as_device(activity);
    let rate = activity.channels.step_rate.as_ref();
    let seconds = |wanted: fn(f64) -> bool| -> f64 {
        (0..activity.clock.len())
            .filter(|i| rate.and_then(|r| r.get(*i)).is_some_and(|spm| wanted(spm.value())))
            .map(|i| activity.clock.total_weight_s(i))
            .sum()
    };
    let covered = seconds(|_| true);
    let distance = activity.channels.distance.as_ref();
    let last = distance.and_then(|d| d.iter().flatten().last()).map(|m| m.0);
    Row {
        part: activity.meta.part,
        device: activity.meta.device.label(),
        definition: as_device.map(|(_, definition)| definition),
        step_rate: Pair {
            ours: as_device.map(|(spm, _)| spm),
            device: stated(SummaryKey::StepRateSpm),
        },
        distance: Pair { ours: last, device: stated(SummaryKey::DistanceM) },
        timer: Pair { ours: Some(activity.clock.timer().0), device: stated(SummaryKey::TimerS) },
        dynamics: dynamics(activity),
        covered_s: covered,
        zero_share: if covered > 0.0 { seconds(|spm| spm == 0.0) / covered } else { 0.0 },
        issues: activity.issues.iter().map(|i| format!("{:?}: {}", i.kind, i.message)).collect(),
        ..bare(file.to_owned(), Verdict::Run)
    }
}

fn dynamics(activity: &Activity) -> [Pair; 4] {
    let c = &activity.channels;
    let pair = |ours, key| Pair { ours, device: activity.summary.get(key) };
    [
        pair(mean(activity, c.ground_contact_time.as_ref()), SummaryKey::GroundContactTimeMs),
        pair(mean(activity, c.vertical_oscillation.as_ref()), SummaryKey::VerticalOscillationMm),
        pair(mean(activity, c.vertical_ratio.as_ref()), SummaryKey::VerticalRatioPercent),
        pair(mean(activity, c.step_length.as_ref()), SummaryKey::StepLengthM),
    ]
}

fn mean<Q: Quantity>(activity: &Activity, channel: Option<&Channel<Q>>) -> Option<f64> {
    let (mut sum, mut weight) = (0.0, 0.0);
    for (i, value) in channel?.iter().enumerate() {
        if let Some(value) = value {
            let seconds = activity.clock.total_weight_s(i);
            sum += value.value() * seconds;
            weight += seconds;
        }
    }
    (weight > 0.0).then(|| sum / weight)
}

/// The table as text, ready for a note.
pub fn text(rows: &[Row]) -> String {
    let mut out = String::from(
        "| file | verdict | step rate ours / device (definition) | distance m ours / device | timer s ours / device | ascent m ours / device | steps ours / device |\n|---|---|---|---|---|---|---|\n",
    );
    for row in rows {
        let name =
            if row.part > 0 { format!("{} #{}", row.file, row.part) } else { row.file.clone() };
        let verdict = match &row.verdict {
            Verdict::Run => format!("run, {}", row.device),
            Verdict::Other(what) => what.clone(),
            Verdict::Nothing(why) => format!("nothing to measure: {why}"),
            Verdict::Unreadable(why) => format!("not readable: {why}"),
        };
        let word = row.definition.map(|d| format!(" ({})", d.word())).unwrap_or_default();
        let _ = writeln!(
            out,
            "| {name} | {verdict} | {}{word} | {} | {} | {} | {} |",
            shown(row.step_rate),
            shown(row.distance),
            shown(row.timer),
            shown(row.ascent),
            shown(row.steps),
        );
    }
    out
}

fn shown(pair: Pair) -> String {
    let one = |v: Option<f64>| v.map_or_else(|| "-".to_owned(), |v| format!("{v:.1}"));
    if pair.ours.is_none() && pair.device.is_none() {
        return "-".to_owned();
    }
    format!("{} / {}", one(pair.ours), one(pair.device))
}
