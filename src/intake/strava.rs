//! `activities.csv` of a Strava archive: titles, notes, shoes, exertion.
//!
//! Its heading is written in the language of the account and some words stand in it twice, so the
//! column of files is found by what it holds, the others by their known words or by their places.
//! `shoes.csv` and `bikes.csv` beside it are not read: they hold names and makes, and the name of the
//! shoe stands in each row here.

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

/// A column: its words in English and German, and its place.
const COLUMNS: &[(Wanted, &[&str], Place)] = &[
    (Wanted::Title, &["Activity Name", "Name der Aktivität"], Place::FromStart(2)),
    (Wanted::Description, &["Activity Description", "Aktivitätsbeschreibung"], Place::FromStart(4)),
    (
        Wanted::PrivateNote,
        &["Activity Private Note", "Hinweis zur Privatsphäre für Aktivitäten"],
        Place::FromStart(10),
    ),
    // In all headings the gear stands in front of the file.
    (Wanted::Gear, &["Activity Gear", "Aktivitätsausrüstung"], Place::FromFile(-1)),
    (Wanted::File, &["Filename", "Dateiname"], Place::FromFile(0)),
    (Wanted::Exertion, &["Perceived Exertion", "Gefühlte Anstrengung"], Place::FromFile(31)),
    // The word stands twice: kilometres in front, metres here.
    (Wanted::Distance, &[], Place::FromFile(5)),
    (Wanted::DirtDistance, &["Dirt Distance"], Place::FromFile(69)),
    (Wanted::Steps, &["Total Steps"], Place::FromFile(73)),
];

/// Where a column stands in a heading of any language. Headings in English, German, French and Czech
/// of 2018 to 2026 agree: columns were put in front of the file twice, and behind it only appended.
#[derive(Clone, Copy, Debug)]
enum Place {
    /// Columns from the first.
    FromStart(usize),
    /// Columns behind the one with file names, or in front of it.
    FromFile(isize),
}

/// Columns behind the file of a heading whose places are known: without them it is of 2018.
const KNOWN_BEHIND: usize = 31;
/// Place of the file where a private note stands in front of the gear: since 2021.
const FILE_BEHIND_NOTE: usize = 12;
/// Seconds from start to end stand twice, here and behind the file. Where they differ, the heading is
/// another one than is known.
const ELAPSED: (usize, usize) = (5, 3);
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

/// Whether the two columns of one time agree in most rows that have both.
fn elapsed_agrees(rows: &[ByteRecord], file: usize) -> bool {
    let seconds = |row: &ByteRecord, at: usize| {
        let text = String::from_utf8_lossy(row.get(at)?).trim().replace(',', ".");
        text.parse().ok().filter(|number: &f64| number.is_finite())
    };
    let (first, behind) = ELAPSED;
    let both = rows.iter().skip(1).take(LOOKED_AT);
    let both = both.filter_map(|row| Some((seconds(row, first)?, seconds(row, file + behind)?)));
    let (same, other): (Vec<_>, Vec<_>) = both.partition(|(one, again)| (one - again).abs() < 1.0);
    same.len() >= other.len()
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
        let known = heading.len() > file + KNOWN_BEHIND && elapsed_agrees(rows, file);
        let mut found = Vec::new();
        for (wanted, words, place) in COLUMNS {
            let there = match place {
                Place::FromStart(at) if *wanted == Wanted::PrivateNote => {
                    (file == FILE_BEHIND_NOTE && known).then_some(*at)
                }
                Place::FromStart(at) => Some(*at),
                Place::FromFile(by) if *by <= 0 => file.checked_add_signed(*by),
                Place::FromFile(by) => file.checked_add_signed(*by).filter(|_| known),
            };
            let there = there.filter(|at| *at < heading.len());
            let at = if *wanted == Wanted::File { there } else { named(words).or(there) };
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
