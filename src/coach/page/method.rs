//! How the list is made, what it leaves out, and what it is for.

use maud::{Markup, html};

use crate::coach::notices::silence;
use crate::coach::{Group, KINDS, Kind, Squad};
use crate::education::INTENDED_PURPOSE;
use crate::references;
use crate::report::plain::clean;

/// The order in words: on the page and in the JSON.
pub const RULE_OF_ORDER: &str = "Athletes stand in the order of what a coach may act on today, in six \
    steps: a run far beyond the athlete's own last month; pain that was noted; a drift of form; no \
    run lately; data with which numbers cannot be trusted; another watch, which is only worth \
    knowing. An athlete stands where the first of their own notices stands. Within a step clear comes \
    before likely, then the newest first, then the larger change of the same kind, then the alphabet. \
    Of pain only that a note was written counts, never its figure or words. How far or fast one \
    athlete runs beside another, and cadence as recorded, take no part.";

/// Why raw cadence is never set side by side.
const NO_RANKING: &str = "Cadence as recorded is not on this page: height and pace move it, so one \
    athlete's steps a minute say nothing about another's. Each is set against their own usual, at \
    their own pace, with one watch.";

/// Where the words of sureness stand, and what has none.
const SURENESS: &str = "A drift comes with its 95 % range in brackets; clear and likely are explained \
    above the list. Counts of runs, days and files carry no such word. A drift links to the run since \
    which it has stood, and to its picture on the athlete's page.";

/// How faults of a sensor are told apart, and what cannot be.
const FAULTS: &str = "Cadence that read zero (the sensor is there and counts nothing), that dropped out \
    (no value at all) and that stuck (one value over and over, together with speed) are told apart. \
    Zero or no value of a run without speed is not judged: it may be a stop. Why a sensor did so \
    cannot be seen in a file.";

/// What could be wrong with all of it.
const LIMITS: &str = "Runs that are missing from a folder make a jump look larger and a week look \
    emptier. What an athlete wears or carries, heat and ground move cadence too. The list says \
    where to look first, and no more than that.";

/// Sources of what puts an athlete on the list.
const SOURCES: &[&str] = &["frandsen2025", "sen1968", "malisoux2024"];

/// The section.
pub fn method() -> Markup {
    html! {
        section #method aria-labelledby="method-t" {
            h2 id="method-t" { "How this list is made" }
            div.card {
                p { (RULE_OF_ORDER) }
                p { (NO_RANKING) }
                p { (SURENESS) }
                p { (FAULTS) }
                p { (LIMITS) }
                details {
                    summary { "What puts an athlete on the list" }
                    @for group in Group::ALL {
                        h3 { (group.step()) ". " (group.word()) }
                        ul {
                            @for kind in kinds(group) {
                                li { (sentence(kind.speaks_when)) " News for " (kind.news_days) " days." }
                            }
                        }
                    }
                    p.quiet {
                        "Sources: "
                        @for (i, source) in SOURCES.iter().filter_map(|k| references::source(k)).enumerate() {
                            @if i > 0 { ", " }
                            (source.authors) " " (source.year)
                        }
                        ". Each athlete's own page lists all of them."
                    }
                }
            }
        }
    }
}

fn kinds(group: Group) -> impl Iterator<Item = &'static Kind> {
    KINDS.iter().chain([&silence::KIND]).filter(move |kind| kind.group == group)
}

fn sentence(text: &str) -> String {
    format!("{}.", crate::findings::say::sentence(text))
}

/// Version, days and purpose.
pub fn footer(squad: &Squad) -> Markup {
    html! {
        footer.foot {
            p { (INTENDED_PURPOSE) }
            p {
                "Made by lightfoot " (env!("CARGO_PKG_VERSION")) " on your own machine; nothing was \
                 sent anywhere. Folder " (clean(&squad.asked.name)) ". This page holds names and \
                 notes of several people: pass on an athlete's own page rather than this one."
            }
        }
    }
}
