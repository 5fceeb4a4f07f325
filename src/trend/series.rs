//! One value a run of each trended metric, and Sen's slope of it within each epoch.

use jiff::civil::Date;
use rayon::prelude::*;

use super::days::{between, monday};
use super::wander::{line_wander, unknown_wander_spm};
use super::{Epoch, History, Point, Points, Series, Sureness, Trend};
use crate::metrics::{METRICS, Metric, Reading, unit};
use crate::settings::Rules;
use crate::stats::{normal_quantile, sen};

/// Fewest points of a slope. Source: `science` 3.
pub const FEWEST_POINTS: usize = 12;
/// Fewest days of a slope: a rate per 30 days from a few days is no rate. **chosen**.
const FEWEST_DAYS: i32 = 21;
/// Most points of a slope; a series with more is put together week by week first, so that the
/// slope is still that of the whole span. Source: `real-data` part 2, section 8 (the number of
/// pairs grows with the square).
const MOST_POINTS: usize = 500;
/// Days of the recent trend: sixteen weeks. **chosen** so that one run a week gives a slope.
pub const RECENT_DAYS: i32 = 112;
/// Segments (ten minutes) that a value needs to count in a trend. Source: `real-data` part 2,
/// section 2.
pub(super) const SEGMENTS_TO_TREND: f64 = 20.0;
/// The same in minutes.
const MINUTES_TO_TREND: f64 = 10.0;
/// Power at which a change counts as detectable. Source: `real-data` part 2, section 2.
const POWER: f64 = 0.8;

/// A point with its place in time.
#[derive(Clone, Copy)]
pub(super) struct Placed {
    pub(super) run: usize,
    pub(super) day: Date,
    x_days: f64,
    pub(super) value: f64,
}

/// The series of every trended metric.
pub(super) fn all(history: &History) -> Vec<Series> {
    METRICS.par_iter().filter(|m| m.trended).map(|m| one(history, m)).collect()
}

/// The series of one metric.
fn one(history: &History, metric: &'static Metric) -> Series {
    let points: Points = (0..history.runs.len())
        .filter_map(|run| {
            let reading = history.reading(run, metric.id)?;
            let epoch = *history.epoch_of.get(run)?;
            Some(Point {
                run,
                epoch,
                value: reading.value,
                interval: reading.interval,
                trended: enough(&reading),
            })
        })
        .filter(|p| p.value.is_finite())
        .collect();
    let judged = (metric, &history.rules);
    let by_epoch: Vec<Vec<Placed>> =
        (0..history.epochs.len()).map(|epoch| placed(history, &points, epoch)).collect();
    let known = |epoch: usize| {
        history.epochs.get(epoch).is_some_and(|e: &Epoch| super::facts::is_evidence(metric, e))
    };
    let trends = by_epoch
        .iter()
        .enumerate()
        .filter(|(epoch, _)| known(*epoch))
        .filter_map(|(epoch, all)| trend(epoch, all, all, judged))
        .collect();
    let recent = history.today.and_then(|today| recent(history, metric, &by_epoch, today));
    Series { metric: metric.id, points, trends, recent }
}

/// The trend of the weeks up to a day, with the watch used last among those that have one.
fn recent(
    history: &History,
    metric: &'static Metric,
    by_epoch: &[Vec<Placed>],
    day: Date,
) -> Option<Trend> {
    let known = history.epochs.iter().map(|epoch| super::facts::is_evidence(metric, epoch));
    let trends = by_epoch.iter().enumerate().zip(known).filter(|(_, known)| *known);
    trends
        .filter_map(|((epoch, all), _)| {
            let all = all.get(..all.partition_point(|p| p.day <= day))?;
            let begin = all.partition_point(|p| between(p.day, day) >= RECENT_DAYS);
            trend(epoch, all.get(begin..)?, all, (metric, &history.rules))
        })
        .max_by_key(|t| (t.span.1, t.n))
}

/// The recent trend of a metric as it stood on an earlier day.
pub fn recent_on(history: &History, metric: &str, day: Date) -> Option<Trend> {
    let metric = METRICS.iter().find(|m| m.id == metric)?;
    let points = &history.series_of(metric.id)?.points;
    let epochs = 0..history.epochs.len();
    let by_epoch: Vec<Vec<Placed>> = epochs.map(|e| placed(history, points, e)).collect();
    recent(history, metric, &by_epoch, day)
}

/// Whether a value rests on enough running to count in a trend.
fn enough(reading: &Reading) -> bool {
    match reading.n_unit {
        "segments" => reading.n >= SEGMENTS_TO_TREND,
        "min" => reading.n >= MINUTES_TO_TREND,
        _ => true,
    }
}

/// The points of one epoch that count in trends, in order.
pub(super) fn placed(history: &History, points: &Points, epoch: usize) -> Vec<Placed> {
    points
        .iter()
        .filter(|p| p.epoch == epoch && p.trended)
        .filter_map(|p| {
            let start = history.runs.get(p.run)?.meta.start;
            let day = *history.days.get(p.run)?;
            Some(Placed {
                run: p.run,
                day,
                x_days: start.as_second() as f64 / 86_400.0,
                value: p.value,
            })
        })
        .collect()
}

/// The smallest change worth a word: by the chosen rules for cadence, contact time and
/// oscillation.
pub(super) fn worthwhile(metric: &Metric, rules: &Rules) -> Option<f64> {
    match metric.unit.suffix {
        "_spm" => Some(rules.worthwhile_cadence_spm),
        "_ms" => Some(rules.worthwhile_contact_ms),
        "_mm" => Some(rules.worthwhile_oscillation_mm),
        _ => None,
    }
}

/// Sen's slope of the points of one epoch, judged against the wandering of the whole epoch;
/// `None` below twelve points or three weeks.
fn trend(
    epoch: usize,
    points: &[Placed],
    whole: &[Placed],
    (metric, rules): (&Metric, &Rules),
) -> Option<Trend> {
    let n = points.len();
    let weekly = (n > MOST_POINTS).then(|| by_week(points));
    let points = weekly.as_deref().unwrap_or(points);
    let points = points.get(points.len().saturating_sub(MOST_POINTS)..)?;
    let (first, last) = (points.first()?, points.last()?);
    if points.len() < FEWEST_POINTS || between(first.day, last.day) < FEWEST_DAYS {
        return None;
    }
    let x: Vec<f64> = points.iter().map(|p| p.x_days - first.x_days).collect();
    let y: Vec<f64> = points.iter().map(|p| p.value).collect();
    let found = sen(&x, &y)?;
    let interval = found.interval.map(|i| (30.0 * i.low, 30.0 * i.high));
    let at = |x: f64| found.slope.mul_add(x, found.intercept);
    let mut trend = Trend {
        epoch,
        n,
        weeks: weekly.as_ref().map(Vec::len),
        span: (first.day, last.day),
        slope_per_30d: Some(30.0 * found.slope),
        interval_per_30d: interval,
        line: Some((at(0.0), at(last.x_days - first.x_days))),
        autocorrelation: found.autocorrelation,
        detectable_change: None,
        usual_wander: line_wander(&whole.iter().map(|p| p.value).collect::<Vec<_>>()),
        worthwhile: worthwhile(metric, rules),
        sureness: Sureness::CannotTell,
    };
    let quantile = found.interval.map(|i| i.quantile);
    trend.detectable_change = quantile.and_then(|quantile| detectable(&trend, quantile));
    let stand_in = match metric.unit {
        unit::SPM => unknown_wander_spm(whole.len()),
        _ => None,
    };
    let bars = [trend.worthwhile, trend.detectable_change, trend.usual_wander, stand_in];
    if let Some(change) = trend.change() {
        trend.sureness = Sureness::of(change, trend.interval_per_30d, &bars);
    }
    Some(trend)
}

/// One point a week of running: the mean of its runs at the mean of their times.
fn by_week(points: &[Placed]) -> Vec<Placed> {
    points
        .chunk_by(|a, b| monday(a.day) == monday(b.day))
        .filter_map(|week| {
            let n = week.len() as f64;
            let mean = |value: fn(&Placed) -> f64| week.iter().map(value).sum::<f64>() / n;
            week.last().map(|last| Placed {
                x_days: mean(|p| p.x_days),
                value: mean(|p| p.value),
                ..*last
            })
        })
        .collect()
}

/// The change over the span that a test of 5 % would have found with a power of 80 %: the
/// interval's half-width in standard errors, times both quantiles.
fn detectable(trend: &Trend, quantile: f64) -> Option<f64> {
    let (low, high) = trend.change_interval()?;
    Some((high - low) / (2.0 * quantile) * (quantile + normal_quantile(POWER)?))
}
