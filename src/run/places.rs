//! Places of a run that are worth a name: where it went down, where it turned, where it stood and
//! where the recording lost something.

use super::curves::Curves;
use super::hills::{Hill, hills};
use super::splits::Open;
use super::timeline::Timeline;
use crate::metrics::Run;
use crate::quantities::{Quantities, decimals, spoken_duration, tenths, whole};

/// What a place is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PlaceKind {
    /// The descent with the steepest mean slope.
    SteepestDescent,
    /// The descent that went on for longest.
    LongestDescent,
    /// One descent that is both.
    SteepestAndLongestDescent,
    /// The climb with the largest rise.
    LargestClimb,
    /// Where the runner turned back onto the same road.
    TurnBack,
    /// A bend of 60 degrees and more to the left.
    BendLeft,
    /// The same to the right.
    BendRight,
    /// Laps of a track.
    TrackLaps,
    /// Where cadence was lost, stuck or impossible.
    CadenceDoubt,
    /// Where heart rate followed cadence.
    HeartRateDoubt,
    /// Where the timer stood.
    Pause,
}

impl PlaceKind {
    /// Name for a reader.
    pub fn name(self) -> &'static str {
        match self {
            Self::SteepestDescent => "Steepest descent",
            Self::LongestDescent => "Longest descent",
            Self::SteepestAndLongestDescent => "Steepest and longest descent",
            Self::LargestClimb => "Largest climb",
            Self::TurnBack => "Turn back",
            Self::BendLeft => "Sharp bend left",
            Self::BendRight => "Sharp bend right",
            Self::TrackLaps => "Track",
            Self::CadenceDoubt => "Cadence doubtful",
            Self::HeartRateDoubt => "Heart rate doubtful",
            Self::Pause => "Pause",
        }
    }
}

/// A place, or a stretch that begins there.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// What it is.
    pub kind: PlaceKind,
    /// Tick at which it begins.
    pub tick: usize,
    /// One past its last tick.
    pub past: usize,
    /// Where it begins, metres since the start.
    pub from_m: f64,
    /// Where it begins, seconds with the timer on.
    pub at_s: f64,
    /// Its length, metres; zero for a point.
    pub metres: f64,
    /// Its duration, seconds; for a pause that of the stop.
    pub seconds: f64,
    /// Rise, metres, negative downhill; hills only.
    pub rise_m: Option<f64>,
    /// Speed along it, m/s.
    pub speed_m_s: Option<f64>,
    /// Mean step rate along it, spm.
    pub step_rate_spm: Option<f64>,
    /// What only this kind has: degrees of a bend, laps of a track, why something is doubtful.
    pub more: More,
}

/// What only one kind of place has.
#[derive(Clone, Debug, PartialEq)]
pub enum More {
    /// Nothing.
    Nothing,
    /// Degrees of a bend, without its side.
    Degrees(f64),
    /// Net laps, anticlockwise positive, and metres a lap.
    Laps(f64, f64),
    /// Why something is doubtful.
    Reason(&'static str),
}

impl Place {
    /// Mean slope, rise over run; hills only.
    pub fn grade(&self) -> Option<f64> {
        self.rise_m.filter(|_| self.metres > 0.0).map(|rise| rise / self.metres)
    }

    /// What is there, in plain words: `9.8 % down for 640 m, 63 m of descent; 5:02 min/km, 176
    /// steps a minute`.
    pub fn said(&self, say: Quantities) -> String {
        let course = [
            self.speed_m_s.and_then(|v| say.known_pace(v)),
            self.step_rate_spm.map(|f| format!("{} steps a minute", whole(f))),
        ];
        let course: Vec<String> = course.into_iter().flatten().collect();
        let what = match (&self.more, self.rise_m, self.grade()) {
            (More::Degrees(degrees), ..) => format!("{} degrees", whole(*degrees)),
            (More::Laps(laps, lap_m), ..) => format!(
                "{} laps of {} m {}",
                tenths(laps.abs()),
                whole(*lap_m),
                if *laps < 0.0 { "clockwise" } else { "anticlockwise" }
            ),
            (More::Reason(reason), ..) => format!("{reason}, {}", spoken(self.seconds)),
            (More::Nothing, Some(rise), Some(grade)) => format!(
                "{} % {} for {}, {} of {}",
                decimals(100.0 * grade.abs(), 1),
                if rise < 0.0 { "down" } else { "up" },
                say.length(self.metres),
                say.height(rise.abs()),
                if rise < 0.0 { "descent" } else { "ascent" }
            ),
            _ if self.kind == PlaceKind::Pause => {
                format!("the timer stood {}", spoken(self.seconds))
            }
            _ => "back onto the same road".to_owned(),
        };
        if course.is_empty() { what } else { format!("{what}; {}", course.join(", ")) }
    }
}

/// A duration of seconds or minutes in words.
fn spoken(seconds: f64) -> String {
    if seconds < 60.0 { format!("{} s", whole(seconds)) } else { spoken_duration(seconds) }
}

/// Places of one kind that are named at most. **chosen**: a page and a map stay readable.
const MOST_OF_A_KIND: usize = 3;
/// Shortest pause with a place of its own, seconds. **chosen**: longer than most traffic lights.
const LEAST_PAUSE_S: f64 = 60.0;

/// All places, in order.
pub(super) fn places(run: &Run<'_>, timeline: &Timeline, curves: &Curves) -> Vec<Place> {
    let finder = Finder::over(run, timeline);
    let mut places = finder.hills();
    places.extend(finder.track());
    let turns = run.segments.turn_backs.iter().take(MOST_OF_A_KIND);
    places.extend(turns.map(|tick| finder.place(PlaceKind::TurnBack, *tick, *tick)));
    places.extend(finder.bends(curves));
    places.extend(finder.doubts());
    places.extend(finder.pauses());
    places.sort_by(|a, b| (a.tick, a.kind).cmp(&(b.tick, b.kind)));
    places
}

/// What places are made from.
struct Finder<'a> {
    run: &'a Run<'a>,
    timeline: &'a Timeline,
    /// Metres before each tick.
    before_m: Vec<f64>,
}

impl<'a> Finder<'a> {
    fn over(run: &'a Run<'a>, timeline: &'a Timeline) -> Self {
        let mut sum = 0.0;
        let before = |metres: &f64| {
            let here = sum;
            sum += metres;
            here
        };
        Self { run, timeline, before_m: run.segments.metres.iter().map(before).collect() }
    }

    /// A stretch of ticks with what was run on it; a point where both ends are the same.
    fn place(&self, kind: PlaceKind, first: usize, past: usize) -> Place {
        let mut sums = Open::default();
        for i in first..past {
            sums.add_tick(self.run, i);
        }
        let split = sums.close(self.before_m.get(first).copied().unwrap_or_default());
        let time = self.run.activity.clock.times_s().get(first).copied().unwrap_or_default();
        Place {
            kind,
            tick: first,
            past,
            from_m: split.from_m,
            at_s: self.timeline.at(time),
            metres: split.metres,
            seconds: split.seconds,
            rise_m: None,
            speed_m_s: split.speed_m_s(),
            step_rate_spm: split.step_rate_spm,
            more: More::Nothing,
        }
    }

    fn hill(&self, kind: PlaceKind, hill: &Hill) -> Place {
        let place = self.place(kind, hill.first, hill.past);
        Place { metres: hill.metres, rise_m: Some(hill.rise_m), ..place }
    }

    fn hills(&self) -> Vec<Place> {
        let all = hills(self.run);
        let descents = || all.iter().filter(|h| h.rise_m < 0.0);
        let steepest = descents().min_by(|a, b| a.grade().total_cmp(&b.grade()));
        let longest = descents().max_by(|a, b| a.metres.total_cmp(&b.metres));
        let mut places = match (steepest, longest) {
            (Some(a), Some(b)) if a == b => {
                vec![self.hill(PlaceKind::SteepestAndLongestDescent, a)]
            }
            (a, b) => {
                let steepest = a.map(|hill| self.hill(PlaceKind::SteepestDescent, hill));
                let longest = b.map(|hill| self.hill(PlaceKind::LongestDescent, hill));
                steepest.into_iter().chain(longest).collect()
            }
        };
        let climb = all.iter().max_by(|a, b| a.rise_m.total_cmp(&b.rise_m));
        let climb = climb.filter(|hill| hill.rise_m > 0.0);
        places.extend(climb.map(|hill| self.hill(PlaceKind::LargestClimb, hill)));
        places
    }

    fn track(&self) -> Option<Place> {
        let track = self.run.segments.track.as_ref()?;
        let (first, last) = (track.spans.first()?, track.spans.last()?);
        let place = self.place(PlaceKind::TrackLaps, first.start, last.end);
        Some(Place { more: More::Laps(track.net_laps, track.lap_length_m), ..place })
    }

    /// The largest turns.
    fn bends(&self, curves: &Curves) -> Vec<Place> {
        let mut bends: Vec<_> = curves.bends.iter().collect();
        bends.sort_by(|a, b| b.turn.abs().total_cmp(&a.turn.abs()).then(a.first.cmp(&b.first)));
        let largest = bends.into_iter().take(MOST_OF_A_KIND);
        largest
            .map(|bend| {
                let kind = if bend.turn > 0.0 { PlaceKind::BendLeft } else { PlaceKind::BendRight };
                let more = More::Degrees(bend.turn.abs().to_degrees());
                Place { more, ..self.place(kind, bend.first, bend.past) }
            })
            .collect()
    }

    /// The longest doubts of each kind.
    fn doubts(&self) -> Vec<Place> {
        let doubts = self.run.activity.doubtful.iter().map(|span| {
            let kind = if span.reason.starts_with("heart rate") {
                PlaceKind::HeartRateDoubt
            } else {
                PlaceKind::CadenceDoubt
            };
            let place = self.place(kind, span.start, span.end);
            Place { more: More::Reason(span.reason), step_rate_spm: None, ..place }
        });
        let mut doubts: Vec<Place> = doubts.collect();
        doubts.sort_by(|a, b| b.seconds.total_cmp(&a.seconds).then(a.tick.cmp(&b.tick)));
        let of = |kind| doubts.iter().filter(move |p| p.kind == kind).take(MOST_OF_A_KIND).cloned();
        of(PlaceKind::CadenceDoubt).chain(of(PlaceKind::HeartRateDoubt)).collect()
    }

    /// The longest pauses.
    fn pauses(&self) -> Vec<Place> {
        let clock = &self.run.activity.clock;
        let mut stops: Vec<(f64, f64)> = clock.stops().to_vec();
        stops.retain(|(begin, end)| end - begin >= LEAST_PAUSE_S);
        stops.sort_by(|a, b| (b.1 - b.0).total_cmp(&(a.1 - a.0)).then(a.0.total_cmp(&b.0)));
        let longest = stops.into_iter().take(MOST_OF_A_KIND);
        longest
            .map(|(begin, end)| {
                // The last record before the stop says where.
                let tick = clock.times_s().partition_point(|t| *t <= begin).saturating_sub(1);
                let place = self.place(PlaceKind::Pause, tick, tick);
                Place { seconds: end - begin, speed_m_s: None, ..place }
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_said_in_the_readers_words() {
        let place = Place {
            kind: PlaceKind::SteepestDescent,
            tick: 0,
            past: 10,
            from_m: 3000.0,
            at_s: 900.0,
            metres: 640.0,
            seconds: 190.0,
            rise_m: Some(-62.7),
            speed_m_s: Some(640.0 / 190.0),
            step_rate_spm: Some(175.6),
            more: More::Nothing,
        };
        let said = place.said(Quantities::default());
        assert_eq!(said, "9.8 % down for 640 m, 63 m of descent; 4:57 min/km, 176 steps a minute");
        let pause = Place {
            kind: PlaceKind::Pause,
            rise_m: None,
            speed_m_s: None,
            step_rate_spm: None,
            seconds: 45.0,
            ..place
        };
        assert_eq!(pause.said(Quantities::default()), "the timer stood 45 s");
    }
}
