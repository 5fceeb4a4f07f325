//! Ordinary least squares from sums, so that a run is added up once and refitted two thousand
//! times.

/// Most regressors of a fit, an intercept included.
const MOST: usize = 5;

/// Which regressors take part: their positions, at most five.
pub type Terms<'a> = &'a [usize];

/// Sums of squares and products of up to five regressors and one response. Moments of parts add.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Moments {
    /// Number of observations.
    pub n: f64,
    xx: [[f64; MOST]; MOST],
    xy: [f64; MOST],
    yy: f64,
}

/// A normal prior on one coefficient.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prior {
    /// Position of the regressor.
    pub term: usize,
    /// Expected value.
    pub mean: f64,
    /// Standard deviation.
    pub sd: f64,
}

/// Fitted coefficients, in the order of the terms asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Solution {
    /// One coefficient a term.
    pub beta: Vec<f64>,
    /// Residual sum of squares.
    pub rss: f64,
    /// Variance of each coefficient per unit of residual variance.
    pub unit_variance: Vec<f64>,
}

#[expect(clippy::indexing_slicing, reason = "indices run over arrays of fixed length")]
impl Moments {
    /// Adds one observation.
    pub fn add(&mut self, x: &[f64; MOST], y: f64) {
        self.n += 1.0;
        for i in 0..MOST {
            for j in i..MOST {
                self.xx[i][j] += x[i] * x[j];
            }
            self.xy[i] += x[i] * y;
        }
        self.yy += y * y;
    }

    /// Moments of observations about their own means: the fixed effect of a cluster is gone.
    pub fn centred(rows: &[([f64; MOST], f64)]) -> Self {
        let n = rows.len() as f64;
        let mut moments = Self::default();
        if rows.is_empty() {
            return moments;
        }
        let mut mean_x = [0.0; MOST];
        let mut mean_y = 0.0;
        for (x, y) in rows {
            for (mean, x) in mean_x.iter_mut().zip(x) {
                *mean += x / n;
            }
            mean_y += y / n;
        }
        for (x, y) in rows {
            let mut from_mean = *x;
            for (x, mean) in from_mean.iter_mut().zip(&mean_x) {
                *x -= mean;
            }
            moments.add(&from_mean, y - mean_y);
        }
        moments
    }

    /// Adds the moments of another part.
    pub fn merge(&mut self, other: &Self) {
        self.n += other.n;
        for i in 0..MOST {
            for j in i..MOST {
                self.xx[i][j] += other.xx[i][j];
            }
            self.xy[i] += other.xy[i];
        }
        self.yy += other.yy;
    }

    /// Sum of squares of one regressor.
    pub fn square(&self, term: usize) -> f64 {
        if term < MOST { self.xx[term][term] } else { 0.0 }
    }

    /// Least-squares coefficients of these terms; `None` where they cannot be told apart.
    pub fn solve(&self, terms: Terms<'_>) -> Option<Solution> {
        self.solve_with(terms, None, 1.0)
    }

    /// As [`Moments::solve`], with a normal prior on one coefficient; `variance` is the residual
    /// variance that weighs data against prior.
    pub fn solve_with(
        &self,
        terms: Terms<'_>,
        prior: Option<Prior>,
        variance: f64,
    ) -> Option<Solution> {
        let p = terms.len();
        if p == 0 || p > MOST || terms.iter().any(|t| *t >= MOST) {
            return None;
        }
        let mut packed = self.packed(terms);
        if let Some(prior) = prior
            && let Some(at) = terms.iter().position(|t| *t == prior.term)
        {
            let precision = variance / (prior.sd * prior.sd);
            packed[diagonal(at, p)] += precision;
            packed[p * (p + 1) / 2 + at] += precision * prior.mean;
        }
        let beta = solve_packed(&packed, p)?;
        let unit_variance = (0..p)
            .map(|k| {
                let mut unit = packed.clone();
                for (j, slot) in unit[p * (p + 1) / 2..].iter_mut().enumerate() {
                    *slot = if j == k { 1.0 } else { 0.0 };
                }
                solve_packed(&unit, p).map_or(f64::INFINITY, |column| column[k])
            })
            .collect();
        Some(Solution { rss: self.rss(terms, &beta[..p]), beta: beta[..p].to_vec(), unit_variance })
    }

    /// Residual sum of squares of these coefficients.
    fn rss(&self, terms: Terms<'_>, beta: &[f64]) -> f64 {
        let mut rss = self.yy;
        for (a, ta) in terms.iter().enumerate() {
            rss -= 2.0 * beta[a] * self.xy[*ta];
            for (b, tb) in terms.iter().enumerate() {
                rss += beta[a] * beta[b] * self.xx[*ta.min(tb)][*ta.max(tb)];
            }
        }
        rss.max(0.0)
    }

    /// Upper triangle by rows, then the right-hand side.
    pub(super) fn packed(&self, terms: Terms<'_>) -> Vec<f64> {
        let mut packed = Vec::with_capacity(terms.len() * (terms.len() + 3) / 2);
        for (a, ta) in terms.iter().enumerate() {
            for tb in &terms[a..] {
                packed.push(self.xx[*ta.min(tb)][*ta.max(tb)]);
            }
        }
        packed.extend(terms.iter().map(|t| self.xy[*t]));
        packed
    }
}

/// Place of the k-th diagonal element in the packed upper triangle of size p.
fn diagonal(k: usize, p: usize) -> usize {
    k * p - k * k.saturating_sub(1) / 2
}

/// Solves the packed normal equations by Cholesky's way; `None` where a pivot is below 1e-10 of
/// its diagonal, that is where the terms are (nearly) the same.
#[expect(clippy::indexing_slicing, reason = "p is at most five and the packed length follows it")]
pub(super) fn solve_packed(packed: &[f64], p: usize) -> Option<[f64; MOST]> {
    if p > MOST || packed.len() != p * (p + 3) / 2 {
        return None;
    }
    let at = |i: usize, j: usize| packed[diagonal(i, p) + j - i];
    let mut lower = [[0.0; MOST]; MOST];
    let mut beta = [0.0; MOST];
    for j in 0..p {
        let whole = at(j, j);
        let rest = whole - lower[j][..j].iter().map(|l: &f64| l * l).sum::<f64>();
        if rest.is_nan() || rest <= 1e-10 * whole || whole <= 0.0 {
            return None;
        }
        lower[j][j] = rest.sqrt();
        for i in j + 1..p {
            let dot: f64 = (0..j).map(|k| lower[i][k] * lower[j][k]).sum();
            lower[i][j] = (at(j, i) - dot) / lower[j][j];
        }
    }
    for i in 0..p {
        let dot: f64 = (0..i).map(|k| lower[i][k] * beta[k]).sum();
        beta[i] = (packed[p * (p + 1) / 2 + i] - dot) / lower[i][i];
    }
    for i in (0..p).rev() {
        let dot: f64 = (i + 1..p).map(|k| lower[k][i] * beta[k]).sum();
        beta[i] = (beta[i] - dot) / lower[i][i];
    }
    Some(beta)
}

#[cfg(test)]
mod tests {
    use super::{Moments, Prior};

    fn cluster(level: f64, slope: f64, x: &[f64]) -> Vec<([f64; 5], f64)> {
        x.iter().map(|x| ([*x, 0.0, 0.0, 0.0, 0.0], level + slope * x)).collect()
    }

    #[test]
    fn the_slope_comes_from_inside_the_clusters() {
        // Within a cluster +2 per unit, between clusters -10 per unit.
        let mut sums = Moments::centred(&cluster(100.0, 2.0, &[0.0, 1.0, 2.0]));
        sums.merge(&Moments::centred(&cluster(50.0, 2.0, &[5.0, 6.0, 7.0])));
        let fit = sums.solve(&[0]).unwrap();
        assert!((fit.beta[0] - 2.0).abs() < 1e-9 && fit.rss < 1e-9);
    }

    #[test]
    fn equal_terms_cannot_be_told_apart() {
        let rows: Vec<_> = (0..9)
            .map(|i| {
                let x = f64::from(i);
                ([x, 2.0 * x, 0.0, 0.0, 0.0], x)
            })
            .collect();
        let sums = Moments::centred(&rows);
        assert_eq!(sums.solve(&[0, 1]), None);
        assert_eq!(sums.solve(&[2]), None);
        assert_eq!(sums.solve(&[9]), None);
        assert!((sums.solve(&[1]).unwrap().beta[0] - 0.5).abs() < 1e-12);
    }

    #[test]
    fn five_terms_are_recovered() {
        let mut sums = Moments::default();
        let truth = [170.0, 6.0, -20.0, -40.0, 3.0];
        for i in 0..40 {
            let t = f64::from(i);
            let x = [1.0, (t * 0.7).sin(), (t * 1.3).cos(), (t * 0.11).sin(), (t * 2.9).cos()];
            let y: f64 = x.iter().zip(&truth).map(|(x, b)| x * b).sum();
            sums.add(&x, y);
        }
        let fit = sums.solve(&[0, 1, 2, 3, 4]).unwrap();
        assert!(fit.beta.iter().zip(&truth).all(|(b, t)| (b - t).abs() < 1e-8), "{:?}", fit.beta);
    }

    #[test]
    fn a_prior_decides_where_there_is_no_data_and_yields_where_there_is() {
        let prior = Some(Prior { term: 0, mean: 7.0, sd: 5.0 });
        let none = Moments::default().solve_with(&[0], prior, 9.0).unwrap();
        assert!((none.beta[0] - 7.0).abs() < 1e-12);
        let x: Vec<f64> = (0..2000).map(|i| f64::from(i % 20) / 10.0).collect();
        let much =
            Moments::centred(&cluster(160.0, 12.0, &x)).solve_with(&[0], prior, 9.0).unwrap();
        assert!((much.beta[0] - 12.0).abs() < 0.01);
    }
}
