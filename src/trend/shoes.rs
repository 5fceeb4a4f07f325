//! Shoes: how far each was run, since when, and how much of the last weeks the newest took.

use std::collections::HashMap;

use jiff::civil::Date;
use serde::Serialize;

use super::days::between;
use super::facts;
use crate::Analysis;

/// How far shoes are commonly said to last: 300 to 500 miles in metres. Common advice; no trial
/// has tested a threshold (`science` 1e and 2.22).
pub const LIFE_BAND_M: (f64, f64) = (482_803.2, 804_672.0);
/// Days of "the last four weeks", today included.
const RECENT_DAYS: i32 = 28;

/// All shoes that are noted.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Shoes {
    /// In order of first use.
    pub shoes: Vec<Shoe>,
    /// The shoe that came last, where there are two or more.
    pub newest: Option<NewestShoe>,
    /// Distance of runs that name no shoe.
    pub unnamed_m: f64,
    /// For each run: its shoe and the distance in it up to and including this run.
    #[serde(skip)]
    so_far: Vec<Option<(usize, f64)>>,
}

/// One shoe.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Shoe {
    /// Its name as first written. Untrusted text.
    pub name: String,
    /// Distance in it here.
    pub distance_m: f64,
    /// Runs in it.
    pub runs: usize,
    /// First run in it here.
    pub first_use: Date,
    /// Last run in it here.
    pub last_use: Date,
    /// Whether no other shoe is named before it: it may be older than these notes.
    pub from_the_beginning: bool,
    /// Share of the distance of the last four weeks that names a shoe; `None` without any.
    pub recent_share: Option<f64>,
}

/// The newest shoe as a change.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct NewestShoe {
    /// Index into [`Shoes::shoes`].
    pub shoe: usize,
    /// Days since its first use.
    pub days: i32,
    /// Share of the distance of the last four weeks.
    pub share: f64,
}

impl Shoes {
    /// Adds up a history. `days` in the order of the runs.
    pub fn over(runs: &[Analysis], days: &[Date], today: Option<Date>) -> Self {
        let mut shoes = Self::default();
        let mut index: HashMap<String, usize> = HashMap::new();
        let mut recent: Vec<f64> = Vec::new();
        for (run, day) in runs.iter().zip(days) {
            let metres = facts::distance_m(run);
            let Some(name) = run.noted.shoe.as_ref().map(|s| one_line(&s.value)) else {
                shoes.unnamed_m += metres.unwrap_or_default();
                shoes.so_far.push(None);
                continue;
            };
            let next = shoes.shoes.len();
            let at = *index.entry(name.to_lowercase()).or_insert(next);
            if at == next {
                shoes.shoes.push(Shoe {
                    name,
                    distance_m: 0.0,
                    runs: 0,
                    first_use: *day,
                    last_use: *day,
                    from_the_beginning: next == 0,
                    recent_share: None,
                });
                recent.push(0.0);
            }
            let Some(shoe) = shoes.shoes.get_mut(at) else { continue };
            shoe.runs += 1;
            shoe.last_use = (*day).max(shoe.last_use);
            shoe.distance_m += metres.unwrap_or_default();
            shoes.so_far.push(Some((at, shoe.distance_m)));
            let is_recent = today.is_some_and(|t| (0..RECENT_DAYS).contains(&between(*day, t)));
            if let (true, Some(sum), Some(metres)) = (is_recent, recent.get_mut(at), metres) {
                *sum += metres;
            }
        }
        shoes.share(&recent, today);
        shoes
    }

    /// What each shoe took of the last four weeks.
    fn share(&mut self, recent: &[f64], today: Option<Date>) {
        let all: f64 = recent.iter().sum();
        if all <= 0.0 {
            return;
        }
        for (shoe, metres) in self.shoes.iter_mut().zip(recent) {
            shoe.recent_share = Some(metres / all);
        }
        let newest = self.shoes.iter().enumerate().rfind(|(_, s)| !s.from_the_beginning);
        self.newest = newest.zip(today).and_then(|((shoe, it), today)| {
            Some(NewestShoe { shoe, days: between(it.first_use, today), share: it.recent_share? })
        });
    }

    /// Lets go of the first runs; the shoes keep their distance.
    pub(super) fn forget_first(&mut self, runs: usize) {
        self.so_far.drain(..runs.min(self.so_far.len()));
    }

    /// The shoe of a run and the distance in it up to and including this run.
    pub fn so_far(&self, run: usize) -> Option<(&Shoe, f64)> {
        let (shoe, metres) = (*self.so_far.get(run)?)?;
        Some((self.shoes.get(shoe)?, metres))
    }
}

/// A name on one line with single blanks: two spellings that differ in blanks or case are one shoe.
fn one_line(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}
