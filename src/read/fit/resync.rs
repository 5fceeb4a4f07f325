//! Finding the next sound message behind damage.

use super::definition::Definition;
use super::walk::{Slots, header, timestamp_at};

/// How far the search goes: chosen, more than the longest message a watch writes.
const REACH_BYTES: usize = 4096;
/// Messages in a row that must make sense: chosen, so that chance does not pass.
const SOUND_MESSAGES: usize = 6;
/// Seconds that a timestamp may differ from the last one: chosen, one day.
const NEAR_S: u32 = 86_400;
/// A definition of more fields than this is taken for noise: chosen, sessions have up to 150.
const MAX_FIELDS: usize = 200;

/// Whether a time lies near one of the recent ones; with none to go by, any does.
pub(super) fn is_near(time: u32, recent: &[u32]) -> bool {
    recent.is_empty() || recent.iter().any(|last| time.abs_diff(*last) <= NEAR_S)
}

/// The first offset from `from` on at which a run of messages makes sense: defined, whole, and at
/// a time near the `recent` ones.
pub(super) fn plausible_from(
    bytes: &[u8],
    from: usize,
    slots: &Slots,
    recent: &[u32],
) -> Option<usize> {
    (from..bytes.len().min(from + REACH_BYTES)).find(|at| sound(bytes, *at, slots, recent))
}

/// Sizes and timestamp places of the local types while trying a path.
#[derive(Clone, Copy)]
struct Shape {
    size: usize,
    stamp: Option<(usize, bool)>,
}

fn sound(bytes: &[u8], mut at: usize, slots: &Slots, recent: &[u32]) -> bool {
    let mut shapes: [Option<Shape>; 16] = slots.map(|slot| {
        slot.is_defined().then_some(Shape {
            size: slot.size,
            stamp: slot.stamp.map(|stamp| (stamp, slot.big_endian)),
        })
    });
    let mut stamped = 0;
    for _ in 0..SOUND_MESSAGES {
        let Some(&head) = bytes.get(at) else {
            // The end is a good place to arrive at, if something on the way spoke for the path.
            return at == bytes.len() && stamped > 0;
        };
        if head & header::COMPRESSED == 0 && head & header::DEFINITION != 0 {
            let Some((shape, next)) = definition(bytes, at + 1, head) else { return false };
            if let Some(place) = shapes.get_mut(usize::from(head & header::LOCAL)) {
                *place = Some(shape);
            }
            at = next;
            continue;
        }
        let local = if head & header::COMPRESSED != 0 {
            head >> header::COMPRESSED_LOCAL_SHIFT & 3
        } else if head & (header::RESERVED | header::DEVELOPER) != 0 {
            return false;
        } else {
            head & header::LOCAL
        };
        let Some(shape) = shapes.get(usize::from(local)).copied().flatten() else { return false };
        let plain = shape.stamp.filter(|_| head & header::COMPRESSED == 0);
        if let Some((stamp, big_endian)) = plain {
            match timestamp_at(bytes, at + 1 + stamp, big_endian) {
                Some(time) if is_near(time, recent) => stamped += 1,
                _ => return false,
            }
        }
        at += 1 + shape.size;
    }
    stamped > 0 && at <= bytes.len()
}

/// The shape of a definition message that looks like one.
fn definition(bytes: &[u8], at: usize, head: u8) -> Option<(Shape, usize)> {
    let developer = head & header::DEVELOPER != 0;
    let body = bytes.get(at..)?;
    let [reserved, order, ..] = body else { return None };
    if *reserved != 0 || *order > 1 || head & header::RESERVED != 0 {
        return None;
    }
    let body = body.get(..Definition::body_length(body, developer)?)?;
    let compiled = Definition::compile(body, developer, at)?;
    let sane = !compiled.fields.is_empty()
        && compiled.fields.len() <= MAX_FIELDS
        && compiled.fields.iter().all(|f| f.size > 0 && f.base_type & 0x1f <= 16);
    let stamp =
        compiled.field(super::definition::TIMESTAMP).map(|f| (f.at as usize, compiled.big_endian));
    sane.then_some((Shape { size: compiled.size as usize, stamp }, at + body.len()))
}
