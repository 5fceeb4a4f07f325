//! What is noted about one run, each value with who says so.

use serde::Serialize;

use super::{Note, NoteSource, Said};
use crate::quantities::{figure_of_ten, tenths};
use crate::settings::{RoadKind, RoadSide, Runner};

/// A value with its provenance.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Stated<T> {
    /// The value as stated.
    pub value: T,
    /// Who says it.
    pub source: NoteSource,
    /// Where it stands: `notes.csv, line 7`; empty for the profile.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub place: String,
}

/// Writes [`Noted`] and how it is filled, so that no field can be forgotten.
macro_rules! noted {
    ($($(#[$doc:meta])* $field:ident: $of:ty,)*) => {
        /// What is noted about one run, merged from all who speak of it.
        #[derive(Clone, Debug, Default, PartialEq, Serialize)]
        pub struct Noted {
            $($(#[$doc])* #[serde(skip_serializing_if = "Option::is_none")]
            pub $field: Option<Stated<$of>>,)*
        }

        impl Noted {
            /// Takes from a note what nobody with more say has said; returns what another place of
            /// the same source says differently: the name of the field and that place.
            pub(super) fn fill(&mut self, note: &Note) -> Vec<(&'static str, String)> {
                let mut contradicted = Vec::new();
                $(match (&self.$field, &note.said.$field) {
                    (None, Some(value)) => {
                        self.$field = Some(Stated {
                            value: value.clone(),
                            source: note.source,
                            place: note.place.clone(),
                        });
                    }
                    (Some(have), Some(value))
                        if have.source == note.source && have.value != *value =>
                    {
                        contradicted.push((stringify!($field), have.place.clone()));
                    }
                    _ => {}
                })*
                contradicted
            }

            /// Lets go of where each thing was written: a file's name may name a person.
            pub fn forget_places(&mut self) {
                $(if let Some(stated) = &mut self.$field { stated.place.clear(); })*
            }

            /// Whether nobody says anything.
            pub fn is_empty(&self) -> bool {
                $(self.$field.is_none())&&*
            }
        }
    };
}

noted! {
    /// Title of the activity.
    title: String,
    /// Where on the road.
    road_side: RoadSide,
    /// What that is a side of.
    road_kind: RoadKind,
    /// Crossfall that the runner measured, percent.
    crossfall_percent: f64,
    /// Surface in the runner's word.
    surface: String,
    /// Shoe by name.
    shoe: String,
    /// Perceived exertion, 0 to 10.
    exertion: f64,
    /// Pain during the run, 0 to 10, as noted.
    pain_during: f64,
    /// Pain on the next morning, 0 to 10, as noted.
    pain_next_morning: f64,
    /// Where it hurt, as noted.
    pain_where: String,
    /// On which side, as noted.
    pain_side: String,
    /// Free text.
    text: String,
    /// Metres off the paved road, as the service computed them.
    unpaved_m: f64,
    /// Steps of both feet, as the service or device counted them.
    steps: f64,
}

impl Noted {
    /// What a reader is shown of one run: name, value and who says it. Values are untrusted text.
    pub fn lines(&self) -> Vec<(&'static str, String, NoteSource)> {
        fn line<T>(
            name: &'static str,
            stated: Option<&Stated<T>>,
            say: impl Fn(&T) -> String,
        ) -> Option<(&'static str, String, NoteSource)> {
            stated.map(|s| (name, say(&s.value), s.source))
        }
        let of_ten = |v: &f64| format!("{} of 10", figure_of_ten(*v));
        let percent = |v: &f64| format!("{} %, measured by you", tenths(*v));
        let all = [
            line("shoe", self.shoe.as_ref(), String::clone),
            line("surface", self.surface.as_ref(), String::clone),
            line("road side", self.road_side.as_ref(), |s| s.words().to_owned()),
            line("kind of road", self.road_kind.as_ref(), |k| k.words().to_owned()),
            line("crossfall", self.crossfall_percent.as_ref(), percent),
            line("exertion", self.exertion.as_ref(), of_ten),
            line("pain during", self.pain_during.as_ref(), of_ten),
            line("pain next morning", self.pain_next_morning.as_ref(), of_ten),
            line("where", self.pain_where.as_ref(), String::clone),
            line("side", self.pain_side.as_ref(), String::clone),
            line("text", self.text.as_ref(), String::clone),
        ];
        all.into_iter().flatten().collect()
    }

    /// What the profile says of every run, where nothing is noted about this one.
    #[must_use]
    pub fn with_usual(mut self, runner: &Runner) -> Self {
        let stated = runner.road_side.is_some() || runner.road_kind != RoadKind::default();
        let said = Said {
            road_side: runner.road_side,
            road_kind: stated.then_some(runner.road_kind),
            crossfall_percent: runner.crossfall_percent,
            surface: runner.surface.clone(),
            ..Said::default()
        };
        self.fill(&Note {
            about: super::About::Start(0),
            source: NoteSource::Profile,
            place: String::new(),
            said,
        });
        self
    }
}
