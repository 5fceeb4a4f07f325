//! Meaning of the record header byte (FIT protocol, record header).

/// Set: compressed timestamp header.
pub(in crate::read::fit) const COMPRESSED: u8 = 0x80;
/// Set in a normal header: definition message.
pub(in crate::read::fit) const DEFINITION: u8 = 0x40;
/// Set in a definition's header: developer fields follow.
pub(in crate::read::fit) const DEVELOPER: u8 = 0x20;
/// Reserved bit of a normal header.
pub(in crate::read::fit) const RESERVED: u8 = 0x10;
/// Local type of a normal header.
pub(in crate::read::fit) const LOCAL: u8 = 0x0f;
/// Local type of a compressed header, two bits from here.
pub(in crate::read::fit) const COMPRESSED_LOCAL_SHIFT: u8 = 5;
/// Seconds of a compressed header.
pub(in crate::read::fit) const SECONDS: u8 = 0x1f;
