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
pub mod segment;
pub mod settings;
pub mod stats;
pub mod trend;
pub mod units;

pub use activity::Activity;
pub use metrics::{METRICS, Metric, Outcome, Reading};
pub use read::{FORMATS, Recording};
pub use settings::Settings;

use activity::{ActivityMeta, DeviceSummary, Issue, Span};
use metrics::vendor::{VendorReading, vendor_readings};
use metrics::{Compute, Run};
use prepare::{LearntUnits, NotPrepared};
use segment::level_places::LevelPlace;
use segment::{CadenceSeconds, Dynamics, Piece, Segments, TrackSession};

/// What is kept of one run once its samples are let go.
#[derive(Clone, Debug)]
pub struct Analysis {
    /// What it is.
    pub meta: ActivityMeta,
    /// The device's own totals and averages.
    pub summary: DeviceSummary,
    /// What was repaired, chosen, doubted.
    pub issues: Vec<Issue>,
    /// Stretches marked as doubtful.
    pub doubtful: Vec<Span>,
    /// Outcomes of the metrics of one run, in table order.
    pub readings: Vec<(&'static str, Outcome)>,
    /// Quantities that only one vendor has, under the vendor's name.
    pub vendor: Vec<VendorReading>,
    /// The 30 s segments: what every model across runs is made of.
    pub pieces: Vec<Piece>,
    /// Seconds of running by speed and step rate: what distributions are drawn from.
    pub cadence_seconds: CadenceSeconds,
    /// Level places with their slope: in memory only.
    pub level_places: Vec<LevelPlace>,
    /// Laps of a track, where the shape says so.
    pub track: Option<TrackSession>,
    /// Whether the watch measured its dynamics.
    pub dynamics: Dynamics,
}

impl Analysis {
    /// Outcome of a metric of this run.
    pub fn outcome(&self, id: &str) -> Option<&Outcome> {
        self.readings.iter().find(|(key, _)| *key == id).map(|(_, outcome)| outcome)
    }

    /// Value of a metric of this run, where it has one.
    pub fn value(&self, id: &str) -> Option<f64> {
        self.outcome(id)?.reading().map(|r| r.value)
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
    let activity = prepare::prepare(recording, settings, learnt)?;
    let segments = segment::segment(&activity);
    let run = Run { activity: &activity, segments: &segments, settings };
    let readings = METRICS
        .iter()
        .filter_map(|metric| match metric.compute {
            Compute::Run(compute) => Some((metric.id, compute(&run))),
            Compute::Past(_) => None,
        })
        .collect();
    let vendor = vendor_readings(&run);
    let Activity { meta, summary, issues, doubtful, .. } = activity;
    let Segments { pieces, level_places, cadence_seconds, track, dynamics, .. } = segments;
    Ok(Analysis {
        meta,
        summary,
        issues,
        doubtful,
        readings,
        vendor,
        pieces,
        cadence_seconds,
        level_places,
        track,
        dynamics,
    })
}
