//! What can honestly be said about slanted ground: the ceiling always, sides only as stated.

use super::bend_sums::Bends;
use super::{Compute, Doc, Evidence, Metric, Outcome, Reading, Run, Unavailable, unit};
use crate::activity::{Origin, SubSport};
use crate::settings::{RoadKind, RoadSide, Runner, Side};

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
        needs: "Distance; the side you run on, stated in the profile or by `--road-side`.",
        unavailable: "The run was indoors, or there is no distance.",
        limits: "No watch can see camber, and positions cannot tell the side: one wrist shifts \
                 them by 4 to 11 m. Roads fall by 1.5 to 3 %; laboratories tested 9 to 18 %. No \
                 study that follows runners links camber to knees.",
    },
    trended: false,
    compute: Compute::Run(compute),
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
fn ledger(runner: &Runner, trail: bool) -> Ledger {
    let Some(stated) = runner.road_side else {
        return Ledger::Unknown("Which side do you run on? Add `--road-side`.");
    };
    if trail {
        return Ledger::Unknown("A trail run: the stated road side is not applied to it.");
    }
    if runner.road_kind == RoadKind::Path {
        return Ledger::Unknown("A path has no usual fall to either side.");
    }
    let edge = match (stated, runner.traffic) {
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
    match low_side(edge, runner.road_kind) {
        Some(low) => Ledger::One(low),
        None => Ledger::Unknown("A path has no usual fall to either side."),
    }
}

fn compute(run: &Run<'_>) -> Outcome {
    measure(run).into()
}

fn measure(run: &Run<'_>) -> Result<Reading, Unavailable> {
    if run.activity.meta.indoor {
        return Err(Unavailable::new("indoor", "Indoors the ground is level."));
    }
    let Some(distance) = &run.activity.channels.distance else {
        return Err(Unavailable::new("no_distance", "The file has no distances or positions."));
    };
    let ways = Ways::over(run);
    let ceiling: f64 = ways.metres.iter().sum();
    let (left, right, why) = sides(run, &ways);
    let unassigned = left.zip(right).map_or(ceiling, |(l, r)| (ceiling - l - r).max(0.0));
    let bends = Bends::over(run);
    let track = run.segments.track.is_some();
    let bend_m = |pick: fn(&Bends) -> f64| {
        if track { bends.as_ref().map(pick) } else { bends.as_ref().map(|_| 0.0) }
    };
    let measured = run.settings.runner.crossfall_percent;
    let origin = Origin::Derived {
        method: "distance on the move, sides as the runner states them".to_owned(),
    };
    let known = distance.present() as f64 / distance.len().max(1) as f64;
    let reading = Reading::minutes(ceiling, ways.seconds / 60.0, known, origin)
        .part("ceiling_m", Some(ceiling))
        .part("left_low_m", left)
        .part("right_low_m", right)
        .part("unassigned_m", Some(unassigned))
        // In a bend the runner leans in: the outer foot is the low one.
        .part("bends_left_low_m", bend_m(|b| b.right.metres))
        .part("bends_right_low_m", bend_m(|b| b.left.metres))
        .part("turn_backs", Some(run.segments.turn_backs.len() as f64))
        .part("crossfall_low_percent", Some(measured.unwrap_or(CROSSFALL_LOW_PERCENT)))
        .part("crossfall_high_percent", Some(measured.unwrap_or(CROSSFALL_HIGH_PERCENT)));
    Ok(reading.caveat_if(why))
}

/// Metres with the left and the right foot low, and what keeps them from being told.
fn sides(run: &Run<'_>, ways: &Ways) -> (Option<f64>, Option<f64>, Option<&'static str>) {
    let ceiling: f64 = ways.metres.iter().sum();
    let trail = run.activity.meta.sub_sport == SubSport::Trail;
    match ledger(&run.settings.runner, trail) {
        Ledger::One(Side::Left) => (Some(ceiling), Some(0.0), None),
        Ledger::One(Side::Right) => (Some(0.0), Some(ceiling), None),
        Ledger::Unknown(why) => (None, None, Some(why)),
        Ledger::Alternating if run.segments.curvature.is_none() => {
            (None, None, Some("Turn-backs cannot be seen without positions."))
        }
        // Which foot was low on the way out is not stated; what both ways share is certain.
        Ledger::Alternating => {
            let [out, back] = ways.metres;
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

/// Metres on the move off the track, by turns: before the first turn-back and after every second
/// one, and the others.
struct Ways {
    metres: [f64; 2],
    seconds: f64,
}

impl Ways {
    fn over(run: &Run<'_>) -> Self {
        let mut ways = Self { metres: [0.0; 2], seconds: 0.0 };
        let spans = run.segments.track.as_ref().map_or(&[][..], |t| &t.spans);
        let mut turns = run.segments.turn_backs.iter().peekable();
        let mut way = 0_usize;
        for (i, (moves, metres)) in run.segments.moving.iter().zip(&run.segments.metres).enumerate()
        {
            while turns.next_if(|t| **t <= i).is_some() {
                way = 1 - way;
            }
            if !moves || spans.iter().any(|s| (s.start..s.end).contains(&i)) {
                continue;
            }
            if let Some(sum) = ways.metres.get_mut(way) {
                *sum += metres;
            }
            ways.seconds += run.activity.clock.total_weight_s(i);
        }
        ways
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stated(road_side: RoadSide, road_kind: RoadKind, traffic: Option<Side>) -> Ledger {
        let runner = Runner { road_side: Some(road_side), road_kind, traffic, ..Runner::default() };
        ledger(&runner, false)
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
