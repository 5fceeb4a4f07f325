//! Routes in a local plane with everything known: position, heading, curvature, elevation.

/// Radius of the running line of a 400 m track in metres, 30 cm out from the kerb (World
/// Athletics track facilities manual).
pub const TRACK_RADIUS_M: f64 = 36.8;
/// Straight of a 400 m track in metres: what the two bends leave of 400 m.
pub const TRACK_STRAIGHT_M: f64 = 200.0 - std::f64::consts::PI * TRACK_RADIUS_M;

/// One piece of a road seen from above.
#[derive(Clone, Copy, Debug)]
pub enum Leg {
    /// Straight on.
    Straight {
        /// Metres.
        length_m: f64,
    },
    /// A bend of constant radius.
    Bend {
        /// Metres from the centre of the circle.
        radius_m: f64,
        /// Degrees turned, positive to the left (anticlockwise).
        turn_deg: f64,
    },
}

/// How the road is run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Course {
    /// From start to end; past the end straight on.
    Once,
    /// To a turning point and back, again and again.
    OutAndBack {
        /// Distance of the turning point from the start.
        turn_m: f64,
    },
    /// Round and round a closed road.
    Laps,
}

/// Place on a route.
#[derive(Clone, Copy, Debug, Default)]
pub struct Place {
    /// Metres east of the route's origin.
    pub east_m: f64,
    /// Metres north of the route's origin.
    pub north_m: f64,
    /// Direction of running, radians anticlockwise from east.
    pub heading: f64,
    /// Curvature in the direction of running, 1/m, positive to the left.
    pub curvature: f64,
    /// Metres above sea level.
    pub elevation_m: f64,
    /// Slope in the direction of running, rise over run.
    pub grade: f64,
    /// Whether this is a way back.
    pub back: bool,
}

/// A route around an invented place.
#[derive(Clone, Debug)]
pub struct Route {
    starts: Vec<Start>,
    length_m: f64,
    course: Course,
    /// (metres along the road, metres above sea level), rising in the first.
    profile: Vec<(f64, f64)>,
    /// Latitude and longitude of the plane's origin in degrees: open ocean unless moved.
    pub origin: (f64, f64),
    mirrored: bool,
}

#[derive(Clone, Copy, Debug)]
struct Start {
    at_m: f64,
    east_m: f64,
    north_m: f64,
    heading: f64,
    curvature: f64,
}

impl Route {
    /// A road from its legs, first heading in degrees anticlockwise from east.
    pub fn new(legs: &[Leg], first_heading_deg: f64, course: Course) -> Self {
        let mut starts = Vec::with_capacity(legs.len());
        let mut here = Start { at_m: 0.0, east_m: 0.0, north_m: 0.0, heading: 0.0, curvature: 0.0 };
        here.heading = first_heading_deg.to_radians();
        for leg in legs {
            let (length_m, curvature) = match *leg {
                Leg::Straight { length_m } => (length_m, 0.0),
                Leg::Bend { radius_m, turn_deg } => {
                    (radius_m * turn_deg.abs().to_radians(), turn_deg.signum() / radius_m)
                }
            };
            here.curvature = curvature;
            starts.push(here);
            let (east_m, north_m, heading) = walk(&here, length_m);
            here = Start { at_m: here.at_m + length_m, east_m, north_m, heading, curvature: 0.0 };
        }
        Self {
            starts,
            length_m: here.at_m,
            course,
            profile: vec![(0.0, 100.0)],
            origin: (46.25, -31.5),
            mirrored: false,
        }
    }

    /// A straight road.
    pub fn straight() -> Self {
        Self::new(&[Leg::Straight { length_m: 1e6 }], 30.0, Course::Once)
    }

    /// A gently winding road, there and back.
    pub fn out_and_back(turn_m: f64) -> Self {
        Self::new(&winding(turn_m), 20.0, Course::OutAndBack { turn_m })
    }

    /// A 400 m track run anticlockwise on the inner running line.
    pub fn track() -> Self {
        let bend = Leg::Bend { radius_m: TRACK_RADIUS_M, turn_deg: 180.0 };
        let straight = Leg::Straight { length_m: TRACK_STRAIGHT_M };
        Self::new(&[straight, bend, straight, bend], 75.0, Course::Laps)
    }

    /// A closed loop of this length, a rounded square run anticlockwise.
    pub fn round(length_m: f64) -> Self {
        let radius_m = length_m / 40.0;
        let side = length_m / 4.0 - radius_m * std::f64::consts::FRAC_PI_2;
        let legs = [Leg::Straight { length_m: side }, Leg::Bend { radius_m, turn_deg: 90.0 }];
        Self::new(&legs.repeat(4), 10.0, Course::Laps)
    }

    /// The same road with this elevation profile: (metres along the road, metres above sea
    /// level), rising in the first, straight lines between.
    #[must_use]
    pub fn profile(mut self, points: &[(f64, f64)]) -> Self {
        assert!(points.windows(2).all(|w| w[0].0 < w[1].0), "profile points must rise");
        self.profile = points.to_vec();
        self
    }

    /// The same road climbing at one grade all the way.
    #[must_use]
    pub fn grade(self, grade: f64) -> Self {
        self.profile(&[(0.0, 200.0), (1e6, 200.0 + 1e6 * grade)])
    }

    /// The same road around another origin.
    #[must_use]
    pub fn at(mut self, latitude: f64, longitude: f64) -> Self {
        self.origin = (latitude, longitude);
        self
    }

    /// The mirror image across the north-south line: every left becomes a right.
    #[must_use]
    pub fn mirrored(mut self) -> Self {
        self.mirrored = !self.mirrored;
        self
    }

    /// Whether the route is a mirror image.
    pub fn is_mirrored(&self) -> bool {
        self.mirrored
    }

    /// Length of the road, metres: one lap of a closed one.
    pub fn length_m(&self) -> f64 {
        self.length_m
    }

    /// How it is run.
    pub fn course(&self) -> Course {
        self.course
    }

    /// The place after this much running.
    pub fn place(&self, run_m: f64) -> Place {
        let (road_m, back) = match self.course {
            Course::Once => (run_m, false),
            Course::Laps => (run_m.rem_euclid(self.length_m), false),
            Course::OutAndBack { turn_m } => {
                let phase = run_m.rem_euclid(2.0 * turn_m);
                if phase <= turn_m { (phase, false) } else { (2.0 * turn_m - phase, true) }
            }
        };
        let leg = self.starts.partition_point(|s| s.at_m <= road_m).max(1) - 1;
        let start = &self.starts[leg];
        let (east_m, north_m, heading) = walk(start, road_m - start.at_m);
        let (elevation_m, slope) = self.elevation(road_m);
        let way = if back { -1.0 } else { 1.0 };
        let heading = if back { heading + std::f64::consts::PI } else { heading };
        let mirror = if self.mirrored { -1.0 } else { 1.0 };
        Place {
            east_m: mirror * east_m,
            north_m,
            heading: if self.mirrored { std::f64::consts::PI - heading } else { heading },
            curvature: mirror * way * start.curvature,
            elevation_m,
            grade: way * slope,
            back,
        }
    }

    fn elevation(&self, road_m: f64) -> (f64, f64) {
        let next = self.profile.partition_point(|p| p.0 <= road_m);
        let (first, last) = (self.profile[0], self.profile[self.profile.len() - 1]);
        if next == 0 {
            return (first.1, 0.0);
        }
        if next == self.profile.len() {
            return (last.1, 0.0);
        }
        let (a, b) = (self.profile[next - 1], self.profile[next]);
        let slope = (b.1 - a.1) / (b.0 - a.0);
        (a.1 + slope * (road_m - a.0), slope)
    }
}

/// A road that winds a little, like roads do, at least this long.
fn winding(at_least_m: f64) -> Vec<Leg> {
    // Lengths and turns are chosen: bends wide enough for a road, summing to about nothing.
    const PATTERN: [(f64, f64, f64); 5] = [
        (420.0, 180.0, 22.0),
        (310.0, 240.0, -31.0),
        (560.0, 150.0, 18.0),
        (270.0, 300.0, 14.0),
        (480.0, 200.0, -24.0),
    ];
    let mut legs = Vec::new();
    let mut length = 0.0;
    for (length_m, radius_m, turn_deg) in PATTERN.iter().copied().cycle() {
        if length > at_least_m + 10.0 {
            break;
        }
        legs.push(Leg::Straight { length_m });
        legs.push(Leg::Bend { radius_m, turn_deg });
        length += length_m + radius_m * turn_deg.abs().to_radians();
    }
    legs
}

/// East, north and heading after some metres from the start of a leg.
fn walk(start: &Start, metres: f64) -> (f64, f64, f64) {
    if start.curvature == 0.0 {
        let (sin, cos) = start.heading.sin_cos();
        return (start.east_m + metres * cos, start.north_m + metres * sin, start.heading);
    }
    let heading = start.heading + start.curvature * metres;
    let radius = 1.0 / start.curvature;
    (
        start.east_m + radius * (heading.sin() - start.heading.sin()),
        start.north_m - radius * (heading.cos() - start.heading.cos()),
        heading,
    )
}
