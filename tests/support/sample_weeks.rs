//! Sixteen weeks of one invented runner: what is planted in the samples, and when.

use jiff::civil::{Date, date};

use super::device::{Altimeter, CadenceStorage, Device, DynamicsSource, Positions, Sampling};
use super::presets::{fenix_6x, forerunner_265};
use super::prng::Prng;
use super::route::Route;
use super::runner::{Keeping, Phase, RunPlan, Runner, Stop, TimerAtStop};
use super::simulate::simulate;
use super::truth::Truth;

/// First Monday.
pub const FIRST_DAY: Date = date(2026, 3, 2);
/// Weeks.
pub const WEEKS: i64 = 16;
/// Days from the first Monday to the last Sunday.
const DAYS: f64 = 111.0;
/// True step rate at 2.8 m/s on the level on the first Monday and on the last Sunday, spm. The
/// rise between them is a straight line over the days.
pub const STEP_RATE_SPM: (f64, f64) = (162.0, 170.0);
/// The planted rise, spm per 30 days.
pub const RISE_PER_30_DAYS: f64 = (STEP_RATE_SPM.1 - STEP_RATE_SPM.0) / DAYS * 30.0;
/// Standard deviation of a run's step rate about that line, spm.
pub const RUN_NOISE_SD_SPM: f64 = 1.5;
/// True change of step rate with speed, spm per m/s.
pub const SPEED_SLOPE: f64 = 7.0;
/// Distance from the middle of the road to the right, both ways, m.
pub const RIGHT_OF_MIDDLE_M: f64 = 2.5;
/// Bias of every position towards the runner's left, m: the wrong way round on purpose.
pub const LEFT_BIAS_M: f64 = 5.0;
/// Week (from 1) of the steep descents.
pub const DESCENT_WEEK: i64 = 11;
/// Week of the track session.
pub const TRACK_WEEK: i64 = 10;
/// Net laps of it, anticlockwise.
pub const TRACK_LAPS: f64 = 26.0;
/// Week whose Sunday holds the jump in longest run.
pub const JUMP_WEEK: i64 = 15;
/// Length of that run and of the longest in the 30 days before, m.
pub const JUMP_M: (f64, f64) = (19_000.0, 13_000.0);
/// Week in which a new watch takes over, from its Monday.
pub const NEW_WATCH_WEEK: i64 = 15;
/// What the new watch says more than the old one's strap: contact time in ms, oscillation in mm.
pub const NEW_WATCH_STEP: (f64, f64) = (11.0, 7.0);

/// What a run is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Easy, flat, there and back.
    Easy,
    /// Easy over low rolling hills, there and back.
    Rolling,
    /// With a faster middle, round a loop.
    Tempo,
    /// The Sunday run.
    Long,
    /// Up and steeply down.
    Hills,
    /// Repetitions on a 400 m track.
    Track,
}

impl Kind {
    /// Word in the file's name.
    pub fn word(self) -> &'static str {
        match self {
            Self::Easy => "easy",
            Self::Rolling => "rolling",
            Self::Tempo => "tempo",
            Self::Long => "long",
            Self::Hills => "hills",
            Self::Track => "track",
        }
    }
}

/// One run of the sixteen weeks.
#[derive(Clone, Debug)]
pub struct SampleRun {
    /// Local day.
    pub day: Date,
    /// Week, from 1.
    pub week: i64,
    /// What it is for.
    pub kind: Kind,
    /// How it was run.
    pub plan: RunPlan,
    /// Where.
    pub route: Route,
    /// What recorded it.
    pub device: Device,
}

impl SampleRun {
    /// Runs it.
    pub fn truth(&self) -> Truth {
        simulate(&sample_runner(), &self.route, &self.plan)
    }
}

/// The runner of the samples: invented.
pub fn sample_runner() -> Runner {
    let mut runner = Runner { name: "Ada", ..Runner::default() };
    runner.cadence.at_reference_spm = STEP_RATE_SPM.0;
    runner.cadence.slope = SPEED_SLOPE;
    runner
}

/// All runs in order of time.
pub fn sample_runs() -> Vec<SampleRun> {
    let mut noise = Prng::stream(2026, "day form");
    let mut runs = Vec::new();
    for week in 1..=WEEKS {
        for (weekday, kind) in week_plan(week) {
            let number = runs.len() as u64;
            runs.push(run((week, weekday, kind), number, &mut noise));
        }
    }
    runs
}

/// Days after Monday and what is run: Tuesday, Thursday, most Saturdays, Sunday.
fn week_plan(week: i64) -> Vec<(i64, Kind)> {
    let tuesday = match week {
        DESCENT_WEEK => Kind::Hills,
        w if w % 4 == 2 => Kind::Rolling,
        _ => Kind::Easy,
    };
    let thursday = match week {
        DESCENT_WEEK => Kind::Hills,
        TRACK_WEEK => Kind::Track,
        _ => Kind::Tempo,
    };
    let sunday = if week == DESCENT_WEEK { Kind::Hills } else { Kind::Long };
    let mut days = vec![(1, tuesday), (3, thursday), (6, sunday)];
    if week % 3 != 0 {
        days.insert(2, (5, Kind::Easy));
    }
    days
}

fn run((week, weekday, kind): (i64, i64, Kind), number: u64, noise: &mut Prng) -> SampleRun {
    let days = (week - 1) * 7 + weekday;
    let day = FIRST_DAY.saturating_add(jiff::Span::new().days(days));
    let mut dice = Prng::stream(number, "intentions");
    let rise = (STEP_RATE_SPM.1 - STEP_RATE_SPM.0) * days as f64 / DAYS;
    let (start_s, utc_offset_s) = start(day, weekday, &mut dice);
    let phases = phases(week, weekday, kind, &mut dice);
    let metres: f64 = phases.iter().map(|p| p.distance_m).sum();
    let mut stops = Vec::new();
    if matches!(kind, Kind::Easy | Kind::Long) && dice.uniform() < 0.4 {
        let seconds = dice.between(20, 90) as u32;
        stops.push(Stop { at_m: metres * 0.37, seconds, timer: TimerAtStop::Stopped });
    }
    let plan = RunPlan {
        start_s,
        utc_offset_s,
        title: format!("{} run", kind.word()),
        phases,
        stops,
        keeping: match kind {
            Kind::Track => Keeping::Middle,
            _ => Keeping::Right(RIGHT_OF_MIDDLE_M),
        },
        cadence_offset_spm: rise + RUN_NOISE_SD_SPM * noise.gauss(),
        seed: 1000 + number,
    };
    let route = route(kind, metres);
    SampleRun { day, week, kind, plan, route, device: device(week, kind) }
}

/// Start in Unix seconds and the local offset: the Azores, which change their clocks on 29 March.
fn start(day: Date, weekday: i64, dice: &mut Prng) -> (i64, i32) {
    let utc_offset_s = if day < date(2026, 3, 29) { -3600 } else { 0 };
    let hour = if weekday >= 5 { 9 } else { 18 };
    let minute = dice.between(0, 45) as i8;
    let local = day.at(hour, minute, dice.between(0, 59) as i8, 0);
    let as_utc = local.to_zoned(jiff::tz::TimeZone::UTC).unwrap().timestamp().as_second();
    (as_utc - i64::from(utc_offset_s), utc_offset_s)
}

fn phases(week: i64, weekday: i64, kind: Kind, dice: &mut Prng) -> Vec<Phase> {
    let phase = |distance_m: f64, speed_m_s: f64| Phase { distance_m, speed_m_s };
    let near = |speed: f64, dice: &mut Prng| speed + 0.24 * (dice.uniform() - 0.5);
    // Sunday by Sunday; the jump stands where it is planted.
    const LONG_KM: [f64; 16] = [
        10.0, 10.5, 11.0, 10.0, 11.5, 12.0, 10.5, 12.5, 11.5, 13.0, 10.0, 12.5, 13.0, 12.5, 19.0,
        12.0,
    ];
    let long_m = LONG_KM.get(week as usize - 1).map_or(12_000.0, |km| km * 1000.0);
    match kind {
        Kind::Easy if weekday == 5 => vec![phase(5500.0, near(2.75, dice))],
        Kind::Easy | Kind::Rolling => {
            let easy = near(2.72, dice);
            vec![phase(6000.0, easy), phase(1000.0, easy + 0.15)]
        }
        Kind::Long => {
            let easy = near(2.66, dice);
            vec![phase(long_m * 0.8, easy), phase(long_m * 0.2, easy + 0.12)]
        }
        Kind::Tempo => {
            vec![
                phase(2000.0, near(2.68, dice)),
                phase(4000.0, near(3.3, dice)),
                phase(1500.0, near(2.5, dice)),
            ]
        }
        Kind::Hills if weekday == 6 => vec![phase(10_000.0, near(2.7, dice))],
        Kind::Hills => vec![phase(8000.0, near(2.7, dice))],
        Kind::Track => {
            let mut session = vec![phase(1600.0, 2.65)];
            for _ in 0..6 {
                session.extend([phase(800.0, 3.65), phase(400.0, 2.45)]);
            }
            session.push(phase(1600.0, 2.55));
            session
        }
    }
}

/// Metres along the road and above the sea: along the shore, over the low hills, up the mountain.
const SHORE: [(f64, f64); 11] = [
    (0.0, 12.0),
    (900.0, 15.0),
    (1800.0, 11.0),
    (2900.0, 16.0),
    (3800.0, 10.0),
    (4900.0, 14.0),
    (5900.0, 12.0),
    (7000.0, 17.0),
    (8000.0, 12.0),
    (9000.0, 15.0),
    (10_000.0, 13.0),
];
const LOW_HILLS: [(f64, f64); 7] = [
    (0.0, 40.0),
    (700.0, 54.0),
    (1300.0, 42.0),
    (2200.0, 60.0),
    (3000.0, 44.0),
    (3800.0, 60.0),
    (5000.0, 45.0),
];
const MOUNTAIN: [(f64, f64); 7] = [
    (0.0, 60.0),
    (600.0, 63.0),
    (1600.0, 133.0),
    (2600.0, 223.0),
    (3400.0, 319.0),
    (4000.0, 331.0),
    (5000.0, 401.0),
];

fn route(kind: Kind, metres: f64) -> Route {
    let turn_m = metres / 2.0;
    match kind {
        Kind::Easy | Kind::Long => Route::out_and_back(turn_m).profile(&SHORE).at(46.25, -31.50),
        Kind::Rolling => Route::out_and_back(turn_m).profile(&LOW_HILLS).at(46.30, -31.55),
        Kind::Hills => Route::out_and_back(turn_m).profile(&MOUNTAIN).at(46.35, -31.60),
        Kind::Tempo => Route::round(2500.0)
            .profile(&[(0.0, 20.0), (1250.0, 24.0), (2500.0, 20.0)])
            .at(46.27, -31.48),
        Kind::Track => Route::track().profile(&[(0.0, 18.0)]).at(46.26, -31.45),
    }
}

fn device(week: i64, kind: Kind) -> Device {
    let (contact_ms, bounce_mm) = NEW_WATCH_STEP;
    let mut device = if week < NEW_WATCH_WEEK {
        fenix_6x()
    } else {
        Device { dynamics: DynamicsSource::Formula { contact_ms, bounce_mm }, ..forerunner_265() }
    };
    device.positions = Positions::Receiver { sd_m: 1.6, memory_s: 60.0, left_bias_m: LEFT_BIAS_M };
    if kind == Kind::Track {
        // An open field: less noise, and the wrist costs less.
        device.positions = Positions::Receiver { sd_m: 1.0, memory_s: 60.0, left_bias_m: 1.5 };
        device.sampling = Sampling::EverySecond;
    }
    device
}

/// The one ride: 24 km in the same hills, on the old watch.
pub fn ride() -> (Truth, Device, RunPlan) {
    let mut rider = Runner { name: "Ada", ..Runner::default() };
    // A crank's turns where a runner's strides would be.
    rider.cadence.at_reference_spm = 168.0;
    rider.cadence.slope = 0.0;
    rider.heart.per_m_s = 5.0;
    rider.heart.bpm = 110.0;
    let day = date(2026, 4, 15);
    let (start_s, utc_offset_s) = start(day, 2, &mut Prng::stream(77, "ride"));
    let mut plan = RunPlan::even(24_000.0, 7.1, 77);
    (plan.start_s, plan.utc_offset_s) = (start_s, utc_offset_s);
    "evening ride".clone_into(&mut plan.title);
    let device = Device {
        dynamics: DynamicsSource::None,
        cadence: CadenceStorage::WholeStrides,
        altimeter: Altimeter::Barometer { step_m: 0.2 },
        ..fenix_6x()
    };
    let route = Route::out_and_back(12_000.0).at(46.28, -31.52);
    (simulate(&rider, &route, &plan), device, plan)
}
