//! What stands along a route besides its line: distances, the letters of places, a scale bar.

use super::lettering::{At, Ground, Need, Wish, letter_out};
use super::shape::beside;
use crate::charts::{Dashes, Dot, Layer, NoteSide, Tone};
use crate::quantities::{Quantities, whole};
use crate::run::route::Shape;
use crate::run::{Place, RunDetail, Split};

/// Marks along the route, at most. **chosen**: they do not touch.
const MOST_MARKS: usize = 12;
/// Dots nearer to each other than this are one, CSS pixels: half a dot. A word stands there for
/// each of them.
const SAME_DOT_PX: f64 = 2.0;
/// Points of the path further apart than this have others put between them, CSS pixels: half a
/// word.
const PATH_STEP_PX: f64 = 5.0;

/// The letter by which the picture and the table of places name a place: A to Z, then none.
pub fn letter(index: usize) -> Option<char> {
    u8::try_from(index).ok().filter(|i| *i < 26).map(|i| char::from(b'A' + i))
}

/// A picture that signs are drawn into.
pub(super) struct Sheet<'a> {
    /// The path.
    pub shape: &'a Shape,
    /// The path as its line is drawn, a little to the right.
    pub line: &'a Shape,
    /// Metres that a CSS pixel stands for.
    pub unit: f64,
    /// Lower left and upper right corner of where words may stand, metres.
    pub room: (At, At),
    /// Units of what is said.
    pub said: Quantities,
}

impl Sheet<'_> {
    fn px(&self, (x, y): (f64, f64)) -> At {
        (x / self.unit, y / self.unit)
    }

    fn metres(&self, (x, y): At) -> (f64, f64) {
        (x * self.unit, y * self.unit)
    }

    /// Distances and the letters of places, with their dots. The letters choose their places first.
    pub fn signs(&self, detail: &RunDetail) -> Vec<Layer> {
        let (places, mut wishes) = self.places(&detail.places);
        let (distances, of_distances) = self.distances(detail);
        let letters = wishes.len();
        wishes.extend(of_distances);
        let mut dots: Vec<At> = Vec::new();
        for dot in places.iter().chain(&distances).map(|dot| self.px((dot.x, dot.y))) {
            if dots.iter().all(|known| far(*known, dot) > SAME_DOT_PX) {
                dots.push(dot);
            }
        }
        let path = self.path();
        let room = (self.px(self.room.0), self.px(self.room.1));
        let stands = letter_out(&wishes, &Ground { dots: &dots, path: &path, room });
        let mut leads = Vec::new();
        let mut notes = Vec::new();
        for (k, (wish, stand)) in wishes.into_iter().zip(stands).enumerate() {
            let Some(stand) = stand else { continue };
            let tone = if k < letters { Tone::Ink } else { Tone::Muted };
            if let Some((from, to)) = stand.lead {
                leads.push(Layer::Line {
                    points: vec![self.metres(from), self.metres(to)],
                    tone,
                    width: 8,
                    dashed: Dashes::Solid,
                    label: None,
                });
            }
            let (at, side) = (self.metres(stand.at), NoteSide::Middle);
            notes.push(Layer::Note { at, text: wish.text, tone, side });
        }
        let mut layers = leads;
        layers.push(Layer::Dots { dots: distances, radius: 24 });
        layers.push(Layer::Dots { dots: places, radius: 34 });
        layers.extend(notes);
        layers
    }

    /// Kilometres or miles along the route. They stand to the right of the path: they show the
    /// direction, too.
    fn distances(&self, detail: &RunDetail) -> (Vec<Dot>, Vec<Wish>) {
        let aside = beside(self.line, self.unit);
        let full: Vec<&Split> = detail.splits.iter().skip(1).collect();
        let every = full.len().div_ceil(MOST_MARKS).max(1);
        let marks = full.iter().enumerate().filter(|(k, _)| (k + 1) % every == 0);
        let mut all = (Vec::new(), Vec::new());
        for split in marks.map(|(_, split)| split) {
            let (Some((x, y)), Some(right)) =
                (self.line.at_distance(split.from_m), aside.at_distance(split.from_m))
            else {
                continue;
            };
            let text = whole(self.said.long(split.from_m));
            let title = format!("{text} {}", self.said.long_unit());
            all.0.push(Dot { x, y, tone: Tone::Muted, hollow: true, title });
            let towards = (right.0 - x, right.1 - y);
            all.1.push(Wish { dot: self.px((x, y)), text, towards, need: Need::May });
        }
        all
    }

    /// The places of the table, each with its letter.
    fn places(&self, places: &[Place]) -> (Vec<Dot>, Vec<Wish>) {
        let mut all = (Vec::new(), Vec::new());
        for (index, place) in places.iter().enumerate() {
            let (Some(letter), Some((x, y))) = (letter(index), self.shape.at_tick(place.tick))
            else {
                continue;
            };
            let title = format!("{letter}, {}: {}", place.kind.name(), place.said(self.said));
            all.0.push(Dot { x, y, tone: Tone::Ink, hollow: false, title });
            let text = letter.to_string();
            let towards = (0.0, 1.0);
            all.1.push(Wish { dot: self.px((x, y)), text, towards, need: Need::Must });
        }
        all
    }

    /// Points of the drawn line, near enough to each other.
    fn path(&self) -> Vec<At> {
        let mut path = Vec::new();
        for pair in self.line.pieces.iter().flat_map(|piece| piece.windows(2)) {
            let [a, b] = pair else { continue };
            let (a, b) = (self.px((a.x_m, a.y_m)), self.px((b.x_m, b.y_m)));
            let steps = (far(a, b) / PATH_STEP_PX).ceil().clamp(1.0, 100.0);
            for k in 0..steps as u32 {
                let share = f64::from(k) / steps;
                path.push((a.0 + share * (b.0 - a.0), a.1 + share * (b.1 - a.1)));
            }
        }
        path
    }
}

fn far(a: At, b: At) -> f64 {
    (a.0 - b.0).hypot(a.1 - b.1)
}

/// Metres in a foot, and in a mile: what a bar is a round number of.
const FOOT_M: f64 = 0.3048;

/// A bar of a round length, about a quarter of the shape.
pub(super) fn scale_bar(shape: &Shape, (x, y): (f64, f64), said: Quantities) -> Vec<Layer> {
    let wanted = shape.width_m / 4.0;
    let unit = if said == Quantities::default() {
        1.0
    } else if wanted < said.long_unit_m() {
        FOOT_M
    } else {
        said.long_unit_m()
    };
    let length = round_down(wanted / unit) * unit;
    if length <= 0.0 {
        return Vec::new();
    }
    let points = vec![(x, y), (x + length, y)];
    let (tone, label) = (Tone::Ink, None);
    vec![
        Layer::Line { points, tone, width: 22, dashed: Dashes::Solid, label },
        Layer::Note {
            at: (x + length, y),
            text: said.length(length),
            tone: Tone::Ink,
            side: NoteSide::Right,
        },
    ]
}

/// The largest 1, 2 or 5 times a power of ten that is not larger; zero for what is none.
fn round_down(value: f64) -> f64 {
    if value.is_nan() || value <= 0.0 {
        return 0.0;
    }
    let power = 10f64.powf(value.log10().floor());
    let step = [5.0, 2.0, 1.0].into_iter().find(|f| f * power <= value);
    step.map_or(0.0, |f| f * power)
}
