//! `report --runs`: a page for each run in a folder, and the links between them and the main page.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result};
use lightfoot::report::Report;
use lightfoot::report::run_pages::{Written, names, run_pages};

use super::gather::Wanted;
use super::{gather, output, stale};

/// Where the pages of runs go, and how the pages lead to each other.
pub struct Links {
    folder: PathBuf,
    /// Names of the pages by run.
    names: BTreeMap<usize, String>,
    /// From the main page to each run's.
    pub to_runs: BTreeMap<usize, String>,
    /// From a run's page to the main page; `None` where that goes to standard output.
    back: Option<String>,
}

impl Links {
    /// Lays out the links of a main page at `page` and pages of runs in `folder`.
    ///
    /// # Errors
    /// When there is no working folder to tell where they are.
    pub fn between(report: &Report, page: &Path, folder: &Path) -> Result<Self> {
        let names = names(report, 0..report.history.runs.len());
        let to_stdout = page.as_os_str() == "-";
        let here = if to_stdout { Path::new("page.html") } else { page };
        let (from, to) = (absolute(here)?, absolute(folder)?);
        let from_folder = from.parent().unwrap_or(&from);
        let way = relative(from_folder, &to);
        let to_runs = names.iter().map(|(run, name)| (*run, format!("{way}{name}"))).collect();
        let back = from.file_name().filter(|_| !to_stdout).map(|name| {
            format!("{}{}", relative(&to, from_folder), encoded(&name.to_string_lossy()))
        });
        Ok(Self { folder: folder.to_owned(), names, to_runs, back })
    }

    /// Makes the pages and writes each whole or not at all.
    ///
    /// # Errors
    /// When the folder or a page cannot be written.
    pub fn write(&self, wanted: &Wanted<'_>, report: &Report) -> Result<Written> {
        std::fs::create_dir_all(&self.folder)
            .with_context(|| format!("cannot make the folder {}", self.folder.display()))?;
        let sink = |name: &str, page: &str| output::write_text(&self.folder.join(name), page);
        gather::again(wanted, &report.settings, |walked| {
            run_pages(walked, report, &self.names, self.back.as_deref(), sink)
        })?
    }

    /// Removes pages of runs to which the main page led when it was last written and no longer does;
    /// gives back how many.
    pub fn remove_stale(&self) -> usize {
        let keep = |name: &str| self.names.values().any(|kept| kept == name);
        stale::remove(&self.folder, self.back.as_deref(), keep).len()
    }
}

/// A path from the root, by name alone.
///
/// # Errors
/// When there is no working folder to tell where it is.
pub fn absolute(path: &Path) -> Result<PathBuf> {
    let path = std::path::absolute(path)
        .with_context(|| format!("cannot tell where {} is", path.display()))?;
    // A link through a parent is followed by name: `a/../b` is `b`.
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => {
                plain.pop();
            }
            part => plain.push(part),
        }
    }
    Ok(plain)
}

/// The way from one folder to another as a link that ends in a slash, empty for the same folder;
/// a whole address where no relative way exists.
pub fn relative(from: &Path, to: &Path) -> String {
    let (from, to): (Vec<_>, Vec<_>) = (from.components().collect(), to.components().collect());
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let down = to.iter().skip(shared).map(|part| encoded(&part.as_os_str().to_string_lossy()));
    if shared == 0 {
        return format!("file:///{}/", down.collect::<Vec<_>>().join("/"));
    }
    let up = from.iter().skip(shared).map(|_| "..".to_owned());
    up.chain(down).map(|part| part + "/").collect()
}

/// A name as a part of a link: everything but letters, digits and four marks is percent-encoded.
pub fn encoded(name: &str) -> String {
    let mut link = String::with_capacity(name.len());
    for byte in name.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                link.push(char::from(byte));
            }
            byte => link.push_str(&format!("%{byte:02X}")),
        }
    }
    link
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_from_folder_to_folder() {
        for (from, to, link) in [
            ("/a/b", "/a/b", ""),
            ("/a/b", "/a/b/runs", "runs/"),
            ("/a/b/runs", "/a/b", "../"),
            ("/a/b", "/c d/e\"f", "../../c%20d/e%22f/"),
            ("/a", "/a/javascript:x", "javascript%3Ax/"),
        ] {
            assert_eq!(relative(Path::new(from), Path::new(to)), link, "{from} to {to}");
        }
    }
}
