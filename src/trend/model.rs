//! The runner's own cadence law: step rate as a function of speed and grade, with the slopes
//! taken from inside runs only.
//!
//! Source: `science` 2.3 as corrected by `real-data` part 2, section 2. Any fit that mixes
//! differences between runs into the slope is steeper by up to 2.4 times and turns phases of
//! training into "form"; so each run has its own level (a fixed effect), and only sums about the
//! run's own means enter.

use super::CadenceModel;
use super::run_noise::{
    Halves, SEGMENTS_PER_INDEPENDENT, local_sd, mean, segments_per_independent, without_line,
};
use super::steady::{STEEPEST, Steady, quantiles, rows, steady};
use crate::Analysis;
use crate::stats::{
    GAUSSIAN_MAD, Moments, Prior, Solution, cluster_bootstrap, mad, mean_interval, median, quantile,
};

/// Position of speed about the reference among the regressors.
pub(super) const SPEED: usize = 0;
/// Position of the uphill grade.
pub(super) const UPHILL: usize = 1;
/// Position of the downhill grade, as a positive drop.
pub(super) const DOWNHILL: usize = 2;
/// Position of squared speed about the reference.
pub(super) const CURVATURE: usize = 3;

/// What other runners' slopes are like: 1.0 to 15.6 in seven people. Source: `real-data` part 2,
/// section 2.
const SLOPE_PRIOR: Prior = Prior { term: SPEED, mean: 7.0, sd: 5.0 };
/// Below these the prior takes part. Same source.
const SEGMENTS_FOR_OWN_SLOPE: usize = 40;
/// Runs below which the prior takes part. Same source.
const RUNS_FOR_OWN_SLOPE: usize = 20;
/// Span of speeds, m/s, below which the prior takes part. Same source.
const SPAN_FOR_OWN_SLOPE: f64 = 0.6;
/// Seconds for which a law stays once it is known: a year. Same source.
const YEAR_S: i64 = 31_557_600;
/// A curved law needs a wider span, m/s, and more runs. Same source.
const SPAN_FOR_CURVATURE: f64 = 1.0;
/// Runs for a curved law. Same source.
const RUNS_FOR_CURVATURE: usize = 30;
/// Runs for a bootstrap interval. Source: `science` 2.3.
const RUNS_FOR_INTERVAL: usize = 10;
/// Resamples of the bootstrap. Same source.
const RESAMPLES: usize = 2000;
/// Seed of the bootstrap: fixed, so that a page is the same twice. **chosen**.
const SEED: u64 = 30;
/// Fewest segments for any model: five minutes. **chosen**.
const FEWEST_SEGMENTS: usize = 10;
/// Segments beyond this many scaled MADs of their run's residual are left out. Source:
/// `real-data` part 2, section 2.
const TRIM_MADS: f64 = 4.0;
/// Least scaled MAD, spm, so that quantised cadence does not trim itself. **chosen**.
const LEAST_MAD_SPM: f64 = 0.5;
/// Residual spread inside runs where there is too little to measure it, spm. Source: `real-data`
/// part 2, section 2 (1.7 to 2.8).
const USUAL_SPREAD_SPM: f64 = 2.5;
/// Least spread of grade inside runs (as a fraction) that can carry a grade term. **chosen**: half
/// of the noise of a 60 m grade on level ground.
const LEAST_GRADE_SD: f64 = 0.005;
/// How bent other runners' laws are, spm per (m/s) squared: the standard deviation of what was
/// measured in thirteen epochs (-4.2 to 5.5). A law fitted straight carries it as an error. Source:
/// `real-data` part 2, section 2.
const USUAL_BEND: f64 = 2.7;
/// A value far from the reference speed is an extrapolation: at most this far in m/s, or ...
/// Source: `real-data` part 2, section 2.
const NEAR_ON_AVERAGE: f64 = 0.5;
/// ... this many segments ... Same source.
const NEAR_SEGMENTS: usize = 6;
/// ... within this distance in m/s. Same source.
const NEAR_EACH: f64 = 0.3;

/// One run's step rate at the reference speed on the level.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AtReference {
    /// Step rate, spm.
    pub step_rate_spm: f64,
    /// 95 % interval: scatter inside the run, the slope's uncertainty times the distance from the
    /// reference speed, and what a bend that the law leaves out may do.
    pub interval: (f64, f64),
    /// Segments it rests on.
    pub segments: usize,
    /// Mean speed of these.
    pub mean_speed_m_s: f64,
    /// Whether the run was near enough to the reference speed to say this.
    pub supported: bool,
}

/// Fits the law of one epoch; `None` with less than five minutes of steady running.
pub fn fit(epoch: usize, runs: &[&Analysis]) -> Option<CadenceModel> {
    let counts = runs.iter().map(|run| (*run, steady(run).len())).filter(|(_, n)| *n > 0);
    let (by_run, counts): (Vec<&Analysis>, Vec<usize>) = counts.unzip();
    let all_segments: usize = counts.iter().sum();
    if all_segments < FEWEST_SEGMENTS {
        return None;
    }
    let [slowest, reference, fastest] = speeds(&by_run)?;
    let all_runs = by_run;
    let all_sums = sums(&all_runs, reference, None);
    let settled = settled_on_hills(&all_runs, &counts, &all_sums);
    let (by_run, first) = (all_runs.get(..settled)?, all_sums.get(..settled)?);
    let segments = counts.iter().take(settled).sum();
    let [low, _, high] = speeds(by_run)?;
    let width = high - low;
    let shrunk = segments < SEGMENTS_FOR_OWN_SLOPE
        || by_run.len() < RUNS_FOR_OWN_SLOPE
        || width < SPAN_FOR_OWN_SLOPE;

    let terms = terms_of(first, segments);
    let rough = solve(first, &terms, shrunk, USUAL_SPREAD_SPM.powi(2))?;
    let kept = sums(by_run, reference, Some((&terms, &rough.beta)));
    let variance = residual_variance(&kept, &terms).unwrap_or(USUAL_SPREAD_SPM.powi(2));

    let bends = width > SPAN_FOR_CURVATURE && by_run.len() >= RUNS_FOR_CURVATURE;
    let terms = if bends { with_bend(&kept, terms) } else { terms };
    let solution = solve(&kept, &terms, shrunk, variance)?;
    let interval = (by_run.len() >= RUNS_FOR_INTERVAL && !shrunk)
        .then(|| bootstrap_interval(&kept, &terms, SPEED))
        .flatten();
    let coefficient = |term: usize| {
        terms.iter().position(|t| *t == term).and_then(|i| solution.beta.get(i)).copied()
    };
    let unit_variance = solution.unit_variance.first().copied().filter(|v| v.is_finite());
    let mut model = CadenceModel {
        epoch,
        reference_speed_m_s: reference,
        reference_step_rate_spm: 0.0,
        speed_slope: coefficient(SPEED)?,
        speed_slope_interval: interval,
        speed_slope_sd: match (interval, unit_variance) {
            (Some((low, high)), _) => (high - low) / (2.0 * 1.96),
            (None, Some(unit)) => (unit * variance * SEGMENTS_PER_INDEPENDENT).sqrt(),
            (None, None) => SLOPE_PRIOR.sd,
        },
        speed_curvature: coefficient(CURVATURE),
        uphill_slope: coefficient(UPHILL),
        downhill_slope: coefficient(DOWNHILL),
        speed_span_m_s: (slowest, fastest),
        segments: all_segments,
        runs: all_runs.len(),
        settled_runs: by_run.len(),
        shrunk,
        reference_interval: None,
        segments_per_independent: SEGMENTS_PER_INDEPENDENT,
        local_sd_spm: None,
    };
    model.settle(&all_runs);
    model.reference_step_rate_spm.is_finite().then_some(model)
}

/// The terms with the bend, where the bend is clear of zero.
fn with_bend(kept: &[Moments], terms: Vec<usize>) -> Vec<usize> {
    let with: Vec<usize> = terms.iter().copied().chain([CURVATURE]).collect();
    let clear = bootstrap_interval(kept, &with, CURVATURE).is_some_and(|(l, h)| l > 0.0 || h < 0.0);
    if clear { with } else { terms }
}

/// How many of these runs the law comes from; all of them while it has not met the hills that the
/// runner now runs.
fn settled_on_hills(all: &[&Analysis], segments: &[usize], sums: &[Moments]) -> usize {
    let terms = |runs: usize| {
        let count = segments.iter().take(runs).sum();
        sums.get(..runs).map(|of| terms_of(of, count))
    };
    settled(all).filter(|runs| terms(*runs) == terms(all.len())).unwrap_or(all.len())
}

/// How many of these runs, in order, the law comes from: the first with enough runs and a wide
/// enough span of speeds, then all up to the last full year since. `None` while there are too few.
///
/// A law that is fitted anew with every run moves all values of the past a little with each. Source:
/// `real-data` part 2, section 2 (freeze from 20 runs and 0.6 m/s, estimate anew yearly).
fn settled(by_run: &[&Analysis]) -> Option<usize> {
    let width = |runs: usize| -> Option<f64> {
        let [low, _, high] = speeds(by_run.get(..runs)?)?;
        Some(high - low)
    };
    let mut first = RUNS_FOR_OWN_SLOPE;
    while width(first)? < SPAN_FOR_OWN_SLOPE {
        // Looked at again with half as many runs more: the answer must not hang on later runs.
        first += first / 2;
    }
    if first < RUNS_FOR_CURVATURE
        && width(RUNS_FOR_CURVATURE).is_some_and(|width| width > SPAN_FOR_CURVATURE)
    {
        // Once a bend can be told, the law settles a second time.
        first = RUNS_FOR_CURVATURE;
    }
    let started = |run: &&Analysis| run.meta.start.as_second();
    let (from, to) = (by_run.get(first - 1).map(started)?, by_run.last().map(started)?);
    let until = from + (to - from).div_euclid(YEAR_S) * YEAR_S;
    Some(by_run.partition_point(|run| started(run) <= until).max(first))
}

/// 5 %, half and 95 % of the speeds of the steady segments.
fn speeds(by_run: &[&Analysis]) -> Option<[f64; 3]> {
    quantiles(by_run, |s| s.speed_m_s, [0.05, 0.5, 0.95])
}

/// Sums of each run, unpacked one at a time, about its own means, without the segments that lie beyond the trim of a
/// first solution.
fn sums(by_run: &[&Analysis], reference: f64, trim: Option<(&[usize], &[f64])>) -> Vec<Moments> {
    by_run
        .iter()
        .map(|run| {
            let mut rows = rows(&steady(run), reference);
            if let Some((terms, beta)) = trim {
                let residuals: Vec<f64> = rows
                    .iter()
                    .map(|(x, y)| {
                        let explained: f64 = terms
                            .iter()
                            .zip(beta)
                            .filter_map(|(t, b)| x.get(*t).map(|x| x * b))
                            .sum();
                        y - explained
                    })
                    .collect();
                let mut keep = within_trim(&residuals).into_iter();
                rows.retain(|_| keep.next().unwrap_or(true));
            }
            Moments::centred(&rows)
        })
        .collect()
}

/// Which residuals of one run lie within the trim.
fn within_trim(residuals: &[f64]) -> Vec<bool> {
    let (Some(middle), Some(spread)) = (median(residuals), mad(residuals)) else {
        return vec![true; residuals.len()];
    };
    let limit = TRIM_MADS * (GAUSSIAN_MAD * spread).max(LEAST_MAD_SPM);
    residuals.iter().map(|r| (r - middle).abs() <= limit).collect()
}

fn total(by_run: &[Moments]) -> Moments {
    by_run.iter().fold(Moments::default(), |mut all, run| {
        all.merge(run);
        all
    })
}

/// Speed always; a grade term only where grade varies enough to tell.
fn terms_of(by_run: &[Moments], segments: usize) -> Vec<usize> {
    let all = total(by_run);
    let least = segments as f64 * LEAST_GRADE_SD * LEAST_GRADE_SD;
    let grades = [UPHILL, DOWNHILL].into_iter().filter(|t| all.square(*t) >= least);
    std::iter::once(SPEED).chain(grades).collect()
}

fn solve(by_run: &[Moments], terms: &[usize], shrunk: bool, variance: f64) -> Option<Solution> {
    let prior = shrunk.then_some(SLOPE_PRIOR);
    total(by_run).solve_with(terms, prior, variance * SEGMENTS_PER_INDEPENDENT)
}

fn residual_variance(by_run: &[Moments], terms: &[usize]) -> Option<f64> {
    let all = total(by_run);
    let freedom = all.n - by_run.len() as f64 - terms.len() as f64;
    let fit = all.solve(terms)?;
    (freedom >= FEWEST_SEGMENTS as f64 && fit.rss > 0.0).then(|| fit.rss / freedom)
}

/// 95 % percentile interval of one coefficient, runs resampled.
fn bootstrap_interval(by_run: &[Moments], terms: &[usize], term: usize) -> Option<(f64, f64)> {
    let at = terms.iter().position(|t| *t == term)?;
    let draws: Vec<f64> = cluster_bootstrap(by_run, terms, RESAMPLES, SEED)
        .into_iter()
        .filter_map(|beta| beta.get(at).copied())
        .collect();
    Some((quantile(&draws, 0.025)?, quantile(&draws, 0.975)?))
}

/// How far segments lie from the reference speed, m/s.
#[derive(Clone, Copy, Debug, Default)]
struct Away {
    squares: f64,
    n: f64,
}

impl Away {
    fn add(&mut self, m_s: f64) {
        self.squares += m_s.powi(2);
        self.n += 1.0;
    }
}

impl CadenceModel {
    /// Step rate that the law gives at a speed and a slope (rise over run); `None` outside the
    /// speeds that were observed, and on slopes beyond those it was fitted on.
    pub fn expected(&self, speed_m_s: f64, grade: f64) -> Option<f64> {
        let level = self.level(speed_m_s).filter(|_| grade.abs() <= STEEPEST)?;
        let up = self.uphill_slope.unwrap_or_default() * grade.max(0.0);
        let down = self.downhill_slope.unwrap_or_default() * (-grade).max(0.0);
        Some(level + up + down)
    }

    /// What follows from the levels of the runs once the slopes are known.
    fn settle(&mut self, by_run: &[&Analysis]) {
        let (mut raw, mut adjusted) = (Vec::new(), Vec::new());
        let (mut all, mut halves) = (Vec::new(), Vec::new());
        let mut away = Away::default();
        for segments in by_run.iter().map(|run| steady(run)) {
            segments.iter().for_each(|s| away.add(s.speed_m_s - self.reference_speed_m_s));
            let levels: Vec<f64> = self.levels(&segments).into_iter().map(|l| l.0).collect();
            halves.extend(Halves::of(&levels));
            let level = mean(&levels);
            all.push(level);
            if segments.len() >= super::series::SEGMENTS_TO_TREND as usize {
                let rates: f64 = segments.iter().map(|s| s.step_rate_spm).sum();
                raw.push(rates / segments.len() as f64);
                adjusted.push(level);
            }
        }
        self.segments_per_independent = segments_per_independent(&halves);
        self.local_sd_spm = local_sd(&raw).zip(local_sd(&adjusted));
        self.reference_step_rate_spm = mean(&all);
        let bend = self.bend_error(away);
        self.reference_interval = mean_interval(&without_line(&all)).map(|(low, high)| {
            let half = ((high - low) / 2.0).hypot(1.96 * bend);
            let middle = (low + high) / 2.0;
            (middle - half, middle + half)
        });
    }

    /// What a bend that is not in the law may do to a mean over segments so far away, spm.
    fn bend_error(&self, away: Away) -> f64 {
        if self.speed_curvature.is_some() {
            return 0.0;
        }
        USUAL_BEND * away.squares / f64::max(away.n, 1.0)
    }

    /// Each segment's step rate brought to the reference speed on the level, without the segments
    /// beyond the trim.
    fn levels<'a>(&self, segments: &'a [Steady]) -> Vec<(f64, &'a Steady)> {
        let beta = [
            self.speed_slope,
            self.uphill_slope.unwrap_or_default(),
            self.downhill_slope.unwrap_or_default(),
            self.speed_curvature.unwrap_or_default(),
        ];
        let levels: Vec<f64> = rows(segments, self.reference_speed_m_s)
            .iter()
            .map(|(x, y)| y - x.iter().zip(&beta).map(|(x, b)| x * b).sum::<f64>())
            .collect();
        let mut keep = within_trim(&levels).into_iter();
        levels.into_iter().zip(segments).filter(|_| keep.next().unwrap_or(true)).collect()
    }

    /// Step rate of a run at the reference speed on the level, from its steady segments; `None`
    /// without any.
    pub fn of_run(&self, run: &Analysis) -> Option<AtReference> {
        self.at_reference(&steady(run))
    }

    pub(super) fn at_reference(&self, segments: &[Steady]) -> Option<AtReference> {
        let (levels, kept): (Vec<f64>, Vec<&Steady>) = self.levels(segments).into_iter().unzip();
        let n = levels.len() as f64;
        if levels.is_empty() {
            return None;
        }
        let mean = levels.iter().sum::<f64>() / n;
        let mean_speed = kept.iter().map(|s| s.speed_m_s).sum::<f64>() / n;
        let away = mean_speed - self.reference_speed_m_s;
        let variance = match levels.len() {
            0..=1 => USUAL_SPREAD_SPM.powi(2),
            _ => levels.iter().map(|l| (l - mean).powi(2)).sum::<f64>() / (n - 1.0),
        };
        let inside = variance / (n / self.segments_per_independent).max(1.0);
        let slope = (self.speed_slope_sd * away).powi(2);
        let mut each_away = Away::default();
        kept.iter().for_each(|s| each_away.add(s.speed_m_s - self.reference_speed_m_s));
        let bend = self.bend_error(each_away).powi(2);
        let half = 1.96 * (inside + slope + bend).sqrt();
        let near = kept
            .iter()
            .filter(|s| (s.speed_m_s - self.reference_speed_m_s).abs() <= NEAR_EACH)
            .count();
        Some(AtReference {
            step_rate_spm: mean,
            interval: (mean - half, mean + half),
            segments: levels.len(),
            mean_speed_m_s: mean_speed,
            supported: away.abs() <= NEAR_ON_AVERAGE || near >= NEAR_SEGMENTS,
        })
    }
}
