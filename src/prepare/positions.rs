//! Positions that can be used: on the globe, not at its zero point, not jumping.

use crate::activity::{Channel, Issue, IssueKind, Origin, Severity, within_m};
use crate::read::{Column, Field};
use crate::units::Degrees;

use super::{Context, Draft, NotPrepared};

/// No runner covers ground faster: the fastest recorded sprint reaches 12.3 m/s. A jump beyond
/// this is the receiver's.
const FASTEST_M_S: f64 = 12.0;
/// Fixes that agree with each other after a jump before they are believed: one stray fix is a
/// spike, this many are the truth found again. **chosen**.
const AGREEING_FIXES: usize = 5;
/// With fewer fixes than this nothing can be called a spike. **chosen**.
const ENOUGH_FIXES: usize = 10;
/// If more than this share would go, the track is not a runner's and is left as it is. **chosen**.
const SPIKE_SHARE_MAX: f64 = 0.2;
/// Closer to 0, 0 than this on both axes is the null island of broken exports: there is no land.
const NULL_ISLAND_DEG: f64 = 1e-4;

/// Chooses and cleans the positions.
pub(super) fn apply(draft: &mut Draft, _context: &Context<'_>) -> Result<Vec<Issue>, NotPrepared> {
    let (Some(lat), Some(lon)) = (
        draft.candidates(Field::Latitude).first().copied(),
        draft.candidates(Field::Longitude).first().copied(),
    ) else {
        return Ok(Vec::new());
    };
    if draft.indoor {
        let text = "indoors: the recorded positions are not used";
        return Ok(vec![Issue::new(IssueKind::Position, Severity::Note, text)]);
    }
    let (Some(lat_column), Some(lon_column)) = (draft.columns.get(lat), draft.columns.get(lon))
    else {
        return Ok(Vec::new());
    };
    let origins = [lat_column, lon_column].map(|column| Origin::native(&column.name));
    let (lats, lons) = (&lat_column.values, &lon_column.values);
    if sound(lats, lons, &draft.seconds) {
        let [lat_origin, lon_origin] = origins;
        draft.channels.latitude = Some(Channel::from_shared(lats.shared(), lat_origin));
        draft.channels.longitude = Some(Channel::from_shared(lons.shared(), lon_origin));
        draft.chosen.extend([lat, lon]);
        return Ok(Vec::new());
    }
    let mut fixes: Vec<Option<(f64, f64)>> =
        lats.iter().zip(lons.iter()).map(|(lat, lon)| lat.zip(lon)).collect();
    let mut issues = Vec::new();
    let off = blank(&mut fixes, off_the_map);
    if off > 0 {
        let text = format!("{off} positions lie at 0, 0 or off the globe and were left out");
        issues.push(Issue::new(IssueKind::Position, Severity::Repaired, text).count(off));
    }
    issues.extend(without_spikes(&mut fixes, &draft.seconds));
    let [lat_origin, lon_origin] = origins;
    let latitudes = Channel::<Degrees>::new(fixes.iter().map(|f| Some(f.as_ref()?.0)), lat_origin);
    let longitudes = Channel::<Degrees>::new(fixes.iter().map(|f| Some(f.as_ref()?.1)), lon_origin);
    if latitudes.present() > 0 {
        draft.channels.latitude = Some(latitudes);
        draft.channels.longitude = Some(longitudes);
        draft.chosen.extend([lat, lon]);
    }
    Ok(issues)
}

/// Whether a position lies off the globe or at its zero point.
fn off_the_map((lat, lon): (f64, f64)) -> bool {
    let off_globe = lat.abs() > 90.0 || lon.abs() > 180.0;
    off_globe || (lat.abs() < NULL_ISLAND_DEG && lon.abs() < NULL_ISLAND_DEG)
}

/// Whether a runner can get in time from one fix, given as seconds and position, to a later one.
fn near(a: (f64, (f64, f64)), b: (f64, (f64, f64))) -> bool {
    within_m(a.1, b.1, FASTEST_M_S * (b.0 - a.0).max(1.0))
}

/// Whether nothing is to be taken out, as nearly always: every position is whole, on the map, and
/// near the one before.
fn sound(lats: &Column, lons: &Column, seconds: &[f64]) -> bool {
    let mut before: Option<(f64, (f64, f64))> = None;
    let mut ticks = lats.iter().zip(lons.iter()).zip(seconds);
    let all_sound = ticks.all(|((lat, lon), t)| match (lat, lon) {
        (Some(lat), Some(lon)) => {
            let fix = (*t, (lat, lon));
            let last = before.replace(fix);
            !off_the_map(fix.1) && last.is_none_or(|last| near(last, fix))
        }
        (lat, lon) => lat.is_none() && lon.is_none(),
    });
    all_sound && before.is_some()
}

fn blank(fixes: &mut [Option<(f64, f64)>], bad: impl Fn((f64, f64)) -> bool) -> usize {
    let mut count = 0;
    for slot in fixes.iter_mut() {
        if slot.is_some_and(&bad) {
            *slot = None;
            count += 1;
        }
    }
    count
}

/// Takes out fixes that could only be reached by jumping and are left by jumping again.
fn without_spikes(fixes: &mut [Option<(f64, f64)>], seconds: &[f64]) -> Option<Issue> {
    let present = fixes.iter().flatten().count();
    if present < ENOUGH_FIXES {
        return None;
    }
    let mut trusted: Option<(f64, (f64, f64))> = None;
    let mut waiting: Vec<(usize, f64, (f64, f64))> = Vec::new();
    let mut spikes: Vec<usize> = Vec::new();
    let ticks = fixes.iter().zip(seconds).enumerate();
    for (i, t, at) in ticks.filter_map(|(i, (fix, t))| fix.map(|at| (i, *t, at))) {
        if trusted.is_some_and(|last| near(last, (t, at))) {
            spikes.extend(waiting.drain(..).map(|(j, _, _)| j));
            trusted = Some((t, at));
            continue;
        }
        if waiting.last().is_some_and(|(_, s, place)| !near((*s, *place), (t, at))) {
            spikes.extend(waiting.drain(..).map(|(j, _, _)| j));
        }
        waiting.push((i, t, at));
        if waiting.len() >= AGREEING_FIXES {
            waiting.clear();
            trusted = Some((t, at));
        }
    }
    spikes.extend(waiting.into_iter().map(|(j, _, _)| j));
    if spikes.is_empty() {
        return None;
    }
    let count = spikes.len();
    if count as f64 > SPIKE_SHARE_MAX * present as f64 {
        let text = format!(
            "{count} of {present} positions jump faster than {FASTEST_M_S} m/s: the track is poor \
             or no run, and was left as it is"
        );
        return Some(Issue::new(IssueKind::Position, Severity::Doubt, text).count(count));
    }
    for i in spikes {
        if let Some(slot) = fixes.get_mut(i) {
            *slot = None;
        }
    }
    let text = format!("{count} positions jump faster than {FASTEST_M_S} m/s and were left out");
    Some(Issue::new(IssueKind::Position, Severity::Repaired, text).count(count))
}
