//! The history, in the order in which its parts need each other.

use super::corridor::OwnPaces;
use super::model;
use super::{
    History, Past, Shoes, Surfaces, days, device_steps, epochs, gaps, grade_repeats, load,
};
use super::{progression, series, weeks};
use crate::Analysis;
use crate::metrics::{Compute, METRICS, Readings, SharedWords};
use crate::settings::Settings;
use rayon::prelude::*;

impl History {
    /// Builds the history of one runner. The order of `analyses` does not matter: runs are put in
    /// order of their start, then file, then part.
    pub fn build(mut runs: Vec<Analysis>, settings: &Settings) -> Self {
        let order = |a: &Analysis, b: &Analysis| {
            let start = a.meta.start.cmp(&b.meta.start);
            start.then_with(|| (&a.meta.file, a.meta.part).cmp(&(&b.meta.file, b.meta.part)))
        };
        // Mostly they are in order, and to sort them takes room for half of them.
        if !runs.is_sorted_by(|a, b| order(a, b).is_le()) {
            runs.sort_by(order);
        }
        let days: Vec<_> = runs.iter().map(|r| days::day_of(&r.meta, settings)).collect();
        let day_rule = days::rule(runs.iter().map(|r| r.meta.as_ref()), settings);
        let last = runs.last().map(|r| r.meta.as_ref()).zip(days.last().copied());
        let today = days::today(last, settings);
        let (epochs, epoch_of) = epochs::epochs(&runs);
        let grade_checks = grade_repeats::check(&mut runs, &epochs);
        let models = epochs
            .par_iter()
            .enumerate()
            .filter_map(|(epoch, members)| {
                let runs: Vec<&Analysis> =
                    members.runs.iter().filter_map(|r| runs.get(*r)).collect();
                model::fit(epoch, &runs)
            })
            .collect();
        let fast_from_m_s = weeks::fast_from_m_s(&runs);
        let mut history = Self {
            rules: settings.rules,
            gaps: gaps::gaps(&days, settings),
            other_sports: Vec::new(),
            spikes_before: Vec::new(),
            load: None,
            weeks: weeks::weeks(&runs, &days, today, fast_from_m_s),
            ceiling: progression::ceiling(&runs, &days, today, &settings.rules),
            device_steps: device_steps::device_steps(&runs, &epochs, &epoch_of),
            grade_checks,
            shoes: Shoes::over(&runs, &days, today),
            surfaces: Surfaces::over(&runs, &days, today),
            pain: Vec::new(),
            own_paces: OwnPaces::default(),
            past: Vec::new(),
            series: Vec::new(),
            runs,
            days,
            day_rule,
            today,
            epochs,
            epoch_of,
            models,
            fast_from_m_s,
        };
        let words = SharedWords::default();
        history.past = (0..history.runs.len())
            .into_par_iter()
            .map(|run| {
                let mut past = past(&history, run, settings);
                past.share(&words);
                past
            })
            .collect();
        history.series = series::all(&history);
        history.load = load::load(&history, settings);
        history
    }
}

/// Outcomes of the metrics of the past for one run.
fn past(history: &History, index: usize, settings: &Settings) -> Readings {
    let past = Past {
        runs: &history.runs,
        days: &history.days,
        index,
        epoch_of: &history.epoch_of,
        models: &history.models,
        shoes: &history.shoes,
        settings,
    };
    METRICS
        .iter()
        .filter_map(|metric| match metric.compute {
            Compute::Past(compute) => Some((metric.id, compute(&past))),
            Compute::Run(_) | Compute::Noted(_) => None,
        })
        .collect()
}
