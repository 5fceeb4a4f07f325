//! What is kept of a recording to tell the same run twice, and two people, apart.

use super::minutes::{Minutes, best};
use crate::activity::{DeviceIdentity, RunnerHint, Shared, great_circle_m};
use crate::read::{Field, Recording};

/// A light picture of one recording.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trace {
    /// Label of the file.
    pub file: String,
    /// Part within the file.
    pub part: usize,
    /// Format name.
    pub format: &'static str,
    /// First record, Unix milliseconds.
    pub start_ms: i64,
    /// Last record, Unix milliseconds.
    pub end_ms: i64,
    /// Distance covered, metres, where the file states it or positions show it.
    pub distance_m: Option<f64>,
    /// Watch or app.
    pub device: Shared<DeviceIdentity>,
    /// The person, as far as the file knows.
    pub runner: Shared<RunnerHint>,
    /// Columns with a value in at least half of the records.
    pub channels: usize,
    /// Number of records.
    pub records: usize,
    /// Where and how, minute by minute.
    pub minutes: Minutes,
}

impl Trace {
    /// The picture of a recording; `None` when no record has a time.
    pub fn of(file: &str, recording: &Recording) -> Option<Self> {
        let timed = recording.times_ms.iter().flatten().copied();
        let start_ms = timed.clone().min()?;
        let end_ms = timed.max()?;
        let records = recording.times_ms.len();
        let minutes = Minutes::of(recording);
        Some(Self {
            file: file.to_owned(),
            part: recording.part,
            format: recording.format,
            start_ms,
            end_ms,
            distance_m: stated_distance(recording).or_else(|| walked(&minutes)),
            device: recording.device.clone().into(),
            runner: recording.runner.clone().into(),
            channels: recording
                .columns
                .iter()
                .filter(|c| 2 * c.values.present() >= records)
                .count(),
            records,
            minutes,
        })
    }

    /// Seconds from the first record to the last.
    pub fn duration_s(&self) -> f64 {
        self.end_ms.saturating_sub(self.start_ms) as f64 / 1000.0
    }

    /// File and, where it has several, part.
    pub fn label(&self) -> String {
        match self.part {
            0 => self.file.clone(),
            part => format!("{} (part {})", self.file, part + 1),
        }
    }
}

/// From the first to the last value of the distance column: legs of multisport files begin where
/// the leg before ended.
fn stated_distance(recording: &Recording) -> Option<f64> {
    let column = best(recording, Field::Distance)?;
    let first = column.iter().flatten().next()?;
    let last = column.iter().rev().flatten().next()?;
    Some(last - first).filter(|d| *d > 0.0)
}

/// Length of the line through the minutes' positions: short of the path, enough to compare.
fn walked(minutes: &Minutes) -> Option<f64> {
    let places: Vec<(f64, f64)> = minutes.iter().filter_map(|(_, m)| m.place).collect();
    let legs = places.iter().zip(places.iter().skip(1));
    (places.len() > 1).then(|| legs.map(|(a, b)| great_circle_m(*a, *b)).sum())
}
