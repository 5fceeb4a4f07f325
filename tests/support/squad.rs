//! A squad: athletes of whom one jumped, one drifted, one changed the watch, and most did nothing.

use super::device::{Device, DynamicsSource, Quirk};
use super::presets::{fenix_6x, forerunner_265};
use super::prng::Prng;
use super::record::record;
use super::route::Route;
use super::runner::{RunPlan, Runner};
use super::simulate::simulate;
use super::write_fit::{self, FitOptions, SportNumber};

/// 2026-05-31 08:00 UTC: the day on which a squad's last run begins.
pub const LAST_S: i64 = 1_780_214_400;
/// Seconds of a day.
const DAY_S: i64 = 86_400;

/// How a sensor fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fails {
    /// It reads zero.
    Zero,
    /// It gives no value.
    NoValue,
    /// It repeats one value.
    Stuck,
    /// It reads zero in every other run and repeats one value in the ones between.
    ByTurns,
}

/// One athlete's season, with what happens in it.
#[derive(Clone, Debug)]
pub struct Athlete {
    /// Seed of everything random.
    pub seed: u64,
    /// Who it is by the watch: height and mass go into the files.
    pub runner: Runner,
    /// Runs.
    pub runs: usize,
    /// Days from one run to the next.
    pub every_days: f64,
    /// Records of a usual run, one a second.
    pub records: usize,
    /// Days before [`LAST_S`] on which the last run lies.
    pub silent_days: i64,
    /// What step rate gains over the season's last 16 weeks, spm.
    pub drift_spm: f64,
    /// The last run is so many times as long.
    pub jump: f64,
    /// Another watch records so many last runs and reads so many steps a minute more.
    pub new_watch: Option<(usize, f64)>,
    /// Cadence fails for two minutes in so many last runs.
    pub dropouts: usize,
    /// How.
    pub fails: Fails,
}

impl Athlete {
    /// Nothing happens.
    pub fn quiet(seed: u64, runs: usize, records: usize) -> Self {
        Self {
            seed,
            runner: Runner::default(),
            runs,
            every_days: 2.8,
            records,
            silent_days: 0,
            drift_spm: 0.0,
            jump: 1.0,
            new_watch: None,
            dropouts: 0,
            fails: Fails::Zero,
        }
    }

    /// What happens to the n-th athlete of a large squad: to two in three nothing.
    pub fn of_squad(n: usize, runs: usize, records: usize) -> Self {
        let quiet = Self::quiet(1000 * n as u64, runs, records);
        match n % 15 {
            2 => Self { jump: 1.6, ..quiet },
            5 => Self { drift_spm: 9.0, ..quiet },
            8 => Self { new_watch: Some((8, 3.0)), ..quiet },
            11 => Self { dropouts: 3, ..quiet },
            14 => Self { silent_days: 16, ..quiet },
            _ => quiet,
        }
    }

    /// Days from the last run of all back to run `i`.
    fn days_ago(&self, i: usize) -> f64 {
        self.every_days * (self.runs - 1 - i) as f64
    }

    /// When run `i` begins, Unix seconds.
    pub fn start_s(&self, i: usize) -> i64 {
        let days_ago = self.silent_days + self.days_ago(i).round() as i64;
        LAST_S - DAY_S * days_ago
    }

    /// Name of the file of run `i`.
    pub fn file(&self, i: usize) -> String {
        format!("{i:04}.fit")
    }

    fn device(&self, i: usize) -> Device {
        let sensor = DynamicsSource::Sensor { contact_ms: 0.0, bounce_mm: 0.0 };
        let new = self.new_watch.is_some_and(|(last, _)| i + last >= self.runs);
        let watch = if new { fenix_6x() } else { forerunner_265() };
        let (from_s, seconds) = (self.records as i64 / 4, 120);
        let fault = match self.fails {
            Fails::NoValue => Quirk::CadenceMissing { from_s, seconds },
            Fails::Stuck => Quirk::CadenceStuck { from_s, seconds },
            Fails::ByTurns if i.is_multiple_of(2) => Quirk::CadenceStuck { from_s, seconds },
            Fails::Zero | Fails::ByTurns => Quirk::CadenceZero { from_s, seconds },
        };
        let quirks = if i + self.dropouts >= self.runs { vec![fault] } else { Vec::new() };
        let serial = watch.serial + self.seed as u32;
        Device { dynamics: sensor, serial, quirks, ..watch }
    }

    /// The file of run `i`.
    pub fn fit(&self, i: usize) -> Vec<u8> {
        let seed = self.seed + i as u64;
        let mut prng = Prng::stream(seed, "squad");
        let last = i + 1 == self.runs;
        let records = if last { (self.jump * self.records as f64) as usize } else { self.records };
        let records = (records as f64 * (1.0 - 0.12 * prng.uniform())) as usize;
        let drifted = self.drift_spm * (1.0 - self.days_ago(i) / 112.0).max(0.0);
        let watch = self.new_watch.filter(|(last, _)| i + last >= self.runs).map_or(0.0, |w| w.1);
        let plan = RunPlan {
            start_s: self.start_s(i),
            cadence_offset_spm: drifted + watch + 0.8 * prng.gauss(),
            ..RunPlan::even(3.6 * records as f64 + 60.0, 2.6 + 0.4 * prng.uniform(), seed)
        };
        let route =
            Route::out_and_back(5000.0).profile(&[(0.0, 80.0), (2000.0, 95.0), (5000.0, 75.0)]);
        let mut truth = simulate(&self.runner, &route, &plan);
        truth.moments.truncate(records);
        let recorded = record(&truth, &self.device(i), seed);
        write_fit::write(&recorded, SportNumber::RUN, (&self.runner, 0), FitOptions::default())
    }
}
