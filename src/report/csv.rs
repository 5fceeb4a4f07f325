//! Comma-separated values as RFC 4180 asks, safe to open in a spreadsheet.

use std::borrow::Cow;
use std::io::Write;

use super::WriteError;
use super::figures::rounded;
use super::plain::clean;
use super::rows::Cell;

/// What becomes of untrusted text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Text {
    /// Text that a spreadsheet would run as a formula gets a single quote in front (OWASP ASVS
    /// 1.2.10), and what could command a terminal is taken out.
    Guarded,
    /// Letter for letter, for programs that never evaluate a cell.
    Raw,
}

/// Writes rows under a heading. Numbers are left alone; what is absent is an empty cell.
///
/// # Errors
/// When a row does not have the heading's length, which would be a fault of ours, or the rows
/// cannot be written.
pub fn write(
    columns: &[Cow<'_, str>],
    rows: impl Iterator<Item = Vec<Cell>>,
    text: Text,
    out: &mut dyn Write,
) -> Result<(), WriteError> {
    let mut writer = csv::WriterBuilder::new().from_writer(out);
    writer.write_record(columns.iter().map(AsRef::as_ref))?;
    for row in rows {
        writer.write_record(row.iter().map(|cell| spell(cell, text)))?;
    }
    Ok(writer.flush()?)
}

fn spell(cell: &Cell, text: Text) -> String {
    match cell {
        Cell::Text(content) if text == Text::Raw => content.clone(),
        Cell::Text(content) => guarded(content),
        Cell::Number(value) => rounded(*value).to_string(),
        Cell::Whole(value) => value.to_string(),
        Cell::Empty => String::new(),
    }
}

/// Signs that begin a formula (OWASP ASVS 1.2.10), and their wide forms, which spreadsheets take from
/// East Asian keyboards.
const FORMULA_SIGNS: &[char] =
    &['=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];

/// What takes no room or shows nothing: some programs look behind it.
fn unseen(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// Text that begins like a formula, quoted so that it stays text.
fn guarded(text: &str) -> String {
    let plain = clean(text);
    let formula = |t: &str| {
        t.starts_with(FORMULA_SIGNS) || t.trim_start_matches(unseen).starts_with(FORMULA_SIGNS)
    };
    // What stands behind marks that are taken out would be the beginning of the cell.
    if formula(text) || formula(&plain) { format!("'{plain}") } else { plain }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spreadsheet_runs_nothing_and_numbers_keep_their_sign() {
        let cells = vec![
            Cell::Text("=HYPERLINK(\"http://x\")".to_owned()),
            Cell::Text("@SUM(A1)".to_owned()),
            Cell::Text("\tx".to_owned()),
            Cell::Number(-1.5),
            Cell::Empty,
        ];
        let columns = ["c0", "c1", "c2", "c3", "c4"].map(Cow::Borrowed);
        let mut bytes = Vec::new();
        write(&columns, [cells].into_iter(), Text::Guarded, &mut bytes).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        assert_eq!(text, "c0,c1,c2,c3,c4\n\"'=HYPERLINK(\"\"http://x\"\")\",'@SUM(A1),'x,-1.5,\n");
    }
}
