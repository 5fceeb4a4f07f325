//! A plain file of any length for benches.

use super::device::{Device, DynamicsSource, Recorded};
use super::presets::forerunner_265;
use super::record::record;
use super::route::Route;
use super::runner::{RunPlan, Runner};
use super::simulate::simulate;
use super::truth::Truth;
use super::write_fit::{self, FitOptions, SportNumber};
use super::{write_gpx, write_tcx};

/// A FIT file of so many one-second records with running dynamics, as a strap and a watch write
/// them; the same bytes each time.
pub fn bench_fit(records: usize) -> Vec<u8> {
    let runner = Runner::default();
    let recorded = recorded(&runner, records);
    write_fit::write(&recorded, SportNumber::RUN, (&runner, 0), FitOptions::default())
}

/// The same hills on another watch, written in another way.
pub fn bench_fit_of(records: usize, device: &Device, options: FitOptions) -> Vec<u8> {
    let runner = Runner::default();
    let truth = truth(&runner, records, RunPlan::even(0.0, 2.8, 7));
    let recorded = record(&truth, device, 7);
    write_fit::write(&recorded, SportNumber::RUN, (&runner, 0), options)
}

/// The same run as GPX with heart rate and cadence in extensions.
pub fn bench_gpx(records: usize) -> Vec<u8> {
    write_gpx::write(&recorded(&Runner::default(), records), "bench", "running")
}

/// The same run as TCX.
pub fn bench_tcx(records: usize) -> Vec<u8> {
    write_tcx::write(&recorded(&Runner::default(), records), "Running")
}

/// One run of a long season for whole commands: a FIT file of so many records, another route's
/// hills, speed and cadence each day.
pub fn season_fit(day: usize, records: usize) -> Vec<u8> {
    let runner = Runner::default();
    let seed = day as u64;
    let speed_m_s = 2.5 + 0.1 * ((day * 7) % 8) as f64;
    let plan = RunPlan {
        start_s: 1_546_329_600 + 86_400 * day as i64, // from 2019-01-01 08:00 UTC
        cadence_offset_spm: ((day * 13) % 9) as f64 * 0.5 - 2.0,
        ..RunPlan::even(0.0, speed_m_s, seed)
    };
    let recorded = recorded_as(&runner, records, plan);
    write_fit::write(&recorded, SportNumber::RUN, (&runner, 0), FitOptions::default())
}

fn recorded(runner: &Runner, records: usize) -> Recorded {
    recorded_as(runner, records, RunPlan::even(0.0, 2.8, 7))
}

fn recorded_as(runner: &Runner, records: usize, plan: RunPlan) -> Recorded {
    let seed = plan.seed;
    let device = Device {
        dynamics: DynamicsSource::Sensor { contact_ms: 0.0, bounce_mm: 0.0 },
        ..forerunner_265()
    };
    record(&truth(runner, records, plan), &device, seed)
}

fn truth(runner: &Runner, records: usize, mut plan: RunPlan) -> Truth {
    // Enough road for the slowest run of that many seconds, then cut.
    plan.phases[0].distance_m = 3.6 * records as f64 + 60.0;
    let route =
        Route::out_and_back(5000.0).profile(&[(0.0, 80.0), (2000.0, 110.0), (5000.0, 60.0)]);
    let mut truth = simulate(runner, &route, &plan);
    truth.moments.truncate(records);
    truth
}
