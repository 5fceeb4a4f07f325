//! Charts of one run's page. They describe a [`RunDetail`](crate::run::RunDetail) and not a history, so they stand in no
//! table of the main page.

mod along;
mod lanes;
mod lettering;
mod shape;
mod signs;

pub use along::along;
pub use lanes::Norm;
pub use shape::shapes;
pub use signs::letter;

/// Minutes of a number of seconds: the unit of the time axis.
const MINUTE_S: f64 = 60.0;
