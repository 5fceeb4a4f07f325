//! Notes on pain, as written. Nothing is computed from them.

use jiff::civil::Date;
use serde::Serialize;

use super::{Note, NoteSource, Said};
use crate::quantities::figure_of_ten;

/// One note on pain.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PainNote {
    /// The day it stands at.
    pub day: Date,
    /// The run it speaks of; `None` where that is not one run.
    pub run: Option<usize>,
    /// During the run, 0 to 10.
    pub during: Option<f64>,
    /// On the next morning, 0 to 10.
    pub next_morning: Option<f64>,
    /// Where it hurt.
    #[serde(rename = "where")]
    pub place_on_body: Option<String>,
    /// On which side.
    pub side: Option<String>,
    /// What else is written in the same place.
    pub text: Option<String>,
    /// Who says it.
    pub source: NoteSource,
    /// Where it stands: `notes.csv, line 7`.
    pub place: String,
}

impl PainNote {
    /// The note on pain in a note, if there is one. Zeros are written down on purpose, so they count.
    pub(super) fn of(note: &Note, day: Date, run: Option<usize>) -> Option<Self> {
        let Said { pain_during, pain_next_morning, pain_where, pain_side, text, .. } = &note.said;
        let some = pain_during.is_some()
            || pain_next_morning.is_some()
            || pain_where.is_some()
            || pain_side.is_some();
        some.then(|| Self {
            day,
            run,
            during: *pain_during,
            next_morning: *pain_next_morning,
            place_on_body: pain_where.clone(),
            side: pain_side.clone(),
            text: text.clone(),
            source: note.source,
            place: note.place.clone(),
        })
    }

    /// Whether it says that nothing hurt: zeros, and no place.
    pub fn says_none(&self) -> bool {
        let zero = |v: Option<f64>| v.is_none_or(|v| v == 0.0);
        zero(self.during)
            && zero(self.next_morning)
            && self.place_on_body.is_none()
            && self.side.is_none()
    }

    /// The note in the runner's own figures and words: `3 during, 1 next morning, left, below the
    /// kneecap`. Untrusted text.
    pub fn as_written(&self) -> String {
        let mut parts: Vec<String> = Vec::new();
        parts.extend(self.during.map(|v| format!("{} during", figure_of_ten(v))));
        parts.extend(self.next_morning.map(|v| format!("{} next morning", figure_of_ten(v))));
        parts.extend(self.side.clone());
        parts.extend(self.place_on_body.clone());
        parts.join(", ")
    }
}
