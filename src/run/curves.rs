//! Sharp bends of one run.

use crate::metrics::Run;
use crate::units::Quantity;

/// Curvature from which a tick lies in a bend, 1/m. **chosen**: half of what a right angle makes at
/// its sharpest over the base of 30 m that curvature is measured on.
const BEND_PER_M: f64 = 1.0 / 60.0;
/// Curvature that a sharp bend reaches, 1/m. **chosen**: 57 degrees within that base.
const SHARP_PER_M: f64 = 1.0 / 30.0;
/// Least turn of a sharp bend, radians. **chosen**: 60 degrees.
const LEAST_TURN: f64 = std::f64::consts::FRAC_PI_3;
/// A bend this near to a turn-back is the turn-back, metres. **chosen**: the base of a heading and
/// of a difference.
const AT_A_TURN_BACK_M: f64 = 60.0;

/// One sharp bend.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Bend {
    /// First tick.
    pub first: usize,
    /// One past the last tick.
    pub past: usize,
    /// Turn in radians, positive to the left.
    pub turn: f64,
    /// Sharpest curvature, 1/m, not signed.
    sharpest: f64,
}

/// All sharp bends of a run, in order.
pub(super) struct Curves {
    pub bends: Vec<Bend>,
}

impl Curves {
    /// Finds them; none without usable positions, none on a track, which has its own row.
    pub fn over(run: &Run<'_>) -> Self {
        let segments = run.segments;
        let Some(curvature) = &segments.curvature else { return Self { bends: Vec::new() } };
        let on_track = |i: usize| {
            segments
                .track
                .as_ref()
                .is_some_and(|t| t.spans.iter().any(|s| s.start <= i && i < s.end))
        };
        let mut bends: Vec<Bend> = Vec::new();
        let mut open: Option<Bend> = None;
        for (i, metres) in segments.metres.iter().enumerate() {
            let bent = curvature.get(i).map(Quantity::value).filter(|k| k.abs() >= BEND_PER_M);
            let Some(bent) = bent.filter(|_| !on_track(i)) else {
                bends.extend(open.take());
                continue;
            };
            match &mut open {
                Some(bend) if (bend.turn < 0.0) == (bent < 0.0) => {
                    bend.turn += bent * metres;
                    bend.sharpest = bend.sharpest.max(bent.abs());
                    bend.past = i + 1;
                }
                _ => {
                    let (turn, sharpest) = (bent * metres, bent.abs());
                    bends.extend(open.replace(Bend { first: i, past: i + 1, turn, sharpest }));
                }
            }
        }
        bends.extend(open);
        bends.retain(|b| b.turn.abs() >= LEAST_TURN && b.sharpest >= SHARP_PER_M);
        let metres = &segments.metres;
        let near = |a: usize, b: usize| {
            let between = metres.get(a.min(b)..a.max(b)).unwrap_or_default();
            between.iter().sum::<f64>() <= AT_A_TURN_BACK_M
        };
        let turn_backs = &segments.turn_backs;
        bends.retain(|b| !turn_backs.iter().any(|t| near(*t, (b.first + b.past) / 2)));
        Self { bends }
    }

    /// How many there are to the left and to the right.
    pub fn counted(&self) -> (usize, usize) {
        let left = self.bends.iter().filter(|b| b.turn > 0.0).count();
        (left, self.bends.len() - left)
    }
}
