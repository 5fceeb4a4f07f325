//! Notes meet runs: by the end of a file's name, by the start, by the day. What meets nothing is
//! named, what could mean two runs is said.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::{Date, DateTime};

use super::{About, Note, NoteSource, Noted, PainNote};
use crate::activity::{Issue, IssueKind, Severity};

/// How far a service's start may lie from a recording's, milliseconds. Source: the reach of
/// existing importers, which match within 300 s.
const START_WITHIN_MS: i64 = 300_000;
/// How far a start that a person wrote down may lie from a recording's, minutes. **chosen**: people
/// round to the half hour.
const CLOCK_WITHIN_MIN: i64 = 30;

/// What a run is known by.
#[derive(Clone, Debug)]
pub struct RunKey<'a> {
    /// Labels of its file and of the files that hold the same run.
    pub labels: Vec<&'a str>,
    /// Start, Unix milliseconds.
    pub start_ms: i64,
    /// Start where the report's days are counted.
    pub local: DateTime,
}

/// What became of all notes.
#[derive(Clone, Debug, Default)]
pub struct Joined {
    /// What is noted about each run, in the order of the runs.
    pub runs: Vec<Noted>,
    /// Notes on pain in order of their days.
    pub pain: Vec<PainNote>,
    /// Notes that speak of a run or of a day here.
    pub used: usize,
    /// What could mean two runs, or contradicts another line.
    pub issues: Vec<Issue>,
    /// Lines of the runner's own files that meet no run, by their place.
    pub unmet: Vec<(String, Issue)>,
}

/// Joins notes to runs. The order of the notes does not matter beyond ties of one file.
pub fn join(notes: &[Note], runs: &[RunKey<'_>]) -> Joined {
    let index = Index::over(runs);
    let mut joined = Joined { runs: vec![Noted::default(); runs.len()], ..Joined::default() };
    let mut of_others: BTreeMap<NoteSource, usize> = BTreeMap::new();
    let sharpness_of: HashMap<&str, u8> =
        notes.iter().map(|n| (n.place.as_str(), sharpness(&n.about))).collect();
    let mut order: Vec<&Note> = notes.iter().collect();
    order.sort_by_key(|n| (n.source, sharpness(&n.about)));
    for note in order {
        let found = index.find(&note.about);
        let [first, others @ ..] = found.as_slice() else {
            joined.without_a_run(note, runs, &mut of_others);
            continue;
        };
        joined.used += 1;
        let pain_of = note.said.pain_during.or(note.said.pain_next_morning);
        let speaks_of_pain = pain_of.is_some() || note.said.pain_where.is_some();
        let day = runs.get(*first).map(|r| r.local.date());
        if speaks_of_pain && !others.is_empty() && matches!(note.about, About::Day(_)) {
            joined.pain_of_a_day(note, day, found.len());
            let painless = without_pain(note);
            joined.fill(&found, &painless, &sharpness_of);
            continue;
        }
        let run = others.is_empty().then_some(*first);
        joined.pain.extend(day.and_then(|d| PainNote::of(note, d, run)));
        joined.fill(&found, note, &sharpness_of);
    }
    for (source, n) in of_others {
        let message = format!("{n} notes {} speak of no run here", source.words());
        joined.issues.push(Issue::new(IssueKind::Note, Severity::Note, message).count(n));
    }
    joined.pain.sort_by(|a, b| (a.day, a.run, &a.place).cmp(&(b.day, b.run, &b.place)));
    joined
}

/// What says more exactly which run it means goes first.
fn sharpness(about: &About) -> u8 {
    match about {
        About::File(_) => 0,
        About::Start(_) => 1,
        About::Clock(_) => 2,
        About::Day(_) => 3,
    }
}

/// A note without what it says of pain: text stands beside the pain that it explains.
fn without_pain(note: &Note) -> Note {
    let mut painless = note.clone();
    painless.said.pain_during = None;
    painless.said.pain_next_morning = None;
    painless.said.pain_where = None;
    painless.said.pain_side = None;
    painless.said.text = None;
    painless
}

impl Joined {
    /// Adds a note to the runs that it is about. Where two lines that mean the run equally exactly
    /// differ, the first counts and the other is named.
    fn fill(&mut self, found: &[usize], note: &Note, sharpness_of: &HashMap<&str, u8>) {
        for run in found {
            let Some(noted) = self.runs.get_mut(*run) else { continue };
            for (field, earlier) in noted.fill(note) {
                let same = sharpness_of.get(earlier.as_str()) == Some(&sharpness(&note.about));
                if note.source != NoteSource::NotesFile || !same {
                    continue;
                }
                let message = format!(
                    "{}: {earlier} says something else about the {} of the same run; that one \
                     counts",
                    note.place,
                    field.replace('_', " ")
                );
                let issue = Issue::new(IssueKind::Note, Severity::Doubt, message);
                self.issues.push(issue.remedy("keep one of them"));
            }
        }
    }

    /// Pain on a day of several runs stands at the day: which run it was in is not said.
    fn pain_of_a_day(&mut self, note: &Note, day: Option<Date>, runs: usize) {
        let Some(day) = day else { return };
        self.pain.extend(PainNote::of(note, day, None));
        let message = format!(
            "{}: {runs} runs on {day}, so its pain stands at the day and at none of them",
            note.place
        );
        let issue = Issue::new(IssueKind::Note, Severity::Note, message);
        self.issues.push(issue.remedy("add the time of the start, or the name of the file"));
    }

    /// A line of the runner's own file that meets no run is named; a service's notes are mostly of
    /// other sports, and are counted.
    fn without_a_run(
        &mut self,
        note: &Note,
        runs: &[RunKey<'_>],
        of_others: &mut BTreeMap<NoteSource, usize>,
    ) {
        if note.source != NoteSource::NotesFile {
            *of_others.entry(note.source).or_default() += 1;
            return;
        }
        let day = match note.about {
            About::Day(day) => Some(day),
            About::Clock(at) => Some(at.date()),
            About::File(_) | About::Start(_) => None,
        };
        let pain = day.and_then(|d| PainNote::of(note, d, None));
        let (what, remedy) = match &note.about {
            About::File(file) => {
                (format!("no run in a file called \"{file}\""), "write the file's name as it is")
            }
            About::Start(_) => {
                ("no run begins then".to_owned(), "write the day, or the file's name")
            }
            About::Day(day) => (format!("no run on {day}"), "mend the date, or leave the line"),
            About::Clock(at) => {
                let starts = runs.iter().filter(|r| r.local.date() == at.date());
                let starts: Vec<String> =
                    starts.map(|r| r.local.strftime("%H:%M").to_string()).collect();
                let (date, time) = (at.date(), at.strftime("%H:%M"));
                let begun = match starts.as_slice() {
                    [] => format!("no run on {date}"),
                    _ => format!(
                        "no run on {date} about {time}; that day they begin at {}",
                        starts.join(", ")
                    ),
                };
                (begun, "mend the date or the time")
            }
        };
        let kept = if pain.is_some() { "; its pain stands at that day" } else { "" };
        let message = format!("{}: {what}{kept}", note.place);
        let severity = if pain.is_some() { Severity::Note } else { Severity::Doubt };
        self.used += usize::from(pain.is_some());
        self.pain.extend(pain);
        let issue = Issue::new(IssueKind::Note, severity, message).remedy(remedy);
        self.unmet.push((note.place.clone(), issue));
    }
}

/// Runs by what notes call them.
struct Index<'a> {
    /// Last names of files in lower case, without `.gz` and without any ending.
    names: HashMap<String, BTreeSet<(usize, &'a str)>>,
    /// Starts in order.
    starts: Vec<(i64, usize)>,
    /// Runs of each day with their local starts.
    days: BTreeMap<Date, Vec<(DateTime, usize)>>,
}

impl<'a> Index<'a> {
    fn over(runs: &[RunKey<'a>]) -> Self {
        let mut index = Self { names: HashMap::new(), starts: Vec::new(), days: BTreeMap::new() };
        for (run, key) in runs.iter().enumerate() {
            for label in &key.labels {
                let name = stem(&last_name(&plain_path(label)));
                index.names.entry(name).or_default().insert((run, *label));
            }
            index.starts.push((key.start_ms, run));
            index.days.entry(key.local.date()).or_default().push((key.local, run));
        }
        index.starts.sort_unstable();
        index
    }

    /// Runs that a note is about, in order.
    fn find(&self, about: &About) -> Vec<usize> {
        match about {
            About::File(file) => self.by_file(file),
            About::Start(ms) => self.by_start(*ms).into_iter().collect(),
            About::Day(day) => {
                self.days.get(day).into_iter().flatten().map(|(_, run)| *run).collect()
            }
            About::Clock(at) => {
                let apart = |(start, run): &(DateTime, usize)| {
                    let minutes = (*start - *at).total(jiff::Unit::Minute).ok()?.abs();
                    (minutes <= CLOCK_WITHIN_MIN as f64).then_some((minutes, *run))
                };
                let near = self.days.get(&at.date()).into_iter().flatten().filter_map(apart);
                near.min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, run)| run).into_iter().collect()
            }
        }
    }

    /// By the end of its path; an ending that is left out, or `.gz`, is no difference.
    fn by_file(&self, file: &str) -> Vec<usize> {
        let wanted = plain_path(file);
        let Some(candidates) = self.names.get(&stem(&last_name(&wanted))) else {
            return Vec::new();
        };
        let ends = |label: &str, wanted: &str| {
            label.strip_suffix(wanted).is_some_and(|head| head.is_empty() || head.ends_with('/'))
        };
        let by = |same: &dyn Fn(&str) -> bool| {
            let hits = candidates.iter().filter(|(_, label)| same(&plain_path(label)));
            hits.map(|(run, _)| *run).collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>()
        };
        let unpacked = |path: &str| path.strip_suffix(".gz").unwrap_or(path).to_owned();
        let whole = by(&|label| ends(&unpacked(label), &unpacked(&wanted)));
        if whole.is_empty() { by(&|label| ends(&stem(label), &wanted)) } else { whole }
    }

    /// The nearest start within reach.
    fn by_start(&self, ms: i64) -> Option<usize> {
        let from = self.starts.partition_point(|(start, _)| *start < ms - START_WITHIN_MS);
        let near = self.starts.get(from..)?.iter();
        let near = near.take_while(|(start, _)| *start <= ms + START_WITHIN_MS);
        near.min_by_key(|(start, _)| (start - ms).abs()).map(|(_, run)| *run)
    }
}

/// A path in lower case with forward slashes.
fn plain_path(path: &str) -> String {
    path.trim().replace('\\', "/").to_lowercase()
}

fn last_name(path: &str) -> String {
    path.rsplit('/').next().unwrap_or_default().to_owned()
}

/// A path without `.gz` and without its ending.
fn stem(path: &str) -> String {
    let path = path.strip_suffix(".gz").unwrap_or(path);
    let ending = [".fit", ".gpx", ".tcx"].iter().find_map(|e| path.strip_suffix(e));
    ending.unwrap_or(path).to_owned()
}
