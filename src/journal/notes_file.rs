//! `notes.csv`: what the runner wrote down, read with mercy. A cell that cannot be read is an issue
//! with its line and what to write; the row keeps its other cells and the file is never lost.

use super::columns::{self, COLUMNS, Column};
use super::{About, Note, NoteSource, Said, cell, date};
use crate::activity::{Issue, IssueKind, Severity};
use crate::read::table_text;

/// Name of the file, in any case.
pub const FILE_NAME: &str = "notes.csv";
/// Bytes of a file of notes that are read at most. **chosen**: forty years of a line a day, with
/// room for long texts.
pub const MOST_BYTES: usize = 8 << 20;
/// Cells that are told one by one before the rest is counted. **chosen**: a page of a terminal.
const MOST_TOLD: usize = 40;

/// A file of notes as it was read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NotesFile {
    /// Its label, as messages name it.
    pub label: String,
    /// Rows under the heading that say anything.
    pub rows: usize,
    /// What they say.
    pub notes: Vec<Note>,
    /// What could not be read, each with its line and what to write.
    pub issues: Vec<Issue>,
    /// Whose runs it speaks of.
    pub about: Scope,
}

/// Whose runs a file of notes speaks of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// The runs that were given: a line that meets none of them is a mistake.
    #[default]
    Given,
    /// A whole folder of which single files were given: most lines are about other runs.
    WholeFolder,
}

impl NotesFile {
    /// Whether a place that an issue or a note names lies in this file.
    pub fn holds(&self, place: &str) -> bool {
        place.strip_prefix(&self.label).is_some_and(|rest| rest.starts_with(", line "))
    }
}

/// Reads a file of notes. Never fails: what is not understood is an issue.
pub fn read(bytes: &[u8], label: &str) -> NotesFile {
    let mut reading =
        Reading { file: NotesFile { label: label.to_owned(), ..NotesFile::default() }, untold: 0 };
    if bytes.len() > MOST_BYTES {
        reading.doubt(
            format!("{label} holds more than {MOST_BYTES} bytes and was not read"),
            "split it by year into several folders",
        );
        return reading.file;
    }
    let text = table_text(bytes);
    let (text, stated) = stated_delimiter(&text);
    let delimiter = stated.unwrap_or_else(|| likely_delimiter(text));
    let quoting = reading.quotes_close(text);
    reading.rows(text, delimiter, quoting);
    reading.told();
    reading.file
}

/// The file without a spreadsheet's first line `sep=;`, and the delimiter that it states.
fn stated_delimiter(text: &str) -> (&str, Option<u8>) {
    let stated = text.strip_prefix("sep=").and_then(|rest| {
        let delimiter = *rest.as_bytes().first()?;
        let rest = rest.get(1..)?.trim_start_matches('\r').strip_prefix('\n')?;
        delimiter.is_ascii().then_some((rest, Some(delimiter)))
    });
    stated.unwrap_or((text, None))
}

/// The delimiter that the heading holds most of.
fn likely_delimiter(text: &str) -> u8 {
    let heading = text.lines().find(|l| !is_aside(l)).unwrap_or_default();
    let count = |d: u8| heading.bytes().filter(|b| *b == d).count();
    // The last of equals wins: a comma where there is nothing to tell.
    b"|\t;,".iter().copied().max_by_key(|d| count(*d)).unwrap_or(b',')
}

/// A line that says nothing: empty or a remark.
fn is_aside(line: &str) -> bool {
    line.trim().is_empty() || line.starts_with('#')
}

/// Whether quotation marks group cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Quoting {
    /// As the format has it.
    On,
    /// One is opened and never closed, so that none can be trusted.
    Off,
}

/// A file under way.
struct Reading {
    file: NotesFile,
    /// Cells beyond those that are told one by one.
    untold: usize,
}

impl Reading {
    fn doubt(&mut self, message: String, remedy: &str) {
        self.tell(Severity::Doubt, message, remedy);
    }

    fn tell(&mut self, severity: Severity, message: String, remedy: &str) {
        if self.file.issues.len() >= MOST_TOLD {
            self.untold += 1;
            return;
        }
        self.file.issues.push(Issue::new(IssueKind::Note, severity, message).remedy(remedy));
    }

    /// The last issue: how many cells more there are.
    fn told(&mut self) {
        if self.untold > 0 {
            let message = format!("{}: {} more cells of this kind", self.file.label, self.untold);
            let issue = Issue::new(IssueKind::Note, Severity::Doubt, message).count(self.untold);
            self.file.issues.push(issue);
        }
    }

    /// An odd number of quotation marks: one is never closed and would swallow every row after it.
    fn quotes_close(&mut self, text: &str) -> Quoting {
        if text.matches('"').count().is_multiple_of(2) {
            return Quoting::On;
        }
        let odd = text.lines().position(|l| l.matches('"').count() % 2 == 1);
        let line = odd.map_or(1, |n| n + 1);
        let label = &self.file.label;
        let message = format!(
            "{label}, line {line}: a quotation mark is opened and not closed, so quotation marks \
             were not used to group text"
        );
        self.doubt(message, "close it, or write two of them where you mean the sign itself");
        Quoting::Off
    }

    fn rows(&mut self, text: &str, delimiter: u8, quoting: Quoting) {
        let mut table = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .flexible(true)
            .comment(Some(b'#'))
            .quoting(quoting == Quoting::On)
            .from_reader(text.as_bytes());
        let mut heading: Option<Vec<Option<Column>>> = None;
        for record in table.records() {
            // The text is valid and rows may differ in length: nothing else can go wrong.
            let Ok(record) = record else { continue };
            let line = record.position().map_or(0, csv::Position::line);
            let cells: Vec<&str> = record.iter().map(|c| unquoted(c, quoting)).collect();
            if cells.iter().all(|c| c.trim().is_empty()) {
                continue;
            }
            match &heading {
                None => heading = Some(self.heading(&cells)),
                Some(columns) if names_a_run(columns) => {
                    let columns = columns.clone();
                    self.row(&columns, &cells, (line, delimiter));
                }
                Some(_) => self.file.rows += 1,
            }
        }
        if heading.is_none() {
            let message = format!("{} is empty", self.file.label);
            self.doubt(message, EXPLAIN);
        }
    }

    /// What each column holds; columns that nobody reads are named.
    fn heading(&mut self, cells: &[&str]) -> Vec<Option<Column>> {
        let label = self.file.label.clone();
        let mut columns: Vec<Option<Column>> = Vec::new();
        let mut unknown: Vec<String> = Vec::new();
        for cell in cells {
            let found = columns::column(cell);
            if found.is_some() && columns.contains(&found) {
                let message = format!("{label}: a second column \"{}\" was not read", cell.trim());
                self.doubt(message, "keep one of them");
                columns.push(None);
                continue;
            }
            if found.is_none() && !cell.trim().is_empty() {
                unknown.push(format!("\"{}\"", cell.trim()));
            }
            columns.push(found);
        }
        if !names_a_run(&columns) {
            let message = format!(
                "{label}: the first row names no column \"date\" or \"file\", so no note was read"
            );
            self.doubt(message, EXPLAIN);
        } else if !unknown.is_empty() {
            let known: Vec<&str> = COLUMNS.iter().map(|c| c.name).collect();
            let message = format!("{label}: columns that were not read: {}", unknown.join(", "));
            self.tell(Severity::Note, message, &format!("known are {}", known.join(", ")));
        }
        columns
    }

    fn row(&mut self, columns: &[Option<Column>], cells: &[&str], (line, delimiter): (u64, u8)) {
        self.file.rows += 1;
        let place = format!("{}, line {line}", self.file.label);
        let cells = self.whole_row(columns, cells, (&place, delimiter));
        let of = |wanted: Column| {
            let at = columns.iter().position(|c| *c == Some(wanted))?;
            cells.get(at).map(|c| c.trim()).filter(|c| !c.is_empty())
        };
        let about = match about(of(Column::File), of(Column::Date), of(Column::Time)) {
            Ok(about) => about,
            Err(refused) => return self.doubt(format!("{place}: {refused}"), EXPLAIN),
        };
        let mut said = Said::default();
        for (column, text) in columns.iter().zip(&cells) {
            let (Some(column), false) = (column, text.trim().is_empty()) else { continue };
            if let Err(takes) = say(&mut said, *column, text) {
                let name = COLUMNS.iter().find(|c| c.column == *column).map_or("", |c| c.name);
                let message = format!("{place}, {name}: \"{}\" was not read", text.trim());
                self.doubt(message, &format!("write {takes}"));
            }
        }
        self.file.notes.push(Note { about, source: NoteSource::NotesFile, place, said });
    }

    /// The cells of a row: a text at the end that holds the delimiter is one text again.
    fn whole_row(
        &mut self,
        columns: &[Option<Column>],
        cells: &[&str],
        (place, delimiter): (&str, u8),
    ) -> Vec<String> {
        let mut whole: Vec<String> = cells.iter().map(|c| (*c).to_owned()).collect();
        let beyond = whole.split_off(columns.len().min(whole.len()));
        if beyond.iter().all(|c| c.trim().is_empty()) {
            return whole;
        }
        let delimiter = char::from(delimiter).to_string();
        match (columns.last(), whole.last_mut()) {
            (Some(Some(Column::Text)), Some(last)) => {
                let message = format!(
                    "{place}: its text holds the sign that parts cells; it was put together again"
                );
                self.tell(Severity::Repaired, message, "put the text between quotation marks");
                for part in beyond {
                    last.push_str(&delimiter);
                    last.push_str(&part);
                }
            }
            _ => {
                let message = format!(
                    "{place}: it has more cells than the first row; those beyond were not read"
                );
                self.doubt(
                    message,
                    "put a text that holds the sign between cells into quotation marks",
                );
            }
        }
        whole
    }
}

/// What helps with any misunderstanding.
const EXPLAIN: &str = "`lightfoot explain notes` shows an example";

/// Whether a heading tells which run a row is about.
fn names_a_run(columns: &[Option<Column>]) -> bool {
    columns.iter().any(|c| matches!(c, Some(Column::Date | Column::File)))
}

/// A cell without the quotation marks around it, where they group nothing.
fn unquoted(cell: &str, quoting: Quoting) -> &str {
    match quoting {
        Quoting::On => cell,
        Quoting::Off => cell.trim().trim_matches('"'),
    }
}

/// Which run a row is about. A file says it alone; a time needs its date.
fn about(file: Option<&str>, date: Option<&str>, time: Option<&str>) -> Result<About, String> {
    match (file, date) {
        (Some(file), _) => Ok(About::File(file.to_owned())),
        (None, Some(text)) => match (date::about(text)?, time) {
            (About::Day(day), Some(time)) => Ok(About::Clock(date::clock(day, time)?)),
            (about, _) => Ok(about),
        },
        (None, None) => Err("it names no date and no file, so it was not used".to_owned()),
    }
}

/// Notes what a cell says.
fn say(said: &mut Said, column: Column, text: &str) -> Result<(), cell::Refused> {
    match column {
        Column::Date | Column::Time | Column::File => {}
        Column::RoadSide => {
            let (side, kind) = cell::road_side(text)?;
            said.road_side = side;
            // A column of its own goes before the word beside the side, wherever it stands.
            said.road_kind = said.road_kind.or(kind);
        }
        Column::RoadKind => said.road_kind = Some(cell::road_kind(text)?),
        Column::Crossfall => said.crossfall_percent = Some(cell::crossfall(text)?),
        Column::Surface => said.surface = cell::text(text),
        Column::Shoe => said.shoe = cell::text(text),
        Column::Exertion => said.exertion = Some(cell::of_ten(text)?),
        Column::PainDuring => said.pain_during = Some(cell::of_ten(text)?),
        Column::PainNextMorning => said.pain_next_morning = Some(cell::of_ten(text)?),
        Column::PainWhere => said.pain_where = cell::text(text),
        Column::PainSide => said.pain_side = cell::text(text),
        Column::Text => said.text = cell::text(text),
    }
    Ok(())
}
