//! The only place that puts ready-made markup on the page: our own style sheet, and drawings whose
//! text the drawing room has escaped. Everything else goes through the page language's escaping.

use maud::{Markup, PreEscaped};

use crate::charts::Panel;
use crate::charts::svg::{self, Width};

/// The style sheet: a constant of this program.
const STYLE: &str = include_str!("style.css");

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
