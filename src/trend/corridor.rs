//! The personal corridor: the runner's own steps a minute lately at three speeds of their own, and
//! where 5 and 10 % more would lie at the same speed.
//!
//! Source: `science` 2.4. What laboratories tried is 5 to 10 % at constant speed
//! (`heiderscheit2011`, `willy2016`); the rules of when it is no aim are **chosen** there.

use std::sync::OnceLock;

use serde::Serialize;

use super::steady::quantiles;
use super::{CadenceModel, History};
use crate::Analysis;
use crate::metrics::cadence_bands::BAND_SPM;
use crate::settings::Rules;

/// A step rate that so much of the runner's own steady running stays under is among their highest.
pub const OWN_HIGHEST: f64 = 0.90;
/// Shares of the steady running that are slower than the easy, the usual and the fast speed.
/// **chosen**; "fast" is the same as in the weeks.
const SPEED_QUANTILES: [(OwnSpeed, f64); 3] =
    [(OwnSpeed::Easy, 0.2), (OwnSpeed::Usual, 0.5), (OwnSpeed::Fast, 0.8)];

/// What goes with every change of step rate. Source: `chan2018`, `bonacci2018`.
pub const CALVES: &str =
    "Run less while you change it: in trials, calves and Achilles tendons complained more.";

/// One of the runner's own speeds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OwnSpeed {
    /// A fifth of the steady running is slower.
    Easy,
    /// Half is slower: the reference speed of the model.
    Usual,
    /// Four fifths are slower.
    Fast,
}

impl OwnSpeed {
    /// The word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Easy => "easy",
            Self::Usual => "usual",
            Self::Fast => "fast",
        }
    }
}

/// Whether more steps are an option at a speed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Advice {
    /// 5 to 10 % more is an option.
    Option,
    /// The step rate is 180 or more: no increase is advised.
    HighEnough,
    /// The step rate is among the runner's own highest tenth: no increase is advised.
    OwnHighest,
}

/// Edges as factors of one's own step rate.
pub fn edges(rules: &Rules) -> (f64, f64) {
    (1.0 + rules.corridor_low_percent / 100.0, 1.0 + rules.corridor_high_percent / 100.0)
}

/// Own step rate with the edges of the corridor over it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Target {
    /// Own step rate at that speed on the level, lately.
    pub step_rate_spm: f64,
    /// Lower edge: 5 % more, by the chosen rules.
    pub low_spm: f64,
    /// Upper edge: 10 % more; nothing beyond is ever prompted.
    pub high_spm: f64,
    /// From here on more steps are no aim.
    #[serde(skip)]
    ceiling_spm: f64,
}

impl Target {
    /// The edges over a habitual step rate.
    pub fn of(habitual_spm: f64, rules: &Rules) -> Self {
        let (low, high) = edges(rules);
        Self {
            step_rate_spm: habitual_spm,
            low_spm: low * habitual_spm,
            high_spm: high * habitual_spm,
            ceiling_spm: rules.corridor_ceiling_spm,
        }
    }

    /// Whether more steps are an option, given the step rate that is the runner's own high one.
    pub fn advice(&self, own_high_spm: Option<f64>) -> Advice {
        if self.step_rate_spm >= self.ceiling_spm {
            Advice::HighEnough
        } else if own_high_spm.is_some_and(|high| self.step_rate_spm >= high) {
            Advice::OwnHighest
        } else {
            Advice::Option
        }
    }

    /// Whether even the upper edge stays below 170: then 170 is a long-term reference at most.
    pub fn stays_below_band(&self) -> bool {
        self.high_spm < *BAND_SPM.start()
    }
}

/// The corridor at one of the runner's own speeds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct AtSpeed {
    /// Which speed.
    pub speed: OwnSpeed,
    /// The speed.
    pub speed_m_s: f64,
    /// Own step rate there, and the edges.
    #[serde(flatten)]
    pub target: Target,
    /// Whether more is an option there.
    pub advice: Advice,
    /// Whether 170 is a long-term reference at most.
    pub below_170: bool,
}

/// The personal corridor on one device.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Corridor {
    /// Device epoch.
    pub epoch: usize,
    /// Easy, usual, fast; speeds that are the same to a tenth of a metre per second stand once.
    pub speeds: Vec<AtSpeed>,
}

impl Corridor {
    /// What goes with the numbers, for every reader the same; only the long-term reference is left
    /// out where nobody needs it.
    pub fn words(&self) -> Vec<&'static str> {
        let mut words =
            vec!["More steps at the same speed are what laboratories tried, 5 to 10 %; an option."];
        if self.speeds.iter().any(|s| s.below_170 && s.advice == Advice::Option) {
            words.push(
                "Where even 10 % more stays under 170, 170 is a long-term reference: take 5 % at a \
                 time, two to four weeks each.",
            );
        }
        if self.speeds.iter().any(|s| s.advice != Advice::Option) {
            words.push("At 180 (chosen), or among your own highest tenth, more steps are no aim.");
        }
        words.push(CALVES);
        words
    }
}

/// What the corridor is made of: all segments of a device are gone through for it, when it is first
/// asked for.
#[derive(Clone, Debug, Default)]
pub struct OwnPaces(OnceLock<Found>);

#[derive(Clone, Debug)]
struct Found {
    /// Step rate from which the highest tenth begins.
    high_spm: Option<f64>,
    /// In the order of [`SPEED_QUANTILES`].
    speeds_m_s: Option<[f64; SPEED_QUANTILES.len()]>,
}

impl Found {
    fn of(history: &History, model: &CadenceModel) -> Self {
        let members = history.epochs.get(model.epoch).map(|e| e.runs.as_slice());
        let members = members.unwrap_or_default().iter();
        let runs: Vec<&Analysis> = members.filter_map(|r| history.runs.get(*r)).collect();
        Self {
            high_spm: quantiles(&runs, |s| s.step_rate_spm, [OWN_HIGHEST]).map(|[high]| high),
            speeds_m_s: quantiles(&runs, |s| s.speed_m_s, SPEED_QUANTILES.map(|q| q.1)),
        }
    }
}

impl History {
    /// The personal corridor of the device in use; `None` without a cadence model.
    pub fn corridor(&self, rules: &Rules) -> Option<Corridor> {
        let model = self.model_in_use()?;
        let Found { high_spm: high, speeds_m_s } =
            self.own_paces.0.get_or_init(|| Found::of(self, model)).clone();
        let mut speeds: Vec<AtSpeed> = Vec::with_capacity(SPEED_QUANTILES.len());
        for ((speed, _), own) in SPEED_QUANTILES.iter().zip(speeds_m_s.into_iter().flatten()) {
            let own = match speed {
                OwnSpeed::Usual => Some(model.reference_speed_m_s),
                _ => Some(own),
            };
            let Some((speed_m_s, rate)) = own.and_then(|v| Some((v, self.own_cadence_at(v)?)))
            else {
                continue;
            };
            let target = Target::of(rate, rules);
            speeds.push(AtSpeed {
                speed: *speed,
                speed_m_s,
                target,
                advice: target.advice(high),
                below_170: target.stays_below_band(),
            });
        }
        apart(&mut speeds);
        (!speeds.is_empty()).then_some(Corridor { epoch: model.epoch, speeds })
    }
}

/// Speeds closer than this are one speed to a runner, m/s. **chosen**: 12 s a kilometre at 6 min/km.
const APART_M_S: f64 = 0.1;

/// Keeps the usual speed, and of the others those that differ from it.
fn apart(speeds: &mut Vec<AtSpeed>) {
    let usual = speeds.iter().find(|s| s.speed == OwnSpeed::Usual).map(|s| s.speed_m_s);
    speeds.retain(|s| {
        s.speed == OwnSpeed::Usual || usual.is_none_or(|u| (s.speed_m_s - u).abs() >= APART_M_S)
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(habitual_spm: f64) -> Target {
        Target::of(habitual_spm, &Rules::default())
    }

    #[test]
    fn more_steps_are_no_aim_from_180_or_among_the_own_highest() {
        assert_eq!(of(165.0).advice(Some(172.0)), Advice::Option);
        assert_eq!(of(180.0).advice(Some(190.0)), Advice::HighEnough);
        assert_eq!(of(173.0).advice(Some(172.0)), Advice::OwnHighest);
        assert_eq!(of(173.0).advice(None), Advice::Option);
        assert!(of(154.0).stays_below_band());
        assert!(!of(155.0).stays_below_band());
    }

    #[test]
    fn one_speed_stands_once() {
        let at = |speed, speed_m_s| AtSpeed {
            speed,
            speed_m_s,
            target: of(165.0),
            advice: Advice::Option,
            below_170: false,
        };
        let mut speeds =
            vec![at(OwnSpeed::Easy, 2.75), at(OwnSpeed::Usual, 2.8), at(OwnSpeed::Fast, 3.2)];
        apart(&mut speeds);
        assert_eq!(speeds.len(), 2);
        assert_eq!(speeds[0].speed, OwnSpeed::Usual);
    }
}
