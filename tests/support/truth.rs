//! What really happened, second by second, and what it adds up to.

/// One second of truth.
#[derive(Clone, Copy, Debug, Default)]
pub struct Moment {
    /// Unix seconds.
    pub unix_s: i64,
    /// Whether the watch's timer runs.
    pub timer: bool,
    /// Metres run so far, along the middle of the road.
    pub run_m: f64,
    /// Speed along the road, m/s.
    pub speed_m_s: f64,
    /// Body east of the route's origin, m.
    pub east_m: f64,
    /// Body north of the route's origin, m.
    pub north_m: f64,
    /// Direction of running, radians anticlockwise from east.
    pub heading: f64,
    /// Slope in the direction of running.
    pub grade: f64,
    /// Elevation, m.
    pub elevation_m: f64,
    /// Steps of both feet per minute; 0 standing still.
    pub spm: f64,
    /// Contact time, ms; none unless running.
    pub contact_ms: Option<f64>,
    /// Vertical oscillation, mm; none unless running.
    pub bounce_mm: Option<f64>,
    /// Left share of contact time, percent; none unless running.
    pub balance_left: Option<f64>,
    /// Heart rate, bpm.
    pub heart_bpm: f64,
}

/// A run with everything known.
#[derive(Clone, Debug)]
pub struct Truth {
    /// Every second from start to end.
    pub moments: Vec<Moment>,
    /// What it adds up to.
    pub totals: Totals,
    /// Latitude and longitude of the plane's origin.
    pub origin: (f64, f64),
}

/// Sums and means of the truth.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Totals {
    /// Metres along the middle of the road.
    pub distance_m: f64,
    /// Seconds with the timer running.
    pub timer_s: f64,
    /// Seconds from start to end.
    pub elapsed_s: f64,
    /// Mean step rate over timer time, standing still as zero, spm.
    pub mean_spm: f64,
    /// Mean step rate while running, spm.
    pub running_spm: f64,
    /// Mean speed while running, m/s.
    pub running_speed_m_s: f64,
    /// Steps of both feet.
    pub steps: f64,
    /// Climb along the true road, m.
    pub ascent_m: f64,
    /// Drop along the true road, m.
    pub descent_m: f64,
    /// Metres run on each slope of the road: (grade, metres), in order of grade.
    pub metres_by_grade: Vec<(f64, f64)>,
    /// Metres run left of the road's middle, in the direction of running.
    pub left_m: f64,
    /// Metres run right of the road's middle.
    pub right_m: f64,
    /// Net turning in laps, positive anticlockwise.
    pub net_laps: f64,
    /// Seconds in bends to the left and to the right.
    pub bends_s: (f64, f64),
    /// Times turned back.
    pub turn_backs: usize,
    /// Step rate at the reference speed on the level, this run's offset included, spm.
    pub reference_spm: f64,
}

/// Mean radius of the earth in metres (IUGG).
const EARTH_RADIUS_M: f64 = 6_371_008.8;

impl Truth {
    /// Latitude and longitude in degrees of a point of the route's plane.
    pub fn degrees(&self, east_m: f64, north_m: f64) -> (f64, f64) {
        let (latitude, longitude) = self.origin;
        let metres_per_radian = EARTH_RADIUS_M * latitude.to_radians().cos();
        (
            latitude + (north_m / EARTH_RADIUS_M).to_degrees(),
            longitude + (east_m / metres_per_radian).to_degrees(),
        )
    }

    /// First second, Unix.
    pub fn start_s(&self) -> i64 {
        self.moments.first().map_or(0, |m| m.unix_s)
    }
}
