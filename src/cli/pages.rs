//! Where the athletes' own pages go, and how the coach's page finds them.

use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result};

use super::args::CoachArgs;
use super::output;

/// A folder of pages.
pub struct Pages {
    folder: PathBuf,
    /// Address of the folder as seen from the coach's page, with its last slash.
    address: String,
}

impl Pages {
    /// The folder that was asked for, made if it is not there; without one a folder beside the page,
    /// where a page is written to a file.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn wanted(args: &CoachArgs) -> Result<Option<Self>> {
        let to_file = !args.json && !args.csv && args.output.as_os_str() != "-";
        let folder = match (&args.pages, to_file) {
            (Some(folder), _) => folder.clone(),
            (None, true) => beside(&args.output),
            (None, false) => return Ok(None),
        };
        std::fs::create_dir_all(&folder).with_context(|| {
            format!("cannot make the folder {}; choose another with --pages", folder.display())
        })?;
        let page = if to_file { args.output.parent() } else { None };
        let page = page.filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let address = address(&page.canonicalize()?, &folder.canonicalize()?);
        Ok(Some(Self { folder, address }))
    }

    /// Whether a path is this folder.
    pub fn is(&self, path: &Path) -> bool {
        matches!((path.canonicalize(), self.folder.canonicalize()), (Ok(a), Ok(b)) if a == b)
    }

    /// Writes a page; returns its address as seen from the coach's page.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&self, id: &str, page: &str) -> Result<String> {
        let file = format!("{id}.html");
        output::write_text(&self.folder.join(&file), page)?;
        Ok(format!("{}{}", self.address, encoded(&file)))
    }
}

/// `monday.html` has its athletes in `monday-athletes`.
fn beside(page: &Path) -> PathBuf {
    let mut name = page.file_stem().unwrap_or_default().to_owned();
    name.push("-athletes");
    page.with_file_name(name)
}

/// A folder's address relative to another's, with its last slash; both paths whole.
fn address(from: &Path, to: &Path) -> String {
    let (from, to): (Vec<_>, Vec<_>) = (from.components().collect(), to.components().collect());
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let mut address = "../".repeat(from.len() - shared);
    for part in to.iter().skip(shared) {
        if let Component::Normal(name) = part {
            address.push_str(&encoded(&name.to_string_lossy()));
            address.push('/');
        }
    }
    address
}

/// A name as a part of an address (RFC 3986): what is neither a letter nor a digit nor one of
/// `-._~` is written as bytes.
fn encoded(name: &str) -> String {
    let mut text = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            text.push(char::from(byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_found_from_the_list() {
        let from = Path::new("/home/c/out");
        for (to, expected) in [
            ("/home/c/out/coach-athletes", "coach-athletes/"),
            ("/home/c/out", ""),
            ("/home/c/the pages", "../the%20pages/"),
            ("/srv/a#b", "../../../srv/a%23b/"),
        ] {
            assert_eq!(address(from, Path::new(to)), expected);
        }
        assert_eq!(beside(Path::new("x/monday.html")), Path::new("x/monday-athletes"));
        assert_eq!(encoded("zoë.html"), "zo%C3%AB.html");
    }
}
