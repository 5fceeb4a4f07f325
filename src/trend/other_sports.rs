//! Hours of other sports from the same inputs, beside the running.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

use super::days::{between, local};
use super::{History, load};
use crate::settings::Settings;

/// Two recordings of another sport that begin within this many seconds are one activity, exported
/// twice. **chosen**: longer than two devices take to be started, shorter than any session.
const SAME_START_S: i64 = 120;

/// An activity of another sport as an input states it.
#[derive(Clone, Debug, PartialEq)]
pub struct OtherActivity {
    /// When it began.
    pub start: Timestamp,
    /// Name of the sport, untrusted text.
    pub sport: String,
    /// Seconds.
    pub duration_s: f64,
}

/// An activity of another sport on its day.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OtherDay {
    /// Civil day.
    pub day: Date,
    /// Name of the sport, untrusted text.
    pub sport: String,
    /// Seconds.
    pub duration_s: f64,
}

impl History {
    /// Sets other sports beside the running: in weeks, in gaps, and in what the last days held.
    /// Without any nothing changes: a runner who exports runs alone may well do other things.
    pub fn set_beside(&mut self, mut others: Vec<OtherActivity>, settings: &Settings) {
        others.sort_by_key(|o| o.start);
        others.dedup_by(|later, kept| {
            let twice = later.start.as_second() - kept.start.as_second() <= SAME_START_S;
            if twice {
                kept.duration_s = kept.duration_s.max(later.duration_s);
            }
            twice
        });
        self.other_sports = others
            .into_iter()
            .map(|o| OtherDay {
                day: local(o.start, self.offset_near(o.start), settings).date(),
                sport: o.sport,
                duration_s: o.duration_s,
            })
            .collect();
        self.other_sports.sort_by_key(|o| o.day);
        if self.other_sports.is_empty() {
            return;
        }
        let (weeks, gaps) = (&mut self.weeks, &mut self.gaps);
        for week in weeks.iter_mut() {
            week.other_sports_s = Some(0.0);
        }
        let first = weeks.first().map(|w| w.monday);
        for other in &self.other_sports {
            let index =
                first.and_then(|f| usize::try_from(between(f, other.day).div_euclid(7)).ok());
            if let Some(week) = index.and_then(|i| weeks.get_mut(i)) {
                week.other_sports_s = week.other_sports_s.map(|s| s + other.duration_s);
            }
        }
        for gap in gaps.iter_mut() {
            let silent = gap.silent();
            gap.other_sports = self.other_sports.iter().filter(|o| silent.contains(o.day)).count();
        }
        self.load = load::load(self, settings);
    }

    /// Offset of local time from UTC that the run nearest in time states.
    fn offset_near(&self, start: Timestamp) -> Option<i32> {
        let at = self.runs.partition_point(|r| r.meta.start <= start);
        let neighbours = [at.checked_sub(1), Some(at)];
        neighbours
            .into_iter()
            .flatten()
            .filter_map(|i| self.runs.get(i))
            .min_by_key(|r| (r.meta.start.as_second() - start.as_second()).abs())?
            .meta
            .utc_offset_s
    }

    /// Activities of other sports on days from a first to a last.
    pub fn other_sports_between(&self, first: Date, last: Date) -> &[OtherDay] {
        let begin = self.other_sports.partition_point(|o| o.day < first);
        let end = self.other_sports.partition_point(|o| o.day <= last);
        self.other_sports.get(begin..end).unwrap_or_default()
    }

    /// Runs on days from a first to a last, as a range of indices; runs are in order of their
    /// start, and so nearly in order of their days.
    pub fn runs_between(&self, first: Date, last: Date) -> impl Iterator<Item = usize> + '_ {
        // Starts follow UTC and days local time: on a journey two runs may change places.
        const JOURNEY_DAYS: i32 = 2;
        let begin = self.days.partition_point(|d| between(*d, first) > JOURNEY_DAYS);
        self.days
            .iter()
            .enumerate()
            .skip(begin)
            .take_while(move |(_, d)| between(last, **d) <= JOURNEY_DAYS)
            .filter(move |(_, d)| (first..=last).contains(*d))
            .map(|(i, _)| i)
    }
}
