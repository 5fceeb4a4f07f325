//! Whether a watch measured its running dynamics or computed them from speed and cadence.

use super::pieces::PIECE_S;
use super::{Dynamics, Piece};
use crate::activity::{Activity, Channel, FORM_CAP_S};
use crate::units;

/// Pieces needed to judge. Source: `real-data` part 2, section 2b.
pub const PIECES: usize = 80;
/// R2 from which contact time and oscillation are a formula. Source: as above (no strap, pod or
/// foot sensor exceeded 0.93, no wrist formula fell below 0.98).
pub const FORMULA_R2: f64 = 0.97;
/// Predictors: v, v2, f, f2, v f.
const TERMS: usize = 5;

/// Steps in which devices store, largest first: whole strides a minute, whole ms, mm and spm, halves,
/// tenths. Source: `intake` section 1 (FIT fields).
const STORED_STEPS: [f64; 4] = [2.0, 1.0, 0.5, 0.1];
/// Where so much of a quantity's variance may be rounding, it does not vary enough to be judged.
/// **chosen**: half.
const MOST_ROUNDING: f64 = 0.5;

/// Judges a run by how much of contact time and oscillation its speed and step rate explain.
pub(super) fn judge(activity: &Activity, pieces: &[Piece]) -> Dynamics {
    let c = &activity.channels;
    let contact = Rounded::of(c.ground_contact_time.as_ref());
    let oscillation = Rounded::of(c.vertical_oscillation.as_ref());
    if contact.is_none() && oscillation.is_none() {
        return Dynamics::None;
    }
    let step_rate = Rounded::of(c.step_rate.as_ref()).unwrap_or_default();
    let share = rounding_left(activity);
    let fits = [
        contact.map(|y| (y, (|p| p.ground_contact_time_ms) as Quantity)),
        oscillation.map(|y| (y, (|p| p.vertical_oscillation_mm) as Quantity)),
    ]
    .map(|fit| {
        fit.map(|(y, quantity)| {
            let left = |rounded: Rounded| share * rounded.variance;
            explained(pieces, quantity, Rounding { value: left(y), step_rate: left(step_rate) })
        })
    });
    let known = || fits.iter().flatten().flatten();
    if known().any(|r2| *r2 < FORMULA_R2) {
        return Dynamics::Measured;
    }
    // A formula is only claimed where both quantities follow one.
    if known().count() == fits.len() { Dynamics::Estimated } else { Dynamics::NotKnown }
}

/// A quantity of a piece.
type Quantity = fn(&Piece) -> Option<f64>;

/// What rounding a stored value adds to its variance.
#[derive(Clone, Copy, Debug, Default)]
struct Rounded {
    variance: f64,
}

impl Rounded {
    /// From the step that all values of a channel lie on; `None` without values.
    fn of<Q: units::Quantity>(channel: Option<&Channel<Q>>) -> Option<Self> {
        let channel = channel.filter(|c| c.present() > 0)?;
        let lies_on = |step: &&f64| {
            channel.iter().flatten().all(|value| {
                let steps = value.value() / **step;
                (steps - steps.round()).abs() < 1e-3
            })
        };
        let step = STORED_STEPS.iter().find(lies_on).copied().unwrap_or_default();
        // The variance of an even spread over one step.
        Some(Self { variance: step * step / 12.0 })
    }
}

/// How much of the variance of one record's rounding is left in the mean of a piece: one over its
/// records, or what their unequal weights make of it.
fn rounding_left(activity: &Activity) -> f64 {
    let holds = (0..activity.clock.len()).map(|i| activity.clock.total_weight_s(i));
    let (sum, squares) = holds
        .filter(|hold| *hold <= FORM_CAP_S)
        .fold((0.0, 0.0), |(sum, squares), hold| (sum + hold, hold.mul_add(hold, squares)));
    if sum > 0.0 { squares / sum / PIECE_S } else { 0.0 }
}

/// What rounding leaves in the means of pieces: variances of the quantity and of step rate.
#[derive(Clone, Copy, Debug, Default)]
pub struct Rounding {
    /// Of the quantity.
    pub value: f64,
    /// Of the step rate, (steps a minute) squared.
    pub step_rate: f64,
}

/// R2 of a quantity on (v, v2, f, f2, v f) over the pieces that carry it, what rounding leaves
/// unexplained not counted: a formula's own output is rounded when it is stored, and so is the
/// step rate that it was computed from. `None` with fewer than [`PIECES`], or where the quantity
/// does not vary by more than its rounding.
pub fn explained(
    pieces: &[Piece],
    quantity: impl Fn(&Piece) -> Option<f64>,
    rounding: Rounding,
) -> Option<f64> {
    let rows: Vec<(f64, f64, f64)> =
        pieces.iter().filter_map(|p| Some((p.speed_m_s, p.step_rate_spm, quantity(p)?))).collect();
    if rows.len() < PIECES {
        return None;
    }
    let n = rows.len() as f64;
    let mean = |pick: fn(&(f64, f64, f64)) -> f64| rows.iter().map(pick).sum::<f64>() / n;
    let (v0, f0, y0) = (mean(|r| r.0), mean(|r| r.1), mean(|r| r.2));
    // Centred and brought to one size, so that the normal equations stay well conditioned.
    let scaled = |r: &(f64, f64, f64)| {
        let (v, f) = (r.0 - v0, (r.1 - f0) / RATE_SCALE);
        [v, v * v, f, f * f, v * f]
    };
    let mut means = [0.0; TERMS];
    for row in &rows {
        for (m, x) in means.iter_mut().zip(scaled(row)) {
            *m += x / n;
        }
    }
    let mut normal = [[0.0; TERMS + 1]; TERMS];
    let mut total = 0.0;
    for row in &rows {
        let mut x = scaled(row);
        for (x, m) in x.iter_mut().zip(means) {
            *x -= m;
        }
        let y = row.2 - y0;
        total += y * y;
        for (line, a) in normal.iter_mut().zip(x) {
            for (cell, b) in line.iter_mut().zip(x.into_iter().chain([y])) {
                *cell += a * b;
            }
        }
    }
    if total <= 1e-9 * n {
        return None;
    }
    let fit = fitted(normal);
    let per_spm = fit.coefficients.get(RATE_TERM).copied().unwrap_or_default() / RATE_SCALE;
    let rounded = n * per_spm.mul_add(per_spm * rounding.step_rate, rounding.value);
    let unexplained = (total - fit.explained - rounded).max(0.0);
    (rounded < MOST_ROUNDING * total).then(|| (1.0 - unexplained / total).clamp(0.0, 1.0))
}

/// Steps a minute of one unit of the scaled step rate.
const RATE_SCALE: f64 = 10.0;
/// Position of the step rate among the terms.
const RATE_TERM: usize = 2;

/// What a least-squares fit of centred rows gives.
struct Fitted {
    /// Sum of squares that the terms explain.
    explained: f64,
    /// One a term.
    coefficients: [f64; TERMS],
}

/// Solves the normal equations by elimination. A term without variance of its own explains nothing.
fn fitted(mut normal: [[f64; TERMS + 1]; TERMS]) -> Fitted {
    let mut explained = 0.0;
    let size: [f64; TERMS] = std::array::from_fn(|k| diagonal(&normal, k));
    let mut told_apart = [false; TERMS];
    for (k, original) in size.iter().enumerate() {
        let Some(pivot_row) = normal.get(k).copied() else { break };
        let pivot = diagonal(&normal, k);
        if pivot <= 1e-9 * original || pivot <= 0.0 {
            continue;
        }
        if let Some(told) = told_apart.get_mut(k) {
            *told = true;
        }
        let right = pivot_row.last().copied().unwrap_or_default();
        // Successive orthogonalisation: what this term adds after all before it.
        explained += right * right / pivot;
        for row in normal.iter_mut().skip(k + 1) {
            let factor = row.get(k).copied().unwrap_or_default() / pivot;
            for (cell, above) in row.iter_mut().zip(pivot_row) {
                *cell -= factor * above;
            }
        }
    }
    let mut coefficients = [0.0; TERMS];
    for (k, row) in normal.iter().enumerate().rev() {
        if told_apart.get(k) != Some(&true) {
            continue;
        }
        let behind: f64 = row.iter().zip(coefficients).skip(k + 1).map(|(a, b)| a * b).sum();
        let right = row.last().copied().unwrap_or_default();
        if let Some(slot) = coefficients.get_mut(k) {
            *slot = (right - behind) / diagonal(&normal, k);
        }
    }
    Fitted { explained, coefficients }
}

fn diagonal(normal: &[[f64; TERMS + 1]; TERMS], k: usize) -> f64 {
    normal.get(k).and_then(|row| row.get(k)).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXACT: Rounding = Rounding { value: 0.0, step_rate: 0.0 };

    /// Pieces with independent-looking speed and cadence, and a contact time by formula plus noise.
    fn pieces(noise_ms: f64) -> Vec<Piece> {
        (0..120_u32)
            .map(|i| {
                let wave = |k: f64| (f64::from(i) * k).sin();
                let (v, f) = (3.0 + 0.4 * wave(0.7), 168.0 + 3.0 * wave(1.9) + 4.0 * wave(0.7));
                Piece {
                    speed_m_s: v,
                    step_rate_spm: f,
                    ground_contact_time_ms: Some(
                        700.0 - 60.0 * v - 1.6 * f + 4.0 * v * v + noise_ms * wave(12.9898),
                    ),
                    ..Piece::default()
                }
            })
            .collect()
    }

    #[test]
    fn a_formula_is_explained_wholly_and_a_sensor_is_not() {
        let formula = explained(&pieces(0.0), |p| p.ground_contact_time_ms, EXACT).unwrap();
        assert!(formula > 0.999_999, "{formula}");
        let sensor = explained(&pieces(15.0), |p| p.ground_contact_time_ms, EXACT).unwrap();
        assert!((0.4..0.95).contains(&sensor), "{sensor}");
    }

    #[test]
    fn few_pieces_say_nothing() {
        let few: Vec<Piece> = pieces(0.0).into_iter().take(PIECES - 1).collect();
        assert_eq!(explained(&few, |p| p.ground_contact_time_ms, EXACT), None);
    }

    #[test]
    fn what_rounding_explains_is_no_noise_of_a_sensor() {
        // Oscillation that hardly varies, with steps of a mm over six records: a variance of 1 / 72.
        let rounded = |step: f64| -> Vec<Piece> {
            let mut random = crate::stats::Random::new(3);
            let mut all = pieces(0.0);
            for p in &mut all {
                let bounce = 86.0 - 0.2 * (p.step_rate_spm - 168.0) + 0.4 * (p.speed_m_s - 3.0);
                p.vertical_oscillation_mm =
                    Some(bounce + step * (1.0_f64 / 72.0).sqrt() * random.normal());
            }
            all
        };
        let of = |step: f64, rounding: Rounding| {
            explained(&rounded(step), |p| p.vertical_oscillation_mm, rounding).unwrap()
        };
        let known = Rounding { value: 1.0 / 72.0, step_rate: 0.0 };
        assert!(of(1.0, EXACT) < FORMULA_R2, "{}", of(1.0, EXACT));
        assert!(of(1.0, known) > 0.985, "{}", of(1.0, known));
        // Three times as much scatter is a sensor's.
        assert!(of(3.0, known) < FORMULA_R2, "{}", of(3.0, known));
    }
}
