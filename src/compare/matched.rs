//! Segments of two sides at the same speeds on the level.

use std::collections::BTreeMap;

use crate::Analysis;
use crate::metrics::form_drift::{BIN_M_S, Drift, matched_drift};
use crate::segment::Piece;
use crate::stats::{Random, quantile};

/// Steepest grade that counts as level. Source: `science` 0, rule 5.
pub(super) const LEVEL: f64 = 0.02;
/// Segments of a speed bin below which it is no reference: two minutes. **chosen**.
const REFERENCE_SEGMENTS: usize = 4;
/// Segments of a run in reference bins below which it has no value: four minutes. Source:
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

/// What each run shows at the speeds of the first side, as its mean distance from the first side's
/// own level at the same speed, and that level over the speeds of the second side.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct PerRun {
    pub(super) first: Vec<f64>,
    pub(super) second: Vec<f64>,
    pub(super) level: f64,
}

/// Values of runs at matched speed; `None` without a shared speed.
pub(super) fn per_run(first: &[&Analysis], second: &[&Analysis], value: Value) -> Option<PerRun> {
    let mut bins: BTreeMap<i64, (f64, usize)> = BTreeMap::new();
    for piece in first.iter().flat_map(|r| level(r)) {
        let Some(y) = value(&piece) else { continue };
        let (sum, n) = bins.entry(bin(&piece)).or_default();
        *sum += y;
        *n += 1;
    }
    bins.retain(|_, (_, n)| *n >= REFERENCE_SEGMENTS);
    let reference = |piece: &Piece| bins.get(&bin(piece)).map(|(sum, n)| sum / *n as f64);
    let from_reference = |run: &&Analysis| -> Option<f64> {
        let away: Vec<f64> = level(run).filter_map(|p| Some(value(&p)? - reference(&p)?)).collect();
        (away.len() >= RUN_SEGMENTS).then(|| away.iter().sum::<f64>() / away.len() as f64)
    };
    // Added up one by one: there are many segments in ten thousand runs.
    let levels = second.iter().flat_map(|r| level(r)).filter(|p| value(p).is_some());
    let (sum, n) = levels
        .filter_map(|p| reference(&p))
        .fold((0.0, 0_usize), |(sum, n), level| (sum + level, n + 1));
    (n > 0).then(|| PerRun {
        first: first.iter().filter_map(from_reference).collect(),
        second: second.iter().filter_map(from_reference).collect(),
        level: sum / n as f64,
    })
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
