//! Where fuzzing starts: short runs of the synthetic runner, in every way of writing them.

use std::io::Write;

use crate::support::device::{Device, Recorded};
use crate::support::presets::{coros, fenix_6x, forerunner_265, satellite_watch};
use crate::support::record::record;
use crate::support::route::Route;
use crate::support::runner::{RunPlan, Runner};
use crate::support::simulate::simulate;
use crate::support::write_fit::{
    self, FitOptions, Header, Order, Pod, SportNumber, SummaryPlace, Times,
};
use crate::support::{write_gpx, write_tcx};

/// Seconds of a seed: long enough for a metric to have a number.
const SECONDS: usize = 150;

/// One short run as a device has it.
pub fn short(device: &Device, seconds: usize) -> (Runner, Recorded) {
    let runner = Runner::default();
    let plan = RunPlan::even(3.2 * seconds as f64 + 60.0, 3.0, 5);
    let mut truth = simulate(&runner, &Route::out_and_back(2000.0), &plan);
    truth.moments.truncate(seconds);
    let recorded = record(&truth, device, plan.seed);
    (runner, recorded)
}

fn devices() -> [Device; 4] {
    [forerunner_265(), fenix_6x(), coros(), satellite_watch()]
}

/// FIT by every watch and every way of writing.
pub fn fit() -> Vec<Vec<u8>> {
    let mut seeds = Vec::new();
    for (index, device) in devices().iter().enumerate() {
        let (runner, recorded) = short(device, SECONDS);
        let plain = FitOptions::default();
        let other = FitOptions {
            order: [Order::Little, Order::Big][index % 2],
            header: [Header::Short, Header::ZeroCrc][index / 2],
            times: [Times::Compressed, Times::Full][index % 2],
            summary: SummaryPlace::First,
            pod: [Pod::Described, Pod::DescribedLate][index % 2],
        };
        for options in [plain, other] {
            seeds.push(write_fit::write(&recorded, SportNumber::RUN, (&runner, 3600), options));
        }
    }
    let chained = [seeds[0].as_slice(), seeds[3].as_slice()].concat();
    seeds.push(chained);
    seeds
}

/// GPX by every watch.
pub fn gpx() -> Vec<Vec<u8>> {
    let write =
        |d: &Device| write_gpx::write(&short(d, SECONDS / 3).1, "Morning & more", "running");
    devices().iter().map(write).collect()
}

/// TCX by every watch.
pub fn tcx() -> Vec<Vec<u8>> {
    let write = |d: &Device| write_tcx::write(&short(d, SECONDS / 3).1, "Running");
    devices().iter().map(write).collect()
}

/// The same, compressed once, twice, in two members, and plain.
pub fn file() -> Vec<Vec<u8>> {
    let (fit, gpx, tcx) = (fit().swap_remove(0), gpx().swap_remove(0), tcx().swap_remove(0));
    let twice = gzip(&gzip(&gpx));
    let members = [gzip(&fit[..100]), gzip(&fit[100..])].concat();
    vec![gzip(&fit), gzip(&tcx), twice, members, fit, gpx, tcx]
}

/// Bytes as a gzip stream.
pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(bytes).expect("memory takes bytes");
    packer.finish().expect("memory takes bytes")
}

/// Every table that speaks of runs, each in the ways in which it is met.
pub fn tables() -> Vec<Vec<u8>> {
    let notes = lightfoot::journal::EXAMPLE;
    let semicolons = notes.replace(',', ";");
    let long: Vec<&str> = vec!["Activity Name"; 90];
    let mut row = vec![""; 90];
    for (at, text) in [(2, "Morning"), (11, "Red shoes"), (12, "activities/1.gpx"), (17, "8000")] {
        row[at] = text;
    }
    row[43] = "6.0";
    row[81] = "700";
    let strava = format!("\u{feff}{}\r\n{}\r\n", long.join(","), row.join(","));
    let old = "id,date,name,type,description,elapsed_time,distance,commute,gear,filename\n\
        1,2018-01-01 10:00:00,Old run,Run,\"two\nlines\",1800,5000.0,false,Blue,activities/1.gpx\n";
    let wrapped = r#"[{"summarizedActivitiesExport":[{"activityId":1,"name":"Morning","description":
        "easy","beginTimestamp":1777793000000.0,"steps":900,"workoutRpe":40}]}]"#;
    let bare = r#"{"activityId":"1","name":"M","startTimeGmt":"1777793000000","workoutRpe":"70"}"#;
    let gear = r#"[{"gearDTOS":[{"gearPk":5,"gearTypeName":"Shoes","customMakeModel":"Green"}],
        "gearActivityDTOs":{"5":[{"activityId":1}]}}]"#;
    let quoted = "sep=;\ndate;text\n2026-05-03;\"left knee\n3.5.26 07:00;=1+1;more";
    let texts = [notes, &semicolons, &strava, old, wrapped, bare, gear, quoted];
    let wide = notes.encode_utf16().flat_map(u16::to_le_bytes);
    let wide: Vec<u8> = [0xff, 0xfe].into_iter().chain(wide).collect();
    texts.iter().map(|text| text.as_bytes().to_vec()).chain([wide]).collect()
}
