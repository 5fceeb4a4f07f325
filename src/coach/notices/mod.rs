//! What is worth a word about one athlete. One kind a file, one line in [`KINDS`].
//!
//! A notice says what changed, names the session that shows it, and carries how sure that is. Its
//! weight places it among an athlete's other notices and places the athlete in the list, on the
//! scale of the findings of the runner's own page; age and sureness are taken off in
//! [`super::order`].

mod balance;
mod cadence;
mod contact_time;
mod descent;
mod distance;
mod dropouts;
mod gap;
mod heart_rate;
mod new_device;
mod no_cadence;
pub(super) mod silence;
mod unread;

use jiff::civil::Date;

use super::athlete::Session;
use crate::activity::IssueKind;
use crate::findings::lately;
use crate::quantities::{Quantities, day_month};
use crate::report::Report;
use crate::trend::{self, History, Sureness, Trend};

/// What kind of thing happened, in the order of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// One run far beyond the athlete's last weeks.
    Spiked,
    /// Form at own pace moved over weeks.
    Drifted,
    /// The recordings changed or broke.
    Data,
}

impl Group {
    /// All, in order.
    pub const ALL: [Self; 3] = [Self::Spiked, Self::Drifted, Self::Data];

    /// For a reader.
    pub fn word(self) -> &'static str {
        match self {
            Self::Spiked => "Spiked",
            Self::Drifted => "Drifted",
            Self::Data => "Data",
        }
    }
}

/// A change as numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Size {
    /// The change.
    pub value: f64,
    /// 95 % interval, where there is one.
    pub interval: Option<(f64, f64)>,
    /// Unit as in JSON keys: `ratio`, `spm`, `ms`, `percent`, `runs`, `days`, `files`.
    pub unit: &'static str,
}

/// Something worth a word.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// Kind: the file's name.
    pub kind: &'static str,
    /// Group.
    pub group: Group,
    /// What is said before the session.
    pub before: String,
    /// The session that shows it; `None` where no single run does.
    pub session: Option<Session>,
    /// What is said after it, without the full stop.
    pub after: String,
    /// The last day on which it was news; `None` where the files do not say.
    pub day: Option<Date>,
    /// The day on which it became news, where that is an earlier one.
    pub began: Option<Date>,
    /// How sure; `None` for what is counted and not estimated.
    pub sureness: Option<Sureness>,
    /// The change as numbers.
    pub size: Option<Size>,
    /// Attention before age and sureness are taken off.
    pub weight: f64,
}

impl Notice {
    /// The sentence with its session in words.
    pub fn sentence(&self, said: Quantities) -> String {
        let session = self.session.as_ref().map(|s| s.words(said)).unwrap_or_default();
        format!("{}{session}{}{}", self.before, self.after, self.end())
    }

    /// The day on which it became news, where the files say.
    pub fn became_news(&self) -> Option<Date> {
        self.began.or(self.day)
    }

    /// What closes the sentence, after a word on how sure it is.
    pub fn end(&self) -> &'static str {
        if self.after.ends_with('?') { "" } else { "." }
    }

    /// The kind it is of.
    pub fn of_kind(&self) -> Option<&'static Kind> {
        KINDS.iter().chain([&silence::KIND]).find(|kind| kind.id == self.kind)
    }
}

/// What a kind looks at.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'a> {
    /// The athlete's report.
    pub report: &'a Report,
    /// The coach's units.
    pub said: Quantities,
}

impl<'a> Seen<'a> {
    pub(super) fn history(&self) -> &'a History {
        &self.report.history
    }

    /// Runs of the last four weeks, and those of them that something is true of.
    fn lately(&self, is: impl Fn(usize) -> bool) -> (usize, Vec<usize>) {
        let lately = lately::runs(self.history(), lately::LATELY_DAYS);
        (lately.len(), lately.into_iter().filter(|run| is(*run)).collect())
    }

    /// A notice that something was found in at least so many runs of the last four weeks, with the
    /// last of them.
    fn in_runs(&self, found: IssueKind, fewest: usize, says: &str, notice: Notice) -> Vec<Notice> {
        let history = self.history();
        let (all, touched) = self.lately(|run| {
            let run = history.runs.get(run);
            run.is_some_and(|run| run.issues.iter().any(|i| i.kind == found))
        });
        let last = touched.last().filter(|_| touched.len() >= fewest);
        let session = last.and_then(|run| Session::of(history, *run));
        let told = session.map(|session| Notice {
            before: format!(
                "{says} in {} of {all} runs of four weeks: {}",
                touched.len(),
                earlier(history, &touched)
            ),
            day: Some(session.day),
            session: Some(session),
            size: Some(Size { value: touched.len() as f64, interval: None, unit: "runs" }),
            ..notice
        });
        told.into_iter().collect()
    }
}

/// Days named of runs that share a fault; of more only the last are. **chosen**
const DAYS_NAMED: usize = 4;

/// Days of all runs but the last, which the session tells: `10 May, 22 May and `.
fn earlier(history: &History, runs: &[usize]) -> String {
    let before = runs.split_last().map(|(_, before)| before).unwrap_or_default();
    let named = before.len().min(DAYS_NAMED - 1);
    let shown = before.get(before.len() - named..).unwrap_or_default();
    let days: Vec<String> =
        shown.iter().filter_map(|run| history.days.get(*run)).map(|d| day_month(*d)).collect();
    match days.as_slice() {
        [] => String::new(),
        days if named < before.len() => format!("lately {} and ", days.join(", ")),
        days => format!("{} and ", days.join(", ")),
    }
}

/// A kind of notice.
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    /// Identifier: the file's name.
    pub id: &'static str,
    /// Group.
    pub group: Group,
    /// Days for which it is news.
    pub news_days: i32,
    /// One sentence: when it speaks.
    pub speaks_when: &'static str,
    /// The notices of one athlete.
    pub notices: fn(&Seen<'_>) -> Vec<Notice>,
}

impl Kind {
    fn notice(&self, weight: f64) -> Notice {
        Notice {
            kind: self.id,
            group: self.group,
            before: String::new(),
            session: None,
            after: String::new(),
            day: None,
            began: None,
            sureness: None,
            size: None,
            weight,
        }
    }
}

/// All kinds that one athlete's files alone can show, in the order of a row.
pub const KINDS: &[Kind] = &[
    distance::KIND,
    descent::KIND,
    cadence::KIND,
    contact_time::KIND,
    balance::KIND,
    new_device::KIND,
    no_cadence::KIND,
    dropouts::KIND,
    heart_rate::KIND,
    unread::KIND,
    gap::KIND,
];

/// The recent trend of a metric with a watch still in use, where the change is clear, or likely
/// and of a size worth a word; and the last run that it rests on.
fn told_trend<'a>(seen: &Seen<'a>, metric: &str) -> Option<(&'a Trend, usize)> {
    let history = seen.history();
    let series = history.series_of(metric)?;
    let trend = series.recent.as_ref().filter(|t| lately::is_current(history, t))?;
    let mine = series.points.iter().filter(|p| p.trended && p.epoch == trend.epoch).last()?;
    is_worth_a_word(trend).then_some((trend, mine.run))
}

fn is_worth_a_word(trend: &Trend) -> bool {
    let Some(change) = trend.change() else { return false };
    match trend.sureness {
        Sureness::Clear => true,
        Sureness::Likely => trend.worthwhile.is_none_or(|least| change.abs() >= least),
        Sureness::CannotTell => false,
    }
}

/// Since when a trend has been told: the first run of the last four weeks after which it stood, in
/// the same direction, on every day with a run.
fn told_since(history: &History, metric: &str, trend: &Trend) -> Option<Date> {
    let same = |day: &Date| {
        let then = trend::recent_on(history, metric, *day).filter(|t| t.epoch == trend.epoch);
        let rises = |t: &Trend| t.change().map(|c| c > 0.0);
        then.is_some_and(|then| is_worth_a_word(&then) && rises(&then) == rises(trend))
    };
    let days = lately::runs(history, lately::LATELY_DAYS).into_iter().rev();
    days.filter_map(|run| history.days.get(run).copied()).take_while(same).last()
}
