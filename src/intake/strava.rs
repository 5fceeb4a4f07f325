//! `activities.csv` of a Strava archive: titles, notes, shoes, exertion.
//!
//! Its heading is written in the language of the account and some words stand in it twice, so
//! columns are found by their known words, else by their known places, else by what they hold.

use csv::{ByteRecord, ReaderBuilder};

use super::tables::{Table, Tables};
use crate::journal::{About, Note, NoteSource, Said};
use crate::read::Limits;

/// What is read of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wanted {
    Title,
    Description,
    PrivateNote,
    Gear,
    File,
    Exertion,
    Distance,
    DirtDistance,
    Steps,
}

/// A column: its words in English and German, and its place in all headings since 2021 that were
/// seen (87 to 103 columns, later ones only appended to).
const COLUMNS: &[(Wanted, &[&str], usize)] = &[
    (Wanted::Title, &["Activity Name", "Name der Aktivität"], 2),
    (Wanted::Description, &["Activity Description", "Aktivitätsbeschreibung"], 4),
    (
        Wanted::PrivateNote,
        &["Activity Private Note", "Hinweis zur Privatsphäre für Aktivitäten"],
        10,
    ),
    (Wanted::Gear, &["Activity Gear", "Aktivitätsausrüstung"], 11),
    (Wanted::File, &["Filename", "Dateiname"], FILE_PLACE),
    (Wanted::Exertion, &["Perceived Exertion", "Gefühlte Anstrengung"], 43),
    // The word stands twice: kilometres in front, metres here.
    (Wanted::Distance, &[], 17),
    (Wanted::DirtDistance, &["Dirt Distance"], 81),
    (Wanted::Steps, &["Total Steps"], 85),
];
/// Place of the file's name in the headings whose places are known.
const FILE_PLACE: usize = 12;
/// Columns from which a heading is one of those.
const KNOWN_COLUMNS: usize = 80;
/// Places of the first columns in the short headings before 2021, where they are the same.
const OLD_PLACES: &[Wanted] = &[Wanted::Title, Wanted::Description];
/// Rows that are looked at to find the column with file names. **chosen**: manual entries, which
/// have none, rarely fill so many.
const LOOKED_AT: usize = 2000;
/// Share of a run that may be dirt beyond its distance: both are rounded. **chosen**.
const MOST_DIRT: f64 = 1.05;

/// Whether a file name is that of the table.
pub(super) fn is_activities(name: &str) -> bool {
    name.eq_ignore_ascii_case("activities.csv")
}

/// Whether a beginning is that of such a table: one column holds names of files.
pub(super) fn is_strava(head: &[u8]) -> bool {
    let rows = rows(head);
    rows.first().is_some_and(|heading| Columns::find(heading, &rows).is_some())
}

fn rows(bytes: &[u8]) -> Vec<ByteRecord> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
    reader.byte_records().filter_map(Result::ok).collect()
}

/// Reads the table.
pub(super) fn read(table: &Table, limits: &Limits, into: &mut Tables) {
    let rows = rows(&table.bytes);
    let Some(columns) = rows.first().and_then(|heading| Columns::find(heading, &rows)) else {
        return into.refuse(table, "no column of it names the files of the activities");
    };
    for (at, row) in rows.iter().enumerate().skip(1).take(limits.records) {
        let Some(file) = columns.text(row, Wanted::File) else { continue };
        let said = columns.said(row);
        if said == Said::default() {
            continue;
        }
        into.notes.push(Note {
            about: About::File(format!("{}{file}", table.folder())),
            source: NoteSource::Strava,
            place: format!("{}, row {}", table.label, at + 1),
            said,
        });
    }
}

/// Where the wanted columns stand.
struct Columns(Vec<(Wanted, usize)>);

impl Columns {
    /// `None` where no column holds names of files.
    fn find(heading: &ByteRecord, rows: &[ByteRecord]) -> Option<Self> {
        let named = |words: &[&str]| {
            heading.iter().position(|cell| words.iter().any(|word| cell == word.as_bytes()))
        };
        let holds = |at: usize| {
            let cells = rows.iter().skip(1).take(LOOKED_AT).filter_map(|row| row.get(at));
            cells.into_iter().any(|cell| cell.starts_with(b"activities/"))
        };
        let file = (0..heading.len()).find(|at| holds(*at))?;
        let known = file == FILE_PLACE && heading.len() >= KNOWN_COLUMNS;
        let mut found = Vec::new();
        for (wanted, words, place) in COLUMNS {
            let at = match wanted {
                Wanted::File => Some(file),
                // In all headings the gear stands in front of the file.
                Wanted::Gear => named(words).or(file.checked_sub(1)),
                _ => named(words).or_else(|| {
                    let there = known || OLD_PLACES.contains(wanted);
                    (there && *place < heading.len()).then_some(*place)
                }),
            };
            found.extend(at.map(|at| (*wanted, at)));
        }
        Some(Self(found))
    }

    fn text(&self, row: &ByteRecord, wanted: Wanted) -> Option<String> {
        let (_, at) = self.0.iter().find(|(one, _)| *one == wanted)?;
        let text = String::from_utf8_lossy(row.get(*at)?).trim().to_owned();
        (!text.is_empty()).then_some(text)
    }

    /// A number, with a comma where the account's language has one.
    fn number(&self, row: &ByteRecord, wanted: Wanted) -> Option<f64> {
        let text = self.text(row, wanted)?.replace(',', ".");
        text.parse().ok().filter(|number: &f64| number.is_finite() && *number >= 0.0)
    }

    fn said(&self, row: &ByteRecord) -> Said {
        let texts = [Wanted::Description, Wanted::PrivateNote].map(|one| self.text(row, one));
        let texts: Vec<String> = texts.into_iter().flatten().collect();
        let most_dirt = self.number(row, Wanted::Distance).map_or(f64::MAX, |d| d * MOST_DIRT);
        Said {
            title: self.text(row, Wanted::Title),
            shoe: self.text(row, Wanted::Gear),
            exertion: self
                .number(row, Wanted::Exertion)
                .filter(|exertion| (1.0..=10.0).contains(exertion)),
            text: (!texts.is_empty()).then(|| texts.join("\n")),
            unpaved_m: self.number(row, Wanted::DirtDistance).filter(|dirt| *dirt <= most_dirt),
            steps: self.number(row, Wanted::Steps).filter(|steps| *steps > 0.0),
            ..Said::default()
        }
    }
}
