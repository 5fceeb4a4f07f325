//! Files on their way: each is opened, read and analysed by itself, side by side with others; then
//! those that needed to learn from the others.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use rayon::prelude::*;

use crate::activity::{
    ActivityMeta, DeviceEpoch, DeviceIdentity, Issue, Pool, RunnerHint, Sport, fitted,
};
use crate::intake::{IntakeError, Loaded, Opened, Trace, Walked, open_each};
use crate::journal::Noted;
use crate::metrics::SharedWords;
use crate::prepare::{self, LearntUnits, NotPrepared};
use crate::read::{self, CadenceConvention, Field, Recording};
use crate::report::{Fate, Input};
use crate::settings::{CadenceUnit, Settings};
use crate::stopwatch::{Stage, Stopwatch};
use crate::trend::PlaceSample;
use crate::{Analysis, analyze_timed};

/// A creator and what one count of its cadence is.
type Vote = (String, CadenceUnit);

/// One part of a file on its way.
pub(super) struct Part {
    pub(super) state: State,
    /// Light picture of the recording, for doubles and for telling people apart.
    pub(super) trace: Option<Box<Trace>>,
    /// What it teaches about its creator's cadence.
    vote: Option<Box<Vote>>,
}

/// How far a part has come.
pub(super) enum State {
    /// Analysed.
    Analysed(Box<Analysis>),
    /// Its cadence unit may be learnt from its creator's other files.
    Waiting(Box<Recording>),
    /// Not a run, or none that could be read.
    Aside(Box<Fate>),
}

impl Part {
    fn aside(fate: Fate) -> Self {
        Self { state: State::Aside(Box::new(fate)), trace: None, vote: None }
    }
}

/// A file on its way.
pub(super) struct Taken {
    pub(super) input: Input,
    pub(super) parts: Vec<Part>,
}

/// What every file is worked on with.
#[derive(Clone, Copy)]
struct Work<'a> {
    settings: &'a Settings,
    watch: &'a Stopwatch<'a>,
    shared: &'a Shared,
}

/// What all files share, so that it is held once.
pub(super) struct Shared {
    words: SharedWords,
    devices: Pool<DeviceIdentity>,
    epochs: Pool<DeviceEpoch>,
    people: Pool<RunnerHint>,
    issues: Pool<Issue>,
    places: PlaceSample,
    /// What is noted about a run of which nobody says anything.
    usual: Arc<Noted>,
}

impl Shared {
    /// Nothing yet, but what is stated for all runs.
    pub(super) fn of(settings: &Settings) -> Self {
        Self {
            words: SharedWords::default(),
            devices: Pool::default(),
            epochs: Pool::default(),
            people: Pool::default(),
            issues: Pool::default(),
            places: PlaceSample::default(),
            usual: Arc::new(Noted::default().with_usual(&settings.runner)),
        }
    }

    /// Gives runs in their final order what was kept of the places where they ran on the level.
    pub(super) fn give_places_back(self, runs: &mut [Analysis]) {
        self.places.give_back(runs);
    }

    fn hold_once(&self, meta: &mut ActivityMeta) {
        self.devices.share(&mut meta.device);
        self.epochs.share(&mut meta.epoch);
        self.people.share(&mut meta.runner_hint);
    }

    fn hold_trace_once(&self, trace: &mut Trace) {
        self.devices.share(&mut trace.device);
        self.people.share(&mut trace.runner);
    }
}

/// Opens, reads and analyses everything that a walk found, and gives back what was learnt about
/// creators on the way. `done` is called once a file, from several threads.
pub(super) fn take_all(
    walked: &Walked,
    done: impl Fn() + Sync,
    settings: &Settings,
    shared: &Shared,
    watch: &Stopwatch<'_>,
) -> (Opened<Box<Taken>>, LearntUnits) {
    let work = Work { settings, watch, shared };
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

pub(super) fn skipped(reason: impl Into<String>, issues: Vec<Issue>) -> Fate {
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
            work.shared.hold_trace_once(trace);
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
            let shared = work.shared;
            analysis.readings.share(&shared.words);
            shared.hold_once(&mut analysis.meta);
            analysis.issues = fitted(analysis.issues);
            analysis.issues.iter_mut().for_each(|issue| shared.issues.share(issue));
            shared.places.take(&mut analysis);
            if analysis.noted == shared.usual {
                analysis.noted = Arc::clone(&shared.usual);
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
