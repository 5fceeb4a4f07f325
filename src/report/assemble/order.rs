//! Runs in the order of their start, each once, and numbered.

#![expect(
    clippy::vec_box,
    reason = "each file is let go as soon as it is sorted in; unboxed, all would stay until the last"
)]

use std::collections::BTreeMap;

use super::files::{Part, State, Taken, skipped};
use crate::Analysis;
use crate::intake::{Trace, TwoPeople, duplicates, two_people};
use crate::report::{Fate, Input, json};

/// The runs that count, and what became of every file.
pub(super) struct Ordered {
    /// The runs, first one first.
    pub(super) runs: Vec<Analysis>,
    /// The files, with the fate of each of their parts.
    pub(super) inputs: Vec<Input>,
    /// Why the runs cannot be one person's.
    pub(super) contradiction: Option<TwoPeople>,
}

impl Ordered {
    /// Puts runs in order, sets doubles aside and looks whether one person can have run them all.
    pub(super) fn of(files: Vec<Box<Taken>>) -> Self {
        let (mut inputs, runs) = gather(files);
        let runs = set_doubles_aside(runs, &mut inputs);
        let contradiction = two_people(runs.iter().map(|placed| placed.trace.as_ref()));
        Self { runs: number_runs(runs, &mut inputs), inputs, contradiction }
    }
}

/// An analysed run with its place among the inputs.
struct Placed {
    input: usize,
    fate: usize,
    analysis: Box<Analysis>,
    trace: Box<Trace>,
}

/// Splits files into their fates and the runs found in them, in the order of their start.
fn gather(files: Vec<Box<Taken>>) -> (Vec<Input>, Vec<Placed>) {
    let mut inputs = Vec::with_capacity(files.len());
    let mut runs = Vec::new();
    for (index, taken) in files.into_iter().enumerate() {
        let Taken { mut input, parts } = *taken;
        input.fates.reserve_exact(parts.len());
        for Part { state, trace, .. } in parts {
            match state {
                State::Aside(fate) => input.fates.push(*fate),
                // Nothing waits any more; if it did, it would be named and not lost.
                State::Waiting(_) => input.fates.push(skipped("was not analysed", Vec::new())),
                State::Analysed(analysis) => {
                    let fate = input.fates.len();
                    input.fates.push(Fate::Run { run: usize::MAX });
                    let trace = trace.unwrap_or_default();
                    runs.push(Placed { input: index, fate, analysis, trace });
                }
            }
        }
        inputs.push(input);
    }
    runs.sort_by(|a, b| {
        let key = |p: &Placed| (p.analysis.meta.start, p.analysis.meta.part);
        key(a).cmp(&key(b)).then_with(|| a.analysis.meta.file.cmp(&b.analysis.meta.file))
    });
    (inputs, runs)
}

/// Of runs recorded or exported twice one is kept; the others say which.
fn set_doubles_aside(runs: Vec<Placed>, inputs: &mut [Input]) -> Vec<Placed> {
    let traces: Vec<&Trace> = runs.iter().map(|p| p.trace.as_ref()).collect();
    let doubles = duplicates(&traces);
    let label = |of: &usize| Some((*of, json::run_id(&runs.get(*of)?.analysis)));
    let labels: BTreeMap<usize, String> = doubles.iter().flatten().filter_map(label).collect();
    let mut kept = Vec::with_capacity(runs.len());
    for (placed, double) in runs.into_iter().zip(doubles) {
        match double.and_then(|of| labels.get(&of)) {
            Some(of) => set_fate(inputs, &placed, Fate::Duplicate { of: of.clone() }),
            None => kept.push(placed),
        }
    }
    kept
}

/// Gives each kept run its final index, and lets its trace go.
fn number_runs(runs: Vec<Placed>, inputs: &mut [Input]) -> Vec<Analysis> {
    let mut analyses = Vec::with_capacity(runs.len());
    for (run, placed) in runs.into_iter().enumerate() {
        set_fate(inputs, &placed, Fate::Run { run });
        analyses.push(*placed.analysis);
    }
    analyses
}

fn set_fate(inputs: &mut [Input], placed: &Placed, fate: Fate) {
    let slot = inputs.get_mut(placed.input).and_then(|i| i.fates.get_mut(placed.fate));
    if let Some(slot) = slot {
        *slot = fate;
    }
}
