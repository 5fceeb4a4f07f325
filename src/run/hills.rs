//! Climbs and descents of one run as stretches.

use crate::metrics::Run;
use crate::metrics::hill_exposure::{HILL, SHORTEST_M};
use crate::units::Quantity;

/// A level or opposite piece of a hill up to this long does not end it, metres. **chosen**: less
/// than the shortest hill.
const BRIDGED_M: f64 = 30.0;

/// One climb or descent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Hill {
    /// First tick.
    pub first: usize,
    /// One past the last tick.
    pub past: usize,
    /// Length, metres.
    pub metres: f64,
    /// Rise, metres; negative downhill.
    pub rise_m: f64,
}

impl Hill {
    /// Mean slope, rise over run.
    pub fn grade(&self) -> f64 {
        if self.metres > 0.0 { self.rise_m / self.metres } else { 0.0 }
    }
}

/// A hill under way, with what of its end is not sure to belong to it.
struct Open {
    hill: Hill,
    down: bool,
    /// Metres and rise since the last tick that was a hill.
    loose: (f64, f64),
}

/// Stretches of 3 % and more, of 50 m and longer, in order; none without a trusted altitude.
pub(super) fn hills(run: &Run<'_>) -> Vec<Hill> {
    let Some(grades) = &run.segments.grade else { return Vec::new() };
    let mut found: Vec<Hill> = Vec::new();
    let mut open: Option<Open> = None;
    let each = run.segments.metres.iter().zip(&run.segments.moving).enumerate();
    for (i, (metres, _)) in each.filter(|(_, (_, moves))| **moves) {
        let grade = grades.get(i).map(Quantity::value);
        let steep = grade.filter(|g| g.abs() >= HILL);
        let (rise, down) = (grade.map_or(0.0, |g| g * metres), steep.is_some_and(|g| g < 0.0));
        let goes_on = open.as_ref().is_some_and(|o| {
            grade.is_some()
                && match steep {
                    Some(_) if o.down == down => true,
                    _ => o.loose.0 + metres <= BRIDGED_M,
                }
        });
        if !goes_on {
            found.extend(open.take().map(|o| o.hill));
        }
        match (&mut open, steep) {
            (Some(o), Some(_)) if o.down == down => {
                o.hill.metres += o.loose.0 + metres;
                o.hill.rise_m += o.loose.1 + rise;
                o.hill.past = i + 1;
                o.loose = (0.0, 0.0);
            }
            (Some(o), _) => o.loose = (o.loose.0 + metres, o.loose.1 + rise),
            (None, Some(_)) => {
                let hill = Hill { first: i, past: i + 1, metres: *metres, rise_m: rise };
                open = Some(Open { hill, down, loose: (0.0, 0.0) });
            }
            (None, None) => {}
        }
    }
    found.extend(open.map(|o| o.hill));
    found.retain(|hill| hill.metres >= SHORTEST_M);
    found
}
