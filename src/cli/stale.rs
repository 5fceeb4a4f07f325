//! Pages of an earlier run of the program to which nothing leads any more. Only what bears the mark
//! of the same list is removed: never another file, another list's page or a link.

use std::ffi::OsStr;
use std::fs::{File, read_dir, remove_file};
use std::io::Read;
use std::path::Path;

use lightfoot::report::html::listed::{WITHIN, is_listed_by};
use lightfoot::report::plain;

use super::output;

/// Removes the pages in a folder that `list` listed and that are not to be kept. Gives back their
/// names. What cannot be removed is named on standard error and stays.
pub fn remove(folder: &Path, list: Option<&str>, keep: impl Fn(&str) -> bool) -> Vec<String> {
    let Ok(entries) = read_dir(folder) else { return Vec::new() };
    let mut removed = Vec::new();
    for entry in entries.flatten() {
        let (path, name) = (entry.path(), entry.file_name());
        let Some(name) = name.to_str() else { continue };
        let plain_file = entry.file_type().is_ok_and(|kind| kind.is_file());
        if !plain_file || path.extension() != Some(OsStr::new("html")) || keep(name) {
            continue;
        }
        if !beginning(&path).is_some_and(|text| is_listed_by(&text, list)) {
            continue;
        }
        match remove_file(&path) {
            Ok(()) => removed.push(name.to_owned()),
            Err(why) => output::say(&format!(
                "{} is of an earlier run of lightfoot and cannot be removed: {why}",
                plain::clean(&path.display().to_string())
            )),
        }
    }
    removed
}

/// Says how many pages went.
pub fn say(removed: usize, folder: &Path) {
    if removed > 0 {
        let pages = plain::counted(removed, "page", "pages");
        let folder = plain::clean(&folder.display().to_string());
        output::say(&format!(
            "removed {pages} of an earlier run of lightfoot from {folder}: nothing leads there now"
        ));
    }
}

fn beginning(path: &Path) -> Option<String> {
    let mut bytes = Vec::with_capacity(WITHIN);
    File::open(path).ok()?.take(WITHIN as u64).read_to_end(&mut bytes).ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}
