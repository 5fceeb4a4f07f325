//! Contact time or oscillation jumped with a new watch or sensor.

use super::lately::LATELY_DAYS;
use super::{Finding, Rule};
use crate::quantities::whole;
use crate::segment::Dynamics;
use crate::settings::Settings;
use crate::trend::{DeviceStep, History, Step, Sureness};

/// The rule.
pub const RULE: Rule = Rule {
    id: "sensor_changed",
    needs: &["ground_contact_time", "vertical_oscillation", "vertical_ratio"],
    speaks_when: "the watch or sensor changed in the last four weeks and contact time (5 ms), \
                  oscillation (4 mm) or vertical ratio (0.4 points) jumped with it at the same \
                  speed",
    limits: "A real change in the same days would look the same.",
    sources: &["own_archives"],
    judge,
};

fn judge(history: &History, _settings: &Settings) -> Option<Finding> {
    let today = history.today?;
    let change = history.device_steps.iter().rev().find(|c| {
        let day = history.days.get(c.first_run);
        day.is_some_and(|d| (0..LATELY_DAYS).contains(&(today - *d).get_days()))
            && c.steps.iter().any(is_step)
    })?;
    let told =
        change.steps.iter().filter(|s| is_step(s)).max_by(|a, b| size(a).total_cmp(&size(b)))?;
    let (name, unit) = words(told.metric);
    let label = |epoch: usize| history.epochs.get(epoch).map(|e| e.label.clone());
    Some(Finding {
        rule: RULE.id,
        title: format!("{name} jumped with the new watch or sensor"),
        number: format!(
            "{}{} {unit} at the same speed ({} to {})",
            if told.change > 0.0 { "+" } else { "-" },
            digits(told, told.change.abs()),
            digits(told, told.interval.0),
            digits(told, told.interval.1)
        ),
        so_what: "Compare these numbers only with runs since the change.".into(),
        limit: "A real change in the same days would look the same.".into(),
        sureness: sureness(told),
        details: details(
            change,
            label(change.from_epoch)?,
            label(change.to_epoch)?,
            history.epochs.get(change.to_epoch).map(|e| e.dynamics),
        ),
        chart: Some("running_dynamics"),
        sources: RULE.sources,
        weight: 40.0,
    })
}

fn details(
    change: &DeviceStep,
    from: String,
    to: String,
    dynamics: Option<Dynamics>,
) -> Vec<String> {
    let mut details = vec![format!("From {from} to {to}; trends are cut here.")];
    details.extend(change.steps.iter().map(|s| {
        let (name, unit) = words(s.metric);
        format!(
            "{name}: {} {unit} at matched speed on level ground, 95 % interval {} to {}.",
            digits(s, s.change),
            digits(s, s.interval.0),
            digits(s, s.interval.1)
        )
    }));
    if dynamics == Some(Dynamics::Estimated) {
        details.push(
            "The new one computes these numbers from speed and cadence; no sensor measures them."
                .into(),
        );
    }
    details.push("Two watches on one wrist differ by such amounts with nobody changing.".into());
    details
}

/// Larger than the threshold, and its interval clear of zero.
fn is_step(step: &Step) -> bool {
    step.change.abs() > step.threshold && (step.interval.0 > 0.0 || step.interval.1 < 0.0)
}

/// Clear: the whole interval beyond the threshold; likely: clear of zero.
fn sureness(step: &Step) -> Sureness {
    let nearest = step.interval.0.abs().min(step.interval.1.abs());
    if nearest > step.threshold { Sureness::Clear } else { Sureness::Likely }
}

fn size(step: &Step) -> f64 {
    step.change.abs() / step.threshold
}

fn words(metric: &str) -> (&'static str, &'static str) {
    match metric {
        "ground_contact_time" => ("Contact time", "ms"),
        "vertical_oscillation" => ("Vertical oscillation", "mm"),
        _ => ("Vertical ratio", "points"),
    }
}

fn digits(step: &Step, value: f64) -> String {
    if step.threshold < 1.0 { format!("{value:.1}") } else { whole(value) }
}
