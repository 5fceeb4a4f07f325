//! How the list is made, what it leaves out, and what it is for.

use maud::{Markup, html};

use crate::coach::notices::silence;
use crate::coach::{Group, KINDS, Kind, Squad};
use crate::education::INTENDED_PURPOSE;
use crate::references;
use crate::report::plain::clean;

/// The order in words: on the page and in the JSON.
pub const RULE_OF_ORDER: &str = "Athletes stand in the order of their strongest notice: a run far \
    beyond the athlete's own last month before a drift at own pace, a drift before a new watch or \
    trouble in the data. A larger change counts for more, one that is less sure for less, and it \
    counts down to half as it ages. How far or fast one athlete runs beside another, \
    cadence as recorded and notes on pain take no part.";

/// Why raw cadence is never set side by side.
const NO_RANKING: &str = "Cadence as recorded is not on this page: height and pace move it, so one \
    athlete's steps a minute say nothing about another's. Each is set against their own usual, at \
    their own pace, with one watch.";

/// Words of sureness, defined once.
const SURENESS: &str = "A drift comes with its 95 % range in brackets. Clear: the whole range lies on \
    one side of no change, and the drift is larger than the athlete's usual wandering. Likely: the \
    first only. A jump is clear where even the errors of distance and height would leave one, and \
    such a jump is rare in the athlete's own history. \
    Counts of runs, days and files carry no such word.";

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
                p { (LIMITS) }
                details {
                    summary { "What puts an athlete on the list" }
                    @for group in Group::ALL {
                        h3 { (group.word()) }
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
