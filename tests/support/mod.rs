//! The synthetic runner: a person with a known cadence law runs a known route, a device records
//! it, and a writer makes the file that the device would export. Every true value is known.
//!
//! ```text
//! Runner + Route + RunPlan --simulate--> Truth --record--> Recorded --write--> FIT, GPX, TCX
//! ```
//!
//! Development only: tests, benches and the maker of the samples include this folder by path.
//! Randomness comes from [`prng`] alone, so one seed gives one run on every machine.

// Each test binary includes the whole folder and uses a part of it.
#![allow(dead_code)]
// The simulator feeds tests; it reads no input of anybody's.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "development-only code that reads no input: a panic here is a failing test"
)]

pub mod bench;
pub mod device;
pub mod fit_encoder;
mod fit_summaries;
pub mod presets;
pub mod prng;
pub mod record;
pub mod route;
pub mod runner;
pub mod sample_files;
pub mod sample_notes;
pub mod sample_weeks;
pub mod season;
pub mod simulate;
pub mod squad;
pub mod summary;
pub mod truth;
pub mod write_fit;
pub mod write_gpx;
pub mod write_tcx;
