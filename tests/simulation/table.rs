//! One line of the table: what was simulated, how often it held, and how often it must.

use lightfoot::stats::wilson;

/// What a share must be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Bound {
    /// At most so much.
    AtMost(f64),
    /// At least so much.
    AtLeast(f64),
    /// Between two shares.
    Between(f64, f64),
    /// Every time.
    Always,
    /// Not once.
    Never,
    /// Stated, not judged.
    Stated,
}

/// One line.
#[derive(Clone, Debug)]
pub struct Row {
    /// What it is about.
    pub about: &'static str,
    /// The simulated situation.
    pub what: String,
    /// Times it happened.
    pub k: u64,
    /// Of so many.
    pub n: u64,
    /// What it must be.
    pub bound: Bound,
}

impl Row {
    /// A row that counts how often something is true.
    pub fn count(
        about: &'static str,
        what: impl Into<String>,
        outcomes: impl IntoIterator<Item = bool>,
        bound: Bound,
    ) -> Self {
        let (mut k, mut n) = (0, 0);
        for outcome in outcomes {
            k += u64::from(outcome);
            n += 1;
        }
        Self { about, what: what.into(), k, n, bound }
    }

    /// The share.
    pub fn share(&self) -> f64 {
        self.k as f64 / self.n.max(1) as f64
    }

    /// Whether the share itself keeps its bound.
    pub fn holds(&self) -> bool {
        let share = self.share();
        self.n > 0
            && match self.bound {
                Bound::AtMost(most) => share <= most,
                Bound::AtLeast(least) => share >= least,
                Bound::Between(low, high) => (low..=high).contains(&share),
                Bound::Always => self.k == self.n,
                Bound::Never => self.k == 0,
                Bound::Stated => true,
            }
    }

    /// Whether so few athletes are compatible with the bound: the Wilson interval reaches it.
    pub fn may_hold(&self) -> bool {
        let Some((low, high)) = wilson(self.k, self.n) else { return false };
        match self.bound {
            Bound::AtMost(most) => low <= most,
            Bound::AtLeast(least) => high >= least,
            Bound::Between(least, most) => high >= least && low <= most,
            Bound::Always | Bound::Never | Bound::Stated => self.holds(),
        }
    }

    fn must(&self) -> String {
        let percent = |share: f64| format!("{}", (1000.0 * share).round() / 10.0);
        match self.bound {
            Bound::AtMost(most) => format!("at most {} %", percent(most)),
            Bound::AtLeast(least) => format!("at least {} %", percent(least)),
            Bound::Between(low, high) => format!("{} to {} %", percent(low), percent(high)),
            Bound::Always => "always".into(),
            Bound::Never => "never".into(),
            Bound::Stated => "stated".into(),
        }
    }
}

/// Heading of the table in Markdown.
pub const HEADING: &str =
    "| about | simulated | of | share | must be | holds |\n|---|---|--:|--:|---|---|\n";

/// Lines of the table in Markdown.
pub fn markdown(rows: &[Row]) -> String {
    let mut text = String::new();
    for row in rows {
        let holds = match (row.bound, row.holds()) {
            (Bound::Stated, _) => "",
            (_, true) => "yes",
            (_, false) => "NO",
        };
        text.push_str(&format!(
            "| {} | {} | {} | {:.1} % | {} | {holds} |\n",
            row.about,
            row.what,
            row.n,
            100.0 * row.share(),
            row.must()
        ));
    }
    text
}
