//! What a change of step rate would do to the modelled load on the kneecap joint, at the same
//! speed. A population's model, not the reader's knee: no force is stated, and nothing beyond the
//! changes that were studied.

/// Largest change of step rate that the studies cover, as a share. Source: `science` 2.11
/// (`heiderscheit2011`, `lenhart2014`).
pub const FURTHEST: f64 = 0.10;
/// Changes that are told.
pub const CHANGES: [f64; 4] = [-FURTHEST, -0.05, 0.05, FURTHEST];

/// How much of a load depends on step rate: load of a step ~ f^-k at one speed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Exponent {
    /// Which load, and in which study.
    pub of: &'static str,
    /// The exponent k.
    pub k: f64,
}

/// Exponents from the abstracts: ln(load ratio) over ln(step-rate ratio). Their spread is the
/// uncertainty; none of them is the reader's.
pub const EXPONENTS: [Exponent; 4] = [
    Exponent { of: "kneecap stress, shorter steps (Willson 2014)", k: 1.45 },
    Exponent { of: "kneecap force, +10 % steps (Lenhart 2014)", k: 1.58 },
    Exponent { of: "kneecap stress, longer steps (Willson 2014)", k: 1.94 },
    Exponent { of: "eccentric knee work, +8.6 % steps (Willy 2016)", k: 3.80 },
];

/// How steeply wear rises with load: 1 counts load as it is; 4 is what many materials show. Nobody
/// knows it for cartilage or for pain, so both are told. Source: `science` 2.11.
pub const WEAR_EXPONENTS: [f64; 2] = [1.0, 4.0];

/// A changed load over the load of now.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ratios {
    /// Of one step: (1 + r)^-k.
    pub per_step: f64,
    /// Of a kilometre, which takes more steps: (1 + r)^(1 - k).
    pub per_km: f64,
    /// Of a kilometre where wear rises with the m-th power of load: (1 + r)^(1 - k m).
    pub wear_per_km: f64,
}

/// Load ratios for a relative change of step rate `r` at one speed, load exponent `k` and wear
/// exponent `m`; `None` beyond [`FURTHEST`], where no study looked, and without a number.
pub fn ratios(r: f64, k: f64, m: f64) -> Option<Ratios> {
    // A tenth is not exact in binary; what was typed as ten percent is inside.
    let inside = r.abs() <= FURTHEST + 1e-12;
    (inside && k.is_finite() && m.is_finite()).then(|| {
        let f = 1.0 + r;
        Ratios { per_step: f.powf(-k), per_km: f.powf(1.0 - k), wear_per_km: f.powf(1.0 - k * m) }
    })
}

/// Exponent that a study's two ratios imply: k = -ln(load ratio) / ln(step-rate ratio); `None`
/// where one of them is not positive or the step rate did not change.
pub fn exponent(step_rate_ratio: f64, load_ratio: f64) -> Option<f64> {
    let usable = step_rate_ratio > 0.0 && load_ratio > 0.0 && step_rate_ratio != 1.0;
    usable.then(|| -load_ratio.ln() / step_rate_ratio.ln()).filter(|k| k.is_finite())
}

/// One row of the table that every reader gets: a change, and the ranges over [`EXPONENTS`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Row {
    /// Relative change of step rate.
    pub change: f64,
    /// Load of a step over the three kneecap exponents, lowest and highest ratio.
    pub per_step: (f64, f64),
    /// The same for a kilometre.
    pub per_km: (f64, f64),
    /// The same for a kilometre, wear with the fourth power.
    pub wear_per_km: (f64, f64),
    /// Eccentric knee work of a step.
    pub work_per_step: f64,
}

/// The table for [`CHANGES`].
pub fn table() -> Vec<Row> {
    let [low, middle, high, work] = EXPONENTS;
    let [_, steep] = WEAR_EXPONENTS;
    CHANGES
        .into_iter()
        .filter_map(|change| {
            let of = |e: Exponent| ratios(change, e.k, steep);
            let three = [of(low)?, of(middle)?, of(high)?];
            let range = |pick: fn(&Ratios) -> f64| {
                let values = three.iter().map(pick);
                values.fold((f64::MAX, f64::MIN), |(a, b), v| (a.min(v), b.max(v)))
            };
            Some(Row {
                change,
                per_step: range(|r| r.per_step),
                per_km: range(|r| r.per_km),
                wear_per_km: range(|r| r.wear_per_km),
                work_per_step: of(work)?.per_step,
            })
        })
        .collect()
}

impl Row {
    /// The row as every reader sees it, in percent of now, in the order of [`COLUMNS`].
    pub fn in_words(&self) -> [String; 5] {
        let percent = |ratio: f64| format!("{:.0}", 100.0 * ratio);
        let range = |(low, high): (f64, f64)| {
            let (low, high) = (percent(low), percent(high));
            if low == high { low } else { format!("{low} to {high}") }
        };
        [
            format!("{:+.0} %", 100.0 * self.change),
            range(self.per_step),
            range(self.per_km),
            range(self.wear_per_km),
            percent(self.work_per_step),
        ]
    }
}

/// Title of the text.
pub const TITLE: &str = "What if you took more steps";

/// Before the table.
pub const OPENING: &str = "At the same speed, more steps are shorter steps. In models made from \
    healthy adults in laboratories, each of them then loads the kneecap joint less. The table says \
    by how much, over the range of the studies; 100 is how you run now.";

/// Heads of the table's columns.
pub const COLUMNS: [&str; 5] =
    ["Steps", "Load of a step", "Of a kilometre", "Wear of a kilometre", "Knee work of a step"];

/// After the table.
pub const LIMITS: &[&str] = &[
    "Per kilometre the gain is smaller, because a kilometre takes more steps.",
    "How wear depends on load is not known for cartilage or for pain. The two columns of a kilometre \
     are the two ends: wear in proportion to load, and wear with its fourth power.",
    "Knee work is what the front of the thigh takes up while it gives way; one study of 30 runners \
     measured it at 8.6 % more steps.",
    "Slower running raises the modelled knee load of a kilometre (Petersen 2015), though it lowers \
     that of a minute. So going slower is no way to spare the knee over a given distance.",
    "Nothing is said beyond 10 %: no study in this list looked there.",
    "These are modelled loads, not pain and not injury. A review of 37 studies found the evidence \
     on injury insufficient (Anderson 2022).",
    "Calf and Achilles tendon take more of the load: trials that changed how people run saw more \
     trouble there (Chan 2018, Bonacci 2018). Change in small blocks, over less distance at first.",
];

/// Sources of the text.
pub const SOURCES: &[&str] = &[
    "lenhart2014",
    "willson2014",
    "willy2016",
    "heiderscheit2011",
    "petersen2015",
    "anderson2022",
    "chan2018",
    "bonacci2018",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_said_beyond_ten_percent() {
        assert!(ratios(0.10, 1.58, 1.0).is_some());
        assert!(ratios(0.101, 1.58, 1.0).is_none());
        assert!(ratios(-0.2, 1.58, 1.0).is_none());
        assert!(ratios(f64::NAN, 1.58, 1.0).is_none());
    }

    #[test]
    fn more_steps_lower_the_load_of_each_and_less_so_of_a_kilometre() {
        for row in table() {
            let sign = row.change.signum();
            for (low, high) in [row.per_step, row.per_km, row.wear_per_km] {
                assert!(low < high);
                assert!(sign * (1.0 - low) > 0.0 && sign * (1.0 - high) > 0.0, "{row:?}");
            }
            assert!((1.0 - row.per_km.0).abs() < (1.0 - row.per_step.0).abs());
        }
        assert_eq!(table().len(), CHANGES.len());
    }
}
