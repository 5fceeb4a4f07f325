//! Whether a watch measured its running dynamics or computed them from speed and cadence.

use super::{Dynamics, Piece};
use crate::activity::Activity;

/// Pieces needed to judge. Source: `real-data` part 2, section 2b.
pub const PIECES: usize = 80;
/// R2 from which contact time and oscillation are a formula. Source: as above (no strap, pod or
/// foot sensor exceeded 0.93, no wrist formula fell below 0.98).
pub const FORMULA_R2: f64 = 0.97;
/// Predictors: v, v2, f, f2, v f.
const TERMS: usize = 5;

/// Judges a run by how much of contact time and oscillation its speed and step rate explain.
pub(super) fn judge(activity: &Activity, pieces: &[Piece]) -> Dynamics {
    let c = &activity.channels;
    let has = |present: Option<usize>| present.is_some_and(|n| n > 0);
    let contact = has(c.ground_contact_time.as_ref().map(|c| c.present()));
    let oscillation = has(c.vertical_oscillation.as_ref().map(|c| c.present()));
    if !contact && !oscillation {
        return Dynamics::None;
    }
    let fits = [
        contact.then(|| explained(pieces, |p| p.ground_contact_time_ms)),
        oscillation.then(|| explained(pieces, |p| p.vertical_oscillation_mm)),
    ];
    let known = || fits.iter().flatten().flatten();
    if known().any(|r2| *r2 < FORMULA_R2) {
        return Dynamics::Measured;
    }
    // A formula is only claimed where both quantities follow one.
    if known().count() == fits.len() { Dynamics::Estimated } else { Dynamics::NotKnown }
}

/// R2 of a quantity on (v, v2, f, f2, v f) over the pieces that carry it; `None` with fewer than
/// [`PIECES`], or where the quantity does not vary.
pub fn explained(pieces: &[Piece], quantity: impl Fn(&Piece) -> Option<f64>) -> Option<f64> {
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
        let (v, f) = (r.0 - v0, (r.1 - f0) / 10.0);
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
    (total > 1e-9 * n).then(|| fitted_share(normal, total))
}

/// Share of the total sum of squares that the fit explains: the right-hand side times the solution
/// of the normal equations, by elimination. A term without variance of its own explains nothing.
fn fitted_share(mut normal: [[f64; TERMS + 1]; TERMS], total: f64) -> f64 {
    let mut explained = 0.0;
    let size: [f64; TERMS] = std::array::from_fn(|k| diagonal(&normal, k));
    for (k, original) in size.iter().enumerate() {
        let Some(pivot_row) = normal.get(k).copied() else { break };
        let pivot = diagonal(&normal, k);
        if pivot <= 1e-9 * original || pivot <= 0.0 {
            continue;
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
    (explained / total).clamp(0.0, 1.0)
}

fn diagonal(normal: &[[f64; TERMS + 1]; TERMS], k: usize) -> f64 {
    normal.get(k).and_then(|row| row.get(k)).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let formula = explained(&pieces(0.0), |p| p.ground_contact_time_ms).unwrap();
        assert!(formula > 0.999_999, "{formula}");
        let sensor = explained(&pieces(15.0), |p| p.ground_contact_time_ms).unwrap();
        assert!((0.4..0.95).contains(&sensor), "{sensor}");
    }

    #[test]
    fn few_pieces_say_nothing() {
        let few: Vec<Piece> = pieces(0.0).into_iter().take(PIECES - 1).collect();
        assert_eq!(explained(&few, |p| p.ground_contact_time_ms), None);
    }
}
