//! How to read a row and its pictures: once, above the first of them.

use maud::{Markup, html};

use crate::coach::{Group, Squad};
use crate::findings::say;
use crate::quantities::day_month;

/// What the first picture of a row shows.
const CADENCE: &str = "Cadence at own pace, 16 weeks";

/// What the second picture of a row shows.
const RUNS: &str = "Runs of 4 weeks";

/// Words of sureness, defined once.
pub const SURENESS: [(&str, &str); 2] = [
    (
        "clear",
        "the whole 95 % range lies on one side of no change, and the change is larger than this \
         athlete's usual wandering; of a jump, that it is larger than the error of distance or height \
         and rare in the athlete's own past.",
    ),
    ("likely", "the first of the two only."),
];

/// The six steps as one sentence: `Spiked, Noted pain, ... and New watch`.
pub fn steps() -> String {
    let words: Vec<String> = Group::ALL.iter().map(|group| group.word().to_owned()).collect();
    say::listed(&words)
}

/// The key.
pub fn key(squad: &Squad) -> Markup {
    let unit = squad.asked.said.long_unit();
    html! {
        div.how {
            div {
                h3 { "Words" }
                p {
                    "Order: " (steps()) "; within each, clear before likely, then the newest first. "
                    a href="#method" { "The whole rule" }
                }
                @for (word, means) in SURENESS { p { b { (word) } ": " (means) } }
            }
            div {
                h3 { (CADENCE) }
                p {
                    "A dot a run: steps a minute above or below the athlete's own usual with that watch. \
                     Line and shade: the trend with its 95 % range. Dashed upright: another watch. "
                    b { "×" } " a day with faulty cadence."
                }
            }
            div {
                h3 { (RUNS) }
                p {
                    "A stem a run, in " (unit) ". Dashed: the longest of the 30 days before. A ring: far \
                     beyond it. " b { "×" } " a day with a doubtful distance or a file that was cut short."
                }
                @if let Some(since) = squad.asked.since {
                    p { "Upright line: " (day_month(since)) ", since when news is told." }
                }
            }
        }
    }
}
