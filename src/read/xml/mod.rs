//! What GPX and TCX share: mercy for real-world XML.
//!
//! Bytes become valid UTF-8 ([`decode`]), a pull walk over quick-xml survives broken tags and
//! keeps to its limits ([`walk`]), and the points of one track are gathered column by column
//! ([`track`]). Namespaces are read by local name only, declared or not.

mod encoding;
mod ending;
mod number;
mod time;
mod track;
mod walk;
mod words;

pub use encoding::table_text;
pub(super) use encoding::{Decoded, decode};
pub(super) use ending::{broken_off, ends_too_early};
pub(super) use number::number;
pub(super) use time::{Clock, Zone};
pub(super) use track::{PointNames, Track};
pub(super) use walk::{Node, Walk, attribute, local};
pub(super) use words::{maker, plain_text, sport};

/// How far into a file its root element is looked for: licences and comments stand before it. Most
/// files have it in the first kilobyte, so that little is decoded for a look. **chosen**.
const ROOT_WITHIN_BYTES: [usize; 2] = [1 << 10, 64 << 10];

/// Whether the root element has this local name, whatever its prefix, encoding and preamble.
pub(super) fn root_is(bytes: &[u8], name: &str) -> bool {
    let [_, furthest] = ROOT_WITHIN_BYTES;
    if !encoding::may_be_xml(bytes.get(..furthest).unwrap_or(bytes)) {
        return false;
    }
    let found = ROOT_WITHIN_BYTES.into_iter().find_map(|within| {
        let text = decode(bytes.get(..within).unwrap_or(bytes)).text;
        // A name at the end of what was looked at may go on behind it.
        let whole = |found: &&str| bytes.len() <= within || !text.ends_with(*found);
        root_name(&text).filter(whole).map(|found| found.eq_ignore_ascii_case(name))
    });
    found == Some(true)
}

/// Local name of the first element, past declarations, comments and document types.
fn root_name(text: &str) -> Option<&str> {
    let mut rest = text;
    loop {
        rest = rest.get(rest.find('<')?..)?;
        if rest.starts_with("<?") {
            rest = after(rest, "?>")?;
        } else if rest.starts_with("<!--") {
            rest = after(rest, "-->")?;
        } else if rest.starts_with("<!") {
            rest = after_doctype(rest)?;
        } else {
            let tag = rest.get(1..)?;
            let end = tag.find(|c: char| c.is_whitespace() || c == '>' || c == '/');
            return Some(local(tag.get(..end.unwrap_or(tag.len()))?));
        }
    }
}

fn after<'t>(text: &'t str, mark: &str) -> Option<&'t str> {
    text.get(text.find(mark)? + mark.len()..)
}

/// A document type ends at the first `>` outside its square brackets.
fn after_doctype(text: &str) -> Option<&str> {
    let mut depth = 0_usize;
    for (i, byte) in text.bytes().enumerate() {
        match byte {
            b'[' => depth += 1,
            b']' => depth = depth.saturating_sub(1),
            b'>' if depth == 0 => return text.get(i + 1..),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_is_found_behind_any_preamble() {
        for text in [
            "<gpx>",
            "          <?xml version=\"1.0\"?><gpx version='1.1'>",
            "\u{feff}<?xml version=\"1.0\"?>\n<!-- <kml> -->\n<gpx:gpx xmlns:gpx='x'/>",
            "<!DOCTYPE gpx [<!ENTITY a \"<kml>\">]><gpx>",
            "<?xml-stylesheet href='a.xsl'?><GPX\n version='1.0'>",
        ] {
            assert!(root_is(text.as_bytes(), "gpx"), "{text}");
        }
        for text in ["", "gpx", "<", "<kml><gpx>", "<gpxx>", "{\"a\": \"<gpx>\"}", "a < gpx"] {
            assert!(!root_is(text.as_bytes(), "gpx"), "{text}");
        }
    }

    #[test]
    fn the_root_is_found_in_sixteen_bit_text() {
        let text = "  <?xml version=\"1.0\" encoding=\"UTF-16\"?><gpx>";
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert!(root_is(&little, "gpx") && root_is(&big, "gpx"));
        assert!(root_is(&[&[0xff, 0xfe], little.as_slice()].concat(), "gpx"));
        assert!(root_is(&[&[0xfe, 0xff], big.as_slice()].concat(), "gpx"));
    }
}
