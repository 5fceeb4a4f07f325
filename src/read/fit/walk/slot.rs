//! What a local message type stands for at one point of the file.

use super::RECORD;
use crate::read::fit::definition::{Definition, TIMESTAMP};
use crate::read::fit::{Kept, kept};

/// What the walk does with the messages of a local type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Want {
    Undefined,
    Record,
    Kept(Kept),
    Counted,
}

/// A local message type as it stands at this point of the file.
#[derive(Clone, Copy, Debug)]
pub(in crate::read::fit) struct Slot {
    pub(super) want: Want,
    pub(super) definition: usize,
    pub(in crate::read::fit) size: usize,
    /// Offset of a plain timestamp in the body.
    pub(in crate::read::fit) stamp: Option<usize>,
    pub(in crate::read::fit) big_endian: bool,
}

impl Slot {
    pub(in crate::read::fit) fn is_defined(&self) -> bool {
        !matches!(self.want, Want::Undefined)
    }
}

/// The sixteen local message types.
pub(in crate::read::fit) type Slots = [Slot; 16];

pub(super) const UNDEFINED: Slot =
    Slot { want: Want::Undefined, definition: 0, size: 0, stamp: None, big_endian: false };

/// What the messages of a definition are taken for.
pub(super) fn slot_of(definition: &Definition, index: usize) -> Slot {
    let stamp = definition.field(TIMESTAMP).filter(|f| f.size == 4);
    Slot {
        want: match definition.message {
            RECORD => Want::Record,
            number => kept(number).map_or(Want::Counted, Want::Kept),
        },
        definition: index,
        size: definition.size as usize,
        stamp: stamp.map(|f| f.at as usize),
        big_endian: definition.big_endian,
    }
}
