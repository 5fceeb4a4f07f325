//! Where the words of a map stand: near their dots and clear of each other, of all dots and, where
//! that can be had, of the lines; what stands further off gets a line back to its dot.

/// A place in CSS pixels, to the right and upwards.
pub type At = (f64, f64);

/// Height of a word with a little air, CSS pixels.
const HIGH_PX: f64 = 14.0;
/// Width of one character of a bold word, CSS pixels. **chosen**: of the wider fonts.
const WIDE_PX: f64 = 8.6;
/// Air to the left and right of a word, CSS pixels. **chosen**
const AIR_PX: f64 = 5.0;
/// Room that a dot takes to each side, CSS pixels: its radius and its rim.
const DOT_PX: f64 = 4.0;
/// Distances from dot to word that are tried, CSS pixels. **chosen**
const RINGS_PX: [f64; 9] = [14.0, 18.0, 23.0, 29.0, 36.0, 44.0, 54.0, 66.0, 80.0];
/// Directions that are tried on each ring. **chosen**: 22.5 degrees apart.
const DIRECTIONS: u32 = 16;
/// Words further off than this are led back to their dot, CSS pixels. **chosen**: nearer ones
/// cannot be taken for another's.
const LED_PX: f64 = 19.0;
/// What it costs to stand on a word or outside: more than all else together.
const BLOCKED: f64 = 1e6;
/// Cost of standing on a dot: more than all that is milder.
const ON_A_DOT: f64 = 1e4;
/// Cost of a leading line that runs through another's word. **chosen**: any way round is shorter.
const THROUGH_A_WORD: f64 = 200.0;
/// Cost of standing on a point of the path or of a leading line. **chosen**: worth a ring and a half.
const ON_A_LINE: f64 = 9.0;
/// Points of lines that are counted at most: more are no worse.
const MOST_POINTS: usize = 6;
/// Cost of standing opposite the preferred side. **chosen**: half a ring.
const WRONG_SIDE: f64 = 4.0;

/// A word that wants a place.
#[derive(Clone, Debug, PartialEq)]
pub struct Wish {
    /// What it belongs to.
    pub dot: At,
    /// The word.
    pub text: String,
    /// Direction in which it would like to stand; of any length.
    pub towards: (f64, f64),
    /// Whether it may be left out where everything is taken.
    pub need: Need,
}

/// Whether a word may be left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// A table names it.
    Must,
    /// Its neighbours say enough.
    May,
}

/// Where a word stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Stand {
    /// Its middle.
    pub at: At,
    /// The line that leads from its dot to it.
    pub lead: Option<(At, At)>,
}

/// What is in the way.
pub struct Ground<'a> {
    /// Every dot, also those without words.
    pub dots: &'a [At],
    /// Points of the path, near enough to each other for a word not to fall between them.
    pub path: &'a [At],
    /// Lower left and upper right corner of what is drawn.
    pub room: (At, At),
}

/// A word's rectangle.
#[derive(Clone, Copy)]
struct Frame {
    at: At,
    half: (f64, f64),
}

impl Frame {
    fn of(text: &str, at: At) -> Self {
        let wide = text.chars().count() as f64 * WIDE_PX + AIR_PX;
        Self { at, half: (wide / 2.0, HIGH_PX / 2.0) }
    }

    fn meets(&self, other: &Self) -> bool {
        (self.at.0 - other.at.0).abs() < self.half.0 + other.half.0
            && (self.at.1 - other.at.1).abs() < self.half.1 + other.half.1
    }

    fn holds(&self, point: At, air: f64) -> bool {
        (self.at.0 - point.0).abs() < self.half.0 + air
            && (self.at.1 - point.1).abs() < self.half.1 + air
    }

    fn inside(&self, (low, high): (At, At)) -> bool {
        self.at.0 - self.half.0 >= low.0
            && self.at.0 + self.half.0 <= high.0
            && self.at.1 - self.half.1 >= low.1
            && self.at.1 + self.half.1 <= high.1
    }
}

/// A place for each word, in the order of the wishes; earlier ones choose first. A word that must
/// be there always gets one inside the room's reach; `None` for one that may be left out.
pub fn letter_out(wishes: &[Wish], ground: &Ground<'_>) -> Vec<Option<Stand>> {
    let mut taken: Vec<Frame> = Vec::new();
    let mut leads: Vec<At> = Vec::new();
    let each = wishes.iter().map(|wish| {
        let (cost, frame) = best(wish, ground, &taken, &leads)?;
        if cost >= THROUGH_A_WORD && wish.need == Need::May {
            return None;
        }
        taken.push(frame);
        let lead = lead(wish.dot, &frame);
        if let Some((from, to)) = lead {
            leads.extend(along(from, to));
        }
        Some(Stand { at: frame.at, lead })
    });
    each.collect()
}

/// The cheapest place of a word.
fn best(wish: &Wish, ground: &Ground<'_>, taken: &[Frame], leads: &[At]) -> Option<(f64, Frame)> {
    let wanted = wish.towards.1.atan2(wish.towards.0);
    let tries = RINGS_PX.iter().enumerate().flat_map(|(ring, distance)| {
        (0..DIRECTIONS).map(move |k| {
            let angle = wanted + std::f64::consts::TAU * f64::from(k) / f64::from(DIRECTIONS);
            let turned = (1.0 - (angle - wanted).cos()) / 2.0;
            let at = (wish.dot.0 + distance * angle.cos(), wish.dot.1 + distance * angle.sin());
            (at, 6.0 * ring as f64 + WRONG_SIDE * turned)
        })
    });
    let priced = tries.map(|(at, way)| {
        let frame = Frame::of(&wish.text, at);
        (way + in_the_way(wish, &frame, ground, taken, leads), frame)
    });
    priced.min_by(|a, b| a.0.total_cmp(&b.0))
}

/// What it costs to stand there, beside the way from the dot.
fn in_the_way(
    wish: &Wish,
    frame: &Frame,
    ground: &Ground<'_>,
    taken: &[Frame],
    leads: &[At],
) -> f64 {
    let own_lead = lead(wish.dot, frame);
    let crosses = |other: &Frame| {
        own_lead.is_some_and(|(from, to)| along(from, to).iter().any(|p| other.holds(*p, 0.0)))
    };
    let count = |n: usize, cost: f64| cost * n as f64;
    let blocked = taken.iter().filter(|other| frame.meets(other)).count()
        + usize::from(!frame.inside(ground.room));
    let dots = ground.dots.iter().filter(|dot| frame.holds(**dot, DOT_PX)).count();
    let crossed = taken.iter().filter(|other| crosses(other)).count();
    let lines = ground.path.iter().chain(leads);
    let on_lines = lines.filter(|point| frame.holds(**point, 0.0)).count();
    count(blocked, BLOCKED)
        + count(dots, ON_A_DOT)
        + count(crossed, THROUGH_A_WORD)
        + count(on_lines.min(MOST_POINTS), ON_A_LINE)
}

/// The line from a dot's rim to the edge of a word that stands apart from it.
fn lead(dot: At, frame: &Frame) -> Option<(At, At)> {
    let (dx, dy) = (frame.at.0 - dot.0, frame.at.1 - dot.1);
    let long = dx.hypot(dy);
    if long <= LED_PX {
        return None;
    }
    // Up to the word's rim: a circle is near enough for one letter and better than through it.
    let end = long - frame.half.1.max(frame.half.0.min(long / 2.0));
    let on = |metres: f64| (dot.0 + dx / long * metres, dot.1 + dy / long * metres);
    (end > DOT_PX).then(|| (on(DOT_PX), on(end)))
}

/// Points along a line, some pixels apart.
fn along(from: At, to: At) -> Vec<At> {
    const STEPS: u32 = 8;
    let on = |k: u32| f64::from(k) / f64::from(STEPS);
    (0..=STEPS)
        .map(|k| (from.0 + on(k) * (to.0 - from.0), from.1 + on(k) * (to.1 - from.1)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOM: (At, At) = ((0.0, 0.0), (340.0, 200.0));

    fn wishes(dots: &[At]) -> Vec<Wish> {
        let wish = |(k, dot): (usize, &At)| Wish {
            dot: *dot,
            text: char::from(b'A' + k as u8).to_string(),
            towards: (0.0, 1.0),
            need: Need::Must,
        };
        dots.iter().enumerate().map(wish).collect()
    }

    fn frames(wishes: &[Wish], stands: &[Option<Stand>]) -> Vec<Frame> {
        let placed = wishes.iter().zip(stands);
        placed.filter_map(|(w, s)| Some(Frame::of(&w.text, s.as_ref()?.at))).collect()
    }

    #[test]
    fn a_heap_of_dots_has_every_letter_apart_and_inside() {
        // Twelve places within the width of a word or two, at the edge and in the middle.
        for corner in [(170.0, 100.0), (4.0, 4.0), (336.0, 196.0)] {
            let dots: Vec<At> = (0..12)
                .map(|k| {
                    let (dx, dy) = (f64::from(k % 4) * 5.0, f64::from(k / 4) * 4.0);
                    let inward = |at: f64, end: f64, d: f64| if at > end / 2.0 { -d } else { d };
                    (corner.0 + inward(corner.0, 340.0, dx), corner.1 + inward(corner.1, 200.0, dy))
                })
                .collect();
            let wishes = wishes(&dots);
            let stands = letter_out(&wishes, &Ground { dots: &dots, path: &[], room: ROOM });
            let frames = frames(&wishes, &stands);
            assert_eq!(frames.len(), dots.len());
            for (i, frame) in frames.iter().enumerate() {
                assert!(frame.inside(ROOM), "{corner:?}: {i} is outside");
                for other in frames.iter().skip(i + 1) {
                    assert!(!frame.meets(other), "{corner:?}: {i} stands on another");
                }
                assert!(dots.iter().all(|d| !frame.holds(*d, 0.0)), "{corner:?}: {i} on a dot");
            }
            let led = stands.iter().flatten().filter(|s| s.lead.is_some()).count();
            assert!(led >= 4, "{corner:?}: only {led} of a heap are led back");
        }
    }

    #[test]
    fn alone_a_word_stands_where_it_likes_to() {
        let dots = [(100.0, 100.0)];
        let wishes = wishes(&dots);
        let stands = letter_out(&wishes, &Ground { dots: &dots, path: &[], room: ROOM });
        let stand = stands[0].as_ref().unwrap();
        assert!((stand.at.0 - 100.0).abs() < 1e-9 && stand.at.1 > 110.0, "{stand:?}");
        assert_eq!(stand.lead, None);
    }

    #[test]
    fn a_word_keeps_off_the_path_and_one_that_may_goes_where_all_is_taken() {
        let path: Vec<At> = (0..60).map(|k| (100.0, 70.0 + f64::from(k))).collect();
        let dots = [(100.0, 100.0)];
        let wish = wishes(&dots);
        let ground = Ground { dots: &dots, path: &path, room: ROOM };
        let stand = letter_out(&wish, &ground)[0].clone().unwrap();
        assert!((stand.at.0 - 100.0).abs() > 5.0, "{stand:?} stands on the path");
        let narrow = Ground { dots: &dots, path: &[], room: ((95.0, 95.0), (105.0, 105.0)) };
        let may = Wish { need: Need::May, ..wish[0].clone() };
        assert_eq!(letter_out(&[may], &narrow), [None]);
        assert!(letter_out(&wish, &narrow)[0].is_some());
    }
}
