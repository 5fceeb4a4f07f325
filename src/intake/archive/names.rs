//! Names of members: untrusted bytes of some old code page, made into labels.

/// Upper half of code page 437, which zip names are in unless they say UTF-8 (APPNOTE, appendix
/// D).
const CODE_PAGE_437: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";
/// Characters of a member's name that a label shows. **chosen**: longer ones are no names.
const LONGEST: usize = 300;

/// Label of a member: the archive's label, a slash, and the member's name.
pub(in crate::intake) fn inner_label(archive: &str, name: &[u8]) -> String {
    let name = match std::str::from_utf8(name) {
        Ok(name) => name.to_owned(),
        Err(_) => name.iter().map(|byte| from_437(*byte)).collect(),
    };
    // Archives made by old Windows programs separate folders by a backslash.
    let mut name: String = name.replace('\\', "/");
    if let Some((end, _)) = name.char_indices().nth(LONGEST) {
        name.truncate(end);
        name.push('…');
    }
    format!("{archive}/{name}")
}

fn from_437(byte: u8) -> char {
    match byte {
        0..0x80 => char::from(byte),
        upper => CODE_PAGE_437.chars().nth(usize::from(upper - 0x80)).unwrap_or('\u{fffd}'),
    }
}

/// Hidden entries and what macOS and Windows leave in folders and archives.
pub fn is_leftover(name: &str) -> bool {
    (name.starts_with('.') && name != "." && name != "..")
        || name == "__MACOSX"
        || name.eq_ignore_ascii_case("$recycle.bin")
        || name.eq_ignore_ascii_case("thumbs.db")
        || name.eq_ignore_ascii_case("desktop.ini")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_names_are_readable() {
        assert_eq!(CODE_PAGE_437.chars().count(), 128);
        assert_eq!(inner_label("a.zip", b"L\x84ufe\\\x94.fit"), "a.zip/Läufe/ö.fit");
        assert_eq!(inner_label("a.zip", "Läufe/ö.fit".as_bytes()), "a.zip/Läufe/ö.fit");
        let long = inner_label("a.zip", &[b'x'; 65_535]);
        assert_eq!(long.chars().count(), "a.zip/".len() + LONGEST + 1);
    }

    #[test]
    fn leftovers_are_known_and_steps_up_are_none() {
        for name in [".DS_Store", "._a.fit", ".Trash", "__MACOSX", "$RECYCLE.BIN", "Thumbs.db"] {
            assert!(is_leftover(name), "{name}");
        }
        assert!([".", "..", "a.fit", "DI_CONNECT"].iter().all(|name| !is_leftover(name)));
    }
}
