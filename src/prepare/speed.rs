//! Speed as recorded, else as the slope of distance.

use crate::activity::{Channel, Issue, IssueKind, Origin, Severity};
use crate::read::Field;
use crate::units::{Meters, MetersPerSecond, Quantity};

use super::{Context, Draft, NotPrepared, distance, vendor_fields};

/// Seconds over which a derived speed is taken. **chosen**: about what watches smooth by.
const SPAN_S: f64 = 5.0;
/// Gap between records over which no speed is derived. **chosen**: smart recording stays below.
const LONGEST_GAP_S: f64 = 60.0;
/// Share of non-zero values below which a recorded speed is empty while the distance grows.
const EMPTY_SHARE: f64 = 0.01;

/// Chooses or derives the speed.
pub(super) fn apply(draft: &mut Draft, _context: &Context<'_>) -> Result<Vec<Issue>, NotPrepared> {
    let mut issues = Vec::new();
    let mut candidates: Vec<(usize, f64)> =
        draft.candidates(Field::Speed).into_iter().map(|i| (i, 1.0)).collect();
    for i in draft.candidates(Field::Developer) {
        let Some(column) = draft.columns.get(i) else { continue };
        if let Some(known) = vendor_fields::meaning_of(column)
            && known.field == Field::Speed
            && vendor_fields::believed(column, known)
        {
            candidates.push((i, known.scale));
        }
    }
    let alive = |i: usize| {
        draft.columns.get(i).is_some_and(|column| {
            let moving = column.values.iter().flatten().filter(|v| *v > 0.0).count();
            moving as f64 > EMPTY_SHARE * column.values.present() as f64
        })
    };
    let factor = distance::calibration(draft, recorded_last_m(draft));
    let recorded = candidates.into_iter().find(|(i, _)| alive(*i));
    if let Some((index, scale)) = recorded
        && let Some(column) = draft.columns.get(index)
    {
        let source = vendor_fields::speaker(column, &draft.columns);
        let field = column.name.clone();
        let origin = match factor {
            Some(f) => {
                Origin::Corrected { from: field, by: format!("scaled by {f:.4} like the distance") }
            }
            None => Origin::Recorded { field, source },
        };
        let scale = scale * factor.map_or(1.0, |f| f);
        draft.channels.speed = Some(if scale == 1.0 {
            Channel::from_shared(column.values.shared(), origin)
        } else {
            Channel::new(column.values.iter().map(|v| v.map(|v| v * scale)), origin)
        });
        draft.chosen.insert(index);
        return Ok(issues);
    }
    draft.channels.speed = derived(draft);
    if draft.channels.speed.is_some() {
        let text = format!("speed is the slope of distance over {SPAN_S} s: the file has none");
        issues.push(Issue::new(IssueKind::SourceChoice, Severity::Note, text));
    }
    Ok(issues)
}

/// Last recorded distance before any scaling.
fn recorded_last_m(draft: &Draft) -> Option<f64> {
    let index = draft.candidates(Field::Distance).first().copied()?;
    let values = &draft.columns.get(index)?.values;
    (0..values.len()).rev().find_map(|i| values.get(i))
}

/// Slope of distance over the ticks within half a span on either side, never across a pause.
fn derived(draft: &Draft) -> Option<Channel<MetersPerSecond>> {
    let distance = draft.channels.distance.as_ref()?;
    let clock = draft.clock.as_ref()?;
    let points: Vec<(usize, f64, f64)> = distance
        .iter()
        .enumerate()
        .filter_map(|(i, d)| Some((i, clock.time(i)?.0, d.map(Meters::value)?)))
        .collect();
    let joined = |a: &(usize, f64, f64), b: &(usize, f64, f64)| {
        b.1 - a.1 <= LONGEST_GAP_S && !clock.stopped_between(a.1, b.1)
    };
    let mut values = vec![f64::NAN; draft.len()];
    let mut low = 0;
    let mut high = 0;
    for (k, here) in points.iter().enumerate() {
        while points.get(low).is_some_and(|p| p.1 < here.1 - SPAN_S / 2.0) {
            low += 1;
        }
        high = high.max(k);
        while points.get(high + 1).is_some_and(|p| p.1 <= here.1 + SPAN_S / 2.0) {
            high += 1;
        }
        // Sparse records have no neighbour inside the span: then the next one is used.
        let from = if low == k && high == k { k.saturating_sub(1) } else { low };
        let to = if low == k && high == k { (k + 1).min(points.len() - 1) } else { high };
        let ends = || {
            let (a, b) = (points.get(from)?, points.get(to)?);
            if joined(a, b) {
                return Some((a, b));
            }
            let (a, b) = (points.get(k)?, points.get((k + 1).min(to))?);
            (joined(a, b) && b.1 > a.1).then_some((a, b))
        };
        if let Some((a, b)) = ends()
            && b.1 > a.1
            && let Some(slot) = values.get_mut(here.0)
        {
            *slot = (b.2 - a.2) / (b.1 - a.1);
        }
    }
    let method = format!("slope of distance over {SPAN_S} s");
    let channel = Channel::from_raw(values, Origin::Derived { method });
    (channel.present() > 0).then_some(channel)
}
