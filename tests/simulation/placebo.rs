//! Every statistic that can raise a card, where there is nothing to find: series with memory, and
//! histories whose order is drawn anew.

use lightfoot::Settings;
use lightfoot::findings::judge;
use lightfoot::segment::{Dynamics, Piece};
use lightfoot::stats::{mean_difference, sen};
use lightfoot::trend::{History, Sureness};
use rayon::prelude::*;

use super::analyses::Draft;
use super::athlete::{Athlete, Kind, Wander, World};
use super::support::prng::{Ar1, Prng};
use super::table::{Bound, Row};

const PLACEBO: &str = "placebo: false alarms";

/// All rows of this part.
pub fn rows(athletes: usize) -> Vec<Row> {
    let mut rows = series(athletes);
    rows.extend(shuffled(athletes));
    rows.extend(new_watch(athletes));
    rows
}

fn bound(rho: f64) -> Bound {
    Bound::AtMost(if rho < 0.3 { 0.06 } else { 0.10 })
}

fn excludes(interval: Option<(f64, f64)>) -> bool {
    interval.is_some_and(|(low, high)| low > 0.0 || high < 0.0)
}

fn series(count: usize) -> Vec<Row> {
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
            let seeds = 0..count as u64;
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
fn shuffled(athletes: usize) -> Vec<Row> {
    let world = World {
        rise: 2.0,
        season: 2.0,
        wander: Wander::BetweenTenRuns(1.0, 4.0),
        kind: Kind::OneWatch,
        ..World::forty(0.2)
    };
    let found: Vec<(bool, bool, bool)> = (0..athletes as u64)
        .into_par_iter()
        .map(|seed| {
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
        })
        .collect();
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

/// A new watch whose sensor says the same as the old one's.
fn new_watch(athletes: usize) -> Vec<Row> {
    let mut rows = Vec::new();
    for (each_side, rho, jump) in
        [(40, 0.2, 0.0), (10, 0.2, 0.0), (5, 0.2, 0.0), (10, 0.5, 0.0), (10, 0.2, 11.0)]
    {
        let found: Vec<bool> = (0..athletes as u64)
            .into_par_iter()
            .map(|seed| {
                let mut prng = Prng::stream(seed, "new watch");
                let mut contact = Ar1::new(4.0, rho, &mut prng);
                let mut bounce = Ar1::new(2.0, rho, &mut prng);
                let runs = (0..2 * each_side)
                    .map(|k| {
                        let new = k >= each_side;
                        // The change lies in the last four weeks: otherwise it is no news.
                        let mut draft =
                            Draft::new(26.0 * f64::from(k) / f64::from(2 * each_side), 8_000.0);
                        draft.device = if new { "Watch B" } else { "Watch A" };
                        draft.dynamics = Dynamics::Measured;
                        let run = (contact.next(&mut prng), bounce.next(&mut prng));
                        draft.pieces = dynamics(&mut prng, run, if new { jump } else { 0.0 });
                        draft.build()
                    })
                    .collect();
                let history = History::build(runs, &Settings::default());
                let cards = judge(&history, &Settings::default());
                cards.iter().any(|c| c.rule == "sensor_changed")
            })
            .collect();
        let what = format!(
            "a new watch, {each_side} + {each_side} runs, autocorrelation {rho}, contact time \
             {jump} ms longer: card \"jumped\""
        );
        let (about, bound) =
            if jump > 0.0 { ("a change is found", Bound::Stated) } else { (PLACEBO, bound(rho)) };
        rows.push(Row::count(about, what, found, bound));
    }
    rows
}

fn dynamics(prng: &mut Prng, run: (f64, f64), jump_ms: f64) -> Vec<Piece> {
    let mean = 2.8 + 0.15 * prng.gauss();
    (0..60)
        .map(|k| {
            let speed_m_s = mean + 0.2 * prng.gauss();
            let dv = speed_m_s - 2.8;
            let bounce = 86.0 + 5.0 * dv + run.1 + 3.0 * prng.gauss();
            Piece {
                start_s: 30.0 * f64::from(k),
                duration_s: 30.0,
                speed_m_s,
                step_rate_spm: 165.0 + 7.0 * dv + 2.0 * prng.gauss(),
                steady: true,
                ground_contact_time_ms: Some(
                    262.0 - 38.0 * dv + run.0 + jump_ms + 6.0 * prng.gauss(),
                ),
                vertical_oscillation_mm: Some(bounce),
                vertical_ratio_percent: Some(bounce / 10.2),
                ..Piece::default()
            }
        })
        .collect()
}
