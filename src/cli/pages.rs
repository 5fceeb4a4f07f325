//! Where the athletes' own pages go, and how the coach's page finds them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use lightfoot::coach::Athlete;
use lightfoot::intake::Walked;
use lightfoot::report::run_pages::{names, run_pages};
use lightfoot::report::{Report, html};
use lightfoot::stopwatch::{Stage, Stopwatch};

use super::args::CoachArgs;
use super::run_pages::{absolute, encoded, relative};
use super::{output, stale};

/// Whether what was done is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// On standard error.
    Aloud,
    /// `--quiet`.
    Nothing,
}

/// A folder of pages: one for each athlete, and beside it a folder of the runs that put them on
/// the list.
pub struct Pages {
    folder: PathBuf,
    /// Address of the folder as seen from the coach's page, with its last slash.
    address: String,
    /// From the folder to the coach's page; `None` where that goes to standard output.
    back: Option<String>,
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
        make(&folder)?;
        let page = if to_file { args.output.as_path() } else { Path::new("page.html") };
        let page = absolute(page)?;
        let (from, to) = (page.parent().unwrap_or(&page), absolute(&folder)?);
        let address = relative(from, &to);
        let back = page.file_name().filter(|_| to_file);
        let back =
            back.map(|name| format!("{}{}", relative(&to, from), encoded(&name.to_string_lossy())));
        Ok(Some(Self { folder, address, back }))
    }

    /// Whether a path is this folder.
    pub fn is(&self, path: &Path) -> bool {
        matches!((path.canonicalize(), self.folder.canonicalize()), (Ok(a), Ok(b)) if a == b)
    }

    /// Writes the athlete's page and those of the runs that put them on the list, and tells the row
    /// where they are.
    ///
    /// # Errors
    /// When one cannot be written.
    pub fn write(
        &self,
        walked: &Walked,
        report: &Report,
        athlete: &mut Athlete,
        watch: &Stopwatch<'_>,
    ) -> Result<()> {
        let id = athlete.who.id.clone();
        let named = names(report, athlete.named_runs());
        let mut links: BTreeMap<usize, String> = BTreeMap::new();
        if !named.is_empty() {
            let own = self.folder.join(&id);
            make(&own)?;
            let back = own_page(&id);
            let sink = |name: &str, page: &str| output::write_text(&own.join(name), page);
            let make = || run_pages(walked, report, &named, Some(&back), sink);
            let written = watch.time(Stage::RunPages, make)?;
            let way = |name: &String| format!("{}/{name}", encoded(&id));
            let links_of = named.iter().filter(|(run, _)| written.runs.contains(run));
            links.extend(links_of.map(|(run, name)| (*run, way(name))));
        }
        watch.time(Stage::Page, || {
            let page = self.folder.join(format!("{id}.html"));
            let list = self.back.as_deref();
            output::write_file(&page, |out| Ok(html::write_listed(report, &links, list, out)?))
        })?;
        athlete.who.page = Some(format!("{}{}.html", self.address, encoded(&id)));
        athlete.run_pages =
            links.into_iter().map(|(run, link)| (run, format!("{}{link}", self.address))).collect();
        Ok(())
    }

    /// Removes the pages of athletes and runs to which the list led when it was last written and no
    /// longer does, and says so unless nobody listens.
    pub fn remove_stale(&self, rows: &[Athlete], said: Said) {
        let with_page = |id: &str| rows.iter().find(|a| a.who.id == id && a.who.page.is_some());
        let page_of = |name: &str| name.strip_suffix(".html").and_then(with_page).is_some();
        let gone = stale::remove(&self.folder, self.back.as_deref(), page_of);
        let mut removed = gone.len();
        for id in gone.iter().filter_map(|name| name.strip_suffix(".html")) {
            let own = self.folder.join(id);
            removed += stale::remove(&own, Some(&own_page(id)), |_| false).len();
            // Whatever else lies there keeps its folder.
            let _ = std::fs::remove_dir(own);
        }
        for athlete in rows.iter().filter(|athlete| athlete.who.page.is_some()) {
            let id = &athlete.who.id;
            let linked = |name: &str| {
                athlete.run_pages.values().any(|way| way.rsplit('/').next() == Some(name))
            };
            let own = self.folder.join(id);
            let gone = stale::remove(&own, Some(&own_page(id)), linked).len();
            if gone > 0 {
                let _ = std::fs::remove_dir(own);
            }
            removed += gone;
        }
        if said == Said::Aloud {
            stale::say(removed, &self.folder);
        }
    }
}

/// From the folder of an athlete's runs to the athlete's page.
fn own_page(id: &str) -> String {
    format!("../{}.html", encoded(id))
}

fn make(folder: &Path) -> Result<()> {
    std::fs::create_dir_all(folder).with_context(|| {
        format!("cannot make the folder {}; choose another with --pages", folder.display())
    })
}

/// `monday.html` has its athletes in `monday-athletes`.
fn beside(page: &Path) -> PathBuf {
    let mut name = page.file_stem().unwrap_or_default().to_owned();
    name.push("-athletes");
    page.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_lie_beside_the_list() {
        assert_eq!(beside(Path::new("x/monday.html")), Path::new("x/monday-athletes"));
    }
}
