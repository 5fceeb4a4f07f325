//! What a page says of the page that lists it. By this and nothing else lightfoot knows a page of
//! its own again when nothing leads there any more.

use maud::{Markup, html};

/// Name of the mark in a page's head.
const NAME: &str = "lightfoot-listed-by";
/// Digits of the mark. **chosen**: two lists that share a folder do not share twelve digits.
const DIGITS: usize = 12;
/// The mark stands within this many first bytes of a page.
pub const WITHIN: usize = 400;

/// The mark of pages that a page lists; `list` is the link that leads back to it, `None` where the
/// list goes to standard output. Told as a hash, so that a page handed on names no other file.
pub(crate) fn mark(list: Option<&str>) -> Markup {
    html! { meta name=(NAME) content=(digits(list)); }
}

/// Whether the beginning of a file is that of a page which `list` listed.
pub fn is_listed_by(beginning: &str, list: Option<&str>) -> bool {
    let mark = mark(list).into_string();
    beginning.starts_with("<!DOCTYPE html>") && beginning.contains(&mark)
}

fn digits(list: Option<&str>) -> String {
    let hash = blake3::hash(list.unwrap_or("-").as_bytes());
    hash.to_hex().chars().take(DIGITS).collect()
}
