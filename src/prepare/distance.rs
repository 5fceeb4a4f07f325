//! Distance since the start of this run, never decreasing.

use crate::activity::{Channel, Issue, IssueKind, Origin, Severity, SummaryKey, great_circle_m};
use crate::read::Field;
use crate::units::{Meters, Quantity};

use super::clock_repair::longest_rising;
use super::{Context, Draft, NotPrepared, vendor_fields};

/// A first distance larger than this belongs to an odometer or an earlier leg. **chosen**: more
/// than a watch counts before its first record.
const HEAD_START_M: f64 = 100.0;
/// A fall to less than this share of the value before is a counter that began again (laps that
/// count from zero), not noise. **chosen**.
const RESET_SHARE: f64 = 0.5;
/// Less than this over a whole file, while the positions move, is no distance. **chosen**.
const USELESS_M: f64 = 1.0;
/// Track length from which an empty distance counts as useless rather than as standing.
const MOVED_M: f64 = 100.0;
/// Steps between fixes shorter than this are collected before they count, so that a receiver's
/// jitter at rest does not add up. **chosen**.
const JITTER_M: f64 = 2.0;
/// Treadmill distances further apart than this from the session's are rescaled: the runner
/// calibrated after saving (`real-data` part 2, section 7).
const CALIBRATED_SHARE: f64 = 0.005;
/// A calibration beyond this factor is a mistake, not a calibration. **chosen**.
const CALIBRATION_MAX: f64 = 2.0;

/// Chooses the distance, or derives it from positions.
pub(super) fn apply(draft: &mut Draft, context: &Context<'_>) -> Result<Vec<Issue>, NotPrepared> {
    let mut issues = Vec::new();
    let recorded = recorded(draft, &mut issues);
    let covered = |d: &Channel<Meters>| last_m(d).map_or(0.0, |m| m);
    let distance = match recorded {
        Some(distance) if covered(&distance) >= USELESS_M => Some(distance),
        other => match from_positions(draft) {
            Some(derived) if other.is_none() || covered(&derived) >= MOVED_M => {
                let what = if other.is_some() { "is useless" } else { "is missing" };
                let text = format!("distance {what} in the file and was derived from positions");
                issues.push(Issue::new(IssueKind::Distance, Severity::Note, text));
                Some(derived)
            }
            _ => other,
        },
    };
    let distance = match distance {
        Some(distance) => Some(distance),
        None => from_speed(draft, &mut issues),
    };
    draft.channels.distance = distance.map(|d| calibrated(d, draft, context, &mut issues));
    Ok(issues)
}

/// Last value of a distance.
fn last_m(distance: &Channel<Meters>) -> Option<f64> {
    (0..distance.len()).rev().find_map(|i| distance.get(i)).map(Quantity::value)
}

/// The recorded distance, from this run's own start and never decreasing.
fn recorded(draft: &mut Draft, issues: &mut Vec<Issue>) -> Option<Channel<Meters>> {
    let native = draft.candidates(Field::Distance).first().copied();
    let pod = || {
        draft.candidates(Field::Developer).into_iter().find(|i| {
            let column = draft.columns.get(*i);
            column.is_some_and(|c| {
                vendor_fields::meaning_of(c)
                    .is_some_and(|k| k.field == Field::Distance && vendor_fields::believed(c, k))
            })
        })
    };
    let index = native.or_else(pod)?;
    let column = draft.columns.get(index)?;
    let source = vendor_fields::speaker(column, &draft.columns);
    let name = column.name.clone();
    let mut ticks: Vec<(usize, f64)> =
        column.values.iter().enumerate().filter_map(|(i, v)| v.map(|v| (i, v))).collect();
    let mut by: Vec<&str> = Vec::new();
    if restarted(&mut ticks) {
        by.push("joined where the counter began again");
    }
    if from_own_start(&mut ticks) {
        by.push("counted from this run's start");
    }
    let dropped = never_falling(&mut ticks);
    if dropped > 0 {
        by.push("without values that fall back");
    }
    let mut values = vec![f64::NAN; draft.len()];
    for (i, v) in ticks {
        if let Some(slot) = values.get_mut(i) {
            *slot = v;
        }
    }
    let origin = if by.is_empty() {
        Origin::Recorded { field: name, source }
    } else {
        let by = by.join(", ");
        let text = format!("distance repaired: {by}");
        issues
            .push(Issue::new(IssueKind::Distance, Severity::Repaired, text).count(dropped.max(1)));
        Origin::Corrected { from: name, by }
    };
    draft.chosen.insert(index);
    Some(Channel::from_raw(values, origin))
}

/// Adds up counters that began again at zero, as some exporters do at each lap.
fn restarted(ticks: &mut [(usize, f64)]) -> bool {
    if rises_throughout(ticks) {
        return false;
    }
    let mut base = 0.0;
    let mut previous: Option<f64> = None;
    let mut found = false;
    let lasting = ticks.iter().map(|(_, v)| *v).collect::<Vec<_>>();
    for (k, (_, v)) in ticks.iter_mut().enumerate() {
        let raw = *v;
        if let Some(before) = previous
            && before > HEAD_START_M
            && raw < HEAD_START_M
            && raw < RESET_SHARE * before
            // A spike falls back at once; a counter that began again stays below.
            && lasting.iter().skip(k).take(AGREEING).all(|next| *next < before)
            && lasting.iter().take(k).rev().take(AGREEING).all(|earlier| *earlier > RESET_SHARE * before)
        {
            base += before;
            found = true;
        }
        previous = Some(raw);
        *v = raw + base;
    }
    found
}

/// Records on either side of a counter's restart that must agree with it. **chosen**.
const AGREEING: usize = 5;

/// Takes the odometer's head start off.
fn from_own_start(ticks: &mut [(usize, f64)]) -> bool {
    let Some(first) = ticks.first().map(|(_, v)| *v) else {
        return false;
    };
    // A lone spike at the start is dropped as falling back, not taken off from all others.
    let agreed = ticks.iter().take(AGREEING).all(|(_, v)| *v >= first);
    if first <= HEAD_START_M || !agreed {
        return false;
    }
    for (_, v) in ticks.iter_mut() {
        *v -= first;
    }
    true
}

fn rises_throughout(ticks: &[(usize, f64)]) -> bool {
    ticks.windows(2).all(|w| matches!(w, [a, b] if a.1 <= b.1))
}

/// Keeps the longest sequence that never falls; returns how many values went.
fn never_falling(ticks: &mut Vec<(usize, f64)>) -> usize {
    if rises_throughout(ticks) {
        return 0;
    }
    let values: Vec<f64> = ticks.iter().map(|(_, v)| *v).collect();
    let keep = longest_rising(&values);
    let before = ticks.len();
    let mut marks = keep.into_iter();
    ticks.retain(|_| marks.next().is_some_and(|k| k));
    before - ticks.len()
}

/// Path length over the positions, pauses left out.
fn from_positions(draft: &Draft) -> Option<Channel<Meters>> {
    let (lat, lon) = (draft.channels.latitude.as_ref()?, draft.channels.longitude.as_ref()?);
    let clock = draft.clock.as_ref()?;
    let mut values = vec![f64::NAN; draft.len()];
    let mut anchor: Option<(f64, f64)> = None;
    let mut previous_s = 0.0;
    let mut total = 0.0;
    for (i, slot) in values.iter_mut().enumerate() {
        let (Some(here), Some(t)) =
            (lat.get(i).zip(lon.get(i)).map(|(a, b)| (a.0, b.0)), draft.seconds.get(i).copied())
        else {
            continue;
        };
        if let Some(from) = anchor {
            let step = great_circle_m(from, here);
            if clock.stopped_between(previous_s, t) {
                anchor = Some(here);
            } else if step >= JITTER_M {
                total += step;
                anchor = Some(here);
            }
        } else {
            anchor = Some(here);
        }
        previous_s = t;
        *slot = total;
    }
    let method = "great-circle steps between positions".to_owned();
    anchor.map(|_| Channel::from_raw(values, Origin::Derived { method }))
}

/// Speed times time, only where a file has neither distance nor positions.
fn from_speed(draft: &mut Draft, issues: &mut Vec<Issue>) -> Option<Channel<Meters>> {
    let index = draft.candidates(Field::Speed).first().copied()?;
    let column = draft.columns.get(index)?;
    let mut total = 0.0;
    let mut values = Vec::with_capacity(draft.len());
    for i in 0..draft.len() {
        values.push(total);
        if let Some(v) = column.values.get(i) {
            total += v * draft.weight_s(i);
        }
    }
    if total < USELESS_M {
        return None;
    }
    let text = "the file has neither distance nor positions: distance is speed times time, and \
                can be off by several percent";
    issues.push(Issue::new(IssueKind::Distance, Severity::Doubt, text));
    Some(Channel::from_raw(values, Origin::Derived { method: "speed times time".to_owned() }))
}

/// Scales an indoor distance to the session's: the runner calibrated the treadmill after saving.
fn calibrated(
    distance: Channel<Meters>,
    draft: &Draft,
    context: &Context<'_>,
    issues: &mut Vec<Issue>,
) -> Channel<Meters> {
    let stated = context.recording.summary.get(SummaryKey::DistanceM);
    let (Some(stated), Some(ours), true) = (stated, last_m(&distance), draft.indoor) else {
        return distance;
    };
    if ours < USELESS_M || stated < USELESS_M {
        return distance;
    }
    let factor = stated / ours;
    let within = (1.0 / CALIBRATION_MAX..=CALIBRATION_MAX).contains(&factor);
    if (factor - 1.0).abs() <= CALIBRATED_SHARE || !within {
        return distance;
    }
    let text = format!(
        "the records end at {ours:.0} m and the session states {stated:.0} m: the treadmill was \
         calibrated after saving, distance and speed are scaled by {factor:.3}"
    );
    issues.push(Issue::new(IssueKind::Distance, Severity::Repaired, text));
    let by = format!("scaled by {factor:.4} to the session's distance");
    let from = match distance.origin() {
        Origin::Recorded { field, .. } => field.clone(),
        _ => "distance".to_owned(),
    };
    distance.map(Origin::Corrected { from, by }, |_, m| Some(Meters(m.0 * factor)))
}

/// Factor by which an indoor distance was scaled, so that speed follows.
pub(super) fn calibration(draft: &Draft, column_last_m: Option<f64>) -> Option<f64> {
    let distance = draft.channels.distance.as_ref()?;
    let Origin::Corrected { by, .. } = distance.origin() else {
        return None;
    };
    by.starts_with("scaled by").then_some(())?;
    let raw = column_last_m.filter(|m| *m >= USELESS_M)?;
    Some(last_m(distance)? / raw)
}
