//! How one runner's step rate moves from run to run: trend, season, wandering, day form.

use std::f64::consts::TAU;

use super::prng::{Ar1, Prng};

/// What a run's step rate does about the runner's law, in spm. Everything zero is a runner who
/// never changes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Season {
    /// Straight rise, spm per 30 days.
    pub rise_per_30_days: f64,
    /// Half of a yearly swing, spm.
    pub yearly_spm: f64,
    /// Standard deviation of slow wandering, spm.
    pub wander_sd: f64,
    /// Memory of it, days.
    pub wander_days: f64,
    /// Standard deviation from run to run, spm.
    pub run_sd: f64,
    /// Lag-1 correlation of that from run to run.
    pub run_lag_1: f64,
    /// How the day form is spread.
    pub tails: Tails,
    /// A change that stays: (first day, spm).
    pub step: Option<(f64, f64)>,
}

/// Distribution of the day form's news.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tails {
    /// Gaussian.
    #[default]
    Normal,
    /// Student t with four degrees of freedom, same variance.
    Heavy,
}

impl Season {
    /// Offsets for runs on these days (days since the first, rising), spm.
    pub fn offsets(&self, days: &[f64], seed: u64) -> Vec<f64> {
        let mut prng = Prng::stream(seed, "season");
        let phase = prng.uniform();
        let mut form = Ar1::new(self.run_sd, self.run_lag_1, &mut prng);
        let mut wander = self.wander_sd * prng.gauss();
        let mut last_day = days.first().copied().unwrap_or(0.0);
        let fresh = self.run_sd * (1.0 - self.run_lag_1 * self.run_lag_1).sqrt();
        let mut heavy = self.run_sd * prng.gauss();
        let mut offsets = Vec::with_capacity(days.len());
        for day in days {
            if self.wander_sd > 0.0 {
                let keep = (-(day - last_day) / self.wander_days.max(1e-9)).exp();
                let news = self.wander_sd * (1.0 - keep * keep).sqrt();
                wander = keep * wander + news * prng.gauss();
            }
            last_day = *day;
            let day_form = match self.tails {
                Tails::Normal => form.next(&mut prng),
                Tails::Heavy => {
                    heavy = self.run_lag_1 * heavy + fresh * prng.heavy(4);
                    heavy
                }
            };
            let yearly = self.yearly_spm * (TAU * (day / 365.25 + phase)).sin();
            let step = self.step.filter(|(from, _)| day >= from).map_or(0.0, |(_, spm)| spm);
            offsets.push(self.rise_per_30_days * day / 30.0 + yearly + wander + day_form + step);
        }
        offsets
    }
}
