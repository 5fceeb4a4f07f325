//! Two single runs: what they show at shared speeds, and how far two runs differ by themselves.

use super::groups::{DYNAMICS, in_every_run, measure, sensed};
use super::matched::{Value, two_runs};
use super::{Comparison, Difference, Kind, Measure, co_changes, controls, side};
use crate::Analysis;
use crate::segment::Dynamics;
use crate::stats::student_quantile;
use crate::trend::{History, Sureness};

/// How far the level of a run scatters about the runner's own, where there is no history to say so.
/// Source: `real-data` part 2, sections 2 and 2b: the largest of seven runners, since which of them
/// this runner resembles is not known.
const RUN_SD: [(&str, f64); 4] = [
    ("step_rate", 2.6),
    ("ground_contact_time", 6.6),
    ("vertical_oscillation", 3.3),
    ("vertical_ratio", 0.28),
];
/// The smallest difference of two single runs worth a word. Source: `real-data` part 2, section 4
/// (for one run); of vertical ratio twice what groups of runs show.
const WORTHWHILE: [(&str, f64); 4] = [
    ("step_rate", 4.0),
    ("ground_contact_time", 10.0),
    ("vertical_oscillation", 6.0),
    ("vertical_ratio", 0.5),
];
/// Runs of one device from which the runner's own scatter is known. **chosen**.
const RUNS_FOR_OWN_SD: usize = 12;
/// Runs between two whose difference is taken as scatter. **chosen**: at a likeness of neighbours of
/// up to 0.33 (`real-data` part 2, section 2) little of it is left over three.
const APART: usize = 3;
/// What each of these differences is worth beside independent ones: neighbouring differences share
/// a run, or runs that resemble each other. Computed: 1 / (1 + 2 sum of their squared correlations),
/// 0.67 without likeness of neighbouring runs and 0.63 at one of 0.2.
const WORTH: f64 = 0.63;
/// Standard deviations of a 95 % interval, where the scatter is known.
const Z: f64 = 1.96;

/// Compares two runs.
pub(super) fn pair(history: &History, first: usize, second: usize) -> Comparison {
    let (a, b) = (history.runs.get(first), history.runs.get(second));
    let both: (Vec<&Analysis>, Vec<&Analysis>) = (a.into_iter().collect(), b.into_iter().collect());
    let same_device = history.epoch_of.get(first) == history.epoch_of.get(second);
    let epoch = history.epoch_of.get(first).and_then(|e| history.epochs.get(*e));
    let dynamics = if same_device { epoch.map(|e| e.dynamics) } else { Some(Dynamics::None) };
    let cadence = a.zip(b).and_then(|(a, b)| {
        let own = if same_device { own_scatter(history, first) } else { None };
        difference("step_rate", (a, b), |p| Some(p.step_rate_spm), own)
    });
    let mut measures: Vec<Measure> = vec![measure("step_rate", cadence.ok_or_else(too_little))];
    measures.extend(DYNAMICS.iter().map(|(id, _, value)| {
        let found = sensed(dynamics)
            .and_then(|()| in_every_run(id, a.into_iter().chain(b), *value))
            .and_then(|()| {
                let pair = a.zip(b);
                pair.and_then(|pair| difference(id, pair, *value, None)).ok_or_else(too_little)
            });
        measure(id, found)
    }));
    Comparison {
        kind: Kind::Runs,
        date: None,
        measures,
        controls: controls::controls(&both.0, &both.1),
        changed_too: co_changes::co_changes(history, &[first], &[second]),
        sides: [side(history, vec![first]), side(history, vec![second])],
    }
}

fn too_little() -> String {
    "under four minutes at the same speeds on the level".to_owned()
}

/// The difference of two runs. Its interval adds how runs scatter by themselves to what the blocks
/// inside the runs show: a pair alone shows that two runs differed, not that the runner did.
fn difference(
    id: &str,
    (first, second): (&Analysis, &Analysis),
    value: Value,
    own_scatter: Option<f64>,
) -> Option<Difference> {
    let found = two_runs(first, second, value)?;
    let known = |table: &[(&str, f64)]| table.iter().find(|(key, _)| *key == id).map(|t| t.1);
    let scatter = own_scatter.or_else(|| Some(Z * known(&RUN_SD)?))?;
    let usual = std::f64::consts::SQRT_2 * scatter;
    let total = |end: f64| usual.hypot(found.change - end);
    let interval = (found.change - total(found.inside.0), found.change + total(found.inside.1));
    let worthwhile = known(&WORTHWHILE);
    let minutes = (found.overlap_s / 60.0) as usize;
    Some(Difference {
        first: found.first,
        second: found.first + found.change,
        change: found.change,
        interval: Some(interval),
        inside_interval: Some(found.inside),
        detectable_change: None,
        usual_wander: Some(usual),
        worthwhile,
        n: (minutes, minutes),
        n_unit: "min",
        sureness: Sureness::of(found.change, Some(interval), &[worthwhile, Some(usual)]),
    })
}

/// How far a run of this runner lies from the usual at most, in 95 of 100: from runs of the same
/// device three apart, so that slow wandering hardly counts and neither does the likeness of
/// neighbours, which would make two runs look nearer than any two are; `None` with too few. Student's
/// quantile, since a few dozen runs tell the scatter only roughly.
fn own_scatter(history: &History, run: usize) -> Option<f64> {
    let epoch = history.epoch_of.get(run)?;
    let series = history.series_of("adjusted_cadence")?;
    let values: Vec<f64> =
        series.points.iter().filter(|p| p.epoch == *epoch && p.trended).map(|p| p.value).collect();
    if values.len() < RUNS_FOR_OWN_SD {
        return None;
    }
    let steps = values.iter().zip(values.iter().skip(APART)).map(|(a, b)| (b - a).powi(2));
    let n = (values.len() - APART) as f64;
    let sd = (steps.sum::<f64>() / (2.0 * n)).sqrt();
    Some(student_quantile(0.975, WORTH * n)? * sd)
}
