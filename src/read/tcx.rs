//! TCX: one recording per track or activity.

use super::{Format, Limits, ReadError, ReadOutput};

/// The format's entry in the table.
pub const FORMAT: Format = Format { name: "TCX", extensions: &["tcx"], sniff, read };

fn sniff(bytes: &[u8]) -> bool {
    super::xml::root_is(bytes, "tcx")
}

fn read(_bytes: &[u8], _limits: &Limits) -> Result<ReadOutput, ReadError> {
    Ok(ReadOutput::default())
}
