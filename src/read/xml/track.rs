//! The points of one track or activity, gathered column by column.

use std::collections::BTreeMap;

use super::{Clock, Walk, local, number};
use crate::read::{CadenceConvention, Column, ColumnSource, Field, RawColumn, Recording};

mod oddities;
mod repeat;
mod shape;

use oddities::Oddities;
use repeat::Repeats;
use shape::Slot;

/// Extension columns of one track; what comes after is counted as passed over. **chosen**: ten
/// times what any exporter writes, and a bound for memory.
const MOST_COLUMNS: usize = 16;
/// Names of passed-over elements that are kept apart. **chosen**.
const MOST_NAMES: usize = 64;
/// Highest cadence that either schema allows; 255 is a watch's sign for "none". Source: the TCX
/// schema's `CadenceValue_t` and the track point extension's type of the same name.
const MAX_CADENCE: f64 = 254.0;

/// What an element of a point means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meaning {
    /// A column of that field.
    Column(Field),
    /// Nothing that is read.
    Unknown,
}

impl Meaning {
    /// Meaning by local name, as vendors write it: `gpxtpx:cad`, `RunCadence`, `ns3:Watts` ...
    fn of(name: &str) -> Self {
        let lower = local(name).to_ascii_lowercase();
        let field = match lower.as_str() {
            "cad" | "cadence" | "runcadence" | "run_cadence" | "runningcadence" => Field::Cadence,
            "running_cadence" | "stepcadence" => Field::Cadence,
            "hr" | "heartrate" | "heart_rate" | "heartratebpm" | "bpm" => Field::HeartRate,
            "power" | "watts" | "powerinwatts" | "pwr" => Field::Power,
            "speed" => Field::Speed,
            "atemp" | "temp" | "temperature" => Field::Temperature,
            "distance" | "distancemeters" => Field::Distance,
            _ => return Self::Unknown,
        };
        Self::Column(field)
    }
}

/// Unit of a column as the schemas fix it; cadence is per minute of what, they leave open.
fn unit(field: Field) -> &'static str {
    match field {
        Field::Latitude | Field::Longitude => "deg",
        Field::Altitude | Field::Distance => "m",
        Field::Speed => "m/s",
        Field::Cadence => "1/min",
        Field::HeartRate => "bpm",
        Field::Power => "W",
        Field::Temperature => "C",
        _ => "",
    }
}

#[derive(Default)]
struct Extra {
    field: Option<Field>,
    name: String,
    source: Option<ColumnSource>,
    values: Vec<f64>,
}

/// A track under way: finished points in columns, one point being read.
#[derive(Default)]
pub(in crate::read) struct Track {
    times_ms: Vec<Option<i64>>,
    latitude: Vec<f64>,
    longitude: Vec<f64>,
    altitude: Vec<f64>,
    extras: Vec<Extra>,
    breaks: Vec<usize>,
    now_time: Option<i64>,
    now_place: Option<(f64, f64)>,
    now_altitude: Option<f64>,
    utc_offset_s: Option<i32>,
    passed_over: Vec<(String, usize)>,
    odd: Oddities,
    repeats: Repeats,
}

impl Track {
    /// Finished points.
    pub(in crate::read) fn len(&self) -> usize {
        self.times_ms.len()
    }

    /// Times of the finished points.
    pub(in crate::read) fn times_ms(&self) -> &[Option<i64>] {
        &self.times_ms
    }

    /// Latest time among the points from an index on.
    pub(in crate::read) fn last_time_since(&self, from: usize) -> Option<i64> {
        self.times_ms.iter().skip(from).rev().find_map(|t| *t)
    }

    /// Earliest stated time among the points from an index on.
    pub(in crate::read) fn first_time_since(&self, from: usize) -> Option<i64> {
        self.times_ms.iter().skip(from).find_map(|t| *t)
    }

    /// The next point begins a new segment.
    pub(in crate::read) fn break_here(&mut self) {
        let at = self.len();
        if at > 0 && self.breaks.last() != Some(&at) {
            self.breaks.push(at);
        }
    }

    /// Time of the point being read.
    pub(in crate::read) fn time(&mut self, text: &str, clock: &mut Clock, walk: &Walk<'_>) {
        self.repeats.note(Slot::Time, text);
        match clock.parse(text) {
            Some((ms, zone)) => {
                self.now_time = Some(ms);
                self.keep_zone(zone);
            }
            None => self.odd.time.note(walk),
        }
    }

    /// Position of the point being read. A missing or impossible one is no position: out of
    /// range, or exactly 0,0, which receivers write while they search.
    pub(in crate::read) fn position(
        &mut self,
        latitude: Option<&str>,
        longitude: Option<&str>,
        walk: &Walk<'_>,
    ) {
        let mut read = |text: Option<&str>, slot| {
            self.repeats.note(slot, text?);
            number(text?, &mut self.odd.commas)
        };
        match (read(latitude, Slot::Latitude), read(longitude, Slot::Longitude)) {
            (Some(lat), Some(lon)) if possible(lat, lon) => self.now_place = Some((lat, lon)),
            _ => self.odd.position.note(walk),
        }
    }

    /// Altitude of the point being read; a blank is none.
    pub(in crate::read) fn altitude(&mut self, text: &str, walk: &Walk<'_>) {
        if let Some(metres) = self.number(text, walk) {
            self.repeats.note(Slot::Altitude, text);
            self.now_altitude = Some(metres);
        }
    }

    /// A number, noted as odd when it is neither blank nor a number.
    pub(in crate::read) fn number(&mut self, text: &str, walk: &Walk<'_>) -> Option<f64> {
        let value = number(text, &mut self.odd.commas);
        if value.is_none() && !text.trim_ascii().is_empty() {
            self.odd.number.note(walk);
        }
        value
    }

    /// A value of the point being read, under its name as recorded: read if its local name means
    /// something, else counted as passed over.
    pub(in crate::read) fn element(
        &mut self,
        name: &str,
        source: ColumnSource,
        text: &str,
        walk: &Walk<'_>,
    ) {
        // Names repeat from point to point: what was decided once is looked up.
        if let Some(known) = self.extras.iter().position(|extra| extra.name == name) {
            self.add_value(known, text, walk);
            return;
        }
        if let Some(known) = self.passed_over.iter().position(|(known, _)| known == name) {
            self.pass_over(known, text);
            return;
        }
        let column = match Meaning::of(name) {
            Meaning::Column(field) => self.add_column(field, name, source),
            Meaning::Unknown => None,
        };
        match column {
            Some(column) => self.add_value(column, text, walk),
            None if self.passed_over.len() < MOST_NAMES => {
                self.passed_over.push((name.to_owned(), 0));
                self.pass_over(self.passed_over.len() - 1, text);
            }
            None => {}
        }
    }

    fn pass_over(&mut self, number: usize, text: &str) {
        let blank = text.trim_ascii().is_empty();
        let slot = if blank { Slot::Blank(number) } else { Slot::PassedOver(number) };
        self.repeats.note(slot, text);
        self.count_passed_over(number);
    }

    fn add_value(&mut self, column: usize, text: &str, walk: &Walk<'_>) {
        let Some(value) = self.number(text, walk) else { return };
        self.repeats.note(Slot::Extra(column), text);
        let row = self.len();
        let Some(extra) = self.extras.get_mut(column) else { return };
        match verdict(extra.field, value) {
            Verdict::Value => {}
            Verdict::Absent => return,
            Verdict::Impossible => {
                self.odd.range.note(walk);
                return;
            }
        }
        if extra.values.len() > row {
            self.odd.repeated.note(walk);
            return;
        }
        extra.values.resize(row, f64::NAN);
        extra.values.push(value);
    }

    fn add_column(&mut self, field: Field, name: &str, source: ColumnSource) -> Option<usize> {
        if self.extras.len() >= MOST_COLUMNS {
            return None;
        }
        self.extras.push(Extra {
            field: Some(field),
            name: name.to_owned(),
            source: Some(source),
            values: Vec::new(),
        });
        self.extras.len().checked_sub(1)
    }

    /// The point being read is complete.
    pub(in crate::read) fn finish_point(&mut self) {
        self.times_ms.push(self.now_time.take());
        let (lat, lon) = self.now_place.take().unwrap_or((f64::NAN, f64::NAN));
        self.latitude.push(lat);
        self.longitude.push(lon);
        self.altitude.push(self.now_altitude.take().unwrap_or(f64::NAN));
    }

    /// The point being read breaks off and is not kept.
    pub(in crate::read) fn abandon_point(&mut self) {
        let row = self.len();
        self.now_time = None;
        self.now_place = None;
        self.now_altitude = None;
        for extra in &mut self.extras {
            extra.values.truncate(row);
        }
    }

    /// Whether any point has a time.
    pub(in crate::read) fn has_times(&self) -> bool {
        self.times_ms.iter().any(Option::is_some)
    }

    /// The track as a recording: columns that hold nothing are left out.
    pub(in crate::read) fn into_recording(
        mut self,
        format: &'static str,
        part: usize,
        names: PointNames,
    ) -> Recording {
        let mut recording = Recording::empty(format, part);
        let untimed = self.times_ms.iter().filter(|t| t.is_none()).count();
        recording.issues = self.odd.issues(untimed);
        let rows = self.len();
        let native = [
            (Field::Latitude, names.latitude, self.latitude),
            (Field::Longitude, names.longitude, self.longitude),
            (Field::Altitude, names.altitude, self.altitude),
        ];
        let native = native.into_iter().map(|(field, name, values)| {
            column(field, name.to_owned(), ColumnSource::Native, values)
        });
        let extras = self.extras.into_iter().filter_map(|mut extra| {
            extra.values.resize(rows, f64::NAN);
            Some(column(extra.field?, extra.name, extra.source?, extra.values))
        });
        recording.columns = native.chain(extras).filter(|c| c.values.present() > 0).collect();
        recording.times_ms = self.times_ms;
        self.breaks.retain(|at| *at < rows);
        recording.breaks = self.breaks;
        recording.utc_offset_s = self.utc_offset_s;
        let mut passed_over = BTreeMap::new();
        for (name, count) in self.passed_over {
            *passed_over.entry(local(&name).to_owned().into()).or_default() += count;
        }
        recording.passed_over = passed_over;
        recording
    }
}

/// Names of the columns that every point may have.
#[derive(Clone, Copy)]
pub(in crate::read) struct PointNames {
    pub(in crate::read) latitude: &'static str,
    pub(in crate::read) longitude: &'static str,
    pub(in crate::read) altitude: &'static str,
}

/// What a number in a column comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Value,
    Absent,
    Impossible,
}

fn verdict(field: Option<Field>, value: f64) -> Verdict {
    match field {
        Some(Field::Cadence) if !(0.0..=MAX_CADENCE).contains(&value) => Verdict::Impossible,
        // A heart rate of zero is how exporters write "none": nothing odd.
        Some(Field::HeartRate) if value == 0.0 => Verdict::Absent,
        Some(Field::HeartRate) if value < 0.0 => Verdict::Impossible,
        _ => Verdict::Value,
    }
}

fn possible(latitude: f64, longitude: f64) -> bool {
    latitude.abs() <= 90.0 && longitude.abs() <= 180.0 && !(latitude == 0.0 && longitude == 0.0)
}

fn column(field: Field, name: String, source: ColumnSource, values: Vec<f64>) -> RawColumn {
    // A cast tells almost all, and is no call into a mathematics library as `fract` is.
    let whole = |v: &f64| *v as i64 as f64 == *v || v.fract() == 0.0;
    let whole_numbers = values.iter().filter(|v| v.is_finite()).all(whole);
    RawColumn {
        field,
        name,
        unit: unit(field).to_owned(),
        source,
        convention: CadenceConvention::Unstated,
        whole_numbers,
        values: Column::from_raw(values),
    }
}
