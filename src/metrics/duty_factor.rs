//! Duty factor, with flight time as a part of it.

use super::dynamics_label::labelled;
use super::form_mean::{FormMeans, form_mean, form_means};
use super::{Compute, Doc, Evidence, Metric, Outcome, Reading, Run, Unavailable, unit};
use crate::activity::Origin;
use crate::segment::{plausible, running_step_rate};
use crate::units::{Milliseconds, Quantity, StepsPerMinute};

/// Duty factor.
pub const METRIC: Metric = Metric {
    id: "duty_factor",
    title: "Duty factor",
    unit: unit::SHARE,
    evidence: Evidence::B,
    sources: &["vanoeveren2021", "malisoux2022", "stance_meta2022"],
    doc: Doc {
        measures: "The share of a whole stride that one foot spends on the ground.",
        formula: "DF = tc / (2 T) = tc f / 120 with tc in s and f in spm; T = 60 / f. Flight time \
                  tf = T - tc.",
        needs: "Ground contact time and cadence.",
        unavailable: "One of the two is missing, or on under 70 % of 5 minutes of running.",
        limits: "No good or bad direction. Over 0.5 there is no flight, which is ordinary slow \
                 running. Flight time from wearables is not valid: 5 % in contact time makes 11 \
                 to 17 % in flight time, so it is shown only with its error.",
    },
    trended: true,
    compute: Compute::Run(compute),
};

/// Error of contact time taken for the flight time's error, as a share. Source: `science` 2.7.
const CONTACT_ERROR_SHARE: f64 = 0.05;
/// Error of a step rate, spm. Source: `science` 2.1 (foot or strap sensor).
const RATE_ERROR_SPM: f64 = 1.0;

/// How one step divides into contact and flight.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StepTiming {
    /// Time from one foot's contact to the other's, s.
    pub step_time_s: f64,
    /// Step time less contact time, s; not above zero when running grounded.
    pub flight_time_s: f64,
    /// Contact time over stride time.
    pub duty_factor: f64,
}

impl StepTiming {
    /// Timing at a step rate and contact time; `None` without steps.
    pub fn of(rate: StepsPerMinute, contact: Milliseconds) -> Option<Self> {
        (rate.0 > 0.0).then(|| {
            let (step_time_s, contact_s) = (60.0 / rate.0, contact.0 / 1000.0);
            Self {
                step_time_s,
                flight_time_s: step_time_s - contact_s,
                duty_factor: contact_s * rate.0 / 120.0,
            }
        })
    }

    /// Whether a foot is always on the ground.
    pub fn is_grounded(&self) -> bool {
        self.flight_time_s <= 0.0
    }
}

/// Standard error of flight time in seconds, to first order, from those of step rate and contact
/// time: sqrt((60 / f2 s_f)2 + s_tc2).
pub fn flight_time_error_s(
    rate: StepsPerMinute,
    rate_error: StepsPerMinute,
    contact_error: Milliseconds,
) -> f64 {
    (60.0 / (rate.0 * rate.0) * rate_error.0).hypot(contact_error.0 / 1000.0)
}

/// Points by which a recorded stance share may differ. Source: `science` 2.7.
const STANCE_AGREES_POINTS: f64 = 3.0;

/// What a recorded stance share says that is not this duty factor, in words; `None` where it
/// agrees. Some devices state it per step, twice the share of the stride.
pub fn disagreement(factor: f64, recorded_percent: f64) -> Option<String> {
    let apart = |share: f64| (recorded_percent - 100.0 * share).abs();
    let per_step = factor + factor;
    if apart(factor) <= STANCE_AGREES_POINTS {
        None
    } else if apart(per_step) <= STANCE_AGREES_POINTS {
        Some("The recorded stance share is one of the step, twice that of the stride.".to_owned())
    } else {
        Some(format!(
            "The recorded stance share is {recorded_percent:.0} %, over 3 points off: contact time \
             or cadence is doubtful."
        ))
    }
}

fn compute(run: &Run<'_>) -> Outcome {
    measure(run).into()
}

fn measure(run: &Run<'_>) -> Result<Reading, Unavailable> {
    let channel = run.activity.channels.ground_contact_time.as_ref().ok_or_else(|| {
        Unavailable::new("no_ground_contact_time", "The file has no ground contact time.")
    })?;
    let n = run.activity.clock.len();
    let timing = |i: usize| {
        let contact = plausible::within(
            channel.get(i).map(Quantity::value),
            &plausible::GROUND_CONTACT_TIME_MS,
        )?;
        StepTiming::of(running_step_rate(run.activity, i)?, Milliseconds(contact))
    };
    let of_tick = |i: usize| {
        let t = timing(i)?;
        let grounded = if t.is_grounded() { 1.0 } else { 0.0 };
        Some([t.duty_factor, t.step_time_s, t.flight_time_s, grounded])
    };
    let FormMeans { means: [factor, step_s, flight_s, grounded], minutes, coverage } =
        form_means(run, (0..n).map(of_tick), "ground contact time and cadence")?;
    let contact_error = Milliseconds(1000.0 * CONTACT_ERROR_SHARE * (step_s - flight_s));
    let error = flight_time_error_s(
        StepsPerMinute(60.0 / step_s),
        StepsPerMinute(RATE_ERROR_SPM),
        contact_error,
    );
    let recorded = run.activity.channels.stance_percent.as_ref().and_then(|c| {
        form_mean(run, c.iter().map(|p| p.map(Quantity::value)), "stance share").ok()
    });
    let origin = Origin::Derived { method: "contact time times step rate over 120".to_owned() };
    let reading = Reading::minutes(factor, minutes, coverage, origin)
        .part("flight_time_ms", Some(1000.0 * flight_s))
        .part("flight_time_error_ms", Some(1000.0 * error))
        .part("grounded_share", Some(grounded))
        .part("recorded_stance_percent", recorded.map(|m| m.mean))
        .caveat_if((flight_s <= 0.0).then_some(
            "There is no flight on average: slow grounded running, or contact time and cadence do \
             not belong together.",
        ))
        .caveat_if(recorded.and_then(|m| disagreement(factor, m.mean)));
    Ok(labelled(run, reading))
}
