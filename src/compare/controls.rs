//! What a change of form does not move: if it moved, it may be what the difference is made of.

use super::matched::{LEVEL, per_run};
use super::{Control, ControlUnit};
use crate::Analysis;
use crate::segment::Piece;
use crate::stats::mean_difference;
use crate::trend::facts;

/// A control of one run.
type PerRun = fn(&Analysis) -> Option<f64>;

/// Controls with a value of their own in each run.
const CONTROLS: &[(&str, &str, ControlUnit, PerRun)] = &[
    ("speed", "Speed of running", ControlUnit::MS, speed),
    ("uphill_share", "Uphill by over 2 %", ControlUnit::Share, uphill),
    ("downhill_share", "Downhill by over 2 %", ControlUnit::Share, downhill),
    ("duration", "Time of a run", ControlUnit::S, facts::duration_s),
];

/// All controls that both sides know.
pub(super) fn controls(first: &[&Analysis], second: &[&Analysis]) -> Vec<Control> {
    let own = CONTROLS.iter().filter_map(|(id, title, unit, value)| {
        let of = |side: &[&Analysis]| side.iter().filter_map(|r| value(r)).collect::<Vec<f64>>();
        control((id, title, *unit), &of(first), &of(second))
    });
    let heart = per_run(first, second, |p| p.heart_rate_bpm).and_then(|found| {
        let about = ("heart_rate", "Heart rate at the same speed", ControlUnit::Bpm);
        control(about, &found.first, &found.second)
    });
    own.chain(heart).collect()
}

/// A control from the values of each run.
fn control(
    (id, title, unit): (&'static str, &'static str, ControlUnit),
    first: &[f64],
    second: &[f64],
) -> Option<Control> {
    let mean = |values: &[f64]| {
        (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
    };
    let interval = mean_difference(first, second).and_then(|d| d.interval);
    Some(Control {
        id,
        title,
        unit,
        first: mean(first)?,
        second: mean(second)?,
        interval,
        moved: interval.map(|(low, high)| low > 0.0 || high < 0.0),
    })
}

fn speed(run: &Analysis) -> Option<f64> {
    weighted(run, |p| Some(p.speed_m_s))
}

fn uphill(run: &Analysis) -> Option<f64> {
    weighted(run, |p| p.grade.map(|g| f64::from(u8::from(g > LEVEL))))
}

fn downhill(run: &Analysis) -> Option<f64> {
    weighted(run, |p| p.grade.map(|g| f64::from(u8::from(g < -LEVEL))))
}

/// Mean over the segments of a run, by their time.
fn weighted(run: &Analysis, value: fn(&Piece) -> Option<f64>) -> Option<f64> {
    crate::stats::weighted_mean(run.pieces.iter().filter_map(|p| Some((value(&p)?, p.duration_s))))
}
