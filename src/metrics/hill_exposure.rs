//! Distance, time and descent by grade band.

use std::sync::LazyLock;

use super::altitude_gate::grade;
pub use super::slopes::HILL;
use super::slopes::{Slope, Stretch, for_each_slope};
use super::{Compute, Doc, Evidence, Metric, Outcome, Reading, Run, Unavailable, unit};
use crate::activity::Origin;
use crate::segment::grade::{standard_error, window_m};
use crate::segment::grid::CELL_M;

/// Hill exposure.
pub const METRIC: Metric = Metric {
    id: "hill_exposure",
    title: "Hilly distance",
    unit: unit::M,
    evidence: Evidence::B,
    sources: &["gottschall2005", "telhan2010", "own_archives"],
    doc: Doc {
        measures: "How far you went up and down slopes of 3 % and more, and how steep they were.",
        formula: "Sum of metres with |g| >= 0.03 in stretches of 50 m and more, m; g = \
                  least-squares slope of altitude on distance over 60 m (100 m for altitude in \
                  1 m steps). By half-open bands of g.",
        needs: "Altitude from a barometer, and distance.",
        unavailable: "There is no altitude, or it comes from satellites, or the watch is not \
                      known to have a barometer.",
        limits: "On the level a slope is right to 0.8 points, at 6 to 12 % to 1.8, above 12 % to \
                 2 points: steep bands blur into each other. Short ramps are not seen.",
    },
    trended: true,
    compute: Compute::Run(compute),
};

/// A band of grade, half-open: `low <= g < high`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Band {
    /// Key of its parts: `down_6_10` gives `down_6_10_m`, `down_6_10_s`, ...
    pub key: &'static str,
    /// For a reader.
    pub label: &'static str,
    /// Lower edge, rise over run.
    pub low: f64,
    /// Upper edge.
    pub high: f64,
    /// How far a slope in this band differs at one place from day to day, points: the most seen on
    /// barometers. Source: `real-data` part 1, section 5.
    pub error_points: f64,
}

/// The bands from steepest down to steepest up. Source of the edges: `science` 2.16.
pub const BANDS: &[Band] = &[
    Band {
        key: "down_15",
        label: "down, 15 % and steeper",
        low: f64::NEG_INFINITY,
        high: -0.15,
        error_points: 2.2,
    },
    Band { key: "down_10_15", label: "down 10-15 %", low: -0.15, high: -0.10, error_points: 2.2 },
    Band { key: "down_6_10", label: "down 6-10 %", low: -0.10, high: -0.06, error_points: 1.8 },
    Band { key: "down_3_6", label: "down 3-6 %", low: -0.06, high: -0.03, error_points: 1.9 },
    Band { key: "level", label: "level", low: -0.03, high: 0.03, error_points: 0.8 },
    Band { key: "up_3_6", label: "up 3-6 %", low: 0.03, high: 0.06, error_points: 1.9 },
    Band { key: "up_6_10", label: "up 6-10 %", low: 0.06, high: 0.10, error_points: 1.8 },
    Band {
        key: "up_10",
        label: "up, 10 % and steeper",
        low: 0.10,
        high: f64::INFINITY,
        error_points: 2.2,
    },
];
/// Shortest stretch that is a hill, m. Source: as above.
pub const SHORTEST_M: f64 = 50.0;
/// Least share of the distance with a known slope. Source: `science` 2.0.
const LEAST_COVERAGE: f64 = super::form_mean::LEAST_COVERAGE;
/// Place of the level band.
const LEVEL: usize = 4;

/// What was run in one band.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Exposure {
    /// Metres.
    pub metres: f64,
    /// Seconds.
    pub seconds: f64,
    /// Steps of both feet; time without cadence adds none.
    pub steps: f64,
    /// Metres of drop.
    pub descent_m: f64,
}

impl Exposure {
    /// Adds a stretch.
    #[inline]
    pub fn add(&mut self, stretch: &Stretch) {
        self.metres += stretch.metres;
        self.seconds += stretch.seconds;
        if let Some(rate) = stretch.step_rate_spm {
            self.steps += rate * stretch.seconds / 60.0;
        }
        self.descent_m += (-stretch.grade * stretch.metres).max(0.0);
    }
}

/// Band of a grade, as an index into [`BANDS`]; a grade that is not a number is level.
#[inline]
pub fn band(grade: f64) -> usize {
    BANDS.iter().position(|b| b.low <= grade && grade < b.high).unwrap_or(LEVEL)
}

/// Keys of the parts of each band, made once: every run of a lifetime carries them.
static BAND_KEYS: LazyLock<Vec<[String; 4]>> = LazyLock::new(|| {
    let keys = |band: &Band| ["m", "s", "steps", "descent_m"].map(|p| format!("{}_{p}", band.key));
    BANDS.iter().map(keys).collect()
});

fn compute(run: &Run<'_>) -> Outcome {
    measure(run).into()
}

fn measure(run: &Run<'_>) -> Result<Reading, Unavailable> {
    let slopes = grade(run)?;
    let hills = Hills::over(run);
    let coverage = if hills.total_m > 0.0 { hills.known_m / hills.total_m } else { 0.0 };
    if coverage < LEAST_COVERAGE {
        let reason = format!("Only {:.0} % of the distance has a known slope.", 100.0 * coverage);
        return Err(Unavailable::new("too_little_coverage", reason));
    }
    let side = |keep: fn(&Band) -> bool| -> f64 {
        BANDS.iter().zip(&hills.bands).filter(|(b, _)| keep(b)).map(|(_, e)| e.metres).sum()
    };
    let downhill = side(|b| b.high <= -HILL);
    let uphill = side(|b| b.low >= HILL);
    let minutes = hills.bands.iter().map(|e| e.seconds).sum::<f64>() / 60.0;
    let origin: Origin = slopes.origin().clone();
    let mut reading = Reading::minutes(downhill + uphill, minutes, coverage, origin)
        .part("level_grade_error_percent", level_error_percent(run))
        .part("downhill_m", Some(downhill))
        .part("uphill_m", Some(uphill));
    let bands = BANDS.iter().zip(&hills.bands).zip(BAND_KEYS.iter());
    for ((band, exposure), [metres, seconds, steps, descent]) in bands {
        reading = reading
            .part(metres.as_str(), Some(exposure.metres))
            .part(seconds.as_str(), Some(exposure.seconds))
            .part(steps.as_str(), Some(exposure.steps));
        if band.high <= -HILL {
            reading = reading.part(descent.as_str(), Some(exposure.descent_m));
        }
    }
    Ok(reading)
}

/// Standard deviation of a barometer's altitude, m. Source: `science` 2.15.
const BAROMETER_ERROR_M: f64 = 0.3;

/// Standard error of a slope on the level by the altitude's noise and the window, percent.
fn level_error_percent(run: &Run<'_>) -> Option<f64> {
    let altitude = run.activity.channels.altitude.as_ref()?;
    let window_m = window_m(altitude.iter().flatten().map(|z| z.0));
    Some(100.0 * standard_error(BAROMETER_ERROR_M, window_m, window_m / CELL_M))
}

/// The run by bands, and the place of every tick in them.
pub(super) struct Hills {
    /// In the order of [`BANDS`].
    pub bands: [Exposure; BANDS.len()],
    /// Metres with a known slope.
    pub known_m: f64,
    /// Metres in all.
    pub total_m: f64,
}

impl Hills {
    /// Goes once over the run. Slopes of less than [`SHORTEST_M`] count as level.
    pub(super) fn over(run: &Run<'_>) -> Self {
        let mut hills = Self { bands: Default::default(), known_m: 0.0, total_m: 0.0 };
        let mut open = Open::default();
        for_each_slope(run, |slope| match slope {
            Slope::Unknown { metres } => {
                hills.total_m += metres;
                open.close(&mut hills.bands);
            }
            Slope::Known(stretch) => {
                hills.total_m += stretch.metres;
                hills.known_m += stretch.metres;
                open.extend(&stretch, &mut hills.bands);
            }
        });
        open.close(&mut hills.bands);
        hills
    }
}

/// A stretch of ticks that all go up, all go down, or are all level.
#[derive(Default)]
struct Open {
    direction: i8,
    bands: [Exposure; BANDS.len()],
}

impl Open {
    fn extend(&mut self, stretch: &Stretch, into: &mut [Exposure; BANDS.len()]) {
        let direction = if stretch.grade >= HILL {
            1
        } else if stretch.grade < -HILL {
            -1
        } else {
            0
        };
        if direction != self.direction {
            self.close(into);
            self.direction = direction;
        }
        let place = if direction == 0 { LEVEL } else { band(stretch.grade) };
        if let Some(exposure) = self.bands.get_mut(place) {
            exposure.add(stretch);
        }
    }

    /// Hands the stretch over: to its bands when it is long enough, else to the level.
    fn close(&mut self, into: &mut [Exposure; BANDS.len()]) {
        let metres: f64 = self.bands.iter().map(|e| e.metres).sum();
        let flat = self.direction == 0 || metres < SHORTEST_M;
        for (place, part) in self.bands.iter().enumerate() {
            if let Some(total) = into.get_mut(if flat { LEVEL } else { place }) {
                merge(total, part);
            }
        }
        *self = Self::default();
    }
}

fn merge(into: &mut Exposure, part: &Exposure) {
    into.metres += part.metres;
    into.seconds += part.seconds;
    into.steps += part.steps;
    into.descent_m += part.descent_m;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_touch_and_the_level_lies_between() {
        assert!(BANDS.windows(2).all(|w| w[0].high == w[1].low));
        assert_eq!(BANDS[LEVEL].key, "level");
        assert_eq!(band(0.0), LEVEL);
        assert_eq!(BANDS[band(-0.1)].key, "down_6_10");
        assert_eq!(BANDS[band(0.03)].key, "up_3_6");
        assert_eq!(BANDS[band(-0.03)].key, "level");
    }

    #[test]
    fn a_short_ramp_is_level_and_a_hill_is_not() {
        let stretch = |grade, metres| Stretch { grade, metres, seconds: 10.0, step_rate_spm: None };
        let mut bands = [Exposure::default(); BANDS.len()];
        let mut open = Open::default();
        for s in
            [stretch(0.05, 30.0), stretch(0.0, 100.0), stretch(-0.08, 30.0), stretch(-0.05, 30.0)]
        {
            open.extend(&s, &mut bands);
        }
        open.close(&mut bands);
        assert_eq!(bands[LEVEL].metres, 130.0);
        assert_eq!(bands[band(-0.08)].metres, 30.0);
        assert_eq!(bands[band(-0.05)].metres, 30.0);
        assert!((bands[band(-0.08)].descent_m - 2.4).abs() < 1e-12);
    }
}
