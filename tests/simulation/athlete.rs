//! An athlete as 30 s segments: what the file path would add to speed, cadence and dates is
//! nothing that these rows ask about; one row goes through files to show it.

use lightfoot::Analysis;
use lightfoot::segment::{Dynamics, Piece};

use super::analyses::Draft;
use super::placebo_form::Strap;
use super::support::prng::Prng;
use super::support::season::{Season, Tails};

/// How far a level wanders by itself.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Wander {
    /// Not at all.
    None,
    /// So that 1.96 standard deviations of the difference of adjacent ten-run means are this many
    /// spm, drawn evenly: the form in which real archives were measured (1 to 4 spm).
    BetweenTenRuns(f64, f64),
    /// A standard deviation of this many spm, drawn evenly: harder than any archive measured.
    Deviation(f64, f64),
}

/// What is simulated.
#[derive(Clone, Copy, Debug)]
pub struct World {
    /// Runs with the last watch.
    pub runs: usize,
    /// Days between runs.
    pub every_days: f64,
    /// Memory of day form from run to run.
    pub rho: f64,
    /// Standard deviation of day form, spm.
    pub run_sd: f64,
    /// Rise, spm per 30 days.
    pub rise: f64,
    /// A step that stays: run from which, spm.
    pub step: Option<(usize, f64)>,
    /// Slow wandering.
    pub wander: Wander,
    /// Half of a yearly swing, at most, spm.
    pub season: f64,
    /// Whether the law is straight and tails are Gaussian.
    pub kind: Kind,
}

/// How unlike our own model the athlete is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Bent law, heavy tails in every other athlete, another watch before in every other.
    Unruly,
    /// The same without the other watch.
    OneWatch,
    /// The same with a new watch somewhere inside the runs in every other athlete, and a strap that
    /// stays.
    NewWatch,
}

impl World {
    /// Forty runs in sixteen weeks, run noise 2 spm.
    pub fn forty(rho: f64) -> Self {
        Self {
            runs: 40,
            every_days: 112.0 / 40.0,
            rho,
            run_sd: 2.0,
            rise: 0.0,
            step: None,
            wander: Wander::None,
            season: 0.0,
            kind: Kind::Unruly,
        }
    }
}

/// One athlete with everything known.
pub struct Athlete {
    /// The runs, in order.
    pub runs: Vec<Analysis>,
    /// Runs with an earlier watch before them.
    pub before: usize,
    /// Day of each run.
    pub days: Vec<f64>,
    /// Level of each run at `speed` on the level, day form included, as this watch reads it.
    pub levels: Vec<f64>,
    /// The same without day form.
    pub path: Vec<f64>,
    /// Speed that the levels are for, m/s.
    pub speed: f64,
    slope: f64,
    bend: f64,
}

impl Athlete {
    /// What the law adds at another speed.
    pub fn law(&self, speed_m_s: f64) -> f64 {
        let dv = speed_m_s - self.speed;
        self.slope * dv + self.bend * dv * dv
    }

    /// Draws an athlete.
    pub fn draw(world: &World, seed: u64) -> Self {
        let mut prng = Prng::stream(seed, "athlete");
        let (before, all) = match (world.kind, seed % 2) {
            (Kind::Unruly, 1) => (20, 20 + world.runs),
            (Kind::NewWatch, 1) => {
                let last = world.runs as i64 - 10;
                (prng.between(10, last) as usize, world.runs)
            }
            _ => (0, world.runs),
        };
        let days: Vec<f64> = (0..all)
            .map(|k| (k as f64 + 0.6 * (prng.uniform() - 0.5)) * world.every_days + 1.0)
            .collect();
        let memory_days = range(&mut prng, 30.0, 90.0);
        let wander_sd = wander_sd(world, memory_days, &mut prng);
        let path = Season {
            rise_per_30_days: world.rise,
            yearly_spm: world.season * prng.uniform(),
            wander_sd,
            wander_days: memory_days,
            step: world.step.and_then(|(run, spm)| Some((*days.get(before + run)?, spm))),
            ..Season::default()
        };
        let tails = if seed % 4 >= 2 { Tails::Heavy } else { Tails::Normal };
        let form =
            Season { run_sd: world.run_sd, run_lag_1: world.rho, tails, ..Season::default() };
        let base = range(&mut prng, 155.0, 175.0);
        let other_watch = range(&mut prng, -3.0, 3.0);
        let watch = |k: usize| if k < before { other_watch } else { 0.0 };
        let path: Vec<f64> = path
            .offsets(&days, seed)
            .iter()
            .enumerate()
            .map(|(k, offset)| base + offset + watch(k))
            .collect();
        let form = form.offsets(&days, seed ^ 0x5eed);
        let levels: Vec<f64> = path.iter().zip(&form).map(|(a, b)| a + b).collect();
        let mut athlete = Self {
            runs: Vec::with_capacity(all),
            before,
            days,
            levels,
            path,
            speed: range(&mut prng, 2.4, 3.6),
            slope: range(&mut prng, 1.0, 15.0),
            bend: range(&mut prng, -4.0, 4.0),
        };
        let body = Body::draw(&mut prng);
        let mut strap = (world.kind == Kind::NewWatch).then(|| Strap::new(world.rho, &mut prng));
        for k in 0..all {
            let mut draft = Draft::new(athlete.days[k], 8_000.0);
            draft.device = if k < before { "Watch Z" } else { "Watch A" };
            draft.pieces = body.pieces(&athlete, athlete.levels[k], &mut prng);
            if let Some(strap) = &mut strap {
                let worn = strap.next(&mut prng);
                worn.measure(&mut draft.pieces, &mut prng);
                draft.readings.push(("contact_balance", worn.balance().into()));
                draft.dynamics = Dynamics::Measured;
                draft.dynamics_source = "strap";
            }
            athlete.runs.push(draft.build());
        }
        athlete
    }
}

/// Standard deviation of an Ornstein-Uhlenbeck wandering.
fn wander_sd(world: &World, memory_days: f64, prng: &mut Prng) -> f64 {
    match world.wander {
        Wander::None => 0.0,
        Wander::Deviation(low, high) => range(prng, low, high),
        Wander::BetweenTenRuns(low, high) => {
            // Of adjacent means over T: variance 2 s^2 (g - c), x = T / memory.
            let x = 10.0 * world.every_days / memory_days;
            let kept = (1.0 - (-x).exp()) / x;
            range(prng, low, high) / 1.96 / (2.0 * (2.0 / x * (1.0 - kept) - kept * kept)).sqrt()
        }
    }
}

pub fn range(prng: &mut Prng, low: f64, high: f64) -> f64 {
    low + (high - low) * prng.uniform()
}

/// What goes on inside the runs of one athlete.
struct Body {
    between: f64,
    within: f64,
    noise: f64,
    keep: f64,
    slow: f64,
    slow_keep: f64,
}

impl Body {
    /// Magnitudes of real archives: neighbouring segments correlate by 0.33 to 0.78 about their
    /// run, by 1.7 to 2.8 spm; on top of it wandering over 5 to 15 minutes in some.
    fn draw(prng: &mut Prng) -> Self {
        Self {
            between: range(prng, 0.05, 0.25),
            within: range(prng, 0.10, 0.35),
            noise: range(prng, 1.4, 2.4),
            keep: range(prng, 0.33, 0.70),
            slow: range(prng, 0.0, 0.8),
            slow_keep: (-0.5 / range(prng, 5.0, 15.0)).exp(),
        }
    }

    fn pieces(&self, athlete: &Athlete, level: f64, prng: &mut Prng) -> Vec<Piece> {
        let mean = athlete.speed + self.between * prng.gauss();
        let (mut speed, mut noise, mut slow) = (prng.gauss(), prng.gauss(), prng.gauss());
        let next = |value: &mut f64, keep: f64, prng: &mut Prng| {
            *value = keep * *value + (1.0 - keep * keep).sqrt() * prng.gauss();
        };
        (0..prng.between(30, 90))
            .map(|k| {
                next(&mut speed, 0.5, prng);
                next(&mut noise, self.keep, prng);
                next(&mut slow, self.slow_keep, prng);
                let speed_m_s = mean + self.within * speed;
                Piece {
                    start_s: 30.0 * k as f64,
                    duration_s: 30.0,
                    speed_m_s,
                    step_rate_spm: level
                        + athlete.law(speed_m_s)
                        + self.noise * noise
                        + self.slow * slow,
                    steady: true,
                    ..Piece::default()
                }
            })
            .collect()
    }
}
