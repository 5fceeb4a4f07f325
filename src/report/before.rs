//! The weeks before a named day, in words that the page and the terminal share, and as JSON.

use serde::Serialize;

use super::plain::{clean, counted, wrap};
use super::terminal::{PLAIN, QUIET, STRONG, WIDTH, bullet};
use super::{Report, WriteError, figures, load};
use crate::before::{Before, HISTORY_DAYS, Kind, Place, Row};
use crate::education::red_flags;
use crate::findings::say;
use crate::quantities::{Quantities, day, decimals, share, span, spoken_duration, whole};

/// Column in which values stand.
const VALUE: usize = 44;
/// Column in which places stand.
const PLACE: usize = 56;

/// Title of the section.
pub fn title(before: &Before) -> String {
    format!("The four weeks before {}", day(before.onset))
}

/// The days looked at.
pub fn days(before: &Before) -> String {
    format!("{}, the day itself not counted", span(before.first, before.last))
}

/// A value as a runner says it, or why there is none.
pub fn value(row: &Row, say: Quantities) -> String {
    match row.value {
        Some(value) => amount(row.kind, value, say),
        None => row.unknown.map_or_else(String::new, str::to_owned),
    }
}

/// The same in the four weeks before; `None` where it is not known.
pub fn previous(row: &Row, say: Quantities) -> Option<String> {
    row.previous.map(|value| amount(row.kind, value, say))
}

fn amount(kind: Kind, value: f64, say: Quantities) -> String {
    match kind {
        Kind::DistanceM => say.distance(value),
        Kind::HeightM => say.height(value),
        Kind::DurationS => spoken_duration(value),
        Kind::StepRateSpm => format!("{} spm", whole(value)),
        Kind::Ratio => format!("{} times", decimals(value, 2)),
        Kind::Share => share(value),
        Kind::Count => whole(value),
    }
}

/// A place in words: `more than in 47 of 50`.
pub fn place(kind: Kind, place: Place) -> String {
    let (more, less) = match kind {
        Kind::Count => ("more", "fewer"),
        Kind::StepRateSpm => ("higher", "lower"),
        Kind::Ratio => ("larger", "smaller"),
        _ => ("more", "less"),
    };
    let Place { less_in, more_in, of, .. } = place;
    if less_in == 0 && more_in == 0 {
        return format!("as in all {of}");
    }
    if less_in >= more_in {
        format!("{more} than in {less_in} of {of}")
    } else {
        format!("{less} than in {more_in} of {of}")
    }
}

/// How these four weeks differ from the four before them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Differs {
    /// More, by what is worth a mark.
    More,
    /// Less, by what is worth a mark.
    Less,
    /// About the same.
    Same,
}

/// Share by which two stretches must differ to be marked. **chosen**: as where the load says what
/// changed most.
const WORTH_A_MARK: f64 = 0.1;
/// The same for cadence, spm. Source: `science`, the smallest worthwhile change.
const WORTH_A_MARK_SPM: f64 = 2.0;

/// These four weeks against the four before them; `None` where either is not known.
pub fn differs(row: &Row) -> Option<Differs> {
    let (mut now, mut then) = (row.value?, row.previous?);
    if row.kind == Kind::StepRateSpm {
        // As they are shown, so that a reader finds the rule kept.
        (now, then) = (now.round(), then.round());
    }
    let least = match row.kind {
        Kind::StepRateSpm => WORTH_A_MARK_SPM,
        // A share is itself a part of a whole.
        Kind::Share => WORTH_A_MARK,
        _ => WORTH_A_MARK * then.abs(),
    };
    let change = now - then;
    Some(match change {
        c if c == 0.0 || c.abs() < least => Differs::Same,
        c if c > 0.0 => Differs::More,
        _ => Differs::Less,
    })
}

impl Differs {
    /// Whether the row is marked.
    pub fn is_marked(self) -> bool {
        self != Self::Same
    }

    /// A sign and a word.
    pub fn in_words(self, kind: Kind) -> &'static str {
        match (self, kind) {
            (Self::More, Kind::StepRateSpm) => "▲ higher",
            (Self::Less, Kind::StepRateSpm) => "▼ lower",
            (Self::More, Kind::Ratio) => "▲ larger",
            (Self::Less, Kind::Ratio) => "▼ smaller",
            (Self::More, _) => "▲ more",
            (Self::Less, Kind::Count) => "▼ fewer",
            (Self::Less, _) => "▼ less",
            (Self::Same, _) => "= similar",
        }
    }
}

/// What the marks of [`Differs`] mean, where they stand.
pub fn marks(before: &Before) -> Option<String> {
    let placed = before.rows.iter().any(|r| r.place.is_some());
    let compared = before.rows.iter().filter_map(differs);
    let (mut all, mut marked) = (0, 0);
    for differs in compared {
        all += 1;
        marked += usize::from(differs.is_marked());
    }
    (!placed && all > 0).then(|| {
        format!(
            "{} of {} differ from the four weeks before (▲ or ▼): by a tenth or more, cadence by two \
             steps a minute or more. That alone is nothing unusual.",
            say::sentence(&say::count(marked)),
            say::count(all)
        )
    })
}

/// How many things were looked at, how many stand out, and how often an ordinary date shows as many.
pub fn summary(before: &Before) -> Vec<String> {
    let mut lines = Vec::new();
    match before.ordinary {
        Some(ordinary) => {
            let stand = match before.stood_out {
                0 => "none stands out".to_owned(),
                1 => "one stands out (marked *)".to_owned(),
                n => format!("{} stand out (marked *)", say::count(n)),
            };
            lines.push(format!(
                "{} were looked at; {stand}. Standing out is rarer than one in forty of your own \
                 earlier four-week windows, on either side.",
                say::sentence(&say::counted(before.looked_at, "thing"))
            ));
            let several = match before.stood_out {
                0 | 1 => String::new(),
                n => format!("; at least {} do on {}", say::count(n), ordinary.as_many),
            };
            let left_out = match ordinary.painful {
                0 => String::new(),
                n => format!(" ({} with a note that something hurt left out)", whole(n as f64)),
            };
            lines.push(format!(
                "Of {} ordinary dates of yours{left_out}, looked at in the same way, something \
                 stands out on {}{several}.",
                ordinary.dates, ordinary.any
            ));
        }
        None if before.history_days < HISTORY_DAYS => lines.push(format!(
            "There are {} of files before these weeks. What is unusual for you can be told after \
             a year; until then the four weeks before these stand beside them.",
            say::weeks(f64::from(before.history_days))
        )),
        None => lines.push(
            "There are too few four-week windows with running to tell what is unusual for you; \
             the four weeks before these stand beside them."
                .to_owned(),
        ),
    }
    lines.push(
        "This lists what these weeks held. It cannot say what a pain comes from; distance, runs \
         and days without running move together."
            .to_owned(),
    );
    lines
}

/// What else belongs beside the numbers: the day itself, a new device, open questions.
pub fn beside(before: &Before, say: Quantities) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(on) = before.on_the_day {
        let against = on.spike_ratio.map_or_else(String::new, |ratio| {
            format!(", {} times the longest of the 30 days before", decimals(ratio, 2))
        });
        lines.push(format!(
            "On the day itself: {}, {}{against}. Not counted, because pain changes a run too.",
            counted(on.runs, "run", "runs"),
            say.distance(on.distance_m)
        ));
    }
    if let Some(device) = &before.new_device {
        lines.push(format!(
            "The watch or a sensor changed in these weeks ({}): cadence is compared on one device \
             only.",
            clean(device)
        ));
    }
    lines.extend(before.open_gaps.iter().map(load::question));
    lines
}

/// The weeks before a named day in a terminal of 80 columns.
pub fn write_terminal(report: &Report) -> String {
    let Some(before) = &report.before else { return String::new() };
    let say = Quantities::new(report.settings.display);
    let mut out = format!("{STRONG}{}{PLAIN}\n{QUIET}{}{PLAIN}\n\n", title(before), days(before));
    for row in &before.rows {
        out.push_str(&line(row, say));
    }
    out.push('\n');
    for text in summary(before).iter().chain(&beside(before, say)) {
        out.push_str(&bullet(text));
    }
    out.push_str(&format!("\n{STRONG}When to see a professional{PLAIN}\n"));
    for (heading, signs) in [
        (red_flags::SAME_DAY_HEADING, red_flags::SAME_DAY),
        (red_flags::WITHIN_DAYS_HEADING, red_flags::WITHIN_DAYS),
    ] {
        out.push_str(&format!("{heading}\n"));
        signs.iter().for_each(|sign| out.push_str(&bullet(sign)));
    }
    out
}

fn line(row: &Row, say: Quantities) -> String {
    let mark = if row.place.is_some_and(|p| p.stands_out) { "*" } else { " " };
    let value = value(row, say);
    let beside = || previous(row, say).map(|amount| format!("before that {amount}"));
    let place = row.place.map(|p| place(row.kind, p)).or_else(beside).unwrap_or_default();
    let width = VALUE - 3;
    let mut out = String::new();
    if row.value.is_none() {
        let words = wrap(&format!("{} ({value})", row.title), WIDTH - 4).join("\n    ");
        return format!("{QUIET}  {words}{PLAIN}\n");
    }
    let places = PLACE - VALUE;
    let text = format!("{mark} {:<width$} {value:<places$}{place}", row.title);
    out.push_str(text.trim_end());
    out.push('\n');
    out
}

#[derive(Serialize)]
struct Document<'a> {
    schema_version: u32,
    before: &'a Option<Before>,
}

/// The weeks before a named day as one JSON object.
///
/// # Errors
/// When it cannot be serialised, which would be a fault of ours.
pub fn write_json(report: &Report) -> Result<String, WriteError> {
    let document = Document { schema_version: super::json::SCHEMA_VERSION, before: &report.before };
    let mut text = figures::pretty_json(&document)?;
    text.push('\n');
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tenth_or_two_steps_a_minute_is_marked() {
        let of = |kind, value, previous| {
            let row = Row {
                id: "any",
                title: "Any",
                kind,
                value: Some(value),
                unknown: None,
                previous: Some(previous),
                place: None,
            };
            differs(&row).map(|d| d.in_words(kind))
        };
        assert_eq!(of(Kind::DistanceM, 109.0, 100.0), Some("= similar"));
        assert_eq!(of(Kind::DistanceM, 111.0, 100.0), Some("▲ more"));
        assert_eq!(of(Kind::Count, 8.0, 10.0), Some("▼ fewer"));
        assert_eq!(of(Kind::StepRateSpm, 168.0, 166.5), Some("= similar"));
        assert_eq!(of(Kind::StepRateSpm, 164.0, 166.5), Some("▼ lower"));
        assert_eq!(of(Kind::HeightM, 0.0, 0.0), Some("= similar"));
        assert_eq!(of(Kind::HeightM, 5.0, 0.0), Some("▲ more"));
    }
}
