//! Most of the stated distance had the same leg on the low side.

use super::{Finding, Rule};
use crate::quantities::{self, Quantities};
use crate::settings::{RoadSide, Settings, Side};
use crate::trend::{History, Sureness, Week};

/// The rule.
pub const RULE: Rule = Rule {
    id: "one_sided_camber",
    needs: &["camber_exposure"],
    speaks_when: "by the side that the runner states in the profile or in notes, at least 70 % of 20 km or more in the last \
                  four weeks had the same leg on the low side",
    limits: "The side is your own word; positions cannot show it. No study has followed runners to see whether slanted ground matters to knees.",
    sources: &["oconnor2002", "gehlsen1989", "txdot"],
    judge,
};

/// Weeks that are added up. **chosen**: as "lately".
const WEEKS: usize = 4;
/// Weeks before them that they are held against. **chosen**: a season's block.
const EARLIER_WEEKS: usize = 12;
/// Less stated distance than this is no habit. **chosen**: about a week of a modest runner.
const LEAST_M: f64 = 20_000.0;
/// Share on one side at which it is worth a card. **chosen**.
const LARGE_SHARE: f64 = 0.7;
/// How far a stated habit may be from what was run, as a share. **chosen**: one kilometre in five.
const STATED_ERROR: f64 = 0.2;

/// Kilometres by the low leg over some weeks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sides {
    /// Left leg low, m.
    pub left_low_m: f64,
    /// Right leg low, m.
    pub right_low_m: f64,
    /// What could have been on a slanted edge at all, m.
    pub ceiling_m: f64,
    /// Whether any side is stated.
    pub stated: bool,
}

impl Sides {
    /// Adds up weeks.
    pub fn of(weeks: &[Week]) -> Self {
        let sum = |f: fn(&Week) -> Option<f64>| weeks.iter().filter_map(f).sum::<f64>();
        Self {
            left_low_m: sum(|w| w.camber.left_low_m),
            right_low_m: sum(|w| w.camber.right_low_m),
            ceiling_m: sum(|w| Some(w.camber.ceiling_m)),
            stated: weeks
                .iter()
                .any(|w| w.camber.left_low_m.is_some() || w.camber.right_low_m.is_some()),
        }
    }

    /// Stated distance.
    pub fn stated_m(&self) -> f64 {
        self.left_low_m + self.right_low_m
    }

    /// The leg that was low for most of it, with its share; `None` without stated distance.
    pub fn low_leg(&self) -> Option<(Side, f64)> {
        let all = self.stated_m();
        let left = self.left_low_m / all;
        (all > 0.0).then_some(if left >= 0.5 {
            (Side::Left, left)
        } else {
            (Side::Right, 1.0 - left)
        })
    }
}

/// The last weeks, and the ones before them.
pub fn last_weeks(history: &History, weeks: usize) -> (&[Week], &[Week]) {
    let split = history.weeks.len().saturating_sub(weeks);
    let (before, last) = history.weeks.split_at_checked(split).unwrap_or((&[], &[]));
    (last, before)
}

fn judge(history: &History, settings: &Settings) -> Option<Finding> {
    let (last, before) = last_weeks(history, WEEKS);
    let sides = Sides::of(last);
    let (leg, share) = sides.low_leg()?;
    if sides.stated_m() < LEAST_M || share < LARGE_SHARE {
        return None;
    }
    let name = match leg {
        Side::Left => "left",
        Side::Right => "right",
    };
    let display = settings.display;
    Some(Finding {
        rule: RULE.id,
        title: title(name, moved(last_weeks(history, WEEKS))),
        number: format!(
            "{} of {} in four weeks ({} to {}, if one kilometre in five was elsewhere)",
            quantities::share(share),
            Quantities::new(display).distance(sides.stated_m()),
            quantities::share((share - STATED_ERROR).max(0.0)),
            quantities::share((share + STATED_ERROR).min(1.0))
        ),
        so_what: option(settings).into(),
        limit: "This is the side that you state; positions cannot check it.".into(),
        sureness: sureness(share, before),
        details: vec![
            format!(
                "Left leg low {}, right leg low {}; at most {} could have been slanted at all.",
                Quantities::new(display).distance(sides.left_low_m),
                Quantities::new(display).distance(sides.right_low_m),
                Quantities::new(display).distance(sides.ceiling_m)
            ),
            "The range allows for one kilometre in five on another side than you state.".into(),
            "Roads usually fall by 1.5 to 3 %; studies of slanted running used 9 to 18 %. No study \
             has followed runners to see whether one-sided slopes matter to knees."
                .into(),
        ],
        chart: Some("camber_ledger"),
        sources: RULE.sources,
        weight: 30.0 + 10.0 * share,
    })
}

/// At most ten words; the same word on whether it is new as the line above the cards.
fn title(leg: &str, moved: Option<bool>) -> String {
    match moved {
        Some(true) => format!("Your {leg} leg is now mostly on the low side"),
        Some(false) => format!("Your {leg} leg was on the low side, as before"),
        None => format!("Your {leg} leg was mostly on the low side"),
    }
}

/// Whether the low side moved: the last weeks against up to twelve before them; `None` where either
/// has no stated side.
pub(super) fn moved((last, before): (&[Week], &[Week])) -> Option<bool> {
    let left = |weeks: &[Week]| {
        let (leg, share) = Sides::of(weeks).low_leg()?;
        Some(if leg == Side::Left { share } else { 1.0 - share })
    };
    let earlier = before.get(before.len().saturating_sub(EARLIER_WEEKS)..)?;
    Some((left(last)? - left(earlier)?).abs() > STATED_ERROR)
}

fn option(settings: &Settings) -> &'static str {
    match settings.runner.road_side {
        Some(RoadSide::SameKerb) => "Run one loop the other way round, or pick a flat path once.",
        Some(RoadSide::FacingTraffic) => {
            "Pick a flat path once next week, or run one loop on the pavement."
        }
        _ => "Run one loop the other way round, or change sides on the way back.",
    }
}

/// Clear: more than half even if the stated side is wrong for one kilometre in five, and the four
/// weeks before, where there are any, say the same; likely: more than half.
fn sureness(share: f64, before: &[Week]) -> Sureness {
    if share - STATED_ERROR <= 0.5 {
        return Sureness::CannotTell;
    }
    let earlier = before.get(before.len().saturating_sub(WEEKS)..).map(Sides::of);
    let same = earlier.and_then(|e| e.low_leg()).is_some_and(|(_, s)| s - STATED_ERROR > 0.5);
    if same { Sureness::Clear } else { Sureness::Likely }
}
