//! The order of the squad: one rule, by each athlete's first notice, nothing else.
//!
//! First the step of what happened ([`Group`]), then how sure it is, then the newest, then the larger
//! change of the same kind, then the alphabet. Cadence as recorded, how far or fast an athlete runs
//! beside others, and what a note on pain says take no part in it.

use std::cmp::Ordering;

use jiff::civil::Date;

use super::athlete::{Athlete, Session};
use super::notices::{Group, Notice, silence};
use crate::findings::lately;
use crate::journal::PainNote;
use crate::quantities::Quantities;
use crate::trend::Sureness;

/// What the list is made for.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// Name of the squad: that of its folder. Untrusted.
    pub name: String,
    /// The day that counts as today; `None` means the last day on which anybody ran.
    pub today: Option<Date>,
    /// Only what is new since this day.
    pub since: Option<Date>,
    /// The coach's units.
    pub said: Quantities,
    /// What lies beside the athletes' folders and belongs to nobody. Untrusted.
    pub set_aside: Vec<String>,
    /// What the profile beside the squad states that is one person's and was not taken over.
    pub not_shared: Vec<&'static str>,
}

/// Where an athlete stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Something changed.
    Look,
    /// Nothing new since the day asked for, but something from before still stands.
    Stands,
    /// Nothing could be read.
    Unread,
    /// Nothing new.
    Quiet,
}

/// One athlete in the list.
#[derive(Clone, Debug)]
pub struct Row {
    /// Who.
    pub athlete: Athlete,
    /// Where they stand.
    pub standing: Standing,
    /// What is news, in order: the first is why the row stands where it stands.
    pub notices: Vec<Notice>,
    /// What became news before the day asked for and still stands, in order.
    pub stood_before: Vec<Notice>,
    /// Notes on pain of the last four weeks, or since the day asked for.
    pub pain: Vec<PainNote>,
    /// Runs of the last four weeks, or since the day asked for.
    pub new_runs: usize,
}

impl Row {
    /// Why the row stands where it stands.
    pub fn reason(&self) -> Option<&Notice> {
        self.notices.first()
    }

    /// The session that put it there.
    pub fn session(&self) -> Option<&Session> {
        self.reason().and_then(|notice| notice.session.as_ref())
    }

    fn is_new(&self) -> bool {
        self.new_runs > 0
            || !self.pain.is_empty()
            || self.notices.iter().any(|notice| notice.day.is_some())
    }

    /// Whether files without a date gave nothing, or all of them did.
    pub fn has_undated(&self) -> bool {
        self.athlete.problem.is_some() || self.notices.iter().any(|n| n.day.is_none())
    }
}

/// The squad in order.
#[derive(Clone, Debug)]
pub struct Squad {
    /// What was asked for; today is filled in.
    pub asked: Asked,
    /// Athletes in order.
    pub rows: Vec<Row>,
    /// With a day asked for: those with no run and nothing new since, in the order of the alphabet.
    pub nothing_new: Vec<Row>,
}

impl Squad {
    /// Puts athletes in order.
    pub fn new(mut athletes: Vec<Athlete>, mut asked: Asked) -> Self {
        tell_apart(&mut athletes);
        let last = athletes.iter().filter_map(|a| a.last.as_ref()).map(|s| s.day).max();
        asked.today = asked.today.or(last);
        let rows = athletes.into_iter().map(|athlete| row(athlete, &asked));
        let wanted = |row: &Row| asked.since.is_none() || row.is_new();
        let (mut rows, mut nothing_new): (Vec<Row>, Vec<Row>) = rows.partition(wanted);
        rows.sort_by(|a, b| {
            let reasons = match (a.reason(), b.reason()) {
                (Some(a), Some(b)) => order(a, b),
                _ => Ordering::Equal,
            };
            a.standing.cmp(&b.standing).then(reasons).then_with(|| alphabet(a).cmp(&alphabet(b)))
        });
        nothing_new.sort_by_key(alphabet);
        Self { asked, rows, nothing_new }
    }

    /// Rows of one standing, in order.
    pub fn standing(&self, standing: Standing) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(move |row| row.standing == standing)
    }

    /// All athletes, those with nothing new included.
    pub fn count(&self) -> usize {
        self.rows.len() + self.nothing_new.len()
    }

    /// Whether anybody noted pain in the time that is told.
    pub fn hurt(&self) -> bool {
        self.rows.iter().any(|row| !row.pain.is_empty())
    }

    /// Rows with something that became news before the day asked for and still stands, in the order
    /// of what that is.
    pub fn still_stands(&self) -> Vec<&Row> {
        let all = self.rows.iter().chain(&self.nothing_new);
        let mut rows: Vec<&Row> = all.filter(|row| !row.stood_before.is_empty()).collect();
        rows.sort_by(|a, b| match (a.stood_before.first(), b.stood_before.first()) {
            (Some(a), Some(b)) => order(a, b),
            _ => Ordering::Equal,
        });
        rows
    }

    /// Rows of those who noted pain in the time that is told, in the order of the alphabet.
    pub fn noted_pain(&self) -> Vec<&Row> {
        let mut rows: Vec<&Row> = self.rows.iter().filter(|row| !row.pain.is_empty()).collect();
        rows.sort_by_key(|row| alphabet(row));
        rows
    }

    /// The first day of what is told: the day asked for, else four weeks ago.
    pub fn first_day(&self) -> Option<Date> {
        first_day(&self.asked)
    }
}

fn alphabet(row: &Row) -> (String, String) {
    (row.athlete.who.name.to_lowercase(), row.athlete.who.id.clone())
}

fn first_day(asked: &Asked) -> Option<Date> {
    let four_weeks = jiff::Span::new().days(lately::LATELY_DAYS - 1);
    asked.since.or(asked.today.map(|today| today.saturating_sub(four_weeks)))
}

/// Two athletes of one name are told by their folders.
fn tell_apart(athletes: &mut [Athlete]) {
    let names: Vec<String> = athletes.iter().map(|a| a.who.name.clone()).collect();
    for athlete in athletes {
        if names.iter().filter(|name| **name == athlete.who.name).count() > 1 {
            athlete.who.name = format!("{} ({})", athlete.who.name, athlete.who.folder);
        }
    }
}

fn row(athlete: Athlete, asked: &Asked) -> Row {
    let mut told = athlete.notices.clone();
    told.extend(asked.today.and_then(|today| silence::of(&athlete, today)));
    let mut notices: Vec<Notice> =
        told.into_iter().filter(|notice| is_news(notice, asked.today)).collect();
    let is_new = |notice: &Notice| {
        asked.since.zip(notice.became_news()).is_none_or(|(since, day)| day >= since)
    };
    notices.sort_by(order);
    let (notices, mut stood_before): (Vec<Notice>, Vec<Notice>) =
        notices.into_iter().partition(is_new);
    // A note speaks of its day: whether it still hurts nobody here can know.
    stood_before.retain(|notice| notice.group != Group::Pain);
    let first = first_day(asked);
    let told = |day: Date| first.is_none_or(|first| day >= first);
    let standing = match (&athlete.problem, notices.is_empty()) {
        (Some(_), _) => Standing::Unread,
        (None, false) => Standing::Look,
        (None, true) if !stood_before.is_empty() => Standing::Stands,
        (None, true) => Standing::Quiet,
    };
    Row {
        pain: athlete.pain.iter().filter(|note| told(note.day)).cloned().collect(),
        new_runs: athlete.days.iter().filter(|day| told(**day)).count(),
        standing,
        notices,
        stood_before,
        athlete,
    }
}

/// Whether a notice still is news.
fn is_news(notice: &Notice, today: Option<Date>) -> bool {
    let Some(kind) = notice.of_kind() else { return false };
    let age = notice.day.zip(today).map_or(0, |(day, today)| (today - day).get_days());
    age <= kind.news_days
}

/// Which of two notices comes first. What has no date comes after what has one.
fn order(a: &Notice, b: &Notice) -> Ordering {
    let size = |notice: &Notice| notice.size.map_or(0.0, |size| size.value.abs());
    a.group
        .cmp(&b.group)
        .then(doubt(a.sureness).cmp(&doubt(b.sureness)))
        .then(b.became_news().cmp(&a.became_news()))
        .then(a.kind_order().cmp(&b.kind_order()))
        .then(size(b).total_cmp(&size(a)))
}

/// Place of a word of sureness; what is counted is sure.
fn doubt(sureness: Option<Sureness>) -> u8 {
    match sureness {
        None | Some(Sureness::Clear) => 0,
        Some(Sureness::Likely) => 1,
        Some(Sureness::CannotTell) => 2,
    }
}

#[cfg(test)]
#[path = "order_tests.rs"]
mod tests;
