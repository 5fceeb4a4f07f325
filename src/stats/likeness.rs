//! How much neighbouring values of a short series resemble each other, and what that leaves of
//! their number.

use super::distribution::student_quantile;

/// Highest lag-1 correlation that the inflation is computed with. Source: `real-data` part 2,
/// section 3.
const HIGHEST_R: f64 = 0.9;
/// Below this many values a correlation over [`MODERATE_R`] leaves no interval. Same source.
pub(super) const FEW: usize = 20;
/// See [`FEW`].
pub(super) const MODERATE_R: f64 = 0.4;
/// Below this many values nothing is known about their likeness: the correction divides by n - 4.
const FEWEST: usize = 5;

/// What a lag-1 correlation loses in a short series, in values: its expectation lies by (LOST + 4 r)
/// / n under the truth.
///
/// Source: about a mean Marriott and Pope 1954 and Kendall 1954 (Biometrika 41); about a line the
/// same expansion with two fitted terms, whose share is twice as large.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Lost(f64);

/// What the stated correlation and the refusal rest on. Source: `real-data` part 2, section 3.
const STATED: Lost = Lost(1.0);
/// Of values about their mean. 1 is right on average; an interval suffers more from a likeness
/// taken too low than it gains from one taken too high. **chosen**: with 1.5 differences of 8 to 40
/// against as many are called different in 2.7 to 5.0 % where nothing is, with 1 in up to 6.2 %
/// (20,000 series each at autocorrelation 0 to 0.5).
pub(super) const ABOUT_MEAN: Lost = Lost(1.5);
/// Of values about a fitted line.
pub(super) const ABOUT_LINE: Lost = Lost(2.0);

/// Likeness of neighbours in a series of about `n` values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Likeness {
    /// Lag-1 correlation, (n r1 + 1) / (n - 4), unclamped: what is stated.
    pub stated: f64,
    /// What an interval is inflated with, 0 to [`HIGHEST_R`].
    pub r: f64,
    /// Whether it leaves an interval at all.
    pub refused: bool,
}

impl Likeness {
    /// From the lag-1 correlation of `n` values (the harmonic mean of the sizes, where they are of
    /// two sides) of which the smaller side has `fewest`.
    pub(super) fn new(lag1: f64, n: f64, fewest: usize, lost: Lost) -> Self {
        let corrected = |lost: Lost| n.mul_add(lag1, lost.0) / (n - 4.0);
        let stated = corrected(STATED);
        let refused =
            fewest < FEWEST || stated >= HIGHEST_R || (fewest < FEW && stated > MODERATE_R);
        Self { stated, r: corrected(lost).clamp(0.0, HIGHEST_R), refused }
    }
}

/// Quantile of a two-sided 95 % interval from so many values that are worth `worth` independent
/// ones, `terms` of which are spent on a mean or a line: Student's, since likeness is estimated from
/// the same few values.
///
/// Source: effective number of values Bayley and Hammersley 1946, Bartlett 1946.
pub(super) fn quantile_of_few(worth: f64, terms: f64) -> Option<f64> {
    student_quantile(0.975, (worth - terms).max(1.0))
}
