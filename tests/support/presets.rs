//! Ready-made watches and the plainest of runs.

use super::device::{
    Altimeter, CadenceStorage, Device, DynamicsSource, Maker, Positions, Recorded, Sampling,
};
use super::record::record;
use super::route::Route;
use super::runner::{RunPlan, Runner};
use super::simulate::simulate;
use super::truth::Truth;
use super::write_fit::{self, FitOptions, SportNumber};
use super::{write_gpx, write_tcx};

/// A receiver of these years on a left wrist, bias as asked.
pub fn receiver(left_bias_m: f64) -> Positions {
    Positions::Receiver { sd_m: 1.6, memory_s: 60.0, left_bias_m }
}

/// A Garmin fenix 6X with a strap that measures running dynamics: smart recording, barometer.
pub fn fenix_6x() -> Device {
    Device {
        maker: Maker::Garmin,
        product: 3291,
        name: "fenix 6X",
        firmware: 2710,
        serial: 3_960_000_101,
        sampling: Sampling::Smart,
        cadence: CadenceStorage::HalfStrides,
        altimeter: Altimeter::Barometer { step_m: 0.2 },
        positions: receiver(5.0),
        dynamics: DynamicsSource::Sensor { contact_ms: 0.0, bounce_mm: 0.0 },
        distance_scale: 1.0,
        lap_m: Some(1000.0),
        quirks: Vec::new(),
    }
}

/// A Garmin Forerunner 265 on the wrist: every second, dynamics by formula.
pub fn forerunner_265() -> Device {
    Device {
        product: 4257,
        name: "Forerunner 265",
        firmware: 2209,
        serial: 3_960_000_202,
        sampling: Sampling::EverySecond,
        dynamics: DynamicsSource::Formula { contact_ms: 0.0, bounce_mm: 0.0 },
        ..fenix_6x()
    }
}

/// A COROS watch: every second, whole strides, altitude in whole metres.
pub fn coros() -> Device {
    Device {
        maker: Maker::Coros,
        product: 841,
        name: "COROS PACE 3",
        firmware: 308,
        serial: 3_960_000_303,
        sampling: Sampling::EverySecond,
        cadence: CadenceStorage::WholeStrides,
        altimeter: Altimeter::Barometer { step_m: 1.0 },
        ..fenix_6x()
    }
}

/// A watch without a barometer that no table knows.
pub fn satellite_watch() -> Device {
    Device {
        product: 9999,
        name: "",
        altimeter: Altimeter::Satellite { step_m: 0.2 },
        sampling: Sampling::EverySecond,
        dynamics: DynamicsSource::None,
        ..fenix_6x()
    }
}

/// A flat even run of 8 km in the three formats, with its truth: the first thing a reader meets.
pub struct Twins {
    /// What happened.
    pub truth: Truth,
    /// What the watch has of it.
    pub recorded: Recorded,
    /// FIT.
    pub fit: Vec<u8>,
    /// GPX of the same records.
    pub gpx: Vec<u8>,
    /// TCX of the same records.
    pub tcx: Vec<u8>,
}

/// One flat run every second, in the three formats.
pub fn twins(seed: u64) -> Twins {
    let runner = Runner::default();
    let plan = RunPlan::even(8000.0, 2.8, seed);
    twins_of(&runner, &Route::out_and_back(4000.0), &plan, &forerunner_265())
}

/// Any run in the three formats.
pub fn twins_of(runner: &Runner, route: &Route, plan: &RunPlan, device: &Device) -> Twins {
    let truth = simulate(runner, route, plan);
    let recorded = record(&truth, device, plan.seed);
    let whose = (runner, plan.utc_offset_s);
    let fit = write_fit::write(&recorded, SportNumber::RUN, whose, FitOptions::default());
    let gpx = write_gpx::write(&recorded, &plan.title, "running");
    let tcx = write_tcx::write(&recorded, "Running");
    Twins { truth, recorded, fit, gpx, tcx }
}
