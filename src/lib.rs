//! lightfoot reads what a running watch exported and says what changed, how sure it is, and on
//! what evidence.
//!
//! The walk, no step looks back:
//!
//! ```text
//! paths --intake--> bytes --read--> Recording --prepare--> Activity --segment--> Segments
//!                                                             |                     |
//!                                                             +------ metrics ------+--> Readings
//! Analysis { meta, issues, readings } --trend--> History --findings--> Findings
//! (History, Findings) --charts--> Charts --report--> bytes --cli--> files
//! ```

pub mod activity;
pub mod before;
pub mod charts;
pub mod coach;
pub mod compare;
pub mod education;
pub mod findings;
pub mod intake;
pub mod journal;
pub mod metrics;
pub mod prepare;
pub mod quantities;
pub mod read;
pub mod references;
pub mod report;
pub mod run;
pub mod schema;
pub mod segment;
pub mod settings;
pub mod stats;
pub mod stopwatch;
pub mod trend;
pub mod units;

use std::sync::Arc;

pub use activity::Activity;
pub use metrics::{METRICS, Metric, Outcome, Reading, Readings};
pub use read::{FORMATS, Recording};
pub use settings::Settings;

use activity::{ActivityMeta, DeviceSummary, Issue, Shared, Span};
use journal::Noted;
use metrics::vendor::{VendorReading, vendor_readings};
use metrics::{Compute, NotedRun, Run};
use prepare::{LearntUnits, NotPrepared};
use segment::level_places::LevelPlace;
use segment::{CadenceSeconds, Dynamics, Pieces, Segments, Slants, TrackSession};
use stopwatch::{Stage, Stopwatch};

/// What is kept of one run once its samples are let go.
#[derive(Clone, Debug)]
pub struct Analysis {
    /// What it is.
    pub meta: Box<ActivityMeta>,
    /// The device's own totals and averages.
    pub summary: DeviceSummary,
    /// What was repaired, chosen, doubted.
    pub issues: Vec<Shared<Issue>>,
    /// Stretches marked as doubtful.
    pub doubtful: Vec<Span>,
    /// Outcomes of the metrics of one run, in table order.
    pub readings: Readings,
    /// Quantities that only one vendor has, under the vendor's name.
    pub vendor: Vec<VendorReading>,
    /// The 30 s segments: what every model across runs is made of.
    pub pieces: Pieces,
    /// Seconds of running by speed and step rate: what distributions are drawn from.
    pub cadence_seconds: CadenceSeconds,
    /// Level places with their slope: in memory only, and let go once a history is built.
    pub level_places: Box<[LevelPlace]>,
    /// Laps of a track, where the shape says so.
    pub track: Option<Box<TrackSession>>,
    /// What could have been on slanted ground: what a side that is stated later is applied to.
    pub slants: Box<Slants>,
    /// What was noted about it, the runner's usual included; runs of which the same is noted may
    /// share it.
    pub noted: Arc<Noted>,
    /// Whether the watch measured its dynamics.
    pub dynamics: Dynamics,
}

impl Analysis {
    /// Outcome of a metric of this run.
    pub fn outcome(&self, id: &str) -> Option<Outcome> {
        self.readings.get(id)
    }

    /// Reading of a metric of this run, where it has one.
    pub fn reading(&self, id: &str) -> Option<Reading> {
        self.outcome(id)?.into_reading()
    }

    /// A part of the reading of a metric of this run, where it has one.
    pub fn part(&self, id: &str, key: &str) -> Option<f64> {
        self.readings.part(id, key)
    }

    /// Value of a metric of this run, where it has one.
    pub fn value(&self, id: &str) -> Option<f64> {
        self.readings.value(id)
    }

    /// Takes in what was noted about this run; the runner's usual fills the rest. What hangs on
    /// notes is measured again.
    pub fn note(&mut self, noted: Noted, settings: &Settings) {
        let noted = noted.with_usual(&settings.runner);
        if *self.noted != noted {
            self.noted = Arc::new(noted);
        }
        let run = NotedRun { meta: &self.meta, slants: &self.slants, noted: &self.noted, settings };
        self.readings.replace(|id, _| {
            let metric = METRICS.iter().find(|metric| metric.id == id)?;
            let Compute::Noted(compute) = metric.compute else { return None };
            Some(compute(&run))
        });
    }
}

/// Analyses one recording: prepare, segment, measure.
///
/// # Errors
/// When the recording is not running, or holds nothing that can be measured.
pub fn analyze(
    recording: &Recording,
    settings: &Settings,
    learnt: &LearntUnits,
) -> Result<Analysis, NotPrepared> {
    analyze_timed(recording, settings, learnt, &Stopwatch::stopped())
}

/// As [`analyze`], and says where the time went.
///
/// # Errors
/// As [`analyze`].
pub fn analyze_timed(
    recording: &Recording,
    settings: &Settings,
    learnt: &LearntUnits,
    watch: &Stopwatch<'_>,
) -> Result<Analysis, NotPrepared> {
    let activity = watch.time(Stage::Prepare, || prepare::prepare(recording, settings, learnt))?;
    let segments = watch.time(Stage::Segment, || segment::segment(&activity, &settings.rules));
    let noted = Noted::default().with_usual(&settings.runner);
    let run = Run { activity: &activity, segments: &segments, settings };
    let readings = watch.time(Stage::Metrics, || {
        let of_one_run = |metric: &Metric| match metric.compute {
            Compute::Run(compute) => Some((metric.id, compute(&run))),
            Compute::Noted(compute) => {
                let (meta, slants) = (&activity.meta, &segments.slants);
                let run = NotedRun { meta, slants, noted: &noted, settings };
                Some((metric.id, compute(&run)))
            }
            Compute::Past(_) => None,
        };
        METRICS.iter().filter_map(of_one_run).collect()
    });
    let vendor = vendor_readings(&run);
    let Activity { meta, summary, issues, doubtful, .. } = activity;
    let Segments { pieces, level_places, cadence_seconds, track, slants, dynamics, .. } = segments;
    Ok(Analysis {
        meta: Box::new(meta),
        summary,
        issues: issues.into_iter().map(Shared::from).collect(),
        doubtful,
        readings,
        vendor,
        pieces: pieces.into(),
        cadence_seconds,
        level_places: level_places.into(),
        track: track.map(Box::new),
        slants: Box::new(slants),
        noted: Arc::new(noted),
        dynamics,
    })
}
