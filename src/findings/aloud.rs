//! The one sentence of a page that could be said aloud.

use super::silence::silence;
use super::{Answer, lately, say};
use crate::quantities::{Quantities, whole};
use crate::settings::Settings;
use crate::trend::{History, Trend, facts};

/// Days since its last run for which a trend may be said as "ago". **chosen**.
const FRESH_DAYS: i32 = 21;

/// The most that is true, said aloud.
pub(super) fn sentence(history: &History, settings: &Settings) -> String {
    let trend = lately::cadence_trend(history);
    if let Some(said) = trend.and_then(|t| trend_sentence(history, t)) {
        return said;
    }
    let runs = history.runs_lately();
    let distance =
        total_distance(history, &runs).map(|d| Quantities::new(settings.display).distance(d));
    let silent = silence(history, &runs);
    // The same number at the same pace as in the first line.
    if let Some((own, speed)) = lately::cadence_at_easy_pace(history)
        && let Some(pace) = Quantities::new(settings.display).known_pace(speed)
    {
        return match history.runs.len() {
            1 => format!("In this run you took about {} steps a minute at {pace}.", whole(own)),
            _ => format!(
                "Lately you take about {} steps a minute at your usual pace, {pace}.",
                whole(own)
            ),
        };
    }
    match (lately::mean(history, &runs, "step_rate"), mean_pace(history, &runs, settings)) {
        (Some(cadence), Some(pace)) => match history.runs.len() {
            1 => format!("In this run you took about {} steps a minute at {pace}.", whole(cadence)),
            _ => format!("Lately you take about {} steps a minute at {pace}.", whole(cadence)),
        },
        (Some(cadence), None) => {
            format!("Lately you take about {} steps a minute.", whole(cadence))
        }
        (None, pace) => match (distance, pace, history.runs.len()) {
            (_, _, 0) => "There is no run in these files.".to_owned(),
            (Some(d), _, n) => match runs.len().min(n) {
                1 => format!("You ran {d}; {}.", silent.briefly()),
                n => format!("You ran {d} in {}; {}.", say::counted(n, "run"), silent.briefly()),
            },
            (None, Some(pace), _) => format!("You ran at {pace}; {}.", silent.briefly()),
            (None, None, 1) => "There is one run here, without cadence or distance.".to_owned(),
            (None, None, n) => {
                format!("There are {} here, without cadence or distance.", say::counted(n, "run"))
            }
        },
    }
}

/// The trend as a sentence, where it can be told.
fn trend_sentence(history: &History, trend: &Trend) -> Option<String> {
    let change = trend.change()?;
    let level = match history.own_cadence().filter(|own| own.epoch == trend.epoch) {
        Some(own) => whole(own.step_rate_spm),
        None => whole(trend.line?.1),
    };
    // Within the usual wandering nothing is said aloud: the second line holds it.
    match lately::answer(trend) {
        Answer::Changed => {}
        Answer::Unchanged => {
            return Some(format!(
                "At the same pace your cadence has kept to about {level} steps a minute for {}.",
                say::weeks(trend.days())
            ));
        }
        Answer::CannotTell => return None,
    }
    let size = say::change(trend)?;
    let (number, range) = size.split_once(' ').unwrap_or((&size, ""));
    let ago = history.today.map(|t| (t - trend.span.1).get_days() < FRESH_DAYS);
    let more = say::more(change);
    let said = if lately::is_current(history, trend) && ago == Some(true) {
        let since = history.today.map(|t| f64::from((t - trend.span.0).get_days()))?;
        format!(
            "At the same pace you take about {number} {more} steps a minute than {} ago {range}",
            say::weeks(since)
        )
    } else {
        let verb = if change < 0.0 { "lost" } else { "gained" };
        let when = if lately::is_current(history, trend) {
            format!("Up to {}", say::day(trend.span.1))
        } else {
            "With your earlier watch".to_owned()
        };
        format!("{when} you {verb} about {number} steps a minute at the same pace {range}")
    };
    Some(format!("{}.", said.trim_end()))
}

fn total_distance(history: &History, runs: &[usize]) -> Option<f64> {
    let known: Vec<f64> =
        runs.iter().filter_map(|r| history.runs.get(*r)).filter_map(facts::distance_m).collect();
    (!known.is_empty()).then(|| known.iter().sum())
}

/// Mean pace of running: the speed where it is measured, else distance over time.
fn mean_pace(history: &History, runs: &[usize], settings: &Settings) -> Option<String> {
    let speed = lately::mean(history, runs, "speed").or_else(|| {
        let of = runs.iter().filter_map(|r| history.runs.get(*r));
        let both: Vec<(f64, f64)> =
            of.filter_map(|r| Some((facts::distance_m(r)?, facts::duration_s(r)?))).collect();
        let seconds: f64 = both.iter().map(|b| b.1).sum();
        (seconds > 0.0).then(|| both.iter().map(|b| b.0).sum::<f64>() / seconds)
    })?;
    Quantities::new(settings.display).known_pace(speed)
}
