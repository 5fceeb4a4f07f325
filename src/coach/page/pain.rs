//! What athletes noted on pain, as written, with the signs that want a person.

use maud::{Markup, html};

use super::athletes::name;
use crate::coach::Squad;
use crate::education::red_flags;
use crate::quantities::{day, shorten};
use crate::report::plain::clean;

/// Notes shown of one athlete; their page has all. **chosen**
const MOST_NOTES: usize = 4;
/// Characters of one note. **chosen**: two lines of a phone.
const MOST_WRITTEN: usize = 120;

/// The section.
pub fn pain(squad: &Squad) -> Markup {
    html! {
        section #pain aria-labelledby="pain-t" {
            h2 id="pain-t" { "Pain, as athletes noted it" }
            p.intro {
                "In their own words, by the alphabet. Only that a note was written counts in the list."
            }
            div.card {
                dl.facts {
                    @for row in squad.noted_pain() {
                        dt { (name(row)) }
                        @for note in row.pain.iter().rev().take(MOST_NOTES) {
                            @let more = note.text.as_deref().map(|t| format!(" · {t}"));
                            @let written = format!("{}{}", note.as_written(), more.unwrap_or_default());
                            dd { (day(note.day)) ": " (clean(&shorten(&written, MOST_WRITTEN))) }
                        }
                        @if row.pain.len() > MOST_NOTES {
                            dd.quiet { (row.pain.len() - MOST_NOTES) " earlier on their own page" }
                        }
                    }
                }
                p.signs { b { (red_flags::OPENING) } " Written for the athlete to read:" }
                div.signs {
                    div {
                        h3 { (red_flags::SAME_DAY_HEADING) }
                        ul { @for sign in red_flags::SAME_DAY { li { (sign) } } }
                    }
                    div {
                        h3 { (red_flags::WITHIN_DAYS_HEADING) }
                        ul { @for sign in red_flags::WITHIN_DAYS { li { (sign) } } }
                    }
                }
            }
        }
    }
}
