//! The only place that puts ready-made markup on a page: our own style sheets and script, and
//! drawings whose text the drawing room has escaped. Everything else goes through the page
//! language's escaping.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use maud::{Markup, PreEscaped};
use sha2::{Digest as _, Sha256};

use crate::charts::Panel;
use crate::charts::svg::{self, Width};
use crate::report::plain;

/// The style sheet: a constant of this program, like the colours of both themes.
const STYLE: &str = include_str!("style.css");
const LIGHT: &str = include_str!("light.css");
const DARK: &str = include_str!("dark.css");

/// What the coach's page adds to it.
const COACH_STYLE: &str = include_str!("../../coach/page/coach.css");

/// Comfort on top of a page that is whole without it.
const SCRIPT: &str = include_str!("script.js");

/// The style sheet as it stands in the page. The theme is the system's until the reader picks one;
/// paper is always light.
pub fn style() -> Markup {
    let (light, dark) = (LIGHT.trim_end(), DARK.trim_end());
    PreEscaped(format!(
        ":root{{color-scheme:light dark;{light}}}\n\
         :root[data-theme=light]{{color-scheme:light}}\n\
         @media screen{{:root[data-theme=dark]{{color-scheme:dark;{dark}}}}}\n\
         @media screen and (prefers-color-scheme:dark){{:root:not([data-theme=light]){{{dark}}}}}\n\
         {STYLE}"
    ))
}

/// The style sheet of the coach's page, after [`style`].
pub fn coach_style() -> Markup {
    PreEscaped(COACH_STYLE.to_owned())
}

/// The script as it stands in the page.
pub fn script() -> Markup {
    PreEscaped(SCRIPT.to_owned())
}

/// What the page may do: nothing may be loaded, and no script runs but this very one.
pub fn policy() -> String {
    let hash = STANDARD.encode(Sha256::digest(SCRIPT));
    format!(
        "default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{hash}'; \
         base-uri 'none'; form-action 'none'"
    )
}

/// A page as it is written. Names come from many places: what could turn a line around, or command
/// the terminal that a page is printed on, stays out of all of them.
pub fn finished(page: Markup) -> String {
    joined(&plain::clean_lines(page.into_string()))
}

/// Units that never stand at the beginning of a line, apart from their number.
const UNITS: [&str; 13] =
    ["%", "km", "m", "mi", "ft", "min/km", "min/mi", "min", "h", "s", "ms", "mm", "spm"];

/// A page with numbers joined to their units by a space that does not break. Tags, style and script
/// stay byte by byte.
fn joined(page: &str) -> String {
    let mut out = String::with_capacity(page.len() + page.len() / 64);
    let mut rest = page;
    while !rest.is_empty() {
        let raw = ["<style", "<script", "<code"].into_iter().find(|tag| rest.starts_with(tag));
        let end = match raw.and_then(|tag| rest.find(&tag.replacen('<', "</", 1))) {
            Some(end) => end,
            None if rest.starts_with('<') => rest.find('>').map_or(rest.len(), |at| at + 1),
            None => {
                let (text, tail) = rest.split_at(rest.find('<').unwrap_or(rest.len()));
                join(text, &mut out);
                rest = tail;
                continue;
            }
        };
        let (verbatim, tail) = rest.split_at(end.max(1));
        out.push_str(verbatim);
        rest = tail;
    }
    out
}

/// The text between two tags.
fn join(text: &str, out: &mut String) {
    let mut digit = false;
    for (at, c) in text.char_indices() {
        let unit = || {
            let after = text.get(at + 1..).unwrap_or_default();
            let ends = |tail: &str| !tail.starts_with(|c: char| c.is_alphanumeric() || c == '/');
            UNITS.iter().any(|unit| after.strip_prefix(unit).is_some_and(ends))
        };
        out.push(if digit && c == ' ' && unit() { '\u{a0}' } else { c });
        digit = c.is_ascii_digit();
    }
}

/// Where sections go that are written one by one. No text can spell it: its `<` would be escaped.
const SLOT: &str = "<!---->";

/// The place of sections that are written one by one.
pub fn slot() -> Markup {
    PreEscaped(SLOT.to_owned())
}

/// What stands before, between and after the two slots of a page, as it is written.
pub fn around_slots(frame: Markup) -> [String; 3] {
    let frame = finished(frame);
    let mut pieces = frame.split(SLOT).map(str::to_owned);
    [(); 3].map(|()| pieces.next().unwrap_or_default())
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

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn numbers_stay_with_their_units_and_tags_as_they_are() {
        let page =
            "<p title=\"5 km\">19 % of 5 km in 3 months, 6:04 min/km</p><script>5 % 2</script>";
        assert_eq!(
            joined(page),
            "<p title=\"5 km\">19\u{a0}% of 5\u{a0}km in 3 months, 6:04\u{a0}min/km</p>\
             <script>5 % 2</script>"
        );
        assert_eq!(joined("a < b"), "a < b");
        assert_eq!(joined("5 <"), "5 <");
    }
}
