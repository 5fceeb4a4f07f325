//! A plain file of any length for benches.

use super::device::{Device, DynamicsSource, Recorded};
use super::presets::forerunner_265;
use super::record::record;
use super::route::Route;
use super::runner::{RunPlan, Runner};
use super::simulate::simulate;
use super::write_fit::{self, FitOptions, SportNumber};
use super::{write_gpx, write_tcx};

/// A FIT file of so many one-second records with running dynamics, as a strap and a watch write
/// them; the same bytes each time.
pub fn bench_fit(records: usize) -> Vec<u8> {
    let runner = Runner::default();
    let recorded = recorded(&runner, records);
    write_fit::write(&recorded, SportNumber::RUN, (&runner, 0), FitOptions::default())
}

/// The same run as GPX with heart rate and cadence in extensions.
pub fn bench_gpx(records: usize) -> Vec<u8> {
    write_gpx::write(&recorded(&Runner::default(), records), "bench", "running")
}

/// The same run as TCX.
pub fn bench_tcx(records: usize) -> Vec<u8> {
    write_tcx::write(&recorded(&Runner::default(), records), "Running")
}

fn recorded(runner: &Runner, records: usize) -> Recorded {
    let mut plan = RunPlan::even(2.0 * records as f64 + 60.0, 2.8, 7);
    // Enough road for the slowest run of that many seconds, then cut.
    plan.phases[0].distance_m = 3.6 * records as f64 + 60.0;
    let route =
        Route::out_and_back(5000.0).profile(&[(0.0, 80.0), (2000.0, 110.0), (5000.0, 60.0)]);
    let mut truth = simulate(runner, &route, &plan);
    truth.moments.truncate(records);
    let device = Device {
        dynamics: DynamicsSource::Sensor { contact_ms: 0.0, bounce_mm: 0.0 },
        ..forerunner_265()
    };
    record(&truth, &device, 7)
}
