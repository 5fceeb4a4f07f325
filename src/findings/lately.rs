//! What the last weeks hold: the readings that the opening and the rules speak about.

use crate::stats::weighted_mean;
pub use crate::trend::LATELY_DAYS;
use crate::trend::{CadenceModel, History, Sureness, Trend};

use super::Answer;

/// Days for which a single event is news. Source: `page`, cards.
pub const NEWS_DAYS: i32 = 14;

/// Runs of the last `days` days, today included, in order.
pub fn runs(history: &History, days: i32) -> Vec<usize> {
    history.runs_of_last(days)
}

/// Mean of a metric over runs, each counted by what it rests on (its minutes).
pub fn mean(history: &History, runs: &[usize], metric: &str) -> Option<f64> {
    let readings = runs.iter().filter_map(|r| history.reading(*r, metric));
    weighted_mean(readings.map(|reading| (reading.value, reading.n)))
}

/// The law of the watch that most runs lately were recorded with, where it has one.
pub fn model(history: &History) -> Option<&CadenceModel> {
    history.model_lately()
}

/// Cadence at the usual pace lately, and that pace as a speed; `None` where no run lately was
/// recorded with a watch that has a law.
pub fn cadence_at_easy_pace(history: &History) -> Option<(f64, f64)> {
    model(history)?;
    history.own_cadence().map(|own| (own.step_rate_spm, own.speed_m_s))
}

/// The recent trend of cadence at the runner's own reference speed.
pub fn cadence_trend(history: &History) -> Option<&Trend> {
    history.series_of("adjusted_cadence")?.recent.as_ref()
}

/// Changed: the interval and the size rule both hold. Unchanged: whatever lies in the interval is
/// too small to matter, or within the usual wandering. Otherwise it cannot be told.
pub fn answer(trend: &Trend) -> Answer {
    if trend.sureness == Sureness::Clear {
        return Answer::Changed;
    }
    let bar = match (trend.worthwhile, trend.usual_wander) {
        (Some(a), Some(b)) => Some(a.max(b)),
        (a, b) => a.or(b),
    };
    match (trend.change_interval(), bar) {
        (Some((low, high)), Some(bar)) if low >= -bar && high <= bar => Answer::Unchanged,
        _ => Answer::CannotTell,
    }
}

/// Whether a trend belongs to a device still in use: that of the last run, or one used since that
/// one came (exports of the same watch in two formats take turns).
pub fn is_current(history: &History, trend: &Trend) -> bool {
    let Some(last) = history.epoch_of.last() else { return false };
    let runs = |epoch: usize| history.epochs.get(epoch).map(|e| &e.runs);
    let came = runs(*last).and_then(|r| r.first());
    let used = runs(trend.epoch).and_then(|r| r.last());
    trend.epoch == *last || came.zip(used).is_some_and(|(came, used)| used > came)
}

/// About how many more runs of the same kind would make a change of the size worth a word show:
/// what can be detected shrinks with the root of their number.
pub fn runs_until_told(trend: &Trend) -> Option<usize> {
    let (detectable, worth) = (trend.detectable_change?, trend.worthwhile?);
    let needed = trend.n as f64 * (detectable / worth).powi(2);
    let more = needed - trend.n as f64;
    (more >= 1.0).then_some(more.ceil() as usize)
}
