//! The one cadence by which a runner is told: steps a minute at the usual pace on the level, lately.
//! Every other cadence of a report says how it stands to this one.

use serde::Serialize;

use super::{CadenceModel, History};
use crate::stats::weighted_mean;

/// Days that "lately" means: four weeks. **chosen**.
pub const LATELY_DAYS: i32 = 28;

/// Steps a minute at the usual pace, lately.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct OwnCadence {
    /// Device epoch it was recorded with.
    pub epoch: usize,
    /// The usual pace as a speed: the reference speed of that device's law.
    pub speed_m_s: f64,
    /// Mean over the runs of the last four weeks on the level at that speed, by their minutes; over
    /// all runs of the device where none of those tells it.
    pub step_rate_spm: f64,
}

impl History {
    /// Runs of the last `days` days, today included, in order.
    pub fn runs_of_last(&self, days: i32) -> Vec<usize> {
        let Some(today) = self.today else { return Vec::new() };
        let recent = |i: &usize| {
            self.days.get(*i).is_some_and(|d| (0..days).contains(&(today - *d).get_days()))
        };
        (0..self.runs.len()).filter(recent).collect()
    }

    /// Runs of the last four weeks; the last run alone where there is none.
    pub fn runs_lately(&self) -> Vec<usize> {
        let lately = self.runs_of_last(LATELY_DAYS);
        match (lately.is_empty(), self.runs.len().checked_sub(1)) {
            (true, Some(last)) => vec![last],
            _ => lately,
        }
    }

    /// The law of the watch that most runs lately were recorded with, where it has one; of equals
    /// the one worn last.
    pub fn model_lately(&self) -> Option<&CadenceModel> {
        let lately = self.runs_lately();
        let worn =
            |epoch: usize| lately.iter().filter(move |r| self.epoch_of.get(**r) == Some(&epoch));
        self.models
            .iter()
            .filter(|m| worn(m.epoch).count() > 0)
            .max_by_key(|m| (worn(m.epoch).count(), worn(m.epoch).max().copied()))
    }

    /// The law by which the report tells cadence: that of the watch worn lately; where it has none
    /// yet, the one that rests on most running.
    pub fn model_in_use(&self) -> Option<&CadenceModel> {
        self.model_lately().or_else(|| self.models.iter().max_by_key(|m| m.segments))
    }

    /// The runner's own cadence; `None` without a cadence law.
    pub fn own_cadence(&self) -> Option<OwnCadence> {
        let model = self.model_in_use()?;
        let mine = self.runs_lately().into_iter();
        let readings = mine
            .filter(|run| self.epoch_of.get(*run) == Some(&model.epoch))
            .filter_map(|run| self.reading(run, "adjusted_cadence"));
        let lately = weighted_mean(readings.map(|reading| (reading.value, reading.n)));
        Some(OwnCadence {
            epoch: model.epoch,
            speed_m_s: model.reference_speed_m_s,
            step_rate_spm: lately.unwrap_or(model.reference_step_rate_spm),
        })
    }

    /// The runner's own cadence at another speed: the law of its device, moved to where the runner
    /// stands lately; `None` outside the speeds that the law has seen.
    pub fn own_cadence_at(&self, speed_m_s: f64) -> Option<f64> {
        let (model, own) = (self.model_in_use()?, self.own_cadence()?);
        Some(model.level(speed_m_s)? + own.step_rate_spm - model.reference_step_rate_spm)
    }

    /// How many steps a minute lie between a device's own usual pace and the page's: what to add to
    /// a cadence told at the first to tell it at the second. One for each device epoch; `None`
    /// where that device has no law or its law does not reach so far.
    pub fn to_own_pace(&self) -> Vec<Option<f64>> {
        let speed = self.model_in_use().map(|model| model.reference_speed_m_s);
        let moved = |epoch: usize| {
            let model = self.models.iter().find(|m| m.epoch == epoch)?;
            Some(model.level(speed?)? - model.reference_step_rate_spm)
        };
        (0..self.epochs.len()).map(moved).collect()
    }
}
