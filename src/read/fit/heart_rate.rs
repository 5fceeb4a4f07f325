//! Heart rate in `hr` messages: a strap that stored beats and handed them over afterwards.

use super::Kept;
use super::walk::Walked;
use crate::read::{CadenceConvention, Column, ColumnSource, Field, RawColumn};

/// Ticks of `event_timestamp` in a second (FIT profile, message `hr`).
const TICKS_PER_S: i64 = 1024;
/// Bits of one packed `event_timestamp_12`.
const PACKED_MASK: i64 = 0xfff;
/// How old a beat may be and still stand for a record: chosen, a few beats at rest.
const FRESH_MS: i64 = 5000;

/// Beats of a message: what straps write into one at most.
const BEATS_PER_MESSAGE: usize = 8;
/// Beats that are looked at one by one before the rest is searched: chosen, a few seconds of them,
/// so that records whose times jump to and fro cost a search each and no more.
const NEAR_BEATS: usize = 16;

/// One beat: Unix milliseconds and filtered heart rate.
pub(super) type Beat = (i64, f64);

/// Ties the strap's ticks to the clock, and counts packed ticks on over their overflow.
#[derive(Default)]
struct StrapClock {
    /// Unix milliseconds at a tick.
    anchor: Option<(i64, i64)>,
    tick: i64,
}

impl StrapClock {
    /// Counts on to the next tick of which only the low bits are known.
    fn advance(&mut self, low: i64) {
        self.tick += low.wrapping_sub(self.tick) & PACKED_MASK;
    }

    fn ms(&self) -> Option<i64> {
        let (ms, tick) = self.anchor?;
        Some(ms + (self.tick - tick) * 1000 / TICKS_PER_S)
    }
}

/// Twelve-bit numbers, low bits first, two in three bytes.
fn packed(bytes: &[u8]) -> impl Iterator<Item = i64> + '_ {
    bytes.as_chunks::<3>().0.iter().flat_map(|[low, middle, high]| {
        let (low, middle, high) = (i64::from(*low), i64::from(*middle), i64::from(*high));
        [low | (middle & 0x0f) << 8, middle >> 4 | high << 4]
    })
}

/// All beats of a part in file order.
pub(super) fn beats(walked: &Walked<'_>) -> Vec<Beat> {
    let mut beats = Vec::with_capacity(walked.messages(Kept::Hr).count() * BEATS_PER_MESSAGE);
    let mut clock = StrapClock::default();
    for m in walked.messages(Kept::Hr) {
        // How straps hand over nearly all of them.
        if let (Some(rates), Some(bytes), false) = (m.bytes_of(6), m.bytes(10), m.has(9)) {
            let mut rates = rates.iter();
            for tick in packed(bytes) {
                clock.advance(tick);
                let rate = rates.next().filter(|rate| **rate != u8::MAX);
                beats.extend(clock.ms().zip(rate.map(|rate| f64::from(*rate))));
            }
            continue;
        }
        let mut rates = m.numbers(6);
        let mut ticks = m.numbers(9).flatten().peekable();
        if ticks.peek().is_some() {
            // Plain ticks; with a time beside them they set the clock.
            let mut first = m.timestamp_ms();
            for tick in ticks {
                clock.tick = tick as i64;
                if let Some(ms) = first.take() {
                    clock.anchor = Some((ms, clock.tick));
                }
                let rate = rates.next().flatten();
                if let Some(beat) = clock.ms().zip(rate) {
                    beats.push(beat);
                }
            }
        } else if let Some(bytes) = m.bytes(10) {
            for tick in packed(bytes) {
                clock.advance(tick);
                let rate = rates.next().flatten();
                if let Some(beat) = clock.ms().zip(rate) {
                    beats.push(beat);
                }
            }
        }
    }
    in_order(&mut beats);
    beats
}

/// Puts beats in order of time, in which they nearly always are.
pub(super) fn in_order(beats: &mut [Beat]) {
    if !beats.is_sorted_by_key(|(ms, _)| *ms) {
        beats.sort_by_key(|(ms, _)| *ms);
    }
}

/// A column of the last fresh beat at each record; `None` when no record has one.
pub(super) fn column(times_ms: &[Option<i64>], beats: &[Beat]) -> Option<RawColumn> {
    // Beats up to the last record: the next one is rarely far behind it.
    let mut after = 0;
    let mut at = |time: i64| {
        if after > 0 && beats.get(after - 1).is_some_and(|(ms, _)| *ms > time) {
            after = beats.partition_point(|(ms, _)| *ms <= time);
        }
        let ahead = beats.get(after..).unwrap_or_default();
        let near = ahead.iter().take(NEAR_BEATS).take_while(|(ms, _)| *ms <= time).count();
        let far = || ahead.partition_point(|(ms, _)| *ms <= time);
        after += if near < NEAR_BEATS { near } else { far() };
        let (ms, rate) = beats.get(after.checked_sub(1)?)?;
        (time - ms <= FRESH_MS).then_some(*rate)
    };
    let values: Vec<f64> =
        times_ms.iter().map(|t| t.and_then(&mut at).unwrap_or(f64::NAN)).collect();
    let column = Column::from_raw(values);
    (column.present() > 0).then(|| RawColumn {
        field: Field::HeartRate,
        name: "hr.filtered_bpm".to_owned(),
        unit: "bpm".to_owned(),
        source: ColumnSource::Native,
        convention: CadenceConvention::Unstated,
        whole_numbers: true,
        values: column,
    })
}
