//! How the first ten minutes compare with the rest.

use super::{Compute, Doc, Evidence, Metric, Outcome, Reading, Run, Unavailable, unit};
use crate::activity::Origin;
use crate::stats::{weighted_lower_quantile, weighted_mean};

/// Warm-up.
pub const METRIC: Metric = Metric {
    id: "warm_up",
    title: "Warm-up pace ratio",
    unit: unit::RATIO,
    evidence: Evidence::B,
    sources: &["vanmechelen1993"],
    doc: Doc {
        measures: "How fast you started compared with your main pace.",
        formula: "r = mean v of running in the first 600 s / median v of running afterwards; \
                  both weighted by time. Beside it: the running of the last 300 s against the same \
                  median (cool-down), seconds until a minute reaches 90 % of it, heart rate at 5 \
                  minutes.",
        needs: "Speed, and 20 minutes of running.",
        unavailable: "There are under 5 minutes of running in the first ten, or under 10 after.",
        limits: "Information only: in a trial with 421 runners warm-up, cool-down and stretching \
                 together changed nothing in injuries. Routes that start uphill start slowly.",
    },
    trended: false,
    compute: Compute::Run(compute),
};

/// The start. Source: `science` 2.20.
const START_S: f64 = 600.0;
/// Least running in the start, s. **chosen**.
const LEAST_START_S: f64 = 300.0;
/// Least running afterwards, s. **chosen**.
const LEAST_MAIN_S: f64 = 600.0;

/// The end. Source: `science` 2.20.
const END_S: f64 = 300.0;
/// Least running in the end, s. **chosen**.
const LEAST_END_S: f64 = 180.0;
/// Share of the main pace that is up to pace. Source: `science` 2.20.
const UP_TO_PACE: f64 = 0.9;
/// Time at which the heart rate is told, s. Source: `science` 2.20.
const HEART_RATE_AT_S: f64 = 300.0;
/// A minute, s: speeds are looked at minute by minute. **chosen**.
const MINUTE_S: f64 = 60.0;

/// Start against main part.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WarmUp {
    /// Mean speed of the first 600 s, m/s.
    pub start_m_s: f64,
    /// Median speed afterwards, m/s.
    pub main_m_s: f64,
    /// Start over main.
    pub ratio: f64,
}

/// Compares start and main part of (time s, seconds, speed m/s) in order of time; the median is
/// the time-weighted lower one. `None` when either part is empty.
pub fn warm_up(parts: impl Iterator<Item = (f64, f64, f64)>) -> Option<WarmUp> {
    let (mut sum, mut seconds) = (0.0, 0.0);
    let mut main: Vec<(f64, f64)> = Vec::with_capacity(parts.size_hint().0);
    for (t, hold, v) in parts {
        if t < START_S {
            sum += hold * v;
            seconds += hold;
        } else {
            main.push((v, hold));
        }
    }
    let main_m_s = weighted_lower_quantile(&main, 0.5)?;
    (seconds > 0.0 && main_m_s > 0.0).then(|| {
        let start_m_s = sum / seconds;
        WarmUp { start_m_s, main_m_s, ratio: start_m_s / main_m_s }
    })
}

/// Mean speed of the running in the last five minutes over the main speed; `None` with under three
/// minutes of running in them.
pub fn cool_down(
    parts: impl Iterator<Item = (f64, f64, f64)>,
    end_s: f64,
    main_m_s: f64,
) -> Option<f64> {
    let (mut sum, mut seconds) = (0.0, 0.0);
    for (_, hold, v) in parts.filter(|(t, ..)| *t >= end_s - END_S) {
        sum += hold * v;
        seconds += hold;
    }
    (seconds >= LEAST_END_S && main_m_s > 0.0).then(|| sum / seconds / main_m_s)
}

/// Seconds from the start until the mean speed of a whole minute of running reaches this speed.
pub fn time_to(parts: impl Iterator<Item = (f64, f64, f64)>, speed_m_s: f64) -> Option<f64> {
    let (mut from, mut sum, mut seconds) = (None, 0.0, 0.0);
    for (t, hold, v) in parts {
        let begun = *from.get_or_insert(t);
        sum += hold * v;
        seconds += hold;
        if seconds >= MINUTE_S {
            if sum / seconds >= speed_m_s {
                return Some(begun);
            }
            (from, sum, seconds) = (None, 0.0, 0.0);
        }
    }
    None
}

/// Mean heart rate of the minute around a time since the start.
fn heart_rate_at(run: &Run<'_>, at_s: f64) -> Option<f64> {
    let heart = run.activity.channels.heart_rate.as_ref()?;
    let times = run.activity.clock.times_s();
    let begin = times.first()?;
    let first = times.partition_point(|t| t - begin - at_s < -MINUTE_S / 2.0);
    let past = times.partition_point(|t| t - begin - at_s <= MINUTE_S / 2.0);
    weighted_mean(
        (first..past)
            .filter_map(|i| heart.get(i).map(|bpm| (bpm.0, run.activity.clock.total_weight_s(i)))),
    )
}

fn compute(run: &Run<'_>) -> Outcome {
    let Some(speed) = &run.activity.channels.speed else {
        return Unavailable::because("no_speed", "The file has no speed or distance.");
    };
    let clock = &run.activity.clock;
    let begin = clock.times_s().first().copied().unwrap_or_default();
    let mut running: Vec<(f64, f64, f64)> = Vec::with_capacity(clock.len());
    let all = clock.times_s().iter().zip(clock.total_weights_s()).zip(speed.iter());
    running.extend(
        all.zip(&run.segments.running).filter_map(|(((t, hold), v), runs)| {
            v.filter(|_| *runs).map(|v| (t - begin, hold, v.0))
        }),
    );
    let ticks = || running.iter().copied();
    let (start_s, main_s) = ticks()
        .fold((0.0, 0.0), |(a, b), (t, w, _)| if t < START_S { (a + w, b) } else { (a, b + w) });
    if start_s < LEAST_START_S || main_s < LEAST_MAIN_S {
        return Unavailable::because(
            "too_short",
            "It takes 5 minutes of running in the first ten and 10 minutes after them.",
        );
    }
    let Some(found) = warm_up(ticks()) else {
        return Unavailable::because("no_speed", "Speed is zero throughout.");
    };
    let end_s = ticks().map(|(t, hold, _)| t + hold).fold(0.0, f64::max);
    let origin = Origin::Derived { method: "start against main part".to_owned() };
    Reading::minutes(found.ratio, (start_s + main_s) / 60.0, 1.0, origin)
        .part("start_speed_m_s", Some(found.start_m_s))
        .part("main_speed_m_s", Some(found.main_m_s))
        .part("cool_down_ratio", cool_down(ticks(), end_s, found.main_m_s))
        .part("time_to_90_percent_s", time_to(ticks(), UP_TO_PACE * found.main_m_s))
        .part("heart_rate_at_5_min_bpm", heart_rate_at(run, HEART_RATE_AT_S))
        .caveat_if((found.ratio >= 1.0).then_some("You started at your main pace or faster."))
        .into()
}
