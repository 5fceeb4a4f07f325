//! Points in the markup of earlier ones, read without walking their tags.

use super::shape::{Shape, Sighting, Slot, Stretch, Values};
use super::{Track, Verdict, possible, verdict};
use crate::read::Limits;
use crate::read::xml::{Clock, Walk, Zone, local};

/// What is known of the markup of a track's points.
#[derive(Default)]
pub(super) struct Repeats {
    /// The shape that fitted last stands first.
    shapes: Vec<Shape>,
    /// Values of the point being walked.
    sightings: Vec<Sighting>,
    /// Whether something happened in it that values and markup do not tell.
    spoilt: bool,
    /// The end of the point before.
    last: Option<Mark>,
}

/// A state of the walk right behind a point.
#[derive(Clone, Copy)]
struct Mark {
    at: usize,
    depth: usize,
    points: usize,
    /// Broken tags and odd values so far.
    odd: usize,
}

impl Repeats {
    pub(super) fn note(&mut self, slot: Slot, text: &str) {
        self.sightings.push(Sighting::new(slot, text));
    }
}

impl Track {
    /// A point begins.
    pub(in crate::read) fn begin_point(&mut self) {
        self.repeats.sightings.clear();
        self.repeats.spoilt = false;
    }

    /// The point being read holds what is more than a point's: its markup is not to be repeated.
    pub(in crate::read) fn spoil_point(&mut self) {
        self.repeats.spoilt = true;
    }

    /// Right behind the end tag of a point: learns its markup, then takes in as many of the next
    /// points as repeat what is known. Gives their number; at most `most` are read.
    pub(in crate::read) fn repeat(
        &mut self,
        walk: &mut Walk<'_>,
        clock: &mut Clock,
        limits: &Limits,
        most: usize,
    ) -> usize {
        // What stands before the end of a point belongs to nothing behind it.
        walk.leaf();
        let bytes = Shape::most_bytes();
        let unbounded = bytes <= limits.xml_tag_bytes && bytes <= limits.xml_text_bytes;
        if limits.xml_point_shapes == 0 || !unbounded {
            return 0;
        }
        let point = walk.point();
        self.learn(walk, clock, limits.xml_point_shapes, point);
        let before = self.len();
        let mut values = Values::default();
        while self.len() - before < most && self.one_more(walk, clock, &mut values) {}
        self.repeats.last = Some(self.mark(walk));
        self.len() - before
    }

    fn mark(&self, walk: &Walk<'_>) -> Mark {
        let odd = walk.damaged() + self.odd.count();
        Mark { at: walk.position(), depth: walk.depth(), points: self.len(), odd }
    }

    fn learn(&mut self, walk: &Walk<'_>, clock: &mut Clock, most: usize, point: &str) {
        let Some(last) = self.repeats.last else { return };
        let now = self.mark(walk);
        let sound = now.points == last.points + 1 && now.odd == last.odd && !self.repeats.spoilt;
        let stretch = Stretch { from: last.at, to: now.at };
        if !sound || !begins_with_point(walk.text().get(last.at..now.at), point) {
            return;
        }
        let depths = (last.depth, now.depth);
        let sightings = &self.repeats.sightings;
        if let Some(shape) = Shape::learn(walk.text(), stretch, sightings, depths, clock) {
            self.repeats.shapes.truncate(most - 1);
            self.repeats.shapes.insert(0, shape);
        }
    }

    /// Takes in the next point, if it repeats a known markup and nothing about it is odd.
    fn one_more(&mut self, walk: &mut Walk<'_>, clock: &mut Clock, values: &mut Values) -> bool {
        let within = Stretch { from: walk.position(), to: walk.stretch_end() };
        let fitting = self.repeats.shapes.iter().enumerate().find_map(|(known, shape)| {
            if shape.depths.0 != walk.depth() {
                return None;
            }
            let end = shape.read(walk.text(), within, clock, values)?;
            Some((known, end))
        });
        let Some((known, end)) = fitting else { return false };
        // The parser takes such a mark for the beginning of a file, wherever it is set down.
        if walk.text().get(end..).is_some_and(|rest| rest.starts_with('\u{feff}')) {
            return false;
        }
        self.repeats.shapes.swap(0, known);
        let shapes = std::mem::take(&mut self.repeats.shapes);
        let kept = shapes.first().is_some_and(|shape| self.keep(shape, values));
        if let (true, Some(shape)) = (kept, shapes.first()) {
            walk.skip_to_place(end, shape.depths.1);
        }
        self.repeats.shapes = shapes;
        kept
    }

    /// Keeps the values of a point as the slow way would; nothing where one of them is odd.
    fn keep(&mut self, shape: &Shape, values: &Values) -> bool {
        let (mut latitude, mut longitude, mut altitude) = (f64::NAN, f64::NAN, f64::NAN);
        for (slot, value) in shape.slots(values) {
            match slot {
                Slot::Latitude => latitude = value,
                Slot::Longitude => longitude = value,
                Slot::Altitude => altitude = value,
                Slot::Extra(number) => {
                    let field = self.extras.get(number).and_then(|extra| extra.field);
                    if verdict(field, value) == Verdict::Impossible {
                        return false;
                    }
                }
                Slot::Time | Slot::PassedOver(_) | Slot::Blank(_) => {}
            }
        }
        let placed = !latitude.is_nan() || !longitude.is_nan();
        if placed && !possible(latitude, longitude) {
            return false;
        }
        for (slot, value) in shape.slots(values) {
            match slot {
                Slot::Extra(number) => self.keep_extra(number, value),
                Slot::PassedOver(number) => self.count_passed_over(number),
                _ => {}
            }
        }
        for number in shape.blanks() {
            self.count_passed_over(*number);
        }
        if let Some((_, zone)) = values.time {
            self.keep_zone(zone);
        }
        self.now_time = values.time.map(|(ms, _)| ms);
        self.now_place = placed.then_some((latitude, longitude));
        self.now_altitude = Some(altitude).filter(|m| !m.is_nan());
        self.finish_point();
        true
    }

    fn keep_extra(&mut self, number: usize, value: f64) {
        let row = self.len();
        let Some(extra) = self.extras.get_mut(number) else { return };
        if verdict(extra.field, value) == Verdict::Value {
            extra.values.resize(row, f64::NAN);
            extra.values.push(value);
        }
    }

    pub(super) fn count_passed_over(&mut self, number: usize) {
        if let Some((_, count)) = self.passed_over.get_mut(number) {
            *count += 1;
        }
    }

    pub(super) fn keep_zone(&mut self, zone: Zone) {
        match zone {
            Zone::Utc | Zone::Offset(0) => {}
            Zone::Offset(s) => self.utc_offset_s = self.utc_offset_s.or(Some(s)),
            Zone::Unstated => self.odd.unzoned += 1,
        }
    }
}

/// Whether nothing but blanks stands before the start tag of a point.
fn begins_with_point(stretch: Option<&str>, point: &str) -> bool {
    let tag = stretch.and_then(|text| text.trim_ascii_start().strip_prefix('<'));
    tag.and_then(|tag| {
        let end = tag.find(|c: char| c.is_ascii_whitespace() || c == '>' || c == '/')?;
        tag.get(..end)
    })
    .is_some_and(|name| local(name) == point)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::xml::Node;

    /// Walks points `p` with a time each; gives their number and how many of them were repeated.
    fn points(text: &str) -> (usize, usize) {
        let limits = Limits::default();
        let mut walk = Walk::new("XML", "p", text, &limits);
        let (mut track, mut clock) = (Track::default(), Clock::default());
        let mut repeated = 0;
        while let Some(node) = walk.next().unwrap() {
            match node {
                Node::Open(tag) if tag.name().0 == "p" => track.begin_point(),
                Node::Close(tag) if tag.name().0 == "t" => {
                    let time = walk.leaf().unwrap();
                    track.time(&time, &mut clock, &walk);
                }
                Node::Close(tag) if tag.name().0 == "p" => {
                    track.finish_point();
                    repeated += track.repeat(&mut walk, &mut clock, &limits, usize::MAX);
                }
                _ => {}
            }
        }
        (track.len(), repeated)
    }

    fn point(second: usize) -> String {
        format!("<p>\n <t>2024-05-01T12:00:{second:02}Z</t></p>\n")
    }

    #[test]
    fn all_but_the_first_two_points_repeat_the_second() {
        let text: String = (0..60).map(point).collect();
        assert_eq!(points(&text), (60, 58));
    }

    #[test]
    fn a_point_of_another_markup_is_walked_and_the_rest_repeat() {
        let mut text: String = (0..20).map(point).collect();
        for odd in [
            "<p><t>2024-05-01T12:00:20.5+02:00</t></p>",
            "<p><!-- x --><t>2024-05-01T12:00:20Z</t></p>",
            "<p><t>&#50;024-05-01T12:00:20Z</t></p>",
            "<p><t>noon</t></p>",
            "<p><t a='>'>2024-05-01T12:00:20Z</t></p>",
            "<p><p><t>2024-05-01T12:00:20Z</t></p>",
        ] {
            text += odd;
            text.extend((20..22).map(point));
        }
        let (all, repeated) = points(&text);
        assert_eq!(all, 20 + 6 * 3);
        // Between two odd points the second plain one repeats, and mostly the first as well.
        assert!((18 + 6..18 + 12).contains(&repeated), "{repeated}");
    }

    #[test]
    fn stretches_of_the_parser_cost_one_point_each() {
        let text: String = (0..40_000).map(|i| point(i % 60)).collect();
        let stretches = text.len() / (256 << 10) + 1;
        let (all, repeated) = points(&text);
        assert_eq!(all, 40_000);
        assert!(repeated + stretches + 2 >= all, "{repeated} of {all}");
    }
}
