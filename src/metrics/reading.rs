//! What a metric answers: a number with its coverage, or a sentence that says why not.

use serde::Serialize;

use crate::activity::Origin;

/// A number, or why there is none.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// There is a number.
    Reading(Reading),
    /// There is none, and this is why.
    Unavailable(Unavailable),
}

impl Outcome {
    /// The reading, if there is one.
    pub fn reading(&self) -> Option<&Reading> {
        match self {
            Self::Reading(reading) => Some(reading),
            Self::Unavailable(_) => None,
        }
    }

    /// The reading itself, if there is one.
    pub fn into_reading(self) -> Option<Reading> {
        match self {
            Self::Reading(reading) => Some(reading),
            Self::Unavailable(_) => None,
        }
    }
}

impl From<Reading> for Outcome {
    fn from(reading: Reading) -> Self {
        Self::Reading(reading)
    }
}

impl From<Unavailable> for Outcome {
    fn from(why: Unavailable) -> Self {
        Self::Unavailable(why)
    }
}

impl From<Result<Reading, Unavailable>> for Outcome {
    fn from(result: Result<Reading, Unavailable>) -> Self {
        match result {
            Ok(reading) => Self::Reading(reading),
            Err(why) => Self::Unavailable(why),
        }
    }
}

/// Why a metric has no number, in a sentence, and what would give one.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Unavailable {
    /// A word for tables: `no_cadence`, `too_short`, `satellite_altitude`.
    pub code: &'static str,
    /// A sentence for people.
    pub reason: String,
}

impl Unavailable {
    /// A word for tables and a sentence for people.
    pub fn new(code: &'static str, reason: impl Into<String>) -> Self {
        Self { code, reason: reason.into() }
    }

    /// An outcome without a number.
    pub fn because(code: &'static str, reason: impl Into<String>) -> Outcome {
        Outcome::Unavailable(Self { code, reason: reason.into() })
    }
}

/// Key of the part that holds the device's own total.
pub const STATED_TOTAL: &str = "stated_total_m";

/// A number with what is needed to judge it.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The value in the metric's unit.
    pub value: f64,
    /// 95 % interval, where the metric has one.
    pub interval: Option<(f64, f64)>,
    /// How much it rests on, in the unit of `n_unit`.
    pub n: f64,
    /// What `n` counts: `min`, `steps`, `runs`, `segments`.
    pub n_unit: &'static str,
    /// Share of the eligible running that carried what was needed, 0..=1.
    pub coverage: f64,
    /// Where the numbers come from.
    pub origin: Origin,
    /// Named parts: bands, bins, sides. Keys are complete (`below_170_share`).
    pub parts: Vec<Part>,
    /// What a reader must know about this very number.
    pub caveats: Vec<String>,
}

impl Reading {
    /// A reading from this many minutes of running.
    pub fn minutes(value: f64, minutes: f64, coverage: f64, origin: Origin) -> Self {
        Self {
            value,
            interval: None,
            n: minutes,
            n_unit: "min",
            coverage: coverage.clamp(0.0, 1.0),
            origin,
            parts: Vec::new(),
            caveats: Vec::new(),
        }
    }

    /// Adds a part; the key ends in its unit.
    #[must_use]
    pub fn part(
        mut self,
        key: impl Into<std::borrow::Cow<'static, str>>,
        value: Option<f64>,
    ) -> Self {
        self.parts.push(Part { key: key.into(), value: value.filter(|v| v.is_finite()) });
        self
    }

    /// Adds what a reader must know about this number.
    #[must_use]
    pub fn caveat(mut self, caveat: impl Into<String>) -> Self {
        self.caveats.push(caveat.into());
        self
    }

    /// Adds a caveat where there is one.
    #[must_use]
    pub fn caveat_if(mut self, caveat: Option<impl Into<String>>) -> Self {
        self.caveats.extend(caveat.map(Into::into));
        self
    }

    /// The number that a page shows: the device's own total where the reading carries one and a
    /// page shows that, else the value.
    pub fn shown(&self) -> f64 {
        self.stated_total().unwrap_or(self.value)
    }

    /// The device's own total, where the reading carries it.
    pub fn stated_total(&self) -> Option<f64> {
        self.get(STATED_TOTAL)
    }

    /// A part by its key.
    pub fn get(&self, key: &str) -> Option<f64> {
        self.parts.iter().find(|p| p.key == key).and_then(|p| p.value)
    }
}

/// A named part of a reading.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Part {
    /// Complete key with unit.
    pub key: std::borrow::Cow<'static, str>,
    /// Value, absent where this part has none.
    pub value: Option<f64>,
}
