//! What a file said, column by column.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::activity::{DeviceIdentity, DeviceSummary, Issue, RunnerHint, Sport, SubSport};

/// Everything one file yields.
#[derive(Clone, Debug, Default)]
pub struct ReadOutput {
    /// One recording per FIT session, chained part, GPX track or TCX activity.
    pub recordings: Vec<Recording>,
    /// Why the file holds no activity, where it holds none: it is counted and named.
    pub not_an_activity: Option<NotAnActivity>,
    /// Issues of the file as a whole (also copied into each recording by the reader).
    pub issues: Vec<Issue>,
}

/// A file of a known format that is no activity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotAnActivity {
    /// What it is: `settings`, `workout`, `course`, `monitoring`, `route without times` ...
    pub what: String,
}

/// How the file states cadence; decided once per recording in `prepare`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CadenceConvention {
    /// The format fixes it: strides per minute of one leg (FIT native).
    Strides,
    /// The file states steps per minute (a developer field's unit).
    Steps,
    /// The format leaves it open (GPX, TCX).
    Unstated,
}

/// What the device recorded, before any judgement. Times in milliseconds since 1970; columns in
/// the format's canonical unit, absent values as absent.
#[derive(Clone, Debug)]
pub struct Recording {
    /// Format name.
    pub format: &'static str,
    /// Index within the file.
    pub part: usize,
    /// Sport as stated.
    pub sport: Sport,
    /// Sub-sport as stated.
    pub sub_sport: SubSport,
    /// Title or track name, untrusted text.
    pub title: Option<String>,
    /// Writer of the file.
    pub device: DeviceIdentity,
    /// Connected sensors.
    pub sensors: Vec<SensorIdentity>,
    /// Unix time of each record in milliseconds; `None` where a record has none.
    pub times_ms: Vec<Option<i64>>,
    /// The columns, each of `times_ms`'s length. Two sensors of one quantity are two columns.
    pub columns: Vec<RawColumn>,
    /// Start as the summary states it, Unix milliseconds.
    pub stated_start_ms: Option<i64>,
    /// Offset of local time from UTC in seconds, where the file states one.
    pub utc_offset_s: Option<i32>,
    /// Timer stops as events state them.
    pub stops: Vec<TimerStop>,
    /// Laps: start and end in Unix milliseconds.
    pub laps_ms: Vec<(i64, i64)>,
    /// Breaks between tracks or segments: index of the first record after the break.
    pub breaks: Vec<usize>,
    /// The device's own summary. Cadence keys are in steps only where the format fixes the unit;
    /// else they carry the stored number and `summary_cadence` says so.
    pub summary: DeviceSummary,
    /// Convention of the cadence numbers inside `summary`.
    pub summary_cadence: CadenceConvention,
    /// The person, as far as the file knows.
    pub runner: RunnerHint,
    /// How many messages of which kind the reader passed over.
    pub passed_over: BTreeMap<Cow<'static, str>, usize>,
    /// What went wrong or was odd.
    pub issues: Vec<Issue>,
}

impl Recording {
    /// An empty recording of a format.
    pub fn empty(format: &'static str, part: usize) -> Self {
        Self {
            format,
            part,
            sport: Sport::Unknown,
            sub_sport: SubSport::Generic,
            title: None,
            device: DeviceIdentity::default(),
            sensors: Vec::new(),
            times_ms: Vec::new(),
            columns: Vec::new(),
            stated_start_ms: None,
            utc_offset_s: None,
            stops: Vec::new(),
            laps_ms: Vec::new(),
            breaks: Vec::new(),
            summary: DeviceSummary::default(),
            summary_cadence: CadenceConvention::Unstated,
            runner: RunnerHint::default(),
            passed_over: BTreeMap::new(),
            issues: Vec::new(),
        }
    }

    /// Columns that carry a native or extension field of this meaning, in file order.
    pub fn columns_of(&self, field: Field) -> impl Iterator<Item = &RawColumn> {
        self.columns.iter().filter(move |c| c.field == field)
    }
}

/// A connected sensor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SensorIdentity {
    /// `heart rate strap`, `foot pod`, `running dynamics pod`, ... as the profile's device type.
    pub kind: Option<String>,
    /// Manufacturer name.
    pub manufacturer: Option<String>,
    /// Product number.
    pub product: Option<u16>,
}

/// A timer stop in Unix milliseconds; `end_ms` is `None` when the timer never started again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimerStop {
    /// When the timer stopped.
    pub start_ms: i64,
    /// When it started again.
    pub end_ms: Option<i64>,
}

/// What a column means. Readers set a meaning only where the format fixes it; a developer field
/// is [`Field::Developer`] and `prepare` decides by its name, unit and range.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// Degrees.
    Latitude,
    /// Degrees.
    Longitude,
    /// Metres; `enhanced_altitude` and `altitude` are two columns.
    Altitude,
    /// Metres since the start of the file's clock.
    Distance,
    /// Metres per second.
    Speed,
    /// As stored, per minute; fraction already added.
    Cadence,
    /// Beats per minute.
    HeartRate,
    /// Watts.
    Power,
    /// Millimetres.
    VerticalOscillation,
    /// Milliseconds.
    GroundContactTime,
    /// Percent of the stride.
    StancePercent,
    /// Percent, left share.
    ContactBalance,
    /// Percent.
    VerticalRatio,
    /// Millimetres.
    StepLength,
    /// Degrees Celsius.
    Temperature,
    /// A developer or vendor field under its own name.
    Developer,
}

/// Who wrote a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ColumnSource {
    /// The device itself.
    Native,
    /// A developer field, with the application's name where it is known.
    Developer {
        /// Application or vendor, untrusted text.
        application: Option<String>,
        /// Native field number that the description claims to override.
        overrides: Option<u8>,
    },
    /// An XML extension element.
    Extension,
}

/// A column of a recording.
#[derive(Clone, Debug)]
pub struct RawColumn {
    /// What it means.
    pub field: Field,
    /// Field name as recorded (`cadence`, `gpxtpx:cad`, `Form Power`), untrusted text.
    pub name: String,
    /// Unit text: canonical for native fields, as recorded for developer fields.
    pub unit: String,
    /// Who wrote it.
    pub source: ColumnSource,
    /// For cadence: what one count is.
    pub convention: CadenceConvention,
    /// Whether the stored numbers are whole (no fraction field): quantisation matters.
    pub whole_numbers: bool,
    /// The values.
    pub values: Column,
}

/// Values of one column; absent values are absent, whatever the format stores for them.
/// A copy shares the values until one of the two changes, and so do the rows of a leg.
#[derive(Clone, Debug, Default)]
pub struct Column {
    values: Arc<Vec<f64>>,
    /// Those of them that are in the column.
    rows: Range<usize>,
}

impl Column {
    /// A column of `len` absent values.
    pub fn absent(len: usize) -> Self {
        Self::from_raw(vec![f64::NAN; len])
    }

    /// Takes a vector in which every value that is not finite is absent.
    pub fn from_raw(values: Vec<f64>) -> Self {
        Self { rows: 0..values.len(), values: Arc::new(values) }
    }

    /// Some rows that follow each other, without a copy of their values.
    pub(super) fn of_rows(&self, rows: Range<usize>) -> Self {
        let place = |row: usize| self.rows.start.saturating_add(row).min(self.rows.end);
        Self { values: Arc::clone(&self.values), rows: place(rows.start)..place(rows.end) }
    }

    fn as_slice(&self) -> &[f64] {
        self.values.get(self.rows.clone()).unwrap_or_default()
    }

    /// The values for changing: from then on this column's own.
    #[inline]
    fn own(&mut self) -> &mut Vec<f64> {
        if self.rows.len() < self.values.len() {
            *self = Self::from_raw(self.as_slice().to_vec());
        }
        Arc::make_mut(&mut self.values)
    }

    /// The value at a record.
    #[inline]
    pub fn get(&self, i: usize) -> Option<f64> {
        self.as_slice().get(i).copied().filter(|v| v.is_finite())
    }

    /// Sets the value of a record; ignored past the end.
    #[inline]
    pub fn set(&mut self, i: usize, value: Option<f64>) {
        if let Some(slot) = self.own().get_mut(i) {
            *slot = value.unwrap_or(f64::NAN);
        }
    }

    /// Makes the values absent for which `gone` holds; returns how many.
    pub fn blank(&mut self, gone: impl Fn(f64) -> bool) -> usize {
        // Without a branch: nearly always nothing goes, and several values are looked at at once.
        let goes = |v: &f64| v.is_finite() & gone(*v);
        let count = self.as_slice().iter().filter(|v| goes(v)).count();
        if count > 0 {
            self.own().iter_mut().filter(|v| goes(v)).for_each(|v| *v = f64::NAN);
        }
        count
    }

    /// The values themselves, to be shared: those that are not finite are absent.
    pub fn shared(&self) -> Arc<Vec<f64>> {
        if self.rows.len() == self.values.len() {
            return Arc::clone(&self.values);
        }
        Arc::new(self.as_slice().to_vec())
    }

    /// Whether any record has a value.
    pub fn any(&self) -> bool {
        self.as_slice().iter().any(|v| v.is_finite())
    }

    /// Appends a value.
    #[inline]
    pub fn push(&mut self, value: Option<f64>) {
        self.own().push(value.unwrap_or(f64::NAN));
        self.rows.end += 1;
    }

    /// All records in order.
    #[inline]
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = Option<f64>> + ExactSizeIterator + '_ {
        self.as_slice().iter().map(|v| v.is_finite().then_some(*v))
    }

    /// Number of records.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Number of records with a value.
    pub fn present(&self) -> usize {
        self.as_slice().iter().filter(|v| v.is_finite()).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_a_column_change_without_the_column() {
        let column = Column::from_raw((0..6).map(f64::from).collect());
        let mut leg = column.of_rows(2..5).of_rows(1..9);
        assert_eq!(leg.iter().collect::<Vec<_>>(), [Some(3.0), Some(4.0)]);
        assert_eq!(*leg.shared(), [3.0, 4.0]);
        leg.push(Some(9.0));
        leg.set(0, None);
        assert_eq!((leg.len(), leg.present(), leg.get(1)), (3, 2, Some(4.0)));
        assert_eq!(column.present(), 6);
        assert!(column.of_rows(7..9).is_empty());
    }
}
