//! What is kept of a recording to tell the same run twice, and two people, apart.

use std::collections::BTreeMap;

use crate::activity::{DeviceIdentity, RunnerHint, great_circle_m};
use crate::read::{Column, Field, Recording};

/// One minute of a run. Minutes are those of Unix time, so that two files of one run share them.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Minute {
    /// First position of the minute, latitude and longitude in degrees.
    pub place: Option<(f64, f64)>,
    /// Mean heart rate, beats per minute.
    pub heart_rate: Option<f64>,
    /// Mean cadence above zero, as stored.
    pub cadence: Option<f64>,
}

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
    pub device: DeviceIdentity,
    /// The person, as far as the file knows.
    pub runner: RunnerHint,
    /// Columns with a value in at least half of the records.
    pub channels: usize,
    /// Number of records.
    pub records: usize,
    /// Minutes by their number since 1970.
    pub minutes: BTreeMap<i64, Minute>,
}

/// Milliseconds of a minute.
pub(super) const MINUTE_MS: i64 = 60_000;
/// Minutes of a trace: a day and a half; a longer file is judged by its beginning. **chosen**.
const MOST_MINUTES: usize = 2160;

impl Trace {
    /// The picture of a recording; `None` when no record has a time.
    pub fn of(file: &str, recording: &Recording) -> Option<Self> {
        let timed = recording.times_ms.iter().flatten().copied();
        let start_ms = timed.clone().min()?;
        let end_ms = timed.max()?;
        let records = recording.times_ms.len();
        let minutes = minutes(recording);
        Some(Self {
            file: file.to_owned(),
            part: recording.part,
            format: recording.format,
            start_ms,
            end_ms,
            distance_m: stated_distance(recording).or_else(|| walked(&minutes)),
            device: recording.device.clone(),
            runner: recording.runner.clone(),
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

fn best(recording: &Recording, field: Field) -> Option<&Column> {
    recording.columns_of(field).map(|c| &c.values).max_by_key(|values| values.present())
}

#[derive(Clone, Copy, Default)]
struct Mean {
    sum: f64,
    count: f64,
}

impl Mean {
    fn add(&mut self, value: f64) {
        self.sum += value;
        self.count += 1.0;
    }

    fn value(self) -> Option<f64> {
        (self.count > 0.0).then(|| self.sum / self.count)
    }
}

fn minutes(recording: &Recording) -> BTreeMap<i64, Minute> {
    let latitude = best(recording, Field::Latitude);
    let longitude = best(recording, Field::Longitude);
    let heart_rate = best(recording, Field::HeartRate);
    let cadence = best(recording, Field::Cadence);
    let mut minutes: BTreeMap<i64, (Minute, Mean, Mean)> = BTreeMap::new();
    for (i, time) in recording.times_ms.iter().enumerate() {
        let Some(time) = time else { continue };
        let number = time.div_euclid(MINUTE_MS);
        if minutes.len() >= MOST_MINUTES && !minutes.contains_key(&number) {
            continue;
        }
        let (minute, heart, steps) = minutes.entry(number).or_default();
        let at = |column: Option<&Column>| column.and_then(|c| c.get(i));
        if minute.place.is_none()
            && let (Some(lat), Some(lon)) = (at(latitude), at(longitude))
        {
            minute.place = Some((lat, lon));
        }
        at(heart_rate).filter(|v| *v > 0.0).into_iter().for_each(|v| heart.add(v));
        at(cadence).filter(|v| *v > 0.0).into_iter().for_each(|v| steps.add(v));
    }
    let finished = minutes.into_iter().map(|(number, (minute, heart, steps))| {
        (number, Minute { heart_rate: heart.value(), cadence: steps.value(), ..minute })
    });
    finished.collect()
}

/// From the first to the last value of the distance column: legs of multisport files begin where
/// the leg before ended.
fn stated_distance(recording: &Recording) -> Option<f64> {
    let column = best(recording, Field::Distance)?;
    let first = column.iter().flatten().next()?;
    let last = column.iter().flatten().last()?;
    Some(last - first).filter(|d| *d > 0.0)
}

/// Length of the line through the minutes' positions: short of the path, enough to compare.
fn walked(minutes: &BTreeMap<i64, Minute>) -> Option<f64> {
    let places: Vec<(f64, f64)> = minutes.values().filter_map(|m| m.place).collect();
    let legs = places.iter().zip(places.iter().skip(1));
    (places.len() > 1).then(|| legs.map(|(a, b)| great_circle_m(*a, *b)).sum())
}
