//! From opened inputs to a finished report: read, learn, analyse, set aside, add up. A pure
//! function of bytes and settings; files are worked on side by side and put back in order.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use rayon::prelude::*;

use super::{Fate, Input, Report, notes, share};
use crate::activity::{
    ActivityMeta, DeviceEpoch, DeviceIdentity, Issue, Pool, RunnerHint, Sport, fitted,
};
use crate::intake::{
    IntakeError, Loaded, Opened, Trace, TwoPeople, Walked, duplicates, open_each, two_people,
};
use crate::journal::Noted;
use crate::metrics::{SharedWords, Unavailable};
use crate::prepare::{self, LearntUnits, NotPrepared};
use crate::read::{self, CadenceConvention, Field, Recording};
use crate::settings::{CadenceUnit, Settings, Sharing};
use crate::stopwatch::{Stage, Stopwatch};
use crate::trend::{History, OtherActivity, PlaceSample};
use crate::{Analysis, analyze_timed, before, findings};

/// A creator and what one count of its cadence is.
type Vote = (String, CadenceUnit);

/// One part of a file on its way.
struct Part {
    state: State,
    /// Light picture of the recording, for doubles and for telling people apart.
    trace: Option<Box<Trace>>,
    /// What it teaches about its creator's cadence.
    vote: Option<Box<Vote>>,
}

enum State {
    Analysed(Box<Analysis>),
    /// Its cadence unit may be learnt from its creator's other files.
    Waiting(Box<Recording>),
    Aside(Box<Fate>),
}

impl Part {
    fn aside(fate: Fate) -> Self {
        Self { state: State::Aside(Box::new(fate)), trace: None, vote: None }
    }
}

/// A file on its way.
struct Taken {
    input: Input,
    parts: Vec<Part>,
}

/// What every file is worked on with.
#[derive(Clone, Copy)]
struct Work<'a> {
    settings: &'a Settings,
    watch: &'a Stopwatch<'a>,
    words: &'a SharedWords,
    common: &'a Common,
    places: &'a PlaceSample,
    /// What is noted about a run of which nobody says anything.
    usual: &'a Arc<Noted>,
}

/// What many runs have in common.
#[derive(Default)]
struct Common {
    devices: Pool<DeviceIdentity>,
    epochs: Pool<DeviceEpoch>,
    people: Pool<RunnerHint>,
}

impl Common {
    fn share(&self, meta: &mut ActivityMeta) {
        self.devices.share(&mut meta.device);
        self.epochs.share(&mut meta.epoch);
        self.people.share(&mut meta.runner_hint);
    }

    fn share_trace(&self, trace: &mut Trace) {
        self.devices.share(&mut trace.device);
        self.people.share(&mut trace.runner);
    }
}

/// Whose runs may be given together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum People {
    /// One person's: a contradiction is refused.
    One,
    /// Anybody's: each run stands for itself, and what looks back at earlier runs has no answer
    /// as soon as the runs cannot be one person's.
    Anybody,
}

/// Opens, reads, analyses and adds up everything that a walk found. `done` is called once a file,
/// from several threads.
///
/// # Errors
/// When the runs cannot be one person's and should be.
pub fn assemble(
    walked: &Walked,
    done: impl Fn() + Sync,
    settings: &Settings,
    profile_path: Option<String>,
    people: People,
) -> Result<Report, TwoPeople> {
    assemble_timed(walked, done, settings, profile_path, people, &Stopwatch::stopped())
}

/// As [`assemble`], and says where the time went.
///
/// # Errors
/// As [`assemble`].
pub fn assemble_timed(
    walked: &Walked,
    done: impl Fn() + Sync,
    settings: &Settings,
    profile_path: Option<String>,
    people: People,
    watch: &Stopwatch<'_>,
) -> Result<Report, TwoPeople> {
    let (words, places) = (SharedWords::default(), PlaceSample::default());
    let common = Common::default();
    let usual = Arc::new(Noted::default().with_usual(&settings.runner));
    let work =
        Work { settings, watch, words: &words, common: &common, places: &places, usual: &usual };
    let (opened, learnt) = watch.time(Stage::Files, || {
        let mut opened = open_each(walked, &settings.limits, watch, |input| {
            let taken = match input {
                Ok(loaded) => take(loaded, work),
                Err(error) => unopened(&error),
            };
            done();
            Box::new(taken)
        });
        let learnt = finish_waiting(&mut opened.inputs, work);
        (opened, learnt)
    });
    let Opened { inputs: files, passed_over, notes, notes_files } = opened;
    let (mut inputs, runs) = gather(files);
    let (mut runs, contradiction) = watch.time(Stage::Doubles, || {
        let runs = set_doubles_aside(runs, &mut inputs);
        let contradiction = two_people(runs.iter().map(|placed| placed.trace.as_ref()));
        let mut runs = number_runs(runs, &mut inputs);
        places.give_back(&mut runs);
        (runs, contradiction)
    });
    let (mut notes, mut pain) = notes::join((&notes, &notes_files), &mut runs, &inputs, settings);
    let mut settings = settings.clone();
    let mut profile_path = profile_path;
    if settings.sharing == Sharing::Shared {
        profile_path = None;
        share::Parts {
            runs: &mut runs,
            pain: &mut pain,
            inputs: &mut inputs,
            notes: &mut notes,
            settings: &mut settings,
        }
        .strip();
    }
    let settings = &settings;
    let mut history = watch.time(Stage::Trend, || {
        let mut history = History::build(runs, settings);
        history.pain = pain;
        history.set_beside(other_sports(&inputs), settings);
        history
    });
    match (contradiction, people) {
        (None, _) => {}
        (Some(contradiction), People::One) => return Err(contradiction),
        (Some(contradiction), People::Anybody) => forget_the_past(&mut history, &contradiction),
    }
    let before = settings.onset.and_then(|onset| before::before(&history, onset, settings));
    let earlier = hide_earlier(&mut history, &mut inputs, settings);
    let findings = findings::judge(&history, settings);
    let headline = findings::headline(&history, settings, &findings);
    let settings = settings.clone();
    Ok(Report {
        history,
        findings,
        headline,
        before,
        inputs,
        notes,
        passed_over,
        settings,
        earlier,
        profile_path,
        learnt,
    })
}

/// Leaves the days that are to be shown and says how many earlier runs went.
fn hide_earlier(history: &mut History, inputs: &mut [Input], settings: &Settings) -> usize {
    let first = history.today.and_then(|today| settings.shown.first_day(today));
    let earlier = first.map_or(0, |first| history.show_since(first));
    for fate in inputs.iter_mut().flat_map(|i| &mut i.fates) {
        if let Fate::Run { run } = fate {
            *fate = run.checked_sub(earlier).map_or(Fate::Earlier, |run| Fate::Run { run });
        }
    }
    earlier
}

/// Activities of other sports among the inputs, those of known date.
fn other_sports(inputs: &[Input]) -> Vec<OtherActivity> {
    let dated = |fate: &Fate| match fate {
        Fate::OtherSport { sport, start_ms: Some(ms), duration_s } => Some(OtherActivity {
            start: jiff::Timestamp::from_millisecond(*ms).ok()?,
            sport: sport.clone(),
            duration_s: *duration_s,
        }),
        _ => None,
    };
    inputs.iter().flat_map(|i| &i.fates).filter_map(dated).collect()
}

/// Runs of several people have no common past.
fn forget_the_past(history: &mut History, contradiction: &TwoPeople) {
    let why = || Unavailable::because("several_people", contradiction.to_string());
    for past in &mut history.past {
        past.replace(|_, _| Some(why()));
    }
}

/// A file that gave no bytes.
fn unopened(error: &IntakeError) -> Taken {
    let fate = skipped(error.problem.to_string(), Vec::new());
    let (file, hash) = (error.label.clone(), String::new());
    let input = Input { file, bytes: 0, hash, format: None, fates: Vec::new() };
    Taken { input, parts: vec![Part::aside(fate)] }
}

/// Reads one file and analyses what needs no other file.
fn take(loaded: Loaded, work: Work<'_>) -> Taken {
    let Loaded { label, bytes, stored_bytes, hash, issues } = loaded;
    let format = read::sniff(&bytes).map(|f| f.name);
    let parts = guarded(|| parts_of(&bytes, &label, &issues, work));
    let input = Input { file: label, bytes: stored_bytes, hash, format, fates: Vec::new() };
    Taken { input, parts }
}

/// Runs the work on one file; a panic in it is that file's fate and nobody else's.
fn guarded(work: impl FnOnce() -> Vec<Part>) -> Vec<Part> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
        vec![Part::aside(skipped(
            "lightfoot itself failed on this file, which is a fault of ours; please report it \
             with the file's hash",
            Vec::new(),
        ))]
    })
}

fn skipped(reason: impl Into<String>, issues: Vec<Issue>) -> Fate {
    Fate::Skipped { reason: reason.into(), issues }
}

fn parts_of(bytes: &[u8], file: &str, opening: &[Issue], work: Work<'_>) -> Vec<Part> {
    let limits = &work.settings.limits;
    let output = match work.watch.time(Stage::Decode, || read::read(bytes, limits)) {
        Ok(output) => output,
        Err(error) => return vec![Part::aside(skipped(error.to_string(), opening.to_vec()))],
    };
    if output.recordings.is_empty() {
        let fate = match output.not_an_activity {
            Some(it) => Fate::NotAnActivity { what: it.what },
            None => skipped("no records with a time in it", output.issues),
        };
        return vec![Part::aside(fate)];
    }
    // Not collected in place: the room of the recordings would stay for as long as their parts do.
    let mut parts = Vec::with_capacity(output.recordings.len());
    parts.extend(output.recordings.into_iter().map(|mut recording| {
        recording.issues.extend_from_slice(opening);
        let mut trace = Trace::of(file, &recording).map(Box::new);
        if let Some(trace) = &mut trace {
            work.common.share_trace(trace);
        }
        let vote = prepare::vote(&recording).map(Box::new);
        let state = if vote.is_none() && asks_others(&recording, work.settings) {
            State::Waiting(Box::new(recording))
        } else {
            analysed(&recording, file, work, &LearntUnits::default())
        };
        Part { state, trace, vote }
    }));
    parts
}

/// Whether a recording that cannot decide its cadence unit alone has one to decide.
fn asks_others(recording: &Recording, settings: &Settings) -> bool {
    settings.cadence_unit.is_none()
        && recording
            .columns_of(Field::Cadence)
            .any(|c| c.convention == CadenceConvention::Unstated && c.values.present() > 0)
}

fn analysed(recording: &Recording, file: &str, work: Work<'_>, units: &LearntUnits) -> State {
    match analyze_timed(recording, work.settings, units, work.watch) {
        Ok(mut analysis) => {
            file.clone_into(&mut analysis.meta.file);
            analysis.readings.share(work.words);
            work.common.share(&mut analysis.meta);
            analysis.issues = fitted(analysis.issues);
            work.places.take(&mut analysis);
            if analysis.noted == *work.usual {
                analysis.noted = Arc::clone(work.usual);
            }
            State::Analysed(Box::new(analysis))
        }
        Err(why) => State::Aside(Box::new(fate_of(why))),
    }
}

fn fate_of(why: NotPrepared) -> Fate {
    match why {
        NotPrepared::OtherSport { sport, start_ms, duration_s } => {
            Fate::OtherSport { sport: sport_name(sport), start_ms, duration_s }
        }
        NotPrepared::Empty { reason, issues } => skipped(reason, issues),
    }
}

fn sport_name(sport: Sport) -> String {
    match sport {
        Sport::Running => "running".to_owned(),
        Sport::Other(name) => name,
        Sport::Unknown => "unknown sport".to_owned(),
    }
}

/// Second pass: learn each creator's cadence unit from all files, then analyse those that waited.
fn finish_waiting(files: &mut [Box<Taken>], work: Work<'_>) -> LearntUnits {
    let votes = files.iter().flat_map(|f| &f.parts).filter_map(|p| p.vote.as_deref().cloned());
    let learnt = LearntUnits::tally(votes);
    files.par_iter_mut().for_each(|taken| {
        let file = &taken.input.file;
        for part in &mut taken.parts {
            if let State::Waiting(recording) = &part.state {
                let finish = || {
                    vec![Part {
                        state: analysed(recording, file, work, &learnt),
                        trace: None,
                        vote: None,
                    }]
                };
                if let Some(finished) = guarded(finish).pop() {
                    part.state = finished.state;
                }
            }
        }
    });
    learnt
}

/// An analysed run with its place among the inputs.
struct Placed {
    input: usize,
    fate: usize,
    analysis: Box<Analysis>,
    trace: Box<Trace>,
}

/// Splits files into their fates and the runs found in them, in the order of their start.
fn gather(files: Vec<Box<Taken>>) -> (Vec<Input>, Vec<Placed>) {
    let mut inputs = Vec::with_capacity(files.len());
    let mut runs = Vec::new();
    for (index, taken) in files.into_iter().enumerate() {
        let Taken { mut input, parts } = *taken;
        input.fates.reserve_exact(parts.len());
        for Part { state, trace, .. } in parts {
            match state {
                State::Aside(fate) => input.fates.push(*fate),
                // Nothing waits any more; if it did, it would be named and not lost.
                State::Waiting(_) => input.fates.push(skipped("was not analysed", Vec::new())),
                State::Analysed(analysis) => {
                    let fate = input.fates.len();
                    input.fates.push(Fate::Run { run: usize::MAX });
                    let trace = trace.unwrap_or_default();
                    runs.push(Placed { input: index, fate, analysis, trace });
                }
            }
        }
        inputs.push(input);
    }
    runs.sort_by(|a, b| {
        let key = |p: &Placed| (p.analysis.meta.start, p.analysis.meta.part);
        key(a).cmp(&key(b)).then_with(|| a.analysis.meta.file.cmp(&b.analysis.meta.file))
    });
    (inputs, runs)
}

/// Of runs recorded or exported twice one is kept; the others say which.
fn set_doubles_aside(runs: Vec<Placed>, inputs: &mut [Input]) -> Vec<Placed> {
    let traces: Vec<&Trace> = runs.iter().map(|p| p.trace.as_ref()).collect();
    let doubles = duplicates(&traces);
    let label = |of: &usize| Some((*of, super::json::run_id(&runs.get(*of)?.analysis)));
    let labels: BTreeMap<usize, String> = doubles.iter().flatten().filter_map(label).collect();
    let mut kept = Vec::with_capacity(runs.len());
    for (placed, double) in runs.into_iter().zip(doubles) {
        match double.and_then(|of| labels.get(&of)) {
            Some(of) => set_fate(inputs, &placed, Fate::Duplicate { of: of.clone() }),
            None => kept.push(placed),
        }
    }
    kept
}

/// Gives each kept run its final index, and lets its trace go.
fn number_runs(runs: Vec<Placed>, inputs: &mut [Input]) -> Vec<Analysis> {
    let mut analyses = Vec::with_capacity(runs.len());
    for (run, placed) in runs.into_iter().enumerate() {
        set_fate(inputs, &placed, Fate::Run { run });
        analyses.push(*placed.analysis);
    }
    analyses
}

fn set_fate(inputs: &mut [Input], placed: &Placed, fate: Fate) {
    let slot = inputs.get_mut(placed.input).and_then(|i| i.fates.get_mut(placed.fate));
    if let Some(slot) = slot {
        *slot = fate;
    }
}
