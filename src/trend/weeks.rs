//! Contiguous ISO weeks from the first run to today.

use jiff::civil::Date;

use super::days::{between, later, monday};
use super::{CamberWeek, Week, facts};
use crate::Analysis;
use crate::stats::weighted_quantiles;

/// Share of steady running that counts as not fast. Source: `science` 2.21 (80th percentile).
const FAST_QUANTILE: f64 = 0.8;
/// Most weeks shown: a hundred years; a clock that is wrong by more must not fill the memory.
/// **chosen**.
const MOST_WEEKS: i32 = 5_218;

/// The runner's own fast: the speed that 80 % of steady running outdoors stays under.
pub(super) fn fast_from_m_s(runs: &[Analysis]) -> Option<f64> {
    let steady = || {
        let paces = runs.iter().filter(|r| !r.meta.indoor).flat_map(|r| r.pieces.paces());
        paces.filter(|p| p.steady).map(|p| (p.speed_m_s, p.duration_s))
    };
    weighted_quantiles(steady, [FAST_QUANTILE]).map(|[fast]| fast)
}

/// All weeks, empty ones included.
pub(super) fn weeks(
    runs: &[Analysis],
    days: &[Date],
    today: Option<Date>,
    fast_from_m_s: Option<f64>,
) -> Vec<Week> {
    let (Some(first), Some(last)) = (days.iter().min(), days.iter().max()) else {
        return Vec::new();
    };
    let end = monday(today.map_or(*last, |t| t.max(*last)));
    let count = (between(monday(*first), end) / 7 + 1).min(MOST_WEEKS);
    let begin = later(end, -7 * i64::from(count - 1));
    let mut weeks: Vec<Week> = (0..count)
        .map(|k| {
            let monday = later(begin, 7 * i64::from(k));
            let complete = today.is_some_and(|t| between(monday, t) >= 7);
            empty(monday, complete)
        })
        .collect();
    for (index, (run, day)) in runs.iter().zip(days).enumerate() {
        let Ok(k) = usize::try_from(between(begin, *day) / 7) else { continue };
        if *day >= begin
            && let Some(week) = weeks.get_mut(k)
        {
            add(week, index, run);
        }
    }
    for week in &mut weeks {
        week.fast_share = fast_from_m_s.and_then(|fast| fast_share(week, runs, fast));
    }
    weeks
}

fn empty(monday: Date, complete: bool) -> Week {
    Week {
        monday,
        runs: Vec::new(),
        distance_m: 0.0,
        duration_s: 0.0,
        longest_m: 0.0,
        ascent_m: None,
        descent_m: None,
        grade_bands_m: Vec::new(),
        graded_m: 0.0,
        camber: CamberWeek::default(),
        fast_share: None,
        other_sports_s: None,
        complete,
    }
}

fn add(week: &mut Week, index: usize, run: &Analysis) {
    week.runs.push(index);
    if let Some(distance) = facts::distance_m(run) {
        week.distance_m += distance;
        week.longest_m = week.longest_m.max(distance);
    }
    if let Some(duration) = facts::duration_s(run) {
        week.duration_s += duration;
    }
    add_known(&mut week.ascent_m, facts::ascent_m(run));
    add_known(&mut week.descent_m, facts::descent_m(run));
    let bands = facts::grade_bands_m(run);
    if !bands.is_empty() {
        week.graded_m += bands.iter().sum::<f64>();
        week.grade_bands_m.resize(week.grade_bands_m.len().max(bands.len()), 0.0);
        for (sum, band) in week.grade_bands_m.iter_mut().zip(&bands) {
            *sum += band;
        }
    }
    let camber = facts::camber(run);
    add_known(&mut week.camber.left_low_m, camber.left_low_m);
    add_known(&mut week.camber.right_low_m, camber.right_low_m);
    week.camber.bends_left_low_m += camber.bends_left_low_m;
    week.camber.bends_right_low_m += camber.bends_right_low_m;
    week.camber.ceiling_m += camber.ceiling_m;
    week.camber.track_anticlockwise_s += camber.track_anticlockwise_s;
    week.camber.track_clockwise_s += camber.track_clockwise_s;
}

/// Adds what is known; a sum of nothing known stays unknown.
fn add_known(sum: &mut Option<f64>, value: Option<f64>) {
    if let Some(value) = value {
        *sum = Some(sum.map_or(value, |s| s + value));
    }
}

fn fast_share(week: &Week, runs: &[Analysis], fast: f64) -> Option<f64> {
    let (mut fast_s, mut all_s) = (0.0, 0.0);
    for run in week.runs.iter().filter_map(|i| runs.get(*i)) {
        let (fast, all) = facts::fast_seconds(run, fast);
        fast_s += fast;
        all_s += all;
    }
    (all_s > 0.0).then(|| fast_s / all_s)
}
