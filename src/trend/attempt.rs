//! One thing to try: a few more steps at the same pace, for a runner who asks, with how many runs
//! it would take until their own numbers show it.
//!
//! Source: `science` 2.4 for the size (5 % of one's own step rate, an option and no target),
//! [`crate::stats::values_to_find`] for the number of runs.

use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;

use super::corridor::{Advice, AtSpeed, OwnSpeed};
use super::series::placed;
use super::{History, RUNS_EACH_SIDE};
use crate::settings::Rules;
use crate::stats::values_to_find;

/// More runs than this are no answer to "when shall I see it". **chosen**: half a year of three a
/// week.
const MOST_RUNS: usize = 80;

/// What to try, and how to see whether it did anything.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Attempt {
    /// Own step rate and the corridor over it at the runner's own speeds.
    pub speeds: Vec<AtSpeed>,
    /// Beats a minute for a metronome: the lower edge at the usual speed, a whole number; `None`
    /// where more steps are no aim there.
    pub metronome_spm: Option<f64>,
    /// Runs until the change would show if all running moved to the lower edge; `None` where the
    /// runs before it do not tell, or more than 80 would not do.
    pub runs_whole: Option<usize>,
    /// The same if it moved half as far.
    pub runs_half: Option<usize>,
    /// The first day that would count as after: tomorrow.
    pub from: Date,
}

impl History {
    /// What to try with cadence; `None` without a cadence law or a day that counts as today.
    pub fn attempt(&self, rules: &Rules) -> Option<Attempt> {
        let corridor = self.corridor(rules)?;
        let from = self.today?.checked_add(1.day()).ok()?;
        let usual = corridor.speeds.iter().find(|s| s.speed == OwnSpeed::Usual);
        let option = usual.filter(|s| s.advice == Advice::Option).map(|s| s.target);
        let metronome_spm = option.map(|t| t.low_spm.round());
        let more = option.map(|t| t.low_spm - t.step_rate_spm);
        let series = self.series_of("adjusted_cadence");
        // Spread from run to run is the runner's: a new watch borrows it from the one before.
        let of_epoch = |epoch| series.map_or_else(Vec::new, |s| placed(self, &s.points, epoch));
        let most = (0..self.epochs.len()).map(of_epoch).max_by_key(Vec::len).unwrap_or_default();
        let values: Vec<f64> = most.iter().map(|p| p.value).collect();
        let before = values.get(values.len().saturating_sub(RUNS_EACH_SIDE)..).unwrap_or_default();
        let runs = |part: f64| values_to_find(part * more?, before, MOST_RUNS);
        Some(Attempt {
            metronome_spm,
            runs_whole: runs(1.0),
            runs_half: runs(0.5),
            from,
            speeds: corridor.speeds,
        })
    }
}
