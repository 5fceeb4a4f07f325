//! The minutes of a recording: where the runner was and what the sensors said, small enough to be
//! kept for every file of a lifetime.

use crate::read::{Column, Field, Recording};

/// Milliseconds of a minute.
pub(super) const MINUTE_MS: i64 = 60_000;
/// Minutes of a trace: a day and a half; a longer file is judged by its beginning. **chosen**.
const MOST_MINUTES: usize = 2160;
/// Kept positions are whole multiples of this share of a degree: one centimetre, where hundreds of
/// metres are compared. **chosen**.
const PER_DEGREE: f64 = 1e7;

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

/// A minute as it is kept: NaN and `i32::MIN` for what is absent.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Packed {
    number: i64,
    latitude: i32,
    longitude: i32,
    heart_rate: f32,
    cadence: f32,
}

impl Packed {
    fn new(number: i64, minute: Minute) -> Self {
        let steps = |degrees: f64| ((degrees * PER_DEGREE).round() as i32).max(i32::MIN + 1);
        let (latitude, longitude) =
            minute.place.map_or((i32::MIN, i32::MIN), |(lat, lon)| (steps(lat), steps(lon)));
        let small = |value: Option<f64>| value.map_or(f32::NAN, |v| v as f32);
        Self {
            number,
            latitude,
            longitude,
            heart_rate: small(minute.heart_rate),
            cadence: small(minute.cadence),
        }
    }

    fn minute(&self) -> Minute {
        let known = self.latitude != i32::MIN;
        let degrees = |steps: i32| f64::from(steps) / PER_DEGREE;
        let value = |small: f32| (!small.is_nan()).then_some(f64::from(small));
        Minute {
            place: known.then(|| (degrees(self.latitude), degrees(self.longitude))),
            heart_rate: value(self.heart_rate),
            cadence: value(self.cadence),
        }
    }
}

/// Minutes by their number since 1970, in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Minutes(Box<[Packed]>);

impl Minutes {
    /// The minute of this number.
    pub fn get(&self, number: i64) -> Option<Minute> {
        let place = self.0.binary_search_by_key(&number, |m| m.number).ok()?;
        self.0.get(place).map(Packed::minute)
    }

    /// All minutes with their numbers, in order.
    pub fn iter(&self) -> impl Iterator<Item = (i64, Minute)> + '_ {
        self.0.iter().map(|m| (m.number, m.minute()))
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
        let mut packed: Vec<Packed> =
            minutes.into_iter().map(|(number, minute)| Packed::new(number, minute)).collect();
        packed.sort_by_key(|m| m.number);
        Self(packed.into_boxed_slice())
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
    fn what_is_kept_is_right_to_a_centimetre() {
        let place = (-33.868_812_3, 151.209_312_4);
        let minute = Minute { place: Some(place), heart_rate: Some(151.25), cadence: None };
        let kept: Minutes =
            [(29_000_001, minute), (29_000_000, Minute::default())].into_iter().collect();
        assert_eq!(kept.get(29_000_000), Some(Minute::default()));
        assert_eq!(kept.get(29_000_002), None);
        let found = kept.get(29_000_001).unwrap();
        assert_eq!((found.heart_rate, found.cadence), (Some(151.25), None));
        let apart = crate::activity::great_circle_m(found.place.unwrap(), place);
        assert!(apart < 0.01, "{apart}");
        let numbers: Vec<i64> = kept.iter().map(|(number, _)| number).collect();
        assert_eq!(numbers, [29_000_000, 29_000_001]);
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
