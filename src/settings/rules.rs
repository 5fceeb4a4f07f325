//! The rules that were chosen and not found: thresholds that no study fixes. Each stands here once
//! with its default and its reason, can be changed in the profile under `[settings]`, and is called
//! chosen where it is shown.

/// The chosen thresholds, resolved.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rules {
    /// Step rate that is running from [`Rules::slow_run_m_s`] up.
    pub running_from_spm: f64,
    /// Step rate that is running only from [`Rules::brisk_run_m_s`] up.
    pub maybe_running_from_spm: f64,
    /// Slowest running, uphill jogging included.
    pub slow_run_m_s: f64,
    /// Speed from which the lower step rate is no longer walking.
    pub brisk_run_m_s: f64,
    /// Shortest bout of running that counts for form.
    pub shortest_bout_s: f64,
    /// First seconds of a bout that do not count for form.
    pub bout_start_s: f64,
    /// Smallest change of step rate worth a word.
    pub worthwhile_cadence_spm: f64,
    /// Smallest change of contact time worth a word.
    pub worthwhile_contact_ms: f64,
    /// Smallest change of oscillation worth a word.
    pub worthwhile_oscillation_mm: f64,
    /// Lower edge of the personal corridor above one's own step rate.
    pub corridor_low_percent: f64,
    /// Upper edge of the personal corridor.
    pub corridor_high_percent: f64,
    /// Own step rate from which no increase is suggested.
    pub corridor_ceiling_spm: f64,
    /// Runs in the 30 days before from which a longest run is a reference.
    pub spike_reference_runs: f64,
    /// Metres over the longest run from which a spike counts.
    pub spike_least_excess_m: f64,
    /// Metres of descent over the largest from which it counts.
    pub descent_least_excess_m: f64,
    /// Days without any file from which runs may be missing.
    pub gap_days: f64,
    /// Distance of the week before from which a weekly change has a base.
    pub weekly_base_m: f64,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            running_from_spm: 140.0,
            maybe_running_from_spm: 130.0,
            slow_run_m_s: 1.3,
            brisk_run_m_s: 1.9,
            shortest_bout_s: 20.0,
            bout_start_s: 10.0,
            worthwhile_cadence_spm: 2.0,
            worthwhile_contact_ms: 6.0,
            worthwhile_oscillation_mm: 3.0,
            corridor_low_percent: 5.0,
            corridor_high_percent: 10.0,
            corridor_ceiling_spm: 180.0,
            spike_reference_runs: 4.0,
            spike_least_excess_m: 2000.0,
            descent_least_excess_m: 100.0,
            gap_days: 10.0,
            weekly_base_m: 5000.0,
        }
    }
}

/// One rule as the profile knows it.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Key under `[settings]`, with its unit.
    pub key: &'static str,
    /// Smallest and largest value it takes.
    pub range: (f64, f64),
    /// What it decides, in a runner's words.
    pub decides: &'static str,
    /// Why this default: what it was chosen from.
    pub chosen: &'static str,
    /// Reads it.
    pub get: fn(&Rules) -> f64,
    /// Where it is kept.
    pub slot: fn(&mut Rules) -> &mut f64,
}

macro_rules! rule {
    ($key:ident, $range:expr, $decides:expr, $chosen:expr) => {
        Rule {
            key: stringify!($key),
            range: $range,
            decides: $decides,
            chosen: $chosen,
            get: |rules| rules.$key,
            slot: |rules| &mut rules.$key,
        }
    };
}

/// All rules, in the order in which they are documented.
pub const RULES: &[Rule] = &[
    rule!(
        running_from_spm,
        (100.0, 200.0),
        "step rate that is running from slow_run_m_s up",
        "walking and running part by cadence, with a valley at 122 to 142 spm in seven runners"
    ),
    rule!(
        maybe_running_from_spm,
        (90.0, 200.0),
        "step rate that is running from brisk_run_m_s up",
        "fast walking reaches 125 to 135 spm, but hardly at 1.9 m/s"
    ),
    rule!(
        slow_run_m_s,
        (0.5, 3.0),
        "slowest running, uphill jogging included",
        "1.7 m/s threw away a tenth of the running of hill runners, 1.3 m/s a twentieth"
    ),
    rule!(
        brisk_run_m_s,
        (0.5, 4.0),
        "speed from which the lower step rate is no longer walking",
        "at 1.9 m/s the valley between walking and running is nearly empty"
    ),
    rule!(
        shortest_bout_s,
        (5.0, 300.0),
        "shortest bout of running that counts for form",
        "shorter ones are crossings of a road"
    ),
    rule!(
        bout_start_s,
        (0.0, 60.0),
        "first seconds of a bout that do not count for form",
        "cadence filters lag: the median error is 1 to 3 spm before, below 2 after"
    ),
    rule!(
        worthwhile_cadence_spm,
        (0.5, 20.0),
        "smallest change of step rate worth a word",
        "what forty runs on each side can show at best"
    ),
    rule!(
        worthwhile_contact_ms,
        (1.0, 60.0),
        "smallest change of ground contact time worth a word",
        "what twenty runs on each side showed on measured contact times"
    ),
    rule!(
        worthwhile_oscillation_mm,
        (0.5, 30.0),
        "smallest change of vertical oscillation worth a word",
        "what twenty runs on each side showed on measured oscillation"
    ),
    rule!(
        corridor_low_percent,
        (1.0, 10.0),
        "lower edge of the corridor above your own step rate",
        "laboratory studies changed step rate by 5 to 10 percent"
    ),
    rule!(
        corridor_high_percent,
        (1.0, 10.0),
        "upper edge of the corridor above your own step rate",
        "laboratory studies changed step rate by 5 to 10 percent; never more is suggested"
    ),
    rule!(
        corridor_ceiling_spm,
        (150.0, 220.0),
        "own step rate from which no increase is suggested",
        "the top of the usual 170 to 180"
    ),
    rule!(
        spike_reference_runs,
        (1.0, 30.0),
        "runs in the 30 days before from which the longest is a reference",
        "with fewer, most of what pokes out is a restart"
    ),
    rule!(
        spike_least_excess_m,
        (0.0, 20_000.0),
        "metres over the longest run from which a spike counts",
        "ten percent of a short run is within a change of route"
    ),
    rule!(
        descent_least_excess_m,
        (0.0, 2000.0),
        "metres of descent over the largest from which it counts",
        "the same thought for descent: a railway bridge is no mountain"
    ),
    rule!(
        gap_days,
        (3.0, 90.0),
        "days without any file from which runs may be missing",
        "a longer gap before a run marks it as one after a break"
    ),
    rule!(
        weekly_base_m,
        (0.0, 50_000.0),
        "distance of the week before from which a weekly change has a base",
        "percent of next to nothing say nothing"
    ),
];

impl Rules {
    /// The rules that differ from their defaults, with both values: shown beside every result.
    pub fn changed(&self) -> impl Iterator<Item = (&'static Rule, f64, f64)> + '_ {
        let usual = Self::default();
        let pairs = RULES.iter().map(move |rule| (rule, (rule.get)(&usual), (rule.get)(self)));
        pairs.filter(|(_, usual, now)| usual.total_cmp(now).is_ne())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_default_lies_in_its_range_and_every_rule_can_be_set() {
        for rule in RULES {
            let usual = (rule.get)(&Rules::default());
            assert!((rule.range.0..=rule.range.1).contains(&usual), "{}", rule.key);
            let mut rules = Rules::default();
            *(rule.slot)(&mut rules) = rule.range.0;
            assert_eq!((rule.get)(&rules), rule.range.0, "{}", rule.key);
            let changed: Vec<&str> = rules.changed().map(|(rule, ..)| rule.key).collect();
            let expected = if usual == rule.range.0 { vec![] } else { vec![rule.key] };
            assert_eq!(changed, expected);
        }
    }
}
