//! Slopes and differences of cadence where there is nothing to find: series with memory, and
//! histories whose order is drawn anew.

use lightfoot::Settings;
use lightfoot::findings::judge;
use lightfoot::stats::{mean_difference, sen};
use lightfoot::trend::{History, Sureness};

use super::Lot;
use super::athlete::{Athlete, Kind, Wander, World};
use super::support::prng::{Ar1, Prng};
use super::table::{Bound, Row};

pub const PLACEBO: &str = "placebo: false alarms";

/// All rows of this part.
pub fn rows(lot: Lot) -> Vec<Row> {
    let mut rows = series(lot);
    rows.extend(shuffled(lot));
    rows
}

/// What a false alarm may be at this autocorrelation.
pub fn bound(rho: f64) -> Bound {
    Bound::AtMost(if rho < 0.3 { 0.06 } else { 0.10 })
}

fn excludes(interval: Option<(f64, f64)>) -> bool {
    interval.is_some_and(|(low, high)| low > 0.0 || high < 0.0)
}

/// Bare series cost next to nothing: so many to each athlete, so that a row is not a matter of luck.
const SERIES_AN_ATHLETE: usize = 10;

fn series(lot: Lot) -> Vec<Row> {
    let lot = Lot { athletes: SERIES_AN_ATHLETE * lot.athletes, ..lot };
    let mut rows = Vec::new();
    for rho in [0.0, 0.2, 0.5] {
        for n in [12, 20, 40, 80] {
            let ask = |seed: u64, judge: &dyn Fn(&[f64]) -> bool| {
                let mut prng = Prng::stream(seed, "placebo");
                let mut form = Ar1::new(2.0, rho, &mut prng);
                judge(&(0..n).map(|_| form.next(&mut prng)).collect::<Vec<f64>>())
            };
            let x: Vec<f64> = (0..n).map(f64::from).collect();
            let slope =
                |y: &[f64]| excludes(sen(&x, y).and_then(|s| s.interval).map(|i| (i.low, i.high)));
            let step = |y: &[f64]| {
                let (a, b) = y.split_at(y.len() / 2);
                excludes(mean_difference(a, b).and_then(|d| d.interval))
            };
            let seeds = lot.seeds();
            rows.push(Row::count(
                PLACEBO,
                format!("slope of {n} values, autocorrelation {rho}"),
                seeds.clone().map(|seed| ask(seed, &slope)),
                bound(rho),
            ));
            if n >= 20 {
                let what = format!("{} against {} values, autocorrelation {rho}", n / 2, n / 2);
                let found = seeds.map(|seed| ask(seed, &step));
                rows.push(Row::count(PLACEBO, what, found, bound(rho)));
            }
        }
    }
    rows
}

/// Histories that rise, wander and have a season, their runs dealt out over the days anew.
fn shuffled(lot: Lot) -> Vec<Row> {
    let world = World {
        rise: 2.0,
        season: 2.0,
        wander: Wander::BetweenTenRuns(1.0, 4.0),
        kind: Kind::OneWatch,
        ..World::forty(0.2)
    };
    let found: Vec<(bool, bool, bool)> = lot.each(|seed| {
        let athlete = Athlete::draw(&world, seed);
        let mut prng = Prng::stream(seed, "shuffle");
        let mut runs = athlete.runs;
        for i in (1..runs.len()).rev() {
            let j = prng.between(0, i as i64) as usize;
            let (a, b) = (runs[i].pieces.clone(), runs[j].pieces.clone());
            runs[i].pieces = b;
            runs[j].pieces = a;
        }
        let history = History::build(runs, &Settings::default());
        let recent = history.series_of("adjusted_cadence").and_then(|s| s.recent.clone());
        let slope = recent.is_some_and(|t| t.sureness != Sureness::CannotTell);
        let date = history.days[20];
        let step = history.before_after("adjusted_cadence", date);
        let step = step.is_ok_and(|b| b.sureness != Sureness::CannotTell);
        let card = judge(&history, &Settings::default());
        (slope, step, card.iter().any(|c| c.rule == "cadence_trend"))
    });
    let at_most = Bound::AtMost(0.06);
    vec![
        Row::count(
            PLACEBO,
            "shuffled histories of 40 runs: slope's interval excludes 0",
            found.iter().map(|f| f.0),
            at_most,
        ),
        Row::count(
            PLACEBO,
            "shuffled histories of 40 runs: difference at a date excludes 0",
            found.iter().map(|f| f.1),
            at_most,
        ),
        Row::count(
            PLACEBO,
            "shuffled histories of 40 runs: card",
            found.iter().map(|f| f.2),
            at_most,
        ),
    ]
}
