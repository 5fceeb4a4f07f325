//! The order of the squad: by each athlete's strongest notice, nothing else.
//!
//! Attention of a notice = its weight x how sure it is x how fresh it is. Cadence as recorded, how
//! far or fast an athlete runs beside others, and pain take no part in it.

use jiff::civil::Date;

use super::athlete::{Athlete, Session};
use super::notices::{Notice, silence};
use crate::findings::lately;
use crate::journal::PainNote;
use crate::quantities::Quantities;
use crate::trend::Sureness;

/// Share of its weight that a likely change keeps. **chosen**: a likely jump of distance comes
/// after a clear one and before a clear drift of cadence.
const LIKELY: f64 = 0.8;
/// Share of its weight that a change keeps of which one cannot be sure. **chosen**: behind
/// everything likely of its own group.
const CANNOT_TELL: f64 = 0.4;
/// Share of its weight that a notice has lost on the last day on which it is news. **chosen**: half,
/// so that a fresh notice goes before an old one of its group and no further.
const AGED: f64 = 0.5;

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

/// A notice with the attention it asks for today.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranked {
    /// The notice.
    pub notice: Notice,
    /// Weight less age and doubt.
    pub attention: f64,
}

/// One athlete in the list.
#[derive(Clone, Debug)]
pub struct Row {
    /// Who.
    pub athlete: Athlete,
    /// Where they stand.
    pub standing: Standing,
    /// What is news, strongest first: the first is why the row stands where it stands.
    pub notices: Vec<Ranked>,
    /// What became news before the day asked for and still stands, strongest first.
    pub stood_before: Vec<Ranked>,
    /// Notes on pain of the last four weeks, or since the day asked for.
    pub pain: Vec<PainNote>,
    /// Runs of the last four weeks, or since the day asked for.
    pub new_runs: usize,
}

impl Row {
    /// Why the row stands where it stands.
    pub fn reason(&self) -> Option<&Ranked> {
        self.notices.first()
    }

    /// The session that put it there.
    pub fn session(&self) -> Option<&Session> {
        self.reason().and_then(|r| r.notice.session.as_ref())
    }

    fn is_new(&self) -> bool {
        self.new_runs > 0
            || !self.pain.is_empty()
            || self.notices.iter().any(|r| r.notice.day.is_some())
    }
}

/// The squad in order.
#[derive(Clone, Debug)]
pub struct Squad {
    /// What was asked for; today is filled in.
    pub asked: Asked,
    /// Athletes in order.
    pub rows: Vec<Row>,
    /// With a day asked for: names of those with nothing new since, and of those among them who
    /// have files without a date that gave nothing.
    pub nothing_new: (Vec<String>, Vec<String>),
}

impl Squad {
    /// Puts athletes in order.
    pub fn new(mut athletes: Vec<Athlete>, mut asked: Asked) -> Self {
        tell_apart(&mut athletes);
        let last = athletes.iter().filter_map(|a| a.last.as_ref()).map(|s| s.day).max();
        asked.today = asked.today.or(last);
        let rows = athletes.into_iter().map(|athlete| row(athlete, &asked));
        let wanted = |row: &Row| asked.since.is_none() || row.is_new();
        let (mut rows, old): (Vec<Row>, Vec<Row>) = rows.partition(wanted);
        rows.sort_by(|a, b| {
            let attention = |row: &Row| row.reason().map_or(0.0, |r| r.attention);
            a.standing
                .cmp(&b.standing)
                .then(attention(b).total_cmp(&attention(a)))
                .then_with(|| alphabet(a).cmp(&alphabet(b)))
        });
        let mut names: Vec<String> = old.iter().map(|r| r.athlete.who.name.clone()).collect();
        let undated = old.iter().filter(|r| !r.notices.is_empty() || r.athlete.problem.is_some());
        let mut undated: Vec<String> = undated.map(|r| r.athlete.who.name.clone()).collect();
        names.sort_unstable();
        undated.sort_unstable();
        Self { asked, rows, nothing_new: (names, undated) }
    }

    /// Rows of one standing, in order.
    pub fn standing(&self, standing: Standing) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(move |row| row.standing == standing)
    }

    /// All athletes, those with nothing new included.
    pub fn count(&self) -> usize {
        self.rows.len() + self.nothing_new.0.len()
    }

    /// Whether anybody noted pain in the time that is told.
    pub fn hurt(&self) -> bool {
        self.rows.iter().any(|row| !row.pain.is_empty())
    }

    /// Rows with something that became news before the day asked for and still stands.
    pub fn still_stands(&self) -> Vec<&Row> {
        self.rows.iter().filter(|row| !row.stood_before.is_empty()).collect()
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
    let mut notices: Vec<Ranked> =
        told.into_iter().filter_map(|notice| ranked(notice, asked.today)).collect();
    let is_new = |ranked: &Ranked| {
        asked.since.zip(ranked.notice.became_news()).is_none_or(|(since, day)| day >= since)
    };
    notices.sort_by(|a, b| b.attention.total_cmp(&a.attention));
    let (notices, stood_before): (Vec<Ranked>, Vec<Ranked>) = notices.into_iter().partition(is_new);
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

/// A notice with its attention; `None` where it is no news any more.
fn ranked(notice: Notice, today: Option<Date>) -> Option<Ranked> {
    let news_days = notice.of_kind()?.news_days;
    let age = match (notice.day, today) {
        (Some(day), Some(today)) => (today - day).get_days().max(0),
        // What has no date is as old as news can be.
        _ => news_days,
    };
    if age > news_days {
        return None;
    }
    let attention = notice.weight * sure_share(notice.sureness) * fresh_share(age, news_days);
    Some(Ranked { notice, attention })
}

/// What is counted is sure.
fn sure_share(sureness: Option<Sureness>) -> f64 {
    match sureness {
        None | Some(Sureness::Clear) => 1.0,
        Some(Sureness::Likely) => LIKELY,
        Some(Sureness::CannotTell) => CANNOT_TELL,
    }
}

fn fresh_share(age: i32, news_days: i32) -> f64 {
    1.0 - AGED * f64::from(age) / f64::from(news_days.max(1))
}

#[cfg(test)]
#[path = "order_tests.rs"]
mod tests;
