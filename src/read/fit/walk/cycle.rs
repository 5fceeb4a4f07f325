//! What a watch writes again and again: a record and the messages behind it, up to the next record.

use super::slot::Slot;

/// Messages of a cycle that are followed: chosen, watches write up to four beside each record.
const MOST: usize = 8;

/// A message of a cycle.
#[derive(Clone, Copy, Default)]
struct Turn {
    head: u8,
    /// Bytes of the message with its header.
    bytes: usize,
    definition: usize,
    /// Offset of a plain timestamp behind the header, and its byte order.
    stamp: Option<(usize, bool)>,
}

/// A record, and the messages behind it that are only counted.
#[derive(Default)]
pub(super) struct Cycle {
    turns: [Turn; MOST],
    /// None as long as the last message but counted ones was no plain record.
    known: usize,
}

impl Cycle {
    /// Begins anew with a record.
    #[inline]
    pub(super) fn begin(&mut self, head: u8, slot: &Slot) {
        self.known = 0;
        self.push(head, slot);
    }

    /// Adds a message that is only counted, if the cycle has begun.
    #[inline]
    pub(super) fn add(&mut self, head: u8, slot: &Slot) {
        if self.known == MOST {
            self.forget();
        } else if self.known > 0 {
            self.push(head, slot);
        }
    }

    #[inline]
    fn push(&mut self, head: u8, slot: &Slot) {
        if let Some(turn) = self.turns.get_mut(self.known) {
            *turn = Turn {
                head,
                bytes: 1 + slot.size,
                definition: slot.definition,
                stamp: slot.stamp.map(|at| (at, slot.big_endian)),
            };
            self.known += 1;
        }
    }

    /// Ends it: what comes next is no part of it.
    #[inline]
    pub(super) fn forget(&mut self) {
        self.known = 0;
    }

    fn turns(&self) -> &[Turn] {
        self.turns.get(..self.known).unwrap_or_default()
    }

    /// Whether a message with this header begins the cycle once more.
    #[inline]
    pub(super) fn begins_with(&self, head: u8) -> bool {
        self.turns().first().is_some_and(|turn| turn.head == head)
    }

    /// Where one more cycle from `at` ends, if all of its messages are there.
    #[inline]
    pub(super) fn end(&self, bytes: &[u8], mut at: usize) -> Option<usize> {
        for turn in self.turns() {
            if bytes.get(at) != Some(&turn.head) {
                return None;
            }
            at += turn.bytes;
        }
        (at <= bytes.len()).then_some(at)
    }

    /// Bytes of a cycle.
    pub(super) fn length(&self) -> usize {
        self.turns().iter().map(|turn| turn.bytes).sum()
    }

    /// The definitions of its messages but the record.
    pub(super) fn counted(&self) -> impl Iterator<Item = usize> + '_ {
        self.turns().iter().skip(1).map(|turn| turn.definition)
    }

    /// Where the last plain timestamp of a cycle lies that ends at `end`, and its byte order.
    pub(super) fn last_stamp(&self, end: usize) -> Option<(usize, bool)> {
        let mut from = end;
        self.turns().iter().rev().find_map(|turn| {
            from -= turn.bytes;
            turn.stamp.map(|(at, big_endian)| (from + 1 + at, big_endian))
        })
    }
}
