//! How sure a statement is, in three fixed words.

use serde::Serialize;

/// Three words of sureness, computed and never chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Sureness {
    /// Interval clear of zero, and larger than the runner's usual wandering.
    Clear,
    /// Interval clear of zero only.
    Likely,
    /// Neither.
    CannotTell,
}

impl Sureness {
    /// The fixed words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Clear => "clear",
            Self::Likely => "likely",
            Self::CannotTell => "can't tell",
        }
    }
}
