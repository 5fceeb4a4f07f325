//! The markup of one point, learnt once: what stands between its values, and what they mean.
//!
//! A file writes the same markup around every point. Where the bytes from the end of one point to
//! the end of the next equal those of a point that quick-xml has walked, value by value apart,
//! its events would be the same: so only the values are read. Nothing is known here of tags; a
//! comment, a character section or an odd attribute in the markup is repeated or it is not.

use crate::read::xml::number::fixed_point;
use crate::read::xml::{Clock, Zone};

/// Values of one point. **chosen**: three times what exporters write.
pub(super) const MOST_VALUES: usize = 32;
/// Bytes of one value: no number or time of a real file has half as many. **chosen**.
const VALUE_BYTES: usize = 64;
/// Bytes of one point with its markup. **chosen**: real ones have up to 1,500.
const POINT_BYTES: usize = 8 << 10;

/// What a value of a point means to the track.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slot {
    Latitude,
    Longitude,
    Altitude,
    Time,
    /// The extra column of this number.
    Extra(usize),
    /// A value that is counted under this number and not read.
    PassedOver(usize),
    /// A blank that is counted under this number.
    Blank(usize),
}

/// A value met on the slow way, and where in memory it lies: inside the text of the file, unless
/// it had to be put together from entities.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sighting {
    slot: Slot,
    address: usize,
    length: usize,
}

impl Sighting {
    pub(super) fn new(slot: Slot, text: &str) -> Self {
        let text = text.trim_ascii();
        Self { slot, address: text.as_ptr().addr(), length: text.len() }
    }
}

/// Bytes of the file's text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stretch {
    pub(super) from: usize,
    pub(super) to: usize,
}

impl Stretch {
    fn of(self, text: &str) -> Option<&[u8]> {
        text.as_bytes().get(self.from..self.to)
    }
}

/// Literal markup, then a value.
#[derive(Clone, Copy, Debug)]
struct Step {
    before: Stretch,
    slot: Slot,
}

/// The markup from the end of a point to the end of the next one.
#[derive(Debug)]
pub(super) struct Shape {
    steps: Vec<Step>,
    /// Markup behind the last value.
    after: Stretch,
    /// Blanks that are counted, whatever the values.
    blanks: Vec<usize>,
    /// Depth of elements before and behind the point.
    pub(super) depths: (usize, usize),
}

/// The values of one point, read and not yet kept.
#[derive(Debug)]
pub(super) struct Values {
    numbers: [f64; MOST_VALUES],
    pub(super) time: Option<(i64, Zone)>,
}

impl Default for Values {
    fn default() -> Self {
        Self { numbers: [f64::NAN; MOST_VALUES], time: None }
    }
}

impl Shape {
    /// Learns a point that was walked; `None` where a value does not lie in the text, stands
    /// twice, or is spelt in a way that only the slow way reads.
    pub(super) fn learn(
        text: &str,
        point: Stretch,
        sightings: &[Sighting],
        depths: (usize, usize),
        clock: &mut Clock,
    ) -> Option<Self> {
        if point.to.checked_sub(point.from)? > POINT_BYTES || sightings.len() > MOST_VALUES {
            return None;
        }
        let mut blanks = Vec::new();
        let mut places = Vec::with_capacity(sightings.len());
        for sighting in sightings {
            if let Slot::Blank(counted) = sighting.slot {
                blanks.push(counted);
                continue;
            }
            let from = sighting.address.checked_sub(text.as_ptr().addr())?;
            let to = from.checked_add(sighting.length)?;
            let twice = places.iter().any(|(slot, _)| *slot == sighting.slot)
                && !matches!(sighting.slot, Slot::PassedOver(_));
            if from < point.from || to > point.to || twice {
                return None;
            }
            places.push((sighting.slot, Stretch { from, to }));
        }
        places.sort_unstable_by_key(|(_, place)| place.from);
        let mut steps = Vec::with_capacity(places.len());
        let mut at = point.from;
        for (slot, place) in places {
            steps.push(Step { before: Stretch { from: at, to: place.from }, slot });
            at = place.to;
        }
        let shape = Self { steps, after: Stretch { from: at, to: point.to }, blanks, depths };
        // What does not read its own example would be tried at every point for nothing.
        let end = shape.read(text, point, clock, &mut Values::default())?;
        (end == point.to).then_some(shape)
    }

    /// Most bytes that a tag or text of a point of this shape may have.
    pub(super) fn most_bytes() -> usize {
        POINT_BYTES + MOST_VALUES * VALUE_BYTES
    }

    /// Reads the values of a point that begins at the front of `within`; gives its end, `None`
    /// where markup or a value is another.
    pub(super) fn read(
        &self,
        text: &str,
        within: Stretch,
        clock: &mut Clock,
        values: &mut Values,
    ) -> Option<usize> {
        values.time = None;
        let mut rest = within.of(text)?;
        let length = rest.len();
        for (step, number) in self.steps.iter().zip(&mut values.numbers) {
            rest = rest.strip_prefix(step.before.of(text)?)?;
            let used = match step.slot {
                Slot::Time => {
                    let at = within.from + (length - rest.len());
                    let used = time_length(rest)?;
                    values.time = Some(clock.parse(text.get(at..at + used)?)?);
                    used
                }
                Slot::PassedOver(_) | Slot::Blank(_) => word_length(rest)?,
                _ => {
                    let (value, used) = fixed_point(rest.get(..VALUE_BYTES).unwrap_or(rest))?;
                    *number = value;
                    used
                }
            };
            rest = rest.get(used..)?;
        }
        rest = rest.strip_prefix(self.after.of(text)?)?;
        Some(within.from + (length - rest.len()))
    }

    /// What the values of a point mean, in file order.
    pub(super) fn slots<'s>(
        &'s self,
        values: &'s Values,
    ) -> impl Iterator<Item = (Slot, f64)> + use<'s> {
        self.steps.iter().map(|step| step.slot).zip(values.numbers.iter().copied())
    }

    /// What is counted for each point, whatever its values.
    pub(super) fn blanks(&self) -> &[usize] {
        &self.blanks
    }
}

/// Length of the time in front: up to its `Z` where it is written as usual, else up to markup.
fn time_length(rest: &[u8]) -> Option<usize> {
    /// `2024-05-01T12:00:00Z`, and with milliseconds.
    const USUAL: [usize; 2] = [20, 24];
    USUAL.into_iter().find(|length| rest.get(length - 1) == Some(&b'Z')).or_else(|| {
        rest.iter().take(VALUE_BYTES).position(|b| matches!(b, b'<' | b'&' | b'"' | b'\''))
    })
}

/// Length of a text that is not read: up to markup, without the blanks at its end.
fn word_length(rest: &[u8]) -> Option<usize> {
    let end = rest
        .iter()
        .take(VALUE_BYTES)
        .position(|b| matches!(b, b'<' | b'&' | b'>' | b']' | b'"' | b'\''))?;
    let word = rest.get(..end)?;
    let length = word.trim_ascii_end().len();
    (length > 0 && !word.starts_with(b" ") && word.trim_ascii_start().len() == end)
        .then_some(length)
}
