//! How far apart two positions lie.

/// Mean radius of the Earth in metres. Source: IUGG.
pub const EARTH_RADIUS_M: f64 = 6_371_008.8;

/// Great-circle distance in metres between two (latitude, longitude) pairs in degrees, by the
/// haversine formula, which keeps its digits for points close together.
pub fn great_circle_m(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (lat_a, lat_b) = (a.0.to_radians(), b.0.to_radians());
    let half_lat = ((lat_b - lat_a) / 2.0).sin();
    let half_lon = ((b.1 - a.1).to_radians() / 2.0).sin();
    let chord = half_lat * half_lat + lat_a.cos() * lat_b.cos() * half_lon * half_lon;
    2.0 * EARTH_RADIUS_M * chord.sqrt().min(1.0).asin()
}

/// Whether two positions lie within `reach_m`, as [`great_circle_m`] measures it. Neighbouring
/// records are told without a sine: the straight line between two positions on a map of degrees
/// that draws all parallels as long as the equator is never shorter than the great circle.
#[inline]
pub fn within_m(a: (f64, f64), b: (f64, f64), reach_m: f64) -> bool {
    let (north, east) = ((b.0 - a.0).to_radians(), (b.1 - a.1).to_radians());
    let reach = reach_m / EARTH_RADIUS_M;
    // A millionth of the reach is far more than either side rounds.
    north * north + east * east <= reach * reach * (1.0 - 1e-6) || great_circle_m(a, b) <= reach_m
}

/// Direction in which a great circle leaves `a` towards `b`, degrees clockwise from north, 0..360.
pub fn initial_bearing_deg(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (lat_a, lat_b) = (a.0.to_radians(), b.0.to_radians());
    let lon = (b.1 - a.1).to_radians();
    let east = lon.sin() * lat_b.cos();
    let north = lat_a.cos() * lat_b.sin() - lat_a.sin() * lat_b.cos() * lon.cos();
    east.atan2(north).to_degrees().rem_euclid(360.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::Random;

    #[test]
    fn the_short_answer_is_the_long_one() {
        let mut random = Random::new(21);
        let mut draw = |reach: f64| reach * (random.below(2_000_001) as f64 / 1e6 - 1.0);
        let mut near = 0;
        for _ in 0..20_000 {
            let a = (draw(90.0), draw(180.0));
            let b = (a.0 + draw(3e-4), a.1 + draw(6e-4));
            let reach_m = 12.0 + draw(11.0);
            let long = great_circle_m(a, b) <= reach_m;
            assert_eq!(within_m(a, b, reach_m), long, "{a:?} {b:?} {reach_m}");
            near += usize::from(long);
        }
        assert!((2_000..18_000).contains(&near), "{near}");
    }

    #[test]
    fn distances_worked_out_elsewhere() {
        for (a, b, expected) in [
            ((47.0, 8.0), (47.001, 8.0), 111.195_080_233_243_06),
            ((-33.8688, 151.2093), (-33.86, 151.2), 1_301.858_720_394_289_3),
            ((0.0, 0.0), (0.0, 180.0), std::f64::consts::PI * EARTH_RADIUS_M),
        ] {
            let found = great_circle_m(a, b);
            assert!((found - expected).abs() <= 1e-9 + 1e-4 * expected, "{found} {expected}");
        }
    }
}
