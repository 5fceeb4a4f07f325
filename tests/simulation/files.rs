//! Rows that go through real files: written as a watch writes them, read, prepared, cut, measured.

use super::Lot;
use super::athlete::range;
use super::support::device::{Device, DynamicsSource, Positions, Quirk};
use super::support::presets::{coros, fenix_6x, forerunner_265, satellite_watch};
use super::support::prng::Prng;
use super::support::record::record;
use super::support::route::{Course, Leg, Route};
use super::support::runner::{Keeping, Phase, RunPlan, Runner};
use super::support::simulate::simulate;
use super::support::truth::Totals;
use super::support::write_fit::{self, FitOptions, SportNumber};
use super::table::{Bound, Row};
use lightfoot::findings::judge;
use lightfoot::prepare::LearntUnits;
use lightfoot::segment::{Dynamics, TrackSession};
use lightfoot::trend::History;
use lightfoot::{Analysis, Settings, analyze, read};

/// All rows of this part, over so many files each.
pub fn rows(files: Lot) -> Vec<Row> {
    let mut rows = vec![through_files(files.part(5, 2))];
    rows.extend(ground(files));
    rows.extend(faults(files));
    rows.extend(dynamics(files));
    rows
}

/// One run through its file.
pub fn run(runner: &Runner, route: &Route, plan: &RunPlan, device: &Device) -> (Analysis, Totals) {
    run_as(SportNumber::RUN, runner, route, plan, device)
}

/// One run through a file that states this sport.
fn run_as(
    sport: SportNumber,
    runner: &Runner,
    route: &Route,
    plan: &RunPlan,
    device: &Device,
) -> (Analysis, Totals) {
    let truth = simulate(runner, route, plan);
    let recorded = record(&truth, device, plan.seed);
    let whose = (runner, plan.utc_offset_s);
    let fit = write_fit::write(&recorded, sport, whose, FitOptions::default());
    let settings = Settings::default();
    let recording = read::read(&fit, &settings.limits).unwrap().recordings.remove(0);
    let analysis = analyze(&recording, &settings, &LearntUnits::default()).unwrap();
    (analysis, truth.totals)
}

/// A track of 200 m: bends of 17.5 m on the running line.
fn small_track() -> Route {
    const RADIUS_M: f64 = 17.5;
    let bend = Leg::Bend { radius_m: RADIUS_M, turn_deg: 180.0 };
    let straight = Leg::Straight { length_m: 100.0 - std::f64::consts::PI * RADIUS_M };
    Route::new(&[straight, bend, straight, bend], 75.0, Course::Laps)
}

fn each<T: Send>(files: Lot, ask: impl Fn(u64, &mut Prng) -> T + Sync + Send) -> Vec<T> {
    files.each(|seed| ask(seed, &mut Prng::stream(seed, "files")))
}

fn part(run: &Analysis, id: &str, key: &str) -> Option<f64> {
    run.reading(id).and_then(|r| r.get(key))
}

fn watch(seed: u64) -> Device {
    match seed % 3 {
        0 => fenix_6x(),
        1 => forerunner_265(),
        _ => coros(),
    }
}

/// A run of three paces on the flat, some time after the first.
fn paces(prng: &mut Prng, seed: u64, day: i64) -> RunPlan {
    let easy = range(prng, 2.5, 3.2);
    let phases = [0.0, 0.35, -0.1, 0.2]
        .map(|dv| Phase { distance_m: range(prng, 1200.0, 2000.0), speed_m_s: easy + dv });
    let mut plan = RunPlan::even(0.0, easy, seed);
    plan.start_s += 86_400 * day;
    plan.phases = phases.to_vec();
    plan
}

/// The intervals that `cadence` judges on segments, once through the whole walk.
fn through_files(athletes: Lot) -> Row {
    let covered: Vec<Vec<bool>> = each(athletes, |seed, prng| {
        let mut runner = Runner::default();
        runner.cadence.slope = range(prng, 1.0, 14.0);
        runner.cadence.bend = range(prng, -4.0, 4.0);
        let device = watch(seed);
        let (analyses, truths): (Vec<Analysis>, Vec<Totals>) = (0..12)
            .map(|k| {
                let mut plan = paces(prng, 100 * seed + k, 3 * k as i64);
                plan.cadence_offset_spm = 2.0 * prng.gauss();
                run(&runner, &Route::straight(), &plan, &device)
            })
            .unzip();
        let history = History::build(analyses, &Settings::default());
        let at = history.models[0].reference_speed_m_s;
        let law = runner.cadence.spm(at, 0.0) - runner.cadence.at_reference_spm;
        let truth = |k: usize| truths[k].reference_spm + law;
        let series = history.series_of("adjusted_cadence").unwrap();
        let points = series.points.iter();
        points
            .filter_map(|p| {
                p.interval.map(|(low, high)| low <= truth(p.run) && truth(p.run) <= high)
            })
            .collect()
    });
    Row::count(
        "95 % intervals cover the truth",
        "cadence at usual speed, one run of twelve, through files of three watches",
        covered.into_iter().flatten(),
        Bound::AtLeast(0.92),
    )
}

fn ground(files: Lot) -> Vec<Row> {
    let sides: Vec<bool> = each(files, |seed, prng| {
        let keeping = match seed % 4 {
            0 => Keeping::Middle,
            1 => Keeping::Left(range(prng, 1.0, 4.0)),
            2 => Keeping::Right(range(prng, 1.0, 4.0)),
            _ => Keeping::SameKerb(range(prng, 1.0, 4.0)),
        };
        let bias = range(prng, 2.0, 6.0) * if prng.uniform() < 0.5 { -1.0 } else { 1.0 };
        let positions = Positions::Receiver { sd_m: 1.6, memory_s: 60.0, left_bias_m: bias };
        let device = Device { positions, ..watch(seed) };
        let plan = RunPlan { keeping, ..RunPlan::even(9000.0, 2.9, seed) };
        let (run, _) = run(&Runner::default(), &Route::out_and_back(1500.0), &plan, &device);
        let stated = ["left_low_m", "right_low_m"]
            .iter()
            .any(|key| part(&run, "camber_exposure", key).is_some());
        let history = History::build(vec![run], &Settings::default());
        let card = judge(&history, &Settings::default());
        stated || card.iter().any(|c| c.rule == "one_sided_camber")
    });
    let laps: Vec<bool> = each(files, |seed, prng| {
        let laps = prng.between(8, 24) as f64;
        let route = if seed % 2 == 0 { Route::track() } else { Route::track().mirrored() };
        let positions = Positions::Receiver {
            sd_m: range(prng, 0.8, 2.0),
            memory_s: 60.0,
            left_bias_m: range(prng, -6.0, 6.0),
        };
        let device = Device { positions, ..watch(seed) };
        let plan = RunPlan::even(400.0 * laps, range(prng, 2.8, 4.0), seed);
        let (run, truth) = run(&Runner::default(), &route, &plan, &device);
        run.track.is_some_and(|t| (t.net_laps - truth.net_laps).abs() <= 0.25)
    });
    let small: Vec<(bool, bool)> = each(files, |seed, prng| {
        let laps = prng.between(15, 40) as f64;
        let route = if seed % 2 == 0 { small_track() } else { small_track().mirrored() };
        let positions = Positions::Receiver {
            sd_m: range(prng, 0.8, 2.0),
            memory_s: 60.0,
            left_bias_m: range(prng, -6.0, 6.0),
        };
        let device = Device { positions, ..watch(seed) };
        let plan = RunPlan::even(200.0 * laps, range(prng, 2.6, 3.6), seed);
        let stated = run_as(SportNumber::TRACK, &Runner::default(), &route, &plan, &device);
        let right = |t: Box<TrackSession>| (t.net_laps - stated.1.net_laps).abs() <= 0.25;
        let found = stated.0.track.is_some_and(right);
        let unstated = run(&Runner::default(), &route, &plan, &device).0;
        (found, unstated.track.is_some())
    });
    let slopes: Vec<bool> = each(files, |seed, prng| {
        let plan = RunPlan::even(5000.0, range(prng, 2.4, 2.9), seed);
        let route = Route::straight().grade(0.04);
        let (run, _) = run(&Runner::default(), &route, &plan, &watch(seed));
        let grades: Vec<f64> = run.pieces.iter().filter_map(|p| p.grade).collect();
        let mean = grades.iter().sum::<f64>() / grades.len() as f64;
        (0.035..=0.045).contains(&mean)
    });
    let hills: Vec<bool> = each(files.part(5, 2), |seed, _| {
        let runs: Vec<Analysis> = (0..6)
            .map(|k| {
                let mut plan = RunPlan::even(5000.0 + 1000.0 * k as f64, 2.8, 100 * seed + k);
                plan.start_s += 3 * 86_400 * k as i64;
                run(&Runner::default(), &Route::straight(), &plan, &satellite_watch()).0
            })
            .collect();
        let bands = runs.iter().any(|r| r.value("hill_exposure").is_some());
        let history = History::build(runs, &Settings::default());
        let cards = judge(&history, &Settings::default());
        bands || cards.iter().any(|c| c.rule == "new_downhill")
    });
    vec![
        Row::count(
            "left and right",
            "wrist bias of 2 to 6 m to either side, runner left, right, in the middle or at one \
             kerb: a road side is stated from positions",
            sides,
            Bound::Never,
        ),
        Row::count(
            "track",
            "8 to 24 laps either way round, net laps within a quarter lap",
            laps,
            Bound::Always,
        ),
        Row::count(
            "track",
            "15 to 40 laps of 200 m in a file that says track, net laps within a quarter lap",
            small.iter().map(|s| s.0),
            Bound::Always,
        ),
        Row::count(
            "track",
            "the same in a file that does not say track: a track is claimed",
            small.iter().map(|s| s.1),
            Bound::Never,
        ),
        Row::count("hills", "4 % on barometric altitude reads 3.5 to 4.5 %", slopes, Bound::Always),
        Row::count(
            "hills",
            "six flat runs with satellite altitude: grade bands or a card about hills",
            hills,
            Bound::Never,
        ),
    ]
}

/// Whether doubtful spans with this word are marked.
fn marked(run: &Analysis, word: &str) -> bool {
    run.doubtful.iter().any(|span| span.reason.contains(word))
}

fn faults(files: Lot) -> Vec<Row> {
    let with = |quirk: fn(&mut Prng) -> Vec<Quirk>, seed: u64, prng: &mut Prng| {
        let device = Device { quirks: quirk(prng), ..watch(seed) };
        let plan = paces(prng, seed, 0);
        run(&Runner::default(), &Route::out_and_back(3000.0), &plan, &device).0
    };
    let half: Vec<bool> = each(files, |seed, prng| {
        let quirk =
            |p: &mut Prng| vec![Quirk::HalfCadence { from_s: p.between(300, 1500), seconds: 60 }];
        marked(&with(quirk, seed, prng), "below")
    });
    let lock: Vec<bool> = each(files, |seed, prng| {
        let quirk = |p: &mut Prng| {
            vec![Quirk::HeartLock { from_s: p.between(200, 900), seconds: p.between(420, 900) }]
        };
        marked(&with(quirk, seed, prng), "heart rate")
    });
    // Every other heart sits near the step rate anyway, as in two of seven real archives.
    let clean: Vec<bool> = each(Lot { athletes: 5 * files.athletes, ..files }, |seed, prng| {
        let mut runner = Runner::default();
        runner.heart.bpm = if seed % 2 == 0 { range(prng, 158.0, 170.0) } else { 142.0 };
        let plan = paces(prng, seed, 0);
        let (run, _) = run(&runner, &Route::out_and_back(3000.0), &plan, &watch(seed));
        !run.doubtful.is_empty()
    });
    let hearts: Vec<bool> = each(files.part(5, 2), |seed, prng| {
        let runs = (0..10).map(|k| {
            let mut runner = Runner::default();
            runner.heart.bpm = range(prng, 158.0, 170.0);
            let plan = paces(prng, 100 * seed + k, 2 * k as i64);
            run(&runner, &Route::straight(), &plan, &watch(seed)).0
        });
        let history = History::build(runs.collect(), &Settings::default());
        judge(&history, &Settings::default()).iter().any(|c| c.rule == "heart_rate_doubt")
    });
    vec![
        Row::count("faults", "half cadence for a minute is marked", half, Bound::AtLeast(0.95)),
        Row::count(
            "faults",
            "heart rate locked to cadence for 7 to 15 min is marked",
            lock,
            Bound::AtLeast(0.95),
        ),
        Row::count(
            "faults",
            "four weeks of ten clean runs, heart near the step rate: card about the heart rate",
            hearts,
            Bound::AtMost(0.005),
        ),
        Row::count(
            "faults",
            "clean files, every other heart near the step rate: anything is marked",
            clean,
            Bound::AtMost(0.005),
        ),
    ]
}

fn dynamics(files: Lot) -> Vec<Row> {
    // Watches that store whole strides are known with sensors only.
    let judged = |watch: fn() -> Device, source: fn(&mut Prng) -> DynamicsSource| {
        each(files, |seed, prng| {
            let device = Device { dynamics: source(prng), ..watch() };
            let mut plan = paces(prng, seed, 0);
            // 80 segments need 40 minutes.
            plan.phases.iter_mut().for_each(|phase| phase.distance_m = 2400.0);
            run(&Runner::default(), &Route::straight(), &plan, &device).0.dynamics
        })
    };
    let formula = |p: &mut Prng| DynamicsSource::Formula {
        contact_ms: range(p, -15.0, 15.0),
        bounce_mm: range(p, -8.0, 8.0),
    };
    let estimated = |found: Vec<Dynamics>| found.into_iter().map(|d| d == Dynamics::Estimated);
    let sensor = judged(fenix_6x, |p| DynamicsSource::Sensor {
        contact_ms: range(p, -15.0, 15.0),
        bounce_mm: range(p, -8.0, 8.0),
    });
    vec![
        Row::count(
            "running dynamics",
            "a wrist formula of speed and cadence, a record a second, is recognised as an estimate",
            estimated(judged(forerunner_265, formula)),
            Bound::Always,
        ),
        Row::count(
            "running dynamics",
            "the same under smart recording",
            estimated(judged(fenix_6x, formula)),
            Bound::Always,
        ),
        Row::count(
            "running dynamics",
            "a noisy sensor is called an estimate",
            estimated(sensor),
            Bound::Never,
        ),
    ]
}
