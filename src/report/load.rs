//! Where the load stands, in lines that the page and the terminal share.

use super::Report;
use super::plain::counted;
use crate::findings::say;
use crate::quantities::{Quantities, decimals, span, spoken_duration, tenths, whole};
use crate::trend::{Gap, GapAnswer, Load, SessionLoad};

/// Gaps asked about one by one; older ones are counted. **chosen**: a runner remembers about a
/// year.
pub const ASKED: usize = 6;

/// How a question about a gap is answered.
pub const HOW_TO_ANSWER: &str = "Add the files; or say so under [runner] in lightfoot.toml, and it \
    is not asked again: no_running = [\"2026-03-01/2026-03-14\"] or missing_files = [the same].";

/// Gaps that nobody has answered yet, newest first.
pub fn open_gaps(report: &Report) -> Vec<&Gap> {
    report.history.gaps.iter().rev().filter(|g| g.answer == GapAnswer::Open).collect()
}

/// The question about one gap.
pub fn question(gap: &Gap) -> String {
    let silent = gap.silent();
    let others = match gap.other_sports {
        0 => String::new(),
        n => format!(" ({} of other sports then)", counted(n, "activity", "activities")),
    };
    format!("No running {}{others}, or missing files?", span(silent.first, silent.last))
}

/// What the next run stands against, said ahead.
pub fn ahead(report: &Report) -> Vec<String> {
    let Some(ceiling) = report.history.ceiling else { return Vec::new() };
    let say = Quantities::new(report.settings.display);
    let mut lines = Vec::new();
    if let Some(distance) = ceiling.distance_m {
        lines.push(format!(
            "The line for the next run is {}: a tenth over the longest of your last 30 days.",
            say.distance(distance)
        ));
    }
    if let Some(descent) = ceiling.descent_m {
        lines.push(format!(
            "A run with over {} of descent would have more than a tenth more than any of those days.",
            say.height(descent)
        ));
    }
    if ceiling.after_break && !lines.is_empty() {
        lines.push(
            "There was a gap of more than ten days, so this line is lower than your habit.".into(),
        );
    }
    lines
}

/// What the last days held.
pub fn now(report: &Report) -> Vec<String> {
    let Some(load) = &report.history.load else { return Vec::new() };
    let mut lines = vec![week(load, Quantities::new(report.settings.display))];
    lines.extend(rest(load));
    lines.extend(load.parts.as_ref().map(say::parts));
    lines
}

fn week(load: &Load, say: Quantities) -> String {
    let beside = match load.week_other_sports_s {
        Some(seconds) if seconds > 0.0 => {
            format!(", beside {} of other sports", spoken_duration(seconds))
        }
        Some(_) => ", and no other sport".to_owned(),
        None => String::new(),
    };
    format!(
        "Last seven days: {}, {}, {} of running{beside}.",
        counted(load.week_runs, "run", "runs"),
        say.distance(load.week_distance_m),
        spoken_duration(load.week_duration_s)
    )
}

fn rest(load: &Load) -> Option<String> {
    let rest = match load.rest_days? {
        0 => "No day without running among them".to_owned(),
        n => counted(n, "day without running", "days without running"),
    };
    let free = match (load.rest_days, load.free_days) {
        (Some(n), Some(free)) if n > 0 && free == n => ", free of other sports too".to_owned(),
        (Some(n), Some(free)) if n > 0 => format!(", {free} of them free of other sports too"),
        _ => String::new(),
    };
    let streak = match load.longest_streak_days {
        0 | 1 => String::new(),
        n => format!("; longest streak in four weeks: {n} days"),
    };
    Some(format!("{rest}{free}{streak}."))
}

/// The ratios of acute to chronic load, where asked for.
pub fn ratios(report: &Report) -> Vec<String> {
    let Some(ratios) = report.history.load.as_ref().and_then(|l| l.ratios) else {
        return Vec::new();
    };
    let or_none = |value: Option<f64>, why: &str| {
        value.map_or_else(|| format!("none ({why})"), |v| decimals(v, 2))
    };
    let mut lines = vec![
        format!(
            "Load here is minutes of running. Weighted average of 7 days {} min a day, of 28 days \
             {} min a day; ratio {}.",
            tenths(ratios.acute_ewma_min),
            tenths(ratios.chronic_ewma_min),
            or_none(ratios.ewma_ratio, "it takes 28 days")
        ),
        format!(
            "Last seven days ({} min) over the mean of the three weeks before: {}.",
            whole(ratios.week_min),
            or_none(ratios.uncoupled_ratio, "it takes 28 days, with running in the first 21")
        ),
        format!(
            "Monotony {}; strain {}.",
            or_none(ratios.monotony, "every day was the same"),
            ratios.strain.map_or_else(|| "none".to_owned(), whole)
        ),
    ];
    lines.extend(report.history.load.as_ref().and_then(|l| l.session_load).map(session_load));
    lines
}

/// Exertion times minutes, beside the ratios of plain minutes.
fn session_load(load: SessionLoad) -> String {
    let numbers = [
        ("ratio of the weighted averages", load.ewma_ratio.map(|v| decimals(v, 2))),
        ("week over the three before", load.uncoupled_ratio.map(|v| decimals(v, 2))),
        ("monotony", load.monotony.map(|v| decimals(v, 2))),
        ("strain", load.strain.map(whole)),
    ];
    let known: Vec<String> = numbers
        .into_iter()
        .filter_map(|(name, value)| Some(format!("{name} {}", value?)))
        .collect();
    let looked_at = match known.as_slice() {
        [] => " Ratios need seven or more days in which every run states it".to_owned(),
        some => format!(
            " Over the {} days in which every run states it: {}",
            load.days,
            some.join(", ")
        ),
    };
    format!(
        "Exertion times minutes (session load): {} in the last seven days, from {} of {} that \
         state it.{looked_at}.",
        whole(load.week_load),
        load.week_runs_stated,
        counted(load.week_runs as usize, "run", "runs")
    )
}
