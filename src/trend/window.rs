//! A part of a history: what a page of the last weeks shows. What looks back (spikes and how rare
//! they are, the ceiling, the runner's cadence law, the distance in a shoe) keeps what it found in
//! the whole past; what adds up or draws a trend does so over the days shown.

use jiff::civil::Date;

use super::corridor::OwnPaces;
use super::days::later;
use super::{History, Surfaces, series, weeks};

impl History {
    /// Leaves the runs from a day on, and says how many earlier ones went.
    pub fn show_since(&mut self, since: Date) -> usize {
        let gone = self.days.partition_point(|day| *day < since);
        if gone == 0 {
            return 0;
        }
        let spikes = (0..gone).filter_map(|run| self.reading(run, "single_run_spike"));
        let spikes: Vec<f64> = spikes.map(|reading| reading.value).collect();
        self.spikes_before.extend(spikes);
        self.runs.drain(..gone);
        self.days.drain(..gone);
        self.past.drain(..gone);
        self.shoes.forget_first(gone);
        self.renumber_epochs(gone);
        self.pain.retain(|note| note.day >= since);
        for note in &mut self.pain {
            note.run = note.run.and_then(|run| run.checked_sub(gone));
        }
        self.gaps.retain(|gap| gap.after > since);
        self.other_sports.retain(|other| other.day >= since);
        self.add_up_anew();
        gone
    }

    /// Epochs without a run go; the others close up.
    fn renumber_epochs(&mut self, gone: usize) {
        self.epoch_of.drain(..gone);
        let mut place = Vec::with_capacity(self.epochs.len());
        let mut kept = 0;
        for epoch in &mut self.epochs {
            epoch.runs = epoch.runs.iter().filter_map(|run| run.checked_sub(gone)).collect();
            place.push((!epoch.runs.is_empty()).then_some(kept));
            kept += usize::from(!epoch.runs.is_empty());
        }
        self.epochs.retain(|epoch| !epoch.runs.is_empty());
        let now = |epoch: usize| place.get(epoch).copied().flatten();
        for epoch in &mut self.epoch_of {
            *epoch = now(*epoch).unwrap_or_default();
        }
        self.models.retain_mut(|model| now(model.epoch).map(|e| model.epoch = e).is_some());
        self.grade_checks.retain_mut(|check| now(check.epoch).map(|e| check.epoch = e).is_some());
        self.device_steps.retain_mut(|step| {
            let both = now(step.from_epoch).zip(now(step.to_epoch));
            let at = both.zip(step.first_run.checked_sub(gone));
            at.map(|((from, to), run)| {
                (step.from_epoch, step.to_epoch, step.first_run) = (from, to, run)
            })
            .is_some()
        });
    }

    /// Weeks, surfaces and series over what is left.
    fn add_up_anew(&mut self) {
        let known = self.weeks.iter().any(|week| week.other_sports_s.is_some());
        let mut weeks = weeks::weeks(&self.runs, &self.days, self.today, self.fast_from_m_s);
        for week in weeks.iter_mut().filter(|_| known) {
            let others = self.other_sports_between(week.monday, later(week.monday, 6));
            week.other_sports_s = Some(others.iter().map(|o| o.duration_s).sum());
        }
        self.weeks = weeks;
        // Shares of the last weeks look back further than the days shown may reach.
        let mut surfaces = Surfaces::over(&self.runs, &self.days, self.today);
        for one in &mut surfaces.covered {
            if let Some(whole) = self.surfaces.covered.iter().find(|c| c.surface == one.surface) {
                (one.week_share, one.before_share) = (whole.week_share, whole.before_share);
            }
        }
        self.surfaces = surfaces;
        self.own_paces = OwnPaces::default();
        self.series = series::all(self);
    }
}

#[cfg(test)]
mod tests {
    use crate::settings::Settings;
    use crate::trend::History;

    #[test]
    fn an_empty_history_has_nothing_to_hide() {
        let mut none = History::build(Vec::new(), &Settings::default());
        assert_eq!(none.show_since(jiff::civil::date(2026, 1, 1)), 0);
    }
}
