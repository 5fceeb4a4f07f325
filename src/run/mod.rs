//! One run as a reader looks at it: quantities along its time, its kilometres and laps, places
//! worth a name, and its own shape. Everything here is made from one prepared and cut run and let
//! go with it; what many runs add up to is no concern of this room.

mod curves;
pub mod hidden_ends;
mod hills;
pub mod marked;
pub mod places;
pub mod route;
pub mod series;
pub mod splits;
pub mod timeline;

pub use hidden_ends::HiddenEnds;
pub use marked::{Mark, Marked};
pub use places::{Place, PlaceKind};
pub use route::{Route, Shape};
pub use series::{Lane, Quantity};
pub use splits::Split;
pub use timeline::{Pause, Timeline};

use crate::activity::AltitudeSource;
use crate::metrics::Run;
use crate::quantities::Quantities;
use crate::segment::Dynamics;

/// One run, small enough to be drawn.
#[derive(Clone, Debug)]
pub struct RunDetail {
    /// The axis that all lanes share.
    pub timeline: Timeline,
    /// What was recorded along it, means over equal spans; only what exists.
    pub lanes: Vec<Lane>,
    /// Stretches in which something is to be known before reading the lanes.
    pub marked: Vec<Marked>,
    /// Kilometres or miles, by the reader's units.
    pub splits: Vec<Split>,
    /// Laps as the runner or the watch pressed them; empty where they are only the splits again.
    pub laps: Vec<Split>,
    /// Places worth a name, in order.
    pub places: Vec<Place>,
    /// The run's shape without a place on earth, or why there is none.
    pub route: Route,
    /// What sharp bends there were: to the left, to the right.
    pub sharp_bends: (usize, usize),
    /// Whether contact time and oscillation are measured.
    pub dynamics: Dynamics,
    /// Where the altitude comes from.
    pub altitude_source: AltitudeSource,
    /// Whether it was indoors.
    pub indoor: bool,
}

impl RunDetail {
    /// Distils one run; what lies around its ends is hidden from its shape.
    pub fn of(run: &Run<'_>, hidden: &HiddenEnds) -> Self {
        let activity = run.activity;
        let timeline = Timeline::over(&activity.clock);
        let split_m = Quantities::new(run.settings.display).long_unit_m();
        let splits = splits::every(run, split_m);
        let curves = curves::Curves::over(run);
        let places = places::places(run, &timeline, &curves);
        Self {
            lanes: series::lanes(run, &timeline),
            marked: marked::marked(run, &timeline),
            laps: splits::laps(run, split_m),
            splits,
            route: route::route(run, hidden),
            sharp_bends: curves.counted(),
            places,
            timeline,
            dynamics: run.segments.dynamics,
            altitude_source: activity.meta.altitude_source,
            indoor: activity.meta.indoor,
        }
    }

    /// A lane, where it exists.
    pub fn lane(&self, quantity: Quantity) -> Option<&Lane> {
        self.lanes.iter().find(|lane| lane.quantity == quantity)
    }
}
