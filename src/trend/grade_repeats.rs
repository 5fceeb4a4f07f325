//! Whether a watch's slopes repeat at the runner's own level places from run to run. Where they do
//! not, what was measured on slopes is taken back with a sentence.
//!
//! Source: `real-data` part 1, rule 10: a list of watches is one gate; this one works for any
//! source. Level places repeated to 0.0 to 0.8 points on barometers.

use serde::Serialize;

use super::Epoch;
use crate::Analysis;
use crate::metrics::Unavailable;
use crate::segment::level_places::LevelPlace;

/// Passes that a place needs.
const FEWEST_PASSES: usize = 8;
/// Places that a verdict needs.
const FEWEST_PLACES: usize = 20;
/// Largest standard deviation of a slope at one place over passes, rise over run.
const REPEATS_WITHIN: f64 = 0.01;
/// Metrics that stand on slopes.
const ON_SLOPES: &[&str] = &["hill_exposure", "downhill_dose", "grade_adjusted_speed"];

/// How well slopes repeat on one device.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct GradeCheck {
    /// Device epoch.
    pub epoch: usize,
    /// Level places with enough passes.
    pub places: usize,
    /// Median over places of the standard deviation of the slope, rise over run.
    pub spread: f64,
    /// Whether that is within one percent.
    pub repeats: bool,
}

/// Spread of slopes over passes; `None` with too few places that were passed often enough.
pub fn spread(passes: &mut [LevelPlace]) -> Option<(usize, f64)> {
    passes.sort_unstable();
    let mut spreads: Vec<f64> = passes
        .chunk_by(|a, b| a.place() == b.place())
        .filter(|chunk| chunk.len() >= FEWEST_PASSES)
        .map(|chunk| {
            let n = chunk.len() as f64;
            let mean = chunk.iter().map(|p| p.slope()).sum::<f64>() / n;
            let squares: f64 = chunk.iter().map(|p| (p.slope() - mean).powi(2)).sum();
            (squares / (n - 1.0)).sqrt()
        })
        .collect();
    if spreads.len() < FEWEST_PLACES {
        return None;
    }
    let middle = spreads.len() / 2;
    let median = *spreads.select_nth_unstable_by(middle, f64::total_cmp).1;
    Some((spreads.len(), median))
}

/// Checks every device, lets the places go, and takes back what stands on slopes where they do not repeat.
pub(super) fn check(runs: &mut [Analysis], epochs: &[Epoch]) -> Vec<GradeCheck> {
    let mut checks = Vec::new();
    for (epoch, members) in epochs.iter().enumerate() {
        let of = members.runs.iter().filter_map(|run| runs.get(*run));
        let count = of.map(|run| run.level_places.len()).sum();
        let mut passes: Vec<LevelPlace> = Vec::with_capacity(count);
        for run in &members.runs {
            let places = runs.get_mut(*run).map(|run| std::mem::take(&mut run.level_places));
            passes.extend(places.into_iter().flatten());
        }
        let Some((places, spread)) = spread(&mut passes) else { continue };
        let check = GradeCheck { epoch, places, spread, repeats: spread <= REPEATS_WITHIN };
        checks.push(check);
        if check.repeats {
            continue;
        }
        for index in &members.runs {
            if let Some(run) = runs.get_mut(*index) {
                take_back(run, &check);
            }
        }
    }
    checks
}

fn take_back(run: &mut Analysis, check: &GradeCheck) {
    run.readings.replace(|id, outcome| {
        (ON_SLOPES.contains(&id) && outcome.reading().is_some()).then(|| {
            let reason = format!(
                "This watch's slopes do not repeat: at {} level places that you passed eight \
                 times or more they differ by {:.1} points, and 1.0 is the most that bands of \
                 slope can stand.",
                check.places,
                100.0 * check.spread
            );
            Unavailable::because("slopes_do_not_repeat", reason)
        })
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passes(places: u32, each: usize, noise: f64) -> Vec<LevelPlace> {
        let wave = |p: u32, k: usize| (f64::from(p) * 1.7 + k as f64 * 2.399).sin();
        let of = |p: u32| (0..each).map(move |k| LevelPlace::new(p, 0.004 + noise * wave(p, k)));
        (0..places).flat_map(of).collect()
    }

    #[test]
    fn quiet_places_repeat_and_noisy_ones_do_not() {
        let (places, quiet) = spread(&mut passes(25, 10, 0.004)).unwrap();
        assert_eq!(places, 25);
        assert!(quiet < REPEATS_WITHIN, "{quiet}");
        let (_, noisy) = spread(&mut passes(25, 10, 0.02)).unwrap();
        assert!(noisy > REPEATS_WITHIN, "{noisy}");
    }

    #[test]
    fn few_places_or_few_passes_say_nothing() {
        assert_eq!(spread(&mut passes(19, 10, 0.02)), None);
        assert_eq!(spread(&mut passes(40, 7, 0.02)), None);
    }
}
