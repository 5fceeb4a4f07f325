//! What was recorded along a run, as means over equal spans of its time.

use super::timeline::Timeline;
use crate::activity::{Channel, FORM_CAP_S, TOTAL_CAP_S};
use crate::metrics::Run;
use crate::segment::plausible::{self, within};
use crate::segment::{barometric_altitude, running_step_rate};
use crate::units;

/// What a lane shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Quantity {
    /// Speed, m/s.
    Speed,
    /// Step rate while running, spm.
    StepRate,
    /// Height above the lowest point of the run, m: how high the place lies is nobody's business.
    Height,
    /// Slope, rise over run.
    Grade,
    /// Ground contact time, ms.
    GroundContactTime,
    /// Vertical oscillation, mm.
    VerticalOscillation,
    /// Left share of contact time, percent.
    ContactBalance,
    /// Heart rate, bpm.
    HeartRate,
    /// Power, W.
    Power,
}

/// One quantity along the run.
#[derive(Clone, Debug, PartialEq)]
pub struct Lane {
    /// What.
    pub quantity: Quantity,
    /// A mean for each span of the timeline; `None` where the recording says too little.
    pub values: Vec<Option<f64>>,
}

impl Lane {
    /// The values that are there.
    pub fn known(&self) -> impl Iterator<Item = f64> + '_ {
        self.values.iter().flatten().copied()
    }

    /// Unbroken pieces: index of the first span, and the values.
    pub fn pieces(&self) -> Vec<(usize, Vec<f64>)> {
        let mut pieces: Vec<(usize, Vec<f64>)> = Vec::new();
        for (index, value) in self.values.iter().enumerate() {
            let Some(value) = value else { continue };
            match pieces.last_mut() {
                Some((first, piece)) if *first + piece.len() == index => piece.push(*value),
                _ => pieces.push((index, vec![*value])),
            }
        }
        pieces
    }

    /// The largest value.
    pub fn highest(&self) -> Option<f64> {
        self.known().max_by(f64::total_cmp)
    }
}

/// Fewest spans with a value that make a lane. **chosen**: fewer is no course of anything.
const FEWEST_SPANS: usize = 3;

/// All lanes that the recording allows, in the order in which they are shown.
pub(super) fn lanes(run: &Run<'_>, timeline: &Timeline) -> Vec<Lane> {
    let Run { activity, segments, .. } = *run;
    let (c, clock) = (&activity.channels, &activity.clock);
    fn raw<Q: units::Quantity>(channel: Option<&Channel<Q>>, i: usize) -> Option<f64> {
        channel.and_then(|c| c.get(i)).map(units::Quantity::value)
    }
    let running = |i: usize| segments.running.get(i) == Some(&true);
    let moving = |i: usize| segments.moving.get(i) == Some(&true);
    let form = |value: &dyn Fn(usize) -> Option<f64>| timeline.means(clock, FORM_CAP_S, value);
    let spoken = |value: &dyn Fn(usize) -> Option<f64>| timeline.means(clock, TOTAL_CAP_S, value);
    let of = |quantity, values| Lane { quantity, values };
    let altitude = barometric_altitude(activity);
    let lowest = altitude.iter().flatten().flatten().copied().fold(f64::INFINITY, f64::min);
    let height = |i: usize| altitude.as_ref()?.get(i).copied().flatten().map(|z| z - lowest);
    let contact = |i: usize| {
        within(raw(c.ground_contact_time.as_ref(), i), &plausible::GROUND_CONTACT_TIME_MS)
    };
    let swing = |i: usize| {
        within(raw(c.vertical_oscillation.as_ref(), i), &plausible::VERTICAL_OSCILLATION_MM)
    };
    let left = |i: usize| {
        within(raw(c.contact_balance_left.as_ref(), i), &plausible::CONTACT_BALANCE_PERCENT)
    };
    let heart = |i: usize| within(raw(c.heart_rate.as_ref(), i), &plausible::HEART_RATE_BPM);
    let power = |i: usize| within(raw(c.power.as_ref(), i), &plausible::POWER_W);
    let rate = |i: usize| running_step_rate(activity, i).map(|spm| spm.0);
    let mut lanes = vec![
        of(Quantity::Speed, spoken(&|i| raw(c.speed.as_ref(), i).filter(|_| moving(i)))),
        of(Quantity::StepRate, form(&|i| rate(i).filter(|_| running(i)))),
        of(Quantity::Height, spoken(&height)),
        of(Quantity::Grade, spoken(&|i| raw(segments.grade.as_ref(), i).filter(|_| moving(i)))),
        of(Quantity::GroundContactTime, form(&|i| contact(i).filter(|_| running(i)))),
        of(Quantity::VerticalOscillation, form(&|i| swing(i).filter(|_| running(i)))),
        of(Quantity::ContactBalance, form(&|i| left(i).filter(|_| running(i)))),
        of(Quantity::HeartRate, spoken(&heart)),
        of(Quantity::Power, form(&|i| power(i).filter(|_| running(i)))),
    ];
    lanes.retain(|lane| lane.known().count() >= FEWEST_SPANS);
    lanes
}
