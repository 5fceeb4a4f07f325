//! Late in the run: a planted fade is found, and where there is none there is none.

use super::Lot;
use super::files::run;
use super::support::presets::forerunner_265;
use super::support::prng::Prng;
use super::support::route::Route;
use super::support::runner::{RunPlan, Runner};
use super::table::{Bound, Row};
use lightfoot::trend::own_drift::{OwnDrift, unusual};

/// Earlier runs that a run is judged by.
const BEFORE: u64 = 12;

/// All rows of this part; a fiftieth of the athletes, because each is a dozen files of 50 minutes.
pub fn rows(lot: Lot) -> Vec<Row> {
    let few = lot.part(50, 2);
    let mut rows = vec![by_chance(lot)];
    for (fade, what, bound) in [
        (0.0, "a thirteenth run like the twelve before is called unlike them", Bound::Stated),
        (
            -15.0,
            "a thirteenth run that fades by 15 spm an hour is called unlike",
            Bound::AtLeast(0.9),
        ),
    ] {
        let found = few.each(|seed| {
            let mut drifts = habit(seed, 0.0);
            drifts.push(drift(seed, BEFORE, fade));
            unusual(&drifts).contains(&(drifts.len() - 1))
        });
        rows.push(Row::count("late in the run, through files", what, found, bound));
    }
    for (fade, what, bound) in [
        (0.0, "no fade: the mean of twelve runs has a range that excludes 0", Bound::Stated),
        (-8.0, "8 spm an hour in every run: the mean's range excludes 0", Bound::AtLeast(0.9)),
    ] {
        let found = few.each(|seed| {
            let range = OwnDrift::of(&habit(seed, fade)).mean_range();
            range.is_some_and(|(low, high)| low > 0.0 || high < 0.0)
        });
        rows.push(Row::count("late in the run, through files", what, found, bound));
    }
    rows
}

fn habit(seed: u64, fade_per_hour: f64) -> Vec<f64> {
    (0..BEFORE).map(|k| drift(seed, k, fade_per_hour)).collect()
}

/// Drift of one run of 50 minutes as the metric gives it.
fn drift(seed: u64, k: u64, fade_per_hour: f64) -> f64 {
    let mut runner = Runner::default();
    runner.noise.fatigue_per_hour = fade_per_hour;
    // Slow wandering inside runs, as archives have it.
    runner.noise.slow_s = 240.0;
    let plan = RunPlan::even(8700.0, 2.9, 1000 * seed + k);
    run(&runner, &Route::straight(), &plan, &forerunner_265()).0.value("form_drift").unwrap()
}

/// How often a run is called unlike the 20 before it by chance.
fn by_chance(lot: Lot) -> Row {
    let called = lot.seeds().flat_map(|seed| {
        let mut prng = Prng::stream(seed, "drift");
        let drifts: Vec<f64> = (0..40).map(|_| 1.9 * prng.gauss()).collect();
        let odd = unusual(&drifts);
        (20..40).map(move |i| odd.contains(&i)).collect::<Vec<bool>>()
    });
    Row::count(
        "placebo: false alarms",
        "a run's late drift called unlike the 20 before it (a note in a chart's text, no card)",
        called,
        Bound::Stated,
    )
}
