//! Hand-made analyses: runs whose cadence law, distances and days are known exactly, without any
//! file behind them.
#![allow(dead_code)]

use jiff::Timestamp;
use lightfoot::Analysis;
use lightfoot::activity::{
    ActivityMeta, AltitudeSource, DeviceEpoch, DeviceIdentity, DeviceSummary, Origin, RunnerHint,
    Sport, SubSport, SummaryKey,
};
use lightfoot::metrics::{Outcome, Reading};
use lightfoot::segment::{Dynamics, Piece};
use lightfoot::stats::Random;

/// Monday 5 January 2026, 07:00 UTC.
pub const FIRST: i64 = 1_767_596_400;
pub const DAY: i64 = 86_400;

/// One run to be: change what matters to the test.
#[derive(Clone)]
pub struct Draft {
    pub day: f64,
    pub file: String,
    pub device: &'static str,
    pub dynamics_source: &'static str,
    pub distance_m: f64,
    pub descent_m: Option<f64>,
    pub indoor: bool,
    pub dynamics: Dynamics,
    pub utc_offset_s: Option<i32>,
    pub pieces: Vec<Piece>,
    pub readings: Vec<(&'static str, Outcome)>,
}

impl Draft {
    pub fn new(day: f64, distance_m: f64) -> Self {
        Self {
            day,
            file: format!("run-{day:09.3}.fit"),
            device: "Watch A",
            dynamics_source: "",
            distance_m,
            descent_m: None,
            indoor: false,
            dynamics: Dynamics::None,
            utc_offset_s: None,
            pieces: Vec::new(),
            readings: Vec::new(),
        }
    }

    /// Adds a reading of one value over this many minutes.
    pub fn with(mut self, id: &'static str, value: f64, minutes: f64) -> Self {
        let reading = Reading::minutes(value, minutes, 1.0, Origin::native("test"));
        self.readings.push((id, reading.into()));
        self
    }

    /// Adds steady segments under a law.
    pub fn under(mut self, law: &Law, level: f64, segments: usize, random: &mut Random) -> Self {
        let mean = law.speed + law.between * random.normal();
        for k in 0..segments {
            let speed = mean + law.within * random.normal();
            let grade = law.hilly.then(|| 0.03 * random.normal());
            let climb =
                grade.map_or(0.0, |g| law.uphill * g.max(0.0) + law.downhill * (-g).max(0.0));
            self.pieces.push(Piece {
                start_s: 30.0 * k as f64,
                duration_s: 30.0,
                speed_m_s: speed,
                step_rate_spm: level
                    + law.slope * (speed - law.speed)
                    + climb
                    + law.noise * random.normal(),
                grade,
                steady: true,
                ..Piece::default()
            });
        }
        self
    }

    pub fn build(self) -> Analysis {
        let start = Timestamp::from_second(FIRST + (self.day * DAY as f64) as i64).unwrap();
        let mut summary = DeviceSummary::default();
        summary.set(SummaryKey::DistanceM, Some(self.distance_m));
        summary.set(SummaryKey::TimerS, Some(self.distance_m / 2.8));
        let mut readings = self.readings;
        let mut add = |id, value: f64| {
            let minutes = self.distance_m / 168.0;
            readings
                .push((id, Reading::minutes(value, minutes, 1.0, Origin::native("test")).into()));
        };
        add("distance", self.distance_m);
        if let Some(descent) = self.descent_m {
            add("descent", descent);
        }
        Analysis {
            meta: Box::new(ActivityMeta {
                file: self.file,
                part: 0,
                format: "FIT",
                sport: Sport::Running,
                sub_sport: SubSport::Generic,
                title: None,
                device: DeviceIdentity::default().into(),
                epoch: DeviceEpoch {
                    device: self.device.to_owned(),
                    cadence: "watch".to_owned(),
                    dynamics: self.dynamics_source.to_owned(),
                }
                .into(),
                start,
                utc_offset_s: self.utc_offset_s,
                altitude_source: match self.descent_m {
                    Some(_) => AltitudeSource::Barometric,
                    None => AltitudeSource::Unknown,
                },
                whole_stride_cadence: false,
                indoor: self.indoor,
                runner_hint: RunnerHint::default().into(),
            }),
            summary,
            issues: Vec::new(),
            doubtful: Vec::new(),
            readings: readings.into(),
            vendor: Vec::new(),
            level_places: Box::default(),
            pieces: self.pieces.into(),
            dynamics: self.dynamics,
            cadence_seconds: lightfoot::segment::CadenceSeconds::default(),
            track: None,
            slants: Box::default(),
            noted: lightfoot::journal::Noted::default().into(),
        }
    }
}

/// A planted cadence law.
#[derive(Clone, Copy)]
pub struct Law {
    /// Mean speed of the runner, m/s.
    pub speed: f64,
    /// Spread of mean speed between runs.
    pub between: f64,
    /// Spread of speed inside a run.
    pub within: f64,
    /// Steps a minute per m/s.
    pub slope: f64,
    /// Noise of a segment, spm.
    pub noise: f64,
    /// Whether grade is known, with these slopes per unit.
    pub hilly: bool,
    pub uphill: f64,
    pub downhill: f64,
}

impl Law {
    pub const ROAD: Self = Self {
        speed: 2.8,
        between: 0.2,
        within: 0.25,
        slope: 9.0,
        noise: 2.5,
        hilly: false,
        uphill: 0.0,
        downhill: 0.0,
    };
    pub const TRAIL: Self = Self { hilly: true, uphill: -10.0, downhill: -50.0, ..Self::ROAD };
}

/// Runs every `every` days whose level at the reference speed follows `level(day)` with run noise.
pub fn history_of(
    runs: usize,
    every: f64,
    law: &Law,
    run_noise: f64,
    seed: u64,
    level: impl Fn(f64) -> f64,
) -> Vec<Analysis> {
    let mut random = Random::new(seed);
    (0..runs)
        .map(|k| {
            let day = k as f64 * every;
            let at = level(day) + run_noise * random.normal();
            Draft::new(day, 8_000.0).under(law, at, 60, &mut random).build()
        })
        .collect()
}
