//! Stretches in which a reader must know something before reading a lane: walking and standing,
//! and what was marked as doubtful.

use super::timeline::Timeline;
use crate::metrics::Run;

/// Shortest stretch of walking or standing that is marked, seconds. **chosen**: a traffic light.
const LEAST_S: f64 = 20.0;
/// Running for less than this between two such stretches does not part them, seconds. **chosen**,
/// as for bouts of running.
const BRIDGED_S: f64 = 5.0;

/// Why a stretch is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// On the move, but not running.
    Walking,
    /// The timer ran and nobody moved.
    Standing,
    /// Doubtful, with the reason.
    Doubt(&'static str),
}

impl Mark {
    /// For a reader.
    pub fn words(self) -> &'static str {
        match self {
            Self::Walking => "walking",
            Self::Standing => "standing, timer on",
            Self::Doubt(reason) => reason,
        }
    }
}

/// A marked stretch of the time axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Marked {
    /// Why.
    pub mark: Mark,
    /// Where it begins, seconds with the timer on.
    pub from_s: f64,
    /// Where it ends.
    pub to_s: f64,
}

/// All marked stretches, in order.
pub(super) fn marked(run: &Run<'_>, timeline: &Timeline) -> Vec<Marked> {
    let Run { activity, segments, .. } = *run;
    let times = activity.clock.times_s();
    let mut found: Vec<Marked> = Vec::new();
    let mut open: Option<Marked> = None;
    for (i, (running, moving)) in segments.running.iter().zip(&segments.moving).enumerate() {
        let hold_s = activity.clock.total_weight_s(i);
        if *running || hold_s <= 0.0 {
            continue;
        }
        let mark = if *moving { Mark::Walking } else { Mark::Standing };
        let from_s = times.get(i).map_or(0.0, |t| timeline.at(*t));
        let next = Marked { mark, from_s, to_s: from_s + hold_s };
        match &mut open {
            Some(stretch) if stretch.mark == mark && from_s - stretch.to_s <= BRIDGED_S => {
                stretch.to_s = next.to_s;
            }
            _ => found.extend(open.replace(next)),
        }
    }
    found.extend(open);
    found.retain(|m| m.to_s - m.from_s >= LEAST_S);
    found.extend(activity.doubtful.iter().filter_map(|span| {
        let last = span.end.checked_sub(1)?;
        let from_s = timeline.at(*times.get(span.start)?);
        let to_s = timeline.at(*times.get(last)?) + activity.clock.total_weight_s(last);
        Some(Marked { mark: Mark::Doubt(span.reason), from_s, to_s })
    }));
    for stretch in &mut found {
        stretch.to_s = stretch.to_s.min(timeline.total_s);
    }
    found.sort_by(|a, b| a.from_s.total_cmp(&b.from_s).then(a.mark.cmp(&b.mark)));
    found
}
