//! What can honestly be said about slanted ground: the ceiling always, sides only as stated.

use super::{Compute, Doc, Evidence, Metric, NotedRun, Outcome, Reading, Unavailable, unit};
use crate::activity::{Origin, SubSport};
use crate::journal::{NoteSource, Noted, Surface};
use crate::settings::{RoadKind, RoadSide, Side};

/// Camber exposure.
pub const METRIC: Metric = Metric {
    id: "camber_exposure",
    title: "Slanted-edge distance",
    unit: unit::M,
    evidence: Evidence::D,
    sources: &["txdot", "oconnor2002", "gehlsen1989", "messier1995", "own_archives"],
    doc: Doc {
        measures: "How far at most you could have run on a slanted edge, and, where you say \
                   which side you run on, how far with the left or the right foot low.",
        formula: "Ceiling = metres on the move outdoors and off the track. The left edge of a \
                  crowned road is left-low, a pavement falls to the roadway: left pavement is \
                  right-low. Anticlockwise bends of a track are right-low.",
        needs: "Distance; the side you run on, noted for the run in notes.csv, or your usual one \
                in the profile or by `--road-side`. A crossfall that you measured replaces the \
                usual range.",
        unavailable: "The run was indoors, or there is no distance.",
        limits: "No watch can see camber, and positions cannot tell the side: one wrist shifts \
                 them by 4 to 11 m. Roads fall by 1.5 to 3 %; laboratories tested 9 to 18 %. No \
                 study that follows runners links camber to knees.",
    },
    trended: false,
    compute: Compute::Noted(compute),
};

/// Usual crossfall of a road, low end, percent. Source: `txdot` (2 % usual, normally at most 3 %)
/// and a survey of road administrations that found 1.5 to 3 %.
pub const CROSSFALL_LOW_PERCENT: f64 = 1.5;
/// Usual crossfall of a road, high end, percent. Source: as above.
pub const CROSSFALL_HIGH_PERCENT: f64 = 3.0;

/// The foot that is low on an edge of this kind; `None` where the ground has no usual fall.
///
/// Source: the ledger rule, `science` 2.18: the left edge of a crowned carriageway is left-low; a
/// pavement normally falls towards the roadway, so a left pavement is right-low.
pub fn low_side(edge: Side, kind: RoadKind) -> Option<Side> {
    match kind {
        RoadKind::Road => Some(edge),
        RoadKind::Pavement => Some(edge.opposite()),
        RoadKind::Path => None,
    }
}

/// What the runner's word makes of the distance.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Ledger {
    /// All of it with this foot low.
    One(Side),
    /// There and back on one physical side: the low foot changes at each turn-back.
    Alternating,
    /// Not to be told; the sentence says why and what would settle it.
    Unknown(&'static str),
}

/// Reads the runner's statement.
fn ledger(noted: &Noted, traffic: Option<Side>, trail: bool) -> Ledger {
    let Some(stated) = &noted.road_side else {
        return Ledger::Unknown(
            "Which side do you run on? Add `--road-side`, or a road side to notes.csv.",
        );
    };
    // A usual side is a side of roads; what is noted about this very run holds for it.
    if trail && stated.source == NoteSource::Profile {
        return Ledger::Unknown("No road by its own word: your usual road side is not applied.");
    }
    let kind = noted.road_kind.as_ref().map_or(RoadKind::default(), |k| k.value);
    if kind == RoadKind::Path {
        return Ledger::Unknown("A path has no usual fall to either side.");
    }
    let edge = match (stated.value, traffic) {
        (RoadSide::Left, _) => Side::Left,
        (RoadSide::Right, _) => Side::Right,
        (RoadSide::WithTraffic, Some(keeps)) => keeps,
        (RoadSide::FacingTraffic, Some(keeps)) => keeps.opposite(),
        (RoadSide::WithTraffic | RoadSide::FacingTraffic, None) => {
            return Ledger::Unknown(
                "Which side does traffic keep to where you run? Add `traffic` to the profile.",
            );
        }
        (RoadSide::SameKerb, _) => return Ledger::Alternating,
        (RoadSide::Mixed, _) => {
            return Ledger::Unknown("You run on both sides without a rule: no side is counted.");
        }
    };
    match low_side(edge, kind) {
        Some(low) => Ledger::One(low),
        None => Ledger::Unknown("A path has no usual fall to either side."),
    }
}

fn compute(run: &NotedRun<'_>) -> Outcome {
    measure(run).into()
}

fn measure(run: &NotedRun<'_>) -> Result<Reading, Unavailable> {
    if run.meta.indoor {
        return Err(Unavailable::new("indoor", "Indoors the ground is level."));
    }
    let Some(ways) = run.slants.ways_m else {
        return Err(Unavailable::new("no_distance", "The file has no distances or positions."));
    };
    let ceiling: f64 = ways.iter().sum();
    let (left, right, why) = sides(run, ways);
    let unassigned = left.zip(right).map_or(ceiling, |(l, r)| (ceiling - l - r).max(0.0));
    let bends = run.slants.bends.as_ref();
    let bend_m = |metres: f64| if run.slants.on_a_track { metres } else { 0.0 };
    let crossfall = Crossfall::of(run.noted);
    let reading =
        Reading::minutes(ceiling, run.slants.seconds / 60.0, run.slants.known, origin(run.noted))
            .part("ceiling_m", Some(ceiling))
            .part("left_low_m", left)
            .part("right_low_m", right)
            .part("unassigned_m", Some(unassigned))
            // In a bend the runner leans in: the outer foot is the low one.
            .part("bends_left_low_m", bends.map(|b| bend_m(b.right.metres)))
            .part("bends_right_low_m", bends.map(|b| bend_m(b.left.metres)))
            .part("turn_backs", Some(run.slants.turn_backs.map_or(0.0, |n| n as f64)))
            .part("crossfall_low_percent", Some(crossfall.low_percent))
            .part("crossfall_high_percent", Some(crossfall.high_percent));
    let some = left.is_some() || right.is_some();
    Ok(reading.caveat_if(why).caveat_if(some.then_some(crossfall.words)))
}

/// How far the edge falls, and by whose word.
struct Crossfall {
    low_percent: f64,
    high_percent: f64,
    words: &'static str,
}

impl Crossfall {
    /// What the runner measured replaces what roads usually do.
    fn of(noted: &Noted) -> Self {
        match &noted.crossfall_percent {
            Some(measured) => Self {
                low_percent: measured.value,
                high_percent: measured.value,
                words: "The crossfall is measured by you.",
            },
            None => Self {
                low_percent: CROSSFALL_LOW_PERCENT,
                high_percent: CROSSFALL_HIGH_PERCENT,
                words: "The crossfall is an assumption: what roads usually have.",
            },
        }
    }
}

/// Who states the side.
fn origin(noted: &Noted) -> Origin {
    let side = match &noted.road_side {
        Some(side) => format!("the side {}", side.source.words()),
        None => "no side stated".to_owned(),
    };
    Origin::Derived { method: format!("distance on the move, {side}") }
}

/// Metres with the left and the right foot low, and what keeps them from being told.
fn sides(run: &NotedRun<'_>, ways: [f64; 2]) -> (Option<f64>, Option<f64>, Option<&'static str>) {
    let ceiling: f64 = ways.iter().sum();
    let ground = run.noted.surface.as_ref().map(|s| Surface::of(&s.value));
    let trail = run.meta.sub_sport == SubSport::Trail || ground.is_some_and(|g| !g.may_be_a_road());
    match ledger(run.noted, run.settings.runner.traffic, trail) {
        Ledger::One(Side::Left) => (Some(ceiling), Some(0.0), None),
        Ledger::One(Side::Right) => (Some(0.0), Some(ceiling), None),
        Ledger::Unknown(why) => (None, None, Some(why)),
        Ledger::Alternating if run.slants.turn_backs.is_none() => {
            (None, None, Some("Turn-backs cannot be seen without positions."))
        }
        // Which foot was low on the way out is not stated; what both ways share is certain.
        Ledger::Alternating => {
            let [out, back] = ways;
            let shared = out.min(back);
            let rest = (out - back).abs() > 0.05 * ceiling;
            let why = rest.then_some(
                "There and back differ in length; the rest is on one foot, and which is not \
                 stated.",
            );
            (Some(shared), Some(shared), why)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Runner;

    fn stated(road_side: RoadSide, road_kind: RoadKind, traffic: Option<Side>) -> Ledger {
        let runner = Runner { road_side: Some(road_side), road_kind, ..Runner::default() };
        ledger(&Noted::default().with_usual(&runner), traffic, false)
    }

    #[test]
    fn the_ledger_rule() {
        use RoadKind::{Path, Pavement, Road};
        use Side::{Left, Right};
        assert_eq!(stated(RoadSide::Left, Road, None), Ledger::One(Left));
        assert_eq!(stated(RoadSide::Right, Road, None), Ledger::One(Right));
        assert_eq!(stated(RoadSide::Left, Pavement, None), Ledger::One(Right));
        assert_eq!(stated(RoadSide::Right, Pavement, None), Ledger::One(Left));
        assert!(matches!(stated(RoadSide::Left, Path, None), Ledger::Unknown(_)));
        // Where traffic keeps right, facing it is the left edge.
        assert_eq!(stated(RoadSide::FacingTraffic, Road, Some(Right)), Ledger::One(Left));
        assert_eq!(stated(RoadSide::FacingTraffic, Road, Some(Left)), Ledger::One(Right));
        assert_eq!(stated(RoadSide::WithTraffic, Pavement, Some(Right)), Ledger::One(Left));
        assert!(matches!(stated(RoadSide::FacingTraffic, Road, None), Ledger::Unknown(_)));
        assert_eq!(stated(RoadSide::SameKerb, Road, None), Ledger::Alternating);
        assert!(matches!(stated(RoadSide::Mixed, Road, None), Ledger::Unknown(_)));
    }
}
