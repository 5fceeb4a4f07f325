//! From opened inputs to a finished report: read, learn, analyse, set aside, add up. A pure
//! function of bytes and settings; files are worked on side by side and put back in order.

mod files;
mod order;

use files::Shared;
use order::Ordered;

use super::notes::NotesRead;
use super::{Fate, Input, Report, notes, share};
use crate::intake::{Opened, TwoPeople, Walked};
use crate::journal::PainNote;
use crate::metrics::Unavailable;
use crate::settings::{Settings, Sharing};
use crate::stopwatch::{Stage, Stopwatch};
use crate::trend::{History, OtherActivity};
use crate::{Analysis, before, findings};

/// Whose runs may be given together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum People {
    /// One person's: a contradiction is refused.
    One,
    /// Anybody's: each run stands for itself, and what looks back at earlier runs has no answer
    /// as soon as the runs cannot be one person's.
    Anybody,
}

/// What a report is made from.
#[derive(Clone, Debug)]
pub struct Given<'a> {
    /// What a walk found.
    pub walked: &'a Walked,
    /// What is stated.
    pub settings: &'a Settings,
    /// The profile that the settings come from, for the provenance.
    pub profile: Option<String>,
    /// Whose runs may be among them.
    pub people: People,
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
    profile: Option<String>,
    people: People,
) -> Result<Report, TwoPeople> {
    let given = Given { walked, settings, profile, people };
    assemble_timed(given, done, &Stopwatch::stopped())
}

/// As [`assemble`], and says where the time went.
///
/// # Errors
/// As [`assemble`].
pub fn assemble_timed(
    given: Given<'_>,
    done: impl Fn() + Sync,
    watch: &Stopwatch<'_>,
) -> Result<Report, TwoPeople> {
    let Given { walked, settings, profile, people } = given;
    let shared = Shared::of(settings);
    let (opened, learnt) =
        watch.time(Stage::Files, || files::take_all(walked, done, settings, &shared, watch));
    let Opened { inputs: files, passed_over, notes, notes_files } = opened;
    let Ordered { mut runs, inputs, contradiction } = watch.time(Stage::Doubles, || {
        let mut ordered = Ordered::of(files);
        shared.give_places_back(&mut ordered.runs);
        ordered
    });
    let (notes, pain) = notes::join((&notes, &notes_files), &mut runs, &inputs, settings);
    let mut told = Told { runs, inputs, notes, pain, settings: settings.clone(), profile };
    if settings.sharing == Sharing::Shared {
        told.strip();
    }
    let mut history = watch.time(Stage::Trend, || told.history());
    match (contradiction, people) {
        (None, _) => {}
        (Some(contradiction), People::One) => return Err(contradiction),
        (Some(contradiction), People::Anybody) => forget_the_past(&mut history, &contradiction),
    }
    let Told { mut inputs, notes, settings, profile, .. } = told;
    let before = settings.onset.and_then(|onset| before::before(&history, onset, &settings));
    let earlier = hide_earlier(&mut history, &mut inputs, &settings);
    let findings = findings::judge(&history, &settings);
    let headline = findings::headline(&history, &settings, &findings);
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
        profile_path: profile,
        learnt,
    })
}

/// Everything that is known about the runs before they are added up.
struct Told {
    runs: Vec<Analysis>,
    inputs: Vec<Input>,
    notes: NotesRead,
    pain: Vec<PainNote>,
    settings: Settings,
    profile: Option<String>,
}

impl Told {
    /// Leaves out what a copy to share must not tell.
    fn strip(&mut self) {
        self.profile = None;
        share::Parts {
            runs: &mut self.runs,
            pain: &mut self.pain,
            inputs: &mut self.inputs,
            notes: &mut self.notes,
            settings: &mut self.settings,
        }
        .strip();
    }

    /// Adds the runs up; they and the pain notes move into the history.
    fn history(&mut self) -> History {
        let mut history = History::build(std::mem::take(&mut self.runs), &self.settings);
        history.pain = std::mem::take(&mut self.pain);
        history.set_beside(other_sports(&self.inputs), &self.settings);
        history
    }
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
