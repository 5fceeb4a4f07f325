//! Intervals that cover, changes that are not there, and changes that are.

use super::Lot;
use super::athlete::{Athlete, Kind, Wander, World};
use super::table::{Bound, Row};
use lightfoot::Settings;
use lightfoot::findings::{Finding, judge};
use lightfoot::stats::theil_sen;
use lightfoot::trend::{History, Sureness, Trend};

const COVER: Bound = Bound::Between(0.92, 0.98);
const INTERVALS: &str = "95 % intervals cover the truth";
const FALSE: &str = "\"cadence changed\" though it did not";
const POWER: &str = "a change is found";

/// Changes that are not there, and changes that are.
pub fn rows(lot: Lot) -> Vec<Row> {
    let mut rows = false_changes(lot);
    rows.extend(power(lot));
    rows
}

/// Draws athletes and asks each something.
pub fn each<T: Send>(
    world: &World,
    lot: Lot,
    ask: impl Fn(&Athlete, &History) -> T + Sync + Send,
) -> Vec<T> {
    lot.each(|seed| {
        let mut athlete = Athlete::draw(world, seed);
        let runs = std::mem::take(&mut athlete.runs);
        let history = History::build(runs, &Settings::default());
        ask(&athlete, &history)
    })
}

fn inside(interval: Option<(f64, f64)>, truth: f64) -> Option<bool> {
    interval.map(|(low, high)| low <= truth && truth <= high)
}

/// The trend over all runs with the last watch.
fn trend(history: &History) -> Option<&Trend> {
    history.series_of("adjusted_cadence")?.trends.last()
}

/// Intervals of runs, levels and slopes of one athlete: covered of all, per kind.
struct Covered {
    runs: Vec<bool>,
    level: Option<bool>,
    slope: Option<bool>,
}

fn covered(athlete: &Athlete, history: &History) -> Covered {
    let series = history.series_of("adjusted_cadence").unwrap();
    let model = |epoch: usize| history.models.iter().find(|m| m.epoch == epoch).unwrap();
    let runs = series
        .points
        .iter()
        .filter_map(|p| {
            let law = athlete.law(model(p.epoch).reference_speed_m_s);
            inside(p.interval, athlete.levels[p.run] + law)
        })
        .collect();
    let last = *history.epoch_of.last().unwrap();
    let (days, path) = (&athlete.days[athlete.before..], &athlete.path[athlete.before..]);
    // What the level was over these runs, wandering and all; day form is what is averaged out.
    let mean = path.iter().sum::<f64>() / path.len() as f64;
    let level =
        inside(model(last).reference_interval, mean + athlete.law(model(last).reference_speed_m_s));
    let slope = 30.0 * theil_sen(days, path).unwrap();
    Covered { runs, level, slope: trend(history).and_then(|t| inside(t.interval_per_30d, slope)) }
}

/// How often intervals cover the truth.
pub fn intervals(lot: Lot) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut add = |world: World, words: &str, bound: Bound| {
        let world = World { rise: 1.0, ..world };
        let found = each(&world, lot, covered);
        let row = |what: &str, outcomes: Vec<bool>, bound| {
            Row::count(INTERVALS, format!("{what}, {words}"), outcomes, bound)
        };
        rows.push(row(
            "cadence at usual speed, one run",
            found.iter().flat_map(|c| c.runs.clone()).collect(),
            bound,
        ));
        rows.push(row(
            "cadence at usual speed, 40 runs",
            found.iter().filter_map(|c| c.level).collect(),
            bound,
        ));
        rows.push(row("slope", found.iter().filter_map(|c| c.slope).collect(), bound));
    };
    for rho in [0.0, 0.2] {
        add(World::forty(rho), &format!("autocorrelation {rho}"), COVER);
    }
    add(World::forty(0.5), "autocorrelation 0.5", Bound::AtLeast(0.88));
    let own = World { season: 2.0, wander: Wander::BetweenTenRuns(1.0, 4.0), ..World::forty(0.2) };
    add(own, "0.2, season and wandering as measured", Bound::AtLeast(0.92));
    rows
}

/// Cards about form.
pub fn form_cards(history: &History) -> Vec<Finding> {
    // Spikes, hills, sides and heart rate are facts about load, ground or a sensor.
    const NOT_FORM: [&str; 4] =
        ["single_run_spike", "new_downhill", "one_sided_camber", "heart_rate_doubt"];
    let mut cards = judge(history, &Settings::default());
    cards.retain(|card| !NOT_FORM.contains(&card.rule));
    cards
}

fn false_changes(lot: Lot) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut add = |world: World, words: &str, likely: Bound, card: Bound| {
        let found = each(&world, lot, |_, history| {
            let recent = history.series_of("adjusted_cadence").and_then(|s| s.recent.clone());
            let likely = recent.is_some_and(|t| t.sureness != Sureness::CannotTell);
            (likely, form_cards(history).iter().any(|c| c.rule == "cadence_trend"))
        });
        let what = format!("40 runs in 16 weeks, {words}");
        rows.push(Row::count(
            FALSE,
            format!("{what}: slope's interval excludes 0"),
            found.iter().map(|f| f.0),
            likely,
        ));
        rows.push(Row::count(FALSE, format!("{what}: card"), found.iter().map(|f| f.1), card));
    };
    for (rho, most) in [(0.0, 0.06), (0.2, 0.06), (0.5, 0.10)] {
        let bound = Bound::AtMost(most);
        add(World::forty(rho), &format!("autocorrelation {rho}"), bound, bound);
    }
    let measured =
        World { season: 2.0, wander: Wander::BetweenTenRuns(1.0, 4.0), ..World::forty(0.2) };
    add(measured, "0.2, season and wandering as measured", Bound::Stated, Bound::AtMost(0.10));
    let wild = World { wander: Wander::Deviation(1.0, 4.0), ..measured };
    add(wild, "0.2, wandering with an SD of 1 to 4 spm", Bound::Stated, Bound::Stated);
    rows
}

/// A step at a named date, and straight rises.
fn power(lot: Lot) -> Vec<Row> {
    let mut rows = Vec::new();
    let settings = [
        (30, 0.2, 3.0, Bound::AtLeast(0.85)),
        (15, 0.2, 3.0, Bound::Stated),
        (30, 0.5, 3.0, Bound::Stated),
        (15, 0.5, 3.0, Bound::Stated),
        (30, 0.2, 2.0, Bound::Stated),
        (30, 0.2, 5.0, Bound::Stated),
        (30, 0.2, 0.0, Bound::AtMost(0.06)),
        (15, 0.2, 0.0, Bound::AtMost(0.06)),
        (30, 0.5, 0.0, Bound::AtMost(0.10)),
        (15, 0.5, 0.0, Bound::AtMost(0.10)),
    ];
    for (each_side, rho, spm, bound) in settings {
        let world =
            World { runs: 2 * each_side, step: Some((each_side, spm)), ..World::forty(rho) };
        let found = each(&world, lot, |_, history| at_the_step(history, each_side));
        let about = if spm == 0.0 { FALSE } else { POWER };
        let what = format!(
            "step of {spm} spm at a named date, {each_side} + {each_side} runs, autocorrelation \
             {rho}"
        );
        rows.push(Row::count(
            about,
            format!("{what}: interval excludes 0"),
            found.iter().map(|f| f.0),
            bound,
        ));
        rows.push(Row::count(
            about,
            format!("{what}: and larger than 2 spm, detectable and own wandering (clear)"),
            found.iter().map(|f| f.1),
            if spm == 0.0 { bound } else { Bound::Stated },
        ));
    }
    rows.extend(gate_cost(lot));
    for (rho, rise) in [(0.2, 1.0), (0.2, 2.0), (0.2, 3.0), (0.5, 2.0)] {
        let world = World { rise, ..World::forty(rho) };
        let found = each(&world, lot, |_, h| trend(h).map(|t| t.sureness));
        let what = format!(
            "straight rise of {rise} spm per 30 days (40 runs, 16 weeks), autocorrelation {rho}"
        );
        let likely = |s: &Option<Sureness>| s.is_some_and(|s| s != Sureness::CannotTell);
        let clear = |s: &Option<Sureness>| *s == Some(Sureness::Clear);
        rows.push(Row::count(
            POWER,
            format!("{what}: interval excludes 0"),
            found.iter().map(likely),
            Bound::Stated,
        ));
        rows.push(Row::count(
            POWER,
            format!("{what}: clear"),
            found.iter().map(clear),
            Bound::Stated,
        ));
    }
    rows
}

/// Whether the step after so many runs with the last watch is likely, and whether it is clear.
fn at_the_step(history: &History, run: usize) -> (bool, bool) {
    let last = &history.epochs[*history.epoch_of.last().unwrap()];
    let date = history.days[last.runs[run]];
    let sureness =
        history.before_after("adjusted_cadence", date).map_or(Sureness::CannotTell, |b| b.sureness);
    (sureness != Sureness::CannotTell, sureness == Sureness::Clear)
}

/// What it costs to ask for more than the runner's own wandering: a long history, a step at its
/// end.
fn gate_cost(lot: Lot) -> Vec<Row> {
    let quiet =
        World { runs: 130, step: Some((100, 3.0)), kind: Kind::OneWatch, ..World::forty(0.2) };
    let wandering = World { season: 2.0, wander: Wander::BetweenTenRuns(1.0, 4.0), ..quiet };
    let mut rows = Vec::new();
    for (world, words) in [(quiet, "without wandering"), (wandering, "with wandering as measured")]
    {
        for spm in [0.0, 3.0, 6.0] {
            let world = World { step: Some((100, spm)), ..world };
            let found = each(&world, lot, |_, h| at_the_step(h, 100));
            let what = format!("own wandering known from 100 runs, step of {spm} spm, {words}");
            let about = if spm == 0.0 { FALSE } else { POWER };
            let words = ["interval excludes 0", "clear (own-wandering gate on)"];
            let no = if world.wander == Wander::None {
                Bound::AtMost(0.06)
            } else {
                Bound::AtMost(0.10)
            };
            let bounds = match (spm == 0.0, world.wander == Wander::None) {
                (true, true) => [no, no],
                (true, false) => [Bound::Stated, no],
                _ => [Bound::Stated, Bound::Stated],
            };
            rows.push(Row::count(
                about,
                format!("{what}: {}", words[0]),
                found.iter().map(|f| f.0),
                bounds[0],
            ));
            rows.push(Row::count(
                about,
                format!("{what}: {}", words[1]),
                found.iter().map(|f| f.1),
                bounds[1],
            ));
        }
    }
    rows
}
