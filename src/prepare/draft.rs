//! The state between a recording and an activity.

use std::collections::BTreeSet;

use crate::activity::{
    Activity, ActivityMeta, AltitudeSource, Channel, Channels, Clock, DeviceEpoch, DeviceSummary,
    Issue, Origin, Span, Sport,
};
use crate::read::{CadenceConvention, Field, RawColumn, Recording};
use crate::settings::Settings;
use crate::units::Quantity;

use super::{LearntUnits, NotPrepared};

/// What every step may look at and none may change.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// What the file said.
    pub recording: &'a Recording,
    /// What the user stated.
    pub settings: &'a Settings,
    /// What the creator's other files taught.
    pub learnt: &'a LearntUnits,
}

/// Cadence as stored, chosen among the sensors, its unit not yet decided.
#[derive(Clone, Debug)]
pub(super) struct RawCadence {
    /// As stored, per minute, one value a tick; not finite where absent.
    pub values: Vec<f64>,
    /// What the format or the field's unit fixes about it.
    pub convention: CadenceConvention,
    /// Whether it holds whole numbers only.
    pub whole_numbers: bool,
    /// Who spoke.
    pub origin: Origin,
}

/// A column with less than this share of the values of the fullest one of its meaning is asked
/// last. **chosen**: so that a field written once does not silence one written throughout.
const COVERING_SHARE: f64 = 0.9;

/// A recording on its way to an activity.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Unix milliseconds of each record; all there and strictly increasing once repaired.
    pub(super) times_ms: Vec<Option<i64>>,
    /// All columns as read, each of `times_ms`'s length.
    pub(super) columns: Vec<RawColumn>,
    /// First record after each break between tracks or segments.
    pub(super) breaks: Vec<usize>,
    /// Seconds since the first record.
    pub(super) seconds: Vec<f64>,
    /// Unix milliseconds of the first record.
    pub(super) start_ms: i64,
    /// Ticks and the seconds each speaks for, once the pauses are known.
    pub(super) clock: Option<Clock>,
    /// Channels chosen so far.
    pub(super) channels: Channels,
    /// Cadence chosen but not yet in steps.
    pub(super) cadence: Option<RawCadence>,
    /// Indices of the columns that became channels, to tell the others apart.
    pub(super) chosen: BTreeSet<usize>,
    /// The device's own summary, its cadence in steps once the unit is decided.
    pub(super) summary: DeviceSummary,
    /// What one count of the summary's cadence is.
    pub(super) summary_cadence: CadenceConvention,
    /// Sport, as stated or judged.
    pub(super) sport: Sport,
    /// Whether the format also holds routes that nobody has run yet.
    pub(super) planned: bool,
    /// Whether the run was indoors.
    pub(super) indoor: bool,
    /// Where the altitude comes from.
    pub(super) altitude_source: AltitudeSource,
    /// Whether cadence is stored as truncated whole strides.
    pub(super) whole_stride_cadence: bool,
    /// What must not change within a trend.
    pub(super) epoch: DeviceEpoch,
    /// Stretches marked as doubtful.
    pub(super) doubtful: Vec<Span>,
    /// What was said so far.
    pub(super) issues: Vec<Issue>,
}

impl Draft {
    /// The draft of an untouched recording; the reader's issues come first.
    pub fn new(recording: &Recording) -> Self {
        Self {
            times_ms: recording.times_ms.clone(),
            columns: recording.columns.clone(),
            breaks: recording.breaks.clone(),
            seconds: Vec::new(),
            start_ms: 0,
            clock: None,
            channels: Channels::default(),
            cadence: None,
            chosen: BTreeSet::new(),
            summary: recording.summary.clone(),
            summary_cadence: recording.summary_cadence,
            sport: recording.sport.clone(),
            planned: recording.format != "FIT",
            indoor: recording.sub_sport.is_indoor(),
            altitude_source: AltitudeSource::None,
            whole_stride_cadence: false,
            epoch: DeviceEpoch::default(),
            doubtful: Vec::new(),
            issues: recording.issues.clone(),
        }
    }

    /// Keeps what a step had to say; what was said already is not said again.
    pub fn note(&mut self, issues: Vec<Issue>) {
        for issue in issues {
            if !self.issues.contains(&issue) {
                self.issues.push(issue);
            }
        }
    }

    /// Marks ticks as doubtful, once.
    pub(super) fn doubt(&mut self, span: Span) {
        if !self.doubtful.contains(&span) {
            self.doubtful.push(span);
        }
    }

    /// Number of ticks.
    pub(super) fn len(&self) -> usize {
        self.times_ms.len()
    }

    /// Seconds a tick speaks for in totals; 0 before the pauses are known.
    pub(super) fn weight_s(&self, i: usize) -> f64 {
        self.clock.as_ref().map_or(0.0, |clock| clock.total_weight_s(i))
    }

    /// Speed at a tick in m/s.
    pub(super) fn speed_m_s(&self, i: usize) -> Option<f64> {
        self.channels.speed.as_ref()?.get(i).map(Quantity::value)
    }

    /// Indices of the columns of this meaning that hold values: those that cover the run before
    /// those that hardly speak, the finer one of two names (`enhanced_`, `RunCadence`) before the
    /// plain one, else in file order.
    pub(super) fn candidates(&self, field: Field) -> Vec<usize> {
        let of = || self.columns.iter().enumerate().filter(|(_, c)| c.field == field);
        let mut alone = of();
        match (alone.next(), alone.next()) {
            (None, _) => return Vec::new(),
            (Some((i, c)), None) => return c.values.any().then_some(i).into_iter().collect(),
            _ => {}
        }
        let counted: Vec<_> = of().map(|(i, c)| (i, c, c.values.present())).collect();
        let best = counted.iter().map(|(_, _, present)| *present).max().unwrap_or_default();
        let mut found: Vec<(bool, bool, usize)> = counted
            .into_iter()
            .filter(|(_, _, present)| *present > 0)
            .map(|(i, c, present)| {
                ((present as f64) < COVERING_SHARE * best as f64, !is_finer(&c.name), i)
            })
            .collect();
        found.sort_unstable();
        found.into_iter().map(|(_, _, i)| i).collect()
    }

    /// Checks the invariants, once: times finite and strictly increasing, every channel of the
    /// clock's length, values finite (a channel cannot hold others), cadence in steps (its type).
    ///
    /// # Errors
    /// When an invariant does not hold; then there is nothing that could be measured truly.
    pub fn finish(self, context: &Context<'_>) -> Result<Activity, NotPrepared> {
        let empty = |reason: String, issues: Vec<Issue>| NotPrepared::Empty { reason, issues };
        let Some(clock) = self.clock else {
            return Err(empty("the records carry no usable times".to_owned(), self.issues));
        };
        if clock.len() < 2 {
            return Err(empty("fewer than two records with a time".to_owned(), self.issues));
        }
        if let Some(name) = wrong_length(&self.channels, clock.len()) {
            let reason = format!("the {name} column does not fit the clock");
            return Err(empty(reason, self.issues));
        }
        let Ok(start) = jiff::Timestamp::from_millisecond(self.start_ms) else {
            return Err(empty("the start lies outside the calendar".to_owned(), self.issues));
        };
        let recording = context.recording;
        let laps = laps(recording, self.start_ms, clock.times_s());
        let meta = ActivityMeta {
            file: String::new(),
            part: recording.part,
            format: recording.format,
            sport: self.sport,
            sub_sport: recording.sub_sport.clone(),
            title: recording.title.clone(),
            device: super::epoch::named(&recording.device).into(),
            epoch: self.epoch.into(),
            start,
            utc_offset_s: recording.utc_offset_s,
            altitude_source: self.altitude_source,
            whole_stride_cadence: self.whole_stride_cadence,
            indoor: self.indoor,
            runner_hint: recording.runner.clone().into(),
        };
        let mut doubtful = self.doubtful;
        doubtful.sort_by_key(|span| (span.start, span.end));
        Ok(Activity {
            meta,
            clock,
            channels: self.channels,
            summary: self.summary,
            laps,
            doubtful,
            issues: self.issues,
        })
    }
}

/// Whether a field's name marks it as the better of two of the same device.
fn is_finer(name: &str) -> bool {
    name.starts_with("enhanced_") || name.ends_with("RunCadence")
}

/// Laps as index ranges: from the first tick at or after the start to the first at or after the
/// end.
fn laps(recording: &Recording, start_ms: i64, times_s: &[f64]) -> Vec<Span> {
    let index = |ms: i64| {
        let second = ms.saturating_sub(start_ms) as f64 / 1000.0;
        times_s.partition_point(|t| *t < second)
    };
    let spans = recording.laps_ms.iter().map(|(begin, end)| Span {
        start: index(*begin),
        end: index(*end),
        reason: "lap",
    });
    spans.filter(|span| span.end > span.start).collect()
}

/// Name of a channel whose length is not the clock's.
fn wrong_length(channels: &Channels, ticks: usize) -> Option<&'static str> {
    fn off<Q: Quantity>(channel: Option<&Channel<Q>>, ticks: usize) -> bool {
        channel.is_some_and(|c| c.len() != ticks)
    }
    let c = channels;
    let table = [
        ("latitude", off(c.latitude.as_ref(), ticks)),
        ("longitude", off(c.longitude.as_ref(), ticks)),
        ("altitude", off(c.altitude.as_ref(), ticks)),
        ("distance", off(c.distance.as_ref(), ticks)),
        ("speed", off(c.speed.as_ref(), ticks)),
        ("step rate", off(c.step_rate.as_ref(), ticks)),
        ("heart rate", off(c.heart_rate.as_ref(), ticks)),
        ("power", off(c.power.as_ref(), ticks)),
        ("contact time", off(c.ground_contact_time.as_ref(), ticks)),
        ("stance percent", off(c.stance_percent.as_ref(), ticks)),
        ("contact balance", off(c.contact_balance_left.as_ref(), ticks)),
        ("vertical oscillation", off(c.vertical_oscillation.as_ref(), ticks)),
        ("vertical ratio", off(c.vertical_ratio.as_ref(), ticks)),
        ("step length", off(c.step_length.as_ref(), ticks)),
        ("vendor", c.vendor.iter().any(|v| v.values.len() != ticks)),
    ];
    table.into_iter().find(|(_, wrong)| *wrong).map(|(name, _)| name)
}
