//! What is worth a word about one athlete. One kind a file, one line in [`KINDS`].
//!
//! A notice says what changed, names the session that shows it, and carries how sure that is. Its
//! group is its step in the list: see [`super::order`].

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
mod pain;
pub(super) mod silence;
mod unread;

use jiff::civil::Date;

use super::athlete::Session;
use crate::findings::lately;
use crate::quantities::{Quantities, day_month};
use crate::report::Report;
use crate::trend::{self, History, Sureness, Trend};

/// What kind of thing happened. The order is that of the list: first what a coach would act on
/// today, last what is only worth knowing. **chosen**
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// One run far beyond the athlete's last weeks.
    Spiked,
    /// Pain was noted.
    Pain,
    /// Form at own pace moved over weeks.
    Drifted,
    /// No run up to today.
    Silent,
    /// Faults and gaps in the recordings, with which numbers cannot be trusted.
    Data,
    /// Another watch or sensor, with which trends begin anew.
    Watch,
}

impl Group {
    /// All, in order.
    pub const ALL: [Self; 6] =
        [Self::Spiked, Self::Pain, Self::Drifted, Self::Silent, Self::Data, Self::Watch];

    /// Step of the list, from 1.
    pub fn step(self) -> usize {
        Self::ALL.iter().take_while(|group| **group != self).count() + 1
    }

    /// For a reader.
    pub fn word(self) -> &'static str {
        match self {
            Self::Spiked => "Spiked",
            Self::Pain => "Noted pain",
            Self::Drifted => "Drifted",
            Self::Silent => "No run lately",
            Self::Data => "Data",
            Self::Watch => "New watch",
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
    /// What is said before the sessions.
    pub before: String,
    /// Earlier sessions that show it too, in order, named by their days before the last.
    pub earlier: Vec<Session>,
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
}

impl Notice {
    /// The sentence with its session in words.
    pub fn sentence(&self, said: Quantities) -> String {
        let earlier: Vec<String> = self.earlier.iter().map(|s| day_month(s.day)).collect();
        let and = if earlier.is_empty() { "" } else { " and " };
        let session = self.session.as_ref().map(|s| s.words(said)).unwrap_or_default();
        let earlier = earlier.join(", ");
        format!("{}{earlier}{and}{session}{}{}", self.before, self.after, self.end())
    }

    /// The same with a word on how sure it is.
    pub fn told(&self, said: Quantities) -> String {
        let sentence = self.sentence(said);
        let sure = self.sureness.map(|s| format!(" ({}).", s.words()));
        match sure {
            Some(sure) => format!("{}{sure}", sentence.trim_end_matches('.')),
            None => sentence,
        }
    }

    /// The day on which it became news, where the files say.
    pub fn became_news(&self) -> Option<Date> {
        self.began.or(self.day)
    }

    /// What closes the sentence, after a word on how sure it is.
    pub fn end(&self) -> &'static str {
        if self.after.ends_with(['?', '.', '!', '…']) { "" } else { "." }
    }

    /// Place of its kind among all.
    pub(super) fn kind_order(&self) -> usize {
        let all = KINDS.iter().chain([&silence::KIND]);
        all.take_while(|kind| kind.id != self.kind).count()
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
}

/// The notice that something is true of some runs: the last of them is its session, the ones before
/// it are named by their days.
fn of_runs(history: &History, runs: &[usize], before: String, notice: Notice) -> Option<Notice> {
    let (last, rest) = runs.split_last()?;
    let session = Session::of(history, *last)?;
    let named = rest.len().min(DAYS_NAMED - 1);
    let shown = rest.get(rest.len() - named..).unwrap_or_default();
    let lately = if named < rest.len() { "lately " } else { "" };
    Some(Notice {
        before: format!("{before}{lately}"),
        earlier: shown.iter().filter_map(|run| Session::of(history, *run)).collect(),
        day: Some(session.day),
        session: Some(session),
        size: Some(Size { value: runs.len() as f64, interval: None, unit: "runs" }),
        ..notice
    })
}

/// Days named of runs that share a fault; of more only the last are. **chosen**
const DAYS_NAMED: usize = 4;

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
    /// The chart of the athlete's page that shows it best, and what that is called; `None` where the
    /// session says all.
    pub chart: Option<(&'static str, &'static str)>,
    /// The notices of one athlete.
    pub notices: fn(&Seen<'_>) -> Vec<Notice>,
}

impl Kind {
    fn notice(&self) -> Notice {
        Notice {
            kind: self.id,
            group: self.group,
            before: String::new(),
            earlier: Vec::new(),
            session: None,
            after: String::new(),
            day: None,
            began: None,
            sureness: None,
            size: None,
        }
    }
}

/// All kinds that one athlete's files alone can show, in the order of a row.
pub const KINDS: &[Kind] = &[
    distance::KIND,
    descent::KIND,
    pain::KIND,
    cadence::KIND,
    contact_time::KIND,
    balance::KIND,
    no_cadence::KIND,
    dropouts::KIND,
    heart_rate::KIND,
    unread::KIND,
    gap::KIND,
    new_device::KIND,
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

/// The run since which a trend has been told: the first of the last 16 weeks after which it stood,
/// in the same direction, on every day with a run.
fn told_since(history: &History, metric: &str, trend: &Trend) -> Option<Session> {
    let same = |run: &usize| {
        let Some(day) = history.days.get(*run) else { return false };
        let then = trend::recent_on(history, metric, *day).filter(|t| t.epoch == trend.epoch);
        let rises = |t: &Trend| t.change().map(|c| c > 0.0);
        then.is_some_and(|then| is_worth_a_word(&then) && rises(&then) == rises(trend))
    };
    let runs = lately::runs(history, trend::RECENT_DAYS).into_iter().rev();
    runs.take_while(same).last().and_then(|run| Session::of(history, run))
}
