//! Files and folders to a sorted list of what may be a recording.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::Read;
use std::path::{Component, Path, PathBuf};

use super::{IntakeError, Problem};
use crate::journal::{self, Note, NotesFile, Scope};
use crate::read::{FORMATS, sniff};

/// Bytes of a file that are looked at to judge what it is: the root element of an XML file may
/// stand behind a licence. **chosen**.
const PEEK_BYTES: u64 = 64 << 10;

/// A file that may be a recording.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    /// Path as given, with the path inside a given folder behind it; where the path was given from
    /// the root or through a parent, it begins with its last name, so that no report tells whose
    /// computer it was made on.
    pub label: String,
    /// Where it is.
    pub path: PathBuf,
}

/// What a walk saw.
#[derive(Clone, Debug, Default)]
pub struct Walked {
    /// What may be a recording, sorted by label, each file once.
    pub found: Vec<Found>,
    /// What was passed over, by kind (`hidden`, `link`, `.csv file`), with its count.
    pub passed_over: BTreeMap<String, usize>,
    /// What could not be opened; listed, never lost.
    pub problems: Vec<IntakeError>,
    /// What the runner or a service noted about the runs.
    pub notes: Vec<Note>,
    /// The runner's own files of notes, with what could not be read in them; their notes stand in
    /// `notes`.
    pub notes_files: Vec<NotesFile>,
}

/// Walks files and folders. A file that the user named is always found; inside a folder a file
/// is found if its content is a known format (or compressed) or its name claims one. Links are
/// not followed, hidden entries and the leftovers of other systems are passed over and counted.
pub fn walk(paths: &[PathBuf]) -> Walked {
    let mut walk = Walk::default();
    for path in paths {
        walk.untold = untold(path);
        match fs::metadata(path) {
            Ok(kind) if kind.is_dir() => walk.folder(path),
            Ok(kind) if kind.is_file() && is_notes(path) => walk.note(path, Scope::Given),
            Ok(kind) if kind.is_file() => {
                walk.take(path);
                walk.notes_beside(path);
            }
            Ok(_) => walk.problem_with_whole(path, Problem::NotAFile),
            Err(error) => walk.problem_with_whole(path, Problem::Unreadable(error.to_string())),
        }
    }
    let Walk { mut walked, .. } = walk;
    tell_apart(&mut walked.found);
    walked.found.sort();
    walked.problems.sort_by(|a, b| a.label.cmp(&b.label));
    walked.notes_files.sort_by(|a, b| a.label.cmp(&b.label));
    for file in &mut walked.notes_files {
        walked.notes.append(&mut file.notes);
    }
    walked
}

#[derive(Default)]
struct Walk {
    walked: Walked,
    /// Real paths of what was taken: overlapping arguments name a file twice.
    taken: BTreeSet<PathBuf>,
    /// The beginning of the present path that labels leave out.
    untold: PathBuf,
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
        let folder = match file.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|e| e.path());
        let mut beside: Vec<PathBuf> = entries.filter(|p| is_notes(p) && p.is_file()).collect();
        beside.sort();
        for path in beside {
            self.note(&path, Scope::WholeFolder);
        }
    }

    /// Reads a file of notes, once.
    fn note(&mut self, path: &Path, about: Scope) {
        let real = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        if !self.taken.insert(real) {
            return;
        }
        let mut bytes = Vec::new();
        // One byte more than is read at most tells that there is more.
        let most = journal::MOST_BYTES as u64 + 1;
        match File::open(path).and_then(|file| file.take(most).read_to_end(&mut bytes)) {
            Ok(_) => {
                let read = journal::read(&bytes, &self.label(path));
                self.walked.notes_files.push(NotesFile { about, ..read });
            }
            Err(error) => self.problem(path, Problem::Unreadable(error.to_string())),
        }
    }

    /// A file inside a folder: taken if it claims to be a recording or looks like one.
    fn judge(&mut self, path: &Path) {
        if is_notes(path) {
            self.note(path, Scope::Given);
            return;
        }
        if claims(path) {
            self.take(path);
            return;
        }
        let mut head = Vec::new();
        let read = File::open(path).and_then(|file| file.take(PEEK_BYTES).read_to_end(&mut head));
        match read {
            Err(error) => self.problem(path, Problem::Unreadable(error.to_string())),
            Ok(_) if sniff(&head).is_some() || holds_recording(&head) => self.take(path),
            Ok(_) => self.pass_over(&kind_of(path)),
        }
    }

    fn take(&mut self, path: &Path) {
        let real = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        if self.taken.insert(real) {
            let label = self.label(path);
            self.walked.found.push(Found { label, path: path.to_owned() });
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

/// Files of one label, from two folders of one name, are told by their whole paths: a label names
/// one file.
fn tell_apart(found: &mut [Found]) {
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    for one in found.iter() {
        *times.entry(one.label.clone()).or_default() += 1;
    }
    for one in found.iter_mut().filter(|one| times.get(&one.label).is_some_and(|n| *n > 1)) {
        one.label = one.path.display().to_string();
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
    if !super::load::is_gzip(head) {
        return false;
    }
    // The beginning of a longer stream ends in an error; what came before is enough.
    let _ = flate2::read::MultiGzDecoder::new(head).take(PEEK_BYTES).read_to_end(&mut inside);
    sniff(&inside).is_some()
}

/// Whether a name says that this is a recording: `.fit`, `.gpx`, `.tcx`, those with `.gz`, and
/// `.zip`, which may hold some.
fn claims(path: &Path) -> bool {
    let name = path.file_name().map(|n| n.to_string_lossy().to_lowercase()).unwrap_or_default();
    let plain = name.strip_suffix(".gz").unwrap_or(&name);
    let extension = plain.rsplit_once('.').map(|(_, extension)| extension);
    let known = |e: &str| e == "zip" || FORMATS.iter().any(|f| f.extensions.contains(&e));
    extension.is_some_and(known)
}

/// Whether a file is the runner's own notes, by its name.
fn is_notes(path: &Path) -> bool {
    path.file_name().is_some_and(|n| n.eq_ignore_ascii_case(journal::FILE_NAME))
}

/// Hidden entries and what macOS and Windows leave in folders and archives.
fn is_leftover(name: &str) -> bool {
    name.starts_with('.')
        || name == "__MACOSX"
        || name.eq_ignore_ascii_case("$recycle.bin")
        || name.eq_ignore_ascii_case("thumbs.db")
        || name.eq_ignore_ascii_case("desktop.ini")
}

fn kind_of(path: &Path) -> String {
    /// Longer endings are part of a name. **chosen**.
    const LONGEST: usize = 8;
    let extension = path.extension().map(|e| e.to_string_lossy().to_lowercase());
    match extension.filter(|e| e.len() <= LONGEST && e.chars().all(char::is_alphanumeric)) {
        Some(extension) => format!(".{extension} file"),
        None => "file without extension".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_folders_of_one_name_stay_two() {
        let here = tempfile::tempdir().unwrap();
        let roots = ["a/runs", "b/runs"].map(|root| here.path().join(root));
        for root in &roots {
            fs::create_dir_all(root).unwrap();
            fs::write(root.join("one.fit"), b"x").unwrap();
        }
        let labels: BTreeSet<String> = walk(&roots).found.into_iter().map(|f| f.label).collect();
        assert_eq!(labels.len(), 2, "{labels:?}");
        assert!(walk(&roots[..1]).found.iter().all(|f| f.label == "runs/one.fit"));
    }

    #[test]
    fn labels_lead_down_from_what_was_given() {
        for (given, inside, label) in [
            ("samples", "samples/a.fit", "samples/a.fit"),
            ("./samples", "./samples/a.fit", "samples/a.fit"),
            (".", "./a.fit", "a.fit"),
            ("/home/ada/runs", "/home/ada/runs/2026/a.fit", "runs/2026/a.fit"),
            ("/home/ada/runs/a.fit", "/home/ada/runs/a.fit", "a.fit"),
            ("../ada/runs", "../ada/runs/a.fit", "runs/a.fit"),
            ("..", "../a.fit", "a.fit"),
        ] {
            let walk = Walk { untold: untold(Path::new(given)), ..Walk::default() };
            assert_eq!(walk.label(Path::new(inside)), label, "{given}");
        }
        assert_eq!(told(Path::new("/home/ada/lightfoot.toml")), "lightfoot.toml");
        assert_eq!(told(Path::new("samples/lightfoot.toml")), "samples/lightfoot.toml");
    }
}
