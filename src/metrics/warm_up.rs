//! How the first ten minutes compare with the rest.

use super::{Compute, Doc, Evidence, Metric, Outcome, Reading, Run, Unavailable, unit};
use crate::activity::Origin;
use crate::stats::weighted_lower_quantile;

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
                  both weighted by time.",
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
    let mut main: Vec<(f64, f64)> = Vec::new();
    for (t, hold, v) in parts {
        if t < START_S {
            sum += hold * v;
            seconds += hold;
        } else {
            main.push((v, hold));
        }
    }
    let main_m_s = weighted_lower_quantile(&mut main, 0.5)?;
    (seconds > 0.0 && main_m_s > 0.0).then(|| {
        let start_m_s = sum / seconds;
        WarmUp { start_m_s, main_m_s, ratio: start_m_s / main_m_s }
    })
}

fn compute(run: &Run<'_>) -> Outcome {
    let Some(speed) = &run.activity.channels.speed else {
        return Unavailable::because("no_speed", "The file has no speed or distance.");
    };
    let clock = &run.activity.clock;
    let begin = clock.times_s().first().copied().unwrap_or_default();
    let ticks = || {
        clock.times_s().iter().zip(speed.iter()).zip(&run.segments.running).enumerate().filter_map(
            |(i, ((t, v), runs))| {
                v.filter(|_| *runs).map(|v| (t - begin, clock.total_weight_s(i), v.0))
            },
        )
    };
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
    let origin = Origin::Derived { method: "start against main part".to_owned() };
    Reading::minutes(found.ratio, (start_s + main_s) / 60.0, 1.0, origin)
        .part("start_speed_m_s", Some(found.start_m_s))
        .part("main_speed_m_s", Some(found.main_m_s))
        .into()
}
