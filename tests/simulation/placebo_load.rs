//! Runners whose training does not change: how often a page says that one run or one descent stands
//! out, and how often something stands out before an ordinary day.

use lightfoot::before::before;
use lightfoot::findings::judge;
use lightfoot::trend::History;
use lightfoot::{Analysis, Settings};

use super::Lot;
use super::analyses::Draft;
use super::athlete::range;
use super::placebo::PLACEBO;
use super::support::prng::Prng;
use super::table::{Bound, Row};

const FACTS: &str = "facts about one run, of runners who do not change";

/// All rows of this part.
pub fn rows(lot: Lot) -> Vec<Row> {
    let mut rows = single_runs(lot);
    rows.extend(ordinary_days(lot.part(5, 5)));
    rows
}

/// Weeks of two to five runs, the last of each the long one, up and down by a fifth from week to
/// week with memory, and a pause of two weeks now and then.
fn training(prng: &mut Prng, weeks: u32, missing: f64) -> Vec<Analysis> {
    let mut form = 0.0;
    let mut runs = Vec::new();
    let mut paused = 0;
    let hilly = range(prng, 2.0, 12.0);
    for week in 0..weeks {
        form = 0.7 * form + 0.2 * (1.0 - 0.49_f64).sqrt() * prng.gauss();
        if paused == 0 && prng.uniform() < 0.03 {
            paused = 2;
        }
        if paused > 0 {
            paused -= 1;
            continue;
        }
        let count = prng.between(2, 5) as u32;
        for k in 0..count {
            let long = if k + 1 == count { 1.6 } else { 1.0 };
            let km = 8.0 * long * (form + 0.15 * prng.gauss()).exp();
            let descent = hilly * km * (0.3 * prng.gauss()).exp();
            let lost = prng.uniform() < missing;
            let day = 7.0 * f64::from(week) + 7.0 * f64::from(k) / f64::from(count);
            let mut draft = Draft::new(day, 1000.0 * km);
            draft.descent_m = Some(descent);
            if !lost {
                runs.push(draft.build());
            }
        }
    }
    runs
}

/// Cards about one long run and one steep descent, on a page of twelve weeks.
fn single_runs(lot: Lot) -> Vec<Row> {
    let mut rows = Vec::new();
    for (missing, words) in [(0.0, ""), (0.1, ", a tenth of the files missing")] {
        let found = lot.each(|seed| {
            let mut prng = Prng::stream(seed, "training");
            let runs = training(&mut prng, 12, missing);
            let history = History::build(runs, &Settings::default());
            let cards = judge(&history, &Settings::default());
            ["single_run_spike", "new_downhill"].map(|rule| cards.iter().any(|c| c.rule == rule))
        });
        for (k, name) in ["a long run", "a descent"].iter().enumerate() {
            let what = format!("a 12-week page carries a card about {name}{words}");
            rows.push(Row::count(FACTS, what, found.iter().map(|f| f[k]), Bound::Stated));
        }
    }
    rows
}

/// The four weeks before a day on which nothing happened, after two years of running.
fn ordinary_days(lot: Lot) -> Vec<Row> {
    const WEEKS: u32 = 110;
    let found: Vec<(bool, f64)> = lot.each(|seed| {
        let mut prng = Prng::stream(seed, "ordinary");
        let history = History::build(training(&mut prng, WEEKS, 0.0), &Settings::default());
        let onset = history.today.unwrap();
        let found = before(&history, onset, &Settings::default()).unwrap();
        let ordinary = found.ordinary.unwrap();
        (found.stood_out > 0, f64::from(ordinary.any as u32) / f64::from(ordinary.dates as u32))
    });
    let told = found.iter().map(|f| f.1).sum::<f64>().round() as u64;
    let what = "before a day on which nothing happened";
    vec![
        Row::count(
            PLACEBO,
            format!("{what}: something stands out"),
            found.iter().map(|f| f.0),
            Bound::Stated,
        ),
        Row {
            about: PLACEBO,
            what: format!("{what}: how often the same pages say that an ordinary day does"),
            k: told,
            n: found.len() as u64,
            bound: Bound::Stated,
        },
    ]
}
