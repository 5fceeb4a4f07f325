//! Decoding against the other readers, on the same bytes in the same run.
//!
//! `cargo bench --bench decode` measures with criterion, prints a table (MB/s, ns a record, times
//! the peer) and appends one JSON line per reader and input to `target/lightfoot-bench.jsonl`
//! (another place: `LIGHTFOOT_BENCH_LOG`), so that throughput can be followed over commits.
//! Medians of criterion's samples; one thread; bytes in memory.

#![allow(clippy::expect_used, reason = "a bench on an input that does not decode must stop")]

#[path = "../tests/support/mod.rs"]
mod support;

use std::cell::RefCell;
use std::hint::black_box;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use criterion::{BenchmarkId, Criterion, Throughput};
use lightfoot::read::{self, Limits};
use rustyfit::StreamingIterator;
use support::bench::bench_fit_of;
use support::device::{CadenceStorage, Device, Maker};
use support::presets;
use support::write_fit::{FitOptions, Order, Pod, Times};

/// One hour at one record a second: the usual run.
const RECORDS: usize = 3600;

/// Bytes to decode, with what is needed to make figures of the time.
struct Input {
    name: String,
    files: Vec<Vec<u8>>,
    records: usize,
}

impl Input {
    fn new(name: &str, files: Vec<Vec<u8>>) -> Self {
        let records = files.iter().map(|bytes| lightfoot(bytes)).sum();
        Self { name: name.to_owned(), files, records }
    }

    fn bytes(&self) -> usize {
        self.files.iter().map(Vec::len).sum()
    }
}

/// A reader under test: bytes in, number of records (or messages) out, so that nothing is skipped.
struct Reader {
    name: &'static str,
    read: fn(&[u8]) -> usize,
}

/// One format: ours first, the peer that ratios refer to second.
struct Contest {
    format: &'static str,
    readers: &'static [Reader],
    inputs: fn() -> Vec<Input>,
}

/// A contest per format.
const CONTESTS: &[Contest] = &[
    Contest {
        format: "FIT",
        readers: &[
            Reader { name: "lightfoot", read: lightfoot },
            Reader { name: "fitparser 0.11 from_bytes", read: fitparser_from_bytes },
            Reader { name: "rustyfit 0.11 stream, CRC, no expansion", read: rustyfit_stream },
        ],
        inputs: fit_inputs,
    },
    Contest {
        format: "GPX",
        readers: &[
            Reader { name: "lightfoot", read: lightfoot },
            Reader { name: "gpx 0.10 read, without extensions", read: gpx_points },
            Reader { name: "quick-xml 0.42 bare events", read: xml_events },
        ],
        inputs: gpx_inputs,
    },
    Contest {
        format: "TCX",
        readers: &[
            Reader { name: "lightfoot", read: lightfoot },
            Reader { name: "quick-xml 0.42 bare events", read: xml_events },
        ],
        inputs: tcx_inputs,
    },
];

/// Bytes to finished recordings, whatever the format.
fn lightfoot(bytes: &[u8]) -> usize {
    let output = read::read(bytes, &Limits::default());
    let output = black_box(output.expect("lightfoot reads its bench input"));
    output.recordings.iter().map(|recording| recording.times_ms.len()).sum()
}

fn fitparser_from_bytes(bytes: &[u8]) -> usize {
    black_box(fitparser::from_bytes(bytes)).map_or(0, |messages| messages.len())
}

fn rustyfit_stream(bytes: &[u8]) -> usize {
    let mut decoder =
        rustyfit::DecoderBuilder::new().checksum(true).expand_components(false).build();
    let mut stream = decoder.stream(bytes);
    let mut fields = 0;
    while let Some(Ok(event)) = stream.next() {
        if let rustyfit::DecoderEvent::Message(message) = black_box(event) {
            fields += message.fields.len();
        }
    }
    fields
}

fn gpx_points(bytes: &[u8]) -> usize {
    let file = black_box(gpx::read(bytes));
    file.map_or(0, |f| f.tracks.iter().flat_map(|t| &t.segments).map(|s| s.points.len()).sum())
}

/// What reading XML costs before anything is made of it: the floor for GPX and TCX.
fn xml_events(bytes: &[u8]) -> usize {
    let Ok(text) = std::str::from_utf8(bytes) else { return 0 };
    let mut reader = quick_xml::Reader::from_str(text);
    let mut events = 0;
    while let Ok(event) = reader.read_event() {
        if matches!(black_box(event), quick_xml::events::Event::Eof) {
            break;
        }
        events += 1;
    }
    events
}

fn gpx_inputs() -> Vec<Input> {
    let made = support::bench::bench_gpx(RECORDS);
    let mut inputs = vec![Input::new("synthetic runner, 1 h at 1 s", vec![made])];
    inputs.extend(corpus_file("gpx/georust__gpx__garmin-activity.gpx", "a Garmin run"));
    inputs
}

fn tcx_inputs() -> Vec<Input> {
    let made = support::bench::bench_tcx(RECORDS);
    let mut inputs = vec![Input::new("synthetic runner, 1 h at 1 s", vec![made])];
    inputs.extend(corpus_file("tcx/GoldenCheetah__sweatpy__3173437224.tcx", "a Polar run"));
    inputs
}

fn corpus_file(file: &str, name: &str) -> Option<Input> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    let bytes = std::fs::read(corpus.join(file)).ok()?;
    Some(Input::new(name, vec![bytes]))
}

fn fit_inputs() -> Vec<Input> {
    let mut inputs =
        vec![Input::new("synthetic runner, 1 h at 1 s", vec![support::bench::bench_fit(RECORDS)])];
    inputs.push(other_vendors());
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/fit");
    let running = running_files(&corpus);
    if running.is_empty() {
        println!("no ../shared/corpus: real recordings are left out");
    } else {
        inputs.push(Input::new("running files of the corpus", running));
    }
    inputs
}

/// The same hour as other watches write it: whole strides and altitudes, smart recording, either
/// byte order, compressed time stamps, pods in developer fields.
fn other_vendors() -> Input {
    let plain = FitOptions::default();
    let pod = FitOptions { pod: Pod::Described, ..plain };
    let late_pod = FitOptions { pod: Pod::DescribedLate, ..plain };
    let packed = FitOptions { order: Order::Big, times: Times::Compressed, ..plain };
    let suunto = || Device {
        maker: Maker::Suunto,
        name: "Suunto",
        cadence: CadenceStorage::WholeStrides,
        ..presets::satellite_watch()
    };
    let watches = [
        (presets::coros(), plain),
        (presets::coros(), late_pod),
        (suunto(), plain),
        (suunto(), packed),
        (presets::fenix_6x(), plain),
        (presets::forerunner_265(), pod),
    ];
    let files = watches.iter().map(|(watch, how)| bench_fit_of(RECORDS, watch, *how)).collect();
    Input::new("other vendors, synthetic, 1 h each", files)
}

/// FIT files that all three readers can read and that hold a run.
fn running_files(folder: &Path) -> Vec<Vec<u8>> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    let runs = |bytes: &Vec<u8>| {
        read::read(bytes, &Limits::default()).is_ok_and(|output| {
            output.issues.is_empty()
                && output.recordings.iter().any(|r| r.sport == lightfoot::activity::Sport::Running)
        })
    };
    let readable = |bytes: &Vec<u8>| {
        std::panic::catch_unwind(|| fitparser::from_bytes(bytes).is_ok()).unwrap_or(false)
    };
    paths.iter().filter_map(|path| std::fs::read(path).ok()).filter(runs).filter(readable).collect()
}

/// Median seconds of one pass over an input, as criterion sampled it.
fn measure(criterion: &mut Criterion, contest: &Contest, reader: &Reader, input: &Input) -> f64 {
    let samples = RefCell::new(Vec::new());
    let mut group = criterion.benchmark_group(format!("decode {}", contest.format));
    group.throughput(Throughput::Bytes(input.bytes() as u64));
    group.bench_function(BenchmarkId::new(reader.name, &input.name), |bencher| {
        bencher.iter_custom(|passes| {
            let start = Instant::now();
            for _ in 0..passes {
                for file in &input.files {
                    black_box((reader.read)(black_box(file)));
                }
            }
            let elapsed = start.elapsed();
            samples.borrow_mut().push(elapsed.as_secs_f64() / passes as f64);
            elapsed
        });
    });
    group.finish();
    let mut samples = samples.into_inner();
    samples.sort_by(f64::total_cmp);
    samples.get(samples.len() / 2).copied().unwrap_or(f64::NAN)
}

/// One line of the table and of the log.
#[derive(serde::Serialize)]
struct Figure<'a> {
    commit: &'a str,
    machine: &'a str,
    format: &'a str,
    input: &'a str,
    reader: &'a str,
    bytes: usize,
    records: usize,
    mb_per_s: f64,
    ns_per_record: f64,
    /// How many times the peer's speed.
    ratio: f64,
}

fn commit() -> String {
    let output = Command::new("git").args(["rev-parse", "--short", "HEAD"]).output();
    output
        .ok()
        .filter(|o| o.status.success())
        .map(|o| String::from_utf8_lossy(&o.stdout).trim().to_owned())
        .unwrap_or_else(|| "unknown".to_owned())
}

fn machine() -> String {
    let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = info.lines().find(|line| line.starts_with("model name"));
    let model = model.and_then(|line| line.split(':').nth(1)).unwrap_or(std::env::consts::ARCH);
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    format!("{} x {cores}", model.trim())
}

fn log(figures: &[Figure<'_>]) -> std::io::Result<PathBuf> {
    let place = std::env::var_os("LIGHTFOOT_BENCH_LOG").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("target/lightfoot-bench.jsonl"),
        PathBuf::from,
    );
    let mut file = std::fs::OpenOptions::new().create(true).append(true).open(&place)?;
    for figure in figures {
        writeln!(file, "{}", serde_json::to_string(figure)?)?;
    }
    Ok(place)
}

fn contest(criterion: &mut Criterion, contest: &Contest, commit: &str, machine: &str) {
    for input in (contest.inputs)() {
        let seconds: Vec<f64> = contest
            .readers
            .iter()
            .map(|reader| measure(criterion, contest, reader, &input))
            .collect();
        // A filter on the command line leaves readers out: no contest, no line in the log.
        if seconds.iter().any(|seconds| !seconds.is_finite()) {
            continue;
        }
        let peer = seconds.get(1).copied().unwrap_or(f64::NAN);
        let figures: Vec<Figure<'_>> = contest
            .readers
            .iter()
            .zip(&seconds)
            .map(|(reader, seconds)| Figure {
                commit,
                machine,
                format: contest.format,
                input: &input.name,
                reader: reader.name,
                bytes: input.bytes(),
                records: input.records,
                mb_per_s: input.bytes() as f64 / seconds / 1e6,
                ns_per_record: seconds * 1e9 / input.records as f64,
                ratio: peer / seconds,
            })
            .collect();
        println!(
            "\n{}: {}: {} bytes, {} records",
            contest.format,
            input.name,
            input.bytes(),
            input.records
        );
        println!("{:<42} {:>10} {:>12} {:>10}", "reader", "MB/s", "ns/record", "we are");
        let ours = seconds.first().copied().unwrap_or(f64::NAN);
        for (f, seconds) in figures.iter().zip(&seconds) {
            println!(
                "{:<42} {:>10.1} {:>12.1} {:>8.2} x",
                f.reader,
                f.mb_per_s,
                f.ns_per_record,
                seconds / ours
            );
        }
        match log(&figures) {
            Ok(place) => println!("appended to {}\n", place.display()),
            Err(error) => println!("not logged: {error}\n"),
        }
    }
}

fn main() {
    // Cargo passes --bench when benches are to be measured; under `cargo test` this is a check
    // that everything decodes, without figures.
    if !std::env::args().any(|arg| arg == "--bench") {
        for contest in CONTESTS {
            for input in (contest.inputs)() {
                assert!(input.records > 0, "{} holds records", input.name);
            }
        }
        return;
    }
    let mut criterion = Criterion::default()
        .configure_from_args()
        .sample_size(20)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(3))
        .without_plots();
    let (commit, machine) = (commit(), machine());
    for one in CONTESTS {
        contest(&mut criterion, one, &commit, &machine);
    }
    criterion.final_summary();
}
