//! Which ticks are running, and which of those count for form.

use std::ops::Range;

use serde::Serialize;

use crate::activity::Activity;
use crate::settings::Rules;
use crate::units::Quantity;

/// Highest step rate taken for one. Source: `science` 2.0.
pub const MAX_SPM: f64 = 240.0;
/// Without cadence: speed from which somebody is taken to run. Source: `science` 2.0.
pub const RUN_BY_SPEED_M_S: f64 = 1.7;
/// Speed from which somebody is on the move. Source: `science` 2.15 (slower is standing).
pub const MOVING_SPEED_M_S: f64 = 0.5;
/// Gaps in the mask up to this are bridged. Source: `real-data` part 2, section 1.
pub const BRIDGED_GAP_S: f64 = 5.0;

/// What the running mask was told by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RunningBy {
    /// Step rate, with speed where there is one.
    StepRate,
    /// Speed alone: the file has no cadence.
    Speed,
    /// Neither is in the file.
    Nothing,
}

/// Masks over the ticks.
pub(super) struct Masks {
    /// See [`super::Segments::running`].
    pub running: Vec<bool>,
    /// See [`super::Segments::moving`].
    pub moving: Vec<bool>,
    /// See [`super::Segments::form`].
    pub form: Vec<bool>,
    /// See [`super::Segments::form_weights_s`].
    pub weights_s: Vec<f64>,
    /// Bouts without their first seconds, as ranges of ticks.
    pub bouts: Vec<Range<usize>>,
    /// What told them.
    pub by: RunningBy,
}

/// Whether this step rate at this speed is running. An unknown speed asks for a step rate that is
/// running at any speed.
#[inline]
pub fn is_running(step_rate_spm: f64, speed_m_s: Option<f64>, rules: &Rules) -> bool {
    let fast = |least: f64| speed_m_s.is_none_or(|v| v >= least);
    step_rate_spm <= MAX_SPM
        && ((step_rate_spm >= rules.running_from_spm && fast(rules.slow_run_m_s))
            || (step_rate_spm >= rules.maybe_running_from_spm
                && speed_m_s.is_some_and(|v| v >= rules.brisk_run_m_s)))
}

/// Builds the masks in two passes.
pub(super) fn masks(activity: &Activity, rules: &Rules) -> Masks {
    let n = activity.clock.len();
    let speed = activity.channels.speed.as_ref();
    let step_rate = activity.channels.step_rate.as_ref().filter(|c| c.present() > 0);
    let speed_at = |i: usize| speed.and_then(|c| c.get(i)).map(Quantity::value);
    let running: Vec<bool> = match (step_rate, speed) {
        (Some(rate), _) => (0..n)
            .map(|i| rate.get(i).is_some_and(|spm| is_running(spm.0, speed_at(i), rules)))
            .collect(),
        (None, Some(speed)) => {
            speed.iter().map(|v| v.is_some_and(|v| v.0 >= RUN_BY_SPEED_M_S)).collect()
        }
        (None, None) => vec![false; n],
    };
    let by = match (step_rate, speed) {
        (Some(_), _) => RunningBy::StepRate,
        (None, Some(_)) => RunningBy::Speed,
        (None, None) => RunningBy::Nothing,
    };
    let moving = running
        .iter()
        .enumerate()
        .map(|(i, run)| *run || speed_at(i).is_some_and(|v| v >= MOVING_SPEED_M_S))
        .collect();
    let bouts =
        if by == RunningBy::StepRate { form_bouts(activity, &running, rules) } else { Vec::new() };
    let mut form = vec![false; n];
    let mut weights_s = vec![0.0; n];
    for bout in &bouts {
        for i in bout.clone() {
            if running.get(i) == Some(&true)
                && let (Some(flag), Some(weight)) = (form.get_mut(i), weights_s.get_mut(i))
            {
                *flag = true;
                *weight = activity.clock.form_weight_s(i);
            }
        }
    }
    Masks { running, moving, form, weights_s, bouts, by }
}

/// A bout under way.
#[derive(Clone, Copy)]
struct Open {
    first: usize,
    start_s: f64,
    last: usize,
    end_s: f64,
}

/// Bouts of running that last long enough, without their first seconds. Ticks of a bridged gap lie
/// inside the range but stay out of the mask.
fn form_bouts(activity: &Activity, running: &[bool], rules: &Rules) -> Vec<Range<usize>> {
    let times = activity.clock.times_s();
    let mut bouts = Vec::new();
    let mut open: Option<Open> = None;
    let mut close = |bout: Open| {
        if bout.end_s - bout.start_s < rules.shortest_bout_s {
            return;
        }
        let counted = (bout.first..=bout.last)
            .find(|i| times.get(*i).is_some_and(|t| *t >= bout.start_s + rules.bout_start_s));
        if let Some(first) = counted {
            bouts.push(first..bout.last + 1);
        }
    };
    for (i, (t, run)) in times.iter().zip(running).enumerate() {
        if !run {
            continue;
        }
        let end_s = t + activity.clock.total_weight_s(i);
        match &mut open {
            Some(bout) if t - bout.end_s <= BRIDGED_GAP_S => {
                bout.last = i;
                bout.end_s = end_s;
            }
            other => {
                if let Some(bout) = other.take() {
                    close(bout);
                }
                *other = Some(Open { first: i, start_s: *t, last: i, end_s });
            }
        }
    }
    if let Some(bout) = open {
        close(bout);
    }
    bouts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cadence_and_speed_part_walking_from_running() {
        let usual = |spm, speed| is_running(spm, speed, &Rules::default());
        assert!(usual(150.0, Some(1.3)));
        assert!(!usual(150.0, Some(1.2)));
        assert!(!usual(135.0, Some(1.8)));
        assert!(usual(135.0, Some(1.9)));
        assert!(!usual(129.9, Some(3.0)));
        assert!(!usual(241.0, Some(3.0)));
        assert!(usual(160.0, None));
        assert!(!usual(135.0, None));
        let slow = Rules { slow_run_m_s: 1.1, ..Rules::default() };
        assert!(is_running(150.0, Some(1.2), &slow), "the profile's word counts");
    }
}
