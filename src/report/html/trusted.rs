//! The only place that puts ready-made markup on a page: our own style sheets, and drawings whose
//! text the drawing room has escaped. Everything else goes through the page language's escaping.

use maud::{Markup, PreEscaped};

use crate::charts::Panel;
use crate::charts::svg::{self, Width};

/// The style sheet: a constant of this program.
const STYLE: &str = include_str!("style.css");

/// What the coach's page adds to it.
const COACH_STYLE: &str = include_str!("../../coach/page/coach.css");

/// The style sheet of the coach's page, after [`style`].
pub fn coach_style() -> Markup {
    PreEscaped(COACH_STYLE.to_owned())
}

/// The style sheet as it stands in the page.
pub fn style() -> Markup {
    PreEscaped(STYLE.to_owned())
}

/// A panel drawn at a width, or a sentence where it could not be.
pub fn drawing(panel: &Panel, width: Width, left_px: i32, id: &str) -> Markup {
    match svg::draw(panel, width, left_px, id) {
        Ok(markup) => PreEscaped(markup),
        Err(_) => {
            maud::html! { p.empty { "This picture could not be drawn; its numbers are in the table." } }
        }
    }
}
