//! Zip archives: by their directory where they have one, else in the order of their bytes.
//! Members are read in memory and never written anywhere; their names are labels and nothing
//! else.

mod directory;
mod header;
mod names;
mod parts;
mod stream;

pub use directory::Member;
pub(super) use directory::{Listed, list};
pub(super) use names::inner_label;
pub use names::is_leftover;
pub(super) use parts::is_part;
pub(super) use stream::{Item, Nest, Packed, Stream};

/// Packing methods of the zip format (APPNOTE 4.4.5) that exports use.
const STORED: u16 = 0;
const DEFLATED: u16 = 8;

/// The words for a method that is not read.
fn method_name(method: u16) -> String {
    rawzip::CompressionMethod::new(method)
        .name()
        .map_or_else(|| format!("method {method}"), str::to_owned)
}
