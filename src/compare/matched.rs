//! Segments of two sides at the same speeds on the level.

use std::collections::BTreeMap;

use crate::Analysis;
use crate::metrics::form_drift::{BIN_M_S, Drift, matched_drift};
use crate::segment::Piece;
use crate::stats::{Moments, Random, quantile};

/// Steepest grade that counts as level. Source: `science` 0, rule 5.
pub(super) const LEVEL: f64 = 0.02;
/// Segments of a speed bin, on each side, below which the sides do not share it: two minutes.
/// **chosen**.
const SHARED_SEGMENTS: usize = 4;
/// Segments of a run at shared speeds below which it has no value: four minutes. Source:
/// `real-data` part 2, section 4 (least overlap).
const RUN_SEGMENTS: usize = 8;
/// Least time that two single runs must share at the same speeds. Same source.
const LEAST_OVERLAP_S: f64 = 240.0;
/// Length of a block whose segments are drawn together. Source: `real-data` part 2, section 4.
const BLOCK_S: f64 = 180.0;
/// Resamples of the blocks. **chosen**: enough for two whole digits.
const RESAMPLES: usize = 600;
/// Seed, fixed. **chosen**.
const SEED: u64 = 27;

/// Value of a segment.
pub(super) type Value = fn(&Piece) -> Option<f64>;

/// Segments on the level; where the run knows no grade, all.
pub(super) fn level(run: &Analysis) -> impl Iterator<Item = Piece> {
    run.pieces.iter().filter(|p| p.grade.is_none_or(|g| g.abs() <= LEVEL))
}

fn bin(piece: &Piece) -> i64 {
    (piece.speed_m_s / BIN_M_S).floor() as i64
}

/// What each run shows at one speed that both sides share.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct PerRun {
    pub(super) first: Vec<f64>,
    pub(super) second: Vec<f64>,
}

/// Position of speed about the reference among the regressors, and of its square.
const LAW: [usize; 2] = [0, 1];

/// Values of runs brought to one speed; `None` without a shared speed.
///
/// Only segments at speeds of both sides count. How the value goes with speed is taken from inside
/// the runs of both sides together, each run with a level of its own, so that neither side is the
/// measure of the other: a level per speed bin of the first side would carry that side's luck into
/// every value of the second.
pub(super) fn per_run(first: &[&Analysis], second: &[&Analysis], value: Value) -> Option<PerRun> {
    let (of_first, of_second) = (speed_bins(first, value), speed_bins(second, value));
    let shared = |piece: &Piece| {
        let enough = |bins: &BTreeMap<i64, usize>| {
            bins.get(&bin(piece)).is_some_and(|n| *n >= SHARED_SEGMENTS)
        };
        enough(&of_first) && enough(&of_second)
    };
    let segments = |run: &Analysis| -> Vec<(f64, f64)> {
        let at_shared = level(run).filter(|p| shared(p));
        at_shared.filter_map(|p| Some((p.speed_m_s, value(&p)?))).collect()
    };
    let sides = [first, second].map(|side| {
        let all = side.iter().map(|run| segments(run));
        all.filter(|run| run.len() >= RUN_SEGMENTS).collect::<Vec<_>>()
    });
    let speeds: Vec<f64> = sides.iter().flatten().flatten().map(|s| s.0).collect();
    if speeds.is_empty() {
        return None;
    }
    let reference = mean(&speeds);
    let rows = |run: &[(f64, f64)]| -> Vec<([f64; 5], f64)> {
        let about = run.iter().map(|(speed, y)| (speed - reference, *y));
        about.map(|(dv, y)| ([dv, dv * dv, 0.0, 0.0, 0.0], y)).collect()
    };
    let mut moments = Moments::default();
    for run in sides.iter().flatten() {
        moments.merge(&Moments::centred(&rows(run)));
    }
    // Without any spread of speed inside the runs there is nothing to take out.
    let law = moments.solve(&LAW).map_or_else(Vec::new, |found| found.beta);
    let at_reference = |run: &Vec<(f64, f64)>| -> f64 {
        let levels: Vec<f64> = rows(run)
            .iter()
            .map(|(x, y)| y - x.iter().zip(&law).map(|(x, slope)| x * slope).sum::<f64>())
            .collect();
        mean(&levels)
    };
    let [first, second] = sides.map(|side| side.iter().map(at_reference).collect());
    Some(PerRun { first, second })
}

/// Segments that carry a value, by speed bin.
fn speed_bins(runs: &[&Analysis], value: Value) -> BTreeMap<i64, usize> {
    let mut bins: BTreeMap<i64, usize> = BTreeMap::new();
    for piece in runs.iter().flat_map(|r| level(r)).filter(|p| value(p).is_some()) {
        *bins.entry(bin(&piece)).or_default() += 1;
    }
    bins
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

/// Two single runs at shared speeds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct TwoRuns {
    /// Second less first.
    pub(super) change: f64,
    /// Level of the first run at the shared speeds.
    pub(super) first: f64,
    /// 95 % interval from blocks of three minutes.
    pub(super) inside: (f64, f64),
    /// Seconds at shared speeds.
    pub(super) overlap_s: f64,
}

type Row = (f64, f64, f64);

/// The difference of two runs at shared speeds on the level; `None` below four shared minutes.
///
/// Source: bins of 0.25 m/s and the smaller time as weight as in [`matched_drift`]; the interval is a
/// block bootstrap, since neighbouring segments hang together.
pub(super) fn two_runs(first: &Analysis, second: &Analysis, value: Value) -> Option<TwoRuns> {
    let (first, second) = (blocks(first, value), blocks(second, value));
    let found = drift(first.iter().flatten(), second.iter().flatten())?;
    if found.overlap_s < LEAST_OVERLAP_S {
        return None;
    }
    let mut random = Random::new(SEED);
    let draws: Vec<f64> = (0..RESAMPLES)
        .filter_map(|_| {
            let (a, b) = (drawn(&first, &mut random), drawn(&second, &mut random));
            drift(a.into_iter(), b.into_iter()).map(|d| d.drift)
        })
        .collect();
    // The first run's level, weighted like the difference: its difference from nothing.
    let zero: Vec<Row> = second.iter().flatten().map(|(v, _, s)| (*v, 0.0, *s)).collect();
    let level = -drift(first.iter().flatten(), zero.iter())?.drift;
    Some(TwoRuns {
        change: found.drift,
        first: level,
        inside: (quantile(&draws, 0.025)?, quantile(&draws, 0.975)?),
        overlap_s: found.overlap_s,
    })
}

fn drift<'a>(
    first: impl Iterator<Item = &'a Row>,
    second: impl Iterator<Item = &'a Row>,
) -> Option<Drift> {
    matched_drift(first.copied(), second.copied())
}

/// Speed, value and seconds of the level segments, in blocks of three minutes.
fn blocks(run: &Analysis, value: Value) -> Vec<Vec<Row>> {
    let mut blocks: BTreeMap<i64, Vec<Row>> = BTreeMap::new();
    for piece in level(run) {
        let Some(y) = value(&piece) else { continue };
        let block = (piece.start_s / BLOCK_S).floor() as i64;
        blocks.entry(block).or_default().push((piece.speed_m_s, y, piece.duration_s));
    }
    blocks.into_values().collect()
}

/// As many blocks as there are, drawn with replacement.
fn drawn<'a>(blocks: &'a [Vec<Row>], random: &mut Random) -> Vec<&'a Row> {
    (0..blocks.len()).filter_map(|_| blocks.get(random.below(blocks.len()))).flatten().collect()
}
