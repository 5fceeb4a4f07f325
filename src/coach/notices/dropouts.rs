//! Stretches in which cadence read zero, was not recorded, stuck, halved or doubled.

use super::{Group, Kind, Notice, Seen, of_runs};
use crate::coach::Fault;
use crate::findings::lately;

/// The kind.
pub const KIND: Kind = Kind {
    id: "dropouts",
    group: Group::Data,
    news_days: lately::LATELY_DAYS,
    speaks_when: "in at least two runs of the last four weeks cadence was at fault for a stretch: \
                  it read zero while running (30 s), dropped out without a value (60 s), stuck on \
                  one value together with speed (60 s), fell to about half (60 s) or read over 240 \
                  steps a minute; a run without speed is not judged, as a zero may be a stop",
    chart: None,
    notices,
};

/// One run may be a bad day of a sensor. **chosen**
const FEWEST: usize = 2;

fn notices(seen: &Seen<'_>) -> Vec<Notice> {
    notice(seen).into_iter().collect()
}

fn notice(seen: &Seen<'_>) -> Option<Notice> {
    let history = seen.history();
    let faults = |run: usize| -> Vec<Fault> {
        let all = history.runs.get(run).map(Fault::of).unwrap_or_default();
        all.into_iter().filter(|fault| fault.is_of_stretch()).collect()
    };
    let (all, touched) = seen.lately(|run| !faults(run).is_empty());
    let each: Vec<(Fault, usize)> = Fault::ALL
        .into_iter()
        .map(|fault| (fault, touched.iter().filter(|run| faults(**run).contains(&fault)).count()))
        .filter(|(_, runs)| *runs > 0)
        .collect();
    let of = format!("{} of {all} runs of four weeks", touched.len());
    let before = match each.as_slice() {
        [(one, _)] => format!("Cadence {} in {of}: ", one.happened()),
        several => {
            let told =
                several.iter().map(|(fault, runs)| format!("{} in {runs}", fault.happened()));
            format!("Cadence was at fault in {of} ({}): ", told.collect::<Vec<_>>().join(", "))
        }
    };
    (touched.len() >= FEWEST).then(|| of_runs(history, &touched, before, KIND.notice())).flatten()
}
