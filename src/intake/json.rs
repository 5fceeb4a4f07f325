//! JSON of services, read with mercy: what one cut title or one number that is none breaks is
//! mended, so that it costs that value alone.

use serde::de::DeserializeOwned;

/// A list, bare or one thing alone.
///
/// # Errors
/// When it is no such JSON, mended or not: what is said is about the bytes as they are.
pub(super) fn list<T: DeserializeOwned>(bytes: &[u8]) -> serde_json::Result<Vec<T>> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    parsed(bytes).or_else(|error| parsed(mended(bytes).as_bytes()).map_err(|_| error))
}

fn parsed<T: DeserializeOwned>(bytes: &[u8]) -> serde_json::Result<Vec<T>> {
    match bytes.trim_ascii_start().first() {
        Some(b'[') => serde_json::from_slice(bytes),
        _ => serde_json::from_slice(bytes).map(|one| vec![one]),
    }
}

/// Bytes that are no letters and halves of letters become U+FFFD, control characters inside texts
/// spaces, and `NaN` and the infinities `null`.
fn mended(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_ref();
    let mut inside = Inside::Structure;
    while let Some(c) = rest.chars().next() {
        let (taken, put) = match inside {
            Inside::Structure => structure(rest, c),
            Inside::Text => in_text(rest, c),
        };
        if c == '"' {
            inside = inside.other();
        }
        match put {
            Some(put) => out.push_str(put),
            None => out.push_str(rest.get(..taken).unwrap_or_default()),
        }
        rest = rest.get(taken..).unwrap_or_default();
    }
    out
}

/// Where a walk along JSON is.
#[derive(Clone, Copy)]
enum Inside {
    Structure,
    Text,
}

impl Inside {
    fn other(self) -> Self {
        match self {
            Self::Structure => Self::Text,
            Self::Text => Self::Structure,
        }
    }
}

/// Bytes to go on by between texts, and what stands in their place.
fn structure(rest: &str, c: char) -> (usize, Option<&'static str>) {
    let none = ["NaN", "-Infinity", "Infinity"].into_iter().find(|word| rest.starts_with(word));
    none.map_or((c.len_utf8(), None), |word| (word.len(), Some("null")))
}

/// The same inside a text.
fn in_text(rest: &str, c: char) -> (usize, Option<&'static str>) {
    /// Bytes of a letter by its number: `\uD83D`.
    const ESCAPE: usize = 6;
    if c.is_control() {
        return (c.len_utf8(), Some(" "));
    }
    if c != '\\' {
        return (c.len_utf8(), None);
    }
    let unit = |at: usize| {
        let digits = rest.get(at..at + ESCAPE)?.strip_prefix("\\u")?;
        u16::from_str_radix(digits, 16).ok()
    };
    match (unit(0), unit(ESCAPE)) {
        (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => (2 * ESCAPE, None),
        (Some(0xd800..=0xdfff), _) => (ESCAPE, Some("\\ufffd")),
        // The sign behind a stroke, which may be a quotation mark or another stroke.
        _ => (1 + rest.get(1..).and_then(|r| r.chars().next()).map_or(0, char::len_utf8), None),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    fn read(text: &str) -> Option<Vec<Value>> {
        list(text.as_bytes()).ok()
    }

    #[test]
    fn what_is_sound_stays_as_it_is() {
        for text in [
            r#"[{"a":"NaN \\\" Infinity","b":[1,-2.5e3,null]}]"#,
            r#"{"a":"\ud83d\udc5f \u00e4","b":"\\ud83d"}"#,
            "[]",
        ] {
            assert_eq!(mended(text.as_bytes()), text);
        }
        assert_eq!(read(r#"{"a":1}"#), Some(vec![serde_json::json!({"a": 1})]));
    }

    #[test]
    fn one_bad_value_costs_itself() {
        let half = r#"[{"a":"cut \ud83d","b":"\udc5f\ud83dx","c":NaN,"d":-Infinity,"e":2}]"#;
        let expected = serde_json::json!([
            {"a": "cut \u{fffd}", "b": "\u{fffd}\u{fffd}x", "c": null, "d": null, "e": 2}
        ]);
        assert_eq!(read(half).map(Value::from), Some(expected));
        let raw = b"\xef\xbb\xbf[{\"a\":\"one\ntwo\x01\xff\"}]";
        let got: Vec<Value> = list(raw).unwrap();
        assert_eq!(got, [serde_json::json!({"a": "one two \u{fffd}"})]);
    }

    #[test]
    fn what_breaks_off_is_refused_where_it_breaks() {
        let error = list::<Value>(br#"[{"a":"\ud83d"},{"b":"#).unwrap_err();
        assert_eq!(error.line(), 1);
        assert!(list::<Value>(b"").is_err() && list::<Value>(b"\\").is_err());
    }
}
