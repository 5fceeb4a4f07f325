//! Time and steps below, in and above 170 to 180 steps a minute.

use std::ops::RangeInclusive;
use std::sync::LazyLock;

use super::form_mean::form_mean;
use super::speed_bins::bin_prefix;
use super::step_rate_source::{corrected_origin, whole_stride_caveat};
use super::{Compute, Doc, Evidence, Metric, Outcome, Reading, Run, Unavailable, unit};
use crate::segment::{SPEED_BIN_M_S, running_step_rate};

/// The band, closed at both ends. It is a reference line and no pass mark: the metabolic optimum at
/// 3.0 m/s was 169.6 +- 7.2 spm (`lieberman2015`), trained runners' optimum 174 (`deruiter2014`),
/// elites race at 155 to 203 (`burns2019`).
pub const BAND_SPM: RangeInclusive<f64> = 170.0..=180.0;
/// Running slower than this is easy jogging, where the band is out of most people's reach.
/// Source: `science` 2.2.
pub const SLOW_M_S: f64 = 2.7;
/// Least time in a speed bin for it to be told. **chosen**: two pieces of 30 s.
const LEAST_BIN_S: f64 = 60.0;
/// Speed bins told: 1.0 to 7.0 m/s.
const BINS: usize = 14;

/// Cadence bands.
pub const METRIC: Metric = Metric {
    id: "cadence_bands",
    title: "Running at 170-180 spm",
    unit: unit::SHARE,
    evidence: Evidence::A,
    sources: &["lieberman2015", "deruiter2014", "burns2019", "szymanek2020"],
    doc: Doc {
        measures: "The share of your running time with 170 to 180 steps a minute, and how much \
                   lay below and above.",
        formula: "p = sum(w_i [170 <= f_i <= 180]) / sum(w_i) over settled running; for steps \
                  each w_i is multiplied by f_i. Also for each speed bin of 0.5 m/s.",
        needs: "Cadence in the records; speed for the bins.",
        unavailable: "There is no cadence, or under 5 minutes of settled running.",
        limits: "The band is a reference line and no pass mark: it is worth 1.8 m/s of speed or 8 \
                 cm of body height. Slow running lies below it in most people.",
    },
    trended: true,
    compute: Compute::Run(compute),
};

/// Seconds and steps below, in and above a band.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Shares {
    /// Seconds below, in, above.
    pub seconds: [f64; 3],
    /// Steps below, in, above.
    pub steps: [f64; 3],
}

impl Shares {
    /// Adds a step rate that holds for some seconds.
    #[inline]
    pub fn add(&mut self, step_rate_spm: f64, hold_s: f64, band: &RangeInclusive<f64>) {
        let place = if step_rate_spm < *band.start() {
            0
        } else if step_rate_spm <= *band.end() {
            1
        } else {
            2
        };
        if let (Some(s), Some(n)) = (self.seconds.get_mut(place), self.steps.get_mut(place)) {
            *s += hold_s;
            *n += step_rate_spm * hold_s / 60.0;
        }
    }

    /// All seconds.
    pub fn total_s(&self) -> f64 {
        self.seconds.iter().sum()
    }

    /// All steps.
    pub fn total_steps(&self) -> f64 {
        self.steps.iter().sum()
    }

    /// Shares of time below, in, above; `None` without time.
    pub fn of_time(&self) -> Option<[f64; 3]> {
        let total = self.total_s();
        (total > 0.0).then(|| self.seconds.map(|s| s / total))
    }

    /// Shares of steps below, in, above; `None` without steps.
    pub fn of_steps(&self) -> Option<[f64; 3]> {
        let total = self.total_steps();
        (total > 0.0).then(|| self.steps.map(|n| n / total))
    }
}

/// Keys of the parts of each speed bin, made once: every run of a lifetime carries some of them.
static BIN_KEYS: LazyLock<Vec<[String; 8]>> = LazyLock::new(|| {
    let keys = |bin| {
        let prefix = bin_prefix(bin);
        [
            "s",
            "below_170_share",
            "in_170_180_share",
            "above_180_share",
            "steps",
            "below_170_steps_share",
            "in_170_180_steps_share",
            "above_180_steps_share",
        ]
        .map(|part| format!("{prefix}_{part}"))
    };
    (0..BINS).map(keys).collect()
});

fn compute(run: &Run<'_>) -> Outcome {
    measure(run).into()
}

fn measure(run: &Run<'_>) -> Result<Reading, Unavailable> {
    let ticks = 0..run.activity.clock.len();
    let rates = ticks.map(|i| running_step_rate(run.activity, i).map(|f| f.0));
    let mean = form_mean(run, rates, "cadence")?;
    let speed = run.activity.channels.speed.as_ref();
    let mut all = Shares::default();
    let mut by_speed = [Shares::default(); BINS];
    let (mut slow_s, mut with_speed_s) = (0.0, 0.0);
    for (i, weight) in run.segments.form_weights_s.iter().enumerate() {
        if *weight <= 0.0 {
            continue;
        }
        let Some(rate) = running_step_rate(run.activity, i) else { continue };
        all.add(rate.0, *weight, &BAND_SPM);
        let Some(v) = speed.and_then(|c| c.get(i)) else { continue };
        with_speed_s += weight;
        if v.0 < SLOW_M_S {
            slow_s += weight;
        }
        if let Some(bin) = by_speed.get_mut((v.0 / SPEED_BIN_M_S) as usize) {
            bin.add(rate.0, *weight, &BAND_SPM);
        }
    }
    let none = || Unavailable::new("no_cadence", "This file has no cadence.");
    let [below, inside, above] = all.of_time().ok_or_else(none)?;
    let [below_n, inside_n, above_n] = all.of_steps().ok_or_else(none)?;
    let slow = (with_speed_s > 0.0).then(|| slow_s / with_speed_s);
    let origin = corrected_origin(run.activity);
    let mut reading = Reading::minutes(inside, mean.minutes, mean.coverage, origin)
        .part("below_170_share", Some(below))
        .part("in_170_180_share", Some(inside))
        .part("above_180_share", Some(above))
        .part("below_170_steps_share", Some(below_n))
        .part("in_170_180_steps_share", Some(inside_n))
        .part("above_180_steps_share", Some(above_n))
        .part("settled_steps", Some(all.total_steps()))
        .part("slower_than_2_7_m_s_share", slow)
        .caveat_if(whole_stride_caveat(run.activity));
    for (k, bin) in by_speed.iter().enumerate() {
        if bin.total_s() < LEAST_BIN_S {
            continue;
        }
        let (Some([below, inside, above]), Some([below_n, inside_n, above_n])) =
            (bin.of_time(), bin.of_steps())
        else {
            continue;
        };
        let values =
            [bin.total_s(), below, inside, above, bin.total_steps(), below_n, inside_n, above_n];
        for (key, value) in BIN_KEYS.get(k).into_iter().flatten().zip(values) {
            reading = reading.part(key.as_str(), Some(value));
        }
    }
    Ok(reading)
}
