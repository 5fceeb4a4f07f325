//! A person: cadence law, heart, contact and bounce. Numbers are plausible for a recreational
//! runner (chosen; magnitudes after the archives measured for this project).

/// Step rate as a function of speed and slope.
#[derive(Clone, Copy, Debug)]
pub struct CadenceLaw {
    /// Steps per minute at the reference speed on the level.
    pub at_reference_spm: f64,
    /// Reference speed, m/s.
    pub reference_m_s: f64,
    /// Steps per minute per m/s.
    pub slope: f64,
    /// Steps per minute per (m/s) squared: what a straight line misses.
    pub bend: f64,
    /// Steps per minute per 1 % uphill.
    pub uphill_per_percent: f64,
    /// Steps per minute per 1 % downhill.
    pub downhill_per_percent: f64,
}

impl CadenceLaw {
    /// Step rate at a speed and a slope (rise over run), without any noise.
    pub fn spm(&self, speed_m_s: f64, grade: f64) -> f64 {
        let dv = speed_m_s - self.reference_m_s;
        let percent = 100.0 * grade;
        self.at_reference_spm
            + self.slope * dv
            + self.bend * dv * dv
            + self.uphill_per_percent * percent.max(0.0)
            + self.downhill_per_percent * (-percent).max(0.0)
    }
}

/// How step rate varies from second to second and within a run.
#[derive(Clone, Copy, Debug)]
pub struct CadenceNoise {
    /// Standard deviation of the slow wandering within a run, spm.
    pub slow_sd: f64,
    /// Correlation time of it, seconds.
    pub slow_s: f64,
    /// Standard deviation from second to second, spm.
    pub fast_sd: f64,
    /// Drift with fatigue, spm per hour of running.
    pub fatigue_per_hour: f64,
}

/// Contact time, bounce and balance of the body, at 2.8 m/s and 165 spm.
#[derive(Clone, Copy, Debug)]
pub struct Dynamics {
    /// Contact time, ms.
    pub contact_ms: f64,
    /// Contact time per m/s.
    pub contact_per_m_s: f64,
    /// Contact time per spm.
    pub contact_per_spm: f64,
    /// Vertical oscillation, mm.
    pub bounce_mm: f64,
    /// Vertical oscillation per m/s.
    pub bounce_per_m_s: f64,
    /// Vertical oscillation per spm.
    pub bounce_per_spm: f64,
    /// What contact time does besides, within a run: standard deviation, ms.
    pub contact_sd: f64,
    /// What oscillation does besides, within a run: standard deviation, mm.
    pub bounce_sd: f64,
    /// Standard deviation of a whole run's contact time about the law, ms.
    pub contact_run_sd: f64,
    /// Standard deviation of a whole run's oscillation about the law, mm.
    pub bounce_run_sd: f64,
    /// Left share of contact time, percent.
    pub balance_left: f64,
}

impl Dynamics {
    /// Contact time in ms by the law alone.
    pub fn contact(&self, speed_m_s: f64, spm: f64) -> f64 {
        self.contact_ms
            + self.contact_per_m_s * (speed_m_s - 2.8)
            + self.contact_per_spm * (spm - 165.0)
    }

    /// Oscillation in mm by the law alone.
    pub fn bounce(&self, speed_m_s: f64, spm: f64) -> f64 {
        self.bounce_mm
            + self.bounce_per_m_s * (speed_m_s - 2.8)
            + self.bounce_per_spm * (spm - 165.0)
    }
}

/// Heart rate at a steady state and how it gets there.
#[derive(Clone, Copy, Debug)]
pub struct Heart {
    /// Beats per minute at 2.8 m/s on the level.
    pub bpm: f64,
    /// Beats per minute per m/s.
    pub per_m_s: f64,
    /// Beats per minute per 1 % of slope.
    pub per_percent: f64,
    /// Rise at the same speed, beats per minute per hour.
    pub drift_per_hour: f64,
    /// Standing still, beats per minute.
    pub resting: f64,
}

/// A runner.
#[derive(Clone, Copy, Debug)]
pub struct Runner {
    /// Name on the watch.
    pub name: &'static str,
    /// Body height, m.
    pub height_m: f64,
    /// Body mass, kg.
    pub mass_kg: f64,
    /// Age, years.
    pub age: u8,
    /// Step rate.
    pub cadence: CadenceLaw,
    /// Its noise.
    pub noise: CadenceNoise,
    /// Contact and bounce.
    pub dynamics: Dynamics,
    /// Heart.
    pub heart: Heart,
    /// Standard deviation of speed about the target within a run, m/s.
    pub speed_sd: f64,
}

impl Default for Runner {
    fn default() -> Self {
        Self {
            name: "Ada",
            height_m: 1.72,
            mass_kg: 66.0,
            age: 38,
            cadence: CadenceLaw {
                at_reference_spm: 165.0,
                reference_m_s: 2.8,
                slope: 7.0,
                bend: 0.0,
                uphill_per_percent: 0.0,
                downhill_per_percent: -0.4,
            },
            noise: CadenceNoise { slow_sd: 1.2, slow_s: 60.0, fast_sd: 1.0, fatigue_per_hour: 0.0 },
            dynamics: Dynamics {
                contact_ms: 262.0,
                contact_per_m_s: -38.0,
                contact_per_spm: -0.9,
                bounce_mm: 86.0,
                bounce_per_m_s: 5.0,
                bounce_per_spm: -0.7,
                contact_sd: 6.0,
                bounce_sd: 3.0,
                contact_run_sd: 3.0,
                bounce_run_sd: 1.5,
                balance_left: 50.3,
            },
            heart: Heart {
                bpm: 142.0,
                per_m_s: 26.0,
                per_percent: 3.0,
                drift_per_hour: 6.0,
                resting: 62.0,
            },
            speed_sd: 0.09,
        }
    }
}

/// Where on the road the runner keeps. Offsets in metres from the middle of the road.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Keeping {
    /// In the middle.
    Middle,
    /// On the left in the direction of running, both ways.
    Left(f64),
    /// On the right in the direction of running, both ways.
    Right(f64),
    /// On the side that is left on the way out, also on the way back.
    SameKerb(f64),
}

impl Keeping {
    /// Metres to the left of the road's middle in the direction of running.
    pub fn to_the_left(self, back: bool) -> f64 {
        match self {
            Self::Middle => 0.0,
            Self::Left(metres) => metres,
            Self::Right(metres) => -metres,
            Self::SameKerb(metres) => {
                if back {
                    -metres
                } else {
                    metres
                }
            }
        }
    }
}

/// A stretch at one intended speed.
#[derive(Clone, Copy, Debug)]
pub struct Phase {
    /// Length of it, m.
    pub distance_m: f64,
    /// Intended speed on the level, m/s.
    pub speed_m_s: f64,
}

/// A stop on the way.
#[derive(Clone, Copy, Debug)]
pub struct Stop {
    /// Where, metres run.
    pub at_m: f64,
    /// For how long, s.
    pub seconds: u32,
    /// Whether the watch's timer was stopped.
    pub timer: TimerAtStop,
}

/// What the timer does while the runner stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimerAtStop {
    /// Stopped: a pause.
    Stopped,
    /// Running on: a red light.
    Running,
}

/// One run as intended.
#[derive(Clone, Debug)]
pub struct RunPlan {
    /// Start, Unix seconds.
    pub start_s: i64,
    /// Local time minus UTC, s.
    pub utc_offset_s: i32,
    /// Title.
    pub title: String,
    /// What is run, in order.
    pub phases: Vec<Phase>,
    /// Stops on the way.
    pub stops: Vec<Stop>,
    /// Side of the road.
    pub keeping: Keeping,
    /// What this whole run's step rate is off the law (trend, day form, wander), spm.
    pub cadence_offset_spm: f64,
    /// Seed of everything random in this run's body.
    pub seed: u64,
}

impl RunPlan {
    /// An even run of some length.
    pub fn even(distance_m: f64, speed_m_s: f64, seed: u64) -> Self {
        Self {
            start_s: 1_772_524_800, // 2026-03-03 08:00 UTC, a Tuesday
            utc_offset_s: 0,
            title: "Easy run".to_owned(),
            phases: vec![Phase { distance_m, speed_m_s }],
            stops: Vec::new(),
            keeping: Keeping::Middle,
            cadence_offset_spm: 0.0,
            seed,
        }
    }
}
