//! One strictly increasing list of times out of whatever the records carry.

use crate::activity::{Issue, IssueKind, Severity};
use crate::read::Column;

use super::{Context, Draft, NotPrepared};

/// Longest span one recording may have: 30 days. **chosen**: multi-day races end well within.
const LONGEST_MS: i64 = 30 * 86_400_000;
/// The GPS week counter has 10 bits and starts again after 1,024 weeks.
const WEEK_ROLLOVER_MS: i64 = 1024 * 7 * 86_400_000;
/// 1990-01-01 in Unix milliseconds: before it, a FIT clock was never set (its epoch is
/// 1989-12-31) and an XML date is no recording.
const CLOCK_SET_MS: i64 = 631_152_000_000;

/// Repairs the times and carries all columns along.
pub(super) fn apply(draft: &mut Draft, _context: &Context<'_>) -> Result<Vec<Issue>, NotPrepared> {
    let mut issues = Vec::new();
    let records = draft.len();
    if !in_perfect_order(&draft.times_ms) {
        repair(draft, &mut issues)?;
    }
    let (Some(Some(first)), Some(Some(last))) = (draft.times_ms.first(), draft.times_ms.last())
    else {
        return Err(nothing_to_measure(draft, records, 0));
    };
    let (first, last) = (*first, *last);
    if draft.len() < 2 || last.saturating_sub(first) > LONGEST_MS {
        return Err(nothing_to_measure(draft, records, draft.len()));
    }
    if first < CLOCK_SET_MS {
        let message = "the device's clock was never set: the dates of this recording are not true";
        issues.push(
            Issue::new(IssueKind::Clock, Severity::Doubt, message)
                .remedy("leave it out of trends over weeks"),
        );
    }
    draft.start_ms = first;
    draft.seconds = draft.times_ms.iter().flatten().map(|t| (t - first) as f64 / 1000.0).collect();
    Ok(issues)
}

/// Whether there is nothing to repair: every record has its time, strictly rising, over no longer
/// than a recording lasts.
fn in_perfect_order(times_ms: &[Option<i64>]) -> bool {
    let (Some(Some(first)), Some(Some(last))) = (times_ms.first(), times_ms.last()) else {
        return false;
    };
    last.saturating_sub(*first) <= LONGEST_MS
        && times_ms.windows(2).all(|w| matches!(w, [Some(a), Some(b)] if a < b))
}

/// Leaves out, brings back, sorts and merges until the times rise.
fn repair(draft: &mut Draft, issues: &mut Vec<Issue>) -> Result<(), NotPrepared> {
    let records = draft.len();
    let mut kept: Vec<(usize, i64)> =
        draft.times_ms.iter().enumerate().filter_map(|(i, t)| t.map(|t| (i, t))).collect();
    let timeless = records - kept.len();
    if kept.len() < 2 {
        return Err(nothing_to_measure(draft, records, kept.len()));
    }
    if timeless > 0 {
        issues.push(
            repaired(format!("{timeless} of {records} records carry no time and were left out"))
                .count(timeless),
        );
    }
    strays(&mut kept, issues);
    in_order(&mut kept, issues);
    let untouched = |(i, t): &(usize, i64)| draft.times_ms.get(*i) == Some(&Some(*t));
    let unchanged =
        kept.len() == records && kept.windows(2).all(rises) && kept.iter().all(untouched);
    if !unchanged {
        rebuild(draft, &kept, issues);
    }
    Ok(())
}

fn repaired(message: String) -> Issue {
    Issue::new(IssueKind::Clock, Severity::Repaired, message)
}

/// Whether two neighbours stand in strictly rising time.
fn rises(pair: &[(usize, i64)]) -> bool {
    matches!(pair, [(i, a), (j, b)] if a < b && i < j)
}

fn nothing_to_measure(draft: &Draft, records: usize, timed: usize) -> NotPrepared {
    let reason = if records == 0 {
        "the activity holds no records, only its summary; export the original file of the watch"
            .to_owned()
    } else if timed < 2 {
        let hint = if draft.planned {
            "a planned route has none: export the recorded activity"
        } else {
            "the recording broke off before it began, or its export did: fetch the original again"
        };
        format!("{timed} of {records} records carry a time and two are needed; {hint}")
    } else {
        "the records span more than 30 days, which no run does; split the file by activity"
            .to_owned()
    };
    NotPrepared::Empty { reason, issues: draft.issues.clone() }
}

/// Brings back times that jumped by whole rollovers of the GPS week, and drops those that lie
/// more than 30 days from the middle of the file.
fn strays(kept: &mut Vec<(usize, i64)>, issues: &mut Vec<Issue>) {
    let mut sorted: Vec<i64> = kept.iter().map(|(_, t)| *t).collect();
    let middle = sorted.len() / 2;
    let middle_ms = *sorted.select_nth_unstable(middle).1;
    let mut rolled = 0;
    for (_, t) in kept.iter_mut() {
        let off = middle_ms.saturating_sub(*t);
        let weeks = (off as f64 / WEEK_ROLLOVER_MS as f64).round() as i64;
        let shift = weeks.saturating_mul(WEEK_ROLLOVER_MS);
        if weeks != 0 && off.saturating_sub(shift).abs() <= LONGEST_MS {
            *t = t.saturating_add(shift);
            rolled += 1;
        }
    }
    let before = kept.len();
    kept.retain(|(_, t)| t.saturating_sub(middle_ms).abs() <= LONGEST_MS);
    let dropped = before - kept.len();
    if rolled > 0 {
        let text = format!("{rolled} records were dated 1,024 weeks off (GPS week rollover)");
        issues.push(repaired(text).count(rolled));
    }
    if dropped > 0 {
        let text = format!(
            "{dropped} records are dated more than 30 days from the others and were left out"
        );
        issues.push(repaired(text).count(dropped));
    }
}

/// Puts blocks that were merely written in another order where they belong; where blocks overlap
/// in time, keeps the longest rising sequence and drops the rest.
fn in_order(kept: &mut Vec<(usize, i64)>, issues: &mut Vec<Issue>) {
    if kept.windows(2).all(|w| matches!(w, [(_, a), (_, b)] if a <= b)) {
        return;
    }
    let mut blocks: Vec<(i64, i64)> = Vec::new();
    let mut previous = i64::MIN;
    for (_, t) in kept.iter() {
        match blocks.last_mut() {
            Some(block) if *t >= previous => block.1 = *t,
            _ => blocks.push((*t, *t)),
        }
        previous = *t;
    }
    let count = blocks.len();
    blocks.sort_unstable();
    let apart = blocks.windows(2).all(|w| matches!(w, [a, b] if a.1 < b.0));
    if apart {
        kept.sort_by_key(|(_, t)| *t);
        let text = format!("records stood in {count} blocks out of order in time and were sorted");
        issues.push(repaired(text).count(count));
        return;
    }
    let times: Vec<i64> = kept.iter().map(|(_, t)| *t).collect();
    let keep = longest_rising(&times);
    let dropped = kept.len() - keep.iter().filter(|k| **k).count();
    let mut marks = keep.into_iter();
    kept.retain(|_| marks.next().is_some_and(|k| k));
    let text = format!("{dropped} records jump back in time and were left out");
    issues.push(repaired(text).count(dropped));
}

/// Marks a longest subsequence that never falls (patience sorting, n log n).
pub(super) fn longest_rising<T: PartialOrd + Copy>(values: &[T]) -> Vec<bool> {
    let mut ends: Vec<(T, usize)> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(values.len());
    for (i, v) in values.iter().enumerate() {
        let place = ends.partition_point(|(end, _)| *end <= *v);
        before.push(place.checked_sub(1).and_then(|p| ends.get(p)).map(|(_, i)| *i));
        match ends.get_mut(place) {
            Some(slot) => *slot = (*v, i),
            None => ends.push((*v, i)),
        }
    }
    let mut keep = vec![false; values.len()];
    let mut at = ends.last().map(|(_, i)| *i);
    while let Some(i) = at {
        if let Some(mark) = keep.get_mut(i) {
            *mark = true;
        }
        at = before.get(i).copied().flatten();
    }
    keep
}

/// Rewrites times and columns in the new order; records of one instant become one, each column
/// taking its last value there (some devices write several records a second, each with other
/// fields).
fn rebuild(draft: &mut Draft, kept: &[(usize, i64)], issues: &mut Vec<Issue>) {
    let mut times: Vec<Option<i64>> = Vec::with_capacity(kept.len());
    let mut places: Vec<(usize, usize)> = Vec::with_capacity(kept.len());
    let mut merged = 0;
    for (source, t) in kept {
        if times.last() == Some(&Some(*t)) {
            merged += 1;
        } else {
            times.push(Some(*t));
        }
        places.push((*source, times.len() - 1));
    }
    if merged > 0 {
        let text = format!("{merged} records share their time with another and were merged");
        issues.push(repaired(text).count(merged));
    }
    for column in &mut draft.columns {
        let mut values = Column::absent(times.len());
        for (source, place) in &places {
            if let Some(value) = column.values.get(*source) {
                values.set(*place, Some(value));
            }
        }
        column.values = values;
    }
    // The first record in time from behind a break: what was seen up to a place only rises.
    let mut seen = 0;
    let reached: Vec<usize> = places
        .iter()
        .map(|(source, _)| {
            seen = seen.max(*source);
            seen
        })
        .collect();
    let breaks = draft.breaks.iter().filter_map(|b| {
        let first = reached.partition_point(|source| source < b);
        places.get(first).map(|(_, place)| *place).filter(|p| *p > 0)
    });
    draft.breaks = breaks.collect();
    draft.times_ms = times;
}
