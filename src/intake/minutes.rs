//! The minutes of a recording: where the runner was and what the sensors said, small enough to be
//! kept for every file of a lifetime.

use crate::activity::packed::{Packer, Steps, Unpacker};
use crate::read::{Column, Field, Recording};

/// Milliseconds of a minute.
pub(super) const MINUTE_MS: i64 = 60_000;
/// Minutes of a trace: a day and a half; a longer file is judged by its beginning. **chosen**.
const MOST_MINUTES: usize = 2160;
/// Kept positions are whole multiples of this share of a degree: a decimetre, where hundreds of
/// metres are compared. **chosen**.
const PER_DEGREE: f64 = 1e6;
/// Kept heart rates and cadences are whole multiples of this share of a beat or a step, where whole
/// ones are compared. **chosen**.
const PER_BEAT: f64 = 100.0;

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

/// Minutes by their number since 1970, in order. They are kept packed, because every file of a
/// lifetime has them at once.
#[derive(Clone, Default, PartialEq)]
pub struct Minutes(Box<[u8]>);

/// The columns of a minute.
struct Columns {
    number: Steps,
    latitude: Steps,
    longitude: Steps,
    heart_rate: Steps,
    cadence: Steps,
}

impl Columns {
    fn new() -> Self {
        Self {
            number: Steps::per_unit(1.0),
            latitude: Steps::per_unit(PER_DEGREE),
            longitude: Steps::per_unit(PER_DEGREE),
            heart_rate: Steps::per_unit(PER_BEAT),
            cadence: Steps::per_unit(PER_BEAT),
        }
    }

    /// Minutes follow each other.
    fn follow(&mut self) {
        self.number.advance(1);
    }
}

impl Minutes {
    /// All minutes with their numbers, in order.
    pub fn iter(&self) -> impl Iterator<Item = (i64, Minute)> + '_ {
        let (mut bytes, mut columns) = (Unpacker::new(&self.0), Columns::new());
        std::iter::from_fn(move || {
            columns.follow();
            let number = bytes.stepped(&mut columns.number)?;
            let latitude = bytes.stepped(&mut columns.latitude);
            let longitude = bytes.stepped(&mut columns.longitude);
            let heart_rate = bytes.stepped(&mut columns.heart_rate);
            let cadence = bytes.stepped(&mut columns.cadence);
            Some((number as i64, Minute { place: latitude.zip(longitude), heart_rate, cadence }))
        })
    }

    /// The minutes of a recording.
    pub(super) fn of(recording: &Recording) -> Self {
        let latitude = best(recording, Field::Latitude);
        let longitude = best(recording, Field::Longitude);
        let heart_rate = best(recording, Field::HeartRate);
        let cadence = best(recording, Field::Cadence);
        let mut open = Open::default();
        for (i, time) in recording.times_ms.iter().enumerate() {
            let Some(time) = time else { continue };
            let Some(minute) = open.at(time.div_euclid(MINUTE_MS)) else { continue };
            let at = |column: Option<&Column>| column.and_then(|c| c.get(i));
            if minute.place.is_none() {
                minute.place = at(latitude).zip(at(longitude));
            }
            minute.heart_rate.add(at(heart_rate));
            minute.cadence.add(at(cadence));
        }
        open.minutes.into_iter().map(OpenMinute::closed).collect()
    }
}

impl FromIterator<(i64, Minute)> for Minutes {
    fn from_iter<I: IntoIterator<Item = (i64, Minute)>>(minutes: I) -> Self {
        let mut minutes: Vec<(i64, Minute)> = minutes.into_iter().collect();
        minutes.sort_by_key(|(number, _)| *number);
        let (mut out, mut columns) = (Packer::default(), Columns::new());
        let near = |value: f64, per_unit: f64| (value * per_unit).round() / per_unit;
        for (number, minute) in minutes {
            columns.follow();
            let (latitude, longitude) = minute.place.unzip();
            let degrees = |value: Option<f64>| value.map(|v| near(v, PER_DEGREE));
            let beats = |value: Option<f64>| value.map(|v| near(v, PER_BEAT));
            out.stepped(Some(number as f64), &mut columns.number);
            out.stepped(degrees(latitude), &mut columns.latitude);
            out.stepped(degrees(longitude), &mut columns.longitude);
            out.stepped(beats(minute.heart_rate), &mut columns.heart_rate);
            out.stepped(beats(minute.cadence), &mut columns.cadence);
        }
        Self(out.finish())
    }
}

impl std::fmt::Debug for Minutes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

/// The column of a meaning that speaks most.
pub(super) fn best(recording: &Recording, field: Field) -> Option<&Column> {
    let mut of = recording.columns_of(field).map(|c| &c.values);
    let first = of.next()?;
    let others: Vec<&Column> = of.collect();
    if others.is_empty() {
        return Some(first);
    }
    std::iter::once(first).chain(others).max_by_key(|values| values.present())
}

/// A mean of values above zero.
#[derive(Clone, Copy, Default)]
struct Mean {
    sum: f64,
    count: f64,
}

impl Mean {
    fn add(&mut self, value: Option<f64>) {
        if let Some(value) = value.filter(|v| *v > 0.0) {
            self.sum += value;
            self.count += 1.0;
        }
    }

    fn value(self) -> Option<f64> {
        (self.count > 0.0).then(|| self.sum / self.count)
    }
}

#[derive(Clone, Copy, Default)]
struct OpenMinute {
    number: i64,
    place: Option<(f64, f64)>,
    heart_rate: Mean,
    cadence: Mean,
}

impl OpenMinute {
    fn closed(self) -> (i64, Minute) {
        let (heart_rate, cadence) = (self.heart_rate.value(), self.cadence.value());
        (self.number, Minute { place: self.place, heart_rate, cadence })
    }
}

/// Minutes under way, in order; records mostly stay in the minute of the record before.
#[derive(Default)]
struct Open {
    minutes: Vec<OpenMinute>,
    current: usize,
}

impl Open {
    /// The minute of this number, opened if there is room for it.
    fn at(&mut self, number: i64) -> Option<&mut OpenMinute> {
        if self.minutes.get(self.current).is_none_or(|m| m.number != number) {
            match self.minutes.binary_search_by_key(&number, |m| m.number) {
                Ok(place) => self.current = place,
                Err(_) if self.minutes.len() >= MOST_MINUTES => return None,
                Err(place) => {
                    self.minutes.insert(place, OpenMinute { number, ..OpenMinute::default() });
                    self.current = place;
                }
            }
        }
        self.minutes.get_mut(self.current)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_right_to_a_decimetre() {
        let place = (-33.868_812_3, 151.209_312_4);
        let minute = Minute { place: Some(place), heart_rate: Some(151.25), cadence: None };
        let kept: Minutes =
            [(29_000_001, minute), (29_000_000, Minute::default())].into_iter().collect();
        let found: Vec<(i64, Minute)> = kept.iter().collect();
        assert_eq!(found.len(), 2);
        assert_eq!(found[0], (29_000_000, Minute::default()));
        let (number, found) = found[1];
        assert_eq!((number, found.heart_rate, found.cadence), (29_000_001, Some(151.25), None));
        let apart = crate::activity::great_circle_m(found.place.unwrap(), place);
        assert!(apart < 0.1, "{apart}");
    }

    #[test]
    fn an_hour_takes_few_bytes() {
        let minutes = (0..60).map(|k| {
            let k = f64::from(k);
            // Three metres a second north-east.
            let place = Some((48.1 + 0.001_1 * k, 11.5 + 0.001_7 * (k / 7.0).sin()));
            let minute = Minute { place, heart_rate: Some(140.0 + k / 9.0), cadence: Some(85.2) };
            (29_000_000 + k as i64, minute)
        });
        let kept: Minutes = minutes.collect();
        assert!(kept.0.len() <= 60 * 9 + 30, "{} bytes", kept.0.len());
        assert_eq!(kept.iter().count(), 60);
    }

    #[test]
    fn a_record_out_of_order_finds_its_minute() {
        let mut open = Open::default();
        for number in [5, 5, 7, 6, 7, 5] {
            open.at(number).unwrap().heart_rate.add(Some(100.0 + number as f64));
        }
        let closed: Vec<(i64, f64)> =
            open.minutes.iter().map(|m| (m.number, m.heart_rate.count)).collect();
        assert_eq!(closed, [(5, 3.0), (6, 1.0), (7, 2.0)]);
    }
}
