//! The opening of every page: one sentence that could be said aloud, and five lines.

use super::aloud::sentence;
use super::descent_week::unusual;
use super::one_sided_camber::{Sides, last_weeks, moved};
use super::silence::silence;
use super::{Answer, Finding, Headline, Line, lately, say};
use crate::quantities::{self, Quantities, whole};
use crate::settings::{Settings, Side};
use crate::trend::{FEWEST_POINTS, History, Sureness, Trend};

/// Topics of the five lines, always the same.
pub const TOPICS: [&str; 5] = [
    "Cadence",
    "Changed or not",
    "Longest run and descent",
    "Left and right",
    "What to look at next",
];

/// Weeks of the left-and-right line.
const SIDE_WEEKS: usize = 4;
/// The opening for a history and what was found in it.
pub fn headline(history: &History, settings: &Settings, findings: &[Finding]) -> Headline {
    let mut lines = vec![
        cadence(history, settings),
        changed(history),
        load(history, settings, findings),
        sides(history, settings),
        next(history, settings, findings),
    ];
    say_once(&mut lines);
    Headline { sentence: sentence(history, settings), lines }
}

/// What would settle several lines stands in the first of them; the others name that one.
fn say_once(lines: &mut [Line]) {
    let mut said: Vec<(&'static str, String)> = Vec::new();
    for line in lines {
        let Some(settle) = &mut line.settle else { continue };
        match said.iter().find(|(_, known)| known == settle) {
            Some((topic, _)) => *settle = format!("as under {topic}"),
            None => said.push((line.topic, settle.clone())),
        }
    }
}

/// Line 1: cadence at easy pace, and the share of running in 170-180.
fn cadence(history: &History, settings: &Settings) -> Line {
    let runs = history.runs_lately();
    let share = lately::mean(history, &runs, "cadence_bands");
    let when = if runs.len() > 1 { "Over four weeks" } else { "In that run" };
    let band = share.map(|s| {
        let part = if s > 0.0 { quantities::share(s) } else { "none".to_owned() };
        format!("{when}, {part} of your running was in 170–180.")
    });
    let easy = lately::cadence_at_easy_pace(history)
        .and_then(|(c, v)| Some((c, Quantities::new(settings.display).known_pace(v)?)));
    let text = match (easy, lately::mean(history, &runs, "step_rate"), band) {
        (Some((c, pace)), _, Some(band)) => {
            format!("About {} steps a minute at your usual pace ({pace}). {band}", whole(c))
        }
        (Some((c, pace)), _, None) => {
            format!("About {} steps a minute at your usual pace ({pace}).", whole(c))
        }
        (None, Some(c), Some(band)) => {
            format!("About {} steps a minute. {band}", whole(c))
        }
        (None, Some(c), None) => format!("About {} steps a minute.", whole(c)),
        _ => {
            let (text, settle) = silence(history, &runs).in_words();
            return cannot(TOPICS[0], text, settle);
        }
    };
    let trend = history.series_of("cadence_bands").and_then(|s| s.recent.as_ref());
    match trend.map(share_answer) {
        Some(answer @ (Answer::Changed | Answer::Unchanged)) => {
            Line { topic: TOPICS[0], text, answer, settle: None }
        }
        _ => {
            let current = trend.filter(|t| lately::is_current(history, t));
            // The next line answers for cadence; this one for the share, and says so.
            let told = lately::cadence_trend(history).map(lately::answer);
            let what = match (share, told) {
                (Some(_), Some(Answer::Changed | Answer::Unchanged)) => {
                    " Whether that share changes is not known yet."
                }
                _ => "",
            };
            cannot(TOPICS[0], &format!("{text}{what}"), &more_runs(history, current))
        }
    }
}

/// Whether the share in the band changed: a tenth of the running is worth a word. **chosen**.
fn share_answer(trend: &Trend) -> Answer {
    const WORTH: f64 = 0.1;
    match (trend.change(), trend.change_interval()) {
        (Some(change), Some(_)) if trend.sureness == Sureness::Clear && change.abs() >= WORTH => {
            Answer::Changed
        }
        (_, Some((low, high))) if low >= -WORTH && high <= WORTH => Answer::Unchanged,
        _ => Answer::CannotTell,
    }
}

/// Line 2: changed or not, at the same pace.
fn changed(history: &History) -> Line {
    let topic = TOPICS[1];
    let Some(trend) = lately::cadence_trend(history) else {
        let text = match history.runs.len() {
            0 | 1 => "One run shows how it was, not whether it changes.",
            _ if lately::model(history).is_none() => {
                "There is no cadence at a steady pace to compare."
            }
            _ => "There are too few runs with one watch to compare.",
        };
        return cannot(topic, text, &more_runs(history, None));
    };
    let Some(change) = trend.change() else {
        return cannot(
            topic,
            "There is no line through these runs.",
            &more_runs(history, Some(trend)),
        );
    };
    let weeks = say::weeks(trend.days());
    match lately::answer(trend) {
        Answer::Changed => {
            let size = say::change(trend).unwrap_or_else(|| whole(change.abs()));
            let (number, range) = size.split_once(' ').unwrap_or((&size, ""));
            let text = format!(
                "{number} {} steps a minute over {weeks} at the same pace {range}",
                say::more(change)
            );
            let until =
                if lately::is_current(history, trend) { "" } else { ", with your earlier watch" };
            let text = format!("{}{until}.", text.trim_end());
            Line { topic, text, answer: Answer::Changed, settle: None }
        }
        Answer::Unchanged => Line {
            topic,
            text: format!("Cadence at the same pace stayed within your usual over {weeks}."),
            answer: Answer::Unchanged,
            settle: None,
        },
        Answer::CannotTell => {
            let text = match trend.sureness {
                Sureness::Likely => format!(
                    "About {} {} steps a minute over {weeks}, within what is usual for you.",
                    whole(change.abs()),
                    say::more(change)
                ),
                _ => match trend.detectable_change {
                    Some(d) => format!(
                        "A change under {} steps a minute would not show yet.",
                        whole(d.ceil())
                    ),
                    None => "Your runs resemble the run before too much to tell.".to_owned(),
                },
            };
            cannot(topic, &text, &more_runs(history, Some(trend)))
        }
    }
}

/// Line 3: the longest run and the largest descent of the last 30 days.
fn load(history: &History, settings: &Settings, findings: &[Finding]) -> Line {
    let topic = TOPICS[2];
    let Some(ceiling) = history.ceiling else {
        return cannot(
            topic,
            "There is no run with a distance in the last 30 days.",
            "newer files",
        );
    };
    let display = settings.display;
    let descent = match ceiling.largest_descent_m {
        Some(d) => format!("largest descent {}", Quantities::new(display).height(d)),
        None => "descent unknown without a barometer".to_owned(),
    };
    let longest = Quantities::new(display).distance(ceiling.longest_m);
    let text = format!("Longest run of the last 30 days {longest}; {descent}.");
    if ceiling.distance_m.is_none() {
        return cannot(topic, &text, "four runs in 30 days");
    }
    let spike = lately::runs(history, lately::NEWS_DAYS)
        .into_iter()
        .find(|r| super::single_run_spike::spike(history, *r).is_some_and(|s| s.value > 1.1));
    let spike = spike.and_then(|r| history.days.get(r));
    let downhill = findings.iter().any(|f| f.rule == "new_downhill");
    let week = unusual(history).filter(|_| !downhill);
    let mut text = text;
    if let Some(day) = spike {
        text.push_str(&format!(
            " The run on {} was the longest in 30 days by far.",
            say::day(*day)
        ));
    }
    if let Some((week, most)) = week.and_then(|w| Some((w, w.before_m?))) {
        let say = Quantities::new(display);
        text.push_str(&format!(
            " The week of {} had {} of descent, the weeks before it {} at most.",
            say::day(week.monday),
            say.height(week.descent_m),
            say.height(most)
        ));
    }
    let changed = spike.is_some() || downhill || week.is_some();
    let answer = if changed { Answer::Changed } else { Answer::Unchanged };
    Line { topic, text, answer, settle: None }
}

/// Line 4: left and right, by the runner's own word.
fn sides(history: &History, settings: &Settings) -> Line {
    let topic = TOPICS[3];
    let (last, before) = last_weeks(history, SIDE_WEEKS);
    let sides = Sides::of(last);
    let display = settings.display;
    let Some((leg, share)) = sides.low_leg() else {
        let text = if sides.ceiling_m > 0.0 {
            format!(
                "Up to {} in four weeks could have been on a slanted edge.",
                Quantities::new(display).distance(sides.ceiling_m)
            )
        } else {
            "No outdoor distance is known to set left against right.".to_owned()
        };
        return match settings.runner.road_side {
            None => cannot(topic, &text, "add --road-side, your usual side of the road"),
            Some(_) => cannot(topic, &text, "outdoor runs with a distance"),
        };
    };
    let name = match leg {
        Side::Left => "Left",
        Side::Right => "Right",
    };
    let moved = moved((last, before));
    let against = match moved {
        Some(true) => ", unlike before",
        Some(false) => ", as before",
        None => "",
    };
    let text = format!(
        "{name} leg low for {} of {} in four weeks, by the side you state{against}.",
        Quantities::new(display).distance(share * sides.stated_m()),
        Quantities::new(display).distance(sides.stated_m())
    );
    match moved {
        Some(true) => Line { topic, text, answer: Answer::Changed, settle: None },
        Some(false) => Line { topic, text, answer: Answer::Unchanged, settle: None },
        None => cannot(topic, &text, "another four weeks to compare with"),
    }
}

/// Line 5: what to look at next.
fn next(history: &History, settings: &Settings, findings: &[Finding]) -> Line {
    let topic = TOPICS[4];
    if let Some(first) = findings.first() {
        let text = format!("{}. {}{}", first.title, first.so_what, also(findings));
        return Line { topic, text, answer: Answer::Changed, settle: None };
    }
    match history.ceiling.and_then(|c| c.distance_m) {
        Some(distance) => Line {
            topic,
            text: format!(
                "Nothing stands out. Keep the next long run at or under {}, a tenth over your \
                 longest of 30 days.",
                Quantities::new(settings.display).distance(distance)
            ),
            answer: Answer::Unchanged,
            settle: None,
        },
        None => cannot(
            topic,
            "There is too little here to compare a next run with.",
            "four runs in 30 days",
        ),
    }
}

/// Rules whose news the other four lines tell.
const TOLD_ABOVE: [&str; 4] =
    ["single_run_spike", "new_downhill", "cadence_trend", "one_sided_camber"];

/// The cards that no line speaks of, by their titles: the opening leaves out nothing that stands
/// below as worth attention.
fn also(findings: &[Finding]) -> String {
    let more = findings.iter().skip(1).filter(|f| !TOLD_ABOVE.contains(&f.rule));
    more.map(|f| format!(" Also below: {}.", say::inside(&f.title))).collect()
}

fn cannot(topic: &'static str, text: &str, settle: &str) -> Line {
    Line {
        topic,
        text: text.to_owned(),
        answer: Answer::CannotTell,
        settle: Some(settle.to_owned()),
    }
}

/// What would settle a trend: more runs, by count where it can be said.
fn more_runs(history: &History, trend: Option<&Trend>) -> String {
    match trend {
        Some(trend) => match lately::runs_until_told(trend).filter(|n| *n <= 100) {
            Some(n) => format!("about {} with this watch", say::counted(n, "more run")),
            None => "some more weeks with this watch".to_owned(),
        },
        None => {
            let have = history.series_of("adjusted_cadence").map_or(0, |s| {
                let epoch = history.epoch_of.last();
                s.points.iter().filter(|p| p.trended && Some(&p.epoch) == epoch).count()
            });
            match FEWEST_POINTS.saturating_sub(have) {
                0 => "more weeks with this watch".to_owned(),
                n => format!("{} with cadence, ten minutes or longer", say::counted(n, "more run")),
            }
        }
    }
}
