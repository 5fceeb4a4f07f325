//! One newtype per meaning. [`StepsPerMinute`] is not [`StridesPerMinute`]: both are "one over
//! time", so a dimensional library would pass the likeliest mistake of this field, and the
//! conversion between the two is the only place where the factor two is written.

use serde::Serialize;

/// A measured quantity: a number with exactly one meaning.
pub trait Quantity: Copy + PartialOrd + std::fmt::Debug + Send + Sync + 'static {
    /// The unit as a reader of a table sees it.
    const UNIT: &'static str;
    /// Wraps a finite number of that unit.
    fn new(value: f64) -> Self;
    /// The number in that unit.
    fn value(self) -> f64;
}

macro_rules! quantity {
    ($($(#[$doc:meta])* $name:ident, $unit:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, PartialOrd, Serialize)]
        #[serde(transparent)]
        pub struct $name(pub f64);

        impl Quantity for $name {
            const UNIT: &'static str = $unit;
            fn new(value: f64) -> Self { Self(value) }
            fn value(self) -> f64 { self.0 }
        }
    )*};
}

quantity! {
    /// Step rate (cadence) of both feet together.
    StepsPerMinute, "spm";
    /// Stride rate: cadence of one leg, as watches store it.
    StridesPerMinute, "strides/min";
    /// Speed over ground.
    MetersPerSecond, "m/s";
    /// A length, a distance or an altitude.
    Meters, "m";
    /// A duration.
    Seconds, "s";
    /// Latitude or longitude, WGS 84.
    Degrees, "deg";
    /// Heart rate.
    BeatsPerMinute, "bpm";
    /// Mechanical power.
    Watts, "W";
    /// A share in percent (vertical ratio, contact-time balance: left share).
    Percent, "%";
    /// Vertical oscillation.
    Millimeters, "mm";
    /// Ground contact time.
    Milliseconds, "ms";
    /// Slope as rise over run, positive uphill: 0.04 is a 4 % climb.
    Grade, "m/m";
    /// Curvature of the path seen from above, positive anticlockwise (to the left).
    Curvature, "1/m";
}

impl From<StridesPerMinute> for StepsPerMinute {
    /// A stride is two steps.
    fn from(strides: StridesPerMinute) -> Self {
        Self(2.0 * strides.0)
    }
}

impl From<StepsPerMinute> for StridesPerMinute {
    fn from(steps: StepsPerMinute) -> Self {
        Self(steps.0 / 2.0)
    }
}

impl Grade {
    /// Angle to the level in degrees: atan(g).
    pub fn degrees(self) -> f64 {
        self.0.atan().to_degrees()
    }
}

/// Standard gravity, m/s2 (exact by definition).
pub const STANDARD_GRAVITY_M_S2: f64 = 9.80665;

/// Length of one step in metres at a speed and a step rate: 60 v / f.
///
/// Source: identity; `science` 2.5.
pub fn step_length(speed: MetersPerSecond, rate: StepsPerMinute) -> Option<Meters> {
    (rate.0 > 0.0).then(|| Meters(60.0 * speed.0 / rate.0))
}
