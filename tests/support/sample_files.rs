//! The files of `samples/`: sixteen weeks in three formats, with their damage.

use std::io::Write as _;

use super::record::record;
use super::sample_weeks::{Kind, SampleRun, ride, sample_runner, sample_runs};
use super::truth::Truth;
use super::write_fit::{self, FitOptions, SportNumber};
use super::{write_gpx, write_tcx};

/// The file that ends before it should.
pub const TRUNCATED: &str = "2026-03-31-easy.fit";
/// Share of its bytes that is left.
const TRUNCATED_KEEPS: f64 = 0.7;
/// The file whose checksum does not match.
pub const WRONG_CRC: &str = "2026-04-21-easy.fit";
/// The file of another sport.
pub const RIDE: &str = "2026-04-15-ride.fit";
/// One run in two formats: the fuller file and its copy.
pub const TWICE: (&str, &str) = ("2026-04-09-tempo.fit", "2026-04-09-tempo-export.gpx.gz");

/// How a run was exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// As the watch wrote it.
    Fit,
    /// The same, gzipped, as bulk exports have it.
    FitGz,
    /// Track export.
    Gpx,
    /// Track export, gzipped.
    GpxGz,
    /// Laps export.
    Tcx,
    /// Laps export, gzipped.
    TcxGz,
}

impl Format {
    fn extension(self) -> &'static str {
        match self {
            Self::Fit => "fit",
            Self::FitGz => "fit.gz",
            Self::Gpx => "gpx",
            Self::GpxGz => "gpx.gz",
            Self::Tcx => "tcx",
            Self::TcxGz => "tcx.gz",
        }
    }
}

/// A file of the samples.
#[derive(Clone, Debug)]
pub struct SampleFile {
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The run in it and what truly happened; none for the ride.
    pub run: Option<(SampleRun, Truth)>,
}

/// How each run was exported: most as FIT, every ninth as GPX, every tenth as TCX.
pub fn format(index: usize, run: &SampleRun) -> Format {
    let plain = matches!(run.kind, Kind::Easy | Kind::Tempo);
    if run.week >= super::sample_weeks::NEW_WATCH_WEEK {
        return Format::FitGz;
    }
    match index {
        3 => Format::Gpx,
        6 => Format::Tcx,
        i if plain && i % 9 == 4 => Format::GpxGz,
        i if plain && i % 10 == 8 => Format::TcxGz,
        _ => Format::Fit,
    }
}

/// Name of a run's file.
pub fn name(index: usize, run: &SampleRun) -> String {
    format!("{}-{}.{}", run.day, run.kind.word(), format(index, run).extension())
}

/// All activity files, in order of time.
pub fn sample_files() -> Vec<SampleFile> {
    let mut files: Vec<SampleFile> = Vec::new();
    for (index, run) in sample_runs().into_iter().enumerate() {
        let name = name(index, &run);
        let truth = run.truth();
        let mut bytes = export((&run, &truth), format(index, &run));
        if name == TRUNCATED {
            bytes.truncate((bytes.len() as f64 * TRUNCATED_KEEPS) as usize);
        }
        if name == WRONG_CRC
            && let Some(last) = bytes.last_mut()
        {
            *last ^= 0x5a;
        }
        if name == TWICE.0 {
            let copy = export((&run, &truth), Format::GpxGz);
            files.push(SampleFile {
                name: TWICE.1.to_owned(),
                bytes: copy,
                run: Some((run.clone(), truth.clone())),
            });
        }
        files.push(SampleFile { name, bytes, run: Some((run, truth)) });
    }
    files.push(SampleFile { name: RIDE.to_owned(), bytes: export_ride(), run: None });
    files.sort_by(|a, b| a.name.cmp(&b.name));
    files
}

/// Writes one run in one format.
pub fn export((run, truth): (&SampleRun, &Truth), format: Format) -> Vec<u8> {
    let recorded = record(truth, &run.device, run.plan.seed);
    let runner = sample_runner();
    let whose = (&runner, run.plan.utc_offset_s);
    let sport = if run.kind == Kind::Track { SportNumber::TRACK } else { SportNumber::RUN };
    let fit = || write_fit::write(&recorded, sport, whose, FitOptions::default());
    match format {
        Format::Fit => fit(),
        Format::FitGz => gzip(&fit()),
        Format::Gpx => write_gpx::write(&recorded, &run.plan.title, "running"),
        Format::GpxGz => gzip(&write_gpx::write(&recorded, &run.plan.title, "running")),
        Format::Tcx => write_tcx::write(&recorded, "Running"),
        Format::TcxGz => gzip(&write_tcx::write(&recorded, "Running")),
    }
}

fn export_ride() -> Vec<u8> {
    let (truth, device, plan) = ride();
    let recorded = record(&truth, &device, plan.seed);
    let whose = (&sample_runner(), plan.utc_offset_s);
    write_fit::write(&recorded, SportNumber::RIDE, whose, FitOptions::default())
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    // No name and no time inside: the same run gives the same file.
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}
