//! Files and folders to a sorted list of what may be a recording.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::Read;
use std::path::{Component, Path, PathBuf};

use super::archive::{Listed, Member, inner_label, is_leftover, list};
use super::layers::{PEEK_BYTES, is_gzip, is_zip};
use super::{IntakeError, Problem, other_exports, strava, tables};
use crate::journal::Note;
use crate::read::{FORMATS, Limits, sniff};

/// A file that may be a recording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Path as given, with the path inside a given folder or archive behind it; where the path was
    /// given from the root or through a parent, it begins with its last name, so that no report
    /// tells whose computer it was made on.
    pub label: String,
    /// Where it is.
    pub place: Place,
}

impl Found {
    /// A file of the system.
    pub fn file(label: impl Into<String>, path: impl Into<PathBuf>) -> Self {
        Self { label: label.into(), place: Place::File(path.into()) }
    }

    /// The file on the disk, an archive's where it is a member.
    pub fn path(&self) -> &Path {
        match &self.place {
            Place::File(path) => path,
            Place::Member(member) => member.path(),
        }
    }
}

/// Where a found file is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A file of the system.
    File(PathBuf),
    /// A member of an archive.
    Member(Member),
}

/// What a walk saw.
#[derive(Clone, Debug, Default)]
pub struct Walked {
    /// What may be a recording, sorted by label, each file once.
    pub found: Vec<Found>,
    /// Tables of services' exports, sorted by label.
    pub tables: Vec<Found>,
    /// What was passed over, by kind (`hidden`, `link`, `.csv file`), with its count.
    pub passed_over: BTreeMap<String, usize>,
    /// What could not be opened; listed, never lost.
    pub problems: Vec<IntakeError>,
    /// What the runner noted about the runs.
    pub notes: Vec<Note>,
    /// Labels of those tables that lie beside a single file that was given.
    pub beside: BTreeSet<String>,
}

/// Walks files, folders and archives. A file that the user named is always found; inside a folder
/// a file is found if its content is a known format (or compressed) or its name claims one, and
/// an archive is walked like a folder. Links are not followed, hidden entries and the leftovers of
/// other systems are passed over and counted.
///
/// A path may lead into an archive: `export.zip/activities/1.fit.gz`.
pub fn walk(paths: &[PathBuf], limits: &Limits) -> Walked {
    let mut walk = Walk { limits: *limits, ..Walk::default() };
    for path in paths {
        walk.untold = untold(path);
        match fs::metadata(path) {
            Ok(kind) if kind.is_dir() => walk.folder(path),
            Ok(kind) if kind.is_file() && tables::is_notes(path) => walk.table(path),
            Ok(kind) if kind.is_file() => {
                walk.take(path);
                walk.notes_beside(path);
            }
            Ok(_) => walk.problem_with_whole(path, Problem::NotAFile),
            Err(error) => match around(path) {
                Some(archive) => walk.member(archive, path),
                None => walk.problem_with_whole(path, Problem::Unreadable(error.to_string())),
            },
        }
    }
    let Walk { mut walked, .. } = walk;
    tell_apart(&mut walked.found);
    walked.found.sort_by(|a, b| a.label.cmp(&b.label));
    walked.tables.sort_by(|a, b| a.label.cmp(&b.label));
    walked.problems.sort_by(|a, b| a.label.cmp(&b.label));
    walked
}

/// The file in which a path goes on, where it leads into one.
pub fn around(path: &Path) -> Option<&Path> {
    path.ancestors().skip(1).find(|above| above.is_file())
}

#[derive(Default)]
struct Walk {
    walked: Walked,
    /// Real paths of what was taken: overlapping arguments name a file twice.
    taken: BTreeSet<PathBuf>,
    /// The beginning of the present path that labels leave out.
    untold: PathBuf,
    limits: Limits,
}

impl Walk {
    fn folder(&mut self, root: &Path) {
        let mut waiting = vec![root.to_owned()];
        while let Some(folder) = waiting.pop() {
            let entries = match fs::read_dir(&folder) {
                Ok(entries) => entries,
                Err(error) => {
                    self.problem(&folder, Problem::Unreadable(error.to_string()));
                    continue;
                }
            };
            for entry in entries {
                let entry = match entry {
                    Ok(entry) => entry,
                    Err(error) => {
                        self.problem(&folder, Problem::Unreadable(error.to_string()));
                        continue;
                    }
                };
                let path = entry.path();
                if is_leftover(&entry.file_name().to_string_lossy()) {
                    self.pass_over("hidden");
                    continue;
                }
                match entry.file_type() {
                    Ok(kind) if kind.is_dir() => waiting.push(path),
                    Ok(kind) if kind.is_symlink() => self.pass_over("link"),
                    Ok(kind) if kind.is_file() => self.judge(&path),
                    Ok(_) => self.pass_over("special file"),
                    Err(error) => self.problem(&path, Problem::Unreadable(error.to_string())),
                }
            }
        }
    }

    /// Notes that lie beside a file that the user named.
    fn notes_beside(&mut self, file: &Path) {
        for path in tables::notes_beside(file) {
            let before = self.walked.tables.len();
            self.table(&path);
            let new = self.walked.tables.get(before..).unwrap_or_default();
            self.walked.beside.extend(new.iter().map(|found| found.label.clone()));
        }
    }

    /// Takes a table, once.
    fn table(&mut self, path: &Path) {
        let real = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        if self.taken.insert(real) {
            let found = Found::file(self.label(path), path);
            self.walked.tables.push(found);
        }
    }

    /// A file inside a folder: taken if it claims to be a recording or looks like one.
    fn judge(&mut self, path: &Path) {
        if claims(&path.to_string_lossy()) {
            self.take(path);
            return;
        }
        let mut head = Vec::new();
        let read = File::open(path).and_then(|file| file.take(PEEK_BYTES).read_to_end(&mut head));
        match read {
            Err(error) => self.problem(path, Problem::Unreadable(error.to_string())),
            Ok(_) if sniff(&head).is_some() || holds_recording(&head) => self.take(path),
            Ok(_) if is_zip(&head) && !is_document(path) => self.take(path),
            Ok(_) if is_export_table(path, &head) => self.table(path),
            Ok(_) => self.pass_over(&kind_of(path)),
        }
    }

    fn take(&mut self, path: &Path) {
        let real = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        if self.taken.insert(real) {
            let found = Found::file(self.label(path), path);
            if !begins_like_zip(path) || !self.archive(&found) {
                self.walked.found.push(found);
            }
        }
    }

    /// Walks an archive like a folder; false when it has no sound directory.
    fn archive(&mut self, found: &Found) -> bool {
        let listed = match &found.place {
            Place::File(path) => list(path, &self.limits),
            Place::Member(member) => member.list(&self.limits),
        };
        // What cannot be listed says why when it is opened.
        let Ok(Some((listed, rest))) = listed else { return false };
        if let Some(problem) = rest {
            self.walked.problems.push(IntakeError { label: found.label.clone(), problem });
        }
        if listed.is_empty() {
            self.pass_over(&kind_of(Path::new(&found.label)));
        }
        for Listed { name, member } in listed {
            let label = inner_label(&found.label, &name);
            let inside = label.get(found.label.len() + 1..).unwrap_or_default();
            if hidden(inside) {
                self.pass_over("hidden");
                continue;
            }
            match member {
                Ok(member) => self.judge_member(Found { label, place: Place::Member(member) }),
                Err(Problem::NotAFile) => self.pass_over("link"),
                Err(problem) if claims(&label) || tables::is_table(&label) => {
                    self.walked.problems.push(IntakeError { label, problem });
                }
                Err(_) => self.pass_over(&kind_of(Path::new(&label))),
            }
        }
        true
    }

    /// A member: an archive as it is inside this one is walked in its place, all else is judged
    /// by its content when it is opened.
    fn judge_member(&mut self, found: Found) {
        let Place::Member(member) = &found.place else { return };
        if member.depth < self.limits.nesting && self.archive(&found) {
            return;
        }
        if tables::is_table(&found.label) {
            self.walked.tables.push(found);
        } else {
            self.walked.found.push(found);
        }
    }

    /// A path that leads into an archive.
    fn member(&mut self, archive: &Path, path: &Path) {
        let mut inside =
            Self { untold: self.untold.clone(), limits: self.limits, ..Self::default() };
        inside.untold = untold(archive);
        inside.take(archive);
        let told_archive = inside.label(archive);
        let rest = path.strip_prefix(archive).unwrap_or(path).to_string_lossy().replace('\\', "/");
        let label = format!("{told_archive}/{rest}");
        let within = |one: &str| one == label || one.starts_with(&format!("{label}/"));
        let before = self.walked.found.len() + self.walked.problems.len();
        self.walked.found.extend(inside.walked.found.into_iter().filter(|f| within(&f.label)));
        let problems = inside.walked.problems.into_iter();
        self.walked.problems.extend(problems.filter(|p| within(&p.label)));
        if self.walked.found.len() + self.walked.problems.len() == before {
            self.problem_with_whole(path, Problem::NoMember);
        }
    }

    fn pass_over(&mut self, kind: &str) {
        *self.walked.passed_over.entry(kind.to_owned()).or_default() += 1;
    }

    fn problem(&mut self, path: &Path, problem: Problem) {
        self.walked.problems.push(IntakeError { label: self.label(path), problem });
    }

    /// A path that is not there is told as the user gave it.
    fn problem_with_whole(&mut self, path: &Path, problem: Problem) {
        self.untold = PathBuf::new();
        self.problem(path, problem);
    }

    fn label(&self, path: &Path) -> String {
        let told = path.strip_prefix(&self.untold).unwrap_or(path);
        let told = told.strip_prefix(".").unwrap_or(told);
        if told.as_os_str().is_empty() { path } else { told }.display().to_string()
    }
}

/// The label of a file that the user gave, as reports show it.
pub fn told(path: &Path) -> String {
    Walk { untold: untold(path), ..Walk::default() }.label(path)
}

/// A label names one file: files of one label, from two folders of one name, are told by their
/// whole paths; members of one name in one archive, or in two of one name, are counted.
fn tell_apart(found: &mut [Found]) {
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    for one in found.iter() {
        *times.entry(one.label.clone()).or_default() += 1;
    }
    times.retain(|_, n| *n > 1);
    let mut met: BTreeMap<String, usize> = BTreeMap::new();
    for one in found.iter_mut().filter(|one| times.contains_key(&one.label)) {
        match &one.place {
            Place::File(path) => one.label = path.display().to_string(),
            Place::Member(_) => {
                let n = met.entry(one.label.clone()).or_default();
                *n += 1;
                if *n > 1 {
                    one.label = format!("{} ({n})", one.label);
                }
            }
        }
    }
}

/// The part of a given path that is nobody's business: all before its last name, where the path
/// does not simply lead down from the working folder.
fn untold(path: &Path) -> PathBuf {
    let downwards =
        path.components().all(|c| matches!(c, Component::Normal(_) | Component::CurDir));
    let named = matches!(path.components().next_back(), Some(Component::Normal(_)));
    match path.parent() {
        Some(parent) if !downwards && named => parent.to_owned(),
        // `..` and the like have no name of their own: what lies inside does.
        _ if !downwards => path.to_owned(),
        _ => PathBuf::new(),
    }
}

/// Whether a compressed beginning holds a recording.
fn holds_recording(head: &[u8]) -> bool {
    let mut inside = Vec::new();
    if !is_gzip(head) {
        return false;
    }
    // The beginning of a longer stream ends in an error; what came before is enough.
    let _ = flate2::read::MultiGzDecoder::new(head).take(PEEK_BYTES).read_to_end(&mut inside);
    sniff(&inside).is_some()
}

fn begins_like_zip(path: &Path) -> bool {
    let mut mark = [0; 4];
    File::open(path).and_then(|mut file| file.read_exact(&mut mark)).is_ok() && is_zip(&mark)
}

/// Whether a name says that this is a recording: `.fit`, `.gpx`, `.tcx`, those with `.gz`, and
/// `.zip`, which may hold some.
pub(super) fn claims(path: &str) -> bool {
    let name = path.rsplit(['/', '\\']).next().unwrap_or_default().to_lowercase();
    let plain = name.strip_suffix(".gz").unwrap_or(&name);
    let extension = plain.rsplit_once('.').map(|(_, extension)| extension);
    let known = |e: &str| e == "zip" || FORMATS.iter().any(|f| f.extensions.contains(&e));
    extension.is_some_and(known)
}

/// Whether a path inside an archive leads through anything hidden.
pub(super) fn hidden(path: &str) -> bool {
    path.split('/').any(is_leftover)
}

/// Documents and programs that are zips inside: nobody keeps runs in them.
fn is_document(path: &Path) -> bool {
    const DOCUMENTS: &[&str] =
        &["apk", "docx", "epub", "ipa", "jar", "kmz", "odp", "ods", "odt", "pptx", "whl", "xlsx"];
    let extension = path.extension().map(|e| e.to_string_lossy().to_lowercase());
    extension.is_some_and(|e| DOCUMENTS.contains(&e.as_str()))
}

fn is_export_table(path: &Path, head: &[u8]) -> bool {
    let name = path.file_name().map(|n| n.to_string_lossy()).unwrap_or_default();
    tables::is_table(&name) && (!strava::is_activities(&name) || strava::is_strava(head))
}

/// What kind of file was passed over: the words for a known export, else the extension.
pub(super) fn kind_of(path: &Path) -> String {
    if let Some(words) = other_exports::named(&path.to_string_lossy().replace('\\', "/")) {
        return words.to_owned();
    }
    /// Longer endings are part of a name. **chosen**.
    const LONGEST: usize = 8;
    let extension = path.extension().map(|e| e.to_string_lossy().to_lowercase());
    match extension.filter(|e| e.len() <= LONGEST && e.chars().all(char::is_alphanumeric)) {
        Some(extension) => format!(".{extension} file"),
        None => "file without extension".to_owned(),
    }
}

#[cfg(test)]
#[path = "walk_tests.rs"]
mod tests;
