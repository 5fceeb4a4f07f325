//! A column on a clock, and where its values come from.

use std::marker::PhantomData;
use std::sync::Arc;

use serde::Serialize;

use crate::units::Quantity;

/// Where the values of a channel come from.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Origin {
    /// Read from a field of the file.
    Recorded {
        /// Field as the format names it.
        field: String,
        /// Who spoke: `watch`, `strap`, `foot pod`, or the developer field's application.
        source: String,
    },
    /// The watch computed it from other channels: evidence of nothing beyond those.
    Estimated {
        /// The channels it is computed from, in words.
        from: String,
    },
    /// Read and then repaired.
    Corrected {
        /// Field as the format names it.
        from: String,
        /// What repaired it, in words.
        by: String,
    },
    /// Computed here from other channels.
    Derived {
        /// How, in words.
        method: String,
    },
}

impl Origin {
    /// A native field of the file, written by the device itself.
    pub fn native(field: &str) -> Self {
        Self::Recorded { field: field.to_owned(), source: "watch".to_owned() }
    }
}

/// One column on a clock. `get` answers `None` at a tick where the sensor was silent; how absence
/// is stored stays inside (a NaN, which never leaves).
#[derive(Clone, Debug)]
pub struct Channel<Q> {
    values: Arc<Vec<f64>>,
    origin: Origin,
    quantity: PhantomData<Q>,
}

impl<Q: Quantity> Channel<Q> {
    /// Builds a channel from optional raw numbers; anything not finite becomes absent.
    pub fn new(values: impl IntoIterator<Item = Option<f64>>, origin: Origin) -> Self {
        let values = values.into_iter().map(|v| v.filter(|x| x.is_finite()).unwrap_or(f64::NAN));
        Self { values: Arc::new(values.collect()), origin, quantity: PhantomData }
    }

    /// Takes over a column in which every value that is not finite is absent.
    pub fn from_raw(values: Vec<f64>, origin: Origin) -> Self {
        Self::from_shared(Arc::new(values), origin)
    }

    /// As [`Channel::from_raw`], without a copy of values that others hold too.
    pub fn from_shared(mut values: Arc<Vec<f64>>, origin: Origin) -> Self {
        if values.iter().filter(|v| v.is_infinite()).count() > 0 {
            let own = Arc::make_mut(&mut values);
            own.iter_mut().filter(|v| v.is_infinite()).for_each(|v| *v = f64::NAN);
        }
        Self { values, origin, quantity: PhantomData }
    }

    /// The value at a tick, `None` where the sensor was silent or the tick does not exist.
    #[inline]
    pub fn get(&self, i: usize) -> Option<Q> {
        self.values.get(i).filter(|v| !v.is_nan()).map(|v| Q::new(*v))
    }

    /// All ticks in order.
    #[inline]
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Option<Q>> + '_ {
        self.values.iter().map(|v| (!v.is_nan()).then(|| Q::new(*v)))
    }

    /// Number of ticks.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether the channel has no ticks.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Number of ticks with a value.
    pub fn present(&self) -> usize {
        self.values.iter().filter(|v| !v.is_nan()).count()
    }

    /// Where the values come from.
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// The same values under another origin.
    #[must_use]
    pub fn with_origin(mut self, origin: Origin) -> Self {
        self.origin = origin;
        self
    }

    /// A channel of the same length whose values went through `f`; `None` stays `None`.
    #[must_use]
    pub fn map<R: Quantity>(
        &self,
        origin: Origin,
        f: impl Fn(usize, Q) -> Option<R>,
    ) -> Channel<R> {
        Channel::new(
            self.iter().enumerate().map(|(i, v)| v.and_then(|q| f(i, q)).map(Quantity::value)),
            origin,
        )
    }
}

impl Quantity for f64 {
    const UNIT: &'static str = "";
    fn new(value: f64) -> Self {
        value
    }
    fn value(self) -> f64 {
        self
    }
}
