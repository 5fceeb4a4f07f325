//! Laps: the device's own summary, their spans, and pauses between tracks.

use crate::activity::{DeviceSummary, FORM_CAP_S, SummaryKey};
use crate::read::TimerStop;
use crate::read::xml::Track;

/// Share of the timer time whose laps must state an average, for it to be one of the activity.
/// **chosen**: a lap or two without a value change it by less than the lap's own rounding.
const STATED_SHARE: f64 = 0.9;
/// How far a lap's stated start may lie from its own points. **chosen**: a day; real files carry
/// starts in 1989, the zero of the device's clock.
const START_WITHIN_MS: i64 = 86_400_000;

/// What one lap states.
#[derive(Clone, Debug, Default)]
pub(super) struct Lap {
    pub(super) start_ms: Option<i64>,
    pub(super) first_point: usize,
    pub(super) tracks: usize,
    pub(super) timer_s: Option<f64>,
    pub(super) distance_m: Option<f64>,
    pub(super) heart_rate: Option<f64>,
    pub(super) cadence: Option<f64>,
    pub(super) run_cadence: Option<f64>,
    pub(super) max_run_cadence: Option<f64>,
    pub(super) speed_m_s: Option<f64>,
    pub(super) power_w: Option<f64>,
    pub(super) steps: Option<f64>,
}

impl Lap {
    pub(super) fn new(start_ms: Option<i64>, first_point: usize) -> Self {
        Self { start_ms, first_point, ..Self::default() }
    }
}

type Pick = fn(&Lap) -> Option<f64>;

/// Sums and time-weighted averages of what the laps state. Cadence stays as stored: the format
/// leaves its unit open.
pub(super) fn summarise(laps: &[Lap]) -> DeviceSummary {
    let sum = |pick: Pick| {
        let values: Option<Vec<f64>> = laps.iter().map(pick).collect();
        values.filter(|v| !v.is_empty()).map(|v| v.iter().sum::<f64>())
    };
    let timer = sum(|lap| lap.timer_s).filter(|t| *t > 0.0);
    let mean = |pick: Pick| {
        let (mut weighted, mut stated) = (0.0, 0.0);
        for lap in laps {
            if let (Some(value), Some(time)) = (pick(lap), lap.timer_s) {
                weighted += value * time;
                stated += time;
            }
        }
        (stated > 0.0 && stated >= STATED_SHARE * timer?).then(|| weighted / stated)
    };
    let cadence = mean(|lap| lap.run_cadence).or_else(|| mean(|lap| lap.cadence));
    let highest = laps.iter().filter_map(|lap| lap.max_run_cadence).reduce(f64::max);
    DeviceSummary::from_iter([
        (SummaryKey::TimerS, timer),
        (SummaryKey::DistanceM, sum(|lap| lap.distance_m)),
        // Both feet: in real files it is twice the cadence of one leg times the lap's time.
        (SummaryKey::Steps, sum(|lap| lap.steps)),
        (SummaryKey::StepRateSpm, cadence),
        (SummaryKey::MaxStepRateSpm, highest),
        (SummaryKey::HeartRateBpm, mean(|lap| lap.heart_rate)),
        (SummaryKey::SpeedMS, mean(|lap| lap.speed_m_s)),
        (SummaryKey::PowerW, mean(|lap| lap.power_w)),
    ])
}

/// Start and end of each lap. A lap ends where the next begins, the last with its last point; a
/// stated start far from the lap's own points is replaced by the first of them.
pub(super) fn spans(laps: &[Lap], points: &Track) -> Vec<(i64, i64)> {
    let starts: Vec<Option<i64>> = laps
        .iter()
        .map(|lap| {
            let first = points.first_time_since(lap.first_point);
            match (lap.start_ms, first) {
                (Some(stated), Some(first))
                    if stated.abs_diff(first) > START_WITHIN_MS.unsigned_abs() =>
                {
                    Some(first)
                }
                (stated, first) => stated.or(first),
            }
        })
        .collect();
    let mut spans = Vec::with_capacity(laps.len());
    for (i, (lap, start)) in laps.iter().zip(&starts).enumerate() {
        let Some(start) = *start else { continue };
        let timer_ms = lap.timer_s.map_or(0, |s| (s * 1000.0) as i64);
        let next = starts.iter().skip(i + 1).find_map(|s| *s);
        let end = next.or_else(|| points.last_time_since(lap.first_point));
        spans.push((
            start,
            end.filter(|end| *end > start).unwrap_or(start.saturating_add(timer_ms)),
        ));
    }
    spans
}

/// Breaks and timer stops where a new track begins inside a lap after a gap in time. A new track
/// without a gap (exporters begin one with every lap) is none.
pub(super) fn pauses(at: &[usize], times_ms: &[Option<i64>]) -> (Vec<usize>, Vec<TimerStop>) {
    let mut breaks = Vec::new();
    let mut stops = Vec::new();
    for &at in at {
        let (before, after) = times_ms.split_at_checked(at).unwrap_or((times_ms, &[]));
        let last = before.iter().rev().find_map(|t| *t);
        let first = after.iter().find_map(|t| *t);
        let (Some(start_ms), Some(end_ms)) = (last, first) else { continue };
        if (end_ms.saturating_sub(start_ms)) as f64 > FORM_CAP_S * 1000.0 {
            breaks.push(at);
            stops.push(TimerStop { start_ms, end_ms: Some(end_ms) });
        }
    }
    (breaks, stops)
}
