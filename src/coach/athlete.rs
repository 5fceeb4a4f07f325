//! One athlete, distilled from a report: what a row needs, and nothing that a row does not show.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::fault::Fault;
use super::notices::{KINDS, Notice, Seen};
use crate::findings::lately;
use crate::findings::{Answer, say};
use crate::journal::PainNote;
use crate::quantities::{Quantities, day_month};
use crate::report::html::runs::row_id;
use crate::report::{Report, terminal};
use crate::settings::Rules;
use crate::stats::median;
use crate::trend::{History, RECENT_DAYS, Sureness, facts};

/// Days of the cadence picture: those of the trend that the row's words tell.
pub const CADENCE_DAYS: i32 = RECENT_DAYS;
/// Days of the picture of single runs: four weeks. Source: `page`, the coach's page.
pub const RUN_DAYS: i32 = lately::LATELY_DAYS;

/// Whose row it is, and where more stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Who {
    /// Name for a reader: by the athlete's profile, else the folder's. Untrusted.
    pub name: String,
    /// Name of the folder or archive, as it lies in the squad's folder. Untrusted.
    pub folder: String,
    /// Name for links and files, unique in the squad: see [`super::Slugs`].
    pub id: String,
    /// Address of the athlete's own page, relative to the coach's; `None` where none is written.
    pub page: Option<String>,
}

/// A run as a reader is told of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Session {
    /// The day.
    pub day: Date,
    /// How far, where known.
    pub distance_m: Option<f64>,
    /// Which run of the athlete's history.
    pub run: usize,
}

impl Session {
    /// A run of a history.
    pub fn of(history: &History, run: usize) -> Option<Self> {
        let day = *history.days.get(run)?;
        let distance_m = history.runs.get(run).and_then(facts::distance_m);
        Some(Self { day, distance_m, run })
    }

    /// Distance and day: `22.4 km on 31 May`.
    pub fn words(&self, said: Quantities) -> String {
        let day = day_month(self.day);
        match self.distance_m {
            Some(metres) => format!("{} on {day}", said.distance(metres)),
            None => format!("the run on {day}"),
        }
    }
}

/// A run of the last weeks.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// Which.
    pub session: Session,
    /// Longest run of the 30 days before, where there were enough to compare.
    pub longest_before_m: Option<f64>,
    /// Whether it stands out over that.
    pub jumped: bool,
    /// Step rate at the athlete's own pace, less their own usual with the same watch, spm.
    pub from_usual_spm: Option<f64>,
    /// Whether another watch than in the run before recorded it.
    pub new_device: bool,
    /// What is wrong with its recording.
    pub faults: Vec<Fault>,
}

/// The line of the recent trend of cadence at own pace, as a difference to the athlete's usual.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Drift {
    /// First and last day.
    pub span: (Date, Date),
    /// Where the line begins and ends, spm from usual.
    pub line: (f64, f64),
    /// 95 % interval of its slope, spm a day, where there is one.
    pub slopes: Option<(f64, f64)>,
    /// How sure.
    pub sureness: Sureness,
}

/// One athlete.
#[derive(Clone, Debug)]
pub struct Athlete {
    /// Whose row it is.
    pub who: Who,
    /// Files that were opened.
    pub files: usize,
    /// Why there is no history; `None` where there is one.
    pub problem: Option<String>,
    /// Days without a run that ask whether files are missing, by the athlete's profile.
    pub gap_days: f64,
    /// Days of all runs, in order.
    pub days: Vec<Date>,
    /// The last run.
    pub last: Option<Session>,
    /// Runs of the last sixteen weeks, in order.
    pub runs: Vec<Run>,
    /// Line of the recent trend of cadence at own pace.
    pub drift: Option<Drift>,
    /// Whether cadence at own pace changed, or why that cannot be told.
    pub cadence: (Answer, &'static str),
    /// What is worth a word, in no order.
    pub notices: Vec<Notice>,
    /// Notes on pain as written, in order of their days; nothing is computed from them.
    pub pain: Vec<PainNote>,
    /// Addresses of the pages of single runs, relative to the coach's page.
    pub run_pages: BTreeMap<usize, String>,
}

impl Athlete {
    /// What a row needs of a report.
    pub fn of(report: &Report, who: Who, said: Quantities) -> Self {
        let history = &report.history;
        if history.runs.is_empty() {
            return Self::without(who, report.inputs.len(), no_runs(report));
        }
        let seen = Seen { report, said };
        let last = history.runs.len().checked_sub(1);
        let usual = usual_by_epoch(history);
        Self {
            who,
            files: report.inputs.len(),
            problem: None,
            gap_days: history.rules.gap_days,
            last: last.and_then(|run| Session::of(history, run)),
            runs: runs(history, &usual),
            drift: drift(history, &usual),
            cadence: cadence(history),
            notices: KINDS.iter().flat_map(|kind| (kind.notices)(&seen)).collect(),
            pain: history.pain.iter().filter(|note| !note.says_none()).cloned().collect(),
            days: history.days.clone(),
            run_pages: BTreeMap::new(),
        }
    }

    /// Whether something that should have been read gave nothing.
    pub fn is_incomplete(&self) -> bool {
        self.problem.is_some() || self.notices.iter().any(|notice| notice.kind == "unread")
    }

    /// Runs that put the athlete on the list.
    pub fn named_runs(&self) -> BTreeSet<usize> {
        let sessions = self.notices.iter().flat_map(|n| n.earlier.iter().chain(&n.session));
        sessions.map(|session| session.run).collect()
    }

    /// Where a session opens: its own page, else its row in the athlete's.
    pub fn link(&self, session: &Session) -> Option<String> {
        let row = || Some(format!("{}#{}", self.who.page.as_ref()?, row_id(session.run)));
        self.run_pages.get(&session.run).cloned().or_else(row)
    }

    /// Address of a chart in the athlete's page.
    pub fn chart(&self, id: &str) -> Option<String> {
        self.who.page.as_ref().map(|page| format!("{page}#{id}"))
    }

    /// An athlete of whom nothing can be told.
    pub fn without(who: Who, files: usize, problem: String) -> Self {
        Self {
            who,
            files,
            problem: Some(problem),
            gap_days: Rules::default().gap_days,
            days: Vec::new(),
            last: None,
            runs: Vec::new(),
            drift: None,
            cadence: (Answer::CannotTell, NO_RUNS),
            notices: Vec::new(),
            pain: Vec::new(),
            run_pages: BTreeMap::new(),
        }
    }
}

const NO_RUNS: &str = "no runs";

/// Why there is no run among the files, in the words of the report on them.
fn no_runs(report: &Report) -> String {
    match terminal::set_aside(report).as_slice() {
        [] => "There is no FIT, GPX or TCX file.".to_owned(),
        lines => format!(
            "No runs. {}.",
            lines.iter().map(|l| say::sentence(l)).collect::<Vec<_>>().join(". ")
        ),
    }
}

/// Median of cadence at own pace in the last sixteen weeks, for each watch: two watches differ by
/// amounts that say nothing of the athlete.
fn usual_by_epoch(history: &History) -> Vec<Option<f64>> {
    let lately = lately::runs(history, CADENCE_DAYS);
    let series = history.series_of("adjusted_cadence");
    let of_epoch = |epoch: usize| {
        let points = series.iter().flat_map(|s| &s.points);
        let own = points.filter(|p| p.trended && p.epoch == epoch && lately.contains(&p.run));
        median(&own.map(|p| p.value).collect::<Vec<_>>())
    };
    (0..history.epochs.len()).map(of_epoch).collect()
}

fn runs(history: &History, usual: &[Option<f64>]) -> Vec<Run> {
    let jumps = crate::findings::distance_jumps(history);
    let points = history.series_of("adjusted_cadence").into_iter().flat_map(|s| &s.points);
    let cadence: BTreeMap<usize, f64> =
        points.filter(|p| p.trended).map(|p| (p.run, p.value)).collect();
    let run = |run: usize| {
        let epoch = *history.epoch_of.get(run)?;
        let before = run.checked_sub(1).and_then(|before| history.epoch_of.get(before));
        let from_usual_spm = cadence.get(&run).and_then(|spm| Some(spm - (*usual.get(epoch)?)?));
        let spike = history.reading(run, "single_run_spike");
        Some(Run {
            session: Session::of(history, run)?,
            longest_before_m: spike.and_then(|r| r.get("longest_before_m")),
            jumped: jumps.iter().any(|jump| jump.run == run),
            from_usual_spm,
            new_device: before.is_some_and(|before| *before != epoch),
            faults: history.runs.get(run).map(Fault::of).unwrap_or_default(),
        })
    };
    lately::runs(history, CADENCE_DAYS).into_iter().filter_map(run).collect()
}

fn drift(history: &History, usual: &[Option<f64>]) -> Option<Drift> {
    let trend = lately::cadence_trend(history).filter(|t| lately::is_current(history, t))?;
    let usual = (*usual.get(trend.epoch)?)?;
    let (first, last) = trend.line?;
    Some(Drift {
        span: trend.span,
        line: (first - usual, last - usual),
        slopes: trend.interval_per_30d.map(|(low, high)| (low / 30.0, high / 30.0)),
        sureness: trend.sureness,
    })
}

/// Whether cadence at own pace changed, in words for a quiet row.
fn cadence(history: &History) -> (Answer, &'static str) {
    let current = lately::cadence_trend(history).filter(|t| lately::is_current(history, t));
    let any = || history.runs.iter().any(|run| run.value("step_rate").is_some());
    match current.map(lately::answer) {
        Some(Answer::Changed) => (Answer::Changed, "changed"),
        Some(Answer::Unchanged) => (Answer::Unchanged, "unchanged"),
        Some(Answer::CannotTell) => (Answer::CannotTell, "can't tell yet"),
        None if any() => (Answer::CannotTell, "too few runs with one watch to tell"),
        None => (Answer::CannotTell, "not recorded"),
    }
}
