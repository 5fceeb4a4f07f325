//! The minutes of a recording: where the runner was and what the sensors said, small enough to be
//! kept for every file of a lifetime.

use crate::activity::packed::{BitPacker, BitUnpacker, Column as Packed};
use crate::read::{Column, Field, Recording};

/// Milliseconds of a minute.
pub(super) const MINUTE_MS: i64 = 60_000;
/// Minutes of a trace: a day and a half; a longer file is judged by its beginning. **chosen**.
const MOST_MINUTES: usize = 2160;
/// Kept positions are whole multiples of this share of a degree: a metre, where hundreds of metres
/// are compared. **chosen**.
const PER_DEGREE: f64 = 1e5;
/// Kept heart rates and cadences are whole multiples of this share of a beat or a step, where whole
/// ones are compared. **chosen**.
const PER_BEAT: f64 = 20.0;

/// Bits of the number of minutes.
const COUNT_BITS: u32 = 32;

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
    number: Packed,
    /// Latitude, longitude, heart rate, cadence.
    options: [Packed; 4],
    /// Which of them the minute before had.
    present: [bool; 4],
}

impl Columns {
    fn new() -> Self {
        Self {
            number: Packed::per_unit(1.0),
            options: [PER_DEGREE, PER_DEGREE, PER_BEAT, PER_BEAT].map(Packed::per_unit),
            present: [false; 4],
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
        let (mut bits, mut columns) = (BitUnpacker::new(&self.0), Columns::new());
        let left = bits.bits(COUNT_BITS);
        (0..left).map(move |_| {
            columns.follow();
            let mut number = columns.number.expected();
            if !bits.bit() {
                number = bits.stepped(&mut columns.number);
                columns.present = [(); 4].map(|()| bits.bit());
            }
            let mut there = columns.present.into_iter();
            let [latitude, longitude, heart_rate, cadence] = columns
                .options
                .each_mut()
                .map(|column| (there.next() == Some(true)).then(|| bits.stepped(column)));
            (number as i64, Minute { place: latitude.zip(longitude), heart_rate, cadence })
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
        minutes.truncate(u32::MAX as usize);
        let (mut out, mut columns) = (BitPacker::default(), Columns::new());
        let near = |value: f64, per_unit: f64| (value * per_unit).round() / per_unit + 0.0;
        out.bits(minutes.len() as u64, COUNT_BITS);
        for (number, minute) in minutes {
            columns.follow();
            let (latitude, longitude) = minute.place.unzip();
            let degrees = |value: Option<f64>| value.map(|v| near(v, PER_DEGREE));
            let beats = |value: Option<f64>| value.map(|v| near(v, PER_BEAT));
            let options = [
                degrees(latitude),
                degrees(longitude),
                beats(minute.heart_rate),
                beats(minute.cadence),
            ];
            let present = options.map(|value| value.is_some());
            let number = number as f64;
            let as_before = columns.number.expects(number) && present == columns.present;
            out.bit(as_before);
            if !as_before {
                out.stepped(number, &mut columns.number);
                present.iter().for_each(|there| out.bit(*there));
                columns.present = present;
            }
            for (value, column) in options.into_iter().zip(&mut columns.options) {
                if let Some(value) = value {
                    out.stepped(value, column);
                }
            }
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
    fn what_is_kept_is_right_to_a_metre() {
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
        assert!(apart < 1.0, "{apart}");
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
        assert!(kept.0.len() <= 60 * 6, "{} bytes", kept.0.len());
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
