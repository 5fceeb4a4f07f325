//! Many runs on each side: the run is the unit, and neighbouring runs resemble each other.

use jiff::civil::Date;

use super::matched::{Value, per_run};
use super::{Comparison, Difference, Kind, Measure, co_changes, controls, side};
use crate::Analysis;
use crate::metrics::metric;
use crate::segment::Dynamics;
use crate::settings::DaySpan;
use crate::stats::mean_difference;
use crate::trend::{BeforeAfter, History, NoComparison, RUNS_EACH_SIDE, Sureness};

/// Running dynamics that are compared at matched speed, with the smallest difference worth a word.
/// Source: `real-data` part 2, section 2b (contact time, oscillation); of vertical ratio the change
/// that 20 runs on each side show there.
pub(super) const DYNAMICS: [(&str, f64, Value); 3] = [
    ("ground_contact_time", 6.0, |p| p.ground_contact_time_ms),
    ("vertical_oscillation", 3.0, |p| p.vertical_oscillation_mm),
    ("vertical_ratio", 0.25, |p| p.vertical_ratio_percent),
];

/// Before a date and from it on.
pub(super) fn at(history: &History, date: Date) -> Comparison {
    let found = history.before_after("adjusted_cadence", date);
    let cut = |wanted: fn(&Date, &Date) -> bool| -> Vec<usize> {
        let days = history.days.iter().enumerate();
        days.filter(|(_, d)| wanted(d, &date)).map(|(i, _)| i).collect()
    };
    let (before, mut after) = (cut(|d, date| d < date), cut(|d, date| d >= date));
    let before = before.get(before.len().saturating_sub(RUNS_EACH_SIDE)..).unwrap_or_default();
    after.truncate(RUNS_EACH_SIDE);
    let mut made = groups(history, found, before.to_vec(), after);
    (made.kind, made.date) = (Kind::BeforeAfter, Some(date));
    made
}

/// Two periods.
pub(super) fn periods(history: &History, first: DaySpan, second: DaySpan) -> Comparison {
    let found = history.between_periods(
        "adjusted_cadence",
        (first.first, first.last),
        (second.first, second.last),
    );
    let within = |span: DaySpan| history.runs_between(span.first, span.last).collect::<Vec<_>>();
    groups(history, found, within(first), within(second))
}

/// The comparison of two groups; the runs that count for cadence count for everything else, and
/// where cadence has none, all of them.
fn groups(
    history: &History,
    found: Result<BeforeAfter, NoComparison>,
    first: Vec<usize>,
    second: Vec<usize>,
) -> Comparison {
    let (first, second) = match &found {
        Ok(f) => f.runs.clone(),
        Err(_) => (first, second),
    };
    let of = |side: &[usize]| -> Vec<&Analysis> {
        side.iter().filter_map(|r| history.runs.get(*r)).collect()
    };
    let (a, b) = (of(&first), of(&second));
    let epoch = found.as_ref().ok().and_then(|f| history.epochs.get(f.epoch));
    let dynamics = epoch.map(|e| e.dynamics);
    let mut measures = vec![cadence(found)];
    measures.extend(DYNAMICS.iter().map(|(id, worth, value)| {
        let found = sensed(dynamics)
            .and_then(|()| in_every_run(id, a.iter().chain(&b).copied(), *value))
            .and_then(|()| matched(&a, &b, *value, *worth));
        measure(id, found)
    }));
    Comparison {
        kind: Kind::Periods,
        date: None,
        measures,
        controls: controls::controls(&a, &b),
        changed_too: co_changes::co_changes(history, &first, &second),
        sides: [side(history, first), side(history, second)],
    }
}

/// What goes with overstriding beside step rate. Runs are compared by the components that all of
/// them have: otherwise step rate and its companions would speak of different runs. Source:
/// `science` 2.12 (common component set).
const COMPONENTS: &[&str] = &["vertical_ratio"];

/// Whether a component of overstriding is there in every run; how many have it, otherwise. What is
/// no component may be missing in some.
pub(super) fn in_every_run<'a>(
    id: &str,
    runs: impl Iterator<Item = &'a Analysis>,
    value: Value,
) -> Result<(), String> {
    if !COMPONENTS.contains(&id) {
        return Ok(());
    }
    let (mut with, mut all) = (0_usize, 0_usize);
    for run in runs {
        all += 1;
        with += usize::from(run.pieces.iter().any(|p| value(&p).is_some()));
    }
    if with == all {
        return Ok(());
    }
    if with == 0 {
        return Err("not recorded".to_owned());
    }
    Err(format!("recorded in {with} of these {all} runs; only what all of them have is compared"))
}

/// A measure of a metric.
pub(super) fn measure(id: &'static str, found: Result<Difference, String>) -> Measure {
    let known = metric(id);
    let (difference, unavailable) = match found {
        Ok(difference) => (Some(difference), None),
        Err(why) => (None, Some(why)),
    };
    Measure {
        id,
        title: known.map_or(id, |m| m.title),
        unit: known.map_or("", |m| m.unit.shown),
        difference,
        unavailable,
    }
}

/// Whether the dynamics are a sensor's word; why not, otherwise.
pub(super) fn sensed(dynamics: Option<Dynamics>) -> Result<(), String> {
    match dynamics {
        Some(Dynamics::Measured) => Ok(()),
        Some(Dynamics::Estimated) => {
            Err("estimated by the watch from speed and cadence: evidence of nothing".to_owned())
        }
        Some(Dynamics::NotKnown) => {
            Err("too little running to tell whether a sensor measured it".to_owned())
        }
        Some(Dynamics::None) | None => Err("not recorded by one device on both sides".to_owned()),
    }
}

fn cadence(found: Result<BeforeAfter, NoComparison>) -> Measure {
    let found = found.map_err(in_words).map(|f| Difference {
        first: f.means.0,
        second: f.means.1,
        change: f.change,
        interval: f.interval,
        inside_interval: None,
        detectable_change: f.detectable_change,
        usual_wander: f.usual_wander,
        worthwhile: f.worthwhile,
        n: (f.runs.0.len(), f.runs.1.len()),
        n_unit: "runs",
        sureness: f.sureness,
    });
    measure("adjusted_cadence", found)
}

fn in_words(why: NoComparison) -> String {
    match why {
        NoComparison::NoSeries => "no cadence at a steady pace in these files".to_owned(),
        NoComparison::TooFewRuns { before, after, needed } => format!(
            "{before} and {after} runs with one watch and ten steady minutes; each side needs \
             {needed}"
        ),
        NoComparison::DeviceChanged => {
            "the watch or a sensor changed in between, and two differ by up to 3 spm".to_owned()
        }
        NoComparison::NoSpread => "all runs show the very same value".to_owned(),
    }
}

/// Dynamics at matched speed: each run's distance from the first side's level at its own speeds.
fn matched(
    first: &[&Analysis],
    second: &[&Analysis],
    value: Value,
    worthwhile: f64,
) -> Result<Difference, String> {
    let values = per_run(first, second, value).ok_or("no running at the same speeds")?;
    let n = (values.first.len(), values.second.len());
    let found = mean_difference(&values.first, &values.second).ok_or_else(|| {
        format!("{} and {} runs at the same speeds; each side needs eight", n.0, n.1)
    })?;
    let bars = [Some(worthwhile), found.detectable];
    let base = mean(&values.first);
    Ok(Difference {
        first: base,
        second: base + found.change,
        change: found.change,
        interval: found.interval,
        inside_interval: None,
        detectable_change: found.detectable,
        usual_wander: None,
        worthwhile: Some(worthwhile),
        n,
        n_unit: "runs",
        sureness: Sureness::of(found.change, found.interval, &bars),
    })
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}
