//! Many analyses become a history: days and weeks, the runner's own cadence model, load against
//! the last 30 days, and one series per trended metric and device epoch.

pub mod attempt;
mod before_after;
mod build;
mod cadence_model;
pub mod corridor;
mod days;
mod device_steps;
mod epochs;
pub mod facts;
mod gaps;
pub mod grade_repeats;
mod load;
pub mod load_ratios;
mod model;
mod other_sports;
mod own_cadence;
pub mod own_drift;
mod place_sample;
mod points;
pub mod progression;
mod run_noise;
mod series;
mod session_load;
mod shoes;
mod steady;
mod sureness;
mod surfaces;
mod usual;
mod wander;
mod weeks;
mod window;

use jiff::civil::Date;
use serde::Serialize;

pub use attempt::Attempt;
pub use before_after::{BeforeAfter, NoComparison, RUNS_EACH_SIDE};
pub use cadence_model::CadenceModel;
pub use corridor::{Corridor, OwnPaces};
pub use days::local_start;
pub use device_steps::{DeviceStep, Step};
pub use gaps::{Gap, GapAnswer, files_missing};
pub use grade_repeats::GradeCheck;
pub use load::{Load, Part, PartName, Parts};
pub use model::AtReference;
pub use other_sports::{OtherActivity, OtherDay};
pub use own_cadence::{LATELY_DAYS, OwnCadence};
pub use place_sample::PlaceSample;
pub use points::{Point, Points};
pub use series::{FEWEST_POINTS, RECENT_DAYS, recent_on};
pub use session_load::SessionLoad;
pub use shoes::{LIFE_BAND_M, NewestShoe, Shoe, Shoes};
pub use sureness::Sureness;
pub use surfaces::{BEFORE_DAYS, Covered, Surface, Surfaces, WEEK_DAYS, covered};
pub use usual::{ENOUGH_RUNS, Usual};
pub use wander::RUNS_FOR_WANDER;

use crate::Analysis;
use crate::journal::PainNote;
use crate::metrics::{Outcome, Reading, Readings};
use crate::segment::Dynamics;
use crate::settings::{Rules, Settings};

/// What a metric of the past may look at: one run and everything before it.
#[derive(Clone, Copy, Debug)]
pub struct Past<'a> {
    /// All runs in order of their start.
    pub runs: &'a [Analysis],
    /// The civil day of each run.
    pub days: &'a [Date],
    /// The run in question.
    pub index: usize,
    /// Device epoch of each run.
    pub epoch_of: &'a [usize],
    /// The runner's cadence models, one per device epoch.
    pub models: &'a [CadenceModel],
    /// Shoes over the whole history.
    pub shoes: &'a Shoes,
    /// What the user stated.
    pub settings: &'a Settings,
}

/// A stretch of runs with one device and one set of sensors.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Epoch {
    /// Name for a reader.
    pub label: String,
    /// Index of its runs in [`History::runs`].
    pub runs: Vec<usize>,
    /// What most of its judged runs say about contact time and oscillation; it also speaks for
    /// runs too short to tell.
    pub dynamics: Dynamics,
}

/// What the next run stands against: the longest and the steepest run of the last 30 days, today
/// included.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Ceiling {
    /// Longest run of the last 30 days.
    pub longest_m: f64,
    /// The day of that run.
    pub longest_on: Date,
    /// Runs in the last 30 days.
    pub runs: usize,
    /// 1.1 times the longest: a run over this would be more than 10 % longer than any of them;
    /// `None` with fewer than four runs.
    pub distance_m: Option<f64>,
    /// Largest descent of one run in the last 30 days, barometer only.
    pub largest_descent_m: Option<f64>,
    /// 1.1 times the largest descent; `None` with fewer than four runs of known descent, or where
    /// the largest is less than a hill.
    pub descent_m: Option<f64>,
    /// Whether a gap of more than 10 days lies in the last 30.
    pub after_break: bool,
}

/// A whole history: what charts, findings and writers read.
#[derive(Clone, Debug)]
pub struct History {
    /// The chosen thresholds that it was built with.
    pub rules: Rules,
    /// Runs in order of their start.
    pub runs: Vec<Analysis>,
    /// Civil day of each run.
    pub days: Vec<Date>,
    /// How the days were decided, in words.
    pub day_rule: String,
    /// The day that counts as today.
    pub today: Option<Date>,
    /// Device epochs in order of first use.
    pub epochs: Vec<Epoch>,
    /// Epoch of each run.
    pub epoch_of: Vec<usize>,
    /// How well slopes repeat at the runner's own level places, by device.
    pub grade_checks: Vec<GradeCheck>,
    /// One model per epoch that has enough segments.
    pub models: Vec<CadenceModel>,
    /// What each new watch or sensor did to contact time and oscillation at the same speed.
    pub device_steps: Vec<DeviceStep>,
    /// Outcomes of the metrics of the past: for each run the same list of (id, outcome).
    pub past: Vec<Readings>,
    /// Contiguous ISO weeks from the first run to today, empty weeks included.
    pub weeks: Vec<Week>,
    /// One series per trended metric.
    pub series: Vec<Series>,
    /// Gaps of more than 10 days without a run, with what the runner says about them.
    pub gaps: Vec<Gap>,
    /// Activities of other sports in the same inputs, in order of their days.
    pub other_sports: Vec<OtherDay>,
    /// What the last days held; `None` without a run.
    pub load: Option<Load>,
    /// The line that the next run stands against; `None` without a run in the last 30 days.
    pub ceiling: Option<Ceiling>,
    /// The runner's own fast: 80 % of steady running is slower. Weeks count intensity with it.
    pub fast_from_m_s: Option<f64>,
    /// How far runs before the days shown went over the longest of their 30 days: how rare a jump
    /// is follows from the whole past. Empty where everything is shown.
    pub spikes_before: Vec<f64>,
    /// Shoes by what is noted about the runs.
    pub shoes: Shoes,
    /// Surfaces by what is noted, by the kind of running, and by a service's off-road distance.
    pub surfaces: Surfaces,
    /// Notes on pain as written, in order of their days; nothing is computed from them.
    pub pain: Vec<PainNote>,
    /// The runner's own paces on the device in use.
    pub own_paces: OwnPaces,
}

impl History {
    /// Index of the run that came from a file and part.
    pub fn run_of(&self, file: &str, part: usize) -> Option<usize> {
        self.runs.iter().position(|r| r.meta.file == file && r.meta.part == part)
    }

    /// Whether somebody noted that something hurt.
    pub fn hurt(&self) -> bool {
        self.pain.iter().any(|note| !note.says_none())
    }

    /// The series of a metric.
    pub fn series_of(&self, metric: &str) -> Option<&Series> {
        self.series.iter().find(|s| s.metric == metric)
    }

    /// Outcome of any metric for a run, of the run itself or of its past.
    pub fn outcome(&self, run: usize, id: &str) -> Option<Outcome> {
        let own = self.runs.get(run).and_then(|r| r.outcome(id));
        own.or_else(|| self.past.get(run)?.get(id))
    }

    /// All outcomes of a run, its own before those of its past.
    pub fn outcomes(&self, run: usize) -> Vec<(&'static str, Outcome)> {
        let own = self.runs.get(run).map(|r| &r.readings);
        own.into_iter().chain(self.past.get(run)).flat_map(Readings::iter).collect()
    }

    /// Reading of any metric for a run, where it has one.
    pub fn reading(&self, run: usize, id: &str) -> Option<Reading> {
        self.outcome(run, id)?.into_reading()
    }
}

/// One ISO week, Monday to Sunday.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Week {
    /// Monday.
    pub monday: Date,
    /// Runs of the week, as indices.
    pub runs: Vec<usize>,
    /// Distance run.
    pub distance_m: f64,
    /// Time run.
    pub duration_s: f64,
    /// Longest single run.
    pub longest_m: f64,
    /// Ascent and descent, where the altitude allows it for all hilly distance of the week.
    pub ascent_m: Option<f64>,
    /// See `ascent_m`.
    pub descent_m: Option<f64>,
    /// Distance by grade band, in the order of `metrics::hill_exposure::BANDS`; empty when unknown
    /// for every run of the week.
    pub grade_bands_m: Vec<f64>,
    /// Distance with a known grade, the base of `grade_bands_m`.
    pub graded_m: f64,
    /// Left and right, as far as it can be honestly known.
    pub camber: CamberWeek,
    /// Share of the week's steady running that was at or above the runner's own
    /// [`History::fast_from_m_s`]; `None` without steady running.
    pub fast_share: Option<f64>,
    /// Seconds of other sports; `None` where the inputs hold no other sport at all.
    pub other_sports_s: Option<f64>,
    /// Whether the week is complete (before today's week).
    pub complete: bool,
}

impl Week {
    /// Runs in the week.
    pub fn frequency(&self) -> usize {
        self.runs.len()
    }

    /// Mean time of a run; `None` in a week without runs.
    pub fn mean_duration_s(&self) -> Option<f64> {
        (!self.runs.is_empty()).then(|| self.duration_s / self.runs.len() as f64)
    }
}

/// Left and right in one week. Sides come from the runner's own word only; the ceiling and the
/// track stand on positions, which do show them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct CamberWeek {
    /// Distance with the left leg on the low side, where the runner states a side.
    pub left_low_m: Option<f64>,
    /// Distance with the right leg on the low side, where the runner states a side.
    pub right_low_m: Option<f64>,
    /// Distance in bends of a track run clockwise, where the left, outer foot is the low one.
    pub bends_left_low_m: f64,
    /// Distance in bends of a track run anticlockwise, where the right, outer foot is the low one.
    pub bends_right_low_m: f64,
    /// Distance that could have been on a slanted edge at all: outdoors, off the track.
    pub ceiling_m: f64,
    /// Seconds in bends of a track run anticlockwise: the right, outer foot is the low one.
    pub track_anticlockwise_s: f64,
    /// Seconds in bends of a track run clockwise: the left, outer foot is the low one.
    pub track_clockwise_s: f64,
}

/// One value a run of one metric, cut at device changes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Series {
    /// Metric identifier.
    pub metric: &'static str,
    /// Points in order.
    pub points: Points,
    /// One trend per epoch that has enough points.
    pub trends: Vec<Trend>,
    /// The same over the last 16 weeks of one epoch: what "changed" on a page is about.
    pub recent: Option<Trend>,
}

/// Sen's slope of a series within one epoch.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Trend {
    /// Epoch it belongs to.
    pub epoch: usize,
    /// Points it rests on.
    pub n: usize,
    /// Weeks that the points were put together in, where there were too many for a slope of all.
    pub weeks: Option<usize>,
    /// First and last day.
    pub span: (Date, Date),
    /// Unit per 30 days; `None` below 12 points.
    pub slope_per_30d: Option<f64>,
    /// 95 % interval under AR(1) inflation; `None` where it would not hold.
    pub interval_per_30d: Option<(f64, f64)>,
    /// Value of the line at the first and the last day.
    pub line: Option<(f64, f64)>,
    /// Lag-1 autocorrelation of the detrended values.
    pub autocorrelation: Option<f64>,
    /// The change over the span that this many runs would have shown.
    pub detectable_change: Option<f64>,
    /// How far a line through this runner's values usually moves by itself; `None` while unknown.
    pub usual_wander: Option<f64>,
    /// The smallest change worth a word, in the metric's unit; `None` where none is chosen.
    pub worthwhile: Option<f64>,
    /// What the interval and the wandering say.
    pub sureness: Sureness,
}

impl Trend {
    /// Days from the first to the last point.
    pub fn days(&self) -> f64 {
        f64::from((self.span.1 - self.span.0).get_days())
    }

    /// Change along the line over the span, in the metric's unit.
    pub fn change(&self) -> Option<f64> {
        self.line.map(|(first, last)| last - first)
    }

    /// 95 % interval of the change over the span.
    pub fn change_interval(&self) -> Option<(f64, f64)> {
        let months = self.days() / 30.0;
        self.interval_per_30d.map(|(low, high)| (low * months, high * months))
    }
}
