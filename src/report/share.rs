//! A copy to show to others: names, words and file names are left out, and all dates are moved by
//! one and the same number of weeks. What a page shows after that is the form and the training, and
//! nobody's name, street or diary.

use std::sync::Arc;

use jiff::civil::{Date, date};
use jiff::{Span, ToSpan};

use super::notes::NotesRead;
use super::{Fate, Input};
use crate::Analysis;
use crate::activity::RunnerHint;
use crate::journal::{Noted, PainNote};
use crate::settings::{DaySpan, Settings, Shown};
use crate::trend::local_start;

/// What a reader of such a page is told.
pub const NOTICE: &str = "A copy to share: names, written notes and routes are left out, and all \
    dates are moved by the same number of weeks, so that the first week begins on 1 January 2001.";

/// The Monday on which shared histories begin. **chosen**: nobody takes it for a real date.
const FIRST_MONDAY: Date = date(2001, 1, 1);

/// Everything that a report is made of, before it is added up.
pub(super) struct Parts<'a> {
    /// The runs in order of their start.
    pub runs: &'a mut [Analysis],
    /// Pain notes.
    pub pain: &'a mut Vec<PainNote>,
    /// The inputs.
    pub inputs: &'a mut [Input],
    /// What became of notes.
    pub notes: &'a mut NotesRead,
    /// What the user stated.
    pub settings: &'a mut Settings,
}

impl Parts<'_> {
    /// Leaves out what could tell who, where and when. The order of the runs stays.
    pub(super) fn strip(self) {
        let Some(first) = self.runs.first() else { return };
        let monday = monday_of(local_start(&first.meta, self.settings).date());
        let days = monday.and_then(|m| m.until(FIRST_MONDAY).ok()).map_or(0, |s| s.get_days());
        let shift = Shift { days };
        let mut shoes: Vec<String> = Vec::new();
        for (number, run) in self.runs.iter_mut().enumerate() {
            // The day is decided by the real clock before the clock goes.
            let local = local_start(&run.meta, self.settings);
            let offset = local.to_zoned(jiff::tz::TimeZone::UTC).ok();
            let offset = offset.map(|z| z.timestamp().as_second() - run.meta.start.as_second());
            run.meta.utc_offset_s = offset.and_then(|s| i32::try_from(s).ok());
            run.meta.start = shift.instant(run.meta.start);
            run.meta.file = format!("run {:04}", number + 1);
            run.meta.title = None;
            run.meta.runner_hint = RunnerHint::default().into();
            let noted =
                without_words(Arc::unwrap_or_clone(std::mem::take(&mut run.noted)), &mut shoes);
            run.note(noted, self.settings);
        }
        for note in self.pain.iter_mut() {
            note.day = shift.day(note.day);
            (note.text, note.place) = (None, String::new());
        }
        inputs(self.inputs, shift);
        *self.notes = NotesRead { used: self.notes.used, ..NotesRead::default() };
        stated(self.settings, shift);
    }
}

/// A move by whole weeks.
#[derive(Clone, Copy)]
struct Shift {
    days: i32,
}

impl Shift {
    fn span(self) -> Span {
        self.days.days()
    }

    fn day(self, day: Date) -> Date {
        day.checked_add(self.span()).unwrap_or(FIRST_MONDAY)
    }

    fn instant(self, at: jiff::Timestamp) -> jiff::Timestamp {
        at.checked_add((i64::from(self.days) * 24).hours()).unwrap_or(at)
    }

    fn span_of_days(self, span: DaySpan) -> DaySpan {
        DaySpan { first: self.day(span.first), last: self.day(span.last) }
    }
}

fn monday_of(day: Date) -> Option<Date> {
    day.checked_sub(day.weekday().to_monday_zero_offset().days()).ok()
}

/// What was noted in figures and fixed words stays; a shoe keeps being one and the same shoe.
fn without_words(noted: Noted, shoes: &mut Vec<String>) -> Noted {
    let mut kept = noted;
    if let Some(shoe) = &mut kept.shoe {
        let name = shoe.value.to_lowercase();
        let at = shoes.iter().position(|known| *known == name).unwrap_or_else(|| {
            shoes.push(name);
            shoes.len() - 1
        });
        shoe.value = format!("Shoe {}", at + 1);
    }
    (kept.title, kept.text) = (None, None);
    kept.forget_places();
    kept
}

/// Inputs without their names and hashes; of what gave nothing the kind stays and the words go,
/// because they quote names.
fn inputs(inputs: &mut [Input], shift: Shift) {
    for (number, input) in inputs.iter_mut().enumerate() {
        input.file = format!("file {}", number + 1);
        input.hash = String::new();
        for fate in &mut input.fates {
            match fate {
                Fate::Run { .. } | Fate::Earlier => {}
                Fate::OtherSport { start_ms, .. } => {
                    let ms = i64::from(shift.days) * 86_400_000;
                    *start_ms = start_ms.and_then(|at| at.checked_add(ms));
                }
                Fate::NotAnActivity { what } => *what = "another file".to_owned(),
                Fate::Duplicate { of } => *of = "another file".to_owned(),
                Fate::Skipped { reason, issues } => {
                    *reason = "could not be read; the runner's own page says why".to_owned();
                    issues.clear();
                }
            }
        }
    }
}

fn stated(settings: &mut Settings, shift: Shift) {
    let runner = &mut settings.runner;
    runner.name = None;
    for span in runner.no_running.iter_mut().chain(&mut runner.missing_files) {
        *span = shift.span_of_days(*span);
    }
    settings.now = settings.now.map(|now| shift.instant(now));
    settings.onset = settings.onset.map(|day| shift.day(day));
    if let Shown::Since(day) = &mut settings.shown {
        *day = shift.day(*day);
    }
    settings.time_zone = None;
}
