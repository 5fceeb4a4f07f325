//! A plain file of any length for benches.

use super::device::{Device, DynamicsSource};
use super::presets::forerunner_265;
use super::record::record;
use super::route::Route;
use super::runner::{RunPlan, Runner};
use super::simulate::simulate;
use super::write_fit::{self, FitOptions, SportNumber};

/// A FIT file of so many one-second records with running dynamics, as a strap and a watch write
/// them; the same bytes each time.
pub fn bench_fit(records: usize) -> Vec<u8> {
    let runner = Runner::default();
    let mut plan = RunPlan::even(2.0 * records as f64 + 60.0, 2.8, 7);
    // Enough road for the slowest run of that many seconds, then cut.
    plan.phases[0].distance_m = 3.6 * records as f64 + 60.0;
    let route =
        Route::out_and_back(5000.0).profile(&[(0.0, 80.0), (2000.0, 110.0), (5000.0, 60.0)]);
    let mut truth = simulate(&runner, &route, &plan);
    truth.moments.truncate(records);
    let device = Device {
        dynamics: DynamicsSource::Sensor { contact_ms: 0.0, bounce_mm: 0.0 },
        ..forerunner_265()
    };
    let recorded = record(&truth, &device, 7);
    write_fit::write(&recorded, SportNumber::RUN, (&runner, 0), FitOptions::default())
}
