//! The coach's page: who needs attention today, and why. No request, whole without its script; every
//! athlete's own page is a link away.

mod athletes;
mod head;
mod key;
mod method;
mod pain;
mod quiet;

use maud::{DOCTYPE, html};

use super::order::{Squad, Standing};
use crate::report::html::{page_head, trusted};
use crate::report::plain::{clean, counted};

pub use head::{quiet_heading, sentence};
pub use key::SURENESS;
pub use method::RULE_OF_ORDER;

/// The page as one string: the same bytes for the same squad.
pub fn render(squad: &Squad) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                (page_head(&head::title(squad)))
                style { (trusted::coach_style()) }
            }
            body.coach {
                a.skip href="#main" { "Skip to the content" }
                (head::head(squad))
                main #main tabindex="-1" {
                    @if squad.hurt() { (pain::pain(squad)) }
                    (athletes::look(squad))
                    (athletes::still_stands(squad))
                    (athletes::unread(squad))
                    (quiet::no_run(squad))
                    (quiet::quiet(squad))
                    (aside(squad))
                    (method::method())
                }
                (method::footer(squad))
                script { (trusted::script()) }
            }
        }
    };
    trusted::finished(page)
}

/// Names listed of what lies beside the athletes. **chosen**
const MOST_NAMES: usize = 20;

/// What belongs to no athlete.
fn aside(squad: &Squad) -> maud::Markup {
    let (aside, personal) = (&squad.asked.set_aside, &squad.asked.not_shared);
    html! {
        @if !aside.is_empty() || !personal.is_empty() {
            section #aside aria-labelledby="aside-t" {
                h2 id="aside-t" { "Set aside" }
                @if !aside.is_empty() {
                    p.intro {
                        (counted(
                            aside.len(),
                            "thing beside the athletes' folders belongs to nobody",
                            "things beside the athletes' folders belong to nobody",
                        ))
                        ": put recordings into the folder of whoever ran."
                    }
                    ul.files {
                        @for name in aside.iter().take(MOST_NAMES) { li { (clean(name)) } }
                        @if aside.len() > MOST_NAMES { li { "and " (aside.len() - MOST_NAMES) " more" } }
                    }
                }
                @if !personal.is_empty() {
                    p.intro {
                        "The profile beside the squad states what is one person's, which was not \
                         taken over: " (personal.join(", ")) "."
                    }
                }
            }
        }
    }
}

/// Whether any row stands so.
fn any(squad: &Squad, standing: Standing) -> bool {
    squad.standing(standing).next().is_some()
}
