//! Surfaces: what was run on, as far as anybody says, and how the last week differs from the four
//! weeks before it. Words only: notes, the kind of running that the file states, and the off-road
//! distance that a service computed.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use super::days::{between, monday};
use super::facts;
use crate::Analysis;
use crate::activity::SubSport;
pub use crate::journal::Surface;
use crate::journal::{NoteSource, Stated};

/// Days of "this week", today included.
pub const WEEK_DAYS: i32 = 7;
/// Days of the four weeks before.
pub const BEFORE_DAYS: i32 = 28;

/// All surfaces of a history.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Surfaces {
    /// By surface, most distance first.
    pub covered: Vec<Covered>,
    /// Distance on a surface that nobody names.
    pub unknown_m: f64,
    /// Distance by surface in each ISO week, by its Monday.
    #[serde(skip)]
    pub weeks: BTreeMap<Date, BTreeMap<Surface, f64>>,
}

/// One surface over the history.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Covered {
    /// Which.
    pub surface: Surface,
    /// Distance on it.
    pub distance_m: f64,
    /// Share of the last seven days, of what is known; `None` without any.
    pub week_share: Option<f64>,
    /// Share of the 28 days before those, of what is known; `None` without any.
    pub before_share: Option<f64>,
}

impl Covered {
    /// Change of the share, as a share; `None` where either is not known.
    pub fn change(&self) -> Option<f64> {
        Some(self.week_share? - self.before_share?)
    }
}

impl Surfaces {
    /// Adds up a history.
    pub fn over(runs: &[Analysis], days: &[Date], today: Option<Date>) -> Self {
        let mut surfaces = Self::default();
        let mut sums: BTreeMap<Surface, [f64; 3]> = BTreeMap::new();
        for (run, day) in runs.iter().zip(days) {
            let covered = covered(run);
            if covered.is_empty() {
                surfaces.unknown_m += facts::distance_m(run).unwrap_or_default();
            }
            let ago = today.map(|t| between(*day, t));
            let window = match ago {
                Some(ago) if (0..WEEK_DAYS).contains(&ago) => Some(1),
                Some(ago) if (WEEK_DAYS..WEEK_DAYS + BEFORE_DAYS).contains(&ago) => Some(2),
                _ => None,
            };
            let week = surfaces.weeks.entry(monday(*day)).or_default();
            for (surface, metres) in covered {
                *week.entry(surface.clone()).or_default() += metres;
                let sum = sums.entry(surface).or_default();
                for slot in [Some(0), window].into_iter().flatten() {
                    if let Some(slot) = sum.get_mut(slot) {
                        *slot += metres;
                    }
                }
            }
        }
        let (mut week, mut before) = (0.0, 0.0);
        for [_, w, b] in sums.values() {
            week += w;
            before += b;
        }
        let share = |part: f64, of: f64| (of > 0.0).then(|| part / of);
        surfaces.covered = sums
            .into_iter()
            .map(|(surface, [all, w, b])| Covered {
                surface,
                distance_m: all,
                week_share: share(w, week),
                before_share: share(b, before),
            })
            .collect();
        surfaces.covered.sort_by(|a, b| b.distance_m.total_cmp(&a.distance_m));
        surfaces
    }
}

/// Metres of a run by surface; empty where nobody says what it was.
pub fn covered(run: &Analysis) -> Vec<(Surface, f64)> {
    let Some(all) = facts::distance_m(run) else { return Vec::new() };
    let usual = |s: &&Stated<String>| s.source == NoteSource::Profile;
    let stated = run.noted.surface.as_ref();
    if let Some(own) = stated.filter(|s| !usual(s)) {
        return vec![(Surface::of(&own.value), all)];
    }
    let by_kind = match &run.meta.sub_sport {
        _ if run.meta.indoor && run.meta.sub_sport != SubSport::IndoorRunning => {
            Some(Surface::Treadmill)
        }
        SubSport::Treadmill => Some(Surface::Treadmill),
        SubSport::IndoorRunning | SubSport::Track => Some(Surface::Track),
        SubSport::Street => Some(Surface::Road),
        SubSport::Trail => Some(Surface::Trail),
        SubSport::Generic | SubSport::Other(_) => None,
    };
    if let Some(surface) = by_kind {
        return vec![(surface, all)];
    }
    if let Some(unpaved) = &run.noted.unpaved_m {
        let unpaved = unpaved.value.clamp(0.0, all);
        return vec![(Surface::Unpaved, unpaved), (Surface::Road, all - unpaved)];
    }
    stated.map(|s| (Surface::of(&s.value), all)).into_iter().collect()
}
