//! What one count of cadence is: decided once per recording, with the reason kept.

use std::collections::BTreeMap;

use crate::activity::{Channel, DeviceSummary, Issue, IssueKind, Severity, SummaryKey};
use crate::read::{CadenceConvention, Field, RawColumn, Recording, devices};
use crate::settings::{CadenceUnit, Settings};
use crate::units::{Quantity, StepsPerMinute, StridesPerMinute};

use super::draft::RawCadence;
use super::moving::{Median, Timed, median, values_above};
use super::{Context, Draft, NotPrepared, STEPS};

/// Speeds from which cadence is looked at, the second where the first leaves too little.
/// Source: `real-data` part 2, section 1.
const FAST_ENOUGH_M_S: [f64; 2] = [2.0, 1.7];
/// Seconds of cadence that a decision needs. Same source.
const ENOUGH_S: f64 = 60.0;
/// Median counts a minute that are strides of one leg. Same source.
const STRIDES: (f64, f64) = (60.0, 118.0);
/// Median counts a minute that are steps of both. Same source.
const STEPS_RANGE: (f64, f64) = (130.0, 236.0);
/// Step length in metres that the decision must imply. Same source.
const STEP_LENGTH_M: (f64, f64) = (0.4, 2.2);

/// What a creator's other files in the same invocation taught about its cadence unit: creator as
/// in [`creator`] to unit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LearntUnits(pub BTreeMap<String, CadenceUnit>);

impl LearntUnits {
    /// Majority of the votes of each creator; a tie teaches nothing. The order of votes does not
    /// matter.
    pub fn tally(votes: impl IntoIterator<Item = (String, CadenceUnit)>) -> Self {
        let mut counts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
        for (creator, unit) in votes {
            let count = counts.entry(creator).or_default();
            match unit {
                CadenceUnit::Strides => count.0 += 1,
                CadenceUnit::Steps => count.1 += 1,
            }
        }
        let decided = counts.into_iter().filter_map(|(creator, (strides, steps))| {
            let unit = match strides.cmp(&steps) {
                std::cmp::Ordering::Greater => CadenceUnit::Strides,
                std::cmp::Ordering::Less => CadenceUnit::Steps,
                std::cmp::Ordering::Equal => return None,
            };
            Some((creator, unit))
        });
        Self(decided.collect())
    }
}

/// First of two passes: what the recordings that can be decided teach about those that cannot.
pub fn learn(recordings: &[&Recording]) -> LearntUnits {
    LearntUnits::tally(recordings.iter().filter_map(|recording| vote(recording)))
}

/// What one recording teaches about its creator; `None` where the format fixes the unit, the
/// recording is no run, or range and step length do not decide.
pub fn vote(recording: &Recording) -> Option<(String, CadenceUnit)> {
    let open = |c: &RawColumn| c.convention == CadenceConvention::Unstated;
    if !recording.columns_of(Field::Cadence).any(open) {
        return None;
    }
    let (settings, learnt) = (Settings::default(), LearntUnits::default());
    let context = Context { recording, settings: &settings, learnt: &learnt };
    let mut draft = Draft::new(recording);
    for step in STEPS.iter().take_while(|step| step.id != "cadence_unit") {
        (step.apply)(&mut draft, &context).ok()?;
    }
    let cadence = draft.cadence.as_ref()?;
    if cadence.convention != CadenceConvention::Unstated {
        return None;
    }
    let (unit, _) = by_range(&draft, &cadence.values).ok()?;
    Some((creator(recording), unit))
}

/// The key under which a cadence convention is learnt: format and writer.
pub fn creator(recording: &Recording) -> String {
    let device = &recording.device;
    let writer = device.name.as_deref().or(device.manufacturer.as_deref());
    format!("{} {}", recording.format, writer.map_or("of no stated creator", |name| name))
}

/// Decides the unit and makes the step rate.
pub(super) fn apply(draft: &mut Draft, context: &Context<'_>) -> Result<Vec<Issue>, NotPrepared> {
    let Some(cadence) = draft.cadence.clone() else {
        return Ok(Vec::new());
    };
    let issue = |text: String| Issue::new(IssueKind::CadenceUnit, Severity::Note, text);
    let (unit, reason) = match decide(draft, &cadence, context) {
        Ok(decided) => decided,
        Err(why) => {
            draft.summary = without_cadence(&draft.summary, draft.summary_cadence);
            let text = format!("what one count of cadence is cannot be told: {why}");
            let remedy = "state it with --cadence-unit strides or --cadence-unit steps";
            let mut open = issue(text).remedy(remedy);
            open.severity = Severity::Doubt;
            return Ok(vec![open]);
        }
    };
    let values = cadence.values.iter().map(|v| v.is_finite().then(|| steps(*v, unit)));
    draft.channels.step_rate = Some(Channel::new(values, cadence.origin.clone()));
    draft.whole_stride_cadence = whole_strides(&cadence, unit, context.recording);
    if draft.summary_cadence == CadenceConvention::Unstated {
        draft.summary_cadence = match unit {
            CadenceUnit::Strides => CadenceConvention::Strides,
            CadenceUnit::Steps => CadenceConvention::Steps,
        };
    }
    if draft.summary_cadence == CadenceConvention::Strides {
        for key in [SummaryKey::StepRateSpm, SummaryKey::MaxStepRateSpm] {
            let stored = draft.summary.get(key);
            draft.summary.set(key, stored.map(|v| steps(v, CadenceUnit::Strides)));
        }
        draft.summary_cadence = CadenceConvention::Steps;
    }
    Ok(vec![issue(reason)])
}

/// A stored count in steps per minute.
fn steps(stored: f64, unit: CadenceUnit) -> f64 {
    match unit {
        CadenceUnit::Strides => StepsPerMinute::from(StridesPerMinute(stored)).value(),
        CadenceUnit::Steps => stored,
    }
}

/// A summary whose cadence nobody can read loses it.
fn without_cadence(summary: &DeviceSummary, convention: CadenceConvention) -> DeviceSummary {
    let mut out = summary.clone();
    if convention == CadenceConvention::Unstated {
        out.retain(|key, _| !matches!(key, SummaryKey::StepRateSpm | SummaryKey::MaxStepRateSpm));
    }
    out
}

fn whole_strides(cadence: &RawCadence, unit: CadenceUnit, recording: &Recording) -> bool {
    let device = &recording.device;
    let listed = devices::identify(device).is_some_and(|known| known.whole_strides);
    let maker = device.manufacturer.as_deref();
    let truncates = listed || maker.is_some_and(devices::stores_whole_strides);
    recording.format == "FIT"
        && cadence.whole_numbers
        && unit == CadenceUnit::Strides
        && cadence.convention == CadenceConvention::Strides
        && truncates
}

/// The unit with its reason, or why it cannot be told.
fn decide(
    draft: &Draft,
    cadence: &RawCadence,
    context: &Context<'_>,
) -> Result<(CadenceUnit, String), String> {
    match cadence.convention {
        CadenceConvention::Strides => {
            let text = "cadence is stored as strides of one leg, as the format fixes; shown as \
                        steps of both";
            return Ok((CadenceUnit::Strides, text.to_owned()));
        }
        CadenceConvention::Steps => {
            return Ok((CadenceUnit::Steps, "cadence is stored as steps of both feet".to_owned()));
        }
        CadenceConvention::Unstated => {}
    }
    let word = |unit| match unit {
        CadenceUnit::Strides => "strides of one leg",
        CadenceUnit::Steps => "steps of both feet",
    };
    if let Some(unit) = context.settings.cadence_unit {
        return Ok((unit, format!("cadence counts {}: stated by the user", word(unit))));
    }
    let why = match by_range(draft, &cadence.values) {
        Ok((unit, reason)) => {
            return Ok((unit, format!("cadence counts {}: {reason}", word(unit))));
        }
        Err(why) => why,
    };
    let creator = creator(context.recording);
    match context.learnt.0.get(&creator) {
        Some(unit) => {
            let text = format!(
                "cadence counts {}: so it does in the other files of this creator ({creator}); \
                 here {why}",
                word(*unit)
            );
            Ok((*unit, text))
        }
        None => Err(why),
    }
}

/// Range and step length of the moving part.
fn by_range(draft: &Draft, values: &[f64]) -> Result<(CadenceUnit, String), String> {
    let at = |speed: f64| {
        median(&values_above(draft, values.iter().copied(), speed)).map(|m| (speed, m))
    };
    let long = |(_, m): &(f64, Median)| m.seconds >= ENOUGH_S;
    let [fast, slower] = FAST_ENOUGH_M_S;
    let Some((speed, count)) = at(fast).filter(long).or_else(|| at(slower).filter(long)) else {
        return Err(format!("less than {ENOUGH_S} s of cadence at {slower} m/s and faster"));
    };
    let within = |range: (f64, f64)| (range.0..=range.1).contains(&count.value);
    let unit = if within(STRIDES) {
        CadenceUnit::Strides
    } else if within(STEPS_RANGE) {
        CadenceUnit::Steps
    } else {
        return Err(format!(
            "the median of {:.0} a minute at {speed} m/s and faster fits neither strides nor steps",
            count.value
        ));
    };
    let pace = median(&speeds_where_counted(draft, values, speed)).map(|m| m.value);
    let step_m = pace.map(|v| 60.0 * v / steps(count.value, unit));
    match step_m {
        Some(step) if (STEP_LENGTH_M.0..=STEP_LENGTH_M.1).contains(&step) => Ok((
            unit,
            format!(
                "median {:.0} a minute at {speed} m/s and faster, which makes steps of {step:.2} m",
                count.value
            ),
        )),
        Some(step) => Err(format!(
            "the median of {:.0} a minute would make steps of {step:.2} m",
            count.value
        )),
        None => Err("no speed to hold the cadence against".to_owned()),
    }
}

/// Speeds at the ticks that the decision rests on.
fn speeds_where_counted(draft: &Draft, values: &[f64], low_m_s: f64) -> Timed {
    let counted = |i: usize| values.get(i).is_some_and(|v| *v > 0.0);
    (0..draft.len())
        .filter(|i| counted(*i))
        .filter_map(|i| draft.speed_m_s(i).map(|v| (v, draft.weight_s(i))))
        .filter(|(v, seconds)| *v >= low_m_s && *seconds > 0.0)
        .collect()
}
