//! Names of pages made from names of folders: no path, no surprise, each once.

use std::collections::BTreeSet;

/// Characters of a name that are kept. **chosen**: with its ending and any number it stays below
/// the 255 bytes that file systems take, at four bytes a character.
const LONGEST: usize = 48;
/// What a name begins with that would be none by itself.
const STAND_IN: &str = "athlete";
/// Names that one system keeps for devices, whatever their ending.
const RESERVED: &[&str] = &["con", "prn", "aux", "nul"];

/// Names that were given away.
#[derive(Debug, Default)]
pub struct Slugs(BTreeSet<String>);

impl Slugs {
    /// A name of letters, digits and hyphens, in lower case, that nobody else has.
    pub fn take(&mut self, folder: &str) -> String {
        let slug = plain(folder);
        let numbered = (2..).map(|n| format!("{slug}-{n}"));
        let free = std::iter::once(slug.clone()).chain(numbered).find(|s| !self.0.contains(s));
        let free = free.unwrap_or(slug);
        self.0.insert(free.clone());
        free
    }
}

fn plain(folder: &str) -> String {
    let mut slug = String::new();
    for c in folder.chars().flat_map(char::to_lowercase) {
        if slug.chars().count() >= LONGEST {
            break;
        }
        if c.is_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let slug = slug.trim_end_matches('-');
    let device = |name: &str| {
        let port = |kind| name.strip_prefix(kind).is_some_and(|n: &str| n.chars().count() == 1);
        RESERVED.contains(&name) || port("com") || port("lpt")
    };
    match slug {
        "" => STAND_IN.to_owned(),
        name if device(name) => format!("{STAND_IN}-{name}"),
        name => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_leads_out_of_the_folder_or_poses_as_another() {
        let mut slugs = Slugs::default();
        for (folder, slug) in [
            ("Ada Lovelace", "ada-lovelace"),
            ("ada_lovelace", "ada-lovelace-2"),
            ("../../etc/passwd", "etc-passwd"),
            ("..", "athlete"),
            ("", "athlete-2"),
            ("CON", "athlete-con"),
            ("com1", "athlete-com1"),
            ("Zoë\u{202e}gpj", "zoë-gpj"),
            ("<img src=x onerror=alert(1)>", "img-src-x-onerror-alert-1"),
            ("李 雷", "李-雷"),
        ] {
            assert_eq!(slugs.take(folder), slug, "{folder}");
        }
        assert!(plain(&"x".repeat(400)).len() <= 4 * LONGEST);
    }
}
