//! Time stamps: plain ones, and what compressed headers make of the last of them.

use super::header;

/// The clock that compressed headers count on from.
#[derive(Default)]
pub(super) struct RollingClock {
    /// Where the last plain timestamp lies, and its byte order; read only when needed.
    pub(super) plain: Option<(usize, bool)>,
    last: Option<u32>,
}

impl RollingClock {
    pub(super) fn tick(&mut self, bytes: &[u8], seconds: u8) -> Option<u32> {
        if let Some((at, big_endian)) = self.plain.take() {
            self.last = timestamp_at(bytes, at, big_endian).or(self.last);
        }
        let last = self.last?;
        let low = u32::from(header::SECONDS);
        let forward = u32::from(seconds).wrapping_sub(last) & low;
        let now = last.checked_add(forward)?;
        self.last = Some(now);
        Some(now)
    }
}

/// A plain timestamp, absent when it holds the absent value.
pub(in crate::read::fit) fn timestamp_at(bytes: &[u8], at: usize, big_endian: bool) -> Option<u32> {
    let raw: [u8; 4] = *bytes.get(at..)?.first_chunk()?;
    let time = if big_endian { u32::from_be_bytes(raw) } else { u32::from_le_bytes(raw) };
    (time != u32::MAX).then_some(time)
}
