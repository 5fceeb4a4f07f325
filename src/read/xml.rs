//! What GPX and TCX share: mercy for real-world XML.

/// Whether the root element has this local name.
pub(super) fn root_is(_bytes: &[u8], _name: &str) -> bool {
    false
}
