//! Bytes to valid UTF-8, whatever the label says.

use std::borrow::Cow;

use crate::activity::{Issue, IssueKind, Severity};

/// Text of a file, valid UTF-8 with the byte order mark removed.
pub(in crate::read) struct Decoded<'b> {
    /// The text; borrowed when the file was UTF-8 already.
    pub(in crate::read) text: Cow<'b, str>,
    /// What had to be done to get there.
    pub(in crate::read) issue: Option<Issue>,
}

/// Decodes in the order of trust: byte order mark, sixteen-bit pattern, UTF-8 that is valid
/// (a label that contradicts it lies), the label, and last a loss that is counted.
pub(in crate::read) fn decode(bytes: &[u8]) -> Decoded<'_> {
    let unmarked = without_marks(bytes);
    match sixteen_bit_order(bytes) {
        Some((rest, from_bytes)) if unmarked.len() == bytes.len() => sixteen_bit(rest, from_bytes),
        _ => eight_bit(unmarked),
    }
}

/// Text of a table that no declaration labels: sixteen-bit by its mark or pattern, UTF-8 where it
/// is valid, else Windows-1252, which is what spreadsheets save without asking. Without marks.
pub fn table_text(bytes: &[u8]) -> Cow<'_, str> {
    if let Some((rest, from_bytes)) = sixteen_bit_order(bytes) {
        return sixteen_bit(rest, from_bytes).text;
    }
    let bytes = without_marks(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => Cow::Owned(bytes.iter().map(|b| windows_1252(*b)).collect()),
    }
}

/// Without byte order marks; joined files carry two.
fn without_marks(mut bytes: &[u8]) -> &[u8] {
    while let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        bytes = rest;
    }
    bytes
}

/// Whether the first sign past marks and blanks is `<`: cheap, so that a FIT file is not decoded.
pub(super) fn may_be_xml(bytes: &[u8]) -> bool {
    let bytes = without_marks(bytes);
    let bytes = sixteen_bit_order(bytes).map_or(bytes, |(rest, _)| rest);
    bytes.iter().find(|b| **b != 0 && !b.is_ascii_whitespace()) == Some(&b'<')
}

type FromBytes = fn([u8; 2]) -> u16;

/// UTF-16 by its mark, or by the zero in every other byte of an ASCII beginning.
fn sixteen_bit_order(bytes: &[u8]) -> Option<(&[u8], FromBytes)> {
    match bytes {
        [0xff, 0xfe, rest @ ..] => Some((rest, u16::from_le_bytes)),
        [0xfe, 0xff, rest @ ..] => Some((rest, u16::from_be_bytes)),
        [a, 0, b, 0, ..] if *a != 0 && *b != 0 => Some((bytes, u16::from_le_bytes)),
        [0, a, 0, b, ..] if *a != 0 && *b != 0 => Some((bytes, u16::from_be_bytes)),
        _ => None,
    }
}

fn sixteen_bit(bytes: &[u8], from_bytes: FromBytes) -> Decoded<'_> {
    let units = bytes.chunks_exact(2).filter_map(|pair| match pair {
        [a, b] => Some(from_bytes([*a, *b])),
        _ => None,
    });
    let mut lost = 0_usize;
    let text: String = char::decode_utf16(units)
        .map(|unit| {
            unit.unwrap_or_else(|_| {
                lost += 1;
                char::REPLACEMENT_CHARACTER
            })
        })
        .collect();
    Decoded { text: Cow::Owned(text), issue: lossy_issue("UTF-16", lost) }
}

fn eight_bit(bytes: &[u8]) -> Decoded<'_> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Decoded { text: Cow::Borrowed(text), issue: None };
    }
    let label = label(bytes).unwrap_or_default();
    if is_latin(&label) {
        let text: String = bytes.iter().map(|b| windows_1252(*b)).collect();
        return Decoded { text: Cow::Owned(text), issue: None };
    }
    let text = String::from_utf8_lossy(bytes).into_owned();
    let lost = text.matches(char::REPLACEMENT_CHARACTER).count();
    let label = if label.is_empty() { "UTF-8".to_owned() } else { label };
    Decoded { text: Cow::Owned(text), issue: lossy_issue(&label, lost) }
}

fn lossy_issue(label: &str, lost: usize) -> Option<Issue> {
    (lost > 0).then(|| {
        Issue::new(
            IssueKind::Encoding,
            Severity::Note,
            format!(
                "{lost} character(s) are not valid {label} and were replaced; \
                 names may look odd, numbers are not affected"
            ),
        )
        .count(lost)
    })
}

/// The encoding that the XML declaration claims, lower case.
fn label(bytes: &[u8]) -> Option<String> {
    /// A declaration is short. **chosen**.
    const DECLARATION_BYTES: usize = 256;
    let head = String::from_utf8_lossy(bytes.get(..DECLARATION_BYTES).unwrap_or(bytes));
    let declaration = head.get(head.find("<?xml")?..)?;
    let declaration = declaration.get(..declaration.find("?>")?)?;
    let value = declaration.get(declaration.find("encoding")? + "encoding".len()..)?;
    let value = value.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| *c == '"' || *c == '\'')?;
    let value = value.get(1..)?;
    Some(value.get(..value.find(quote)?)?.trim().to_ascii_lowercase())
}

fn is_latin(label: &str) -> bool {
    matches!(
        label,
        "iso-8859-1" | "iso8859-1" | "iso_8859-1" | "latin1" | "latin-1" | "us-ascii" | "ascii"
    ) || matches!(label, "windows-1252" | "cp1252" | "iso-8859-15" | "iso8859-15")
}

/// Windows-1252, of which Latin-1 is the part without 0x80 to 0x9f. Five codes stand for nothing
/// and keep their number. Source: the WHATWG Encoding Standard's index of windows-1252.
fn windows_1252(byte: u8) -> char {
    const FROM_80: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž',
        '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}',
        'ž', 'Ÿ',
    ];
    let slot = usize::from(byte).checked_sub(0x80);
    slot.and_then(|i| FROM_80.get(i)).copied().unwrap_or(char::from(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_that_lies_is_overruled_by_valid_text() {
        let text = "<?xml version='1.0' encoding='ISO-8859-1'?><n>Größe</n>";
        let decoded = decode(text.as_bytes());
        assert_eq!(decoded.text, text);
        assert!(decoded.issue.is_none());
    }

    #[test]
    fn latin_is_read_by_its_label() {
        let bytes = b"<?xml version='1.0' encoding = \"Windows-1252\"?><n>\xe4\x80</n>";
        assert!(decode(bytes).text.ends_with("<n>ä€</n>"));
    }

    #[test]
    fn what_cannot_be_read_is_replaced_and_counted() {
        let decoded = decode(b"<?xml version='1.0' encoding='UTF-8'?><n>\xff\xfe 51.5</n>");
        assert!(decoded.text.contains("51.5"));
        assert_eq!(decoded.issue.unwrap().count, 2);
    }

    #[test]
    fn sixteen_bit_text_keeps_its_letters() {
        let text = "<gpx><name>Ä𝄞</name></gpx>";
        let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(decode(&bytes).text, text);
        let odd = [bytes.as_slice(), &[0x3c]].concat();
        assert_eq!(decode(&odd).text, text, "a cut in the middle of a unit loses that unit only");
    }
}
