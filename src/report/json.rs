//! The whole report as one JSON object, SI units in the keys, the same bytes for the same input.

use std::collections::BTreeMap;
use std::io::Write;

use serde::Serialize;
use serde::ser::{SerializeSeq, Serializer};

mod stated;

use super::notes::NotesRead;
use super::{Fate, Input, Report, WriteError, attempt, figures};
use crate::Analysis;
use crate::activity::{
    AltitudeSource, DeviceEpoch, DeviceSummary, Issue, IssueKind, Origin, Severity, Shared, Span,
    Sport, SubSport,
};
use crate::before::Before;
use crate::findings::{Finding, Headline};
use crate::journal::{Noted, PainNote};
use crate::metrics::vendor::VendorReading;
use crate::metrics::{Evidence, METRICS, Metric, Outcome, Part, Unavailable};
use crate::segment::Dynamics;
use crate::trend::{
    Attempt, CadenceModel, Ceiling, Corridor, Epoch, Gap, GradeCheck, History, Load, OtherDay,
    Series, Shoes, Surfaces, Week,
};
use stated::StatedSettings;

/// Version of the object's shape; raised when a key changes its meaning or goes away.
pub const SCHEMA_VERSION: u32 = 1;

/// The report as JSON, indented, with a line break at the end.
///
/// # Errors
/// When the report cannot be serialised, which would be a fault of ours, or not be written.
pub fn write(report: &Report, out: &mut dyn Write) -> Result<(), WriteError> {
    figures::write_pretty_json(&Document::new(report), out)?;
    Ok(out.write_all(b"\n")?)
}

#[derive(Serialize)]
struct Document<'a> {
    schema_version: u32,
    tool: Tool,
    settings: StatedSettings<'a>,
    headline: &'a Headline,
    today: Option<jiff::civil::Date>,
    day_rule: &'a str,
    inputs: Inputs<'a>,
    passed_over: &'a BTreeMap<String, usize>,
    runs: Runs<'a>,
    epochs: &'a [Epoch],
    grade_checks: &'a [GradeCheck],
    cadence_models: &'a [CadenceModel],
    personal_corridor: Option<Corridor>,
    one_thing_to_try: Option<Attempt>,
    weeks: &'a [Week],
    shoes: &'a Shoes,
    surfaces: &'a Surfaces,
    notes: &'a NotesRead,
    pain: &'a [PainNote],
    load: &'a Option<Load>,
    ceiling: Option<Ceiling>,
    gaps: &'a [Gap],
    other_sports: &'a [OtherDay],
    before: &'a Option<Before>,
    trends: &'a [Series],
    findings: &'a [Finding],
    issues: Vec<IssueGroup<'a>>,
}

impl<'a> Document<'a> {
    fn new(report: &'a Report) -> Self {
        let history = &report.history;
        Self {
            schema_version: SCHEMA_VERSION,
            tool: Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") },
            settings: StatedSettings::new(report),
            headline: &report.headline,
            today: history.today,
            day_rule: &history.day_rule,
            inputs: Inputs(report),
            passed_over: &report.passed_over,
            runs: Runs(report),
            epochs: &history.epochs,
            grade_checks: &history.grade_checks,
            cadence_models: &history.models,
            personal_corridor: history.corridor(&report.settings.rules),
            one_thing_to_try: attempt::stands(report).then(|| attempt::attempt(report)).flatten(),
            weeks: &history.weeks,
            shoes: &history.shoes,
            surfaces: &history.surfaces,
            notes: &report.notes,
            pain: &history.pain,
            load: &history.load,
            ceiling: history.ceiling,
            gaps: &history.gaps,
            other_sports: &history.other_sports,
            before: &report.before,
            trends: &history.series,
            findings: &report.findings,
            issues: group_issues(report),
        }
    }
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

/// The inputs, one at a time.
struct Inputs<'a>(&'a Report);

impl Serialize for Inputs<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.inputs.iter().map(|input| InputRow::new(input, self.0)))
    }
}

#[derive(Serialize)]
struct InputRow<'a> {
    file: &'a str,
    bytes: usize,
    blake3: &'a str,
    format: Option<&'static str>,
    parts: Vec<FateRow<'a>>,
}

impl<'a> InputRow<'a> {
    fn new(input: &'a Input, report: &'a Report) -> Self {
        Self {
            file: &input.file,
            bytes: input.bytes,
            blake3: &input.hash,
            format: input.format,
            parts: input.fates.iter().map(|f| FateRow::new(f, report)).collect(),
        }
    }
}

#[derive(Serialize)]
#[serde(tag = "fate", rename_all = "snake_case")]
enum FateRow<'a> {
    Run { run: Option<String> },
    Earlier,
    OtherSport { sport: &'a str, start_utc: Option<jiff::Timestamp>, duration_s: f64 },
    NotAnActivity { what: &'a str },
    Duplicate { of: &'a str },
    Skipped { reason: &'a str, issues: &'a [Issue] },
}

impl<'a> FateRow<'a> {
    fn new(fate: &'a Fate, report: &'a Report) -> Self {
        match fate {
            Fate::Run { run } => Self::Run { run: report.history.runs.get(*run).map(run_id) },
            Fate::Earlier => Self::Earlier,
            Fate::OtherSport { sport, start_ms, duration_s } => Self::OtherSport {
                sport,
                start_utc: start_ms.and_then(|ms| jiff::Timestamp::from_millisecond(ms).ok()),
                duration_s: *duration_s,
            },
            Fate::NotAnActivity { what } => Self::NotAnActivity { what },
            Fate::Duplicate { of } => Self::Duplicate { of },
            Fate::Skipped { reason, issues } => Self::Skipped { reason, issues },
        }
    }
}

/// Identifier of a run within one report: the file, and from its second activity on which of
/// those in it, counted from 1 as everywhere a user sees them.
pub fn run_id(run: &Analysis) -> String {
    match run.meta.part {
        0 => run.meta.file.clone(),
        part => format!("{}#{}", run.meta.file, part + 1),
    }
}

/// The runs, unpacked one at a time.
struct Runs<'a>(&'a Report);

impl Serialize for Runs<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let history = &self.0.history;
        let mut rows = serializer.serialize_seq(Some(history.runs.len()))?;
        for (index, run) in history.runs.iter().enumerate() {
            let outcomes = history.outcomes(index);
            rows.serialize_element(&RunRow::new(history, index, run, &outcomes))?;
        }
        rows.end()
    }
}

#[derive(Serialize)]
struct RunRow<'a> {
    id: String,
    file: &'a str,
    part: usize,
    format: &'static str,
    title: Option<&'a str>,
    sport: &'a Sport,
    sub_sport: &'a SubSport,
    start_utc: jiff::Timestamp,
    day: Option<jiff::civil::Date>,
    device: String,
    firmware: Option<&'a str>,
    epoch: &'a DeviceEpoch,
    altitude_source: AltitudeSource,
    indoor: bool,
    whole_stride_cadence: bool,
    dynamics: Dynamics,
    notes: &'a Noted,
    readings: Vec<ReadingRow<'a>>,
    vendor: &'a [VendorReading],
    device_summary: &'a DeviceSummary,
    issues: &'a [Shared<Issue>],
    doubtful: &'a [Span],
}

impl<'a> RunRow<'a> {
    fn new(
        history: &History,
        index: usize,
        run: &'a Analysis,
        outcomes: &'a [(&'static str, Outcome)],
    ) -> Self {
        let meta = &run.meta;
        let of = |metric: &Metric| outcomes.iter().find(|(id, _)| *id == metric.id);
        let readings = METRICS.iter().filter_map(|m| Some(ReadingRow::new(m, &of(m)?.1)));
        Self {
            id: run_id(run),
            file: &meta.file,
            part: meta.part + 1,
            format: meta.format,
            title: meta.title.as_deref(),
            sport: &meta.sport,
            sub_sport: &meta.sub_sport,
            start_utc: meta.start,
            day: history.days.get(index).copied(),
            device: meta.device.label(),
            firmware: meta.device.firmware.as_deref(),
            epoch: &meta.epoch,
            altitude_source: meta.altitude_source,
            indoor: meta.indoor,
            whole_stride_cadence: meta.whole_stride_cadence,
            dynamics: run.dynamics,
            notes: run.noted.as_ref(),
            readings: readings.collect(),
            vendor: &run.vendor,
            device_summary: &run.summary,
            issues: &run.issues,
            doubtful: &run.doubtful,
        }
    }
}

#[derive(Serialize)]
#[serde(untagged)]
enum ReadingRow<'a> {
    Value {
        id: &'static str,
        value: Option<f64>,
        unit: &'static str,
        low: Option<f64>,
        high: Option<f64>,
        n: Option<f64>,
        n_unit: &'static str,
        coverage: Option<f64>,
        origin: &'a Origin,
        evidence: Evidence,
        parts: &'a [Part],
        caveats: &'a [String],
    },
    Missing {
        id: &'static str,
        unavailable: &'a Unavailable,
    },
}

impl<'a> ReadingRow<'a> {
    fn new(metric: &Metric, outcome: &'a Outcome) -> Self {
        match outcome {
            Outcome::Unavailable(unavailable) => Self::Missing { id: metric.id, unavailable },
            Outcome::Reading(r) => Self::Value {
                id: metric.id,
                value: finite(r.value),
                unit: metric.unit.shown,
                low: r.interval.and_then(|i| finite(i.0)),
                high: r.interval.and_then(|i| finite(i.1)),
                n: finite(r.n),
                n_unit: r.n_unit,
                coverage: finite(r.coverage),
                origin: &r.origin,
                evidence: metric.evidence,
                parts: &r.parts,
                caveats: &r.caveats,
            },
        }
    }
}

fn finite(value: f64) -> Option<f64> {
    value.is_finite().then_some(value)
}

/// The same issue in many runs is one line with its runs.
#[derive(Serialize)]
struct IssueGroup<'a> {
    kind: IssueKind,
    severity: Severity,
    runs: usize,
    count: usize,
    example: &'a str,
    remedy: Option<&'a str>,
}

fn group_issues(report: &Report) -> Vec<IssueGroup<'_>> {
    let mut groups: BTreeMap<(Severity, IssueKind), IssueGroup<'_>> = BTreeMap::new();
    for run in &report.history.runs {
        let mut seen = Vec::new();
        for issue in &run.issues {
            let key = (issue.severity, issue.kind);
            let group = groups.entry(key).or_insert(IssueGroup {
                kind: issue.kind,
                severity: issue.severity,
                runs: 0,
                count: 0,
                example: &issue.message,
                remedy: issue.remedy.as_deref(),
            });
            group.count += issue.count;
            if !seen.contains(&key) {
                group.runs += 1;
                seen.push(key);
            }
        }
    }
    groups.into_values().rev().collect()
}
